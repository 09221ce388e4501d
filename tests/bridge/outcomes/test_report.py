"""The outcomes report: matched learners, named denominators, nothing shown of too few, nothing unpleasant left out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from lrs_bridge.credit.model import Case
from lrs_bridge.outcomes import report
from lrs_bridge.outcomes.privacy import INSIDE, OUTSIDE, Privacy
from tests.bridge.learning import (
    D1,
    TEN_IN_CHICAGO,
    Event,
    a_case,
    a_definition,
    an_item,
    an_override,
    assessed,
    at,
    claimed,
    decided,
    disclosed,
    evaluated,
    finished,
    opened,
    passes,
    under,
)  # fmt: skip

CUT_OFF = "2027-01-01T00:00:00.000Z"


def learner(number: int, *events: Event, **besides: Any) -> Case:
    details = {"person": f"p{number:03}", "registration": f"00000000-0000-4000-8000-{number:012}"} | besides
    return a_case(*events, **details)


def went(number: int, pre: str, post: str, **besides: Any) -> Case:
    """A learner's answers to q1, q2, ... before and after, one letter each; everything else done."""
    work = (*assessed("pre", *pre), disclosed(), *finished(), *assessed("post", *post), *evaluated(), claimed())
    return learner(number, *work, **besides)


def reported(cases: Iterable[Case], privacy: Privacy = INSIDE, **besides: Any) -> dict[str, Any]:
    taken = list(cases)
    definitions = besides.get("definitions", [a_definition()])
    return report.report(taken, decided(*taken), definitions, cut_off=CUT_OFF, privacy=privacy)


def of_item(found: dict[str, Any], item: str = "q1") -> dict[str, Any]:
    return next(one for one in found["assessments"]["items"] if one["id"] == item)


# 12 learners on q1: 8 improve, 2 are right both times, 1 regresses, 1 stays wrong.
TWELVE = [went(n, "a", "b") for n in range(8)] + [went(8, "b", "b"), went(9, "b", "b"), went(10, "b", "a"), went(11, "c", "a")]


def test_it_works() -> None:
    found = of_item(reported(TWELVE))

    assert found["n"] == {"matched": 12, "pre_only": 0, "post_only": 0}
    assert found["flow"] == {"improved": 8, "reinforced": 2, "regressed": 1, "unaffected": 1}
    assert (found["percent_correct"]["pre"]["value"], found["percent_correct"]["post"]["value"]) == (0.25, 0.8333)
    assert found["odds_ratio"]["value"] == 8.0
    assert (found["p"], found["method"]) == ("0.039", "McNemar, exact")  # 2·(1 + 9) / 2^9


def test_says_how_many_were_matched_and_who_is_missing() -> None:
    pre_only = learner(20, *assessed("pre", "a"), disclosed())
    post_only = learner(21, disclosed(), *finished(), *passes())
    found = reported([*TWELVE, pre_only, post_only])["assessments"]

    assert found["n"] == {"matched": 12, "pre_only": 1, "post_only": 1, "pre_after_post": 0, "post_attempts": 13}
    assert found["survivors"]["with_post"]["n"] == 12
    assert found["survivors"]["without_post"] == {"n": 1, "mean_share_correct": None}


def test_compares_the_first_post_activity_attempt() -> None:
    failed_first = [learner(n, *assessed("pre", "a"), disclosed(), *finished(), *assessed("post", "a"), *passes(2)) for n in range(5)]

    assert of_item(reported(failed_first))["flow"] == {"improved": 0, "reinforced": 0, "regressed": 0, "unaffected": 5}


def test_matches_a_person_across_launches() -> None:
    before = [learner(n, *assessed("pre", "a"), disclosed(), person=f"p{n}") for n in range(5)]
    next_day = TEN_IN_CHICAGO + timedelta(days=1)
    after = [learner(n + 50, *at(next_day, disclosed(), *finished(), *passes()), person=f"p{n}") for n in range(5)]
    found = reported([*before, *after])

    assert of_item(found)["flow"]["improved"] == 5
    assert found["funnel"][0]["n"] == 5


def test_a_pre_activity_assessment_after_the_post_one_is_no_baseline() -> None:
    backwards = [learner(n, disclosed(), *finished(), *passes(), *assessed("pre", "b")) for n in range(5)]
    found = reported(backwards)

    assert found["assessments"]["n"]["pre_after_post"] == 5
    assert of_item(found)["n"]["matched"] == 0


def test_never_matches_two_versions_of_an_item() -> None:
    d2 = "d1-" + "2" * 40
    changed = a_definition(version="2026.2", items=[an_item("q1", version="2"), *(an_item(f"q{n}") for n in range(2, 5))])
    both = {D1: a_definition(), d2: changed}
    across = [learner(n, *assessed("pre", "a", "a"), disclosed(), *under(d2, *finished(), *passes()), definitions=both) for n in range(5)]
    items = reported(across, definitions=list(both.values()))["assessments"]["items"]
    matched = {(item["id"], item["version"]): item["n"]["matched"] for item in items}

    assert (matched[("q1", "1")], matched[("q1", "2")], matched[("q2", "1")]) == (0, 0, 5)


def test_leaves_out_a_missing_response_on_both_sides() -> None:
    found = reported([went(n, "ab", "b") for n in range(6)])

    assert of_item(found, "q2")["n"] == {"matched": 0, "pre_only": 6, "post_only": 0}
    assert found["assessments"]["overall"]["mean_share_correct"] == {"pre": 0.0, "post": 1.0}  # q1 alone


def test_leaves_out_a_voided_item() -> None:
    void = an_override("void-item", item="q1")

    assert of_item(reported(went(n, "ab", "bb", overrides=(void,)) for n in range(6)))["n"]["matched"] == 0


def test_gives_an_effect_size_with_its_interval_for_scores() -> None:
    overall = reported([went(n, "ab" if n % 2 else "aa", "bb" if n % 3 else "ab") for n in range(12)])["assessments"]["overall"]

    # before 0.5 for six and 0 for six; after 1 for eight and 0.5 for four: M 0.25 → 0.8333
    assert overall["mean_share_correct"] == {"pre": 0.25, "post": 0.8333}
    # s² = 6·0.0625·2/11 = 0.06818 and (8·(1/6)² + 4·(1/3)²)/11 = 0.06061: d = 0.58333 / √0.064395 = 2.2988
    assert abs(overall["effect"]["d"] - 2.2988) < 0.001
    assert overall["effect"]["low"] < overall["effect"]["d"] < overall["effect"]["high"]
    assert overall["effect"]["hedges_g"] < overall["effect"]["d"]


def test_reports_objectives_by_their_items() -> None:
    items = [an_item("q1"), an_item("q2", objective="counsel"), an_item("q3"), an_item("q4")]
    objectives = [{"id": key, "text": key, "level": "competence"} for key in ("choose-agent", "counsel")]
    definition = a_definition(items=items, objectives=objectives)
    found = reported([went(n, "ab", "bb", definition=definition) for n in range(6)], definitions=[definition])

    shares = {one["id"]: (one["items"], one["mean_share_correct"]) for one in found["assessments"]["objectives"]}
    assert shares["choose-agent"] == (["q1", "q3", "q4"], {"pre": 0.0, "post": 1.0})
    assert shares["counsel"] == (["q2"], {"pre": 1.0, "post": 1.0})


# --- what must not be told, and what must ---------------------------------------------------------------


def test_gives_no_p_for_fewer_than_ten_matched_learners() -> None:
    found = of_item(reported(TWELVE[:9]))

    assert (found["p"], found["p_holm"], found["method"]) == (None, None, None)
    assert "few-for-p" in found["notes"]
    assert found["flow"]["improved"] == 8


def test_shows_nothing_of_fewer_than_five() -> None:
    found = reported(TWELVE[:4])
    item = of_item(found)

    assert item["hidden"] == "Fewer than 5 matched learners: results are not shown."
    assert (item["percent_correct"], item["flow"], found["assessments"]["overall"]["effect"]) == (None, None, None)
    assert found["evaluation"]["items"][0]["hidden"] == "Fewer than 5 answers: not shown."


def test_outside_small_cells_hide_the_whole_flow_and_what_would_give_them_away() -> None:
    item = of_item(reported(TWELVE, OUTSIDE))

    assert (item["flow"], item["p"], item["odds_ratio"], item["difference"]) == (None, None, None, None)
    assert item["percent_correct"]["pre"]["value"] == 0.25
    assert item["hidden"] == "Counts under 11 are not shown, nor what they could be worked out from."


def test_flags_a_ceiling_and_a_change_for_the_worse() -> None:
    worse = [went(n, "b", "b") for n in range(9)] + [went(9, "b", "a")]
    found = of_item(reported(worse))

    assert set(found["notes"]) == {"ceiling", "negative-change"}
    assert found["difference"]["value"] == -0.1


def test_adjusts_p_over_all_items() -> None:
    found = reported([went(n, "aa", "bb") for n in range(10)])  # each 2/2^10 = 0.00195; twice that

    assert (of_item(found)["p"], of_item(found)["p_holm"]) == ("0.002", "0.004")


# --- who came how far -------------------------------------------------------------------------------------


def test_the_funnel_names_each_stage_and_counts_persons() -> None:
    looked = learner(30, opened())
    began = learner(31, disclosed(), *finished("reading"))
    failed = learner(32, disclosed(), *finished(), *assessed("post", "a"))
    counts = {stage["stage"]: stage["n"] for stage in reported([*TWELVE, looked, began, failed])["funnel"]}

    # of the twelve, one answer to four items passes nobody
    assert counts == {"opened": 15, "started": 14, "completed": 13, "passed": 0, "evaluated": 12, "claimed": 12, "awarded": 0}


def test_a_pass_counts_by_responses_and_an_award_by_decision() -> None:
    full = [learner(n, disclosed(), *finished(), *passes(), *evaluated(), claimed()) for n in range(5)]
    bare = learner(9, disclosed(), *finished(), *assessed("post", success=True), *evaluated(), claimed())
    counts = {stage["stage"]: stage["n"] for stage in reported([*full, bare])["funnel"]}

    assert (counts["passed"], counts["awarded"], counts["claimed"]) == (5, 5, 6)


# --- opinions ---------------------------------------------------------------------------------------------


def committed(number: int, text: str, strength: int = 4) -> Case:
    return learner(number, disclosed(), Event("committed", {"k": 1, "r": text, "s": strength}))


def test_counts_ratings_and_gives_the_share_that_agrees() -> None:
    fair = reported(TWELVE)["evaluation"]["items"][0]

    assert (fair["n"], fair["counts"], fair["agree"]["value"]) == (12, {"1": 0, "2": 0, "3": 0, "4": 12, "5": 0}, 1.0)


def test_withholds_the_words_of_few() -> None:
    found = reported([committed(n, "ask about falls") for n in range(4)])["commitments"]

    assert found == {"learners": 4, "hidden": "Fewer than 5 learners: not shown."}


def test_gives_the_words_of_many_without_order_or_addresses() -> None:
    texts = ["use DOACs", "call me: +1 312 555 0100", "write to a.b@c.example", "ask", "check renal function"]
    found = reported([committed(n, text) for n, text in enumerate(texts)])["commitments"]

    assert found["texts"] == ["ask", "call me: [number]", "check renal function", "use DOACs", "write to [address]"]
    assert found["strength"]["4"] == 5


# --- the same again ---------------------------------------------------------------------------------------


def test_is_json_and_the_same_whatever_the_order() -> None:
    there, back = reported(TWELVE), reported(TWELVE[::-1])

    assert json.loads(json.dumps(there)) == there == back


def test_the_data_have_a_fingerprint() -> None:
    assert reported(TWELVE)["data"] != reported(TWELVE[:11])["data"]


def test_nobody_is_no_trouble() -> None:
    found = reported([])

    assert [stage["n"] for stage in found["funnel"]] == [0] * 7
    assert of_item(found)["hidden"] == "No matched learners."
