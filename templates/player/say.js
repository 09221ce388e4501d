/* Words for learners: messages by key, with values and plural forms, numbers and dates as the activity's language writes them. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.say = (function () {
  "use strict";

  function language() {
    return (cme.definition && cme.definition.language) || "en";
  }

  /* Translations add `cme.messages_<language>`; English stands in for words that one lacks. */
  function message(key) {
    const [base] = language().split("-");
    const tables = [cme[`messages_${language()}`], cme[`messages_${base}`], cme.messages];
    const table = tables.find((one) => one && Object.prototype.hasOwnProperty.call(one, key));
    return table ? table[key] : null;
  }

  function inLanguage(Format, options) {
    try {
      return new Format(language(), options);
    } catch (unknownLanguage) {
      return new Format("en", options);
    }
  }

  /* `values.n` decides the plural form of a message that has several. */
  function form(found, values) {
    if (typeof found === "string") return found;
    return found[inLanguage(Intl.PluralRules).select(values.n)] || found.other;
  }

  /* The words for `key` with {names} filled in; a key without words is shown as it is, so that it is found. */
  function say(key, values) {
    const found = message(key);
    if (found === null) return key;
    const given = values || {};
    return form(found, given).replace(/\{(\w+)\}/g, (whole, name) => (name in given ? written(given[name]) : whole));
  }

  function written(value) {
    return typeof value === "number" ? inLanguage(Intl.NumberFormat).format(value) : String(value);
  }

  say.has = (key) => message(key) !== null;

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

  return say;
})();
