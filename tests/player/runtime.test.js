"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { LmsPage, anAnswer, aReport } = require("./lms_page.js");
const { plain } = require("./load.js");

const EDITIONS = ["1.2", "2004"];
const NAMES = { 1.2: { api: "API", status: "cmi.core.lesson_status", location: "cmi.core.lesson_location", exit: "cmi.core.exit" },
  2004: { api: "API_1484_11", status: "cmi.completion_status", location: "cmi.location", exit: "cmi.exit" } };
const EVERY_KIND = [
  ["choice", "b"], ["multiple", "a[,]c"], ["true-false", "true"], ["matching", "s1[.]t2[,]s2[.]t1"], ["ordering", "b[,]a[,]c"], ["numeric", "4.5"],
  ["rating", "4"], ["text", "Hello wörld, <b>&\""],
];

for (const edition of EDITIONS) {
  const names = NAMES[edition];
  const both = (sentence, work) => test(`${edition}: ${sentence}`, work);

  both("it works: opens, saves, reports and closes without one refused call", async () => {
    const page = await new LmsPage(edition).opened();
    assert.deepEqual(plain(page.opening), {
      connected: true, learner: { id: "l-1", name: "Rivera, Alex" }, mode: "normal", credit: true, resumed: false,
      status: edition === "1.2" ? "not attempted" : "unknown",
    });
    assert.equal(page.runtime.load(), "");
    assert.equal(page.runtime.save("C1~abc", "disclosure"), true);
    assert.equal(page.runtime.report(aReport({ score: 0.8, interactions: EVERY_KIND.map(([kind, response], at) => anAnswer({ id: `q${at}`, kind, response })) })), true);
    assert.equal(page.runtime.close({ done: false }), true);
    assert.deepEqual(page.refused, []);
  });

  both("sets incomplete at the first launch, and commits it at once", async () => {
    const page = await new LmsPage(edition).opened();
    assert.equal(page.stored[names.status], "incomplete");
  });

  both("gives back at the next launch what was saved", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.save("C1~abc", "disclosure");
    page.runtime.close({ done: false });
    await page.opened();
    assert.equal(page.opening.resumed, true);
    assert.equal(page.runtime.load(), "C1~abc");
  });

  both("gives back what was saved when the window was closed without an end", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.save("C1~abc", "disclosure");
    await page.opened();
    assert.equal(page.runtime.load(), "C1~abc");
  });

  both("keeps saved state for a later visit, also when all is done", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.save("C1~abc", "certificate");
    page.runtime.report(aReport({ status: "completed", success: "passed" }));
    page.runtime.close({ done: true });
    assert.equal(page.stored[names.exit], "suspend");
    await page.opened();
    assert.equal(page.runtime.load(), "C1~abc");
  });

  both("finds the API in its own window, in parents, in the opener and its parents, and in the top window's opener", async () => {
    const places = [
      (window, name, api) => { window[name] = api; },
      (window, name, api) => { window.parent = { parent: { [name]: api } }; },
      (window, name, api) => { window.opener = { parent: { [name]: api } }; },
      (window, name, api) => { window.top = { opener: { [name]: api } }; },
    ];
    for (const place of places) assert.equal((await new LmsPage(edition, { place }).opened()).opening.connected, true, String(place));
  });

  both("passes a window of another origin, which throws at every touch", async () => {
    const stranger = new Proxy({}, { get() { throw new Error("Blocked a frame"); } });
    const place = (window, name, api) => Object.assign(window, { parent: stranger, opener: { [name]: api } });
    assert.equal((await new LmsPage(edition, { place }).opened()).opening.connected, true);
  });

  both("passes an API that the package itself made for wrapped content", async () => {
    const place = (window, name, api) => Object.assign(window, { [name]: { ...api, madeByCme: true }, parent: { [name]: api } });
    assert.equal((await new LmsPage(edition, { place }).opened()).runtime.save("x", ""), true);
  });

  both("does not climb for ever", async () => {
    const place = (window) => { const a = {}; const b = { parent: a }; a.parent = b; window.parent = a; };
    assert.equal((await new LmsPage(edition, { place }).opened()).opening.connected, false);
  });

  both("waits for an API that comes late", async () => {
    const place = (window, name, api) => { let asked = 0; Object.defineProperty(window, name, { get: () => ((asked += 1) > 20 ? api : undefined) }); };
    assert.equal((await new LmsPage(edition, { place }).opened()).opening.connected, true);
  });

  both("without an LMS it says so after five seconds, and every call is answered with no", async () => {
    const page = new LmsPage(edition, { place: () => {} });
    const began = page.clock.ms;
    await page.opened();
    assert.equal(page.opening.connected, false);
    assert.equal(page.clock.ms - began, 5000);
    assert.deepEqual([page.runtime.save("x", ""), page.runtime.report(aReport()), page.runtime.close({ done: true })], [false, false, false]);
  });

  both("an LMS that opened the session itself is connected all the same", async () => {
    const page = new LmsPage(edition);
    const place = page.place;
    page.place = (window, name, api) => { api[edition === "1.2" ? "LMSInitialize" : "Initialize"](""); place(window, name, api); };
    assert.equal((await page.opened()).opening.connected, true);
  });

  both("tells only strings", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.report(aReport({ score: 0.5, interactions: [anAnswer()] }));
    assert.ok(page.runtime.log.every((entry) => entry.args.every((arg) => typeof arg === "string")));
    assert.deepEqual(page.refused, []);
  });

  both("never lowers a status or a score", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.report(aReport({ status: "completed", success: "passed", score: 0.9, progress: 1 }));
    page.runtime.report(aReport({ status: "incomplete", success: "failed", score: 0.2, progress: 0.1 }));
    const best = { 1.2: { "cmi.core.lesson_status": "passed", "cmi.core.score.raw": "90" },
      2004: { "cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.scaled": "0.9", "cmi.progress_measure": "1" } }[edition];
    for (const [element, value] of Object.entries(best)) assert.equal(page.stored[element], value, element);
  });

  both("a launch after completion lowers nothing", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.save("C1~abc", "certificate");
    page.runtime.report(aReport({ status: "completed", success: "passed", score: 1 }));
    page.runtime.close({ done: true });
    await page.opened();
    page.runtime.close({ done: false });
    assert.match(page.stored[names.status], /^(passed|completed)$/);
  });

  both("does not set incomplete at a resume when the LMS reads no status back", async () => {
    const page = await new LmsPage(edition, { quirks: ["silent"] }).opened();
    page.runtime.save("C1~abc", "certificate");
    page.runtime.report(aReport({ status: "completed", success: "passed", score: 1 }));
    await page.opened();
    assert.match(page.stored[names.status], /^(passed|completed)$/);
  });

  both("no score is told before the post-activity assessment", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.report(aReport({ score: null, interactions: [anAnswer({ id: "pre_q1" })] }));
    assert.deepEqual(Object.keys(page.stored).filter((key) => /score/.test(key)), []);
  });

  both("failed attempts leave the status incomplete; used up, the learner is told of as failed once through, or as the preset says", async () => {
    const status = { 1.2: "cmi.core.lesson_status", 2004: "cmi.success_status" }[edition];
    const told = async (settings, status2) => {
      const page = await new LmsPage(edition, { settings }).opened();
      page.runtime.report(aReport({ status: status2, success: "failed", score: 0.2 }));
      return page.stored[status];
    };
    assert.notEqual(await told({}, "incomplete"), "failed");
    assert.equal(await told({}, "completed"), "failed");
    assert.notEqual(await told({ failed_status: "incomplete" }, "completed"), "failed");
  });

  both("a pass is told as completed where the preset says so, once completion was reached, and nothing lower after it", async () => {
    const page = await new LmsPage(edition, { settings: { passed_status: "completed" } }).opened();
    const field = { 1.2: "cmi.core.lesson_status", 2004: "cmi.completion_status" }[edition];
    page.runtime.report(aReport({ status: "incomplete", success: "passed", score: 0.9 }));
    assert.equal(page.stored[field], "incomplete");
    page.runtime.report(aReport({ status: "completed", success: "passed", score: 0.9 }));
    assert.equal(page.stored[field], "completed");
    page.runtime.report(aReport({ status: "incomplete", success: null, score: 0.1 }));
    assert.equal(page.stored[field], "completed");
  });

  both("numbers interactions itself, from where an earlier session ended, also where the LMS gives no count", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.save("x", "");
    page.runtime.report(aReport({ interactions: [anAnswer({ id: "pre_q1" }), anAnswer({ id: "pre_q2" })] }));
    page.runtime.close({ done: false });
    await page.opened();
    page.runtime.report(aReport({ interactions: [anAnswer()] }));
    assert.equal(page.stored["cmi.interactions.2.id"], "post_a1_q1");
    const countless = await new LmsPage(edition, { quirks: ["no-count"] }).opened();
    countless.runtime.report(aReport({ interactions: [anAnswer()] }));
    assert.equal(countless.stored["cmi.interactions.0.id"], "post_a1_q1");
  });

  both("an interaction is told once in a session", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.report(aReport({ interactions: [anAnswer()] }));
    page.runtime.report(aReport({ interactions: [anAnswer()] }));
    assert.equal(page.stored["cmi.interactions.1.id"], undefined);
  });

  both("identifiers hold letters, digits and underscores only", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.report(aReport({ interactions: [anAnswer({ id: "post_a1_choose-agent ä" })] }));
    assert.equal(page.stored["cmi.interactions.0.id"], "post_a1_choose_agent__");
  });

  both("responses are not written where the preset says so", async () => {
    const page = await new LmsPage(edition, { settings: { report_interactions: false } }).opened();
    page.runtime.report(aReport({ interactions: [anAnswer()] }));
    assert.equal(page.stored["cmi.interactions.0.id"], undefined);
  });

  both("saved state that still reads as it was before is not saved yet, and says nothing of how much there is room for", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.save("C1~abc", "disclosure");
    const [api, get] = [page.window.parent[names.api], edition === "1.2" ? "LMSGetValue" : "GetValue"];
    const asked = api[get];
    api[get] = (element) => (element === "cmi.suspend_data" ? "C1~abc" : asked(element));
    const { room } = page.runtime;
    assert.deepEqual([page.runtime.save("C1~abcdef", "disclosure"), page.runtime.room], [false, room]);
  });

  both("a place longer than the LMS keeps is cut, a saved state longer than that is not sent", async () => {
    const page = await new LmsPage(edition).opened();
    assert.equal(page.runtime.save("x", "p".repeat(5000)), true);
    assert.equal(page.stored[names.location].length, edition === "1.2" ? 255 : 1000);
    assert.equal(page.runtime.save("y".repeat(edition === "1.2" ? 4097 : 64001), ""), false);
    assert.equal(page.stored["cmi.suspend_data"], "x");
  });

  for (const why of [{ mode: "review" }, { mode: "browse" }, { credit: "no-credit" }]) {
    both(`writes nothing in a launch with ${JSON.stringify(why)}`, async () => {
      const page = await new LmsPage(edition, why).opened();
      assert.equal(page.opening.connected, true);
      assert.deepEqual([page.runtime.save("x", ""), page.runtime.report(aReport())], [false, false]);
      page.runtime.close({ done: true });
      assert.deepEqual(page.calls.filter((call) => /SetValue/.test(call.call)), []);
    });
  }

  both("an API that throws is survived, and the log says so", async () => {
    const page = await new LmsPage(edition, { quirks: ["throws"] }).opened();
    assert.equal(page.runtime.save("x", ""), false);
    assert.ok(page.runtime.log.some((entry) => /session has expired/.test(entry.error)));
    page.runtime.close({ done: false });
  });

  both("an API in which everything throws is survived", async () => {
    const broken = new Proxy({}, { get: (_, name) => (name === "madeByCme" ? undefined : () => { throw new Error("gone"); }) });
    const page = await new LmsPage(edition, { place: (window, name) => { window[name] = broken; } }).opened();
    assert.equal(page.opening.connected, false);
  });

  both("true instead of “true” is understood", async () => {
    assert.equal((await new LmsPage(edition, { quirks: ["booleans"] }).opened()).runtime.save("x", ""), true);
  });

  both("closing twice ends the session once", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.close({ done: false });
    page.runtime.close({ done: false });
    assert.equal(page.calls.filter((call) => /Finish|Terminate/.test(call.call)).length, 1);
    assert.equal(page.runtime.save("x", ""), false);
  });

  both("the log does not say who the learner is, and keeps long values short", async () => {
    const page = await new LmsPage(edition).opened();
    page.runtime.save("z".repeat(4000), "");
    const text = JSON.stringify(page.runtime.log);
    assert.equal(text.includes("Rivera") || text.includes("l-1"), false);
    assert.equal(text.includes("z".repeat(200)), false);
  });
}

test("1.2: writes responses as SCORM 1.2 writes them", async () => {
  const page = await new LmsPage("1.2").opened();
  page.runtime.report(aReport({ interactions: EVERY_KIND.map(([kind, response], at) => anAnswer({ id: `q${at}`, kind, response })) }));
  const written = EVERY_KIND.map((_, at) => page.stored[`cmi.interactions.${at}.type`] + " " + page.stored[`cmi.interactions.${at}.student_response`]);
  assert.deepEqual(written, [
    "choice b", "choice a,c", "true-false t", "matching s1.t2,s2.t1", "sequencing b,a,c", "numeric 4.5", "likert 4", "fill-in Hello wörld, <b>&\"",
  ]);
});

test("2004: writes responses as SCORM 2004 writes them", async () => {
  const page = await new LmsPage("2004").opened();
  page.runtime.report(aReport({ interactions: EVERY_KIND.map(([kind, response], at) => anAnswer({ id: `q${at}`, kind, response })) }));
  const written = EVERY_KIND.map((_, at) => page.stored[`cmi.interactions.${at}.type`] + " " + page.stored[`cmi.interactions.${at}.learner_response`]);
  assert.deepEqual(written, [
    "choice b", "choice a[,]c", "true-false true", "matching s1[.]t2[,]s2[.]t1", "sequencing b[,]a[,]c", "numeric 4.5", "likert 4",
    "long-fill-in Hello wörld, <b>&\"",
  ]);
});

test("1.2: a wrong response is “wrong”, and 2004: “incorrect”", async () => {
  for (const [edition, word] of [["1.2", "wrong"], ["2004", "incorrect"]]) {
    const page = await new LmsPage(edition).opened();
    page.runtime.report(aReport({ interactions: [anAnswer({ correct: false, latency: 65 }), anAnswer({ id: "x2", correct: null })] }));
    assert.equal(page.stored["cmi.interactions.0.result"], word);
    assert.equal(page.stored["cmi.interactions.0.latency"], edition === "1.2" ? "0000:01:05.00" : "PT1M5S");
    assert.equal(page.stored["cmi.interactions.1.result"], "neutral");
  }
});

test("2004: times have one decimal and Z", async () => {
  const page = await new LmsPage("2004").opened();
  page.runtime.report(aReport({ interactions: [anAnswer()] }));
  assert.equal(page.stored["cmi.interactions.0.timestamp"], "2026-12-04T15:00:00.0Z");
});

test("2004: an empty response is not written", async () => {
  const page = await new LmsPage("2004").opened();
  page.runtime.report(aReport({ interactions: [anAnswer({ response: "" })] }));
  assert.deepEqual(page.refused, []);
});

test("2004: a name that begins with its language is given without it", async () => {
  const place = (window, name, api) => { window.parent = { [name]: { ...api, GetValue: (element) => (element === "cmi.learner_name" ? "{lang=de}Rivera, Alex" : api.GetValue(element)) } }; };
  assert.equal((await new LmsPage("2004", { place }).opened()).opening.learner.name, "Rivera, Alex");
});

test("2004: asks the LMS to take its page back where the preset says so, and only when all is done", async () => {
  const asked = async (done, settings) => {
    const page = await new LmsPage("2004", { settings }).opened();
    page.runtime.close({ done });
    return page.stored["adl.nav.request"];
  };
  assert.equal(await asked(true, { exit_request: "suspendAll" }), "suspendAll");
  assert.equal(await asked(false, { exit_request: "suspendAll" }), undefined);
  assert.equal(await asked(true, {}), undefined);
});

test("1.2: ends with LMSTerminate where there is no LMSFinish", async () => {
  const page = await new LmsPage("1.2", { quirks: ["no-finish"] }).opened();
  assert.equal(page.runtime.close({ done: false }), true);
});

test("1.2: passed is not told before the activity is completed", async () => {
  const page = await new LmsPage("1.2").opened();
  page.runtime.report(aReport({ status: "incomplete", success: "passed", score: 1 }));
  assert.equal(page.stored["cmi.core.lesson_status"], "incomplete");
});

test("a score is cut to whole percent, so that rounding never makes a pass", async () => {
  for (const [score, raw] of [[0.7499, "74"], [0.57, "57"], [0.75, "75"], [1, "100"], [0, "0"], [0.6667, "66"]]) {
    const page = await new LmsPage("1.2").opened();
    page.runtime.report(aReport({ score }));
    assert.equal(page.stored["cmi.core.score.raw"], raw);
  }
});

test("session time is written as each edition writes it, and summed by the LMS", async () => {
  for (const [edition, total, time] of [["1.2", "cmi.core.total_time", "0002:30:00.00"], ["2004", "cmi.total_time", "PT9000S"]]) {
    const page = await new LmsPage(edition).opened();
    for (const seconds of [3600, 5400]) {
      page.runtime.save("x", "");
      page.runtime.report(aReport({ seconds }));
      page.runtime.close({ done: false });
      await page.opened();
    }
    assert.equal(page.stored[total], time);
    assert.deepEqual(page.refused, []);
  }
});
