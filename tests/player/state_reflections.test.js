"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { aContent, aDefinition } = require("./definition.js");
const { Learner } = require("./learner.js");
const { player, plain } = require("./load.js");

const cme = player();
const definition = () => aDefinition({ contents: [aContent("overview", { reflections: ["my-practice"] }), aContent("lecture")] });
const reading = () => new Learner(cme, { definition: definition() }).reads().takesPre();
const writes = (r, more = {}) => ["reflected", { c: "overview", i: "my-practice", r, ...more }];
const written = (learner) => plain(learner.view.contents.overview.reflections);

test("it works: what a learner writes is there again", () => {
  assert.deepEqual(written(reading().does(...writes("Weigh first."))), { "my-practice": { text: "Weigh first.", missing: false } });
});

test("what is written anew takes the place of the earlier text, after the part was finished, too", () => {
  const learner = reading().does(...writes("One")).does("finished", { c: "overview", d: 9 }).does(...writes("Two"));
  assert.equal(learner.state.events.filter((event) => event.kind === "reflected").length, 1);
  assert.equal(written(learner)["my-practice"].text, "Two");
});

test("nothing can be written to a question that the page does not ask, nor before the page is open", () => {
  assert.equal(reading().tries(...writes("x", { i: "other" })).refused, "unknown-item");
  assert.equal(reading().tries(...writes("x", { c: "lecture" })).refused, "unknown-item");
  assert.equal(new Learner(cme, { definition: definition() }).tries(...writes("x")).refused, "front-matter-first");
});

test("no reflection is needed to finish a part", () => {
  assert.equal(reading().finishesContents().screen("post-assessment").status, "open");
});

test("a text that the LMS has no room for stays on the device, and is put back there", () => {
  const learner = reading().does(...writes("long ".repeat(300)));
  const { text, left } = cme.suspend.pack(learner.state, learner.definition, 700);
  const elsewhere = cme.suspend.unpack(text, learner.definition);
  const view = (state) => plain(cme.state.view(state, learner.definition, learner.facts).contents.overview.reflections["my-practice"]);
  assert.deepEqual(view(elsewhere), { text: "", missing: true });
  assert.deepEqual(view(cme.suspend.fill(elsewhere, left)), { text: "long ".repeat(300), missing: false });
});

test("the statement says what was written, about the question, within its content", () => {
  const learner = reading().does(...writes("Weigh first."));
  const vocabulary = { RESPONDED: "http://adlnet.gov/expapi/verbs/responded", TYPE_INTERACTION: "interaction", TYPE_MODULE: "module" };
  const event = learner.state.events.at(-1);
  const said = plain(cme.statements.statement(event, learner.state, learner.definition, { actor: {}, registration: "r" }, vocabulary));
  const A = learner.definition.activity;
  assert.equal(said.object.id, `${A}/contents/overview/reflections/my-practice`);
  assert.deepEqual(said.result, { response: "Weigh first." });
  assert.deepEqual(said.context.contextActivities.parent.map((each) => each.id), [`${A}/contents/overview`]);
});
