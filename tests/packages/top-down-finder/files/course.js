var api = top.API || parent.API;
api.LMSInitialize("");
document.getElementById("end").onclick = function () {
  api.LMSSetValue("cmi.core.lesson_status", "completed");
  api.LMSSetValue("cmi.suspend_data", "must not reach the LMS");
  api.LMSFinish("");
};
