"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { aDefinition, D1, NOON } = require("./definition.js");
const { loadInto, plain } = require("./load.js");

const PARTS = [
  "ids", "scoring", "clock", "responses", "claims", "draws", "steps", "view", "state", "packed", "saved-events", "suspend", "statements", "outbox", "say", "device",
  "identity", "uplink", "diagnostics", "union", "windows", "session",
];
const PACKAGE = {
  definition_id: D1, site: "northfield", build: "b1", format: "scorm-1.2", preset: "generic", packager: "1.0", limits: { suspend_data: 4096 },
  vocabulary: require("node:vm").runInNewContext("new Proxy({}, { get: (all, name) => `https://example.org/${String(name)}` })"),
};

/** An LMS, a device and a bridge that outlive the launches of one learner, and do what the test says. */
class Place {
  constructor() {
    this.suspendData = "";
    this.storage = new Map();
    this.ms = NOON;
    this.timers = [];
    this.statements = new Map();
    this.profiles = [];
    this.launches = [];
    this.known = null;
    this.reachable = true;
    this.answer = {};
    this.mode = "normal";
    this.takes = true;
    this.reports = [];
    this.beacons = [];
  }

  get runtime() {
    const place = this;
    return {
      open: async () => ({ connected: true, learner: { id: "n-1", name: "Okonkwo, Adaeze" }, mode: place.mode, credit: true, resumed: false }),
      load: () => place.suspendData,
      save: (text) => { if (place.takes) place.suspendData = text; return place.takes; },
      report: (report) => place.reports.push(report),
      close: () => { place.closed = true; },
      log: [{ call: "LMSGetValue", args: ["cmi.suspend_data"], answer: this.suspendData || "C1~secret", error: "0" }],
    };
  }

  get bridge() {
    const answered = (status, body) => (this.reachable ? { status, body } : { status: 0, body: null });
    return {
      launch: async (request) => { this.launches.push(request); return answered(200, this.launchAnswer()); },
      profile: async (token, values) => { if (this.reachable) this.profiles.push(JSON.parse(JSON.stringify(values))); return answered(204, null); },
      credit: async () => answered(200, { records: [] }),
      statements: async (launch, text) => {
        if (this.reachable) for (const statement of JSON.parse(text)) this.statements.set(statement.id, statement);
        return answered(200, []);
      },
      beacon: (text) => { this.beacons.push(JSON.parse(text)); return true; },
      diagnostics: async () => answered(204, null),
    };
  }

  launchAnswer() {
    return {
      token: "t", endpoint: "https://bridge/xapi", actor: { account: { homePage: "https://n.example", name: "p1" } }, registration: "r1",
      dates: null, now: new Date(this.ms).toISOString(), attempts_granted: 0, mode: "credit", profile: this.known,
      last_sequence: Math.max(0, ...Array.from(this.statements.values(), (one) => one.context.extensions["https://example.org/EXT_SEQUENCE"])),
      ...this.answer,
    };
  }

  /** The package opened again, on this device. */
  async open({ bridge = true, definition = aDefinition() } = {}) {
    const cme = loadInto({ crypto: globalThis.crypto, Intl, URL }, PARTS.map((name) => `player/${name}.js`));
    cme.definition = definition;
    const { storage } = this;
    const session = cme.session.make({
      runtime: this.runtime, definition, package: PACKAGE, bridge: bridge ? this.bridge : null,
      storage: { getItem: (key) => storage.get(key) ?? null, setItem: (key, value) => storage.set(key, value), removeItem: (key) => storage.delete(key) },
      clock: () => this.ms, later: (run, wait) => this.timers.push({ run, wait }), random: () => 0.5, agent: "node",
    });
    await session.open();
    return session;
  }

  onAnotherDevice() {
    this.storage = new Map();
    return this;
  }

  sequences() {
    return Array.from(this.statements.values(), (one) => one.context.extensions["https://example.org/EXT_SEQUENCE"]).sort((a, b) => a - b);
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const reads = (session) => { session.send("read", {}); session.send("disclosed", {}); };

test("it works", async () => {
  const place = new Place();
  reads(await place.open());
  await settled();
  assert.deepEqual(place.sequences(), [1, 2, 3]);
});

test("the launch key is the same at every launch", async () => {
  const place = new Place();
  reads(await place.open());
  await place.onAnotherDevice().open();
  assert.equal(place.launches[0].launch_key, place.launches[1].launch_key);
});

test("what was done without a bridge is sent at the next launch, from a device that knows only the LMS's saved state", async () => {
  const place = new Place();
  place.reachable = false;
  reads(await place.open());
  place.reachable = true;
  await place.onAnotherDevice().open();
  await settled();
  assert.deepEqual(place.sequences(), [1, 2, 3]);
});

test("a bridge that comes back while the learner works gets everything", async () => {
  const place = new Place();
  place.reachable = false;
  const session = await place.open();
  session.send("read", {});
  place.reachable = true;
  place.ms += 6000;
  session.send("disclosed", {});
  await settled();
  assert.deepEqual(place.sequences(), [1, 2, 3]);
});

test("launches are tried again with growing waits", async () => {
  const place = new Place();
  place.reachable = false;
  await place.open();
  for (let turn = 0; turn < 3; turn += 1) {
    place.timers[place.timers.length - 1].run();
    await settled();
  }
  assert.deepEqual(place.timers.map((timer) => timer.wait), [5000, 15000, 45000, 120000]);
});

test("a bridge restored from a backup gets all again", async () => {
  const place = new Place();
  reads(await place.open());
  await settled();
  place.statements.clear();
  await place.open();
  await settled();
  assert.deepEqual(place.sequences(), [1, 2, 3]);
});

test("what is stored is not sent again", async () => {
  const place = new Place();
  reads(await place.open());
  await settled();
  const before = place.statements;
  place.statements = new Map(before);
  place.statements.set = () => assert.fail("sent again");
  await place.open();
  await settled();
});

test("a review leaves nothing in the LMS and nothing at the bridge", async () => {
  const place = new Place();
  place.mode = "review";
  const session = await place.open();
  assert.equal(session.send("read", {}).refused, "no-evidence");
  await settled();
  assert.equal(place.suspendData, "");
  assert.equal(place.statements.size, 0);
  assert.equal(place.reports.length, 0);
});

test("a launch that the bridge takes for no evidence leaves nothing either", async () => {
  const place = new Place();
  place.answer = { mode: "no-evidence" };
  const session = await place.open();
  assert.equal(session.send("read", {}).refused, "no-evidence");
  assert.equal(place.suspendData, "");
});

test("a save that the LMS does not take is said", async () => {
  const place = new Place();
  const session = await place.open();
  place.takes = false;
  session.send("read", {});
  assert.equal(session.saved(), "notSaved");
  assert.ok(session.warnings().some((warning) => warning.key === "notSaved"));
});

test("the LMS is told that it is incomplete at the first launch", async () => {
  const place = new Place();
  await place.open();
  assert.equal(place.reports[0].status, "incomplete");
});

test("leaving sends what waits by beacon, and the end is told once", async () => {
  const place = new Place();
  const session = await place.open();
  await settled();
  place.reachable = false;
  session.send("read", {});
  await settled();
  session.close();
  session.close();
  assert.equal(place.beacons.length, 1);
  assert.deepEqual(place.beacons[0].statements.map((one) => one.context.extensions["https://example.org/EXT_SEQUENCE"]), [2]);
});

test("the clock of the bridge comes before the device's", async () => {
  const place = new Place();
  place.answer = { now: new Date(NOON + 3 * 24 * 3600 * 1000).toISOString() };
  const session = await place.open();
  assert.equal(session.facts().today, "2026-12-07");
});

test("dates in force come before the package's, and a change is told", async () => {
  const place = new Place();
  place.answer = { dates: { released: "2026-12-01", reviewed: "2026-12-02", terminates: "2026-12-03" } };
  const session = await place.open();
  assert.equal(session.view().terminated, true);
  assert.deepEqual(plain(session.warnings().map((warning) => warning.key)), ["terminated"]);
});

// --- identity -------------------------------------------------------------------------------------

test("a profession chosen is told to the bridge with the LMS's name, turned round", async () => {
  const place = new Place();
  const session = await place.open();
  await session.chooseProfession("nurse");
  assert.deepEqual(place.profiles, [{ name: "Adaeze Okonkwo", profession: "nurse", identifiers: {}, consents: {} }]);
});

test("a profession chosen without a bridge is kept on the device and told later", async () => {
  const place = new Place();
  place.reachable = false;
  await (await place.open()).chooseProfession("nurse");
  place.reachable = true;
  const session = await place.open();
  await settled();
  assert.equal(session.profile().profession, "nurse");
  assert.equal(place.profiles[0].profession, "nurse");
});

test("a profession chosen without a bridge comes before an older one that the bridge knows", async () => {
  const place = new Place();
  place.known = { name: "Adaeze Okonkwo", profession: "physician", identifiers: [], consents: {} };
  const session = await place.open();
  place.reachable = false;
  await session.chooseProfession("nurse");
  place.reachable = true;
  const again = await place.open();
  await settled();
  assert.equal(again.profile().profession, "nurse");
});

test("a profession that the bridge knows comes before one that this device remembers from an earlier launch", async () => {
  const place = new Place();
  await (await place.open()).chooseProfession("nurse");
  place.known = { name: "Adaeze Okonkwo", profession: "physician", identifiers: [], consents: {} };
  assert.equal((await place.open()).profile().profession, "physician");
});

test("details given without a bridge are sent as soon as there is one", async () => {
  const place = new Place();
  place.known = { name: "Adaeze Okonkwo", profession: "nurse", identifiers: [], consents: {} };
  const session = await place.open();
  place.reachable = false;
  await session.giveDetails({ name: "Dr Adaeze Okonkwo", identifiers: { npi: "1" }, consents: {} });
  assert.equal(session.detailsGiven(), false);
  place.reachable = true;
  place.ms += 6000;
  session.nudge();
  await settled();
  assert.equal(place.profiles[place.profiles.length - 1].name, "Dr Adaeze Okonkwo");
  assert.equal(session.detailsGiven(), true);
});

test("that details were given is known at the next launch, and what they are is not", async () => {
  const place = new Place();
  const session = await place.open();
  await session.giveDetails({ name: "Adaeze Zebulon", identifiers: { npi: "1234567890" }, consents: {} });
  const again = await place.onAnotherDevice().open();
  assert.equal(again.detailsGiven(), true);
  assert.equal(again.profile().name, "");
  assert.doesNotMatch(place.suspendData, /Zebulon|1234567890/);
});

test("of what the learner says of themselves, nothing but the profession is kept on the device", async () => {
  const place = new Place();
  const session = await place.open();
  await session.chooseProfession("nurse");
  await session.giveDetails({ name: "Adaeze Zebulon", identifiers: { npi: "1234567890" }, consents: { pars: true } });
  const kept = Array.from(place.storage).join();
  assert.match(kept, /"profession":"nurse"/);
  assert.doesNotMatch(kept, /Adaeze|Zebulon|1234567890|Okonkwo|pars|n-1/);
});

test("storage that throws is no obstacle", async () => {
  const place = new Place();
  place.storage = { get() { throw new Error("sandboxed"); }, set() { throw new Error("sandboxed"); }, delete() { throw new Error("sandboxed"); } };
  const session = await place.open();
  assert.ok(session.send("read", {}).event);
});

// --- diagnostics ----------------------------------------------------------------------------------

test("diagnostics hold neither a name nor the saved state nor the launch key", async () => {
  const place = new Place();
  reads(await place.open());
  const session = await place.open();
  const text = JSON.stringify(session.report());
  assert.doesNotMatch(text, /Okonkwo|Adaeze|C1~/);
  assert.equal(text.includes(place.launches[0].launch_key), false);
  assert.match(text, /cmi\.suspend_data/);
});
