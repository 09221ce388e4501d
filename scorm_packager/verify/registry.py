"""All rules, found by looking: every rule in every module of `verify/rules/`. A new rule edits nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import ModuleType

from scorm_packager.verify import rules
from scorm_packager.verify.rule import PackageRule, Rule, TextRule


@cache
def all_rules() -> tuple[Rule, ...]:
    """In the order of their modules. Two rules of one code for the same packages are a mistake of the program and raise ValueError."""
    found = tuple(rule for subject in by_subject().values() for rule in subject)
    meant = Counter((rule.code, standard) for rule in found for standard in rule.standards or ("any",))
    twice = sorted(f"{code} ({standard})" for (code, standard), times in meant.items() if times > 1)
    if twice:
        raise ValueError(f"two rules on packages share a code: {', '.join(twice)}")
    return found


@cache
def by_subject() -> Mapping[str, tuple[Rule, ...]]:
    """What each module of rules is about, in its own words, and its rules in the order in which they are written."""
    return {_subject(module): tuple(each for each in vars(module).values() if _is_rule(each)) for module in _modules()}


def _is_rule(value: object) -> bool:
    return isinstance(value, PackageRule | TextRule)


def _modules() -> list[ModuleType]:
    return [importlib.import_module(f"{rules.__name__}.{module.name}") for module in pkgutil.iter_modules(rules.__path__)]


def _subject(module: ModuleType) -> str:
    return (module.__doc__ or "").split("\n")[0]
