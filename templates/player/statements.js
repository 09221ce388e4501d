/* One saved event, told as an xAPI statement. Pure: the same event of the same state gives the same statement, on any device, for ever. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.statements = (function () {
  "use strict";

  var INTERACTION_TYPES = {
    choice: "choice", multiple: "choice", "true-false": "true-false", matching: "matching", ordering: "sequencing", numeric: "numeric",
    rating: "likert", text: "long-fill-in",
  };

  function find(list, key, value) {
    return list.find(function (entry) {
      return entry[key] === value;
    });
  }

  function activity(id, type) {
    return { objectType: "Activity", id: id, definition: { type: type } };
  }

  /* A short answer has a key; what learners write freely has none. */
  function typeOf(item) {
    return item.kind === "text" && item.answer ? "fill-in" : INTERACTION_TYPES[item.kind];
  }

  function interaction(id, vocabulary, item) {
    var object = activity(id, vocabulary.TYPE_INTERACTION);
    object.definition.interactionType = item ? typeOf(item) : "other";
    return object;
  }

  function parent(id, type) {
    return [{ id: id, definition: { type: type } }];
  }

  /* By kind: {verb, display, object, result?, parent?, extensions?}. `c`: {A, p: payload, event, state, definition, v: vocabulary}. */
  var TOLD = {
    opened: function (c) {
      return { verb: "INITIALIZED", object: activity(c.A, c.v.TYPE_COURSE) };
    },
    read: function (c) {
      return { verb: "EXPERIENCED", object: activity(c.A + "/front-matter", c.v.TYPE_DOCUMENT) };
    },
    disclosed: function (c) {
      return {
        verb: "ACKNOWLEDGED", object: activity(c.A + "/disclosure", c.v.TYPE_DOCUMENT), extensions: [[c.v.EXT_TEXT_HASH, c.p.hash]],
      };
    },
    answered: function (c) {
      var result = { response: c.p.r };
      if (c.p.a !== "pre") result.success = c.p.ok;
      return {
        verb: "ANSWERED", object: interaction(c.A + "/items/" + c.p.i, c.v, find(c.definition.items, "id", c.p.i)), result: result,
        parent: workedAt(c), extensions: [[c.v.EXT_ATTEMPT, c.p.t]],
      };
    },
    closed: function (c) {
      return {
        verb: "COMPLETED", object: activity(c.A + "/cases/" + c.p.c + "/steps/" + c.p.k, c.v.TYPE_MODULE), result: { completion: true },
        parent: c.p.a === "practice" ? undefined : workedAt(c), extensions: [[c.v.EXT_ATTEMPT, c.p.t]],
      };
    },
    submitted: function (c) {
      var object = activity(c.A + "/assessments/" + c.p.a, c.v.TYPE_ASSESSMENT);
      var told = { verb: "SCORED", object: object, result: scoreResult(c.p), extensions: [[c.v.EXT_ATTEMPT, c.p.t]] };
      if (c.p.a === "pre") return told;
      told.verb = c.p.p ? "PASSED" : "FAILED";
      if (c.p.c !== undefined) return byPackage(c, told);
      told.result = Object.assign({ success: c.p.p }, told.result);
      return told;
    },
    finished: function (c) {
      return {
        verb: "COMPLETED", object: activity(c.A + "/contents/" + c.p.c, c.v.TYPE_MODULE),
        result: { completion: true, duration: "PT" + c.p.d + "S" },
      };
    },
    reflected: function (c) {
      var object = interaction(c.A + "/contents/" + c.p.c + "/reflections/" + c.p.i, c.v, { kind: "text" });
      return { verb: "RESPONDED", object: object, result: { response: c.p.r }, parent: parent(c.A + "/contents/" + c.p.c, c.v.TYPE_MODULE) };
    },
    scored: function (c) {
      var result = { score: { scaled: cme.scoring.scoreOf(c.p.k, c.p.of).scaled } };
      if (c.p.p !== null) result.success = c.p.p;
      return { verb: "SCORED", object: activity(c.A + "/contents/" + c.p.c, c.v.TYPE_MODULE), result: result };
    },
    rated: function (c) {
      return {
        verb: "ANSWERED", object: interaction(c.A + "/evaluation/" + c.p.i, c.v, find(c.definition.evaluation, "id", c.p.i)),
        result: { response: c.p.r }, parent: parent(c.A + "/evaluation", c.v.TYPE_SURVEY),
      };
    },
    evaluated: function (c) {
      return { verb: "EVALUATED", object: activity(c.A + "/evaluation", c.v.TYPE_SURVEY) };
    },
    committed: function (c) {
      var result = { response: c.p.r };
      if (c.p.s !== null) result.extensions = pairs([[c.v.EXT_STRENGTH, c.p.s]]);
      return { verb: "COMMITTED", object: activity(c.A + "/commitments/" + c.p.k, c.v.TYPE_GOAL), result: result };
    },
    claimed: function (c) {
      return {
        verb: "CLAIMED_CREDIT", object: activity(c.A + "/credits/" + c.p.s, c.v.TYPE_CREDIT_CLAIM),
        result: { extensions: pairs([[c.v.EXT_AMOUNT, c.p.m]].concat(attestation(c))) },
      };
    },
    declined: function (c) {
      var id = c.A + "/credits" + (c.p.s === null ? "" : "/" + c.p.s);
      return { verb: "DECLINED_CREDIT", object: activity(id, c.v.TYPE_CREDIT_CLAIM) };
    },
  };

  function workedAt(c) {
    if (c.p.a === "practice") return parent(c.A + "/contents/" + c.p.c, c.v.TYPE_MODULE);
    return parent(c.A + "/assessments/" + c.p.a, c.v.TYPE_ASSESSMENT);
  }

  /* The word of a wrapped package: the content that it came from is its parent, and no response is known that could be scored again. */
  function byPackage(c, told) {
    told.parent = parent(c.A + "/contents/" + c.p.c, c.v.TYPE_MODULE);
    told.result = { success: c.p.p, score: { scaled: cme.scoring.scoreOf(c.p.k, c.p.of).scaled } };
    return told;
  }

  /* An assessment passed over has no score; that is not a score of 0. */
  function scoreResult(p) {
    var score = cme.scoring.scoreOf(p.k, p.of);
    return p.of ? { score: { scaled: score.scaled, raw: p.k, min: 0, max: p.of } } : {};
  }

  /* The sentence as shown is known only of the definition at hand; under an older one the bridge has it by `revision`. */
  function attestation(c) {
    var offer = find(c.definition.credits, "system", c.p.s);
    return offer && revisionOf(c.event, c.state) === c.state.definition ? [[c.v.EXT_ATTESTATION, offer.attestation]] : [];
  }

  function pairs(list) {
    return Object.fromEntries(list);
  }

  /* The definition in force when the event happened. */
  function revisionOf(event, state) {
    return state.events.reduce(function (revision, other) {
      return other.kind === "opened" && other.n <= event.n ? other.payload.definition : revision;
    }, state.definition);
  }

  /* The language chosen when the event happened, or last of all; null is the activity's own. */
  function languageOf(event, state) {
    return state.events.reduce(function (language, other) {
      return other.kind === "opened" && (!event || other.n <= event.n) ? other.payload.language || null : language;
    }, null);
  }

  function verb(id) {
    var name = id.slice(id.lastIndexOf("/") + 1);
    return { id: id, display: { en: name, "en-US": name } }; // some readers look for one, some for the other
  }

  /* Milliseconds are always written, always zero: events are kept to the second. */
  function timestamp(t0, second) {
    return new Date((t0 + second) * 1000).toISOString();
  }

  function contextOf(c, told, launch) {
    var activities = { grouping: [{ id: c.A }], category: [{ id: c.v.PROFILE, definition: { type: c.v.TYPE_PROFILE } }] };
    if (told.parent) activities.parent = told.parent;
    return {
      registration: launch.registration,
      revision: revisionOf(c.event, c.state),
      language: languageOf(c.event, c.state) || c.definition.language,
      contextActivities: activities,
      extensions: pairs([[c.v.EXT_SEQUENCE, c.event.n]].concat(told.extensions || [])),
    };
  }

  /* null for an event whose text is not on this device: half of it must not be sent under the id of the whole. */
  function statement(event, state, definition, launch, vocabulary) {
    if (event.missing) return null;
    var c = { A: definition.activity, p: event.payload, event: event, state: state, definition: definition, v: vocabulary };
    var told = TOLD[event.kind](c);
    var out = {
      id: cme.ids.uuid5(state.key, String(event.n)), actor: launch.actor, verb: verb(vocabulary[told.verb]), object: told.object,
      context: contextOf(c, told, launch), timestamp: timestamp(state.t0, event.second),
    };
    return told.result && Object.keys(told.result).length ? Object.assign(out, { result: told.result }) : out;
  }

  return { statement: statement, languageOf: languageOf };
})();
