/* The way to the bridge: launches, again and again until it answers, and the statements that wait meanwhile. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.uplink = (function () {
  "use strict";

  const RETRIES = [5, 15, 45, 120, 300]; // seconds between launches while the bridge cannot be reached; the last repeats
  const NOTHING = { waiting: 0, stored: 0, parked: [], connected: null, next: null };

  /* {bridge (null without one), request() -> body of a launch, launched(answer), changed(), clock, later, random}. */
  function make(parts) {
    const { bridge } = parts;
    const at = {
      answer: null,
      state: bridge ? "connecting" : "none",
      refusal: "",
      tries: 0,
      launching: null,
      box: null,
      over: false,
    };

    /* --- launching --- */

    /* One launch at a time; true when the bridge answered it. */
    function launch() {
      if (at.launching) return at.launching;
      at.launching = ask();
      at.launching.finally(() => {
        at.launching = null;
      });
      return at.launching;
    }

    async function ask() {
      const { status, body } = await bridge.launch(parts.request());
      const answered = Boolean(status === 200 && body && body.token);
      if (answered) accept(body);
      else if (status >= 400 && status < 500 && status !== 429) refuse(status, body);
      else tryLater();
      parts.changed();
      return answered;
    }

    function accept(answer) {
      at.state = "online";
      at.tries = 0;
      at.answer = answer;
      parts.launched(answer);
    }

    /* The bridge has spoken: asking the same again would bring the same. */
    function refuse(status, body) {
      at.state = "refused";
      const first = body && body.problems && body.problems[0];
      at.refusal = first ? `${first.code}: ${first.message}` : `status ${status}`;
    }

    function tryLater() {
      at.state = "offline";
      const wait = RETRIES[Math.min(at.tries, RETRIES.length - 1)];
      at.tries += 1;
      parts.later(() => at.state === "offline" && !at.over && launch(), wait * 1000);
    }

    /* Now, because there is reason to think that it will work. */
    function retry() {
      if (at.over) return;
      if (at.state === "offline") launch();
      else if (at.box) at.box.flush();
    }

    /* A call with the launch's token, once more after a new launch when the token is no longer taken; null without a launch. */
    async function call(act) {
      if (!at.answer) return null;
      const answer = await act(at.answer.token);
      return answer.status === 401 && (await launch()) ? act(at.answer.token) : answer;
    }

    /* --- statements --- */

    function box() {
      const { later, random, clock } = parts;
      at.box = at.box || cme.outbox.make({ send, later, random, now: clock, onChange: parts.changed, relaunch });
      return at.box;
    }

    async function relaunch() {
      if (!(await launch())) throw new Error("no launch");
    }

    async function send(text) {
      const answer = await bridge.statements(at.answer, text);
      if (answer.status === 0) throw new Error("no answer");
      return { status: answer.status, problems: answer.body && answer.body.problems, retryAfter: answer.retryAfter };
    }

    /* The last moment: what waits goes with the page, and stays in the box until it is known to be stored. */
    function beacon() {
      const text = at.answer && at.box ? at.box.beacon(at.answer.token) : "";
      if (text) bridge.beacon(text);
    }

    return {
      launch,
      retry,
      call,
      beacon,
      offer: (statements) => box().offer(statements),
      isStored: (id) => Boolean(at.box && at.box.isStored(id)),
      parked: () => (at.box ? at.box.status() : NOTHING).parked,
      answer: () => at.answer,
      state: () => at.state,
      refusal: () => at.refusal,
      end: () => {
        at.over = true;
      },
    };
  }

  return { make };
})();
