/* Where a learner stands: saved events, the definition and what comes from outside, read as screens, locks, scores and claims.
   Pure; nothing here is stored, so that a screen can never disagree with the saved state. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.view = (function () {
  "use strict";

  function ofKind(state, kind) {
    return state.events.filter(function (event) {
      return event.kind === kind;
    });
  }

  function find(list, key, value) {
    return list.find(function (entry) {
      return entry[key] === value;
    });
  }

  /* --- assessments ---------------------------------------------------------------------------- */

  /* What an attempt asks, as it shows it. */
  function itemsOf(definition, assessment, launchKey, attempt) {
    var part = definition[assessment];
    if (!part) return [];
    var key = cme.draws.key(launchKey);
    return cme.draws
      .asked(part, key, attempt)
      .map(function (id) {
        return find(definition.items, "id", id);
      })
      .filter(Boolean)
      .map(function (item) {
        return cme.draws.shown(item, part, key, attempt);
      });
  }

  /* An answer to an item that has been changed or taken away since is no answer to the item now shown. */
  function stillAsked(definition, payload) {
    var item = find(definition.items, "id", payload.i);
    return Boolean(item) && item.version === payload.v;
  }

  function given(state, assessment, attempt) {
    return ofKind(state, "answered")
      .map(function (event) {
        return event.payload;
      })
      .filter(function (payload) {
        return payload.a === assessment && payload.t === attempt;
      });
  }

  function responsesOf(answers) {
    var responses = {};
    answers.forEach(function (payload) {
      if (payload.r !== "") responses[payload.i] = payload.r;
    });
    return responses;
  }

  /* Answers of an attempt not yet submitted, as far as they answer items that are still asked. */
  function openResponses(state, definition, assessment, attempt) {
    return responsesOf(
      given(state, assessment, attempt).filter(function (payload) {
        return stillAsked(definition, payload);
      }),
    );
  }

  function submissions(state, assessment) {
    return ofKind(state, "submitted").filter(function (event) {
      return event.payload.a === assessment;
    });
  }

  function preOf(state, definition) {
    var submitted = submissions(state, "pre").length > 0;
    var responses = submitted ? responsesOf(given(state, "pre", 1)) : openResponses(state, definition, "pre", 1);
    var items = itemsOf(definition, "pre", state.key, 1);
    return { submitted: submitted, responses: responses, items: items, closed: cme.steps.closed(state, "pre", 1) };
  }

  /* The score stands in the event: a later definition may have another key, and a score once reached never falls. */
  function attemptOf(state, definition, event) {
    var payload = event.payload;
    var score = cme.scoring.scoreOf(payload.k, payload.of);
    return {
      attempt: payload.t, score: score.scaled, correct: payload.k, total: payload.of, passed: payload.p === true,
      responses: responsesOf(given(state, "post", payload.t)), items: itemsOf(definition, "post", state.key, payload.t),
    };
  }

  function best(attempts) {
    return attempts.reduce(function (high, attempt) {
      return high === null || attempt.score > high ? attempt.score : high;
    }, null);
  }

  function postOf(state, definition, facts) {
    var submitted = submissions(state, "post").map(function (event) {
      return attemptOf(state, definition, event);
    });
    var passed = submitted.some(function (attempt) {
      return attempt.passed;
    });
    var allowed = definition.post ? definition.post.attempts + (facts.attemptsGranted || 0) : 0;
    var left = Math.max(0, allowed - submitted.length);
    var over = passed || left === 0;
    var attempt = Math.max(1, submitted.length + (over ? 0 : 1));
    return {
      attempt: attempt, submitted: submitted, best: best(submitted), passed: passed, attemptsLeft: left, exhausted: Boolean(definition.post) && !passed && left === 0,
      responses: over ? {} : openResponses(state, definition, "post", attempt), items: itemsOf(definition, "post", state.key, attempt),
      closed: cme.steps.closed(state, "post", attempt),
    };
  }

  /* --- contents, evaluation, credit ----------------------------------------------------------- */

  function contentsOf(state, definition) {
    var contents = {};
    definition.contents.forEach(function (content) {
      contents[content.id] = {
        finished: ofKind(state, "finished").some(function (event) {
          return event.payload.c === content.id;
        }),
        score: scoreOfContent(state, content.id),
        reflections: reflectionsOf(state, content.id),
        practice: content.case ? practiceOf(state, definition, content) : null,
      };
    });
    return contents;
  }

  /* By the name of the question; {missing: true} where the text is on another device. */
  function reflectionsOf(state, id) {
    var written = {};
    ofKind(state, "reflected").forEach(function (event) {
      if (event.payload.c === id) written[event.payload.i] = { text: event.payload.r, missing: Boolean(event.missing) };
    });
    return written;
  }

  /* A case as a content: its items, what was answered, and how far it was told. */
  function practiceOf(state, definition, content) {
    var ids = cme.steps.find(definition, content.case).steps.reduce(function (all, step) {
      return all.concat(step.items);
    }, []);
    var items = ids.map(function (id) {
      return find(definition.items, "id", id);
    });
    return { items: items, responses: openResponses(state, definition, "practice", 1), closed: cme.steps.closed(state, "practice", 1) };
  }

  /* 0..1 as a wrapped package reported it, or null. */
  function scoreOfContent(state, id) {
    return ofKind(state, "scored").reduce(function (best, event) {
      return event.payload.c === id ? Math.max(best || 0, event.payload.k / event.payload.of) : best;
    }, null);
  }

  function evaluationOf(state, definition) {
    var responses = {};
    ofKind(state, "rated").forEach(function (event) {
      if (event.payload.r !== "" && find(definition.evaluation, "id", event.payload.i)) responses[event.payload.i] = event.payload.r;
    });
    return { responses: responses, submitted: ofKind(state, "evaluated").length > 0 };
  }

  function commitmentsOf(state) {
    return ofKind(state, "committed")
      .map(function (event) {
        return { k: event.payload.k, text: event.payload.r, strength: event.payload.s };
      })
      .sort(function (a, b) {
        return a.k - b.k;
      });
  }

  function claimsOf(state) {
    var claims = {};
    ofKind(state, "claimed").forEach(function (event) {
      claims[event.payload.s] = event.payload.m;
    });
    return claims;
  }

  function declinedOf(state, claims) {
    var declined = {};
    ofKind(state, "declined").forEach(function (event) {
      if (event.payload.s !== null && !(event.payload.s in claims)) declined[event.payload.s] = true;
    });
    return declined;
  }

  function declinedAllOf(state, claims) {
    var all = ofKind(state, "declined").some(function (event) {
      return event.payload.s === null;
    });
    return all && Object.keys(claims).length === 0;
  }

  /* Credit that this profession may be awarded, on a day within the credit's own approval. */
  function offersOf(definition, facts) {
    return definition.credits.filter(function (offer) {
      return offer.professions.indexOf(facts.profession) >= 0 && approvedOn(offer, facts.today);
    });
  }

  function approvedOn(offer, today) {
    if (!today) return true;
    return !(offer.approved_from && today < offer.approved_from) && !(offer.approved_until && today > offer.approved_until);
  }

  /* The termination day itself still counts; dates in force (a review, an early withdrawal) come before the package's own. */
  function terminated(definition, facts) {
    var last = (facts.dates || definition).terminates;
    return Boolean(last && facts.today && facts.today > last);
  }

  function claimAnswered(view) {
    if (Object.keys(view.claims).length || view.declinedAll) return true;
    return view.profession !== null && view.offers.every(function (offer) {
      return view.declined[offer.system];
    });
  }

  /* --- screens -------------------------------------------------------------------------------- */

  function allFinished(view) {
    return Object.keys(view.contents).every(function (id) {
      return view.contents[id].finished;
    });
  }

  /* Each gate: the screen kinds before it stay open, those after it are locked until `met`; `reason` says what is missing. */
  function gates(view, definition) {
    return {
      disclosure: { met: view.frontRead, reason: "front-matter-first" },
      profession: { met: view.disclosed, reason: "disclosure-first" },
      "pre-assessment": { met: view.profession !== null, reason: "profession-first" },
      content: { met: !definition.pre || view.pre.submitted, reason: "pre-assessment-first" },
      "post-assessment": { met: allFinished(view), reason: "contents-first" },
      evaluation: { met: !definition.post || view.post.passed || view.post.exhausted, reason: "post-assessment-first" },
      claim: { met: !hasEvaluation(definition) || view.evaluation.submitted, reason: "evaluation-first" },
      certificate: { met: claimAnswered(view), reason: "claim-first" },
    };
  }

  function hasEvaluation(definition) {
    return definition.evaluation.length > 0 || definition.commitments > 0;
  }

  /* Done is what cannot be taken back; the certificate is only ever open. */
  function isDone(view, screen) {
    switch (screen.kind) {
      case "front-matter": return view.frontRead;
      case "disclosure": return view.disclosed;
      case "profession": return view.profession !== null;
      case "pre-assessment": return view.pre.submitted;
      case "content": return view.contents[screen.id].finished && (!screen.assesses || view.post.passed || view.post.exhausted);
      case "post-assessment": return view.post.passed || view.post.exhausted;
      case "evaluation": return view.evaluation.submitted;
      case "claim": return claimAnswered(view);
      default: return false;
    }
  }

  function plan(definition) {
    var kinds = ["front-matter", "disclosure", "profession"];
    if (definition.pre) kinds.push("pre-assessment");
    var after = ["claim", "certificate"];
    if (hasEvaluation(definition)) after.unshift("evaluation");
    if (definition.post && !definition.post.from) after.unshift("post-assessment");
    return kinds.map(bare).concat(definition.contents.map(contentScreen(definition)), after.map(bare));
  }

  function bare(kind) {
    return { key: kind, kind: kind, id: null, title: "" };
  }

  /* `assesses`: what is reported there stands in for the post-activity assessment, which has no screen of its own then. */
  function contentScreen(definition) {
    return function (content) {
      var screen = { key: "content:" + content.id, kind: "content", id: content.id, title: content.title };
      return definition.post && definition.post.from === content.id ? Object.assign(screen, { assesses: true }) : screen;
    };
  }

  var ORDER = [
    "front-matter", "disclosure", "profession", "pre-assessment", "content", "post-assessment", "evaluation", "claim", "certificate",
  ];

  /* The reason of the first gate on the way to `kind` that is not met; null when the way is free. */
  function lockOf(kind, gate) {
    var shut = ORDER.slice(1, ORDER.indexOf(kind) + 1).find(function (passed) {
      return !gate[passed].met;
    });
    return shut ? gate[shut].reason : null;
  }

  function screensOf(view, definition, facts) {
    var gate = gates(view, definition);
    return plan(definition).map(function (screen) {
      var lock = facts.mode === "no-evidence" ? null : lockOf(screen.kind, gate);
      var status = lock ? "locked" : isDone(view, screen) ? "done" : "open";
      return Object.assign({}, screen, { status: status, reason: lock || openReason(view, screen, status) });
    });
  }

  function openReason(view, screen, status) {
    return screen.kind === "claim" && status === "open" && view.terminated ? "terminated" : null;
  }

  /* --- what the LMS is told ------------------------------------------------------------------- */

  function completedNow(view, definition) {
    var stages = {
      content: ["content"],
      assessment: ["content", "post-assessment"],
      evaluation: ["content", "post-assessment", "evaluation"],
      claim: ["content", "post-assessment", "evaluation", "claim"],
    }[definition.lms_completion];
    return view.disclosed && view.screens.every(function (screen) {
      return stages.indexOf(screen.kind) < 0 || isDone(view, screen);
    });
  }

  function progressNow(view) {
    var counted = view.screens.filter(function (screen) {
      return screen.kind !== "certificate";
    });
    var done = counted.filter(function (screen) {
      return isDone(view, screen);
    }).length;
    return Math.round((done / counted.length) * 100) / 100;
  }

  /* `reached` is what the LMS may already have been told: none of it ever falls. */
  function lmsOf(view, definition, reached) {
    var completed = reached.completed || completedNow(view, definition);
    var passed = reached.passed || view.post.passed;
    var progress = completed ? 1 : Math.max(reached.progress, progressNow(view));
    return {
      status: completed ? "completed" : "incomplete",
      success: passed ? "passed" : view.post.exhausted ? "failed" : null,
      score: view.post.best === null ? null : view.post.best,
      progress: progress,
    };
  }

  function acknowledged(state, definition) {
    return ofKind(state, "disclosed").some(function (event) {
      return (definition.disclosure.all || [definition.disclosure.hash]).includes(event.payload.hash);
    });
  }

  function standing(state, definition, facts) {
    var claims = claimsOf(state);
    return {
      mode: facts.mode || "credit",
      frontRead: ofKind(state, "read").length > 0,
      disclosed: acknowledged(state, definition),
      profession: facts.profession || null,
      pre: preOf(state, definition),
      contents: contentsOf(state, definition),
      post: postOf(state, definition, facts),
      evaluation: evaluationOf(state, definition),
      commitments: commitmentsOf(state),
      claims: claims,
      declined: declinedOf(state, claims),
      declinedAll: declinedAllOf(state, claims),
      offers: offersOf(definition, facts),
      terminated: terminated(definition, facts),
    };
  }

  function view(state, definition, facts) {
    var seen = standing(state, definition, facts);
    seen.screens = screensOf(seen, definition, facts);
    seen.done = seen.screens[seen.screens.length - 1].status !== "locked" && claimAnswered(seen);
    seen.current = seen.screens.find(function (screen) {
      return screen.status !== "done";
    }).key;
    seen.lms = lmsOf(seen, definition, state.reached);
    return seen;
  }

  return { of: view };
})();
