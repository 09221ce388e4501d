/* What happened between player, LMS and bridge, for those who must find out why: nobody's name, answer or launch key is in it. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.diagnostics = (function () {
  "use strict";

  const LONGEST = 60;

  /* `parts` is what the session was made of, `status` how it stands, with `odd`: [{code, evidence, times}], what this LMS or browser
     does besides the standard. */
  function report(parts, status) {
    const { definition_id, build, format, preset, packager } = parts.package;
    const calls = (parts.runtime.log || []).map(called);
    return { definition: definition_id, build, format, preset, packager, agent: parts.agent || "", ...status, calls };
  }

  /* The element that was asked for or set is enough; of what was set or got, only how long it was. */
  function called({ call, args, answer, error }) {
    const [element, value] = args || [];
    return {
      call,
      element: shortened(element),
      set: value === undefined ? undefined : String(value).length,
      answer: outcome(answer),
      error,
    };
  }

  function outcome(answer) {
    const text = String(answer === undefined || answer === null ? "" : answer);
    return ["true", "false", ""].includes(text) ? text : text.length;
  }

  function shortened(value) {
    return value === undefined || value === null ? "" : String(value).slice(0, LONGEST);
  }

  return { report };
})();
