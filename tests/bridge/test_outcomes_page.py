"""The outcomes report as a page of its own, and as a few lines in the terminal."""

from __future__ import annotations

from typing import Any

from lxml import html

from lrs_bridge.credit.model import Case
from lrs_bridge.outcomes import page as outcomes_page
from lrs_bridge.outcomes.privacy import INSIDE, OUTSIDE, Privacy
from lrs_bridge.outcomes.report import report
from tests.bridge.learning import a_case, a_definition, an_item, assessed, decided, finished, opened

HOSTILE = '<b>&"</b><script>alert(1)</script>'


def a_learner(n: int, before: str, after: str | None, profession: str = "physician") -> Case:
    """One who answered the four items alike, `b` right and `a` wrong; without `after` they did not come back."""
    went_on = (*finished(), *assessed("post", *after * 4)) if after else ()
    return a_case(
        opened(), *assessed("pre", *before * 4), *went_on, profession=profession, person=f"p{n:02}",
        registration=f"00000000-0000-4000-8000-{n:012}", definition=DEFINITION,
    )  # fmt: skip


DEFINITION = a_definition(title=HOSTILE, items=[an_item(f"q{n}") | {"stem_html": "<p>Which agent?</p>"} for n in range(1, 5)])


def a_report(*cases: Case, privacy: Privacy = INSIDE) -> dict[str, Any]:
    return report(cases, decided(*cases), [DEFINITION], cut_off="2026-12-10T16:00:00.000Z", privacy=privacy)


def a_class() -> list[Case]:
    """Twelve learners: six improved, three were right before and after, two regressed, one did not come back."""
    answers = [("a", "b")] * 6 + [("b", "b")] * 3 + [("b", "a")] * 2 + [("a", None)]
    return [a_learner(n, before, after) for n, (before, after) in enumerate(answers)]


def page(*cases: Case, privacy: Privacy = INSIDE) -> Any:
    return html.document_fromstring(outcomes_page.html(a_report(*cases, privacy=privacy)))


def cells(found: Any, row: str) -> list[str]:
    """The cells of the first row whose heading contains `row`."""
    line = next(tr for tr in found.iter("tr") if any(row in th.text_content() for th in tr.findall("th[@scope='row']")))
    return [" ".join(cell.text_content().split()) for cell in line.findall("td")]


def test_it_works() -> None:
    # 5 of 11 right before, 9 of 11 after. McNemar, exact, of 6 against 2: 2 · (1 + 8 + 28) / 256 = 0.289; Holm: 4 · 0.289, at most 1.
    found = cells(page(*a_class()), "q1 Which agent?")
    assert found[:7] == ["11", "45 % (21–72)", "82 % (52–95)", "6", "3", "2", "0"]
    assert found[7] == "0.289(1.000)"


def test_needs_nothing_besides_itself() -> None:
    found = page(*a_class())
    assert [each.tag for each in found.iter("script", "link", "img", "iframe")] == []
    assert found.find(".//style") is not None


def test_shows_hostile_words_as_text() -> None:
    text = outcomes_page.html(a_report(*a_class()))
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_says_who_is_missing() -> None:
    assert "1 answered before and did not come back to answer after." in page(*a_class()).text_content()


def test_tells_the_chart_in_words_as_well() -> None:
    description = page(*a_class()).find(".//svg/desc").text_content()
    assert "q1: 45 % right before, 82 % after." in description


def test_shows_no_result_of_four_learners() -> None:
    found = page(*(a_learner(n, "a", "b") for n in range(4)))
    assert cells(found, "q1 Which agent?") == ["Fewer than 5 matched learners: results are not shown."]
    assert found.find(".//svg") is None


def test_gives_no_p_for_fewer_than_ten_pairs() -> None:
    found = cells(page(*(a_learner(n, "a", "b") for n in range(9))), "q1 Which agent?")
    assert found[7] == "–"
    assert "too few for p" in found[8]


def test_flags_a_ceiling() -> None:
    assert "ceiling" in cells(page(*(a_learner(n, "b", "b") for n in range(10))), "q1 Which agent?")[8]


def test_is_a_page_before_anybody_came() -> None:
    assert "Nobody has opened the activity yet." in page().text_content()


def test_names_the_version_the_cut_off_and_the_fingerprint() -> None:
    text = page(*a_class()).text_content()
    assert "2026-12-10, 16:00 UTC" in text
    assert a_report(*a_class())["data"] in text


def test_counts_every_stage_by_profession() -> None:
    nurses = [a_learner(n, "a", "b", "nurse") for n in range(20, 25)]
    assert cells(page(*a_class(), *nurses), "Nurse") == ["5", "5", "5", "5", "0", "0", "0"]


def test_shows_no_small_profession_to_outsiders() -> None:
    nurses = [a_learner(n, "a", "b", "nurse") for n in range(20, 25)]
    many = [a_learner(n, "a", "b") for n in range(30, 60)]
    assert "Groups are too small to be shown." in page(*many, *nurses, privacy=OUTSIDE).text_content()


def test_shows_small_professions_together_when_that_is_enough() -> None:
    small = [
        a_learner(n, "a", "b", profession) for profession, first in (("nurse", 20), ("pharmacist", 30)) for n in range(first, first + 6)
    ]
    many = [a_learner(n, "a", "b") for n in range(40, 60)]
    assert cells(page(*many, *small, privacy=OUTSIDE), "All others") == ["12", "12", "12", "12", "0", "0", "0"]


def test_sums_up_in_a_few_lines() -> None:
    # Scores are 0 or 1: variances 5/11·6/11·1.1 = 0.273 and 9/11·2/11·1.1 = 0.164; d = 0.364 / √0.218 = 0.78.
    lines = outcomes_page.summary(a_report(*a_class())).splitlines()
    assert lines[1] == "     12  opened the activity"
    assert "Before and after, 11 matched learners: 45 % → 82 % right, d = 0.78" in outcomes_page.summary(a_report(*a_class()))
    assert "  q1: 45 % (21–72) → 82 % (52–95)" in lines
