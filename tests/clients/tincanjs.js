// TinCanJS does all it can with a record store, and tells what it got. Arguments: modules, endpoint, key, secret.
"use strict";

const [modules, endpoint, username, password] = process.argv.slice(2);
const TinCan = require(`${modules}/tincanjs`);
const crypto = require("crypto");

const lrs = new TinCan.LRS({endpoint, username, password, allowFail: false});
const call = (method, ...before) => (cfg = {}) =>
  new Promise((done) => lrs[method](...before, {...cfg, callback: (err, result) => done({err, result})}));

const run = crypto.randomUUID();
const agent = new TinCan.Agent({mbox: `mailto:${run}@northfield.example`, name: "Ann"});
const activity = new TinCan.Activity({id: `https://cme.northfield.example/${run}`, definition: {name: {en: "Overview"}}});
const registration = crypto.randomUUID();
const verb = {id: "http://adlnet.gov/expapi/verbs/experienced", display: {en: "experienced"}};
const statement = (more) => new TinCan.Statement({actor: agent, verb, target: activity, ...more});

async function statements(told) {
  const one = statement({context: {registration}});
  told.saved = (await call("saveStatement", one)()).err;
  const back = await call("retrieveStatement", one.id)();
  told.registration = back.result.context.registration === registration;
  told.batch = (await call("saveStatements", [1, 2, 3, 4].map(() => statement()))()).err;
  const pages = [(await call("queryStatements")({params: {agent, limit: 2, ascending: true}})).result];
  while (pages[pages.length - 1].more) {
    pages.push((await call("moreStatements")({url: pages[pages.length - 1].more})).result);
  }
  told.pages = pages.map((page) => page.statements.length);
  told.first = pages[0].statements[0].id === one.id;
  told.byActivity = (await call("queryStatements")({params: {activity, verb: new TinCan.Verb(verb)}})).result.statements.length;
  const voiding = new TinCan.Statement({actor: agent, verb: {id: "http://adlnet.gov/expapi/verbs/voided"}, target: {objectType: "StatementRef", id: one.id}});
  told.voiding = (await call("saveStatement", voiding)()).err;
  told.voided = (await call("retrieveStatement", one.id)()).err;
  told.asVoided = (await call("retrieveVoidedStatement", one.id)()).result.id === one.id;
  const conflict = new TinCan.Statement({id: one.id, actor: {mbox: "mailto:bob@northfield.example"}, verb, target: activity});
  told.conflict = (await call("saveStatement", conflict)()).err;
}

async function attachments(told) {
  const content = TinCan.Utils.stringToArrayBuffer("what was said, word for word");
  const attachment = {usageType: "http://adlnet.gov/expapi/attachments/transcript", display: {en: "Transcript"}, contentType: "text/plain", content};
  const one = statement({attachments: [attachment]});
  told.attached = (await call("saveStatement", one)()).err;
  const back = await call("retrieveStatement", one.id)({params: {attachments: true}});
  told.attachment = TinCan.Utils.stringFromArrayBuffer(back.result.attachments[0].content);
}

async function states(told) {
  const of = {agent, activity, registration};
  told.stateSaved = (await call("saveState", "place", {page: 7})({...of, contentType: "application/json"})).err;
  told.stateMerged = (await call("saveState", "place", {question: 2})({...of, contentType: "application/json", method: "POST"})).err;
  const state = (await call("retrieveState", "place")(of)).result;
  told.state = state.contents;
  told.stateEtag = state.etag;
  told.stateChanged = (await call("saveState", "place", "later")({...of, lastSHA1: state.etag, contentType: "text/plain"})).err;
  told.stateLost = (await call("saveState", "place", "too late")({...of, lastSHA1: state.etag, contentType: "text/plain"})).err;
  told.stateIds = (await call("retrieveStateIds")(of)).result;
  told.statesElsewhere = (await call("retrieveStateIds")({agent, activity})).result;
  told.stateDropped = (await call("dropState", "place")(of)).err;
  told.statesLeft = (await call("retrieveStateIds")(of)).result;
}

async function profiles(told, kind, of) {
  const save = (value, cfg) => call(`save${kind}Profile`, "prefs", value)({...of, contentType: "application/json", ...cfg});
  const read = async () => (await call(`retrieve${kind}Profile`, "prefs")(of)).result;
  told.put = (await save({size: "large"})).err;
  told.posted = (await save({size: "large"}, {method: "POST"})).err;
  const first = await read();
  told.blind = (await save({size: "small"})).err;
  told.changed = (await save({size: "small"}, {lastSHA1: first.etag})).err;
  told.stale = (await save({size: "tiny"}, {lastSHA1: first.etag})).err;
  told.contents = (await read()).contents;
  told.ids = (await call(`retrieve${kind}ProfileIds`)(of)).result;
  told.dropped = (await call(`drop${kind}Profile`, "prefs")(of)).err;
}

async function main() {
  const told = {about: (await call("about")()).result.version, agentProfile: {}, activityProfile: {}};
  await statements(told);
  await attachments(told);
  await states(told);
  await profiles(told.agentProfile, "Agent", {agent});
  await profiles(told.activityProfile, "Activity", {activity});
  told.activity = (await call("retrieveActivity", activity.id)()).result.definition.name;
  console.log(JSON.stringify(told));
}

main().catch((error) => { console.error(error); process.exit(1); });
