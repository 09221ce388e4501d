"""All rules, found by looking: every `Rule` in every module of `accreditation/rules/`. A new rule edits nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import ModuleType

from scorm_packager.activity.accreditation import rules
from scorm_packager.activity.accreditation.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Sorted by code. Two rules of one code are a mistake of the program and raise ValueError."""
    found = [rule for subject in by_subject().values() for rule in subject]
    twice = sorted(code for code, times in Counter(rule.code for rule in found).items() if times > 1)
    if twice:
        raise ValueError(f"two rules of accreditation share a code: {', '.join(twice)}")
    return tuple(sorted(found, key=lambda rule: rule.code))


@cache
def by_subject() -> Mapping[str, tuple[Rule, ...]]:
    """What each module of rules is about, in its own words, and its rules in the order in which they are written."""
    return {_subject(module): tuple(rule for rule in vars(module).values() if isinstance(rule, Rule)) for module in _modules()}


def _modules() -> list[ModuleType]:
    return [importlib.import_module(f"{rules.__name__}.{module.name}") for module in pkgutil.iter_modules(rules.__path__)]


def _subject(module: ModuleType) -> str:
    return (module.__doc__ or "").split("\n")[0]
