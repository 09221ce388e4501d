"""An activity becomes its definition: every element that a learner must be told, every wording frozen, one id for one content."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from scorm_packager.activity import schema
from scorm_packager.activity.definition import FolderSource, canonical, definition_id, definition_of, parse
from scorm_packager.activity.definition_model import DefinedItem, Definition
from scorm_packager.activity.load import load
from scorm_packager.activity.model import Activity
from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.source import Outside
from tests.packager.activity_builders import CHOICE, a_folder, a_person, an_activity, the_definition

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "af-anticoagulation"
FULL: dict[str, Any] = {
    "reviewed": "2026-12-10",
    "terminates": "2029-11-30",
    "estimated_minutes": 30,
    "media": ["text", "video"],
    "audience": {"professions": ["nurse", "physician associate"], "specialties": ["Cardiology"]},
    "needs": [{"id": "gap", "gap": "Doses are wrong.", "need": "competence", "desired_change": "Doses are right."}],
    "objectives": [{"id": "dose", "text": "Choose <the> dose", "need": "gap"}],
    "credits": [{"system": "ama-pra-1", "maximum": "0.5"}],
    "people": [a_person("Maria Okafor", "faculty", credentials="MD"), a_person("Ada Planner", "planner")],
    "items": [CHOICE, {**CHOICE, "id": "q2"}, {**CHOICE, "id": "q3"}],
    "assessments": {"pre": {"items": ["q3"]}, "post": {"passing_score": 0.66, "attempts": 2}},
    "evaluation": {},
    "commitment_to_change": {"ask": 2},
    "references": ["Erasmus V. doi:10.1086/650451"],
    "regulatory": [{"jurisdiction": "US-AL", "topic": "controlled substances", "hours": "0.5"}],
    "requirements": "A browser.",
    "copyright": "© 2026 Northfield",
}


def full(**changes: Any) -> Definition:
    return the_definition(an_activity(**FULL | changes))


def block(kind: str, **changes: Any) -> str:
    found = {block.kind: block.html for block in full(**changes).front_matter}
    return " ".join(re.sub(r"<[^>]*>", " ", found.get(kind, "")).split())


def an_item(**said: Any) -> DefinedItem:
    return the_definition(an_activity(items=[CHOICE | said])).items[0]


def test_it_works() -> None:
    found = the_definition(an_activity(items=[CHOICE]))
    assert (found.contents[0].id, found.contents[0].title, found.items[0].answer) == ("one", "One", "b")


def test_the_example_has_a_definition() -> None:
    loaded = load(EXAMPLE)
    found = definition_of(loaded.activity, loaded.source)
    assert [offer.system for offer in found.credits] == ["ama-pra-1", "ancc", "acpe", "abim-moc"]
    assert len(found.items) == 18


# --- one content, one id ------------------------------------------------------------------------


def test_the_canonical_form_is_sorted_and_without_spaces() -> None:
    data = canonical(full())
    assert data == json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert b'"schema":"d1"' in data


def test_the_id_is_the_beginning_of_the_hash_of_the_canonical_form() -> None:
    found = full()
    assert definition_id(found) == "d1-" + hashlib.sha256(canonical(found)).hexdigest()[:40]


def test_the_same_activity_gives_the_same_bytes() -> None:
    assert canonical(full()) == canonical(full())


def test_what_is_read_back_is_the_same() -> None:
    assert parse(canonical(full())) == full()


def test_what_is_assigned_later_is_no_part_of_it() -> None:
    assert definition_id(full()) == definition_id(full(reporting={"pars_activity_id": "202600001", "fee": "No"}))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"terminates": "2029-12-01"},
        {"people": [a_person("Maria Okafor", credentials="DO")]},
        {"credits": [{"system": "ama-pra-1", "maximum": "0.75"}]},
        {"items": [CHOICE | {"answer": "a"}, *FULL["items"][1:]]},
        {"assessments": {"post": {"passing_score": 0.67, "attempts": 2}}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_a_learner_sees_or_credit_depends_on_changes_the_id(change: dict[str, Any]) -> None:
    assert definition_id(full(**change)) != definition_id(full())


MALFORMED = [b"", b"{", b"\xff", b"[]", b'{"schema": "d2"}', b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}", b"9" * 5000, b'"\\ud800"']


@pytest.mark.parametrize("data", MALFORMED, ids=lambda data: data[:12].decode(errors="replace"))
def test_what_is_no_definition_is_refused_with_reasons(data: bytes) -> None:
    with pytest.raises(ProblemsFound) as found:
        parse(data)
    assert {problem.code for problem in found.value.problems} == {"malformed-definition"}


FORGED = [
    ("passing_score", lambda said: said["post"].update(passing_score=-1)),
    ("no number", lambda said: said["post"].update(passing_score=float("nan"))),
    ("unknown key", lambda said: said.update(extra=1)),
    ("numeric answer without range", lambda said: said["items"][0].update(kind="numeric", answer={"to": "4"})),
    ("amount with a sign", lambda said: said["credits"][0].update(maximum="-1")),
    ("half a character", lambda said: said.update(title="\ud800")),
]


@pytest.mark.parametrize(("name", "forge"), FORGED, ids=[name for name, _ in FORGED])
def test_a_forged_definition_is_refused(name: str, forge: Any) -> None:
    said = json.loads(canonical(full()))
    forge(said)
    with pytest.raises(ProblemsFound):
        parse(json.dumps(said).encode())


# --- what must be told before the start (ACCME enduring materials; AMA PRA) ---------------------


def test_the_blocks_come_in_the_order_of_the_screen() -> None:
    assert [block.kind for block in full().front_matter] == [
        "audience", "needs", "objectives", "faculty", "media", "participation", "passing", "time", "dates", "accreditation", "designation",
        "regulatory", "references", "contact", "requirements", "copyright",
    ]  # fmt: skip


def test_a_block_without_anything_to_say_is_left_out() -> None:
    kinds = [block.kind for block in the_definition(an_activity()).front_matter]
    assert kinds == ["participation", "dates", "accreditation", "contact"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("audience", "This activity is for nurses and physician associates and assistants in Cardiology."),
        ("needs", "Doses are wrong. Desired change: Doses are right."),
        ("objectives", "After this activity, learners should be able to: Choose &lt;the&gt; dose"),
        ("faculty", "Maria Okafor, MD"),
        ("media", "Text and video"),
        ("passing", "Credit requires a score of 66% (2 of 3 items) in the post-activity assessment, within 2 attempts."),
        ("time", "30 minutes"),
        ("designation", "The Northfield Medical Society designates this enduring material for a maximum of 0.5"),
        (
            "accreditation",
            "The Northfield Medical Society is accredited by the Accreditation Council for Continuing Medical Education (ACCME)",
        ),
        ("regulatory", "US-AL: 0.5 hours of controlled substances"),
        ("references", "Erasmus V. doi:10.1086/650451"),
        ("contact", "Office, Northfield Medical Society: education@northfield.example"),
        ("requirements", "A browser."),
        ("copyright", "© 2026 Northfield"),
    ],
)
def test_tells_a_learner(kind: str, expected: str) -> None:
    assert block(kind).startswith(expected)


def test_tells_the_three_dates_together_with_their_zone() -> None:
    assert block("dates") == (
        "Release date December 1, 2026 Most recent review December 10, 2026 "
        "Termination date November 30, 2029. No credit can be claimed after this day (time zone America/Chicago)."
    )


@pytest.mark.parametrize(("language", "day"), [("en", "December 1, 2026"), ("en-GB", "1 December 2026"), ("de", "2026-12-01")])
def test_writes_a_date_as_the_language_does(language: str, day: str) -> None:
    assert f"Release date {day} " in block("dates", language=language)


def test_the_way_to_take_part_follows_from_the_screens() -> None:
    assert block("participation") == (
        "To complete this activity: Read this page and acknowledge the disclosure. "
        "Respond to the pre-activity assessment. It has no passing score and gives no feedback. Take part in the whole content (1 part). "
        "Take the post-activity assessment and reach the passing score of 66%. You have 2 attempts. "
        "Submit the evaluation. Claim your credit."
    )


def test_the_authors_own_way_to_take_part_goes_first() -> None:
    assert block("participation", participation="Read, *then* respond.") == "Read, then respond."


def test_nobody_is_promised_credit_where_none_is_offered() -> None:
    assert "credit" not in block("participation", credits=[])


# --- what must be done --------------------------------------------------------------------------


def test_what_must_be_done_follows_from_what_there_is() -> None:
    assert full().requires == ("disclosure", "content", "post-assessment", "evaluation", "claim")
    assert the_definition(an_activity()).requires == ("disclosure", "content", "claim")


def test_all_items_are_asked_unless_some_are_named() -> None:
    found = full()
    assert found.post is not None
    assert found.pre is not None
    assert (found.post.items, found.pre.items) == (("q1", "q2", "q3"), ("q3",))


def test_a_learner_may_choose_the_audience_first_and_another_profession_last() -> None:
    keys = [option.key for option in full().professions]
    assert (keys[:2], keys[-1]) == (["nurse", "physician-associate"], "other")


def test_a_package_may_keep_the_score() -> None:
    contents = [{"page": "content/one.md", "minutes": 5}, {"package": "content/Story Line.zip", "minutes": 10}]
    post = {"post": {"from": "content/Story Line.zip", "passing_score": 0.8}}
    found = the_definition(an_activity(contents=contents, assessments=post), {"content/Story Line.zip": "PK"})
    assert found.post is not None
    assert (found.post.from_, found.post.items, found.contents[1].package) == ("story-line", (), "content/Story Line.zip")


# --- contents and files -------------------------------------------------------------------------


def test_contents_of_one_name_get_different_ids() -> None:
    contents = [{"page": f"content/{folder}/intro.md", "minutes": 5} for folder in ("a", "b", "c")]
    found = the_definition(an_activity(contents=contents), {f"content/{folder}/intro.md": "# I\n" for folder in ("a", "b", "c")})
    assert [content.id for content in found.contents] == ["intro", "intro-2", "intro-3"]


def test_a_given_id_is_never_taken_by_a_file_of_that_name() -> None:
    contents = [{"page": "content/one.md", "minutes": 5}, {"page": "content/two.md", "id": "one", "minutes": 5}]
    found = the_definition(an_activity(contents=contents), {"content/two.md": "# Two\n"})
    assert [content.id for content in found.contents] == ["one-2", "one"]


def test_lists_every_file_once_with_its_hash_and_size(tmp_path: Path) -> None:
    page = "# One\n\n![A](fig.svg)\n\n![B](fig.svg)\n"
    video = "  - {video: content/v.mp4, captions: content/v.vtt, poster: content/p.png, title: V, minutes: 5}\n"
    files = {
        "content/one.md": page,
        "content/fig.svg": "<svg/>",
        "content/v.mp4": "film",
        "content/v.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n",
        "content/p.png": "",
    }
    loaded = load(a_folder(tmp_path, video, files=files))
    found = definition_of(loaded.activity, loaded.source)
    assert [(file.path, file.bytes) for file in found.files] == [
        ("content/fig.svg", 6), ("content/p.png", 0), ("content/v.mp4", 4), ("content/v.vtt", 39),
    ]  # fmt: skip
    assert found.files[2].sha256 == hashlib.sha256(b"film").hexdigest()


def test_lists_the_figures_of_items() -> None:
    item = CHOICE | {"vignette": "![ECG](content/ecg.svg)", "choices": {"a": "![A](content/a.png)", "b": "B"}}
    found = the_definition(an_activity(items=[item]), {"content/ecg.svg": "<svg/>", "content/a.png": ""})
    assert [file.path for file in found.files] == ["content/a.png", "content/ecg.svg"]


def test_a_source_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "secret")
    for path in ("../secret", str(tmp_path / "secret"), "link", "a/../../secret"):
        with pytest.raises(Outside):
            FolderSource(tmp_path / "inside").read(path)


# --- items --------------------------------------------------------------------------------------


def test_an_item_is_html_with_its_markdown_and_without_its_scripts() -> None:
    item = an_item(stem="Which *dose*?", choices={"a": "CO<sub>2</sub>", "b": "<script>x</script>"}, rationale="**b** is right.")
    assert (item.stem_html, item.choices[0].html, item.rationale_html) == (
        "Which <em>dose</em>?",
        "CO<sub>2</sub>",
        "<p><strong>b</strong> is right.</p>",
    )
    assert "<" not in item.choices[1].html


ANSWERS: list[tuple[dict[str, Any], object]] = [
    ({"kind": "multiple", "choices": {"a": "A", "b": "B", "c": "C"}, "answer": ["c", "a"]}, ["c", "a"]),
    ({"kind": "ordering", "choices": {"a": "A", "b": "B"}, "answer": ["b", "a"]}, ["b", "a"]),
    (
        {"kind": "matching", "sources": {"s1": "A", "s2": "B"}, "targets": {"t1": "1", "t2": "2"}, "answer": {"s1": "t2", "s2": "t1"}},
        {"s1": "t2", "s2": "t1"},
    ),
    ({"kind": "numeric", "answer": {"from": "4.50", "to": 5}}, {"from": "4.50", "to": "5"}),
    ({"kind": "true-false", "answer": False}, False),
]


@pytest.mark.parametrize(("said", "answer"), ANSWERS, ids=lambda value: value.get("kind") if isinstance(value, dict) else None)
def test_an_answer_is_kept_in_the_form_of_its_kind(said: dict[str, Any], answer: object) -> None:
    activity = an_activity(items=[{"id": "q1", "stem": "S", **said}])
    assert the_definition(activity).items[0].answer == answer


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "Which one?"},
        {"answer": "a"},
        {"choices": {"a": "This", "b": "Those"}},
        {"choices": {"b": "That", "a": "This"}},
        {"vignette": "A man."},
    ],
)
def test_an_item_has_a_new_version_when_the_question_or_its_key_changes(change: dict[str, Any]) -> None:
    assert an_item(**change).version != an_item().version


@pytest.mark.parametrize("change", [{"rationale": "Because."}, {"stem": "  Which?  "}])
def test_an_item_keeps_its_version_when_the_question_is_the_same(change: dict[str, Any]) -> None:
    assert an_item(**change).version == an_item().version


def test_the_version_is_eight_hex_digits_and_stays_what_it_was() -> None:
    # A golden value: outcomes compare responses by item version over years.
    assert an_item().version == "5641138d"


# --- evaluation ---------------------------------------------------------------------------------


def test_the_standard_evaluation_asks_about_each_objective_and_each_faculty_member() -> None:
    asked = {item.id: item for item in full().evaluation}
    assert asked["objective-dose"].objective == "dose"
    assert asked["objective-dose"].stem_html == "I can now do this: Choose &lt;the&gt; dose"
    assert asked["faculty-maria-okafor"].stem_html == "Maria Okafor taught effectively."
    assert "faculty-ada-planner" not in asked


def test_the_standard_evaluation_asks_about_commercial_bias() -> None:
    assert [(item.id, item.kind, item.required) for item in full().evaluation if item.id.startswith("bias")] == [
        ("bias-free", "true-false", True),
        ("bias-explained", "text", False),
    ]


def test_two_people_of_one_name_are_asked_about_under_two_ids() -> None:
    found = full(people=[a_person("Kim Lee"), a_person("Kim  Lée")])
    assert [item.id for item in found.evaluation if item.id.startswith("faculty")] == ["faculty-kim-lee", "faculty-kim-lee-2"]


def test_an_activitys_own_questions_come_last() -> None:
    own = {"id": "mine", "kind": "rating", "stem": "Mine?"}
    assert full(evaluation={"items": [own]}).evaluation[-1].id == "mine"
    assert [item.id for item in full(evaluation={"extends": None, "items": [own]}).evaluation] == ["mine"]


# --- the schema for editors ---------------------------------------------------------------------


def test_the_schema_knows_what_the_model_knows() -> None:
    found = schema.schema()
    assert set(found["properties"]) == {field.alias or name for name, field in Activity.model_fields.items()}
    assert found["additionalProperties"] is False
    assert "zone" not in found["required"]


def test_the_schema_lets_the_provider_be_a_file() -> None:
    assert {"type": "string"} in schema.schema()["properties"]["provider"]["anyOf"]
