"""Other record stores for tests: one that does its job, in memory and over real HTTP, and anybody who answers as they are told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from werkzeug.serving import make_server

from lrs_bridge import upstream
from lrs_bridge.other_stores import upstreams_admitted
from lrs_bridge.store import upstreams
from lrs_bridge.store.engine import reading, writing
from lrs_bridge.store.upstreams import Filter, Letter
from tests.bridge.builders import ABridge


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}


Reply = tuple[int, Mapping[str, str], bytes]
Replying = Callable[[Asked], Reply]


def reply(status: int, said: Any = None, **headers: str) -> Reply:
    """Headers are given with underscores: `Retry_After="5"`."""
    body = said if isinstance(said, bytes) else b"" if said is None else json.dumps(said).encode()
    return status, {name.replace("_", "-"): value for name, value in headers.items()}, body


@dataclass
class Server:
    """`replying` may be exchanged at any time; `asked` is everything that came in."""

    replying: Replying
    asked: list[Asked] = field(default_factory=list)
    url: str = ""


@contextmanager
def served(replying: Replying) -> Iterator[Server]:
    """A server whose every answer is what `replying` says."""
    made = Server(replying)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, self.path, dict(self.headers), body)
            made.asked.append(asked)
            status, headers, said = made.replying(asked)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(said)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do

        def log_message(self, *_: object) -> None:
            """Tests look at `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}/xapi"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def over_http(app: Flask) -> Iterator[str]:
    """A bridge's doors on a real port; the address above /statements."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/xapi"
    finally:
        server.shutdown()
        thread.join()


class Store:
    """A record store that keeps what it is sent, and gives its statements page by page; `texts` stand as they are sent out."""

    def __init__(self, *texts: str, page: int = 100) -> None:
        self.texts = list(texts)
        self.page = page
        self.received: list[dict[str, Any]] = []

    def __call__(self, asked: Asked) -> Reply:
        return self._take(asked) if asked.method == "POST" else self._give(asked)

    def _take(self, asked: Asked) -> Reply:
        sent = json.loads(asked.body)
        self.received += sent
        return reply(200, [one["id"] for one in sent])

    def _give(self, asked: Asked) -> Reply:
        since, start = asked.query.get("since", ""), int(asked.query.get("start", 0))
        found = [text for text in self.texts if json.loads(text).get("stored", "") > since]
        more = f"/xapi/statements?since={since}&start={start + self.page}" if start + self.page < len(found) else ""
        body = f'{{"statements":[{",".join(found[start : start + self.page])}],"more":"{more}"}}'
        return reply(200, body.encode(), Content_Type="application/json")


# --- what a bridge knows of them ----------------------------------------------------------------


def adds_upstream(
    here: ABridge,
    url: str,
    key: str = "lms",
    *,
    forwards: bool = False,
    pulls: bool = False,
    credentials: tuple[str, str] = ("bridge", "very secret"),
    **filters: Any,
) -> None:
    """Adds it as `lrs-bridge upstream add` does; what is pulled is of the site northfield."""
    name, secret = credentials
    asked = upstreams_admitted.Asked(
        key=key, endpoint=url, name=name, secret=secret, site="northfield" if pulls else None,
        forwards=forwards, pulls=pulls, version="1.0.3", filter=Filter(**filters),
    )  # fmt: skip
    with writing(here.bridge.engine) as connection:
        upstreams_admitted.add(here.bridge, connection, asked)


def exchanges(here: ABridge, times: int = 1) -> None:
    """What the worker does, each time two minutes later, so that everything is due."""
    for _ in range(times):
        here.clock.moves(minutes=2)
        upstream.turn(here.bridge)


def state(here: ABridge, key: str = "lms") -> dict[str, Any]:
    """What `lrs-bridge upstream list` says of it; its only direction's part merged in."""
    with reading(here.bridge.engine) as connection:
        (found,) = [one for one in upstreams_admitted.listed(connection) if one["key"] == key]
    return found | found["directions"][0]


def letters(here: ABridge) -> list[Letter]:
    with reading(here.bridge.engine) as connection:
        return upstreams.letters(connection)
