/* The first script of a package's pages where storage is forbidden: every touch of it raises an error, as in browsers that block it. */
(function () {
  "use strict";

  ["localStorage", "sessionStorage"].forEach((name) => {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException("The document is not allowed to use storage.", "SecurityError");
      },
    });
  });
})();
