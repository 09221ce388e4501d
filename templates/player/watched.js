/* How much of a video was played: 60 segments, each of eight slices. A slice counts when playing passed through it, at any speed; where
   somebody jumped to, or over, nothing is counted until it plays. A segment was seen when seven of its slices were. Pure. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.watched = (function () {
  "use strict";

  var SEGMENTS = 60;
  var SLICES = 8;
  var NEEDED = 7; // players tell of a beginning and an end too late or too early
  var LONGEST_STEP = 2; // seconds of the clock between two reports of one playing; more is a jump

  /* `digits`: what was saved, 15 hexadecimal digits, or "". */
  function make(digits) {
    var seen = unpack(digits);
    var slices = new Map();

    /* From one moment of the video to another, both in its seconds, `rate` times as fast as the clock. */
    function played(from, to, duration, rate) {
      if (!(duration > 0) || !(to > from) || to - from > LONGEST_STEP * Math.max(1, rate)) return;
      var slice = duration / (SEGMENTS * SLICES);
      var last = Math.min(SEGMENTS * SLICES - 1, Math.floor(to / slice));
      for (var at = Math.max(0, Math.floor(from / slice)); at <= last; at += 1) mark(at);
    }

    function mark(at) {
      var segment = Math.floor(at / SLICES);
      var bits = (slices.get(segment) || 0) | (1 << at % SLICES);
      slices.set(segment, bits);
      if (ones(bits) >= NEEDED) seen.add(segment);
    }

    return {
      played: played,
      share: function () {
        return seen.size / SEGMENTS;
      },
      packed: function () {
        return pack(seen);
      },
    };
  }

  function ones(bits) {
    return bits ? (bits & 1) + ones(bits >> 1) : 0;
  }

  function pack(seen) {
    var digits = "";
    for (var at = 0; at < SEGMENTS; at += 4) {
      digits += [0, 1, 2, 3].reduce(function (sum, bit) { return sum + (seen.has(at + bit) ? 1 << bit : 0); }, 0).toString(16);
    }
    return digits;
  }

  function unpack(digits) {
    var seen = new Set();
    Array.from(/^[0-9a-f]{15}$/.test(digits) ? digits : "").forEach(function (digit, at) {
      [0, 1, 2, 3].forEach(function (bit) {
        if (parseInt(digit, 16) & (1 << bit)) seen.add(at * 4 + bit);
      });
    });
    return seen;
  }

  return { make: make };
})();
