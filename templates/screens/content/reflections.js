/* Reflective questions of a page: what a learner writes is theirs, is kept as it is written, and is neither marked nor asked for. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.reflections = (function () {
  "use strict";

  const { el, id } = cme.dom;
  const LONGEST = "2000"; // characters

  function mount(root, context, content) {
    root.querySelectorAll("[data-reflect]").forEach((section) => {
      const question = section.querySelector("[data-slot='question']") || el("div", { id: id("question"), data: { slot: "question" } }, ...section.childNodes);
      section.replaceChildren(question, field(question.id, context, content, section.dataset.reflect));
    });
  }

  function field(asked, context, content, name) {
    const written = context.view.contents[content.id].reflections[name] || { text: "", missing: false };
    const [key, hint] = [id("reflect"), id("hint")];
    const area = el("textarea", { id: key, rows: "5", maxlength: LONGEST, value: written.text, "aria-describedby": `${asked} ${hint}` });
    const printed = el("p", { class: "reflect-print", "aria-hidden": "true" }, written.text);
    const said = el("p", { class: "field-error", role: "status" });
    cme.itemControls.onPause(area, () => {
      const outcome = context.send("reflected", { c: content.id, i: name, r: area.value.trim() });
      printed.textContent = area.value.trim();
      said.textContent = outcome.refused ? cme.say("reflect.notKept") : "";
    });
    return el(
      "div",
      { class: "field" },
      el("label", { for: key }, cme.say("reflect.label")),
      el("p", { class: "hint", id: hint }, cme.say(written.missing ? "reflect.elsewhere" : "reflect.hint")),
      area,
      printed,
      said,
    );
  }

  return { mount };
})();
