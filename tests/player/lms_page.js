// A package's runtime in a window of its own, inside a stand-in LMS that is strict, or as odd as asked.
"use strict";

const { loadInto } = require("./load.js");

const EDITIONS = {
  1.2: { runtime: "formats/scorm-1.2/runtime.js", api: "API" },
  2004: { runtime: "formats/scorm-2004-3/runtime.js", api: "API_1484_11" },
};

const AT = Date.UTC(2026, 11, 4, 15, 0, 0);

/** A clock that jumps to the next timer, so that five seconds of waiting take none. */
class Clock {
  constructor() {
    this.ms = AT;
    const clock = this;
    this.Date = class extends Date {
      constructor(...args) { super(...(args.length ? args : [clock.ms])); }
      static now() { return clock.ms; }
    };
    this.setTimeout = (run, wait) => setImmediate(() => { clock.ms += wait; run(); });
  }
}

class LmsPage {
  constructor(edition, { quirks = [], values = {}, mode = "normal", credit = "credit", mastery = "", settings = {}, place } = {}) {
    this.edition = edition;
    this.clock = new Clock();
    this.calls = [];
    this.stored = values;
    this.quirks = quirks;
    this.place = place || ((window, name, api) => { window.parent = { [name]: api }; });
    Object.assign(this, { mode, credit, mastery, settings });
  }

  /** A new window with the package in it, in the same learner's record. */
  launch() {
    const standIn = loadInto({ standIn: {} }, []) || {};
    const { runtime, api } = EDITIONS[this.edition];
    const window = { Date: this.clock.Date, setTimeout: this.clock.setTimeout };
    window.window = window;
    this.place(window, api, this.api());
    this.window = window;
    this.cme = loadInto(window, ["runtimes/scorm.js", runtime]);
    this.cme.package = { settings: this.settings };
    return Object.assign(this, { standIn, runtime: this.cme.runtime });
  }

  api() {
    const context = {};
    loadInto(context, ["stand-in/model.js", "stand-in/api.js"]);
    return context.standIn.api(this.edition, {
      values: this.stored, learner: this.learner || { id: "l-1", name: "Rivera, Alex" }, mode: this.mode, credit: this.credit, mastery: this.mastery,
      quirks: new Set(this.quirks), commit: (values) => { this.stored = values; return true; },
      onCall: (entry) => this.calls.push({ ...entry, values: null }), leaving: () => Boolean(this.leaving && this.leaving()),
    });
  }

  async opened() {
    this.launch();
    this.opening = await this.runtime.open();
    return this;
  }

  get refused() {
    return this.calls.filter((call) => call.error !== "0" && !(call.error === "403" && /GetValue/.test(call.call)));
  }
}

const anAnswer = (more = {}) => ({ id: "post_a1_q1", kind: "choice", response: "b", correct: true, attempt: 1, at: AT, latency: null, ...more });
const aReport = (more = {}) => ({ status: "incomplete", success: null, score: null, progress: 0.5, seconds: 75, interactions: [], ...more });

module.exports = { LmsPage, anAnswer, aReport, AT };
