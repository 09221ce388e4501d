/* The disclosure is read and acknowledged before anything else opens. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens.disclosure = (function () {
  "use strict";

  const { el, fill, slot, notice, id } = cme.dom;

  function mount(root, context) {
    const place = slot(root, "acknowledgement");
    if (context.view.disclosed) return void fill(place, notice("good", cme.say("disclosure.done")));
    const box = tick(context.definition.disclosure.acknowledgement);
    fill(place, box.node);
    context.foot({
      next: { label: cme.say("disclosure.continue"), action: "acknowledge", act: () => acknowledge(box.input, context) },
    });
  }

  function tick(sentence) {
    const input = el("input", {
      type: "checkbox",
      id: id("acknowledge"),
      data: { field: "acknowledge" },
      "aria-describedby": "disclosure-text",
    });
    return { input, node: el("label", { class: "choice choice-alone" }, input, el("span", { class: "choice-words" }, sentence)) };
  }

  function acknowledge(input, context) {
    if (!input.checked && context.session.recorded()) {
      context.problem(cme.say("disclosure.tick"));
      return input.focus();
    }
    context.send("disclosed", { hash: context.definition.disclosure.hash });
    context.forward();
  }

  return { mount };
})();
