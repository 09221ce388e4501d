/* The day it is, where an activity's dates hold. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.clock = (function () {
  "use strict";

  function formatter(zone) {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone, calendar: "iso8601", numberingSystem: "latn", year: "numeric", month: "2-digit", day: "2-digit",
    });
  }

  /* A browser without that zone's rules reads the day in UTC; the bridge decides by its own clock in any case. */
  function formatterOr(zone, other) {
    try {
      return formatter(zone);
    } catch (unknownZone) {
      return formatter(other);
    }
  }

  /* ISO date of a moment (ms since 1970) in an IANA zone. */
  function today(ms, zone) {
    var parts = {};
    formatterOr(zone, "UTC").formatToParts(new Date(ms)).forEach(function (part) {
      parts[part.type] = part.value;
    });
    return parts.year + "-" + parts.month + "-" + parts.day;
  }

  /* How many ms this device's clock is behind the bridge's; 0 when the bridge's time cannot be read. */
  function behind(bridgeNow, deviceNow) {
    var bridge = Date.parse(bridgeNow);
    return Number.isFinite(bridge) ? bridge - deviceNow : 0;
  }

  return { today: today, behind: behind };
})();
