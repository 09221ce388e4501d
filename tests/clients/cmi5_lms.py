"""As much of an LMS as a launch of cmi5 needs: a page that is the assignable unit, and the fetch URL. Its record store is the bridge."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

_PAGE = b'<!doctype html><title>An assignable unit</title><script src="/cmi5.js"></script>'


@dataclass
class Lms:
    """`tokens` counts how often the fetch URL was called: it gives its token once (cmi5 8.2.3)."""

    url: str
    key: str = ""
    secret: str = ""
    tokens: list[str] = field(default_factory=list)

    def launch_url(self, **parameters: str) -> str:
        """The AU's address with cmi5's launch parameters (cmi5 8.1)."""
        return f"{self.url}/au.html?" + urlencode({"fetch": f"{self.url}/fetch"} | parameters)

    def token(self) -> bytes:
        if self.tokens:
            return json.dumps({"error-code": "1", "error-text": "The token was fetched before."}).encode()
        self.tokens.append(base64.b64encode(f"{self.key}:{self.secret}".encode()).decode())
        return json.dumps({"auth-token": self.tokens[0]}).encode()


@contextmanager
def lms(script: Path) -> Iterator[Lms]:
    """Serves the page with the client's script until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    found = Lms(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = _handler(found, script)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(found: Lms, script: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_script = self.path == "/cmi5.js"
            self._answer(script.read_bytes() if is_script else _PAGE, "text/javascript" if is_script else "text/html")

        def do_POST(self) -> None:
            self._answer(found.token(), "application/json")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """The test says what it needs to know."""

    return Handler
