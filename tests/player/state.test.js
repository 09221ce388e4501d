"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { D1, D2, NOON, KINDS, RIGHT, aDefinition, anItem, anOffer, aContent } = require("./definition.js");
const { Learner, KEY } = require("./learner.js");
const { player, plain } = require("./load.js");

const cme = player();

test("it works: a learner goes from front matter to certificate", () => {
  const learner = Learner.atClaim(cme).does("claimed", { s: "ama-pra-1", m: "1.00" });
  assert.equal(learner.view.done, true);
  assert.equal(learner.view.current, "certificate");
  assert.deepEqual(plain(learner.view.lms), { status: "completed", success: "passed", score: 1, progress: 1 });
});
