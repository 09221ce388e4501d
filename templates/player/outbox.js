/* Statements on their way to the bridge: sent one batch at a time until stored, resent unchanged, never dropped.
   Everything from outside is passed in:
     send(text) -> Promise<{status, problems?, retryAfter? (seconds)}>; rejected, or status 0, when no answer came
     later(run, ms)                       a timer
     now() -> ms, random() -> 0..1
     onChange(status)                     called after every change
     relaunch() -> Promise                a new launch, when the token is no longer taken */
var cme = globalThis.cme || (globalThis.cme = {});

cme.outbox = (function () {
  "use strict";

  var MOST = 50; // statements in a batch
  var BYTES = 48 * 1024; // what one keepalive request may carry, with room for headers
  var BEACON_BYTES = 60 * 1024; // browsers take 64 KiB
  var FIRST_WAIT = 2000;
  var LONGEST_WAIT = 5 * 60 * 1000;
  var STORED = [200, 204];
  var REFUSED = [400, 409, 413];
  var DENIED = [401, 403];

  function bytes(text) {
    return cme.ids.utf8(text).length;
  }

  function body(entries) {
    return "[" + entries.map(textOf).join(",") + "]";
  }

  function textOf(entry) {
    return entry.text;
  }

  /* As many from the front as fit; one always does. */
  function front(entries, most, limit) {
    var size = 2;
    var end = entries.findIndex(function (entry, at) {
      size += entry.size + 1;
      return at > 0 && (at >= most || size > limit);
    });
    return end < 0 ? entries.slice() : entries.slice(0, end);
  }

  function reasonOf(answer) {
    var first = (answer.problems || [])[0];
    return first ? String(first.message || first.code) : "refused with status " + answer.status;
  }

  /* Doubling, with jitter: a hospital's worth of learners must not come back in the same second. */
  function waitAfter(failures, retryAfter, random) {
    var ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * Math.pow(2, failures - 1));
    return Math.max(Math.round(ceiling * (0.5 + random / 2)), (retryAfter || 0) * 1000);
  }

  function make(outside) {
    var waiting = [];
    var parked = [];
    var known = new Set();
    var stored = new Set();
    var single = new Set(); // ids of a refused batch, to be sent one by one
    var failures = 0;
    var connected = null;
    var running = null;
    var dueAt = null;

    function status() {
      return { waiting: waiting.length, stored: stored.size, parked: parked.slice(), connected: connected, next: dueAt };
    }

    function changed() {
      if (outside.onChange) outside.onChange(status());
    }

    function offer(statements) {
      var fresh = statements.filter(function (statement) {
        return statement && !known.has(statement.id);
      });
      fresh.forEach(function (statement) {
        var text = JSON.stringify(statement);
        known.add(statement.id);
        waiting.push({ id: statement.id, text: text, size: bytes(text) });
      });
      if (fresh.length) changed();
      return dueAt === null ? flush() : Promise.resolve();
    }

    function nextBatch() {
      return single.has(waiting[0].id) ? [waiting[0]] : front(beforeSingles(), MOST, BYTES);
    }

    function beforeSingles() {
      var end = waiting.findIndex(function (entry) {
        return single.has(entry.id);
      });
      return end < 0 ? waiting : waiting.slice(0, end);
    }

    function remove(entries) {
      waiting = waiting.filter(function (entry) {
        return entries.indexOf(entry) < 0;
      });
    }

    function accept(entries) {
      remove(entries);
      entries.forEach(function (entry) {
        stored.add(entry.id);
      });
    }

    function park(entry, answer) {
      remove([entry]);
      parked.push({ id: entry.id, code: answer.status, reason: reasonOf(answer) });
    }

    /* true: go on at once; false: stop until the timer or the next flush. */
    function settle(batch, answer) {
      if (!answer || !answer.status) return unreachable();
      connected = true;
      if (STORED.indexOf(answer.status) >= 0) return going(accept(batch));
      if (REFUSED.indexOf(answer.status) >= 0) return going(refuse(batch, answer));
      if (DENIED.indexOf(answer.status) >= 0) return askAgain();
      return rest(answer.retryAfter);
    }

    function going() {
      failures = 0;
      return true;
    }

    function refuse(batch, answer) {
      if (batch.length === 1) return park(batch[0], answer);
      batch.forEach(function (entry) {
        single.add(entry.id);
      });
    }

    /* One new launch for each denial; when that does not help, the wait grows as for any other failure. */
    function askAgain() {
      if (!outside.relaunch || failures > 0) return rest();
      failures += 1;
      return Promise.resolve(outside.relaunch()).then(yes, function () {
        return rest();
      });
    }

    function yes() {
      return true;
    }

    function rest(retryAfter) {
      failures += 1;
      var wait = waitAfter(failures, retryAfter, outside.random());
      var due = outside.now() + wait;
      dueAt = due;
      outside.later(function () {
        if (dueAt === due) flush();
      }, wait);
      return false;
    }

    function unreachable() {
      connected = false;
      return rest();
    }

    function sendOne() {
      var batch = nextBatch();
      return sent(body(batch)).then(function (answer) {
        return settle(batch, answer);
      }, unreachable);
    }

    function sent(text) {
      try {
        return Promise.resolve(outside.send(text));
      } catch (broken) {
        return Promise.reject(broken);
      }
    }

    function run() {
      if (!waiting.length) return Promise.resolve();
      return sendOne().then(function (goOn) {
        changed();
        return goOn ? run() : undefined;
      });
    }

    /* Sends what is waiting, now; one run at a time. The promise ends when nothing is waiting or the bridge cannot take it now. */
    function flush() {
      if (running) return running;
      dueAt = null;
      running = run().then(ended, ended);
      return running;
    }

    /* What was offered while the last answer was being handled is sent in a further run. */
    function ended() {
      running = null;
      changed();
      if (waiting.length && dueAt === null) flush();
    }

    /* The text for the bridge's beacon: the token and as many waiting statements as a browser takes at the last moment; "" when none.
       They stay in the outbox: nobody sees a beacon's answer, and a statement sent twice is stored once. */
    function beacon(token) {
      var entries = front(waiting, MOST, BEACON_BYTES - bytes(token) - 40);
      return waiting.length ? '{"token":' + JSON.stringify(token) + ',"statements":' + body(entries) + "}" : "";
    }

    function isStored(id) {
      return stored.has(id);
    }

    return { offer: offer, flush: flush, status: status, beacon: beacon, isStored: isStored };
  }

  return { make: make };
})();
