"""What the screens do with what a learner gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.player.stage import BRIDGE, DESK, PHONE, SCREEN, Situation, Stage, answer_json, situation

pytestmark = pytest.mark.xdist_group("screens")

Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    pages: list[Page] = []

    def open_(kind: str, size: tuple[int, int] = DESK, **more: Any) -> Page:
        page = Stage(browser, size=size).open(situation(kind=kind, name="here", **more))
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.context.close()


def press(page: Page, action: str) -> None:
    page.locator(f'[data-slot="next"][data-action="{action}"]').click()


def screen(page: Page) -> str:
    return page.locator(SCREEN).get_attribute("data-screen") or ""


def saved(page: Page) -> str:
    value: str = page.evaluate("lms['cmi.suspend_data'] || ''")
    return value


# --- tables on a phone ---------------------------------------------------------------------------


def test_a_wide_table_stands_row_by_row_on_a_phone_with_its_headings(opened: Open) -> None:
    page = opened("content", size=PHONE, after="pre-assessment", screen="content:risk", profession="physician")
    table = page.locator(".page .table").first
    assert table.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    last = table.locator("tbody tr").first.locator("td").last
    assert last.evaluate("(cell) => [getComputedStyle(cell).display, getComputedStyle(cell, '::before').content.includes('Remarks')]") == [
        "block",
        True,
    ]


def test_a_wide_table_is_still_a_table_to_whoever_listens(opened: Open) -> None:
    page = opened("content", size=PHONE, after="pre-assessment", screen="content:risk", profession="physician")
    heard = page.locator(".page .table").first.aria_snapshot()
    assert 'columnheader "Remarks"' in heard
    assert 'cell "Congestive heart failure"' in heard


def test_a_table_is_one_on_a_desk(opened: Open) -> None:
    page = opened("content", after="pre-assessment", screen="content:risk", profession="physician")
    assert page.locator(".page td").first.evaluate("(cell) => getComputedStyle(cell).display") == "table-cell"


# --- gates --------------------------------------------------------------------------------------


def test_keeps_the_content_shut_until_the_disclosure_is_acknowledged(opened: Open) -> None:
    page = opened("disclosure", after="front-matter")
    press(page, "acknowledge")
    assert screen(page) == "disclosure"
    assert "Tick the box" in page.locator('[data-slot="foot-error"]').inner_text()


def test_offers_no_way_into_a_locked_step(opened: Open) -> None:
    page = opened("disclosure", after="front-matter")
    locked = page.locator('[data-step][data-status="locked"]')
    assert locked.count() == 9
    assert page.locator('button[data-step][data-status="locked"]').count() == 0


def test_says_why_a_step_is_locked(opened: Open) -> None:
    page = opened("disclosure", after="front-matter")
    assert "acknowledged the disclosure" in page.locator('[data-step="post-assessment"]').inner_text()


def test_asks_for_a_profession_before_going_on(opened: Open) -> None:
    page = opened("profession", after="disclosure")
    press(page, "continue")
    assert screen(page) == "profession"


def test_lets_a_learner_pass_over_the_pre_activity_assessment(opened: Open) -> None:
    page = opened("pre-assessment", after="profession", profession="nurse")
    while page.locator('[data-slot="next"]').get_attribute("data-action") != "submit":
        page.locator('[data-slot="next"]').click()
    press(page, "submit")
    assert screen(page) == "content:risk"


def test_gives_no_feedback_on_the_pre_activity_assessment(opened: Open) -> None:
    page = opened("pre-assessment", after="pre-assessment", profession="nurse")
    assert page.locator(f"{SCREEN} [data-correct], {SCREEN} .rationale").count() == 0


# --- saving -------------------------------------------------------------------------------------


def test_saves_an_answer_when_it_is_given(opened: Open) -> None:
    page = opened("pre-assessment", after="profession", profession="nurse")
    before = saved(page)
    page.locator('input[value="b"]').check()
    assert saved(page) != before
    assert page.locator('[data-save="saved"]').count() == 1


def test_saves_a_text_when_its_field_is_left(opened: Open) -> None:
    page = opened("evaluation", after="post-assessment", profession="nurse")
    page.locator('[data-item="comment"] textarea').fill("Fewer slides")
    page.keyboard.press("Tab")
    assert "Fewer_slides" in saved(page)


def test_saves_a_text_that_is_still_being_written_when_the_page_is_hidden(opened: Open) -> None:
    page = opened("evaluation", after="post-assessment", profession="nurse")
    page.locator('[data-item="comment"] textarea').press_sequentially("Fewer slides")
    page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden'})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert "Fewer_slides" in saved(page)


def test_comes_back_to_the_item_where_the_learner_was(opened: Open) -> None:
    page = opened("post-assessment", after="content", profession="nurse", place={"item": 2, "t": 1})
    assert page.locator("[data-walk-heading]").inner_text() == "Question 3 of 6"


def test_goes_on_to_the_old_place_once_the_profession_is_known_again(opened: Open) -> None:
    page = opened("content", after="pre-assessment", screen="content:short", profession="physician", same_device=False, bridge=None)
    assert screen(page) == "profession"
    page.locator('input[value="physician"]').check()
    press(page, "continue")
    assert screen(page) == "content:short"


def test_keeps_the_name_out_of_the_lms_and_out_of_this_device(opened: Open) -> None:
    page = opened("claim", after="evaluation", profession="pharmacist")
    page.locator('[data-offer="acpe"] input[value="claim"]').check()
    page.locator('[data-field="name"]').fill("Zebulon Quickenborne")
    page.locator('[data-field="nabp-eprofile"]').fill("606060")
    page.locator('[data-field="birth-month-day"]').fill("12-24")
    page.locator('[data-field="attestation"]').check()
    press(page, "claim")
    page.locator('section[data-screen="certificate"]').wait_for()
    kept = page.evaluate("JSON.stringify(lms) + JSON.stringify(localStorage)")
    assert "Zebulon" not in kept
    assert "606060" not in kept


# --- hostile text -------------------------------------------------------------------------------


def test_shows_what_a_learner_wrote_as_text(opened: Open) -> None:
    trap = '<img src=x onerror="globalThis.trapped = 1"> & <b>bold</b>'
    page = opened("evaluation", after="post-assessment", profession="nurse", events=[["rated", {"i": "comment", "r": trap}]])
    assert page.locator('[data-item="comment"] textarea').input_value() == trap
    assert page.evaluate("globalThis.trapped") is None


def test_shows_what_the_bridge_says_as_text(opened: Open) -> None:
    trap = {"code": "x", "text": "<img src=x onerror='globalThis.trapped = 1'>", "remedy": "", "by": ""}
    record = {"system": "ama-pra-1", "outcome": "shortfall", "awarded": "", "reasons": [trap]}
    certificate = {"system": "ama-pra-1", "title": "trap", "url": "javascript:globalThis.trapped = 1"}
    bridge = {"credit": {"records": [record], "certificates": [certificate]}}
    page = opened("certificate", after="claim", profession="physician", place={"p": 1}, bridge=bridge)
    assert "<img" in page.locator('[data-outcome="shortfall"] .reasons').inner_text()
    assert page.locator('[data-action="certificate"]').count() == 0


# --- assessments --------------------------------------------------------------------------------


def test_refuses_to_submit_a_post_activity_assessment_with_questions_open(opened: Open) -> None:
    page = opened("post-assessment", after="content", profession="nurse", place={"item": 6, "t": 1})
    press(page, "submit")
    assert "not fully answered" in page.locator('[data-slot="foot-error"]').inner_text()


def test_orders_by_buttons_and_says_where_a_line_went(opened: Open) -> None:
    page = opened("post-assessment", after="content", profession="nurse", place={"item": 4, "t": 1})
    page.locator('li[data-choice="b"] [data-action="move-up"]').click()
    assert [row.get_attribute("data-choice") for row in page.locator("li[data-choice]").all()] == ["b", "a", "c"]
    expect(page.locator('[data-slot="announcer"]')).to_contain_text("1 of 3")
    assert page.evaluate("document.activeElement.closest('li').dataset.choice") == "b"


def test_takes_a_shown_order_as_the_answer_when_the_learner_says_so(opened: Open) -> None:
    page = opened("post-assessment", after="content", profession="nurse", place={"item": 4, "t": 1})
    before = saved(page)
    page.locator('[data-action="keep-order"]').click()
    assert saved(page) != before


def test_refuses_a_group_mark_instead_of_guessing(opened: Open) -> None:
    page = opened("post-assessment", after="content", profession="nurse", place={"item": 5, "t": 1})
    page.locator('[data-item="numeric"] input').fill("1,000")
    page.keyboard.press("Tab")
    assert page.locator('[data-item="numeric"] input').get_attribute("aria-invalid") == "true"


# --- claim --------------------------------------------------------------------------------------


def test_chooses_no_amount_for_the_learner(opened: Open) -> None:
    page = opened("claim", after="evaluation", profession="physician")
    page.locator('[data-offer="ama-pra-1"] input[value="claim"]').check()
    assert page.locator('[data-field="amount-ama-pra-1"]').input_value() == ""


def test_offers_amounts_in_the_steps_of_the_credit(opened: Open) -> None:
    page = opened("claim", after="evaluation", profession="physician")
    page.locator('[data-offer="ama-pra-1"] input[value="claim"]').check()
    amounts = page.locator('[data-field="amount-ama-pra-1"] option').evaluate_all("(all) => all.map((one) => one.value)")
    assert amounts == ["", "0.25", "0.50", "0.75", "1.00", "1.25"]


def test_asks_only_for_the_identifiers_of_the_credits_wanted(opened: Open) -> None:
    page = opened("claim", after="evaluation", profession="physician")
    page.locator('[data-offer="ama-pra-1"] input[value="claim"]').check()
    page.locator('[data-offer="abim-moc"] input[value="decline"]').check()
    assert page.locator('[data-field="npi"]').count() == 1
    assert page.locator('[data-field="abim-id"]').count() == 0


def test_offers_no_points_that_equal_a_credit_which_is_not_wanted(opened: Open) -> None:
    page = opened("claim", after="evaluation", profession="physician")
    page.locator('[data-offer="ama-pra-1"] input[value="decline"]').check()
    assert page.locator('[data-offer="abim-moc"] input[value="claim"]').is_disabled()


def test_takes_i_do_not_want_credit_for_an_answer(opened: Open) -> None:
    page = opened("claim", after="evaluation", profession="pharmacist")
    page.locator('[data-offer="acpe"] input[value="decline"]').check()
    press(page, "claim")
    assert screen(page) == "certificate"


def test_turns_the_name_of_the_lms_round_and_asks_to_check_it(opened: Open) -> None:
    page = opened("claim", after="evaluation", profession="other", lms={"name": "Đỗ, Thị Hồng"}, bridge=None)
    assert page.locator('[data-field="name"]').input_value() == "Thị Hồng Đỗ"


def test_lets_a_claim_be_made_without_the_number_at_hand(opened: Open) -> None:
    page = opened("claim", after="evaluation", profession="pharmacist")
    page.locator('[data-offer="acpe"] input[value="claim"]').check()
    for key in ("nabp-eprofile", "birth-month-day"):
        page.locator(f'[data-later="{key}"]').check()
    page.locator('[data-field="attestation"]').check()
    press(page, "claim")
    page.locator('section[data-screen="certificate"]').wait_for()


def test_shows_what_the_bridge_objects_to_at_the_field(opened: Open) -> None:
    problem = {"code": "profile-field", "where": "identifiers.nabp-eprofile", "message": "This does not look right.", "remedy": "Check it."}
    page = opened("claim", after="evaluation", profession="pharmacist", bridge={"problems": [problem]})
    page.locator('[data-offer="acpe"] input[value="claim"]').check()
    page.locator('[data-field="nabp-eprofile"]').fill("606060")
    page.locator('[data-field="birth-month-day"]').fill("12-24")
    page.locator('[data-field="attestation"]').check()
    press(page, "claim")
    page.locator('[data-field="nabp-eprofile"][aria-invalid="true"]').wait_for()
    assert screen(page) == "claim"


def test_offers_no_claim_after_the_day_of_termination(opened: Open) -> None:
    page = opened("claim", after="evaluation", profession="physician", today="2029-10-02T18:00:00.000Z")
    assert page.locator("[data-offer]").count() == 0
    press(page, "decline")
    assert screen(page) == "certificate"


# --- certificate --------------------------------------------------------------------------------


def test_asks_again_when_an_answer_about_credit_overtook_the_claim(opened: Open) -> None:
    """The bridge answers from before the claim arrived; the claim is stored before that answer is read. No refusal is shown meanwhile."""
    page = opened("claim", after="evaluation", profession="physician", place={"p": 1})
    claims = held(page, "POST", f"{BRIDGE}/xapi/**")
    questions = held(page, "GET", f"{BRIDGE}/launch/credit")
    page.locator('[data-offer="ama-pra-1"] input[value="claim"]').check()
    page.locator('[data-field="amount-ama-pra-1"]').select_option("1.00")
    page.locator('[data-offer="abim-moc"] input[value="decline"]').check()
    page.locator('[data-field="attestation"]').check()
    press(page, "claim")
    early = next_of(page, questions)
    answer_json(next_of(page, claims), 200, [])
    answer_json(next_of(page, claims), 200, [])
    expect(page.locator('[data-slot="stored"]')).to_contain_text("everything")
    answer_json(early, 200, credit("shortfall", "no-claim"))
    page.wait_for_timeout(300)
    assert page.locator("[data-outcome]").evaluate_all("found => found.map((one) => one.dataset.outcome)") == ["pending"]
    answer_json(next_of(page, questions), 200, credit("award", "claimed-within-maximum"))
    page.locator('[data-outcome="award"]').wait_for()


def held(page: Page, method: str, address: str) -> list[Route]:
    """The requests that wait for the test to answer them."""
    waiting: list[Route] = []
    page.context.route(address, lambda route: waiting.append(route) if route.request.method == method else route.fallback())
    return waiting


def next_of(page: Page, waiting: list[Route]) -> Route:
    for _ in range(1000):
        if waiting:
            return waiting.pop(0)
        page.wait_for_timeout(20)
    raise AssertionError("no request came")


def credit(outcome: str, reason: str) -> dict[str, Any]:
    record = {"system": "ama-pra-1", "outcome": outcome, "awarded": "1.00", "completed_on": "2026-12-04", "reasons": [{"code": reason}]}
    return {"pending": False, "records": [record], "certificates": [], "statements": 0, "last_sequence": 0}


# --- the frame ----------------------------------------------------------------------------------


def test_names_what_is_still_to_be_sent(opened: Open) -> None:
    page = opened("certificate", after="claim", profession="physician", bridge="unreachable")
    assert "cannot be reached" in page.locator('section[data-screen="certificate"]').inner_text()


def test_says_whom_to_ask_when_there_is_no_bridge(opened: Open) -> None:
    page = opened("certificate", after="claim", profession="physician", bridge=None)
    assert "cme@northfield.example" in page.locator('[data-slot="credit"]').inner_text()


def test_keeps_the_steps_in_a_drawer_on_a_phone(opened: Open) -> None:
    page = opened("content", size=PHONE, after="pre-assessment", screen="content:risk", profession="nurse")
    assert not page.locator('[data-step="disclosure"]').is_visible()
    page.locator('[data-action="steps"]').click()
    page.locator('[data-step="disclosure"]').click()
    assert screen(page) == "disclosure"


def test_says_that_the_window_may_be_closed(opened: Open) -> None:
    page = opened("content", after="pre-assessment", screen="content:risk", profession="nurse")
    page.locator('[data-action="exit"]').click()
    assert page.locator('[data-screen="closed"] h1').inner_text() == "You can close this window"


def test_records_nothing_in_a_review(browser: Browser) -> None:
    page = Stage(browser).open(Situation("review", lms={"mode": "review", "credit": "no-credit"}))
    press(page, "start")
    assert saved(page) == ""
    page.context.close()
