/* The seconds that a learner was there: the page is seen, and a hand, a key or a playing video showed it within the last minute.
   Time is counted for the record, and stands in nobody's way. Pure: the clock comes from outside. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.presence = (function () {
  "use strict";

  var IDLE = 60000; // ms without a sign, after which time no longer counts
  var LONGEST_TICK = 2000; // ms: a computer that slept was not read at

  /* `kept`: the seconds counted before; `now`: ms. */
  function make(kept, now) {
    var counted = kept * 1000;
    var sign = now;
    var last = now;
    return {
      alive: function (at) {
        sign = at;
      },
      /* To be called about once a second. `there`: {visible, playing}. */
      tick: function (at, there) {
        var passed = Math.min(LONGEST_TICK, Math.max(0, at - last));
        last = at;
        if (there.visible && (there.playing || at - sign < IDLE)) counted += passed;
      },
      seconds: function () {
        return Math.floor(counted / 1000);
      },
    };
  }

  return { make: make };
})();
