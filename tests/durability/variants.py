"""Bridges with a fault that loses what was acknowledged, run as `serve` runs a sound one: what the tests here must not let pass.

`python -m tests.durability.variants KIND PORT`, with the settings in the environment.
"""

from __future__ import annotations

import json
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

from sqlalchemy import event

from lrs_bridge import config
from lrs_bridge.bridge import Bridge, open_bridge
from lrs_bridge.running import serving
from lrs_bridge.running.bell import Bell
from lrs_bridge.web import app_of, system_now

WITHOUT_FLUSH = {"sqlite": "PRAGMA synchronous=OFF", "postgresql": "SET synchronous_commit=off"}


def answers_before_it_commits(bridge: Bridge) -> Any:
    """Acknowledges the ids at once, and keeps the statements half a second later."""
    app = app_of(bridge)

    def early(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return app(environ, start)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        said = json.loads(body)
        ids = json.dumps([one["id"] for one in (said if isinstance(said, list) else [said])]).encode()
        later = environ | {"wsgi.input": BytesIO(body)}
        threading.Timer(0.5, lambda: list(app(later, lambda *_: None))).start()
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(ids)))])
        return [ids]

    return early


def commits_without_flush(bridge: Bridge) -> Any:
    """Every connection that serves requests is told not to wait for the disk."""
    engine = bridge.engine
    event.listen(engine, "connect", lambda connection, _: _run(connection, WITHOUT_FLUSH[engine.dialect.name]))
    engine.dispose()
    return app_of(bridge)


def _run(connection: Any, command: str) -> None:
    connection.cursor().execute(command)
    if hasattr(connection, "autocommit"):
        connection.commit()


def sound(bridge: Bridge) -> Any:
    return app_of(bridge)


VARIANTS = {made.__name__: made for made in (answers_before_it_commits, commits_without_flush, sound)}


def serve(kind: str, port: int) -> None:
    def doors(bell: Bell) -> Any:
        return VARIANTS[kind](replace(open_bridge(config.from_environment(), system_now, secrets.token_bytes), bell=bell))

    def work(_bell: Bell, stopped: threading.Event) -> None:
        while not stopped.is_set():
            time.sleep(0.05)

    serving.run(serving.Parts(doors, work, config.from_environment().largest_body), host="127.0.0.1", port=port, processes=1)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
