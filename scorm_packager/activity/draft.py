"""What can be understood of an activity file that may still have faults: so that one fault does not hide the next."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from scorm_packager.activity.model import Content, Item

T = TypeVar("T")


class Draft:
    """The plain data of a file, read part by part; parts that do not fit the model are passed over (they have their own problem)."""

    def __init__(self, data: dict[str, Any]):
        self._data = data

    def each(self, key: str, kind: type[T]) -> Iterator[tuple[int, T]]:
        """The parts of the list `key` that fit, with their positions."""
        listed = self._data.get(key)
        for position, part in enumerate(listed if isinstance(listed, list) else []):
            fitting = _fitting(kind, part)
            if fitting is not None:
                yield position, fitting

    def items(self) -> Iterator[tuple[int, Item]]:
        return self.each("items", cast(type[Item], Item))

    def contents(self) -> Iterator[tuple[int, Content]]:
        return self.each("contents", cast(type[Content], Content))

    def one(self, key: str, kind: type[T]) -> T | None:
        """The part `key`, where it is there and fits."""
        return _fitting(kind, self._data[key]) if key in self._data else None

    def ids(self, key: str) -> dict[str, int]:
        """The ids of the list `key` and where each stands first, those of parts with faults included."""
        listed = self._data.get(key)
        found: dict[str, int] = {}
        for position, part in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(part, dict) and isinstance(part.get("id"), str):
                found.setdefault(part["id"], position)
        return found


def _fitting(kind: type[T], value: Any) -> T | None:
    try:
        return cast(T, _adapter(cast(Hashable, kind)).validate_python(value))
    except ValidationError:
        return None


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, kind))
