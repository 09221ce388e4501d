"""A small LMS around scorm-again, a run-time that nobody here wrote: it keeps each learner's data model as an LMS would."""

from __future__ import annotations

import json
import mimetypes
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

SCRIPTS = Path(__file__).parent.parent / "node" / "node_modules" / "scorm-again" / "dist"
KEPT_12 = (
    "cmi.suspend_data",
    "cmi.core.lesson_location",
    "cmi.core.lesson_status",
    "cmi.core.score.raw",
    "cmi.core.score.min",
    "cmi.core.score.max",
)
KEPT_2004 = (
    "cmi.suspend_data",
    "cmi.location",
    "cmi.completion_status",
    "cmi.success_status",
    "cmi.score.scaled",
    "cmi.score.raw",
    "cmi.score.min",
    "cmi.score.max",
    "cmi.progress_measure",
)

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LMS</title><script src="/scorm-again.min.js"></script></head>
<body style="margin:0"><script id="data" type="application/json">{data}</script><script src="/host.js"></script>
<iframe title="Activity" src="/package/index.html" style="border:0;position:fixed;inset:0;width:100%;height:100%"></iframe></body></html>"""

HOST_SCRIPT = """
const start = JSON.parse(document.getElementById("data").textContent);
const settings = {autocommit: false, lmsCommitUrl: start.commit, dataCommitFormat: "flattened", logLevel: 5, selfReportSessionTime: true};
const api = start.edition === "1.2" ? new Scorm12API(settings) : new Scorm2004API(settings);
window[start.edition === "1.2" ? "API" : "API_1484_11"] = api;
api.loadFromFlattenedJSON(start.data, "");
"""


class ScormAgainHost:
    """Serves one package; `data(learner)` is what that learner's last commit held, flattened."""

    def __init__(self, package: Path, edition: str):
        self.edition = edition
        self._zip = zipfile.ZipFile(package)
        self._commits: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> ScormAgainHost:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._zip.close()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def url(self, learner_id: str, learner_name: str) -> str:
        return f"{self.origin}/?learner={quote(learner_id)}&name={quote(learner_name)}"

    def data(self, learner_id: str) -> dict[str, str]:
        return self._commits.get(learner_id, {})

    def start_page(self, learner_id: str, learner_name: str) -> str:
        start = {
            "edition": self.edition,
            "commit": f"/commit?learner={quote(learner_id)}",
            "data": self._start_data(learner_id, learner_name),
        }
        return PAGE.replace("{data}", json.dumps(start).replace("<", "\\u003c"))

    def _start_data(self, learner_id: str, learner_name: str) -> dict[str, str]:
        core = "cmi.core" if self.edition == "1.2" else "cmi"
        who = ("student_id", "student_name") if self.edition == "1.2" else ("learner_id", "learner_name")
        known = self._commits.get(learner_id, {})
        kept = {name: known[name] for name in (KEPT_12 if self.edition == "1.2" else KEPT_2004) if known.get(name) not in (None, "")}
        mode = "lesson_mode" if self.edition == "1.2" else "mode"
        return {
            f"{core}.{who[0]}": learner_id,
            f"{core}.{who[1]}": learner_name,
            f"{core}.credit": "credit",
            f"{core}.{mode}": "normal",
            f"{core}.entry": "resume" if known else "ab-initio",
            **kept,
        }

    def file(self, path: str) -> bytes | None:
        try:
            return self._zip.read(path)
        except KeyError:
            return None

    def commit(self, learner_id: str, body: bytes) -> None:
        data = json.loads(body)
        self._commits[learner_id] = self._commits.get(learner_id, {}) | {
            name: value for name, value in data.items() if value not in (None, "")
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {key: values[0] for key, values in parse_qs(parts.query).items()}
                if parts.path == "/":
                    return self._answer(host.start_page(query["learner"], query["name"]).encode(), "text/html; charset=utf-8")
                if parts.path == "/host.js":
                    return self._answer(HOST_SCRIPT.encode(), "text/javascript")
                if parts.path == "/scorm-again.min.js":
                    return self._answer((SCRIPTS / "scorm-again.min.js").read_bytes(), "text/javascript")
                found = host.file(parts.path.removeprefix("/package/"))
                if found is None:
                    return self._answer(b"", "text/plain", 404)
                return self._answer(found, mimetypes.guess_type(parts.path)[0] or "application/octet-stream")

            def do_POST(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                host.commit(query["learner"][0], self.rfile.read(int(self.headers["Content-Length"])))
                self._answer(b'{"result": true, "errorCode": 0}', "application/json")

            def _answer(self, body: bytes, kind: str, status: int = 200) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        return Handler
