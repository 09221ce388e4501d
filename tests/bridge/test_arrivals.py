"""Whoever sends slowly keeps nobody else waiting: a request is answered once it is there whole."""

from __future__ import annotations

import http.client
import json
import socket
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from lrs_bridge.running import arrivals
from tests.bridge.builders import a_statement
from tests.durability.served import Served, serving

LARGEST = 1000
WORK = b"nine pages of work"


def echo(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("200 OK", [])
    return [environ["wsgi.input"].read()]


def answered(came: object, length: int | None = None, inner: Any = echo, seats: int = 2) -> bytes:
    announced = {} if length is None else {"CONTENT_LENGTH": str(length)}
    answer = arrivals.seated(inner, seats=seats, largest=LARGEST)({"wsgi.input": came, **announced}, lambda *_: None)
    return b"".join(answer)


class InPieces:
    """Gives few bytes at a time, and counts how many were taken."""

    def __init__(self, data: bytes, size: int = 7) -> None:
        self.data, self.size, self.taken = data, size, 0

    def read(self, size: int = -1) -> bytes:
        piece = self.data[self.taken : self.taken + min(self.size, size)]
        self.taken += len(piece)
        return piece


@pytest.mark.parametrize("length", [len(WORK), None])
def test_a_body_is_put_together_of_its_pieces(length: int | None) -> None:
    assert answered(InPieces(WORK), length) == WORK


def test_a_body_that_is_larger_than_memory_should_hold_is_there_whole() -> None:
    large = bytes(range(256)) * 4096
    seated = arrivals.seated(echo, seats=1, largest=2**21)
    assert b"".join(seated({"wsgi.input": InPieces(large, 60_000)}, lambda *_: None)) == large


def test_of_a_body_that_announces_too_much_nothing_is_waited_for() -> None:
    body = InPieces(b"x" * 5000)
    answered(body, 5000)
    assert body.taken == 0


def test_of_a_body_that_announces_nothing_only_so_much_is_taken_that_it_shows() -> None:
    assert len(answered(InPieces(b"x" * 5000))) == LARGEST + 1


def test_no_more_are_answered_at_once_than_there_are_seats() -> None:
    inside, most, busy = 0, 0, threading.Lock()
    together = threading.Event()

    def crowded(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        nonlocal inside, most
        with busy:
            inside += 1
            most = max(most, inside)
        together.wait(0.02)
        with busy:
            inside -= 1
        return []

    seated = arrivals.seated(crowded, seats=2, largest=LARGEST)
    threads = [threading.Thread(target=seated, args=({"wsgi.input": BytesIO()}, lambda *_: None)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_a_seat_is_free_again_after_a_failure() -> None:
    def fails(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        raise LookupError

    seated = arrivals.seated(fails, seats=1, largest=LARGEST)
    for _ in range(2):
        with pytest.raises(LookupError):
            seated({"wsgi.input": BytesIO()}, lambda *_: None)


def test_what_answers_is_closed_when_it_was_read() -> None:
    closed: list[bool] = []

    class Answer(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    answered(BytesIO(), inner=lambda _environ, _start: Answer([b"{}"]))
    assert closed == [True]


# --- a bridge as it is served -------------------------------------------------------------------

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere waitress waits for bodies, without threads")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("arrivals")) as bridge:
        yield bridge


def request(bridge: Served, path: str, method: str, body: bytes, *more: str) -> bytes:
    head = [f"{method} /xapi{path} HTTP/1.1", "Host: bridge", f"Authorization: {bridge.authorization}", "X-Experience-API-Version: 1.0.3"]
    return "\r\n".join([*head, *more, "", ""]).encode() + body


@contextmanager
def sending_slowly(bridge: Served, clients: int) -> Iterator[list[socket.socket]]:
    """So many have sent half a statement, and do not go on."""
    half = request(bridge, "/statements", "POST", b'{"actor":', "Content-Type: application/json", "Content-Length: 500")
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", bridge.port))) for _ in range(clients)]
        for one in slow:
            one.sendall(half)
        yield slow


@on_linux
def test_a_bridge_answers_while_many_send_slowly(served: Served) -> None:
    """More of them than there are seats: a ward's wireless network is enough."""
    with sending_slowly(served, 100):
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
        assert len(served.post(connection, [a_statement()])) == 1


@on_linux
def test_who_sent_slowly_is_answered_in_the_end(served: Served) -> None:
    data = json.dumps(a_statement()).encode()
    head = request(served, "/statements", "POST", data[:9], "Content-Type: application/json", f"Content-Length: {len(data)}")
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as slow:
        slow.sendall(head)
        slow.sendall(data[9:])
        assert slow.recv(12) == b"HTTP/1.1 200"


@on_linux
@pytest.mark.parametrize(
    ("length", "sent", "status"), [("Content-Length: 18", WORK[:4], 400), ("Transfer-Encoding: chunked", b"4\r\nnine\r\n", 411)]
)
def test_a_document_that_broke_off_is_refused(served: Served, length: str, sent: bytes, status: int) -> None:
    place = "/activities/state?activityId=urn%3Ax&agent=%7B%22mbox%22%3A%22mailto%3Aann%40x.example%22%7D&stateId=bookmark"
    with socket.create_connection(("127.0.0.1", served.port)) as client:
        client.sendall(
            request(served, place, "PUT", sent, "Content-Type: application/octet-stream", length, f"X-Request-Id: {str(status) * 3}")
        )
    assert eventually(served, str(status) * 3) == status


def eventually(bridge: Served, number: str) -> int:
    """The status of the request with that number, which nobody waits for, as the log has it."""
    for _ in range(400):
        lines = (json.loads(line) for line in (bridge.data / "bridge.log").read_text().splitlines() if number in line)
        found = next((line["status"] for line in lines if line.get("request") == number), None)
        if found is not None:
            return int(found)
        time.sleep(0.05)
    raise AssertionError("it was never answered")


@on_linux
def test_connections_that_say_nothing_are_asked_whether_anybody_is_there() -> None:
    """What a listening socket is told, those that it accepts inherit (tcp(7))."""
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()) as client:
        arrivals.ask_on_every_socket()
        accepted, _ = listening.accept()
        later = socket.create_connection(listening.getsockname())
        inherited, _ = listening.accept()
        with accepted, later, inherited:
            assert inherited.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
            assert client.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 60


def test_files_are_not_asked(tmp_path: Path) -> None:
    if sys.platform == "linux":
        with (tmp_path / "file").open("wb"):
            arrivals.ask_on_every_socket()
