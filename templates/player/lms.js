/* What the SCORM editions have in common: finding the LMS's API, calling it so that nothing is ever thrown, and writing values in forms
   that every LMS takes. What differs stands in the format's own runtime.js. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.lms = (function () {
  "use strict";

  var PATIENCE = 5000; // ms; some LMSs add their API to the page late
  var STEP = 100;
  var CLIMB = 500; // no real page is nested deeper; a loop of parents ends here
  var LOGGED = 300;
  var SHOWN = 100; // characters of an argument or answer that the log keeps

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
    return (
      climb(win, name, opening) ||
      climb(peek(win, "opener"), name, opening) ||
      climb(peek(peek(win, "top") || {}, "opener"), name, opening)
    );
  }

  /* {api}: the API object, or null after five seconds without one. In a box, since a promise would call an API's own `then`. */
  function find(win, name, opening) {
    return new Promise(function (resolve) {
      var started = Date.now();
      (function look() {
        var api = search(win, name, opening);
        if (api || Date.now() - started >= PATIENCE) return resolve({ api: api });
        return setTimeout(look, STEP);
      })();
    });
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

  /* {call(name, ...args) -> text, ok(name, ...args) -> bool, error() -> text, log}. `errorOf`: the API's function for its last error. */
  function caller(api, errorOf) {
    var log = [];

    function attempt(name, args) {
      try {
        return { answer: text(api[name].apply(api, args)), thrown: "" };
      } catch (broken) {
        return { answer: "", thrown: text(broken && broken.message) || "threw" };
      }
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

  return {
    find: find, caller: caller, timespan: timespan, interval: interval, timeOfDay: timeOfDay, timestamp: timestamp,
    identifier: identifier, percent: percent,
  };
})();
