/* Words for learners: messages by key from the catalogue of the language shown, with values and plural forms; numbers and dates as that
   language writes them. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.say = (function () {
  "use strict";

  const FALLBACK = "en";
  const ISOLATED = ["\u2068", "\u2069"]; // so that a name from left to right does not turn a sentence from right to left
  let shown = null;

  function language() {
    return shown || (cme.definition && cme.definition.language) || FALLBACK;
  }

  /* The catalogue that speaks for the language shown, and by whose plural rules: a package carries English for those without one. */
  function speaking() {
    const all = cme.messages || {};
    const tag = [language(), language().split("-")[0], FALLBACK].find((one) => all[one]);
    return { tag: tag || FALLBACK, messages: all[tag] || {} };
  }

  function message(key) {
    const { messages } = speaking();
    return Object.prototype.hasOwnProperty.call(messages, key) ? messages[key] : null;
  }

  /* Always with the digits 0..9 and the Gregorian calendar: what is read here is compared with doses, records and certificates. */
  function inLanguage(Format, options) {
    const wanted = { numberingSystem: "latn", calendar: "gregory", ...options };
    try {
      return new Format(language(), wanted);
    } catch (unknownLanguage) {
      return new Format(FALLBACK, wanted);
    }
  }

  /* `values.n` decides the plural form of a message that has several. */
  function form(found, values) {
    if (typeof found === "string") return found;
    return found[new Intl.PluralRules(speaking().tag).select(values.n)] || found.other;
  }

  /* The words for `key` with {names} filled in; a key without words is shown as it is, so that it is found. */
  function say(key, values) {
    const found = message(key);
    if (found === null) return key;
    const given = values || {};
    return form(found, given).replace(/\{(\w+)\}/g, (whole, name) => (name in given ? isolated(written(given[name])) : whole));
  }

  /* The same where a value may be an element: what `append` takes. */
  say.nodes = function (key, values) {
    return form(message(key) || key, values)
      .split(/\{(\w+)\}/)
      .map((part, at) => (at % 2 ? (typeof values[part] === "string" ? isolated(values[part]) : values[part]) : part));
  };

  function written(value) {
    return typeof value === "number" ? inLanguage(Intl.NumberFormat).format(value) : String(value);
  }

  function isolated(text) {
    return say.direction() === "rtl" && /[^\d.,%\s]/.test(text) ? ISOLATED.join(text) : text;
  }

  say.has = (key) => message(key) !== null;
  say.language = language;
  say.use = (tag) => {
    shown = tag;
  };
  say.direction = () => speaking().messages["language.direction"] || "ltr";

  /* An ISO date in words; a date has no time and no zone, so it is read and written in UTC. */
  say.date = function (iso) {
    const day = new Date(`${iso}T00:00:00Z`);
    if (Number.isNaN(day.getTime())) return String(iso);
    return inLanguage(Intl.DateTimeFormat, { dateStyle: "long", timeZone: "UTC" }).format(day);
  };

  /* A share 0..1 in percent, rounded down, so that 74.9 % never looks like 75 %. */
  say.percent = function (share) {
    const whole = Math.floor(share * 100 + 1e-9) / 100;
    return inLanguage(Intl.NumberFormat, { style: "percent" }).format(whole);
  };

  /* Texts joined as a list of the language: "a, b and c". */
  say.list = function (texts) {
    return Intl.ListFormat ? inLanguage(Intl.ListFormat, { type: "conjunction" }).format(texts) : texts.join(", ");
  };

  /* The mark that stands before decimals: "." or ",". */
  say.decimalMark = function () {
    const part = inLanguage(Intl.NumberFormat)
      .formatToParts(1.5)
      .find((one) => one.type === "decimal");
    return part ? part.value : ".";
  };

  /* A decimal text as the language writes it. */
  say.decimal = function (text) {
    return String(text).replace(".", say.decimalMark());
  };

  /* An amount of a credit with its unit; a unit that no catalogue knows is said as its credit system names it. */
  say.amount = function (offer, amount) {
    const key = `unit.${offer.unit.toLowerCase().replace(/ /g, "-")}`;
    if (say.has(key)) return say(key, { n: Number(amount), amount: say.decimal(amount) });
    return `${say.decimal(amount)} ${Number(amount) === 1 ? offer.unit : offer.units}`;
  };

  return say;
})();
