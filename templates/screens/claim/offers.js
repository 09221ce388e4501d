/* One card for each credit that is open to the learner's profession: wanted or not, and how much of it. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.claimOffers = (function () {
  "use strict";

  const { el, html, id } = cme.dom;

  const amountWords = cme.say.amount;

  /* `leader`: the offer whose amount this one follows, if it is offered too. */
  function card(offer, leader, onChange) {
    const name = id(`claim-${offer.system}`);
    const amount = offer.claim === "choice" ? amountField(offer) : null;
    const error = el("p", { class: "field-error", id: id("error") });
    const pick = (value, words) => cme.itemControls.choiceCard("radio", name, { id: value, text: words }, false);
    const node = el(
      "fieldset",
      { class: "card offer", data: { offer: offer.system }, "aria-describedby": error.id },
      el("legend", { class: "offer-name" }, html("span", {}, offer.name_html)),
      el("p", { class: "hint" }, cme.say("claim.upTo", { amount: amountWords(offer, offer.maximum) })),
      error,
      el(
        "div",
        { class: "choices" },
        pick("claim", claimWords(offer, leader)),
        amount && amount.node,
        pick("decline", cme.say("claim.no")),
      ),
      html("div", { class: "designation prose" }, offer.designation_html),
    );
    node.addEventListener("change", onChange);
    return behaviour({ offer, leader, node, amount, error });
  }

  function behaviour(made) {
    const { offer, leader, node, amount, error } = made;
    const radio = (value) => node.querySelector(`input[value="${value}"]`);
    const wants = () => radio("claim").checked;
    const answered = () => wants() || radio("decline").checked;

    /* The amount is asked for once the credit is wanted; a credit that follows another is not to be had without it. */
    function follow(cards) {
      const ahead = cards.find((one) => leader && one.offer.system === leader.system);
      const without = Boolean(ahead && ahead.answered() && !ahead.wants());
      radio("claim").disabled = without;
      if (without && wants()) radio("decline").checked = true;
      if (amount) amount.node.hidden = !wants();
    }

    function check() {
      error.textContent = answered() ? "" : cme.say("claim.answer", { name: offer.name });
      if (!answered()) return { text: error.textContent, input: radio("claim") };
      return amount && wants() ? amount.check() : null;
    }

    /* The event's payload; the amount is the learner's to say only where it is theirs to choose. */
    function payload() {
      return amount ? { s: offer.system, m: amount.value() } : { s: offer.system };
    }

    return { offer, node, wants, answered, follow, check, payload };
  }

  function claimWords(offer, leader) {
    if (offer.claim === "fixed") return cme.say("claim.fixed", { amount: amountWords(offer, offer.maximum) });
    if (offer.claim === "equal") return cme.say("claim.equal", { other: leader ? leader.name : offer.equal_to });
    return cme.say("claim.choose");
  }

  function amountField(offer) {
    const field = cme.fields.choice({
      key: `amount-${offer.system}`,
      label: cme.say("claim.amount"),
      help: cme.say("claim.commensurate"),
      options: cme.claims.choices(offer).map((amount) => ({ value: amount, words: amountWords(offer, amount) })),
      fault: (value) => (value ? "" : cme.say("claim.amountMissing", { name: offer.name })),
    });
    field.node.classList.add("amount");
    return field;
  }

  return { card, amountWords };
})();
