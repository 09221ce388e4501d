"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { aDefinition, anItem } = require("./definition.js");
const { Learner } = require("./learner.js");
const { player, plain } = require("./load.js");

const cme = player();
const BANK = ["b1", "b2", "b3", "b4", "b5", "b6"];
const drawing = (more = {}) => {
  const base = aDefinition({ items: ["q1", ...BANK].map((id) => anItem(id)) });
  const draws = [{ items: BANK, n: 2 }];
  return { ...base, pre: { ...base.pre, draws, ...more }, post: { ...base.post, draws, ...more } };
};
const atPost = (more) => Learner.atPost(cme, { definition: drawing(more) });
const asked = (learner) => plain(learner.view.post.items).map((item) => item.id);
const answerAll = (learner, r) => asked(learner).forEach((i) => learner.does("answered", { a: "post", t: learner.view.post.attempt, i, r }));

test("it works: an attempt asks what is always asked and what was drawn", () => {
  const found = asked(atPost());
  assert.equal(found.length, 3);
  assert.equal(found[0], "q1");
});

test("an item that was not drawn cannot be answered", () => {
  const learner = atPost();
  const other = BANK.find((id) => !asked(learner).includes(id));
  assert.equal(learner.tries("answered", { a: "post", t: 1, i: other, r: "b" }).refused, "unknown-item");
});

test("the score is of the items drawn", () => {
  const learner = atPost();
  answerAll(learner, "b");
  const { event } = learner.tries("submitted", { a: "post", t: 1 });
  assert.deepEqual(plain(event.payload), { a: "post", t: 1, k: 3, of: 3, p: true });
});

test("each attempt asks other items, and what the earlier ones asked is still known", () => {
  const learner = atPost();
  const first = asked(learner);
  answerAll(learner, "a");
  learner.does("submitted", { a: "post", t: 1 });
  const second = asked(learner);
  assert.deepEqual(second.filter((id) => first.includes(id)), ["q1"]);
  assert.deepEqual(plain(learner.view.post.submitted[0].items).map((item) => item.id), first);
});

test("saved state gives the same draw again, in another launch and on another device", () => {
  const learner = atPost();
  const { text } = cme.suspend.pack(learner.state, learner.definition, 4096);
  const again = new Learner(player(), { definition: learner.definition, state: cme.suspend.unpack(text, learner.definition) });
  assert.deepEqual(asked(again), asked(learner));
});

test("the pre-activity assessment with the same draw asks what the first attempt asks", () => {
  const learner = atPost();
  assert.deepEqual(plain(learner.view.pre.items).map((item) => item.id), asked(learner));
});

test("choices keep the author's order unless they are to be shuffled", () => {
  const orders = (learner) => plain(learner.view.post.items).map((item) => item.choices.map((choice) => choice.id).join(""));
  assert.deepEqual(new Set(orders(atPost())), new Set(["abc"]));
  const shuffled = [...orders(atPost({ shuffle: true })), ...orders(atPost({ shuffle: true, draws: [] }))];
  assert.ok(shuffled.some((order) => order !== "abc"));
  assert.deepEqual(new Set(shuffled.map((order) => [...order].sort().join(""))), new Set(["abc"]));
});
