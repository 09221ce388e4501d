"""What all the texts of a package together do: each trait with the first place where it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from scorm_packager.activity.problems import Place
from scorm_packager.verify.kinds import PAGES, SCRIPTS

# Words that must stand somewhere for a package to do the thing; read in scripts and in pages alike.
# They begin with their own letters, by which a search is many times faster.
_TRAITS: Mapping[str, re.Pattern[str]] = {
    "begins-1.2": re.compile(r"LMSInitialize\b"),
    "begins-2004": re.compile(r"API_1484_11\b"),
    "ends-1.2": re.compile(r"LMSFinish\b"),
    "ends-2004": re.compile(r"Terminate\b"),
    "saves-state": re.compile(r"cmi\.suspend_data\b"),
    "says-suspend": re.compile(r"[\"']suspend[\"']"),
    "reports": re.compile(r"\b(?:lesson_status|completion_status|success_status)\b"),
    "stores-locally": re.compile(r"\b(?:localStorage|indexedDB)\s{0,5}(?:\.\s{0,5}(?:setItem|open)\b|\[)"),
    "reads-launch": re.compile(r"endpoint\b"),
    "fetches-token": re.compile(r"fetch\b"),
}
_READ = PAGES | SCRIPTS


class Readable(Protocol):
    """A text of the package, as far as traits show in it."""

    @property
    def kind(self) -> str: ...

    @property
    def words(self) -> str: ...

    def place(self, offset: int) -> Place: ...


class Traits:
    """Folded over texts in any order but for the places, which are those of the first text that shows the trait."""

    def __init__(self) -> None:
        self._first: dict[str, Place] = {}

    def learn(self, text: Readable) -> None:
        if text.kind not in _READ:
            return
        for name, pattern in _TRAITS.items():
            if name in self._first:
                continue
            found = pattern.search(text.words)
            if found:
                self._first[name] = text.place(found.start())

    def __contains__(self, name: str) -> bool:
        return name in self._first

    def place(self, name: str) -> Place:
        """Where the trait first shows. Raises KeyError when it does not."""
        return self._first[name]
