function find(win) {
  while (!win.API && win.parent && win.parent !== win) win = win.parent;
  return win.API;
}
var api = find(window);
api.LMSInitialize("");
api.LMSSetValue("cmi.core.lesson_location", "two");
document.getElementById("next").onclick = function () {
  location.href = "two.html";
};
