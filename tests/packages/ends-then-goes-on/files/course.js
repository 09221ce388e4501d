function find(win) {
  while (!win.API && win.parent && win.parent !== win) win = win.parent;
  return win.API;
}
var api = find(window);
api.LMSInitialize("");
document.getElementById("next").onclick = function () {
  api.LMSSetValue("cmi.core.lesson_status", "incomplete");
  api.LMSFinish("");
  location.href = "two.html";
};
