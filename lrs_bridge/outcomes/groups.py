"""How far each profession came, with groups that are too small shown together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lrs_bridge.outcomes.measures import STAGES, Learner
from lrs_bridge.outcomes.privacy import Privacy

NOT_KNOWN = "not known"
TOGETHER = "all others"

_Counts = Mapping[str, int]


def by_profession(everyone: Sequence[Learner], privacy: Privacy) -> list[dict[str, Any]] | None:
    """Learners at each stage, profession by profession; None when even the small groups together are too few to be shown.

    A group with a count too small to show goes with the others of its kind: its own numbers cannot be had by subtraction, for
    the totals are shown as well.
    """
    names = sorted({one.profession or NOT_KNOWN for one in everyone})
    groups = {name: _counts([one for one in everyone if (one.profession or NOT_KNOWN) == name]) for name in names}
    large = {name: counts for name, counts in groups.items() if privacy.cells(dict(counts)) is not None}
    small = [counts for name, counts in groups.items() if name not in large]
    if not small:
        return [_row(name, counts) for name, counts in large.items()]
    together = {stage: sum(counts[stage] for counts in small) for stage in STAGES}
    if len(small) == 1 or privacy.cells(together) is None:
        return None
    return [*(_row(name, counts) for name, counts in large.items()), _row(TOGETHER, together)]


def _counts(group: Sequence[Learner]) -> _Counts:
    return {stage: sum(1 for one in group if stage in one.stages) for stage in STAGES}


def _row(name: str, counts: _Counts) -> dict[str, Any]:
    return {"profession": name, "n": dict(counts)}
