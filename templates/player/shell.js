/* What stands around every screen: where the learner is, the list of steps, Back and Next, and what must be told. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.shell = (function () {
  "use strict";

  const { el, fill, slot, icon, notice } = cme.dom;
  const DESK = "(min-width: 60rem)";

  /* make({root, session}) -> {draw, go, foot, ...}; `root` is the document's body. */
  function make(parts) {
    const { root, session } = parts;
    const at = { key: null, leave: null, foot: null, later: null };
    const drawer = slot(root, "drawer");

    /* --- moving between screens --- */

    function section(key) {
      return root.querySelector(`[data-screen="${CSS.escape(key)}"]`);
    }

    function entry(key) {
      return session.view().screens.find((screen) => screen.key === key);
    }

    function neighbour(by) {
      const { screens } = session.view();
      return screens[screens.findIndex((screen) => screen.key === at.key) + by] || null;
    }

    /* Shows an unlocked screen and moves focus to its heading; a locked one is refused with its reason. */
    function go(key, options) {
      const wanted = entry(key);
      if (!wanted || wanted.status === "locked") return announce(lockWords(wanted));
      unmount();
      const same = session.place().screen === key;
      if (!same) session.setPlace({ screen: key, item: 0, scroll: 0 });
      at.key = key;
      mount(wanted);
      draw();
      arrive(options || {});
    }

    function unmount() {
      if (at.key === null) return;
      flushTexts(section(at.key));
      if (at.leave) at.leave();
      section(at.key).hidden = true;
      at.leave = null;
      at.foot = null;
    }

    function mount(wanted) {
      const node = section(wanted.key);
      node.hidden = false;
      cme.tables.prepare(node);
      at.leave = cme.screens[wanted.kind].mount(node, context(wanted)) || null;
      document.title = `${titleOf(wanted)} \u2013 ${session.definition().title}`;
    }

    /* A page that opens leaves the focus to the LMS around it; moving on puts it on the new heading. */
    function arrive(options) {
      if (options.opening) return globalThis.scrollTo(0, session.place().scroll || 0);
      globalThis.scrollTo(0, 0);
      focusOn(section(at.key).querySelector("h1"));
    }

    function focusOn(node) {
      if (!node) return;
      node.focus({ preventScroll: true });
      if (node.tagName !== "H1") node.scrollIntoView({ block: "start" });
    }

    /* All that a screen may use. */
    function context(wanted) {
      return {
        definition: session.definition(),
        session,
        say: cme.say,
        announce,
        focusOn,
        go,
        key: wanted.key,
        id: wanted.id,
        get view() {
          return session.view();
        },
        get facts() {
          return session.facts();
        },
        send: session.send,
        foot,
        forward: () => forward(),
        back: () => back(),
        place: (part) => (part ? session.setPlace(part) : session.place()),
        // An answer of the bridge may come after the learner went on: nobody is called back to a screen that was left.
        redraw: () => at.key === wanted.key && go(wanted.key),
        exit: () => exit(),
        problem: (words) => showProblem(words),
      };
    }

    function titleOf(screen) {
      return screen.title || cme.say(`screen.${screen.kind}`);
    }

    /* --- the foot --- */

    /* foot({back, next, note}): each of back and next is {label, action, act}; what is left out is the way through the screens. */
    function foot(wishes) {
      at.foot = wishes;
      showProblem("");
      drawFoot();
    }

    function forward() {
      if (resumeLater()) return;
      const next = neighbour(1);
      if (next) go(next.key);
    }

    /* The place kept in the LMS may need what only the bridge or the learner knows (the profession): once that is given, on to there. */
    function resumeLater() {
      const wanted = at.later && entry(at.later.screen);
      if (!wanted || wanted.status === "locked") return false;
      session.setPlace(at.later);
      at.later = null;
      go(wanted.key);
      return true;
    }

    function back() {
      const before = neighbour(-1);
      if (before) go(before.key);
    }

    function drawFoot() {
      const wishes = at.foot || {};
      const [before, after] = [neighbour(-1), neighbour(1)];
      const lock = after && after.status === "locked" ? after : null;
      const next =
        "next" in wishes ? wishes.next : after && !lock ? { label: nextLabel(after), action: "next", act: forward } : null;
      const previous = wishes.back || (before ? { label: cme.say("foot.back"), action: "back", act: back } : null);
      drawButton("back", previous);
      drawButton("next", next);
      slot(root, "foot-note").textContent = wishes.note || (!next && lock && !("next" in wishes) ? lockWords(lock) : "");
      slot(root, "foot").hidden = !previous && !next;
    }

    function nextLabel(screen) {
      return cme.say("foot.next", { title: titleOf(screen) });
    }

    function drawButton(name, wish) {
      const button = slot(root, name);
      button.hidden = !wish;
      if (!wish) return;
      button.textContent = wish.label;
      button.dataset.action = wish.action;
      button.onclick = () => {
        flushTexts(section(at.key));
        wish.act();
      };
    }

    /* What stands in the way of the primary button; read out at once. */
    function showProblem(words) {
      slot(root, "foot-error").textContent = words;
    }

    /* --- the list of steps --- */

    function lockWords(screen) {
      return cme.say(screen && screen.reason ? `locked.${screen.reason}` : "locked");
    }

    function drawSteps() {
      const { screens } = session.view();
      fill(
        slot(root, "steps-list"),
        screens.map((screen, index) => stepRow(screen, index > 0 && screens[index - 1].reason === screen.reason)),
      );
    }

    /* The same reason again, and "done" beside its mark, are there for those who listen. */
    function stepRow(screen, repeated) {
      const here = screen.key === at.key;
      const locked = screen.status === "locked";
      const quietly = repeated || screen.status === "done" ? "visually-hidden" : "step-state";
      const words = el("span", { class: "step-words" }, titleOf(screen), " ", el("span", { class: quietly }, stateWords(screen)));
      const attributes = {
        class: `step step-${screen.status}${here ? " step-here" : ""}`,
        data: { step: screen.key, status: screen.status },
      };
      if (locked) return el("li", {}, el("div", attributes, icon("locked"), words));
      const act = () => {
        closeDrawer();
        go(screen.key);
      };
      return el(
        "li",
        {},
        el(
          "button",
          { ...attributes, type: "button", "aria-current": here ? "step" : null, on: { click: act } },
          icon(screen.status),
          words,
        ),
      );
    }

    function stateWords(screen) {
      if (screen.status === "locked") return lockWords(screen);
      if (screen.status === "done") return cme.say("step.done");
      return screen.reason ? cme.say(`locked.${screen.reason}`) : "";
    }

    /* One list: beside the screens on a desk, in a drawer on a phone. */
    function placeSteps() {
      const steps = slot(root, "steps");
      const home = globalThis.matchMedia(DESK).matches ? slot(root, "side") : slot(root, "drawer-body");
      if (steps.parentNode === home) return;
      closeDrawer();
      home.append(steps);
    }

    function openDrawer() {
      drawer.showModal();
      const here = drawer.querySelector('[aria-current="step"]');
      if (here) here.focus();
    }

    function closeDrawer() {
      if (drawer.open) drawer.close();
    }

    /* --- the head --- */

    /* A phone has room for the figures alone; whoever listens hears the whole of it everywhere. */
    function position(at, of) {
      return [
        el("span", { class: "position-words" }, cme.say("shell.position", { at, of })),
        el("bdi", { class: "position-short", dir: "ltr", "aria-hidden": "true" }, `${at}/${of}`),
      ];
    }

    function drawHead() {
      const { screens } = session.view();
      const index = screens.findIndex((screen) => screen.key === at.key);
      const done = screens.filter((screen) => screen.status === "done").length;
      const percent = Math.round((100 * done) / (screens.length - 1)); // the last screen is never done
      slot(root, "step").textContent = titleOf(screens[index]);
      fill(slot(root, "position"), position(index + 1, screens.length));
      slot(root, "bar").setAttribute("aria-valuenow", String(percent));
      slot(root, "bar-fill").style.inlineSize = `${percent}%`;
    }

    /* The same words twice are not read out twice: the element changes only when they do. */
    function drawSaved() {
      const node = slot(root, "save");
      const status = session.saved();
      const words = status ? cme.say(`save.${status}`) : "";
      if (node.textContent !== words) node.textContent = words;
      node.dataset.save = status;
    }

    function drawNotices() {
      fill(
        slot(root, "notices"),
        session
          .warnings()
          .map((warning) =>
            notice(
              warning.kind,
              cme.say(`notice.${warning.key}.title`),
              el("p", {}, cme.say(`notice.${warning.key}`, warning.values)),
            ),
          ),
      );
    }

    function draw() {
      if (at.key === null) return;
      drawHead();
      drawSaved();
      drawNotices();
      drawSteps();
      drawFoot();
    }

    function announce(words) {
      slot(root, "announcer").textContent = "";
      setTimeout(() => {
        slot(root, "announcer").textContent = words;
      }, 50);
    }

    /* --- the end --- */

    async function exit() {
      if (at.key !== null) flushTexts(section(at.key));
      unmount();
      at.key = null;
      const kept = session.close();
      showEnd("exit.heading", [el("p", {}, cme.say(kept ? "exit.saved" : "exit.notSaved"))]);
      globalThis.close(); // only a window that a script opened can be closed so
    }

    /* Another window goes on: this one shows nothing that could be answered in vain. */
    function showYielded() {
      const here = { type: "button", class: "button", data: { action: "continue-here" }, on: { click: () => globalThis.location.reload() } };
      if (at.key !== null) unmount();
      at.key = null;
      showEnd("elsewhere.heading", [el("p", {}, cme.say("elsewhere")), el("button", here, cme.say("elsewhere.here"))]);
    }

    function showEnd(title, content) {
      const heading = el("h1", { tabindex: "-1" }, cme.say(title));
      fill(slot(root, "screens"), el("section", { class: "screen closed", data: { screen: "closed" } }, heading, ...content));
      [
        slot(root, "foot"),
        slot(root, "side"),
        root.querySelector(".top-row .exit-button"),
        root.querySelector(".steps-button"),
      ].forEach((node) => {
        node.hidden = true;
      });
      heading.focus();
    }

    /* --- the language --- */

    function chooseLanguage(language) {
      unmount();
      session.chooseLanguage(language);
      cme.languages.show(root, session.definition(), language);
      mount(entry(at.key));
      draw();
    }

    /* --- listening --- */

    function listen() {
      if (cme.languages) cme.languages.listen(root, chooseLanguage);
      root.querySelector('[data-action="steps"]').addEventListener("click", openDrawer);
      root.querySelector('[data-action="close-steps"]').addEventListener("click", closeDrawer);
      root.querySelector('[data-action="exit"]').addEventListener("click", exit);
      drawer.addEventListener("click", (event) => {
        if (event.target === drawer) closeDrawer();
      });
      globalThis.matchMedia(DESK).addEventListener("change", placeSteps);
      globalThis.addEventListener("beforeprint", () =>
        root.querySelectorAll("details").forEach((part) => {
          part.open = true;
        }),
      );
      globalThis.addEventListener("scroll", keepScroll, { passive: true });
      session.subscribe(() => (session.yielded() ? showYielded() : draw()));
    }

    let scrolled = null;
    function keepScroll() {
      clearTimeout(scrolled);
      scrolled = setTimeout(() => at.key && session.setPlace({ scroll: Math.round(globalThis.scrollY) }), 400);
    }

    /* The first screen: where the learner was, or the first that is not done. */
    function start() {
      listen();
      placeSteps();
      slot(root, "loading").hidden = true;
      if (cme.languages) cme.languages.show(root, session.definition(), session.language());
      const wanted = entry(session.place().screen);
      const again = wanted && wanted.status !== "locked";
      if (wanted && !again) at.later = { ...session.place() };
      go(again ? wanted.key : session.view().current, { opening: true });
    }

    return { start, draw, go, leaving: () => at.key !== null && flushTexts(section(at.key)) };
  }

  /* Fields that save a moment after typing are told to save now. */
  function flushTexts(node) {
    node.querySelectorAll("input, textarea").forEach((field) => field.dispatchEvent(new Event("cme-leave")));
  }

  return { make };
})();
