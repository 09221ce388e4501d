/* The frame in which a wrapped export runs: a page of its own that has the API, and inside it the export's first page.
   An export climbs from its own window: it meets this page, and this page's API, before anything of the LMS. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.host = (function () {
  "use strict";

  const HOST = "gate/host.html";
  const ALLOW = "autoplay; fullscreen; encrypted-media; picture-in-picture; clipboard-write";
  /* Same origin, or the API could not be reached. Left out: leading the LMS's own window elsewhere, or closing it. */
  const SANDBOX =
    "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads allow-presentation allow-orientation-lock allow-pointer-lock";
  const SIGNS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart", "wheel"];
  const CLIMB = 30;

  /* `place`: the element that takes the frame. `apis`: name -> API. `start`: {title, url}. `guarded`: also stand before the LMS's API for
     exports that look from the top. `free`: without a sandbox, in which no browser shows a PDF. `on`: {loaded(again), turning(), away(),
     left(), alive()}. -> {frame, stop()} */
  function open({ place, apis, start, language, guarded, free, on }) {
    const frame = document.createElement("iframe");
    const at = { inner: null, loads: 0, stopped: false, unfit: () => {} };
    const undo = guarded ? standBefore(apis) : () => {};

    frame.className = "gate-frame";
    frame.title = start.title;
    frame.allow = ALLOW;
    frame.src = HOST;
    frame.addEventListener("load", () => at.inner || at.stopped || furnish(), { once: true });
    place.replaceChildren(frame);

    function furnish() {
      const win = frame.contentWindow;
      const page = frame.contentDocument;
      Object.assign(win, apis);
      page.documentElement.lang = language;
      page.title = start.title;
      fillWindow(page);
      at.inner = page.createElement("iframe");
      at.inner.title = start.title;
      at.inner.allow = ALLOW;
      if (!free) at.inner.setAttribute("sandbox", SANDBOX);
      Object.assign(at.inner.style, { position: "absolute", inset: "0", inlineSize: "100%", blockSize: "100%", border: "0" });
      at.inner.addEventListener("load", arrived);
      at.inner.src = new URL(start.url, globalThis.location.href).href;
      page.body.append(at.inner);
      at.unfit = cme.fit.keep(at.inner, win);
    }

    /* Each page that the export shows, one after the other in the same frame. */
    function arrived() {
      if (at.stopped) return;
      at.loads += 1;
      const where = address(at.inner);
      if (where === null) return on.away();
      if (where === "about:blank") return at.loads > 1 ? on.left() : undefined;
      watch(at.inner.contentWindow, on);
      on.loaded(at.loads > 1);
    }

    /* Taking the frame out of the page lets the export say its last words first. */
    function stop() {
      if (at.stopped) return;
      at.stopped = true;
      at.unfit();
      frame.remove();
      undo();
    }

    return { frame, stop };
  }

  function fillWindow(page) {
    Object.assign(page.documentElement.style, { blockSize: "100%" });
    Object.assign(page.body.style, { margin: "0", blockSize: "100%", overflow: "hidden" });
  }

  /* null for a page of another origin. */
  function address(frame) {
    try {
      return frame.contentWindow.location.href;
    } catch (anotherOrigin) {
      return null;
    }
  }

  /* Somebody is there: signs of life in the export's own page count as ours do. */
  function watch(win, on) {
    try {
      SIGNS.forEach((type) => win.addEventListener(type, on.alive, { passive: true, capture: true }));
      win.addEventListener("pagehide", on.turning);
    } catch (anotherOrigin) {
      // Nothing can be seen there; its calls to the API are signs enough.
    }
  }

  /* Some exports look for the LMS in the topmost window first. While they are open, their API stands there in the place of the LMS's own:
     the player holds on to that one since its start. A window of another origin can be reached neither by us nor by them. */
  function standBefore(apis) {
    const undone = [];
    ancestors().forEach((win) => {
      Object.entries(apis).forEach(([name, api]) => undone.push(replaced(win, name, api)));
    });
    return () => undone.reverse().forEach((undo) => undo());
  }

  function ancestors() {
    const found = [];
    let win = globalThis.window;
    while (win.parent !== win && found.length < CLIMB) {
      win = win.parent;
      found.push(win);
    }
    return found;
  }

  function replaced(win, name, api) {
    try {
      const had = Object.prototype.hasOwnProperty.call(win, name);
      const before = win[name];
      win[name] = api;
      return () => {
        if (win[name] !== api) return;
        if (had) win[name] = before;
        else delete win[name];
      };
    } catch (anotherOrigin) {
      return () => {};
    }
  }

  return { open };
})();
