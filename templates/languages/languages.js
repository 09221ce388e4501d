/* An activity in more than one language: its definition in the one shown, the page in it, and the choice between them. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.languages = (function () {
  "use strict";

  function translationOf(definition, tag) {
    return definition.translations.find((one) => one.language === tag) || null;
  }

  /* The definition with its texts in a language; ids, keys and versions stay. The acknowledgement of a disclosure holds in all languages. */
  function of(own, tag) {
    const found = translationOf(own, tag);
    const shown = JSON.parse(JSON.stringify(own));
    shown.disclosure.all = [own.disclosure.hash, ...own.translations.map((one) => one.texts["disclosure.hash"]).filter(Boolean)];
    Object.entries(found ? found.texts : {}).forEach(([path, text]) => put(shown, path.split("."), text));
    return shown;
  }

  function put(value, [key, ...rest], text) {
    if (!(key in value)) return;
    if (rest.length) put(value[key], rest, text);
    else value[key] = text;
  }

  function at(value, path) {
    return path.split(".").reduce((part, key) => (part ? part[key] : undefined), value);
  }

  /* Writes the page in the language shown; a text that was left in the activity's own says so, for those who listen. */
  function show(root, shown, tag) {
    const found = translationOf(shown, tag);
    const page = root.ownerDocument.documentElement;
    page.lang = found ? tag : shown.language;
    page.dir = cme.say.direction();
    cme.dom.sayAll(root);
    root.querySelectorAll("[data-text], [data-html]").forEach((node) => write(node, shown, found));
    root.querySelectorAll("track").forEach((node) => {
      node.track.mode = node.srclang === page.lang ? "showing" : "disabled";
    });
    root.querySelectorAll('[data-field="language"]').forEach((select) => {
      select.value = page.lang;
    });
  }

  function write(node, shown, found) {
    const path = node.dataset.text || node.dataset.html;
    if (node.dataset.text) node.textContent = at(shown, path);
    else node.innerHTML = at(shown, path);
    const own = Boolean(found) && !(path in found.texts);
    mark(node, own ? shown.language : null);
  }

  function mark(node, tag) {
    ["lang", "dir"].forEach((name) => node.removeAttribute(name));
    if (!tag) return;
    node.lang = tag;
    node.dir = ((cme.messages || {})[tag.split("-")[0]] || {})["language.direction"] || "ltr";
  }

  /* `choose(tag)` is called when a learner has chosen. */
  function listen(root, choose) {
    root.addEventListener("change", (event) => {
      if (event.target.matches('[data-field="language"]')) choose(event.target.value);
    });
  }

  return { of, show, listen };
})();
