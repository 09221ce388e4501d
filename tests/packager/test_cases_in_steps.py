"""Cases in steps, as the definition has them: in assessments, and as contents."""

from __future__ import annotations

from typing import Any

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.scoring import score
from tests.packager.activity_builders import an_activity, the_definition

PAGE = {"page": "content/one.md", "minutes": 15}


def a_case(*steps: tuple[str, list[str]], name: str = "mrs-hall") -> dict[str, Any]:
    return {"id": name, "title": "Mrs. Hall", "steps": [{"text": text, "items": items} for text, items in steps]}


def items(*names: str) -> list[dict[str, Any]]:
    return [{"id": name, "kind": "choice", "stem": "Which?", "choices": {"a": "This", "b": "That"}, "answer": "b"} for name in names]


def defined(*cases: dict[str, Any], contents: list[dict[str, Any]] | None = None, **more: Any) -> Definition:
    asked = {"items": items("q1", "q2", "q3"), "assessments": {"pre": {}, "post": {"passing_score": 0.5}}}
    return the_definition(an_activity(cases=list(cases), contents=contents or [PAGE], **asked, **more))


CASE = a_case(("She **comes** in.", ["q1"]), ("The next day.", ["q2"]))


def version(definition: Definition, name: str) -> str:
    return next(item.version for item in definition.items if item.id == name)


def test_it_works() -> None:
    [case] = defined(CASE).cases
    assert [(step.html, step.items) for step in case.steps] == [
        ("<p>She <strong>comes</strong> in.</p>", ("q1",)),
        ("<p>The next day.</p>", ("q2",)),
    ]


def test_the_items_of_a_case_are_asked_in_the_assessments() -> None:
    found = defined(CASE)
    assert found.post is not None
    assert found.post.items == ("q1", "q2", "q3")
    assert score(found.items, {"q1": "b", "q2": "a"}).correct == 1


def test_an_item_is_another_when_its_case_has_told_something_else_before() -> None:
    plain, other = defined(CASE), defined(a_case(("She comes in, limping.", ["q1"]), ("The next day.", ["q2"])))
    assert all(version(plain, name) != version(other, name) for name in ("q1", "q2"))


def test_an_item_stays_the_same_when_its_case_tells_something_else_afterwards() -> None:
    plain, other = defined(CASE), defined(a_case(("She **comes** in.", ["q1"]), ("A week later.", ["q2"])))
    assert version(plain, "q1") == version(other, "q1")
    assert version(plain, "q2") != version(other, "q2")


def test_a_case_as_content_has_the_title_of_the_case() -> None:
    [_, content] = defined(CASE, contents=[PAGE, {"case": "mrs-hall", "minutes": 8}]).contents
    assert (content.id, content.kind, content.title, content.case) == ("mrs-hall", "case", "Mrs. Hall", "mrs-hall")


def test_what_is_practised_in_the_content_is_asked_in_no_assessment() -> None:
    found = defined(CASE, contents=[PAGE, {"case": "mrs-hall", "minutes": 8}])
    assert found.post is not None
    assert found.pre is not None
    assert (found.post.items, found.pre.items) == (("q3",), ("q3",))


def test_a_figure_of_a_step_goes_into_the_package() -> None:
    pictured = a_case(("![Her ECG](content/ecg.svg)", ["q1"]), ("The next day.", ["q2"]))
    activity = an_activity(cases=[pictured], items=items("q1", "q2"))
    assert [file.path for file in the_definition(activity, {"content/ecg.svg": "<svg/>"}).files] == ["content/ecg.svg"]
