/* One learner's launch: saved state, the LMS and the bridge kept in step. Screens send events here and read the view back.
   The LMS and the bridge never wait for each other, and either may be missing. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.session = (function () {
  "use strict";

  const NUDGE = 5000; // ms between tries of what did not arrive, however much the learner does
  const SAVED_AT_ONCE = ["screen", "item", "p"]; // parts of the place; scrolling and watching go with the next save

  /* Everything from outside is passed in:
     {runtime, definition, package, bridge (null without one), storage, channel(name) -> BroadcastChannel or null, clock() -> ms,
      later(run, ms), random() -> 0..1, agent}. */
  function make(parts) {
    const { runtime, bridge } = parts;
    let definition = parts.definition; // in the language shown
    const listeners = new Set();
    const at = {
      lms: { connected: false, learner: { id: "", name: "" }, mode: "normal", credit: true },
      state: null,
      behind: 0,
      floor: 0,
      began: 0,
      nudged: 0,
      told: "",
      saved: "",
      damaged: false,
      restored: false,
      yielded: false,
      language: "",
      copied: true,
      packed: null,
      windows: null,
      closed: false,
    };
    const met = new Map(); // what this LMS or browser does besides the standard, as far as it shows here
    let device = cme.device.make(null, "");
    const uplink = cme.uplink.make({ ...parts, request, launched, changed: settled });
    const identity = cme.identity.make({
      put: (values) => (recorded() ? uplink.call((token) => bridge.profile(token, values)) : Promise.resolve(null)),
      device: { read: () => device.read(), write: (part) => device.write(part) },
      professions: definition.professions,
      changed,
    });

    /* --- what is so --- */

    /* Where a session has a first statement, nothing is said to be before it. */
    function now() {
      return Math.max(at.floor, parts.clock() + at.behind);
    }

    /* A launch for review or without credit leaves nothing behind. */
    function recorded() {
      const answer = uplink.answer();
      return at.lms.mode === "normal" && at.lms.credit !== false && !(answer && answer.mode === "no-evidence");
    }

    function facts() {
      const answer = uplink.answer() || {};
      return {
        now: now(),
        today: cme.clock.today(now(), definition.zone),
        dates: answer.dates || null,
        attemptsGranted: answer.attempts_granted || 0,
        profession: identity.profile.profession,
        mode: recorded() ? "credit" : "no-evidence",
        lms: at.lms,
      };
    }

    function view() {
      return cme.state.view(at.state, definition, facts());
    }

    function changed() {
      listeners.forEach((listener) => listener());
    }

    /* --- opening --- */

    /* Resolves when the first screen can be shown; a bridge that does not answer is asked again in the background. */
    async function open() {
      at.began = parts.clock();
      at.lms = { ...at.lms, ...(await runtime.open()) };
      restore(runtime.load() || "");
      identity.recall();
      meetOtherWindows();
      at.nudged = parts.clock();
      if (bridge) await uplink.launch();
      begin();
      if (!at.state.events.length) at.state = { ...at.state, t0: Math.floor(now() / 1000) };
      send("opened", { definition: parts.package.definition_id });
      speak();
      keep();
      tellLms(null);
    }

    /* An LMS that takes statements (docs/data-flow.md §6) is told of the session's beginning before anything else. */
    function begin() {
      if (!runtime.begin || !at.lms.connected) return;
      runtime.begin({ now, next: cme.state.lastNumber(at.state) + 1 });
      at.floor = now();
      if (recorded()) runtime.tell(at.state.events.map(statementOf));
    }

    /* What the LMS gave back, and what this device has beyond it: an LMS may have lost what it said it had taken. */
    function restore(text) {
      const found = cme.suspend.unpack(text, definition);
      at.damaged = Boolean(found && found.damaged);
      const given = at.damaged ? found.state : found;
      const pointer = cme.device.pointer(parts.storage, whoever());
      const state = given || lost(pointer) || cme.state.fresh(cme.ids.random128(), Math.floor(parts.clock() / 1000));
      device = cme.device.make(parts.storage, state.key);
      at.state = completed(state, device.read(), text);
      if (isNamed()) pointer.write(at.state.key);
      if (text) noteLmsStatus();
    }

    function completed(state, kept, text) {
      const filled = cme.suspend.fill(state, kept.left || [], kept.inner || {});
      const copy = copyOf(kept);
      const joined = copy && copy.key === filled.key ? cme.union.of(filled, copy) : filled;
      if (joined !== filled) noteLost(filled.events.length, joined.events.length);
      if (at.damaged) meet("saved-state-damaged", cutAt(kept, text) ? `cut at ${text.length}` : `${text.length} characters`);
      at.copied = joined !== filled || at.damaged || !isDone(joined);
      return joined;
    }

    /* Only what is not done yet is brought back: an LMS that begins a finished activity anew has been told to. */
    function lost(pointer) {
      const key = isNamed() ? pointer.read() : "";
      const copy = key ? copyOf(cme.device.make(parts.storage, key).read()) : null;
      if (!copy || copy.key !== key || isDone(copy)) return null;
      noteLost(0, copy.events.length);
      return copy;
    }

    function copyOf({ whole, left, inner }) {
      const state = cme.suspend.unpack(whole || "", definition);
      return state && !state.damaged ? cme.suspend.fill(state, left || [], inner || {}) : null;
    }

    function noteLost(given, all) {
      at.restored = true;
      meet("saved-state-lost", `${given} of ${all} events`);
    }

    function cutAt(kept, text) {
      return Boolean(kept.whole) && kept.whole.length > text.length && kept.whole.startsWith(text);
    }

    /* Told completed, and decided about credit: the view cannot say it before the learner's profession is known. */
    function isDone(state) {
      return state.reached.completed && state.events.some((event) => event.kind === "claimed" || event.kind === "declined");
    }

    function isNamed() {
      return at.lms.connected && at.lms.learner.id !== "";
    }

    function whoever() {
      return [definition.activity, parts.package.site || "", at.lms.learner.id].join("|");
    }

    /* A status that is not what we told; “failed” may be ours when the attempts are used up. */
    function noteLmsStatus() {
      const { status } = at.lms;
      const { completed: told, passed } = at.state.reached;
      const says = status === "completed" || status === "passed";
      if (!status || says === told || (status === "failed" && !passed)) return;
      meet("status-overridden", `${status}, told ${told ? "completed" : "incomplete"}`);
    }

    function meet(code, evidence) {
      if (!met.has(code)) met.set(code, { code, evidence, times: 1 });
    }

    /* --- other windows of the same learner --- */

    function meetOtherWindows() {
      if (!isNamed() || !recorded() || !parts.channel) return;
      const channel = parts.channel(`cme:${whoever()}`);
      at.windows = cme.windows.make({ channel, id: cme.ids.random128(), copy: () => at.packed, met: absorb, yielded: yieldToAnother });
      at.windows.arrive();
    }

    /* What another window did since it was saved is not lost. */
    function absorb(copy) {
      const other = copyOf(copy || {});
      const joined = other && other.key === at.state.key ? cme.union.of(at.state, other) : at.state;
      meet("another-window", `${joined.events.length - at.state.events.length} events`);
      if (joined === at.state) return;
      at.state = joined;
      keep();
      tellLms(null);
      if (uplink.answer()) offerUnsent(uplink.answer());
      changed();
    }

    /* From here on nothing is told to the LMS: the other window has the same session, and says what is so. */
    function yieldToAnother() {
      at.yielded = true;
      at.closed = true;
      uplink.end();
      changed();
    }

    function request() {
      const { definition_id, site, build, format } = parts.package;
      const { learner, mode, credit, actor, registration } = at.lms;
      return {
        site,
        activity: definition.activity,
        definition: definition_id,
        build,
        format,
        launch_key: at.state.key,
        learner,
        mode,
        credit,
        actor,
        registration,
      };
    }

    function launched(answer) {
      at.behind = cme.clock.behind(answer.now, parts.clock());
      identity.learn(answer.profile);
      if (!recorded()) return;
      goOnAfter(answer.last_sequence || 0);
      offerUnsent(answer);
      if (identity.isUnsent()) sendIdentity();
    }

    /* The bridge has more than we know of: another device has gone on, or the LMS has lost something. No number is used twice. */
    function goOnAfter(sequence) {
      if (sequence <= cme.state.lastNumber(at.state)) return;
      meet("bridge-has-more", `${sequence}, here ${cme.state.lastNumber(at.state)}`);
      at.state = { ...at.state, last: sequence };
    }

    /* --- the language --- */

    function speak() {
      if (!cme.languages) return; // there is one only
      at.language = at.language || cme.statements.languageOf(null, at.state) || definition.language;
      definition = cme.languages.of(parts.definition, at.language);
      cme.say.use(at.language);
    }

    /* A language of the activity; what is said from here on is said in it. */
    function chooseLanguage(language) {
      at.language = language;
      speak();
      send("opened", { definition: parts.package.definition_id, language });
    }

    /* --- events --- */

    /* {event} when something was recorded (null when it already was), {refused: code} when the rules do not allow it. */
    function send(kind, payload) {
      if (at.yielded) return { refused: "another-window" };
      const result = cme.state.step(at.state, kind, payload, now(), definition, facts());
      if (result.refused || !result.event) return result;
      at.state = result.state;
      keep();
      tell(result.event);
      tellLms(result.event);
      changed();
      return result;
    }

    function tell(event) {
      if (runtime.tell) runtime.tell([statementOf(event)]);
      if (uplink.answer()) uplink.offer([statementOf(event)]);
      else nudge();
    }

    /* Actor and registration are the LMS's where it names them: then LMS and bridge are told the same, word for word. */
    function statementOf(event) {
      const launch = at.lms.actor ? at.lms : uplink.answer() || {};
      const statement = cme.statements.statement(event, at.state, definition, launch, parts.package.vocabulary);
      return runtime.dress ? runtime.dress(statement) : statement;
    }

    /* `last_sequence` is what the bridge has; when it has less than we remember (it was restored from a backup), all goes again. */
    function offerUnsent(answer) {
      const have = Math.min(at.state.sent, answer.last_sequence || 0);
      uplink.offer(at.state.events.filter((event) => event.n > have).map(statementOf));
    }

    /* All up to `sent` is known to be stored: a hint for the next launch, which may be on another device. */
    function settled() {
      const open = at.state.events.find((event) => event.n > at.state.sent && !isStored(event));
      const last = at.state.events[at.state.events.length - 1];
      const sent = open ? Math.max(at.state.sent, open.n - 1) : last ? last.n : 0;
      if (sent !== at.state.sent) {
        at.state = { ...at.state, sent };
        keep();
      }
      changed();
    }

    function isStored(event) {
      return uplink.isStored(cme.ids.uuid5(at.state.key, String(event.n)));
    }

    /* --- saving --- */

    function keep() {
      if (at.closed || !recorded()) return;
      const limit = room();
      const packed = cme.suspend.pack(at.state, definition, limit);
      at.packed = { whole: packed.text, left: packed.left, inner: packed.inner };
      const stored = device.write({ ...at.packed, whole: at.copied && at.lms.connected ? packed.text : "" });
      if (!stored) meet("no-storage", "localStorage");
      const kept = runtime.save(packed.text, at.state.place.screen || "");
      if (kept === false && room() < limit) keep(); // it has just shown how much it really keeps
      else noteSaved(kept, stored || !packed.left.length);
    }

    function room() {
      return Math.min(parts.package.limits.suspend_data, runtime.room || Infinity);
    }

    /* The answer of an LMS that is told by HTTP comes later. What it had no room for must be on this device (`isWhole`). */
    function noteSaved(kept, isWhole) {
      if (!kept || !kept.then) at.saved = kept && isWhole ? "saved" : "notSaved";
      else kept.then((done) => noteSaved(done, isWhole)).then(changed);
    }

    /* The LMS is told when something changed for it, and of the responses of an assessment when it is submitted. */
    function tellLms(event) {
      const interactions = event && event.kind === "submitted" ? cme.state.interactions(at.state, definition, event) : [];
      const report = view().lms;
      const told = JSON.stringify(report);
      if (!recorded() || at.closed || (told === at.told && !interactions.length)) return;
      at.told = told;
      runtime.report({ ...report, seconds: seconds(), interactions });
    }

    function seconds() {
      return Math.max(0, Math.round((parts.clock() - at.began) / 1000));
    }

    /* What a wrapped package saved, by content: {full, light} as gate/inner.js writes them; null forgets it. */
    function keepInner(id, texts) {
      const { [id]: before, ...others } = at.state.inner || {};
      if (JSON.stringify(before || null) === JSON.stringify(texts)) return;
      at.state = { ...at.state, inner: texts ? { ...others, [id]: texts } : others };
      keep();
    }

    function setPlace(part) {
      at.state = { ...at.state, place: { ...at.state.place, ...part } };
      if (SAVED_AT_ONCE.some((key) => key in part)) keep();
    }

    /* --- identity --- */

    /* Before the learner was asked for a name, the LMS's stands in for it. */
    function chooseProfession(profession) {
      return identity.save({ profession, name: identity.profile.name || nameFromLms() });
    }

    /* What is given with the claim. The saved state remembers that it arrived, and nothing of what it is. */
    async function giveDetails(part) {
      identity.profile.confirmed = true;
      return noted(await identity.save(part));
    }

    /* What a learner does, or a network that is back, is a good moment for what did not arrive. */
    function online() {
      uplink.retry();
      if (identity.isUnsent() && uplink.answer()) sendIdentity();
    }

    function nudge() {
      if (parts.clock() - at.nudged < NUDGE) return;
      at.nudged = parts.clock();
      online();
    }

    async function sendIdentity() {
      identity.profile.name = identity.profile.name || nameFromLms();
      noted(await identity.send());
    }

    function noted(kept) {
      if (kept.saved && identity.profile.confirmed) setPlace({ p: 1 });
      return kept;
    }

    function nameFromLms() {
      return cme.identity.turned(at.lms.learner.name);
    }

    /* True when a name and what the credits need have reached the bridge, in this launch or an earlier one. */
    function detailsGiven() {
      return Boolean(at.state.place.p) && !(identity.profile.confirmed && identity.isUnsent());
    }

    /* The bridge's answer about credit, or null when it cannot be had now. */
    async function credit() {
      const answer = await uplink.call((token) => bridge.credit(token));
      return answer && answer.status === 200 ? answer.body : null;
    }

    /* --- what the learner should be told above every screen: {kind, key, values} --- */

    function warnings() {
      const { dates } = facts();
      const ends = cme.say.date((dates || definition).terminates || "");
      const { terminated } = view();
      const found = [
        [!recorded(), "note", at.lms.notice || "review"],
        [recorded() && !at.lms.connected, "warning", at.lms.notice || "noLms"],
        [at.lms.connected && at.saved === "notSaved", "wrong", "notSaved"],
        [at.damaged && !at.restored, "warning", "damaged"],
        [at.restored, "note", "restored"],
        [terminated, "warning", "terminated"],
        [!terminated && datesChanged(dates), "note", "dates"],
      ];
      return found.filter(([so]) => so).map(([, kind, key]) => ({ kind, key, values: { date: ends } }));
    }

    function datesChanged(dates) {
      return Boolean(dates && dates.terminates && dates.terminates !== definition.terminates);
    }

    /* --- leaving --- */

    /* The page may never be seen again from here on. */
    function rest() {
      if (!at.state || at.closed) return;
      keep();
      uplink.beacon();
    }

    /* True when the LMS took the last save; calling it again does nothing. `unloading`: the page goes away, nobody pressed Exit. */
    function close(unloading) {
      if (!at.closed && at.state) {
        rest();
        if (recorded()) runtime.report({ ...view().lms, seconds: seconds(), interactions: [] });
        at.closed = true;
        uplink.end();
        if (at.windows) at.windows.close();
        runtime.close({ done: view().lms.status === "completed", unloading: Boolean(unloading) });
      }
      return at.saved !== "notSaved";
    }

    /* --- how things stand, without anybody's name --- */

    /* `elsewhere`: texts that stand on the device they were written on, and can be sent from there only. */
    function status() {
      const open = at.state.events.filter((event) => event.n > at.state.sent && !isStored(event));
      return {
        connection: uplink.state(),
        refusal: uplink.refusal(),
        events: at.state.events.length,
        unsent: open.filter((event) => !event.missing).length,
        elsewhere: open.filter((event) => event.missing).length,
        parked: uplink.parked(),
        lms: { connected: at.lms.connected, saved: at.saved, ...view().lms },
      };
    }

    /* True when the bridge has all that it can be told from here: the events, and what the learner said of themselves. */
    function allSent() {
      return !status().unsent && !identity.isUnsent();
    }

    function report() {
      const odd = [...(runtime.odd || []), ...met.values()];
      return cme.diagnostics.report(parts, { at: new Date(now()).toISOString(), odd, ...status() });
    }

    async function sendDiagnostics() {
      if (!bridge) return false;
      const answer = await bridge.diagnostics(uplink.answer() && uplink.answer().token, report());
      return answer.status >= 200 && answer.status < 300;
    }

    function subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }

    return {
      open, view, facts, send, setPlace, chooseProfession, giveDetails, detailsGiven, nameFromLms, credit, warnings,
      rest, close, status, allSent, report, sendDiagnostics, recorded, subscribe,
      online,
      nudge,
      connection: uplink.state,
      hasBridge: () => Boolean(bridge),
      meet,
      yielded: () => at.yielded,
      definition: () => definition,
      language: () => at.language,
      chooseLanguage,
      keepInner,
      inner: (id) => (at.state.inner || {})[id] || null,
      place: () => at.state.place,
      profile: () => identity.profile,
      saved: () => (at.lms.connected ? at.saved : ""),
    };
  }

  return { make };
})();
