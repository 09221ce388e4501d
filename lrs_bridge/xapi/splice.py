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


class _Statement(msgspec.Struct, omit_defaults=True):
    """What a statement without problems may hold, each value as the characters that were received."""

    id: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    actor: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    verb: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    object: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    result: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    context: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    timestamp: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    stored: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    authority: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    version: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    attachments: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    objectType: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET  # of a SubStatement


_statement = msgspec.json.Decoder(_Statement).decode
_json = msgspec.json.Encoder().encode


def spliced(text: str, identity: str, stored: str, authority: str, version: str) -> bytes:
    """`authority` is JSON text. Every value that was received keeps its own characters; id, version and timestamp are only added.

    Two things are set right on the way out, as both editions ask: a timestamp is told in UTC (xAPI 1.0.3 Data 4.5), and a context
    activity that came alone stands in a list (Data 2.4.6.2).
    """
    found = _set_right(_statement(text))
    if found.id is msgspec.UNSET:
        found.id = _text(identity)
    if found.timestamp is msgspec.UNSET:
        found.timestamp = _text(stored)
    if found.version is msgspec.UNSET:
        found.version = _text(version)
    found.stored = _text(stored)
    found.authority = _raw(authority)
    return _json(found)


def _set_right(found: _Statement) -> _Statement:
    """Of a statement or SubStatement."""
    if isinstance(found.timestamp, msgspec.Raw):
        found.timestamp = _in_utc(found.timestamp)
    if isinstance(found.context, msgspec.Raw):
        found.context = _with_lists(found.context)
    if isinstance(found.object, msgspec.Raw) and b'"SubStatement"' in bytes(found.object):
        found.object = _object(found.object)
    return found


def _object(raw: msgspec.Raw) -> msgspec.Raw:
    value = _decoded(raw)
    is_substatement = msgspec.json.decode(value.get("objectType", b'""')) == "SubStatement"
    return msgspec.Raw(_json(_set_right(_statement(raw)))) if is_substatement else raw


def _in_utc(raw: msgspec.Raw) -> msgspec.Raw:
    if bytes(raw).endswith(b'Z"'):
        return raw
    text = msgspec.json.decode(raw)
    moment = None if text.endswith(("Z", "z")) else formats.moment(text)
    return raw if moment is None else _text(text_of(moment))


def _with_lists(raw: msgspec.Raw) -> msgspec.Raw:
    # Seen from the characters, which is quick, in nearly all contexts; an escaped key could hide one.
    characters = bytes(raw)
    if b"\\u" not in characters and _ALONE.search(characters) is None:
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
def _raw(text: str) -> msgspec.Raw:
    return msgspec.Raw(text.encode())


@lru_cache(maxsize=1024)
def _text(value: str) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))
