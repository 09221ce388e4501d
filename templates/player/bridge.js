/* HTTP to the bridge. Every call resolves to {status, body}: status 0 says that no answer came, and nothing here throws. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.bridge = (function () {
  "use strict";

  const TIMEOUT = 4000; // ms; a learner must not wait longer for a bridge that does not answer
  const VERSION = "1.0.3";

  function joined(base, path) {
    return base.replace(/\/+$/, "") + path;
  }

  /* make({base, fetch, sendBeacon}); `base` is the bridge's address, with or without a path. */
  function make(parts) {
    async function call(method, url, body, headers) {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), TIMEOUT);
      try {
        const answer = await parts.fetch(url, {
          method,
          headers,
          body,
          signal: stop.signal,
          credentials: "omit",
          cache: "no-store",
        });
        return {
          status: answer.status,
          body: read(await answer.text()),
          retryAfter: Number(answer.headers.get("Retry-After")) || 0,
        };
      } catch (unreachable) {
        return { status: 0, body: null };
      } finally {
        clearTimeout(timer);
      }
    }

    function json(token) {
      return { "Content-Type": "application/json", ...bearer(token) };
    }

    function launch(request) {
      return call("POST", joined(parts.base, "/launch"), JSON.stringify(request), json(null));
    }

    function profile(token, values) {
      return call("PUT", joined(parts.base, "/launch/profile"), JSON.stringify(values), json(token));
    }

    function credit(token) {
      return call("GET", joined(parts.base, "/launch/credit"), undefined, bearer(token));
    }

    /* `text` is a JSON array of statements, sent as it is: what was sent once is sent unchanged again. */
    function statements(answer, text) {
      return call("POST", joined(answer.endpoint, "/statements"), text, {
        ...json(answer.token),
        "X-Experience-API-Version": VERSION,
      });
    }

    function diagnostics(token, report) {
      return call(
        "POST",
        joined(parts.base, "/launch/diagnostics"),
        JSON.stringify({ ...(token ? { token } : {}), report }),
        json(null),
      );
    }

    /* The door for the last moment: text/plain needs no preflight, which would die with the page. True when the browser took it. */
    function beacon(text) {
      return parts.sendBeacon(joined(parts.base, "/launch/beacon"), text);
    }

    return { launch, profile, credit, statements, diagnostics, beacon };
  }

  function bearer(token) {
    return token ? { Authorization: `Bearer ${token}` } : {};
  }

  function read(text) {
    try {
      return JSON.parse(text);
    } catch (notJson) {
      return null;
    }
  }

  return { make };
})();
