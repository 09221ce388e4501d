"""One language of a language map, chosen as a reader asks for (RFC 9110 §12.5.4, RFC 4647 §3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_RANGE = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?", re.ASCII)
_MOST = 50


def asked_for(accept_language: str) -> tuple[str, ...]:
    """The language ranges in the order of preference, in lower case; what cannot be read is left out."""
    found = [match for part in accept_language.split(",")[:_MOST] if (match := _RANGE.fullmatch(part))]
    weighed = [(float(match[2] if match[2] else 1), match[1].lower()) for match in found]
    return tuple(name for weight, name in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0)


def chosen(texts: Mapping[str, Any], ranges: Sequence[str]) -> dict[str, Any]:
    """The one entry that fits best: the very tag, a wider one, a narrower one; else the first entry."""
    tags = {tag.lower(): tag for tag in texts}
    for name in ranges:
        fitting = next((tags[tag] for tag in _candidates(name, tags) if tag in tags), None)
        if fitting is not None:
            return {fitting: texts[fitting]}
    return dict(list(texts.items())[:1])


def _candidates(name: str, tags: Iterable[str]) -> Iterable[str]:
    pieces = name.split("-")
    yield from ("-".join(pieces[:count]) for count in range(len(pieces), 0, -1))
    yield from sorted(tag for tag in tags if tag.startswith(name + "-"))
    yield from sorted(tag for tag in tags if tag.startswith(pieces[0] + "-"))
