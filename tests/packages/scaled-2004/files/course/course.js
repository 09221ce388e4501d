function find(win) {
  while (!win.API_1484_11 && win.parent && win.parent !== win) win = win.parent;
  return win.API_1484_11;
}
if (location.search !== "?mode=full") throw new Error("started without its parameters");
var api = find(window);
api.Initialize("");
document.getElementById("end").onclick = function () {
  api.SetValue("cmi.score.scaled", "0.7");
  api.SetValue("cmi.completion_status", "completed");
  api.SetValue("cmi.success_status", "passed");
  api.SetValue("cmi.exit", "normal");
  api.SetValue("adl.nav.request", "exitAll");
  api.Terminate("");
};
