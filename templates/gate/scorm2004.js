/* SCORM 2004's data model as a wrapped export sees it (SCORM 2004 4th Ed. RTE §4.2; the 3rd edition's is contained in it).
   Texts may be longer than the standard's smallest permitted maximum. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.scorm2004 = (function () {
  "use strict";

  var COMPLETION = ["completed", "incomplete", "not attempted", "unknown"];
  var SUCCESS = ["passed", "failed", "unknown"];
  var SCORE = "scaled,raw,min,max";

  function text() {
    return true;
  }

  /* True, false for another type, or “range” for a number out of its range: 406 and 407 are different errors here. */
  function number(low, high) {
    return function (value) {
      if (!/^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(value)) return false;
      return (Number(value) >= low && Number(value) <= high) || "range";
    };
  }

  function among(words) {
    return function (value) {
      return words.indexOf(value) >= 0;
    };
  }

  function identifier(value) {
    return /\S/.test(value);
  }

  var REAL = number(-Infinity, Infinity);

  /* name -> [access, type, value before it is set (null: there is none, error 403)]; `n` stands for an index. */
  var ELEMENTS = {
    "cmi._version": ["r", text, "1.0"],
    "cmi.completion_status": ["rw", among(COMPLETION), "unknown"],
    "cmi.completion_threshold": ["r", text, null],
    "cmi.credit": ["r", text, "credit"],
    "cmi.entry": ["r", text, "ab-initio"],
    "cmi.exit": ["w", among(["time-out", "suspend", "logout", "normal", ""]), ""],
    "cmi.launch_data": ["r", text, null],
    "cmi.learner_id": ["r", text, ""],
    "cmi.learner_name": ["r", text, ""],
    "cmi.location": ["rw", text, null],
    "cmi.max_time_allowed": ["r", text, null],
    "cmi.mode": ["r", text, "normal"],
    "cmi.progress_measure": ["rw", number(0, 1), null],
    "cmi.scaled_passing_score": ["r", text, null],
    "cmi.score._children": ["r", text, SCORE],
    "cmi.score.scaled": ["rw", number(-1, 1), null],
    "cmi.score.raw": ["rw", REAL, null],
    "cmi.score.min": ["rw", REAL, null],
    "cmi.score.max": ["rw", REAL, null],
    "cmi.session_time": ["w", text, null],
    "cmi.success_status": ["rw", among(SUCCESS), "unknown"],
    "cmi.suspend_data": ["rw", text, null],
    "cmi.time_limit_action": ["r", text, "continue,no message"],
    "cmi.total_time": ["r", text, "PT0S"],
    "cmi.comments_from_learner._children": ["r", text, "comment,location,timestamp"],
    "cmi.comments_from_learner.n.comment": ["rw", text, null],
    "cmi.comments_from_learner.n.location": ["rw", text, null],
    "cmi.comments_from_learner.n.timestamp": ["rw", text, null],
    "cmi.comments_from_lms._children": ["r", text, "comment,location,timestamp"],
    "cmi.comments_from_lms.n.comment": ["r", text, null],
    "cmi.learner_preference._children": ["r", text, "audio_level,language,delivery_speed,audio_captioning"],
    "cmi.learner_preference.audio_level": ["rw", number(0, Infinity), "1"],
    "cmi.learner_preference.language": ["rw", text, ""],
    "cmi.learner_preference.delivery_speed": ["rw", number(0, Infinity), "1"],
    "cmi.learner_preference.audio_captioning": ["rw", among(["-1", "0", "1"]), "0"],
    "cmi.objectives._children": ["r", text, "id,score,success_status,completion_status,progress_measure,description"],
    "cmi.objectives.n.id": ["rw", identifier, null],
    "cmi.objectives.n.score._children": ["r", text, SCORE],
    "cmi.objectives.n.score.scaled": ["rw", number(-1, 1), null],
    "cmi.objectives.n.score.raw": ["rw", REAL, null],
    "cmi.objectives.n.score.min": ["rw", REAL, null],
    "cmi.objectives.n.score.max": ["rw", REAL, null],
    "cmi.objectives.n.success_status": ["rw", among(SUCCESS), "unknown"],
    "cmi.objectives.n.completion_status": ["rw", among(COMPLETION), "unknown"],
    "cmi.objectives.n.progress_measure": ["rw", number(0, 1), null],
    "cmi.objectives.n.description": ["rw", text, null],
    "cmi.interactions._children": [
      "r", text, "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description",
    ],
    "cmi.interactions.n.id": ["rw", identifier, null],
    "cmi.interactions.n.type": [
      "rw",
      among(["true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"]),
      null,
    ],
    "cmi.interactions.n.objectives.n.id": ["rw", identifier, null],
    "cmi.interactions.n.timestamp": ["rw", text, null],
    "cmi.interactions.n.correct_responses.n.pattern": ["rw", text, null],
    "cmi.interactions.n.weighting": ["rw", REAL, null],
    "cmi.interactions.n.learner_response": ["rw", text, null],
    "cmi.interactions.n.result": [
      "rw", function (value) { return among(["correct", "incorrect", "unanticipated", "neutral"])(value) || REAL(value); }, null,
    ],
    "cmi.interactions.n.latency": ["rw", text, null],
    "cmi.interactions.n.description": ["rw", text, null],
    "adl.data._children": ["r", text, "id,store"],
    "adl.data.n.id": ["r", text, null],
    "adl.data.n.store": ["rw", text, null],
    "adl.nav.request": ["rw", text, "_none_"],
    "adl.nav.request_valid.continue": ["r", text, "false"],
    "adl.nav.request_valid.previous": ["r", text, "false"],
  };

  var CALLS = {
    initialize: "Initialize", terminate: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit", lastError: "GetLastError",
    errorString: "GetErrorString", diagnostic: "GetDiagnostic",
  };

  var ERRORS = {
    twice: 103, notRunning: { initialize: 102, terminate: 112, get: 122, set: 132, commit: 142 }, ended: { terminate: 113, get: 123, set: 133, commit: 143 },
    argument: 201, unknown: 401, keyword: 404, readOnly: 404, writeOnly: 405, type: 406, range: 407, gapGet: 301, gapSet: 351, unset: 403,
    dependency: 408, notArray: 301,
  };

  var WORDS = {
    0: "No Error", 101: "General Exception", 102: "General Initialization Failure", 103: "Already Initialized", 111: "General Termination Failure",
    112: "Termination Before Initialization", 113: "Termination After Termination", 122: "Retrieve Data Before Initialization",
    123: "Retrieve Data After Termination", 132: "Store Data Before Initialization", 133: "Store Data After Termination",
    142: "Commit Before Initialization", 143: "Commit After Termination", 201: "General Argument Error", 301: "General Get Failure",
    351: "General Set Failure", 391: "General Commit Failure", 401: "Undefined Data Model Element", 402: "Unimplemented Data Model Element",
    403: "Data Model Element Value Not Initialized", 404: "Data Model Element Is Read Only", 405: "Data Model Element Is Write Only",
    406: "Data Model Element Type Mismatch", 407: "Data Model Element Value Out Of Range", 408: "Data Model Dependency Not Established",
  };

  var KEPT = {
    l: "cmi.location", c: "cmi.completion_status", s: "cmi.success_status", k: "cmi.score.scaled", r: "cmi.score.raw", n: "cmi.score.min",
    x: "cmi.score.max", p: "cmi.progress_measure",
  };

  function given(facts) {
    var values = {
      "cmi.learner_id": facts.learner.id, "cmi.learner_name": facts.learner.name, "cmi.credit": facts.credit ? "credit" : "no-credit",
      "cmi.mode": facts.mode, "cmi.entry": facts.entry, "cmi.total_time": "PT" + Math.floor(facts.seconds) + "S",
    };
    if (facts.launchData) values["cmi.launch_data"] = facts.launchData;
    if (facts.data) values["cmi.suspend_data"] = facts.data;
    if (facts.mastery !== null) values["cmi.scaled_passing_score"] = String(facts.mastery);
    (facts.objectives || []).forEach(function (id, index) { values["cmi.objectives." + index + ".id"] = id; }); // SCORM 2004 RTE §4.2.17
    return values;
  }

  function seconds(interval) {
    var found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(interval || "");
    if (!found) return 0;
    return ((Number(found[1] || 0) * 24 + Number(found[2] || 0)) * 60 + Number(found[3] || 0)) * 60 + Number(found[4] || 0);
  }

  /* SCORM 2004 RTE §4.2.22.1 (success_status): with a passing score, the LMS judges by the scaled score. Without a score it would say
     “unknown” over what the content said itself; that is left to the content here. */
  function judged(values, mastery) {
    var scaled = values["cmi.score.scaled"];
    if (mastery === null || scaled === undefined) return {};
    return { "cmi.success_status": Number(scaled) >= mastery ? "passed" : "failed" };
  }

  function outcome(values) {
    var success = values["cmi.success_status"];
    return {
      completed: values["cmi.completion_status"] === "completed" || success === "passed",
      passed: success === "passed" ? true : success === "failed" ? false : null,
      score: scoreOf(values),
    };
  }

  function scoreOf(values) {
    var scaled = values["cmi.score.scaled"];
    if (scaled !== undefined) return cme.inner.share(String(Number(scaled) * 100), "0", "100");
    return cme.inner.share(values["cmi.score.raw"], values["cmi.score.min"], values["cmi.score.max"]);
  }

  /* A content that asks the LMS to lead on, or out, is at its end. */
  function ending(values) {
    return /^(continue|exit|exitAll|suspendAll|abandon|abandonAll)$/.test(values["adl.nav.request"] || "");
  }

  return {
    key: "scorm-2004", name: "API_1484_11", calls: CALLS, errors: ERRORS, words: WORDS, elements: ELEMENTS, kept: KEPT, data: "cmi.suspend_data",
    exit: "cmi.exit", time: "cmi.session_time", given: given, seconds: seconds, judged: judged, outcome: outcome, ending: ending, needsId: true,
  };
})();
