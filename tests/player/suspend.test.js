"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { D1, D2, KINDS, RIGHT, NOON, aDefinition, anItem, anOffer, aQuestion } = require("./definition.js");
const { Learner } = require("./learner.js");
const { player, plain } = require("./load.js");
const { random, randomState } = require("./random_state.js");

const cme = player();
const { suspend } = cme;
const definition = aDefinition();
const pack = (state, limit = 4096) => suspend.pack(state, definition, limit);
const again = (state) => plain(suspend.unpack(pack(state).text, definition));

test("it works: a saved state comes back as it was", () => {
  const learner = Learner.atClaim(cme).does("claimed", { s: "ama-pra-1", m: "1.00" });
  assert.deepEqual(again(learner.state), plain(learner.state));
});

test("nothing saved is no state", () => {
  assert.equal(suspend.unpack("", definition), null);
  assert.equal(suspend.unpack("  ", definition), null);
  assert.equal(suspend.unpack(undefined, definition), null);
});

test("keeps the responses of every kind of item, the place and what was sent", () => {
  const learner = Learner.atPost(cme, { definition: aDefinition({ items: Object.values(KINDS) }) });
  for (const [kind, item] of Object.entries(KINDS)) learner.does("answered", { a: "post", t: 1, i: item.id, r: RIGHT[kind] });
  const state = { ...learner.state, sent: 5, place: { screen: "content:lecture", watched: { lecture: [[0, 12.5]] }, "ä✓": null } };
  assert.deepEqual(again(state), plain(state));
});

test("500 random states come back as they were, in plain ASCII that no form or XML makes longer", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const state = randomState(cme, seed);
    const packed = pack(state, 64000);
    assert.match(packed.text, /^[A-Za-z0-9_.,:;!*()=$+~-]+$/);
    assert.deepEqual(plain(packed.left), [], `seed ${seed}`);
    assert.deepEqual(plain(suspend.unpack(packed.text, definition)), plain(state), `seed ${seed}`);
  }
});

test("a state saved under an older definition is read by a newer package, item by item", () => {
  const learner = Learner.atPost(cme).does("answered", { a: "post", t: 1, i: "q2", r: "c" });
  const newer = aDefinition({ items: [anItem("q9"), anItem("q2"), anItem("q1", { version: "ffffffff" })] });
  const state = suspend.unpack(pack(learner.state).text, newer);
  assert.deepEqual(plain(state), plain(learner.state));
  assert.deepEqual(plain(cme.state.view(state, newer, learner.facts).post.responses), { q2: "c" });
});

/* Eleven items of mixed kinds, taken before and three times after; fifteen evaluation items; three commitments of 300 characters; four credits. */
function theWorstCase() {
  const kinds = Object.values(KINDS);
  const items = Array.from({ length: 11 }, (_, at) => ({ ...kinds[at % kinds.length], id: `choose-the-right-agent-${at}`, version: `0a1b2c${10 + at}` }));
  const evaluation = Array.from({ length: 15 }, (_, at) => aQuestion(`evaluation-question-${at}`));
  const credits = ["ama-pra-1", "ancc", "acpe", "abim-moc"].map((system) => anOffer(system));
  const learner = new Learner(cme, { definition: aDefinition({ items, evaluation, credits }) }).reads();
  const respond = (item, a, t) => learner.does("answered", { a, t, i: item.id, r: item.kind === "choice" ? "a" : RIGHT[item.kind] });
  items.forEach((item) => respond(item, "pre", 1));
  learner.does("submitted", { a: "pre", t: 1 }).finishesContents();
  for (const t of [1, 2, 3]) {
    items.forEach((item) => respond(item, "post", t));
    learner.definition.post.passing_score = 1;
    learner.does("submitted", { a: "post", t });
  }
  evaluation.forEach((question) => learner.does("rated", { i: question.id, r: "4" }));
  for (const k of [1, 2, 3]) learner.does("committed", { k, r: "I will check renal function; then dose (CHA2DS2-VASc > 2). ".repeat(6).slice(0, 300), s: 4 });
  learner.does("evaluated");
  credits.forEach((credit) => learner.does("claimed", { s: credit.system, m: "1.25" }));
  return { ...learner.state, place: { screen: "claim", item: 0, scroll: 0.25, watched: { lecture: [[0, 1234.5], [1300, 2400]] } } };
}

test("the worst case of an hour's activity fits into the 4,096 characters of SCORM 1.2", () => {
  const packed = pack(theWorstCase());
  assert.deepEqual(plain(packed.left), []);
  assert.ok(packed.text.length < 4096, `${packed.text.length} characters`);
});

test("texts that do not fit are left to this device, the longest first, and put back by their number", () => {
  const learner = Learner.atEvaluation(cme).does("committed", { k: 1, r: "short", s: null }).does("committed", { k: 2, r: "長".repeat(900), s: 2 });
  const packed = pack(learner.state, 2000);
  assert.ok(packed.text.length <= 2000);
  assert.deepEqual(plain(packed.left).map((event) => event.payload.k), [2]);
  const elsewhere = suspend.unpack(packed.text, definition);
  assert.deepEqual(plain(cme.state.view(elsewhere, definition, learner.facts).commitments), [
    { k: 1, text: "short", strength: null }, { k: 2, text: "", strength: 2 },
  ]);
  assert.deepEqual(plain(suspend.fill(elsewhere, packed.left)), plain(learner.state));
});

test("a text that is not on this device stays marked when the state is saved again", () => {
  const learner = Learner.atEvaluation(cme).does("committed", { k: 1, r: "長".repeat(900), s: 2 });
  const elsewhere = suspend.unpack(pack(learner.state, 1000).text, definition);
  assert.deepEqual(again(elsewhere), plain(elsewhere));
});

test("when even that is too long, answers of submitted attempts leave before anything else, and their score stays", () => {
  const state = theWorstCase();
  const packed = pack(state, 2000);
  assert.ok(packed.text.length <= 2000);
  const view = cme.state.view(suspend.unpack(packed.text, definition), definition, Learner.atPost(cme).facts);
  assert.deepEqual(plain(view.post.submitted).map((attempt) => attempt.total), [11, 11, 11]);
  assert.equal(Object.keys(view.claims).length, 4);
  const events = (each) => plain(each.events);
  assert.deepEqual(events(suspend.fill(suspend.unpack(packed.text, definition), packed.left)), events(state));
});

test("a text cut short gives back the events before the cut, and no number is used twice", () => {
  const learner = Learner.atClaim(cme);
  const whole = plain(learner.state.events);
  const text = pack(learner.state).text;
  const read = suspend.unpack(text.slice(0, text.length - 25), definition);
  assert.equal(read.damaged, true);
  const kept = plain(read.state.events);
  assert.ok(kept.length > 5 && kept.length < whole.length);
  assert.deepEqual(kept, whole.slice(0, kept.length));
  const next = new Learner(cme, { state: read.state }).tries("finished", { c: "overview", d: 1 });
  const later = next.event || new Learner(cme, { state: read.state }).tries("opened", { definition: D2 }).event;
  assert.equal(later.n, whole.length + 1);
  assert.equal(suspend.unpack(pack({ ...read.state }).text, definition).last, whole.length);
});

test("a changed character is noticed, and no answer is misread for another", () => {
  const learner = Learner.atClaim(cme);
  const whole = plain(learner.state.events);
  const text = pack(learner.state).text;
  for (let at = 0; at < text.length; at += 1) {
    const read = plain(suspend.unpack(text.slice(0, at) + (text[at] === "1" ? "2" : "1") + text.slice(at + 1), definition));
    assert.equal(read.damaged, true, `character ${at}`);
    if (read.state) assert.deepEqual(read.state.events, whole.slice(0, read.state.events.length), `character ${at}`);
  }
});

test("text from elsewhere never throws", () => {
  const draw = random(7);
  const alphabet = "C1~:;!*()=$+-_.,abcz019ä\u0000";
  for (let round = 0; round < 2000; round += 1) {
    const noise = Array.from({ length: draw(80) }, () => alphabet[draw(alphabet.length)]).join("");
    const read = suspend.unpack((round % 2 ? "C1~" : "") + noise, definition);
    assert.ok(read === null || read.damaged === true, JSON.stringify(noise));
  }
});

test("another version's text is left alone", () => {
  assert.deepEqual(plain(suspend.unpack("C2~whatever", definition)), { damaged: true, state: null });
});
