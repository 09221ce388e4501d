"""A client that costs little: one process, raw sockets kept open, answers counted and their times kept.

It shares the machine with what it measures, so that every microsecond it takes is taken from the server.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Measured:
    """Answers in a stretch of time; `times` in seconds, sorted."""

    seconds: float
    times: tuple[float, ...]
    statuses: dict[int, int]

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    @property
    def errors(self) -> int:
        return sum(count for status, count in self.statuses.items() if status >= 400)

    def at(self, share: float) -> float:
        """The time within which that share of the answers came."""
        return self.times[min(int(len(self.times) * share), len(self.times) - 1)]


def request(method: str, url: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """The bytes of a request."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    given = (
        {"Host": parts.netloc, **headers, "Content-Length": str(len(body))}
        if body or method in ("POST", "PUT")
        else {"Host": parts.netloc, **headers}
    )
    head = "\r\n".join([f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())])
    return f"{head}\r\n\r\n".encode() + body


@dataclass
class _Line:
    """One connection: what it waits for, and since when."""

    socket: socket.socket
    received: bytearray = field(default_factory=bytearray)
    since: float = 0.0

    def send(self, data: bytes) -> None:
        self.since = time.perf_counter()
        self.socket.sendall(data)

    def answer(self) -> int | None:
        """The status of an answer that is all there."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the server closed the connection")
        self.received += data
        end = self.received.find(b"\r\n\r\n")
        if end < 0 or len(self.received) < end + 4 + _length(bytes(self.received[:end])):
            return None
        status = int(self.received[9:12])
        self.received.clear()
        return status


def _length(head: bytes) -> int:
    if head[9:12] == b"204":
        return 0
    lower = head.lower()
    start = lower.index(b"content-length:") + 15
    return int(lower[start:].split(b"\r\n", 1)[0])


def run(url: str, connections: int, requests: Iterable[bytes], seconds: float) -> Measured:
    """So many connections ask one request after another until the time is over or there is none left."""
    parts, following = urlsplit(url), iter(requests)
    times: list[float] = []
    statuses: dict[int, int] = {}
    with selectors.DefaultSelector() as selector:
        lines = [_open(parts.hostname or "127.0.0.1", parts.port or 80, selector) for _ in range(connections)]
        started = time.perf_counter()
        busy = sum(_asks(line, following) for line in lines)
        while busy:
            for key, _ in selector.select(_ANSWER_SECONDS) or _silence():
                line: _Line = key.data
                status = line.answer()
                if status is None:
                    continue
                now = time.perf_counter()
                times.append(now - line.since)
                statuses[status] = statuses.get(status, 0) + 1
                busy -= not (now - started < seconds and _asks(line, following))
        taken = time.perf_counter() - started
        for line in lines:
            line.socket.close()
    return Measured(taken, tuple(sorted(times)), statuses)


def _silence() -> Iterator[tuple[selectors.SelectorKey, int]]:
    raise TimeoutError(f"no answer within {_ANSWER_SECONDS} seconds")


def _open(host: str, port: int, selector: selectors.BaseSelector) -> _Line:
    line = _Line(socket.create_connection((host, port), timeout=_ANSWER_SECONDS))
    line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    selector.register(line.socket, selectors.EVENT_READ, line)
    return line


def _asks(line: _Line, following: Iterator[bytes]) -> bool:
    data = next(following, None)
    if data is None:
        return False
    line.send(data)
    return True
