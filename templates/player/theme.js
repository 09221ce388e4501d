/* The provider's colour, made safe to read: adjusted until it contrasts with what it stands on (WCAG 2.2, 1.4.3 and 1.4.11). */
var cme = globalThis.cme || (globalThis.cme = {});

cme.theme = (function () {
  "use strict";

  const TEXT = 4.5;
  const LIGHT_SURFACE = "#f4f6f8"; // the darkest surface of the light scheme in base.css
  const DARK_SURFACE = "#252d36"; // the lightest surface of the dark scheme

  function channels(hex) {
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  }

  function hex(rgb) {
    return "#" + rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("");
  }

  /* WCAG 2.2's relative luminance. */
  function luminance(colour) {
    const [r, g, b] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(a, b) {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  }

  function mixed(colour, other, share) {
    const [from, to] = [channels(colour), channels(other)];
    return hex(from.map((value, at) => value + (to[at] - value) * share));
  }

  /* The colour itself, or the nearest step towards `pole` that is readable on `surface`. */
  function readable(colour, surface, pole) {
    for (let share = 0; share < 1; share += 0.05) {
      const tried = mixed(colour, pole, share);
      if (contrast(tried, surface) >= TEXT) return tried;
    }
    return pole;
  }

  function onColour(colour, wanted) {
    if (contrast(colour, wanted) >= TEXT) return wanted;
    return contrast(colour, "#ffffff") >= contrast(colour, "#000000") ? "#ffffff" : "#000000";
  }

  /* Custom properties for base.css: a fill with its text, and the colour as text on light and on dark surfaces. */
  function properties(provider) {
    const fill = provider.colour || "#1f5f8b";
    return {
      "--fill": fill,
      "--on-fill": onColour(fill, provider.on_colour || "#ffffff"),
      "--accent-on-light": readable(fill, LIGHT_SURFACE, "#000000"),
      "--accent-on-dark": readable(fill, DARK_SURFACE, "#ffffff"),
    };
  }

  function apply(provider, root) {
    Object.entries(properties(provider)).forEach(([name, value]) => root.style.setProperty(name, value));
  }

  return { properties, contrast, apply };
})();
