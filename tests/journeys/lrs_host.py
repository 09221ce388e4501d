"""What launchers with an LRS have in common: a package served in a frame, and requests handed on to a record store with a key of its own.

The record store answers under another name of this machine, so that the browser asks for leave as it would of an LMS elsewhere.
"""

from __future__ import annotations

import json
import mimetypes
import threading
import zipfile
from abc import ABC, abstractmethod
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import requests

from scorm_packager.bridge_process import BridgeProcess

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LMS</title></head><body style="margin:0">
<iframe title="Activity" src="{src}" style="border:0;position:fixed;inset:0;width:100%;height:100%"></iframe></body></html>"""
RETURNED = '<!doctype html><html lang="en"><title>LMS</title><body><section data-screen="closed">Back in the LMS</section></body></html>'
ALLOWED = "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match"
HANDED_ON = ("Content-Type", "X-Experience-API-Version", "If-Match", "If-None-Match")
HANDED_BACK = ("Content-Type", "ETag", "X-Experience-API-Version")


class Refused(Exception):
    """An answer that is not the record store's."""

    def __init__(self, status: int, text: str):
        super().__init__(text)
        self.status = status


class LrsHost(ABC):
    """Serves one package. `requests` are (method, path, status) of all that the package asked of the record store."""

    def __init__(self, package: Path, lrs: BridgeProcess):
        made = lrs.json("key", "create", "--role", "full")
        self.key = (made["key"], made["secret"])
        self.lrs = lrs.url
        self.requests: list[tuple[str, str, int]] = []
        self._zip = zipfile.ZipFile(package)
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    # --- what a launcher says ---

    @abstractmethod
    def launch(self, learner_id: str, learner_name: str, settings: dict[str, str]) -> dict[str, str]:
        """The query with which the package is opened."""

    def judge(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> None:
        """Raises Refused for what the standard forbids, before the record store sees it; nothing is forbidden here."""
        return None

    def other(self, method: str, path: str) -> tuple[int, bytes, str] | None:
        """An answer of the launcher's own."""
        return None

    # --- the machinery ---

    def start(self) -> LrsHost:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._zip.close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def endpoint(self) -> str:
        return f"http://localhost:{self.port}/lrs"

    def url(self, learner_id: str, learner_name: str, **settings: str) -> str:
        return f"http://127.0.0.1:{self.port}/?" + urlencode({"learner": learner_id, "name": learner_name, **settings})

    def page(self, query: dict[str, str]) -> str:
        settings = {name: value for name, value in query.items() if name not in ("learner", "name")}
        asked = self.launch(query["learner"], query["name"], settings)
        return PAGE.replace(
            "{src}", "/package/index.html" + ("?" + urlencode(asked, quote_via=quote) if asked else "").replace("&", "&amp;")
        )

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """A request of the launcher itself to the record store."""
        headers = {"X-Experience-API-Version": "1.0.3", **more.pop("headers", {})}
        return requests.request(method, f"{self.lrs}/xapi{path}", auth=self.key, headers=headers, timeout=20, **more)

    def answer(self, method: str, target: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(target)
        path = parts.path.removeprefix("/lrs")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self._lock:
            try:
                self.judge(method, path, query, headers, body)
            except Refused as refused:
                self.requests.append((method, path, refused.status))
                return refused.status, {"Content-Type": "text/plain"}, str(refused).encode()
            passed = {name: headers[name] for name in HANDED_ON if headers[name]}
            found = self.ask(method, path, params=query, data=body, headers=passed)
            self.requests.append((method, path, found.status_code))
            return found.status_code, {name: found.headers[name] for name in HANDED_BACK if name in found.headers}, found.content

    def _file(self, path: str) -> tuple[int, dict[str, str], bytes]:
        try:
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return 200, {"Content-Type": kind}, self._zip.read(path.removeprefix("/package/"))
        except KeyError:
            return 404, {}, b""

    def handle(self, method: str, target: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(target)
        own = self.other(method, parts.path)
        if own is not None:
            return own[0], {"Content-Type": own[2]}, own[1]
        if parts.path.startswith("/lrs/"):
            return self.answer(method, target, headers, body)
        if parts.path == "/":
            page = self.page({name: values[0] for name, values in parse_qs(parts.query).items()})
            return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()
        if parts.path == "/returned":
            return 200, {"Content-Type": "text/html; charset=utf-8"}, RETURNED.encode()
        return self._file(parts.path)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_OPTIONS(self) -> None:
                self._send(204, {}, b"")

            def do_GET(self) -> None:
                self._do("GET")

            def do_POST(self) -> None:
                self._do("POST")

            def do_PUT(self) -> None:
                self._do("PUT")

            def _do(self, method: str) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                self._send(*host.handle(method, self.path, self.headers, body))

            def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                allowed = {
                    "Access-Control-Allow-Origin": self.headers["Origin"] or "*",
                    "Access-Control-Allow-Headers": ALLOWED,
                    "Access-Control-Allow-Methods": "GET, POST, PUT, OPTIONS",
                    "Access-Control-Expose-Headers": "ETag",
                    "Access-Control-Max-Age": "600",
                }
                for name, value in {**headers, **allowed, "Content-Length": str(len(body)), "Cache-Control": "no-store"}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        return Handler


def statements_in(body: bytes) -> list[dict[str, Any]]:
    found = json.loads(body)
    return found if isinstance(found, list) else [found]
