/* What packages have in common that are launched with an LRS instead of an API object (cmi5, plain xAPI): requests, saved state in a
   State document, statements on their way to the LMS's LRS. What differs stands in the format's own runtime.js. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.lrs = (function () {
  "use strict";

  const SAVED = "cme-bridge"; // the id of our State document
  const TIMEOUT = 10000; // ms
  const LOGGED = 300;
  const MARK = "{session}"; // stands for a session's id in a context that is kept
  const SMALL = 60000; // bytes that a browser still sends while the page goes away (64 KiB)
  const VERSIONS = ["1.0.3", "2.0.0"];

  /* --- requests --- */

  /* True for an address that requests may go to. */
  function isWeb(url) {
    return /^https?:\/\//i.test(url || "");
  }

  /* client({endpoint, authorization, actor, activity, registration}): requests of one launch. Each resolves to {status, text, etag};
     status 0 says that no answer came, and nothing here throws. */
  function client(parts) {
    const log = [];
    const base = parts.endpoint.replace(/\/*$/, "/");
    let version = VERSIONS[0];

    async function once(method, path, query, body, headers) {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), TIMEOUT);
      try {
        const answer = await globalThis.fetch(base + path + address(query), {
          method,
          body,
          headers: { Authorization: parts.authorization, "X-Experience-API-Version": version, ...headers },
          credentials: "omit",
          cache: "no-store",
          keepalive: leaving() && (body || "").length < SMALL,
          signal: stop.signal,
        });
        const { status } = answer;
        return { status, text: await answer.text(), etag: answer.headers.get("ETag"), retryAfter: Number(answer.headers.get("Retry-After")) || 0 };
      } catch (unreachable) {
        return { status: 0, text: "", etag: null };
      } finally {
        clearTimeout(timer);
      }
    }

    async function request(method, path, query, body, headers) {
      const answer = await once(method, path, query, body, headers);
      log.push({ call: method, args: [path, body], answer: String(answer.status), error: answer.status ? "0" : "no answer" });
      if (log.length > LOGGED) log.shift();
      return answer;
    }

    /* An LRS of xAPI 2.0 alone refuses 1.0.3: asked once more by the first request of a launch. */
    async function settle(query) {
      const answer = await request("GET", "activities/state", query);
      if (answer.status !== 400) return answer;
      version = VERSIONS[1];
      const again = await request("GET", "activities/state", query);
      if (again.status === 400 || again.status === 0) version = VERSIONS[0];
      return again;
    }

    function place(id) {
      const { activity, actor, registration } = parts;
      return { stateId: id, activityId: activity, agent: JSON.stringify(actor), ...(registration ? { registration } : {}) };
    }

    return {
      log,
      actor: parts.actor,
      registration: parts.registration,
      document: (id) => settle(place(id)),
      keep: (text, condition) =>
        request("PUT", "activities/state", place(SAVED), text, { "Content-Type": "application/json", ...condition }),
      profile: (id) => request("GET", "agents/profile", { profileId: id, agent: JSON.stringify(parts.actor) }),
      statements: (text) => request("POST", "statements", null, text, { "Content-Type": "application/json" }),
    };
  }

  function leaving() {
    return Boolean(globalThis.document && globalThis.document.visibilityState === "hidden");
  }

  function address(query) {
    return query ? `?${new URLSearchParams(query)}` : "";
  }

  function json(text) {
    try {
      return JSON.parse(text);
    } catch (notJson) {
      return null;
    }
  }

  /* --- saved state --- */

  /* keeper(client): our State document {key, text, contexts, sessions: [[first event, id, row of contexts]], told,
     heard: the event up to which the LRS has all}. `save` resolves to true when what it was given last is stored.
     Another launch that wrote meanwhile is not overwritten (xAPI 1.0.3 Communication 3.1): nothing is saved from then on. */
  function keeper(lrs) {
    const at = { document: null, etag: null, hashed: false, fresh: false, overtaken: false, dirty: false, running: null };

    /* True when there is a document to go on with, kept or new; false when it could not be read: a new one would lose the old. */
    async function open() {
      const answer = await lrs.document(SAVED);
      const found = answer.status === 200 ? json(answer.text) : null;
      if (answer.status !== 404 && !(found && typeof found.text === "string")) return false;
      at.fresh = !found;
      at.etag = answer.status === 200 ? answer.etag : null;
      at.hashed = at.etag === hash(answer.text);
      at.document = { key: cme.ids.random128(), text: "", contexts: [], sessions: [], told: {}, heard: 0, ...found };
      return true;
    }

    /* A session that begins with the event `from`; one in which nothing happened is forgotten, and what templates share is kept once. */
    function enter(id, from, context) {
      const { sessions, contexts } = at.document;
      const text = JSON.stringify(context).split(id || MARK).join(MARK);
      if (!contexts.includes(text)) contexts.push(text);
      const row = contexts.indexOf(text);
      const last = sessions[sessions.length - 1] || [];
      if (last[1] === id && last[2] === row) return;
      if (last[0] === from) sessions.pop();
      sessions.push([from, id, row]);
    }

    /* {id, context} of the session in which an event happened. */
    function session(n) {
      const { sessions, contexts } = at.document;
      const found = sessions.filter(([from]) => from <= n).pop();
      return found ? { id: found[1], context: JSON.parse(contexts[found[2]].split(MARK).join(found[1])) } : null;
    }

    /* xAPI 1.0.3 Communication 3.1: an ETag is the SHA-1 of the content. Not every LRS keeps to it. */
    function hash(text) {
      return `"${cme.ids.hexOfBytes(cme.ids.sha1(cme.ids.utf8(text)))}"`;
    }

    function condition() {
      if (at.etag) return { "If-Match": at.etag };
      return at.fresh ? { "If-None-Match": "*" } : {};
    }

    function save() {
      at.dirty = true;
      at.running = at.running || drain();
      return at.running;
    }

    async function drain() {
      let kept = false;
      while (at.dirty && !at.overtaken) {
        at.dirty = false;
        kept = await put(JSON.stringify(at.document));
      }
      at.running = null;
      return kept;
    }

    async function put(text) {
      const { status, etag } = await lrs.keep(text, condition());
      at.overtaken = status === 412;
      if (status < 200 || status >= 300) return false;
      at.fresh = false;
      at.etag = etag || (at.hashed ? hash(text) : null);
      return true;
    }

    return { open, save, enter, session, document: () => at.document };
  }

  /* --- a session --- */

  /* A context that holds all of `template` unchanged, and ours besides: lists are continued, never replaced (cmi5 10.2.1). */
  function dressed(context, template) {
    const activities = { ...context.contextActivities };
    for (const [name, listed] of Object.entries(template.contextActivities || {})) {
      activities[name] = [].concat(listed, activities[name] || []);
    }
    return {
      ...context, ...template,
      contextActivities: activities,
      extensions: { ...context.extensions, ...template.extensions },
    };
  }

  /* The runtime of a format. `dialect` holds what it does in its own way:
       connect()             -> Promise of {launch: what client() takes, session, context, learner, mode, began} or {notice}
       begin(lms)            the first statement of a session (may be left out)
       tell(lms, facts)      statements on completion and success
       end(lms)              the last statement (may be left out)
       leave()               called once all was handed over (may be left out)
     `session` is the session's id and `context` its template: a statement is told again, in later sessions and on other devices, as it
     was told in its own. The template of every session is therefore in the document. */
  function runtime(dialect) {
    const nothing = () => ({ lrs: null, kept: null, box: null, found: {}, began: 0, latest: 0, offered: new Set(), waiting: [], closed: false, left: false });
    let at = nothing();

    function alone(notice) {
      at.lrs = null;
      return { connected: false, learner: { id: "", name: "" }, mode: "normal", credit: true, resumed: false, notice };
    }

    async function open() {
      at = nothing();
      const found = await dialect.connect(client);
      if (!found.lrs) return { ...alone(found.notice), ...found.opening };
      at = { ...at, found, lrs: found.lrs, kept: keeper(found.lrs) };
      if (!(await at.kept.open())) return alone();
      at.box = cme.outbox.make({ send, later: (run, ms) => setTimeout(run, ms), random: Math.random, now: Date.now, onChange: settled });
      const { learner, mode, preferences } = found;
      const { actor } = at.lrs;
      const opened = { connected: true, learner, mode, credit: true, resumed: load() !== "" };
      return { ...opened, actor, registration: registration(), preferences };
    }

    /* An LMS that gives none (plain xAPI) is told of one all the same, for the bridge is told the same. */
    function registration() {
      return at.lrs.registration || idOf("registration");
    }

    function load() {
      return at.lrs ? at.kept.document().text : "";
    }

    /* Called when the time is known, and before anything is said: `next` is the number of the event to come. */
    function begin({ now, next }) {
      if (!at.lrs) return;
      at.now = now;
      at.kept.enter(at.found.session, next, at.found.context);
      at.began = at.found.began || Math.floor(now() / 1000) * 1000; // events have whole seconds, and none may be before this
      at.latest = at.began;
      if (dialect.begin) dialect.begin(lms);
    }

    /* --- statements --- */

    function sequence(statement) {
      return statement.context.extensions[cme.package.vocabulary.EXT_SEQUENCE];
    }

    function sessionOf(statement) {
      return at.kept.session(sequence(statement));
    }

    /* Our statement as the LMS wants it, which is as everybody gets it. */
    function dress(statement) {
      const session = statement && at.lrs && sessionOf(statement);
      return session ? { ...statement, context: dressed(statement.context, session.context) } : statement;
    }

    /* Those of this session: what is left of an earlier one may not follow its end (cmi5 9.3.0.0-5, 9.3.6.0-2). */
    function tell(statements) {
      if (!at.lrs || at.closed) return;
      const { heard } = at.kept.document();
      const mine = statements.filter((one) => one && sequence(one) > heard && (sessionOf(one) || {}).id === at.found.session);
      at.latest = Math.max(at.latest, ...mine.map((one) => Date.parse(one.timestamp)));
      at.waiting.push(...mine.map((one) => [sequence(one), one.id]));
      at.box.offer(mine);
    }

    async function send(text) {
      const { status, text: answer, retryAfter } = await at.lrs.statements(text);
      // 403 is the LMS's word on this statement (cmi5), not on the token.
      return { status: status === 403 ? 400 : status, problems: [{ code: "refused", message: answer.slice(0, 200) }], retryAfter };
    }

    /* A statement of the standard itself, once for each `name`: a verb's last part, and what it is said once of. */
    function say(name, verb, { result, context, began }) {
      if (at.offered.has(name) || at.kept.document().told[name]) return;
      at.offered.add(name);
      at.latest = Math.max(at.latest, at.now());
      const [word] = name.split(" ");
      at.box.offer([{
        id: idOf(name),
        actor: at.lrs.actor,
        verb: { id: verb, display: { en: word, "en-US": word } },
        object: { objectType: "Activity", id: at.found.activity, definition: { type: cme.package.vocabulary.TYPE_COURSE } },
        timestamp: new Date(began ? at.began : at.latest).toISOString(),
        context: dressed({ registration: registration(), ...context }, at.found.context),
        ...(result ? { result } : {}),
      }]);
    }

    function idOf(name) {
      return cme.ids.uuid5(at.kept.document().key, name);
    }

    /* PT…S since the session began. */
    function duration() {
      return `PT${Math.max(0, Math.round((Math.max(at.latest, at.now()) - at.began) / 1000))}S`;
    }

    const lms = { say, duration, found: () => at.found, began: () => at.began };

    /* What the LRS has taken is not said again in a later session; of what it refused, only the log knows. */
    function settled() {
      const document = at.kept.document();
      const { told } = document;
      const refused = at.box.status().parked.map(({ id }) => id);
      while (at.waiting.length && (at.box.isStored(at.waiting[0][1]) || refused.includes(at.waiting[0][1]))) {
        document.heard = Math.max(document.heard, at.waiting.shift()[0]);
      }
      const done = Array.from(at.offered).filter((name) => !name.includes(" ") && !told[name] && at.box.isStored(idOf(name)));
      done.forEach((name) => {
        told[name] = true;
      });
      if (done.length) at.kept.save();
      if (at.closed) leave();
    }

    /* --- saving and leaving --- */

    function save(text) {
      if (!at.lrs || at.closed || text.length > cme.package.limits.suspend_data) return false;
      at.kept.document().text = text;
      return at.kept.save();
    }

    function report(facts) {
      if (!at.lrs || at.closed) return false;
      dialect.tell(lms, facts);
      return true;
    }

    /* A page that goes away may be a page that is loaded again: only who leaves by the button ends the session. */
    function close(how) {
      if (!at.lrs || at.closed) return at.closed;
      if (how && how.unloading) return true;
      if (dialect.end) dialect.end(lms);
      at.closed = true;
      at.box.flush().then(leave);
      return true;
    }

    function leave() {
      if (at.left || at.box.status().waiting) return;
      at.left = true;
      if (dialect.leave) dialect.leave(at.found);
    }

    return {
      open, load, begin, dress, tell, save, report, close,
      get log() {
        return at.lrs ? at.lrs.log : [];
      },
    };
  }

  return { isWeb, client, json, runtime };
})();
