/* Making and filling elements. Text goes in as text; HTML only through `html`, for the definition's `*_html` fields,
   which were sanitised when the package was built. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.dom = (function () {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  let numbered = 0;

  /* el("button", {class: "quiet", data: {action: "next"}, on: {click: act}}, "Next"): an attribute that is false, null or undefined is left out. */
  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => set(node, name, value));
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  }

  function set(node, name, value) {
    if (value === null || value === undefined || value === false) return;
    if (name === "on") return Object.entries(value).forEach(([type, act]) => node.addEventListener(type, act));
    if (name === "data") return Object.assign(node.dataset, value);
    if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }

  /* An element whose content is HTML of the definition. */
  function html(tag, attributes, source) {
    const node = el(tag, attributes);
    node.innerHTML = source;
    return node;
  }

  /* The words of an HTML field alone, for places that hold text only (an option of a select, an announcement). */
  function plain(source) {
    return new DOMParser().parseFromString(source, "text/html").body.textContent.replace(/\s+/g, " ").trim();
  }

  /* The parts of a page that wait for words: <p data-say="key">. */
  function sayAll(root) {
    root.querySelectorAll("[data-say]").forEach((node) => {
      node.textContent = cme.say(node.dataset.say);
    });
    root.querySelectorAll("[data-say-label]").forEach((node) => {
      node.setAttribute("aria-label", cme.say(node.dataset.sayLabel));
    });
  }

  function fill(node, ...children) {
    node.replaceChildren(...children.flat().filter(Boolean));
    return node;
  }

  function slot(root, name) {
    return root.querySelector(`[data-slot="${name}"]`);
  }

  function id(prefix) {
    numbered += 1;
    return `${prefix}-${numbered}`;
  }

  /* A drawing that says nothing to a screen reader; the words stand beside it. */
  function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    const values = {
      class: `icon icon-${name}`,
      viewBox: "0 0 24 24",
      width: "20",
      height: "20",
      "aria-hidden": "true",
      focusable: "false",
    };
    Object.entries(values).forEach(([key, value]) => svg.setAttribute(key, value));
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  const ICONS = {
    done: "M5 12.5l4.5 4.5L19 7.5",
    locked: "M7 11V8a5 5 0 0110 0v3M6 11h12v9H6z",
    open: "M12 5a7 7 0 110 14 7 7 0 010-14z",
    wrong: "M7 7l10 10M17 7L7 17",
    warning: "M12 4l9 16H3zM12 10v4M12 17v.5",
    note: "M12 4a8 8 0 110 16 8 8 0 010-16zM12 11v5M12 8v.5",
    up: "M12 19V6M6 11l6-6 6 6",
    down: "M12 5v13M6 13l6 6 6-6",
    certificate: "M4 5h16v11H4zM8 9h8M8 12h5M15 16v5l2-1.5L19 21v-5",
  };

  /* Something to be told in a box of its own: kind is note, good, warning or wrong. */
  function notice(kind, title, ...children) {
    const drawing = { note: "note", good: "done", warning: "warning", wrong: "wrong" }[kind];
    return el(
      "div",
      { class: `notice notice-${kind}` },
      icon(drawing),
      el("div", { class: "notice-words" }, title ? el("p", { class: "notice-title" }, title) : null, children),
    );
  }

  function button(words, attributes) {
    return el("button", { type: "button", ...attributes }, words);
  }

  return { el, html, plain, sayAll, fill, slot, id, icon, notice, button };
})();
