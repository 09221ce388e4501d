/* The data models of SCORM 1.2 and 2004, element by element: who may read and write it, and what it takes.
   Strict where the standard or one real LMS is strict, so that what passes here passes there. */
var standIn = globalThis.standIn || (globalThis.standIn = {});

standIn.model = (function () {
  "use strict";

  /* A check answers "" (taken), "type" or "range". */
  function matching(pattern) {
    return (value) => (pattern.test(value) ? "" : "type");
  }

  function text(limit) {
    return (value) => (value.length <= limit ? "" : "type");
  }

  function one(...words) {
    return (value) => (words.includes(value) ? "" : "type");
  }

  function decimal(low, high, outside) {
    return (value) => {
      if (!/^-?\d+(\.\d+)?$/.test(value)) return "type";
      return Number(value) < low || Number(value) > high ? outside : "";
    };
  }

  function orBlank(check) {
    return (value) => (value === "" ? "" : check(value));
  }

  const READ = (value = "") => ({ access: "read", value });
  const WRITE = (check) => ({ access: "write", check });
  const BOTH = (check, value = "") => ({ access: "both", check, value });

  /* --- SCORM 1.2 ---------------------------------------------------------------------------------- */

  const IDENTIFIER_12 = matching(/^[A-Za-z0-9_.:\/-]{1,255}$/);
  const TIME_12 = matching(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
  const TIMESPAN_12 = matching(/^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/);
  const SCORE_12 = orBlank(decimal(0, 100, "type")); // 1.2 has no error of its own for out of range
  const RESULT_12 = (value) => one("correct", "wrong", "unanticipated", "neutral")(value) && decimal(-1e9, 1e9, "type")(value);
  const TYPE_12 = one("true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric");
  const STATUS_12 = one("passed", "completed", "failed", "incomplete", "browsed");

  const SCORM_12 = {
    "cmi._version": READ("3.4"),
    "cmi.core.student_id": READ(),
    "cmi.core.student_name": READ(),
    "cmi.core.lesson_location": BOTH(text(255)),
    "cmi.core.credit": READ("credit"),
    "cmi.core.lesson_status": BOTH(STATUS_12, "not attempted"),
    "cmi.core.entry": READ("ab-initio"),
    "cmi.core.score.raw": BOTH(SCORE_12),
    "cmi.core.score.min": BOTH(SCORE_12),
    "cmi.core.score.max": BOTH(SCORE_12),
    "cmi.core.total_time": READ("0000:00:00.00"),
    "cmi.core.lesson_mode": READ("normal"),
    "cmi.core.exit": WRITE(one("time-out", "suspend", "logout", "")),
    "cmi.core.session_time": WRITE(TIMESPAN_12),
    "cmi.suspend_data": BOTH(text(4096)),
    "cmi.launch_data": READ(),
    "cmi.comments": BOTH(text(4096)),
    "cmi.comments_from_lms": READ(),
    "cmi.student_data.mastery_score": READ(),
    "cmi.student_data.max_time_allowed": READ(),
    "cmi.student_data.time_limit_action": READ(),
    "cmi.student_preference.audio": BOTH(decimal(-1, 100, "type"), "0"),
    "cmi.student_preference.language": BOTH(text(255)),
    "cmi.student_preference.speed": BOTH(decimal(-100, 100, "type"), "0"),
    "cmi.student_preference.text": BOTH(one("-1", "0", "1"), "0"),
    "cmi.objectives.n.id": BOTH(IDENTIFIER_12),
    "cmi.objectives.n.score.raw": BOTH(SCORE_12),
    "cmi.objectives.n.score.min": BOTH(SCORE_12),
    "cmi.objectives.n.score.max": BOTH(SCORE_12),
    "cmi.objectives.n.status": BOTH(STATUS_12),
    "cmi.interactions.n.id": WRITE(IDENTIFIER_12),
    "cmi.interactions.n.objectives.n.id": WRITE(IDENTIFIER_12),
    "cmi.interactions.n.time": WRITE(TIME_12),
    "cmi.interactions.n.type": WRITE(TYPE_12),
    "cmi.interactions.n.correct_responses.n.pattern": WRITE(text(255)),
    "cmi.interactions.n.weighting": WRITE(decimal(-100, 100, "type")),
    "cmi.interactions.n.student_response": WRITE(text(255)),
    "cmi.interactions.n.result": WRITE(RESULT_12),
    "cmi.interactions.n.latency": WRITE(TIMESPAN_12),
  };

  /* --- SCORM 2004 --------------------------------------------------------------------------------- */

  const LONG_IDENTIFIER = matching(/^\S{2,4000}$/);
  const SHORT = "[\\w.]{1,250}"; // Moodle takes no hyphen
  const REAL = decimal(-1e15, 1e15, "range");
  const SCALED = decimal(-1, 1, "range");
  const MEASURE = decimal(0, 1, "range");
  const INTERVAL = matching(/^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/);
  // A zone is taken only after one or two decimals of a second: three, or none and a zone, are refused by real LMSs.
  const TIME_2004 = matching(
    /^(19[7-9]\d|20[0-2]\d|203[0-8])(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d{1,2}(Z|[+-]\d\d(:\d\d)?)?)?)?)?)?)?)?$/,
  );
  const COMPLETION = one("completed", "incomplete", "not attempted", "unknown");
  const SUCCESS = one("passed", "failed", "unknown");
  const TYPE_2004 = one(
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other",
  );
  const RESULT_2004 = (value) => one("correct", "incorrect", "unanticipated", "neutral")(value) && decimal(-1e15, 1e15, "range")(value);
  const NAVIGATION = matching(/^(continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|\{target=[^}]+\}(choice|jump))$/);

  const RESPONSES = {
    "true-false": /^(true|false)$/,
    choice: new RegExp(`^${SHORT}(\\[,\\]${SHORT})*$`),
    "fill-in": /^[^]{1,2500}$/,
    "long-fill-in": /^[^]{1,4000}$/,
    matching: new RegExp(`^${SHORT}\\[\\.\\]${SHORT}(\\[,\\]${SHORT}\\[\\.\\]${SHORT})*$`),
    performance: /^[^]{1,4000}$/,
    sequencing: new RegExp(`^${SHORT}(\\[,\\]${SHORT})*$`),
    likert: new RegExp(`^${SHORT}$`),
    numeric: /^-?\d+(\.\d+)?$/,
    other: /^[^]{1,4000}$/,
  };

  /* A response is judged by the interaction's type, which has to be set before it. */
  function response(value, sibling) {
    const type = sibling("type");
    if (!type) return "dependency";
    return RESPONSES[type].test(value) ? "" : "type";
  }

  const SCORM_2004 = {
    "cmi._version": READ("1.0"),
    "cmi.completion_status": BOTH(COMPLETION, "unknown"),
    "cmi.completion_threshold": READ(),
    "cmi.credit": READ("credit"),
    "cmi.entry": READ("ab-initio"),
    "cmi.exit": WRITE(one("time-out", "suspend", "logout", "normal", "")),
    "cmi.launch_data": READ(),
    "cmi.learner_id": READ(),
    "cmi.learner_name": READ(),
    "cmi.learner_preference.audio_level": BOTH(decimal(0, 1e9, "range"), "1"),
    "cmi.learner_preference.language": BOTH(text(250)),
    "cmi.learner_preference.delivery_speed": BOTH(decimal(0, 1e9, "range"), "1"),
    "cmi.learner_preference.audio_captioning": BOTH(one("-1", "0", "1"), "0"),
    "cmi.location": BOTH(text(1000)),
    "cmi.max_time_allowed": READ(),
    "cmi.mode": READ("normal"),
    "cmi.progress_measure": BOTH(MEASURE),
    "cmi.scaled_passing_score": READ(),
    "cmi.score.scaled": BOTH(SCALED),
    "cmi.score.raw": BOTH(REAL),
    "cmi.score.min": BOTH(REAL),
    "cmi.score.max": BOTH(REAL),
    "cmi.session_time": WRITE(INTERVAL),
    "cmi.success_status": BOTH(SUCCESS, "unknown"),
    "cmi.suspend_data": BOTH(text(64000)),
    "cmi.time_limit_action": READ("continue,no message"),
    "cmi.total_time": READ("PT0S"),
    "cmi.comments_from_learner.n.comment": BOTH(text(4000)),
    "cmi.comments_from_learner.n.location": BOTH(text(250)),
    "cmi.comments_from_learner.n.timestamp": BOTH(TIME_2004),
    "cmi.objectives.n.id": BOTH(LONG_IDENTIFIER),
    "cmi.objectives.n.score.scaled": BOTH(SCALED),
    "cmi.objectives.n.score.raw": BOTH(REAL),
    "cmi.objectives.n.score.min": BOTH(REAL),
    "cmi.objectives.n.score.max": BOTH(REAL),
    "cmi.objectives.n.success_status": BOTH(SUCCESS),
    "cmi.objectives.n.completion_status": BOTH(COMPLETION),
    "cmi.objectives.n.progress_measure": BOTH(MEASURE),
    "cmi.objectives.n.description": BOTH(text(250)),
    "cmi.interactions.n.id": BOTH(LONG_IDENTIFIER),
    "cmi.interactions.n.type": BOTH(TYPE_2004),
    "cmi.interactions.n.objectives.n.id": BOTH(LONG_IDENTIFIER),
    "cmi.interactions.n.timestamp": BOTH(TIME_2004),
    "cmi.interactions.n.correct_responses.n.pattern": BOTH(text(4000)),
    "cmi.interactions.n.weighting": BOTH(REAL),
    "cmi.interactions.n.learner_response": BOTH(response),
    "cmi.interactions.n.result": BOTH(RESULT_2004),
    "cmi.interactions.n.latency": BOTH(INTERVAL),
    "cmi.interactions.n.description": BOTH(text(250)),
    "adl.nav.request": BOTH(NAVIGATION, "_none_"),
  };

  return { "1.2": SCORM_12, "2004": SCORM_2004 };
})();
