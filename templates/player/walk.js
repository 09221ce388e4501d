/* Walking through the items of an assessment, one per view, with a review of what was answered before it is submitted.
   Nothing here knows whether a response is right. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.walk = (function () {
  "use strict";

  const { el, html, plain, button, fill, notice } = cme.dom;

  /* start(root, {context, items, responses(), answer(item, response), submit(), before(), words}):
     draws the item where the learner was, and gives the foot its buttons. `words` names the messages that differ. */
  function start(root, parts) {
    const { context, items } = parts;

    function show(index, focus) {
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

  function itemView(parts, index, show) {
    const item = parts.items[index];
    const control = cme.items.make(item, {
      response: parts.responses()[item.id],
      onResponse: (response) => parts.answer(item, response),
      announce: parts.context.announce,
    });
    const last = index === parts.items.length - 1;
    return {
      node: el(
        "div",
        { class: "card walk" },
        heading(cme.say("walk.item", { at: index + 1, of: parts.items.length })),
        dots(parts, index, show),
        control,
      ),
      foot: {
        back: {
          label: cme.say(index ? "walk.previous" : "foot.back"),
          action: "previous-item",
          act: () => (index ? show(index - 1, true) : parts.before()),
        },
        next: {
          label: cme.say(last ? "walk.review" : "walk.next"),
          action: last ? "review" : "next-item",
          act: () => show(index + 1, true),
        },
        note: parts.words.skip && !last ? cme.say(parts.words.skip) : "",
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
    return el(
      "li",
      { class: `review-row${missing ? " review-missing" : ""}`, data: { review: item.id } },
      html("div", { class: "review-stem" }, item.stem_html),
      el("p", { class: "review-response" }, cme.items.words(item, response)),
      button(cme.say(response ? "walk.change" : "walk.answer"), {
        class: "link",
        data: { action: "go-to-item" },
        "aria-label": cme.say(response ? "walk.changeThis" : "walk.answerThis", { at: at + 1, stem: plain(item.stem_html) }),
        on: { click: () => show(at, true) },
      }),
    );
  }

  return { start };
})();
