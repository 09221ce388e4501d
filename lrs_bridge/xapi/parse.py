"""JSON as received: refused when it is ambiguous, kept as text, each statement of a batch its own slice."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn

import msgspec

from lrs_bridge.refusals import Malformed, one


@dataclass(frozen=True, slots=True)
class Slice:
    """One statement: the text as received and the value it stands for."""

    text: str
    value: Any


_UNSURE = object()
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_DEEPEST = 200
_MOST_DIGITS = 4_000
# A string, closed or not, so that brackets within it are not seen, or a bracket. Nothing is looked at twice (`*+` never goes back): a text
# that was made to be slow takes no longer than others.
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


class _Ambiguous(ValueError):
    """JSON that two readers may read as two different values."""


def value_of(data: bytes) -> Any:
    """The value of a JSON text. Raises `Malformed` for what is no JSON, for NaN and for a key that stands twice in one object."""
    value = _of_plain(data)
    return value if value is not _UNSURE else value_looked_at(data)


def _of_plain(data: bytes) -> Any:
    """The value of a text that is beyond doubt, or `_UNSURE`.

    A member whose key comes again is lost in decoding, and its quotation marks with it: there are as many before as after when none is.
    """
    if data.count(b"{") + data.count(b"[") > _DEEPEST or b"\\u0022" in data:
        return _UNSURE
    try:
        value = _decode(data)
        return value if _encode(value).count(b'"') == data.count(b'"') else _UNSURE
    except (ValueError, RecursionError):
        return _UNSURE


def value_looked_at(data: bytes) -> Any:
    """`value_of`, each object looked at, so that it can be said what is wrong."""
    try:
        text = data.decode("utf-8")
        if text.count("[") + text.count("{") > _DEEPEST and _depth(text) > _DEEPEST:
            raise _Ambiguous(f"It is nested deeper than {_DEEPEST} levels, which many readers cannot take.")
        return json.loads(text, object_pairs_hook=_object, parse_constant=_not_a_number, parse_float=_finite, parse_int=_short)
    except _Ambiguous as error:
        raise Malformed(one("ambiguous-json", str(error), "Send JSON that has one meaning.", source="xAPI 1.0.3 Data 2.2")) from None
    except (ValueError, RecursionError) as error:
        raise Malformed(_no_json(str(error))) from None


def slices(data: bytes) -> tuple[Slice, ...]:
    """The statements of a request's body, one object or a list of objects, in order. Raises `Malformed`."""
    texts = _texts(data)
    values = [value_of(text) for text in texts]
    return tuple(Slice(text.decode("utf-8"), value) for text, value in zip(texts, values, strict=True))


def _texts(data: bytes) -> tuple[bytes, ...]:
    bare = data.strip(b" \t\r\n")
    kind: Any = list[msgspec.Raw] if bare.startswith(b"[") else msgspec.Raw
    try:
        # A slice is what stands between two commas. Half a surrogate pair, which is no text, is refused here.
        found = msgspec.json.decode(bare, type=kind)
        return tuple(bytes(raw) for raw in found) if isinstance(found, list) else (bytes(found),)
    except (ValueError, RecursionError) as error:
        raise Malformed(_no_json(str(error))) from None


def _depth(text: str) -> int:
    """How deep brackets are nested, those in strings aside."""
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(bracket, 0)
        deepest = max(deepest, depth)
    return deepest


def _no_json(reason: str) -> Any:
    return one("not-json", f"This is not JSON: {reason}.", "Send a JSON text in UTF-8.", source="RFC 8259")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Ambiguous(f"The key {_first_repeated(pairs)!r} stands twice in one object.")
    return found


def _first_repeated(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            break
        seen.add(key)
    return key


def _not_a_number(text: str) -> NoReturn:
    raise _Ambiguous(f"{text} is not a JSON number.")


def _short(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise _Ambiguous(f"A number of {len(text)} digits is beyond what most readers can take.")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _Ambiguous(f"{text[:40]} is beyond what a number can hold.")
    return number
