function find(win) {
  while (!win.API && win.parent && win.parent !== win) win = win.parent;
  return win.API;
}
var api = find(window);
var done = false;
api.LMSInitialize("");
window.addEventListener("pagehide", function () {
  if (done) api.LMSSetValue("cmi.core.lesson_status", "completed");
  api.LMSFinish("");
});
document.getElementById("done").onclick = function () {
  done = true;
};
