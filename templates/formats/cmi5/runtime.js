/* cmi5 (Quartz, 1st edition): how an assignable unit is launched and what it tells. The clauses are those of the specification. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.runtime = (function () {
  "use strict";

  const VERBS = "http://adlnet.gov/expapi/verbs/";
  const CATEGORIES = "https://w3id.org/xapi/cmi5/context/categories/";
  const EXTENSIONS = "https://w3id.org/xapi/cmi5/context/extensions/";

  /* --- launching (8) --- */

  function remembered(key) {
    try {
      return cme.lrs.json(globalThis.sessionStorage.getItem(key)) || {};
    } catch (noStorage) {
      return {};
    }
  }

  function remember(key, values) {
    try {
      globalThis.sessionStorage.setItem(key, JSON.stringify({ ...remembered(key), ...values }));
    } catch (noStorage) {
      // Without storage the page cannot be loaded again: the token is given once.
    }
  }

  /* The token is given once (8.2.3): a page that is loaded again in its tab goes on with the one it got. */
  async function token(fetchUrl, key) {
    const known = remembered(key).token;
    if (known) return known;
    try {
      const answer = await globalThis.fetch(fetchUrl, { method: "POST", credentials: "omit", cache: "no-store" });
      const given = cme.lrs.json(await answer.text());
      const found = given && typeof given["auth-token"] === "string" ? given["auth-token"] : "";
      if (found) remember(key, { token: found });
      return found;
    } catch (unreachable) {
      return "";
    }
  }

  async function connect(client) {
    const query = new URLSearchParams(globalThis.location.search);
    const [endpoint, fetchUrl, registration, activity] = ["endpoint", "fetch", "registration", "activityId"].map((name) => query.get(name));
    const actor = cme.lrs.json(query.get("actor"));
    if (!cme.lrs.isWeb(endpoint) || !cme.lrs.isWeb(fetchUrl) || !actor || !actor.account || !registration || !activity) return {};
    const key = `cme-cmi5:${fetchUrl}`;
    if (remembered(key).over) return { notice: "launchUsed" };
    const given = await token(fetchUrl, key);
    if (!given) return { notice: "launchUsed" };
    const lrs = client({ endpoint, authorization: `Basic ${given}`, actor, activity, registration });
    return launched(lrs, key, activity);
  }

  /* The order is the specification's: launch data (10), then preferences (11), and only then the first statement. */
  async function launched(lrs, key, activity) {
    const answer = await lrs.document("LMS.LaunchData");
    const data = answer.status === 200 ? cme.lrs.json(answer.text) : null;
    if (!data || !data.contextTemplate) return { notice: answer.status === 401 || answer.status === 403 ? "launchUsed" : "" };
    const preferences = cme.lrs.json((await lrs.profile("cmi5LearnerPreferences")).text) || {};
    if (preferences.audioPreference === "off") silence();
    return {
      lrs, activity, data, key, preferences,
      context: data.contextTemplate,
      session: String((data.contextTemplate.extensions || {})[`${EXTENSIONS}sessionid`] || ""),
      learner: { id: String(lrs.actor.account.name), name: String(lrs.actor.name || "") },
      mode: String(data.launchMode || "Normal").toLowerCase(),
      began: remembered(key).began || 0,
    };
  }

  /* 11.2: audio off at startup; what a learner then switches on stays on. */
  function silence() {
    const silenced = new WeakSet();
    globalThis.document.addEventListener("play", ({ target }) => {
      if (!silenced.has(target)) target.muted = true;
      silenced.add(target);
    }, true);
  }

  /* --- statements (9) --- */

  /* "cmi5 defined", with the moveOn category where there is success or completion (9.6.2.2), and the mastery score where it was judged by. */
  function defined(lms, name, more) {
    const result = { duration: lms.duration(), ...more };
    const { masteryScore } = lms.found().data;
    const judged = "success" in result && typeof masteryScore === "number";
    const category = [{ id: `${CATEGORIES}cmi5` }];
    if ("success" in result || "completion" in result) category.push({ id: `${CATEGORIES}moveon` });
    const extensions = judged ? { [`${EXTENSIONS}masteryscore`]: masteryScore } : {};
    lms.say(name, VERBS + name.split(" ")[0], { result, context: { contextActivities: { category }, extensions } });
  }

  function begin(lms) {
    const { key, session } = lms.found();
    remember(key, { began: lms.began() });
    const context = { contextActivities: { category: [{ id: `${CATEGORIES}cmi5` }] }, extensions: {} };
    lms.say(`initialized ${session}`, `${VERBS}initialized`, { context, began: true });
  }

  /* 10.2.4: the mastery score of the launch decides what the LMS is told, whatever the activity's own passing score is. */
  function verdict({ success, score }, { masteryScore }) {
    if (!success || typeof masteryScore !== "number" || typeof score !== "number") return success;
    return score >= masteryScore ? "passed" : "failed";
  }

  /* At most one of passed and failed in a session (9.3.0.0-3), and no failed after passed; failed is told only when the learner is through. */
  function tellSuccess(lms, facts) {
    const found = lms.found();
    const word = verdict(facts, found.data);
    if (!word || found.judged || (word === "failed" && facts.status !== "completed")) return;
    found.judged = true;
    defined(lms, word, { success: word === "passed", ...(typeof facts.score === "number" ? { score: { scaled: facts.score } } : {}) });
  }

  function tell(lms, facts) {
    if (lms.found().mode !== "normal") return; // 10.2.2: nothing but initialized and terminated
    if (facts.status === "completed") defined(lms, "completed", { completion: true });
    tellSuccess(lms, facts);
  }

  function end(lms) {
    const { key, session } = lms.found();
    remember(key, { over: true });
    defined(lms, `terminated ${session}`, {});
  }

  /* 10.2.6: this window or frame goes back to the LMS. */
  function leave({ data }) {
    if (cme.lrs.isWeb(data.returnURL)) globalThis.location.assign(data.returnURL);
  }

  return cme.lrs.runtime({ connect, begin, tell, end, leave });
})();
