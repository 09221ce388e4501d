/* Plain xAPI, launched as a tincan.xml package is: every part of the address may be missing, and without an LRS nothing is tracked. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.runtime = (function () {
  "use strict";

  const VERBS = "http://adlnet.gov/expapi/verbs/";

  /* The LMS's own id of a learner: the account's name, or whatever else identifies them. */
  function idOf(actor) {
    return String((actor.account && actor.account.name) || actor.mbox || actor.mbox_sha1sum || actor.openid || "");
  }

  /* Some launchers give every part of an actor as a list of one (xAPI 0.9). */
  function actorOf(text) {
    const found = cme.lrs.json(text);
    return found && idOf(found) ? found : null;
  }

  async function connect(client) {
    const query = new URLSearchParams(globalThis.location.search);
    const [endpoint, auth, grouping, platform] = ["endpoint", "auth", "grouping", "activity_platform"].map((name) => query.get(name));
    const actor = actorOf(query.get("actor"));
    if (!cme.lrs.isWeb(endpoint) || !actor) return { notice: "untracked" };
    const activity = query.get("activity_id") || cme.definition.activity;
    const registration = query.get("registration") || undefined;
    return {
      lrs: client({ endpoint, authorization: auth || "", actor, activity, registration }),
      activity,
      session: "",
      context: {
        ...(grouping ? { contextActivities: { grouping: [{ id: grouping }] } } : {}),
        ...(platform ? { platform } : {}),
      },
      learner: { id: idOf(actor), name: String(actor.name || "") },
      mode: "normal",
    };
  }

  /* On the activity itself: what an LMS's own completion goes by. */
  function tell(lms, { status, success, score }) {
    const scored = typeof score === "number" ? { score: { scaled: score } } : {};
    const duration = lms.duration();
    if (status === "completed") lms.say("completed", `${VERBS}completed`, { result: { completion: true, duration } });
    if (success === "passed") lms.say("passed", `${VERBS}passed`, { result: { success: true, duration, ...scored } });
    if (success === "failed" && status === "completed") {
      lms.say("failed", `${VERBS}failed`, { result: { success: false, duration, ...scored } });
    }
  }

  return cme.lrs.runtime({ connect, tell });
})();
