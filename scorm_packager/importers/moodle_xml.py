"""Questions in Moodle XML, as Moodle's question bank exports them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from scorm_packager import hostile_xml
from scorm_packager.activity.problems import Problem, ProblemsFound
from scorm_packager.importing import questions
from scorm_packager.importing.bytes_in import data_of, head
from scorm_packager.importing.formatted import converted
from scorm_packager.importing.model import Importer, Question, Reading, Source, Values, pass_over, refuse, warning
from scorm_packager.importing.prose import Prose, plain
from scorm_packager.importing.questions import Option
from scorm_packager.importing.shelf import Shelf

_FILE = "@@PLUGINFILE@@/"


class _Reader:
    """One question on its way to an item."""

    def __init__(self, element: etree._Element, source: Source, shelf: Shelf):
        self.element, self.shelf = element, shelf
        self.where = source.place("", int(element.sourceline or 0), 1)
        self.name = self.text("name/text") or "without a name"
        self.problems: list[Problem] = []

    def text(self, path: str) -> str:
        return (self.element.findtext(path) or "").strip()

    def prose(self, element: etree._Element | None) -> Prose:
        """The text of an element that says its format and carries its own files."""
        if element is None:
            return Prose()
        files = {_FILE + (each.get("name") or ""): each for each in element.findall("file")}
        form = element.get("format") or "moodle_auto_format"
        found = converted(element.findtext("text") or "", form, self.where, lambda address, name: self._image(address, name, files))
        self.problems += found.problems
        return found.prose

    def part(self, path: str) -> Prose:
        return self.prose(self.element.find(path))

    def asked(self) -> Values:
        return self.part("questiontext").asked()

    def rationale(self) -> str:
        return self.part("generalfeedback").markdown()

    def options(self) -> list[Option]:
        return [
            Option(self.prose(each).line(), fraction(each) > 0, self.prose(each.find("feedback")).line())
            for each in self.element.findall("answer")
        ]

    def warn(self, code: str, message: str, remedy: str) -> None:
        self.problems.append(warning(code, self.where, message, remedy))

    def _image(self, address: str, name: str, files: Mapping[str, etree._Element]) -> str | None:
        return self.shelf.fetch(address, name, self.where, lambda named: _file(files.get(unquote(named.partition("?")[0]))))


def recognises(path: Path) -> bool:
    return path.suffix.lower() == ".xml" and b"<quiz" in head(path)


def read(source: Source) -> Reading:
    root = hostile_xml.parse(data_of(source), source.name)
    if root.tag != "quiz":
        raise refuse("import-not-moodle", source.place(), "This is no question bank of Moodle.", "Export it as Moodle XML.")
    shelf = Shelf(source, f"{source.folder}/")
    found, problems, topic = list[Question](), list[Problem](), ""
    for element in root.findall("question"):
        if element.get("type") == "category":
            topic = (element.findtext("category/text") or "").strip().rpartition("/")[2]
            continue
        reader = _Reader(element, source, shelf)
        try:
            found.append(Question(reader.text("idnumber") or reader.name, reader.where, _values(reader), topic))
        except ProblemsFound as refused:
            reader.problems += refused.problems
        problems += _named(reader)
    if not found and not problems:
        raise refuse("import-nothing", source.place(), "There are no questions in this file.", "Choose a category that has some.")
    return Reading(tuple(found), (), shelf.media, (*problems, *shelf.problems))


def _named(reader: _Reader) -> Iterator[Problem]:
    for each in reader.problems:
        yield Problem(each.code, each.where, f"“{reader.name}”: {each.message}", each.remedy, each.severity)


def _values(reader: _Reader) -> Values:
    kind = reader.element.get("type", "")
    if reader.element.find("questiontext") is None:
        raise refuse("import-no-stem", reader.where, "It has no question text.", "Write it in Moodle, and export it again.")
    if kind not in _READERS:
        message, remedy = _UNSUPPORTED.get(kind, _OTHERWISE)
        raise pass_over("import-kind-unsupported", reader.where, f"{message} (type {kind[:40]}); it was passed over.", remedy)
    return _READERS[kind](reader)


def _file(element: etree._Element | None) -> bytes | None:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True) if element is not None else None
    except binascii.Error:
        return b""


def fraction(answer: etree._Element) -> Decimal:
    """Its share of the full mark, in per cent."""
    return questions.number(answer.get("fraction", "0")) or Decimal(0)


def _multichoice(reader: _Reader) -> Values:
    options = reader.options()
    if reader.text("single").lower() in ("false", "0"):
        return questions.multiple(reader.asked(), options, reader.where, reader.rationale())
    full = [fraction(each) == 100 for each in reader.element.findall("answer")]
    if any(option.right and not whole for option, whole in zip(options, full, strict=True)):
        remedy = "Here an item is right or wrong; say in the rationale what is right about them."
        reader.warn("import-partial-credit", "Choices that were right in part count as wrong.", remedy)
    exact = [Option(option.text, whole, option.feedback) for option, whole in zip(options, full, strict=True)]
    return questions.choice(reader.asked(), exact, reader.where, reader.rationale())


def _true_false(reader: _Reader) -> Values:
    right = [(each.findtext("text") or "").strip().lower() for each in reader.element.findall("answer") if fraction(each) == 100]
    if right not in (["true"], ["false"]):
        raise refuse(
            "import-no-key", reader.where, "Neither true nor false is marked as right.", "Mark one in Moodle, and export it again."
        )
    told = [reader.rationale(), *(reader.prose(each.find("feedback")).markdown() for each in reader.element.findall("answer"))]
    return questions.true_false(reader.asked(), right == ["true"], "\n\n".join(dict.fromkeys(text for text in told if text)))


def _matching(reader: _Reader) -> Values:
    sides = [
        (reader.prose(each).line(), plain(each.findtext("answer/text") or "").line()) for each in reader.element.findall("subquestion")
    ]
    others = [target for source, target in sides if not source and target]  # a wrong answer without a question of its own
    pairs = [(source, target) for source, target in sides if source]
    return questions.matching(reader.asked(), pairs, reader.where, reader.rationale(), others)


def _ordering(reader: _Reader) -> Values:
    # qtype_ordering writes the answers in their right order; their fractions count places from 1.
    parts = [option.text for option in reader.options()]
    return questions.ordering(reader.asked(), parts, reader.where, reader.rationale())


def _numerical(reader: _Reader) -> Values:
    full = [each for each in reader.element.findall("answer") if fraction(each) == 100]
    if len(full) != 1:
        message = f"{len(full) or 'No'} numbers are wholly right; one must be."
        raise pass_over("import-several-ranges", reader.where, message, "Keep the one that counts.")
    if len(reader.element.findall("answer")) > 1:
        reader.warn("import-partial-credit", "Only the number that is wholly right counts.", "Widen its tolerance where others should too.")
    middle, tolerance = (questions.number(full[0].findtext(each) or "0") for each in ("text", "tolerance"))
    if middle is None or tolerance is None:
        raise refuse("import-no-number", reader.where, "Its answer is no number.", "Correct it in Moodle, and export it again.")
    unit = next(
        (each.findtext("unit_name") or "" for each in reader.element.findall("units/unit") if each.findtext("multiplier") == "1"), ""
    )
    told = [text for text in (reader.rationale(), reader.prose(full[0].find("feedback")).markdown()) if text]
    return questions.numeric(reader.asked(), middle - tolerance, middle + tolerance, reader.where, "\n\n".join(told), plain(unit).line())


_READERS: Mapping[str, Callable[[_Reader], Values]] = {
    "multichoice": _multichoice,
    "multichoiceset": lambda reader: questions.multiple(reader.asked(), reader.options(), reader.where, reader.rationale()),
    "truefalse": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "numerical": _numerical,
}
_OTHERWISE = ("There is no such kind of item here", "Ask it as another kind: choice, multiple, true-false, matching, ordering or numeric.")
_UNSUPPORTED = {
    "essay": ("An essay has no key to be scored by", "Ask it in the evaluation, or as another kind of item."),
    "shortanswer": ("A short answer in words cannot be scored here", "Offer choices instead."),
    "description": ("This text asks nothing", "Put it into a page, or into the vignette of an item."),
    "cloze": ("A text with several gaps is several questions", "Ask each gap as an item of its own."),
    "calculated": ("Its numbers are drawn anew for each learner", "Fix the numbers, and ask it as numeric."),
    "calculatedsimple": ("Its numbers are drawn anew for each learner", "Fix the numbers, and ask it as numeric."),
    "calculatedmulti": ("Its numbers are drawn anew for each learner", "Fix the numbers, and ask it as choice."),
}

IMPORTER = Importer("questions in Moodle XML", "items", recognises, read)
