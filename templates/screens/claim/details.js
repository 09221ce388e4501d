/* Who is to be certified: the name, and the identifiers and consents that the credits wanted need, and no others. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.claimDetails = (function () {
  "use strict";

  const { el, fill } = cme.dom;

  /* `wanted() -> offers`, asked again at every draw(). */
  function make(context, wanted) {
    const { session } = context;
    const name = nameField(session);
    const rest = el("div", {});
    let identifiers = new Map();
    let consents = new Map();
    const all = () => [name, ...identifiers.values(), ...consents.values()];

    function draw() {
      identifiers = kept(identifiers, asked(wanted(), "identifiers"), (ask) => identifierField(ask, session.profile()));
      consents = kept(consents, asked(wanted(), "consents"), (ask) => consentField(ask, session.profile()));
      fill(rest, nodes(identifiers), consents.size ? consentGroup(nodes(consents)) : null);
    }

    draw();
    return {
      draw,
      node: box(name, rest, session),
      problems: () =>
        all()
          .map((field) => field.check())
          .filter(Boolean),
      refused: (problems) => problems.map((problem) => refusal(problem, all())).filter(Boolean),
      values: () => ({ name: name.value(), identifiers: given(identifiers), consents: given(consents) }),
    };
  }

  function box(name, rest, session) {
    const privacy = session.connection() === "online" ? "claim.private" : "claim.privateOffline";
    return el(
      "div",
      { class: "card details" },
      el("h2", {}, cme.say("claim.details")),
      name.node,
      rest,
      el("p", { class: "hint" }, cme.say(privacy)),
    );
  }

  function nodes(fields) {
    return Array.from(fields.values(), (field) => field.node);
  }

  function consentGroup(boxes) {
    return el("fieldset", { class: "consents" }, el("legend", {}, cme.say("claim.consents")), boxes);
  }

  /* Each key once; it is required when one of the credits requires it. */
  function asked(offers, part) {
    const asks = new Map();
    offers
      .flatMap((offer) => offer[part])
      .forEach((ask) => {
        const earlier = asks.get(ask.key);
        asks.set(ask.key, { ...ask, required: ask.required || Boolean(earlier && earlier.required) });
      });
    return Array.from(asks.values());
  }

  /* What was typed stays when another credit is chosen, as long as the same is asked. */
  function kept(before, asks, make_) {
    const same = (ask) => {
      const field = before.get(ask.key);
      return field && JSON.stringify(field.ask) === JSON.stringify(ask) ? field : null;
    };
    return new Map(asks.map((ask) => [ask.key, same(ask) || { ...make_(ask), ask }]));
  }

  function given(fields) {
    return Object.fromEntries(Array.from(fields, ([key, field]) => [key, field.value()]).filter(([, value]) => value !== ""));
  }

  /* --- the fields --- */

  function nameField(session) {
    const profile = session.profile();
    const fromLms = session.nameFromLms();
    const unchecked = fromLms && !profile.confirmed && (profile.name || fromLms) === fromLms;
    return cme.fields.line({
      key: "name",
      label: cme.say("claim.name"),
      help: cme.say(unchecked ? "claim.nameFromLms" : "claim.nameHelp"),
      value: profile.name || fromLms,
      autocomplete: "name",
      fault: (value) => (value ? "" : cme.say("claim.missing", { label: cme.say("claim.name") })),
    });
  }

  function identifierField(ask, profile) {
    const known = profile.given.includes(ask.key);
    const optional = known || !ask.required;
    const field = cme.fields.line({
      key: ask.key,
      label: ask.required ? ask.label : cme.say("claim.optional", { label: ask.label }),
      help: [ask.help, known ? cme.say("claim.alreadyGiven") : ""].filter(Boolean).join(" "),
      value: profile.identifiers[ask.key] || "",
      optional,
      fault: (value) => identifierFault(value, ask, optional),
    });
    return optional ? field : withLater(field, ask);
  }

  function identifierFault(value, ask, optional) {
    if (!value) return optional ? "" : cme.say("claim.missing", { label: ask.label });
    return new RegExp(`^(?:${ask.pattern})$`).test(value) ? "" : cme.say("claim.malformed", { label: ask.label });
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

  function consentField(ask, profile) {
    return cme.fields.tick({
      key: ask.key,
      sentence: ask.text,
      checked: profile.consents[ask.key],
      fault: (checked) => (ask.required && !checked ? cme.say("claim.consentNeeded", { recipient: ask.recipient }) : ""),
    });
  }

  /* A problem that the bridge found, at the field that it speaks of; null for one that no field here can mend. */
  function refusal(problem, fields) {
    const key = String(problem.where || "")
      .split(".")
      .pop();
    const field = fields.find((one) => one.key === key);
    return field ? field.problem([problem.message, problem.remedy].filter(Boolean).join(" ")) : null;
  }

  return { make };
})();
