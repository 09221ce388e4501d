/* The saved state as one short ASCII text, for an LMS that keeps 4,096 characters, and back again.

   C1~<check><head>!<table>!<place>!<events>

   Everything needed to read it stands in it: ids and item versions in a table of those that were used, so that a newer package reads
   what an older one wrote. `check` is over all that follows; each event ends with a check digit over all before it, so that a text cut
   short by an LMS gives back every event before the cut. Only A-Z a-z 0-9 _ - . , : ; ! * ( ) = $ + ~ stand in it: none of them grows in
   XML, in HTML or in a form.

   After a further `~` comes what wrapped packages saved, as far as there is room: <content>:<check><text>;… The text is the gate's
   (gate/inner.js): in full, or only what lies beside the package's own data. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.suspend = (function () {
  "use strict";

  var packed = cme.packed;
  var savedEvents = cme.savedEvents;

  /* --- the whole --------------------------------------------------------------------------------- */

  function packHead(state) {
    var reached = state.reached;
    var flags = (reached.completed ? 1 : 0) + (reached.passed ? 2 : 0);
    return [
      packed.text(state.key), state.t0.toString(36), state.sent.toString(36), String(flags), Math.round(reached.progress * 100).toString(36),
      cme.state.lastNumber(state).toString(36),
    ].join(":");
  }

  function unpackHead(text) {
    var f = text.split(":");
    var flags = packed.whole(f[3], 10);
    var key = packed.readText(f[0]);
    if (!/^[0-9a-f]{32}$/.test(key)) throw new Error("no launch key");
    return {
      key: key, t0: packed.whole(f[1], 36), events: [], place: {}, sent: packed.whole(f[2], 36), definition: null,
      reached: { completed: (flags & 1) > 0, passed: (flags & 2) > 0, progress: packed.whole(f[4], 36) / 100 },
    };
  }

  function write(state, leftOut) {
    var table = packed.makeTable();
    var events = savedEvents.pack(state.events, table, leftOut);
    var front = packHead(state) + "!" + table.rows.join(";");
    var place = Object.keys(state.place).length ? packed.text(JSON.stringify(state.place)) : "";
    var body = [front, place, savedEvents.withCheckDigits(events, packed.check32(front)).join(";")].join("!");
    return "C1~" + packed.checkText(body) + body;
  }

  var TEXTS = ["rated", "committed", "reflected"];

  /* What may leave a state that is too long, in this order: learners' texts, the longest first (kept on this device);
     answers of attempts already submitted and of cases gone through, those first that the bridge has (their score stays); the place. */
  function texts(state) {
    return state.events
      .filter(function (event) {
        return !event.missing && typeof event.payload.r === "string" && TEXTS.indexOf(event.kind) >= 0;
      })
      .sort(function (a, b) {
        return packed.text(b.payload.r).length - packed.text(a.payload.r).length || a.n - b.n;
      });
  }

  function spentAnswers(state) {
    var spent = new Set();
    state.events.forEach(function (event) {
      if (event.kind === "submitted") spent.add(event.payload.a + event.payload.t);
      if (event.kind === "finished") spent.add(event.payload.c);
    });
    return state.events
      .filter(function (event) {
        return event.kind === "answered" && spent.has(event.payload.a === "practice" ? event.payload.c : event.payload.a + event.payload.t);
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
      if (text.length <= limit || packed.text(event.payload.r).length < 2) return true;
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

  /* {text, left, inner}: ASCII of `limit` characters at most; the events whose text (or which, whole) did not fit, and what did not fit of
     wrapped packages. The caller keeps those on the device, and gives them to `fill` after `unpack`. */
  function pack(state, definition, limit) {
    var tried = packTexts(state, limit);
    var own = tried.text.length <= limit ? tried : packShorter(state, limit, tried);
    return Object.assign({ left: own.left }, packInner(state.inner || {}, own.text, limit));
  }

  /* Each wrapped package in full if it fits, else shortened if that does, else not at all: our own part is never shortened for it. */
  function packInner(inner, own, limit) {
    var text = own;
    var left = {};
    Object.keys(inner).sort().forEach(function (id) {
      var joined = text + (text === own ? "~" : ";");
      var fitting = [inner[id].full, inner[id].light].filter(Boolean).map(entry(id)).find(function (each) {
        return joined.length + each.length <= limit;
      });
      if (inner[id].full && fitting !== entry(id)(inner[id].full)) left[id] = inner[id].full;
      if (fitting) text = joined + fitting;
    });
    return { text: text, inner: left };
  }

  function entry(id) {
    return function (text) {
      return packed.text(id) + ":" + packed.checkText(text) + text;
    };
  }

  /* By content id; what was damaged on the way counts as not saved. */
  function unpackInner(text) {
    var inner = {};
    (text ? text.split(";") : []).forEach(function (part) {
      var at = part.indexOf(":");
      var body = part.slice(at + 8);
      if (at > 0 && part.slice(at + 1, at + 8) === packed.checkText(body)) inner[packed.readText(part.slice(0, at))] = { full: body };
    });
    return inner;
  }

  function parse(body) {
    var sections = body.split("!");
    var table = (sections[1] ? sections[1].split(";") : []).map(packed.readRow);
    var read = savedEvents.unpack(packed.known(sections[3]), table, packed.check32(sections[0] + "!" + sections[1]));
    return { state: unpackHead(sections[0]), events: read.events, place: placeOf(sections[2]), sound: read.sound, last: lastOf(sections[0]) };
  }

  function lastOf(head) {
    return packed.whole(head.split(":")[5], 36);
  }

  function placeOf(text) {
    var place = text ? JSON.parse(packed.readText(text)) : {};
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
    if (read && read.sound && parts[1].slice(0, 7) === packed.checkText(body)) return withInner(assembled(read, read.events, read.place), parts[2]);
    return { damaged: true, state: read ? salvaged(read) : null };
  }

  function withInner(state, text) {
    try {
      var inner = unpackInner(text);
      return Object.keys(inner).length ? Object.assign(state, { inner: inner }) : state;
    } catch (unreadable) {
      return state;
    }
  }

  /* A state with what this device kept put back: events missing their text, those left out whole, and wrapped packages' own data. */
  function fill(state, kept, inner) {
    var byNumber = new Map();
    state.events.concat(kept.filter(wanted(state))).forEach(function (event) {
      byNumber.set(event.n, event);
    });
    var events = Array.from(byNumber.values()).sort(function (a, b) {
      return a.n - b.n;
    });
    var filled = Object.assign({}, state, { events: events });
    return inner && Object.keys(inner).length ? Object.assign(filled, { inner: filledInner(state.inner || {}, inner) }) : filled;
  }

  /* What the LMS kept counts, unless it had no room for the package's own data: then this device's, if it is of the same moment. */
  function filledInner(saved, kept) {
    var inner = Object.assign({}, saved);
    Object.keys(kept).forEach(function (id) {
      var fields = saved[id] ? saved[id].full.split(":") : null;
      if (!fields || (fields[0] === "0" && packed.checkText(kept[id].split(":")[2] || "") === fields[2])) inner[id] = { full: kept[id] };
    });
    return inner;
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
