"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { LrsPage, aStatement, quiet, ACTOR, REGISTRATION, SESSION } = require("./lrs_page.js");
const { aReport } = require("./lms_page.js");
const { plain } = require("./load.js");

const FORMATS = ["cmi5", "xapi"];
const PASSED = { status: "completed", success: "passed", score: 0.8 };
const report = async (page, facts) => { page.runtime.report(aReport(facts)); await quiet(); };
const say = async (page, ...numbers) => { page.runtime.tell(numbers.map((n) => page.runtime.dress(aStatement(n)))); await quiet(); };

for (const format of FORMATS) {
  const both = (sentence, work) => test(`${format}: ${sentence}`, work);

  both("it works: opens, saves, tells, and closes", async () => {
    const page = await new LrsPage(format).begun();
    assert.equal(page.opening.connected, true);
    assert.equal(await page.runtime.save("C1~abc", "disclosure"), true);
    await say(page, 1, 2);
    await report(page, PASSED);
    page.runtime.close({ done: true });
    await quiet();
    assert.deepEqual(page.verbs(), { cmi5: ["initialized", "answered", "answered", "completed", "passed", "terminated"], xapi: ["answered", "answered", "completed", "passed"] }[format]);
    assert.equal(page.saved().text, "C1~abc");
  });

  both("the learner, actor and registration are the LMS's, word for word", async () => {
    const page = await new LrsPage(format).begun();
    assert.equal(page.opening.learner.id, "n-1");
    assert.equal(page.opening.registration, REGISTRATION);
    assert.deepEqual(plain(page.opening.actor.account), ACTOR.account);
  });

  both("gives back what was saved", async () => {
    const page = await new LrsPage(format).begun();
    await page.runtime.save("C1~abc", "");
    page.session += 1;
    await page.begun(5);
    assert.deepEqual([page.opening.resumed, page.runtime.load()], [true, "C1~abc"]);
  });

  both("a saved state that cannot be read now is not replaced by a new one", async () => {
    const page = await new LrsPage(format).begun();
    await page.runtime.save("C1~abc", "");
    page.session += 1;
    page.answers["GET activities/state"] = format === "cmi5" ? undefined : 500;
    if (format === "cmi5") page.documents.set("cme-bridge", "not JSON");
    await page.opened();
    assert.equal(page.opening.connected, false);
    assert.equal(page.runtime.save("C1~xyz", ""), false);
  });

  both("a save that does not arrive says so, and the next one brings it", async () => {
    const page = await new LrsPage(format).begun();
    page.answers["PUT activities/state"] = 0;
    assert.equal(await page.runtime.save("C1~a", ""), false);
    page.answers = {};
    assert.equal(await page.runtime.save("C1~ab", ""), true);
    assert.equal(page.saved().text, "C1~ab");
  });

  both("what another launch has saved meanwhile is not overwritten", async () => {
    const page = await new LrsPage(format).begun();
    await page.runtime.save("C1~a", "");
    page.session += 1;
    await page.begun(2);
    page.documents.set("cme-bridge", JSON.stringify({ ...page.saved(), text: "C1~other" }));
    assert.equal(await page.runtime.save("C1~b", ""), false);
    assert.equal(await page.runtime.save("C1~c", ""), false);
    assert.equal(page.saved().text, "C1~other");
  });

  both("a text longer than the bound is not saved", async () => {
    const page = await new LrsPage(format).begun();
    assert.equal(page.runtime.save("x".repeat(64001), ""), false);
  });

  both("statements wait for the LRS, and arrive in their order", async () => {
    const page = await new LrsPage(format).begun();
    page.answers["POST statements"] = 503;
    await say(page, 1);
    page.answers = {};
    await say(page, 2);
    await page.later();
    assert.deepEqual(page.statements.filter((one) => one.verb.id.endsWith("answered")).map((one) => one.object.id.slice(-2)), ["q1", "q2"]);
  });

  both("one refused statement does not keep the others back", async () => {
    const page = await new LrsPage(format).begun();
    page.answers["POST statements"] = 403;
    await say(page, 1);
    page.answers = {};
    await say(page, 2);
    assert.ok(page.statements.some((one) => one.object.id.endsWith("q2")));
  });

  both("completed and passed are told once, also in later launches", async () => {
    const page = await new LrsPage(format).begun();
    await report(page, PASSED);
    await report(page, PASSED);
    page.session += 1;
    await page.begun(9);
    await report(page, PASSED);
    assert.equal(page.verbs().filter((verb) => verb === "passed" || verb === "completed").length, 2);
  });

  both("what did not arrive is told in the next launch", async () => {
    const page = await new LrsPage(format).begun();
    page.answers["POST statements"] = 0;
    await page.runtime.save("C1~a", "");
    await report(page, PASSED);
    page.answers = {};
    page.session += 1;
    await page.begun(9);
    await report(page, PASSED);
    assert.deepEqual(page.verbs().filter((verb) => verb !== "initialized"), ["completed", "passed"]);
  });

  both("failed is told once the learner is through all the same, not before", async () => {
    const page = await new LrsPage(format).begun();
    await report(page, { status: "incomplete", success: "failed", score: 0.2 });
    assert.equal(page.verbs().includes("failed"), false);
    await report(page, { status: "completed", success: "failed", score: 0.2 });
    assert.deepEqual(page.verbs().filter((verb) => verb !== "initialized").sort(), ["completed", "failed"]);
  });

  both("an LRS of xAPI 2.0 alone is spoken to as it wants", async () => {
    const page = new LrsPage(format);
    const lrs = page.fetch.bind(page);
    page.fetch = (url, options) => {
      if (url.host === "lrs.example" && options.headers["X-Experience-API-Version"] !== "2.0.0") page.answers[`${options.method || "GET"} ${url.pathname.slice(6)}`] = 400;
      else page.answers = {};
      return lrs(url, options);
    };
    await page.begun();
    assert.equal(page.opening.connected, true);
    assert.equal(await page.runtime.save("C1~a", ""), true);
  });

  both("without a launch nothing is told, and it says so", async () => {
    const page = await new LrsPage(format, { query: { endpoint: null } }).opened();
    assert.equal(page.opening.connected, false);
    assert.equal(page.opening.notice, format === "xapi" ? "untracked" : undefined);
    assert.deepEqual([page.runtime.load(), page.runtime.save("x", ""), page.runtime.report(aReport()), page.requests.length], ["", false, false, 0]);
  });

  both("an address that is not of the web is not called", async () => {
    for (const endpoint of ["javascript:alert(1)", "file:///etc", "//lrs.example"]) {
      assert.equal((await new LrsPage(format, { query: { endpoint } }).opened()).requests.length, 0);
    }
  });

  both("the log says what was asked, and not who the learner is", async () => {
    const page = await new LrsPage(format).begun();
    await page.runtime.save("C1~abc", "");
    assert.ok(page.runtime.log.some((entry) => entry.call === "PUT" && entry.answer === "204"));
    assert.equal(JSON.stringify(page.runtime.log.map(({ call, answer, error }) => [call, answer, error])).includes("n-1"), false);
  });
}

test("cmi5: launch data, preferences, saved state, and only then a statement", async () => {
  const page = await new LrsPage("cmi5").begun();
  assert.deepEqual(page.requests.map(({ method, path, query }) => `${method} ${path} ${query.stateId || query.profileId || ""}`.trim()), [
    "POST /fetch/1", "GET activities/state LMS.LaunchData", "GET agents/profile cmi5LearnerPreferences", "GET activities/state cme-bridge", "POST statements",
  ]);
  assert.equal(page.requests[1].headers.Authorization, "Basic token-1");
});

test("cmi5: a page that is loaded again goes on with its token and its session", async () => {
  const page = await new LrsPage("cmi5").begun();
  await page.runtime.save("C1~abc", "");
  page.runtime.close({ done: false, unloading: true });
  await page.begun(3);
  await say(page, 3);
  assert.equal(page.fetched, 1);
  assert.equal(page.opening.connected, true);
  assert.deepEqual(page.verbs(), ["initialized", "answered"]);
});

test("cmi5: a launch that was ended, or whose token is gone, says so and tells nothing", async () => {
  const ended = await new LrsPage("cmi5").begun();
  ended.runtime.close({ done: false });
  await quiet();
  await ended.opened();
  assert.deepEqual([ended.opening.connected, ended.opening.notice], [false, "launchUsed"]);
  const copied = new LrsPage("cmi5");
  copied.fetched = 1;
  assert.equal((await copied.opened()).opening.notice, "launchUsed");
});

test("cmi5: a statement holds the whole context template, ours after it", async () => {
  const page = await new LrsPage("cmi5", { data: { contextTemplate: { contextActivities: { grouping: [{ id: "https://lms.example/c" }], parent: { id: "https://lms.example/p" } }, extensions: { [SESSION]: "session-1" }, platform: "LMS" } } }).begun();
  const { context } = page.runtime.dress(aStatement(1));
  assert.deepEqual(plain(context.contextActivities), {
    grouping: [{ id: "https://lms.example/c" }, { id: "https://cme.example/a" }], parent: [{ id: "https://lms.example/p" }], category: [{ id: "https://example.org/profile" }],
  });
  assert.deepEqual([context.platform, context.extensions[SESSION], context.registration], ["LMS", "session-1", REGISTRATION]);
});

test("cmi5: a statement is told again as it was told in its own session, on any device", async () => {
  const page = await new LrsPage("cmi5").begun();
  const first = plain(page.runtime.dress(aStatement(1)));
  await page.runtime.save("C1~a", "");
  for (const next of [4, 4, 7]) {
    page.session += 1;
    page.storage = new Map();
    await page.begun(next);
    await page.runtime.save("C1~a", "");
  }
  assert.deepEqual(plain(page.runtime.dress(aStatement(1))), first);
  assert.equal(page.runtime.dress(aStatement(5)).context.extensions[SESSION], "session-3");
  assert.equal(page.runtime.dress(aStatement(7)).context.extensions[SESSION], "session-4");
  assert.equal(page.saved().contexts.length, 1);
});

test("cmi5: what is left of an earlier session is not told to the LMS", async () => {
  const page = await new LrsPage("cmi5").begun();
  await page.runtime.save("C1~a", "");
  page.session += 1;
  await page.begun(3);
  await say(page, 1, 2, 3);
  assert.deepEqual(page.statements.slice(2).map((one) => one.object.id.slice(-2)), ["q3"]);
});

test("cmi5: a launch for browsing or review is told of as there and gone", async () => {
  for (const launchMode of ["Browse", "Review"]) {
    const page = await new LrsPage("cmi5", { data: { launchMode } }).begun();
    await report(page, PASSED);
    page.runtime.close({ done: true });
    await quiet();
    assert.equal(page.opening.mode, launchMode.toLowerCase());
    assert.deepEqual(page.verbs(), ["initialized", "terminated"]);
  }
});

test("cmi5: passed and failed go by the mastery score of the launch", async () => {
  for (const [masteryScore, success, score, told] of [[0.9, "passed", 0.8, "failed"], [0.5, "failed", 0.6, "passed"], [0.8, "passed", 0.8, "passed"], [undefined, "passed", 0.1, "passed"]]) {
    const page = await new LrsPage("cmi5", { data: { masteryScore } }).begun();
    await report(page, { status: "completed", success, score });
    assert.equal(page.verbs().pop(), told);
    assert.equal(page.statements.at(-1).context.extensions["https://w3id.org/xapi/cmi5/context/extensions/masteryscore"], masteryScore);
  }
});

test("cmi5: times never go back from the first statement to the last", async () => {
  const page = await new LrsPage("cmi5").begun();
  await say(page, 1, 2, 3);
  page.ms -= 60000;
  await report(page, PASSED);
  page.runtime.close({ done: true });
  await quiet();
  const times = page.statements.map((one) => one.timestamp);
  assert.deepEqual(times, times.slice().sort());
  assert.ok(times.every((time) => time.endsWith("Z")));
});

test("cmi5: goes back to the LMS once all was taken, and only to an address of the web", async () => {
  const page = await new LrsPage("cmi5").begun();
  page.runtime.close({ done: true });
  assert.deepEqual(page.assigned, []);
  await quiet();
  assert.deepEqual([page.verbs().pop(), page.assigned], ["terminated", ["https://lms.example/back"]]);
  const hostile = await new LrsPage("cmi5", { data: { returnURL: "javascript:alert(1)" } }).begun();
  hostile.runtime.close({ done: true });
  await quiet();
  assert.deepEqual(hostile.assigned, []);
});

test("cmi5: audio that the learner does not want is silent at first, and stays as they then set it", async () => {
  const page = await new LrsPage("cmi5", { preferences: { languagePreference: "fr,en", audioPreference: "off" } }).opened();
  const film = { muted: false };
  page.listener({ target: film });
  assert.equal(film.muted, true);
  film.muted = false;
  page.listener({ target: film });
  assert.equal(film.muted, false);
  assert.equal(page.opening.preferences.languagePreference, "fr,en");
});

test("cmi5: a key to the content is nothing to us", async () => {
  assert.equal((await new LrsPage("cmi5", { data: { entitlementKey: { courseStructure: "x" } } }).opened()).opening.connected, true);
});

test("xapi: a launch without a registration is given one, the same at every launch", async () => {
  const page = await new LrsPage("xapi", { query: { registration: null } }).begun();
  await page.runtime.save("C1~a", "");
  const { registration } = page.opening;
  assert.match(registration, /^[0-9a-f-]{36}$/);
  assert.equal("registration" in page.requests[0].query, false);
  assert.equal((await page.opened()).opening.registration, registration);
});

test("xapi: platform and grouping of the launch stand in every statement", async () => {
  const page = await new LrsPage("xapi", { query: { grouping: "https://lms.example/c", activity_platform: "LMS" } }).begun();
  const { context } = page.runtime.dress(aStatement(1));
  assert.deepEqual([context.platform, context.contextActivities.grouping[0].id], ["LMS", "https://lms.example/c"]);
});

test("xapi: what the LRS has is not told to it again at the next launch", async () => {
  const page = await new LrsPage("xapi").begun();
  await say(page, 1, 2);
  await page.runtime.save("C1~a", "");
  await page.begun(3);
  const before = page.requests.length;
  await say(page, 1, 2);
  assert.deepEqual(page.requests.slice(before).filter(({ path }) => path === "statements"), []);
});

test("web: a copy for review opens everything and keeps nothing", async () => {
  const { loadInto } = require("./load.js");
  const { runtime } = loadInto({}, ["formats/web/runtime.js"]);
  assert.deepEqual(plain(await runtime.open()), { connected: false, learner: { id: "", name: "" }, mode: "review", credit: false, resumed: false, notice: "copy" });
  assert.deepEqual([runtime.load(), runtime.save("x", ""), runtime.report({}), runtime.close({})], ["", false, false, true]);
});
