"""The stand-in LMS over HTTP: its page, the package's files, and the doors for a session and a commit."""

from __future__ import annotations

import json
import mimetypes
import re
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from scorm_packager.activity.resources import templates
from scorm_packager.package_files import PackageFiles, is_inside
from scorm_packager.stand_in.news import News
from scorm_packager.stand_in.record_store import RecordStore

POLICIES = {"no-inline": "script-src 'self'; style-src 'self'", "connect-self": "connect-src 'self'"}

_WATCHED = "watched"  # in a path: the page's first script lets the stand-in LMS see what the package sends elsewhere
_FIRST = {_WATCHED: "inside.js", "no-storage": "no-storage.js"}  # what stands in a path, and the script that runs before all others
_BEFORE = (rb"<head\b[^>]*>", rb"<html\b[^>]*>", rb"<!doctype\b[^>]*>")  # a script before the doctype would change how the page is drawn
_NEWS_SECONDS = 20.0
_LRS, _FETCH = "/lms/xapi/", "/lms/fetch/"

_LARGEST_COMMIT = 8 << 20
_PIECE = 1 << 18
_TYPES = {".vtt": "text/vtt", ".js": "text/javascript", ".svg": "image/svg+xml", ".mp4": "video/mp4", ".webm": "video/webm"}


class Records(Protocol):
    """What the page reads and writes: sessions to start, and learners' data."""

    def session(self, query: dict[str, str]) -> dict[str, Any]: ...

    def keep(self, learner: str, values: dict[str, str]) -> None: ...

    def forget(self, learner: str) -> None: ...

    @property
    def news(self) -> News: ...

    @property
    def record_store(self) -> RecordStore | None: ...


def start_path(href: str, quirks: frozenset[str], watched: bool = False) -> str:
    """Where a package starts. Quirks of the content server are part of the path, so that they hold for every file of the package."""
    kinds = (*sorted(quirks & (POLICIES.keys() | _FIRST.keys())), *((_WATCHED,) if watched else ()))
    return f"/package/{'+'.join(kinds) or 'plain'}/{href}"


class Server(ThreadingHTTPServer):
    """Serves the package in `files`, which are closed by whoever opened them."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], records: Records):
        self.records = records
        self.files: PackageFiles | None = None
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no fault; anything else is printed, as by the base class."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(where.query, keep_blank_values=True).items()}
        if not self._is_addressed():
            return self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
        if where.path == "/":
            return self._page("host.html")
        if where.path == "/lms/session":
            return self._json(self.server.records.session(query))
        if where.path == "/lms/news":
            return self._json(self.server.records.news.after(_whole(query.get("after", "")), _NEWS_SECONDS))
        if where.path.startswith(_LRS):
            return self._relay()
        if where.path.startswith("/stand-in/"):
            return self._page(unquote(where.path).removeprefix("/stand-in/"))
        if where.path.startswith("/package/"):
            return self._member(unquote(where.path).removeprefix("/package/"))
        return self._refuse(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        """A commit: the learner's whole data model."""
        where = urlsplit(self.path)
        if where.path.startswith(_LRS):
            return self._relay()
        learner = parse_qs(where.query).get("learner", [""])[-1]
        values = self._body()
        if not self._is_addressed() or where.path != "/lms/cmi" or not learner or values is None:
            return self._refuse(HTTPStatus.BAD_REQUEST)
        self.server.records.keep(learner, values)
        return self._send(HTTPStatus.NO_CONTENT, b"", "text/plain")

    def do_DELETE(self) -> None:
        """A new attempt: nothing is left of the learner's data."""
        where = urlsplit(self.path)
        if where.path.startswith(_LRS):
            return self._relay()
        if not self._is_addressed() or where.path != "/lms/cmi":
            return self._refuse(HTTPStatus.BAD_REQUEST)
        self.server.records.forget(parse_qs(where.query).get("learner", [""])[-1])
        return self._send(HTTPStatus.NO_CONTENT, b"", "text/plain")

    def do_POST(self) -> None:
        """Statements, or the token of a cmi5 session."""
        where = urlsplit(self.path)
        store = self.server.records.record_store
        if where.path.startswith(_LRS):
            return self._relay()
        if store is None or not self._is_addressed() or not where.path.startswith(_FETCH) or self._read() is None:
            return self._refuse(HTTPStatus.NOT_FOUND)
        return self._json(store.token(where.path.removeprefix(_FETCH)))

    def _relay(self) -> None:
        """To the LMS's record store, and its answer back."""
        store, body = self.server.records.record_store, self._read()
        if store is None or body is None or not self._is_addressed():
            return self._refuse(HTTPStatus.NOT_FOUND)
        answer = store.relay(self.command, self.path.removeprefix(_LRS.rstrip("/")), dict(self.headers.items()), body)
        kind = answer.headers.pop("Content-Type", "text/plain")
        return self._send(answer.status, answer.body, kind, answer.headers)

    def _is_addressed(self) -> bool:
        # Another site's name that was made to resolve to this machine must not read what is kept here.
        return urlsplit(f"//{self.headers.get('Host', '')}").hostname in {"127.0.0.1", "localhost"}

    def _read(self) -> bytes | None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > _LARGEST_COMMIT:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _body(self) -> dict[str, str] | None:
        data = self._read()
        try:
            values = json.loads(data or b"")
        except ValueError:
            return None
        good = isinstance(values, dict) and all(isinstance(value, str) for value in values.values())
        return values if good else None

    def _page(self, name: str) -> None:
        file = templates() / "stand-in" / name
        if not is_inside(name) or file.suffix not in {".html", ".js", ".css"} or not file.is_file():
            return self._refuse(HTTPStatus.NOT_FOUND)
        return self._send(HTTPStatus.OK, file.read_bytes(), _type(name))

    def _member(self, path: str) -> None:
        kinds, _, name = path.partition("/")
        files = self.server.files
        if files is None or not is_inside(name) or name not in files.names:
            return self._refuse(HTTPStatus.NOT_FOUND)
        headers = {"Content-Security-Policy": "; ".join(POLICIES[key] for key in kinds.split("+") if key in POLICIES)}
        first = [_FIRST[key] for key in kinds.split("+") if key in _FIRST]
        if first and Path(name).suffix.lower() in (".html", ".htm"):
            return self._send(HTTPStatus.OK, _with_scripts(files.read(name), first), _type(name), headers)
        return self._send_part(files, name, headers)

    def _send_part(self, files: PackageFiles, name: str, headers: dict[str, str]) -> None:
        """The bytes asked for: a browser cannot move about in a video without ranges."""
        size = files.size(name)
        asked = re.fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", self.headers.get("Range", ""))
        headers = {"Accept-Ranges": "bytes", **headers}
        if asked is None:
            return self._send_member(HTTPStatus.OK, files, name, range(size), headers)
        wanted = range(int(asked[1]), min(int(asked[2] or size), size - 1) + 1)
        if not wanted:
            return self._send(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", _type(name), {"Content-Range": f"bytes */{size}"})
        headers["Content-Range"] = f"bytes {wanted[0]}-{wanted[-1]}/{size}"
        return self._send_member(HTTPStatus.PARTIAL_CONTENT, files, name, wanted, headers)

    def _send_member(self, status: HTTPStatus, files: PackageFiles, name: str, wanted: range, headers: dict[str, str]) -> None:
        self._begin(status, _type(name), len(wanted), headers)
        if self.command == "HEAD":
            return
        with files.stream(name) as member:
            member.seek(wanted.start)
            left = len(wanted)
            while left and (piece := member.read(min(_PIECE, left))):
                self.wfile.write(piece)
                left -= len(piece)

    def _json(self, value: object) -> None:
        self._send(HTTPStatus.OK, json.dumps(value).encode(), "application/json")

    def _refuse(self, status: HTTPStatus) -> None:
        self._send(status, f"{status.value} {status.phrase}\n".encode(), "text/plain; charset=utf-8")

    def _send(self, status: int, data: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self._begin(status, kind, len(data), headers or {})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _begin(self, status: int, kind: str, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **headers}.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what matters is shown in the page."""


def _type(name: str) -> str:
    kind = _TYPES.get(Path(name).suffix.lower()) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,15}", text) else -1


def _with_scripts(page: bytes, scripts: list[str]) -> bytes:
    """The page with these of the stand-in LMS's scripts before all others; nothing else of it is changed."""
    before = [found.end() for tag in _BEFORE if (found := re.search(tag, page, re.IGNORECASE))]
    at = before[0] if before else 0
    tags = "".join(f'<script src="/stand-in/{script}"></script>' for script in scripts)
    return page[:at] + tags.encode() + page[at:]
