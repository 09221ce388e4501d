"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { aContent, aDefinition, anItem, D1 } = require("./definition.js");
const { Learner } = require("./learner.js");
const { player, plain } = require("./load.js");

const cme = player();
const CASES = [{ id: "mrs-hall", title: "Mrs. Hall", steps: [{ html: "<p>Comes in.</p>", items: ["s1"] }, { html: "<p>Next day.</p>", items: ["s2", "s3"] }] }];
const ITEMS = ["s1", "s2", "s3", "q1"].map((id) => anItem(id));
const definition = (more = {}) => aDefinition({ items: ITEMS, cases: CASES, ...more });
const atPost = () => Learner.atPost(cme, { definition: definition() });
const post = (i, r = "b") => ["answered", { a: "post", t: 1, i, r }];
const close = (k, a = "post") => ["closed", { a, t: 1, c: "mrs-hall", k }];

/** A case as the only content, with q1 alone in the assessments. */
function practising() {
  const base = definition({ contents: [aContent("case", { kind: "case", case: "mrs-hall" })] });
  const asks = { items: ["q1"] };
  return new Learner(cme, { definition: { ...base, pre: { ...base.pre, ...asks }, post: { ...base.post, ...asks } } }).reads().takesPre();
}
const practise = (i, r = "b") => ["answered", { a: "practice", t: 1, c: "case", i, r }];
const closePractice = (k) => ["closed", { a: "practice", in: "case", t: 1, c: "mrs-hall", k }];

test("it works: a case is answered step by step", () => {
  const learner = atPost().does(...post("s1")).does(...close(1)).does(...post("s2")).does(...post("s3")).does(...post("q1"));
  const { event } = learner.tries("submitted", { a: "post", t: 1 });
  assert.equal(event.payload.k, 4);
});

test("what the next step asks cannot be answered before the step is opened", () => {
  assert.equal(atPost().tries(...post("s2")).refused, "step-not-open");
});

test("the answers to a step are final once the next is opened", () => {
  const learner = atPost().does(...post("s1", "a")).does(...close(1));
  assert.equal(learner.tries(...post("s1", "b")).refused, "step-closed");
  assert.deepEqual(plain(learner.view.post.responses), { s1: "a" });
});

test("a step is not closed before it is answered", () => {
  assert.equal(atPost().tries(...close(1)).refused, "unanswered");
});

test("before the activity a step may be left out, as any item may", () => {
  const learner = new Learner(cme, { definition: definition() }).reads().does(...close(1, "pre"));
  assert.equal(learner.tries("answered", { a: "pre", t: 1, i: "s1", r: "b" }).refused, "step-closed");
  assert.equal(learner.tries("answered", { a: "pre", t: 1, i: "s2", r: "b" }).refused, undefined);
});

test("a step that is closed stays so, and none is passed over", () => {
  const learner = atPost().does(...post("s1")).does(...close(1));
  assert.equal(learner.tries(...close(1)).event, null);
  assert.equal(atPost().does(...post("s1")).tries(...close(2)).refused, "step-not-open");
});

test("another attempt begins the case anew", () => {
  const learner = atPost();
  for (const [i, k] of [["s1", 1], ["s2"], ["s3"], ["q1"]]) {
    learner.does(...post(i, "a"));
    if (k) learner.does(...close(k));
  }
  learner.does("submitted", { a: "post", t: 1 });
  assert.deepEqual(plain(learner.view.post.closed), {});
  assert.equal(learner.tries("answered", { a: "post", t: 2, i: "s2", r: "b" }).refused, "step-not-open");
});

test("a case as content is finished when its last step is", () => {
  const learner = practising().does(...practise("s1")).does(...closePractice(1)).does(...practise("s2", "a")).does(...practise("s3"));
  assert.equal(learner.tries("finished", { c: "case", d: 60 }).refused, "unanswered");
  learner.does(...closePractice(2)).does("finished", { c: "case", d: 60 });
  assert.equal(learner.view.contents.case.finished, true);
});

test("what is answered in a case as content is scored in no assessment", () => {
  const learner = practising().does(...practise("s1")).does(...closePractice(1)).does(...practise("s2", "a")).does(...practise("s3"));
  assert.deepEqual(plain(learner.view.contents.case.practice.responses), { s1: "b", s2: "a", s3: "b" });
  learner.does(...closePractice(2)).does("finished", { c: "case", d: 60 }).does("answered", { a: "post", t: 1, i: "q1", r: "b" });
  assert.deepEqual(plain(learner.tries("submitted", { a: "post", t: 1 }).event.payload), { a: "post", t: 1, k: 1, of: 1, p: true });
});

test("saved state brings back how far every case was told", () => {
  for (const learner of [atPost().does(...post("s1")).does(...close(1)), practising().does(...practise("s1", "c")).does(...closePractice(1))]) {
    const { text } = cme.suspend.pack(learner.state, learner.definition, 4096);
    assert.deepEqual(plain(cme.suspend.unpack(text, learner.definition)), plain({ ...learner.state, definition: D1 }));
  }
});

test("statements say where a case was worked at, and which step was closed", () => {
  const vocabulary = { ANSWERED: "answered", COMPLETED: "completed", TYPE_MODULE: "module", TYPE_INTERACTION: "interaction" };
  const learner = practising().does(...practise("s1")).does(...closePractice(1));
  const [answer, closed] = learner.state.events.slice(-2).map((event) =>
    plain(cme.statements.statement(event, learner.state, learner.definition, { actor: {}, registration: "r" }, vocabulary)));
  const A = learner.definition.activity;
  assert.deepEqual(answer.context.contextActivities.parent.map((each) => each.id), [`${A}/contents/case`]);
  assert.deepEqual(answer.result, { response: "b", success: true });
  assert.equal(closed.object.id, `${A}/cases/mrs-hall/steps/1`);
});
