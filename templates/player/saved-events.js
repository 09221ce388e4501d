/* Events as saved state writes them: a letter for the kind, the seconds since the one before, the fields of the payload. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.savedEvents = (function () {
  "use strict";

  var packed = cme.packed;
  var LEFT_OUT = "+"; // stands for a text that did not fit
  var SHARES = 10000; // what a wrapped package's score is counted in

  /* --- payloads: [write(payload, table) -> fields, read(fields, table) -> payload] ---------------- */

  function writeAnswer(p, table) {
    return [p.t.toString(36), table.place(p.i, p.v), packed.text(p.r)];
  }

  function readAnswer(a, ok) {
    return function (f, table) {
      var item = packed.rowAt(table, f[1]);
      var payload = { a: a, t: packed.whole(f[0], 36), i: item[0], r: readText(f[2]), v: item[1] };
      if (ok !== undefined) payload.ok = ok;
      return payload;
    };
  }

  /* An answer within a case that is a content: that content besides. */
  function writePractice(p, table) {
    return writeAnswer(p, table).concat([table.place(p.c)]);
  }

  function readPractice(ok) {
    return function (f, table) {
      return Object.assign(readAnswer("practice", ok)(f, table), { c: packed.rowAt(table, f[3])[0] });
    };
  }

  var WORKED_AT = ["pre", "post", "practice"];

  function writeScore(p) {
    return [p.t.toString(36), p.k.toString(36), p.of.toString(36)];
  }

  function readScore(a, passed) {
    return function (f) {
      var payload = { a: a, t: packed.whole(f[0], 36), k: packed.whole(f[1], 36), of: packed.whole(f[2], 36) };
      if (passed !== undefined) payload.p = passed;
      return payload;
    };
  }

  /* The score of a wrapped package: its share in ten-thousandths, and the content that reported it. */
  function writePackageScore(p, table) {
    return [p.t.toString(36), p.k.toString(36), table.place(p.c)];
  }

  function readPackageScore(passed) {
    return function (f, table) {
      return { a: "post", t: packed.whole(f[0], 36), k: packed.whole(f[1], 36), of: SHARES, p: passed, c: packed.rowAt(table, f[2])[0] };
    };
  }

  function readText(field) {
    return field === LEFT_OUT ? null : packed.readText(field);
  }

  function nothing() {
    return [];
  }

  function none() {
    return {};
  }

  /* By letter: the kind of event, and how its payload is written and read. */
  var CODES = {
    o: { kind: "opened", write: writeOpened, read: readOpened },
    r: { kind: "read", write: nothing, read: none },
    d: { kind: "disclosed", write: function (p) { return [packed.text(p.hash)]; }, read: function (f) { return { hash: packed.readText(f[0]) }; } },
    q: { kind: "answered", write: writeAnswer, read: readAnswer("pre") },
    a: { kind: "answered", write: writeAnswer, read: readAnswer("post", true) },
    b: { kind: "answered", write: writeAnswer, read: readAnswer("post", false) },
    y: { kind: "answered", write: writePractice, read: readPractice(true) },
    w: { kind: "answered", write: writePractice, read: readPractice(false) },
    j: {
      kind: "closed",
      write: function (p, table) { return [String(WORKED_AT.indexOf(p.a)), p.t.toString(36), table.place(p.c), p.k.toString(36)]; },
      read: function (f, table) {
        return { a: packed.known(WORKED_AT[f[0]]), t: packed.whole(f[1], 36), c: packed.rowAt(table, f[2])[0], k: packed.whole(f[3], 36) };
      },
    },
    s: { kind: "submitted", write: writeScore, read: readScore("pre") },
    p: { kind: "submitted", write: writeScore, read: readScore("post", true) },
    f: { kind: "submitted", write: writeScore, read: readScore("post", false) },
    g: { kind: "submitted", write: writePackageScore, read: readPackageScore(true) },
    h: { kind: "submitted", write: writePackageScore, read: readPackageScore(false) },
    z: {
      kind: "scored",
      write: function (p, table) { return [table.place(p.c), p.k.toString(36), p.p === null ? "" : String(Number(p.p))]; },
      read: function (f, table) {
        return { c: packed.rowAt(table, f[0])[0], k: packed.whole(f[1], 36), of: SHARES, p: f[2] === "" ? null : f[2] === "1" };
      },
    },
    c: {
      kind: "finished",
      write: function (p, table) { return [table.place(p.c), p.d.toString(36)]; },
      read: function (f, table) { return { c: packed.rowAt(table, f[0])[0], d: packed.whole(f[1], 36) }; },
    },
    e: {
      kind: "rated",
      write: function (p, table) { return [table.place(p.i), packed.text(p.r)]; },
      read: function (f, table) { return { i: packed.rowAt(table, f[0])[0], r: readText(f[1]) }; },
    },
    t: {
      kind: "reflected",
      write: function (p, table) { return [table.place(p.c), table.place(p.i), packed.text(p.r)]; },
      read: function (f, table) { return { c: packed.rowAt(table, f[0])[0], i: packed.rowAt(table, f[1])[0], r: readText(f[2]) }; },
    },
    v: { kind: "evaluated", write: nothing, read: none },
    k: {
      kind: "committed",
      write: function (p) { return [p.k.toString(36), packed.text(p.r), p.s === null ? "" : String(p.s)]; },
      read: function (f) { return { k: packed.whole(f[0], 36), r: readText(f[1]), s: f[2] === "" ? null : packed.whole(f[2], 10) }; },
    },
    m: {
      kind: "claimed",
      write: function (p, table) { return [table.place(p.s), packed.text(p.m)]; },
      read: function (f, table) { return { s: packed.rowAt(table, f[0])[0], m: packed.readText(f[1]) }; },
    },
    n: { kind: "declined", write: nothing, read: function () { return { s: null }; } },
    x: {
      kind: "declined",
      write: function (p, table) { return [table.place(p.s)]; },
      read: function (f, table) { return { s: packed.rowAt(table, f[0])[0] }; },
    },
  };

  function writeOpened(p) {
    return definitionFields(p.definition).concat(p.language ? [packed.text(p.language)] : []);
  }

  function readOpened(f) {
    return Object.assign({ definition: readDefinition(f) }, f[2] ? { language: packed.readText(f[2]) } : {});
  }

  function definitionFields(id) {
    return /^d1-[0-9a-f]{40}$/.test(id) ? ["1", packed.text(id.slice(3))] : ["0", packed.text(id)];
  }

  function readDefinition(f) {
    return (f[0] === "1" ? "d1-" : "") + packed.readText(f[1]);
  }

  function letterOf(event) {
    var p = event.payload;
    if (event.kind === "answered" && p.a === "practice") return p.ok ? "y" : "w";
    if (event.kind === "answered") return p.a === "pre" ? "q" : p.ok ? "a" : "b";
    if (event.kind === "submitted" && p.c !== undefined) return p.p ? "g" : "h";
    if (event.kind === "submitted") return p.a === "pre" ? "s" : p.p ? "p" : "f";
    if (event.kind === "declined") return p.s === null ? "n" : "x";
    return Object.keys(CODES).find(function (letter) {
      return CODES[letter].kind === event.kind;
    });
  }

  /* --- events ------------------------------------------------------------------------------------ */

  /* An event is <letter><seconds since the one before>[+<n skipped>]:<fields>. */
  function packEvent(event, before, table, leftOut) {
    var letter = letterOf(event);
    var fields = CODES[letter].write(event.payload, table);
    if (leftOut) fields = fields.map(function (field, at) { return at === textField(event) ? LEFT_OUT : field; });
    var skipped = event.n - before.n - 1;
    var head = letter + (event.second - before.second).toString(36) + (skipped ? "+" + skipped.toString(36) : "");
    return [head].concat(fields).join(":");
  }

  function textField(event) {
    return event.kind === "answered" || event.kind === "reflected" ? 2 : 1;
  }

  function unpackEvent(text, before, table) {
    var fields = text.split(":");
    var head = /^([a-z])([0-9a-z]+)(?:\+([0-9a-z]+))?$/.exec(fields[0]);
    var code = packed.known(CODES[packed.known(head)[1]]);
    var payload = code.read(fields.slice(1), table);
    var event = {
      n: before.n + 1 + (head[3] ? packed.whole(head[3], 36) : 0), kind: code.kind, second: before.second + packed.whole(head[2], 36), payload: payload,
    };
    return payload.r === null ? missing(event) : event;
  }

  function missing(event) {
    return Object.assign({}, event, { payload: Object.assign({}, event.payload, { r: "" }), missing: true });
  }

  function packEvents(events, table, leftOut) {
    var before = { n: 0, second: 0 };
    return events.map(function (event) {
      var text = packEvent(event, before, table, event.missing || leftOut.has(event.n));
      before = event;
      return text;
    });
  }

  function withCheckDigits(texts, seed) {
    var hash = seed;
    return texts.map(function (text) {
      hash = packed.check32(text, hash);
      return text + packed.checkDigit(hash);
    });
  }

  function unpackEvents(text, table, seed) {
    var hash = seed;
    var events = [];
    var before = { n: 0, second: 0 };
    var sound = (text ? text.split(";") : []).every(function (part) {
      hash = packed.check32(part.slice(0, -1), hash);
      if (part.slice(-1) !== packed.checkDigit(hash)) return false;
      before = unpackEvent(part.slice(0, -1), before, table);
      events.push(before);
      return true;
    });
    return { events: events, sound: sound };
  }

  return { pack: packEvents, withCheckDigits: withCheckDigits, unpack: unpackEvents };
})();
