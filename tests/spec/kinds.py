"""Values that know which of the standard's types they have, so that tables can speak of every IRI, every UUID, every language map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]


class Text(str): ...


class Iri(str): ...


class Mailto(Iri): ...


class Uuid(str): ...


class Timestamp(str): ...


class Duration(str): ...


class Language(str): ...


class Sha1(str): ...


class Sha2(str): ...


class MediaType(str): ...


class Version(str): ...


class Enumerated(str): ...


class LanguageMap(dict[str, str]): ...


class Extensions(dict[str, Any]): ...


MAPS = (LanguageMap, Extensions)


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything inside, with its path; what stands under a map's own keys is left alone."""
    if path:
        yield path, value
    if isinstance(value, MAPS):
        return
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield from walk(part, (*path, key))


def with_at(value: Any, path: Path, new: Any) -> Any:
    """A copy with something else in one place."""
    if not path:
        return new
    head, rest = path[0], path[1:]
    if isinstance(value, list):
        return [with_at(part, rest, new) if index == head else part for index, part in enumerate(value)]
    return type(value)({**value, head: with_at(value.get(head), rest, new)})


def without(value: Any, path: Path) -> Any:
    """A copy without one property."""
    *above, name = path
    parent = at(value, tuple(above))
    return with_at(value, tuple(above), type(parent)({key: part for key, part in parent.items() if key != name}))


def renamed(value: Any, path: Path, name: str) -> Any:
    """A copy in which one property has another name."""
    *above, old = path
    parent = at(value, tuple(above))
    return with_at(value, tuple(above), type(parent)({name if key == old else key: part for key, part in parent.items()}))


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def dotted(path: Path) -> str:
    """`actor.member.0.mbox`."""
    return ".".join(str(step) for step in path)
