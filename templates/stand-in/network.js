/* What the package sends elsewhere, seen and, when it is asked for, kept from arriving; and the day that the package believes it is. */
var standIn = globalThis.standIn || (globalThis.standIn = {});

standIn.network = (function () {
  "use strict";

  const DAY = 86400000;
  const at = { reach: "all", day: "", launch: null, onExchange: () => {} };

  /* --- who can be reached: "all", "no-bridge", "none" --------------------------------------------------- */

  function isElsewhere(url) {
    return url.origin !== location.origin;
  }

  function reaches(url) {
    return at.reach === "all" || (at.reach === "no-bridge" && !isElsewhere(url));
  }

  function lmsAnswers() {
    return at.reach !== "none";
  }

  /* --- another day -------------------------------------------------------------------------------------- */

  function today() {
    return new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  /* Milliseconds between the chosen day and this one: the time of day stays. */
  function shift() {
    return at.day ? Date.parse(at.day) - Date.parse(today()) : 0;
  }

  function giveDay(win) {
    const Own = win.Date;
    if (!shift()) return;
    const now = () => Own.now() + shift();
    win.Date = new Proxy(Own, {
      construct: (target, args, made) => Reflect.construct(target, args.length ? args : [now()], made === win.Date ? target : made),
      apply: () => new Own(now()).toString(),
      get: (target, key) => (key === "now" ? now : target[key]),
    });
  }

  /* The bridge's word on what day it is, moved as far as the package's own clock. */
  function shifted(answer) {
    const days = Math.round(shift() / DAY) * DAY;
    const now = new Date(Date.parse(answer.now) + days).toISOString();
    const day = new Date(Date.parse(answer.today) + days).toISOString().slice(0, 10);
    return { ...answer, now, today: day };
  }

  /* --- seen from inside the package --------------------------------------------------------------------- */

  function watch(win) {
    giveDay(win);
    watchFetch(win);
    watchBeacon(win);
  }

  function watchFetch(win) {
    const own = win.fetch.bind(win);
    win.fetch = async (resource, options) => {
      const url = new URL(resource.url || resource, win.location.href);
      const asked = { method: ((options && options.method) || "GET").toUpperCase(), url, body: options && options.body };
      if (!reaches(url)) {
        tell(asked, 0, null);
        throw new win.TypeError("Failed to fetch");
      }
      return seen(win, asked, await answered(own, resource, options, asked));
    };
  }

  async function answered(own, resource, options, asked) {
    try {
      return await own(resource, options);
    } catch (unreachable) {
      tell(asked, 0, null);
      throw unreachable;
    }
  }

  async function seen(win, asked, answer) {
    const body = await bodyOf(answer);
    const isLaunch = asked.method === "POST" && /\/launch$/.test(asked.url.pathname) && body && body.token;
    if (isLaunch) at.launch = { base: asked.url.href.replace(/\/launch$/, ""), ...body };
    tell(asked, answer.status, body);
    if (!isLaunch || !shift()) return answer;
    return new win.Response(JSON.stringify(shifted(body)), { status: answer.status, headers: answer.headers });
  }

  async function bodyOf(answer) {
    try {
      return await answer.clone().json();
    } catch (notJson) {
      return null;
    }
  }

  /* A beacon's answer is never known; that it was not let out is. */
  function watchBeacon(win) {
    const own = win.navigator.sendBeacon.bind(win.navigator);
    win.navigator.sendBeacon = (address, data) => {
      const url = new URL(address, win.location.href);
      const sent = reaches(url) && own(address, data);
      tell({ method: "BEACON", url, body: data }, sent ? null : 0, null);
      return sent;
    };
  }

  function tell(asked, status, body) {
    if (isElsewhere(asked.url) || asked.url.pathname.startsWith("/lms/xapi/")) at.onExchange({ ...asked, status, answer: body });
  }

  return { at, watch, lmsAnswers, today, shift };
})();
