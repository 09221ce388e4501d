"""The doors of the Statements resource: xAPI 1.0.3 Communication 2.1, 2.0 4.1.6.1."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from urllib.parse import urlsplit

import msgspec
from flask import Response, request
from flask.typing import ResponseReturnValue

from lrs_bridge import intake
from lrs_bridge.reading import more, statement_answer
from lrs_bridge.reading.statement_answer import Answer, Wanted
from lrs_bridge.refusals import Malformed, one
from lrs_bridge.times import moment_of
from lrs_bridge.web import current
from lrs_bridge.web.xapi import entry
from lrs_bridge.web.xapi.entry import Call, Door, Resource
from lrs_bridge.xapi import attachments, habits, languages, multipart, parameters, query
from lrs_bridge.xapi.attachments import Bytes
from lrs_bridge.xapi.multipart import Part
from lrs_bridge.xapi.parse import Slice, slices

_COMMUNICATION = "xAPI 1.0.3 Communication "
_JSON = "application/json"

# --- writing ------------------------------------------------------------------------------------


def _post(call: Call) -> Response:
    """One statement or a list of them: all are kept, or none."""
    data, came = _sent(call)
    batch = slices(data)
    accepted = intake.accept(current.bridge(), batch, call.caller, call.edition, attachments=came)
    _say_what_was_forgiven(batch)
    return Response(msgspec.json.encode(accepted.ids), mimetype=_JSON)


def _put(call: Call) -> ResponseReturnValue:
    data, came = _sent(call)
    statement, identity = _single(data), call.args["statementId"]
    named = statement.value.get("id", identity) if isinstance(statement.value, dict) else identity
    if not isinstance(named, str) or named.lower() != identity:
        message = "The statement's id is not the one of the parameter statementId."
        raise Malformed(one("wrong-id", message, "Send the same id, or none in the statement.", source=_COMMUNICATION + "2.1.1"))
    intake.accept(current.bridge(), (statement,), call.caller, call.edition, named=identity, attachments=came)
    _say_what_was_forgiven((statement,))
    return "", 204


def _say_what_was_forgiven(batch: Sequence[Slice]) -> None:
    if current.bridge().config.lenient:
        entry.say(habits.met_in(one.value for one in batch))


def _single(data: bytes) -> Slice:
    found = slices(data)
    if len(found) != 1 or data.lstrip()[:1] == b"[":
        raise Malformed(one("one-statement", "PUT takes one statement, not a list.", "Send an object, or use POST."))
    return found[0]


def _sent(call: Call) -> tuple[bytes, Bytes]:
    """The JSON of the statements, and the bytes that came with them."""
    if not multipart.is_mixed(call.content_type):
        _require_json(call.content_type)
        return call.body, {}
    first, *others = multipart.parts(call.content_type, call.body)
    _require_json(first.headers.get("content-type", ""))
    return first.body, attachments.bytes_of(others)


def _require_json(content_type: str) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind != _JSON:
        message = f"Statements come as {_JSON} or multipart/mixed, and this is {kind[:80] or 'without a content type'}."
        raise Malformed(one("content-type", message, f"Send {_JSON}.", source=_COMMUNICATION + "1.5"))


# --- reading ------------------------------------------------------------------------------------


def _get(call: Call) -> Response:
    wanted = _wanted(call)
    name = query.named(wanted.args)
    if name is None:
        return _answered(statement_answer.many(current.bridge(), call.caller, wanted))
    return _answered(statement_answer.single(current.bridge(), call.caller, wanted, name))


def _wanted(call: Call) -> Wanted:
    args, after = call.args, None
    if "more" in args:
        if len(args) > 1:
            message = "`more` goes on with all that was asked for before, and takes nothing else."
            raise Malformed(one("more-alone", message, "Follow `more` as it was given.", where="more"))
        continuation = more.read(current.bridge().vault, args["more"])
        args, after = continuation.args, continuation.after
    return Wanted(args, after, _path(), languages.asked_for(call.headers.get("Accept-Language", "")))


def _path() -> str:
    """Of this resource, as browsers reach it."""
    return urlsplit(current.bridge().config.public_url).path + request.path


def _answered(answer: Answer) -> Response:
    if answer.parts is None:
        response = Response(answer.json, mimetype=_JSON)
    else:
        boundary = current.bridge().random_hex()
        body = multipart.written((Part({"Content-Type": _JSON}, answer.json), *answer.parts), boundary)
        response = Response(body, content_type=f"multipart/mixed; boundary={boundary}")
    if answer.stored is not None:
        response.headers["Last-Modified"] = format_datetime(moment_of(answer.stored), usegmt=True)
    return response


RESOURCES: dict[str, Resource] = {
    "/statements": {
        "POST": Door(_post),
        "PUT": Door(_put, required={"statementId": parameters.uuid}),
        "GET": Door(_get, optional={**query.ONE, **query.MANY, **query.SHOWN, "more": parameters.text}),
    }
}
