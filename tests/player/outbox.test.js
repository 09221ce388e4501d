"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { player, plain } = require("./load.js");

const cme = player();

/** A bridge and a clock that do what the test says. `answer(ids)` gives a status, an answer, or throws. */
class World {
  constructor(answer, relaunch) {
    this.requests = [];
    this.timers = [];
    this.ms = 0;
    this.relaunches = 0;
    this.outbox = cme.outbox.make({
      send: async (text) => {
        const ids = JSON.parse(text).map((statement) => statement.id);
        this.requests.push(ids);
        const given = answer(ids, this.requests.length, text);
        return typeof given === "number" ? { status: given } : given;
      },
      later: (run, wait) => this.timers.push({ run, due: this.ms + wait, wait }),
      now: () => this.ms,
      random: () => 0.5,
      relaunch: relaunch && (async () => { this.relaunches += 1; return relaunch(this.relaunches); }),
    });
  }

  /** Lets time pass until the next timer has run and what it started has ended. */
  async next() {
    const timer = this.timers.shift();
    this.ms = timer.due;
    timer.run();
    await this.outbox.flush();
  }

  get status() {
    return plain(this.outbox.status());
  }
}

const statements = (count, from = 1) => Array.from({ length: count }, (_, at) => ({ id: `s${from + at}`, text: "…" }));
const offline = () => { throw new TypeError("Failed to fetch"); };

test("it works: what is offered is sent and stored", async () => {
  const world = new World(() => 200);
  await world.outbox.offer(statements(3));
  assert.deepEqual(world.status, { waiting: 0, stored: 3, parked: [], connected: true, next: null });
  assert.equal(world.outbox.isStored("s2"), true);
});

test("204, the answer for a statement stored before, is stored too", async () => {
  const world = new World(() => 204);
  await world.outbox.offer(statements(1));
  assert.equal(world.status.stored, 1);
});

test("sends one batch at a time, of fifty at most, in order", async () => {
  const world = new World(() => 200);
  await world.outbox.offer(statements(120));
  assert.deepEqual(world.requests.map((ids) => ids.length), [50, 50, 20]);
  assert.deepEqual(world.requests.flat(), statements(120).map((each) => each.id));
});

test("keeps a batch under 48 KiB, counted in bytes, and sends a longer statement alone", async () => {
  const sizes = [];
  const world = new World((ids, at, text) => { sizes.push(Buffer.byteLength(text)); return 200; });
  const long = Array.from({ length: 4 }, (_, at) => ({ id: `l${at}`, text: "長".repeat(7000) }));
  await world.outbox.offer([...long, { id: "huge", text: "x".repeat(60000) }]);
  assert.deepEqual(world.requests, [["l0", "l1"], ["l2", "l3"], ["huge"]]);
  assert.ok(sizes.slice(0, 2).every((size) => size <= 48 * 1024));
});

test("a statement offered twice is sent once", async () => {
  const world = new World(() => 200);
  await world.outbox.offer(statements(2));
  await world.outbox.offer(statements(2));
  assert.deepEqual(world.requests, [["s1", "s2"]]);
});

test("what is offered while a batch is on its way follows it", async () => {
  const world = new World(() => 200);
  const first = world.outbox.offer(statements(1));
  await Promise.all([first, world.outbox.offer(statements(1, 2))]);
  await world.outbox.flush();
  assert.deepEqual(world.requests, [["s1"], ["s2"]]);
});

test("without a network nothing is lost, and waits double up to five minutes", async () => {
  const world = new World(offline);
  await world.outbox.offer(statements(2));
  for (let round = 0; round < 10; round += 1) await world.next();
  assert.equal(world.status.waiting, 2);
  assert.equal(world.status.connected, false);
  assert.ok(world.requests.every((ids) => ids.length === 2));
});

test("waits grow from two seconds, with jitter, and end at five minutes", async () => {
  const waits = [];
  const box = cme.outbox.make({ send: async () => ({ status: 503 }), later: (run, wait) => waits.push({ run, wait }), now: () => 0, random: () => 1 });
  await box.offer(statements(1));
  for (let round = 0; round < 9; round += 1) {
    waits[waits.length - 1].run();
    await box.flush().then(() => {});
    await new Promise(setImmediate);
  }
  const seconds = waits.map((each) => each.wait / 1000);
  assert.deepEqual(seconds.slice(0, 4), [2, 4, 8, 16]);
  assert.equal(Math.max(...seconds), 300);
});

test("comes back when the network does", async () => {
  const world = new World((ids, at) => (at < 3 ? offline() : 200));
  await world.outbox.offer(statements(2));
  await world.next();
  await world.next();
  assert.deepEqual([world.status.stored, world.status.waiting, world.status.connected], [2, 0, true]);
});

test("429 and 503 wait for as long as the bridge asks", async () => {
  const world = new World((ids, at) => (at === 1 ? { status: 429, retryAfter: 120 } : 200));
  await world.outbox.offer(statements(1));
  assert.equal(world.timers[0].wait, 120_000);
  await world.next();
  assert.equal(world.status.stored, 1);
});

test("of a refused batch each is sent alone, and only the bad one is parked, with its reason", async () => {
  const world = new World((ids) => (ids.includes("s2") ? { status: 400, problems: [{ code: "bad", message: "No such verb." }] } : 200));
  await world.outbox.offer(statements(4));
  assert.deepEqual(world.requests, [["s1", "s2", "s3", "s4"], ["s1"], ["s2"], ["s3"], ["s4"]]);
  assert.deepEqual(world.status.parked, [{ id: "s2", code: 400, reason: "No such verb." }]);
  assert.equal(world.status.stored, 3);
});

test("other content under the same id is parked", async () => {
  const world = new World(() => 409);
  await world.outbox.offer(statements(1));
  assert.deepEqual(world.status.parked, [{ id: "s1", code: 409, reason: "refused with status 409" }]);
});

test("after a refused batch, later statements go in batches again", async () => {
  const world = new World((ids) => (ids.includes("s1") ? 400 : 200));
  await world.outbox.offer(statements(2));
  await world.outbox.offer(statements(3, 3));
  assert.deepEqual(world.requests.at(-1), ["s3", "s4", "s5"]);
});

test("a token no longer taken asks for a new launch, and goes on", async () => {
  const world = new World((ids, at) => (at === 1 ? 401 : 200), () => true);
  await world.outbox.offer(statements(2));
  assert.equal(world.relaunches, 1);
  assert.equal(world.status.stored, 2);
});

test("when a new launch does not help, it waits instead of asking for ever", async () => {
  const world = new World(() => 403, () => true);
  await world.outbox.offer(statements(1));
  assert.equal(world.relaunches, 1);
  assert.equal(world.timers.length, 1);
  assert.equal(world.status.waiting, 1);
});

test("a new launch that fails leaves everything waiting", async () => {
  const world = new World(() => 401, () => Promise.reject(new Error("offline")));
  await world.outbox.offer(statements(1));
  assert.deepEqual([world.status.waiting, world.timers.length], [1, 1]);
});

test("a page not found or a server's fault is no fault of the statement", async () => {
  for (const status of [404, 405, 500, 502, 0]) {
    const world = new World(() => status);
    await world.outbox.offer(statements(1));
    assert.deepEqual([world.status.waiting, world.status.parked.length], [1, 0], String(status));
  }
});

test("the same text is sent again, unchanged", async () => {
  const texts = [];
  const world = new World((ids, at, text) => { texts.push(text); return at < 3 ? 503 : 200; });
  await world.outbox.offer(statements(1));
  await world.next();
  await world.next();
  assert.equal(new Set(texts).size, 1);
});

test("the last-moment text holds the token and what is waiting, within what a beacon carries", async () => {
  const world = new World(offline);
  await world.outbox.offer(Array.from({ length: 40 }, (_, at) => ({ id: `s${at}`, text: "ä".repeat(2000) })));
  const text = world.outbox.beacon("the-token");
  const body = JSON.parse(text);
  assert.equal(body.token, "the-token");
  assert.equal(body.statements[0].id, "s0");
  assert.ok(Buffer.byteLength(text) <= 60 * 1024);
  assert.equal(world.status.waiting, 40);
});

test("with nothing waiting there is nothing for the last moment", () => {
  assert.equal(new World(() => 200).outbox.beacon("the-token"), "");
});
