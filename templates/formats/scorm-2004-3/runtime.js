/* SCORM 2004: how a package speaks with its LMS. Everything of this standard's data model stands here (SCORM 2004 RTE §4.2). */
var cme = globalThis.cme || (globalThis.cme = {});

cme.runtime = (function () {
  "use strict";

  var TYPES = {
    choice: "choice", multiple: "choice", "true-false": "true-false", matching: "matching", ordering: "sequencing", numeric: "numeric",
    rating: "likert", text: "long-fill-in",
  };
  var COMPLETION = ["not attempted", "unknown", "incomplete", "completed"]; // a status never gives way to an earlier one
  var SUCCESS = ["unknown", "failed", "passed"];
  var SUSPEND_DATA = 64000; // smallest permitted maxima
  var LOCATION = 1000;
  var RESPONSE = 4000;
  var IDENTIFIER = 200;

  var at = nothingOpen();
  var log = [];

  function nothingOpen() {
    return {
      api: null, closed: false, writable: false, saved: "", completion: "", success: "", score: -1, progress: -1, count: 0, reported: {},
      opened: 0, seconds: null,
    };
  }

  function settings() {
    return (cme.package && cme.package.settings) || {};
  }

  function get(element) {
    return at.api.call("GetValue", element);
  }

  function set(element, value) {
    return at.api.ok("SetValue", element, value);
  }

  function commit() {
    return at.api.ok("Commit", "");
  }

  /* --- opening ------------------------------------------------------------------------------------ */

  /* An LMS that opened the session itself refuses to open it again, and is connected all the same. */
  function initialized() {
    return at.api.ok("Initialize", "") || (get("cmi.learner_id") !== "" && at.api.error() === "0");
  }

  function alone() {
    return { connected: false, learner: { id: "", name: "" }, mode: "normal", credit: true, resumed: false };
  }

  function open() {
    at = nothingOpen();
    at.opened = Date.now();
    return cme.lms.find(globalThis, "API_1484_11", "Initialize").then(function (found) {
      if (!found.api) return alone();
      at.api = cme.lms.caller(found.api, "GetLastError");
      log = at.api.log;
      if (initialized()) return begun();
      at.api = null;
      return alone();
    });
  }

  function begun() {
    var mode = get("cmi.mode") || "normal";
    var credit = get("cmi.credit") !== "no-credit";
    at.saved = get("cmi.suspend_data");
    at.completion = get("cmi.completion_status");
    at.success = get("cmi.success_status");
    at.count = Number(get("cmi.interactions._count")) || 0;
    at.writable = mode === "normal" && credit;
    if (at.writable) firstStatus();
    return { connected: true, learner: learner(), mode: mode, credit: credit, resumed: at.saved !== "" };
  }

  /* The name may begin with its language: {lang=en}. */
  function learner() {
    return { id: get("cmi.learner_id"), name: get("cmi.learner_name").replace(/^\{lang=[^}]*\}/, "") };
  }

  /* One that reads no status back must not be set back at a resume. */
  function firstStatus() {
    set("cmi.exit", "suspend");
    if (at.saved === "") raiseCompletion("incomplete");
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
    set("cmi.location", String(location || "").slice(0, LOCATION));
    set("cmi.session_time", cme.lms.interval(elapsed()));
    return commit() && kept;
  }

  function elapsed() {
    return at.seconds === null ? (Date.now() - at.opened) / 1000 : Math.max(at.seconds, 0);
  }

  /* --- reporting ---------------------------------------------------------------------------------- */

  function raiseCompletion(status) {
    if (COMPLETION.indexOf(status) > COMPLETION.indexOf(at.completion) && set("cmi.completion_status", status)) at.completion = status;
  }

  /* “failed” is told only when the learner is through all the same, and where the LMS is known to cope with it. */
  function successOf(facts) {
    if (facts.success === "passed") return "passed";
    return facts.success === "failed" && facts.status === "completed" && settings().failed_status !== "incomplete" ? "failed" : "unknown";
  }

  function raiseSuccess(status) {
    if (SUCCESS.indexOf(status) > Math.max(0, SUCCESS.indexOf(at.success)) && set("cmi.success_status", status)) at.success = status;
  }

  function decimal(number) {
    return String(Math.round(number * 10000) / 10000);
  }

  function tellScore(score) {
    if (score === null || score === undefined || score <= at.score) return;
    set("cmi.score.min", "0");
    set("cmi.score.max", "100");
    set("cmi.score.raw", cme.lms.percent(score));
    if (set("cmi.score.scaled", decimal(score))) at.score = score;
  }

  function tellProgress(progress) {
    if (typeof progress === "number" && progress > at.progress && set("cmi.progress_measure", decimal(progress))) at.progress = progress;
  }

  function report(facts) {
    if (!canWrite()) return false;
    at.seconds = typeof facts.seconds === "number" ? facts.seconds : null;
    tellScore(facts.score);
    tellProgress(facts.progress);
    raiseCompletion(facts.status === "completed" ? "completed" : "incomplete");
    raiseSuccess(successOf(facts));
    if (settings().report_interactions !== false) (facts.interactions || []).forEach(tellInteraction);
    set("cmi.session_time", cme.lms.interval(elapsed()));
    return commit();
  }

  function resultOf(correct) {
    if (correct === null || correct === undefined) return "neutral";
    return correct ? "correct" : "incorrect"; // 1.2 says “wrong”, and 2004 refuses it
  }

  function tellInteraction(interaction) {
    var id = cme.lms.identifier(interaction.id, IDENTIFIER);
    if (at.reported[id]) return;
    var element = "cmi.interactions." + at.count;
    if (!set(element + ".id", id)) return;
    at.count += 1;
    at.reported[id] = true;
    set(element + ".type", TYPES[interaction.kind] || "other");
    set(element + ".timestamp", cme.lms.timestamp(interaction.at));
    if (interaction.response) set(element + ".learner_response", interaction.response.slice(0, RESPONSE)); // an empty one is refused
    set(element + ".result", resultOf(interaction.correct));
    if (typeof interaction.latency === "number") set(element + ".latency", cme.lms.interval(interaction.latency));
  }

  /* --- leaving ------------------------------------------------------------------------------------ */

  /* `suspend`, also when all is done: after another exit a strict LMS drops every value, and a later visit would begin anew. */
  function leave(done) {
    set("cmi.exit", "suspend");
    set("cmi.session_time", cme.lms.interval(elapsed()));
    if (done && (settings().exit_request || "none") !== "none") set("adl.nav.request", settings().exit_request);
    commit();
  }

  function close(how) {
    if (at.api === null || at.closed) return at.closed;
    if (at.writable) leave(Boolean(how && how.done));
    at.closed = true;
    return at.api.ok("Terminate", "");
  }

  return {
    open: open, load: load, save: save, report: report, close: close,
    get log() {
      return log;
    },
  };
})();
