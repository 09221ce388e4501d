/* Claiming credit: the learner chooses how much, says who to certify, and confirms the attestation. Declining is an answer too. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens.claim = (function () {
  "use strict";

  const { el, html, fill, slot, notice, button } = cme.dom;

  function mount(root, context) {
    fill(slot(root, "summary"));
    if (isAnswered(context.view)) return void summary(root, context);
    if (context.view.terminated) return void terminated(root, context);
    form(root, context);
  }

  function isAnswered(view) {
    if (Object.keys(view.claims).length || view.declinedAll) return true;
    return view.offers.length > 0 && view.offers.every((offer) => view.declined[offer.system]);
  }

  /* --- after the day of termination --- */

  function terminated(root, context) {
    const last = (context.facts.dates || context.definition).terminates;
    const { provider } = context.definition;
    const whom = cme.say("claim.terminatedMore", { provider: provider.name, email: provider.contact_email });
    fill(slot(root, "body"), notice("warning", cme.say("claim.terminated", { date: cme.say.date(last) }), el("p", {}, whom)));
    context.foot({ next: { label: cme.say("claim.withoutCredit"), action: "decline", act: () => declineAll(context) } });
  }

  function declineAll(context) {
    context.send("declined", { s: null });
    context.forward();
  }

  /* --- what was answered --- */

  function summary(root, context) {
    const { view } = context;
    const claimed = view.offers.filter((offer) => offer.system in view.claims);
    if (!claimed.length) return void fill(slot(root, "body"), notice("note", cme.say("claim.declined")), claimAfterAll(root, context));
    const told = notice(
      "good",
      cme.say("claim.done"),
      el(
        "ul",
        {},
        claimed.map((offer) => claimedRow(offer, view.claims[offer.system])),
      ),
    );
    fill(slot(root, "body"), told, detailsOrButton(root, context, claimed));
  }

  function claimedRow(offer, amount) {
    return el(
      "li",
      { data: { claimed: offer.system } },
      html("span", {}, offer.name_html),
      `: ${cme.claimOffers.amountWords(offer, amount)}`,
    );
  }

  function claimAfterAll(root, context) {
    const { view } = context;
    if (view.terminated || !view.offers.length || !context.session.recorded()) return null;
    const act = () => form(root, context);
    return button(cme.say("claim.afterAll"), { class: "quiet", data: { action: "claim-after-all" }, on: { click: act } });
  }

  function detailsOrButton(root, context, claimed) {
    if (!context.session.hasBridge()) return null;
    if (!context.session.detailsGiven()) return detailsAgain(root, context, claimed, "claim.detailsAgain");
    const place = el("div", {});
    const open = () => {
      fill(place, detailsAgain(root, context, claimed, "claim.detailsChange"));
      place.querySelector("input").focus();
    };
    fill(place, button(cme.say("claim.changeDetails"), { class: "quiet", data: { action: "change-details" }, on: { click: open } }));
    return place;
  }

  /* The claim is kept in the LMS, the name is not: a new launch without the bridge's memory asks again. */
  function detailsAgain(root, context, claimed, lead) {
    const details = cme.claimDetails.make(context, () => claimed);
    const act = async () => {
      if (showProblems(root, details.problems())) return;
      const kept = await context.session.giveDetails(details.values());
      if (kept.problems && showProblems(root, details.refused(kept.problems))) return;
      context.announce(cme.say(kept.offline ? "claim.detailsLater" : "claim.detailsSaved"));
      context.redraw();
    };
    const save = button(cme.say("claim.saveDetails"), { class: "primary", data: { action: "save-details" }, on: { click: act } });
    return el("div", {}, el("p", {}, cme.say(lead)), details.node, save);
  }

  /* --- the form --- */

  function form(root, context) {
    const { offers } = context.view;
    const leaderOf = (offer) => offers.find((one) => one.system === offer.equal_to) || null;
    const cards = offers.map((offer) => cme.claimOffers.card(offer, leaderOf(offer), () => draw()));
    const wanted = () => cards.filter((card) => card.wants()).map((card) => card.offer);
    const details = cme.claimDetails.make(context, wanted);
    const attestation = attestationBox(() => sentences(context, wanted()));
    const personal = el("div", {}, details.node, attestation.node);
    const act = once(() => submit(root, context, { cards, details, attestation }));
    function draw() {
      cards.forEach((card) => card.follow(cards));
      details.draw();
      attestation.draw();
      personal.hidden = offers.length > 0 && !wanted().length;
      context.foot({ next: { label: buttonWords(cards), action: "claim", act } });
    }
    fill(
      slot(root, "body"),
      introduction(offers),
      cards.map((card) => card.node),
      personal,
    );
    draw();
  }

  /* A second press while the first is still at work does nothing. */
  function once(act) {
    let busy = false;
    return async () => {
      if (busy) return;
      busy = true;
      await act();
      busy = false;
    };
  }

  function introduction(offers) {
    if (offers.length) return el("p", { class: "lead" }, cme.say("claim.lead", { n: offers.length }));
    const words = ["claim.participation", "claim.participationMore"].map((key) => el("p", {}, cme.say(key)));
    return el("div", { class: "card prose" }, words);
  }

  function wantsNothing(cards) {
    return cards.length > 0 && cards.every((card) => card.answered() && !card.wants());
  }

  function buttonWords(cards) {
    if (!cards.length) return cme.say("claim.getParticipation");
    return cme.say(wantsNothing(cards) ? "claim.withoutCredit" : "claim.submit");
  }

  /* --- the attestation --- */

  function sentences(context, wanted) {
    const found = context.view.offers.length ? wanted.map((offer) => offer.attestation) : [context.definition.participation_attestation];
    return Array.from(new Set(found.filter(Boolean)));
  }

  /* `current() -> sentences`, asked again at every draw(). */
  function attestationBox(current) {
    const node = el("div", { class: "card attestation" });
    let fields = new Map();
    function draw() {
      fields = new Map(current().map((sentence) => [sentence, fields.get(sentence) || sentenceField(sentence)]));
      fill(
        node,
        el("h2", {}, cme.say("claim.attestation")),
        Array.from(fields.values(), (field) => field.node),
      );
      node.hidden = !fields.size;
    }
    draw();
    return { node, draw, problems: () => Array.from(fields.values(), (field) => field.check()).filter(Boolean) };
  }

  function sentenceField(sentence) {
    return cme.fields.tick({ key: "attestation", sentence, fault: (checked) => (checked ? "" : cme.say("claim.confirm", { sentence })) });
  }

  /* --- submitting --- */

  async function submit(root, context, parts) {
    const { cards, details, attestation } = parts;
    if (wantsNothing(cards)) return declineAll(context);
    const found = [...cards.map((card) => card.check()).filter(Boolean), ...details.problems(), ...attestation.problems()];
    if (showProblems(root, found)) return;
    const kept = await context.session.giveDetails(details.values());
    if (kept.problems && showProblems(root, details.refused(kept.problems))) return;
    const refused = inOrder(cards)
      .map((card) => tell(context, card))
      .some((result) => result.refused && context.session.recorded());
    if (refused) return context.redraw(); // the day of termination has passed meanwhile; the screen says so
    context.forward();
  }

  /* A credit that equals another is claimed after it. */
  function inOrder(cards) {
    return cards.slice().sort((a, b) => Number(a.offer.claim === "equal") - Number(b.offer.claim === "equal"));
  }

  function tell(context, card) {
    return card.wants() ? context.send("claimed", card.payload()) : context.send("declined", { s: card.offer.system });
  }

  function showProblems(root, found) {
    return cme.errorSummary.show(slot(root, "summary"), cme.say("claim.problems", { n: found.length }), found);
  }

  return { mount };
})();
