"""Keys: each role may do what it is for; secrets are shown once, kept as hashes, expire and are revoked."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from lrs_bridge import access
from lrs_bridge.refusals import NotFound
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


def _revoke(here: ABridge, key: access.NewKey) -> bool:
    with writing(here.bridge.engine) as connection:
        return keys.revoke(connection, key.kept.id, here.bridge.text_now())


def test_stops_when_it_is_revoked(here: ABridge) -> None:
    key = here.new_key("full")
    assert _revoke(here, key)
    assert not _revoke(here, key)
    assert here.posts(a_statement(), headers=basic(key)).status_code == 401


def test_stops_two_seconds_after_it_is_revoked_in_another_process(here: ABridge) -> None:
    key = here.new_key("full")
    assert here.posts(a_statement(), headers=basic(key)).status_code == 200
    _revoke(here, key)
    here.clock.moves(seconds=2)
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


def test_shows_its_last_use(here: ABridge) -> None:
    key = here.new_key("full")
    here.gets(STATEMENT_ID, headers=basic(key))
    here.client.application.extensions["doorkeeper"].uses.tell()
    with reading(here.bridge.engine) as connection:
        assert keys.get(connection, key.kept.id).last_used == "2026-12-04T16:00:00.000Z"


def test_a_late_note_of_an_earlier_use_changes_nothing(here: ABridge) -> None:
    key = here.new_key("full")
    with writing(here.bridge.engine) as connection:
        keys.note_uses(connection, {key.kept.id: "2026-12-04T16:05:00.000Z"})
        keys.note_uses(connection, {key.kept.id: "2026-12-04T16:04:00.000Z"})
    with reading(here.bridge.engine) as connection:
        assert keys.get(connection, key.kept.id).last_used == "2026-12-04T16:05:00.000Z"


def test_makes_secrets_of_256_bits() -> None:
    assert len(bytes.fromhex(access.new_key("full", lambda n: b"\x07" * n, TEN_IN_CHICAGO).secret)) == 32


# --- a new secret -------------------------------------------------------------------------------


def _rotated(here: ABridge, key: access.NewKey, hours: float = 24) -> access.NewKey:
    made = access.rotated(key.kept, here.bridge.random_bytes, here.bridge.now(), overlap=timedelta(hours=hours))
    with writing(here.bridge.engine) as connection:
        keys.put_secret(connection, made.kept)
    return made


def _status(here: ABridge, key: access.NewKey) -> int:
    return here.posts(a_statement(), headers=basic(key)).status_code


def test_both_secrets_are_good_while_a_rotation_lasts(here: ABridge) -> None:
    old = here.new_key("full")
    new = _rotated(here, old)
    assert (_status(here, old), _status(here, new)) == (200, 200)
    here.clock.moves(hours=24)
    assert (_status(here, old), _status(here, new)) == (401, 200)


def test_the_old_secret_ends_at_once_without_an_overlap(here: ABridge) -> None:
    old = here.new_key("full")
    new = _rotated(here, old, hours=0)
    assert (_status(here, old), _status(here, new)) == (401, 200)


def test_revoking_ends_both_secrets(here: ABridge) -> None:
    old = here.new_key("full")
    new = _rotated(here, old)
    _revoke(here, old)
    assert (_status(here, old), _status(here, new)) == (401, 401)


def test_the_secret_before_the_last_is_good_no_more(here: ABridge) -> None:
    first = here.new_key("full")
    second = _rotated(here, first)
    third = _rotated(here, second)
    assert (_status(here, first), _status(here, second), _status(here, third)) == (401, 200, 200)


def test_gives_no_new_secret_to_a_revoked_key(here: ABridge) -> None:
    key = here.new_key("full")
    _revoke(here, key)
    with reading(here.bridge.engine) as connection:
        kept = keys.get(connection, key.kept.id)
    with pytest.raises(NotFound):
        access.rotated(kept, here.bridge.random_bytes, here.bridge.now(), overlap=timedelta(hours=1))


# --- at the door --------------------------------------------------------------------------------


def _without_keys(here: ABridge) -> None:
    with writing(here.bridge.engine) as connection:
        connection.execute(text("ALTER TABLE keys RENAME TO hidden"))


def test_asks_the_database_once_in_two_seconds(here: ABridge) -> None:
    headers = here.key("author")
    assert here.posts(a_statement(), headers=headers).status_code == 403
    here.client.application.extensions["doorkeeper"].uses.tell()
    _without_keys(here)
    assert here.posts(a_statement(), headers=headers).status_code == 403
    here.clock.moves(seconds=2)
    assert here.posts(a_statement(), headers=headers).status_code == 500


def test_lets_nobody_guess_all_day(on_sqlite: ABridge) -> None:
    good, key = on_sqlite.key("full"), on_sqlite.new_key("full")
    assert on_sqlite.posts(a_statement(), headers=good).status_code == 200
    wrong = [on_sqlite.posts(headers=basic(replace(key, secret=str(n)))).status_code for n in range(300)]
    assert set(wrong) == {401, 429}
    # Whoever was good a moment ago is no guesser, even where all come from one proxy's address.
    on_sqlite.clock.moves(seconds=3)
    assert on_sqlite.posts(a_statement(), headers=good).status_code == 200


# --- which role may what ------------------------------------------------------------------------

# xAPI 1.0.3 Communication 4.2, and what docs/operations.md says of the roles.
MAY = {
    "lms": {"statements/write", "statements/read/mine", "state", "state/read", "profile", "profile/read", "define"},
    "author": {"definitions/write"},
    "report": {"all/read", "statements/read", "statements/read/mine", "state/read", "profile/read"},
    "admin": {"all/read", "statements/read", "statements/read/mine", "state/read", "profile/read", "definitions/write"},
    "full": {
        "all", "all/read", "statements/write", "statements/read", "statements/read/mine", "state", "state/read", "profile",
        "profile/read", "define", "definitions/write",
    },
}  # fmt: skip


@pytest.mark.parametrize("role", access.ROLES)
def test_each_role_has_its_scopes(role: access.Role) -> None:
    assert access.SCOPES[role] == MAY[role]
