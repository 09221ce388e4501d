/* What the SCORM editions have in common: finding the LMS's API, calling it so that nothing is ever thrown, writing values in forms
   that every LMS takes, and the course of a session. What differs stands in the format's own runtime.js. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.lms = (function () {
  "use strict";

  var PATIENCE = 5000; // ms; some LMSs add their API to the page late
  var STEP = 100;
  var CLIMB = 500; // no real page is nested deeper; a loop of parents ends here
  var LOGGED = 300;
  var IDENTIFIER = 200; // CMIIdentifier is 255; 200 pass everywhere
  var SHOWN = 100; // characters of an argument or answer that the log keeps
  var ASKED = 5; // times that an LMS is asked for what it has just been given
  var REMEMBERED = 5; // texts given before

  /* --- finding ------------------------------------------------------------------------------------ */

  /* A property of a window that may belong to another origin: reading it may throw. */
  function peek(object, name) {
    try {
      return object[name];
    } catch (anotherOrigin) {
      return undefined;
    }
  }

  function apiIn(win, name, opening) {
    var api = peek(win, name);
    return api && !peek(api, "madeByCme") && typeof peek(api, opening) === "function" ? api : null;
  }

  function climb(from, name, opening) {
    var win = from;
    for (var steps = 0; win && steps < CLIMB; steps += 1) {
      var api = apiIn(win, name, opening);
      if (api) return api;
      var parent = peek(win, "parent");
      if (!parent || parent === win) return null;
      win = parent;
    }
    return null;
  }

  /* Own window, its parents, the opener and its parents, the topmost window's opener and its parents. */
  function search(win, name, opening) {
    var near = climb(win, name, opening);
    var far = near || climb(peek(win, "opener"), name, opening) || climb(peek(peek(win, "top") || {}, "opener"), name, opening);
    return { api: far, far: !near };
  }

  /* {api, far, waited}: the API object, or null after five seconds without one; whether it was beyond an opener; after how many ms it was
     there. In a box, since a promise would call an API's own `then`. */
  function find(win, name, opening) {
    return new Promise(function (resolve) {
      var started = Date.now();
      (function look() {
        var found = search(win, name, opening);
        var waited = Date.now() - started;
        if (found.api || waited >= PATIENCE) return resolve({ api: found.api, far: found.far, waited: waited });
        return setTimeout(look, STEP);
      })();
    });
  }

  /* --- what an LMS does besides the standard -------------------------------------------------------- */

  /* {meet(code, evidence), all}: each code with the evidence of its first time, and how often. Nothing of it says who the learner is. */
  function oddities() {
    var met = new Map();
    return {
      meet: function (code, evidence) {
        var before = met.get(code);
        if (before) before.times += 1;
        else met.set(code, { code: code, evidence: shown(text(evidence)), times: 1 });
      },
      get all() {
        return Array.from(met.values());
      },
    };
  }

  var NAME_FORMS = [
    ["name-empty", /^\s*$/],
    ["name-not-latin", /[^\u0000-\u024f\u1e00-\u1eff\u2000-\u206f]/],
    ["name-one-word", /^\s*[^\s,]+\s*$/],
    ["name-first-last", /^[^,]+$/],
  ];

  /* How the LMS writes names, where it is not “Last, First” in Latin letters; undefined where it is. */
  function formOf(name) {
    var form = NAME_FORMS.find(function (each) {
      return each[1].test(name);
    });
    return form && form[0];
  }

  /* --- calling ------------------------------------------------------------------------------------ */

  function text(value) {
    return value === null || value === undefined ? "" : String(value);
  }

  function shown(value) {
    return value.length > SHOWN ? value.slice(0, SHOWN) + "… (" + value.length + ")" : value;
  }

  /* The log goes into diagnostics, so it must not say who the learner is. */
  function isPersonal(args) {
    return /\.(student|learner)_(id|name)$/.test(args[0] || "");
  }

  /* {call(name, ...args) -> text, ok(name, ...args) -> bool, error() -> text, log}. `errorOf`: the API's function for its last error;
     `meet` is told of answers that are no texts. */
  function caller(api, errorOf, meet) {
    var log = [];

    function attempt(name, args) {
      try {
        return { answer: textual(name, api[name].apply(api, args)), thrown: "" };
      } catch (broken) {
        var thrown = text(broken && broken.message) || "threw";
        meet("api-throws", name + ": " + thrown);
        return { answer: "", thrown: thrown };
      }
    }

    function textual(name, answer) {
      if (typeof answer === "boolean") meet("booleans", name);
      if (answer === null || answer === undefined) meet("no-answer", name);
      return text(answer);
    }

    function error() {
      return attempt(errorOf, []).answer;
    }

    function call(name) {
      var args = Array.prototype.slice.call(arguments, 1).map(text);
      var tried = attempt(name, args);
      var entry = { call: name, args: args.map(shown), answer: isPersonal(args) ? "…" : shown(tried.answer), error: tried.thrown || error() };
      log.push(entry);
      if (log.length > LOGGED) log.shift();
      return tried.answer;
    }

    function ok() {
      return /^(true|1)$/.test(call.apply(null, arguments));
    }

    function has(name) {
      return typeof peek(api, name) === "function";
    }

    return { call: call, ok: ok, error: error, has: has, log: log };
  }

  /* --- writing values ----------------------------------------------------------------------------- */

  function two(number) {
    return String(number).padStart(2, "0");
  }

  function parts(seconds) {
    var whole = Math.max(0, Math.floor(Number(seconds) || 0));
    return { hours: Math.floor(whole / 3600), minutes: Math.floor(whole / 60) % 60, seconds: whole % 60 };
  }

  /* CMITimespan, SCORM 1.2: HHHH:MM:SS.SS, 9999 hours at most. */
  function timespan(seconds) {
    var t = parts(Math.min(seconds, 9999 * 3600 + 3599));
    return String(t.hours).padStart(4, "0") + ":" + two(t.minutes) + ":" + two(t.seconds) + ".00";
  }

  /* timeinterval (second,10,2), SCORM 2004: PT1H2M3S. */
  function interval(seconds) {
    var t = parts(seconds);
    return "PT" + (t.hours ? t.hours + "H" : "") + (t.minutes ? t.minutes + "M" : "") + t.seconds + "S";
  }

  /* CMITime, SCORM 1.2: the time of day, with no date and no zone: the learner's. */
  function timeOfDay(ms) {
    var at = new Date(ms);
    return two(at.getHours()) + ":" + two(at.getMinutes()) + ":" + two(at.getSeconds());
  }

  /* time (second,10,0), SCORM 2004. One decimal and Z: three decimals, or Z without a decimal, are refused by some LMS. */
  function timestamp(ms) {
    return new Date(ms).toISOString().slice(0, 19) + ".0Z";
  }

  /* An identifier that every LMS takes: letters, digits and underscores. */
  function identifier(id, limit) {
    return String(id).replace(/[^A-Za-z0-9_]/g, "_").slice(0, limit);
  }

  /* 0..1 as percent, cut to a whole number so that rounding never makes a pass. The small addend undoes binary fractions (0.57 * 100). */
  function percent(score) {
    return String(Math.floor(score * 100 + 1e-6));
  }

  /* --- a session ---------------------------------------------------------------------------------- */

  var KINDS = {
    choice: "choice", multiple: "choice", "true-false": "true-false", matching: "matching", ordering: "sequencing", numeric: "numeric",
    rating: "likert", text: "fill-in",
  };

  function resultOf(correct, wrong) {
    if (correct === null || correct === undefined) return "neutral";
    return correct ? "correct" : wrong;
  }

  /* The runtime of an edition. `edition` holds its names and limits, and what it does in its own way:
       api, calls {open, close: [names, the first that there is], get, set, commit, error}
       names {id, name, mode, credit, location, exit, time}, limits {suspend, location}, time(seconds) -> text
       begin(lms)            reads what the LMS has, and is called before anything is written
       first(lms)            writes the first status
       tell(lms, facts)      writes status, score and progress; never lower than they were
       interaction {types: those that differ, wrong, time: element, at(ms) -> text, respond(lms, element, kind, text)}
       done(lms)             what else is written before a session ends in which all was done (may be left out) */
  function runtime(edition) {
    var at = nothingOpen();
    var log = [];
    var odd = oddities();
    var lms = {
      get: function (element) {
        return at.api.call(edition.calls.get, element);
      },
      set: function (element, value) {
        return at.api.ok(edition.calls.set, element, value);
      },
      settings: function () {
        return (cme.package && cme.package.settings) || {};
      },
      saved: function () {
        return at.saved;
      },
    };

    function nothingOpen() {
      return {
        api: null, closed: false, writable: false, saved: "", count: 0, reported: {}, opened: Date.now(), seconds: null, held: 0,
        earlier: [], room: edition.limits.suspend,
      };
    }

    function commit() {
      return at.api.ok(edition.calls.commit, "");
    }

    /* An LMS that opened the session itself refuses to open it again, and is connected all the same. */
    function initialized() {
      return at.api.ok(edition.calls.open, "") || (lms.get(edition.names.id) !== "" && at.api.error() === "0");
    }

    function alone() {
      at.api = null;
      return { connected: false, learner: { id: "", name: "" }, mode: "normal", credit: true, resumed: false };
    }

    function open() {
      at = nothingOpen();
      return find(globalThis, edition.api, edition.calls.open).then(function (found) {
        if (!found.api) return alone();
        at.api = caller(found.api, edition.calls.error, odd.meet);
        log = at.api.log;
        noteFinding(found);
        return initialized() ? begun() : alone();
      });
    }

    function noteFinding(found) {
      if (found.waited >= STEP) odd.meet("api-late", found.waited + " ms");
      if (found.far) odd.meet("api-in-opener", edition.api);
      if (!at.api.has(edition.calls.close[0])) odd.meet("no-finish", edition.calls.close.filter(at.api.has).join(", "));
    }

    function begun() {
      var names = edition.names;
      var mode = expected("mode-empty", names.mode) || "normal";
      var credit = lms.get(names.credit) !== "no-credit";
      at.saved = lms.get("cmi.suspend_data");
      at.earlier = [at.saved];
      at.count = Number(lms.get("cmi.interactions._count")) || 0;
      if (!/^\d+$/.test(log[log.length - 1].answer)) odd.meet("count-empty", "error " + log[log.length - 1].error);
      at.writable = mode === "normal" && credit;
      var status = expected("status-empty", names.status);
      edition.begin(lms);
      if (at.writable) first();
      return { connected: true, learner: whoever(), mode: mode, credit: credit, resumed: at.saved !== "", status: status };
    }

    function expected(code, element) {
      var value = lms.get(element);
      if (value === "") odd.meet(code, element);
      return value;
    }

    /* In 2004 the name may begin with its language: {lang=en}. */
    function whoever() {
      var learner = { id: lms.get(edition.names.id), name: lms.get(edition.names.name).replace(/^\{lang=[^}]*\}/, "") };
      var form = formOf(learner.name);
      if (form) odd.meet(form, edition.names.name);
      if (learner.id === "") odd.meet("no-learner-id", edition.names.id);
      return learner;
    }

    function first() {
      lms.set(edition.names.exit, "suspend");
      edition.first(lms);
      commit();
    }

    function canWrite() {
      return at.api !== null && at.writable && !at.closed;
    }

    function tellTime() {
      lms.set(edition.names.time, edition.time(at.seconds === null ? (Date.now() - at.opened) / 1000 : Math.max(at.seconds, 0)));
    }

    /* A text too long is refused here: cut by the LMS it could not be read again. */
    function save(text, location) {
      if (!canWrite() || text.length > at.room) return false;
      var kept = lms.set("cmi.suspend_data", text) && holds(text);
      at.earlier = at.earlier.concat(text).slice(-REMEMBERED);
      lms.set(edition.names.location, String(location || "").slice(0, edition.limits.location));
      tellTime();
      var saved = commit() && kept;
      if (!saved && text.length <= at.room) odd.meet("not-saved", text.length + " characters, error " + log[log.length - 1].error);
      return saved;
    }

    /* Some LMSs say that all is well and keep the beginning only. Nothing back is no answer: there are those that read nothing back. */
    function holds(text) {
      if (text.length <= at.held) return true;
      var back = readBack(text);
      if (back === text || back === "") {
        at.held = back.length;
        return true;
      }
      if (isEarlier(back, text)) return false; // not there yet, and no sign of how much there is room for
      odd.meet("saved-state-cut", back.length + " of " + text.length);
      if (text.indexOf(back) === 0) at.room = back.length;
      return false;
    }

    /* Some LMSs send each value on its way and store it later, and answer meanwhile what they had before. Each question gives them time. */
    function readBack(text) {
      var back = lms.get("cmi.suspend_data");
      for (var asked = 1; asked < ASKED && isEarlier(back, text); asked += 1) back = lms.get("cmi.suspend_data");
      if (asked > 1) odd.meet("saved-state-late", asked + " times asked");
      return back;
    }

    function isEarlier(back, text) {
      return back !== text && back !== "" && at.earlier.indexOf(back) !== -1;
    }

    function report(facts) {
      if (!canWrite()) return false;
      at.seconds = typeof facts.seconds === "number" ? facts.seconds : null;
      edition.tell(lms, facts);
      if (lms.settings().report_interactions !== false) (facts.interactions || []).forEach(tellInteraction);
      tellTime();
      return commit();
    }

    function tellInteraction(interaction) {
      var how = edition.interaction;
      var id = identifier(interaction.id, IDENTIFIER);
      var element = "cmi.interactions." + at.count;
      if (at.reported[id]) return;
      if (!lms.set(element + ".id", id)) {
        var why = log[log.length - 1].error;
        odd.meet(why === "401" ? "no-interactions" : "interaction-refused", element + ".id, error " + why);
        return;
      }
      at.count += 1;
      at.reported[id] = true;
      lms.set(element + ".type", how.types[interaction.kind] || KINDS[interaction.kind]);
      lms.set(element + how.time, how.at(interaction.at));
      how.respond(lms, element, interaction.kind, interaction.response);
      lms.set(element + ".result", resultOf(interaction.correct, how.wrong));
      if (typeof interaction.latency === "number") lms.set(element + ".latency", edition.time(interaction.latency));
    }

    /* `suspend`, also when all is done: after another exit an LMS may drop the saved state, and a later visit would begin anew. */
    function leave(done) {
      lms.set(edition.names.exit, "suspend");
      tellTime();
      if (done && edition.done) edition.done(lms);
      commit();
    }

    function close(how) {
      if (at.api === null || at.closed) return at.closed;
      if (at.writable) leave(Boolean(how && how.done));
      at.closed = true;
      return at.api.ok(edition.calls.close.find(at.api.has) || edition.calls.close[0], "");
    }

    return {
      open: open, save: save, report: report, close: close, load: lms.saved, meet: odd.meet,
      get log() {
        return log;
      },
      get room() {
        return at.room;
      },
      get odd() {
        return odd.all;
      },
    };
  }

  return {
    runtime: runtime, oddities: oddities, find: find, caller: caller, timespan: timespan, interval: interval, timeOfDay: timeOfDay, timestamp: timestamp,
    identifier: identifier, percent: percent,
  };
})();
