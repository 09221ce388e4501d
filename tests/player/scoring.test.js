"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");

const { KINDS, RIGHT, anItem } = require("./definition.js");
const { player, plain } = require("./load.js");

const { scoring } = player();

test("it works: the correct response of every kind is correct", () => {
  for (const [kind, item] of Object.entries(KINDS)) assert.equal(scoring.correct(item, RIGHT[kind]), true, kind);
});

test("no response is correct for no kind", () => {
  for (const item of Object.values(KINDS)) {
    for (const nothing of [null, undefined, ""]) assert.equal(scoring.correct(item, nothing), false, item.kind);
  }
});

const WRONG = [
  ["choice", "a"], ["choice", "B"], ["choice", "b "], ["multiple", "a"], ["multiple", "a[,]b[,]c"], ["multiple", "c[,]a"],
  ["true-false", "false"], ["true-false", "t"], ["matching", "s1[.]t2"], ["matching", "s2[.]t1[,]s1[.]t2"], ["ordering", "a[,]b[,]c"],
  ["numeric", "3.9999"], ["numeric", "4.50001"], ["numeric", "4,5"], ["numeric", "four"], ["numeric", "4e0"],
];

test("what differs from the key is not correct", () => {
  for (const [kind, response] of WRONG) assert.equal(scoring.correct(KINDS[kind], response), false, `${kind} ${response}`);
});

test("a number is compared exactly, whatever way it is written", () => {
  const tenth = anItem("n", { kind: "numeric", answer: { from: "0.3", to: "0.30" } });
  assert.equal(scoring.correct(tenth, "0.3000"), true);
  assert.equal(scoring.correct(tenth, "0.30000000000000001"), false);
  const below = anItem("n", { kind: "numeric", answer: { from: "-2.5", to: "-2" } });
  assert.equal(scoring.correct(below, "-2.25"), true);
});

test("a score counts correct responses and rounds to four places", () => {
  const items = ["q1", "q2", "q3"].map((id) => anItem(id));
  assert.deepEqual(plain(scoring.score(items, { q1: "b", q2: "b", q3: "c" })), { correct: 2, total: 3, scaled: 0.6667 });
});

test("passing is exact: 7 of 10 pass 0.7, and 2 of 3 do not pass 0.6667", () => {
  assert.equal(scoring.passes({ correct: 7, total: 10 }, 0.7), true);
  assert.equal(scoring.passes({ correct: 2, total: 3 }, 0.6667), false);
  assert.equal(scoring.passes({ correct: 0, total: 0 }, 0), false);
});

// Cases shared with scorm_packager/activity/scoring.py (tests/packager/test_scoring.py).
const CASES = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "scenarios", "scoring.json"), "utf8"));
const shared = (item) => ({ ...item, sources: (item.sources || []).map((id) => ({ id, html: id })) });

test("the player judges the shared responses as the bridge does", () => {
  for (const { name, item, response, correct } of CASES.responses) {
    assert.equal(scoring.correct(shared(CASES.items[item]), response), correct, name);
  }
});

test("the player rounds the shared scores as the bridge does", () => {
  for (const { correct, total, scaled } of CASES.scores) assert.equal(scoring.scoreOf(correct, total).scaled, scaled, `${correct}/${total}`);
});

test("the player passes the shared scores as the bridge does", () => {
  for (const { correct, total, passing_score, passes } of CASES.passes) {
    assert.equal(scoring.passes({ correct, total }, passing_score), passes, `${correct}/${total} at ${passing_score}`);
  }
});
