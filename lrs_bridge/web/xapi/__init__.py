"""The record store's doors. Each module here that holds `RESOURCES` adds its addresses, and is found by looking."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from flask import Blueprint, Flask

from lrs_bridge.web.xapi import entry, versions
from lrs_bridge.web.xapi.about import about
from lrs_bridge.web.xapi.entry import Resource


def install(app: Flask) -> None:
    versions.install(app)
    resources = dict(_found())
    for mount, _ in versions.MOUNTS:
        app.register_blueprint(_doors(mount, resources))


def _found() -> Iterator[tuple[str, Resource]]:
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        yield from getattr(importlib.import_module(f"{__name__}.{module.name}"), "RESOURCES", {}).items()


def _doors(mount: str, resources: dict[str, Resource]) -> Blueprint:
    doors = Blueprint(mount.strip("/").replace("/", "-").replace(".", "-"), __name__, url_prefix=mount)
    doors.add_url_rule("/about", "about", about, methods=["GET"])
    for path, resource in resources.items():
        doors.add_url_rule(path, path.strip("/").replace("/", "-"), entry.view(resource), methods=entry.methods(resource))
    return doors
