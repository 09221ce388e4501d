"""What a learner must be told before starting (ACCME, enduring materials policy; AMA PRA): one block each, in the order of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from scorm_packager.activity import draws, markup, professions, wording
from scorm_packager.activity.definition_model import CreditOffer, DefinedContent, FrontMatterBlock, PostDefinition, PreDefinition
from scorm_packager.activity.model import Activity, Person
from scorm_packager.activity.problems import Place

# kind → heading; the text is templates/definition/front-matter/<kind>.html, and a block without text is left out.
BLOCKS = {
    "audience": "Who this activity is for",
    "needs": "Why this activity",
    "objectives": "Learning objectives",
    "faculty": "Faculty",
    "media": "Medium",
    "participation": "How to take part",
    "passing": "Passing score",
    "time": "Estimated time to complete",
    "dates": "Dates",
    "accreditation": "Accreditation",
    "designation": "Credit designation",
    "regulatory": "Topics required by law",
    "references": "References",
    "contact": "Contact",
    "requirements": "What you need",
    "privacy": "Privacy policy",
    "copyright": "Copyright",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the blocks show besides the activity itself."""

    offers: tuple[CreditOffer, ...]
    accreditation_html: str
    contents: tuple[DefinedContent, ...]
    pre: PreDefinition | None
    post: PostDefinition | None
    references: tuple[str, ...]


def blocks_of(activity: Activity, shown: Shown) -> tuple[FrontMatterBlock, ...]:
    words = _words(activity, shown)
    texts = {kind: wording.page(f"front-matter/{kind}.html", **words) for kind in BLOCKS}
    return tuple(FrontMatterBlock(kind=kind, heading=BLOCKS[kind], html=text) for kind, text in texts.items() if text)


def _words(activity: Activity, shown: Shown) -> dict[str, object]:
    audience = activity.audience
    return {
        "activity": activity,
        "professions": [_plural(name) for name in audience.professions] if audience else [],
        "specialties": audience.specialties if audience else (),
        "faculty": tuple(_faculty(activity.people)),
        "participation_html": markup.block(activity.participation, Place("activity.yaml"), prefix="participation-").html,
        "contents": shown.contents,
        "pre": shown.pre,
        "post": shown.post,
        "needed": _needed(shown.post),
        "asked": draws.how_many(shown.post) if shown.post else 0,
        "evaluation": activity.evaluation,
        "offers": shown.offers,
        "accreditation_html": shown.accreditation_html,
        "references": shown.references,
        "contact": activity.provider.contact,
    }


def _faculty(people: Iterable[Person]) -> Iterable[Person]:
    """The principal faculty: those who teach or write, and when nobody is called so, everybody in control of content."""
    teaching = [person for person in people if any(role.role in {"faculty", "author"} for role in person.roles)]
    return teaching or people


def _needed(post: PostDefinition | None) -> int:
    """How many items must be right; 0 where the package of somebody else keeps the score."""
    if post is None or post.from_:
        return 0
    return ceil(Fraction(str(post.passing_score)) * draws.how_many(post))


def _plural(name: str) -> str:
    found = professions.find(name)
    return found.plural if found else name
