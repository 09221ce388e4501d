"""Rules with dates: of several blocks for one thing, the day decides which holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from scorm_packager.activity import resources
from scorm_packager.activity.model import Part


class Dated(Protocol):
    @property
    def from_(self) -> date: ...


class RuleBlock(Part):
    """The marks that every dated block of rule data bears.

    A released block is never edited: a change of the rule, or a mistake found in it, is a new block with its own `from`.
    """

    source: str
    verified: bool
    note: str = ""


Rule = TypeVar("Rule", bound=Dated)


def in_force(blocks: Iterable[Rule], on: date) -> Rule | None:
    """The latest block whose `from` is not after `on`; None before the first."""
    begun = [block for block in blocks if block.from_ <= on]
    return max(begun, key=lambda block: block.from_, default=None)


def files(folder: str) -> dict[str, Path]:
    """Key → file, for every YAML file in a folder of rule data, in the order of their names."""
    return {path.stem: path for path in sorted(resources.rules(folder).glob("*.yaml"))}
