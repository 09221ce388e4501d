"""An LMS's own list of completions confirms who took an activity, and shows who is in one and not in the other."""

from __future__ import annotations

from typing import Any

import pytest

from lrs_bridge.deciding import confirming
from lrs_bridge.deciding.confirming import Compared
from lrs_bridge.refusals import Malformed, NotFound
from lrs_bridge.store import audit
from lrs_bridge.store.engine import reading, writing
from scorm_packager.activity.problems import ProblemsFound
from tests.bridge.builders import KEY_OF_ANN, KEY_OF_BOB, ABridge
from tests.bridge.learning import ACTIVITY, a_definition, a_provider, everything

SURE = a_definition(provider=a_provider(assurance="confirmed"))
KEY_OF_NOBODY = "c" * 32


def confirms(here: ABridge, *lines: str, site: str = "northfield", activity: str | None = None, column: str | None = None) -> Compared:
    data = "\n".join(lines).encode()
    with writing(here.bridge.engine) as connection:
        return confirming.confirm(here.bridge, connection, data, site=site, activity=activity, column=column)


def took(here: ABridge, learner: str = "ann", key: str = KEY_OF_ANN, **launch: Any) -> None:
    launched = here.registers(SURE).launched(learner, key, **launch)
    launched.profile(profession="physician")
    launched.takes(*everything())


def test_it_works(here: ABridge) -> None:
    took(here)
    assert [reason["code"] for reason in here.record()["reasons"]] == ["assurance-too-low"]
    found = confirms(here, "Student,Completed on", "ann,2026-12-04")
    assert (found.confirmed, found.column, found.decided_by) == (("ann",), "Student", ("Completed on",))
    assert here.record()["outcome"] == "award"


@pytest.mark.parametrize(
    "lines",
    [
        ("\ufeffuser id;name;status", "ann;Ann;Completed"),
        ("name\tid", "Ann\tann"),
        ('"Name, first",ID,Score', '"Example, Ann", ann ,90'),
    ],
)
def test_finds_the_learner_whatever_the_columns_are_called(on_sqlite: ABridge, lines: tuple[str, ...]) -> None:
    took(on_sqlite)
    assert confirms(on_sqlite, *lines).confirmed == ("ann",)


@pytest.mark.parametrize("said", ["", "In progress", "not completed", "FAILED", "No", "-"])
def test_whoever_did_not_complete_is_not_confirmed(on_sqlite: ABridge, said: str) -> None:
    took(on_sqlite)
    assert confirms(on_sqlite, "id,Completion  Status", f"ann,{said}").confirmed == ()


def test_lists_who_is_in_one_and_not_in_the_other(here: ABridge) -> None:
    took(here)
    confirms(here, "id", "ann")
    here.works()
    found = confirms(here, "id,status", "cem,completed", "ann,enrolled")
    assert (found.only_in_lms, found.only_here) == (("cem",), ("ann",))


def test_of_several_launches_under_one_id_none_is_confirmed_when_nothing_says_whose_they_are(here: ABridge) -> None:
    took(here)
    took(here, key=KEY_OF_BOB)
    assert confirms(here, "id", "ann").doubtful == ("ann",)


def test_of_several_launches_the_one_whose_key_came_again_is_confirmed(here: ABridge) -> None:
    took(here)
    took(here, key=KEY_OF_BOB)
    here.launched()
    assert confirms(here, "id", "ann").confirmed == ("ann",)
    assert sorted(one["outcome"] for one in here.records() if one["system"] == "ama-pra-1") == ["award", "held"]


def test_the_same_number_at_another_site_is_somebody_else(here: ABridge) -> None:
    here.adds_site("lakeside")
    took(here)
    took(here, key=KEY_OF_NOBODY, site="lakeside")
    confirms(here, "id", "ann", site="lakeside")
    assert sorted((one["site"], one["outcome"]) for one in here.records() if one["system"] == "ama-pra-1") == [
        ("lakeside", "award"),
        ("northfield", "held"),
    ]


def test_confirming_again_changes_nothing(here: ABridge) -> None:
    took(here)
    confirms(here, "id", "ann")
    again = confirms(here, "id", "ann")
    assert (again.confirmed, again.confirmed_before) == ((), ("ann",))


def test_is_in_the_audit_log_without_a_learners_name(here: ABridge) -> None:
    took(here)
    confirms(here, "id", "ann")
    with reading(here.bridge.engine) as connection:
        entry = audit.listed(connection)[-1]
    assert (entry.action, entry.facts["confirmed"]) == ("completions confirmed", 1)
    assert "ann" not in {str(fact) for fact in entry.facts.values()}


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (("id", "nobody-known"), "No column holds an id"),
        (("id",), "no rows"),
        (("",), "no lines"),
    ],
)
def test_says_why_a_file_confirms_nobody(on_sqlite: ABridge, lines: tuple[str, ...], says: str) -> None:
    took(on_sqlite)
    with pytest.raises(ProblemsFound, match=says):
        confirms(on_sqlite, *lines)


def test_asks_which_activity_is_meant_when_there_are_several(on_sqlite: ABridge) -> None:
    took(on_sqlite)
    on_sqlite.launched(activity=ACTIVITY + "-2")
    with pytest.raises(Malformed, match="several activities"):
        confirms(on_sqlite, "id", "ann")
    assert confirms(on_sqlite, "id", "ann", activity=ACTIVITY).confirmed == ("ann",)


def test_needs_a_site_that_there_is(on_sqlite: ABridge) -> None:
    with pytest.raises(NotFound):
        confirms(on_sqlite, "id", "ann", site="nowhere")
