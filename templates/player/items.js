/* Assessment and evaluation items: a stem with its control, and responses in words. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.items = (function () {
  "use strict";

  const { el, html, plain, id } = cme.dom;

  /* make(item, {response, onResponse(text), announce(text)}) -> an element with the item's stem and controls. */
  function make(item, options) {
    const control = cme.itemControls.BY_KIND[item.kind](item, {
      response: options.response || "",
      onResponse: options.onResponse,
      announce: options.announce,
    });
    const stem = html("legend", { class: "stem", id: id("stem") }, item.stem_html);
    if (item.required) stem.append(el("span", { class: "required" }, cme.say("item.required")));
    return el(
      "div",
      { class: "item", data: { item: item.id, kind: item.kind } },
      item.vignette_html ? html("div", { class: "vignette prose" }, item.vignette_html) : null,
      el("fieldset", { class: "item-field" }, stem, hint(item), control),
    );
  }

  function hint(item) {
    const key = `item.hint.${item.kind}`;
    return cme.say.has(key) ? el("p", { class: "hint" }, cme.say(key)) : null;
  }

  /* --- a response in words, for review and results --- */

  function words(item, response) {
    if (!response) return cme.say("item.none");
    return (WORDS[item.kind] || ((same, value) => value))(item, response);
  }

  function optionWords(options, key) {
    const found = options.find((option) => option.id === key);
    return found ? plain(found.html) : key;
  }

  /* With the letter by which the rationale speaks of it. */
  function lettered(item, key) {
    const words = optionWords(item.choices, key);
    return item.rationale_html ? `${key}: ${words}` : words;
  }

  function listed(item, response) {
    return response.split("[,]").map((key) => optionWords(item.choices, key));
  }

  const WORDS = {
    choice: (item, response) => lettered(item, response),
    multiple: (item, response) => response.split("[,]").map((key) => lettered(item, key)).join("; "),
    "true-false": (item, response) => cme.say(`item.${response}`),
    ordering: (item, response) => listed(item, response).join(" \u2192 "),
    matching: (item, response) =>
      response
        .split("[,]")
        .map((pair) => pair.split("[.]"))
        .map(([s, t]) => `${optionWords(item.sources, s)} \u2192 ${optionWords(item.targets, t)}`)
        .join("; "),
    numeric: (item, response) => `${cme.say.decimal(response)} ${item.unit || ""}`.trim(),
  };

  /* The correct response of an assessment item, as a response text; a numeric range is written as such. */
  function answerWords(item) {
    const key = item.answer;
    if (item.kind === "numeric")
      return key.from === key.to
        ? words(item, key.from)
        : cme.say("item.range", { from: words({ ...item, unit: "" }, key.from), to: words(item, key.to) });
    if (item.kind === "text") return key[0];
    if (item.kind === "matching")
      return words(
        item,
        item.sources
          .filter((s) => key[s.id])
          .map((s) => `${s.id}[.]${key[s.id]}`)
          .join("[,]"),
      );
    return words(item, Array.isArray(key) ? key.join("[,]") : String(key));
  }

  return { make, words, answerWords };
})();
