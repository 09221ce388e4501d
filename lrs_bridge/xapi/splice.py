"""A statement as it is given back: what was received, with what the LRS sets in its place."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from lrs_bridge.times import text_of
from lrs_bridge.xapi import formats

_Raws = dict[str, msgspec.Raw]
# What may be a context activity without its list.
_ALONE = re.compile(rb'"(?:parent|grouping|category|other)"\s*:\s*\{')


def spliced(text: str, identity: str, stored: str, authority: str, version: str) -> bytes:
    """`authority` is JSON text. Every value that was received keeps its own characters; id, version and timestamp are only added.

    Two things are set right on the way out, as both editions ask: a timestamp is told in UTC (xAPI 1.0.3 Data 4.5), and a context
    activity that came alone stands in a list (Data 2.4.6.2).
    """
    received = _decoded(text)
    own = (("id", identity), ("timestamp", stored), ("version", version))
    added = {name: _text(value) for name, value in own if name not in received}
    ours = {"stored": _text(stored), "authority": msgspec.Raw(authority.encode())}
    return msgspec.json.encode(added | _set_right(received) | ours)


def _set_right(received: _Raws) -> _Raws:
    """Of a statement or SubStatement."""
    found = dict(received)
    if "timestamp" in found:
        found["timestamp"] = _in_utc(found["timestamp"])
    if "context" in found:
        found["context"] = _with_lists(found["context"])
    if b'"SubStatement"' in bytes(found.get("object", b"")):
        found["object"] = _object(found["object"])
    return found


def _object(raw: msgspec.Raw) -> msgspec.Raw:
    value = _decoded(raw)
    is_substatement = msgspec.json.decode(value.get("objectType", b'""')) == "SubStatement"
    return _encoded(_set_right(value)) if is_substatement else raw


def _in_utc(raw: msgspec.Raw) -> msgspec.Raw:
    if bytes(raw).endswith(b'Z"'):
        return raw
    text = msgspec.json.decode(raw)
    moment = None if text.endswith(("Z", "z")) else formats.moment(text)
    return raw if moment is None else _text(text_of(moment))


def _with_lists(raw: msgspec.Raw) -> msgspec.Raw:
    # Seen from the characters, which is quick, in nearly all contexts; an escaped key could hide one.
    if _ALONE.search(bytes(raw)) is None and b"\\u" not in bytes(raw):
        return raw
    context = _decoded(raw)
    if "contextActivities" not in context:
        return raw
    lists = _decoded(context["contextActivities"])
    alone = {name: msgspec.Raw(b"[" + bytes(each) + b"]") for name, each in lists.items() if bytes(each).lstrip().startswith(b"{")}
    return raw if not alone else _encoded(context | {"contextActivities": _encoded(lists | alone)})


# --- JSON ---------------------------------------------------------------------------------------


def _decoded(text: str | msgspec.Raw) -> _Raws:
    return msgspec.json.decode(text, type=_Raws)


def _encoded(value: _Raws) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


@lru_cache(maxsize=1024)
def _text(value: str) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))
