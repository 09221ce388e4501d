/* SCORM 2004: what its data model says in its own way (SCORM 2004 RTE §4.2). The course of a session is that of runtimes/scorm.js. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.runtime = (function () {
  "use strict";

  var COMPLETION = ["not attempted", "unknown", "incomplete", "completed"]; // a status never gives way to an earlier one
  var SUCCESS = ["unknown", "failed", "passed"];
  var RESPONSE = 4000; // smallest permitted maximum

  var at = nothing();

  function nothing() {
    return { completion: "", success: "", score: -1, progress: -1 };
  }

  function begin(lms) {
    at = nothing();
    at.completion = lms.get("cmi.completion_status");
    at.success = lms.get("cmi.success_status");
  }

  /* One that reads no status back must not be set back at a resume. */
  function first(lms) {
    if (lms.saved() === "") raiseCompletion(lms, "incomplete");
  }

  function raiseCompletion(lms, status) {
    if (COMPLETION.indexOf(status) > COMPLETION.indexOf(at.completion) && lms.set("cmi.completion_status", status)) at.completion = status;
  }

  /* “failed” is told only when the learner is through all the same, and where the LMS is known to cope with it. */
  function successOf(facts, settings) {
    if (facts.success === "passed") return "passed";
    return facts.success === "failed" && facts.status === "completed" && settings.failed_status !== "incomplete" ? "failed" : "unknown";
  }

  function raiseSuccess(lms, status) {
    if (SUCCESS.indexOf(status) > Math.max(0, SUCCESS.indexOf(at.success)) && lms.set("cmi.success_status", status)) at.success = status;
  }

  function decimal(number) {
    return String(Math.round(number * 10000) / 10000);
  }

  function tellScore(lms, score) {
    if (score === null || score === undefined || score <= at.score) return;
    lms.set("cmi.score.min", "0");
    lms.set("cmi.score.max", "100");
    lms.set("cmi.score.raw", cme.lms.percent(score));
    if (lms.set("cmi.score.scaled", decimal(score))) at.score = score;
  }

  function tellProgress(lms, progress) {
    if (typeof progress === "number" && progress > at.progress && lms.set("cmi.progress_measure", decimal(progress))) at.progress = progress;
  }

  function tell(lms, facts) {
    tellScore(lms, facts.score);
    tellProgress(lms, facts.progress);
    raiseCompletion(lms, facts.status === "completed" ? "completed" : "incomplete");
    raiseSuccess(lms, successOf(facts, lms.settings()));
  }

  function respond(lms, element, kind, text) {
    if (text) lms.set(element + ".learner_response", text.slice(0, RESPONSE)); // an empty one is refused
  }

  function done(lms) {
    var wish = lms.settings().exit_request || "none";
    if (wish !== "none") lms.set("adl.nav.request", wish);
  }

  return cme.lms.runtime({
    api: "API_1484_11",
    calls: { open: "Initialize", close: ["Terminate"], get: "GetValue", set: "SetValue", commit: "Commit", error: "GetLastError" },
    names: {
      id: "cmi.learner_id", name: "cmi.learner_name", mode: "cmi.mode", credit: "cmi.credit", location: "cmi.location", exit: "cmi.exit",
      time: "cmi.session_time", status: "cmi.completion_status",
    },
    limits: { suspend: 64000, location: 1000 }, // smallest permitted maxima
    time: cme.lms.interval,
    begin: begin,
    first: first,
    tell: tell,
    // 1.2 says “wrong”, and 2004 refuses it.
    interaction: { types: { text: "long-fill-in" }, wrong: "incorrect", time: ".timestamp", at: cme.lms.timestamp, respond: respond },
    done: done,
  });
})();
