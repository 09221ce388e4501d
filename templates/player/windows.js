/* One learner, one window: the window opened last goes on, and those before it stop saving, since each would overwrite the others' work. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.windows = (function () {
  "use strict";

  /* {channel (a BroadcastChannel, or null without one), id: this window's own, copy() -> what it has, met(copy): what another window had,
     yielded(): another window goes on} -> {arrive(), close()}. */
  function make(parts) {
    const { channel, id } = parts;
    const say = (message) => channel && channel.postMessage({ from: id, ...message });

    function hear(message) {
      if (!message || message.from === id) return;
      if (message.opened) answer(message.from);
      else if (message.to === id) parts.met(message.copy);
    }

    function answer(to) {
      say({ to, copy: parts.copy() });
      parts.yielded();
      close();
    }

    function close() {
      if (channel) channel.close();
    }

    if (channel) channel.onmessage = (event) => hear(event.data);
    return { arrive: () => say({ opened: true }), close };
  }

  return { make };
})();
