"""Learners at work, in raw statements as a package sends them; a test states only what matters to it.

The plain case: a physician takes a small activity on 4 December 2026, 10:00 in Chicago, one minute for each step.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from lrs_bridge import evidence, meanings
from lrs_bridge.credit import allot
from lrs_bridge.credit.model import Assurance, Case, Dates, Decision, Evidence, Origin, Override, Profile, Settled, Stored, Terms
from scorm_packager.activity import dated
from scorm_packager.activity import vocabulary as v
from scorm_packager.activity.credit_rule import CreditRule
from scorm_packager.activity.definition_model import Definition

ACTIVITY = "https://cme.northfield.example/activities/af"
NEW_YEAR_2017 = "2017-01-01"
TEN_IN_CHICAGO = datetime(2026, 12, 4, 16, 0, tzinfo=UTC)
D1 = "d1-" + "1" * 40
REGISTRATION = "00000000-0000-4000-8000-00000000000a"
REQUIRED = ("disclosure", "content", "post-assessment", "evaluation", "claim")
SECOND_REGISTRATION = "00000000-0000-4000-8000-00000000000b"


# --- what happens ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    kind: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None  # by the learner's device
    stored: datetime | None = None
    sequence: int | None = None
    revision: str | None = None
    origin: str = Origin.LAUNCH


def opened() -> Event:
    return Event("opened")


def disclosed(text: str = "disclosure-hash") -> Event:
    return Event("disclosed", {"hash": text})


def finished(*contents: str, seconds: int = 600) -> tuple[Event, ...]:
    return tuple(Event("finished", {"c": content, "d": seconds}) for content in contents or ("reading", "lecture"))


def assessed(a: str, *responses: str, attempt: int = 1, success: bool | None = None) -> tuple[Event, ...]:
    """Answers q1, q2, ... in order and submits; `b` is right for each."""
    answers = (Event("answered", {"a": a, "t": attempt, "i": f"q{k}", "r": r}) for k, r in enumerate(responses, start=1))
    told = responses.count("b") >= 3 if success is None else success
    return (*answers, Event("submitted", {"a": a, "t": attempt, "success": told}))


def passes(attempt: int = 1) -> tuple[Event, ...]:
    return assessed("post", "b", "b", "b", "b", attempt=attempt)


def fails(attempt: int = 1) -> tuple[Event, ...]:
    return assessed("post", "b", "a", "a", "a", attempt=attempt)


def evaluated() -> tuple[Event, ...]:
    return (Event("rated", {"i": "fair", "r": "4"}), Event("evaluated"))


def claimed(system: str = "ama-pra-1", amount: str = "1.00") -> Event:
    return Event("claimed", {"s": system, "m": amount})


def declined(system: str | None = None) -> Event:
    return Event("declined", {"s": system})


def all_but_claim() -> tuple[Event, ...]:
    return (disclosed(), *finished(), *passes(), *evaluated())


def everything(system: str = "ama-pra-1", amount: str = "1.00") -> tuple[Event, ...]:
    return (*all_but_claim(), claimed(system, amount))


def at(moment: datetime, *events: Event, stored: datetime | None = None) -> tuple[Event, ...]:
    """The same events at one moment, arriving then or at `stored`."""
    return tuple(replace(event, at=moment, stored=stored or moment) for event in events)


def under(revision: str, *events: Event) -> tuple[Event, ...]:
    return tuple(replace(event, revision=revision) for event in events)


# --- as statements ----------------------------------------------------------------------------------


def statements(events: Iterable[Event], registration: str = REGISTRATION, start: datetime = TEN_IN_CHICAGO) -> tuple[Stored, ...]:
    """The events one minute apart from `start`, each stored two seconds later, read as the bridge reads them."""
    read = (_read(n, event, registration, start + timedelta(minutes=n)) for n, event in enumerate(events, start=1))
    return tuple(read)


def _read(n: int, event: Event, registration: str, usual: datetime) -> Stored:
    moment = event.at or usual
    raw = raw_statement(n, replace(event, at=moment), registration)
    stored = event.stored or moment + timedelta(seconds=2)
    found = meanings.read(raw, origin=event.origin, stored=stored, activity=ACTIVITY)
    assert found is not None, raw
    return found


def raw_statement(n: int, event: Event, registration: str = REGISTRATION) -> dict[str, Any]:
    """One event as docs/data-flow.md §4 says it."""
    verb, place, result = _said(event)
    sequence = event.sequence or n
    context: dict[str, Any] = {
        "registration": registration,
        "revision": event.revision or D1,
        "contextActivities": {"grouping": [{"id": ACTIVITY}], "category": [{"id": v.PROFILE, "definition": {"type": v.TYPE_PROFILE}}]},
        "extensions": {v.EXT_SEQUENCE: sequence} | _context_extensions(event.payload),
    }
    if event.kind == "answered":
        context["contextActivities"]["parent"] = [{"id": f"{ACTIVITY}/assessments/{event.payload['a']}"}]
    if event.kind == "practised":
        context["contextActivities"]["parent"] = [{"id": f"{ACTIVITY}/contents/{event.payload['c']}"}]
    return {
        "id": str(uuid.uuid5(uuid.UUID(registration), f"{n} {event.kind}")),
        "actor": {"objectType": "Agent", "account": {"homePage": "https://northfield.example", "name": "pseudonym"}},
        "verb": {"id": verb},
        "object": {"id": f"{ACTIVITY}{place}"},
        "result": result,
        "context": context,
        "timestamp": (event.at or TEN_IN_CHICAGO).isoformat().replace("+00:00", "Z"),
    }


def _context_extensions(payload: Mapping[str, Any]) -> dict[str, Any]:
    attempt = {v.EXT_ATTEMPT: payload["t"]} if "t" in payload else {}
    return attempt | ({v.EXT_TEXT_HASH: payload["hash"]} if "hash" in payload else {})


def _said(event: Event) -> tuple[str, str, dict[str, Any]]:
    """Verb, place under the activity, and result."""
    verb, place, result = SAYINGS[event.kind]
    return (verb(event.payload) if callable(verb) else verb), place(event.payload), result(event.payload)


SAYINGS: dict[str, tuple[Any, Any, Any]] = {
    "opened": (v.INITIALIZED, lambda p: "", lambda p: {}),
    "disclosed": (v.ACKNOWLEDGED, lambda p: "/disclosure", lambda p: {}),
    "answered": (v.ANSWERED, lambda p: f"/items/{p['i']}", lambda p: {"response": p["r"]}),
    "submitted": (
        lambda p: _verdict(p),
        lambda p: f"/assessments/{p['a']}",
        lambda p: {"success": p["success"]} if p["a"] == "post" else {},
    ),
    "practised": (v.ANSWERED, lambda p: f"/items/{p['i']}", lambda p: {"response": p["r"], "success": p["ok"]}),
    "closed": (v.COMPLETED, lambda p: f"/cases/{p['c']}/steps/{p['k']}", lambda p: {"completion": True}),
    "reflected": (v.RESPONDED, lambda p: f"/contents/{p['c']}/reflections/{p['i']}", lambda p: {"response": p["r"]}),
    "finished": (v.COMPLETED, lambda p: f"/contents/{p['c']}", lambda p: {"duration": f"PT{p['d']}S"}),
    "rated": (v.ANSWERED, lambda p: f"/evaluation/{p['i']}", lambda p: {"response": p["r"]}),
    "evaluated": (v.EVALUATED, lambda p: "/evaluation", lambda p: {}),
    "committed": (v.COMMITTED, lambda p: f"/commitments/{p['k']}", lambda p: {"response": p["r"], "extensions": {v.EXT_STRENGTH: p["s"]}}),
    "claimed": (v.CLAIMED_CREDIT, lambda p: f"/credits/{p['s']}", lambda p: {"extensions": {v.EXT_AMOUNT: p["m"]}}),
    "declined": (v.DECLINED_CREDIT, lambda p: f"/credits/{p['s']}" if p["s"] else "/credits", lambda p: {}),
}


def _verdict(payload: Mapping[str, Any]) -> str:
    if payload["a"] == "pre":
        return v.SCORED
    return v.PASSED if payload["success"] else v.FAILED


def folded(*events: Event, registration: str = REGISTRATION) -> Evidence:
    return evidence.fold(registration, statements(events, registration))


# --- the activity and what is in force --------------------------------------------------------------


def a_rule(system: str, claim: str, professions: Iterable[str], **besides: Any) -> CreditRule:
    plain = {
        "id": system, "owner": "its owner", "from": NEW_YEAR_2017, "source": "made for tests", "verified": True,
        "name": system.upper(), "name_html": system, "names_html": system, "unit": "credit", "units": "credits",
        "step": "0.25", "minimum": "0.25", "claim": claim, "professions": tuple(professions),
        "requires": REQUIRED, "passing_required": True, "attestation": "I claim.",
    }  # fmt: skip
    return CreditRule.model_validate(plain | besides)


RULES = (
    a_rule("ama-pra-1", "choice", ["physician"]),
    a_rule("ancc", "choice", ["nurse"]),
    a_rule("acpe", "fixed", ["pharmacist"]),
    a_rule("abim-moc", "equal", ["physician"], equal_to="ama-pra-1"),
    a_rule("participation", "none", [], requires=("disclosure", "content", "evaluation")),
)


def rules(*changed: CreditRule) -> Any:
    """The rule book, with further blocks."""

    def rule(system: str, on: date) -> CreditRule | None:
        return dated.in_force([one for one in (*RULES, *changed) if one.id == system], on)

    return rule


def an_offer(system: str, claim: str, professions: Iterable[str], **besides: Any) -> dict[str, Any]:
    plain = {
        "system": system, "name": system.upper(), "name_html": system, "unit": "credit", "units": "credits",
        "maximum": "1.25", "minimum": "1.25" if claim == "fixed" else "0.25", "step": "0.25", "claim": claim,
        "professions": list(professions), "attestation": "I claim.", "designation_html": "", "rule": {"id": system, "from": NEW_YEAR_2017},
    }  # fmt: skip
    return plain | besides


NABP = {"key": "nabp-eprofile", "label": "NABP e-Profile ID", "pattern": r"\d{1,9}", "required": True}
MONITOR = {"key": "cpe-monitor", "recipient": "CPE Monitor", "text": "Send my record.", "required": True}
CREDITS = (
    an_offer("ama-pra-1", "choice", ["physician"]),
    an_offer("ancc", "choice", ["nurse"]),
    an_offer("acpe", "fixed", ["pharmacist"], identifiers=[NABP], consents=[MONITOR]),
    an_offer("abim-moc", "equal", ["physician"], equal_to="ama-pra-1", unit="MOC point", units="MOC points"),
)


def an_item(name: str, answer: str = "b", version: str = "1", objective: str = "choose-agent") -> dict[str, Any]:
    choices = [{"id": key, "html": key} for key in "abc"]
    return {
        "id": name, "version": version, "kind": "choice", "objective": objective, "vignette_html": "", "stem_html": name,
        "rationale_html": "", "choices": choices, "answer": answer,
    }  # fmt: skip


def a_definition(**changes: Any) -> Definition:
    """Two contents, four items of which three must be right, three attempts, four credits."""
    plain = {
        "activity": ACTIVITY, "version": "2026.1", "title": "AF", "description": "AF", "language": "en", "zone": "America/Chicago",
        "format": "enduring material", "media": ["text"], "released": "2026-12-01", "reviewed": "2026-11-20", "terminates": "2029-11-30",
        "estimated_minutes": 75, "provider": a_provider(), "joint_providers": [], "audience": ["physician"],
        "professions": [{"key": key, "label": key} for key in ("physician", "nurse", "pharmacist", "other")],
        "objectives": [{"id": "choose-agent", "text": "Choose an agent", "level": "competence"}], "front_matter": [],
        "accreditation_html": "", "disclosure": {"html": "", "acknowledgement": "I have read it.", "hash": "disclosure-hash"},
        "credits": CREDITS, "participation_attestation": "I took part.",
        "contents": [{"id": part, "kind": "page", "title": part.title(), "minutes": 10} for part in ("reading", "lecture")],
        "files": [], "items": [an_item(f"q{n}") for n in range(1, 5)], "pre": {"items": ["q1", "q2", "q3", "q4"]},
        "post": {"items": ["q1", "q2", "q3", "q4"], "passing_score": 0.75, "attempts": 3, "feedback": "after attempt"},
        "evaluation": [{"id": "fair", "kind": "rating", "stem_html": "Fair and balanced"}], "commitments": 0, "references": [],
        "follow_up_days": [], "requires": REQUIRED, "lms_completion": "evaluation",
    }  # fmt: skip
    return Definition.model_validate(plain | changes)


def a_provider(**changes: Any) -> dict[str, Any]:
    empty = ("id", "homepage", "contact_phone", "contact_address", "privacy_url", "signatory_name", "signatory_title")
    plain = {
        "name": "Northfield Academy", "contact_name": "CME office", "contact_email": "cme@northfield.example", "colour": "#1f5f8b",
        "on_colour": "#ffffff", "late_days": 14, "assurance": "asserted", "accreditors": ["accme"],
    }  # fmt: skip
    return dict.fromkeys(empty, "") | plain | changes


def an_override(kind: Any, **details: str) -> Override:
    return Override(id="o1", kind=kind, who="R. Abara", why="seen with the learner", when="2026-12-10", **details)


# --- deciding -----------------------------------------------------------------------------------------


def a_case(
    *events: Event,
    profession: str | None = "physician",
    definition: Definition | None = None,
    definitions: Mapping[str, Definition] | None = None,
    dates: Dates | None = None,
    overrides: tuple[Override, ...] = (),
    identifiers: Iterable[str] = (),
    consents: Iterable[str] = (),
    assurance: Assurance = Assurance.ASSERTED,
    rule_book: Any = None,
    person: str = "p1",
    site: str = "northfield",
    registration: str = REGISTRATION,
    draw_key: str = "0" * 32,
) -> Case:
    offered = definition or a_definition()
    return Case(
        person=person,
        site=site,
        registration=registration,
        activity=ACTIVITY,
        draw_key=draw_key,
        evidence=folded(*events, registration=registration),
        definitions={D1: offered} if definitions is None else definitions,
        profile=Profile(profession=profession, identifiers=frozenset(identifiers), consents=frozenset(consents)),
        terms=Terms(
            dates=dates or dates_of(offered),
            rules=rule_book or rules(),
            assurance=assurance,
            overrides=overrides,
        ),
    )


def dates_of(definition: Definition) -> Dates:
    days = (definition.released, definition.reviewed, definition.terminates)
    released, reviewed, terminates = (date.fromisoformat(day) if day else None for day in days)
    return Dates(released=released, reviewed=reviewed, terminates=terminates)


def decided(*cases: Case) -> tuple[Settled, ...]:
    return allot.settle(cases)


def decision(case: Case, system: str = "ama-pra-1") -> Decision:
    """The decision on one credit of one registration standing alone."""
    return next(settled.decision for settled in decided(case) if settled.decision.system == system)


def codes(found: Decision) -> list[str]:
    return [reason.code for reason in found.reasons]


def verdict(case: Case, system: str = "ama-pra-1") -> tuple[str, list[str]]:
    """Outcome and codes of the reasons."""
    found = decision(case, system)
    return found.outcome, codes(found)
