"""However many records there are, a page shows fifty of them, and says how to reach the others."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from playwright.sync_api import Browser

from lrs_bridge.credit.record import canonical, record_id
from lrs_bridge.store import records
from lrs_bridge.store.engine import writing
from lrs_bridge.store.records import KeptDecision
from tests.bridge.builders import ABridge
from tests.bridge.learning import ACTIVITY, everything


@pytest.fixture
def full(here: ABridge) -> ABridge:
    """120 decisions of one learner: 70 awards and 50 shortfalls."""
    ann = here.registers().launched()
    ann.profile(profession="physician")
    ann.takes(*everything())
    like = json.loads(_decision(here))
    with writing(here.bridge.engine) as connection:
        records.replace(connection, ann.answer["registration"], [_kept(like, ann.answer["registration"], n) for n in range(120)])
    return here


def _decision(here: ABridge) -> str:
    found = next(one for one in here.records())
    return json.dumps({name: value for name, value in found.items() if name not in ("certificate", "learner_id")})


def _kept(like: dict[str, str], registration: str, n: int) -> KeptDecision:
    outcome, system = ("award" if n < 70 else "shortfall"), f"system-{n:03}"
    record = like | {"id": record_id(registration, system), "registration": registration, "system": system, "outcome": outcome}
    return KeptDecision(
        registration=registration, system=system, person=str(uuid.UUID(int=1)), activity=ACTIVITY, outcome=outcome,
        record=canonical(record).decode(), decided="2026-12-04T16:00:00.000Z",
    )  # fmt: skip


def shown(here: ABridge, query: str) -> tuple[int, str]:
    """How many records stand on the page, and how it names itself."""
    text = here.client.get(f"/records{query}", headers=here.key("report")).text
    named = re.search(r"Page \d+ of \d+", text)
    return text.count('class="mark '), named[0] if named else ""


def test_it_works(full: ABridge) -> None:
    assert [shown(full, query) for query in ("", "?page=2", "?page=3")] == [(50, "Page 1 of 3"), (50, "Page 2 of 3"), (20, "Page 3 of 3")]


def test_counts_pages_of_one_outcome(full: ABridge) -> None:
    assert [shown(full, query) for query in ("?outcome=award&page=2", "?outcome=shortfall")] == [(20, "Page 2 of 2"), (50, "")]


@pytest.mark.parametrize(
    ("query", "found"), [("?page=99", "Page 3 of 3"), ("?page=0", "Page 1 of 3"), ("?page=-1", "Page 1 of 3"), ("?page=x", "Page 1 of 3")]
)
def test_shows_a_page_that_there_is(full: ABridge, query: str, found: str) -> None:
    assert shown(full, query)[1] == found


def test_links_go_on_with_what_was_asked_for(full: ABridge) -> None:
    text = full.client.get(f"/records?activity={ACTIVITY}&outcome=award", headers=full.key("report")).text
    (onward,) = re.findall(r'rel="next" href="([^"]+)"', text)
    assert shown(full, onward.removeprefix("/records").replace("&amp;", "&")) == (20, "Page 2 of 2")


def test_a_record_is_found_by_its_id(full: ABridge) -> None:
    text = full.client.get("/records?outcome=shortfall", headers=full.key("report")).text
    address = re.findall(r'href="(/records/[0-9a-f-]+)"', text)[0]
    assert full.client.get(address, headers=full.key("report")).status_code == 200
    assert full.client.get("/records/%25", headers=full.key("report")).status_code == 404


def test_on_a_phone_nothing_of_a_record_lies_beyond_the_edge(on_sqlite: ABridge, browser: Browser) -> None:
    ann = on_sqlite.registers().launched()
    ann.profile(profession="physician", name="Wilhelmina Alexandra von Hohenstein-Oberkirchner")
    ann.takes(*everything(amount="3.00"))
    on_sqlite.works()
    text = on_sqlite.client.get("/records", headers=on_sqlite.key("report")).text
    style = f"<style>{on_sqlite.client.get('/pages.css').text}</style>"
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_content(re.sub("<link[^>]*pages.css[^>]*>", style, text))
    seen = page.evaluate("[...document.querySelectorAll('td')].map(cell => cell.getBoundingClientRect().right)")
    context.close()
    assert len(seen) >= 10
    assert max(seen) <= 360
