/* This browser's storage, as a cache only: it may be missing, emptied or another one at any time, and then nothing of value is lost. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.device = (function () {
  "use strict";

  /* `storage` is localStorage, or null where there is none; `key` is the launch key, so that nobody else's launch finds it. */
  function make(storage, key) {
    const name = `cme:${key}`;

    function read() {
      return parsed(get(storage, name));
    }

    /* Keeps what is not empty; without anything to keep, nothing stays behind. False when there is no storage. */
    function write(part) {
      const kept = Object.entries({ ...read(), ...part }).filter(([, value]) => value && !isEmpty(value));
      return set(storage, name, kept.length ? JSON.stringify(Object.fromEntries(kept)) : null);
    }

    return { read, write };
  }

  /* The launch key of whoever this LMS names so, for an LMS that lost it: {read() -> key or "", write(key)}. `who` is hashed. */
  function pointer(storage, who) {
    const name = `cme-last:${cme.ids.uuid5("00000000000000000000000000000000", who)}`;
    return { read: () => get(storage, name) || "", write: (key) => set(storage, name, key) };
  }

  function get(storage, name) {
    try {
      return storage.getItem(name);
    } catch (noStorage) {
      return null; // a private window or a sandboxed frame: what fits is in the LMS all the same
    }
  }

  function set(storage, name, text) {
    try {
      if (text === null) storage.removeItem(name);
      else storage.setItem(name, text);
      return true;
    } catch (noStorage) {
      return false;
    }
  }

  function parsed(text) {
    try {
      return JSON.parse(text) || {};
    } catch (broken) {
      return {};
    }
  }

  function isEmpty(value) {
    return typeof value === "object" && Object.keys(value).length === 0;
  }

  return { make, pointer };
})();
