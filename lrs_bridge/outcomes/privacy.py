"""What is shown of few learners: nothing, and it is said that something was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MAIL = re.compile(r"\S+@\S+")
_LONG_NUMBER = re.compile(r"\+?\d[\d\s().-]{5,}\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """`least_group`: the fewest learners of whom results are shown; `least_cell`: the smallest count above zero that is shown."""

    name: str
    least_group: int
    least_cell: int

    def shows(self, learners: int) -> bool:
        return learners >= self.least_group

    def cells(self, counts: dict[str, int]) -> dict[str, int] | None:
        """Counts that add up to a total that is shown: all or none, for one alone could be had by subtraction."""
        return None if any(0 < count < self.least_cell for count in counts.values()) else counts


# The provider's staff see every record anyway: what is kept from them is a result that is really one person's.
INSIDE = Privacy(name="inside", least_group=5, least_cell=1)
# The usual rule for what leaves an organization (eleven is the smallest group, and the smallest cell).
OUTSIDE = Privacy(name="outside", least_group=11, least_cell=11)
FOR = {rule.name: rule for rule in (INSIDE, OUTSIDE)}


def scrubbed(text: str) -> str:
    """A learner's free text without what looks like a way to reach or identify somebody."""
    return _LONG_NUMBER.sub("[number]", _MAIL.sub("[address]", text))
