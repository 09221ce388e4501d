"""The parts of a Word document that say what its paragraphs are: styles, lists and notes (ISO/IEC 29500-1, 17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from scorm_packager.importing.office import Parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from those it is based on: its name, level as a heading (from 1; 0 for none), list and emphasis."""

    name: str = ""
    heading: int = 0
    number: str = ""
    level: int = 0
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """What a document's paragraphs refer to."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    ordered: frozenset[tuple[str, int]] = frozenset()  # number id and level of lists that count
    footnotes: Mapping[str, etree._Element] = field(default_factory=dict)


def word(parts: Parts, main: str) -> Word:
    """Gathers the parts beside the document; those that are missing are empty."""
    kinds = {each.kind: each.target for each in parts.related(main).values() if not each.outside and each.target in parts}
    root = {kind: parts.xml(name) for kind, name in kinds.items() if kind in ("styles", "numbering", "footnotes", "endnotes")}
    notes = {
        f"{kind} {each.get(f'{W}id')}": each
        for kind in ("footnote", "endnote")
        if f"{kind}s" in root
        for each in root[f"{kind}s"].iter(f"{W}{kind}")
    }
    return Word(_styles(root.get("styles")), frozenset(_ordered(root.get("numbering"))), notes)


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle such as bold; None when nothing is said of it."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


def value(element: etree._Element | None, path: str) -> str:
    """The `val` of the element at a path of names parted by slashes; "" when there is none."""
    found = element.find("/".join(f"{W}{name}" for name in path.split("/"))) if element is not None else None
    return "" if found is None else found.get(f"{W}val", "")


def _styles(root: etree._Element | None) -> dict[str, Style]:
    if root is None:
        return {}
    written = {each.get(f"{W}styleId", ""): each for each in root.iter(f"{W}style")}
    return {key: _style(key, written) for key in written}


def _style(key: str, written: Mapping[str, etree._Element]) -> Style:
    line = list(_based(key, written))
    name = value(line[0], "name").lower()
    return Style(
        name,
        _heading(line),
        _first(value(each, "pPr/numPr/numId") for each in line),
        _whole(_first(value(each, "pPr/numPr/ilvl") for each in line)) or _level_by_name(name),
        _toggled(line, "b"),
        _toggled(line, "i"),
    )


def _level_by_name(name: str) -> int:
    """Word's own lists of deeper levels are lists of their own, told by their names: “List Bullet 2”."""
    end = name.rpartition(" ")[2]
    return _whole(end) - 1 if name.startswith("list ") and end in ("2", "3", "4", "5") else 0


def _based(key: str, written: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """The style and those it is based on, nearest first."""
    for _ in range(_DEEPEST):
        style = written.get(key)
        if style is None:
            return
        yield style
        key = value(style, "basedOn")


def _heading(line: list[etree._Element]) -> int:
    names = [value(each, "name").lower() for each in line]
    for name in names:
        if name.startswith("heading ") and name[8:].isdigit():
            return min(int(name[8:]), 9)
    level = _first(value(each, "pPr/outlineLvl") for each in line)
    return int(level) + 1 if level.isdigit() and int(level) < 9 else 0


def _toggled(line: list[etree._Element], name: str) -> bool:
    return next((on for each in line if (on := is_on(each.find(f"{W}rPr"), name)) is not None), False)


def _ordered(root: etree._Element | None) -> Iterator[tuple[str, int]]:
    if root is None:
        return
    abstract = {each.get(f"{W}abstractNumId", ""): each for each in root.iter(f"{W}abstractNum")}
    for each in root.iter(f"{W}num"):
        known = abstract.get(value(each, "abstractNumId"))
        for level in known.iter(f"{W}lvl") if known is not None else ():
            if value(level, "numFmt") not in ("bullet", "none", ""):
                yield each.get(f"{W}numId", ""), _whole(level.get(f"{W}ilvl", ""))


def _first(found: Iterator[str]) -> str:
    return next((each for each in found if each), "")


def _whole(text: str) -> int:
    return min(int(text), 8) if text.isdigit() else 0
