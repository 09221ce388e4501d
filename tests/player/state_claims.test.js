"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { aDefinition, anOffer, aQuestion } = require("./definition.js");
const { Learner } = require("./learner.js");
const { player, plain } = require("./load.js");

const cme = player();
const MOC = anOffer("abim-moc", { claim: "equal", equal_to: "ama-pra-1", unit: "MOC point" });
const withMoc = () => ({ definition: aDefinition({ credits: [anOffer("ama-pra-1"), MOC] }) });

test("it works: a learner claims what they spent, in quarter hours", () => {
  const learner = Learner.atClaim(cme).does("claimed", { s: "ama-pra-1", m: "0.75" });
  assert.deepEqual(plain(learner.view.claims), { "ama-pra-1": "0.75" });
});

const AMOUNTS = [
  ["0.25", null], ["1.25", null], ["1", null], ["0.00", "below-minimum"], ["0.2", "below-minimum"], ["1.5", "above-maximum"],
  ["1.2500", null], ["1.2501", "above-maximum"], ["0.3", "off-step"], ["1.1", "off-step"], ["-1", "bad-amount"], ["1,00", "bad-amount"],
  ["1e0", "bad-amount"], ["", "bad-amount"], [undefined, "bad-amount"],
];

test("an amount is claimed between minimum and maximum, on the step, exactly", () => {
  for (const [amount, code] of AMOUNTS) {
    const answer = Learner.atClaim(cme).tries("claimed", { s: "ama-pra-1", m: amount });
    assert.equal(answer.refused || null, code, String(amount));
  }
});

test("amounts are written with two decimals at least", () => {
  assert.equal(Learner.atClaim(cme).tries("claimed", { s: "ama-pra-1", m: "1" }).event.payload.m, "1.00");
});

test("every amount that may be chosen is offered, least first", () => {
  assert.deepEqual(plain(cme.claims.choices(anOffer("ama-pra-1"))), ["0.25", "0.50", "0.75", "1.00", "1.25"]);
});

test("a fixed credit is the whole or nothing", () => {
  const nurse = () => Learner.atClaim(cme, { facts: { profession: "nurse" } });
  assert.equal(nurse().tries("claimed", { s: "ancc", m: "1.00" }).refused, "another-amount");
  assert.equal(nurse().tries("claimed", { s: "ancc" }).event.payload.m, "1.25");
});

test("a credit equal to another one follows what was claimed of that", () => {
  const learner = Learner.atClaim(cme, withMoc());
  assert.equal(learner.tries("claimed", { s: "abim-moc" }).refused, "claim-first");
  learner.does("claimed", { s: "ama-pra-1", m: "1.00" });
  assert.equal(learner.tries("claimed", { s: "abim-moc", m: "1.25" }).refused, "another-amount");
  assert.equal(learner.tries("claimed", { s: "abim-moc" }).event.payload.m, "1.00");
});

test("only credit for the learner's own profession is offered", () => {
  const learner = Learner.atClaim(cme, { facts: { profession: "nurse" } });
  assert.deepEqual(plain(learner.view.offers.map((offer) => offer.system)), ["ancc"]);
  assert.equal(learner.tries("claimed", { s: "ama-pra-1", m: "1.00" }).refused, "not-offered");
});

test("credit is not offered outside its own approval window", () => {
  const credits = [anOffer("acpe", { approved_from: "2026-12-05", approved_until: "2029-11-30" })];
  const open = (today) => Learner.atClaim(cme, { definition: aDefinition({ credits }), facts: { today } }).view.offers.length;
  assert.deepEqual(["2026-12-04", "2026-12-05", "2029-11-30"].map(open), [0, 1, 1]);
});

test("a credit is claimed once, and a claim is not taken back", () => {
  const learner = Learner.atClaim(cme).does("claimed", { s: "ama-pra-1", m: "1.00" });
  assert.equal(learner.tries("claimed", { s: "ama-pra-1", m: "0.25" }).refused, "already-claimed");
  assert.equal(learner.tries("declined", { s: "ama-pra-1" }).refused, "already-claimed");
  assert.equal(learner.tries("declined", { s: null }).refused, "already-claimed");
});

test("“I do not want credit” is an answer, and may be thought over", () => {
  const learner = Learner.atClaim(cme).does("declined", { s: null });
  assert.equal(learner.view.declinedAll, true);
  assert.equal(learner.view.done, true);
  learner.does("claimed", { s: "ama-pra-1", m: "1.00" });
  assert.equal(learner.view.declinedAll, false);
});

test("whoever is offered no credit need not decline any", () => {
  assert.equal(Learner.atClaim(cme, { facts: { profession: "other" } }).view.current, "certificate");
});

test("the termination day still counts; the day after, credit is refused and content stays open", () => {
  const on = (today) => Learner.atClaim(cme, { facts: { today } });
  assert.equal(on("2029-11-30").tries("claimed", { s: "ama-pra-1", m: "1.00" }).refused, undefined);
  const late = on("2029-12-01");
  assert.equal(late.tries("claimed", { s: "ama-pra-1", m: "1.00" }).refused, "terminated");
  assert.equal(late.screen("claim").reason, "terminated");
  assert.equal(late.screen("content:overview").status, "done");
  assert.equal(late.does("declined", { s: null }).view.done, true);
});

test("dates in force from a review come before the package's own, longer or shorter", () => {
  const reviewed = (terminates, today) =>
    Learner.atClaim(cme, { facts: { today, dates: { terminates } } }).tries("claimed", { s: "ama-pra-1", m: "1.00" }).refused;
  assert.equal(reviewed("2030-11-30", "2029-12-01"), undefined);
  assert.equal(reviewed("2027-06-30", "2027-07-01"), "terminated");
});

test("the evaluation is submitted when every required item is answered", () => {
  const learner = Learner.atEvaluation(cme);
  assert.equal(learner.tries("evaluated").refused, "unanswered");
  assert.equal(learner.does("rated", { i: "useful", r: "4" }).tries("evaluated").refused, undefined);
  assert.equal(learner.tries("rated", { i: "useful", r: "1" }).refused, "already-submitted");
});

test("an item with a name of JavaScript's own is unanswered like any other", () => {
  const learner = Learner.atEvaluation(cme, { definition: aDefinition({ evaluation: [aQuestion("constructor")] }) });
  assert.equal(learner.tries("evaluated").refused, "unanswered");
});

test("a commitment can be changed until the evaluation is submitted", () => {
  const learner = Learner.atEvaluation(cme).does("committed", { k: 2, r: "Ask", s: 3 }).does("committed", { k: 2, r: "Ask first", s: 5 });
  assert.deepEqual(plain(learner.view.commitments), [{ k: 2, text: "Ask first", strength: 5 }]);
  assert.equal(learner.tries("committed", { k: 4, r: "x" }).refused, "unknown-commitment");
  assert.equal(learner.tries("committed", { k: 1, r: "x", s: 6 }).refused, "bad-response");
  learner.evaluates();
  assert.equal(learner.tries("committed", { k: 1, r: "x" }).refused, "already-submitted");
});
