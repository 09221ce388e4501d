"""The standard's rules on statements: each module here holds `RULES`, and is found by looking."""

from __future__ import annotations

import importlib
import pkgutil

from tests.spec.rules import Rule

TABLES: list[Rule] = [
    rule
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
    for rule in importlib.import_module(f"{__name__}.{module.name}").RULES
]
