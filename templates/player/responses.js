/* What a response to an item looks like (xAPI's interaction formats), and when it is whole. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.responses = (function () {
  "use strict";

  var LONGEST = 4000; // xAPI and SCORM 2004 keep 4,000 characters of a long fill-in
  var SHORT = 60;
  var RATINGS = ["1", "2", "3", "4", "5"];

  function ids(options) {
    return options.map(function (option) {
      return option.id;
    });
  }

  function distinct(list) {
    return new Set(list).size === list.length;
  }

  function within(list, known) {
    return list.every(function (id) {
      return known.indexOf(id) >= 0;
    });
  }

  function pairs(response) {
    return response.split("[,]").map(function (pair) {
      return pair.split("[.]");
    });
  }

  /* Sources stand in the definition's order; a target may be named twice. */
  function isMatching(item, response) {
    var given = pairs(response);
    var sources = ids(item.sources);
    var named = given.map(function (pair) {
      return pair[0];
    });
    var targets = given.map(function (pair) {
      return pair[1];
    });
    var inOrder = sources.filter(function (id) {
      return named.indexOf(id) >= 0;
    });
    return given.every(isPair) && within(targets, ids(item.targets)) && inOrder.join() === named.join();
  }

  function isPair(pair) {
    return pair.length === 2;
  }

  var FORMED = {
    choice: function (item, response) {
      return ids(item.choices).indexOf(response) >= 0;
    },
    multiple: function (item, response) {
      var chosen = response.split("[,]");
      return within(chosen, ids(item.choices)) && distinct(chosen) && chosen.slice().sort().join() === chosen.join();
    },
    "true-false": function (item, response) {
      return response === "true" || response === "false";
    },
    matching: isMatching,
    ordering: function (item, response) {
      var order = response.split("[,]");
      return within(order, ids(item.choices)) && distinct(order) && order.length === item.choices.length;
    },
    numeric: function (item, response) {
      return cme.scoring.isDecimal(response);
    },
    rating: function (item, response) {
      return RATINGS.indexOf(response) >= 0;
    },
    text: function (item, response) {
      return !item.answer || response.length <= SHORT; // an assessment asks for a word or two
    },
  };

  /* An empty response takes an answer back, so it is well formed for every item. */
  function wellFormed(item, response) {
    if (typeof response !== "string" || response.length > LONGEST) return false;
    return response === "" || FORMED[item.kind](item, response);
  }

  /* Whether nothing is left to answer: half a matching may be saved but not submitted. */
  function whole(item, response) {
    if (!response || !wellFormed(item, response)) return false;
    return item.kind !== "matching" || pairs(response).length === item.sources.length;
  }

  return { wellFormed: wellFormed, whole: whole, LONGEST: LONGEST };
})();
