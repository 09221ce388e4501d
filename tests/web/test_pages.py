"""The pages that people open in a browser: who may see what, and that they show it as text."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from lxml import html
from werkzeug.test import TestResponse

from lrs_bridge import work
from lrs_bridge.deciding import certify
from lrs_bridge.store import certificates
from lrs_bridge.store.engine import reading
from tests.bridge.builders import PUBLIC, ABridge, Launched
from tests.bridge.certificates import an_activity
from tests.bridge.learning import ACTIVITY, Event, all_but_claim, declined, everything

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HOSTILE = '<b>&"</b><script>alert(1)</script>'
STAFF_PAGES = ("/records", "/outcomes", f"/outcomes?activity={ACTIVITY}")
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def a_bridge_with_an_award(here: ABridge, name: str = "Ann Example", **definition: Any) -> Launched:
    ann = here.registers(an_activity(**definition)).launched()
    ann.profile(name=name)
    ann.takes(Event("committed", {"k": "1", "r": HOSTILE, "s": 4}), *everything())
    work.decide_all(here.bridge, certify.after_deciding)
    return ann


def certificate_path(learner: Launched) -> str:
    (one,) = learner.credit()["certificates"]
    return str(one["url"]).removeprefix(PUBLIC)


def verify_path(here: ABridge, learner: Launched) -> str:
    with reading(here.bridge.engine) as connection:
        (one,) = certificates.of_registration(connection, learner.answer["registration"])
    return f"/verify/{one.verify}"


def visits(here: ABridge, path: str, role: Any = None) -> TestResponse:
    return here.client.get(path, headers=BROWSER | (here.key(role) if role else {}))


def record_path(here: ABridge) -> str:
    return f"/records/{here.record()['id']}"


def test_it_works(here: ABridge) -> None:
    a_bridge_with_an_award(here)
    answer = visits(here, "/records", "report")
    assert answer.status_code == 200
    assert "Ann Example" in answer.text


# --- who may see what -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", STAFF_PAGES)
@pytest.mark.parametrize("role", ["report", "admin", "full"])
def test_shows_staff_their_pages(on_sqlite: ABridge, path: str, role: str) -> None:
    a_bridge_with_an_award(on_sqlite)
    answer = visits(on_sqlite, path, role)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")


@pytest.mark.parametrize("path", [*STAFF_PAGES, "/records/anything"])
def test_asks_strangers_for_a_key(on_sqlite: ABridge, path: str) -> None:
    a_bridge_with_an_award(on_sqlite)
    answer = visits(on_sqlite, path)
    assert (answer.status_code, answer.mimetype) == (401, "text/html")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert "Ann" not in answer.text


@pytest.mark.parametrize("path", [*STAFF_PAGES, "/records/anything"])
@pytest.mark.parametrize("role", ["lms", "author"])
def test_refuses_keys_that_may_not_read_records(on_sqlite: ABridge, path: str, role: str) -> None:
    a_bridge_with_an_award(on_sqlite)
    answer = visits(on_sqlite, path, role)
    assert (answer.status_code, answer.mimetype) == (403, "text/html")
    assert "Ann" not in answer.text


def test_refuses_a_learners_token(on_sqlite: ABridge) -> None:
    ann = a_bridge_with_an_award(on_sqlite)
    assert on_sqlite.client.get("/records", headers=BROWSER | ann.headers).status_code == 403


@pytest.mark.parametrize("path", ["/", "/pages.css"])
def test_shows_anybody_what_is_nobodys(on_sqlite: ABridge, path: str) -> None:
    assert visits(on_sqlite, path).status_code == 200


# --- what the pages carry ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/records", "/outcomes", "/nothing", "/verify/" + "0" * 32])
def test_leaves_a_browser_nothing_to_do_but_show(on_sqlite: ABridge, path: str) -> None:
    headers = visits(on_sqlite, path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/records", "/outcomes"])
def test_keeps_records_out_of_caches(on_sqlite: ABridge, path: str) -> None:
    assert "no-store" in visits(on_sqlite, path, "report").headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/records", "/outcomes"])
def test_answers_head_like_get_without_the_page(on_sqlite: ABridge, path: str) -> None:
    key = on_sqlite.key("report")
    asked, got = (method(path, headers=BROWSER | key) for method in (on_sqlite.client.head, on_sqlite.client.get))
    assert (asked.status_code, asked.data) == (got.status_code, b"")
    assert asked.headers["Content-Length"] == got.headers["Content-Length"]


# --- where nothing is ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/nothing", "/verify/" + "0" * 32, "/certificates/" + "0" * 32, "/verify/%00", "/certificates/..%2f"])
def test_tells_a_person_calmly_that_nothing_is_there(here: ABridge, path: str) -> None:
    answer = visits(here, path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "nothing at this address" in answer.text


def test_tells_a_program_in_json(on_sqlite: ABridge) -> None:
    answer = on_sqlite.client.get("/nothing")
    assert answer.json is not None
    assert [problem["code"] for problem in answer.json["problems"]] == ["not-found"]


@pytest.mark.parametrize("path", ["/xapi/nothing", "/launch/nothing"])
def test_keeps_the_doors_of_programs_in_json(on_sqlite: ABridge, path: str) -> None:
    assert visits(on_sqlite, path).mimetype == "application/json"


def test_knows_no_outcomes_of_an_unknown_activity(on_sqlite: ABridge) -> None:
    assert visits(on_sqlite, "/outcomes?activity=https://nobody.example", "report").status_code == 404


# --- certificates ---------------------------------------------------------------------------------------


def test_opens_a_certificate_without_signing_in(here: ABridge) -> None:
    answer = visits(here, certificate_path(a_bridge_with_an_award(here)))
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")


def test_says_that_a_withdrawn_certificate_is_gone(on_sqlite: ABridge) -> None:
    ann = a_bridge_with_an_award(on_sqlite)
    path, verify = certificate_path(ann), verify_path(on_sqlite, ann)
    ann.sends(ann.says(50, declined("ama-pra-1")))
    work.decide_all(on_sqlite.bridge, certify.after_deciding)
    assert visits(on_sqlite, path).status_code == 410
    assert "was withdrawn" in visits(on_sqlite, path).text
    assert "no longer in force" in visits(on_sqlite, verify).text


def test_verifies_a_certificate(on_sqlite: ABridge) -> None:
    found = visits(on_sqlite, verify_path(on_sqlite, a_bridge_with_an_award(on_sqlite)))
    assert found.status_code == 200
    for said in ("genuine and in force", "Ann Example", "Northfield Academy", "1.00", "December 4, 2026"):
        assert said in found.text


def test_shows_whoever_verifies_nothing_else_of_the_learner(on_sqlite: ABridge) -> None:
    ann = a_bridge_with_an_award(on_sqlite)
    found = visits(on_sqlite, verify_path(on_sqlite, ann)).text
    for kept in ("As The LMS Says", "physician", ann.answer["registration"], ann.answer["actor"]["account"]["name"], "northfield/ann"):
        assert kept not in found


def test_leads_from_a_replaced_certificate_to_the_newer_one(on_sqlite: ABridge) -> None:
    ann = a_bridge_with_an_award(on_sqlite)
    old = verify_path(on_sqlite, ann)
    ann.profile(name="Ann Example-Ortega")
    work.decide_all(on_sqlite.bridge, certify.after_deciding)
    found = visits(on_sqlite, old).text
    assert "A newer certificate replaces this one" in found
    assert verify_path(on_sqlite, ann) in found
    assert "in force" not in found


# --- hostile words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["records", "record", "verify", "outcomes"])
def test_shows_hostile_words_as_text(on_sqlite: ABridge, page: str) -> None:
    ann = a_bridge_with_an_award(on_sqlite, name=HOSTILE, title=HOSTILE)
    paths = {
        "records": "/records",
        "record": record_path(on_sqlite),
        "verify": verify_path(on_sqlite, ann),
        "outcomes": f"/outcomes?activity={ACTIVITY}",
    }
    found = visits(on_sqlite, paths[page], "report").text
    assert "<script" not in found
    assert "&lt;script&gt;" in found


def test_tells_staff_why_an_award_has_no_certificate(on_sqlite: ABridge) -> None:
    a_bridge_with_an_award(on_sqlite, name="ᠮᠣᠩᠭᠣᠯ")
    assert "U+182E" in visits(on_sqlite, record_path(on_sqlite), "report").text
    assert "no certificate" in visits(on_sqlite, "/records", "report").text


# --- what every page owes its readers -------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["/", "/records", "record", "verify", "/outcomes", f"/outcomes?activity={ACTIVITY}", "/nothing"])
def test_is_a_page_that_assistive_technology_can_read(on_sqlite: ABridge, page: str) -> None:
    ann = a_bridge_with_an_award(on_sqlite)
    path = {"record": record_path(on_sqlite), "verify": verify_path(on_sqlite, ann)}.get(page, page)
    assert list(_barriers(visits(on_sqlite, path, "report").text)) == []


def _barriers(text: str) -> Any:
    """What WCAG 2.2 objects to and can be seen in the source: language, title, headings, landmarks, names of tables and links."""
    found = html.document_fromstring(text)
    if not found.get("lang"):
        yield "no language"
    if not (found.findtext(".//title") or "").strip():
        yield "no title"
    levels = [int(heading.tag[1]) for heading in found.iter("h1", "h2", "h3", "h4")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings: {levels}"
    yield from (f"heading level skipped: {two}" for one, two in pairwise(levels) if two > one + 1)
    yield from (f"id twice: {key}" for key, n in Counter(each.get("id") for each in found.iter() if each.get("id")).items() if n > 1)
    yield from ("a table heading without scope" for cell in found.iter("th") if cell.get("scope") not in ("row", "col"))
    yield from ("a link without words" for link in found.iter("a") if not link.text_content().strip())
    yield from (f"{each.tag} in the page" for each in found.iter("script", "style", "img", "iframe"))
    yield from ("style in an element" for each in found.iter() if each.get("style"))
    if len(found.findall(".//main")) != 1:
        yield "main"


def test_says_who_can_do_what_about_a_shortfall(on_sqlite: ABridge) -> None:
    ann = on_sqlite.registers().launched()
    ann.profile(profession="physician")
    ann.takes(*all_but_claim())
    text = on_sqlite.client.get(f"/records/{on_sqlite.record()['id']}", headers=on_sqlite.key("report")).text
    assert "Learner: Open the activity and claim the credit, or say that you do not want it." in text
