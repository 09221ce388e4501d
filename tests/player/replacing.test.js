"use strict";

// What the player makes of state that was saved under an older definition: the same cases as what `scorm-packager diff` says of it.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");

const { D2 } = require("./definition.js");
const { Learner } = require("./learner.js");
const { player, plain } = require("./load.js");

const cme = player();
const { base, cases } = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "scenarios", "replacing.json"), "utf8"));

function changed(definition, { set = {}, add = {}, drop = {} }) {
  const made = structuredClone(definition);
  for (const [where, value] of Object.entries(set)) {
    const parts = where.split(".");
    const last = parts.pop();
    parts.reduce((at, part) => at[part], made)[last] = value;
  }
  for (const [where, values] of Object.entries(add)) where.split(".").reduce((at, part) => at[part], made).push(...values);
  for (const [where, indexes] of Object.entries(drop)) made[where] = made[where].filter((_, at) => !indexes.includes(at));
  return made;
}

/* Each stage goes on from the one before, through what the definition has of it. */
const STAGES = {
  disclosed: (learner) => learner.reads(),
  pre: (learner) => (learner.definition.pre ? learner.takesPre() : learner),
  post: (learner) => learner.finishesContents(),
  evaluation: (learner) => (learner.definition.post ? learner.takesPost("b") : learner),
  claim: (learner) => (learner.definition.evaluation.length ? learner.evaluates() : learner),
};

function learnerOf(each) {
  const learner = new Learner(cme, { definition: changed(base, { set: each.start }) });
  const stages = Object.keys(STAGES);
  stages.slice(0, stages.indexOf(each.stage) + 1).forEach((stage) => STAGES[stage](learner));
  for (let attempt = 0; attempt < (each.fails || 0); attempt += 1) learner.takesPost("a");
  (each.does || []).forEach(([kind, payload]) => learner.does(kind, payload));
  if (each.reached) learner.state = { ...learner.state, reached: each.reached };
  return learner;
}

/* The package is replaced: what was saved is read by the newer one, which says so first. */
function after(each) {
  const before = learnerOf(each);
  const definition = changed(before.definition, each);
  const saved = cme.suspend.pack(before.state, before.definition, 4096);
  const state = plain(cme.suspend.unpack(saved.text, definition));
  return new Learner(cme, { definition, state, now: before.now }).does("opened", { definition: D2 });
}

for (const each of cases) {
  test(each.name, () => {
    const learner = after(each);
    for (const [where, value] of Object.entries(each.view)) {
      assert.deepEqual(plain(where.split(".").reduce((at, part) => at[part], learner.view)), value, where);
    }
    for (const [key, reason] of Object.entries(each.locked || {})) assert.equal(learner.screen(key).reason, reason, key);
    if (each.refuses) assert.equal(learner.tries(each.refuses[0], each.refuses[1]).refused, each.refuses[2]);
    if (each.then) learner.does(...each.then);
  });
}
