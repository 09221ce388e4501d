function find(win) {
  while (!win.API && win.parent && win.parent !== win) win = win.parent;
  return win.API;
}
var api = find(window);
api.LMSInitialize("");
document.getElementById("was").textContent = api.LMSGetValue("cmi.core.entry") + " " + api.LMSGetValue("cmi.suspend_data").length;
document.getElementById("save").onclick = function () {
  var text = "";
  for (var n = 0, seed = 7; n < 4000; n += 1) {
    seed = (seed * 16807) % 2147483647;
    text += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[seed >> 25];
  }
  api.LMSSetValue("cmi.suspend_data", text);
  api.LMSSetValue("cmi.core.exit", "suspend");
  api.LMSFinish("");
};
document.getElementById("end").onclick = function () {
  api.LMSSetValue("cmi.core.lesson_status", "completed");
  api.LMSFinish("");
};
