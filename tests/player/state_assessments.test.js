"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { D2, KINDS, RIGHT, aDefinition, anItem } = require("./definition.js");
const { Learner } = require("./learner.js");
const { player, plain } = require("./load.js");

const cme = player();
const post = (i, r, t = 1) => ["answered", { a: "post", t, i, r }];

test("it works: three of four correct responses pass 0.75", () => {
  const learner = Learner.atPost(cme).answersPost("b").does(...post("q4", "a")).does("submitted", { a: "post", t: 1 });
  const [{ items, ...attempt }] = plain(learner.view.post.submitted);
  assert.deepEqual(items.map((item) => item.id), ["q1", "q2", "q3", "q4"]);
  assert.deepEqual(attempt, {
    attempt: 1, score: 0.75, correct: 3, total: 4, passed: true, responses: { q1: "b", q2: "b", q3: "b", q4: "a" },
  });
});

test("an answer given again takes the place of the earlier one, and its number is not used again", () => {
  const learner = Learner.atPost(cme).does(...post("q1", "a")).does(...post("q2", "a")).does(...post("q1", "b"));
  const answers = plain(learner.state.events).filter((event) => event.kind === "answered");
  assert.deepEqual(answers.map((event) => event.payload.i + event.payload.r), ["q2a", "q1b"]);
  assert.deepEqual(answers.map((event) => event.n), [8, 9]);
});

test("the same answer again is no event", () => {
  const learner = Learner.atPost(cme).does(...post("q1", "a"));
  assert.equal(learner.tries(...post("q1", "a")).event, null);
});

test("an empty response takes an answer back", () => {
  const learner = Learner.atPost(cme).does(...post("q1", "a")).does(...post("q1", ""));
  assert.deepEqual(plain(learner.view.post.responses), {});
});

test("the post-activity assessment is submitted only when every item is answered", () => {
  const learner = Learner.atPost(cme).does(...post("q1", "b"));
  assert.equal(learner.tries("submitted", { a: "post", t: 1 }).refused, "unanswered");
});

test("half a matching may be saved, but not submitted", () => {
  const definition = aDefinition({ items: [KINDS.matching] });
  const learner = Learner.atPost(cme, { definition }).does(...post("q-matching", "s2[.]t1"));
  assert.equal(learner.tries("submitted", { a: "post", t: 1 }).refused, "unanswered");
  assert.equal(learner.does(...post("q-matching", RIGHT.matching)).tries("submitted", { a: "post", t: 1 }).event.payload.p, true);
});

const MALFORMED = [
  ["multiple", "c[,]a"], ["multiple", "a[,]a"], ["multiple", "a[,]z"], ["true-false", "t"], ["matching", "s2[.]t1[,]s1[.]t2"],
  ["matching", "s1[.]t9"], ["matching", "s1"], ["ordering", "b[,]a"], ["ordering", "a[,]a[,]b"], ["numeric", "4,5"], ["choice", 1],
];

test("responses in another form than the item's are refused", () => {
  const learner = Learner.atPost(cme, { definition: aDefinition({ items: Object.values(KINDS) }) });
  for (const [kind, response] of MALFORMED) assert.equal(learner.tries(...post(KINDS[kind].id, response)).refused, "bad-response", `${kind} ${response}`);
});

test("after a failed attempt the next one begins without responses", () => {
  const learner = Learner.atPost(cme).takesPost("a");
  assert.equal(learner.view.post.attempt, 2);
  assert.equal(learner.view.post.attemptsLeft, 2);
  assert.deepEqual(plain(learner.view.post.responses), {});
  assert.equal(learner.tries(...post("q1", "b", 1)).refused, "wrong-attempt");
});

test("after the last failed attempt there is a way on to the evaluation, and no further attempt", () => {
  const learner = Learner.atPost(cme).takesPost("a").takesPost("a").takesPost("a");
  assert.equal(learner.view.post.exhausted, true);
  assert.equal(learner.view.current, "evaluation");
  assert.equal(learner.tries(...post("q1", "b", 4)).refused, "no-attempts-left");
  assert.equal(learner.evaluates().view.lms.success, "failed");
});

test("an attempt granted by the coordinator opens the assessment again", () => {
  const learner = Learner.atPost(cme).takesPost("a").takesPost("a").takesPost("a");
  learner.facts = { ...learner.facts, attemptsGranted: 1 };
  assert.equal(learner.view.post.attempt, 4);
  assert.equal(learner.takesPost("b").view.post.passed, true);
});

test("after passing there are no further attempts", () => {
  assert.equal(Learner.atEvaluation(cme).tries(...post("q1", "b", 2)).refused, "already-passed");
});

test("the best score counts, and never falls", () => {
  const learner = Learner.atPost(cme);
  learner.answersPost("b").does(...post("q3", "a")).does(...post("q4", "a")).does("submitted", { a: "post", t: 1 });
  assert.equal(learner.takesPost("a").view.post.best, 0.5);
});

test("a score stays as it was given when a newer package has another key", () => {
  const learner = Learner.atEvaluation(cme);
  learner.definition = aDefinition({ items: ["q1", "q2", "q3", "q4"].map((id) => anItem(id, { answer: "a", version: "ffffffff" })) });
  learner.does("opened", { definition: D2 });
  assert.equal(learner.view.post.best, 1);
  assert.equal(learner.view.post.passed, true);
});

test("answers not yet submitted are kept under a newer definition where the item is the same, and only there", () => {
  const learner = Learner.atPost(cme).does(...post("q1", "a")).does(...post("q2", "a")).does(...post("q3", "a"));
  learner.definition = aDefinition({ items: [anItem("q1"), anItem("q2", { version: "ffffffff" }), anItem("q4")] });
  learner.does("opened", { definition: D2 });
  assert.deepEqual(plain(learner.view.post.responses), { q1: "a" });
});

test("a pre-activity assessment is scored once; passed over it has no score", () => {
  const taken = new Learner(cme).reads().takesPre({ q1: "b", q2: "a" });
  assert.equal(taken.tries("answered", { a: "pre", t: 1, i: "q3", r: "b" }).refused, "already-submitted");
  const submitted = (learner) => plain(learner.state.events).find((event) => event.kind === "submitted").payload;
  assert.deepEqual(submitted(taken), { a: "pre", t: 1, k: 1, of: 4 });
  assert.deepEqual(submitted(new Learner(cme).reads().takesPre()), { a: "pre", t: 1, k: 0, of: 0 });
});

test("what the LMS is told of a submission: one interaction for each response, named by assessment and attempt", () => {
  const learner = Learner.atPost(cme).takesPost("a").answersPost("b");
  const { event } = learner.tries("submitted", { a: "post", t: 2 });
  const told = plain(cme.state.interactions(learner.state, learner.definition, event));
  assert.deepEqual(told.map((each) => each.id), ["post_a2_q1", "post_a2_q2", "post_a2_q3", "post_a2_q4"]);
  assert.equal(told[0].correct, true);
  assert.equal(told[0].response, "b");
});

test("the LMS's status and progress never fall, whatever a newer package asks for", () => {
  const learner = Learner.atClaim(cme);
  assert.equal(learner.view.lms.status, "completed");
  learner.definition = aDefinition({ disclosure: { html: "", acknowledgement: "", hash: "6".repeat(64) } });
  learner.does("opened", { definition: D2 });
  assert.deepEqual(plain(learner.view.lms), { status: "completed", success: "passed", score: 1, progress: 1 });
});

const STAGES = [
  ["content", (l) => l.reads().takesPre().finishesContents()], ["assessment", (l) => l.takesPost("b")], ["evaluation", (l) => l.evaluates()],
  ["claim", (l) => l.does("declined", { s: null })],
];

test("the LMS is told “completed” when that was done which the activity names", () => {
  for (const [at, [stage]] of STAGES.entries()) {
    const learner = new Learner(cme, { definition: aDefinition({ lms_completion: stage }) });
    const told = STAGES.map(([, act]) => act(learner).view.lms.status);
    assert.deepEqual(told, STAGES.map((_, step) => (step < at ? "incomplete" : "completed")), stage);
  }
});
