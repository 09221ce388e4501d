"use strict";

// Every quirk of templates/stand-in/quirks.yaml, found by looking: the same package is taken in three visits, in both editions.

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");

const { TEMPLATES } = require("./load.js");
const { QuirkyLms, taken, NEEDS_A_PAGE } = require("./quirky_lms.js");

/** {key: {field: text}}: the file has no deeper structure. */
function quirks() {
  const found = {};
  let key = "";
  for (const line of fs.readFileSync(path.join(TEMPLATES, "stand-in", "quirks.yaml"), "utf8").split("\n")) {
    const top = /^([a-z0-9-]+):$/.exec(line);
    const field = /^ {2}([a-z0-9.-]+): "?(.*?)"?$/.exec(line);
    if (top) found[(key = top[1])] = {};
    else if (field) found[key][field[1]] = field[2];
  }
  return found;
}

const QUIRKS = quirks();
const EDITIONS = ["1.2", "2004"];
const codes = (about, edition) => [about.met, about[`met-${edition}`]].filter(Boolean).join(" ").split(" ").filter(Boolean).sort();

/** What came of the three visits to an LMS, and what a fourth finds: taken once for all tests that look at it. */
const outcomes = new Map();

function outcome(edition, key) {
  const name = `${edition} ${key}`;
  if (!outcomes.has(name)) outcomes.set(name, visited(edition, key ? [key] : []));
  return outcomes.get(name);
}

async function visited(edition, asked) {
  const lms = await taken(edition, asked);
  const { given, isCompleted } = lms;
  const odd = lms.session.report().odd;
  await lms.opens();
  return { given, isCompleted, odd, found: lms.given, stillCompleted: lms.isCompleted, met: lms.odd, warned: lms.warned };
}

test("there are at least fourteen quirks", () => {
  assert.ok(Object.keys(QUIRKS).length >= 14, String(Object.keys(QUIRKS)));
});

for (const edition of EDITIONS) {
  test(`${edition}: in an LMS that keeps to the standard nothing odd is reported, and nobody is warned`, async () => {
    const { met, warned, isCompleted } = await outcome(edition, "");
    assert.deepEqual([Array.from(met), Array.from(warned), isCompleted], [[], [], true]);
  });

  for (const [key, about] of Object.entries(QUIRKS).filter(([quirk]) => !NEEDS_A_PAGE.includes(quirk))) {
    if (about.records === "nothing") {
      test(`${edition}, ${key}: nothing is recorded, and the learner is told`, async () => {
        const lms = await new QuirkyLms(edition, [key]).opens();
        lms.exits();
        assert.deepEqual([lms.page.calls.filter(({ call }) => /SetValue/.test(call)), lms.warned.size], [[], 1]);
      });
      continue;
    }

    test(`${edition}, ${key}: the package is completed`, async () => {
      const { isCompleted, stillCompleted } = await outcome(edition, key);
      assert.equal(about.records === "anew" ? isCompleted : stillCompleted, true);
    });

    test(`${edition}, ${key}: opened again, everything that the learner gave is there, or the learner was told`, async () => {
      const { given, found, warned } = await outcome(edition, key);
      assert.deepEqual(given, (await outcome(edition, "")).given);
      if (about.records !== "anew" && !warned.has("notSaved")) assert.deepEqual(found, given);
    });

    test(`${edition}, ${key}: the diagnostics say so, and nothing else`, async () => {
      assert.deepEqual(Array.from((await outcome(edition, key)).met.keys()).sort(), codes(about, edition));
    });
  }
}

test("what is reported says nothing of who the learner is or what was answered", async () => {
  for (const key of Object.keys(QUIRKS).filter((quirk) => !NEEDS_A_PAGE.includes(quirk) && QUIRKS[quirk].records !== "nothing")) {
    const report = JSON.stringify((await outcome("1.2", key)).odd);
    assert.doesNotMatch(report, /Rivera|arivera|Alex|l-1|every visit|C1~/, key);
  }
});

test("each oddity carries the evidence of its first time, and how often it was met", async () => {
  const [found] = (await outcome("1.2", "throws")).odd.filter(({ code }) => code === "api-throws");
  assert.equal(found.evidence, "LMSCommit: The LMS's session has expired");
  assert.ok(found.times > 3);
});

test("an LMS that shows in mid-course how little it keeps gets that much, and the rest stays on this device", async () => {
  const lms = await taken("2004", ["hard-cut"]);
  assert.ok(lms.stored["cmi.suspend_data"].length <= 4096);
  assert.equal(lms.warned.has("notSaved"), false);
});

test("what an unfinished visit left on this device is not brought back to somebody else", async () => {
  const lms = await new QuirkyLms("1.2", ["lies"]).opens();
  (await lms.begins()).crashes();
  lms.page.stored = {};
  lms.page.learner = { id: "l-2", name: "Okonkwo, Adaeze" };
  await lms.opens();
  assert.deepEqual([lms.given.contents.overview.finished, lms.warned.has("restored")], [false, false]);
});

test("a finished activity that an LMS begins anew begins anew", async () => {
  const lms = await taken("1.2", ["forgets"]);
  await lms.opens();
  assert.equal(lms.given.contents.overview.finished, false);
});
