"""The shape that nearly all statements have, judged at one go: whatever has it has no problem. All else is judged by `statement`.

It is narrower than the standard and never wider; a test holds every statement that passes here against the full judgement.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

# Each a part of what `formats` admits: as a whole text (`\\Z`), because `$` would let a line's end pass.
_Iri = Annotated[str, Meta(pattern=r"\A[A-Za-z][A-Za-z0-9+.\-]*:[!#-;=?-\[\]_a-z~]+\Z")]
_Uuid = Annotated[str, Meta(pattern=r"\A[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}\Z")]
_Mailto = Annotated[str, Meta(pattern=r"\Amailto:[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\Z")]
_Sha1 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{40}\Z")]
_Language = Annotated[str, Meta(pattern=r"\A[a-zA-Z]{2,3}(?:-[a-zA-Z]{2})?\Z")]
_Duration = Annotated[str, Meta(pattern=r"\AP(?:[0-9]+D)?T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?\Z")]
# Days that every month has.
_Timestamp = Annotated[
    str,
    Meta(
        pattern=r"\A20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?"
        r"(?:Z|\+(?:0[0-9]|1[0-3]):[0-5][0-9])\Z"
    ),
]
_LanguageMap = dict[_Language, str]
_Extensions = dict[_Iri, Any]


class _Shape(Struct, forbid_unknown_fields=True, gc=False):
    """Only properties that are named here, in that very spelling."""


class _Account(_Shape):
    homePage: _Iri
    name: str


class _Agent(_Shape):
    objectType: Literal["Agent"] | UnsetType = UNSET
    name: str | UnsetType = UNSET
    mbox: _Mailto | UnsetType = UNSET
    mbox_sha1sum: _Sha1 | UnsetType = UNSET
    openid: _Iri | UnsetType = UNSET
    account: _Account | UnsetType = UNSET

    def __post_init__(self) -> None:
        if (self.mbox, self.mbox_sha1sum, self.openid, self.account).count(UNSET) != 3:
            raise ValueError


class _Verb(_Shape):
    id: _Iri
    display: _LanguageMap | UnsetType = UNSET


class _Definition(_Shape):
    """An interaction's parts are left to the full judgement."""

    name: _LanguageMap | UnsetType = UNSET
    description: _LanguageMap | UnsetType = UNSET
    type: _Iri | UnsetType = UNSET
    moreInfo: _Iri | UnsetType = UNSET
    extensions: _Extensions | UnsetType = UNSET
    interactionType: (
        Literal["true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"]
        | UnsetType
    ) = UNSET


class _Activity(_Shape):
    id: _Iri
    objectType: Literal["Activity"] | UnsetType = UNSET
    definition: _Definition | UnsetType = UNSET


class _Score(_Shape):
    """The scaled score alone, or with a raw one within its bounds."""

    scaled: Annotated[float, Meta(ge=-1, le=1)] | UnsetType = UNSET
    # Whole numbers stay whole: as floats 9007199254740993 and its neighbour are one.
    raw: int | float | UnsetType = UNSET
    min: int | float | UnsetType = UNSET
    max: int | float | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.raw is UNSET and self.min is UNSET and self.max is UNSET:
            return
        if self.raw is UNSET or self.min is UNSET or self.max is UNSET:
            raise ValueError
        if not self.min < self.max or not self.min <= self.raw <= self.max:
            raise ValueError


class _Result(_Shape):
    score: _Score | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    response: str | UnsetType = UNSET
    duration: _Duration | UnsetType = UNSET
    extensions: _Extensions | UnsetType = UNSET


class _ContextActivities(_Shape):
    parent: list[_Activity] | UnsetType = UNSET
    grouping: list[_Activity] | UnsetType = UNSET
    category: list[_Activity] | UnsetType = UNSET
    other: list[_Activity] | UnsetType = UNSET


class _Context(_Shape):
    registration: _Uuid | UnsetType = UNSET
    instructor: _Agent | UnsetType = UNSET
    contextActivities: _ContextActivities | UnsetType = UNSET
    revision: str | UnsetType = UNSET
    platform: str | UnsetType = UNSET
    language: _Language | UnsetType = UNSET
    extensions: _Extensions | UnsetType = UNSET


class _Statement(_Shape):
    """No attachments, no groups, no reference to another statement, nothing that an LRS sets but the version that most clients name."""

    actor: _Agent
    verb: _Verb
    object: _Activity
    id: _Uuid | UnsetType = UNSET
    result: _Result | UnsetType = UNSET
    context: _Context | UnsetType = UNSET
    timestamp: _Timestamp | UnsetType = UNSET
    version: Literal["1.0.0", "1.0.1", "1.0.2", "1.0.3"] | UnsetType = UNSET


def is_plain(value: Any, voided: str) -> bool:
    """Whether a JSON value is a statement of that shape, and so one without problems. `voided` is the verb that it may not have."""
    try:
        return msgspec.convert(value, _Statement).verb.id != voided
    except (ValueError, RecursionError):
        return False
