"""Where in the authors' files each part of an activity is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scorm_packager.activity.problems import Place

Where = tuple[str | int, ...]


class Places(Mapping[Where, Place]):
    """Model path → place: `("items", 3, "answer")`, with keys as written in the file. Line and column count from 1."""

    def __init__(self, places: Mapping[Where, Place], file: str):
        self._places = dict(places)
        self._file = file

    def __getitem__(self, where: Where) -> Place:
        return self._places[where]

    def __iter__(self) -> Iterator[Where]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def at(self, *where: str | int) -> Place:
        """The place of `where`, or of the nearest part around it that is written down."""
        path: Where = where
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, Place(self._file))

    def including(self, prefix: Where, inner: Places) -> Places:
        """These places, with `prefix` and all under it taken from another file."""
        outer = {where: place for where, place in self._places.items() if where[: len(prefix)] != prefix}
        return Places(outer | {prefix + where: place for where, place in inner.items()}, self._file)
