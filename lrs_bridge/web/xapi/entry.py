"""The way into every resource: version, caller, parameters and body, read and judged before a resource is asked anything."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import Headers
from werkzeug.exceptions import MethodNotAllowed

from lrs_bridge.access import Caller
from lrs_bridge.refusals import Malformed, one
from lrs_bridge.web import bodies, current
from lrs_bridge.web.xapi import alternate, versions
from lrs_bridge.xapi import habits, parameters
from lrs_bridge.xapi.parameters import Reader
from lrs_bridge.xapi.statement import Edition

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a resource, whatever its spelling. `args` holds the values of the parameters that were given."""

    method: str
    edition: Edition
    caller: Caller
    args: Mapping[str, Any]
    headers: Headers
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Door:
    """What answers one method of a resource, and the parameters that it takes, each with its reader."""

    answer: Callable[[Call], ResponseReturnValue]
    required: Mapping[str, Reader] = field(default_factory=dict)
    optional: Mapping[str, Reader] = field(default_factory=dict)


Resource = Mapping[str, Door]


def methods(resource: Resource) -> list[str]:
    """All that the web has to let through: any method may come inside a POST."""
    return sorted({*resource, "POST"})


def view(resource: Resource) -> Callable[[], ResponseReturnValue]:
    """The resource as the web calls it."""

    def answer() -> ResponseReturnValue:
        return _carried(resource) if alternate.is_used() else _plain(resource)

    return answer


def _plain(resource: Resource) -> ResponseReturnValue:
    edition = versions.required()
    method = "GET" if request.method == "HEAD" else request.method
    pairs = list(request.args.items(multi=True))
    return _through(resource, edition, method, pairs, request.headers.get("Content-Type", ""), bodies.data())


def _carried(resource: Resource) -> ResponseReturnValue:
    """xAPI 2.0 4.1.1 has no alternate syntax any more: there `method` is an unknown parameter."""
    if versions.spoken(request.headers.get(versions.HEADER, "")) == "2.0.0":
        raise _gone()
    carried = alternate.unpacked()
    edition = versions.required()
    if edition == "2.0.0":
        raise _gone()
    return _through(resource, edition, carried.method, list(carried.parameters), carried.content_type, carried.body)


def _gone() -> Malformed:
    message = "xAPI 2.0 has no alternate request syntax."
    return Malformed(one("alternate-syntax", message, "Send the request itself.", where="method", source="xAPI 2.0 4.1.1"))


def _through(
    resource: Resource, edition: Edition, method: str, pairs: list[tuple[str, str]], content_type: str, body: bytes
) -> ResponseReturnValue:
    caller = current.caller()
    door = resource.get(method)
    if door is None:
        raise MethodNotAllowed(valid_methods=sorted(resource))
    args = parameters.read(_admitted(pairs, door), door.required, door.optional)
    return door.answer(Call(method, edition, caller, args, request.headers, content_type, body))


def _admitted(pairs: list[tuple[str, str]], door: Door) -> list[tuple[str, str]]:
    """The parameters as they are judged: with the setting `lenient`, without what real clients are known to add."""
    if not current.bridge().config.lenient:
        return pairs
    admitted, forgiven = habits.forgiven(pairs, {*door.required, *door.optional})
    say(forgiven)
    return admitted


def say(forgiven: Iterable[str]) -> None:
    """What was forgiven, in the log."""
    for habit in forgiven:
        # Names and values may be anything, a person's too: the log gets the habit.
        _log.warning("forgiven", extra={"kind": habit, "rule": request.url_rule.rule if request.url_rule else ""})
