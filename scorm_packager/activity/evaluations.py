"""Activity evaluations: forms that many activities share, a file under `evaluations/` each, and an activity's own questions after them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from scorm_packager.activity import dated, yaml_text
from scorm_packager.activity.model import Activity, EvaluationItem, Part, Slug, Text
from scorm_packager.activity.names import LONGEST, as_markdown, slug


class FormItem(EvaluationItem):
    """A question of a shared form. With `for_each` it is asked once for each, and `{name}` in its stem is filled."""

    for_each: Literal["objective", "faculty"] | None = None


class Form(Part):
    id: Slug
    source: Text
    items: tuple[FormItem, ...]


@cache
def forms() -> dict[str, Form]:
    return {key: Form.model_validate({"id": key, **yaml_text.rule_data(path)}) for key, path in dated.files("evaluations").items()}


def whole_form(activity: Activity) -> tuple[EvaluationItem, ...]:
    """The evaluation as a learner gets it: the questions of the form it extends, then the activity's own."""
    return tuple(item for item, _ in questions(activity))


def questions(activity: Activity) -> tuple[tuple[EvaluationItem, str | None], ...]:
    """Each question with the objective it is about, if it is about one."""
    if activity.evaluation is None:
        return ()
    form = forms().get(activity.evaluation.extends or "")
    shared = [asked for item in (form.items if form else ()) for asked in _asked(item, activity)]
    return (*_distinct(shared), *((item, None) for item in activity.evaluation.items))


def _distinct(asked: list[tuple[EvaluationItem, str | None]]) -> Iterator[tuple[EvaluationItem, str | None]]:
    """Two people of one name are asked about under two ids."""
    taken: set[str] = set()
    for item, objective in asked:
        key, number = item.id, 2
        while key in taken:
            key, number = f"{item.id[: LONGEST - 3]}-{number}", number + 1
        taken.add(key)
        yield item.model_copy(update={"id": key}), objective


def _asked(item: FormItem, activity: Activity) -> Iterator[tuple[EvaluationItem, str | None]]:
    if item.for_each == "objective":
        for objective in activity.objectives:
            yield _about(item, objective.id, objective.text), objective.id
    elif item.for_each == "faculty":
        for person in activity.people:
            if any(role.role == "faculty" for role in person.roles):
                yield _about(item, slug(person.name), person.name), None
    else:
        yield _plain(item, item.id, item.stem), None


def _about(item: FormItem, key: str, name: str) -> EvaluationItem:
    return _plain(item, f"{item.id}-{key}"[:LONGEST].rstrip("-"), item.stem.replace("{name}", as_markdown(name)))


def _plain(item: FormItem, key: str, stem: str) -> EvaluationItem:
    said = item.model_dump(exclude={"id", "stem", "for_each"})
    return EvaluationItem.model_validate({**said, "id": key, "stem": stem})
