/* The pre-activity assessment: a baseline. Items may be skipped, nothing is marked, and it never stands in the way. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens["pre-assessment"] = (function () {
  "use strict";

  const { el, html, fill, slot, notice } = cme.dom;
  const WORDS = { skip: "pre.skip", unanswered: "pre.unanswered", submit: "pre.submit" };

  function mount(root, context) {
    const body = slot(root, "body");
    const items = context.view.pre.items;
    if (context.view.pre.submitted) return void fill(body, submitted(items, context));
    const stage = el("div", {});
    fill(body, el("p", { class: "lead" }, cme.say("pre.lead", { n: items.length })), stage);
    cme.walk.start(stage, {
      context,
      items,
      words: WORDS,
      responses: () => context.view.pre.responses,
      answer: (item, response) => context.send("answered", { a: "pre", t: 1, i: item.id, r: response }),
      closed: () => context.view.pre.closed,
      close: (one, step) => context.send("closed", { a: "pre", t: 1, c: one.id, k: step }),
      submit: () => submit(context),
      before: context.back,
    });
  }

  function submit(context) {
    context.send("submitted", { a: "pre", t: 1 });
    context.forward();
  }

  function submitted(items, context) {
    const { responses } = context.view.pre;
    const rows = items.map((item) =>
      el(
        "li",
        { class: "review-row" },
        html("div", { class: "review-stem" }, item.stem_html),
        el("p", { class: "review-response" }, cme.items.words(item, responses[item.id])),
      ),
    );
    return [
      notice("good", cme.say("pre.done"), el("p", {}, cme.say("pre.doneMore"))),
      el("details", { class: "card" }, el("summary", {}, cme.say("pre.yours")), el("ol", { class: "review" }, rows)),
    ];
  }

  return { mount };
})();
