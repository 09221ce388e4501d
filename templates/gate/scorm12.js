/* SCORM 1.2's data model as a wrapped export sees it (SCORM 1.2 RTE §3.4): elements, their access and their values.
   Texts may be longer than the standard lets them: what an LMS would cut is kept here. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.scorm12 = (function () {
  "use strict";

  var STATUS = ["passed", "completed", "failed", "incomplete", "browsed", "not attempted"];
  var CORE = "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time";
  var SCORE = "raw,min,max";

  function text() {
    return true;
  }

  function number(low, high) {
    return function (value) {
      if (value === "") return true;
      return /^-?\d+(\.\d*)?$|^-?\.\d+$/.test(value) && Number(value) >= low && Number(value) <= high;
    };
  }

  function among(words) {
    return function (value) {
      return words.indexOf(value) >= 0;
    };
  }

  /* A learner's record cannot be set back to “not attempted”. */
  function status(value) {
    return value !== "not attempted" && among(STATUS)(value);
  }

  var ANY_NUMBER = number(-Infinity, Infinity);
  var PERCENT = number(0, 100);

  /* name -> [access, type, value before it is set]; `n` stands for an index. */
  var ELEMENTS = {
    "cmi._version": ["r", text, "3.4"],
    "cmi._children": ["r", text, "core,suspend_data,launch_data,comments,comments_from_lms,objectives,student_data,student_preference,interactions"],
    "cmi.core._children": ["r", text, CORE],
    "cmi.core.student_id": ["r", text, ""],
    "cmi.core.student_name": ["r", text, ""],
    "cmi.core.lesson_location": ["rw", text, ""],
    "cmi.core.credit": ["r", text, "credit"],
    "cmi.core.lesson_status": ["rw", status, "not attempted"],
    "cmi.core.entry": ["r", text, "ab-initio"],
    "cmi.core.score._children": ["r", text, SCORE],
    "cmi.core.score.raw": ["rw", PERCENT, ""],
    "cmi.core.score.min": ["rw", PERCENT, ""],
    "cmi.core.score.max": ["rw", PERCENT, ""],
    "cmi.core.total_time": ["r", text, "0000:00:00.00"],
    "cmi.core.lesson_mode": ["r", text, "normal"],
    "cmi.core.exit": ["w", among(["time-out", "suspend", "logout", ""]), ""],
    "cmi.core.session_time": ["w", text, ""],
    "cmi.suspend_data": ["rw", text, ""],
    "cmi.launch_data": ["r", text, ""],
    "cmi.comments": ["rw", text, ""],
    "cmi.comments_from_lms": ["r", text, ""],
    "cmi.objectives._children": ["r", text, "id,score,status"],
    "cmi.objectives.n.id": ["rw", text, ""],
    "cmi.objectives.n.score._children": ["r", text, SCORE],
    "cmi.objectives.n.score.raw": ["rw", PERCENT, ""],
    "cmi.objectives.n.score.min": ["rw", PERCENT, ""],
    "cmi.objectives.n.score.max": ["rw", PERCENT, ""],
    "cmi.objectives.n.status": ["rw", among(STATUS), "not attempted"],
    "cmi.student_data._children": ["r", text, "mastery_score,max_time_allowed,time_limit_action"],
    "cmi.student_data.mastery_score": ["r", text, ""],
    "cmi.student_data.max_time_allowed": ["r", text, ""],
    "cmi.student_data.time_limit_action": ["r", text, ""],
    "cmi.student_preference._children": ["r", text, "audio,language,speed,text"],
    "cmi.student_preference.audio": ["rw", number(-1, 100), "0"],
    "cmi.student_preference.language": ["rw", text, ""],
    "cmi.student_preference.speed": ["rw", number(-100, 100), "0"],
    "cmi.student_preference.text": ["rw", number(-1, 1), "0"],
    "cmi.interactions._children": ["r", text, "id,objectives,time,type,correct_responses,weighting,student_response,result,latency"],
    "cmi.interactions.n.id": ["w", text, ""],
    "cmi.interactions.n.objectives.n.id": ["w", text, ""],
    "cmi.interactions.n.time": ["w", text, ""],
    "cmi.interactions.n.type": [
      "w", among(["true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric"]), "",
    ],
    "cmi.interactions.n.correct_responses.n.pattern": ["w", text, ""],
    "cmi.interactions.n.weighting": ["w", ANY_NUMBER, ""],
    "cmi.interactions.n.student_response": ["w", text, ""],
    "cmi.interactions.n.result": [
      "w", function (value) { return among(["correct", "wrong", "unanticipated", "neutral"])(value) || ANY_NUMBER(value); }, "",
    ],
    "cmi.interactions.n.latency": ["w", text, ""],
  };

  var CALLS = {
    initialize: "LMSInitialize", terminate: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit",
    lastError: "LMSGetLastError", errorString: "LMSGetErrorString", diagnostic: "LMSGetDiagnostic",
  };

  /* What each situation is called (SCORM 1.2 RTE §3.3.3): the standard has fewer words than its successor. */
  var ERRORS = {
    twice: 101, notRunning: { initialize: 101, terminate: 301, get: 301, set: 301, commit: 301 }, ended: { terminate: 301, get: 301, set: 301, commit: 301 },
    argument: 201, unknown: 401, keyword: 402, readOnly: 403, writeOnly: 404, type: 405, gapGet: 201, gapSet: 201, unset: 0, dependency: 0,
    notArray: 203,
  };

  var WORDS = {
    0: "No error", 101: "General exception", 201: "Invalid argument error", 202: "Element cannot have children",
    203: "Element not an array - cannot have count", 301: "Not initialized", 401: "Not implemented error",
    402: "Invalid set value, element is a keyword", 403: "Element is read only", 404: "Element is write only", 405: "Incorrect data type",
  };

  /* What a later launch is given again, by a letter each; arrays and preferences besides. */
  var KEPT = {
    l: "cmi.core.lesson_location", s: "cmi.core.lesson_status", r: "cmi.core.score.raw", n: "cmi.core.score.min", x: "cmi.core.score.max",
  };

  function given(facts) {
    return {
      "cmi.core.student_id": facts.learner.id, "cmi.core.student_name": facts.learner.name,
      "cmi.core.credit": facts.credit ? "credit" : "no-credit", "cmi.core.lesson_mode": facts.mode, "cmi.core.entry": facts.entry,
      "cmi.core.total_time": timespan(facts.seconds), "cmi.launch_data": facts.launchData, "cmi.suspend_data": facts.data,
      "cmi.student_data.mastery_score": facts.mastery === null ? "" : String(Math.round(facts.mastery * 10000) / 100),
    };
  }

  function timespan(seconds) {
    var pad = function (number, width) { return String(number).padStart(width, "0"); };
    return pad(Math.floor(seconds / 3600), 4) + ":" + pad(Math.floor(seconds / 60) % 60, 2) + ":" + pad(Math.floor(seconds) % 60, 2) + ".00";
  }

  function seconds(span) {
    var found = /^(\d{2,4}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(span || "");
    return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : 0;
  }

  /* SCORM 1.2 RTE §3.4.2.1 (lesson_status): with a mastery score, the LMS judges by the raw score when the session ends. */
  function judged(values, mastery) {
    var raw = values["cmi.core.score.raw"];
    if (mastery === null || raw === undefined || raw === "") return {};
    return { "cmi.core.lesson_status": Number(raw) >= mastery * 100 ? "passed" : "failed" };
  }

  /* {completed, passed: true, false or null, score: 0..1 or null}. “failed” leaves open whether all was seen: with a score it was gone through. */
  function outcome(values) {
    var word = values["cmi.core.lesson_status"];
    var score = cme.inner.share(values["cmi.core.score.raw"], values["cmi.core.score.min"], values["cmi.core.score.max"]);
    return {
      completed: word === "passed" || word === "completed" || (word === "failed" && score !== null),
      passed: word === "passed" ? true : word === "failed" ? false : null,
      score: score,
    };
  }

  return {
    key: "scorm-1.2", name: "API", calls: CALLS, errors: ERRORS, words: WORDS, elements: ELEMENTS, kept: KEPT, data: "cmi.suspend_data",
    exit: "cmi.core.exit", time: "cmi.core.session_time", given: given, seconds: seconds, judged: judged, outcome: outcome,
    ending: function () { return false; }, needsId: false,
  };
})();
