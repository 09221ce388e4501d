"""New entries at the end of a list in somebody's YAML: every other byte of the file stays as it was."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import LiteralScalarString

from scorm_packager.activity import yaml_text
from scorm_packager.activity.problems import Place, ProblemsFound
from scorm_packager.importing.model import refuse

_WIDTH = 1_000_000  # a text stays in its line: folded ones would end in blanks
_SHORT = ("answer",)  # written on one line, as authors do


def with_entries(data: bytes, file: str, added: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """The text with entries added to its lists. Raises `ProblemsFound` when it cannot be read, or not be added to safely."""
    before = yaml_text.read(data, file)
    if before.broken:
        raise ProblemsFound(before.problems)
    result, wanted = data, dict(before.value)
    for key, entries in added.items():
        if entries:
            result = _with_list(result, file, key, entries)
            wanted[key] = [*(wanted.get(key) or []), *entries]
    if yaml_text.read(result, file).value != _plain(wanted):
        raise _cannot(file, ", ".join(added))
    return result


def as_yaml(key: str, entries: Sequence[Mapping[str, Any]]) -> str:
    """A list of entries under its key, as in an activity's file."""
    return f"{key}:\n" + _written(entries, 2).lstrip("\n")


def _with_list(data: bytes, file: str, key: str, entries: Sequence[Mapping[str, Any]]) -> bytes:
    text = data.decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    top = YAML(typ="safe", pure=True).compose(text.removeprefix("\ufeff"))
    pairs = [(name, value) for name, value in top.value if isinstance(name, ScalarNode)]
    at = next((number for number, (name, _) in enumerate(pairs) if name.value == key), None)
    if at is None:
        return _joined(_until_here(lines, len(lines)), ["", *as_yaml(key, entries).splitlines()], lines, end)
    following = pairs[at + 1][0].start_mark.line if at + 1 < len(pairs) else len(lines)
    name, node = pairs[at]
    if _is_empty(node):
        here = name.start_mark.line
        return _joined(
            here + 1, _written(entries, 2).splitlines(), [*lines[:here], _without_value(lines[here], name), *lines[here + 1 :]], end
        )
    if not isinstance(node, SequenceNode) or node.flow_style:
        raise _cannot(file, key, node)
    return _joined(_until_here(lines, following), _written(entries, node.start_mark.column).splitlines(), lines, end)


def _is_empty(node: Node) -> bool:
    return node.start_mark.line == node.end_mark.line and (node.value in ("", "null", "~") or node.value == [])


def _without_value(line: str, name: Node) -> str:
    """The line of an empty list with its key alone, and its comment."""
    comment = line.find(" #")
    return line[: name.end_mark.column].rstrip("\r") + ":" + (f"  {line[comment + 1 :].rstrip()}" if comment >= 0 else "")


def _until_here(lines: Sequence[str], line: int) -> int:
    """The line after a list's last one: what stands unindented above the next key, comments and empty lines, belongs to that key."""
    while line > 0 and (not lines[line - 1].strip() or lines[line - 1].startswith("#")):
        line -= 1
    return line


def _joined(line: int, new: Sequence[str], lines: Sequence[str], end: str) -> bytes:
    before = [*(each.rstrip("\r") for each in lines[:line]), *new]
    after = [each.rstrip("\r") for each in lines[line:]] or [""]
    return end.join((*before, *after)).encode()


def _written(entries: Sequence[Mapping[str, Any]], indent: int) -> str:
    return "".join(("\n" if _is_long(entry) else "") + _entry(entry, indent) for entry in entries)


def _is_long(entry: Mapping[str, Any]) -> bool:
    return len(entry) > 2


def _entry(entry: Mapping[str, Any], indent: int) -> str:
    writer = YAML()
    writer.width = _WIDTH
    writer.indent(mapping=2, sequence=indent + 2, offset=indent)
    out = io.StringIO()
    writer.dump([_styled(entry)], out)
    return out.getvalue()


def _styled(entry: Mapping[str, Any]) -> CommentedMap:
    made = CommentedMap((key, _value(key, value)) for key, value in entry.items())
    if not _is_long(entry):
        made.fa.set_flow_style()
    return made


def _value(key: str, value: Any) -> Any:
    if isinstance(value, str):
        return LiteralScalarString(value) if _reads_well(value) else value
    if isinstance(value, dict):
        made: Any = CommentedMap((name, _value("", part)) for name, part in value.items())
    elif isinstance(value, list):
        made = CommentedSeq(_value("", part) for part in value)
    else:
        return value
    if key in _SHORT:
        made.fa.set_flow_style()
    return made


def _reads_well(text: str) -> bool:
    """Whether a text of several lines can stand as it is."""
    return "\n" in text and text == text.strip() and not any(line != line.rstrip() for line in text.split("\n"))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


def _cannot(file: str, key: str, node: Node | None = None) -> ProblemsFound:
    where = Place(file, node.start_mark.line + 1, node.start_mark.column + 1) if node else Place(file)
    remedy = f"Write `{key}:` as a list with one `- ` for each entry, or import without --into and paste what is printed."
    return refuse("import-cannot-add", where, f"Entries cannot be added to `{key}` as it is written here; nothing was changed.", remedy)
