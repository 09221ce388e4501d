// What a wrapped export finds around it: a run-time environment of its own, as strict as its standard, and a memory.
"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");
const { aContent, aDefinition, ACTIVITY, D1, NOON, someFacts } = require("./definition.js");
const { loadInto, plain } = require("./load.js");

const PARTS = ["ids", "scoring", "clock", "responses", "claims", "draws", "steps", "view", "state", "packed", "saved-events", "suspend", "statements"];
const GATE = ["lz", "inner", "scorm12", "scorm2004", "rte"];
const cme = loadInto({ crypto: globalThis.crypto }, [...PARTS.map((name) => `player/${name}.js`), ...GATE.map((name) => `gate/${name}.js`)]);

const FACTS = { learner: { id: "l-1", name: "Rivera, Alex" }, credit: true, mode: "normal", mastery: null, launchData: "" };
const EDITIONS = { "1.2": cme.scorm12, 2004: cme.scorm2004 };

/** An export's session under an edition, and what the player was told of it. */
function session(key, { saved = null, facts = {} } = {}) {
  const edition = EDITIONS[key];
  const told = [];
  const on = Object.fromEntries(["begun", "set", "committed", "ended"].map((name) => [name, () => told.push(name)]));
  const rte = cme.rte.make(edition, cme.inner.opening(edition, saved, { ...FACTS, ...facts }), on);
  const call = (name, ...args) => rte.api[edition.calls[name]](...args);
  return { rte, told, call, edition, error: () => call("lastError") };
}

function begun(key, more) {
  const made = session(key, more);
  made.call("initialize", "");
  return made;
}

/* --- the eight functions: codes of SCORM 1.2 RTE 3.3.3 and SCORM 2004 RTE 3.1.7 --- */

const BEFORE = [["1.2", "get", "301"], ["1.2", "set", "301"], ["1.2", "commit", "301"], ["1.2", "terminate", "301"],
  ["2004", "get", "122"], ["2004", "set", "132"], ["2004", "commit", "142"], ["2004", "terminate", "112"]];
const AFTER = [["2004", "get", "123"], ["2004", "set", "133"], ["2004", "commit", "143"], ["2004", "terminate", "113"], ["1.2", "get", "301"]];
const ARGUMENTS = { get: ["cmi.suspend_data"], set: ["cmi.suspend_data", "x"], commit: [""], terminate: [""] };

for (const [key, name, code] of BEFORE) {
  test(`${key}: ${name} before the session began is error ${code}`, () => {
    const made = session(key);
    made.call(name, ...ARGUMENTS[name]);
    assert.equal(made.error(), code);
  });
}

for (const [key, name, code] of AFTER) {
  test(`${key}: ${name} after the session ended is error ${code}`, () => {
    const made = begun(key);
    made.call("terminate", "");
    made.call(name, ...ARGUMENTS[name]);
    assert.equal(made.error(), code);
  });
}

for (const [key, code] of [["1.2", "101"], ["2004", "103"]]) {
  test(`${key}: a session that runs cannot be begun again (${code}), unless its page was loaded anew`, () => {
    const made = begun(key);
    assert.equal(made.call("initialize", ""), "false");
    assert.equal(made.error(), code);
    made.rte.reopen();
    assert.equal(made.call("initialize", ""), "true");
  });
}

/* [edition, element, value, error]: “0” is taken. */
const SETS = [
  ["1.2", "cmi.core.lesson_status", "passed", "0"], ["1.2", "cmi.core.lesson_status", "Passed", "405"],
  ["1.2", "cmi.core.lesson_status", "not attempted", "405"], ["1.2", "cmi.core.score.raw", "100", "0"], ["1.2", "cmi.core.score.raw", "101", "405"],
  ["1.2", "cmi.core.score.raw", "1e1", "405"], ["1.2", "cmi.core.score.raw", "", "0"], ["1.2", "cmi.core.student_name", "x", "403"],
  ["1.2", "cmi.core.score._children", "x", "402"], ["1.2", "cmi.nothing", "x", "401"], ["1.2", "cmi.interactions.1.id", "a", "201"],
  ["1.2", "cmi.interactions.0.id", "a", "0"], ["1.2", "cmi.core.exit", "normal", "405"], ["1.2", "cmi.interactions.0.result", "incorrect", "405"],
  ["2004", "cmi.completion_status", "completed", "0"], ["2004", "cmi.success_status", "completed", "406"],
  ["2004", "cmi.score.scaled", "-1", "0"], ["2004", "cmi.score.scaled", "1.1", "407"], ["2004", "cmi.score.scaled", "one", "406"],
  ["2004", "cmi.progress_measure", "-0.1", "407"], ["2004", "cmi.learner_name", "x", "404"], ["2004", "cmi.interactions._count", "1", "404"],
  ["2004", "cmi.nothing", "x", "401"], ["2004", "cmi.objectives.1.id", "a", "351"], ["2004", "cmi.interactions.0.type", "choice", "408"],
  ["2004", "cmi.exit", "normal", "0"], ["2004", "cmi.interactions.0.result", "incorrect", "408"],
];

for (const [key, element, value, code] of SETS) {
  test(`${key}: ${element} = “${value}” is error ${code}`, () => {
    const made = begun(key);
    assert.equal(made.call("set", element, value), code === "0" ? "true" : "false");
    assert.equal(made.error(), code);
  });
}

test("what was not set has no value in 2004 (403), and is empty in 1.2", () => {
  const [old, young] = [begun("1.2"), begun("2004")];
  assert.deepEqual([old.call("get", "cmi.suspend_data"), old.error()], ["", "0"]);
  assert.deepEqual([young.call("get", "cmi.location"), young.error()], ["", "403"]);
});

test("what may only be written cannot be read back", () => {
  const [old, young] = [begun("1.2"), begun("2004")];
  old.call("get", "cmi.core.session_time");
  young.call("get", "cmi.exit");
  assert.deepEqual([old.error(), young.error()], ["404", "405"]);
});

test("arrays count what was set in them", () => {
  const made = begun("2004");
  ["a", "b"].forEach((id, n) => made.call("set", `cmi.objectives.${n}.id`, id));
  assert.equal(made.call("get", "cmi.objectives._count"), "2");
  assert.equal(made.call("get", "cmi.objectives.1.id"), "b");
  made.call("get", "cmi.objectives.2.id");
  assert.equal(made.error(), "301");
});

test("the player is told of what happens, and no value is longer than it may be", () => {
  const made = begun("1.2");
  assert.equal(made.call("set", "cmi.suspend_data", "x".repeat(9000)), "true");
  made.call("commit", "");
  made.call("terminate", "");
  assert.deepEqual(made.told, ["begun", "set", "committed", "ended"]);
});

test("a player that breaks does not break the export", () => {
  const broken = () => { throw new Error("broken"); };
  const rte = cme.rte.make(cme.scorm12, {}, { begun: broken, set: broken, committed: broken, ended: broken });
  assert.equal(rte.api.LMSInitialize(""), "false");
  assert.equal(rte.api.LMSSetValue("cmi.suspend_data", "x"), "false");
});

/* --- what it says --- */

for (const [raw, min, max, share] of [
  ["85", "0", "100", 0.85], ["85", undefined, undefined, 0.85], ["17", "0", "20", 0.85], ["7", "0", "9", 0.7777], ["57", "", "", 0.57],
  ["150", "0", "100", 1], ["5", "5", "5", null], ["", "0", "100", null], [undefined, "0", "100", null], ["eighty", "0", "100", null],
]) {
  test(`a raw score of ${raw} from ${min} to ${max} is ${share}`, () => assert.equal(cme.inner.share(raw, min, max), share));
}

const OUTCOMES = [
  ["1.2", { "cmi.core.lesson_status": "completed" }, [true, null, null]],
  ["1.2", { "cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80" }, [true, true, 0.8]],
  ["1.2", { "cmi.core.lesson_status": "failed", "cmi.core.score.raw": "40" }, [true, false, 0.4]],
  ["1.2", { "cmi.core.lesson_status": "failed" }, [false, false, null]],
  ["1.2", { "cmi.core.lesson_status": "incomplete", "cmi.core.score.raw": "90" }, [false, null, 0.9]],
  ["2004", { "cmi.completion_status": "completed", "cmi.success_status": "failed", "cmi.score.scaled": "0.4" }, [true, false, 0.4]],
  ["2004", { "cmi.success_status": "passed", "cmi.score.raw": "8", "cmi.score.max": "10" }, [true, true, 0.8]],
  ["2004", { "cmi.completion_status": "unknown", "cmi.score.scaled": "-0.5" }, [false, null, 0]],
];

for (const [key, values, [completed, passed, score]] of OUTCOMES) {
  test(`${key}: ${JSON.stringify(values)} is ${completed ? "" : "not "}completed`, () =>
    assert.deepEqual(plain(EDITIONS[key].outcome(values)), { completed, passed, score }));
}

test("with a mastery score, the run-time environment judges as an LMS would", () => {
  assert.deepEqual(plain(cme.scorm12.judged({ "cmi.core.score.raw": "80" }, 0.8)), { "cmi.core.lesson_status": "passed" });
  assert.deepEqual(plain(cme.scorm2004.judged({ "cmi.score.scaled": "0.79" }, 0.8)), { "cmi.success_status": "failed" });
  assert.deepEqual(plain(cme.scorm12.judged({ "cmi.core.lesson_status": "completed" }, 0.8)), {});
});

/* --- what is kept of it --- */

test("1,000 random texts come back from their shorter form", () => {
  let seed = 11;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 1000; round += 1) {
    const letters = ["a", "b", "é", '{"', "x1", "😀"].slice(0, 1 + random(6));
    const text = Array.from({ length: random(400) }, () => letters[random(letters.length)]).join("");
    assert.equal(cme.lz.unpack(cme.lz.pack(text)), text);
  }
});

test("an export goes on where it was: place, status, score, its own data and its objectives", () => {
  const made = begun("2004");
  const set = { "cmi.location": "slide 7", "cmi.completion_status": "incomplete", "cmi.score.scaled": "0.5", "cmi.suspend_data": "α β;~!:",
    "cmi.objectives.0.id": "one", "cmi.objectives.0.success_status": "passed", "cmi.exit": "suspend" };
  Object.entries(set).forEach(([name, value]) => made.call("set", name, value));
  const texts = cme.inner.record(made.edition, made.rte.values(), { seconds: 61, ended: true });
  assert.match(texts.full, /^[A-Za-z0-9_\-.,:*()=$+]*$/);
  const again = begun("2004", { saved: cme.inner.read(texts.full) });
  const { "cmi.exit": _, ...back } = set;
  Object.entries(back).forEach(([name, value]) => assert.equal(again.call("get", name), value, name));
  assert.equal(again.call("get", "cmi.entry"), "resume");
  assert.equal(again.call("get", "cmi.total_time"), "PT61S");
});

test("an export that ended for good does not resume; one that was cut off does", () => {
  const entry = (about, exit) => {
    const text = cme.inner.record(cme.scorm12, { "cmi.core.exit": exit, "cmi.core.lesson_status": "completed" }, { seconds: 0, ...about }).full;
    return begun("1.2", { saved: cme.inner.read(text) }).call("get", "cmi.core.entry");
  };
  assert.deepEqual([entry({ ended: true }, ""), entry({ ended: true }, "suspend"), entry({ ended: false }, "")], ["", "resume", "resume"]);
});

test("what another edition of the export saved is not given to this one", () => {
  const text = cme.inner.record(cme.scorm12, { "cmi.suspend_data": "old" }, { seconds: 0, ended: false }).full;
  const made = begun("2004", { saved: cme.inner.read(text) });
  assert.deepEqual([made.call("get", "cmi.suspend_data"), made.call("get", "cmi.entry")], ["", "ab-initio"]);
});

test("text that is none of ours is no saved state", () => {
  for (const text of ["", "1", "1:x:y", "1:$e30:$", "2:+++:", "0::"]) assert.equal(cme.inner.read(text), null, text);
});

/* --- in the saved state of the package --- */

/** 4,000 characters that cannot be made shorter. */
function noise() {
  let seed = 7;
  return Array.from({ length: 4000 }, () => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[(seed = (seed * 16807) % 2147483647) >> 25]).join("");
}

const HOG = { "cmi.suspend_data": noise(), "cmi.core.lesson_status": "incomplete" };

function withInner(inner) {
  const state = cme.state.fresh("0123456789abcdef0123456789abcdef", 1000);
  return { ...state, inner };
}

test("what fits of an export is kept whole", () => {
  const texts = cme.inner.record(cme.scorm12, { "cmi.suspend_data": "page=3", "cmi.core.lesson_location": "3" }, { seconds: 5, ended: false });
  const packed = cme.suspend.pack(withInner({ course: texts }), null, 4096);
  assert.deepEqual(plain(packed.inner), {});
  assert.equal(cme.suspend.unpack(packed.text).inner.course.full, texts.full);
});

test("what does not fit leaves the export's place, status and score, and stays whole on this device", () => {
  const texts = cme.inner.record(cme.scorm12, { ...HOG, "cmi.core.lesson_location": "7" }, { seconds: 5, ended: false });
  const packed = cme.suspend.pack(withInner({ course: texts }), null, 1000);
  assert.ok(packed.text.length <= 1000);
  const elsewhere = cme.inner.read(cme.suspend.unpack(packed.text).inner.course.full);
  assert.deepEqual([elsewhere.whole, elsewhere.values["cmi.core.lesson_location"], elsewhere.values["cmi.suspend_data"]], [false, "7", undefined]);
  const here = cme.suspend.fill(cme.suspend.unpack(packed.text), [], packed.inner);
  assert.equal(cme.inner.read(here.inner.course.full).values["cmi.suspend_data"], HOG["cmi.suspend_data"]);
});

test("what this device kept of an earlier moment does not come back", () => {
  const record = (data) => cme.inner.record(cme.scorm12, { ...HOG, "cmi.core.student_id": "", "cmi.suspend_data": HOG["cmi.suspend_data"] + data }, { seconds: 5, ended: false });
  const old = cme.suspend.pack(withInner({ course: record("old") }), null, 1000).inner;
  const packed = cme.suspend.pack(withInner({ course: record("new") }), null, 1000);
  assert.equal(cme.inner.read(cme.suspend.fill(cme.suspend.unpack(packed.text), [], old).inner.course.full).whole, false);
});

test("a saved state without room for an export says nothing of it, and is sound all the same", () => {
  const texts = cme.inner.record(cme.scorm12, HOG, { seconds: 5, ended: false });
  const own = cme.suspend.pack(withInner({}), null, 4096).text;
  assert.equal(cme.suspend.pack(withInner({ course: texts }), null, own.length + 5).text, own);
});

/* --- what becomes of its scores --- */

const DEFINITION = aDefinition({
  contents: [aContent("course", { kind: "package" })], pre: null,
  post: { items: [], passing_score: 0.8, attempts: 2, feedback: "none", from: "course" },
});

function learner(definition = DEFINITION) {
  let state = cme.state.fresh("0123456789abcdef0123456789abcdef", NOON / 1000);
  const send = (kind, payload) => {
    const result = cme.state.step(state, kind, payload, NOON, definition, someFacts());
    if (!result.refused) state = result.state;
    return result.refused || result.event;
  };
  send("opened", { definition: D1 });
  send("read", {});
  return { send, view: () => cme.state.view(state, definition, someFacts()), state: () => state };
}

function inContent(definition) {
  const made = learner(definition);
  made.send("disclosed", {});
  return made;
}

test("nothing counts before the disclosure was acknowledged", () => {
  assert.equal(learner().send("submitted", { a: "post", t: 1, k: 9000 }), "disclosure-first");
  assert.equal(learner().send("scored", { c: "course", k: 9000, p: true }), "disclosure-first");
});

test("what a package reports is held against our passing score, exactly", () => {
  const made = inContent();
  assert.deepEqual(plain(made.send("submitted", { a: "post", t: 1, k: 7999 }).payload), { a: "post", t: 1, k: 7999, of: 10000, p: false, c: "course" });
  assert.equal(made.send("submitted", { a: "post", t: 2, k: 8000 }).payload.p, true);
  assert.equal(made.send("submitted", { a: "post", t: 3, k: 10000 }), "already-passed");
});

test("attempts are counted, and after the last one there is a way on", () => {
  const made = inContent();
  made.send("submitted", { a: "post", t: 1, k: 100 });
  made.send("submitted", { a: "post", t: 2, k: 200 });
  assert.equal(made.send("submitted", { a: "post", t: 3, k: 9000 }), "no-attempts-left");
  made.send("finished", { c: "course", d: 60 });
  assert.equal(made.view().current, "evaluation");
  assert.equal(made.view().lms.success, "failed");
});

test("the package is the post-activity assessment: it has no screen besides, and is done when it is passed", () => {
  const made = inContent();
  assert.ok(!made.view().screens.some((screen) => screen.kind === "post-assessment"));
  made.send("finished", { c: "course", d: 60 });
  assert.equal(made.view().current, "content:course");
  made.send("submitted", { a: "post", t: 1, k: 9000 });
  assert.deepEqual([made.view().current, made.view().lms.score], ["evaluation", 0.9]);
});

for (const k of [-1, 10001, 0.5, "9000", null, NaN]) {
  test(`a score of ${k} ten-thousandths is none`, () => assert.equal(inContent().send("submitted", { a: "post", t: 1, k }), "bad-payload"));
}

test("the best score of a content stays, and saved state brings it back", () => {
  const made = inContent(aDefinition({ contents: [aContent("course", { kind: "package" })], pre: null }));
  made.send("scored", { c: "course", k: 6000, p: null });
  made.send("scored", { c: "course", k: 8500, p: true });
  assert.equal(made.send("scored", { c: "course", k: 7000, p: false }), null);
  assert.equal(made.view().contents.course.score, 0.85);
  const back = cme.suspend.unpack(cme.suspend.pack(made.state(), null, 4096).text);
  assert.deepEqual(plain(back.events), plain(made.state().events));
});

test("its statement says whose word it is, and has no response", () => {
  const made = inContent();
  const event = made.send("submitted", { a: "post", t: 1, k: 8500 });
  const vocabulary = new Proxy({}, { get: (all, name) => `https://example.org/${String(name)}` });
  const said = plain(cme.statements.statement(event, made.state(), DEFINITION, { actor: {}, registration: "r" }, vocabulary));
  assert.equal(said.object.id, `${ACTIVITY}/assessments/post`);
  assert.deepEqual(said.result, { success: true, score: { scaled: 0.85 } });
  assert.equal(said.context.contextActivities.parent[0].id, `${ACTIVITY}/contents/course`);
  assert.equal(said.context.extensions["https://example.org/EXT_ATTEMPT"], 1);
});
