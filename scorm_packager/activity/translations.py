"""An activity in more languages: `activity.<language>.yaml` beside the activity file holds texts by the ids of what they say, and pages,
transcripts and captions stand beside the original (`content/one.md`, `content/one.es.md`).

A translation changes words and nothing else: ids, keys, versions and scores are those of the activity's own language. Statements of
accreditation, designations of credit and attestations are never taken from it: their wording is prescribed by the accreditor.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scorm_packager.activity import captions, markup, yaml_text
from scorm_packager.activity.defined_contents import content_ids, path_of
from scorm_packager.activity.definition_model import DefinedContent, DefinedFile, Definition, Option, Translation
from scorm_packager.activity.model import Activity, Page, Video
from scorm_packager.activity.places import Places, Where
from scorm_packager.activity.problems import Place, Problem, Severity, errors
from scorm_packager.activity.source import Source

PRESCRIBED = ("accreditation", "designation")  # blocks of front matter whose wording is not the author's

Form = Callable[[str, Place, str], str]


@dataclass(frozen=True, slots=True)
class Slot:
    """A text to translate: what authors call it, where it stands in the definition, and how it is written there."""

    name: tuple[str, ...]
    path: str
    form: Form
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Translated:
    translations: tuple[Translation, ...]
    files: tuple[DefinedFile, ...]  # those that the activity in its own language does not have
    problems: tuple[Problem, ...]


def file_of(language: str) -> str:
    """Where the texts of a language are."""
    return f"activity.{language}.yaml"


def beside(path: str, language: str) -> str:
    """Where the translation of a file is."""
    stem, kind = posixpath.splitext(path)
    return f"{stem}.{language}{kind}"


def translated(activity: Activity, own: Definition, source: Source) -> Translated:
    """All translations of an activity, with every problem in them; `own` is its definition in its own language."""
    read = [_one(language, activity, own, source) for language in dict.fromkeys(activity.languages)]
    known = {file.path for file in own.files}
    named = sorted({path for _, paths, _ in read for path in paths} - known)
    problems = (*_twice(activity), *(problem for _, _, found in read for problem in found))
    if errors(problems):
        return Translated((), (), problems)
    files = tuple(DefinedFile(path=path, sha256=at.sha256, bytes=at.bytes) for path in named for at in (source.measure(path),))
    return Translated(tuple(made for made, _, _ in read), files, problems)


def _twice(activity: Activity) -> Iterator[Problem]:
    all_ = (activity.language, *activity.languages)
    for language in sorted({each for each in all_ if all_.count(each) > 1}):
        remedy = "`language` is the one it was written in, `languages` those it was translated into."
        yield Problem("language-twice", Place("activity.yaml"), f"The language {language} is named twice.", remedy)


def _one(language: str, activity: Activity, own: Definition, source: Source) -> tuple[Translation, tuple[str, ...], tuple[Problem, ...]]:
    read = _read(language, source)
    if read.broken:
        return Translation(language=language, texts={}), (), read.problems
    files = _Files(language, source)
    pages = dict(files.texts(activity))
    every = _slots(own)
    slots = tuple(slot for slot in every if slot.path not in pages)
    said = dict(_leaves(read.value))
    texts = pages | {slot.path: _text(slot, said[slot.name], read.places) for slot in slots if slot.name in said}
    unsaid = (*_missing(slots, said, read.places, language, own), *_unknown(every, said, read.places))
    problems = (*read.problems, *files.problems, *unsaid)
    return Translation(language=language, texts=_with_hash(texts)), tuple(files.named), problems


def _read(language: str, source: Source) -> yaml_text.YamlText:
    name = file_of(language)
    try:
        return yaml_text.read(source.read(name), name)
    except FileNotFoundError:
        message = f"The activity is said to be in {language}, and there is no file {name}."
        problem = Problem("missing-file", Place(name), message, "Write it beside activity.yaml, with the texts by their ids.")
        return yaml_text.YamlText(None, Places({}, name), (problem,))


def _text(slot: Slot, said: Any, places: Places) -> str:
    return slot.form(str(said), places.at(*_where(slot.name)), slot.path.replace(".", "-") + "-")


def _with_hash(texts: dict[str, str]) -> dict[str, str]:
    """An acknowledgement names the text that was shown."""
    shown = texts.get("disclosure.html")
    return texts | ({"disclosure.hash": hashlib.sha256(shown.encode()).hexdigest()} if shown else {})


# --- what there is to translate -------------------------------------------------------------------


def _plain(text: str, where: Place, prefix: str) -> str:
    return text.strip()


def _line(text: str, where: Place, prefix: str) -> str:
    return markup.inline(text, where).html


def _block(text: str, where: Place, prefix: str) -> str:
    return markup.block(text, where, prefix=prefix).html


def _slots(own: Definition) -> tuple[Slot, ...]:
    return (*_front(own), *_contents(own.contents), *_items(own), *_cases(own), *_evaluation(own))


def _front(own: Definition) -> Iterator[Slot]:
    yield Slot(("title",), "title", _plain)
    yield Slot(("description",), "description", _plain)
    for at, objective in enumerate(own.objectives):
        yield Slot(("objectives", objective.id), f"objectives.{at}.text", _plain)
    for at, block in enumerate(own.front_matter):
        yield Slot(("front_matter", block.kind, "heading"), f"front_matter.{at}.heading", _plain, needed=False)
        if block.kind not in PRESCRIBED:
            yield Slot(("front_matter", block.kind, "text"), f"front_matter.{at}.html", _block, needed=False)
    yield Slot(("disclosure", "text"), "disclosure.html", _block, needed=False)
    yield Slot(("disclosure", "acknowledgement"), "disclosure.acknowledgement", _plain, needed=False)
    for at, profession in enumerate(own.professions):
        yield Slot(("professions", profession.key), f"professions.{at}.label", _plain, needed=False)


def _contents(contents: tuple[DefinedContent, ...]) -> Iterator[Slot]:
    for at, content in enumerate(contents):
        yield Slot(("contents", content.id, "title"), f"contents.{at}.title", _plain)


def _items(own: Definition) -> Iterator[Slot]:
    for at, item in enumerate(own.items):
        name, path = ("items", item.id), f"items.{at}"
        yield Slot((*name, "stem"), f"{path}.stem_html", _line)
        if item.vignette_html:
            yield Slot((*name, "vignette"), f"{path}.vignette_html", _block)
        if item.rationale_html:
            yield Slot((*name, "rationale"), f"{path}.rationale_html", _block)
        for key in ("choices", "sources", "targets"):
            yield from _options((*name, key), f"{path}.{key}", getattr(item, key))
        if item.unit:
            yield Slot((*name, "unit"), f"{path}.unit", _plain, needed=False)


def _options(name: tuple[str, ...], path: str, options: tuple[Option, ...]) -> Iterator[Slot]:
    for at, option in enumerate(options):
        yield Slot((*name, option.id), f"{path}.{at}.html", _line)


def _cases(own: Definition) -> Iterator[Slot]:
    for at, case in enumerate(own.cases):
        yield Slot(("cases", case.id, "title"), f"cases.{at}.title", _plain)
        for number in range(len(case.steps)):
            yield Slot(("cases", case.id, "steps", str(number + 1)), f"cases.{at}.steps.{number}.html", _block)


def _evaluation(own: Definition) -> Iterator[Slot]:
    for at, item in enumerate(own.evaluation):
        name, path = ("evaluation", item.id), f"evaluation.{at}"
        yield Slot((*name, "stem"), f"{path}.stem_html", _line)
        yield from _options((*name, "choices"), f"{path}.choices", item.choices)
        for key in ("low", "high", "unit"):
            if getattr(item, key):
                yield Slot((*name, key), f"{path}.{key}", _plain, needed=key != "unit")


# --- what the file says ---------------------------------------------------------------------------


def _leaves(value: Mapping[Any, Any], name: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every text by its name; the parts of a list are counted from 1."""
    for key, part in value.items():
        inner = {str(at): each for at, each in enumerate(part, 1)} if isinstance(part, list) else part
        if isinstance(inner, dict):
            yield from _leaves(inner, (*name, str(key)))
        else:
            yield (*name, str(key)), inner


def _where(name: tuple[str, ...]) -> Where:
    return tuple(int(part) - 1 if part.isdigit() and "steps" in name[:at] else part for at, part in enumerate(name))


def _missing(
    slots: tuple[Slot, ...], said: Mapping[tuple[str, ...], Any], places: Places, language: str, own: Definition
) -> Iterator[Problem]:
    for slot in slots:
        if slot.needed and not str(said.get(slot.name) or "").strip():
            name = ".".join(slot.name)
            where = places.at(*_where(slot.name))
            yield Problem("translation-missing", where, f"`{name}` is not translated.", f"Add it to {file_of(language)}.")
    if ("disclosure", "text") not in said:
        message = f"The disclosure is shown in {own.language} to those who read {language}."
        remedy = "Add `disclosure: {text: …, acknowledgement: …}`, translated word for word."
        yield Problem("disclosure-not-translated", Place(file_of(language)), message, remedy, Severity.WARNING)


def _unknown(slots: tuple[Slot, ...], said: Mapping[tuple[str, ...], Any], places: Places) -> Iterator[Problem]:
    known = {slot.name for slot in slots}
    for name in said:
        if name not in known:
            remedy = "Only texts are translated, each under the id that it has in the activity; prescribed wording is not."
            where = places.at(*_where(name))
            yield Problem("nothing-to-translate", where, f"The activity has no text `{'.'.join(name)}`.", remedy)


# --- files beside their originals -----------------------------------------------------------------


class _Files:
    """Reads the translated pages, transcripts and captions of one language; `named` are the files to go into the package."""

    def __init__(self, language: str, source: Source):
        self._language, self._source = language, source
        self.named: list[str] = []
        self.problems: list[Problem] = []

    def texts(self, activity: Activity) -> Iterator[tuple[str, str]]:
        ids = content_ids(activity)
        for at, content in enumerate(activity.contents):
            if isinstance(content, Page):
                yield from self._page(content.page, f"contents.{at}", ids[path_of(content)])
            elif isinstance(content, Video):
                yield from self._video(content, f"contents.{at}", ids[path_of(content)])

    def _page(self, original: str, path: str, key: str) -> Iterator[tuple[str, str]]:
        page = self._markdown(original, key)
        if page:
            yield f"{path}.html", page.html
            if page.title:
                yield f"{path}.title", page.title

    def _video(self, video: Video, path: str, key: str) -> Iterator[tuple[str, str]]:
        if video.captions:
            yield f"{path}.captions", self._captions(video.captions)
        if video.transcript and (transcript := self._markdown(video.transcript, key)):
            yield f"{path}.transcript_html", transcript.html

    def _captions(self, original: str) -> str:
        path = beside(original, self._language)
        try:
            self.problems.extend(captions.faults(self._source.read(path), path, self._language))
        except FileNotFoundError:
            self._lacks(path)
        else:
            self.named.append(path)
        return path

    def _markdown(self, original: str, key: str) -> markup.Rendered | None:
        path = beside(original, self._language)
        try:
            page = markup.page(self._source.read(path).decode("utf-8-sig"), path, prefix=f"{key}-")
        except FileNotFoundError:
            self._lacks(path)
            return None
        except UnicodeDecodeError:
            remedy = "Save the file with the encoding UTF-8."
            self.problems.append(Problem("not-utf-8", Place(path), f"{path} is not in UTF-8.", remedy))
            return None
        self.problems.extend(page.problems)
        self.named.extend(named.path for named in page.files if self._is_there(named))
        return page

    def _is_there(self, named: markup.FileNamed) -> bool:
        try:
            self._source.measure(named.path)
        except FileNotFoundError:
            remedy = "Put the file there, or correct the path; capital letters count."
            self.problems.append(Problem("missing-file", named.where, f"There is no file {named.path}.", remedy))
            return False
        return True

    def _lacks(self, path: str) -> None:
        remedy = f"Translate the original into {path}."
        self.problems.append(Problem("translation-missing", Place(path), f"There is no file {path}.", remedy))
