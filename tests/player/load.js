// The player's scripts as a page would load them, in a context of their own: classic scripts that add to one global, `cme`.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const TEMPLATES = process.env.CME_TEMPLATES || path.join(__dirname, "..", "..", "templates");
const PURE = ["ids", "scoring", "clock", "responses", "claims", "draws", "steps", "view", "state", "packed", "saved-events", "suspend", "statements", "outbox"];

const compiled = new Map(); // many windows run the same scripts

function script(file) {
  if (!compiled.has(file)) compiled.set(file, new vm.Script(fs.readFileSync(path.join(TEMPLATES, file), "utf8"), { filename: file }));
  return compiled.get(file);
}

function loadInto(globals, files) {
  const context = vm.createContext(globals);
  for (const file of files) script(file).runInContext(context);
  return context.cme;
}

/** The pure parts. `crypto` and `Intl` are all that they take from the browser. */
function player() {
  return loadInto({ crypto: globalThis.crypto }, PURE.map((name) => `player/${name}.js`));
}

/** A value of another context as one of this one, so that strict comparison sees only its content. */
function plain(value) {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

module.exports = { player, loadInto, plain, TEMPLATES };
