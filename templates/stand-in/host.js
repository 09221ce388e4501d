/* The stand-in LMS's page: opens the activity for one learner, gives it an API, keeps its data at the server, shows what happens. */
(function () {
  "use strict";

  const { panels, network, credit, news } = standIn;
  const bare = new URLSearchParams(location.search).has("bare");
  const counts = { calls: 0, refused: 0, exchanges: 0 };
  const delivered = new Map(); // statement id → status of the bridge's answer
  const LATE = 2000;
  const GONE = 1500; // ms that a page may take to go
  const NAMES = { cmi5: "cmi5", xapi: "xAPI" };
  const told = { draft: null, bridge: null };
  let session = null;
  let values = {};
  let frame = null;
  let live = { open: false };
  let turn = Promise.resolve();

  /* What an LMS's page does: a synchronous request, which browsers forbid while a page is being left. */
  function commit(model) {
    if (!network.lmsAnswers()) return false;
    try {
      const request = new XMLHttpRequest();
      request.open("PUT", `/lms/cmi?learner=${encodeURIComponent(session.learner.id)}`, false);
      request.setRequestHeader("Content-Type", "application/json");
      request.send(JSON.stringify(model));
      return request.status === 204;
    } catch (leaving) {
      return false;
    }
  }

  function isRefused(entry) {
    const unset = entry.error === "403" && entry.call === "GetValue"; // reading what was never set is no fault
    return entry.error !== "0" && !unset;
  }

  function onCall(entry) {
    const refused = isRefused(entry);
    counts.calls += 1;
    counts.refused += refused ? 1 : 0;
    values = entry.values;
    panels.addCall(entry, refused, counts);
    if (!/GetValue$/.test(entry.call)) show();
  }

  function show() {
    const state = savedState();
    panels.showRecord(session.edition, values);
    panels.showData(values);
    panels.showSaved(session.edition, values, state);
    panels.showStatements(statementsOf(state), delivered);
  }

  /* --- reading our own packages: the player's pure parts, run on what the LMS was given ----------------- */

  function insideOf() {
    try {
      return frame.contentWindow.cme || {};
    } catch (anotherOrigin) {
      return {};
    }
  }

  function savedState() {
    const { suspend, definition } = insideOf();
    const read = suspend && definition ? suspend.unpack(values["cmi.suspend_data"] || "", definition) : null;
    return read && read.damaged ? read.state : read;
  }

  /* Who learns and in which registration is for the bridge to say; without one, stand-ins for both. */
  function launchOf(state, inside) {
    if (network.at.launch) return network.at.launch;
    return {
      actor: { objectType: "Agent", account: { homePage: location.origin, name: session.learner.id } },
      registration: inside.ids.uuid5(state.key, "registration"),
    };
  }

  function statementsOf(state) {
    const inside = insideOf();
    if (!state || !inside.statements || !inside.package) return [];
    const launch = launchOf(state, inside);
    const tell = (event) => inside.statements.statement(event, state, inside.definition, launch, inside.package.vocabulary);
    return state.events.map(tell).filter(Boolean);
  }

  /* --- what goes elsewhere ------------------------------------------------------------------------------ */

  function onExchange(exchange) {
    counts.exchanges += 1;
    panels.addExchange(exchange, counts.exchanges);
    if (exchange.url.origin === location.origin) return hear(exchange);
    if (exchange.method === "POST" && /\/statements$/.test(exchange.url.pathname)) note(exchange);
    if (credit.mayChange(exchange)) credit.ask((answer) => panels.showCredit(answer, creditHint()));
  }

  /* What an LMS knows that is told by statements: the saved state, and what was said of the activity as a whole. */
  function hear({ url, body, answer, status }) {
    const isState = url.searchParams.get("stateId") === "cme-bridge";
    const kept = isState && status === 200 ? answer : isState && status === 204 ? parsed(body) : null;
    if (kept && kept.text !== undefined) values = { ...values, "cmi.suspend_data": kept.text };
    if (/\/statements$/.test(url.pathname) && status === 200) [parsed(body)].flat().filter(Boolean).forEach(recordOf);
    show();
  }

  function recordOf({ verb, result }) {
    const word = verb.id.slice(verb.id.lastIndexOf("/") + 1);
    values = { ...values, verb: word };
    if (word === "completed") values.completed = "completed";
    if (word === "passed" || word === "failed") values.success = word;
    if (result && result.score && result.score.scaled !== undefined) values.score = String(result.score.scaled);
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch (notJson) {
      return null;
    }
  }

  function note(exchange) {
    try {
      const sent = JSON.parse(exchange.body);
      (Array.isArray(sent) ? sent : [sent]).forEach((statement) => delivered.set(statement.id, exchange.status));
    } catch (notJson) {
      return;
    }
    show();
  }

  function creditHint() {
    const { bridge, draft } = told;
    if (!bridge) return "This package was built already: credit is decided by the bridge that it was built for, if there is one.";
    if (bridge.state === "failed") return bridge.problems.map((each) => `${each.message} ${each.remedy}`).join(" ");
    if (bridge.state === "starting") return "The throw-away bridge is starting. What is done meanwhile reaches it later.";
    return `A throw-away bridge at ${bridge.url} decides${draft && draft.version ? ` version ${draft.version}` : ""}. It ends with the preview. It decides by today's date, whatever day is set above.`;
  }

  /* --- the session -------------------------------------------------------------------------------------- */

  function has(quirk) {
    return session.quirks.includes(quirk);
  }

  /* A page that is gone may still have an answer from elsewhere to deal with: its API is no longer heard then. */
  function giveApi() {
    const mine = { open: true };
    live = mine;
    const name = session.edition === "1.2" ? "API" : "API_1484_11";
    window[name] = standIn.api(session.edition, {
      values: session.values,
      learner: session.learner,
      mode: has("review") ? "review" : "normal",
      credit: has("no-credit") || has("review") ? "no-credit" : "credit",
      mastery: session.mastery,
      quirks: new Set(session.quirks),
      commit: (model) => mine.open && commit(model),
      onCall: (entry) => mine.open && onCall(entry),
      onEnd: () => document.body.classList.add("ended"),
    });
  }

  /* In a window of its own, which browsers open only when somebody asks for it. */
  function openWindow() {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Open the activity in a new window";
    button.addEventListener("click", () => window.open(session.start, "_blank"));
    panels.slot("frame").replaceChildren(button);
  }

  function openFrame() {
    if (has("opener")) return openWindow();
    frame = document.createElement("iframe");
    frame.title = session.title || "Activity";
    frame.name = "activity";
    frame.allow = "autoplay; fullscreen";
    frame.src = session.start;
    panels.slot("frame").replaceChildren(frame);
  }

  function launchActivity() {
    document.body.classList.remove("ended", "nothing-yet");
    values = { ...session.values };
    if (!session.start) {
      const needed = session.edition === "cmi5" || session.edition === "xapi";
      panels.slot("frame").textContent = needed ? "The LMS's record store is starting; a preview without a bridge has none." : "";
      return;
    }
    if (session.edition === "cmi5" || session.edition === "xapi") {
      openFrame();
      return;
    }
    if (!has("absent") && !has("late")) giveApi();
    if (has("late")) setTimeout(giveApi, LATE);
    openFrame();
    show();
  }

  /* Leaves the activity as a learner does who closes its window: it may still save. */
  async function close() {
    if (!frame) return;
    const leaving = frame;
    await new Promise((gone) => {
      leaving.addEventListener("load", gone, { once: true });
      leaving.contentWindow.location.replace("about:blank");
      setTimeout(gone, GONE);
    });
    leaving.remove();
    frame = null;
    live.open = false;
    delete window.API;
    delete window.API_1484_11;
    credit.forget();
  }

  /* Closes the activity, lets `between` happen, and opens it again; one after the other however fast they are asked for. */
  function again(between = async () => {}) {
    turn = turn.catch(() => {}).then(async () => {
      await close();
      await between();
      await begin();
    });
    return turn;
  }

  async function begin() {
    const query = new URLSearchParams(location.search);
    if (!bare) query.set("watch", "1");
    session = await (await fetch(`/lms/session?${query}`)).json();
    describe();
    launchActivity();
  }

  /* --- the bar above -------------------------------------------------------------------------------------- */

  function go(changes) {
    const next = new URL(location.href);
    Object.entries(changes).forEach(([key, value]) => next.searchParams.set(key, value));
    again(async () => history.replaceState(null, "", next));
  }

  function chosenQuirks() {
    return Array.from(document.querySelectorAll('[data-slot="quirks"] input:checked'), (box) => box.value).join(",");
  }

  /* Neither the LMS nor this device knows anything of the learner any more: a player may have kept what an LMS could forget. */
  function restart() {
    again(async () => {
      localStorage.clear();
      sessionStorage.clear();
      await fetch(`/lms/cmi?learner=${encodeURIComponent(session.learner.id)}`, { method: "DELETE" });
    });
  }

  function toggle(button, className) {
    const on = document.body.classList.toggle(className);
    button.setAttribute("aria-pressed", String(on));
  }

  const ACTIONS = {
    width: (button) => toggle(button, "phone"),
    side: (button) => button.setAttribute("aria-pressed", String(!document.body.classList.toggle("alone"))),
    relaunch: () => again(),
    restart,
    "last-good": () => document.body.classList.add("last-good"),
  };

  const SET = {
    reach: (field) => {
      network.at.reach = field.value;
      if (field.value !== "none" && frame) frame.contentWindow.dispatchEvent(new Event("online"));
    },
    day: (field) => {
      network.at.day = field.value === network.today() ? "" : field.value;
      again();
    },
  };

  function startBar() {
    document.querySelectorAll("[data-action]").forEach((button) => {
      button.addEventListener("click", () => ACTIONS[button.dataset.action](button));
    });
    document.querySelectorAll("[data-set]").forEach((field) => {
      field.addEventListener("change", () => SET[field.dataset.set](field));
    });
    document.querySelector('[data-set="day"]').value = network.today();
    const form = document.querySelector('[data-part="learner-form"]');
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go({ learner: form.learner.value, name: form.elements.name.value });
    });
  }

  function describe() {
    const form = document.querySelector('[data-part="learner-form"]');
    form.learner.value = session.learner.id;
    form.elements.name.value = session.learner.name;
    panels.slot("learners").replaceChildren(...session.learners.map((id) => new Option(id, id)));
    document.title = session.title ? `${session.title} · Stand-in LMS` : "Stand-in LMS";
    panels.slot("title").textContent = session.title;
    panels.slot("session").textContent = `${NAMES[session.edition] || `SCORM ${session.edition}`}${session.mastery ? `, mastery score ${session.mastery}` : ""}. Data is kept until the stand-in LMS is ended.`;
    panels.slot("statements-hint").textContent = "What the saved state stands for, as xAPI statements. “stored”: a bridge has said so.";
    panels.showQuirks(session.known, session.quirks, () => go({ quirks: chosenQuirks() }));
    panels.showCredit(null, creditHint());
  }

  /* --- an activity that is being written ------------------------------------------------------------------ */

  function onNews(latest) {
    const { draft, bridge } = latest;
    const answers = bridge && bridge.state === "ready" && told.bridge && told.bridge.state !== "ready";
    const isNew = draft && JSON.stringify(draft) !== JSON.stringify(told.draft);
    document.body.classList.remove("gone");
    told.draft = draft || null;
    told.bridge = bridge || null;
    if (isNew) onDraft(draft);
    panels.showHint(creditHint());
    if (answers && frame) frame.contentWindow.dispatchEvent(new Event("online"));
    if (latest.shows !== session.shows) again();
  }

  function onDraft(draft) {
    document.body.classList.toggle("broken", !draft.good);
    document.body.classList.toggle("nothing-yet", !session.start);
    document.body.classList.remove("last-good");
    panels.showDraft(draft);
  }

  async function start() {
    document.body.classList.toggle("bare", bare);
    network.at.onExchange = onExchange;
    startBar();
    panels.startTabs();
    document.querySelector('[data-part="only-refused"]').addEventListener("change", (event) => {
      panels.slot("calls").classList.toggle("only-refused", event.target.checked);
    });
    await again();
    if (!bare) news.listen(onNews, () => document.body.classList.add("gone"));
  }

  start();
})();
