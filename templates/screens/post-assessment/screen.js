/* The post-activity assessment: told beforehand what is needed, reviewed before it is submitted, and a way on whatever the result. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens["post-assessment"] = (function () {
  "use strict";

  const { el, html, fill, slot, notice, button, icon } = cme.dom;
  const WORDS = { skip: "", unanswered: "post.unanswered", submit: "post.submit" };

  function mount(root, context) {
    const { post } = context.view;
    if (begun(context)) return void attempt(root, context);
    if (post.submitted.length) return void result(root, context);
    introduction(root, context);
  }

  /* An attempt is under way once something was answered in it, or the learner said so. */
  function begun(context) {
    const { post } = context.view;
    if (post.passed || post.exhausted) return false;
    return Object.keys(post.responses).length > 0 || context.place().t === post.attempt;
  }

  function begin(root, context) {
    context.place({ t: context.view.post.attempt, item: 0 });
    attempt(root, context);
    context.focusOn(root.querySelector("[data-walk-heading]"));
  }

  /* --- before --- */

  function needed({ definition, view }) {
    const total = view.post.items.length;
    const enough = (count) => cme.scoring.passes({ correct: count, total }, definition.post.passing_score);
    const count = Array.from({ length: total + 1 }, (_, at) => at).find(enough);
    return { share: cme.say.percent(definition.post.passing_score), count, total };
  }

  function introduction(root, context) {
    const { definition, view } = context;
    fill(
      slot(root, "body"),
      el(
        "div",
        { class: "card prose" },
        el("p", {}, cme.say("post.questions", { n: view.post.items.length })),
        el("p", {}, cme.say("post.needed", needed(context))),
        el("p", {}, cme.say("post.attempts", { n: view.post.attemptsLeft })),
        el("p", {}, cme.say("post.savedAsGiven")),
      ),
    );
    context.foot({ next: { label: cme.say("post.begin"), action: "begin", act: () => begin(root, context) } });
  }

  /* --- during --- */

  function attempt(root, context) {
    const stage = el("div", {});
    const t = context.view.post.attempt;
    const lead = cme.say("post.lead", { attempt: t, ...needed(context) });
    fill(slot(root, "body"), el("p", { class: "lead" }, lead), stage);
    cme.walk.start(stage, {
      context,
      words: WORDS,
      items: context.view.post.items,
      responses: () => context.view.post.responses,
      answer: (item, response) => context.send("answered", { a: "post", t, i: item.id, r: response }),
      closed: () => context.view.post.closed,
      close: (one, step) => context.send("closed", { a: "post", t, c: one.id, k: step }),
      submit: () => submit(root, context, t),
      before: context.back,
    });
  }

  function submit(root, context, t) {
    const outcome = context.send("submitted", { a: "post", t });
    if (outcome.refused)
      return context.problem(cme.say(outcome.refused === "unanswered" ? "post.answerAll" : "post.notRecorded"));
    context.place({ t: 0, item: 0 });
    result(root, context);
    globalThis.scrollTo(0, 0);
    context.focusOn(root.querySelector("[data-result]"));
  }

  /* --- after --- */

  function result(root, context) {
    const { post } = context.view;
    const last = post.submitted[post.submitted.length - 1];
    fill(slot(root, "body"), summary(context, last), standing(context, last), feedback(context, last));
    const next = { label: cme.say("foot.goOn"), action: "next", act: context.forward };
    const retry = { label: cme.say("post.retry"), action: "retry", act: () => begin(root, context) };
    context.foot({ next: post.passed || post.exhausted ? next : retry });
  }

  function summary(context, last) {
    const values = { correct: last.correct, total: last.total, share: cme.say.percent(last.score) };
    const state = last.passed ? "passed" : "failed";
    return el(
      "div",
      { class: `card result result-${state}`, data: { result: state } },
      el("span", { class: "result-mark" }, icon(last.passed ? "done" : "wrong")),
      el("h2", { tabindex: "-1", data: { result: state } }, cme.say(`post.${state}`)),
      el("p", { class: "result-score", data: { score: String(last.score) } }, cme.say("post.score", values)),
      el("p", {}, cme.say("post.needed", needed(context))),
    );
  }

  /* What the result means for the way on, and for credit. */
  function standing(context, last) {
    const { post } = context.view;
    if (last.passed) return null;
    if (post.passed) return notice("good", cme.say("post.passedBefore", { share: cme.say.percent(post.best) }));
    if (post.exhausted) return notice("warning", cme.say("post.exhausted"), el("p", {}, cme.say("post.exhaustedMore")));
    return notice(
      "note",
      cme.say("post.left", { n: post.attemptsLeft }),
      el("p", {}, cme.say("post.leftMore", { share: cme.say.percent(post.best) })),
    );
  }

  function feedback(context, last) {
    const { post } = context.view;
    const wish = context.definition.post.feedback;
    if (wish === "none" || (wish === "after passing" && !post.passed)) return null;
    const over = post.passed || post.exhausted;
    const { items } = last;
    return el(
      "div",
      { class: "feedback" },
      el("h2", {}, cme.say("post.answers")),
      el(
        "ol",
        { class: "review" },
        items.map((item) => feedbackRow(item, last.responses[item.id], over)),
      ),
    );
  }

  /* While attempts are left the reasons are given, and the answer is not spelled out. */
  function feedbackRow(item, response, over) {
    const right = cme.scoring.correct(item, response);
    const mark = el(
      "p",
      { class: `mark ${right ? "mark-right" : "mark-wrong"}` },
      icon(right ? "done" : "wrong"),
      cme.say(right ? "post.right" : "post.wrong"),
    );
    return el(
      "li",
      { class: "review-row", data: { item: item.id, correct: String(right) } },
      html("div", { class: "review-stem" }, item.stem_html),
      mark,
      el("p", { class: "review-response" }, cme.say("post.yours", { response: cme.items.words(item, response) })),
      over && !right
        ? el("p", { class: "review-answer" }, cme.say("post.answer", { answer: cme.items.answerWords(item) }))
        : null,
      item.rationale_html ? el("div", { class: "rationale" }, html("div", { class: "prose" }, item.rationale_html)) : null,
    );
  }

  return { mount };
})();
