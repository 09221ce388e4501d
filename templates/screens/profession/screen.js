/* The profession decides which credits are offered; it goes to the bridge and stays on this device, and nowhere else. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens.profession = (function () {
  "use strict";

  const { el, html, fill, slot, id } = cme.dom;

  function mount(root, context) {
    const name = id("profession");
    const chosen = context.session.profile().profession;
    const form = slot(root, "form");
    const outlook = el("div", { class: "outlook", "aria-live": "polite", data: { slot: "outlook" } });
    const cards = context.definition.professions.map((one) =>
      cme.itemControls.choiceCard("radio", name, { id: one.key, text: one.label }, one.key === chosen),
    );
    fill(
      form,
      el(
        "fieldset",
        {},
        el("legend", { class: "stem" }, cme.say("profession.question")),
        el("div", { class: "choices choices-wide" }, cards),
      ),
      outlook,
    );
    form.onsubmit = (event) => event.preventDefault();
    form.onchange = () => showOutlook(outlook, chosenOf(form), context.definition);
    showOutlook(outlook, chosen, context.definition);
    context.foot({ next: { label: cme.say("foot.continue"), action: "continue", act: () => proceed(form, context) } });
  }

  function chosenOf(form) {
    const input = form.querySelector("input:checked");
    return input ? input.value : null;
  }

  function showOutlook(place, profession, definition) {
    if (!profession) return void fill(place);
    const offers = definition.credits.filter((offer) => offer.professions.includes(profession));
    if (!offers.length) return void fill(place, el("p", {}, cme.say("profession.participation")));
    const lines = offers.map((offer) =>
      el(
        "li",
        {},
        cme.say.nodes("profession.upTo", { name: html("bdi", {}, offer.name_html), amount: cme.say.decimal(offer.maximum) }),
      ),
    );
    fill(place, el("p", {}, cme.say("profession.mayClaim")), el("ul", {}, lines));
  }

  function proceed(form, context) {
    const profession = chosenOf(form);
    if (!profession) {
      context.problem(cme.say("profession.choose"));
      return form.querySelector("input").focus();
    }
    if (profession !== context.session.profile().profession) context.session.chooseProfession(profession);
    context.forward();
  }

  return { mount };
})();
