"""What other tools report, joined with our learners and their activities. Pure.

Who: an account's name is the learner's id at the site, a mail address is when the LMS uses mail addresses as ids, and our own pseudonym is
at home everywhere; a person's name never counts. What: the activity's `evidence` names the object and the requirement that it meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lrs_bridge import origins
from lrs_bridge.credit.model import Stored
from lrs_bridge.other_tools import reports
from lrs_bridge.other_tools.reports import Report
from lrs_bridge.xapi import received
from lrs_bridge.xapi.references import term
from scorm_packager.activity.definition_model import DefinedEvidence, Definition

_KIND = "learner"
# Attempts reported by others are numbered after all that the package may count.
_FIRST_NUMBER = 1001


# --- who ----------------------------------------------------------------------------------------


def name_of(statement: Mapping[str, Any]) -> str | None:
    """What the actor is called there: `account <name>` or `mbox <address in lower case>`."""
    account = received.text(statement, "actor", "account", "name")
    if account is not None:
        return f"account {account}"
    mbox = received.text(statement, "actor", "mbox")
    return None if mbox is None else f"mbox {mbox.removeprefix('mailto:').lower()}"


def homepage_of(statement: Mapping[str, Any]) -> str | None:
    return received.text(statement, "actor", "account", "homePage")


def names_of_learner(learner_id: str, pseudonym: str) -> tuple[str, ...]:
    """What a learner may be called in the statements of other tools."""
    mail = (f"mbox {learner_id.lower()}",) if "@" in learner_id else ()
    return (f"account {learner_id}", f"account {pseudonym}", *mail)


def learner_term(site: str, name: str) -> bytes:
    return term(_KIND, f"{site} {name}")


def terms(statement: Mapping[str, Any], origin: str) -> frozenset[bytes]:
    """What a statement is found by besides: its learner, when it comes from an LMS's key or an upstream of a site."""
    site, name = origins.site_of(origin), name_of(statement)
    return frozenset({learner_term(site, name)}) if site and name else frozenset()


def spoken_of(statement: Mapping[str, Any], origin: str) -> tuple[str, str] | None:
    """Site and name of the learner of whom something is reported that may be evidence."""
    site, name = origins.site_of(origin), name_of(statement)
    if not site or not name or not reports.is_any(statement):
        return None
    return site, name


# --- what ---------------------------------------------------------------------------------------


def joined(
    own: Sequence[Stored], reported: Iterable[Sequence[Report]], registration: str, revision: str, definition: Definition
) -> tuple[Stored, ...]:
    """The registration's own statements and what is reported elsewhere, as one body of evidence.

    `reported` has, for each statement, the ways in which it can be understood. What the package says of a content for which a report is
    needed becomes `said-finished`: it shows that the learner went there, and is not enough.
    """
    needed = {one.content for one in definition.evidence if one.needed}
    kept = [replace(one, meaning="said-finished") if one.meaning == "finished" and one.object in needed else one for one in own]
    met = [stored for ways in reported for stored in _met(ways, registration, revision, definition)]
    return (*kept, *_numbered(met))


def _met(ways: Sequence[Report], registration: str, revision: str, definition: Definition) -> Iterator[Stored]:
    for wanted in definition.evidence:
        meaning = next((found for report in ways if (found := _meaning(report, wanted)) is not None), None)
        if meaning is not None:
            report = next(report for report in ways if _meaning(report, wanted) is not None)
            yield _stored(report, meaning, wanted, registration, revision)


def _meaning(report: Report, wanted: DefinedEvidence) -> str | None:
    """The kind of event that the report amounts to for this requirement."""
    if report.object != wanted.object or not _counts(report, wanted):
        return None
    if wanted.satisfies == "post":
        return "submitted" if report.is_result else None
    if wanted.satisfies == "evaluation":
        return "evaluated" if report.says == "evaluated" or report.is_completed else None
    done = report.is_passed(wanted.passing_score) if wanted.by == "passed" else report.is_completed
    return "finished" if done else None


def _counts(report: Report, wanted: DefinedEvidence) -> bool:
    """What nobody has verified counts only where the activity names the tool."""
    return report.vocabulary in wanted.from_ if wanted.from_ else report.verified


def _stored(report: Report, meaning: str, wanted: DefinedEvidence, registration: str, revision: str) -> Stored:
    return Stored(
        id=report.id,
        registration=registration,
        stored=report.stored,
        timestamp=report.timestamp,
        meaning=meaning,
        origin=report.origin,
        object=wanted.content,
        assessment="post" if meaning == "submitted" else "",
        success=report.success if report.success is not None or report.says == "assessed" else report.says == "passed",
        score=report.score,
        seconds=report.seconds,
        revision=revision,
        scored_by=report.scored_by,
        reported_by=report.vocabulary if report.verified else f"{report.vocabulary}, not verified",
    )


def _numbered(met: Sequence[Stored]) -> Iterator[Stored]:
    """Each result is an attempt of its own, numbered in the order in which they were made."""
    attempts = sorted((one for one in met if one.meaning == "submitted"), key=lambda one: (one.timestamp, one.id))
    numbers = {one.id: number for number, one in enumerate(attempts, start=_FIRST_NUMBER)}
    yield from (replace(one, attempt=numbers[one.id]) if one.meaning == "submitted" else one for one in met)
