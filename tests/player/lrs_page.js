// A package launched with an LRS, in a window of its own: the LRS keeps documents and statements, and answers as the test says.
"use strict";

const crypto = require("node:crypto");

const { loadInto } = require("./load.js");

const AT = Date.UTC(2026, 11, 4, 15, 0, 0);
const NUMBER = "https://example.org/EXT_SEQUENCE";
const FILES = ["player/ids.js", "player/outbox.js", "runtimes/lrs.js"];
const ACTOR = { account: { homePage: "https://lms.example", name: "n-1" } };
const REGISTRATION = "5b1f0e5c-63a4-4e0a-9d0f-3a8d2a6d3b22";
const SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";

/** An LRS of one learner, and the tab that a package is opened in. */
class LrsPage {
  constructor(format, { query = {}, data = {}, preferences = null } = {}) {
    Object.assign(this, { format, query, ms: AT, requests: [], statements: [], fetched: 0, storage: new Map(), session: 1, preferences });
    this.documents = new Map();
    this.answers = {}; // "METHOD path" -> status, instead of what the LRS would say
    this.assigned = [];
    this.timers = [];
    this.data = data;
  }

  launchData() {
    const contextTemplate = { contextActivities: { grouping: [{ id: "https://cme.example/a" }] }, extensions: { [SESSION]: `session-${this.session}` } };
    return { contextTemplate, launchMode: "Normal", moveOn: "CompletedAndPassed", masteryScore: 0.75, returnURL: "https://lms.example/back", ...this.data };
  }

  address() {
    const cmi5 = { endpoint: "https://lrs.example/xapi", fetch: `https://lms.example/fetch/${this.session}`, actor: JSON.stringify(ACTOR), registration: REGISTRATION, activityId: "https://lms.example/activities/9" };
    const xapi = { endpoint: "https://lrs.example/xapi/", auth: "Basic a2V5", actor: JSON.stringify({ ...ACTOR, name: "Rivera, Alex" }), registration: REGISTRATION, activity_id: "https://cme.example/a" };
    const given = { ...(this.format === "cmi5" ? cmi5 : xapi), ...this.query };
    return `?${new URLSearchParams(Object.entries(given).filter(([, value]) => value !== null))}`;
  }

  /** A new page in the same tab, or in a new one (a new launch) when `session` moves on. */
  async opened() {
    const page = this;
    const clock = class extends Date {
      constructor(...args) { super(...(args.length ? args : [page.ms])); }
      static now() { return page.ms; }
    };
    const window = {
      Date: clock, URLSearchParams, AbortController, setTimeout: (run) => page.timers.push(run), clearTimeout: () => {}, crypto: globalThis.crypto,
      fetch: (url, options) => page.fetch(new URL(url), options || {}),
      location: { search: page.address(), assign: (url) => page.assigned.push(url) },
      sessionStorage: { getItem: (key) => page.storage.get(key) ?? null, setItem: (key, value) => page.storage.set(key, value) },
      document: { visibilityState: "visible", addEventListener: (name, listener) => { page.listener = listener; } },
    };
    this.cme = loadInto(window, [...FILES, `formats/${this.format}/runtime.js`]);
    this.cme.package = { limits: { suspend_data: 64000 }, vocabulary: { EXT_SEQUENCE: NUMBER, TYPE_COURSE: "https://example.org/course" } };
    this.cme.definition = { activity: "https://cme.example/a" };
    this.runtime = this.cme.runtime;
    this.opening = await this.runtime.open();
    return this;
  }

  async begun(next = 1) {
    await this.opened();
    this.runtime.begin({ now: () => this.ms, next });
    await quiet();
    return this;
  }

  /** As if every wait were over. */
  async later() {
    this.timers.splice(0).forEach((run) => run());
    await quiet();
  }

  async fetch(url, { method = "GET", body, headers = {} }) {
    const path = url.pathname.replace(/^\/xapi\//, "");
    this.requests.push({ method, path, query: Object.fromEntries(url.searchParams), headers, body });
    const status = this.answers[`${method} ${path}`];
    if (status === 0) throw new TypeError("unreachable");
    if (status) return answer(status, "told so by the test");
    if (url.host === "lms.example") return this.token();
    return this.lrs(method, path, url.searchParams, body, headers);
  }

  token() {
    this.fetched += 1;
    return answer(200, JSON.stringify(this.fetched > this.session ? { "error-code": "1" } : { "auth-token": `token-${this.session}` }));
  }

  lrs(method, path, query, body, headers) {
    if (path === "statements") return this.keep(JSON.parse(body));
    if (path === "agents/profile") return this.preferences ? answer(200, JSON.stringify(this.preferences)) : answer(404, "");
    const id = query.get("stateId");
    if (id === "LMS.LaunchData") return answer(200, JSON.stringify(this.launchData()));
    const kept = this.documents.get(id);
    if (method === "GET") return kept === undefined ? answer(404, "") : answer(200, kept, etag(kept));
    if (headers["If-Match"] && headers["If-Match"] !== etag(kept ?? "")) return answer(412, "");
    if (headers["If-None-Match"] && kept !== undefined) return answer(412, "");
    this.documents.set(id, body);
    return answer(204, "");
  }

  keep(told) {
    const known = new Set(this.statements.map((one) => one.id));
    this.statements.push(...told.filter((one) => !known.has(one.id)));
    return answer(200, JSON.stringify(told.map((one) => one.id)));
  }

  verbs() {
    return this.statements.map((one) => one.verb.id.split("/").pop());
  }

  saved() {
    return JSON.parse(this.documents.get("cme-bridge"));
  }
}

const etag = (text) => `"${crypto.createHash("sha1").update(text).digest("hex")}"`;
const answer = (status, text, tag = null) => ({ status, text: async () => text, headers: { get: (name) => (name === "ETag" ? tag : null) } });
const quiet = async () => { for (let turn = 0; turn < 30; turn += 1) await new Promise(setImmediate); };

/** Our statement of the n-th event. */
const aStatement = (n, more = {}) => ({
  id: `00000000-0000-5000-8000-${String(n).padStart(12, "0")}`, actor: ACTOR, verb: { id: "http://adlnet.gov/expapi/verbs/answered" }, object: { id: `https://cme.example/a/items/q${n}` },
  timestamp: new Date(AT + n * 1000).toISOString(),
  context: { registration: REGISTRATION, contextActivities: { grouping: [{ id: "https://cme.example/a" }], category: [{ id: "https://example.org/profile" }] }, extensions: { [NUMBER]: n } }, ...more,
});

module.exports = { LrsPage, aStatement, quiet, ACTOR, REGISTRATION, SESSION, NUMBER, AT };
