/* Pages, videos and wrapped packages (gate/gate.js). A page is finished when its end was reached or by Next; a video when nine tenths of it were seen, or its
   transcript was read instead. The seconds counted are those in which the learner was there. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens.content = (function () {
  "use strict";

  const { el, fill, slot, notice } = cme.dom;
  const SEEN = 0.9; // share of a video's segments
  const KEPT_EVERY = 15; // seconds
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

  /* --- time: the seconds in which the learner was there (presence.js) --- */

  function activeTime(context) {
    const presence = cme.presence.make((context.place().d || {})[context.id] || 0, Date.now());
    let playing = false;
    let kept = presence.seconds();
    const alive = () => presence.alive(Date.now());
    const keep = () => {
      kept = presence.seconds();
      context.place({ d: { ...context.place().d, [context.id]: kept } });
    };
    const tick = setInterval(() => {
      presence.tick(Date.now(), { visible: document.visibilityState === "visible", playing });
      if (presence.seconds() >= kept + KEPT_EVERY) keep();
    }, 1000);
    SIGNS.forEach((type) => document.addEventListener(type, alive, { passive: true }));
    return {
      seconds: presence.seconds,
      alive,
      playing: (now) => {
        alive();
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
    const watched = cme.watched.make((context.place().w || {})[content.id] || "");
    const shown = { words: "" };
    let last = null; // the moment up to which playing was counted; null after a jump
    const show = () => drawWatched(root, context, content, watched, shown);
    const keep = () =>
      context.place({
        w: { ...context.place().w, [content.id]: watched.packed() },
        v: { ...context.place().v, [content.id]: Math.floor(video.currentTime) },
      });
    const rest = () => {
      timer.playing(false);
      keep();
    };
    const advance = () => {
      if (last !== null && !video.seeking) watched.played(last, video.currentTime, video.duration, video.playbackRate);
      last = video.seeking ? null : video.currentTime;
      if (watched.share() >= SEEN) finish();
      show();
    };
    const events = {
      loadedmetadata: () => {
        video.currentTime = (context.place().v || {})[content.id] || 0;
      },
      seeking: () => {
        last = null;
      },
      timeupdate: advance,
      play: () => timer.playing(true),
      pause: () => {
        advance();
        rest();
      },
      ended: rest,
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

  /* Playing tells of itself four times a second; only what changed is drawn. */
  function drawWatched(root, context, content, watched, shown) {
    const done = isFinished(context, content);
    const words = cme.say("video.watched", { share: cme.say.percent(watched.share()) });
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

  return { mount };
})();
