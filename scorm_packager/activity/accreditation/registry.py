"""All rules, found by looking: every `Rule` in every module of `accreditation/rules/`. A new rule edits nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from functools import cache

from scorm_packager.activity.accreditation import rules
from scorm_packager.activity.accreditation.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Sorted by code. Two rules of one code are a mistake of the program and raise ValueError."""
    found = tuple(rule for name in _modules() for rule in vars(importlib.import_module(name)).values() if isinstance(rule, Rule))
    twice = sorted(code for code, times in Counter(rule.code for rule in found).items() if times > 1)
    if twice:
        raise ValueError(f"two rules of accreditation share a code: {', '.join(twice)}")
    return tuple(sorted(found, key=lambda rule: rule.code))


def _modules() -> list[str]:
    return [f"{rules.__name__}.{module.name}" for module in pkgutil.iter_modules(rules.__path__)]
