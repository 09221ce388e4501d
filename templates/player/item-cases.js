/* How a case in steps looks: what it has told so far, what was answered to it, and that this is final. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.itemCases = (function () {
  "use strict";

  const { el, html } = cme.dom;

  /* The case up to a step (from 1), with the answers to the steps before it. `under` is the heading that it stands under, h1 or h2;
     `review(item, response)` says an answer where more is to be said of it. */
  function told(definition, one, step, { under, responses, review }) {
    const parts = one.steps.slice(0, step).map((part, at) => {
      const given = at + 1 < step ? answers(definition, part, responses, review || answered) : null;
      return el("section", { class: "case-step" }, heading(one, at, under), html("div", { class: "vignette prose" }, part.html), given);
    });
    return el("div", { class: "case", data: { case: one.id } }, el("p", { class: "case-title" }, one.title), parts);
  }

  function heading(one, at, under) {
    const words = cme.say("case.part", { at: at + 1, of: one.steps.length });
    return el(under === "h1" ? "h2" : "h3", { class: "case-part", tabindex: "-1", data: { casePart: String(at + 1) } }, words);
  }

  function answers(definition, part, responses, review) {
    const rows = part.items
      .map((id) => definition.items.find((item) => item.id === id))
      .map((item) => review(item, responses[item.id]));
    return el("ol", { class: "review case-answers" }, rows);
  }

  /* An answer that is final. */
  function answered(item, response) {
    return el("li", { class: "review-row", data: { final: item.id } }, html("div", { class: "review-stem" }, item.stem_html), final(item, response));
  }

  function final(item, response) {
    return el("p", { class: "review-response" }, cme.items.words(item, response), " ", el("span", { class: "case-final" }, cme.say("case.final")));
  }

  return { told, final };
})();
