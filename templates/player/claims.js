/* Whether an amount may be claimed under an offer: exact, on decimal texts. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.claims = (function () {
  "use strict";

  var AMOUNT = /^\d{1,4}(\.\d{1,4})?$/;

  /* Ten-thousandths: every amount of a definition has four decimals at most. */
  function units(text) {
    var parts = text.split(".");
    return Number(parts[0]) * 10000 + Number((parts[1] || "").padEnd(4, "0"));
  }

  function amountOf(count) {
    var fraction = String(count % 10000).padStart(4, "0").replace(/0{1,2}$/, "");
    return Math.floor(count / 10000) + "." + fraction;
  }

  function chosen(offer, amount) {
    if (!AMOUNT.test(amount || "")) return { refused: "bad-amount" };
    var count = units(amount);
    if (count < units(offer.minimum)) return { refused: "below-minimum" };
    if (count > units(offer.maximum)) return { refused: "above-maximum" };
    if ((count - units(offer.minimum)) % units(offer.step) !== 0) return { refused: "off-step" };
    return { payload: { s: offer.system, m: amountOf(count) } };
  }

  /* An amount that follows from elsewhere may be left unsaid, but not contradicted. */
  function following(offer, amount, due) {
    if (amount !== undefined && amount !== null && !(AMOUNT.test(amount) && units(amount) === units(due))) {
      return { refused: "another-amount" };
    }
    return { payload: { s: offer.system, m: amountOf(units(due)) } };
  }

  function equal(offer, amount, claims) {
    if (!(offer.equal_to in claims)) return { refused: "claim-first" };
    if (units(claims[offer.equal_to]) > units(offer.maximum)) return { refused: "above-maximum" };
    return following(offer, amount, claims[offer.equal_to]);
  }

  /* {payload: {s, m}} or {refused: code}. `claims`: amounts already claimed, by credit system. */
  function judged(offer, amount, claims) {
    if (offer.claim === "fixed") return following(offer, amount, offer.maximum);
    if (offer.claim === "equal") return equal(offer, amount, claims);
    return chosen(offer, amount);
  }

  /* Every amount that may be chosen under an offer, least first. */
  function choices(offer) {
    var amounts = [];
    for (var count = units(offer.minimum); count <= units(offer.maximum); count += Math.max(1, units(offer.step))) {
      amounts.push(amountOf(count));
    }
    return amounts;
  }

  return { judged: judged, choices: choices };
})();
