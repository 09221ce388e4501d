"""The doctor: what is wrong is found before a learner finds it, each with its remedy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import make_server

from lrs_bridge import work
from lrs_bridge.bridge import Bridge
from lrs_bridge.running import doctor
from lrs_bridge.store.engine import writing
from lrs_bridge.store.tables import ledger
from lrs_bridge.web import app_of
from tests.bridge.builders import ABridge
from tests.bridge.test_worker import fails_for, took_it

LMS = "https://lms.northfield.example"
NOBODY = "http://127.0.0.1:9"  # the discard port: nothing answers there


def found(here: ABridge, public_url: str = NOBODY) -> dict[str, str]:
    """Code of each problem, and where."""
    bridge = replace(here.bridge, config=replace(here.bridge.config, public_url=public_url))
    return {problem.code: problem.where.file for problem in doctor.examine(bridge)}


def behind_a_proxy(inner: WSGIApplication, spoil: Callable[..., None]) -> WSGIApplication:
    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            spoiled = dict(headers)
            spoil(spoiled)
            return start_response(status, list(spoiled.items()), *rest)

        return inner(environ, start)

    return answer


@contextmanager
def served(bridge: Bridge, spoil: Callable[..., None] | None = None) -> Iterator[str]:
    """The bridge on a port of its own, behind a proxy that spoils its headers when one is given."""
    app = app_of(bridge)
    if spoil is not None:
        app.wsgi_app = behind_a_proxy(app.wsgi_app, spoil)  # type: ignore[method-assign]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def test_it_works(on_sqlite: ABridge) -> None:
    on_sqlite.registers()
    on_sqlite.adds_site("northfield", LMS)
    with served(on_sqlite.bridge) as url:
        assert found(on_sqlite, url) == {}


def test_notices_that_nothing_answers_at_the_public_address(on_sqlite: ABridge) -> None:
    assert found(on_sqlite)["public-url-unreachable"] == NOBODY


def test_notices_a_proxy_that_keeps_browsers_out(on_sqlite: ABridge) -> None:
    on_sqlite.adds_site("northfield", LMS)

    def forgets(headers: dict[str, str]) -> None:
        for name in ("Access-Control-Allow-Origin", "Access-Control-Allow-Headers"):
            headers.pop(name, None)

    with served(on_sqlite.bridge, forgets) as url:
        problems = found(on_sqlite, url)
    assert problems["preflight-origin"] == problems["preflight-headers"] == f"site northfield, origin {LMS}"


def test_notices_an_address_that_browsers_will_not_call_from_https(on_sqlite: ABridge) -> None:
    assert "public-url-insecure" in found(on_sqlite, "http://bridge.northfield.invalid")


def test_notices_a_key_that_others_can_read(on_sqlite: ABridge) -> None:
    on_sqlite.bridge.config.vault_file.chmod(0o644)
    assert found(on_sqlite)["key-file-open"] == str(on_sqlite.bridge.config.vault_file)


def test_warns_of_what_is_not_set_up_yet(on_sqlite: ABridge) -> None:
    assert {"site-without-origins", "no-activities"} <= set(found(on_sqlite))


def test_names_a_registration_that_cannot_be_decided(here: ABridge) -> None:
    registration = took_it(here).answer["registration"]
    work.decide_all(here.bridge, fails_for(registration))
    assert found(here)["not-decided"] == f"registration {registration}"


def test_notices_a_ledger_that_was_altered(here: ABridge) -> None:
    took_it(here)
    here.works()
    with writing(here.bridge.engine) as connection:
        connection.execute(ledger.update().values(entry="{}"))
    assert "ledger-entry-altered" in found(here)
