"""The values that deciding credit works on: what a registration's statements show, what is in force, and what was decided.

All times are aware and in UTC, all dates are dates in the activity's zone, all amounts are decimal strings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Literal

from scorm_packager.activity.credit_rule import CreditRule
from scorm_packager.activity.definition_model import Definition

PARTICIPATION = "participation"  # stands where a credit system's key stands, for those whom no offered credit is open to


class Origin(StrEnum):
    """How a statement came in. Only the first three are evidence."""

    LAUNCH = "launch"  # with a launch token of its own registration
    KEY = "key"  # with the site's LMS key
    UPSTREAM = "upstream"  # pulled from a named upstream
    OTHER = "other"


class Assurance(StrEnum):
    """How sure we are that the registration is the learner's, weakest first."""

    ASSERTED = "asserted"
    LINKED = "linked"
    CONFIRMED = "confirmed"

    @property
    def rank(self) -> int:
        return list(Assurance).index(self)


# --- evidence -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One stored statement, read through `meanings.yaml`. `object` is the item, content, credit system or voided id it speaks of."""

    id: str
    registration: str
    stored: datetime
    timestamp: datetime
    meaning: str
    origin: str
    sequence: int | None = None
    object: str = ""
    assessment: str = ""  # pre or post
    attempt: int = 1
    response: str | None = None
    success: bool | None = None
    score: str | None = None
    seconds: int | None = None
    amount: str | None = None
    text_hash: str | None = None
    strength: int | None = None
    revision: str = ""
    scored_by: str = "bridge"
    reported_by: str = ""  # the other tool whose word it is; empty for what a package of ours says


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where and when something was said: one statement, without what it said."""

    id: str
    timestamp: datetime
    stored: datetime
    sequence: int | None
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    hash: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    content: str
    seconds: int | None
    mark: Mark
    reported_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A response to an assessment or evaluation item; the last one before its submission."""

    item: str
    response: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A submitted attempt at an assessment. What the package reported about it is kept for comparison and decides nothing.

    `repeated` are the ids of further submissions under its number, which are left out.
    """

    number: int
    submitted: Mark
    responses: tuple[Response, ...]
    reported_success: bool | None
    reported_score: str | None
    scored_by: str
    reported_by: str = ""
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    number: str
    text: str
    strength: int | None
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The learner's last word on one credit system. `amount` is None for a decline.

    `asked` is when that word was first given: a corrected amount does not move the day of completion.
    `earlier` are the amounts claimed since then and before this one, in order.
    """

    system: str
    amount: str | None
    asked: Mark
    mark: Mark
    earlier: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the statements of one registration show, whatever the order and number of times in which they arrived."""

    registration: str
    opened: tuple[Mark, ...] = ()
    read: Mark | None = None
    disclosed: tuple[Disclosed, ...] = ()
    first_content: Mark | None = None  # the earliest of anything that is content: finished, or answered post-activity
    first_content_sequence: int | None = None  # the lowest sequence number among them
    first_content_arrived: datetime | None = None  # the earliest arrival among those that the package sent itself
    finished: tuple[Finished, ...] = ()
    pre: tuple[Attempt, ...] = ()
    post: tuple[Attempt, ...] = ()
    awaited: tuple[Finished, ...] = ()  # contents finished by the package's word, where another tool's report is needed
    evaluated: Mark | None = None
    evaluated_by: str = ""  # the other tool, where it says so
    ratings: tuple[Response, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    claims: tuple[Claim, ...] = ()
    last: Mark | None = None  # the latest of all that counts, `opened` and `read` aside
    revisions: frozenset[str] = frozenset()


# --- what is in force ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a decision may know of a learner: the profession, and which identifiers and consents were given, never their values."""

    profession: str | None = None
    identifiers: frozenset[str] = frozenset()
    consents: frozenset[str] = frozenset()


OverrideKind = Literal["grant-attempt", "accept-late", "void-item", "manual-award"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Somebody's decision that ours must take into account; `when` is an ISO date.

    grant-attempt: one more attempt for the person at the activity. accept-late: late statements count at their own time.
    void-item: `item` (and `item_version`, when given) is left out of every score. manual-award: `system`, `amount`, `completed_on`.
    """

    id: str
    kind: OverrideKind
    who: str
    why: str
    when: str
    item: str = ""
    item_version: str = ""
    system: str = ""
    amount: str = ""
    completed_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates in force for an activity; the termination day is inclusive."""

    released: date | None = None
    reviewed: date | None = None
    terminates: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptElsewhere:
    """A submitted post-activity attempt of the same person in another registration of the same activity."""

    registration: str
    number: int
    timestamp: datetime
    stored: datetime


RuleBook = Callable[[str, date], CreditRule | None]  # scorm_packager.activity.credits.rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is in force for one registration. `rules` is `scorm_packager.activity.credits.rule`.

    `attempts_elsewhere` and `professions_elsewhere` (what the same person said to be there) are filled by `allot.settle`.
    """

    dates: Dates
    rules: RuleBook
    assurance: Assurance = Assurance.ASSERTED
    overrides: tuple[Override, ...] = ()
    attempts_elsewhere: tuple[AttemptElsewhere, ...] = ()
    professions_elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One registration with all that its decisions depend on.

    `definitions` holds every definition that its statements name and the one it was launched under last, as far as known.
    """

    person: str
    site: str
    registration: str
    activity: str
    draw_key: str  # what the registration's assessments draw their items with
    evidence: Evidence
    definitions: Mapping[str, Definition]
    profile: Profile
    terms: Terms
    launched_under: str | None = None


# --- what was decided ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in plain words. `remedy` says what can be done about it, `by` who can: learner, coordinator or author."""

    code: str
    text: str
    remedy: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class RuleApplied:
    id: str
    from_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    outcome: ClassVar[str] = ""

    registration: str
    activity: str
    version: str  # of the definition decided on; empty when it is not known
    definition: str
    system: str
    designated: str = ""
    computed: str = ""
    claimed: str = ""
    awarded: str = ""
    unit: str = ""
    completed_on: str | None = None
    reasons: tuple[Reason, ...] = ()
    rule: RuleApplied | None = None
    statements: tuple[str, ...] = ()  # sorted ids of the statements it rests on
    flags: tuple[Reason, ...] = ()  # for staff only; they change nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(_Decided):
    """The credit is the learner's; the reasons say how each requirement was met."""

    outcome: ClassVar[str] = "award"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall(_Decided):
    """Not awarded; the reasons name everything that is missing, each with its remedy."""

    outcome: ClassVar[str] = "shortfall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(_Decided):
    """Waiting for somebody; the reasons name who must do what."""

    outcome: ClassVar[str] = "held"


Decision = Award | Shortfall | Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligible:
    """What `decide` says of one registration and credit, before the person's other registrations are looked at."""

    person: str
    site: str
    decision: Decision
    completed_at: datetime | None = field(default=None)
    equal_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A current decision: what stands for this person, registration and credit."""

    person: str
    site: str
    decision: Decision
