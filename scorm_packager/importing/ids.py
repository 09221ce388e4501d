"""Ids for what is imported: the same for the same text, however often and in whatever order it comes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from scorm_packager.activity.names import LONGEST, slug
from scorm_packager.importing.model import Question

_WORDS = 8


def item_ids(questions: Iterable[Question]) -> list[str]:
    """One id for each: from its name, else from the first words of its stem; a second one of that name gets a number."""
    taken: list[str] = []
    for question in questions:
        stem = str(question.values.get("stem", ""))
        taken.append(free(_named(question.name or " ".join(stem.split()[:_WORDS]), question.name or stem), taken))
    return taken


def _named(words: str, text: str) -> str:
    name = slug(words)
    # Of a script without Latin letters no word is left: the whole text tells one from the other instead.
    return name if name != slug("") else f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def free(name: str, taken: Iterable[str]) -> str:
    """The name, or the name with the lowest number from 2 that makes it new."""
    used = set(taken)
    if name not in used:
        return name
    number = 2
    while numbered(name, number) in used:
        number += 1
    return numbered(name, number)


def numbered(name: str, number: int) -> str:
    end = f"-{number}"
    return name[: LONGEST - len(end)].rstrip("-") + end
