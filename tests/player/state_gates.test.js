"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { D1, D2, HASH, aDefinition, aContent, anItem } = require("./definition.js");
const { Learner } = require("./learner.js");
const { random } = require("./random_state.js");
const { player, plain } = require("./load.js");

const cme = player();
const statuses = (learner) => Object.fromEntries(learner.view.screens.map((screen) => [screen.key, screen.status]));

test("it works: a learner goes from front matter to certificate", () => {
  const learner = Learner.atClaim(cme).does("claimed", { s: "ama-pra-1", m: "1.00" });
  assert.equal(learner.view.done, true);
  assert.equal(learner.view.current, "certificate");
  assert.deepEqual(plain(learner.view.lms), { status: "completed", success: "passed", score: 1, progress: 1 });
});

test("the screens stand in their order, one for each content", () => {
  assert.deepEqual(plain(new Learner(cme).view.screens.map((screen) => screen.key)), [
    "front-matter", "disclosure", "profession", "pre-assessment", "content:overview", "content:lecture", "post-assessment", "evaluation",
    "claim", "certificate",
  ]);
});

test("an activity without assessments or evaluation has no such screens", () => {
  const learner = new Learner(cme, { definition: aDefinition({ pre: null, post: null, evaluation: [], commitments: 0 }) });
  assert.deepEqual(plain(learner.view.screens.map((screen) => screen.kind)), [
    "front-matter", "disclosure", "profession", "content", "content", "claim", "certificate",
  ]);
  learner.reads().finishesContents();
  assert.equal(learner.screen("claim").status, "open");
  assert.equal(learner.view.lms.success, null);
});

test("everything after the disclosure is locked until it is acknowledged", () => {
  const learner = new Learner(cme).does("read");
  assert.equal(learner.screen("content:overview").status, "locked");
  assert.equal(learner.screen("content:overview").reason, "disclosure-first");
  assert.equal(learner.tries("finished", { c: "overview", d: 9 }).refused, "disclosure-first");
  assert.equal(learner.tries("answered", { a: "pre", t: 1, i: "q1", r: "a" }).refused, "disclosure-first");
});

test("no content is reached before the disclosure, in whatever order things are tried", () => {
  const attempts = [
    ["read", {}], ["answered", { a: "pre", t: 1, i: "q1", r: "b" }], ["submitted", { a: "pre", t: 1 }], ["finished", { c: "overview", d: 1 }],
    ["finished", { c: "lecture", d: 1 }], ["answered", { a: "post", t: 1, i: "q1", r: "b" }], ["submitted", { a: "post", t: 1 }],
    ["rated", { i: "useful", r: "5" }], ["evaluated", {}], ["committed", { k: 1, r: "x" }], ["claimed", { s: "ama-pra-1", m: "1.00" }],
    ["declined", { s: null }],
  ];
  const draw = random(11);
  const learner = new Learner(cme);
  for (let round = 0; round < 300; round += 1) learner.tries(...attempts[draw(attempts.length)]);
  assert.deepEqual(plain(learner.state.events.map((event) => event.kind)), ["opened", "read"]);
});

test("another text of the disclosure has to be acknowledged again, and what was done stays done", () => {
  const learner = Learner.atPost(cme);
  learner.definition = aDefinition({ disclosure: { html: "", acknowledgement: "", hash: "6".repeat(64) } });
  learner.does("opened", { definition: D2 });
  assert.equal(learner.view.current, "disclosure");
  assert.equal(learner.screen("content:overview").status, "locked");
  learner.does("disclosed");
  assert.equal(learner.screen("content:overview").status, "done");
});

test("a disclosure other than the one shown is not acknowledged", () => {
  assert.equal(new Learner(cme).does("read").tries("disclosed", { hash: "0".repeat(64) }).refused, "another-disclosure");
  assert.equal(new Learner(cme).does("read").tries("disclosed", { hash: HASH }).event.payload.hash, HASH);
});

test("the profession comes before the pre-activity assessment, and is asked again when it is not known", () => {
  const learner = new Learner(cme, { facts: { profession: null } }).reads();
  assert.equal(learner.view.current, "profession");
  assert.equal(learner.tries("submitted", { a: "pre", t: 1 }).refused, "profession-first");
});

test("contents wait for the pre-activity assessment, which may be passed over", () => {
  const learner = new Learner(cme).reads();
  assert.equal(learner.screen("content:overview").reason, "pre-assessment-first");
  learner.does("submitted", { a: "pre", t: 1 });
  assert.equal(learner.screen("content:overview").status, "open");
});

test("the post-activity assessment waits for all contents, in any order", () => {
  const learner = new Learner(cme).reads().takesPre().does("finished", { c: "lecture", d: 60 });
  assert.equal(learner.screen("post-assessment").reason, "contents-first");
  learner.does("finished", { c: "overview", d: 60 });
  assert.equal(learner.screen("post-assessment").status, "open");
});

test("the claim waits for the evaluation, and the certificate for the claim or its refusal", () => {
  const learner = Learner.atEvaluation(cme);
  assert.equal(learner.screen("claim").reason, "evaluation-first");
  learner.evaluates();
  assert.equal(learner.screen("certificate").reason, "claim-first");
  assert.equal(learner.does("declined", { s: null }).screen("certificate").status, "open");
});

test("a learner may go back to everything that was open", () => {
  const learner = Learner.atClaim(cme);
  assert.ok(Object.values(statuses(learner)).slice(0, 8).every((status) => status === "done"));
});

test("content that a newer package adds is still to be done", () => {
  const learner = Learner.atPost(cme);
  learner.definition = aDefinition({ contents: [aContent("overview"), aContent("lecture"), aContent("new")] });
  learner.does("opened", { definition: D2 });
  assert.equal(learner.view.current, "content:new");
  assert.equal(learner.screen("post-assessment").status, "locked");
});

test("review and browsing open every screen and record nothing", () => {
  const learner = Learner.atPost(cme);
  learner.facts = { ...learner.facts, mode: "no-evidence" };
  assert.ok(learner.view.screens.every((screen) => screen.status !== "locked"));
  for (const [kind, payload] of [["read", {}], ["answered", { a: "post", t: 1, i: "q1", r: "b" }], ["opened", { definition: D2 }]]) {
    assert.equal(learner.tries(kind, payload).refused, "no-evidence");
  }
});

test("nothing is recorded before the definition is known under which it happens", () => {
  const learner = new Learner(cme, { state: cme.state.fresh("0".repeat(32), 0) });
  assert.equal(learner.tries("read").refused, "not-opened");
});

test("what cannot be understood is refused", () => {
  const learner = Learner.atPost(cme);
  const refusals = [
    ["constructor", {}, "unknown-kind"], ["opened", {}, "bad-payload"], ["finished", { c: "nowhere" }, "unknown-content"],
    ["answered", { a: "mid", t: 1, i: "q1", r: "a" }, "bad-payload"], ["answered", { a: "post", t: 1, i: "q9", r: "a" }, "unknown-item"],
    ["answered", { a: "post", t: 2, i: "q1", r: "a" }, "wrong-attempt"], ["answered", { a: "post", t: 1, i: "q1", r: "z" }, "bad-response"],
  ];
  for (const [kind, payload, code] of refusals) assert.equal(learner.tries(kind, payload).refused, code, kind);
});

test("opening under the same definition again changes nothing; another one is recorded", () => {
  const learner = new Learner(cme);
  assert.equal(learner.tries("opened", { definition: D1 }).event, null);
  assert.equal(learner.tries("opened", { definition: D2 }).event.n, 2);
  assert.equal(learner.state.definition, D2);
});

test("a step leaves the earlier state as it was", () => {
  const learner = Learner.atPost(cme).does("answered", { a: "post", t: 1, i: "q1", r: "a" });
  const before = JSON.stringify(learner.state);
  const held = learner.state;
  learner.does("answered", { a: "post", t: 1, i: "q1", r: "b" });
  assert.equal(JSON.stringify(held), before);
});

test("seconds never fall, even when the device's clock is set back", () => {
  const learner = new Learner(cme).does("read");
  learner.now -= 3_600_000;
  learner.does("disclosed");
  const seconds = plain(learner.state.events.map((event) => event.second));
  assert.deepEqual(seconds, seconds.slice().sort((a, b) => a - b));
});
