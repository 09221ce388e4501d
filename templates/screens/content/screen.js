/* Pages, videos and wrapped packages (gate/gate.js). A page is finished when its end was reached or by Next; a video when nine tenths of it were seen, or its
   transcript was read instead. The seconds counted are those in which the learner was there. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens.content = (function () {
  "use strict";

  const { el, fill, slot, notice } = cme.dom;
  const IDLE = 90; // seconds without a sign of life after which time no longer counts
  const SEEN = 0.9; // share of a video's segments
  const SEGMENTS = 60;
  const SIGNS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"];

  function mount(root, context) {
    const content = context.definition.contents.find((one) => one.id === context.id);
    const timer = activeTime(context);
    head(root, context, content);
    const finish = () => finished(root, context, content, timer);
    const leave = KINDS[content.kind](root, context, content, finish, timer);
    cme.reflections.mount(root, context, content);
    drawFinished(root, context, content);
    return () => {
      leave();
      timer.stop();
    };
  }

  const KINDS = {
    page: mountPage,
    video: mountVideo,
    package: (...all) => cme.gate.mount(...all),
    case: (...all) => cme.practice.mount(...all),
  };

  function head(root, context, content) {
    const { contents } = context.definition;
    slot(root, "part").textContent = cme.say("content.part", { at: contents.indexOf(content) + 1, of: contents.length });
    const words = { page: "content.readMinutes", video: "content.watchMinutes", package: "content.spendMinutes", case: "content.spendMinutes" };
    slot(root, "minutes").textContent = cme.say(words[content.kind], { n: content.minutes });
  }

  function isFinished(context, content) {
    return context.view.contents[content.id].finished;
  }

  function finished(root, context, content, timer) {
    if (isFinished(context, content)) return;
    const result = context.send("finished", { c: content.id, d: timer.seconds() });
    if (!result.refused) context.announce(cme.say("content.finished"));
    drawFinished(root, context, content);
  }

  function drawFinished(root, context, content) {
    fill(
      slot(root, "finished"),
      isFinished(context, content)
        ? el("p", { class: "finished-mark" }, cme.dom.icon("done"), cme.say("content.finished"))
        : null,
    );
  }

  /* --- time: a second counts while the page is seen and a hand, a key or a playing video shows that somebody is there --- */

  function activeTime(context) {
    const kept = (context.place().d || {})[context.id] || 0;
    let counted = kept;
    let sign = Date.now();
    let playing = false;
    const alive = () => {
      sign = Date.now();
    };
    const tick = setInterval(() => {
      const there = playing || Date.now() - sign < IDLE * 1000;
      if (document.visibilityState === "visible" && there) counted += 1;
      if (counted % 15 === 0) keep();
    }, 1000);
    const keep = () => context.place({ d: { ...context.place().d, [context.id]: counted } });
    SIGNS.forEach((type) => document.addEventListener(type, alive, { passive: true }));
    return {
      seconds: () => counted,
      alive,
      playing: (now) => {
        playing = now;
      },
      stop: () => {
        keep();
        clearInterval(tick);
        SIGNS.forEach((type) => document.removeEventListener(type, alive));
      },
    };
  }

  /* --- pages --- */

  function mountPage(root, context, content, finish) {
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) finish();
    });
    watcher.observe(slot(root, "end"));
    context.foot(isFinished(context, content) ? {} : { next: nextAfter(context, content, finish) });
    return () => watcher.disconnect();
  }

  /* Next says that the page is done with, and goes on. */
  function nextAfter(context, content, finish) {
    return {
      label: cme.say("content.next"),
      action: "next",
      act: () => {
        finish();
        context.forward();
      },
    };
  }

  /* --- videos --- */

  function mountVideo(root, context, content, finish, timer) {
    const video = slot(root, "video");
    const seen = new Set(unpacked((context.place().w || {})[content.id]));
    const shown = { words: "" };
    const show = () => drawWatched(root, context, content, seen, shown);
    const keep = () =>
      context.place({
        w: { ...context.place().w, [content.id]: packed(seen) },
        v: { ...context.place().v, [content.id]: Math.floor(video.currentTime) },
      });
    const events = {
      loadedmetadata: () => {
        video.currentTime = (context.place().v || {})[content.id] || 0;
      },
      timeupdate: () => {
        if (video.seeking || video.paused || !video.duration) return;
        mark(seen, video);
        if (seen.size / SEGMENTS >= SEEN) finish();
        show();
      },
      play: () => timer.playing(true),
      pause: () => {
        timer.playing(false);
        keep();
      },
      ended: () => {
        timer.playing(false);
        keep();
      },
      error: () => failed(root),
    };
    Object.entries(events).forEach(([type, act]) => video.addEventListener(type, act));
    video.querySelector("source").addEventListener("error", events.error);
    if (video.readyState > 0) events.loadedmetadata();
    else load(video);
    listenSpeed(root, video);
    listenTranscript(root, finish, show);
    show();
    return () => {
      keep();
      video.pause();
      Object.entries(events).forEach(([type, act]) => video.removeEventListener(type, act));
    };
  }

  /* Nothing of a video is fetched before its screen is shown. */
  function load(video) {
    video.preload = "metadata";
    video.load();
  }

  function mark(seen, video) {
    seen.add(Math.min(SEGMENTS - 1, Math.floor((video.currentTime / video.duration) * SEGMENTS)));
  }

  /* Which of the segments were seen, as 15 hexadecimal digits: it is saved with the place. */
  function packed(seen) {
    let digits = "";
    for (let at = 0; at < SEGMENTS; at += 4) {
      digits += [0, 1, 2, 3].reduce((sum, bit) => sum + (seen.has(at + bit) ? 1 << bit : 0), 0).toString(16);
    }
    return digits;
  }

  function unpacked(digits) {
    const seen = [];
    Array.from(digits || "").forEach((digit, at) =>
      [0, 1, 2, 3].forEach((bit) => {
        if (parseInt(digit, 16) & (1 << bit)) seen.push(at * 4 + bit);
      }),
    );
    return seen;
  }

  /* Playing tells of itself four times a second; only what changed is drawn. */
  function drawWatched(root, context, content, seen, shown) {
    const done = isFinished(context, content);
    const words = cme.say("video.watched", { share: cme.say.percent(seen.size / SEGMENTS) });
    if (shown.words === words + done) return;
    shown.words = words + done;
    slot(root, "watched").textContent = words;
    context.foot(done ? {} : { note: cme.say("video.until", { share: cme.say.percent(SEEN) }) });
  }

  function listenSpeed(root, video) {
    const select = slot(root, "speed");
    select.onchange = () => {
      video.playbackRate = Number(select.value);
    };
  }

  function listenTranscript(root, finish, show) {
    const button = root.querySelector('[data-action="read-transcript"]');
    if (!button) return;
    button.onclick = () => {
      finish();
      show();
    };
  }

  /* A video that cannot be played must not be the end of the way. */
  function failed(root) {
    const transcript = slot(root, "transcript");
    if (transcript) transcript.open = true;
    fill(
      slot(root, "failed"),
      notice(
        "warning",
        cme.say("video.failed"),
        el("p", {}, cme.say(transcript ? "video.failedTranscript" : "video.failedNone")),
      ),
    );
  }

  return { mount, packed, unpacked };
})();
