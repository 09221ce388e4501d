/* A review copy: no LMS, no learner, nothing to tell and nothing to keep; every screen is open. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.runtime = {
  open: async () => ({ connected: false, learner: { id: "", name: "" }, mode: "review", credit: false, resumed: false, notice: "copy" }),
  load: () => "",
  save: () => false,
  report: () => false,
  close: () => true,
  log: [],
};
