/* Claiming credit: the learner chooses how much, says who to certify, and confirms the attestation. Declining is an answer too. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens.claim = (function () {
  "use strict";

  const { el, html, fill, slot, notice, button, id } = cme.dom;

  function mount(root, context) {
    fill(slot(root, "summary"));
    const { view } = context;
    const answered =
      Object.keys(view.claims).length > 0 ||
      view.declinedAll ||
      (view.offers.length > 0 && view.offers.every((offer) => view.declined[offer.system]));
    if (answered) return void summary(root, context);
    if (view.terminated) return void terminated(root, context);
    form(root, context);
  }

  /* --- after the day of termination --- */

  function terminated(root, context) {
    const last = (context.facts.dates || context.definition).terminates;
    fill(
      slot(root, "body"),
      notice(
        "warning",
        cme.say("claim.terminated", { date: cme.say.date(last) }),
        el("p", {}, cme.say("claim.terminatedMore", contact(context))),
      ),
    );
    context.foot({ next: { label: cme.say("claim.withoutCredit"), action: "decline", act: () => declineAll(context) } });
  }

  function declineAll(context) {
    context.send("declined", { s: null });
    context.forward();
  }

  function contact(context) {
    const { provider } = context.definition;
    return { provider: provider.name, email: provider.contact_email };
  }

  /* --- what was answered --- */

  function summary(root, context) {
    const { view } = context;
    const claimed = view.offers.filter((offer) => offer.system in view.claims);
    const lines = claimed.map((offer) =>
      el(
        "li",
        { data: { claimed: offer.system } },
        html("span", {}, offer.name_html),
        ": ",
        amountWords(offer, view.claims[offer.system]),
      ),
    );
    const told = lines.length
      ? notice("good", cme.say("claim.done"), el("ul", {}, lines))
      : notice("note", cme.say("claim.declined"));
    fill(slot(root, "body"), told, lines.length ? detailsOrButton(root, context, claimed) : claimAfterAll(root, context));
  }

  function claimAfterAll(root, context) {
    const { view } = context;
    if (view.terminated || !view.offers.length || !context.session.recorded()) return null;
    return button(cme.say("claim.afterAll"), {
      class: "quiet",
      data: { action: "claim-after-all" },
      on: { click: () => form(root, context) },
    });
  }

  function detailsOrButton(root, context, claimed) {
    if (!context.session.hasBridge()) return null;
    if (!context.session.detailsGiven()) return detailsAgain(root, context, claimed, "claim.detailsAgain");
    const place = el("div", {});
    const open = () => {
      fill(place, detailsAgain(root, context, claimed, "claim.detailsChange"));
      place.querySelector("input").focus();
    };
    fill(
      place,
      button(cme.say("claim.changeDetails"), { class: "quiet", data: { action: "change-details" }, on: { click: open } }),
    );
    return place;
  }

  /* The claim is kept in the LMS, the name is not: a new launch without the bridge's memory asks again. */
  function detailsAgain(root, context, claimed, lead) {
    const fields = details(context, () => claimed);
    const act = async () => {
      if (showProblems(root, context, fields.problems())) return;
      const kept = await context.session.giveDetails(fields.values());
      if (kept.problems && showProblems(root, context, fields.refused(kept.problems))) return;
      context.announce(cme.say(kept.offline ? "claim.detailsLater" : "claim.detailsSaved"));
      context.redraw();
    };
    const save = button(cme.say("claim.saveDetails"), { class: "primary", data: { action: "save-details" }, on: { click: act } });
    return el("div", {}, el("p", {}, cme.say(lead)), fields.node, save);
  }

  /* --- the form --- */

  function form(root, context) {
    const offers = context.view.offers;
    const cards = offers.map((offer) => offerCard(offer, offers, () => redraw()));
    const wanted = () => cards.filter((card) => card.wants()).map((card) => card.offer);
    const fields = details(context, wanted);
    const attestations = attestationBox(context, wanted);
    const personal = el("div", {}, fields.node, attestations.node);
    const redraw = () => {
      cards.forEach((card) => card.follow(cards));
      fields.draw();
      attestations.draw();
      personal.hidden = offers.length > 0 && !wanted().length;
      context.foot({
        next: {
          label: buttonWords(cards, offers),
          action: "claim",
          act: () => submit(root, context, { cards, fields, attestations }),
        },
      });
    };
    fill(
      slot(root, "body"),
      introduction(context),
      cards.map((card) => card.node),
      personal,
    );
    redraw();
  }

  function introduction(context) {
    const { offers } = context.view;
    if (!offers.length)
      return el(
        "div",
        { class: "card prose" },
        el("p", {}, cme.say("claim.participation")),
        el("p", {}, cme.say("claim.participationMore")),
      );
    return el("p", { class: "lead" }, cme.say("claim.lead", { n: offers.length }));
  }

  function buttonWords(cards, offers) {
    if (!offers.length) return cme.say("claim.getParticipation");
    return cme.say(cards.every((card) => card.answered() && !card.wants()) ? "claim.withoutCredit" : "claim.submit");
  }

  /* --- one credit --- */

  function offerCard(offer, offers, onChange) {
    const name = id(`claim-${offer.system}`);
    const amount = amountField(offer);
    const other = offers.find((one) => one.system === offer.equal_to);
    const yes = cme.items.choiceCard("radio", name, { id: "claim", text: claimWords(offer, other) }, false);
    const no = cme.items.choiceCard("radio", name, { id: "decline", text: cme.say("claim.no") }, false);
    const error = el("p", { class: "field-error", id: id("error") });
    const node = el(
      "fieldset",
      { class: "card offer", data: { offer: offer.system }, "aria-describedby": error.id },
      el("legend", { class: "offer-name" }, html("span", {}, offer.name_html)),
      el("p", { class: "hint" }, cme.say("claim.upTo", { amount: amountWords(offer, offer.maximum) })),
      error,
      el("div", { class: "choices" }, yes, amount.node, no),
      html("div", { class: "designation prose" }, offer.designation_html),
    );
    const radio = (value) => node.querySelector(`input[value="${value}"]`);
    node.addEventListener("change", onChange);
    return {
      offer,
      node,
      amount,
      wants: () => radio("claim").checked,
      answered: () => radio("claim").checked || radio("decline").checked,
      first: () => radio("claim"),
      follow: (cards) =>
        follow(
          radio,
          amount,
          cards.find((card) => other && card.offer.system === other.system),
        ),
      problem: (words) => {
        error.textContent = words;
      },
      value: () => (offer.claim === "choice" ? amount.value() : undefined),
    };
  }

  function claimWords(offer, other) {
    if (offer.claim === "fixed") return cme.say("claim.fixed", { amount: amountWords(offer, offer.maximum) });
    if (offer.claim === "equal")
      return cme.say("claim.equal", { units: offer.units, other: other ? other.name : offer.equal_to });
    return cme.say("claim.choose");
  }

  /* The amount is asked for once the credit is wanted; a credit that follows another waits for it. */
  function follow(radio, amount, leader) {
    amount.node.hidden = !amount.value || !radio("claim").checked;
    if (!leader) return;
    const without = leader.answered() && !leader.wants();
    radio("claim").disabled = without;
    if (without && radio("claim").checked) radio("decline").checked = true;
  }

  function amountField(offer) {
    if (offer.claim !== "choice") return { node: el("span", { hidden: true }), value: null };
    const [field, error] = [id("amount"), id("error")];
    const choices = cme.claims.choices(offer).map((amount) => el("option", { value: amount }, amountWords(offer, amount)));
    const select = el(
      "select",
      { id: field, data: { field: `amount-${offer.system}` }, "aria-describedby": error },
      el("option", { value: "" }, cme.say("item.choose")),
      choices,
    );
    const words = el("p", { class: "field-error", id: error });
    const node = el(
      "div",
      { class: "field amount" },
      el("label", { for: field }, cme.say("claim.amount")),
      el("p", { class: "hint" }, cme.say("claim.commensurate")),
      select,
      words,
    );
    return { node, select, value: () => select.value, problem: (text) => mark(select, words, text) };
  }

  function mark(input, words, text) {
    words.textContent = text;
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  function amountWords(offer, amount) {
    const unit = Number(amount) === 1 ? offer.unit : offer.units;
    return `${cme.say.decimal(amount)} ${unit}`;
  }

  /* --- who is to be certified: name, and the identifiers and consents of the credits wanted --- */

  function details(context, wanted) {
    const profile = context.session.profile();
    const name = textField({
      key: "name",
      label: cme.say("claim.name"),
      help: nameHelp(context, profile),
      value: profile.name || context.session.nameFromLms(),
      autocomplete: "name",
    });
    const rest = el("div", {});
    let fields = new Map();
    let consents = new Map();

    function draw() {
      fields = kept(fields, unique(wanted(), "identifiers"), (ask) => identifierField(ask, profile));
      consents = kept(consents, unique(wanted(), "consents"), (ask) => consentField(ask, profile));
      const boxes = Array.from(consents.values(), (one) => one.node);
      const next = [
        ...Array.from(fields.values(), (one) => one.node),
        ...(boxes.length ? [el("fieldset", { class: "consents" }, el("legend", {}, cme.say("claim.consents")), boxes)] : []),
      ];
      fill(rest, next);
    }

    const all = () => [name, ...fields.values(), ...consents.values()];
    draw();
    return {
      draw,
      node: el(
        "div",
        { class: "card details" },
        el("h2", {}, cme.say("claim.details")),
        name.node,
        rest,
        el("p", { class: "hint" }, cme.say(context.session.connection() === "online" ? "claim.private" : "claim.privateOffline")),
      ),
      problems: () =>
        all()
          .map((one) => one.check())
          .filter(Boolean),
      refused: (problems) => problems.map((problem) => refusal(problem, all())),
      values: () => ({ name: name.value(), identifiers: pairs(fields), consents: pairs(consents) }),
    };
  }

  function nameHelp(context, profile) {
    const fromLms = context.session.nameFromLms();
    return cme.say(
      fromLms && !profile.confirmed && (profile.name || fromLms) === fromLms ? "claim.nameFromLms" : "claim.nameHelp",
    );
  }

  function unique(offers, part) {
    const asks = new Map();
    offers.forEach((offer) =>
      offer[part].forEach((ask) =>
        asks.set(ask.key, { ...ask, required: ask.required || Boolean(asks.get(ask.key) && asks.get(ask.key).required) }),
      ),
    );
    return Array.from(asks.values());
  }

  /* What was typed stays when another credit is chosen, as long as the same is asked. */
  function kept(before, asks, make) {
    const same = (ask) => {
      const field = before.get(ask.key);
      return field && JSON.stringify(field.ask) === JSON.stringify(ask) ? field : null;
    };
    return new Map(asks.map((ask) => [ask.key, same(ask) || { ...make(ask), ask }]));
  }

  function pairs(fields) {
    return Object.fromEntries(Array.from(fields, ([key, field]) => [key, field.value()]).filter(([, value]) => value !== ""));
  }

  function identifierField(ask, profile) {
    const given = profile.given.includes(ask.key);
    const help = [ask.help, given ? cme.say("claim.alreadyGiven") : ""].filter(Boolean).join(" ");
    const label = ask.required ? ask.label : cme.say("claim.optional", { label: ask.label });
    const field = textField({
      key: ask.key,
      label,
      help,
      value: profile.identifiers[ask.key] || "",
      pattern: ask.pattern,
      optional: given || !ask.required,
    });
    return ask.required && !given ? withLater(field, ask) : field;
  }

  /* A number that is not at hand at eleven at night must not cost the claim: the credit waits for it. */
  function withLater(field, ask) {
    const later = el("input", { type: "checkbox", data: { later: ask.key } });
    later.addEventListener("change", () => {
      field.input.disabled = later.checked;
      if (later.checked) field.problem("");
    });
    field.node.append(el("label", { class: "later" }, later, el("span", {}, cme.say("claim.later"))));
    return { ...field, value: () => (later.checked ? "" : field.value()), check: () => (later.checked ? null : field.check()) };
  }

  function textField(wish) {
    const [field, help, error] = [id(wish.key), id("help"), id("error")];
    const input = el("input", {
      type: "text",
      id: field,
      value: wish.value,
      autocomplete: wish.autocomplete || "off",
      spellcheck: "false",
      maxlength: "200",
      "aria-required": wish.optional ? null : "true",
      "aria-describedby": `${help} ${error}`,
      data: { field: wish.key },
    });
    const words = el("p", { class: "field-error", id: error });
    const problem = (text) => {
      mark(input, words, text);
      return text ? { text, input } : null;
    };
    const node = el(
      "div",
      { class: "field" },
      el("label", { for: field }, wish.label),
      wish.help ? el("p", { class: "hint", id: help }, wish.help) : el("span", { id: help, hidden: true }),
      input,
      words,
    );
    return {
      key: wish.key,
      node,
      input,
      problem,
      value: () => input.value.trim(),
      check: () => problem(fault(input.value.trim(), wish)),
    };
  }

  function fault(value, wish) {
    if (!value) return wish.optional ? "" : cme.say("claim.missing", { label: wish.label });
    return wish.pattern && !new RegExp(`^(?:${wish.pattern})$`).test(value)
      ? cme.say("claim.malformed", { label: wish.label })
      : "";
  }

  function consentField(ask, profile) {
    const error = id("error");
    const input = el("input", {
      type: "checkbox",
      checked: Boolean(profile.consents[ask.key]),
      "aria-describedby": error,
      data: { field: ask.key },
    });
    const words = el("p", { class: "field-error", id: error });
    const problem = (text) => {
      mark(input, words, text);
      return text ? { text, input } : null;
    };
    const label = el("label", { class: "choice choice-alone" }, input, el("span", { class: "choice-words" }, ask.text));
    return {
      key: ask.key,
      node: el("div", { class: "field" }, label, words),
      input,
      problem,
      value: () => input.checked,
      check: () => problem(ask.required && !input.checked ? cme.say("claim.consentNeeded", { recipient: ask.recipient }) : ""),
    };
  }

  /* A problem that the bridge found, at the field it speaks of, or on its own. */
  function refusal(problem, fields) {
    const where = String(problem.field || problem.where || "")
      .split(/[./]/)
      .pop();
    const text = [problem.message, problem.remedy].filter(Boolean).join(" ");
    const field = fields.find((one) => one.key === where || String(problem.code || "").includes(one.key));
    return field ? field.problem(text) : { text, input: null };
  }

  /* --- the attestation --- */

  function attestationBox(context, wanted) {
    const box = el("div", { class: "card attestation" });
    let fields = new Map();
    const sentences = () =>
      context.view.offers.length
        ? Array.from(new Set(wanted().map((offer) => offer.attestation)))
        : [context.definition.participation_attestation];
    const draw = () => {
      fields = new Map(
        sentences()
          .filter(Boolean)
          .map((sentence) => [sentence, fields.get(sentence) || sentenceField(sentence)]),
      );
      fill(
        box,
        fields.size ? el("h2", {}, cme.say("claim.attestation")) : null,
        Array.from(fields.values(), (one) => one.node),
      );
      box.hidden = !fields.size;
    };
    draw();
    return { node: box, draw, problems: () => Array.from(fields.values(), (one) => one.check()).filter(Boolean) };
  }

  function sentenceField(sentence) {
    const error = id("error");
    const input = el("input", { type: "checkbox", "aria-describedby": error, data: { field: "attestation" } });
    const words = el("p", { class: "field-error", id: error });
    const check = () => {
      const text = input.checked ? "" : cme.say("claim.confirm", { sentence });
      mark(input, words, text);
      return text ? { text, input } : null;
    };
    return {
      node: el(
        "div",
        { class: "field" },
        el("label", { class: "choice choice-alone" }, input, el("span", { class: "choice-words" }, sentence)),
        words,
      ),
      check,
    };
  }

  /* --- submitting --- */

  async function submit(root, context, parts) {
    const { cards, fields, attestations } = parts;
    if (cards.length && cards.every((card) => card.answered() && !card.wants())) return declineAll(context);
    const found = [...cards.map(cardProblem).filter(Boolean), ...fields.problems(), ...attestations.problems()];
    if (showProblems(root, context, found)) return;
    const answer = await context.session.giveDetails(fields.values());
    if (answer.problems && showProblems(root, context, fields.refused(answer.problems))) return;
    inOrder(cards).forEach((card) => tell(context, card));
    context.forward();
  }

  function cardProblem(card) {
    const words = card.answered() ? "" : cme.say("claim.answer", { name: card.offer.name });
    card.problem(words);
    if (words) return { text: words, input: card.first() };
    if (!card.amount.value) return null;
    const missing = card.wants() && !card.amount.value() ? cme.say("claim.amountMissing", { name: card.offer.name }) : "";
    card.amount.problem(missing);
    return missing ? { text: missing, input: card.amount.select } : null;
  }

  /* A credit that equals another is claimed after it. */
  function inOrder(cards) {
    return cards.slice().sort((a, b) => Number(a.offer.claim === "equal") - Number(b.offer.claim === "equal"));
  }

  function tell(context, card) {
    if (!card.wants()) return context.send("declined", { s: card.offer.system });
    const amount = card.value();
    return context.send("claimed", amount === undefined ? { s: card.offer.system } : { s: card.offer.system, m: amount });
  }

  /* All problems at once, each a link to its field; true when there are any. */
  function showProblems(root, context, found) {
    const place = slot(root, "summary");
    if (!found.length) {
      fill(place);
      return false;
    }
    const links = found.map((problem) =>
      el(
        "li",
        {},
        problem.input ? el("a", { href: "#", on: { click: (event) => goTo(event, problem.input) } }, problem.text) : problem.text,
      ),
    );
    const box = el(
      "div",
      { class: "error-summary", tabindex: "-1", role: "group", "aria-labelledby": "claim-problems" },
      el("h2", { id: "claim-problems" }, cme.say("claim.problems", { n: found.length })),
      el("ul", {}, links),
    );
    fill(place, box);
    context.focusOn(box);
    return true;
  }

  function goTo(event, input) {
    event.preventDefault();
    input.focus();
    input.scrollIntoView({ block: "center" });
  }

  return { mount };
})();
