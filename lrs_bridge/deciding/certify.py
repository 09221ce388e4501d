"""Certificates follow the awards: one is made when a credit is awarded, replaced when what it says changes, withdrawn with the award.

A certificate is typeset once and kept by the hash of its bytes; it is never made again from data.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lrs_bridge import library
from lrs_bridge.bridge import Bridge
from lrs_bridge.credit import certificate, typesetting
from lrs_bridge.credit.certificate import Certified, Sheet
from lrs_bridge.credit.record import canonical
from lrs_bridge.deciding.settling import Outcome
from lrs_bridge.launching import profiles
from lrs_bridge.store import certificates, records
from lrs_bridge.store.certificates import KeptCertificate
from lrs_bridge.store.engine import Connection, in_writing, reading
from lrs_bridge.times import moment_of
from scorm_packager.activity.definition_model import Definition

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """A certificate that an award should have. `profile` is what the learner said of themselves."""

    record: Mapping[str, Any]
    definition: Definition
    profile: Mapping[str, Any]

    @property
    def system(self) -> str:
        return str(self.record["system"])

    def sheet(self, number: str, verify_url: str) -> Sheet:
        certified = Certified(
            system=self.system,
            awarded=self.record["awarded"] or None,
            completed_on=date.fromisoformat(self.record["completed_on"]),
            learner=self.profile["name"],
            number=number,
            verify_url=verify_url,
            identifiers=self.profile.get("identifiers", {}),
        )
        return certificate.sheet(certified, self.definition, typesetting.wording(self.system))

    def facts_hash(self) -> str:
        """Of all that the sheet says but its number and address: by it an unchanged certificate is known again."""
        return hashlib.sha256(canonical({"record": self.record["id"], "sheet": asdict(self.sheet("", ""))})).hexdigest()


def after_deciding(bridge: Bridge, outcome: Outcome) -> None:
    """What a worker does with an outcome that was written down."""
    for case in outcome.cases:
        follow(bridge, case.registration)


def follow(bridge: Bridge, registration: str) -> tuple[str, ...]:
    """Brings the certificates of a registration in line with its current decisions; answers the ids of those made.

    A name for which no installed font has the letters leaves its certificate out: the award stands, and log and staff are told.
    """
    with reading(bridge.engine) as connection:
        due = _due(bridge, connection, registration)
        standing = {kept.system: kept for kept in certificates.of_registration(connection, registration)}
    wanted = {one.system for one in due}
    _withdraw(bridge, [kept for system, kept in standing.items() if system not in wanted])
    changed = [one for one in due if not _says_it(standing.get(one.system), one)]
    return tuple(made for one in changed if (made := _make(bridge, registration, one)))


def _due(bridge: Bridge, connection: Connection, registration: str) -> list[Due]:
    profile = profiles.read(bridge, connection, registration)
    if not profile.get("name"):
        return []
    awards = [json.loads(kept.record) for kept in records.of_registration(connection, registration) if kept.outcome == "award"]
    known = [(record, library.find(connection, record["definition"])) for record in awards]
    return [Due(record, definition, profile) for record, definition in known if definition is not None]


def _says_it(kept: KeptCertificate | None, due: Due) -> bool:
    return kept is not None and kept.facts_hash == due.facts_hash()


def _withdraw(bridge: Bridge, kept: list[KeptCertificate]) -> None:
    def write(connection: Connection) -> None:
        for one in kept:
            certificates.withdraw(connection, one.id, bridge.text_now())

    if kept:
        in_writing(bridge.engine, write)


def _make(bridge: Bridge, registration: str, due: Due) -> str | None:
    identity, verify, now = bridge.random_hex(), bridge.random_hex(), bridge.text_now()
    number = number_of(identity)
    sheet = due.sheet(number, f"{bridge.config.public_url}/verify/{verify}")
    try:
        body = typesetting.pdf(sheet, made=moment_of(now))
    except typesetting.CannotTypeset as fault:
        # The log names letters by their code points, not the learner by their name.
        log.warning("certificate not made", extra={"registration": registration, "system": due.system, "fault": fault.without_words})
        return None
    facts = {"sheet": asdict(sheet), "number": number, "completed_on": due.record["completed_on"]}
    kept = KeptCertificate(
        id=identity,
        verify=verify,
        registration=registration,
        system=due.system,
        title=sheet.title,
        facts=bridge.vault.lock(facts),
        facts_hash=due.facts_hash(),
        file=hashlib.sha256(body).hexdigest(),
        made=now,
    )
    return identity if in_writing(bridge.engine, lambda connection: _keep(connection, kept, body)) else None


def number_of(identity: str) -> str:
    """A certificate's number as people read it out: the first sixteen digits of its hash, in fours; it opens nothing."""
    digits = hashlib.sha256(identity.encode()).hexdigest()[:16]
    return "-".join(digits[index : index + 4] for index in range(0, 16, 4))


def _keep(connection: Connection, made: KeptCertificate, body: bytes) -> bool:
    """False when another worker made the same one in the meantime."""
    standing = [kept for kept in certificates.of_registration(connection, made.registration) if kept.system == made.system]
    if any(kept.facts_hash == made.facts_hash for kept in standing):
        return False
    certificates.keep_file(connection, body, "application/pdf", made.made)
    certificates.add(connection, made)
    for kept in standing:
        certificates.supersede(connection, kept.id, made.id)
    return True


# --- for staff ------------------------------------------------------------------------------------


def lacking(bridge: Bridge, connection: Connection, record: Mapping[str, Any]) -> str:
    """Why an award has no certificate that says what it should, for staff; empty when it has one, and for what is no award."""
    if record["outcome"] != "award":
        return ""
    due = next((one for one in _due(bridge, connection, record["registration"]) if one.system == record["system"]), None)
    if due is None:
        return "No certificate: the learner has not given the name that should stand on it."
    standing = [kept for kept in certificates.of_registration(connection, record["registration"]) if kept.system == due.system]
    if any(_says_it(kept, due) for kept in standing):
        return ""
    try:
        typesetting.pdf(due.sheet("", bridge.config.public_url), made=bridge.now())
    except typesetting.CannotTypeset as fault:
        return f"No certificate says this: it cannot be typeset. {fault}"
    return "The certificate is still to be made."
