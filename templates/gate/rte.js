/* The run-time environment that a wrapped export finds: one data model in memory, and the eight functions of its standard.
   Nothing of it is the LMS's, and nothing that the export says reaches the LMS from here. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.rte = (function () {
  "use strict";

  var LOGGED = 200;

  /* `edition` is cme.scorm12 or cme.scorm2004; `values` what the model begins with; `on` is told of {begun, set, committed, ended}.
     -> {api, values(), state(), restart(values), reopen()}. The API never throws. */
  function make(edition, values, on) {
    var at = { values: Object.assign({}, values), phase: "closed", error: 0, reopened: false, log: [] };

    function fail(code) {
      at.error = code;
      return code ? "false" : "true";
    }

    function failEmpty(code) {
      at.error = code;
      return "";
    }

    function notRunning(call) {
      return at.phase === "ended" ? edition.errors.ended[call] : edition.errors.notRunning[call];
    }

    /* --- the session --- */

    /* A page that was loaded anew without having ended its session goes on with it. */
    function initialize(argument) {
      if (argument !== "" && argument !== undefined && argument !== null) return fail(edition.errors.argument);
      if (at.phase === "running" && !at.reopened) return fail(edition.errors.twice);
      at.phase = "running";
      at.reopened = false;
      on.begun();
      return fail(0);
    }

    function terminate(argument) {
      if (argument !== "" && argument !== undefined && argument !== null) return fail(edition.errors.argument);
      if (at.phase !== "running") return fail(notRunning("terminate"));
      at.phase = "ended";
      on.ended();
      return fail(0);
    }

    function commit() {
      if (at.phase !== "running") return fail(notRunning("commit"));
      on.committed();
      return fail(0);
    }

    /* --- names --- */

    function parsed(name) {
      var text = String(name);
      var indexes = [];
      var normal = text.replace(/\.(\d+)(?=\.|$)/g, function (whole, index) {
        indexes.push(Number(index));
        return ".n";
      });
      return { text: text, normal: normal, indexes: indexes };
    }

    /* `cmi.interactions.2.objectives` for the second index of cmi.interactions.2.objectives.0.id; the array that an index counts in. */
    function arrays(text) {
      var found = [];
      text.replace(/\.(\d+)(?=\.|$)/g, function (whole, index, offset) {
        found.push({ array: text.slice(0, offset), index: Number(index) });
        return whole;
      });
      return found;
    }

    function count(array) {
      var highest = -1;
      Object.keys(at.values).forEach(function (name) {
        if (name.indexOf(array + ".") === 0) highest = Math.max(highest, parseInt(name.slice(array.length + 1), 10));
      });
      return highest + 1;
    }

    function isArray(normal) {
      return Object.keys(edition.elements).some(function (name) {
        return name.indexOf(normal + ".n.") === 0;
      });
    }

    function element(normal) {
      return Object.prototype.hasOwnProperty.call(edition.elements, normal) ? edition.elements[normal] : null;
    }

    /* --- reading --- */

    function get(name) {
      if (at.phase !== "running") return failEmpty(notRunning("get"));
      var asked = parsed(name);
      if (/\._count$/.test(asked.normal)) return counted(asked);
      var known = element(asked.normal);
      if (!known) return failEmpty(edition.errors.unknown);
      if (known[0] === "w") return failEmpty(edition.errors.writeOnly);
      var beyond = arrays(asked.text).some(function (part) {
        return part.index >= count(part.array);
      });
      if (beyond) return failEmpty(edition.errors.gapGet);
      return valueOf(asked.text, known);
    }

    function counted(asked) {
      if (!isArray(asked.normal.slice(0, -"._count".length))) return failEmpty(edition.errors.notArray);
      at.error = 0;
      return String(count(asked.text.slice(0, -"._count".length)));
    }

    function valueOf(name, known) {
      var value = at.values[name];
      if (value === undefined && known[2] === null) return failEmpty(edition.errors.unset);
      at.error = 0;
      return value === undefined ? known[2] : value;
    }

    /* --- writing --- */

    function refusal(asked, value) {
      if (/\._(count|children|version)$/.test(asked.normal)) return edition.errors.keyword;
      var known = element(asked.normal);
      if (!known) return edition.errors.unknown;
      if (known[0] === "r") return edition.errors.readOnly;
      var gap = arrays(asked.text).some(function (part) {
        return part.index > count(part.array);
      });
      if (gap) return edition.errors.gapSet;
      if (edition.needsId && withoutId(asked)) return edition.errors.dependency;
      var fits = known[1](value);
      if (fits === "range") return edition.errors.range;
      return fits ? 0 : edition.errors.type;
    }

    /* SCORM 2004: of an objective or an interaction, the id comes first. */
    function withoutId(asked) {
      var found = /^(cmi\.(?:objectives|interactions)\.\d+)\.(.+)$/.exec(asked.text);
      return Boolean(found) && found[2] !== "id" && at.values[found[1] + ".id"] === undefined;
    }

    function set(name, value) {
      if (at.phase !== "running") return fail(notRunning("set"));
      var asked = parsed(name);
      var text = value === undefined || value === null ? "" : String(value);
      var refused = refusal(asked, text);
      if (refused) return fail(refused);
      at.values[asked.text] = text;
      on.set(asked.text, text);
      return fail(0);
    }

    /* --- the eight functions --- */

    var FUNCTIONS = {
      initialize: initialize, terminate: terminate, get: get, set: set, commit: commit,
      lastError: function () { return String(at.error); },
      errorString: function (code) { return edition.words[code === undefined || code === "" ? at.error : Number(code)] || ""; },
      diagnostic: function (code) { return edition.words[code === undefined || code === "" ? at.error : Number(code)] || ""; },
    };

    /* What goes wrong here must not go wrong in the export. */
    function guarded(call, run) {
      return function () {
        var answer;
        try {
          answer = run.apply(null, arguments);
        } catch (broken) {
          at.error = 101;
          answer = call === "get" ? "" : "false";
        }
        note(call, arguments, answer);
        return answer;
      };
    }

    function note(call, args, answer) {
      if (!/^(initialize|terminate|get|set|commit)$/.test(call)) return;
      at.log.push([edition.calls[call], String(args[0] === undefined ? "" : args[0]), String(answer).length, at.error]);
      if (at.log.length > LOGGED) at.log.shift();
    }

    var api = { madeByCme: true, version: "1.0" };
    Object.keys(FUNCTIONS).forEach(function (call) {
      api[edition.calls[call]] = guarded(call, FUNCTIONS[call]);
    });

    return {
      api: api,
      values: function () { return Object.assign({}, at.values); },
      phase: function () { return at.phase; },
      reopen: function () { at.reopened = true; },
      restart: function (fresh) { at.values = Object.assign({}, fresh); at.phase = "closed"; at.reopened = false; },
      log: at.log,
    };
  }

  return { make: make };
})();
