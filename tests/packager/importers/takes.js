// A learner takes the activity of a built package: `node takes.js FOLDER RESPONSES`, where FOLDER holds its data/definition.js.
"use strict";

const path = require("node:path");
const { Learner } = require("../../player/learner.js");
const { player, loadInto, TEMPLATES } = require("../../player/load.js");

const [folder, responses] = process.argv.slice(2);
const definition = loadInto({}, [path.relative(TEMPLATES, path.join(folder, "data", "definition.js"))]).definition;
const learner = new Learner(player(), { definition, facts: { profession: "physician", dates: null } });
learner.does("read").does("disclosed", { hash: definition.disclosure.hash }).finishesContents();
for (const [i, r] of Object.entries(JSON.parse(responses))) learner.does("answered", { a: "post", t: 1, i, r });
const answer = learner.tries("submitted", { a: "post", t: 1 });
process.stdout.write(JSON.stringify({ payload: answer.event && answer.event.payload, refused: answer.refused || null }));
