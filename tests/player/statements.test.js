"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { ACTIVITY, D1, D2, HASH, KINDS, RIGHT, aDefinition } = require("./definition.js");
const { Learner, KEY } = require("./learner.js");
const { player, plain } = require("./load.js");

const cme = player();
const BASE = "https://w3id.org/cme-bridge";
const ADL = "http://adlnet.gov/expapi";
const VOCABULARY = {
  INITIALIZED: `${ADL}/verbs/initialized`, EXPERIENCED: `${ADL}/verbs/experienced`, ANSWERED: `${ADL}/verbs/answered`,
  SCORED: `${ADL}/verbs/scored`, PASSED: `${ADL}/verbs/passed`, FAILED: `${ADL}/verbs/failed`, COMPLETED: `${ADL}/verbs/completed`,
  ACKNOWLEDGED: "http://activitystrea.ms/schema/1.0/acknowledge", EVALUATED: "https://w3id.org/xapi/acrossx/verbs/evaluated",
  COMMITTED: `${BASE}/verbs/committed`, CLAIMED_CREDIT: `${BASE}/verbs/claimed-credit`, DECLINED_CREDIT: `${BASE}/verbs/declined-credit`,
  TYPE_COURSE: `${ADL}/activities/course`, TYPE_ASSESSMENT: `${ADL}/activities/assessment`, TYPE_MODULE: `${ADL}/activities/module`,
  TYPE_INTERACTION: `${ADL}/activities/cmi.interaction`, TYPE_PROFILE: `${ADL}/activities/profile`,
  TYPE_DOCUMENT: "http://id.tincanapi.com/activitytype/document", TYPE_SURVEY: "http://id.tincanapi.com/activitytype/survey",
  TYPE_GOAL: "http://id.tincanapi.com/activitytype/goal", TYPE_CREDIT_CLAIM: `${BASE}/activity-types/credit-claim`,
  PROFILE: `${BASE}/profile`, EXT_SEQUENCE: `${BASE}/extensions/sequence`, EXT_ATTEMPT: `${BASE}/extensions/attempt`,
  EXT_TEXT_HASH: `${BASE}/extensions/text-hash`, EXT_STRENGTH: `${BASE}/extensions/strength`, EXT_AMOUNT: `${BASE}/extensions/amount`,
  EXT_ATTESTATION: `${BASE}/extensions/attestation`,
};
const LAUNCH = {
  token: "secret-token", actor: { account: { homePage: "https://northfield.example", name: "p-1f0c" } },
  registration: "6f9619ff-8b86-4d01-b42d-00c04fc964ff", profile: { name: "Dr Ada Trap" },
};

const told = (learner, kind, pick = () => true) => {
  const event = learner.state.events.find((each) => each.kind === kind && pick(each.payload));
  return plain(cme.statements.statement(event, learner.state, learner.definition, LAUNCH, VOCABULARY));
};

test("it works: the disclosure acknowledged, told in full", () => {
  assert.deepEqual(told(new Learner(cme).reads(), "disclosed"), {
    id: cme.ids.uuid5(KEY, "3"),
    actor: LAUNCH.actor,
    verb: { id: VOCABULARY.ACKNOWLEDGED, display: { en: "acknowledge", "en-US": "acknowledge" } },
    object: { objectType: "Activity", id: `${ACTIVITY}/disclosure`, definition: { type: VOCABULARY.TYPE_DOCUMENT } },
    context: {
      registration: LAUNCH.registration, revision: D1, language: "en",
      contextActivities: {
        grouping: [{ id: ACTIVITY }], category: [{ id: VOCABULARY.PROFILE, definition: { type: VOCABULARY.TYPE_PROFILE } }],
      },
      extensions: { [VOCABULARY.EXT_SEQUENCE]: 3, [VOCABULARY.EXT_TEXT_HASH]: HASH },
    },
    timestamp: "2026-12-04T15:00:03.000Z",
  });
});

const everything = () =>
  Learner.atPost(cme).takesPost("a").takesPost("b").does("committed", { k: 1, r: "Ask first", s: 4 }).evaluates().does("claimed", { s: "ama-pra-1", m: "1.00" });

test("each event has the verb and the object that were agreed", () => {
  const learner = everything().does("opened", { definition: D2 });
  const expected = [
    ["opened", "INITIALIZED", "", "TYPE_COURSE"], ["read", "EXPERIENCED", "/front-matter", "TYPE_DOCUMENT"],
    ["answered", "ANSWERED", "/items/q1", "TYPE_INTERACTION"], ["finished", "COMPLETED", "/contents/overview", "TYPE_MODULE"],
    ["rated", "ANSWERED", "/evaluation/useful", "TYPE_INTERACTION"], ["evaluated", "EVALUATED", "/evaluation", "TYPE_SURVEY"],
    ["committed", "COMMITTED", "/commitments/1", "TYPE_GOAL"], ["claimed", "CLAIMED_CREDIT", "/credits/ama-pra-1", "TYPE_CREDIT_CLAIM"],
  ];
  for (const [kind, verb, path, type] of expected) {
    const { verb: { id }, object } = told(learner, kind);
    assert.deepEqual([id, object.id, object.definition.type], [VOCABULARY[verb], ACTIVITY + path, VOCABULARY[type]], kind);
  }
});

test("declining names the credit, or all of it", () => {
  assert.equal(told(Learner.atClaim(cme).does("declined", { s: null }), "declined").object.id, `${ACTIVITY}/credits`);
  assert.equal(told(Learner.atClaim(cme).does("declined", { s: "ama-pra-1" }), "declined").object.id, `${ACTIVITY}/credits/ama-pra-1`);
});

test("an assessment is failed or passed with its score; the pre-activity one is only scored", () => {
  const learner = everything();
  const failed = told(learner, "submitted", (p) => p.a === "post" && p.t === 1);
  assert.equal(failed.verb.id, VOCABULARY.FAILED);
  assert.deepEqual(failed.result, { success: false, score: { scaled: 0, raw: 0, min: 0, max: 4 } });
  const passed = told(learner, "submitted", (p) => p.a === "post" && p.t === 2);
  assert.equal(passed.verb.id, VOCABULARY.PASSED);
  assert.equal(passed.context.extensions[VOCABULARY.EXT_ATTEMPT], 2);
  const pre = told(new Learner(cme).reads().takesPre({ q1: "b" }), "submitted");
  assert.equal(pre.verb.id, VOCABULARY.SCORED);
  assert.deepEqual(pre.result, { score: { scaled: 0.25, raw: 1, min: 0, max: 4 } });
});

test("a pre-activity assessment passed over has no score", () => {
  assert.equal("result" in told(everything(), "submitted", (p) => p.a === "pre"), false);
});

test("an answer says which assessment and attempt it belongs to, and whether it is correct only after the activity", () => {
  const learner = Learner.atPost(cme, { definition: aDefinition() }).answersPost("b");
  const answer = told(learner, "answered");
  assert.deepEqual(answer.result, { response: "b", success: true });
  assert.deepEqual(answer.context.contextActivities.parent, [{ id: `${ACTIVITY}/assessments/post`, definition: { type: VOCABULARY.TYPE_ASSESSMENT } }]);
  const pre = told(new Learner(cme).reads().takesPre({ q1: "b" }), "answered");
  assert.deepEqual(pre.result, { response: "b" });
});

test("items are interactions of xAPI's own types", () => {
  const types = { choice: "choice", multiple: "choice", "true-false": "true-false", matching: "matching", ordering: "sequencing", numeric: "numeric", text: "fill-in" };
  const learner = Learner.atPost(cme, { definition: aDefinition({ items: Object.values(KINDS) }) });
  for (const [kind, item] of Object.entries(KINDS)) {
    learner.does("answered", { a: "post", t: 1, i: item.id, r: RIGHT[kind] });
    assert.equal(told(learner, "answered", (p) => p.i === item.id).object.definition.interactionType, types[kind]);
  }
});

test("a claim carries the amount as text and the sentence attested", () => {
  assert.deepEqual(told(everything(), "claimed").result.extensions, {
    [VOCABULARY.EXT_AMOUNT]: "1.00", [VOCABULARY.EXT_ATTESTATION]: "I claim only the credit commensurate with the extent of my participation.",
  });
});

test("a commitment carries its text and strength", () => {
  assert.deepEqual(told(everything(), "committed").result, { response: "Ask first", extensions: { [VOCABULARY.EXT_STRENGTH]: 4 } });
});

test("the revision is the definition in force when it happened", () => {
  const learner = everything().does("opened", { definition: D2 });
  assert.equal(told(learner, "claimed").context.revision, D1);
  assert.equal(told(learner, "opened", (p) => p.definition === D2).context.revision, D2);
});

test("the same event gives the same text on another device", () => {
  const learner = everything();
  const elsewhere = cme.suspend.unpack(cme.suspend.pack(learner.state, learner.definition, 4096).text, learner.definition);
  const tell = (state) => state.events.map((event) => JSON.stringify(cme.statements.statement(event, state, learner.definition, LAUNCH, VOCABULARY)));
  assert.deepEqual(plain(tell(elsewhere)), plain(tell(learner.state)));
});

test("no statement carries a correct response, a name, a token or a launch key", () => {
  const learner = everything();
  const text = learner.state.events.map((event) => JSON.stringify(cme.statements.statement(event, learner.state, learner.definition, LAUNCH, VOCABULARY))).join();
  for (const secret of ["correctResponsesPattern", "Ada Trap", "secret-token", KEY, "rationale"]) assert.equal(text.includes(secret), false, secret);
});

test("an event whose text is on another device is not told by halves", () => {
  const event = { n: 9, kind: "rated", second: 1, payload: { i: "comment", r: "" }, missing: true };
  assert.equal(cme.statements.statement(event, Learner.atClaim(cme).state, aDefinition(), LAUNCH, VOCABULARY), null);
});
