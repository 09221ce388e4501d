function find(win) {
  while (!win.API && win.parent && win.parent !== win) win = win.parent;
  return win.API;
}
var api = find(window);
["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"].forEach(function (name) {
  if (typeof api[name] !== "function") throw new Error(name + " is missing");
});
if (api.LMSInitialize("") !== "true") throw new Error("cannot begin");
if (api.LMSGetLastError() !== "0") throw new Error("an error at once");
if (api.LMSSetValue("cmi.core.student_id", "x") !== "false" || api.LMSGetLastError() !== "403") throw new Error("not read only");
document.getElementById("end").onclick = function () {
  if (api.LMSSetValue("cmi.core.lesson_status", "completed") !== "true") throw new Error("not set");
  if (api.LMSFinish("") !== "true") throw new Error("not ended");
};
