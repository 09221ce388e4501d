/* The activity evaluation and the commitments to change. Every answer is saved when it is given. */
var cme = globalThis.cme || (globalThis.cme = {});
cme.screens = cme.screens || {};

cme.screens.evaluation = (function () {
  "use strict";

  const { el, fill, slot, notice, plain, id } = cme.dom;

  function mount(root, context) {
    const form = slot(root, "form");
    form.onsubmit = (event) => event.preventDefault();
    fill(slot(root, "summary"));
    root.querySelector(".lead").hidden = context.view.evaluation.submitted;
    if (context.view.evaluation.submitted)
      return void fill(form, notice("good", cme.say("evaluation.done"), el("p", {}, cme.say("evaluation.doneMore"))));
    fill(form, questions(context), commitments(context));
    context.foot({ next: { label: cme.say("evaluation.submit"), action: "submit", act: () => submit(root, context) } });
  }

  function questions(context) {
    const { responses } = context.view.evaluation;
    return context.definition.evaluation.map((item) =>
      el(
        "div",
        { class: "card" },
        cme.items.make(item, {
          response: responses[item.id],
          announce: context.announce,
          onResponse: (response) => context.send("rated", { i: item.id, r: response }),
        }),
      ),
    );
  }

  /* --- commitments to change --- */

  function commitments(context) {
    const count = context.definition.commitments;
    if (!count) return null;
    const numbers = Array.from({ length: count }, (_, at) => at + 1);
    return el(
      "div",
      { class: "card commitments" },
      el("h2", {}, cme.say("commitment.heading")),
      el("p", { class: "hint" }, cme.say("commitment.lead", { n: count })),
      numbers.map((k) => commitment(context, k)),
    );
  }

  function commitment(context, k) {
    const earlier = context.view.commitments.find((one) => one.k === k) || { text: "", strength: null };
    const [textId, strengthId] = [id("commitment"), id("strength")];
    const area = el("textarea", { id: textId, rows: "2", maxlength: "500", value: earlier.text });
    const strength = el("select", { id: strengthId }, strengths());
    strength.value = earlier.strength === null ? "" : String(earlier.strength);
    const row = el(
      "div",
      { class: "field", hidden: !earlier.text },
      el("label", { for: strengthId }, cme.say("commitment.strength")),
      strength,
    );
    const keep = () => {
      row.hidden = !area.value.trim();
      context.send("committed", { k, r: area.value.trim(), s: strength.value ? Number(strength.value) : null });
    };
    cme.itemControls.onPause(area, keep);
    strength.addEventListener("change", keep);
    return el(
      "div",
      { class: "commitment", data: { commitment: String(k) } },
      el("div", { class: "field" }, el("label", { for: textId }, cme.say("commitment.label", { k })), area),
      row,
    );
  }

  function strengths() {
    return [
      el("option", { value: "" }, cme.say("item.choose")),
      ...[1, 2, 3, 4, 5].map((value) => el("option", { value: String(value) }, cme.say(`commitment.strength.${value}`))),
    ];
  }

  /* --- submitting --- */

  function submit(root, context) {
    const { responses } = context.view.evaluation;
    const missing = context.definition.evaluation.filter((item) => item.required && !responses[item.id]);
    if (missing.length && context.session.recorded()) return showMissing(root, context, missing);
    context.send("evaluated", {});
    context.forward();
  }

  function showMissing(root, context, missing) {
    const found = missing.map((item) => ({ text: plain(item.stem_html), input: controlOf(root, item) }));
    const keys = missing.map((item) => item.id);
    root.querySelectorAll(".item").forEach((node) => node.classList.toggle("item-missing", keys.includes(node.dataset.item)));
    cme.errorSummary.show(slot(root, "summary"), cme.say("evaluation.missing", { n: missing.length }), found);
  }

  function controlOf(root, item) {
    return root.querySelector(`[data-item="${CSS.escape(item.id)}"]`).querySelector("input, textarea, select");
  }

  return { mount };
})();
