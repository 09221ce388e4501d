/* Before starting: what is taught, by whom, for how long, for which credit, and until when. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens["front-matter"] = (function () {
  "use strict";

  const { el, html, fill, slot } = cme.dom;

  function mount(root, context) {
    fill(slot(root, "key-facts"), keyFacts(context));
    showDatesInForce(root, context);
    if (!context.view.frontRead)
      context.foot({ next: { label: cme.say("front.start"), action: "start", act: () => start(context) } });
  }

  /* In a launch that records nothing the rules refuse the event, and the way is open all the same. */
  function start(context) {
    context.send("read", {});
    context.forward();
  }

  function keyFacts(context) {
    const { definition, facts } = context;
    const last = (facts.dates || definition).terminates;
    return [
      definition.estimated_minutes ? fact("front.time", cme.say("front.minutes", { n: definition.estimated_minutes })) : null,
      definition.credits.length ? fact("front.credit", definition.credits.map(creditLine)) : null,
      last ? fact("front.until", cme.say.date(last)) : null,
    ];
  }

  function fact(key, value) {
    return el(
      "li",
      { class: "key-fact" },
      el("span", { class: "key-fact-label" }, cme.say(key)),
      el("span", { class: "key-fact-value" }, value),
    );
  }

  function creditLine(offer) {
    return el(
      "span",
      { class: "credit-line" },
      cme.say.nodes("front.creditLine", { name: html("bdi", {}, offer.name_html), amount: cme.say.decimal(offer.maximum) }),
    );
  }

  /* Dates that the bridge has on record come before those that the package was built with. */
  function showDatesInForce(root, context) {
    const box = slot(root, "dates-in-force");
    const { dates } = context.facts;
    const { definition } = context;
    const same = !dates || ["released", "reviewed", "terminates"].every((key) => dates[key] === definition[key]);
    if (!box) return;
    box.hidden = same;
    box.parentNode.querySelector('[data-slot="block-text"]').hidden = !same;
    if (!same) fill(box, datesList(dates), el("p", { class: "hint" }, cme.say("front.datesNote")));
  }

  function datesList(dates) {
    const rows = ["released", "reviewed", "terminates"].filter((key) => dates[key]);
    return el(
      "dl",
      { class: "pairs" },
      rows.map((key) => el("div", {}, el("dt", {}, cme.say(`front.${key}`)), el("dd", {}, cme.say.date(dates[key])))),
    );
  }

  return { mount };
})();
