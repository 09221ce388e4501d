/* The stand-in LMS's API objects: strict, and only as forgiving as the quirks that were asked for.

   standIn.api(edition, {values, learner, mode, credit, mastery, quirks, commit(values) -> bool, onCall(entry), onEnd(), leaving() -> bool})
   -> the API object, with what is stored in `values` as the learner's earlier sessions left it. `leaving`: the page is on its way out. */
var standIn = globalThis.standIn || (globalThis.standIn = {});

standIn.api = (function () {
  "use strict";

  const EDITIONS = {
    1.2: {
      names: {
        begin: "LMSInitialize", end: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", error: "LMSGetLastError",
        errorText: "LMSGetErrorString", diagnostic: "LMSGetDiagnostic",
      },
      codes: {
        argument: "201", begunAlready: "101", endedAlready: "101", beginAfterEnd: "101", endBefore: "301", endAgain: "301", getBefore: "301",
        getAfter: "301", setBefore: "301", setAfter: "301", commitBefore: "301", commitAfter: "301", commitFailed: "101", unknown: "401",
        keyword: "402", readOnly: "403", writeOnly: "404", type: "405", range: "405", index: "201", getIndex: "201", dependency: "201",
        unset: "0",
      },
      elements: {
        exit: "cmi.core.exit", entry: "cmi.core.entry", status: "cmi.core.lesson_status", session: "cmi.core.session_time",
        total: "cmi.core.total_time", learnerId: "cmi.core.student_id", learnerName: "cmi.core.student_name", mode: "cmi.core.lesson_mode",
        credit: "cmi.core.credit", location: "cmi.core.lesson_location", mastery: "cmi.student_data.mastery_score",
      },
      hidden: /^cmi\.core\.(lesson_status|lesson_mode|score\.\w+)$/,
    },
    2004: {
      names: {
        begin: "Initialize", end: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit", error: "GetLastError",
        errorText: "GetErrorString", diagnostic: "GetDiagnostic",
      },
      codes: {
        argument: "201", begunAlready: "103", beginAfterEnd: "104", endBefore: "112", endAgain: "113", getBefore: "122", getAfter: "123",
        setBefore: "132", setAfter: "133", commitBefore: "142", commitAfter: "143", commitFailed: "391", unknown: "401", keyword: "404",
        readOnly: "404", writeOnly: "405", type: "406", range: "407", index: "351", getIndex: "301", dependency: "408", unset: "403",
      },
      elements: {
        exit: "cmi.exit", entry: "cmi.entry", status: "cmi.completion_status", session: "cmi.session_time", total: "cmi.total_time",
        learnerId: "cmi.learner_id", learnerName: "cmi.learner_name", mode: "cmi.mode", credit: "cmi.credit", location: "cmi.location",
        mastery: "cmi.scaled_passing_score",
      },
      hidden: /^cmi\.(completion_status|success_status|mode|score\.\w+)$/,
    },
  };

  const TEXTS = {
    0: "No error", 101: "General exception", 103: "Already initialized", 104: "Content instance terminated", 112: "Termination before initialization",
    113: "Termination after termination", 122: "Retrieve data before initialization", 123: "Retrieve data after termination",
    132: "Store data before initialization", 133: "Store data after termination", 142: "Commit before initialization",
    143: "Commit after termination", 201: "Invalid argument", 301: "Not initialized, or general get failure", 351: "General set failure",
    391: "General commit failure", 401: "Not implemented, or undefined data model element", 402: "Invalid set value, element is a keyword",
    403: "Element is read only, or value not initialized", 404: "Element is write only, or read only (2004)",
    405: "Incorrect data type, or write only (2004)", 406: "Data model element type mismatch", 407: "Value out of range",
    408: "Data model dependency not established",
  };

  const KEEPS = { cuts: 1000, "hard-cut": 4096 }; // characters of saved state
  const LIVES = 60; // calls
  const LATE = 2; // times that saved state is asked for before it is there
  const LONGEST_ID = 255;
  const JUDGED_BY = { 1.2: "80", 2004: "0.8" };
  const CALLED = {
    "name-first-last": "Alex Rivera", "name-empty": "", "name-one-word": "arivera7", "name-not-latin": "\u674e, \u5c0f\u9f8d",
  };

  /* --- time --------------------------------------------------------------------------------------- */

  function secondsOf(edition, time) {
    if (edition === "1.2") return time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(time) || [];
    const weights = [31536000, 2592000, 86400, 3600, 60, 1];
    return weights.reduce((sum, weight, at) => sum + weight * Number(found[at + 1] || 0), 0);
  }

  function timeOf(edition, seconds) {
    const rounded = Math.round(seconds * 100) / 100;
    if (edition === "2004") return `PT${rounded}S`;
    const hours = String(Math.floor(rounded / 3600)).padStart(4, "0");
    const minutes = String(Math.floor(rounded / 60) % 60).padStart(2, "0");
    return `${hours}:${minutes}:${(rounded % 60).toFixed(2).padStart(5, "0")}`;
  }

  /* --- one session -------------------------------------------------------------------------------- */

  /* What an earlier session left: kept when it was suspended or cut off, else (by the standard) dropped. */
  function resumable(values, exit) {
    return values.ended !== "true" || values[exit] === "suspend" || values[exit] === "logout";
  }

  function dropped(edition, values, elements) {
    if (edition === "2004") return {};
    const kept = { ...values };
    delete kept["cmi.suspend_data"];
    delete kept[elements.location];
    return kept;
  }

  function nameOf(outside) {
    const form = Object.keys(CALLED).find((key) => outside.quirks.has(key));
    return form ? CALLED[form] : outside.learner.name;
  }

  function begun(edition, outside) {
    const { elements } = EDITIONS[edition];
    const stored = outside.quirks.has("forgets") ? {} : outside.values;
    const again = Object.keys(stored).length > 0;
    const resumes = again && resumable(stored, elements.exit);
    const values = resumes || !again ? { ...stored } : dropped(edition, stored, elements);
    delete values[elements.exit];
    delete values[elements.session];
    delete values.ended;
    return Object.assign(values, {
      [elements.entry]: resumes ? "resume" : again && edition === "1.2" ? "" : "ab-initio",
      [elements.learnerId]: outside.learner.id,
      [elements.learnerName]: nameOf(outside),
      [elements.mode]: outside.mode,
      [elements.credit]: outside.credit,
      ...(outside.mastery ? { [elements.mastery]: outside.mastery } : {}),
    });
  }

  function make(edition, outside) {
    const { names, codes, elements, hidden } = EDITIONS[edition];
    const model = standIn.model[edition];
    const quirk = (key) => outside.quirks.has(key);
    let phase = "before"; // before, running, after
    let error = "0";
    let values = begun(edition, outside);
    let onItsWay = null; // saved state that is set and not there yet: {was, asked}

    /* --- the data model --- */

    function generic(element) {
      return element.replace(/\.\d+(?=\.|$)/g, ".n");
    }

    function countOf(list) {
      const pattern = new RegExp(`^${list.replace(/\./g, "\\.")}\\.(\\d+)\\.`);
      const seen = new Set(Object.keys(values).map((key) => (pattern.exec(key) || [])[1]).filter(Boolean));
      return seen.size;
    }

    function childrenOf(parent) {
      const start = `${generic(parent)}.`;
      const names = Object.keys(model).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length).replace(/^n\./, "").split(".")[0]);
      return Array.from(new Set(names)).join(",");
    }

    function isMissing(element) {
      return quirk("no-interactions") && element.startsWith("cmi.interactions");
    }

    function keyword(element) {
      if (isMissing(element)) return null;
      const list = element.replace(/\.(_count|_children)$/, "");
      const exists = Object.keys(model).some((key) => key.startsWith(`${generic(list)}.`));
      if (list === element || !exists) return null;
      return element.endsWith("_count") ? String(countOf(list)) : childrenOf(list);
    }

    /* Each index must be an existing one or the next; the lists of a list too. */
    function indexFault(element, adding) {
      const parts = element.split(".");
      return parts.some((part, at) => {
        if (!/^\d+$/.test(part)) return false;
        const count = countOf(parts.slice(0, at).join("."));
        return Number(part) > count || (!adding && Number(part) === count);
      });
    }

    function siblings(element) {
      const start = element.slice(0, element.lastIndexOf(".") + 1);
      return (name) => values[start + name] || "";
    }

    /* In a list the id comes first; everything else waits for it. */
    function withoutId(element) {
      const found = /^(cmi\.(?:interactions|objectives)\.\d+)\.(?!id$)/.exec(element);
      return Boolean(found) && !((found[1] + ".id") in values);
    }

    function faultOfGet(element) {
      const entry = model[generic(element)];
      if (!entry || isMissing(element)) return codes.unknown;
      if (entry.access === "write") return codes.writeOnly;
      if (indexFault(element, false)) return codes.getIndex;
      return edition === "2004" && !(element in values) && !entry.value ? codes.unset : "0";
    }

    function faultOfSet(element, value) {
      if (keyword(element) !== null) return codes.keyword;
      const entry = model[generic(element)];
      if (!entry || isMissing(element)) return codes.unknown;
      if (entry.access === "read") return codes.readOnly;
      if (indexFault(element, true)) return codes.index;
      if (withoutId(element)) return codes.dependency;
      if (quirk("short-ids") && element.endsWith(".id") && value.length > LONGEST_ID) return codes.type;
      const fault = entry.check(value, siblings(element));
      return fault ? codes[fault] : "0";
    }

    /* --- the calls --- */

    function fail(code, answer) {
      error = code;
      return answer;
    }

    function done(answer) {
      error = "0";
      return answer;
    }

    function begin(argument) {
      if (argument !== "") return fail(codes.argument, "false");
      if (phase === "running") return fail(codes.begunAlready, "false");
      if (phase === "after") return fail(codes.beginAfterEnd, "false");
      phase = "running";
      return done("true");
    }

    function get(element) {
      if (phase !== "running") return fail(phase === "before" ? codes.getBefore : codes.getAfter, "");
      if (quirk("silent") && hidden.test(element)) return done("");
      if (quirk("no-mode") && (element === elements.mode || element === elements.credit)) return done("");
      if (quirk("no-count") && element.endsWith("_count")) return done("");
      const special = keyword(element);
      if (special !== null) return done(special);
      const fault = faultOfGet(element);
      if (fault !== "0") return quirk("silent") ? done("") : fail(fault, "");
      if (element === "cmi.suspend_data" && isOnItsWay()) return done(onItsWay.was);
      return done(element in values ? values[element] : model[generic(element)].value);
    }

    function set(element, value) {
      if (phase !== "running") return fail(phase === "before" ? codes.setBefore : codes.setAfter, "false");
      if (typeof value !== "string") return fail(codes.type, "false");
      const fault = faultOfSet(element, value);
      if (fault === "0") store(element, value);
      if (quirk("silent")) return done("true");
      return fault === "0" ? done("true") : fail(fault, "false");
    }

    function isOnItsWay() {
      if (onItsWay) onItsWay.asked += 1;
      return onItsWay !== null && onItsWay.asked <= LATE;
    }

    function store(element, value) {
      if (element === "cmi.suspend_data" && quirk("stores-later")) onItsWay = { was: values[element] || "", asked: 0 };
      const cut = element === "cmi.suspend_data" && Object.keys(KEEPS).find(quirk);
      values[element] = cut ? value.slice(0, KEEPS[cut]) : value;
    }

    function commit(argument) {
      if (argument !== "") return fail(codes.argument, "false");
      if (phase !== "running") return fail(phase === "before" ? codes.commitBefore : codes.commitAfter, "false");
      if (quirk("lies")) return done("true");
      return outside.commit({ ...values }) ? done("true") : fail(codes.commitFailed, "false");
    }

    function end(argument) {
      if (argument !== "") return fail(codes.argument, "false");
      if (phase !== "running") return fail(phase === "before" ? codes.endBefore : codes.endAgain, "false");
      phase = "after";
      values = concluded(values);
      const kept = outside.commit({ ...values });
      if (outside.onEnd) outside.onEnd();
      return kept ? done("true") : fail(codes.commitFailed, "false");
    }

    /* --- at the end of a session --- */

    function concluded(left) {
      const total = secondsOf(edition, left[elements.total] || model[elements.total].value) + secondsOf(edition, left[elements.session] || "");
      const ended = { ...left, [elements.total]: timeOf(edition, total), ended: "true" };
      return edition === "1.2" ? judged12(ended) : judged2004(ended);
    }

    function masteryScore() {
      return outside.mastery || (quirk("judges") ? JUDGED_BY[edition] : "");
    }

    /* 1.2: an untouched status becomes “completed”; with a mastery score in the manifest the LMS overrules the status. */
    function judged12(left) {
      const raw = left["cmi.core.score.raw"];
      if (!left[elements.status]) return { ...left, [elements.status]: "completed" };
      if (!masteryScore() || raw === undefined || raw === "") return left;
      return { ...left, [elements.status]: Number(raw) >= Number(masteryScore()) ? "passed" : "failed" };
    }

    function judged2004(left) {
      if (!masteryScore()) return left;
      const scaled = left["cmi.score.scaled"];
      const success = scaled === undefined ? "unknown" : Number(scaled) >= Number(masteryScore()) ? "passed" : "failed";
      return { ...left, "cmi.success_status": success };
    }

    /* --- the object --- */

    let calls = 0;

    function isLeaving() {
      if (outside.leaving) return outside.leaving();
      return Boolean(globalThis.document) && globalThis.document.visibilityState === "hidden";
    }

    /* After so many calls the LMS's own session is over: nothing is taken any more, and what it answers is no word of the standard. */
    function isDead() {
      calls += 1;
      return quirk("dies") && calls > LIVES;
    }

    function dead(name, args) {
      error = codes.commitFailed;
      outside.onCall({ call: name, args: args.map(String), answer: "false", error, values });
      return name === names.get ? "" : "false";
    }

    function logged(name, work) {
      return function (...args) {
        if (isDead()) return dead(name, args);
        if (quirk("throws") && phase === "running" && name === names.commit) throw new Error("The LMS's session has expired");
        if (quirk("null-at-unload") && isLeaving() && (name === names.commit || name === names.end)) return null;
        const answer = work(...args);
        outside.onCall({ call: name, args: args.map(String), answer, error, values });
        return quirk("booleans") && /^(true|false)$/.test(answer) ? answer === "true" : answer;
      };
    }

    const api = {
      [names.begin]: logged(names.begin, begin),
      [quirk("no-finish") && edition === "1.2" ? "LMSTerminate" : names.end]: logged(names.end, end),
      [names.get]: logged(names.get, get),
      [names.set]: logged(names.set, set),
      [names.commit]: logged(names.commit, commit),
      [names.error]: () => error,
      [names.errorText]: (code) => TEXTS[code] || "",
      [names.diagnostic]: (code) => TEXTS[code] || "",
    };
    if (edition === "2004") api.version = "1.0";
    return api;
  }

  return make;
})();
