/* The first script of a package's pages while somebody watches: shows the stand-in LMS's page the window, before anything runs in it. */
(function () {
  "use strict";

  try {
    if (parent !== window && parent.standIn && parent.standIn.network) parent.standIn.network.watch(window);
  } catch (anotherOrigin) {
    return;
  }
})();
