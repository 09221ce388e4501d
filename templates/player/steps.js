/* Cases in steps: which step of a case an item belongs to, and what may be answered. Pure. A step that was closed is final, and the next is
   open; `a` says where the case is worked at: pre, post, or practice (as a content). */
var cme = globalThis.cme || (globalThis.cme = {});

cme.steps = (function () {
  "use strict";

  function casesOf(definition) {
    return definition.cases || [];
  }

  function find(definition, id) {
    return casesOf(definition).find(function (one) {
      return one.id === id;
    });
  }

  /* {case, step (from 1)} of an item that belongs to a case, else null. */
  function of(definition, item) {
    return casesOf(definition).reduce(function (found, one) {
      var at = one.steps.findIndex(function (step) {
        return step.items.indexOf(item) >= 0;
      });
      return at < 0 ? found : { case: one, step: at + 1 };
    }, null);
  }

  /* How many steps of each case are closed: case id -> number. */
  function closed(state, a, attempt) {
    var steps = {};
    state.events.forEach(function (event) {
      var p = event.payload;
      if (event.kind === "closed" && p.a === a && p.t === attempt) steps[p.c] = Math.max(steps[p.c] || 0, p.k);
    });
    return steps;
  }

  /* The code of what keeps an item from being answered, or "". */
  function locked(definition, item, closedSteps) {
    var place = of(definition, item);
    if (!place) return "";
    var done = closedSteps[place.case.id] || 0;
    return place.step <= done ? "step-closed" : place.step > done + 1 ? "step-not-open" : "";
  }

  /* The items of a step that still lack a whole response. */
  function open(definition, step, responses) {
    return step.items.filter(function (id) {
      var item = definition.items.find(function (one) {
        return one.id === id;
      });
      return item && !cme.responses.whole(item, responses[id]);
    });
  }

  return { find: find, of: of, closed: closed, locked: locked, open: open };
})();
