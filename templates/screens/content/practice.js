/* A case in steps as content: each step is answered, closed, and told the reasons for; then the case goes on. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.practice = (function () {
  "use strict";

  const { el, html, fill, slot, icon } = cme.dom;

  /* As the other kinds of content (screen.js). */
  function mount(root, context, content, finish) {
    const one = cme.steps.find(context.definition, content.case);
    const work = () => context.view.contents[content.id].practice;
    const done = () => work().closed[one.id] || 0;

    function draw(focus) {
      const step = Math.min(done() + 1, one.steps.length);
      const over = done() >= one.steps.length;
      const parts = cme.itemCases.told(context.definition, one, over ? step + 1 : step, { under: "h1", responses: work().responses, review });
      fill(slot(root, "case"), parts, over ? null : items(one.steps[step - 1]));
      context.foot(over ? {} : { next: next(step), note: cme.say("case.note") });
      if (focus) context.focusOn(root.querySelector(`[data-case-part="${step}"]`));
    }

    function items(step) {
      const asked = work().items.filter((item) => step.items.includes(item.id));
      return asked.map((item) => cme.items.make(item, {
        response: work().responses[item.id],
        onResponse: (r) => context.send("answered", { a: "practice", t: 1, c: content.id, i: item.id, r }),
        announce: context.announce,
      }));
    }

    function next(step) {
      const last = step === one.steps.length;
      return { label: cme.say(last ? "case.finish" : "case.next"), action: "next-part", act: () => close(step, last) };
    }

    function close(step, last) {
      const outcome = context.send("closed", { a: "practice", in: content.id, t: 1, c: one.id, k: step });
      if (outcome.refused) return context.problem(cme.say("case.answerFirst"));
      if (last) finish();
      draw(!last);
      if (last) context.focusOn(root.querySelector("[data-final]"));
    }

    draw(false);
    return () => {};
  }

  /* Practice is for learning: the right answer is told, and why. */
  function review(item, response) {
    const right = cme.scoring.correct(item, response);
    return el(
      "li",
      { class: "review-row", tabindex: "-1", data: { final: item.id, correct: String(right) } },
      html("div", { class: "review-stem" }, item.stem_html),
      el("p", { class: `mark ${right ? "mark-right" : "mark-wrong"}` }, icon(right ? "done" : "wrong"), cme.say(right ? "post.right" : "post.wrong")),
      cme.itemCases.final(item, response),
      right ? null : el("p", { class: "review-answer" }, cme.say("post.answer", { answer: cme.items.answerWords(item) })),
      item.rationale_html ? html("div", { class: "rationale prose" }, item.rationale_html) : null,
    );
  }

  return { mount };
})();
