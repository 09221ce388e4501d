"""An import adds to an activity's file, and changes nothing that stands there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm_packager.activity import yaml_text
from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.importing.addition import addition
from scorm_packager.importing.found import importer_for
from scorm_packager.importing.into import target_of, write
from scorm_packager.importing.yaml_entries import with_entries
from tests.packager.importers.samples import a_source
from tests.packager.importers.texts import CALM, WORDS

BANK = "id,question,a,b,answer,objective\nq9,Which?,This,That,b,\n"
ITEM = {"id": "q9", "kind": "choice", "stem": "Which?", "choices": {"a": "This", "b": "That"}, "answer": "b"}


@pytest.fixture
def activity(tmp_path: Path) -> Path:
    shutil.copytree(templates() / "activities" / "article", tmp_path / "activity")
    return tmp_path / "activity"


def imported(activity: Path, text: str = BANK, name: str = "bank.csv") -> list[str]:
    """The codes of the problems of an import that was written."""
    source = a_source(activity.parent / name, text)
    target = target_of(activity)
    added = addition(importer_for(source.path).read(source), source, target.activity, target.held)
    write(target, added)
    return [each.code for each in added.problems]


def items(activity: Path) -> list[object]:
    found: list[object] = yaml_text.read_file(activity / "activity.yaml", "activity.yaml").value["items"]
    return found


def test_it_works(activity: Path) -> None:
    assert imported(activity) == []
    assert items(activity)[-1] == ITEM


def test_every_line_that_was_there_stays_byte_for_byte(activity: Path) -> None:
    before = (activity / "activity.yaml").read_text(encoding="utf-8")
    imported(activity)
    after = (activity / "activity.yaml").read_text(encoding="utf-8")
    at = after.index("\n  - id: q9")
    assert (
        after[:at] + after[after.index("\n# The standard form") :]
        == before[: before.index("\n# The standard form")] + before[before.index("\n# The standard form") :]
    )


def test_importing_twice_adds_nothing(activity: Path) -> None:
    imported(activity)
    once = (activity / "activity.yaml").read_bytes()
    assert imported(activity) == ["import-there-already"]
    assert (activity / "activity.yaml").read_bytes() == once


def test_an_item_that_was_linked_since_counts_as_the_same(activity: Path) -> None:
    imported(activity)
    file = activity / "activity.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("- id: q9", "- id: q9\n    objective: agent"), encoding="utf-8")
    assert imported(activity) == ["import-there-already"]


def test_another_item_of_the_same_id_is_left_alone_and_named(activity: Path) -> None:
    before = items(activity)
    assert imported(activity, "id,question,a,b,answer\nq1,Which?,This,That,b\n") == ["import-id-taken"]
    assert items(activity) == before


def test_a_file_of_the_activity_is_never_written_over(activity: Path) -> None:
    (activity / "content" / "intro").mkdir()
    (activity / "content" / "intro" / "intro.md").write_text("Mine.")
    assert imported(activity, "# Intro\n\nTheirs.\n", "intro.md") == ["import-file-there"]
    assert (activity / "content" / "intro" / "intro.md").read_text() == "Mine."


def test_an_objective_is_linked_where_the_activity_has_it(activity: Path) -> None:
    assert imported(activity, BANK.replace(",b,\n", ",b,Agent\n")) == []
    assert items(activity)[-1] == {
        "id": "q9",
        "kind": "choice",
        "objective": "agent",
        **{key: ITEM[key] for key in ("stem", "choices", "answer")},
    }


def test_an_objective_that_is_not_known_is_named_and_left_out(activity: Path) -> None:
    assert imported(activity, BANK.replace(",b,\n", ",b,surgery\n")) == ["import-unknown-objective"]
    assert items(activity)[-1] == ITEM


def test_a_category_of_the_name_of_an_objective_links_its_questions(activity: Path) -> None:
    imported(activity, "$CATEGORY: top/Moments\n\n::q9::Which?{~This =That}\n", "bank.gift")
    assert items(activity)[-1] == {
        "id": "q9",
        "kind": "choice",
        "objective": "moments",
        **{key: ITEM[key] for key in ("stem", "choices", "answer")},
    }


def test_ids_do_not_depend_on_what_stands_before(tmp_path: Path) -> None:
    def ids(rows: list[str]) -> dict[str, str]:
        source = a_source(tmp_path / "bank.csv", "question,a,b,answer\n" + "".join(f"{row},This,That,b\n" for row in rows))
        return {
            str(each["stem"]): str(each["id"])
            for each in addition(importer_for(source.path).read(source), source, {}, lambda _: None).items
        }

    rows = ["Which drug?", "どの薬ですか", "أي دواء؟", "When?"]
    assert ids(rows) == ids(rows[::-1])
    assert len(set(ids(rows).values())) == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: x\nitems: []  # none yet\nz: 1\n", "title: x\nitems:  # none yet\n  - {a: 1}\nz: 1\n"),
        ("title: x\nitems:\nz: 1\n", "title: x\nitems:\n  - {a: 1}\nz: 1\n"),
        ("title: x\n", "title: x\n\nitems:\n  - {a: 1}\n"),
        ("title: x", "title: x\n\nitems:\n  - {a: 1}\n"),
        ("items:\n- {b: 2}\n\n# of z\nz: 1\n", "items:\n- {b: 2}\n- {a: 1}\n\n# of z\nz: 1\n"),
        ("items:\n    -   {b: 2}\n    # - {c: 3}\nz: 1\n", "items:\n    -   {b: 2}\n    # - {c: 3}\n    - {a: 1}\nz: 1\n"),
        ("z: 1\nitems:\n  - b: |\n      # not a comment\n", "z: 1\nitems:\n  - b: |\n      # not a comment\n  - {a: 1}\n"),
        ("\ufeffitems:\r\n  - {b: 2}\r\nz: 1\r\n", "\ufeffitems:\r\n  - {b: 2}\r\n  - {a: 1}\r\nz: 1\r\n"),
    ],
)
def test_entries_are_added_in_the_manner_of_the_file(before: str, after: str) -> None:
    assert with_entries(before.encode(), "activity.yaml", {"items": [{"a": 1}]}).decode() == after


@pytest.mark.parametrize("text", ["items: [{b: 2}]\n", "items: some\n", "items: &x [{b: 1}]\nz: *x\n"])
def test_a_list_written_in_a_way_that_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(ProblemsFound, match="import-cannot-add"):
        with_entries(text.encode(), "activity.yaml", {"items": [{"a": 1}]})


@CALM
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["stem", "rationale", "answer", "unit"]),
            st.one_of(WORDS, st.lists(WORDS, min_size=2, max_size=3).map("\n\n".join)),
            min_size=1,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_is_written_is_read_again(entries: list[dict[str, str]]) -> None:
    text = with_entries(b"title: x\nitems:\n  - {b: 2}\nz: 1\n", "activity.yaml", {"items": entries})
    assert yaml_text.read(text, "activity.yaml").value == {"title": "x", "items": [{"b": 2}, *entries], "z": 1}
