/* Everything that stands in the way, in one box above the form, each a link to its field. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.errorSummary = (function () {
  "use strict";

  const { el, fill, id } = cme.dom;

  /* `found`: [{text, input or null}]. Draws the box into `place` and gives it the focus; without problems the place is emptied.
     True when there are problems. */
  function show(place, heading, found) {
    fill(place);
    if (!found.length) return false;
    const title = el("h2", { id: id("problems") }, heading);
    const rows = found.map((problem) => el("li", {}, problem.input ? link(problem) : problem.text));
    const box = el(
      "div",
      { class: "error-summary", tabindex: "-1", role: "group", "aria-labelledby": title.id },
      title,
      el("ul", {}, rows),
    );
    fill(place, box);
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "start" });
    return true;
  }

  function link(problem) {
    const go = (event) => {
      event.preventDefault();
      problem.input.focus();
      problem.input.scrollIntoView({ block: "center" });
    };
    return el("a", { href: "#", on: { click: go } }, problem.text);
  }

  return { show };
})();
