"""Certificates follow the awards: one is made when a credit is awarded, replaced when what it says changes, withdrawn with the award.

A certificate is typeset once and kept by the hash of its bytes; it is never made again from data.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from lrs_bridge import library, profiles
from lrs_bridge.bridge import Bridge
from lrs_bridge.credit import certificate, typesetting
from lrs_bridge.credit.certificate import Certified, Sheet
from lrs_bridge.credit.record import canonical
from lrs_bridge.store import certificates, records
from lrs_bridge.store.certificates import KeptCertificate
from lrs_bridge.store.engine import in_writing, reading
from lrs_bridge.times import moment_of
from scorm_packager.activity.definition_model import Definition

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """A certificate to be made: what it says, and its hash, by which an unchanged one is known again."""

    record: dict[str, Any]
    definition: Definition
    learner: str

    def facts(self) -> dict[str, Any]:
        """All that the sheet depends on but its number and address."""
        certified = Certified(
            system=self.record["system"], awarded=self.record["awarded"] or None, completed_on=date.fromisoformat(self.record["completed_on"]),
            learner=self.learner, number="", verify_url="",
        )
        sheet = certificate.sheet(certified, self.definition, typesetting.wording(certified.system))
        return {"record": self.record["id"], "sheet": asdict(sheet)}


def follow(bridge: Bridge, registration: str) -> tuple[str, ...]:
    """Brings the certificates of a registration in line with its current decisions; answers the ids of those made.

    A name for which no installed font has the letters leaves its certificate out, and the log says which font is missing.
    """
    with reading(bridge.engine) as connection:
        due = _due(bridge, connection, registration)
        standing = {kept.system: kept for kept in certificates.of_registration(connection, registration)}
    wanted = {one.record["system"]: one for one in due}
    _withdraw(bridge, [kept for system, kept in standing.items() if system not in wanted])
    return tuple(made for system, one in wanted.items() if (made := _make(bridge, registration, one, standing.get(system))))


def _due(bridge: Bridge, connection: Connection, registration: str) -> list[Due]:
    name = profiles.read(bridge, connection, registration).get("name", "")
    if not name:
        return []
    found = [json.loads(kept.record) for kept in records.of_registration(connection, registration) if kept.outcome == "award"]
    known = [(record, library.find(connection, record["definition"])) for record in found]
    return [Due(record, definition, name) for record, definition in known if definition is not None]


def _withdraw(bridge: Bridge, kept: list[KeptCertificate]) -> None:
    def write(connection: Connection) -> None:
        for one in kept:
            certificates.withdraw(connection, one.id, bridge.text_now())

    if kept:
        in_writing(bridge.engine, write)


def _make(bridge: Bridge, registration: str, due: Due, standing: KeptCertificate | None) -> str | None:
    facts = due.facts()
    facts_hash = hashlib.sha256(canonical(facts)).hexdigest()
    if standing is not None and standing.facts_hash == facts_hash:
        return None
    identity, verify, now = bridge.random_hex(), bridge.random_hex(), bridge.text_now()
    sheet = _sheet(due, identity, f"{bridge.config.public_url}/verify/{verify}")
    try:
        body = typesetting.pdf(sheet, made=moment_of(now))
    except typesetting.CannotTypeset as fault:
        log.warning("certificate not made", extra={"registration": registration, "system": due.record["system"], "fault": str(fault)})
        return None
    kept = KeptCertificate(
        id=identity, verify=verify, registration=registration, system=due.record["system"], title=sheet.title,
        facts=bridge.vault.lock(asdict(sheet) | {"awarded_on": due.record["completed_on"]}), facts_hash=facts_hash, file=hashlib.sha256(body).hexdigest(), made=now,
    )
    return identity if in_writing(bridge.engine, lambda connection: _keep(connection, kept, body)) else None


def _sheet(due: Due, identity: str, verify_url: str) -> Sheet:
    certified = Certified(
        system=due.record["system"], awarded=due.record["awarded"] or None, completed_on=date.fromisoformat(due.record["completed_on"]),
        learner=due.learner, number=number_of(identity), verify_url=verify_url,
    )
    return certificate.sheet(certified, due.definition, typesetting.wording(certified.system))


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
