"""The pages that people open in a browser. Each module here holds a blueprint named `pages`, and is found by looking."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from flask import Blueprint


def found() -> Iterator[Blueprint]:
    """The blueprints of this folder's modules, in the order of their names; those whose name starts with `_` only help others."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if not module.name.startswith("_"):
            yield importlib.import_module(f"{__name__}.{module.name}").pages
