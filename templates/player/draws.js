/* What an attempt at an assessment asks: items drawn from banks, and choices in another order. Pure, and the same as
   scorm_packager/activity/draws.py, which says why it is so: the bridge draws again and scores what was asked. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.draws = (function () {
  "use strict";

  var RANKS = new Map(); // a large bank is asked for at every step

  function key(launchKey) {
    return rank(launchKey, "draw").replace(/-/g, "");
  }

  function rank(drawKey, name) {
    var asked = drawKey + " " + name;
    if (!RANKS.has(asked)) RANKS.set(asked, cme.ids.uuid5(drawKey, name));
    return RANKS.get(asked);
  }

  /* `prefix` and each name are what is ranked. */
  function ranked(names, drawKey, prefix) {
    return names
      .map(function (name) {
        return [rank(drawKey, prefix + name), name];
      })
      .sort(function (a, b) {
        return a[0] < b[0] ? -1 : 1;
      })
      .map(function (pair) {
        return pair[1];
      });
  }

  function drawn(draw, drawKey, attempt) {
    var order = ranked(draw.items, drawKey, "");
    var start = ((attempt - 1) * draw.n) % order.length;
    return order.concat(order).slice(start, start + draw.n);
  }

  function of(assessment) {
    return (assessment && assessment.draws) || [];
  }

  function banked(assessment) {
    return of(assessment).reduce(function (items, draw) {
      return items.concat(draw.items);
    }, []);
  }

  /* Ids of the items that an attempt (from 1) asks, in the order of the definition. */
  function asked(assessment, drawKey, attempt) {
    var inBanks = banked(assessment);
    var found = of(assessment).reduce(function (items, draw) {
      return items.concat(drawn(draw, drawKey, attempt));
    }, []);
    return assessment.items.filter(function (item) {
      return inBanks.indexOf(item) < 0 || found.indexOf(item) >= 0;
    });
  }

  /* Ids of an item's choices in the order in which an attempt shows them. */
  function shuffled(ids, drawKey, attempt, item) {
    return ranked(ids, drawKey, attempt + " " + item + " ");
  }

  function reordered(options, drawKey, attempt, item) {
    var ids = options.map(function (option) {
      return option.id;
    });
    return shuffled(ids, drawKey, attempt, item).map(function (id) {
      return options[ids.indexOf(id)];
    });
  }

  var SHUFFLED = { choice: "choices", multiple: "choices", matching: "targets" }; // the order of the rest is part of the question

  /* An item as an attempt shows it. */
  function shown(item, assessment, drawKey, attempt) {
    var part = SHUFFLED[item.kind];
    if (!assessment.shuffle || !part) return item;
    var change = {};
    change[part] = reordered(item[part], drawKey, attempt, item.id);
    return Object.assign({}, item, change);
  }

  return { key: key, asked: asked, shuffled: shuffled, shown: shown };
})();
