"""Reading YAML that anybody wrote: plain values, the place of each, and every problem of the text itself.

Values come from the composed nodes, not from a constructor, so that no tag can make anything but text, numbers, dates, lists and mappings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from scorm_packager.activity.places import Places, Where
from scorm_packager.activity.problems import Place, Problem, ProblemsFound

MAX_BYTES = 2 * 1024 * 1024
MAX_VALUES = 50_000  # counted after aliases are followed: an alias bomb ends here
MAX_DEPTH = 30


@dataclass(frozen=True)
class YamlText:
    """What a YAML text says. `value` is None and `broken` is true when its problems leave nothing to work on."""

    value: Any
    places: Places
    problems: tuple[Problem, ...]

    @property
    def broken(self) -> bool:
        return not isinstance(self.value, dict)


@dataclass
class _Reading:
    file: str
    places: dict[Where, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    values: int = 0


def read_file(path: Path, name: str) -> YamlText:
    """Reads a file whose top is a mapping; problems call it `name`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return _nothing(name, _too_large(name))
        data = path.read_bytes()
    except FileNotFoundError:
        return _nothing(name, Problem("missing-file", Place(name), f"There is no file {name}.", "Check the path."))
    except OSError as fault:
        message = f"{name} cannot be read: {fault.strerror}."
        return _nothing(name, Problem("unreadable-file", Place(name), message, "Check that it is a file and that you may read it."))
    return read(data, name)


def read(data: bytes, name: str) -> YamlText:
    """Reads a YAML text whose top is a mapping."""
    if len(data) > MAX_BYTES:
        return _nothing(name, _too_large(name))
    try:
        node = _composed(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        return _nothing(name, _not_utf8(name, data, fault))
    except MarkedYAMLError as fault:
        return _nothing(name, _syntax_problem(name, fault))
    except YAMLError as fault:
        return _nothing(name, _unacceptable(name, data, fault))
    except RecursionError:
        return _nothing(name, _too_complex(Place(name)))
    return _value_of(node, name)


def _composed(text: str) -> Node | None:
    """libyaml is fourteen times as fast as the same in Python, and does not know all of YAML 1.2: what it refuses, the other one judges."""
    try:
        return _node(YAML(typ="safe").compose(text))
    except YAMLError:
        return _node(YAML(typ="safe", pure=True).compose(text))


def _node(composed: object) -> Node | None:
    return composed if isinstance(composed, Node) else None


def rule_data(path: Path) -> dict[str, Any]:
    """The content of one of our own data files, which must be without fault."""
    text = read_file(path, path.name)
    if text.problems or text.broken:
        raise ProblemsFound(text.problems)
    found: dict[str, Any] = text.value
    return found


def _value_of(node: Node | None, name: str) -> YamlText:
    if not isinstance(node, MappingNode):
        message = f"{name} does not hold a list of keys and values." if node else f"{name} is empty."
        return _nothing(name, Problem("not-a-mapping", Place(name, 1, 1), message, "Start it with lines such as `title: …`."))
    reading = _Reading(name)
    value = _plain(node, (), reading)
    too_complex = any(problem.code == "yaml-too-complex" for problem in reading.problems)
    return YamlText(None if too_complex else value, Places(reading.places, name), tuple(reading.problems))


def _plain(node: Node, where: Where, reading: _Reading) -> Any:
    reading.values += 1
    reading.places.setdefault(where, _place(reading.file, node))
    if reading.values > MAX_VALUES or len(where) > MAX_DEPTH:
        if not any(problem.code == "yaml-too-complex" for problem in reading.problems):
            reading.problems.append(_too_complex(_place(reading.file, node)))
        return None
    if isinstance(node, MappingNode):
        _refuse_tag(node, "map", reading)
        return _mapping(node, where, reading)
    if isinstance(node, SequenceNode):
        _refuse_tag(node, "seq", reading)
        return [_plain(part, (*where, position), reading) for position, part in enumerate(node.value)]
    return _scalar(node, reading)


def _mapping(node: MappingNode, where: Where, reading: _Reading) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            message = "A key here is a list or a mapping."
            reading.problems.append(Problem("bad-key", _place(reading.file, key_node), message, "Write a plain word before the colon."))
            continue
        key = str(key_node.value)
        if key in found:
            reading.problems.append(_said_twice(key, _place(reading.file, key_node), reading.places[(*where, key)]))
            continue
        reading.places[(*where, key)] = _place(reading.file, key_node)
        found[key] = _plain(value_node, (*where, key), reading)
    return found


def _scalar(node: Node, reading: _Reading) -> Any:
    text = str(node.value)
    kind = str(node.tag).removeprefix("tag:yaml.org,2002:")
    if kind == "str":
        return text
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind in {"int", "float"}:
        return _number(text)
    if kind == "timestamp":
        return _day(text)
    _refuse_tag(node, "str", reading)
    return text


def _refuse_tag(node: Node, usual: str, reading: _Reading) -> None:
    if str(node.tag) != f"tag:yaml.org,2002:{usual}":
        message = f"The tag `{node.tag}` means nothing here."
        reading.problems.append(Problem("yaml-tag", _place(reading.file, node), message, "Remove the word that starts with `!`."))


def _number(text: str) -> int | float | str:
    # Only decimal notation is a number to us: 0x1F, 1_000, .inf and 12:30 stay text, and the model says what it wanted.
    for kind in (int, float):
        if set(text) <= set("0123456789.-+"):
            try:
                return kind(text)
            except ValueError:
                continue
    return text


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text) if len(text) == 10 else text
    except ValueError:
        return text


def _place(file: str, node: Node) -> Place:
    return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)


def _nothing(name: str, problem: Problem) -> YamlText:
    return YamlText(None, Places({}, name), (problem,))


def _said_twice(key: str, here: Place, first: Place) -> Problem:
    message = f"`{key}` stands here a second time; the first is in line {first.line}."
    return Problem("key-said-twice", here, message, "Keep one of the two.")


def _too_large(name: str) -> Problem:
    message = f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB."
    return Problem("file-too-large", Place(name), message, "Move long texts to pages under content/.")


def _too_complex(where: Place) -> Problem:
    message = "The file says too much: aliases (`*name`) that repeat each other, or lists inside lists without end."
    return Problem("yaml-too-complex", where, message, "Write the values out instead of using aliases.")


def _not_utf8(name: str, data: bytes, fault: UnicodeDecodeError) -> Problem:
    line = data.count(b"\n", 0, fault.start) + 1
    message = "A character here is not in UTF-8."
    return Problem("not-utf-8", Place(name, line, 1), message, "Save the file with the encoding UTF-8.")


def _unacceptable(name: str, data: bytes, fault: YAMLError) -> Problem:
    position = int(getattr(fault, "position", 0) or 0)
    line = data.decode("utf-8-sig").count("\n", 0, position) + 1
    message = "An invisible control character stands in this line."
    return Problem("yaml-syntax", Place(name, line, 1), message, "Delete the line and type it again.")


_REMEDIES = (
    ("mapping values are not allowed", "Put a text that has a colon in it between quotes, and check the indentation."),
    ("cannot start any token", "Indent with spaces, not with a tab; put a text that starts with a sign such as @ or % between quotes."),
    ("end of stream", "A quote or bracket is opened and never closed: close it."),
    ("stream end", "A quote or bracket is opened and never closed: close it."),
    ("expected ',' or", "Put a comma between the parts inside brackets, and close the bracket."),
    ("block end", "Check the indentation: lines of one list or mapping start in the same column."),
    ("another document", "Remove the line `---`: one file holds one text."),
    ("undefined alias", "Put a text that starts with * between quotes."),
)


def _syntax_problem(name: str, fault: MarkedYAMLError) -> Problem:
    said = str(fault.problem or fault.context or "it cannot be understood")
    mark = fault.problem_mark or fault.context_mark
    where = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
    remedy = next((remedy for words, remedy in _REMEDIES if words in said), "Compare this line with the lines around it.")
    return Problem("yaml-syntax", where, f"This is not YAML: {said}.", remedy)
