/* This browser's storage, as a cache only: it may be missing, emptied or another one at any time, and then nothing of value is lost. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.device = (function () {
  "use strict";

  /* `storage` is localStorage, or null where there is none; `key` is the launch key, so that nobody else's launch finds it. */
  function make(storage, key) {
    const name = `cme:${key}`;

    function read() {
      try {
        return JSON.parse(storage.getItem(name)) || {};
      } catch (noStorage) {
        return {};
      }
    }

    /* Keeps what is not empty; without anything to keep, nothing stays behind. */
    function write(part) {
      try {
        const kept = Object.entries({ ...read(), ...part }).filter(([, value]) => value && !isEmpty(value));
        if (kept.length) storage.setItem(name, JSON.stringify(Object.fromEntries(kept)));
        else storage.removeItem(name);
      } catch (noStorage) {
        // A private window or a sandboxed frame has no storage: what fits is in the LMS all the same.
      }
    }

    return { read, write };
  }

  function isEmpty(value) {
    return typeof value === "object" && Object.keys(value).length === 0;
  }

  return { make };
})();
