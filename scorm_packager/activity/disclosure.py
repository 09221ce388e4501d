"""What learners are told about financial relationships before they start (ACCME Standards for Integrity and Independence 3.5 and 4).

| clinical | relevant relationships | commercial support | shown |
|---|---|---|---|
| yes | yes | either | names, companies, natures, that they were mitigated; that the others have none |
| yes | no | either | that nobody has any |
| no | | either | nothing of relationships (Standard 3, exception for content that is not clinical) |

Commercial support is named, with its nature where it is in kind. Companies appear by name only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from scorm_packager.activity import wording
from scorm_packager.activity.definition_model import Disclosure
from scorm_packager.activity.model import Activity, CommercialSupport, Person, Relationship

ACKNOWLEDGEMENT = "I have read this disclosure information."
ACKNOWLEDGEMENT_NOT_CLINICAL = "I have read this information."


@dataclass(frozen=True, slots=True)
class Told:
    """What one person's line says. `relationships` are the relevant ones."""

    name: str
    roles: str
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be shown: `related` and `others` are empty for content that is not clinical."""

    clinical: bool
    related: tuple[Told, ...]
    others: tuple[Told, ...]
    mitigated: bool
    support: tuple[CommercialSupport, ...]


def disclosure_of(activity: Activity) -> Disclosure:
    facts = facts_of(activity)
    html = wording.page("disclosure.html", facts=facts)
    acknowledgement = ACKNOWLEDGEMENT if facts.clinical else ACKNOWLEDGEMENT_NOT_CLINICAL
    return Disclosure(html=html, acknowledgement=acknowledgement, hash=hashlib.sha256(html.encode()).hexdigest())


def facts_of(activity: Activity) -> Facts:
    people = tuple(_told(person) for person in activity.people) if activity.clinical else ()
    related = tuple(told for told in people if told.relationships)
    return Facts(
        clinical=activity.clinical,
        related=related,
        others=tuple(told for told in people if not told.relationships),
        mitigated=all(relationship.mitigated for told in related for relationship in told.relationships),
        support=activity.commercial_support,
    )


def _told(person: Person) -> Told:
    name = ", ".join(part for part in (person.name, person.credentials) if part)
    relevant = tuple(relationship for relationship in person.relationships if relationship.relevant)
    return Told(name, wording.listing(_roles(person)), relevant)


def _roles(person: Person) -> Iterable[str]:
    return dict.fromkeys(role.role for role in person.roles)
