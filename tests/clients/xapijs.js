// @xapi/xapi does all it can with a record store, in both versions and by both of its ways to the network, and tells what it got.
// Arguments: modules, endpoint, key, secret.
"use strict";

const [modules, endpoint, username, password] = process.argv.slice(2);
const XAPI = require(`${modules}/@xapi/xapi`).default;
const crypto = require("crypto");

const experienced = {id: "http://adlnet.gov/expapi/verbs/experienced", display: {en: "experienced"}};

// What came of a call: the status of its answer, or the code of the problem it was refused for.
const refused = (error) => (error.response ? error.response.data : JSON.parse(error.message)).problems[0].code;
const status = (call) => call.then((answer) => answer.status, refused);

async function statements(told, xapi, actor, activity) {
  const registration = crypto.randomUUID();
  const one = {id: crypto.randomUUID(), actor, verb: experienced, object: activity, context: {registration}};
  told.sent = (await xapi.sendStatement({statement: one})).data[0] === one.id;
  const more = [1, 2, 3, 4].map(() => ({actor, verb: experienced, object: activity}));
  told.batch = (await xapi.sendStatements({statements: more})).data.length;
  told.got = (await xapi.getStatement({statementId: one.id})).data.context.registration === registration;
  let page = (await xapi.getStatements({agent: actor, limit: 2, ascending: true})).data;
  told.pages = [page.statements.length];
  while (page.more) {
    page = (await xapi.getMoreStatements({more: page.more})).data;
    told.pages.push(page.statements.length);
  }
  told.byRegistration = (await xapi.getStatements({registration, activity: activity.id, verb: experienced.id})).data.statements.length;
  told.ids = Object.keys((await xapi.getStatement({statementId: one.id, format: "ids"})).data.object);
  told.voiding = await status(xapi.voidStatement({actor, statementId: one.id}));
  told.gone = await status(xapi.getStatement({statementId: one.id}));
  told.asVoided = (await xapi.getVoidedStatement({voidedStatementId: one.id})).data.id === one.id;
  told.conflict = await status(xapi.sendStatement({statement: {...one, actor: {mbox: "mailto:bob@northfield.example"}}}));
}

async function attachments(told, xapi, actor, activity) {
  const value = "what was said, word for word";
  const content = new TextEncoder().encode(value).buffer;
  const sha2 = crypto.createHash("sha256").update(value).digest("hex");
  const attachment = {
    usageType: "http://adlnet.gov/expapi/attachments/transcript", display: {en: "Transcript"},
    contentType: "text/plain", length: content.byteLength, sha2,
  };
  const statement = {id: crypto.randomUUID(), actor, verb: experienced, object: activity, attachments: [attachment]};
  told.attached = await status(xapi.sendStatement({statement, attachments: [content]}));
  if (told.attached === 200) {
    const parts = (await xapi.getStatement({statementId: statement.id, attachments: true})).data;
    told.parts = [parts[0].id === statement.id, parts[1]];
  }
}

async function states(told, xapi, agent, activityId) {
  const of = {agent, activityId, registration: crypto.randomUUID()};
  const one = {...of, stateId: "place"};
  told.created = await status(xapi.createState({...one, state: {page: 7}}));
  told.merged = await status(xapi.createState({...one, state: {question: 2}}));
  const got = await xapi.getState(one);
  told.state = got.data;
  const etag = got.headers.etag;
  told.blind = await status(xapi.setState({...one, state: {page: 0}}));
  told.set = await status(xapi.setState({...one, state: {page: 9}, etag: (await xapi.getState(one)).headers.etag, matchHeader: "If-Match"}));
  told.stale = await status(xapi.setState({...one, state: {page: 1}, etag, matchHeader: "If-Match"}));
  told.stateIds = (await xapi.getStates(of)).data;
  told.deleted = await status(xapi.deleteState(one));
  await xapi.createState({...one, state: {page: 1}});
  told.deletedAll = await status(xapi.deleteStates(of));
  told.left = (await xapi.getStates(of)).data;
}

async function profiles(told, xapi, kind, of) {
  const one = {...of, profileId: "prefs"};
  told.created = await status(xapi[`create${kind}Profile`]({...one, profile: {size: "large"}}));
  const got = await xapi[`get${kind}Profile`](one);
  told.set = await status(xapi[`set${kind}Profile`]({...one, profile: {size: "small"}, etag: got.headers.etag, matchHeader: "If-Match"}));
  told.stale = await status(xapi[`set${kind}Profile`]({...one, profile: {size: "tiny"}, etag: got.headers.etag, matchHeader: "If-Match"}));
  told.taken = await status(xapi[`set${kind}Profile`]({...one, profile: {size: "tiny"}, etag: "*", matchHeader: "If-None-Match"}));
  told.profile = (await xapi[`get${kind}Profile`](one)).data;
  told.ids = (await xapi[`get${kind}Profiles`](of)).data;
  told.deleted = await status(xapi[`delete${kind}Profile`](one));
}

async function inVersion(version, adapter) {
  const xapi = new XAPI({endpoint, auth: XAPI.toBasicAuth(username, password), version, adapter});
  const run = crypto.randomUUID();
  const agent = {objectType: "Agent", name: "Ann", mbox: `mailto:${run}@northfield.example`};
  const activity = {objectType: "Activity", id: `https://cme.northfield.example/${run}`, definition: {name: {en: "Overview"}}};
  const told = {about: (await xapi.getAbout()).data.version, states: {}, agentProfile: {}, activityProfile: {}};
  await statements(told, xapi, agent, activity);
  await attachments(told, xapi, agent, activity);
  await states(told.states, xapi, agent, activity.id);
  await profiles(told.agentProfile, xapi, "Agent", {agent});
  await profiles(told.activityProfile, xapi, "Activity", {activityId: activity.id});
  told.activity = (await xapi.getActivity({activityId: activity.id})).data.definition.name;
  told.person = (await xapi.getAgent({agent})).data;
  told.knows = told.person.mbox[0] === agent.mbox && told.person.name[0] === "Ann" && told.person.objectType === "Person";
  delete told.person;
  return told;
}

async function main() {
  const told = {};
  for (const version of ["1.0.3", "2.0.0"]) {
    for (const adapter of ["axios", "fetch"]) {
      told[`${version} ${adapter}`] = await inVersion(version, adapter);
    }
  }
  console.log(JSON.stringify(told));
}

main().catch((error) => { console.error(error.response ? error.response.data : error); process.exit(1); });
