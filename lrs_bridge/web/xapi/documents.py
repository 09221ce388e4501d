"""The doors of the State, Activity Profile and Agent Profile resources (xAPI 1.0.3 Communication 2.2, 2.3, 2.6, 2.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.utils import format_datetime
from typing import Any

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from lrs_bridge.reading import documents
from lrs_bridge.refusals import Malformed, NotFound, PreconditionFailed, one
from lrs_bridge.times import moment_of
from lrs_bridge.web import bodies, current
from lrs_bridge.web.xapi.entry import Call, Door, Resource
from lrs_bridge.xapi.documents import Address, Content, Context, Stored
from lrs_bridge.xapi.etags import Conditions, conditions
from lrs_bridge.xapi.parameters import Reader, agent, iri, moment, text, uuid

_LONGEST_TYPE = 255
# RFC 9110 §8.3: what is not said may be anything.
_UNKNOWN_TYPE = "application/octet-stream"

_ContextOf = Callable[[Mapping[str, Any]], Context]


def _state(args: Mapping[str, Any]) -> Context:
    return Context("state", activity=args["activityId"], agent=args["agent"], registration=args.get("registration"))


def _activity_profile(args: Mapping[str, Any]) -> Context:
    return Context("activity-profile", activity=args["activityId"])


def _agent_profile(args: Mapping[str, Any]) -> Context:
    return Context("agent-profile", agent=args["agent"])


# --- reading ------------------------------------------------------------------------------------


def _read(call: Call, address: Address) -> Response:
    found = documents.get(current.bridge(), call.caller, address)
    if found is None:
        raise NotFound(one("document-unknown", "There is no such document.", "Check its id, and the registration it was stored with."))
    wanted = _conditions(call)
    if wanted.if_match is not None and not wanted.if_match.name(found.etag):
        message = f'The document has the ETag "{found.etag}", which If-Match does not name.'
        raise PreconditionFailed(one("precondition-failed", message, "Ask without If-Match.", source="RFC 9110 §13.1.1"))
    # RFC 9110 §13.1.2: whoever has it already needs no second copy.
    answer = Response(status=304) if not wanted.hold(found.etag) else Response(found.content.body)
    answer.headers.update(_headers(found))
    return answer


def _headers(found: Stored) -> dict[str, str]:
    return {
        "Content-Type": found.content.content_type,
        "ETag": f'"{found.etag}"',
        "Last-Modified": format_datetime(moment_of(found.updated), usegmt=True),
        # Whatever was stored is never run as a page of the bridge.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }


def _list(call: Call, context: Context) -> Response:
    return jsonify(documents.names(current.bridge(), call.caller, context, call.args.get("since", "")))


# --- writing ------------------------------------------------------------------------------------


def _put(call: Call, address: Address) -> ResponseReturnValue:
    documents.put(current.bridge(), call.caller, address, _sent(call), _conditions(call), call.edition)
    return "", 204


def _post(call: Call, address: Address) -> ResponseReturnValue:
    documents.post(current.bridge(), call.caller, address, _sent(call), _conditions(call))
    return "", 204


def _delete(call: Call, address: Address) -> ResponseReturnValue:
    documents.delete(current.bridge(), call.caller, address, _conditions(call))
    return "", 204


def _delete_all(call: Call, context: Context) -> ResponseReturnValue:
    if _conditions(call).given:
        message = "If-Match and If-None-Match speak of one document, and this would delete all of the context."
        raise Malformed(one("condition-of-many", message, "Name the document by its stateId, or send no condition."))
    documents.delete_all(current.bridge(), call.caller, context)
    return "", 204


def _sent(call: Call) -> Content:
    bodies.require_length()
    given = call.content_type or _UNKNOWN_TYPE
    # It goes out again as a header, which takes no other characters (RFC 9110 §5.5).
    if len(given) > _LONGEST_TYPE or not (given.isascii() and given.isprintable()):
        message = f"The Content-Type is longer than {_LONGEST_TYPE} characters, or holds others than ASCII's."
        raise Malformed(one("content-type", message, "Send a media type.", where="Content-Type"))
    return Content(given, call.body)


def _conditions(call: Call) -> Conditions:
    return conditions(call.headers.get("If-Match"), call.headers.get("If-None-Match"))


# --- the resources ------------------------------------------------------------------------------


def _resource(name: str, context: _ContextOf, required: Mapping[str, Reader], optional: Mapping[str, Reader]) -> dict[str, Door]:
    """`name` is the parameter that names one document: with it GET gives that one, without it the names of all."""

    def of_one(work: Callable[[Call, Address], ResponseReturnValue]) -> Callable[[Call], ResponseReturnValue]:
        return lambda call: work(call, Address(context(call.args), call.args[name]))

    def get(call: Call) -> ResponseReturnValue:
        if name not in call.args:
            return _list(call, context(call.args))
        if "since" in call.args:
            message = f"`since` asks for a list, and {name} for one document."
            raise Malformed(one("one-or-many", message, "Send one of them.", where="since"))
        return of_one(_read)(call)

    writing = {"required": {**required, name: text}, "optional": optional}
    return {
        "GET": Door(get, required, {**optional, name: text, "since": moment}),
        "PUT": Door(of_one(_put), **writing),
        "POST": Door(of_one(_post), **writing),
        "DELETE": Door(of_one(_delete), **writing),
    }


def _with_delete_of_all(resource: dict[str, Door], name: str, context: _ContextOf) -> Resource:
    """Only states can be deleted all at once (xAPI 1.0.3 Communication 2.3)."""
    single = resource["DELETE"]

    def delete(call: Call) -> ResponseReturnValue:
        return single.answer(call) if name in call.args else _delete_all(call, context(call.args))

    required = {key: reader for key, reader in single.required.items() if key != name}
    return {**resource, "DELETE": Door(delete, required, {**single.optional, name: text})}


_OF_A_STATE = _resource("stateId", _state, {"activityId": iri, "agent": agent}, {"registration": uuid})

RESOURCES: dict[str, Resource] = {
    "/activities/state": _with_delete_of_all(_OF_A_STATE, "stateId", _state),
    "/activities/profile": _resource("profileId", _activity_profile, {"activityId": iri}, {}),
    "/agents/profile": _resource("profileId", _agent_profile, {"agent": agent}, {}),
}
