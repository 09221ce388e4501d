/* What the stand-in LMS has to tell while its page stands open: asked for again and again, answered when there is something new. */
var standIn = globalThis.standIn || (globalThis.standIn = {});

standIn.news = (function () {
  "use strict";

  const AGAIN = 1000; // ms

  async function listen(onNews, onGone) {
    let known = -1;
    for (;;) {
      const news = await after(known);
      if (news === null) {
        known = -1;
        onGone();
        await new Promise((go) => setTimeout(go, AGAIN));
      } else if (news.number !== known) {
        known = news.number;
        onNews(news);
      }
    }
  }

  async function after(known) {
    try {
      const answer = await fetch(`/lms/news?after=${known}`, { cache: "no-store" });
      return answer.ok ? await answer.json() : null;
    } catch (ended) {
      return null;
    }
  }

  return { listen };
})();
