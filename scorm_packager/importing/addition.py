"""What an import adds to an activity: items with their ids, pages and media with their paths. Nothing here touches a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from scorm_packager.activity.names import slug
from scorm_packager.activity.problems import Place, Problem, Severity
from scorm_packager.importing import questions
from scorm_packager.importing.ids import item_ids
from scorm_packager.importing.model import Page, Question, Reading, Source, warning

WORDS_A_MINUTE = 200  # an estimate for a first draft; only a pilot says how long learners take

Held = Callable[[str], bytes | None]  # a file of the activity's folder; None when there is none


@dataclass(frozen=True, slots=True)
class Addition:
    """New entries of activity.yaml, new files by their path in its folder, and all that is to be said of them."""

    items: tuple[dict[str, Any], ...] = ()
    contents: tuple[dict[str, Any], ...] = ()
    files: Mapping[str, bytes] | None = None
    problems: tuple[Problem, ...] = ()
    unlinked: tuple[str, ...] = ()  # ids of items that serve no objective yet

    @property
    def nothing(self) -> bool:
        return not (self.items or self.contents or self.files)


def addition(reading: Reading, source: Source, activity: Mapping[str, Any], held: Held) -> Addition:
    """What of a reading is new to an activity, which may be empty. What is there already is left as it is, and named."""
    problems = list(reading.problems)
    good = [each for each in reading.questions if not _faulty(each, problems)]
    items = [_item(name, question, activity, problems) for name, question in zip(item_ids(good), good, strict=True)]
    new = tuple(_new_items(items, good, activity, problems))
    files, contents = _pages(reading.pages, source, activity)
    files |= {f"{source.folder}/{each.name}": each.data for each in reading.media}
    in_the_way = tuple(_other_files(files, held, source))
    if in_the_way:  # a page must not show another one's picture, nor an activity another page
        return Addition(problems=(*problems, *in_the_way))
    return Addition(
        new,
        contents,
        {path: data for path, data in files.items() if held(path) is None},
        tuple(problems),
        tuple(str(item["id"]) for item in new if "objective" not in item),
    )


def _faulty(question: Question, problems: list[Problem]) -> bool:
    faults = questions.faults(question)
    problems += faults
    return bool(faults)


# --- items ----------------------------------------------------------------------------------------


def _item(name: str, question: Question, activity: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    values = dict(question.values)
    objective = _objective(values.pop("objective", None), question, activity, problems)
    kind = values.pop("kind")
    return {"id": name, "kind": kind, **({"objective": objective} if objective else {}), **values}


def _objective(said: str | None, question: Question, activity: Mapping[str, Any], problems: list[Problem]) -> str | None:
    """The objective named, or that of the category's name, where the activity has it; without an activity, what is named."""
    known = [part.get("id") for part in _list(activity, "objectives") if isinstance(part, dict)]
    for name in filter(None, (said, question.topic)):
        if slug(name) in known:
            return slug(name)
    if said and not activity:
        return slug(said)
    if said:
        message = f"The activity has no objective “{said[:60]}”; the item was left without one."
        remedy = f"Known are: {', '.join(map(str, known))}." if known else "Write `objectives:`, and name one in the item."
        problems.append(warning("import-unknown-objective", question.where, message, remedy))
    return None


def _new_items(
    items: list[dict[str, Any]], sources: list[Question], activity: Mapping[str, Any], problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    there = {part.get("id"): part for part in _list(activity, "items") if isinstance(part, dict)}
    for item, question in zip(items, sources, strict=True):
        old = there.get(item["id"])
        if old is None:
            yield item
        else:
            problems.append(_there_already(item, old, question.where))


def _there_already(item: Mapping[str, Any], old: Mapping[str, Any], where: Place) -> Problem:
    if _without_link(item) == _without_link(old):
        message = f"The activity has this item already, as `{item['id']}`."
        return warning("import-there-already", where, message, "Nothing need be done.")
    message = f"The activity has another item `{item['id']}`; it was left as it is, and this one was not taken."
    return Problem("import-id-taken", where, message, "Give this one another name, or change the item in activity.yaml.")


def _without_link(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "objective"}


# --- pages and files ------------------------------------------------------------------------------


def _pages(pages: Iterable[Page], source: Source, activity: Mapping[str, Any]) -> tuple[dict[str, bytes], tuple[dict[str, Any], ...]]:
    there = {part.get("page") for part in _list(activity, "contents") if isinstance(part, dict)}
    files, contents = dict[str, bytes](), list[dict[str, Any]]()
    for number, page in enumerate(pages, 1):
        path = f"{source.folder}/{page.path or f'{number:02d}-{slug(page.title)}.md'}"
        files[path] = page.text.encode()
        if path not in there:
            contents.append({"page": path, "minutes": minutes(page.text)})
    return files, tuple(contents)


def minutes(text: str) -> int:
    """Whole minutes to read a text, at least one."""
    return max(1, ceil(len(text.split()) / WORDS_A_MINUTE))


def _other_files(files: Mapping[str, bytes], held: Held, source: Source) -> Iterator[Problem]:
    for path, data in files.items():
        old = held(path)
        if old is not None and old != data:
            message = f"The activity has another file {path}; it was left as it is, and nothing was taken."
            yield Problem(
                "import-file-there", source.place(), message, "Move that file away, or rename the one you import.", Severity.ERROR
            )


def _list(activity: Mapping[str, Any], key: str) -> list[Any]:
    found = activity.get(key)
    return found if isinstance(found, list) else []
