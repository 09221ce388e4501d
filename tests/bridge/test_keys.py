"""Keys: each role may do what it is for; secrets are shown once, kept as hashes, expire and are revoked."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from lrs_bridge import access
from lrs_bridge.store import keys
from lrs_bridge.store.engine import reading, writing
from tests.bridge.builders import STATEMENT_ID, ABridge, a_statement, basic, codes
from tests.bridge.learning import TEN_IN_CHICAGO


def test_it_works(here: ABridge) -> None:
    assert here.posts(a_statement(), headers=here.key("full")).status_code == 200


@pytest.mark.parametrize(
    ("role", "writes", "reads"), [("lms", 200, 404), ("author", 403, 403), ("report", 403, 200), ("admin", 403, 200), ("full", 200, 200)]
)
def test_may_do_what_its_role_is_for(on_sqlite: ABridge, role: access.Role, writes: int, reads: int) -> None:
    on_sqlite.posts(a_statement())
    headers = on_sqlite.key(role)
    assert on_sqlite.posts(a_statement(id=None), headers=headers).status_code == writes
    assert on_sqlite.gets(STATEMENT_ID, headers=headers).status_code == reads


def test_lets_an_lms_read_what_it_sent(here: ABridge) -> None:
    headers = here.key("lms")
    here.posts(a_statement(), headers=headers)
    assert here.gets(STATEMENT_ID, headers=headers).status_code == 200


def test_names_the_scope_that_is_missing(on_sqlite: ABridge) -> None:
    answer = on_sqlite.posts(a_statement(), headers=on_sqlite.key("author"))
    assert codes(answer) == ["scope-missing"]
    assert "'statements/write'" in answer.text


def test_opens_no_learners_door(on_sqlite: ABridge) -> None:
    assert on_sqlite.client.get("/launch/credit", headers=on_sqlite.key("full")).status_code == 401


def test_stops_at_its_expiry(here: ABridge) -> None:
    headers = basic(here.new_key("full", days=30))
    here.clock.moves(days=29)
    assert here.posts(a_statement(), headers=headers).status_code == 200
    here.clock.moves(days=1)
    assert here.posts(a_statement(), headers=headers).status_code == 401


def test_stops_when_it_is_revoked(here: ABridge) -> None:
    key = here.new_key("full")
    with writing(here.bridge.engine) as connection:
        assert keys.revoke(connection, key.kept.id, here.bridge.text_now())
        assert not keys.revoke(connection, key.kept.id, here.bridge.text_now())
    assert here.posts(a_statement(), headers=basic(key)).status_code == 401


@pytest.mark.parametrize("secret", ["", "0" * 64, "é", "\x00"])
def test_refuses_a_wrong_secret_as_it_refuses_an_unknown_key(on_sqlite: ABridge, secret: str) -> None:
    key = on_sqlite.new_key("full")
    wrong = on_sqlite.posts(a_statement(), headers=basic(replace(key, secret=secret)))
    unknown = on_sqlite.posts(a_statement(), headers=basic(replace(key, kept=replace(key.kept, id="nobody"))))
    assert (wrong.status_code, wrong.text) == (unknown.status_code, unknown.text) == (401, unknown.text)


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic " + base64.b64encode(b"no colon").decode(), "Digest x", "Bearer", ""])
def test_refuses_a_malformed_header(on_sqlite: ABridge, header: str) -> None:
    answer = on_sqlite.posts(a_statement(), headers={"Authorization": header, "X-Experience-API-Version": "1.0.3"})
    assert answer.status_code == 401


def test_keeps_only_a_hash_of_the_secret(on_sqlite: ABridge) -> None:
    key = on_sqlite.new_key("full")
    on_sqlite.bridge.close()
    written = b"".join(path.read_bytes() for path in on_sqlite.bridge.config.data.glob("bridge.sqlite*"))
    assert key.kept.id.encode() in written
    assert key.secret.encode() not in written


def test_notes_its_last_use_once_a_minute(here: ABridge) -> None:
    key = here.new_key("full")
    uses = []
    for _ in range(3):
        here.gets(STATEMENT_ID, headers=basic(key))
        with reading(here.bridge.engine) as connection:
            kept = keys.get(connection, key.kept.id)
        uses.append(kept.last_used if kept else None)
        here.clock.moves(seconds=45)
    assert uses == ["2026-12-04T16:00:00.000Z", "2026-12-04T16:00:00.000Z", "2026-12-04T16:01:30.000Z"]


def test_makes_secrets_of_256_bits() -> None:
    assert len(bytes.fromhex(access.new_key("full", lambda n: b"\x07" * n, TEN_IN_CHICAGO).secret)) == 32

