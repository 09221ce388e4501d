"""The link to the next page: it goes on where the page ended, whatever came since, and gives nobody another's rights."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lrs_bridge.web import app_of
from tests.bridge.builders import ABridge, codes
from tests.web.asking import BOB, asked, followed, found, numbered, numbers


def pages(here: ABridge, headers: dict[str, str], **query: object) -> list[list[int]]:
    answer = asked(here, headers, **query)
    given = [numbers(answer)]
    while answer.json["more"]:
        answer = followed(here, answer.json["more"], headers)
        given.append(numbers(answer))
    return given


def test_it_works(here: ABridge) -> None:
    headers = here.key("full")
    here.posts(*(numbered(n) for n in range(5)), headers=headers)
    assert pages(here, headers, limit=2) == [[4, 3], [2, 1], [0]]
    assert pages(here, headers, limit=2, ascending=True) == [[0, 1], [2, 3], [4]]
    assert pages(here, headers, limit=5) == [[4, 3, 2, 1, 0]]


def test_gives_two_hundred_at_once_where_no_limit_is_named(on_sqlite: ABridge) -> None:
    headers = on_sqlite.key("full")
    on_sqlite.posts(*(numbered(n) for n in range(201)), headers=headers)
    assert [len(page) for page in pages(on_sqlite, headers)] == [200, 1]
    assert [len(page) for page in pages(on_sqlite, headers, limit=0)] == [200, 1]
    assert [len(page) for page in pages(on_sqlite, headers, limit=999)] == [200, 1]


def test_shows_neither_twice_nor_never_what_was_there_when_others_arrive(here: ABridge) -> None:
    headers = here.key("full")
    here.posts(*(numbered(n) for n in range(4)), headers=headers)
    first = asked(here, headers, limit=2)
    here.posts(*(numbered(n) for n in range(10, 14)), headers=headers)
    assert numbers(followed(here, first.json["more"], headers)) == [1, 0]


def test_keeps_to_what_was_asked_for(here: ABridge) -> None:
    headers = here.key("full")
    here.posts(*(numbered(n, actor=BOB) if n % 2 else numbered(n) for n in range(8)), headers=headers)
    first = asked(here, headers, agent=BOB, limit=2, format="ids")
    second = followed(here, first.json["more"], headers)
    assert numbers(second) == [3, 1]
    assert second.json["statements"][0]["verb"] == {"id": "http://adlnet.gov/expapi/verbs/experienced"}


@pytest.mark.parametrize("mount", ["/xapi", "/xapi/2.0"])
def test_stays_at_its_own_mount(on_sqlite: ABridge, mount: str) -> None:
    headers = on_sqlite.key("full")
    on_sqlite.posts(numbered(1), numbered(2), headers=headers)
    link = asked(on_sqlite, headers, mount, limit=1).json["more"]
    assert link.startswith(f"{mount}/statements?more=")
    assert numbers(followed(on_sqlite, link, headers)) == [1]


def test_starts_at_the_root_of_the_host_that_browsers_see(on_sqlite: ABridge) -> None:
    on_sqlite.posts(numbered(1), numbered(2))
    behind = replace(on_sqlite.bridge, config=replace(on_sqlite.bridge.config, public_url="https://host.example/bridge"))
    link = asked(replace(on_sqlite, client=app_of(behind).test_client()), limit=1).json["more"]
    assert link.startswith("/bridge/xapi/statements?more=")


def test_is_good_a_day_later(here: ABridge) -> None:
    headers = here.key("full")
    here.posts(numbered(1), numbered(2), headers=headers)
    link = asked(here, headers, limit=1).json["more"]
    here.clock.moves(hours=25)
    assert numbers(followed(here, link, headers)) == [1]


def test_shows_a_reader_of_their_own_nothing_of_others(here: ABridge) -> None:
    everything, own = here.key("full"), here.key("lms")
    here.posts(numbered(1), headers=own)
    here.posts(*(numbered(n) for n in (2, 3, 4)), headers=everything)
    link = asked(here, everything, limit=1).json["more"]
    assert numbers(followed(here, link, everything)) == [3]
    assert numbers(followed(here, link, own)) == [1]
    assert followed(here, link, here.key("author")).status_code == 403


def test_can_be_read_by_nobody_else(on_sqlite: ABridge) -> None:
    on_sqlite.posts(numbered(1, actor=BOB), numbered(2, actor=BOB))
    link = asked(on_sqlite, agent=BOB, limit=1).json["more"]
    assert "bob" not in link
    other = on_sqlite.client.get(link[:-8] + "AAAAAAAA", headers=on_sqlite.key("full"))
    assert (other.status_code, codes(other)) == (400, ["malformed-more"])


@pytest.mark.parametrize("token", ["x", "%C3%A9", "gAAAAA", "A" * 5000])
def test_refuses_what_is_no_continuation(on_sqlite: ABridge, token: str) -> None:
    answer = on_sqlite.client.get(f"/xapi/statements?more={token}", headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)) == (400, ["malformed-more"])


def test_takes_no_parameters_beside(on_sqlite: ABridge) -> None:
    on_sqlite.posts(numbered(1), numbered(2))
    link = asked(on_sqlite, limit=1).json["more"]
    answer = on_sqlite.client.get(link + "&limit=5", headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)) == (400, ["more-alone"])


def test_cuts_a_page_of_very_long_statements(on_sqlite: ABridge) -> None:
    headers = on_sqlite.key("full")
    for n in range(3):
        on_sqlite.posts(numbered(n, result={"response": "x" * 9_000_000}), headers=headers)
    assert pages(on_sqlite, headers) == [[2], [1], [0]]
    assert found(on_sqlite, headers, limit=1) == [2]
