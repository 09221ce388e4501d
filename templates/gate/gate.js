/* The screen of a wrapped export: its frame, what it reports, and the way on, which never depends on how the export ends itself. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.gate = (function () {
  "use strict";

  const { el, fill, slot, notice, button } = cme.dom;
  const SILENT = 20000; // ms in which an export that speaks SCORM has begun to
  const KEEP = 1000; // ms after a commit
  const KEEP_UNASKED = 5000; // ms after a value was set without one
  const LANDSCAPE = "landscape";

  function mount(root, context, content, finish, timer) {
    const part = makePart(root, context, content, finish, timer);
    part.start();
    return part.leave;
  }

  function makePart(root, context, content, finish, timer) {
    const { session, definition } = context;
    const wrapped = cme.package.wrapped[content.id];
    const assesses = Boolean(definition.post && definition.post.from === content.id);
    const at = { open: null, said: null, silent: null, ticking: null };

    /* --- what stands --- */

    const post = () => context.view.post;
    const isFinished = () => context.view.contents[content.id].finished;
    const isOver = () => !assesses || post().passed || post().exhausted;
    const keyOf = (number) => (wrapped.starts.length > 1 ? `${content.id}/${number}` : content.id);
    const saved = (number) => cme.inner.read(((session.inner(keyOf(number)) || {}).full) || "");

    function mastery(start) {
      if (assesses) return definition.post.passing_score;
      if (start.mastery === "") return null;
      const number = Number(start.mastery);
      if (!Number.isFinite(number)) return null;
      return wrapped.api === "scorm-2004" ? number : number / 100;
    }

    /* --- opening and closing one of its starts --- */

    function begin(number) {
      close();
      const start = wrapped.starts[number];
      const edition = cme.inner.editionOf(wrapped.api === "none" ? "scorm-1.2" : wrapped.api);
      const other = wrapped.api === "both" ? cme.scorm2004 : null;
      at.open = { number, seconds: 0, ended: false, begun: false, judged: false, edition, keep: null, due: 0 };
      const before = saved(number);
      at.open.seconds = before ? before.seconds : 0;
      const sessions = [edition, other].filter(Boolean).map((each) => makeSession(each, before, start));
      at.open.sessions = sessions;
      at.open.host = cme.host.open({
        place: slot(root, "gate-frame"),
        apis: wrapped.api === "none" ? {} : Object.fromEntries(sessions.map((each) => [each.edition.name, each.rte.api])),
        start: { title: wrapped.starts.length > 1 ? start.title || content.title : content.title, url: start.url },
        language: definition.language,
        free: wrapped.traps.includes("embedded-pdf"),
        guarded: wrapped.traps.includes("top-down-finder"),
        on: { loaded, turning, away: () => say("away"), left, alive: timer.alive },
      });
      if (wrapped.api !== "none") at.silent = setTimeout(silent, SILENT);
      say(before && !before.whole ? "fromStart" : null);
      draw();
    }

    function makeSession(edition, before, start) {
      const { lms } = context.facts;
      const own = session.recorded();
      const facts = {
        learner: lms.learner || { id: "", name: "" },
        credit: own,
        mode: own ? "normal" : "review",
        mastery: mastery(start),
        launchData: start.launch_data,
        objectives: start.objectives,
      };
      const made = { edition, touched: false };
      made.rte = cme.rte.make(edition, cme.inner.opening(edition, before, facts), {
        begun: () => begun(made),
        set: (name, value) => wasSet(made, name, value),
        committed: () => keepSoon(KEEP),
        ended: () => ended(made, facts.mastery),
      });
      return made;
    }

    /* Its last words come while its frame is being taken away. */
    function close() {
      if (!at.open) return;
      clearTimeout(at.silent);
      at.open.host.stop();
      keepNow();
      if (at.open.begun) report(true);
      clearTimeout(at.open.keep);
      at.open = null;
    }

    /* --- what the export does --- */

    function speaking() {
      return at.open.sessions.find((each) => each.touched) || at.open.sessions[0];
    }

    function begun(made) {
      clearTimeout(at.silent);
      made.touched = true;
      if (!at.open) return;
      at.open.begun = true;
      at.open.ended = false;
      if (at.said === "silent") later(() => say(null));
    }

    function wasSet(made, name) {
      if (!at.open) return;
      timer.alive();
      keepSoon(KEEP_UNASKED);
      if (name === "adl.nav.request" && made.edition.ending(made.rte.values())) later(() => say("ended"));
    }

    /* The standard's LMS judges by the mastery score when a session ends; the export reads that at its next launch. */
    function ended(made, judge) {
      if (!at.open) return;
      at.open.seconds += made.edition.seconds(made.rte.values()[made.edition.time]);
      at.open.ended = true;
      at.open.judged = Object.assign({}, made.edition.judged(made.rte.values(), judge));
      const opened = at.open;
      keepNow();
      later(() => {
        if (at.open !== opened || !opened.ended) return;
        report(true);
        say("ended");
        draw();
      });
    }

    /* Its next page may begin a session without this one having ended its own. */
    function turning() {
      if (at.open) at.open.sessions.forEach((each) => each.rte.reopen());
    }

    function loaded(again) {
      // A page that comes after the end is a farewell: the way on stands above it.
      if (again && at.open.ended) say("ended");
    }

    function left() {
      close();
      say("left");
      draw();
    }

    function silent() {
      if (at.open && !at.open.begun) say("silent");
      draw();
    }

    /* An export must not wait for us, nor be broken by what we do. */
    function later(run) {
      setTimeout(run, 0);
    }

    /* --- keeping --- */

    function values() {
      const made = speaking();
      return Object.assign(made.rte.values(), at.open.ended ? at.open.judged : {});
    }

    /* Never later than was promised before: an export that talks without a pause would put it off for ever. */
    function keepSoon(wait) {
      const { open } = at;
      if (!open) return;
      const due = Date.now() + wait;
      if (open.keep !== null && open.due <= due) return;
      clearTimeout(open.keep);
      open.due = due;
      open.keep = setTimeout(() => {
        open.keep = null;
        if (at.open !== open) return;
        keepNow();
        report(false);
        draw();
      }, wait);
    }

    function keepNow() {
      if (!at.open || !at.open.begun || at.open.dropped) return;
      const { edition } = speaking();
      const about = { seconds: at.open.seconds, ended: at.open.ended };
      session.keepInner(keyOf(at.open.number), cme.inner.record(edition, values(), about));
    }

    /* --- reporting --- */

    /* `over`: this launch of the export has ended, so that a result that is no pass counts as an attempt as well. */
    function report(over) {
      const outcome = speaking().edition.outcome(values());
      if (assesses) assessed(outcome, over);
      else if (over || cme.inner.isResult(outcome)) keepScore(outcome);
      if (assesses ? isOver() && post().submitted.length : allDone(outcome)) finish();
    }

    function keepScore(outcome) {
      if (outcome.score === null || wrapped.starts.length > 1) return;
      context.send("scored", { c: content.id, k: Math.round(outcome.score * cme.inner.SHARES), p: outcome.passed });
    }

    function allDone(outcome) {
      const { number } = at.open;
      return wrapped.starts.every((start, index) => {
        if (index === number) return cme.inner.isDone(content.done, outcome);
        return isPartDone(index);
      });
    }

    function isPartDone(index) {
      const known = saved(index);
      return Boolean(known) && cme.inner.isDone(content.done, cme.inner.editionOf(known.edition).outcome(known.values));
    }

    /* One launch of the export is one attempt at most. A pass counts at once; anything else when the launch is over. */
    function assessed(outcome, over) {
      if (isOver() || at.open.submitted || !cme.inner.isResult(outcome)) return;
      const k = Math.round(outcome.score * cme.inner.SHARES);
      const passed = cme.scoring.passes({ correct: k, total: cme.inner.SHARES }, definition.post.passing_score);
      if (!passed && !over) return;
      const result = context.send("submitted", { a: "post", t: post().attempt, k });
      if (result.refused) return;
      at.open.submitted = true;
      if (passed) return;
      at.open.dropped = true; // the next attempt begins anew
      session.keepInner(keyOf(at.open.number), null);
    }

    /* --- what is shown --- */

    function say(what) {
      at.said = what;
      if ((what === "ended" || what === "left") && isLarge()) enlarge(); // the way on lies beside the frame
      drawSaid();
      if (what && what !== "fromStart") context.announce(cme.say(`gate.${what}.title`));
    }

    function drawSaid() {
      const words = assesses && at.said === "ended" ? assessmentWords() : at.said;
      const place = slot(root, "gate-said");
      if (!words) return void fill(place);
      if (typeof words !== "string") return void fill(place, words);
      const kind = { ended: isFinished() ? "good" : "note", left: isFinished() ? "good" : "note" }[words] || "warning";
      fill(place, notice(kind, cme.say(`gate.${words}.title`), el("p", {}, cme.say(saidKey(words))), again(words)));
    }

    function saidKey(words) {
      if (words !== "ended" && words !== "left") return `gate.${words}`;
      if (isFinished()) return "gate.ended.done";
      return wrapped.starts.length > 1 && isPartDone(at.last) ? "gate.ended.more" : `gate.ended.${content.done}`;
    }

    function again(words) {
      if (words === "fromStart" || words === "silent") return null;
      return el("p", {}, button(cme.say("gate.again"), { class: "quiet", data: { action: "gate-again" }, on: { click: reopen } }));
    }

    function reopen() {
      begin(at.open ? at.open.number : at.last || 0);
    }

    function assessmentWords() {
      const { submitted, passed, exhausted, attemptsLeft } = post();
      const last = submitted[submitted.length - 1];
      if (!last) return "ended";
      const share = cme.say.percent(last.score);
      if (passed) return notice("good", cme.say("gate.passed", { share }), el("p", {}, cme.say("gate.reported")));
      if (exhausted) return notice("warning", cme.say("post.exhausted"), el("p", {}, cme.say("post.exhaustedMore")));
      return notice(
        "note",
        cme.say("gate.failed", { share, needed: cme.say.percent(definition.post.passing_score) }),
        el("p", {}, cme.say("post.left", { n: attemptsLeft })),
        el("p", {}, button(cme.say("post.retry"), { class: "primary", data: { action: "gate-again" }, on: { click: reopen } })),
      );
    }

    function draw() {
      if (at.open) at.last = at.open.number;
      drawSaid();
      drawStarts();
      drawFoot();
    }

    function drawStarts() {
      if (wrapped.starts.length < 2) return;
      const current = at.open ? at.open.number : at.last;
      fill(
        slot(root, "gate-starts"),
        wrapped.starts.map((start, index) =>
          el(
            "li",
            {},
            button([isPartDone(index) ? cme.dom.icon("done") : null, start.title || cme.say("gate.part", { n: index + 1 })], {
              class: "quiet",
              "aria-current": index === current ? "step" : null,
              data: { start: index, done: String(isPartDone(index)) },
              on: { click: () => begin(index) },
            }),
          ),
        ),
      );
    }

    function drawFoot() {
      if (isFinished() && isOver()) return context.foot({});
      if (content.done === "visited" || (at.said === "silent" && content.done === "completed" && !assesses)) return visitedFoot();
      const note = assesses ? "gate.until.assessment" : `gate.until.${content.done}`;
      context.foot({ note: cme.say(note, assesses ? { share: cme.say.percent(definition.post.passing_score) } : {}) });
    }

    /* Nothing is measured here: the learner says that they are through, once the time that the author asks for was spent. */
    function visitedFoot() {
      const wait = Math.ceil((content.stay * 60 - timer.seconds()) / 60);
      if (wait > 0) return context.foot({ note: cme.say("gate.stay", { n: wait }) });
      return context.foot({ note: cme.say("gate.visited"), next: { label: cme.say("gate.iAmThrough"), action: "next", act: through } });
    }

    function through() {
      finish();
      context.forward();
    }

    /* --- around it --- */

    const isLarge = () => slot(root, "gate").classList.contains("gate-large");

    function enlarge() {
      const gate = slot(root, "gate");
      const large = gate.classList.toggle("gate-large");
      const toggle = slot(root, "gate-size");
      toggle.textContent = cme.say(large ? "gate.smaller" : "gate.larger");
      toggle.setAttribute("aria-pressed", String(large));
      document.documentElement.classList.toggle("gate-is-large", large);
    }

    const onHidden = () => document.visibilityState === "hidden" && keepNow();

    function start() {
      document.documentElement.classList.add("gate-is-here");
      slot(root, "gate").classList.toggle("gate-landscape", wrapped.shape === LANDSCAPE);
      slot(root, "gate-size").onclick = enlarge;
      slot(root, "gate-size").textContent = cme.say("gate.larger");
      slot(root, "gate-pop-up").hidden = !wrapped.traps.includes("pop-up");
      document.addEventListener("visibilitychange", onHidden, true);
      globalThis.addEventListener("pagehide", keepNow, true);
      at.ticking = setInterval(() => (content.done === "visited" && !isFinished() ? drawFoot() : null), 5000);
      begin(firstOpen());
    }

    function firstOpen() {
      const open = wrapped.starts.findIndex((start, index) => !isPartDone(index));
      return open < 0 ? 0 : open;
    }

    function leave() {
      close();
      document.documentElement.classList.remove("gate-is-here");
      clearInterval(at.ticking);
      document.removeEventListener("visibilitychange", onHidden, true);
      globalThis.removeEventListener("pagehide", keepNow, true);
      if (isLarge()) enlarge();
      slot(root, "gate-frame").replaceChildren();
    }

    return { start, leave };
  }

  return { mount };
})();
