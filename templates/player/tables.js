/* Tables of the content on a phone: where one of three columns or more does not fit, each row stands by itself, its cells named by their
   headings. The style sheet does that from a width on; what it needs for it, and what display takes from those who listen, is put here. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.tables = (function () {
  "use strict";

  const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", th: "columnheader", td: "cell" };
  const STACKED = 3; // columns: two fit on any phone

  function prepare(root) {
    root.querySelectorAll(".prose .table").forEach(named);
  }

  function named(box) {
    const headings = [...box.querySelectorAll("thead th")].map((one) => one.textContent.trim());
    if (headings.length < STACKED) return;
    box.classList.add("stacks");
    Object.entries(ROLES).forEach(([tag, role]) => box.querySelectorAll(tag).forEach((one) => one.setAttribute("role", role)));
    box.querySelectorAll("tbody tr").forEach((row) => {
      [...row.cells].forEach((cell, column) => (cell.dataset.label = headings[column] || ""));
    });
  }

  return { prepare };
})();
