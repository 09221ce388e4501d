"""Erasing a learner: what goes, what stays and why, counted beforehand by doing it and taking it back.

What identifies the learner goes: profile, site's learner id, other tools' names for them in statements, free text, documents, attachments,
diagnostics. Ids, hashes, decisions and figures stay, so that outcomes and the ledger's proof are what they were. The names on awards that
an accreditor may still ask for stay until their retention ends, unless credit is erased too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lrs_bridge import library
from lrs_bridge.access import actor_of
from lrs_bridge.bridge import Bridge
from lrs_bridge.credit.record import canonical
from lrs_bridge.deciding import settling
from lrs_bridge.erasing import retention
from lrs_bridge.launching import profiles
from lrs_bridge.reading import own_statements
from lrs_bridge.refusals import InConflict, one
from lrs_bridge.store import audit, definitions, pending, people, records
from lrs_bridge.store import erasure as store
from lrs_bridge.store.engine import Connection, in_writing
from lrs_bridge.store.erasure import Found, Taken
from lrs_bridge.xapi import erasing, references
from lrs_bridge.xapi.actors import everyone_in, key_of
from lrs_bridge.xapi.erasing import ERASED
from lrs_bridge.xapi.parse import value_of
from lrs_bridge.xapi.same import fingerprint
from scorm_packager.activity import vocabulary

_LEAST_WORD = 4  # shorter ones stand in too many words that are nobody's name
_OUR_EXTENSIONS = frozenset(
    {
        vocabulary.EXT_SEQUENCE,
        vocabulary.EXT_ATTEMPT,
        vocabulary.EXT_TEXT_HASH,
        vocabulary.EXT_STRENGTH,
        vocabulary.EXT_AMOUNT,
        vocabulary.EXT_ATTESTATION,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whom to erase. `also` are further xAPI agents that are this person; `credit`: the names on awards too, whatever their age."""

    person: str
    who: str
    why: str
    credit: bool = False
    also: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """What went (or would go), by table, and what stayed."""

    person: str
    goes: dict[str, int]
    stays: tuple[Kept, ...]
    applied: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"stays": [asdict(kept) for kept in self.stays]}


def rehearsed(bridge: Bridge, wanted: Wanted) -> Report:
    """What erasing would do; nothing is changed."""

    def work(connection: Connection) -> None:
        raise _TakenBack(_erase(bridge, connection, wanted))

    try:
        in_writing(bridge.engine, work)
    except _TakenBack as found:
        return found.report
    raise AssertionError("a rehearsal is always taken back")


def carried_out(bridge: Bridge, wanted: Wanted) -> Report:
    """Erases. Raises `InConflict`, and changes nothing, when a credit decision would not be what it was."""

    def work(connection: Connection) -> Report:
        report = _erase(bridge, connection, wanted)
        facts = {"goes": report.goes, "stays": {kept.what: kept.count for kept in report.stays}, "credit": wanted.credit}
        entry = audit.Entry(
            at=bridge.text_now(), who=wanted.who, action="learner erased", subject=wanted.person, why=wanted.why, facts=facts
        )
        audit.add(connection, entry)
        return report

    report = in_writing(bridge.engine, work)
    store.empty_journal(bridge.engine)
    bridge.bell.set()
    return Report(report.person, report.goes, report.stays, applied=True)


class _TakenBack(Exception):
    def __init__(self, report: Report) -> None:
        self.report = report


# --- whom ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Subject:
    """A person with all that is theirs. `kept` are the registrations whose awards keep their names."""

    people: tuple[str, ...]
    taken: tuple[Taken, ...]
    kept: frozenset[str]
    pseudonyms: frozenset[str]
    learner_ids: tuple[str, ...]
    names: tuple[str, ...]
    choices: frozenset[str]
    also: frozenset[str]

    @property
    def registrations(self) -> frozenset[str]:
        return frozenset(one.id for one in self.taken)

    @property
    def activities(self) -> list[str]:
        return sorted({one.activity for one in self.taken})

    @property
    def goes(self) -> frozenset[str]:
        return self.registrations - self.kept


def _subject(bridge: Bridge, connection: Connection, wanted: Wanted) -> _Subject:
    everyone = tuple(people.same_as(connection, wanted.person))
    taken = tuple(store.registrations_of(connection, everyone))
    learners = people.learners_of(connection, wanted.person)
    said = [profiles.read(bridge, connection, one.id) for one in taken]
    return _Subject(
        people=everyone,
        taken=taken,
        kept=frozenset() if wanted.credit else frozenset(one.id for one in taken if _still_owed(bridge, connection, one.id)),
        pseudonyms=frozenset(_key(actor_of(bridge.config.public_url, one.site, one.pseudonym)) for one in taken)
        | frozenset(_key(actor_of(bridge.config.public_url, one.site, one.pseudonym)) for one in learners),
        learner_ids=tuple(one.learner_id for one in learners),
        names=tuple(sorted({word for profile in said for word in _words(profile)})),
        choices=frozenset(iri for activity in {one.activity for one in taken} for iri in _choices(connection, activity)),
        also=frozenset(_key(agent) for agent in wanted.also),
    )


def _key(agent: Mapping[str, Any]) -> str:
    return key_of(dict(agent)) or ""


def _words(profile: Mapping[str, Any]) -> list[str]:
    said = (profile.get("name"), profile.get("lms_name"), *profile.get("identifiers", {}).values())
    return [word for word in said if word and word != ERASED]


def _still_owed(bridge: Bridge, connection: Connection, registration: str) -> bool:
    """Whether an accreditor may still ask who was awarded this credit."""
    awards = [json.loads(kept.record) for kept in records.of_registration(connection, registration) if kept.outcome == "award"]
    before = _credit_rule(bridge).until(bridge.now())
    return any(before is None or date.fromisoformat(award["completed_on"]) >= before.date() for award in awards)


def _credit_rule(bridge: Bridge) -> retention.Rule:
    return retention.rules(bridge.config.retention_file)["credit-records"]


def _choices(connection: Connection, activity: str) -> list[str]:
    """The items of an activity whose responses are no free text, under any definition it had; a short answer that is scored is none."""
    known = [library.find(connection, kept.id) for kept in definitions.of_activity(connection, activity)]
    asked = {
        f"{activity}/{folder}/{item.id}": item.kind
        for definition in known
        if definition is not None
        for folder, items in (("items", definition.items), ("evaluation", definition.evaluation))
        for item in items
    }
    return [iri for iri, kind in asked.items() if kind != "text" or iri.startswith(f"{activity}/items/")]


# --- the work -----------------------------------------------------------------------------------


def _erase(bridge: Bridge, connection: Connection, wanted: Wanted) -> Report:
    """In one transaction; the decisions before and after are compared, for credit must not hang on who somebody is."""
    people.lock(connection, people.current(connection, wanted.person))
    store.overwrite_what_is_deleted(connection)
    subject = _subject(bridge, connection, wanted)
    before = _decisions(bridge, connection, wanted.person, subject)
    goes = _statements(bridge, connection, subject) | _rest(bridge, connection, subject)
    if _decisions(bridge, connection, wanted.person, subject) != before:
        message = "Without this learner's data their credit would be decided otherwise; nothing was erased."
        raise InConflict(one("credit-would-change", message, "Run `lrs-bridge reassess --apply` first, and report it if it stays so."))
    _settle(bridge, connection, wanted.person, subject)
    return Report(wanted.person, {what: count for what, count in goes.items() if count}, _stays(bridge, connection, subject))


def _decisions(bridge: Bridge, connection: Connection, person: str, subject: _Subject) -> list[bytes]:
    outcomes = (settling.decide(bridge, connection, person, activity) for activity in subject.activities)
    return [canonical(record) for outcome in outcomes for record in outcome.after]


def _settle(bridge: Bridge, connection: Connection, person: str, subject: _Subject) -> None:
    """What is written from statements, responses above all, is written again from what is left of them."""
    for activity in subject.activities:
        settling.apply(bridge, connection, settling.decide(bridge, connection, person, activity))
    pending.mark(connection, subject.registrations, bridge.text_now())


def _statements(bridge: Bridge, connection: Connection, subject: _Subject) -> dict[str, int]:
    known_by = _known_by(connection, subject)
    person = _person(bridge, subject, known_by)
    found = {one.seq: one for one in _speaking_of(connection, subject, person)}
    changed = {seq: new for seq, one in found.items() if (new := _rewritten(one, person)) is not None}
    for seq, new in changed.items():
        store.rewrite(connection, found[seq], new, fingerprint(value_of(found[seq].text.encode())), bridge.text_now())
    store.unlist(connection, set(found), _terms(known_by))
    if known_by:
        store.rename_agents(connection, subject.registrations, own_statements.agent_of(person.stand_in))
    own = {one.id for one in found.values() if erasing.speaks_of(value_of(one.text.encode()), person.agents)}
    keys = {references.digest(key) for key in person.agents}
    return {
        "statements": len(changed),
        "attachments": store.drop_attachments(connection, own),
        "documents": store.drop_documents(connection, subject.registrations, keys),
        "dead letters": store.drop_dead_letters(connection, list(person.words), ERASED),
    }


def _speaking_of(connection: Connection, subject: _Subject, person: erasing.Person) -> list[Found]:
    by_registration = store.statements_of_registrations(connection, subject.registrations)
    return [*by_registration, *store.statements_by_digests(connection, _terms(person.agents))]


def _terms(agents: frozenset[str]) -> set[bytes]:
    return {references.term(kind, key) for key in agents for kind in (references.AGENT, references.AGENT_RELATED)}


def _known_by(connection: Connection, subject: _Subject) -> frozenset[str]:
    """Whoever did what stands in the learner's registrations is the learner, under whatever name another tool gave them."""
    own = store.statements_of_registrations(connection, subject.registrations)
    keys = {key for one in own for key in _actors(one)}
    # An LMS's own registration may be several people's: there it must be the actor whom the LMS named.
    agents = {one.agent for one in subject.taken if one.agent}
    shared = store.statements_of_registrations(connection, {one.known_as for one in subject.taken if one.known_as})
    keys |= {key for one in shared for key, agent in _actors(one).items() if agent in agents}
    return frozenset(keys | subject.also) - subject.pseudonyms


def _actors(found: Found) -> dict[str, str]:
    """What those who did it are known by, each with its `agent_of`; those who were erased left out."""
    actors = everyone_in(value_of(found.text.encode())["actor"])
    return {key: own_statements.agent_of(one) for one in actors if (key := key_of(one)) is not None and not _is_erased(one)}


def _is_erased(actor: Mapping[str, Any]) -> bool:
    account = actor.get("account")
    return isinstance(account, dict) and str(account.get("homePage", "")).endswith("/erased")


def _person(bridge: Bridge, subject: _Subject, known_by: frozenset[str]) -> erasing.Person:
    return erasing.Person(
        known_by=known_by,
        pseudonyms=subject.pseudonyms,
        stand_in={"account": {"homePage": f"{bridge.config.public_url}/erased", "name": bridge.random_hex()}},
        words=(*_telling(known_by), *_long(subject)),
        choices=subject.choices,
        extensions=_OUR_EXTENSIONS,
    )


def _long(subject: _Subject) -> list[str]:
    return [word for word in (*subject.names, *subject.learner_ids) if len(word) >= _LEAST_WORD]


def _telling(known_by: frozenset[str]) -> list[str]:
    """Mail addresses without their scheme: so they stand in texts."""
    return sorted(key.removeprefix("mbox ").removeprefix("mailto:") for key in known_by if key.startswith("mbox "))


def _rewritten(found: Found, person: erasing.Person) -> str | None:
    """The text without the person; None when it says nothing of them."""
    statement = value_of(found.text.encode())
    new = erasing.without(statement, person)
    return None if new == statement else json.dumps(new, ensure_ascii=False, separators=(",", ":"))


def _rest(bridge: Bridge, connection: Connection, subject: _Subject) -> dict[str, int]:
    now, theirs = bridge.text_now(), frozenset(subject.registrations)
    certificates = store.empty_certificates(connection, subject.goes, bridge.vault.lock({ERASED: now}), now)
    return {
        "profiles": sum(_bare_profile(bridge, connection, one) for one in sorted(subject.goes)),
        "certificates": certificates,
        "diagnostics": store.drop_diagnostics(connection, theirs),
        "launch tokens": store.end_tokens(connection, subject.goes, now),
        "reasons for joins": store.rewrite_links(connection, subject.people, ERASED),
        "site's learner ids": 0 if subject.kept else store.drop_identifiers(connection, subject.people),
    }


def _bare_profile(bridge: Bridge, connection: Connection, registration: str) -> bool:
    """Leaves of a profile what decisions rest on: the profession, and which identifiers there were."""
    said = profiles.read(bridge, connection, registration)
    bare = {"profession": said.get("profession"), "identifiers": dict.fromkeys(said.get("identifiers", {}), ERASED)}
    if not said or said == bare:
        return False
    people.put_profile(connection, registration, bridge.vault.lock(bare), bridge.text_now())
    return True


# --- what stays ---------------------------------------------------------------------------------


def _stays(bridge: Bridge, connection: Connection, subject: _Subject) -> tuple[Kept, ...]:
    rule = _credit_rule(bridge)
    told = (
        Kept("awards with names", len(subject.kept), f"{rule.why} ({rule.source}). They go when that time is over, or with --credit."),
        Kept("registrations", len(subject.registrations), "Random ids, without a name: figures and decisions rest on them."),
        Kept("decisions", _decided(connection, subject), "Outcomes are counted from them; they name nobody."),
        Kept("consents", _consented(connection, subject), "Proof of what was agreed to, under a random id."),
    )
    return tuple(kept for kept in told if kept.count)


def _decided(connection: Connection, subject: _Subject) -> int:
    return sum(len(records.of_registration(connection, one)) for one in subject.registrations)


def _consented(connection: Connection, subject: _Subject) -> int:
    return sum(len(people.consent_log(connection, one)) for one in subject.registrations)
