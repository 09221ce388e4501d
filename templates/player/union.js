/* Two states of one launch key, as two windows or an LMS that lost something leave them, made one: no answer is dropped that still counts.

   Of answers to the same question the later one counts; of what can be done only once, what is already there. An event keeps its number
   while that is free, since its statement was sent under it; else it is given a new one. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.union = (function () {
  "use strict";

  const REVISED = ["answered", "closed", "rated", "committed"]; // may be said again, and then the later counts

  /* What an event is about: two events of one subject say the same thing twice. */
  function subject(event) {
    const { a, t, i, c, k, s, definition } = event.payload;
    const about = {
      opened: [definition], answered: [a, t, i, c], closed: [a, t, c], submitted: [a, t], finished: [c], scored: [c], rated: [i],
      committed: [k], claimed: [s], declined: [s],
    };
    return JSON.stringify([event.kind, ...(about[event.kind] || [])]);
  }

  function same(one, other) {
    return one.n === other.n && one.kind === other.kind && one.second === other.second && subject(one) === subject(other);
  }

  /* An assessment that was submitted takes no more answers, an evaluation no more ratings. */
  function isClosed(events, event) {
    const { a, t } = event.payload;
    if (event.kind === "answered") return events.some((other) => other.kind === "submitted" && other.payload.a === a && other.payload.t === t);
    return event.kind === "rated" && events.some((other) => other.kind === "evaluated");
  }

  function counts(events, event) {
    const earlier = events.find((other) => subject(other) === subject(event));
    if (isClosed(events, event)) return false;
    return !earlier || (REVISED.includes(event.kind) && earlier.second < event.second);
  }

  function appended(state, event) {
    const last = cme.state.lastNumber(state);
    const end = state.events.length ? state.events[state.events.length - 1].second : 0;
    const fits = event.n > last && event.second >= end;
    const added = fits ? event : { ...event, n: last + 1, second: Math.max(end, event.second) };
    const kept = state.events.filter((other) => subject(other) !== subject(event));
    return { ...state, events: [...kept, added], definition: event.kind === "opened" ? event.payload.definition : state.definition };
  }

  /* `state` with what only `other` has: the same state when there is nothing. Both have the same launch key. */
  function of(state, other) {
    const fresh = other.events.filter((event) => !state.events.some((known) => same(known, event)));
    const joined = fresh.reduce((sum, event) => (counts(sum.events, event) ? appended(sum, event) : sum), state);
    if (joined === state) return state;
    return { ...joined, sent: Math.min(state.sent, other.sent), reached: further(state.reached, other.reached), inner: { ...other.inner, ...state.inner } };
  }

  /* What the LMS was told never falls. */
  function further(one, other) {
    return {
      completed: one.completed || other.completed,
      passed: one.passed || other.passed,
      progress: Math.max(one.progress, other.progress),
    };
  }

  return { of };
})();
