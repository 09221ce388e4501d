"""A definition is given to a bridge once; what the bridge or the network objects to is said with a remedy."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scorm_packager.activity.definition import canonical, definition_id
from scorm_packager.activity.problems import Problem, ProblemsFound
from scorm_packager.destination import bridge_address, destination
from scorm_packager.package_data import Destination
from scorm_packager.register import Key, register
from tests.packager.builders import a_definition

KEY = Key("author-1", "geheim")


class Bridge:
    """A bridge that answers as it is told, and remembers what it was asked."""

    def __init__(self, status: int, body: str = "", headers: dict[str, str] | None = None):
        self.answer = (status, body.encode(), headers or {})
        self.asked: list[tuple[str, str, bytes]] = []


@contextmanager
def running(bridge: Bridge) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            bridge.asked.append((self.path, self.headers["Authorization"], sent))
            status, body, headers = bridge.answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def objection(bridge: Bridge) -> Problem:
    with running(bridge) as address, pytest.raises(ProblemsFound) as found:
        register(a_definition(), address, KEY)
    [problem] = found.value.problems
    return problem


def test_it_works() -> None:
    bridge = Bridge(201)
    with running(bridge) as address:
        done = register(a_definition(), address, KEY)
    assert (done.definition_id, done.outcome) == (definition_id(a_definition()), "new")


def test_puts_the_canonical_definition_under_its_id_with_the_key() -> None:
    bridge = Bridge(201)
    with running(bridge) as address:
        register(a_definition(), address, KEY)
    basic = "Basic " + base64.b64encode(b"author-1:geheim").decode()
    assert bridge.asked == [(f"/definitions/{definition_id(a_definition())}", basic, canonical(a_definition()))]


def test_doing_it_again_is_no_problem() -> None:
    with running(Bridge(200)) as address:
        assert register(a_definition(), address, KEY).outcome == "known"


@pytest.mark.parametrize(
    ("status", "code", "remedy"),
    [
        (401, "key-refused", "lrs-bridge key create"),
        (403, "key-without-right", "role author"),
        (404, "bridge-not-found", "lrs-bridge serve"),
        (409, "version-taken", "Raise `version`"),
        (413, "definition-too-large", "proxy"),
        (500, "bridge-answer-unexpected", "log"),
    ],
)
def test_says_what_a_refusal_means(status: int, code: str, remedy: str) -> None:
    problem = objection(Bridge(status, "<html>"))
    assert (problem.code, remedy in problem.remedy) == (code, True)


def test_hands_on_the_bridge_s_own_words() -> None:
    body = json.dumps({"problems": [{"code": "id-mismatch", "message": "The id does not match.", "remedy": "Send it again."}]})
    assert objection(Bridge(400, body)).code == "id-mismatch"


def test_does_not_carry_the_key_to_where_it_is_sent_on() -> None:
    elsewhere = Bridge(201)
    with running(elsewhere) as other:
        assert objection(Bridge(307, "", {"Location": f"{other}/definitions/x"})).code == "bridge-moved"
    assert elsewhere.asked == []


def test_says_that_nothing_answers() -> None:
    with pytest.raises(ProblemsFound, match="bridge-unreachable"):
        register(a_definition(), "http://127.0.0.1:9", KEY)


# --- where a package reports to -------------------------------------------------------------------


def test_a_destination_is_a_bridge_and_a_site() -> None:
    assert destination("https://cme.northfield.example/", "northfield") == (Destination("https://cme.northfield.example", "northfield"), ())


def test_no_destination_is_fine() -> None:
    assert destination(None, None) == (None, ())


@pytest.mark.parametrize(
    ("bridge", "site", "code"),
    [
        ("https://a.example", None, "destination-incomplete"),
        (None, "northfield", "destination-incomplete"),
        ("cme.northfield.example", "northfield", "bridge-address-malformed"),
        ("ftp://a.example", "northfield", "bridge-address-malformed"),
        ("https://[", "northfield", "bridge-address-malformed"),
        ("https://a.example/ x", "northfield", "bridge-address-malformed"),
        ("https://author:geheim@a.example", "northfield", "bridge-address-extra"),
        ("https://a.example?key=geheim", "northfield", "bridge-address-extra"),
        ("https://a.example", "North Field", "site-key-malformed"),
    ],
)
def test_refuses_a_destination_that_no_package_could_use(bridge: str | None, site: str | None, code: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        destination(bridge, site)
    assert [problem.code for problem in found.value.problems] == [code]


def test_warns_of_a_bridge_that_an_https_page_may_not_call() -> None:
    _, problems = destination("http://cme.northfield.example", "northfield")
    assert [problem.code for problem in problems] == ["bridge-not-https"]


def test_a_bridge_on_this_machine_needs_no_https() -> None:
    assert destination("http://127.0.0.1:8080", "northfield")[1] == ()


def test_a_bridge_s_address_has_no_slash_at_its_end() -> None:
    assert bridge_address("https://cme.northfield.example/lrs/") == "https://cme.northfield.example/lrs"
