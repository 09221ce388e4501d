/* SCORM 1.2: how a package speaks with its LMS. Everything of this standard's data model stands here (SCORM 1.2 RTE §3.4). */
var cme = globalThis.cme || (globalThis.cme = {});

cme.runtime = (function () {
  "use strict";

  var TYPES = {
    choice: "choice", multiple: "choice", "true-false": "true-false", matching: "matching", ordering: "sequencing", numeric: "numeric",
    rating: "likert", text: "fill-in",
  };
  var RANKS = ["not attempted", "browsed", "incomplete", "failed", "completed", "passed"]; // a status never gives way to an earlier one
  var SUSPEND_DATA = 4096; // CMIString4096
  var LOCATION = 255; // CMIString255
  var RESPONSE = 255; // CMIFeedback
  var IDENTIFIER = 200;

  var at = nothingOpen();
  var log = [];

  function nothingOpen() {
    return { api: null, closed: false, writable: false, saved: "", status: "", score: -1, count: 0, reported: {}, opened: 0, seconds: null };
  }

  function settings() {
    return (cme.package && cme.package.settings) || {};
  }

  function get(element) {
    return at.api.call("LMSGetValue", element);
  }

  function set(element, value) {
    return at.api.ok("LMSSetValue", element, value);
  }

  function commit() {
    return at.api.ok("LMSCommit", "");
  }

  /* --- opening ------------------------------------------------------------------------------------ */

  /* An LMS that opened the session itself refuses to open it again, and is connected all the same. */
  function initialized() {
    return at.api.ok("LMSInitialize", "") || (get("cmi.core.student_id") !== "" && at.api.error() === "0");
  }

  function alone() {
    return { connected: false, learner: { id: "", name: "" }, mode: "normal", credit: true, resumed: false };
  }

  function open() {
    at = nothingOpen();
    at.opened = Date.now();
    return cme.lms.find(globalThis, "API", "LMSInitialize").then(function (found) {
      if (!found.api) return alone();
      at.api = cme.lms.caller(found.api, "LMSGetLastError");
      log = at.api.log;
      if (initialized()) return begun();
      at.api = null;
      return alone();
    });
  }

  function begun() {
    var mode = get("cmi.core.lesson_mode") || "normal";
    var credit = get("cmi.core.credit") !== "no-credit";
    at.saved = get("cmi.suspend_data");
    at.status = get("cmi.core.lesson_status");
    at.count = Number(get("cmi.interactions._count")) || 0;
    at.writable = mode === "normal" && credit;
    if (at.writable) firstStatus();
    var learner = { id: get("cmi.core.student_id"), name: get("cmi.core.student_name") };
    return { connected: true, learner: learner, mode: mode, credit: credit, resumed: at.saved !== "" };
  }

  /* Left at “not attempted”, a session ends as “completed” in some LMSs. One that reads no status back must not be set back at a resume. */
  function firstStatus() {
    set("cmi.core.exit", "suspend");
    if (at.saved === "" && (at.status === "" || at.status === "not attempted")) raise("incomplete");
    commit();
  }

  function load() {
    return at.saved;
  }

  /* --- saving ------------------------------------------------------------------------------------- */

  function canWrite() {
    return at.api !== null && at.writable && !at.closed;
  }

  /* A text too long is refused here: cut by the LMS it could not be read again. */
  function save(text, location) {
    if (!canWrite() || text.length > SUSPEND_DATA) return false;
    var kept = set("cmi.suspend_data", text);
    set("cmi.core.lesson_location", String(location || "").slice(0, LOCATION));
    set("cmi.core.session_time", cme.lms.timespan(elapsed()));
    return commit() && kept;
  }

  function elapsed() {
    return at.seconds === null ? (Date.now() - at.opened) / 1000 : Math.max(at.seconds, 0);
  }

  /* --- reporting ---------------------------------------------------------------------------------- */

  function raise(status) {
    if (RANKS.indexOf(status) > RANKS.indexOf(at.status) && set("cmi.core.lesson_status", status)) at.status = status;
  }

  /* SCORM 1.2 has one field for completion and success: “passed” is told only with completion, and “failed” only
     when the learner is through all the same, since some LMSs let nobody in again after it. */
  function statusOf(report) {
    if (report.status !== "completed") return "incomplete";
    if (report.success === "passed") return "passed";
    return report.success === "failed" ? settings().failed_status || "failed" : "completed";
  }

  function tellScore(score) {
    if (score === null || score === undefined || score <= at.score) return;
    set("cmi.core.score.min", "0");
    set("cmi.core.score.max", "100");
    if (set("cmi.core.score.raw", cme.lms.percent(score))) at.score = score;
  }

  function report(facts) {
    if (!canWrite()) return false;
    at.seconds = typeof facts.seconds === "number" ? facts.seconds : null;
    tellScore(facts.score);
    raise(statusOf(facts));
    if (settings().report_interactions !== false) (facts.interactions || []).forEach(tellInteraction);
    set("cmi.core.session_time", cme.lms.timespan(elapsed()));
    return commit();
  }

  /* Single characters and short ids joined as SCORM 1.2 joins them; free text is cut to what the element holds. */
  function response(kind, text) {
    if (kind === "true-false") return text.slice(0, 1);
    if (kind === "text") return text.slice(0, RESPONSE);
    return text.replace(/\[,\]/g, ",").replace(/\[\.\]/g, ".").slice(0, RESPONSE);
  }

  function resultOf(correct) {
    if (correct === null || correct === undefined) return "neutral";
    return correct ? "correct" : "wrong"; // 2004 says “incorrect”, and 1.2 refuses it
  }

  function tellInteraction(interaction) {
    var id = cme.lms.identifier(interaction.id, IDENTIFIER);
    if (at.reported[id]) return;
    var element = "cmi.interactions." + at.count;
    if (!set(element + ".id", id)) return;
    at.count += 1;
    at.reported[id] = true;
    set(element + ".time", cme.lms.timeOfDay(interaction.at));
    set(element + ".type", TYPES[interaction.kind] || "performance");
    set(element + ".student_response", response(interaction.kind, interaction.response));
    set(element + ".result", resultOf(interaction.correct));
    if (typeof interaction.latency === "number") set(element + ".latency", cme.lms.timespan(interaction.latency));
  }

  /* --- leaving ------------------------------------------------------------------------------------ */

  /* `suspend`, also when all is done: without it an LMS may drop the saved state, and a later visit would begin anew. */
  function leave() {
    set("cmi.core.exit", "suspend");
    set("cmi.core.session_time", cme.lms.timespan(elapsed()));
    commit();
  }

  function close() {
    if (at.api === null || at.closed) return at.closed;
    if (at.writable) leave();
    at.closed = true;
    return at.api.ok(at.api.has("LMSFinish") ? "LMSFinish" : "LMSTerminate", "");
  }

  return {
    open: open, load: load, save: save, report: report, close: close,
    get log() {
      return log;
    },
  };
})();
