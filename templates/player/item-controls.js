/* The controls of items, one function for each kind. A response is the text of docs/data-flow.md §2; "" means none yet.
   Everything works by keyboard and by touch alone: matching by choosing, ordering by buttons, nothing is dragged. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.itemControls = (function () {
  "use strict";

  const { el, html, plain, button, icon, id, fill } = cme.dom;
  const TYPING_PAUSE = 800; // ms after the last key before a text is saved; leaving the field saves at once
  const RATINGS = ["1", "2", "3", "4", "5"];

  /* --- one or several of a list --- */

  function picked(type, item, choices, options, read) {
    const name = id(item.id);
    const chosen = options.response.split("[,]");
    const box = el(
      "div",
      { class: "choices" },
      choices.map((choice) => choiceCard(type, name, choice, chosen.includes(choice.id), letterOf(item, choice))),
    );
    box.addEventListener("change", () => options.onResponse(read(box)));
    return box;
  }

  /* Rationales speak of choices by their letters; an evaluation has no rationales. */
  function letterOf(item, choice) {
    return item.rationale_html && item.choices.includes(choice) ? choice.id : "";
  }

  function choiceCard(type, name, choice, checked, letter) {
    const input = el("input", { type, name, value: choice.id, checked, data: { choice: choice.id } });
    const words =
      choice.html === undefined ? el("span", { class: "choice-words" }, choice.text) : html("span", { class: "choice-words" }, choice.html);
    return el("label", { class: "choice" }, input, letter ? el("span", { class: "choice-letter" }, letter) : null, words);
  }

  function checkedOnes(box) {
    return Array.from(box.querySelectorAll("input:checked"), (input) => input.value);
  }

  function one(item, options) {
    return picked("radio", item, item.choices, options, (box) => checkedOnes(box)[0] || "");
  }

  function several(item, options) {
    return picked("checkbox", item, item.choices, options, (box) => checkedOnes(box).sort().join("[,]"));
  }

  function trueFalse(item, options) {
    const choices = ["true", "false"].map((key) => ({ id: key, text: cme.say(`item.${key}`) }));
    return picked("radio", item, choices, options, (box) => checkedOnes(box)[0] || "");
  }

  function rating(item, options) {
    const ends = { 1: item.low || cme.say("item.low"), 5: item.high || cme.say("item.high") };
    const choices = RATINGS.map((value) => ({ id: value, html: ratingWords(value, ends[value]) }));
    const box = picked("radio", item, choices, options, (scale) => checkedOnes(scale)[0] || "");
    box.classList.add("scale");
    return el(
      "div",
      { class: "rating" },
      box,
      el("div", { class: "scale-ends", "aria-hidden": "true" }, el("span", {}, ends[1]), el("span", {}, ends[5])),
    );
  }

  /* The number is seen; what the ends of the scale mean is read out with them and stands below it. */
  function ratingWords(value, end) {
    const words = el("span", {}, value, end ? el("span", { class: "visually-hidden" }, `: ${end}`) : null);
    return words.innerHTML;
  }

  /* --- matching: each source has a list of targets to choose from --- */

  function matching(item, options) {
    const chosen = new Map(options.response.split("[,]").map((pair) => pair.split("[.]")));
    const rows = item.sources.map((source) => matchingRow(item, source, chosen.get(source.id) || ""));
    const box = el("div", { class: "matching" }, rows);
    box.addEventListener("change", () => options.onResponse(matched(item, box)));
    return box;
  }

  function matchingRow(item, source, chosen) {
    const label = id("source");
    const select = el("select", { id: id("target"), data: { source: source.id }, "aria-labelledby": label });
    const words = item.targets.map((target) => el("option", { value: target.id }, plain(target.html)));
    select.append(el("option", { value: "" }, cme.say("item.choose")), ...words);
    select.value = chosen;
    return el("div", { class: "match" }, html("div", { class: "match-source", id: label }, source.html), select);
  }

  function matched(item, box) {
    return Array.from(box.querySelectorAll("select"))
      .filter((select) => select.value)
      .map((select) => `${select.dataset.source}[.]${select.value}`)
      .join("[,]");
  }

  /* --- ordering: buttons move a row up or down --- */

  function ordering(item, options) {
    const order = options.response ? options.response.split("[,]") : item.choices.map((choice) => choice.id);
    const list = el("ol", { class: "ordering" });
    const keep = button(cme.say("item.keepOrder"), {
      class: "quiet",
      data: { action: "keep-order" },
      on: { click: () => keepOrder() },
    });
    keep.hidden = options.response !== "";

    function given(words) {
      keep.hidden = true;
      options.onResponse(order.join("[,]"));
      options.announce(words);
    }

    function keepOrder() {
      given(cme.say("item.orderKept"));
      list.querySelector("button:not([disabled])").focus();
    }

    function move(choice, by) {
      const from = order.indexOf(choice.id);
      order.splice(from + by, 0, order.splice(from, 1)[0]);
      draw();
      focusOn(list, choice.id, by);
      given(cme.say("item.moved", { what: plain(choice.html), place: from + by + 1, of: order.length }));
    }

    function draw() {
      const rows = order.map((key, at) =>
        orderingRow(
          item.choices.find((choice) => choice.id === key),
          at,
          order.length,
          move,
        ),
      );
      fill(list, rows);
    }

    draw();
    return el("div", {}, list, keep);
  }

  function orderingRow(choice, at, count, move) {
    const what = plain(choice.html);
    const mover = (by, name, disabled) =>
      el(
        "button",
        {
          type: "button",
          class: "mover",
          disabled,
          data: { action: `move-${name}` },
          "aria-label": cme.say(`item.move.${name}`, { what }),
          on: { click: () => move(choice, by) },
        },
        icon(name),
      );
    return el(
      "li",
      { class: "order-row", data: { choice: choice.id } },
      el("span", { class: "order-place", "aria-hidden": "true" }, String(at + 1)),
      html("span", { class: "order-words" }, choice.html),
      el("span", { class: "movers" }, mover(-1, "up", at === 0), mover(1, "down", at === count - 1)),
    );
  }

  /* Focus follows the moved row; at the end of the list the other button takes it. */
  function focusOn(list, key, by) {
    const row = Array.from(list.children).find((child) => child.dataset.choice === key);
    const buttons = Array.from(row.querySelectorAll("button"));
    const wanted = by < 0 ? buttons[0] : buttons[1];
    (wanted.disabled ? buttons.find((one) => !one.disabled) : wanted).focus();
  }

  /* --- numbers and texts --- */

  function numeric(item, options) {
    const [field, error] = [id("number"), id("error")];
    const shown = cme.say.decimal(options.response);
    const input = el("input", {
      type: "text",
      id: field,
      inputmode: "decimal",
      autocomplete: "off",
      class: "short",
      value: shown,
      "aria-describedby": error,
    });
    const words = el("p", { class: "field-error", id: error });
    const take = () => {
      const number = decimal(input.value);
      const wrong = number === null;
      input.setAttribute("aria-invalid", String(wrong));
      words.textContent = wrong ? cme.say("item.notANumber", { example: `12${cme.say.decimalMark()}5` }) : "";
      if (!wrong) options.onResponse(number);
    };
    onPause(input, take);
    const label = item.unit ? cme.say("item.numberIn", { unit: item.unit }) : cme.say("item.number");
    return el("div", { class: "field" }, el("label", { for: field }, label), input, words);
  }

  /* The decimal text of what was typed, "" for nothing, null for something else. A group mark is refused, not guessed at. */
  function decimal(typed) {
    const text = latin(typed.trim()).replace("\u2212", "-").replace(/^\+/, "");
    const plainText = cme.say.decimalMark() === "," ? text.replace(",", ".") : text;
    if (plainText === "") return "";
    return /^-?\d{1,12}(\.\d{1,6})?$/.test(plainText) ? plainText : null;
  }

  /* Digits as keyboards of Arabic, Persian and Japanese write them, as 0..9. */
  function latin(typed) {
    return typed
      .normalize("NFKC")
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
      .replace("\u066b", ".");
  }

  function text(item, options) {
    return item.answer ? words(options) : sentences(options);
  }

  /* A word or two, as an assessment asks for; the keyboard is not to write the answer. */
  function words(options) {
    const field = id("text");
    const input = el("input", {
      type: "text", id: field, maxlength: "60", autocomplete: "off", autocapitalize: "none", spellcheck: "false", value: options.response,
    });
    onPause(input, () => options.onResponse(input.value.trim()));
    return el("div", { class: "field" }, el("label", { for: field }, cme.say("item.number")), input);
  }

  function sentences(options) {
    const field = id("text");
    const area = el("textarea", { id: field, rows: "3", maxlength: "1000", value: options.response });
    onPause(area, () => options.onResponse(area.value.trim()));
    return el("div", { class: "field" }, el("label", { for: field, class: "visually-hidden" }, cme.say("item.answer")), area);
  }

  /* Acts a moment after typing stopped, at once when the field is left, and never twice for the same text. */
  function onPause(input, act) {
    let timer = null;
    let last = input.value;
    const now = () => {
      clearTimeout(timer);
      if (input.value === last) return;
      last = input.value;
      act();
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(now, TYPING_PAUSE);
    });
    ["change", "blur", "cme-leave"].forEach((type) => input.addEventListener(type, now));
  }

  /* By kind: control(item, {response, onResponse(text), announce(text)}) -> element. */
  const BY_KIND = { choice: one, multiple: several, "true-false": trueFalse, rating, matching, ordering, numeric, text };

  return { BY_KIND, choiceCard, decimal, onPause };
})();
