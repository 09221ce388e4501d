// Random saved states from a seed: whatever events the rules can produce, in any amount, with texts that make trouble.
"use strict";

const { D1, D2, HASH } = require("./definition.js");

/** Whole numbers below a bound from a seed (mulberry32). */
function random(seed) {
  let a = seed >>> 0;
  return (bound) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

const PIECES = [
  "a", "Z", "0", " ", "[,]", "[.]", "[", ",]", "ä", "長", "😀", "\ud83d", "\udc00", "\u0000", "\u0001", "\u0002", "~", "!", ";", ":", "+", "*", "$",
  "=", "(", ")", "_", "-", "%", "<b>&\"'", "\n", "deadbeef", "I will ",
];

function randomState(cme, seed) {
  const draw = random(seed);
  const pick = (list) => list[draw(list.length)];
  const text = () => Array.from({ length: draw(12) }, () => pick(PIECES)).join("");
  const id = () => pick(["q1", "q-2", "overview", "useful", "constructor", "abcdef0123456789", "x".repeat(60)]);
  const version = () => pick(["0a1b2c3d", "ffffffff"]);
  const payloads = {
    opened: () => ({ definition: pick([D1, D2, "d1-short", text() || "x"]) }),
    read: () => ({}),
    disclosed: () => ({ hash: HASH }),
    answered: () => {
      const common = { a: pick(["pre", "post", "practice"]), t: 1 + draw(40), i: id(), r: text(), v: version() };
      if (common.a === "practice") return { ...common, ok: draw(2) === 1, c: id() };
      return common.a === "post" ? { ...common, ok: draw(2) === 1 } : common;
    },
    closed: () => ({ a: pick(["pre", "post", "practice"]), t: 1 + draw(40), c: id(), k: 1 + draw(20) }),
    reflected: () => ({ c: id(), i: id(), r: text() }),
    submitted: () => {
      const common = { a: pick(["pre", "post"]), t: 1 + draw(40), k: draw(50), of: draw(50) };
      return common.a === "post" ? { ...common, p: draw(2) === 1 } : common;
    },
    finished: () => ({ c: id(), d: draw(100000) }),
    rated: () => ({ i: id(), r: text() }),
    evaluated: () => ({}),
    committed: () => ({ k: 1 + draw(5), r: text(), s: pick([null, 1, 5]) }),
    claimed: () => ({ s: id(), m: pick(["0.25", "1.00", "12.3456"]) }),
    declined: () => ({ s: pick([null, id()]) }),
  };
  const state = cme.state.fresh(Array.from({ length: 32 }, () => pick("0123456789abcdef")).join(""), draw(2 ** 31));
  let n = 0;
  let second = 0;
  let definition = null;
  const events = Array.from({ length: draw(60) }, () => {
    const kind = pick(Object.keys(payloads));
    const payload = payloads[kind]();
    if (kind === "opened") definition = payload.definition;
    return { n: (n += 1 + (draw(4) ? 0 : draw(100))), kind, second: (second += draw(5000)), payload };
  });
  const place = draw(2) ? { screen: text(), scroll: draw(100) / 100, watched: { [id()]: [[0, draw(999)]] } } : {};
  const reached = { completed: draw(2) === 1, passed: draw(2) === 1, progress: draw(101) / 100 };
  return { ...state, events, place, sent: draw(500), definition, reached };
}

module.exports = { random, randomState };
