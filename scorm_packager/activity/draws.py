"""What an attempt at an assessment asks: items drawn from banks, and choices in another order.

A pure function of the definition, the launch key and the attempt: the player (`draws.js`) and the bridge come to the same, and nobody
needs to be told. Items are ranked by `uuid5(draw key, item id)`, whatever else the bank holds, so that a bank that changes between two
versions changes as little as can be of a learner's draw. Attempt after attempt goes on in that ranking, and begins anew at its end: no
item comes again before all have come, and no two attempts in a row ask the same. The ranking does not depend on the assessment, so that
a pre-activity assessment with the same draw asks what the first attempt after the activity asks.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Protocol

from scorm_packager.activity.definition_model import DefinedDraw


class Assessment(Protocol):
    """All that may be asked, and what is drawn of it."""

    @property
    def items(self) -> tuple[str, ...]: ...
    @property
    def draws(self) -> tuple[DefinedDraw, ...]: ...


def draw_key(launch_key: str) -> str:
    """32 hex digits that say nothing of the launch key (32 hex digits), which opens a registration."""
    return uuid.uuid5(uuid.UUID(hex=launch_key), "draw").hex


def asked(assessment: Assessment, key: str, attempt: int) -> tuple[str, ...]:
    """The ids of the items that an attempt (from 1) asks, in the order of the definition. `key` is a draw key."""
    drawn = {item for draw in assessment.draws for item in _drawn(draw, key, attempt)}
    banked = {item for draw in assessment.draws for item in draw.items}
    return tuple(item for item in assessment.items if item in drawn or item not in banked)


def how_many(assessment: Assessment) -> int:
    """How many items each attempt asks."""
    banked = {item for draw in assessment.draws for item in draw.items}
    return sum(item not in banked for item in assessment.items) + sum(draw.n for draw in assessment.draws)


def shuffled(ids: Sequence[str], key: str, attempt: int, item: str) -> tuple[str, ...]:
    """The ids of an item's choices in the order in which an attempt shows them."""
    return tuple(sorted(ids, key=lambda choice: _rank(key, f"{attempt} {item} {choice}")))


def _drawn(draw: DefinedDraw, key: str, attempt: int) -> tuple[str, ...]:
    ranked = sorted(draw.items, key=lambda item: _rank(key, item))
    start = (attempt - 1) * draw.n % len(ranked)
    return tuple((ranked + ranked)[start : start + draw.n])


def _rank(key: str, name: str) -> str:
    return uuid.uuid5(uuid.UUID(hex=key), name).hex
