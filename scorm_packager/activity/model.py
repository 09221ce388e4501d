"""A certified educational activity as its authors write it: frozen, typed, with nothing unsaid.

Dates are plain dates in the activity's zone; minutes are whole minutes; scores are 0..1; credit amounts are Decimal.
Texts named in a field's comment as Markdown are CommonMark with tables and the containers of `markup.py`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

Profession = Annotated[str, Field(min_length=2)]  # a key or name of professions.yaml
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
ChoiceKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,3}$")]
Text = Annotated[str, Field(min_length=1)]
Iri = Annotated[str, Field(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")]


def _decimal_from_text(value: Any) -> Any:
    # A YAML float (1.1) has already lost its exact value; text or an integer has not.
    return str(value) if isinstance(value, float) else value


def _no_exponent(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError("must be a finite amount")
    return value


Amount = Annotated[Decimal, BeforeValidator(_decimal_from_text), AfterValidator(_no_exponent), Field(gt=0, max_digits=12)]
Quantity = Annotated[Decimal, BeforeValidator(_decimal_from_text), AfterValidator(_no_exponent), Field(ge=0)]
CreditAmount = Annotated[Amount, Field(lt=1000, decimal_places=4)]
Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[int, Field(gt=0, le=60_000)]  # credit ends below 1,000 hours


def _day_from_text(value: Any) -> Any:
    # Only 2026-11-30: a bare number would be taken for seconds, and a time of day has no place in a date.
    if isinstance(value, date) and not hasattr(value, "hour"):
        return value
    if isinstance(value, str) and len(value) == 10:
        return value
    raise ValueError("must be a date such as 2026-11-30")


Day = Annotated[date, BeforeValidator(_day_from_text)]


def _said(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else getattr(value, key, None)


class Part(BaseModel):
    """A frozen part of an activity; unknown keys are problems."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


# --- the provider (provider.yaml) ---------------------------------------------------------------


class Accreditation(Part):
    accreditor: Slug  # a file under accreditors/
    number: str = ""


class Contact(Part):
    name: Text
    email: Text
    phone: str = ""
    address: str = ""


class Branding(Part):
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#1f5f8b"
    on_colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#ffffff"


class Signatory(Part):
    name: Text
    title: Text


class Provider(Part):
    """The accredited provider: accountable for every rule (ACCME)."""

    name: Text
    id: str = ""
    homepage: Iri | None = None
    accreditations: tuple[Accreditation, ...] = Field(min_length=1)
    contact: Contact
    zone: Text | None = None
    branding: Branding = Branding()
    privacy_url: Iri | None = None
    late_days: Annotated[int, Field(ge=0, le=365)] = 14
    assurance: Literal["asserted", "linked", "confirmed"] = "asserted"
    signatory: Signatory | None = None


# --- planning -----------------------------------------------------------------------------------


class Providership(Part):
    kind: Literal["direct", "joint"] = "direct"
    with_: tuple[Text, ...] = Field(default=(), alias="with")


class TimeEstimate(Part):
    method: Text
    by: Text
    on: Day


class Audience(Part):
    professions: tuple[Profession, ...] = Field(min_length=1)
    specialties: tuple[Text, ...] = ()


Level = Literal["knowledge", "competence", "performance", "patient health", "community health"]


class Need(Part):
    id: Slug
    gap: Text
    need: Literal["knowledge", "competence", "performance"]
    desired_change: Text
    evidence: tuple[Text, ...] = ()


class Objective(Part):
    id: Slug
    text: Text
    need: Slug | None = None
    level: Level = "knowledge"


class Approval(Part):
    from_: Day = Field(alias="from")
    until: Day


class Credit(Part):
    """What one credit system designates for this activity; the rules stand in `credit_systems/<system>.yaml`."""

    system: Slug
    maximum: CreditAmount
    uan: str | None = None
    kind: Literal["knowledge", "application", "certificate program"] | None = None
    credit_type: str | None = None
    approved: Approval | None = None
    number: str | None = None
    statement: str | None = None  # where a system's owner hands out the wording itself (AAFP)


class RegulatoryTopic(Part):
    jurisdiction: Text
    topic: Text
    hours: Amount


# --- people and money ---------------------------------------------------------------------------


class Role(Part):
    role: Literal["faculty", "author", "planner", "nurse planner", "reviewer", "editor", "moderator", "staff"]
    from_: Day = Field(alias="from")


Nature = Literal[
    "employee",
    "researcher",
    "consultant",
    "advisor",
    "speaker",
    "independent contractor",
    "royalties or patent beneficiary",
    "executive role",
    "ownership interest",
]


class Relationship(Part):
    """A financial relationship with an ineligible company in the 24 months before disclosure (ACCME Standard 3.1)."""

    company: Text
    nature: tuple[Nature, ...] = Field(min_length=1)
    started: Day | None = None
    ended: Day | None = None
    relevant: bool
    mitigated: Day | None = None
    steps: tuple[Text, ...] = ()
    exception: Literal["unrelated to content", "basic science", "device technique"] | None = None  # Standard 3.2 (a)-(c)


class Person(Part):
    """An individual in control of content."""

    name: Text
    credentials: str = ""
    affiliation: str = ""
    roles: tuple[Role, ...] = Field(min_length=1)
    disclosed: Day | None = None
    relationships: tuple[Relationship, ...] = ()


class CommercialSupport(Part):
    company: Text
    kind: Literal["monetary", "in-kind"]
    amount: Amount | None = None
    nature: str = ""
    agreement: Day | None = None  # the day the written agreement was executed


class ContentReview(Part):
    reviewer: Text
    on: Day
    outcome: Literal["valid", "valid after changes", "not valid"]


# --- contents -----------------------------------------------------------------------------------


class Page(Part):
    page: Text  # a Markdown file; its first heading is the title
    id: Slug | None = None
    title: str | None = None
    minutes: Minutes


class Video(Part):
    video: Text
    captions: str | None = None
    transcript: str | None = None  # a Markdown file
    poster: str | None = None
    id: Slug | None = None
    title: Text
    minutes: Minutes


class WrappedPackage(Part):
    """Somebody else's export, played untouched.

    `done` says when it is finished: it reported so itself (`completed`), it reported a pass (`passed`), or the learner says so (`visited`),
    which is possible once the package was open for `stay` minutes.
    """

    package: Text
    id: Slug | None = None
    title: str | None = None
    minutes: Minutes
    done: Literal["completed", "passed", "visited"] = "completed"
    stay: Annotated[int, Field(ge=0)] = 0


class CaseStudy(Part):
    """A case of `cases` as content: its items are answered there for practice, each step with its rationale once it is closed."""

    case: Slug
    id: Slug | None = None
    title: str | None = None  # the case's own when not given
    minutes: Minutes


def _content_tag(value: Any) -> str | None:
    return next((f"<{key}>" for key in ("page", "video", "package", "case") if _said(value, key) is not None), None)


# Tags stand between < and >, so that the path of a problem can be told from the keys of the file.
Content = Annotated[
    Annotated[Page, Tag("<page>")]
    | Annotated[Video, Tag("<video>")]
    | Annotated[WrappedPackage, Tag("<package>")]
    | Annotated[CaseStudy, Tag("<case>")],
    Discriminator(_content_tag),
]


# --- assessment and evaluation ------------------------------------------------------------------


class ItemBase(Part):
    id: Slug
    objective: Slug | None = None
    bank: Slug | None = None  # what `draw` may draw from, besides objectives
    vignette: str = ""  # Markdown
    stem: Text  # Markdown
    rationale: str = ""  # Markdown


class ChoiceItem(ItemBase):
    kind: Literal["choice"]
    choices: dict[ChoiceKey, Text] = Field(min_length=2, max_length=26)
    answer: ChoiceKey


class MultipleItem(ItemBase):
    kind: Literal["multiple"]
    choices: dict[ChoiceKey, Text] = Field(min_length=2, max_length=26)
    answer: tuple[ChoiceKey, ...] = Field(min_length=1)


class TrueFalseItem(ItemBase):
    kind: Literal["true-false"]
    answer: bool


class MatchingItem(ItemBase):
    kind: Literal["matching"]
    sources: dict[ChoiceKey, Text] = Field(min_length=2, max_length=26)
    targets: dict[ChoiceKey, Text] = Field(min_length=2, max_length=26)
    answer: dict[ChoiceKey, ChoiceKey]


class OrderingItem(ItemBase):
    kind: Literal["ordering"]
    choices: dict[ChoiceKey, Text] = Field(min_length=2, max_length=12)
    answer: tuple[ChoiceKey, ...] = Field(min_length=2)


class NumericRange(Part):
    from_: Annotated[Decimal, BeforeValidator(_decimal_from_text)] = Field(alias="from")
    to: Annotated[Decimal, BeforeValidator(_decimal_from_text)]


class NumericItem(ItemBase):
    kind: Literal["numeric"]
    answer: NumericRange
    unit: str = ""


class TextItem(ItemBase):
    """A short text, written; right when it is one of `answer`, whatever the capitals and spaces."""

    kind: Literal["text"]
    answer: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(min_length=1, max_length=40)


def _item_tag(value: Any) -> str | None:
    kind = _said(value, "kind")
    return f"<{kind}>" if isinstance(kind, str) else None


Item = Annotated[
    Annotated[ChoiceItem, Tag("<choice>")]
    | Annotated[MultipleItem, Tag("<multiple>")]
    | Annotated[TrueFalseItem, Tag("<true-false>")]
    | Annotated[MatchingItem, Tag("<matching>")]
    | Annotated[OrderingItem, Tag("<ordering>")]
    | Annotated[NumericItem, Tag("<numeric>")]
    | Annotated[TextItem, Tag("<text>")],
    Discriminator(_item_tag),
]


class CaseStep(Part):
    """What the case tells next, and the items that are answered before it goes on."""

    text: Text  # Markdown
    items: tuple[Slug, ...] = Field(min_length=1)


class Case(Part):
    """A clinical case in steps: the answers to a step are final when the next is opened."""

    id: Slug
    title: Text
    steps: tuple[CaseStep, ...] = Field(min_length=1, max_length=20)


def _list_or_word(value: Any) -> str:
    return "<word>" if isinstance(value, str) else "<list>"


Chosen = Annotated[Annotated[Literal["all"], Tag("<word>")] | Annotated[tuple[Slug, ...], Tag("<list>")], Discriminator(_list_or_word)]


class Draw(Part):
    """`n` items of one bank, of one objective, or of all."""

    from_: Slug = Field(alias="from")
    n: Annotated[int, Field(ge=1, le=200)]


class PreAssessment(Part):
    """`items` are always asked; with `draw`, only those that are listed, and `n` of each bank besides."""

    items: Chosen = "all"
    draw: tuple[Draw, ...] = ()
    shuffle: bool = False


class PostAssessment(Part):
    items: Chosen = "all"
    draw: tuple[Draw, ...] = ()
    shuffle: bool = False
    passing_score: Share | None = None
    attempts: Annotated[int, Field(ge=1, le=20)] = 3
    feedback: Literal["after attempt", "after passing", "none"] = "after attempt"
    from_: str | None = Field(default=None, alias="from")


class Assessments(Part):
    pre: PreAssessment | None = None
    post: PostAssessment | None = None


Tool = Literal["adl", "articulate", "captivate", "cmi5", "h5p", "moodle", "scorm-profile"]
AnyIri = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+$")]


class ElsewhereEvidence(Part):
    """What another tool reports about an object of its own, and which requirement of this activity that meets."""

    object: AnyIri  # as that tool's statements name it
    satisfies: Annotated[str, Field(pattern=r"^(content:[a-z0-9]+(?:-[a-z0-9]+)*|post|evaluation)$")]
    by: Literal["completed", "passed"] = "completed"  # what must be reported of a content
    passing_score: Share | None = None  # of a content, where the tool reports a score and no verdict
    from_: tuple[Tool, ...] = Field(default=(), alias="from")  # whose way of reporting counts; any when none is named
    needed: bool = False  # of a content: without it, that the learner went through it in the package is not enough


class EvaluationItem(Part):
    """One question of the activity evaluation; it has no right answer. `rating` is 1 (strongly disagree) .. 5 (strongly agree)."""

    id: Slug
    kind: Literal["rating", "choice", "multiple", "true-false", "numeric", "text"]
    stem: Text
    choices: dict[ChoiceKey, Text] = {}
    unit: str = ""
    required: bool = True
    low: str = ""
    high: str = ""


class Evaluation(Part):
    extends: Slug | None = "standard"  # a file under evaluations/
    items: tuple[EvaluationItem, ...] = ()


class CommitmentToChange(Part):
    ask: Annotated[int, Field(ge=0, le=5)] = 3


class FollowUp(Part):
    after_days: Annotated[int, Field(ge=1, le=730)]
    form: Slug = "standard"


class Reporting(Part):
    """Assigned by others later; not part of the definition."""

    pars_activity_id: str | None = None
    fee: str | None = None
    url: Iri | None = None


LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Activity(Part):
    activity: Iri
    version: Annotated[str, Field(min_length=1, max_length=40)]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    description: Annotated[str, Field(min_length=1, max_length=2500)]
    language: LanguageTag = "en"
    languages: tuple[LanguageTag, ...] = ()  # translations, each in activity.<language>.yaml
    zone: Text
    provider: Provider
    providership: Providership = Providership()
    format: Literal["enduring material", "live activity", "other activity"] = "enduring material"
    clinical: bool = True
    media: tuple[Text, ...] = ()
    released: Day | None = None
    reviewed: Day | None = None
    terminates: Day | None = None
    estimated_minutes: Minutes | None = None
    time_estimate: TimeEstimate | None = None
    participation: str = ""  # Markdown; how to take part; written by the packager from the screens when empty
    audience: Audience | None = None
    needs: tuple[Need, ...] = ()
    objectives: tuple[Objective, ...] = ()
    competencies: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    regulatory: tuple[RegulatoryTopic, ...] = ()
    people: tuple[Person, ...] = ()
    commercial_support: tuple[CommercialSupport, ...] = ()
    content_review: ContentReview | None = None
    contents: tuple[Content, ...] = Field(min_length=1)
    assessments: Assessments = Assessments()
    items: tuple[Item, ...] = ()
    cases: tuple[Case, ...] = ()
    evaluation: Evaluation | None = None
    evidence: tuple[ElsewhereEvidence, ...] = ()
    commitment_to_change: CommitmentToChange = CommitmentToChange(ask=0)
    follow_up: tuple[FollowUp, ...] = ()
    references: tuple[Text, ...] = ()
    copyright: str = ""
    requirements: str = ""  # hardware and software a learner needs
    lms_completion: Literal["content", "assessment", "evaluation", "claim"] = "evaluation"
    reporting: Reporting = Reporting()
