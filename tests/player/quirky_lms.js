// A learner's visits to a whole package, in an LMS that is as odd as asked: the runtime, the session and the stand-in LMS, without a page.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { aContent, aDefinition, anItem, aQuestion, D1 } = require("./definition.js");
const { LmsPage } = require("./lms_page.js");
const { loadInto, TEMPLATES } = require("./load.js");

// As in a page, without what needs one.
const SCRIPTS = fs.readdirSync(path.join(TEMPLATES, "player")).filter((name) => name.endsWith(".js") && name !== "player.js").sort();
const WITHOUT_A_PAGE = SCRIPTS.filter((name) => !fs.readFileSync(path.join(TEMPLATES, "player", name), "utf8").includes("cme.dom"));
const LIMITS = { 1.2: 4096, 2004: 64000 };
const VOCABULARY = new Proxy({}, { get: (all, name) => `https://example.org/${String(name)}` });

/** Two items, one content, one question: the least that has everything. */
const anActivity = () =>
  aDefinition({ items: [anItem("q1"), anItem("q2")], contents: [aContent("overview")], evaluation: [aQuestion("useful")], commitments: 3 });

/** How a page is odd that a quirk of the page speaks of: where its API is. */
const PLACES = {
  late: (window, name, api) => { let asked = 0; Object.defineProperty(window, name, { get: () => ((asked += 1) > 20 ? api : undefined) }); },
  absent: () => {},
  opener: (window, name, api) => { window.opener = { [name]: api }; },
};

/** What only a browser can show: test_quirks.py. */
const NEEDS_A_PAGE = ["no-inline", "connect-self"];

/** The browser's storage, which outlives a visit; or one that must not be touched. */
function storage(isForbidden) {
  const kept = new Map();
  const touch = (work) => (...args) => { if (isForbidden) throw new Error("SecurityError"); return work(...args); };
  return {
    getItem: touch((key) => kept.get(key) ?? null), setItem: touch((key, value) => { kept.set(key, value); }),
    removeItem: touch((key) => { kept.delete(key); }), kept,
  };
}

class QuirkyLms {
  constructor(edition, quirks = []) {
    const has = (key) => quirks.includes(key);
    const place = PLACES[quirks.find((key) => key in PLACES)];
    this.page = new LmsPage(edition, { quirks, place, mode: has("review") ? "review" : "normal", credit: has("no-credit") ? "no-credit" : "credit" });
    this.edition = edition;
    this.storage = storage(has("no-storage"));
    this.leaving = false;
    this.page.leaving = () => this.leaving;
    this.odd = new Map();
    this.warned = new Set();
    this.channels = [];
  }

  get stored() {
    return this.page.stored;
  }

  /** The package opened anew. Windows that stay open hear of it. */
  async opens() {
    this.leaving = false;
    const { page } = this;
    page.launch();
    Object.assign(page.window, { crypto: globalThis.crypto, Intl, URL });
    const cme = loadInto(page.window, WITHOUT_A_PAGE.map((name) => `player/${name}`));
    cme.definition = anActivity();
    cme.package = {
      definition_id: D1, site: null, build: "b1", format: `scorm-${this.edition}`, preset: "generic", packager: "1.0",
      limits: { suspend_data: LIMITS[this.edition] }, settings: {}, vocabulary: VOCABULARY,
    };
    this.session = cme.session.make({
      runtime: cme.runtime, definition: cme.definition, package: cme.package, bridge: null, storage: this.storage,
      channel: (name) => this.channel(name), clock: () => page.clock.ms, later: () => {}, random: () => 0.5, agent: "node",
    });
    await this.session.open();
    this.looks();
    return this;
  }

  /** A channel between this browser's windows, which delivers at once. */
  channel(name) {
    const all = this.channels;
    const own = {
      postMessage: (data) => all.filter((each) => each !== own && each.name === name && each.onmessage).forEach((each) => each.onmessage({ data })),
      close: () => { own.onmessage = null; }, onmessage: null, name,
    };
    all.push(own);
    return own;
  }

  looks() {
    for (const { code, evidence } of this.session.report().odd) this.odd.set(code, evidence);
    for (const { key } of this.session.warnings()) this.warned.add(key);
  }

  does(kind, payload = {}) {
    this.page.clock.ms += 1000;
    const answer = this.session.send(kind, payload);
    if (answer.refused) throw new Error(`${kind} ${JSON.stringify(payload)} was refused: ${answer.refused}`);
    this.looks();
    return this;
  }

  async begins() {
    this.does("read").does("disclosed");
    await this.session.chooseProfession("physician");
    return this.does("answered", { a: "pre", t: 1, i: "q1", r: "a" }).does("submitted", { a: "pre", t: 1 }).does("finished", { c: "overview", d: 60 });
  }

  takesPost() {
    return this.does("answered", { a: "post", t: 1, i: "q1", r: "b" }).does("answered", { a: "post", t: 1, i: "q2", r: "b" }).does("submitted", { a: "post", t: 1 });
  }

  /** With commitments that are longer than what some LMSs keep. */
  evaluates() {
    this.does("rated", { i: "useful", r: "5" });
    [1, 2, 3].forEach((k) => this.does("committed", { k, r: `${k}: I will ask at every visit. `.repeat(60), s: 4 }));
    return this.does("evaluated");
  }

  claims() {
    return this.does("claimed", { s: "ama-pra-1", m: "1.00" });
  }

  async goesOn() {
    await this.session.chooseProfession("physician"); // asked again where there is no bridge and no storage
    return this;
  }

  /** The tab is closed: the browser's last word to the page, no Exit. */
  closesTab() {
    this.leaving = true;
    this.session.close(true);
    this.looks();
    return this;
  }

  /** The browser is gone, and the page has said no last word. */
  crashes() {
    this.channels.forEach((channel) => channel.close());
    return this;
  }

  exits() {
    this.session.close();
    this.looks();
    return this;
  }

  /** All that the learner gave, as the package shows it. */
  get given() {
    const { pre, contents, post, evaluation, commitments, claims } = this.session.view();
    return JSON.parse(JSON.stringify({ pre, contents, post, evaluation, commitments, claims }));
  }

  get isCompleted() {
    const status = this.stored[this.edition === "1.2" ? "cmi.core.lesson_status" : "cmi.completion_status"];
    return status === "completed" || status === "passed";
  }
}

/** Every learner does the same in three visits: the browser crashes, the tab is closed, Exit. */
async function taken(edition, quirks) {
  const lms = await new QuirkyLms(edition, quirks).opens();
  (await lms.begins()).crashes();
  await (await lms.opens()).goesOn();
  lms.takesPost().closesTab();
  await (await lms.opens()).goesOn();
  return lms.evaluates().claims().exits();
}

module.exports = { QuirkyLms, taken, NEEDS_A_PAGE };
