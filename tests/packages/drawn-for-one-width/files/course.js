function find(win) {
  while (!win.API && win.parent && win.parent !== win) win = win.parent;
  return win.API;
}
var api = find(window);
api.LMSInitialize("");
document.getElementById("end").onclick = function () {
  api.LMSSetValue("cmi.core.lesson_status", "completed");
  api.LMSFinish("");
};
