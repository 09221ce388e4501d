"""The clauses of rule-makers, as data with dates: `accreditation_rules/<maker or credit system>.yaml`.

A clause is a list of dated blocks. A released block is never edited: a change, or a mistake, gets a new dated block.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from scorm_packager.activity import dated, yaml_text

_NOT_DATA = {"from", "source", "verified"}


@dataclass(frozen=True, slots=True)
class Clause:
    """One demand of one rule-maker, as in force from a date; `data` holds its numbers, wordings and lists.

    `verified` is True only when the text was read at its maker's own page.
    """

    id: str  # accme/standard-3.1: the file, then the clause
    from_: date
    source: str
    verified: bool
    data: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.data[name]


@dataclass(frozen=True, slots=True)
class Rulebook:
    clauses: Mapping[str, tuple[Clause, ...]]

    def in_force(self, clause: str, on: date) -> Clause | None:
        """The latest block that began on or before that day; None when the maker demanded nothing yet."""
        return dated.in_force(self.clauses.get(clause, ()), on)


@cache
def shipped() -> Rulebook:
    """The rulebook that comes with the package."""
    clauses = {
        f"{maker}/{name}": tuple(_block(f"{maker}/{name}", block) for block in blocks)
        for maker, path in dated.files("accreditation_rules").items()
        for name, blocks in yaml_text.rule_data(path).items()
    }
    return Rulebook(MappingProxyType(clauses))


def _block(clause: str, block: dict[str, Any]) -> Clause:
    data = {name: value for name, value in block.items() if name not in _NOT_DATA}
    return Clause(clause, block["from"], " ".join(block["source"].split()), block["verified"], MappingProxyType(data))
