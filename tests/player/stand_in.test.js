"use strict";

// The stand-in LMS is held to what two strict hosts were seen to do (SCORM 1.2 and 2004, call by call): what either refused, it refuses.

const assert = require("node:assert/strict");
const test = require("node:test");

const { loadInto } = require("./load.js");

class Session {
  constructor(edition, { values = {}, quirks = [], mastery = "", commit } = {}) {
    const context = {};
    loadInto(context, ["stand-in/model.js", "stand-in/api.js"]);
    this.stored = values;
    this.prefix = edition === "1.2" ? "LMS" : "";
    this.api = context.standIn.api(edition, {
      values, learner: { id: "l-1", name: "Rivera, Alex" }, mode: "normal", credit: "credit", mastery, quirks: new Set(quirks),
      commit: commit || ((kept) => { this.stored = kept; return true; }), onCall: () => {},
    });
    this.end = edition === "1.2" ? "LMSFinish" : "Terminate";
  }

  call(name, ...args) {
    return this.api[this.prefix + name](...args);
  }

  begun() {
    this.call("Initialize", "");
    return this;
  }

  /** "" when taken, else the error code. */
  set(element, value) {
    return this.call("SetValue", element, value) === "true" ? "" : this.call("GetLastError");
  }

  get(element) {
    return this.call("GetValue", element);
  }

  get error() {
    return this.call("GetLastError");
  }

  ends() {
    this.call("Commit", "");
    return this.api[this.end]("");
  }
}

const interaction = (edition, type) => {
  const session = new Session(edition).begun();
  session.set("cmi.interactions.0.id", "q_1");
  if (type) session.set("cmi.interactions.0.type", type);
  return session;
};

const SCORM_12 = [
  ["cmi.suspend_data", "x".repeat(4096), ""], ["cmi.suspend_data", "x".repeat(4097), "405"], ["cmi.suspend_data", "ä✓😀", ""],
  ["cmi.core.lesson_location", "x".repeat(255), ""], ["cmi.core.lesson_location", "x".repeat(256), "405"],
  ["cmi.core.session_time", "0000:00:05.00", ""], ["cmi.core.session_time", "00:00:05", ""], ["cmi.core.session_time", "1:00:00", "405"],
  ["cmi.core.session_time", "0000:00:05.123", "405"], ["cmi.core.score.raw", "80.5", ""], ["cmi.core.score.raw", "101", "405"],
  ["cmi.core.score.raw", "-1", "405"], ["cmi.core.score.raw", "", ""], ["cmi.core.exit", "suspend", ""], ["cmi.core.exit", "", ""],
  ["cmi.core.exit", "normal", "405"], ["cmi.core.lesson_status", "not attempted", "405"], ["cmi.core.lesson_status", "Passed", "405"],
  ["cmi.core.student_id", "x", "403"], ["cmi.core._children", "x", "402"], ["cmi.core.nothing", "x", "401"],
  ["cmi.interactions.1.id", "q", "201"], ["cmi.interactions.0.id", "a b", "405"], ["cmi.interactions.0.id", "ä", "405"],
  ["cmi.interactions.0.id", "x".repeat(256), "405"], ["cmi.interactions.0.type", "choice", "201"],
];

test("1.2: takes and refuses what strict hosts take and refuse", () => {
  for (const [element, value, code] of SCORM_12) assert.equal(new Session("1.2").begun().set(element, value), code, `${element} ${value.slice(0, 30)}`);
});

const INTERACTIONS_12 = [
  ["result", "wrong", ""], ["result", "incorrect", "405"], ["result", "0.5", ""], ["time", "12:00:00", ""], ["time", "12:00:00.123", "405"],
  ["type", "other", "405"], ["latency", "00:00:05", ""], ["student_response", "x".repeat(256), "405"],
];

test("1.2: judges the parts of an interaction", () => {
  for (const [part, value, code] of INTERACTIONS_12) assert.equal(interaction("1.2").set(`cmi.interactions.0.${part}`, value), code, `${part} ${value}`);
});

test("1.2: what is only written cannot be read, and what is not set reads as empty without an error", () => {
  const session = interaction("1.2");
  assert.deepEqual([session.get("cmi.interactions.0.id"), session.error], ["", "404"]);
  assert.deepEqual([session.get("cmi.suspend_data"), session.error], ["", "0"]);
  assert.deepEqual([session.get("cmi.interactions._count"), session.error], ["1", "0"]);
});

const SCORM_2004 = [
  ["cmi.suspend_data", "x".repeat(64000), ""], ["cmi.suspend_data", "x".repeat(64001), "406"], ["cmi.location", "x".repeat(1001), "406"],
  ["cmi.session_time", "PT5.25S", ""], ["cmi.session_time", "PT5.123S", "406"], ["cmi.session_time", "P1DT1H", ""],
  ["cmi.session_time", "PT", "406"], ["cmi.score.scaled", "0.8", ""], ["cmi.score.scaled", "1.1", "407"], ["cmi.score.scaled", "-1", ""],
  ["cmi.exit", "normal", ""], ["cmi.exit", "", ""], ["cmi.progress_measure", "1.01", "407"], ["cmi.completion_status", "passed", "406"],
  ["cmi.learner_id", "x", "404"], ["cmi.core.lesson_status", "x", "401"], ["cmi.interactions.1.id", "q_1", "351"],
  ["cmi.interactions.0.type", "choice", "408"], ["cmi.interactions.0.id", "a b", "406"], ["adl.nav.request", "exitAll", ""],
  ["adl.nav.request", "_none_", "406"],
];

test("2004: takes and refuses what strict hosts take and refuse", () => {
  for (const [element, value, code] of SCORM_2004) assert.equal(new Session("2004").begun().set(element, value), code, `${element} ${value.slice(0, 30)}`);
});

const TIMES = [
  ["2026-11-22T17:15:49", ""], ["2026-11-22T17:15:49Z", "406"], ["2026-11-22T17:15:49.0Z", ""], ["2026-11-22T17:15:49.12Z", ""],
  ["2026-11-22T17:15:49.123Z", "406"], ["2026-11-22T17:15:49+02:00", "406"], ["2026-11-22T17:15:49.1+02:00", ""],
];

test("2004: takes a zone only after one or two decimals of a second", () => {
  for (const [time, code] of TIMES) assert.equal(interaction("2004").set("cmi.interactions.0.timestamp", time), code, time);
});

const RESPONSES = [
  ["choice", "b", ""], ["choice", "a[,]b", ""], ["choice", "a b", "406"], ["choice", "", "406"], ["true-false", "true", ""], ["true-false", "t", "406"],
  ["fill-in", "Hello wörld", ""], ["numeric", "4.5", ""], ["numeric", "4,5", "406"], ["matching", "1[.]a[,]2[.]b", ""], ["matching", "1.a", "406"],
  ["sequencing", "a[,]b[,]c", ""], ["likert", "l3", ""], ["other", "free text", ""],
];

test("2004: judges a response by the interaction's type, which comes first", () => {
  for (const [type, value, code] of RESPONSES) assert.equal(interaction("2004", type).set("cmi.interactions.0.learner_response", value), code, `${type} ${value}`);
  assert.equal(interaction("2004").set("cmi.interactions.0.learner_response", "b"), "408");
  assert.equal(interaction("2004").set("cmi.interactions.0.result", "wrong"), "406");
});

test("2004: what is not set reads as empty with error 403", () => {
  const session = new Session("2004").begun();
  assert.deepEqual([session.get("cmi.suspend_data"), session.error], ["", "403"]);
});

test("values have to be strings", () => {
  for (const edition of ["1.2", "2004"]) assert.notEqual(new Session(edition).begun().set("cmi.suspend_data", 5), "");
});

test("a session begins once, ends once, and takes nothing before or after", () => {
  const codes = { 1.2: ["301", "101", "301", "301"], 2004: ["132", "103", "133", "104"] };
  for (const [edition, expected] of Object.entries(codes)) {
    const session = new Session(edition);
    const seen = [session.set("cmi.suspend_data", "x")];
    session.begun().call("Initialize", "");
    seen.push(session.error);
    session.ends();
    seen.push(session.set("cmi.suspend_data", "x"));
    session.call("Initialize", "");
    assert.deepEqual([...seen.slice(0, 3)], expected.slice(0, 3));
    if (edition === "2004") assert.equal(session.error, "104");
  }
});

test("after another exit than suspend, a later session begins anew: nothing is left in 2004, and no saved state in 1.2", () => {
  for (const [edition, exit, status] of [["1.2", "cmi.core.exit", "cmi.core.lesson_status"], ["2004", "cmi.exit", "cmi.completion_status"]]) {
    const first = new Session(edition).begun();
    first.set("cmi.suspend_data", "x");
    first.set(status, "completed");
    first.set(exit, "");
    first.ends();
    const later = new Session(edition, { values: first.stored }).begun();
    assert.equal(later.get("cmi.suspend_data"), "");
    assert.equal(later.get(status), edition === "1.2" ? "completed" : "unknown");
  }
});

test("1.2: a status never set becomes completed at the end; with a mastery score the LMS overrules the package", () => {
  const untouched = new Session("1.2").begun();
  untouched.ends();
  assert.equal(untouched.stored["cmi.core.lesson_status"], "completed");
  const judged = new Session("1.2", { mastery: "80" }).begun();
  judged.set("cmi.core.lesson_status", "completed");
  judged.set("cmi.core.score.raw", "79");
  judged.ends();
  assert.equal(judged.stored["cmi.core.lesson_status"], "failed");
});

test("2004: with a passing score in the manifest the LMS decides success, and knows none without a score", () => {
  const session = new Session("2004", { mastery: "0.75" }).begun();
  session.set("cmi.success_status", "passed");
  session.ends();
  assert.equal(session.stored["cmi.success_status"], "unknown");
});

test("a commit that the server did not take is answered with false", () => {
  for (const [edition, code] of [["1.2", "101"], ["2004", "391"]]) {
    const session = new Session(edition, { commit: () => false }).begun();
    assert.equal(session.call("Commit", ""), "false");
    assert.equal(session.error, code);
  }
});

test("quirks: one that is silent, one that cuts, one that forgets", () => {
  const silent = new Session("1.2", { quirks: ["silent"] }).begun();
  assert.deepEqual([silent.set("cmi.core.exit", "normal"), silent.get("cmi.core.lesson_status"), silent.error], ["", "", "0"]);
  const cut = new Session("1.2", { quirks: ["cuts"] }).begun();
  cut.set("cmi.suspend_data", "x".repeat(2000));
  assert.equal(cut.get("cmi.suspend_data").length, 1000);
  assert.equal(new Session("1.2", { quirks: ["forgets"], values: { "cmi.suspend_data": "x" } }).begun().get("cmi.suspend_data"), "");
});
