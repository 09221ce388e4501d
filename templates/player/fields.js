/* Form fields that carry their own problem: the words stand under the field, and a screen reader reads them with it.
   A field is {node, input, value(), problem(text) -> {text, input} or null, check() -> the same}. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.fields = (function () {
  "use strict";

  const { el, id } = cme.dom;

  /* Shows the problem at an input, or takes it away. */
  function marker(input, words) {
    return (text) => {
      words.textContent = text;
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      return text ? { text, input } : null;
    };
  }

  function errorWords() {
    return el("p", { class: "field-error", id: id("error") });
  }

  /* {key, label, help, value, autocomplete, optional, fault(value) -> text}: one line of text. */
  function line(wish) {
    const [field, help] = [id(wish.key), id("help")];
    const words = errorWords();
    const input = el("input", {
      type: "text",
      id: field,
      value: wish.value,
      autocomplete: wish.autocomplete || "off",
      spellcheck: "false",
      maxlength: "200",
      "aria-required": wish.optional ? null : "true",
      "aria-describedby": wish.help ? `${help} ${words.id}` : words.id,
      data: { field: wish.key },
    });
    const hint = wish.help ? el("p", { class: "hint", id: help }, wish.help) : null;
    const problem = marker(input, words);
    const value = () => input.value.trim();
    const node = el("div", { class: "field" }, el("label", { for: field }, wish.label), hint, input, words);
    return { key: wish.key, node, input, value, problem, check: () => problem(wish.fault(value())) };
  }

  /* {key, sentence, checked, fault(checked) -> text}: a sentence to agree to. */
  function tick(wish) {
    const words = errorWords();
    const input = el("input", {
      type: "checkbox",
      checked: Boolean(wish.checked),
      "aria-describedby": words.id,
      data: { field: wish.key },
    });
    const label = el("label", { class: "choice choice-alone" }, input, el("span", { class: "choice-words" }, wish.sentence));
    const problem = marker(input, words);
    const node = el("div", { class: "field" }, label, words);
    return { key: wish.key, node, input, value: () => input.checked, problem, check: () => problem(wish.fault(input.checked)) };
  }

  /* {key, label, help, options: [{value, words}], fault(value) -> text}: one of a list, none chosen beforehand. */
  function choice(wish) {
    const [field, help] = [id(wish.key), id("help")];
    const words = errorWords();
    const options = wish.options.map((option) => el("option", { value: option.value }, option.words));
    const select = el(
      "select",
      { id: field, data: { field: wish.key }, "aria-describedby": `${help} ${words.id}` },
      el("option", { value: "" }, cme.say("item.choose")),
      options,
    );
    const problem = marker(select, words);
    const node = el(
      "div",
      { class: "field" },
      el("label", { for: field }, wish.label),
      el("p", { class: "hint", id: help }, wish.help),
      select,
      words,
    );
    return { key: wish.key, node, input: select, value: () => select.value, problem, check: () => problem(wish.fault(select.value)) };
  }

  return { line, tick, choice, marker };
})();
