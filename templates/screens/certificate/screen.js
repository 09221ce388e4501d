/* The end: what the bridge decided and why, the certificates, and an honest account of what is stored where. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens.certificate = (function () {
  "use strict";

  const { el, html, fill, slot, notice, button, icon } = cme.dom;
  const WAITS = [1, 1, 1, 1, 1, 2, 2, 3, 3, 5, 5, 10, 10, 15, 30]; // seconds between questions; the last repeats

  function mount(root, context) {
    const at = { stopped: false, timer: null, asked: 0, answer: null };
    const draw = () => {
      drawCredit(root, context, at.answer);
      drawStored(root, context);
    };
    const ask = async () => {
      context.session.nudge();
      // An answer may overtake a claim that is on its way: only one asked for when all had arrived can be the last.
      const complete = context.session.allSent();
      const early = isOnItsWay(context.session.status());
      const answer = await context.session.credit();
      if (at.stopped) return;
      at.answer = (early ? pending(answer) : answer) || at.answer;
      draw();
      if (complete && settled(at)) return;
      at.timer = setTimeout(ask, WAITS[Math.min(at.asked, WAITS.length - 1)] * 1000);
      at.asked += 1;
    };
    const unsubscribe = context.session.subscribe(() => {
      drawStored(root, context);
      if (!at.answer) drawCredit(root, context, null);
    });
    draw();
    diagnostics(root, context);
    context.foot({ next: { label: cme.say("credit.finish"), action: "finish", act: context.exit } });
    if (!context.session.hasBridge() || !context.session.recorded()) return unsubscribe;
    context.session.online();
    ask();
    return () => {
      at.stopped = true;
      clearTimeout(at.timer);
      unsubscribe();
    };
  }

  /* Something waits to be sent that the bridge has not refused. */
  function isOnItsWay({ unsent, parked }) {
    return unsent > parked.length;
  }

  /* A shortfall for want of what was still on its way is none yet. */
  function pending(answer) {
    return answer && { ...answer, pending: true };
  }

  /* Nothing more is to come: everything was decided, and what was awarded has its certificate (or has had long enough). */
  function settled(at) {
    const { answer } = at;
    if (!answer || answer.pending || !answer.records.length) return false;
    const awards = answer.records.filter((record) => record.outcome === "award");
    return at.asked >= WAITS.length || awards.every((record) => certificatesOf(record, answer).length);
  }

  function certificatesOf(record, answer) {
    return (answer.certificates || []).filter((one) => one.system === record.system && /^https?:\/\//.test(one.url));
  }

  /* --- credit --- */

  function drawCredit(root, context, answer) {
    const nodes = creditNodes(root, context, answer);
    const key = JSON.stringify([answer, context.session.connection(), context.session.detailsGiven()]);
    const place = slot(root, "credit");
    if (place.dataset.key === key) return;
    place.dataset.key = key;
    fill(place, nodes);
  }

  function creditNodes(root, context, answer) {
    const { session } = context;
    if (!session.recorded()) return notice("note", cme.say("credit.review"));
    if (!session.hasBridge())
      return notice("note", cme.say("credit.noBridge"), el("p", {}, cme.say("credit.noBridgeMore", contact(context))));
    if (session.connection() === "refused")
      return notice("warning", cme.say("credit.refused"), el("p", {}, cme.say("credit.refusedMore", contact(context))));
    const details = needsDetails(context) ? askDetails(context) : null;
    if (!answer)
      return [
        details,
        session.connection() === "offline"
          ? notice("warning", cme.say("credit.offline"), el("p", {}, cme.say("credit.offlineMore")))
          : waiting(),
      ];
    // What is not awarded may only be not decided yet: it is shown when nothing more is to come.
    const certain = answer.records.filter((record) => !answer.pending || record.outcome === "award");
    const cards = inOrder(certain).map((record) => recordCard(context, record, answer));
    const coming = answer.pending || !cards.length;
    return [details, ...cards, coming ? waiting() : null];
  }

  function inOrder(records) {
    const order = ["award", "held", "shortfall"];
    return records.slice().sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  }

  /* A claim, or a participation to certify, whose name has not arrived. */
  function needsDetails(context) {
    const { session, view } = context;
    const wanted = Object.keys(view.claims).length > 0 || !view.offers.length;
    return wanted && session.connection() === "online" && !session.detailsGiven();
  }

  function askDetails(context) {
    return notice(
      "warning",
      cme.say("credit.details"),
      el("p", {}, cme.say("credit.detailsMore")),
      button(cme.say("credit.giveDetails"), {
        class: "primary",
        data: { action: "give-details" },
        on: { click: () => context.go("claim") },
      }),
    );
  }

  function waiting() {
    return el(
      "div",
      { class: "card waiting", data: { outcome: "pending" } },
      el("span", { class: "loading-mark", "aria-hidden": "true" }),
      el("p", {}, cme.say("credit.deciding")),
    );
  }

  function contact(context) {
    const { provider } = context.definition;
    return { provider: provider.name, name: provider.contact_name, email: provider.contact_email };
  }

  function isDeclined(context, record) {
    const { view } = context;
    return record.outcome === "shortfall" && (view.declinedAll || Boolean(view.declined[record.system]));
  }

  /* What was not wanted is no failure, and needs no reasons. */
  function declinedCard(record, offer) {
    return el(
      "section",
      { class: "card record", data: { outcome: "shortfall", system: record.system } },
      html("h2", {}, offer ? offer.name_html : ""),
      el("p", { class: "record-outcome" }, cme.say("credit.declined")),
    );
  }

  function recordCard(context, record, answer) {
    const offer = context.definition.credits.find((one) => one.system === record.system);
    if (isDeclined(context, record)) return declinedCard(record, offer);
    const known = ["award", "shortfall", "held"].includes(record.outcome) ? record.outcome : "held";
    return el(
      "section",
      { class: `card record record-${known}`, data: { outcome: known, system: record.system } },
      el(
        "div",
        { class: "record-head" },
        icon({ award: "certificate", shortfall: "wrong", held: "note" }[known]),
        el(
          "div",
          {},
          offer ? html("h2", {}, offer.name_html) : el("h2", {}, cme.say("credit.participation")),
          el("p", { class: "record-outcome" }, outcomeWords(record, offer, known)),
        ),
      ),
      reasons(record, known),
      el("p", { class: "buttons" }, links(record, answer), detailsButton(context, record)),
      offer && offer.official_record && known === "award"
        ? el("p", { class: "hint" }, cme.say("credit.official", { where: offer.official_record }))
        : null,
    );
  }

  /* What only the learner can give is one press away. */
  function detailsButton(context, record) {
    const missing = (record.reasons || []).some((reason) => ["identifier-missing", "consent-missing"].includes(reason.code));
    if (!missing || record.outcome === "award") return null;
    return button(cme.say("credit.giveDetails"), {
      class: "quiet",
      data: { action: "give-details" },
      on: { click: () => context.go("claim") },
    });
  }

  function outcomeWords(record, offer, outcome) {
    if (outcome !== "award") return cme.say(`credit.${outcome}`);
    const on = record.completed_on ? cme.say.date(record.completed_on) : "";
    if (!offer) return cme.say("credit.participated", { on });
    return cme.say("credit.award", { amount: cme.say.amount(offer, record.awarded), on });
  }

  /* The bridge gives reasons in English, with figures. Other languages say known ones in general words of their own before it. */
  function reasonWords(reason) {
    const remedy = reason.remedy ? el("span", { class: "remedy" }, " ", reason.remedy) : null;
    if (cme.say.language().startsWith("en")) return [reason.text, remedy];
    const key = `reason.${reason.code}`;
    if (!cme.say.has(key)) return el("span", { lang: "en", dir: "ltr" }, reason.text, remedy);
    const text = el("span", { lang: "en", dir: "ltr" }, reason.text);
    return [cme.say(key), el("span", { class: "remedy" }, " ", cme.say.nodes("reason.details", { text }))];
  }

  /* For an award the reasons are there for those who ask; for the others they are what matters. */
  function reasons(record, outcome) {
    const list = el(
      "ul",
      { class: "reasons" },
      (record.reasons || []).map((reason) =>
        el(
          "li",
          { data: { reason: reason.code } },
          reasonWords(reason),
        ),
      ),
    );
    if (!list.children.length) return null;
    return outcome === "award" ? el("details", {}, el("summary", {}, cme.say("credit.why")), list) : list;
  }

  function links(record, answer) {
    return certificatesOf(record, answer).map((one) =>
      el(
        "a",
        { class: "button primary", href: one.url, target: "_blank", rel: "noopener", data: { action: "certificate" } },
        one.title || cme.say("credit.certificate"),
      ),
    );
  }

  /* --- what is stored where --- */

  function drawStored(root, context) {
    const status = context.session.status();
    const rows = [row("stored.lms", lmsWords(status)), row("stored.bridge", bridgeWords(context, status))];
    fill(slot(root, "stored"), rows);
    fill(slot(root, "unsent"), unsentNotice(context, status));
    const shown = slot(root, "diagnostics");
    if (shown) shown.value = JSON.stringify(context.session.report(), null, 1);
  }

  function row(key, words) {
    return el("div", {}, el("dt", {}, cme.say(key)), el("dd", {}, words));
  }

  function lmsWords(status) {
    if (!status.lms.connected) return cme.say("stored.noLms");
    const state = cme.say(`stored.lms.${status.lms.status}`);
    const score = status.lms.score === null ? "" : cme.say("stored.score", { share: cme.say.percent(status.lms.score) });
    return [state, score, cme.say(status.lms.saved === "notSaved" ? "stored.notSaved" : "stored.saved")]
      .filter(Boolean)
      .join(" ");
  }

  function bridgeWords(context, status) {
    if (!context.session.hasBridge()) return cme.say("stored.noBridge");
    const there = status.events - status.unsent - status.elsewhere;
    if (!status.unsent && !status.elsewhere) return cme.say("stored.all", { n: there });
    return cme.say("stored.some", { n: status.unsent + status.elsewhere, there });
  }

  function unsentNotice(context, status) {
    if (!context.session.hasBridge() || !context.session.recorded()) return [];
    const elsewhere = status.elsewhere
      ? notice("note", "", el("p", {}, cme.say("unsent.elsewhere", { n: status.elsewhere })))
      : null;
    return [status.unsent ? waitingNotice(context, status) : null, elsewhere];
  }

  function waitingNotice(context, status) {
    const refused = status.parked.length ? el("p", {}, cme.say("unsent.parked", { n: status.parked.length })) : null;
    const act = () => context.session.online();
    const retry = button(cme.say("unsent.retry"), { class: "quiet", data: { action: "send-now" }, on: { click: act } });
    return notice("warning", cme.say("unsent.title", { n: status.unsent }), el("p", {}, cme.say("unsent.more")), refused, retry);
  }

  /* --- diagnostics --- */

  function diagnostics(root, context) {
    const told = slot(root, "diagnostics-status");
    const area = slot(root, "diagnostics");
    const copy = () => {
      area.select();
      told.textContent = cme.say(document.execCommand("copy") ? "diagnostics.copied" : "diagnostics.selected");
    };
    const send = async () => {
      told.textContent = cme.say((await context.session.sendDiagnostics()) ? "diagnostics.sent" : "diagnostics.notSent");
    };
    fill(
      slot(root, "diagnostics-buttons"),
      button(cme.say("diagnostics.copy"), { class: "quiet", data: { action: "copy-diagnostics" }, on: { click: copy } }),
      context.session.hasBridge()
        ? button(cme.say("diagnostics.send"), { class: "quiet", data: { action: "send-diagnostics" }, on: { click: send } })
        : null,
    );
  }

  return { mount };
})();
