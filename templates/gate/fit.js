/* Exports whose pages were drawn for one width of window. Such a page is laid out at that width and shown smaller, as phones show pages that
   were not made for them: nothing of it is cut off, and nothing has to be scrolled sideways. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.fit = (function () {
  "use strict";

  const EVERY = 500; // ms between two looks
  const SLACK = 2; // px
  const WIDEST = 1600; // px; what is wider grows with its window, and would for ever
  const STEPS = 10; // a page that centres itself shows half of what it lacks at each
  const DEEP = 3;

  /* Keeps `frame`, which fills `win`, fitting what it shows until the answer is called. */
  function keep(frame, win) {
    const at = { width: 0, before: 0, hopeless: false };
    const timer = setInterval(look, EVERY);
    win.addEventListener("resize", begin);
    frame.addEventListener("load", begin);
    begin();

    function begin() {
      Object.assign(at, { width: win.innerWidth, before: 0, hopeless: false });
      lay(frame, win, at.width);
    }

    /* What sticks out for a moment, as while one slide pushes another away, is none of it. */
    function look() {
      const lacks = at.hopeless ? 0 : lacking(frame.contentWindow, DEEP);
      if (Math.min(lacks, at.before) > SLACK) widen();
      at.before = lacks;
    }

    function widen() {
      for (let step = 0, lacks = 1; step < STEPS && lacks; step += 1) {
        lacks = lacking(frame.contentWindow, DEEP);
        at.width += lacks;
        at.hopeless = at.width > WIDEST;
        if (at.hopeless) at.width = win.innerWidth;
        lay(frame, win, at.width);
        if (at.hopeless) return;
      }
    }

    return () => {
      clearInterval(timer);
      win.removeEventListener("resize", begin);
    };
  }

  function lay(frame, win, width) {
    const share = win.innerWidth / width;
    const style = share < 1 ? [`${width}px`, `${win.innerHeight / share}px`, `scale(${share})`] : ["100%", "100%", "none"];
    const [inlineSize, blockSize, transform] = style;
    Object.assign(frame.style, { inlineSize, blockSize, transform, transformOrigin: "0 0" });
  }

  /* By how many pixels a page, or one of those that fill it, is wider than its window; 0 for those made for any width (they say so). */
  function lacking(win, depth) {
    try {
      const own = isMadeForAny(win.document) ? 0 : win.document.documentElement.scrollWidth - win.document.documentElement.clientWidth;
      const inside = depth ? filling(win).map((each) => lacking(each, depth - 1)) : [];
      return Math.max(own, ...inside);
    } catch (anotherOrigin) {
      return 0;
    }
  }

  function isMadeForAny(page) {
    return Boolean(page.querySelector("meta[name=viewport]")) || cannotScroll(page.documentElement) || !page.body || cannotScroll(page.body);
  }

  function cannotScroll(element) {
    return /hidden|clip/.test(getComputedStyle(element).overflowX);
  }

  function filling(win) {
    return Array.from(win.frames).filter((each) => each.innerWidth > win.innerWidth / 2);
  }

  return { keep };
})();
