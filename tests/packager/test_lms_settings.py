"""What to set in an LMS for one package is said exactly, and follows from what the package does."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
from jinja2 import UndefinedError

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.resources import templates
from scorm_packager.formats import PackageFormat
from scorm_packager.lms_advice.document import Bullet, Document, Field
from scorm_packager.lms_advice.facts import completion_stage, conditions, facts, in_general
from scorm_packager.lms_advice.settings import settings
from scorm_packager.presets import About, Basis, Condition, Limits, Preset, Settings, presets
from tests.packager.builders import FORMATS, a_definition, a_format, a_preset

PRESETS = presets(templates())
QUESTION = {"id": "e1", "kind": "text", "stem_html": "<p>Well?</p>"}
POST = {"items": ["q1"], "passing_score": 0.75, "attempts": 3, "feedback": "after attempt", "from": None}


def evaluated(**different: Any) -> Definition:
    """With an evaluation, a post-activity assessment of 75% in 3 attempts, and completion when the evaluation is submitted."""
    return a_definition(**{"title": "Sample", "evaluation": [QUESTION], **different})


def told(preset: str, form: str, definition: Definition) -> Document:
    chosen, package_format = a_preset(preset), a_format(form)
    return settings(chosen, a_preset("generic"), facts(definition, package_format, chosen.settled()), definition)


def section(document: Document, heading: str) -> list[str]:
    blocks = [block for each in document.sections if each.heading == heading for block in each.blocks]
    return [block.text for block in blocks if isinstance(block, Bullet)] + [
        f"{block.name}: {block.value}" for block in blocks if isinstance(block, Field)
    ]


# --- three LMSs, worked out by hand from what they document and from SCORM's own elements ----------


def test_moodle_with_scorm_1_2_ticks_passed_alone() -> None:
    # SCORM 1.2 has one status, and in some versions Moodle waits for every one that is ticked. Seen in 4.5.6: with “Completed” alone,
    # which its form ticks at first, a learner whose status is “passed” is not complete.
    found = told("moodle", "scorm-1.2", evaluated())
    assert section(found, "Completion")[0] == (
        "Under “Completion conditions” (in older versions “Activity completion”) choose “Add requirements”, tick “Passed”, "
        "and untick “Completed”, which is ticked at first."
    )
    assert section(found, "What the LMS hears") == [
        "The activity is opened: `cmi.core.lesson_status` = `incomplete`",
        "The evaluation was submitted after a pass: `cmi.core.lesson_status` = `passed`",
        "The evaluation was submitted after all attempts were used up without a pass: `cmi.core.lesson_status` = `failed`",
        "An attempt at the post-activity assessment is submitted: `cmi.core.score.raw`, a whole number from 0 to 100: the best so far",
    ]


def test_moodle_with_scorm_2004_ticks_completed_alone_and_takes_scorm_1_2_where_a_pass_is_needed() -> None:
    # Two ticks meant either status, later both at once, and later either again; a single one was always met by that status. The form of
    # 4.5.6 has no “Passing grade” for SCORM packages.
    found = told("moodle", "scorm-2004-3", evaluated())
    assert section(found, "Completion")[0] == (
        "Under “Completion conditions” (in older versions “Activity completion”) choose “Add requirements”, and of the "
        "statuses tick “Completed” only. Where those without a pass shall not be complete, take SCORM 1.2."
    )


def test_moodle_without_an_assessment_ticks_completed_alone() -> None:
    found = told("moodle", "scorm-1.2", evaluated(post=None))
    assert "tick “Completed” only" in section(found, "Completion")[0]
    assert section(found, "Score and grade") == ["Under “Grade” set “Grading method: Learning objects”."]


def test_docebo_takes_the_status_passed_of_2004_and_leaves_the_attempts_to_the_package() -> None:
    found = told("docebo", "scorm-2004-3", evaluated())
    assert section(found, "Completion")[0] == "Let the training material be completed by the package's status “passed”."
    assert section(found, "What the LMS hears")[1] == (
        "The evaluation was submitted after a pass: `cmi.completion_status` = `completed`, `cmi.success_status` = `passed`"
    )
    assert "Do not take the LMS's attempts for those at the post-activity assessment: the package counts its 3 attempts itself." in section(
        found, "Attempts"
    )


def test_cornerstone_hears_completed_for_a_pass_and_nothing_of_failures() -> None:
    # Its help: “Completed/Incomplete”; a course that reported failed in SCORM 1.2 never completes.
    found = told("cornerstone", "scorm-1.2", evaluated())
    assert section(found, "Completion") == [
        "Let completion come from the course's status “completed”; leave a mastery score of the LMS empty."
    ]
    assert section(found, "What the LMS hears")[1:3] == [
        "The evaluation was submitted after a pass: `cmi.core.lesson_status` = `completed`",
        "The evaluation was submitted after all attempts were used up without a pass: `cmi.core.lesson_status` stays `incomplete`",
    ]


def test_canvas_asks_for_the_passing_score_in_per_cent() -> None:
    found = told("canvas", "scorm-2004-3", evaluated(post={**POST, "passing_score": 0.825}))
    assert section(found, "Completion") == ["In the module let the requirement be “score at least 82.5”."]


# --- what it depends on ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lms_completion", "different", "stage"),
    [
        ("content", {}, "content"),
        ("assessment", {}, "assessment"),
        ("evaluation", {}, "evaluation"),
        ("claim", {}, "claim"),
        ("evaluation", {"evaluation": []}, "assessment"),  # no evaluation: what comes before it
        ("evaluation", {"evaluation": [], "commitments": 2}, "evaluation"),  # commitments stand on the same screen
        ("evaluation", {"evaluation": [], "post": None}, "content"),
        ("assessment", {"post": {**POST, "items": [], "from": "one"}}, "content"),  # a content is the assessment
    ],
)
def test_completion_comes_with_the_last_screen_that_there_is(lms_completion: str, different: dict[str, Any], stage: str) -> None:
    assert completion_stage(evaluated(lms_completion=lms_completion, **different)) == stage


@pytest.mark.parametrize(
    ("different", "met"),
    [
        ({}, {"scored", "assessed"}),
        ({"lms_completion": "content"}, {"scored", "unassessed"}),
        ({"lms_completion": "content", "post": {**POST, "items": [], "from": "one"}}, {"scored", "assessed"}),
        ({"post": None}, {"unscored", "unassessed"}),
    ],
)
def test_completion_waits_for_an_assessment_unless_content_alone_counts(different: dict[str, Any], met: set[str]) -> None:
    assert conditions(evaluated(**different)) == met


def test_a_wrapped_export_is_a_condition_of_its_own() -> None:
    content = {"id": "one", "kind": "package", "title": "One", "minutes": 5, "package": "content/one.zip"}
    assert "wrapped" in conditions(evaluated(contents=[content]))


def test_what_the_lms_says_nothing_on_is_said_as_for_any_lms() -> None:
    found = told("absorb", "scorm-1.2", evaluated())
    assert section(found, "Completion") == [
        "Let the activity be complete when the package reports a pass. Where the LMS wants a passing score of its own, leave it empty; "
        "if it must have one, write 75."
    ]


def test_one_attempt_is_not_called_attempts() -> None:
    found = told("generic", "scorm-1.2", evaluated(post={**POST, "attempts": 1}))
    assert any("the package counts its 1 attempt itself" in text for text in section(found, "Attempts"))


# --- every preset ---------------------------------------------------------------------------------

KINDS = {
    "assessed": evaluated(),
    "unassessed": evaluated(lms_completion="content"),
    "unscored": evaluated(post=None, estimated_minutes=None, terminates=None),
}


@pytest.mark.parametrize(("preset", "kind"), [*product(PRESETS, KINDS)], ids=lambda value: getattr(value, "key", value))
def test_every_preset_has_settings_for_every_activity_in_every_format(preset: Preset, kind: str) -> None:
    for form in (form for form in FORMATS if form.key in preset.formats):
        found = told(preset.key, form.key, KINDS[kind])
        headings = [each.heading for each in found.sections]
        assert {"Uploading", "Attempts", "Completion", "Score and grade", "New versions", "What the LMS hears"} <= set(headings)
        assert "{{" not in str(found)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_preset_can_be_explained_without_an_activity(preset: Preset) -> None:
    for form in (form for form in FORMATS if form.key in preset.formats):
        found = settings(preset, a_preset("generic"), in_general(form, preset.settled()))
        assert "{{" not in str(found)
        assert len(section(found, "Completion")) >= 2 or any(not step.when for step in preset.steps if step.about == "completion")


@pytest.mark.parametrize("form", [form for form in FORMATS if form.reports], ids=lambda form: form.key)
def test_every_format_with_an_lms_says_what_it_is_told(form: PackageFormat) -> None:
    assert {"completed", "passed", "failed", "withheld", "score"} <= set(form.told)


def test_a_word_that_there_is_not_is_never_passed_over() -> None:
    with pytest.raises(UndefinedError, match="passmark"):
        in_general(a_format(), a_preset().settled()).filled("Set {{ passmark }}.")


# --- the page that says how a preset is written ---------------------------------------------------

PAGE = (templates().parent / "docs" / "lms.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("known", [Basis, About, Condition, Settings, Limits], ids=["basis", "about", "when", "settings", "limits"])
def test_the_page_on_presets_names_everything_that_there_is(known: Any) -> None:
    names = get_args(known) or tuple(known.model_fields)
    assert [name for name in names if f"`{name}`" not in PAGE] == []


def test_the_page_names_every_word_that_texts_may_use() -> None:
    words = in_general(a_format(), Settings()).words
    assert [word for word in words if word != "passed_status" and f"`{word}`" not in PAGE] == []


def test_the_preset_on_the_page_is_a_good_one(tmp_path: Path) -> None:
    (tmp_path / "lms").mkdir()
    (tmp_path / "lms" / "ours.yaml").write_text(PAGE.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    [ours] = presets(tmp_path)
    found = settings(ours, a_preset("generic"), facts(evaluated(), a_format(), ours.settled()), evaluated())
    assert section(found, "Completion") == ["Set “Minimum score” to 75."]
