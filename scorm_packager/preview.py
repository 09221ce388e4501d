"""The stand-in LMS: serves one package in a page with a strict SCORM API, and keeps every learner's data as an LMS would.

For authors (`preview`), for the robot learners (`rehearse`) and for tests. It listens on this machine only.
"""

from __future__ import annotations

import json
import mimetypes
import re
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from ruamel.yaml import YAML

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.package_files import Launch, PackageFiles, is_inside, launch, opened

_LARGEST_COMMIT = 8 << 20
_PREVIEWED = "scorm-2004-3"  # says most about what the LMS is told
_POLICIES = {"no-inline": "script-src 'self'; style-src 'self'", "connect-self": "connect-src 'self'"}
_TYPES = {".vtt": "text/vtt", ".js": "text/javascript", ".svg": "image/svg+xml", ".mp4": "video/mp4", ".webm": "video/webm"}


def quirks() -> dict[str, dict[str, str]]:
    """What the stand-in LMS can be made to do against the standard: key → name, what it does, where it was seen."""
    text = (templates() / "stand-in" / "quirks.yaml").read_text(encoding="utf-8")
    return {str(key): dict(value) for key, value in YAML(typ="safe", pure=True).load(text).items()}


class StandIn:
    """One package in a stand-in LMS, from `start` to `stop`; also a context manager.

    `package` is a SCORM zip or an unpacked one, `learner` the id and name of who is shown when the address names nobody.
    Raises `ProblemsFound` when the package cannot be played, or for an unknown quirk.
    """

    def __init__(
        self, package: Path, port: int = 0, quirks: Iterable[str] = (), learner: tuple[str, str] = ("learner-1", "Rivera, Alex")
    ):
        self._package = package
        self._port = port
        self._learner = learner
        self._quirks = _known(quirks)
        self._stored: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()
        self._resources = ExitStack()
        self._server: ThreadingHTTPServer | None = None

    def start(self) -> StandIn:
        files = self._resources.enter_context(opened(self._package))
        try:
            self._server = _Server(("127.0.0.1", self._port), _Handler, self, files, launch(files))
        except BaseException:
            self._resources.close()
            raise
        threading.Thread(target=self._server.serve_forever, name="stand-in LMS", daemon=True).start()
        return self

    def stop(self) -> None:
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._server = None
        self._resources.close()

    def __enter__(self) -> StandIn:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def origin(self) -> str:
        if self._server is None:
            raise RuntimeError("The stand-in LMS has not been started.")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """The page for the learner given at the start."""
        return self.origin + "/"

    def url_for(self, learner: str, name: str, quirks: Iterable[str] = (), *, bare: bool = False) -> str:
        """The page for another learner; `bare` shows the activity without anything beside it."""
        query = f"?learner={quote(learner, safe='')}&name={quote(name, safe='')}"
        asked = ",".join(sorted(_known(quirks)))
        return self.origin + "/" + query + (f"&quirks={asked}" if asked else "") + ("&bare=1" if bare else "")

    def cmi(self, learner: str | None = None) -> dict[str, str]:
        """That learner's data model as last committed: element → value; empty when nothing was."""
        with self._lock:
            return dict(self._stored.get(self._learner[0] if learner is None else learner, {}))

    def keep(self, learner: str, values: dict[str, str]) -> None:
        """Replaces what is stored for a learner."""
        with self._lock:
            self._stored[learner] = dict(values)

    def forget(self, learner: str) -> None:
        """Drops all that is stored for a learner, as a new attempt does."""
        with self._lock:
            self._stored.pop(learner, None)

    def session(self, package: Launch, query: dict[str, str]) -> dict[str, Any]:
        """What the page needs to start one session."""
        learner = query.get("learner", self._learner[0])
        asked = _among(query["quirks"].split(",")) if "quirks" in query else self._quirks
        return {
            "edition": package.edition,
            "title": package.title,
            "start": _start(package, asked),
            "mastery": package.mastery,
            "learner": {"id": learner, "name": query.get("name", self._learner[1] if learner == self._learner[0] else learner)},
            "values": self.cmi(learner),
            "quirks": sorted(asked),
            "known": [{"key": key, **about} for key, about in quirks().items()],
            "learners": sorted({self._learner[0], learner, *self._stored}),
        }


def serve(path: Path, port: int = 8080, quirks: Iterable[str] = (), say: Callable[[str], None] = print) -> None:
    """Shows a package zip, a package folder, or an activity (built for the purpose) until interrupted. Raises `ProblemsFound`."""
    with _playable(path) as package, _listening(StandIn(package, port, quirks), port) as stand_in:
        say(f"The stand-in LMS shows {path.name} at {stand_in.url}")
        say("Press Ctrl-C to end.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("Ended.")


@contextmanager
def _listening(stand_in: StandIn, port: int) -> Iterator[StandIn]:
    try:
        stand_in.start()
    except OSError as error:
        message = f"Port {port} cannot be used: {error.strerror or error}."
        raise ProblemsFound((Problem("port-taken", Place(str(port)), message, "Choose another with --port."),)) from error
    try:
        yield stand_in
    finally:
        stand_in.stop()


@contextmanager
def _playable(path: Path) -> Iterator[Path]:
    """The path itself when it is a package; a freshly built one of an activity."""
    is_activity = path.name == "activity.yaml" or (path / "activity.yaml").is_file()
    if not is_activity:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="cme-bridge-preview-") as folder:
        yield _built(path, Path(folder))


def _built(path: Path, out: Path) -> Path:
    from importlib.metadata import version

    from scorm_packager import formats, presets
    from scorm_packager.activity.definition import definition_of
    from scorm_packager.activity.problems import errors
    from scorm_packager.build import Order, build
    from scorm_packager.check import check

    checked = check(path)
    if checked.loaded is None or errors(checked.problems):
        raise ProblemsFound(checked.problems)
    wanted = formats.choose(formats.formats(templates()), (_PREVIEWED,))
    preset = presets.choose(presets.presets(templates()), presets.GENERIC)
    order = Order(wanted, preset, None, out, templates(), version("cme-bridge"))
    definition = definition_of(checked.loaded.activity, checked.loaded.source)
    return build(definition, checked.loaded.folder, order, lambda step: None)[0].file


# --- quirks ----------------------------------------------------------------------------------------


def _known(asked: Iterable[str]) -> frozenset[str]:
    unknown = sorted(set(asked) - set(quirks()))
    if unknown:
        remedy = f"Choose among: {', '.join(quirks())}."
        raise ProblemsFound(tuple(Problem("quirk-unknown", Place(key), f"There is no quirk “{key}”.", remedy) for key in unknown))
    return frozenset(asked)


def _among(asked: Iterable[str]) -> frozenset[str]:
    return frozenset(asked) & frozenset(quirks())


def _start(package: Launch, asked: frozenset[str]) -> str:
    """Quirks of the content server are part of the path, so that they hold for every file of the package."""
    policies = "+".join(sorted(asked & _POLICIES.keys())) or "plain"
    return f"/package/{policies}/{package.href}"


# --- HTTP ------------------------------------------------------------------------------------------


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        handler: type[BaseHTTPRequestHandler],
        stand_in: StandIn,
        files: PackageFiles,
        package: Launch,
    ):
        self.stand_in = stand_in
        self.files = files
        self.package = package
        self.reading = threading.Lock()  # a zip has one file handle
        super().__init__(address, handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(where.query, keep_blank_values=True).items()}
        if not self._is_addressed():
            return self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
        if where.path == "/":
            return self._page("host.html")
        if where.path == "/lms/session":
            return self._json(self.server.stand_in.session(self.server.package, query))
        if where.path.startswith("/stand-in/"):
            return self._page(unquote(where.path).removeprefix("/stand-in/"))
        if where.path.startswith("/package/"):
            return self._member(unquote(where.path).removeprefix("/package/"))
        return self._refuse(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        """A commit: the learner's whole data model."""
        where = urlsplit(self.path)
        learner = parse_qs(where.query).get("learner", [""])[-1]
        values = self._body()
        if not self._is_addressed() or where.path != "/lms/cmi" or not learner or values is None:
            return self._refuse(HTTPStatus.BAD_REQUEST)
        self.server.stand_in.keep(learner, values)
        return self._send(HTTPStatus.NO_CONTENT, b"", "text/plain")

    def do_DELETE(self) -> None:
        """A new attempt: nothing is left of the learner's data."""
        where = urlsplit(self.path)
        if not self._is_addressed() or where.path != "/lms/cmi":
            return self._refuse(HTTPStatus.BAD_REQUEST)
        self.server.stand_in.forget(parse_qs(where.query).get("learner", [""])[-1])
        return self._send(HTTPStatus.NO_CONTENT, b"", "text/plain")

    def _is_addressed(self) -> bool:
        # Another site's name that was made to resolve to this machine must not read what is kept here.
        return urlsplit(f"//{self.headers.get('Host', '')}").hostname in {"127.0.0.1", "localhost"}

    def _body(self) -> dict[str, str] | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _LARGEST_COMMIT:
            self.close_connection = True
            return None
        try:
            values = json.loads(self.rfile.read(int(length)))
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
        policies, _, name = path.partition("/")
        if not is_inside(name) or name not in self.server.files.names:
            return self._refuse(HTTPStatus.NOT_FOUND)
        with self.server.reading:
            data = self.server.files.read(name)
        headers = {"Content-Security-Policy": "; ".join(_POLICIES[key] for key in policies.split("+") if key in _POLICIES)}
        return self._send_part(data, _type(name), headers)

    def _send_part(self, data: bytes, kind: str, headers: dict[str, str]) -> None:
        """The bytes asked for: a browser cannot move about in a video without ranges."""
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            return self._send(HTTPStatus.OK, data, kind, {"Accept-Ranges": "bytes", **headers})
        first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
        if first > last:
            return self._send(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", kind, {"Content-Range": f"bytes */{len(data)}"})
        headers = {"Content-Range": f"bytes {first}-{last}/{len(data)}", **headers}
        return self._send(HTTPStatus.PARTIAL_CONTENT, data[first : last + 1], kind, headers)

    def _json(self, value: object) -> None:
        self._send(HTTPStatus.OK, json.dumps(value).encode(), "application/json")

    def _refuse(self, status: HTTPStatus) -> None:
        self._send(status, f"{status.value} {status.phrase}\n".encode(), "text/plain; charset=utf-8")

    def _send(self, status: HTTPStatus, data: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **(headers or {})}.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what matters is shown in the page."""


def _type(name: str) -> str:
    kind = _TYPES.get(Path(name).suffix.lower()) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
