/* What a wrapped export said, as values: how it stands, what is kept of it, and what its next launch begins with. Pure. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.inner = (function () {
  "use strict";

  var SHARES = 10000; // a score is counted in ten-thousandths

  function editionOf(key) {
    return key === "scorm-2004" ? cme.scorm2004 : cme.scorm12;
  }

  /* (raw - min) / (max - min) as 0..1 to four places, never rounded up over a passing score; null without a usable number. */
  function share(raw, min, max) {
    if (raw === undefined || raw === "" || !Number.isFinite(Number(raw))) return null;
    var low = Number(min || 0);
    var high = max === undefined || max === "" ? 100 : Number(max);
    if (!(high > low)) return null;
    var part = Math.min(1, Math.max(0, (Number(raw) - low) / (high - low)));
    return Math.floor(part * SHARES + 1e-6) / SHARES;
  }

  /* Whether a content with this rule is finished. */
  function isDone(rule, outcome) {
    if (rule === "passed") return outcome.passed === true;
    return rule === "completed" && (outcome.completed || outcome.passed === true);
  }

  /* A result that the export stands by: a score, and a status that says it is one. */
  function isResult(outcome) {
    return outcome.score !== null && (outcome.passed !== null || outcome.completed);
  }

  /* --- keeping: 1:<beside the data>:<data>, or 0:<beside the data>:<check of the data> where that has no room ------ */

  function packLong(text) {
    var plain = cme.packed.text(text);
    if (plain.length < 48) return plain;
    var shorter = "+" + cme.lz.pack(text);
    return shorter.length < plain.length ? shorter : plain;
  }

  function readLong(text) {
    return text[0] === "+" ? cme.lz.unpack(text.slice(1)) : cme.packed.readText(text);
  }

  /* Arrays and preferences: what is kept besides the elements that have a letter. */
  function rest(edition, values) {
    var kept = {};
    Object.keys(values).forEach(function (name) {
      var access = edition.elements[name.replace(/\.\d+(?=\.|$)/g, ".n")];
      var wanted = /^cmi\.(objectives|student_preference|learner_preference|comments_from_learner)\.|^cmi\.comments$/.test(name);
      if (wanted && access && access[0] === "rw") kept[name] = values[name];
    });
    return kept;
  }

  function lettered(edition, values) {
    var kept = {};
    Object.keys(edition.kept).forEach(function (letter) {
      var value = values[edition.kept[letter]];
      if (value !== undefined && value !== "") kept[letter] = value;
    });
    return kept;
  }

  /* {full, light}: texts for saved state. `about`: {seconds so far, ended: the session was ended by the export itself}. */
  function record(edition, values, about) {
    var beside = { e: edition.key === "scorm-2004" ? 4 : 1, t: Math.round(about.seconds), v: lettered(edition, values) };
    if (values[edition.exit]) beside.x = values[edition.exit];
    if (about.ended) beside.z = 1;
    var besides = rest(edition, values);
    var own = values[edition.data] || "";
    var data = Object.keys(besides).length ? "o" + JSON.stringify([own, besides]) : own ? "d" + own : "";
    var packedBeside = packLong(JSON.stringify(beside));
    var packedData = data ? packLong(data) : "";
    return {
      full: "1:" + packedBeside + ":" + packedData,
      light: data ? "0:" + packedBeside + ":" + cme.packed.checkText(packedData) : null,
    };
  }

  /* What `record` wrote, or null when it cannot be read. `whole` is false where the export's own data had no room. */
  function read(text) {
    try {
      var fields = text.split(":");
      var beside = JSON.parse(readLong(fields[1]));
      var edition = beside.e === 4 ? cme.scorm2004 : cme.scorm12;
      var data = fields[0] === "1" && fields[2] ? readLong(fields[2]) : "";
      return {
        edition: edition.key, values: valuesOf(edition, beside, data), seconds: beside.t, exit: beside.x || "", ended: beside.z === 1,
        whole: fields[0] === "1",
      };
    } catch (unreadable) {
      return null;
    }
  }

  function valuesOf(edition, beside, data) {
    var values = {};
    Object.keys(edition.kept).forEach(function (letter) {
      if (beside.v[letter] !== undefined) values[edition.kept[letter]] = String(beside.v[letter]);
    });
    var parts = data[0] === "o" ? JSON.parse(data.slice(1)) : [data.slice(1), {}];
    if (parts[0]) values[edition.data] = parts[0];
    return Object.assign(values, parts[1]);
  }

  /* What a launch begins with. `saved` (of `read`) is null for the first one. `facts`: {learner, credit, mode, mastery, launchData, objectives}. */
  function opening(edition, saved, facts) {
    var known = saved && saved.edition === edition.key ? saved : null;
    var entry = known === null ? "ab-initio" : known.exit === "suspend" || !known.ended ? "resume" : "";
    var given = edition.given(Object.assign({ entry: entry, seconds: known ? known.seconds : 0, data: "" }, facts));
    return Object.assign(given, known ? known.values : {});
  }

  return { editionOf: editionOf, share: share, isDone: isDone, isResult: isResult, record: record, read: read, opening: opening, SHARES: SHARES };
})();
