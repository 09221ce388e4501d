"""The record store's doors: `/xapi` and `/xapi/2.0`, which differ in the version they assume for a request that names none."""

from __future__ import annotations

import re
from email.utils import format_datetime

from flask import Blueprint, Flask, Response, g, jsonify, request

from lrs_bridge import intake
from lrs_bridge.access import READ, READ_OWN, Caller, KeyHolder, require
from lrs_bridge.refusals import Malformed, NotFound, one
from lrs_bridge.store import statements
from lrs_bridge.store.engine import reading
from lrs_bridge.store.statements import Kept
from lrs_bridge.times import moment_of
from lrs_bridge.web import bodies, current
from lrs_bridge.xapi import formats
from lrs_bridge.xapi.parse import slices
from lrs_bridge.xapi.splice import spliced
from lrs_bridge.xapi.statement import Edition

_VERSION_1 = re.compile(r"1\.0(\.\d+)?", re.ASCII)
_VERSION_2 = re.compile(r"2\.0(\.\d+)?", re.ASCII)
_COMMUNICATION = "xAPI 1.0.3 Communication "


# Longest first: each mount with the version it assumes for a request that names none.
_ASSUMED: tuple[tuple[str, Edition], ...] = (("/xapi/2.0", "2.0.0"), ("/xapi", "1.0.3"))


def install(app: Flask) -> None:
    for prefix, _ in _ASSUMED:
        app.register_blueprint(_mount(prefix))
    app.before_request(_assume)
    app.after_request(_headers)


def _mount(prefix: str) -> Blueprint:
    doors = Blueprint(prefix.strip("/").replace("/", "-").replace(".", "-"), __name__, url_prefix=prefix)
    doors.add_url_rule("/about", view_func=about, methods=["GET"])
    doors.add_url_rule("/statements", view_func=post_statements, methods=["POST"])
    doors.add_url_rule("/statements", view_func=put_statement, methods=["PUT"])
    doors.add_url_rule("/statements", view_func=get_statement, methods=["GET"])
    return doors


def _assume() -> None:
    g.edition = next((assumed for prefix, assumed in _ASSUMED if request.path.startswith(prefix)), None)


def _headers(response: Response) -> Response:
    """On every answer, refusals too: the version, and until when everything stored can be seen."""
    if g.get("edition"):
        response.headers["X-Experience-API-Version"] = g.edition
        response.headers["X-Experience-API-Consistent-Through"] = current.bridge().text_now()
    return response


def _require_version() -> Edition:
    """The edition that the request names; its answer names it too (xAPI 1.0.3 Communication 3.3)."""
    named = request.headers.get("X-Experience-API-Version", "")
    if _VERSION_1.fullmatch(named):
        g.edition = "1.0.3"
    elif _VERSION_2.fullmatch(named):
        g.edition = "2.0.0"
    else:
        message = "The header X-Experience-API-Version is missing, or names a version that is not spoken here."
        raise Malformed(one("version-header", message, "Send 1.0.3 or 2.0.0.", source=_COMMUNICATION + "3.3"))
    edition: Edition = g.edition
    return edition


def _require_parameters(allowed: frozenset[str]) -> None:
    unknown = sorted(set(request.args) - allowed)
    if unknown:
        message = f"Unknown here: {', '.join(name[:60] for name in unknown)}."
        raise Malformed(one("unknown-parameter", message, f"Send only {', '.join(sorted(allowed))}.", source=_COMMUNICATION + "2.1"))


# --- about --------------------------------------------------------------------------------------


def about() -> Response:
    return jsonify({"version": ["1.0.3", "2.0.0"], "extensions": {}})


# --- writing ------------------------------------------------------------------------------------


def post_statements() -> Response:
    """One statement or a list of them: all are kept, or none."""
    edition, caller = _require_version(), current.caller()
    _require_parameters(frozenset())
    accepted = intake.accept(current.bridge(), slices(_json_body()), caller, edition)
    return jsonify(list(accepted.ids))


def put_statement() -> tuple[str, int]:
    edition, caller = _require_version(), current.caller()
    _require_parameters(frozenset({"statementId"}))
    identity = _identity("statementId")
    data = _json_body()
    batch = slices(data)
    if len(batch) != 1 or data.lstrip()[:1] == b"[":
        raise Malformed(one("one-statement", "PUT takes one statement, not a list.", "Send an object, or use POST."))
    named = batch[0].value.get("id", identity) if isinstance(batch[0].value, dict) else identity
    if not isinstance(named, str) or named.lower() != identity:
        message = "The statement's id is not the one of the parameter statementId."
        raise Malformed(one("wrong-id", message, "Send the same id, or none in the statement.", source=_COMMUNICATION + "2.1.1"))
    intake.accept(current.bridge(), batch, caller, edition, named=identity)
    return "", 204


def _json_body() -> bytes:
    if request.mimetype != "application/json":
        message = f"The body is {request.mimetype[:80] or 'without a content type'}."
        raise Malformed(one("content-type", message, "Send application/json.", source=_COMMUNICATION + "1.5"))
    return bodies.data()


def _identity(parameter: str) -> str:
    value = request.args.get(parameter, "")
    if not formats.is_uuid(value):
        raise Malformed(one("malformed-parameter", f"{parameter} is not a UUID.", "Send the statement's id.", where=parameter))
    return value.lower()


# --- reading ------------------------------------------------------------------------------------


def get_statement() -> Response:
    """One statement by its id: a voided one only as `voidedStatementId` (xAPI 1.0.3 Communication 2.1.3)."""
    _require_version()
    caller = current.caller()
    _require_parameters(frozenset({"statementId", "voidedStatementId", "format", "attachments"}))
    wanted = [name for name in ("statementId", "voidedStatementId") if name in request.args]
    if len(wanted) != 1:
        raise Malformed(one("one-id", "Name either statementId or voidedStatementId.", "Send one of them."))
    require(caller, READ_OWN)
    return _found(caller, _identity(wanted[0]), voided=wanted[0] == "voidedStatementId")


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

