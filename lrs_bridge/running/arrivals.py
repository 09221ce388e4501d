"""A request is answered once it is there whole: who sends slowly, or vanishes while sending, keeps nobody else waiting.

The server gives every request a thread, which waits here for its body. Then it takes a seat: of those there are only a few, because
few threads at once answer most.
"""

from __future__ import annotations

import os
import socket
import stat
import threading
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from typing import IO
from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

_PIECE = 64 * 1024
# What is larger waits on disk: many may send at once.
_MOST_IN_MEMORY = 256 * 1024
# A client without power or network says no good-bye. After so long it is asked whether it is there; then its thread is free again.
_QUIET_SECONDS, _BETWEEN_SECONDS, _QUESTIONS = 60, 10, 3


def seated(inner: WSGIApplication, *, seats: int, largest: int) -> WSGIApplication:
    """`inner`, asked only for requests that are there whole, by so many threads at once. Of a body that is larger than `largest` so much
    is read that it shows, and of one that says so beforehand nothing.
    """
    free: SimpleQueue[None] = SimpleQueue()
    for _ in range(seats):
        free.put(None)

    def answer(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        environ["wsgi.input"] = _whole(environ["wsgi.input"], _wanted(environ.get("CONTENT_LENGTH"), largest))
        free.get()
        try:
            return [_all_of(inner, environ, start)]
        finally:
            free.put(None)

    return answer


def _wanted(length: str | None, largest: int) -> int:
    """How many bytes are waited for."""
    if not length:
        return largest + 1
    return int(length) if int(length) <= largest else 0


def _whole(stream: InputStream, wanted: int) -> IO[bytes]:
    first = stream.read(min(wanted, _PIECE)) if wanted else b""
    return BytesIO(first) if not first or len(first) == wanted else _rest(first, stream, wanted)


def _rest(first: bytes, stream: InputStream, wanted: int) -> IO[bytes]:
    received: IO[bytes] = SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115 - whoever reads it lets it go
    count, piece = 0, first
    while piece:
        received.write(piece)
        count += len(piece)
        piece = stream.read(min(wanted - count, _PIECE)) if count < wanted else b""
    received.seek(0)
    return received


def _all_of(inner: WSGIApplication, environ: WSGIEnvironment, start: StartResponse) -> bytes:
    answered = inner(environ, start)
    try:
        return b"".join(answered)
    finally:
        with suppress(AttributeError):
            answered.close()  # type: ignore[attr-defined]


# --- those who vanished -------------------------------------------------------------------------


def noticing_the_vanished(inner: WSGIApplication) -> WSGIApplication:
    """`inner`; from the first request on, connections that say nothing are asked whether anybody is there, and closed when nobody is."""
    asking = threading.Lock()

    def answer(environ: WSGIEnvironment, start: StartResponse) -> object:
        # The server's own sockets are not ours to make, and exist by now. What is accepted inherits what the listening one is told.
        if not asking.locked() and asking.acquire(blocking=False):
            ask_on_every_socket()
        return inner(environ, start)

    return answer  # type: ignore[return-value]


def ask_on_every_socket() -> None:
    """Of this process that speaks TCP."""
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            _ask(int(entry.name))


def _ask(number: int) -> None:
    if not stat.S_ISSOCK(os.fstat(number).st_mode):
        return
    with socket.socket(fileno=os.dup(number)) as one:
        if one.family in (socket.AF_INET, socket.AF_INET6) and one.type == socket.SOCK_STREAM:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _QUIET_SECONDS)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, _BETWEEN_SECONDS)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, _QUESTIONS)
