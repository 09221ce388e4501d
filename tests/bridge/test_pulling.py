"""The statements of another record store are fetched, kept as they were received, and one bad one stops nobody."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from lrs_bridge import upstream
from lrs_bridge.other_stores import pulling, upstreams_admitted
from lrs_bridge.other_stores.record_store import RecordStore, Trouble
from lrs_bridge.store import statements, upstreams
from lrs_bridge.store.engine import reading, writing
from tests.bridge.builders import ABridge, a_statement, basic
from tests.bridge.learning import REGISTRATION
from tests.bridge.record_stores import Asked, Reply, Store, adds_upstream, exchanges, letters, reply, served, state

STORED = "2026-12-04T15:00:{:02d}.000Z"


def an_id(n: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, str(n)))


def a_text(n: int, **changes: Any) -> str:
    """A statement as another store gives it, stored there at second `n`."""
    return json.dumps(a_statement(id=an_id(n), stored=STORED.format(n), **changes))


def kept(here: ABridge, n: int) -> statements.Kept | None:
    with reading(here.bridge.engine) as connection:
        return statements.by_id(connection, an_id(n))


def upstream_of(here: ABridge) -> upstreams.Upstream:
    with reading(here.bridge.engine) as connection:
        (found,) = upstreams.listed(connection)
    return found


def cursor_of(here: ABridge) -> upstreams.Cursor:
    with reading(here.bridge.engine) as connection:
        (found,) = upstreams.cursors_of(connection, "lms")
    return found


def gives_up(here: ABridge) -> None:
    """The only dead letter."""
    (letter,) = letters(here)
    with writing(here.bridge.engine) as connection:
        upstreams_admitted.give_up(here.bridge, connection, letter.seq)


def test_statements_are_kept_as_they_were_received(here: ABridge) -> None:
    text = a_text(1).replace('": ', '" :  ')
    with served(Store(text)) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here)

    found = kept(here, 1)
    assert found is not None
    assert (found.text, found.origin) == (text, "upstream:northfield:lms")


def test_a_statement_that_is_no_text_stops_nobody(here: ABridge) -> None:
    """Half of a character in UTF-8."""
    store = Store(a_text(1), a_text(2, result={"response": "HERE"}), a_text(3))

    def damaged(asked: Asked) -> Reply:
        status, headers, body = store(asked)
        return status, headers, body.replace(b"HERE", b"caf\xc3")

    with served(damaged) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here)

    assert [n for n in (1, 2, 3) if kept(here, n)] == [1, 3]
    (letter,) = letters(here)
    assert "utf-8" in letter.reason


def test_every_page_is_fetched(here: ABridge) -> None:
    with served(Store(*(a_text(n) for n in range(7)), page=3)) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here)

    assert [n for n in range(7) if kept(here, n)] == list(range(7))
    assert len(server.asked) == 3


def test_what_is_new_there_comes_with_the_next_look(here: ABridge) -> None:
    store = Store(a_text(1))
    with served(store) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here)
        store.texts.append(a_text(2))
        exchanges(here)

    assert kept(here, 2)


def test_a_look_begins_a_minute_before_the_newest_that_is_known(on_sqlite: ABridge) -> None:
    with served(Store(a_text(30))) as server:
        adds_upstream(on_sqlite, server.url, pulls=True)
        exchanges(on_sqlite, times=2)

    assert [asked.query.get("since") for asked in server.asked] == [None, "2026-12-04T14:59:30.000Z"]
    assert all(asked.query["ascending"] == "true" for asked in server.asked)


def test_a_duplicate_leaves_the_first_text_and_records_the_second_way(here: ABridge) -> None:
    of_registration = {"context": {"registration": REGISTRATION}}
    key = here.new_key("full")
    here.posts(a_statement(id=an_id(1), **of_registration), headers=basic(key))
    before = kept(here, 1)
    with served(Store(a_text(1, **of_registration))) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here)

    with reading(here.bridge.engine) as connection:
        ((now, came_by),) = statements.of_registration(connection, REGISTRATION)
    assert (now, letters(here)) == (before, [])
    assert came_by == {f"key:{key.kept.id}", "upstream:northfield:lms"}


def test_a_bad_statement_becomes_a_dead_letter_and_the_rest_is_kept(here: ABridge) -> None:
    bad = a_text(3, verb={"id": "no IRI"})
    with served(Store(a_text(1), a_text(2), bad, a_text(4))) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here, times=2)

    (letter,) = letters(here)
    assert (letter.statement, letter.text, letter.direction) == (an_id(3), bad, "pull")
    assert "verb" in letter.reason
    assert [n for n in range(1, 5) if kept(here, n)] == [1, 2, 4]


def test_another_content_under_a_known_id_becomes_a_dead_letter(here: ABridge) -> None:
    here.posts(a_statement(id=an_id(1)))
    with served(Store(a_text(1, object={"id": "https://cme.northfield.example/things/2"}))) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here)

    (letter,) = letters(here)
    assert "under this id" in letter.reason


def test_a_dead_letter_that_was_given_up_does_not_come_back(here: ABridge) -> None:
    with served(Store(a_text(1, verb={"id": "no IRI"}))) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here)
        gives_up(here)
        exchanges(here)

    assert letters(here) == []


def test_a_dead_letter_that_is_still_bad_stays_with_its_reason(here: ABridge) -> None:
    with served(Store(a_text(1, object={"objectType": "StatementRef"}))) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here)
        (letter,) = letters(here)
        reason = upstream.again(here.bridge, letter.seq)

    assert [(one.seq, one.reason) for one in letters(here)] == [(letter.seq, reason)]


# --- crash and resumption -------------------------------------------------------------------------


def test_after_a_crash_between_keeping_and_moving_on_the_page_is_fetched_again(here: ABridge) -> None:
    with served(Store(a_text(1), a_text(2))) as server:
        adds_upstream(here, server.url, pulls=True)
        with pytest.raises(KeyboardInterrupt):
            exchanges(replace(here, bridge=replace(here.bridge, now=lambda: dies_once_kept(here))))
        assert state(here)["position"] == ""
        here.clock.moves(minutes=10)  # whoever died holds the cursor no longer
        exchanges(here)

    assert [kept(here, n) is not None for n in (1, 2)] == [True, True]
    assert (letters(here), state(here)["error"], len(server.asked)) == ([], None, 2)


def dies_once_kept(here: ABridge) -> datetime:
    """A clock at whose next look after the statements are on disk the process is killed."""
    if kept(here, 2):
        raise KeyboardInterrupt
    return here.clock()


def test_while_one_process_holds_a_cursor_another_leaves_it_alone(here: ABridge) -> None:
    with served(Store(a_text(1))) as server:
        adds_upstream(here, server.url, pulls=True)
        with writing(here.bridge.engine) as connection:
            now, until = here.bridge.text_now(), "2026-12-04T17:00:00.000Z"
            assert upstreams.claim(connection, "lms", "pull", now, until)
        exchanges(here)

    assert server.asked == []


# --- stores that misbehave ------------------------------------------------------------------------

LIST = {"statements": [], "more": ""}
MISBEHAVING = {
    "answers with something else": lambda asked: reply(200, b"<html>Please log in</html>"),
    "answers with a list": lambda asked: reply(200, []),
    "has statements that are no list": lambda asked: reply(200, {"statements": {}}),
    "sends on to another host": lambda asked: reply(302, Location="http://169.254.169.254/latest"),
    "leads to another host": lambda asked: reply(200, {"statements": [json.loads(a_text(1))], "more": "http://169.254.169.254/xapi"}),
    "is not there": lambda asked: reply(404, b"not here"),
    "is broken": lambda asked: reply(500, b"Traceback"),
    "never ends": lambda asked: reply(200, b" " * 3_000_000),
    "nests without end": lambda asked: reply(200, b'{"statements":[' + b"[" * 100_000),
    "compresses": lambda asked: reply(200, b"\x1f\x8b", Content_Encoding="gzip"),
    "promises more than it sends": lambda asked: reply(200, b"{", Content_Length="100"),
}


def looks_twice(here: ABridge, found: upstreams.Upstream, store: RecordStore) -> None:
    for _ in range(2):
        pulling.pull(here.bridge, found, store, cursor_of(here))


@pytest.mark.parametrize("name", MISBEHAVING)
def test_a_store_that_misbehaves_is_trouble_and_nothing_worse(on_sqlite: ABridge, name: str) -> None:
    with served(MISBEHAVING[name]) as server:
        adds_upstream(on_sqlite, server.url, pulls=True)
        found = upstream_of(on_sqlite)
        store = replace(upstream.store_of(on_sqlite.bridge, found), largest=1_000_000, read_seconds=0.5)
        with pytest.raises(Trouble) as trouble:
            looks_twice(on_sqlite, found, store)

    assert trouble.value.reason
    assert "very secret" not in trouble.value.reason


def test_credentials_are_not_carried_to_where_more_leads(on_sqlite: ABridge) -> None:
    with served(Store(a_text(2))) as elsewhere:
        page = {"statements": [json.loads(a_text(1))], "more": f"{elsewhere.url}/statements"}
        with served(lambda asked: reply(200, page)) as server:
            adds_upstream(on_sqlite, server.url, pulls=True)
            exchanges(on_sqlite, times=2)

    assert elsewhere.asked == []
    assert "leads to another host" in state(on_sqlite)["error"]


def test_a_redirect_is_not_followed(on_sqlite: ABridge) -> None:
    with served(Store(a_text(2))) as elsewhere, served(lambda asked: reply(307, Location=f"{elsewhere.url}/statements")) as server:
        adds_upstream(on_sqlite, server.url, pulls=True)
        exchanges(on_sqlite, times=2)

    assert elsewhere.asked == []
    assert "sends on to" in state(on_sqlite)["error"]


def test_an_answer_that_trickles_is_not_waited_for(on_sqlite: ABridge) -> None:
    with served(lambda asked: reply(200, LIST)) as server:
        adds_upstream(on_sqlite, server.url, pulls=True)
        found = upstream_of(on_sqlite)
        store = replace(upstream.store_of(on_sqlite.bridge, found), answer_seconds=-1)
        with pytest.raises(Trouble, match="takes longer"):
            pulling.pull(on_sqlite.bridge, found, store, cursor_of(on_sqlite))


def test_a_store_that_is_broken_is_put_off_and_says_why(here: ABridge) -> None:
    with served(lambda asked: reply(500, b"Traceback")) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here, times=2)

    found = state(here)
    assert (found["error"], found["tries"], found["position"]) == ("it is busy or broken: 500 Traceback", 2, "")
    assert found["not_before"] > here.bridge.text_now()


def test_a_more_that_leads_to_itself_is_followed_once(on_sqlite: ABridge) -> None:
    again = {"statements": [json.loads(a_text(1))], "more": "/xapi/statements?again"}
    with served(lambda asked: reply(200, again)) as server:
        adds_upstream(on_sqlite, server.url, pulls=True)
        exchanges(on_sqlite)

    assert len(server.asked) == 2


def test_a_stored_in_the_future_hides_nothing_that_comes_later(on_sqlite: ABridge) -> None:
    wrong = json.dumps(a_statement(id=an_id(1), stored="2999-01-01T00:00:00.000Z"))
    store = Store(a_text(2), wrong)
    with served(store) as server:
        adds_upstream(on_sqlite, server.url, pulls=True)
        exchanges(on_sqlite)
        store.texts.append(a_text(3))
        exchanges(on_sqlite)

    assert [kept(on_sqlite, n) is not None for n in (1, 2, 3)] == [True, True, True]


def test_a_link_that_is_good_no_longer_is_replaced_by_a_new_look(on_sqlite: ABridge) -> None:
    def replying(asked: Asked) -> Reply:
        if "expired" in asked.path:
            return reply(400, b"no such link")
        return reply(200, {"statements": [json.loads(a_text(1))], "more": "" if "since" in asked.query else "/xapi/statements?expired"})

    with served(replying) as server:
        adds_upstream(on_sqlite, server.url, pulls=True)
        exchanges(on_sqlite)

    assert (state(on_sqlite)["error"], len(server.asked)) == (None, 3)


def test_credentials_that_are_refused_stop_it_until_somebody_resumes_it(here: ABridge) -> None:
    with served(lambda asked: reply(401, b"who are you?")) as server:
        adds_upstream(here, server.url, pulls=True)
        exchanges(here, times=3)
        assert len(server.asked) == 1
        assert state(here)["paused"]
        assert "401" in state(here)["error"]
        server.replying = Store(a_text(1))
        with writing(here.bridge.engine) as connection:
            upstreams.resume(connection, "lms", here.bridge.text_now())
        exchanges(here)

    assert kept(here, 1)
    assert letters(here) == []
