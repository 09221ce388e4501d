/* The stand-in LMS's page: opens the activity for one learner, gives it an API, keeps its data at the server, shows what happens. */
(function () {
  "use strict";

  const panels = standIn.panels;
  const query = new URLSearchParams(location.search);
  const counts = { calls: 0, refused: 0 };
  const delivered = new Map(); // statement id → status of the bridge's answer
  const LATE = 2000;
  let session = null;
  let values = {};
  let frame = null;

  /* What an LMS's page does: a synchronous request, which browsers forbid while a page is being left. */
  function commit(model) {
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
    watchFetch();
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

  /* Who learns and in which registration is for the bridge to say; here stand-ins for both. */
  function statementsOf(state) {
    const inside = insideOf();
    if (!state || !inside.statements || !inside.package) return [];
    const launch = {
      actor: { objectType: "Agent", account: { homePage: location.origin, name: session.learner.id } },
      registration: inside.ids.uuid5(state.key, "registration"),
    };
    const tell = (event) => inside.statements.statement(event, state, inside.definition, launch, inside.package.vocabulary);
    return state.events.map(tell).filter(Boolean);
  }

  /* The first call comes before the activity speaks with its bridge: from then on its requests are seen here. */
  function watchFetch() {
    const win = frame && frame.contentWindow;
    if (!win || win.standInWatches) return;
    win.standInWatches = true;
    const own = win.fetch.bind(win);
    win.fetch = async (resource, options) => {
      const answer = await own(resource, options);
      if (/\/statements$/.test(String(resource)) && options && options.method === "POST") note(options.body, answer.status);
      return answer;
    };
  }

  function note(body, status) {
    try {
      JSON.parse(body).forEach((statement) => delivered.set(statement.id, status));
    } catch (notJson) {
      return;
    }
    show();
  }

  /* --- the session -------------------------------------------------------------------------------------- */

  function has(quirk) {
    return session.quirks.includes(quirk);
  }

  function giveApi() {
    const name = session.edition === "1.2" ? "API" : "API_1484_11";
    window[name] = standIn.api(session.edition, {
      values: session.values,
      learner: session.learner,
      mode: has("review") ? "review" : "normal",
      credit: has("no-credit") || has("review") ? "no-credit" : "credit",
      mastery: session.mastery,
      quirks: new Set(session.quirks),
      commit,
      onCall,
      onEnd: () => document.body.classList.add("ended"),
    });
  }

  function openFrame() {
    frame = document.createElement("iframe");
    frame.title = session.title || "Activity";
    frame.name = "activity";
    frame.allow = "autoplay; fullscreen";
    frame.src = session.start;
    document.querySelector('[data-part="stage"]').replaceChildren(frame);
  }

  function launchActivity() {
    values = { ...session.values };
    if (!has("absent") && !has("late")) giveApi();
    if (has("late")) setTimeout(giveApi, LATE);
    openFrame();
    show();
  }

  /* --- the bar above -------------------------------------------------------------------------------------- */

  function go(changes) {
    const next = new URLSearchParams(location.search);
    Object.entries(changes).forEach(([key, value]) => (value === null ? next.delete(key) : next.set(key, value)));
    location.search = next.toString();
  }

  function chosenQuirks() {
    return Array.from(document.querySelectorAll('[data-slot="quirks"] input:checked'), (box) => box.value).join(",");
  }

  async function restart() {
    await fetch(`/lms/cmi?learner=${encodeURIComponent(session.learner.id)}`, { method: "DELETE" });
    location.reload();
  }

  function toggle(button, className) {
    const on = document.body.classList.toggle(className);
    button.setAttribute("aria-pressed", String(on));
  }

  const ACTIONS = {
    width: (button) => toggle(button, "phone"),
    side: (button) => button.setAttribute("aria-pressed", String(!document.body.classList.toggle("alone"))),
    relaunch: () => location.reload(),
    restart: () => restart(),
  };

  function startBar() {
    document.querySelectorAll("[data-action]").forEach((button) => {
      button.addEventListener("click", () => ACTIONS[button.dataset.action](button));
    });
    const form = document.querySelector('[data-part="learner-form"]');
    form.learner.value = session.learner.id;
    form.elements.name.value = session.learner.name;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go({ learner: form.learner.value, name: form.elements.name.value });
    });
    panels.slot("learners").replaceChildren(...session.learners.map((id) => new Option(id, id)));
  }

  function describe() {
    document.title = `${session.title} · Stand-in LMS`;
    panels.slot("title").textContent = session.title;
    panels.slot("session").textContent = `SCORM ${session.edition}${session.mastery ? `, mastery score ${session.mastery}` : ""}. Data is kept until the stand-in LMS is ended.`;
    panels.slot("statements-hint").textContent = "What the saved state stands for, as xAPI statements. “stored”: a bridge has said so.";
    panels.showQuirks(session.known, session.quirks, () => go({ quirks: chosenQuirks() }));
  }

  async function start() {
    document.body.classList.toggle("bare", query.has("bare"));
    session = await (await fetch(`/lms/session${location.search}`)).json();
    describe();
    startBar();
    panels.startTabs();
    document.querySelector('[data-part="only-refused"]').addEventListener("change", (event) => {
      panels.slot("calls").classList.toggle("only-refused", event.target.checked);
    });
    launchActivity();
  }

  start();
})();
