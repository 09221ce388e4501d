"""The statements resource: xAPI 1.0.3 Communication 2.1, 2.0 4.1.6.1."""

from __future__ import annotations

from email.utils import format_datetime

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from lrs_bridge import intake
from lrs_bridge.access import READ, READ_OWN, Caller, KeyHolder, require
from lrs_bridge.refusals import Malformed, NotFound, one
from lrs_bridge.store import statements
from lrs_bridge.store.engine import reading
from lrs_bridge.store.statements import Kept
from lrs_bridge.times import moment_of
from lrs_bridge.web import current
from lrs_bridge.web.xapi.entry import Call, Door
from lrs_bridge.xapi import parameters
from lrs_bridge.xapi.parse import slices
from lrs_bridge.xapi.splice import spliced

_COMMUNICATION = "xAPI 1.0.3 Communication "

# --- writing ------------------------------------------------------------------------------------


def post(call: Call) -> Response:
    """One statement or a list of them: all are kept, or none."""
    accepted = intake.accept(current.bridge(), slices(_json(call)), call.caller, call.edition)
    return jsonify(list(accepted.ids))


def put(call: Call) -> ResponseReturnValue:
    data, identity = _json(call), call.args["statementId"]
    batch = slices(data)
    if len(batch) != 1 or data.lstrip()[:1] == b"[":
        raise Malformed(one("one-statement", "PUT takes one statement, not a list.", "Send an object, or use POST."))
    named = batch[0].value.get("id", identity) if isinstance(batch[0].value, dict) else identity
    if not isinstance(named, str) or named.lower() != identity:
        message = "The statement's id is not the one of the parameter statementId."
        raise Malformed(one("wrong-id", message, "Send the same id, or none in the statement.", source=_COMMUNICATION + "2.1.1"))
    intake.accept(current.bridge(), batch, call.caller, call.edition, named=identity)
    return "", 204


def _json(call: Call) -> bytes:
    kind = call.content_type.partition(";")[0].strip().lower()
    if kind != "application/json":
        message = f"The body is {kind[:80] or 'without a content type'}."
        raise Malformed(one("content-type", message, "Send application/json.", source=_COMMUNICATION + "1.5"))
    return call.body


# --- reading ------------------------------------------------------------------------------------


def get(call: Call) -> Response:
    """One statement by its id: a voided one only as `voidedStatementId` (xAPI 1.0.3 Communication 2.1.3)."""
    wanted = [name for name in ("statementId", "voidedStatementId") if name in call.args]
    if len(wanted) != 1:
        raise Malformed(one("one-id", "Name either statementId or voidedStatementId.", "Send one of them."))
    require(call.caller, READ_OWN)
    return _found(call.caller, call.args[wanted[0]], voided=wanted[0] == "voidedStatementId")


def _found(caller: Caller, identity: str, *, voided: bool) -> Response:
    with reading(current.bridge().engine) as connection:
        kept = statements.by_id(connection, identity)
    if kept is None or kept.voided != voided or not _may_read(caller, kept):
        raise NotFound(one("statement-unknown", "There is no such statement for you to read.", "Check the id, and whether it was voided."))
    answer = Response(spliced(kept.text, kept.id, kept.stored, kept.authority, kept.version), mimetype="application/json")
    answer.headers["Last-Modified"] = format_datetime(moment_of(kept.stored), usegmt=True)
    return answer


def _may_read(caller: Caller, kept: Kept) -> bool:
    """Everything with `all/read`, else only what the same credential sent."""
    if not isinstance(caller, KeyHolder):
        return False
    return READ in caller.scopes or kept.origin == caller.origin


_ONE = {"statementId": parameters.uuid, "voidedStatementId": parameters.uuid}
_FORM = {"format": parameters.one_of("exact", "ids", "canonical"), "attachments": parameters.boolean}

RESOURCES = {
    "/statements": {
        "POST": Door(post),
        "PUT": Door(put, required={"statementId": parameters.uuid}),
        "GET": Door(get, optional=_ONE | _FORM),
    }
}
