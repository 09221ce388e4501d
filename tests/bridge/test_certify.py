"""Certificates follow the awards of a registration."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

import pytest

from lrs_bridge import work
from lrs_bridge.deciding import certify, settling
from lrs_bridge.store import certificates, launches, overrides
from lrs_bridge.store.certificates import KeptCertificate
from lrs_bridge.store.engine import reading, writing
from lrs_bridge.store.overrides import KeptOverride
from tests.bridge.builders import PUBLIC, ABridge, Launched
from tests.bridge.certificates import an_activity, read, words
from tests.bridge.learning import ACTIVITY, all_but_claim, claimed, declined, everything, opened


def a_learner(here: ABridge, **profile: Any) -> Launched:
    """A physician, unless said otherwise, who launched."""
    ann = here.registers(an_activity()).launched()
    answer = ann.profile(**profile)
    assert answer.status_code == 204, answer.text
    return ann


def works(here: ABridge) -> None:
    work.decide_all(here.bridge, certify.after_deciding)


def standing(here: ABridge, learner: Launched) -> list[KeptCertificate]:
    with reading(here.bridge.engine) as connection:
        return certificates.of_registration(connection, learner.answer["registration"])


def kept(here: ABridge, identity: str) -> KeptCertificate:
    with reading(here.bridge.engine) as connection:
        found = certificates.get(connection, identity)
    assert found is not None
    return found


def body(here: ABridge, certificate: KeptCertificate) -> bytes:
    with reading(here.bridge.engine) as connection:
        found = certificates.file(connection, certificate.file)
    assert found is not None
    return found


def awarded(here: ABridge, **profile: Any) -> tuple[Launched, KeptCertificate]:
    ann = a_learner(here, **profile)
    ann.takes(*everything(amount="1.00"))
    works(here)
    (one,) = standing(here, ann)
    return ann, one


def test_it_works(here: ABridge) -> None:
    ann, one = awarded(here, name="Łukasz Ķēniņš")
    assert ann.credit()["certificates"] == [
        {"system": "ama-pra-1", "title": "Certificate of Credit", "url": f"{PUBLIC}/certificates/{one.id}"}
    ]
    assert "Łukasz Ķēniņš" in words(read(body(here, one)))


def test_gives_the_address_with_the_record(on_sqlite: ABridge) -> None:
    _, one = awarded(on_sqlite)
    assert on_sqlite.record()["certificate"] == f"{PUBLIC}/certificates/{one.id}"


def test_keeps_the_file_under_the_hash_of_its_bytes(on_sqlite: ABridge) -> None:
    _, one = awarded(on_sqlite)
    assert hashlib.sha256(body(on_sqlite, one)).hexdigest() == one.file


def test_makes_a_certificate_once(on_sqlite: ABridge) -> None:
    ann, one = awarded(on_sqlite)
    ann.profile()
    works(on_sqlite)
    assert [same.id for same in standing(on_sqlite, ann)] == [one.id]


def test_makes_none_of_a_shortfall(on_sqlite: ABridge) -> None:
    ann = a_learner(on_sqlite)
    ann.takes(*all_but_claim())
    works(on_sqlite)
    assert standing(on_sqlite, ann) == []


def test_makes_none_while_a_decision_is_held(on_sqlite: ABridge) -> None:
    ann = on_sqlite.launched()
    ann.profile()
    ann.takes(*everything())
    works(on_sqlite)
    assert standing(on_sqlite, ann) == []


def test_waits_for_a_name(on_sqlite: ABridge) -> None:
    ann = on_sqlite.registers(an_activity()).launched()
    ann.takes(*everything())
    works(on_sqlite)
    assert standing(on_sqlite, ann) == []


def test_replaces_a_certificate_when_the_name_is_corrected(here: ABridge) -> None:
    ann, first = awarded(here, name="Lukas Kenins")
    ann.profile(name="Łukasz Ķēniņš")
    works(here)
    (second,) = standing(here, ann)
    assert kept(here, first.id).superseded_by == second.id
    assert "Łukasz Ķēniņš" in words(read(body(here, second)))


def test_leaves_the_replaced_document_as_it_was(on_sqlite: ABridge) -> None:
    ann, first = awarded(on_sqlite, name="Lukas Kenins")
    ann.profile(name="Łukasz Ķēniņš")
    works(on_sqlite)
    assert "Lukas Kenins" in words(read(body(on_sqlite, first)))


def test_replaces_a_certificate_when_the_amount_changes(on_sqlite: ABridge) -> None:
    ann, first = awarded(on_sqlite)
    ann.sends(ann.says(50, claimed(amount="0.75")))
    works(on_sqlite)
    (second,) = standing(on_sqlite, ann)
    assert kept(on_sqlite, first.id).superseded_by == second.id
    assert "0.75" in words(read(body(on_sqlite, second)))


def test_withdraws_a_certificate_with_its_award(on_sqlite: ABridge) -> None:
    ann, one = awarded(on_sqlite)
    ann.sends(ann.says(50, declined("ama-pra-1")))
    works(on_sqlite)
    assert standing(on_sqlite, ann) == []
    assert kept(on_sqlite, one.id).withdrawn is not None


def test_certifies_participation_of_those_whom_no_credit_is_open_to(on_sqlite: ABridge) -> None:
    ann = a_learner(on_sqlite, profession="other")
    ann.takes(opened(), *all_but_claim())
    works(on_sqlite)
    assert [one.title for one in standing(on_sqlite, ann)] == ["Certificate of Participation"]


def test_certifies_an_award_by_hand(on_sqlite: ABridge) -> None:
    ann = a_learner(on_sqlite)
    ann.takes(*all_but_claim())
    _award_by_hand(on_sqlite, ann)
    works(on_sqlite)
    (one,) = standing(on_sqlite, ann)
    assert "and is awarded 0.50" in words(read(body(on_sqlite, one)))


def _award_by_hand(here: ABridge, learner: Launched) -> None:
    with writing(here.bridge.engine) as connection:
        found = launches.registration(connection, learner.answer["registration"])
        assert found is not None
        by_hand = KeptOverride(
            id="o1", kind="manual-award", activity=ACTIVITY, person=found.person, system="ama-pra-1", amount="0.50",
            completed_on="2026-12-04", item="", item_version="", who="R. Abara", why="seen with the learner", at=here.bridge.text_now(),
        )  # fmt: skip
        overrides.add(connection, by_hand)


def test_keeps_no_name_in_the_clear(on_sqlite: ABridge) -> None:
    _, one = awarded(on_sqlite, name="Wilhelmina Unmistakable")
    assert b"Unmistakable" not in one.facts


# --- a name that cannot be set ------------------------------------------------------------------------


def test_lets_the_award_stand_when_no_font_has_the_name(on_sqlite: ABridge) -> None:
    ann = a_learner(on_sqlite, name="ᠮᠣᠩᠭᠣᠯ")
    ann.takes(*everything())
    works(on_sqlite)
    assert standing(on_sqlite, ann) == []
    assert on_sqlite.record()["outcome"] == "award"


def test_tells_staff_which_letter_is_missing(on_sqlite: ABridge) -> None:
    ann = a_learner(on_sqlite, name="ᠮᠣᠩᠭᠣᠯ")
    ann.takes(*everything())
    works(on_sqlite)
    assert "U+182E" in _lacking(on_sqlite)


def test_logs_the_letter_but_not_the_name(on_sqlite: ABridge, caplog: pytest.LogCaptureFixture) -> None:
    ann = a_learner(on_sqlite, name="Unmistakable ᠮ")
    ann.takes(*everything())
    with caplog.at_level(logging.WARNING):
        works(on_sqlite)
    (line,) = [record for record in caplog.records if record.message == "certificate not made"]
    assert line.__dict__["fault"] == "no font has U+182E"
    assert "Unmistakable" not in str(line.__dict__)


def test_has_nothing_to_tell_staff_of_a_certificate_that_was_made(on_sqlite: ABridge) -> None:
    ann = a_learner(on_sqlite)
    ann.takes(*everything())
    works(on_sqlite)
    assert _lacking(on_sqlite) == ""


def _lacking(here: ABridge) -> str:
    record = here.record()
    with reading(here.bridge.engine) as connection:
        return certify.lacking(here.bridge, connection, record)


def test_follows_a_reassessment(on_sqlite: ABridge) -> None:
    ann = a_learner(on_sqlite)
    ann.takes(*everything())
    with writing(on_sqlite.bridge.engine) as connection:
        found = launches.registration(connection, ann.answer["registration"])
        assert found is not None
        outcome = settling.settle_now(on_sqlite.bridge, connection, found.person, ACTIVITY)
    certify.after_deciding(on_sqlite.bridge, outcome)
    assert [one.system for one in standing(on_sqlite, ann)] == ["ama-pra-1"]
