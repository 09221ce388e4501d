"use strict";

// One learner with two windows open, and two devices: the last window goes on, and no answer that counts is lost.

const assert = require("node:assert/strict");
const test = require("node:test");

const { D1 } = require("./definition.js");
const { loadInto, plain } = require("./load.js");
const { QuirkyLms } = require("./quirky_lms.js");

/** Two windows of one browser and one LMS record: the first, and a second that was opened while the first was at work. */
async function twoWindows() {
  const lms = await new QuirkyLms("2004").opens();
  await lms.begins();
  const first = lms.session;
  await lms.opens();
  return { lms, first, second: lms.session };
}

test("it works: the window that was opened last goes on, the other one stops", async () => {
  const { first, second } = await twoWindows();
  assert.deepEqual([first.yielded(), second.yielded()], [true, false]);
  assert.equal(plain(first.send("answered", { a: "post", t: 1, i: "q1", r: "a" })).refused, "another-window");
});

test("the other window tells the LMS nothing more, not even at its end", async () => {
  const { lms, first } = await twoWindows();
  const before = lms.page.calls.length;
  first.rest();
  first.close(true);
  assert.equal(lms.page.calls.length, before);
});

test("the screens of the other window are told", async () => {
  const lms = await new QuirkyLms("1.2").opens();
  let told = 0;
  lms.session.subscribe(() => { told += 1; });
  await lms.opens();
  assert.equal(told, 1);
});

test("what the first window had and the LMS had not yet is in the second", async () => {
  const lms = await new QuirkyLms("2004").opens();
  const empty = { ...lms.stored };
  await lms.begins();
  lms.page.stored = empty; // the LMS answers the second window with what it had at the first one's beginning
  lms.storage.kept.clear();
  const given = lms.given;
  await lms.opens();
  assert.deepEqual(lms.given, given);
  assert.ok(lms.stored["cmi.suspend_data"].length > empty["cmi.suspend_data"].length);
});

test("another learner's window goes on", async () => {
  const lms = await new QuirkyLms("2004").opens();
  const first = lms.session;
  lms.page.stored = {};
  lms.page.learner = { id: "l-2", name: "Okonkwo, Adaeze" };
  await lms.opens();
  assert.equal(first.yielded(), false);
});

test("after Exit a window asks and hears nothing", async () => {
  const lms = await new QuirkyLms("2004").opens();
  const first = lms.session;
  lms.exits();
  await lms.opens();
  assert.equal(first.yielded(), false);
});

/* --- the union of two states, by itself ----------------------------------------------------------- */

const { union, state } = loadInto({}, ["ids", "steps", "draws", "scoring", "responses", "claims", "view", "state", "union"].map((name) => `player/${name}.js`));
const KEY = "00112233445566778899aabbccddeeff";

const event = (n, kind, second, payload = {}) => ({ n, kind, second, payload });
const answer = (n, second, i, r) => event(n, "answered", second, { a: "post", t: 1, i, r, v: "1", ok: false });
const submission = (n, second, k) => event(n, "submitted", second, { a: "post", t: 1, k, of: 2, p: false });
const BEGUN = [event(1, "opened", 0, { definition: D1 }), event(2, "read", 1)];
const aState = (events, more = {}) => ({ ...state.fresh(KEY, 0), definition: D1, events: [...BEGUN, ...events], ...more });
const joined = (one, other) => plain(union.of(one, other)).events.slice(2);

test("union: what only the other has is added under its own number", () => {
  assert.deepEqual(joined(aState([]), aState([answer(3, 5, "q1", "a")])), [answer(3, 5, "q1", "a")]);
});

test("union: with nothing new the state is the same one", () => {
  const one = aState([answer(3, 5, "q1", "a")]);
  assert.equal(union.of(one, aState([])), one);
});

test("union: of two answers to one question the later counts, whichever state has it", () => {
  const [earlier, later] = [aState([answer(3, 5, "q1", "a")]), aState([answer(4, 9, "q1", "b")])];
  assert.deepEqual(joined(earlier, later), [answer(4, 9, "q1", "b")]);
  assert.deepEqual(joined(later, earlier), [answer(4, 9, "q1", "b")]);
});

test("union: a number that both used for different things is used once, and the other gets a new one", () => {
  assert.deepEqual(joined(aState([answer(3, 5, "q1", "a")]), aState([answer(3, 6, "q2", "b")])), [answer(3, 5, "q1", "a"), answer(4, 6, "q2", "b")]);
});

test("union: an answer joins no attempt that was submitted, and an attempt is submitted once", () => {
  const submitted = aState([answer(3, 5, "q1", "a"), submission(4, 6, 1)]);
  assert.equal(union.of(submitted, aState([answer(3, 7, "q2", "b"), submission(5, 8, 2)])), submitted);
});

test("union: numbers that the other has used up are not used again", () => {
  assert.equal(plain(union.of(aState([], { last: 9 }), aState([answer(3, 5, "q1", "a")]))).events[2].n, 10);
});

test("union: what the LMS was told does not fall", () => {
  const told = { completed: true, passed: true, progress: 1 };
  assert.deepEqual(plain(union.of(aState([]), aState([answer(3, 5, "q1", "a")], { reached: told }))).reached, told);
});

test("union: any two histories give ascending numbers and seconds, each subject once, and joining again changes nothing", () => {
  let seed = 7;
  const random = (below) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % below; };
  const history = () => {
    const events = [];
    for (let n = 3, second = 2; n < 12; n += 1 + random(2)) {
      const next = answer(n, (second += random(3)), `q${random(4)}`, "abc"[random(3)]);
      events.splice(0, events.length, ...events.filter((each) => each.payload.i !== next.payload.i), next);
    }
    return aState(events);
  };
  for (let turn = 0; turn < 300; turn += 1) {
    const [one, other] = [history(), history()];
    const both = union.of(one, other);
    const { events } = both;
    assert.ok(events.every((each, at) => at === 0 || (each.n > events[at - 1].n && each.second >= events[at - 1].second)), JSON.stringify(events));
    assert.equal(new Set(events.map((each) => each.kind + each.payload.i)).size, events.length);
    for (const item of ["q0", "q1", "q2", "q3"]) {
      const latest = Math.max(...[...one.events, ...other.events].filter((each) => each.payload.i === item).map((each) => each.second), -1);
      const kept = events.find((each) => each.payload.i === item);
      assert.ok(latest === -1 || kept.second >= latest, item);
    }
    assert.equal(union.of(both, other), both);
  }
});
