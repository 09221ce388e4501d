/* The learner's saved events, and the only judge of what may happen next. Pure: time, randomness and the day come from outside. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.state = (function () {
  "use strict";

  var SHARES = 10000; // a wrapped package's score is counted in ten-thousandths

  /* `key`: the launch key, 32 hex digits. `t0`: whole seconds since 1970 of the first start.
     `reached`: what was reached once, so that it is never reported lower. */
  function fresh(key, t0) {
    return {
      key: key, t0: t0, events: [], place: {}, sent: 0, definition: null,
      reached: { completed: false, passed: false, progress: 0 },
    };
  }

  function find(list, key, value) {
    return list.find(function (entry) {
      return entry[key] === value;
    });
  }

  function refuse(code) {
    return { refused: code };
  }

  function screenOf(view, key) {
    return find(view.screens, "key", key);
  }

  /* The code of the lock on a screen, or "" when a learner may be there. */
  function locked(view, key) {
    var screen = screenOf(view, key);
    if (!screen) return "unknown-screen";
    return screen.status === "locked" ? screen.reason : "";
  }

  /* --- one rule per kind of event: {refused} or {payload, supersedes?} or {nothing: true} -------- */

  function opened(c) {
    if (typeof c.payload.definition !== "string" || !c.payload.definition) return refuse("bad-payload");
    var language = c.payload.language || cme.statements.languageOf(null, c.state);
    if (c.state.definition === c.payload.definition && language === cme.statements.languageOf(null, c.state)) return { nothing: true };
    return { payload: Object.assign({ definition: c.payload.definition }, language ? { language: language } : {}) };
  }

  function read(c) {
    return c.view.frontRead ? { nothing: true } : { payload: {} };
  }

  function disclosed(c) {
    var hash = c.definition.disclosure.hash;
    if ((c.payload.hash || hash) !== hash) return refuse("another-disclosure"); // of the language shown
    if (c.view.disclosed) return { nothing: true };
    var lock = locked(c.view, "disclosure");
    return lock ? refuse(lock) : { payload: { hash: hash } };
  }

  function assessmentRefused(c, a, t) {
    if (a !== "pre" && a !== "post") return "bad-payload";
    var lock = locked(c.view, a === "post" && c.definition.post && c.definition.post.from ? "content:" + c.definition.post.from : a + "-assessment");
    if (lock) return lock;
    if (a === "pre") return c.view.pre.submitted ? "already-submitted" : t === 1 ? "" : "wrong-attempt";
    if (c.view.post.passed) return "already-passed";
    if (c.view.post.exhausted) return "no-attempts-left";
    return t === c.view.post.attempt ? "" : "wrong-attempt";
  }

  /* A case as a content is worked at once, for practice. */
  function workRefused(c, p) {
    if (p.a !== "practice") return assessmentRefused(c, p.a, p.t);
    var content = find(c.definition.contents, "id", p.c);
    if (!content || !content.case) return "unknown-content";
    return locked(c.view, "content:" + p.c) || (p.t === 1 ? "" : "wrong-attempt");
  }

  /* Where a case is worked at: {items, responses, closed}. */
  function workOf(c, p) {
    return p.a === "practice" ? c.view.contents[p.c].practice : c.view[p.a];
  }

  function answered(c) {
    var p = c.payload;
    var refused = workRefused(c, p);
    if (refused) return refuse(refused);
    var work = workOf(c, p);
    var item = find(work.items, "id", p.i); // none where a package keeps the items to itself
    if (!item) return refuse("unknown-item");
    var lock = cme.steps.locked(c.definition, p.i, work.closed);
    if (lock) return refuse(lock);
    if (!cme.responses.wellFormed(item, p.r)) return refuse("bad-response");
    var payload = { a: p.a, t: p.t, i: p.i, r: p.r, v: item.version };
    if (p.a !== "pre") payload.ok = cme.scoring.correct(item, p.r);
    if (p.a === "practice") payload.c = p.c;
    return superseding(c, "answered", payload, ["a", "t", "i"]);
  }

  /* A step of a case is done with: its answers are final, and the next step is told. Before the activity, items may be left out. */
  function closed(c) {
    var p = c.payload;
    var refused = workRefused(c, p.a === "practice" ? { a: p.a, t: p.t, c: p.in } : p);
    if (refused) return refuse(refused);
    var work = workOf(c, { a: p.a, c: p.in });
    var told = cme.steps.find(c.definition, p.c);
    if (!told || !told.steps[0].items.every(function (id) { return find(work.items, "id", id); })) return refuse("unknown-case");
    if (p.k <= (work.closed[p.c] || 0)) return { nothing: true };
    if (p.k !== (work.closed[p.c] || 0) + 1 || p.k > told.steps.length) return refuse("step-not-open");
    if (p.a !== "pre" && cme.steps.open(c.definition, told.steps[p.k - 1], work.responses).length) return refuse("unanswered");
    return superseding(c, "closed", { a: p.a, t: p.t, c: p.c, k: p.k }, ["a", "t", "c"]);
  }

  /* The earlier answer to the same question leaves; the same answer again changes nothing. */
  function superseding(c, kind, payload, keys) {
    var earlier = c.state.events.find(function (event) {
      return event.kind === kind && keys.every(function (key) {
        return event.payload[key] === payload[key];
      });
    });
    if (earlier && !earlier.missing && JSON.stringify(earlier.payload) === JSON.stringify(payload)) return { nothing: true };
    return { payload: payload, supersedes: earlier };
  }

  function submitted(c) {
    var p = c.payload;
    var refused = assessmentRefused(c, p.a, p.t);
    if (refused) return refuse(refused);
    if (p.a === "post" && c.definition.post.from) return packageSubmitted(c);
    var items = c.view[p.a].items;
    var responses = c.view[p.a].responses;
    return p.a === "pre" ? preSubmitted(items, responses) : postSubmitted(c, items, responses);
  }

  /* A pre-activity assessment gates nothing: passed over, it has no score (`of` is 0), which is not a score of 0. */
  function preSubmitted(items, responses) {
    var score = cme.scoring.score(items, responses);
    var passedOver = Object.keys(responses).length === 0;
    return { payload: { a: "pre", t: 1, k: score.correct, of: passedOver ? 0 : score.total } };
  }

  function postSubmitted(c, items, responses) {
    var whole = items.every(function (item) {
      return cme.responses.whole(item, responses[item.id]);
    });
    if (!whole) return refuse("unanswered");
    var score = cme.scoring.score(items, responses);
    var passed = cme.scoring.passes(score, c.definition.post.passing_score);
    return { payload: { a: "post", t: c.payload.t, k: score.correct, of: score.total, p: passed } };
  }

  function isShare(number) {
    return Number.isInteger(number) && number >= 0 && number <= SHARES;
  }

  /* What a wrapped package reports stands in for the post-activity assessment: `k` ten-thousandths, held against our own passing score. */
  function packageSubmitted(c) {
    if (!isShare(c.payload.k)) return refuse("bad-payload");
    var score = { correct: c.payload.k, total: SHARES };
    var passed = cme.scoring.passes(score, c.definition.post.passing_score);
    return { payload: { a: "post", t: c.payload.t, k: c.payload.k, of: SHARES, p: passed, c: c.definition.post.from } };
  }

  /* The best score that a wrapped package reported for its content; a later one that is no better says nothing new. */
  function scored(c) {
    var p = c.payload;
    var lock = locked(c.view, "content:" + p.c);
    if (lock) return refuse(lock === "unknown-screen" ? "unknown-content" : lock);
    if (!isShare(p.k)) return refuse("bad-payload");
    var best = c.view.contents[p.c].score;
    if (best !== null && p.k <= Math.round(best * SHARES)) return { nothing: true };
    var payload = { c: p.c, k: p.k, of: SHARES, p: typeof p.p === "boolean" ? p.p : null };
    return superseding(c, "scored", payload, ["c"]);
  }

  /* A case is finished when its last step is. */
  function practised(c, id) {
    var content = find(c.definition.contents, "id", id);
    return !content.case || c.view.contents[id].practice.closed[content.case] === cme.steps.find(c.definition, content.case).steps.length;
  }

  function finished(c) {
    var lock = locked(c.view, "content:" + c.payload.c);
    if (lock) return refuse(lock === "unknown-screen" ? "unknown-content" : lock);
    if (c.view.contents[c.payload.c].finished) return { nothing: true };
    if (!practised(c, c.payload.c)) return refuse("unanswered");
    return { payload: { c: c.payload.c, d: Math.max(0, Math.floor(Number(c.payload.d) || 0)) } };
  }

  /* What a learner writes down for themselves: neither right nor wrong, and never final. */
  function reflected(c) {
    var p = c.payload;
    var lock = locked(c.view, "content:" + p.c);
    if (lock) return refuse(lock === "unknown-screen" ? "unknown-content" : lock);
    if ((find(c.definition.contents, "id", p.c).reflections || []).indexOf(p.i) < 0) return refuse("unknown-item");
    if (!cme.responses.wellFormed({ kind: "text" }, p.r)) return refuse("bad-response");
    return superseding(c, "reflected", { c: p.c, i: p.i, r: p.r }, ["c", "i"]);
  }

  function evaluationRefused(c) {
    return locked(c.view, "evaluation") || (c.view.evaluation.submitted ? "already-submitted" : "");
  }

  function rated(c) {
    var refused = evaluationRefused(c);
    if (refused) return refuse(refused);
    var item = find(c.definition.evaluation, "id", c.payload.i);
    if (!item) return refuse("unknown-item");
    if (!cme.responses.wellFormed(item, c.payload.r)) return refuse("bad-response");
    return superseding(c, "rated", { i: c.payload.i, r: c.payload.r }, ["i"]);
  }

  function committed(c) {
    var refused = evaluationRefused(c);
    var p = c.payload;
    if (refused) return refuse(refused);
    if (!Number.isInteger(p.k) || p.k < 1 || p.k > c.definition.commitments) return refuse("unknown-commitment");
    if (!cme.responses.wellFormed({ kind: "text" }, p.r)) return refuse("bad-response");
    var strength = p.s === undefined ? null : p.s;
    if (strength !== null && [1, 2, 3, 4, 5].indexOf(strength) < 0) return refuse("bad-response");
    return superseding(c, "committed", { k: p.k, r: p.r, s: strength }, ["k"]);
  }

  function evaluated(c) {
    var refused = evaluationRefused(c);
    if (refused) return refuse(refused);
    var whole = c.definition.evaluation.every(function (item) {
      return !item.required || Object.prototype.hasOwnProperty.call(c.view.evaluation.responses, item.id);
    });
    return whole ? { payload: {} } : refuse("unanswered");
  }

  function claimed(c) {
    var lock = locked(c.view, "claim");
    if (lock) return refuse(lock);
    var offer = find(c.view.offers, "system", c.payload.s);
    if (!offer) return refuse("not-offered");
    if (c.payload.s in c.view.claims) return refuse("already-claimed");
    if (c.view.terminated) return refuse("terminated");
    return cme.claims.judged(offer, c.payload.m, c.view.claims);
  }

  function declined(c) {
    var lock = locked(c.view, "claim");
    if (lock) return refuse(lock);
    var system = c.payload.s === undefined ? null : c.payload.s;
    if (system === null) return declinedAll(c);
    if (!find(c.view.offers, "system", system)) return refuse("not-offered");
    if (system in c.view.claims) return refuse("already-claimed");
    return c.view.declined[system] ? { nothing: true } : { payload: { s: system } };
  }

  function declinedAll(c) {
    if (Object.keys(c.view.claims).length) return refuse("already-claimed");
    return c.view.declinedAll ? { nothing: true } : { payload: { s: null } };
  }

  var RULES = {
    opened: opened, read: read, disclosed: disclosed, answered: answered, closed: closed, submitted: submitted, finished: finished, scored: scored, reflected: reflected,
    rated: rated, evaluated: evaluated, committed: committed, claimed: claimed, declined: declined,
  };

  /* --- applying -------------------------------------------------------------------------------- */

  /* The highest number used so far; `last` stands in a state whose latest events were lost (see suspend.js). */
  function lastNumber(state) {
    var last = state.events[state.events.length - 1];
    return Math.max(last ? last.n : 0, state.last || 0);
  }

  /* A clock that was set back must not make a later event earlier. */
  function eventOf(state, kind, payload, now) {
    var last = state.events[state.events.length - 1];
    var second = Math.max(last ? last.second : 0, Math.floor(now / 1000) - state.t0);
    return { n: lastNumber(state) + 1, kind: kind, second: second, payload: payload };
  }

  function appended(state, event, supersedes) {
    var kept = state.events.filter(function (earlier) {
      return earlier !== supersedes;
    });
    var definition = event.kind === "opened" ? event.payload.definition : state.definition;
    return Object.assign({}, state, { events: kept.concat([event]), definition: definition });
  }

  function withReached(state, definition, facts) {
    var lms = cme.view.of(state, definition, facts).lms;
    var reached = { completed: lms.status === "completed", passed: lms.success === "passed", progress: lms.progress };
    return Object.assign({}, state, { reached: reached });
  }

  /* {state, event}, or {refused: code}. `event` is null, and the state the same, when nothing changed. `now` is ms since 1970. */
  function step(state, kind, payload, now, definition, facts) {
    if (facts.mode === "no-evidence") return refuse("no-evidence");
    if (!Object.prototype.hasOwnProperty.call(RULES, kind)) return refuse("unknown-kind");
    if (kind !== "opened" && state.definition === null) return refuse("not-opened");
    var view = cme.view.of(state, definition, facts);
    var ruling = RULES[kind]({ state: state, payload: payload || {}, definition: definition, view: view });
    if (ruling.refused) return refuse(ruling.refused);
    if (ruling.nothing) return { state: state, event: null };
    var event = eventOf(state, kind, ruling.payload, now);
    return { state: withReached(appended(state, event, ruling.supersedes), definition, facts), event: event };
  }

  /* What a submitted assessment tells the LMS: one interaction per response of that attempt. */
  function interactions(state, definition, submission) {
    var a = submission.payload.a;
    var t = submission.payload.t;
    return state.events
      .filter(function (event) {
        return event.kind === "answered" && event.payload.a === a && event.payload.t === t && event.payload.r !== "";
      })
      .map(function (event) {
        return interaction(state, definition, event);
      })
      .filter(Boolean);
  }

  function interaction(state, definition, event) {
    var p = event.payload;
    var item = find(definition.items, "id", p.i);
    if (!item) return null;
    return {
      id: p.a === "pre" ? "pre_" + p.i : "post_a" + p.t + "_" + p.i,
      kind: item.kind, response: p.r, correct: cme.scoring.correct(item, p.r), attempt: p.t,
      at: (state.t0 + event.second) * 1000, latency: null,
    };
  }

  return {
    fresh: fresh,
    step: step,
    lastNumber: lastNumber,
    interactions: interactions,
    view: function (state, definition, facts) {
      return cme.view.of(state, definition, facts);
    },
  };
})();
