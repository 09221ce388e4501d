"""The definition: all of an activity that screens and credit depend on, with every wording frozen.

Made by `definition.definition_of`, shipped in the package, kept for ever by the bridge. Amounts are decimal strings,
dates are ISO dates in `zone`, scores are 0..1, `*_html` fields are sanitised HTML. Field order is the canonical order of nothing:
`definition.canonical` sorts keys.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from scorm_packager.activity.model import Part, Share

DecimalText = Annotated[str, StringConstraints(pattern=r"^\d{1,4}(\.\d{1,4})?$")]
IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
RequirementKey = Literal["disclosure", "content", "post-assessment", "evaluation", "claim"]


class Option(Part):
    id: str
    html: str


_ANSWERS: dict[str, type] = {
    "choice": str, "multiple": list, "true-false": bool, "matching": dict, "ordering": list, "numeric": dict, "text": list,
}  # fmt: skip


class DefinedItem(Part):
    """An assessment item. `version` is a hash of all that a learner sees before responding, and of the key (8 hex digits).

    `answer`: choice "b"; multiple ["a", "c"]; true-false true; matching {"s1": "t1"}; ordering ["b", "a"];
    numeric {"from": "4", "to": "4"}; text ["apixaban", "Eliquis"], any of which is right.
    """

    id: str
    version: str
    kind: Literal["choice", "multiple", "true-false", "matching", "ordering", "numeric", "text"]
    objective: str | None
    vignette_html: str
    stem_html: str
    rationale_html: str
    choices: tuple[Option, ...] = ()
    sources: tuple[Option, ...] = ()
    targets: tuple[Option, ...] = ()
    unit: str = ""
    answer: str | bool | list[str] | dict[str, str]

    @model_validator(mode="after")
    def _answer_fits_kind(self) -> DefinedItem:
        wanted = _ANSWERS[self.kind]
        if not isinstance(self.answer, wanted):
            raise ValueError(f"the answer of a {self.kind} item is no {type(self.answer).__name__}")
        if self.kind == "numeric" and not _is_range(self.answer):
            raise ValueError("the answer of a numeric item is a range `from` .. `to` of decimal texts")
        return self


def _is_range(answer: object) -> bool:
    return isinstance(answer, dict) and set(answer) == {"from", "to"} and all(_NUMBER.fullmatch(bound) for bound in answer.values())


_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


class DefinedStep(Part):
    html: str  # what the case tells now
    items: tuple[str, ...]  # ids, answered before it goes on


class DefinedCase(Part):
    """A case in steps, in an assessment or as a content. A step's answers are final when the next step is opened."""

    id: str
    title: str
    steps: tuple[DefinedStep, ...]


class DefinedEvaluationItem(Part):
    id: str
    kind: Literal["rating", "choice", "multiple", "true-false", "numeric", "text"]
    stem_html: str
    choices: tuple[Option, ...] = ()
    unit: str = ""
    required: bool = True
    low: str = ""
    high: str = ""
    objective: str | None = None


class DefinedContent(Part):
    """`id` is unique in the activity. A page carries its HTML; a video its files' paths inside the package (under `content/`).

    `package` is the zip of somebody else's export, among `files`; what is in it goes into the package under `content/<id>/`.
    `done` and `stay` (minutes) say when it is finished, as in the activity's file.
    """

    id: str
    kind: Literal["page", "video", "package", "case"]
    title: str
    minutes: int
    case: str = ""  # the id of a case
    html: str = ""
    video: str = ""
    captions: str = ""
    poster: str = ""
    transcript_html: str = ""
    reflections: tuple[str, ...] = ()  # names of the reflective questions in its HTML: <section data-reflect="name">
    package: str = ""
    done: Literal["", "completed", "passed", "visited"] = ""
    stay: int = 0


class DefinedFile(Part):
    path: str  # inside the package, e.g. content/figure.svg
    sha256: str
    bytes: int


class FrontMatterBlock(Part):
    """One block of what a learner must be told before starting; `kind` is stable, e.g. faculty, media, participation, time, dates,
    accreditation, designation, objectives, audience, passing, references, contact."""

    kind: str
    heading: str
    html: str


class Disclosure(Part):
    """The disclosure as shown (ACCME Standard 3.5); `hash` is sha256 of `html`, and stands in the learner's acknowledgement."""

    html: str
    acknowledgement: str  # the sentence beside the button
    hash: str


class IdentifierAsk(Part):
    key: str  # npi, license, nabp-eprofile, birth-month-day, abim-id
    label: str
    pattern: str  # ECMAScript and Python regular expression, to be matched whole
    required: bool
    help: str = ""


class ConsentAsk(Part):
    key: str  # pars, cpe-monitor
    recipient: str
    text: str
    required: bool


class RuleUsed(Part):
    id: str
    from_: IsoDate = Field(alias="from")


class CreditOffer(Part):
    """A credit as offered. `claim`: `choice` (the learner chooses, from `minimum` to `maximum` in `step`), `fixed` (`maximum` or nothing),
    `equal` (the amount claimed of `equal_to`, or nothing)."""

    system: str
    name: str
    name_html: str
    unit: str  # singular: credit, contact hour, MOC point
    units: str  # plural
    maximum: DecimalText
    minimum: DecimalText
    step: DecimalText
    claim: Literal["choice", "fixed", "equal"]
    equal_to: str | None = None
    professions: tuple[str, ...]  # keys of professions.yaml that may be awarded it
    identifiers: tuple[IdentifierAsk, ...] = ()
    consents: tuple[ConsentAsk, ...] = ()
    attestation: str
    designation_html: str
    official_record: str | None = None  # where the official statement of credit comes from, when not from us (CPE Monitor)
    uan: str | None = None
    kind: str | None = None
    credit_type: str | None = None
    number: str | None = None
    approved_from: IsoDate | None = None
    approved_until: IsoDate | None = None
    rule: RuleUsed  # the wording's rule


class ProfessionOption(Part):
    key: str  # physician
    label: str  # Physician (MD, DO, MBBS or equivalent)


class DefinedProvider(Part):
    name: str
    id: str
    homepage: str
    contact_name: str
    contact_email: str
    contact_phone: str
    contact_address: str
    privacy_url: str
    colour: str
    on_colour: str
    signatory_name: str
    signatory_title: str
    late_days: int
    assurance: Literal["asserted", "linked", "confirmed"]
    accreditors: tuple[str, ...]


class DefinedDraw(Part):
    """`n` of `items`, another draw in each attempt (`draws.py`)."""

    items: tuple[str, ...]
    n: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _there_are_enough(self) -> DefinedDraw:
        if self.n > len(self.items):
            raise ValueError(f"{self.n} cannot be drawn from {len(self.items)}")
        return self


class PostDefinition(Part):
    items: tuple[str, ...]  # item ids in order: all that may be asked
    draws: tuple[DefinedDraw, ...] = ()  # an item that is in none of them is always asked
    shuffle: bool = False  # each attempt shows choices and targets in another order
    passing_score: Share
    attempts: Annotated[int, Field(ge=1)]
    feedback: Literal["after attempt", "after passing", "none"]
    from_: str | None = Field(default=None, alias="from")  # a content id whose score counts instead


class PreDefinition(Part):
    items: tuple[str, ...]
    draws: tuple[DefinedDraw, ...] = ()
    shuffle: bool = False


class DefinedEvidence(Part):
    """A report of another tool about `object` meets a requirement: `content` (then `content` is its id), `post` or `evaluation`."""

    object: str
    satisfies: Literal["content", "post", "evaluation"]
    content: str = ""
    by: Literal["completed", "passed"]
    passing_score: Share | None
    from_: tuple[str, ...] = Field(alias="from")  # names of vocabularies; any when empty
    needed: bool


class DefinedObjective(Part):
    id: str
    text: str
    level: str


class Translation(Part):
    """The activity in one more language: the texts that differ from its own, each by its path in the definition
    (`items.3.stem_html`). Ids, keys and versions are those of the activity's own language; only the disclosure's hash is its own.
    """

    language: str
    texts: dict[str, str]


class Definition(Part):
    schema_: Literal["d1"] = Field(default="d1", alias="schema")
    activity: str
    version: str
    title: str
    description: str
    language: str
    zone: str
    format: str
    media: tuple[str, ...]
    released: IsoDate | None
    reviewed: IsoDate | None
    terminates: IsoDate | None
    estimated_minutes: int | None
    provider: DefinedProvider
    joint_providers: tuple[str, ...]
    audience: tuple[str, ...]
    professions: tuple[ProfessionOption, ...]  # what a learner may choose, in order; the last is "other"
    objectives: tuple[DefinedObjective, ...]
    front_matter: tuple[FrontMatterBlock, ...]
    accreditation_html: str
    disclosure: Disclosure
    credits: tuple[CreditOffer, ...]
    participation_attestation: str
    contents: tuple[DefinedContent, ...]
    files: tuple[DefinedFile, ...]
    items: tuple[DefinedItem, ...]
    cases: tuple[DefinedCase, ...] = ()
    pre: PreDefinition | None
    post: PostDefinition | None
    evaluation: tuple[DefinedEvaluationItem, ...]
    evidence: tuple[DefinedEvidence, ...] = ()
    commitments: int  # how many commitments to change are asked for; 0 asks for none
    references: tuple[str, ...]  # HTML
    follow_up_days: tuple[int, ...]
    requires: tuple[RequirementKey, ...]  # what must be met for any credit
    lms_completion: Literal["content", "assessment", "evaluation", "claim"]
    translations: tuple[Translation, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The activity's own language, and those that it was translated into."""
        return (self.language, *(each.language for each in self.translations))

    @property
    def disclosure_hashes(self) -> tuple[str, ...]:
        """What an acknowledgement may name: the hash of the disclosure in any of the languages."""
        own = self.disclosure.hash
        return (own, *(each.texts.get("disclosure.hash", own) for each in self.translations))
