/* One learner's launch: saved state, the LMS and the bridge kept in step. Screens send events here and read the view back.
   The LMS and the bridge never wait for each other, and either may be missing. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.session = (function () {
  "use strict";

  const RETRIES = [5, 15, 45, 120, 300]; // seconds between launches while the bridge cannot be reached; the last repeats
  const NUDGE = 5000; // ms; what a learner does is a good moment to try again, but not more often than this

  /* Everything from outside is passed in: {runtime, definition, package, bridge (null without one), storage, clock() -> ms, later(run, ms), random()}. */
  function make(parts) {
    const { runtime, definition, bridge } = parts;
    const listeners = new Set();
    const profile = { name: "", profession: null, identifiers: {}, consents: {}, given: [], stored: false, confirmed: false };
    const at = {
      lms: { connected: false, learner: { id: "", name: "" }, mode: "normal", credit: true },
      state: null,
      launch: null,
      connection: bridge ? "connecting" : "none",
      refusal: "",
      tries: 0,
      launching: null,
      behind: 0,
      began: 0,
      tried: 0,
      told: "",
      saved: "",
      damaged: false,
      closed: false,
      outbox: null,
    };

    /* --- what is so --- */

    function now() {
      return parts.clock() + at.behind;
    }

    function recorded() {
      if (at.lms.mode !== "normal" || at.lms.credit === false) return false;
      return !at.launch || at.launch.mode !== "no-evidence";
    }

    function facts() {
      return {
        now: now(),
        today: cme.clock.today(now(), definition.zone),
        dates: at.launch ? at.launch.dates || null : null,
        attemptsGranted: at.launch ? at.launch.attempts_granted || 0 : 0,
        profession: profile.profession,
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
      const found = cme.suspend.unpack(runtime.load() || "", definition);
      at.damaged = Boolean(found && found.damaged);
      at.state = restored(found) || cme.state.fresh(cme.ids.random128(), Math.floor(parts.clock() / 1000));
      recallProfession();
      if (bridge) await launch();
      if (!at.state.events.length) at.state = { ...at.state, t0: Math.floor(now() / 1000) };
      send("opened", { definition: parts.package.definition_id });
      keep();
      tellLms(null);
    }

    function restored(found) {
      const state = found && found.damaged ? found.state : found;
      return state ? cme.suspend.fill(state, cached(state.key).left || []) : null;
    }

    /* --- the bridge --- */

    function request() {
      const { definition_id, site, build, format } = parts.package;
      const { learner, mode, credit } = at.lms;
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
      };
    }

    /* One launch at a time; true when the bridge answered it. */
    function launch() {
      at.tried = parts.clock();
      at.launching =
        at.launching ||
        ask().finally(() => {
          at.launching = null;
        });
      return at.launching;
    }

    async function ask() {
      const { status, body } = await bridge.launch(request());
      const answered = status === 200 && body && body.token;
      if (answered) accept(body);
      else if (status >= 400 && status < 500 && status !== 429) refuse(status, body);
      else tryLater();
      changed();
      return Boolean(answered);
    }

    function accept(answer) {
      at.connection = "online";
      at.tries = 0;
      at.launch = answer;
      at.behind = cme.clock.behind(answer.now, parts.clock());
      learn(answer.profile);
      if (at.state.events.length && recorded()) offerUnsent();
      if (profile.profession && !profile.stored) putLater();
    }

    /* The bridge knows what was given under this launch key; what was typed in the meantime comes first. */
    function learn(known) {
      if (!known) return;
      profile.stored = !profile.profession || profile.profession === known.profession;
      profile.name = profile.name || known.name || "";
      profile.profession = profile.profession || known.profession || null;
      profile.given = known.identifiers || [];
      profile.consents = { ...known.consents, ...profile.consents };
      rememberProfession();
    }

    function refuse(status, body) {
      at.connection = "refused";
      const first = body && body.problems && body.problems[0];
      at.refusal = first ? `${first.code}: ${first.message}` : `status ${status}`;
    }

    function tryLater() {
      at.connection = "offline";
      const wait = RETRIES[Math.min(at.tries, RETRIES.length - 1)];
      at.tries += 1;
      parts.later(() => at.connection === "offline" && !at.closed && launch(), wait * 1000);
    }

    function online() {
      if (at.connection === "offline" && !at.closed) launch();
      else if (at.outbox) at.outbox.flush();
    }

    /* Tries the bridge again when the last try is a while ago. */
    function nudge() {
      if (at.connection === "offline" && parts.clock() - at.tried >= NUDGE) online();
    }

    /* --- statements --- */

    function outbox() {
      at.outbox =
        at.outbox ||
        cme.outbox.make({
          send: sendText,
          later: parts.later,
          now: parts.clock,
          random: parts.random,
          onChange: settled,
          relaunch: async () => {
            if (!(await launch())) throw new Error("no launch");
          },
        });
      return at.outbox;
    }

    async function sendText(text) {
      const answer = await bridge.statements(at.launch, text);
      if (answer.status === 0) throw new Error("no answer");
      return { status: answer.status, problems: answer.body && answer.body.problems, retryAfter: answer.retryAfter };
    }

    function statementOf(event) {
      return cme.statements.statement(event, at.state, definition, at.launch, parts.package.vocabulary);
    }

    /* `last_sequence` is what the bridge has; when it has less than we remember (it was restored from a backup), all goes again. */
    function offerUnsent() {
      const have = Math.min(at.state.sent, at.launch.last_sequence || 0);
      outbox().offer(at.state.events.filter((event) => event.n > have).map(statementOf));
    }

    function settled() {
      const open = at.state.events.find((event) => event.n > at.state.sent && !at.outbox.isStored(idOf(event)));
      const last = at.state.events[at.state.events.length - 1];
      const sent = open ? Math.max(at.state.sent, open.n - 1) : last ? last.n : 0;
      if (sent !== at.state.sent) {
        at.state = { ...at.state, sent };
        keep();
      }
      changed();
    }

    function idOf(event) {
      return cme.ids.uuid5(at.state.key, String(event.n));
    }

    /* --- events and saving --- */

    /* {event} when something was recorded (null when it already was), {refused: code} when the rules do not allow it. */
    function send(kind, payload) {
      const result = cme.state.step(at.state, kind, payload, now(), definition, facts());
      if (result.refused || !result.event) return result;
      at.state = result.state;
      keep();
      if (at.launch) outbox().offer([statementOf(result.event)]);
      else nudge();
      tellLms(result.event);
      changed();
      return result;
    }

    function keep() {
      if (at.closed || !recorded()) return;
      const packed = cme.suspend.pack(at.state, definition, parts.package.limits.suspend_data);
      remember({ left: packed.left });
      at.saved = runtime.save(packed.text, at.state.place.screen || "") ? "saved" : "notSaved";
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

    /* Where the learner is. A new screen or item is saved at once; scrolling and watching with the next save. */
    function setPlace(part) {
      at.state = { ...at.state, place: { ...at.state.place, ...part } };
      if ("screen" in part || "item" in part || "p" in part) keep();
    }

    /* --- this device's cache: texts that did not fit, and the profession while no bridge remembers it --- */

    function cacheKey(key) {
      return `cme:${key}`;
    }

    function cached(key) {
      try {
        return JSON.parse(parts.storage.getItem(cacheKey(key))) || {};
      } catch (noStorage) {
        return {};
      }
    }

    function remember(part) {
      try {
        const next = { ...cached(at.state.key), ...part };
        const empty = !(next.left && next.left.length) && !next.profession;
        if (empty) parts.storage.removeItem(cacheKey(at.state.key));
        else parts.storage.setItem(cacheKey(at.state.key), JSON.stringify(next));
      } catch (noStorage) {
        // A private window or a sandboxed frame has no storage: what fits is in the LMS all the same.
      }
    }

    function rememberProfession() {
      remember({ profession: profile.profession });
    }

    function recallProfession() {
      const key = cached(at.state.key).profession;
      if (definition.professions.some((one) => one.key === key)) profile.profession = key;
    }

    /* --- identity: to the bridge only --- */

    /* The profession alone, before the learner was asked for a name: the LMS's stands in for it, until the claim. */
    function chooseProfession(profession) {
      return saveProfile({ profession, name: profile.name || nameFromLms() });
    }

    /* What the learner gave with the claim. The saved state remembers that it arrived, and nothing of what it is. */
    async function giveDetails(part) {
      profile.confirmed = true;
      const kept = await saveProfile(part);
      if (kept.saved) setPlace({ p: 1 });
      return kept;
    }

    /* {saved}, {problems} or {offline}. Values stay in memory until the bridge has them, and nowhere else. */
    function saveProfile(part) {
      Object.assign(profile, part, {
        identifiers: { ...profile.identifiers, ...part.identifiers },
        consents: { ...profile.consents, ...part.consents },
        stored: false,
      });
      rememberProfession();
      changed();
      return putProfile();
    }

    /* LMSs give "Last, First". */
    function nameFromLms() {
      const name = (at.lms.learner.name || "").trim();
      const parts = name
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean);
      return parts.length === 2 ? `${parts[1]} ${parts[0]}` : name;
    }

    /* True when a name and what the credits need have reached the bridge, in this launch or an earlier one. */
    function detailsGiven() {
      return Boolean(at.state.place.p) || (profile.confirmed && profile.stored);
    }

    /* What was given while the bridge could not be reached. */
    async function putLater() {
      profile.name = profile.name || nameFromLms();
      const kept = await putProfile();
      if (kept.saved && profile.confirmed) setPlace({ p: 1 });
    }

    async function putProfile() {
      if (!at.launch || !recorded()) return { offline: true };
      const sent = {
        name: profile.name,
        profession: profile.profession,
        identifiers: profile.identifiers,
        consents: profile.consents,
      };
      let answer = await bridge.profile(at.launch.token, sent);
      if (answer.status === 401 && (await launch())) answer = await bridge.profile(at.launch.token, sent);
      if (answer.status === 400) return { problems: (answer.body && answer.body.problems) || [] };
      if (answer.status < 200 || answer.status >= 300) return { offline: true };
      profile.stored = true;
      profile.given = Array.from(new Set([...profile.given, ...Object.keys(sent.identifiers)]));
      changed();
      return { saved: true };
    }

    /* The bridge's answer about credit, or null when it cannot be had now. */
    async function credit() {
      if (!at.launch) return null;
      let answer = await bridge.credit(at.launch.token);
      if (answer.status === 401 && (await launch())) answer = await bridge.credit(at.launch.token);
      return answer.status === 200 ? answer.body : null;
    }

    /* --- what the learner should be told above every screen --- */

    function warnings() {
      const found = [];
      const add = (kind, key, values) => found.push({ kind, key, values: values || {} });
      const seen = view();
      const { dates } = facts();
      if (!recorded()) add("note", "review");
      if (recorded() && !at.lms.connected) add("warning", "noLms");
      if (at.lms.connected && at.saved === "notSaved") add("wrong", "notSaved");
      if (at.damaged) add("warning", "damaged");
      if (seen.terminated) add("warning", "terminated", { date: cme.say.date((dates || definition).terminates) });
      else if (datesChanged(dates)) add("note", "dates", { date: cme.say.date(dates.terminates) });
      return found;
    }

    function datesChanged(dates) {
      return Boolean(dates && dates.terminates && dates.terminates !== definition.terminates);
    }

    /* --- leaving --- */

    function rest() {
      if (!at.state || at.closed) return;
      keep();
      if (at.launch && at.outbox) {
        const text = at.outbox.beacon(at.launch.token);
        if (text) bridge.beacon(text);
      }
    }

    /* True when the LMS took the last save; calling it again does nothing. */
    function close() {
      if (at.closed || !at.state) return at.saved !== "notSaved";
      rest();
      if (recorded()) runtime.report({ ...view().lms, seconds: seconds(), interactions: [] });
      at.closed = true;
      runtime.close({ done: view().lms.status === "completed" });
      return at.saved !== "notSaved";
    }

    /* --- diagnostics: what happened, and nobody's name --- */

    function status() {
      const box = at.outbox ? at.outbox.status() : { waiting: 0, stored: 0, parked: [], connected: null, next: null };
      const unsent = at.state.events.filter((event) => event.n > at.state.sent).length;
      return {
        connection: at.connection,
        refusal: at.refusal,
        events: at.state.events.length,
        unsent,
        parked: box.parked,
        lms: { connected: at.lms.connected, saved: at.saved, ...view().lms },
      };
    }

    function report() {
      const { definition_id, build, format, packager } = parts.package;
      const calls = (runtime.log || []).map(({ call, args, answer, error }) => ({
        call,
        args: safeArgs(args),
        answer: shortText(answer),
        error,
      }));
      return {
        definition: definition_id,
        build,
        format,
        packager,
        agent: parts.agent || "",
        at: new Date(now()).toISOString(),
        ...status(),
        calls,
      };
    }

    /* Names and answers stand in what the LMS was asked and told; its element names are enough to see what went wrong. */
    function safeArgs(args) {
      return (args || []).slice(0, 1).map(shortText);
    }

    function shortText(value) {
      return value === undefined || value === null ? "" : String(value).slice(0, 60);
    }

    function sendDiagnostics() {
      return bridge
        ? bridge
            .diagnostics(at.launch && at.launch.token, report())
            .then((answer) => answer.status === 204 || answer.status === 200)
        : Promise.resolve(false);
    }

    return {
      open,
      view,
      facts,
      send,
      setPlace,
      chooseProfession,
      giveDetails,
      detailsGiven,
      nameFromLms,
      credit,
      warnings,
      online,
      nudge,
      rest,
      close,
      status,
      report,
      sendDiagnostics,
      place: () => at.state.place,
      profile: () => profile,
      learner: () => at.lms.learner,
      recorded,
      hasBridge: () => Boolean(bridge),
      connection: () => at.connection,
      saved: () => (at.lms.connected ? at.saved : ""),
      flush: () => at.outbox && at.outbox.flush(),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  }

  return { make };
})();
