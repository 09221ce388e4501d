/* Starts everything: finds the LMS, restores what was saved, asks the bridge, and shows the screen where the learner was. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.player = (function () {
  "use strict";

  let running = null;

  function storage() {
    try {
      return globalThis.localStorage;
    } catch (sandboxed) {
      return null; // session treats it as a cache that is always empty
    }
  }

  function channel(name) {
    try {
      return new BroadcastChannel(name);
    } catch (noneOrForbidden) {
      return null;
    }
  }

  function session() {
    const base = cme.package.bridge;
    const send = {
      fetch: (url, options) => globalThis.fetch(url, options),
      sendBeacon: (url, text) => navigator.sendBeacon(url, text),
    };
    return cme.session.make({
      runtime: cme.runtime,
      definition: cme.definition,
      package: cme.package,
      bridge: base ? cme.bridge.make({ base, ...send }) : null,
      storage: storage(),
      channel,
      clock: () => Date.now(),
      later: (run, wait) => setTimeout(run, wait),
      random: () => Math.random(),
      agent: navigator.userAgent,
    });
  }

  /* Hidden is the last moment that every browser tells of; pagehide ends the attempt. `unload` is never used: it is on its way out. */
  function listen(made, shell) {
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden") return;
      shell.leaving();
      made.rest();
    });
    globalThis.addEventListener("pagehide", () => {
      shell.leaving();
      made.close(true);
    });
    globalThis.addEventListener("pageshow", (event) => {
      if (event.persisted) globalThis.location.reload();
    });
    globalThis.addEventListener("online", () => made.online());
  }

  async function start() {
    cme.theme.apply(cme.definition.provider, document.documentElement);
    cme.dom.sayAll(document.body);
    document.documentElement.classList.add("running");
    const made = session();
    running = made;
    const shell = cme.shell.make({ root: document.body, session: made });
    document.addEventListener("securitypolicyviolation", (event) => {
      if (event.effectiveDirective === "connect-src") made.meet("connection-forbidden", event.blockedURI);
    });
    await made.open();
    listen(made, shell);
    shell.start();
  }

  /* What is known of this LMS and of what was saved and sent, for those who look for a fault in a browser's console. */
  function report() {
    return running ? running.report() : null;
  }

  return { start, report };
})();

if (globalThis.document) cme.player.start();
