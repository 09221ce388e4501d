/* The saved state as one short ASCII text, for an LMS that keeps 4,096 characters, and back again.

   C1~<check><head>!<table>!<place>!<events>

   Everything needed to read it stands in it: ids and item versions in a table of those that were used, so that a newer package reads
   what an older one wrote. `check` is over all that follows; each event ends with a check digit over all before it, so that a text cut
   short by an LMS gives back every event before the cut. Only A-Z a-z 0-9 _ - . , : ; ! * ( ) = $ + ~ stand in it: none of them grows in
   XML, in HTML or in a form. After a further `~` there is room for the saved state of wrapped content. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.suspend = (function () {
  "use strict";

  var DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  var LEFT_OUT = "+"; // stands for a text that did not fit

  /* --- texts ------------------------------------------------------------------------------------ */

  function escaped(text) {
    var short = text.replace(/\[,\]/g, "\u0001").replace(/\[\.\]/g, "\u0002");
    if (/[\u0001\u0002]/.test(text)) short = text;
    return Array.from(short, short === text ? escapedCharacter : shortCharacter).join("");
  }

  function shortCharacter(character) {
    if (character === "\u0001") return "(";
    if (character === "\u0002") return ")";
    return escapedCharacter(character);
  }

  function escapedCharacter(character) {
    if (/^[A-Za-z0-9.,-]$/.test(character)) return character;
    if (character === " ") return "_";
    return cme.ids.utf8(character).map(hexByte).join("");
  }

  function hexByte(byte) {
    return "*" + (byte + 256).toString(16).slice(1);
  }

  /* The shortest of three writings: hexadecimal as base64 (=), UTF-8 as base64 ($), or escaped. */
  function packText(text) {
    if (/^([0-9a-f]{2}){4,}$/.test(text)) return "=" + cme.ids.base64url(cme.ids.bytesOfHex(text));
    var plain = escaped(text);
    var coded = "$" + cme.ids.base64url(cme.ids.utf8(text));
    return plain.length <= coded.length ? plain : coded;
  }

  function unpackText(text) {
    if (text[0] === "=") return cme.ids.hexOfBytes(known(cme.ids.fromBase64url(text.slice(1))));
    if (text[0] === "$") return known(cme.ids.fromUtf8(known(cme.ids.fromBase64url(text.slice(1)))));
    return unescaped(text);
  }

  function unescaped(text) {
    var bytes = [];
    for (var at = 0; at < text.length; at += 1) {
      if (text[at] === "*") {
        bytes.push(whole(text.substr(at + 1, 2), 16));
        at += 2;
      } else {
        cme.ids.utf8({ _: " ", "(": "[,]", ")": "[.]" }[text[at]] || text[at]).forEach(push, bytes);
      }
    }
    return known(cme.ids.fromUtf8(bytes));
  }

  function push(byte) {
    this.push(byte);
  }

  /* Within unpack, what cannot be read is thrown and caught once, at the door. */
  function known(value) {
    if (value === null || value === undefined) throw new Error("not readable");
    return value;
  }

  function whole(text, base) {
    if (typeof text !== "string" || !/^[0-9a-z]+$/.test(text)) throw new Error("not a number");
    var number = parseInt(text, base);
    if (!Number.isSafeInteger(number)) throw new Error("not a number");
    return number;
  }

  function check32(text, from) {
    var hash = from === undefined ? 0x811c9dc5 : from;
    for (var at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return hash >>> 0; // FNV-1a
  }

  function checkText(text) {
    return check32(text).toString(36).padStart(7, "0");
  }

  function checkDigit(hash) {
    return DIGITS[(hash ^ (hash >>> 6) ^ (hash >>> 12) ^ (hash >>> 18) ^ (hash >>> 24)) & 63];
  }

  /* --- the table of ids -------------------------------------------------------------------------- */

  function makeTable() {
    var rows = [];
    var places = new Map();
    return {
      rows: rows,
      place: function (id, version) {
        var row = packText(id) + (version === undefined ? "" : ":" + packText(version));
        if (!places.has(row)) {
          places.set(row, rows.length);
          rows.push(row);
        }
        return places.get(row).toString(36);
      },
    };
  }

  function readRow(row) {
    return row.split(":").map(unpackText);
  }

  function rowAt(table, place) {
    return known(table[whole(place, 36)]);
  }

  /* --- payloads: [write(payload, table) -> fields, read(fields, table) -> payload] ---------------- */

  function writeAnswer(p, table) {
    return [p.t.toString(36), table.place(p.i, p.v), packText(p.r)];
  }

  function readAnswer(a, ok) {
    return function (f, table) {
      var item = rowAt(table, f[1]);
      var payload = { a: a, t: whole(f[0], 36), i: item[0], r: readText(f[2]), v: item[1] };
      if (ok !== undefined) payload.ok = ok;
      return payload;
    };
  }

  function writeScore(p) {
    return [p.t.toString(36), p.k.toString(36), p.of.toString(36)];
  }

  function readScore(a, passed) {
    return function (f) {
      var payload = { a: a, t: whole(f[0], 36), k: whole(f[1], 36), of: whole(f[2], 36) };
      if (passed !== undefined) payload.p = passed;
      return payload;
    };
  }

  function readText(field) {
    return field === LEFT_OUT ? null : unpackText(field);
  }

  function nothing() {
    return [];
  }

  function none() {
    return {};
  }

  /* By letter: the kind of event, and how its payload is written and read. */
  var CODES = {
    o: { kind: "opened", write: function (p) { return definitionFields(p.definition); }, read: function (f) { return { definition: readDefinition(f) }; } },
    r: { kind: "read", write: nothing, read: none },
    d: { kind: "disclosed", write: function (p) { return [packText(p.hash)]; }, read: function (f) { return { hash: unpackText(f[0]) }; } },
    q: { kind: "answered", write: writeAnswer, read: readAnswer("pre") },
    a: { kind: "answered", write: writeAnswer, read: readAnswer("post", true) },
    b: { kind: "answered", write: writeAnswer, read: readAnswer("post", false) },
    s: { kind: "submitted", write: writeScore, read: readScore("pre") },
    p: { kind: "submitted", write: writeScore, read: readScore("post", true) },
    f: { kind: "submitted", write: writeScore, read: readScore("post", false) },
    c: {
      kind: "finished",
      write: function (p, table) { return [table.place(p.c), p.d.toString(36)]; },
      read: function (f, table) { return { c: rowAt(table, f[0])[0], d: whole(f[1], 36) }; },
    },
    e: {
      kind: "rated",
      write: function (p, table) { return [table.place(p.i), packText(p.r)]; },
      read: function (f, table) { return { i: rowAt(table, f[0])[0], r: readText(f[1]) }; },
    },
    v: { kind: "evaluated", write: nothing, read: none },
    k: {
      kind: "committed",
      write: function (p) { return [p.k.toString(36), packText(p.r), p.s === null ? "" : String(p.s)]; },
      read: function (f) { return { k: whole(f[0], 36), r: readText(f[1]), s: f[2] === "" ? null : whole(f[2], 10) }; },
    },
    m: {
      kind: "claimed",
      write: function (p, table) { return [table.place(p.s), packText(p.m)]; },
      read: function (f, table) { return { s: rowAt(table, f[0])[0], m: unpackText(f[1]) }; },
    },
    n: { kind: "declined", write: nothing, read: function () { return { s: null }; } },
    x: {
      kind: "declined",
      write: function (p, table) { return [table.place(p.s)]; },
      read: function (f, table) { return { s: rowAt(table, f[0])[0] }; },
    },
  };

  function definitionFields(id) {
    return /^d1-[0-9a-f]{40}$/.test(id) ? ["1", packText(id.slice(3))] : ["0", packText(id)];
  }

  function readDefinition(f) {
    return (f[0] === "1" ? "d1-" : "") + unpackText(f[1]);
  }

  function letterOf(event) {
    var p = event.payload;
    if (event.kind === "answered") return p.a === "pre" ? "q" : p.ok ? "a" : "b";
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
    return event.kind === "answered" ? 2 : 1;
  }

  function unpackEvent(text, before, table) {
    var fields = text.split(":");
    var head = /^([a-z])([0-9a-z]+)(?:\+([0-9a-z]+))?$/.exec(fields[0]);
    var code = known(CODES[known(head)[1]]);
    var payload = code.read(fields.slice(1), table);
    var event = {
      n: before.n + 1 + (head[3] ? whole(head[3], 36) : 0), kind: code.kind, second: before.second + whole(head[2], 36), payload: payload,
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
      hash = check32(text, hash);
      return text + checkDigit(hash);
    });
  }

  function unpackEvents(text, table, seed) {
    var hash = seed;
    var events = [];
    var before = { n: 0, second: 0 };
    var sound = (text ? text.split(";") : []).every(function (part) {
      hash = check32(part.slice(0, -1), hash);
      if (part.slice(-1) !== checkDigit(hash)) return false;
      before = unpackEvent(part.slice(0, -1), before, table);
      events.push(before);
      return true;
    });
    return { events: events, sound: sound };
  }

  /* --- the whole --------------------------------------------------------------------------------- */

  function packHead(state) {
    var reached = state.reached;
    var flags = (reached.completed ? 1 : 0) + (reached.passed ? 2 : 0);
    return [
      packText(state.key), state.t0.toString(36), state.sent.toString(36), String(flags), Math.round(reached.progress * 100).toString(36),
      cme.state.lastNumber(state).toString(36),
    ].join(":");
  }

  function unpackHead(text) {
    var f = text.split(":");
    var flags = whole(f[3], 10);
    var key = unpackText(f[0]);
    if (!/^[0-9a-f]{32}$/.test(key)) throw new Error("no launch key");
    return {
      key: key, t0: whole(f[1], 36), events: [], place: {}, sent: whole(f[2], 36), definition: null,
      reached: { completed: (flags & 1) > 0, passed: (flags & 2) > 0, progress: whole(f[4], 36) / 100 },
    };
  }

  function write(state, leftOut) {
    var table = makeTable();
    var events = packEvents(state.events, table, leftOut);
    var front = packHead(state) + "!" + table.rows.join(";");
    var place = Object.keys(state.place).length ? packText(JSON.stringify(state.place)) : "";
    var body = [front, place, withCheckDigits(events, check32(front)).join(";")].join("!");
    return "C1~" + checkText(body) + body;
  }

  /* What may leave a state that is too long, in this order: learners' texts, the longest first (kept on this device);
     answers of attempts already submitted, those first that the bridge has (their score stays); the place. */
  function texts(state) {
    return state.events
      .filter(function (event) {
        return !event.missing && typeof event.payload.r === "string" && (event.kind === "rated" || event.kind === "committed");
      })
      .sort(function (a, b) {
        return packText(b.payload.r).length - packText(a.payload.r).length || a.n - b.n;
      });
  }

  function spentAnswers(state) {
    var spent = new Set();
    state.events.forEach(function (event) {
      if (event.kind === "submitted") spent.add(event.payload.a + event.payload.t);
    });
    return state.events
      .filter(function (event) {
        return event.kind === "answered" && spent.has(event.payload.a + event.payload.t);
      })
      .sort(function (a, b) {
        return Number(a.n > state.sent) - Number(b.n > state.sent) || a.n - b.n;
      });
  }

  function without(state, event) {
    return Object.assign({}, state, {
      events: state.events.filter(function (other) {
        return other.n !== event.n;
      }),
    });
  }

  function packTexts(state, limit) {
    var leftOut = new Set();
    var left = [];
    var text = write(state, leftOut);
    texts(state).some(function (event) {
      if (text.length <= limit || packText(event.payload.r).length < 2) return true;
      leftOut.add(event.n);
      left.push(event);
      text = write(state, leftOut);
      return false;
    });
    return { text: text, left: left, leftOut: leftOut };
  }

  function packShorter(state, limit, tried) {
    var rest = state;
    var text = tried.text;
    var left = tried.left;
    spentAnswers(state).some(function (event) {
      if (text.length <= limit) return true;
      rest = without(rest, event);
      left = left.concat([event]);
      text = write(rest, tried.leftOut);
      return false;
    });
    if (text.length > limit) text = write(Object.assign({}, rest, { place: {} }), tried.leftOut);
    return { text: text, left: left };
  }

  /* {text, left}: ASCII of `limit` characters at most, and the events whose text (or which, whole) did not fit:
     the caller keeps those on the device, and gives them to `fill` after `unpack`. */
  function pack(state, definition, limit) {
    var tried = packTexts(state, limit);
    return tried.text.length <= limit ? { text: tried.text, left: tried.left } : packShorter(state, limit, tried);
  }

  function parse(body) {
    var sections = body.split("!");
    var table = (sections[1] ? sections[1].split(";") : []).map(readRow);
    var read = unpackEvents(known(sections[3]), table, check32(sections[0] + "!" + sections[1]));
    return { state: unpackHead(sections[0]), events: read.events, place: placeOf(sections[2]), sound: read.sound, last: lastOf(sections[0]) };
  }

  function lastOf(head) {
    return whole(head.split(":")[5], 36);
  }

  function placeOf(text) {
    var place = text ? JSON.parse(unpackText(text)) : {};
    return place !== null && typeof place === "object" && !Array.isArray(place) ? place : {};
  }

  /* `last` stays where numbers above the last event's were used: an event's number is never used twice. */
  function assembled(read, events, place) {
    var state = Object.assign(read.state, { events: events, place: place, definition: definitionOf(events) });
    return cme.state.lastNumber(state) < read.last ? Object.assign(state, { last: read.last }) : state;
  }

  /* One check digit in 64 agrees by chance: of a damaged text the last event that agreed is not believed,
     and without any event that is, neither is the launch key. */
  function salvaged(read) {
    var events = read.events.slice(0, -1);
    return events.length ? assembled(read, events, {}) : null;
  }

  function definitionOf(events) {
    return events.reduce(function (id, event) {
      return event.kind === "opened" ? event.payload.definition : id;
    }, null);
  }

  function readable(body) {
    try {
      return parse(body);
    } catch (unreadable) {
      return null;
    }
  }

  /* null when there is nothing; the state; or {damaged: true, state} with what could be saved, which may be null. Never throws. */
  function unpack(text) {
    if (typeof text !== "string" || text.trim() === "") return null;
    var parts = text.split("~");
    if (parts[0] !== "C1" || parts.length < 2) return { damaged: true, state: null };
    var body = parts[1].slice(7);
    var read = readable(body);
    if (read && read.sound && parts[1].slice(0, 7) === checkText(body)) return assembled(read, read.events, read.place);
    return { damaged: true, state: read ? salvaged(read) : null };
  }

  /* A state with the events that this device kept put back: those missing their text, and those left out whole. */
  function fill(state, kept) {
    var byNumber = new Map();
    state.events.concat(kept.filter(wanted(state))).forEach(function (event) {
      byNumber.set(event.n, event);
    });
    var events = Array.from(byNumber.values()).sort(function (a, b) {
      return a.n - b.n;
    });
    return Object.assign({}, state, { events: events });
  }

  function wanted(state) {
    return function (event) {
      var saved = state.events.find(function (other) {
        return other.n === event.n;
      });
      return saved ? Boolean(saved.missing) && saved.kind === event.kind : event.kind === "answered";
    };
  }

  return { pack: pack, unpack: unpack, fill: fill };
})();
