/* Walking through the items of an assessment, one per view, with a review of what was answered before it is submitted.
   Nothing here knows whether a response is right. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.walk = (function () {
  "use strict";

  const { el, html, plain, button, fill, notice } = cme.dom;

  /* start(root, {context, items, responses(), answer(item, response), submit(), before(), words}):
     draws the item where the learner was, and gives the foot its buttons. `words` names the messages that differ.
     Items of a case (steps.js) come with what the case has told; `closed()` says which of its steps are final, `close(case, step)` makes one so. */
  function start(root, parts) {
    const { context, items } = parts;

    function show(wanted, focus) {
      const index = reached(parts, wanted);
      context.place({ item: index });
      const view = index < items.length ? itemView(parts, index, show) : reviewView(parts, show);
      fill(root, view.node);
      context.foot(view.foot);
      if (focus) context.focusOn(root.querySelector("[data-walk-heading]"));
    }

    show(Math.max(0, Math.min(context.place().item || 0, items.length)), false);
  }

  function heading(words) {
    return el("h2", { tabindex: "-1", class: "walk-heading", data: { walkHeading: "" } }, words);
  }

  /* Nobody comes further than the part of a case that is being told. */
  function reached(parts, wanted) {
    const ahead = parts.items.findIndex(
      (item, at) => at <= wanted && cme.steps.locked(parts.context.definition, item.id, parts.closed()) === "step-not-open",
    );
    return ahead < 0 ? wanted : Math.max(0, ahead - 1);
  }

  /* {case, step, closed, ends: whether this item is the last of a step that is followed by another}, or null. */
  function caseAt(parts, index) {
    const { definition } = parts.context;
    const place = cme.steps.of(definition, parts.items[index].id);
    if (!place) return null;
    const next = index + 1 < parts.items.length && cme.steps.of(definition, parts.items[index + 1].id);
    const ends = Boolean(next) && next.case === place.case && next.step > place.step;
    return { ...place, ends, closed: (parts.closed()[place.case.id] || 0) >= place.step };
  }

  function control(parts, item, place) {
    const response = parts.responses()[item.id];
    if (place && place.closed)
      return el("div", { class: "item", data: { item: item.id, kind: item.kind } }, html("div", { class: "stem" }, item.stem_html), cme.itemCases.final(item, response));
    return cme.items.make(item, {
      response,
      onResponse: (given) => parts.answer(item, given),
      announce: parts.context.announce,
    });
  }

  /* What ends a step makes it final: said beforehand, refused while something is open. */
  function nextPart(parts, index, place, show) {
    const act = () => {
      const outcome = parts.close(place.case, place.step);
      if (outcome.refused) return parts.context.problem(cme.say("case.answerFirst"));
      show(index + 1, true);
    };
    return { next: { label: cme.say("case.next"), action: "next-part", act }, note: cme.say("case.note") };
  }

  function itemView(parts, index, show) {
    const item = parts.items[index];
    const place = caseAt(parts, index);
    const last = index === parts.items.length - 1;
    const opens = place && place.ends && !place.closed ? nextPart(parts, index, place, show) : null;
    return {
      node: el(
        "div",
        { class: "card walk" },
        heading(cme.say("walk.item", { at: index + 1, of: parts.items.length })),
        dots(parts, index, show),
        place ? cme.itemCases.told(parts.context.definition, place.case, place.step, { under: "h2", responses: parts.responses() }) : null,
        control(parts, item, place),
      ),
      foot: {
        back: {
          label: cme.say(index ? "walk.previous" : "foot.back"),
          action: "previous-item",
          act: () => (index ? show(index - 1, true) : parts.before()),
        },
        next: opens ? opens.next : {
          label: cme.say(last ? "walk.review" : "walk.next"),
          action: last ? "review" : "next-item",
          act: () => show(index + 1, true),
        },
        note: opens ? opens.note : parts.words.skip && !last ? cme.say(parts.words.skip) : "",
      },
    };
  }

  /* Where one is, and which items have a response: for the eye, since the review says it in words. */
  function dots(parts, index) {
    const responses = parts.responses();
    return el(
      "div",
      { class: "dots", "aria-hidden": "true" },
      parts.items.map((item, at) =>
        el("span", { class: `dot${at === index ? " dot-here" : ""}${responses[item.id] ? " dot-done" : ""}` }),
      ),
    );
  }

  function reviewView(parts, show) {
    const open = parts.items.filter((item) => !cme.responses.whole(item, parts.responses()[item.id]));
    return {
      node: el(
        "div",
        { class: "card walk" },
        heading(cme.say("walk.reviewHeading")),
        open.length
          ? notice("warning", cme.say("walk.unanswered", { n: open.length }), el("p", {}, cme.say(parts.words.unanswered)))
          : el("p", {}, cme.say("walk.allAnswered")),
        el(
          "ol",
          { class: "review" },
          parts.items.map((item, at) => reviewRow(parts, item, at, show)),
        ),
      ),
      foot: {
        back: { label: cme.say("walk.previous"), action: "previous-item", act: () => show(parts.items.length - 1, true) },
        next: { label: cme.say(parts.words.submit), action: "submit", act: parts.submit },
        note: "",
      },
    };
  }

  function reviewRow(parts, item, at, show) {
    const response = parts.responses()[item.id];
    const missing = !cme.responses.whole(item, response);
    const place = caseAt(parts, at);
    return el(
      "li",
      { class: `review-row${missing ? " review-missing" : ""}`, data: { review: item.id } },
      html("div", { class: "review-stem" }, item.stem_html),
      place && place.closed ? cme.itemCases.final(item, response) : el("p", { class: "review-response" }, cme.items.words(item, response)),
      place && place.closed ? null : button(cme.say(response ? "walk.change" : "walk.answer"), {
        class: "link",
        data: { action: "go-to-item" },
        "aria-label": cme.say(response ? "walk.changeThis" : "walk.answerThis", { at: at + 1, stem: plain(item.stem_html) }),
        on: { click: () => show(at, true) },
      }),
    );
  }

  return { start };
})();
