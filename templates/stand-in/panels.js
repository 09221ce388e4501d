/* What the stand-in LMS shows beside the activity. Everything shown is text: nothing from the package is taken as HTML. */
var standIn = globalThis.standIn || (globalThis.standIn = {});

standIn.panels = (function () {
  "use strict";

  const LIMITS = { 1.2: 4096, 2004: 64000, cmi5: 64000, xapi: 64000 };
  const SHOWN_CALLS = 500;

  const TOLD = [["Completion", "completed"], ["Success", "success"], ["Score", "score"], ["Told last", "verb"]];
  const RECORD = {
    1.2: [
      ["Status", "cmi.core.lesson_status"], ["Score", "cmi.core.score.raw"], ["Place", "cmi.core.lesson_location"],
      ["Time in all", "cmi.core.total_time"], ["This session", "cmi.core.session_time"], ["Exit", "cmi.core.exit"],
    ],
    2004: [
      ["Completion", "cmi.completion_status"], ["Success", "cmi.success_status"], ["Score", "cmi.score.scaled"],
      ["Progress", "cmi.progress_measure"], ["Place", "cmi.location"], ["Time in all", "cmi.total_time"],
      ["This session", "cmi.session_time"], ["Exit", "cmi.exit"],
    ],
    cmi5: TOLD,
    xapi: TOLD,
  };

  function slot(name) {
    return document.querySelector(`[data-slot="${name}"]`);
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function fill(name, children) {
    slot(name).replaceChildren(...children);
  }

  /* --- record, data, saved state --------------------------------------------------------------------- */

  function showRecord(edition, values) {
    fill("record", RECORD[edition].flatMap(([label, key]) => [element("dt", "", label), element("dd", "", values[key] || "–")]));
  }

  function showData(values) {
    const rows = Object.keys(values).sort(byElement).map((key) => {
      const row = element("tr");
      row.append(element("th", "", key), element("td", "", values[key]));
      row.firstChild.scope = "row";
      return row;
    });
    fill("data", rows);
  }

  /* Lists in their own order: 10 comes after 9. */
  function byElement(a, b) {
    return a.localeCompare(b, "en", { numeric: true });
  }

  function showSaved(edition, values, state) {
    const text = values["cmi.suspend_data"] || "";
    slot("saved-length").textContent = text.length.toLocaleString("en");
    slot("saved-limit").textContent = LIMITS[edition].toLocaleString("en");
    slot("saved-bar").value = text.length / LIMITS[edition];
    slot("saved-text").textContent = text;
    fill("events", (state ? state.events : []).map(eventLine));
  }

  function eventLine(event) {
    const line = element("li");
    line.value = event.n;
    line.append(element("strong", "", event.kind), ` ${clock(event.second)} `, element("code", "", JSON.stringify(event.payload)));
    return line;
  }

  function clock(seconds) {
    return `+${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  /* --- calls ----------------------------------------------------------------------------------------- */

  function callLine(entry, refused) {
    const line = element("li", refused ? "refused" : "");
    const args = entry.args.map((arg) => JSON.stringify(arg.length > 160 ? `${arg.slice(0, 160)}…` : arg)).join(", ");
    line.append(element("code", "", `${entry.call}(${args})`), " → ", element("code", "answer", JSON.stringify(entry.answer)));
    if (refused) line.append(element("span", "error", ` error ${entry.error}`));
    return line;
  }

  function addCall(entry, refused, counts) {
    const list = slot("calls");
    list.prepend(callLine(entry, refused));
    while (list.children.length > SHOWN_CALLS) list.lastChild.remove();
    slot("calls-count").textContent = counts.calls;
    slot("refused-count").textContent = counts.refused;
  }

  /* --- statements ------------------------------------------------------------------------------------ */

  function showStatements(statements, delivered) {
    slot("statements-count").textContent = statements.length;
    fill("statements", statements.slice().reverse().map((each) => statementLine(each, delivered.get(each.id))));
  }

  function statementLine(statement, status) {
    const line = element("li");
    const details = element("details");
    const summary = element("summary");
    summary.append(element("strong", "", last(statement.verb.id)), ` ${tail(statement.object.id)} `);
    if (status !== undefined) summary.append(element("span", status < 300 ? "stored" : "error", status < 300 ? "stored" : `answered ${status}`));
    details.append(summary, element("pre", "raw", JSON.stringify(statement, null, 2)));
    line.append(details);
    return line;
  }

  function last(iri) {
    return iri.slice(iri.lastIndexOf("/") + 1);
  }

  function tail(iri) {
    return iri.replace(/^https?:\/\/[^/]+\/(activities\/)?/, "");
  }

  /* --- what goes elsewhere --------------------------------------------------------------------------- */

  function addExchange(exchange, count) {
    const list = slot("exchanges");
    list.prepend(exchangeLine(exchange));
    while (list.children.length > SHOWN_CALLS) list.lastChild.remove();
    slot("exchanges-count").textContent = count;
  }

  function exchangeLine({ method, url, status, body, answer }) {
    const bad = status === 0 || status >= 400;
    const line = element("li", bad ? "refused" : "");
    const details = element("details");
    const summary = element("summary");
    summary.append(element("strong", "", method), ` ${url.pathname} `, element("span", bad ? "error" : "stored", WORDS[status] || String(status)));
    details.append(summary, element("pre", "raw", `${pretty(body)}${answer ? `\n\n→ ${JSON.stringify(hidden(answer), null, 2)}` : ""}`));
    line.append(details);
    return line;
  }

  const WORDS = { 0: "did not arrive", null: "handed to the browser" };

  function pretty(body) {
    try {
      return JSON.stringify(hidden(JSON.parse(body)), null, 2);
    } catch (noJson) {
      return body ? String(body) : "";
    }
  }

  /* A screenshot of this page may go anywhere; a token should not go with it. */
  function hidden(value) {
    return value && typeof value === "object" && !Array.isArray(value) && "token" in value ? { ...value, token: "…" } : value;
  }

  /* --- credit ---------------------------------------------------------------------------------------- */

  const OUTCOMES = { award: "Awarded", shortfall: "Not yet", held: "Held" };

  function showHint(hint) {
    slot("credit-hint").textContent = hint;
  }

  function showCredit(answer, hint) {
    const records = answer ? answer.records : [];
    showHint(hint);
    slot("credit-count").textContent = records.length;
    slot("credit-none").hidden = records.length > 0;
    slot("credit-none").textContent = answer ? "Nothing is decided yet: no evidence has arrived." : "Nothing is known of this learner.";
    fill("credit", records.map((record) => recordCard(record, answer.certificates)));
  }

  function recordCard(record, certificates) {
    const card = element("li", `card ${record.outcome}`);
    const heading = element("h2", "", record.system);
    heading.append(" ", element("span", "outcome", OUTCOMES[record.outcome] || record.outcome));
    card.append(heading, element("p", "amounts", amounts(record)), reasons(record));
    const certificate = certificates.find((each) => each.system === record.system);
    if (certificate) card.append(linkTo(certificate));
    return card;
  }

  function amounts(record) {
    const parts = [["designated", record.designated], ["claimed", record.claimed], ["awarded", record.awarded]];
    return parts.filter(([, amount]) => amount).map(([word, amount]) => `${amount} ${word}`).join(", ");
  }

  function reasons(record) {
    const list = element("ul");
    list.append(...(record.reasons || []).map((reason) => {
      const line = element("li", "", `${reason.text} ${reason.remedy || ""}`);
      line.append(" ", element("code", "", reason.code));
      return line;
    }));
    return list;
  }

  function linkTo(certificate) {
    const link = element("a", "", certificate.title || "Certificate");
    link.href = certificate.url;
    link.target = "_blank";
    link.rel = "noopener";
    return link;
  }

  /* --- an activity that is being written ------------------------------------------------------------- */

  function showDraft(draft) {
    const wrong = draft.problems.filter((each) => each.severity === "error");
    const doubts = draft.problems.filter((each) => each.severity !== "error");
    slot("built").textContent = draft.good ? `Built in ${draft.seconds} s` : counted(wrong.length, "error");
    slot("built").className = draft.good ? "pill" : "pill wrong";
    slot("problems-count").textContent = draft.problems.length;
    slot("draft").textContent = draft.good ? `${draft.package}, version ${draft.version}` : "The last good version plays on, where there is one.";
    slot("broken-title").textContent = `${counted(wrong.length, "thing")} to mend`;
    fill("broken-list", wrong.map(problemLine));
    fill("problems", [...wrong, ...doubts].map(problemLine));
    slot("problems-none").hidden = draft.problems.length > 0;
  }

  function problemLine(problem) {
    const line = element("li", `problem ${problem.severity}`);
    const where = [problem.file, problem.line || null, problem.line ? problem.column : null].filter(Boolean).join(":");
    line.append(element("code", "where", where), element("p", "message", problem.message), element("p", "remedy", problem.remedy));
    line.append(element("p", "code", problem.source ? `${problem.code} · ${problem.source}` : problem.code));
    return line;
  }

  function counted(count, word) {
    return `${count} ${word}${count === 1 ? "" : "s"}`;
  }

  /* --- quirks ---------------------------------------------------------------------------------------- */

  function showQuirks(known, chosen, onChange) {
    fill("quirks", known.map((quirk) => quirkLine(quirk, chosen.includes(quirk.key), onChange)));
  }

  function quirkLine(quirk, checked, onChange) {
    const label = element("label", "quirk");
    const box = element("input");
    box.type = "checkbox";
    box.value = quirk.key;
    box.checked = checked;
    box.addEventListener("change", onChange);
    const words = element("span");
    words.append(element("strong", "", quirk.name), ` ${quirk.does} `, element("em", "", `Seen: ${quirk.seen}.`));
    label.append(box, words);
    return label;
  }

  /* --- tabs: arrow keys move, as the ARIA practices describe ------------------------------------------ */

  function startTabs() {
    const tabs = Array.from(document.querySelectorAll('[role="tab"]'));
    tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => choose(tabs, tab));
      tab.addEventListener("keydown", (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        const next = tabs[(at + by + tabs.length) % tabs.length];
        choose(tabs, next);
        next.focus();
      });
    });
  }

  function choose(tabs, chosen) {
    tabs.forEach((tab) => {
      const open = tab === chosen;
      tab.setAttribute("aria-selected", String(open));
      tab.tabIndex = open ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !open;
    });
  }

  return {
    slot, showRecord, showData, showSaved, addCall, addExchange, showStatements, showHint, showCredit, showDraft, showQuirks, startTabs,
  };
})();
