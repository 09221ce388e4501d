// Definitions as the packager makes them (scorm_packager/activity/definition_model.py), stating only what a test is about.
"use strict";

const D1 = "d1-" + "a".repeat(40);
const D2 = "d1-" + "b".repeat(40);
const HASH = "5".repeat(64);
const ACTIVITY = "https://cme.northfield.example/activities/af-anticoagulation";

const options = (...ids) => ids.map((id) => ({ id, html: `<p>${id}</p>` }));

const anItem = (id, more = {}) => ({
  id, version: "0a1b2c3d", kind: "choice", objective: null, vignette_html: "", stem_html: `<p>${id}?</p>`, rationale_html: "",
  choices: options("a", "b", "c"), sources: [], targets: [], unit: "", answer: "b", ...more,
});

/** One item of each kind, with its correct response. */
const KINDS = {
  choice: anItem("q-choice"),
  multiple: anItem("q-multiple", { kind: "multiple", choices: options("a", "b", "c", "d"), answer: ["a", "c"] }),
  "true-false": anItem("q-true", { kind: "true-false", choices: [], answer: true }),
  matching: anItem("q-matching", {
    kind: "matching", choices: [], sources: options("s1", "s2"), targets: options("t1", "t2", "t3"), answer: { s1: "t2", s2: "t1" },
  }),
  ordering: anItem("q-ordering", { kind: "ordering", answer: ["b", "a", "c"] }),
  text: anItem("q-text", { kind: "text", choices: [], answer: ["Vitamin K"] }),
  numeric: anItem("q-numeric", { kind: "numeric", choices: [], answer: { from: "4", to: "4.5" }, unit: "mg" }),
};

const RIGHT = {
  choice: "b", multiple: "a[,]c", "true-false": "true", matching: "s1[.]t2[,]s2[.]t1", ordering: "b[,]a[,]c", numeric: "4.5", text: "vitamin k",
};

const aQuestion = (id, more = {}) => ({
  id, kind: "rating", stem_html: "", choices: [], unit: "", required: true, low: "", high: "", objective: null, ...more,
});

const anOffer = (system, more = {}) => ({
  system, name: system, name_html: system, unit: "credit", units: "credits", maximum: "1.25", minimum: "0.25", step: "0.25",
  claim: "choice", equal_to: null, professions: ["physician"], identifiers: [], consents: [],
  attestation: "I claim only the credit commensurate with the extent of my participation.", designation_html: "",
  official_record: null, uan: null, kind: null, credit_type: null, number: null, approved_from: null, approved_until: null,
  rule: { id: system, from: "2017-01-01" }, ...more,
});

const aContent = (id, more = {}) => ({
  id, kind: "page", title: `About ${id}`, minutes: 10, html: "<p>…</p>", video: "", captions: "", poster: "", transcript_html: "",
  launch: "", ...more,
});

const aDefinition = (more = {}) => {
  const items = more.items || [anItem("q1"), anItem("q2"), anItem("q3"), anItem("q4")];
  const ids = items.map((item) => item.id);
  return {
    schema: "d1", activity: ACTIVITY, version: "2026.1", title: "Anticoagulation in atrial fibrillation", description: "…",
    language: "en", zone: "America/Chicago", format: "enduring material", media: ["text"], released: "2026-12-01",
    reviewed: "2026-11-20", terminates: "2029-11-30", estimated_minutes: 60, joint_providers: [], audience: [],
    professions: [{ key: "physician", label: "Physician" }, { key: "nurse", label: "Nurse" }, { key: "other", label: "Other" }],
    objectives: [], front_matter: [], accreditation_html: "",
    disclosure: { html: "<p>None</p>", acknowledgement: "I have read this.", hash: HASH },
    credits: [anOffer("ama-pra-1"), anOffer("ancc", { claim: "fixed", professions: ["nurse"] })],
    participation_attestation: "I took part.", contents: [aContent("overview"), aContent("lecture")], files: [], items,
    pre: { items: ids }, post: { items: ids, passing_score: 0.75, attempts: 3, feedback: "after attempt", from: null },
    evaluation: [aQuestion("useful"), aQuestion("comment", { kind: "text", required: false })],
    commitments: 3, references: [], follow_up_days: [60],
    requires: ["disclosure", "content", "post-assessment", "evaluation", "claim"], lms_completion: "evaluation", ...more,
  };
};

/** 4 December 2026, 15:00 UTC: within the activity's dates. */
const NOON = Date.UTC(2026, 11, 4, 15, 0, 0);

const someFacts = (more = {}) => ({
  now: NOON, today: "2026-12-04", dates: null, attemptsGranted: 0, profession: "physician", mode: "credit", lms: {}, ...more,
});

module.exports = {
  D1, D2, HASH, ACTIVITY, KINDS, RIGHT, NOON, options, anItem, aQuestion, anOffer, aContent, aDefinition, someFacts,
};
