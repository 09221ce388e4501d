/* Responses and items to a score: the same cases as scorm_packager/activity/scoring.py (tests/scenarios/scoring.json).
   Amounts are compared exactly, as decimal texts, never as floating point numbers. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.scoring = (function () {
  "use strict";

  var DECIMAL = /^-?\d+(\.\d+)?$/;

  function isDecimal(text) {
    return typeof text === "string" && text.length <= 40 && DECIMAL.test(text);
  }

  function scaledTo(text, places) {
    var parts = text.split(".");
    var fraction = (parts[1] || "").padEnd(places, "0");
    return BigInt(parts[0].replace("-", "") + fraction) * BigInt(text[0] === "-" ? -1 : 1);
  }

  function places(text) {
    return (text.split(".")[1] || "").length;
  }

  /* -1, 0 or 1 for two decimal texts. */
  function compare(a, b) {
    var digits = Math.max(places(a), places(b));
    var left = scaledTo(a, digits);
    var right = scaledTo(b, digits);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  function matchingKey(item) {
    return item.sources
      .filter(function (source) {
        return Object.prototype.hasOwnProperty.call(item.answer, source.id);
      })
      .map(function (source) {
        return source.id + "[.]" + item.answer[source.id];
      })
      .join("[,]");
  }

  var CORRECT = {
    choice: function (item, response) {
      return response === item.answer;
    },
    multiple: function (item, response) {
      return response === item.answer.slice().sort().join("[,]");
    },
    "true-false": function (item, response) {
      return response === String(item.answer);
    },
    matching: function (item, response) {
      return response === matchingKey(item);
    },
    ordering: function (item, response) {
      return response === item.answer.join("[,]");
    },
    numeric: function (item, response) {
      return isDecimal(response) && compare(response, item.answer.from) >= 0 && compare(response, item.answer.to) <= 0;
    },
    text: function (item, response) {
      return item.answer.map(folded).indexOf(folded(response)) >= 0;
    },
  };

  /* A written answer as it is compared: compatible characters alike (NFKC), small letters, one space between words. */
  function folded(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
  }

  /* No response is not a correct response. */
  function correct(item, response) {
    return typeof response === "string" && response !== "" && CORRECT[item.kind](item, response);
  }

  /* {correct, total, scaled}; scaled is rounded to four places. An item without a response counts as not correct. */
  function score(items, responses) {
    var right = items.filter(function (item) {
      return correct(item, responses[item.id]);
    }).length;
    return scoreOf(right, items.length);
  }

  function scoreOf(right, total) {
    return { correct: right, total: total, scaled: total ? Math.floor((20000 * right + total) / (2 * total)) / 10000 : 0 };
  }

  /* correct/total >= passing, in whole numbers: 0.7 of 10 items is 7 items, whatever 0.7 is in binary. */
  function passes(result, passing) {
    var text = plain(passing);
    var unit = BigInt("1" + "0".repeat(places(text)));
    return result.total > 0 && BigInt(result.correct) * unit >= scaledTo(text, places(text)) * BigInt(result.total);
  }

  function plain(number) {
    var text = String(number);
    return DECIMAL.test(text) ? text : number.toFixed(20);
  }

  return { correct: correct, score: score, scoreOf: scoreOf, passes: passes, compare: compare, isDecimal: isDecimal };
})();
