"""The bridge on the web: one Flask application, made of the doors in this folder and the pages in `pages/`."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from lrs_bridge.bridge import Bridge, open_bridge
from lrs_bridge.config import Config
from lrs_bridge.vault import RandomBytes


def create_app(config: Config, *, now: Callable[[], datetime] | None = None, random_bytes: RandomBytes = secrets.token_bytes) -> Flask:
    """The application on an initialised bridge. Raises `ProblemsFound` when it is not initialised."""
    return app_of(open_bridge(config, now or system_now, random_bytes))


def app_of(bridge: Bridge) -> Flask:
    """The application on a bridge that is open already, as `serve` shares it with its worker."""
    from lrs_bridge.web import current, definitions, errors, frame, health, launch, metrics, pages, xapi

    app = Flask("lrs_bridge", static_folder=None)
    app.extensions["bridge"] = bridge
    app.config["MAX_CONTENT_LENGTH"] = bridge.config.largest_body
    app.json.sort_keys = False  # type: ignore[attr-defined]
    current.install(app)
    metrics.install(app)
    errors.install(app)
    xapi.install(app)
    for blueprint in (launch.doors, definitions.doors, health.doors, metrics.doors, *pages.found()):
        app.register_blueprint(blueprint)
    frame.install(app)
    return app


def system_now() -> datetime:
    return datetime.now(UTC)
