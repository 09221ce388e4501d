/* SCORM 1.2: what its data model says in its own way (SCORM 1.2 RTE §3.4). The course of a session is that of runtimes/scorm.js. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.runtime = (function () {
  "use strict";

  var RANKS = ["not attempted", "browsed", "incomplete", "failed", "completed", "passed"]; // a status never gives way to an earlier one
  var RESPONSE = 255; // CMIFeedback

  var at = { status: "", score: -1 };

  function begin(lms) {
    at = { status: lms.get("cmi.core.lesson_status"), score: -1 };
  }

  /* Left at “not attempted”, a session ends as “completed” in some LMSs. One that reads no status back must not be set back at a resume. */
  function first(lms) {
    if (lms.saved() === "" && (at.status === "" || at.status === "not attempted")) raise(lms, "incomplete");
  }

  function raise(lms, status) {
    if (RANKS.indexOf(status) > RANKS.indexOf(at.status) && lms.set("cmi.core.lesson_status", status)) at.status = status;
  }

  /* SCORM 1.2 has one field for completion and success: “passed” is told only with completion, and “failed” only
     when the learner is through all the same, since some LMSs let nobody in again after it. */
  function statusOf(report, settings) {
    if (report.status !== "completed") return "incomplete";
    if (report.success === "passed") return settings.passed_status || "passed";
    return report.success === "failed" ? settings.failed_status || "failed" : "completed";
  }

  function tellScore(lms, score) {
    if (score === null || score === undefined || score <= at.score) return;
    lms.set("cmi.core.score.min", "0");
    lms.set("cmi.core.score.max", "100");
    if (lms.set("cmi.core.score.raw", cme.lms.percent(score))) at.score = score;
  }

  function tell(lms, facts) {
    tellScore(lms, facts.score);
    raise(lms, statusOf(facts, lms.settings()));
  }

  /* Single characters and short ids joined as SCORM 1.2 joins them; free text is cut to what the element holds. */
  function respond(lms, element, kind, text) {
    var joined = kind === "text" ? text : text.replace(/\[,\]/g, ",").replace(/\[\.\]/g, ".");
    lms.set(element + ".student_response", joined.slice(0, kind === "true-false" ? 1 : RESPONSE));
  }

  return cme.lms.runtime({
    api: "API",
    calls: {
      open: "LMSInitialize", close: ["LMSFinish", "LMSTerminate"], get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit",
      error: "LMSGetLastError",
    },
    names: {
      id: "cmi.core.student_id", name: "cmi.core.student_name", mode: "cmi.core.lesson_mode", credit: "cmi.core.credit",
      location: "cmi.core.lesson_location", exit: "cmi.core.exit", time: "cmi.core.session_time", status: "cmi.core.lesson_status",
    },
    limits: { suspend: 4096, location: 255 }, // CMIString4096, CMIString255
    time: cme.lms.timespan,
    begin: begin,
    first: first,
    tell: tell,
    // 2004 says “incorrect”, and 1.2 refuses it.
    interaction: { types: { text: "fill-in" }, wrong: "wrong", time: ".time", at: cme.lms.timeOfDay, respond: respond },
  });
})();
