"""Reading what was sent, no more of it than the door takes, and none that broke off on its way."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from lrs_bridge.refusals import LengthRequired, Malformed, TooLarge, one
from lrs_bridge.xapi.parse import value_of


def data(limit: int | None = None) -> bytes:
    """The body. Raises `TooLarge` beyond the limit, or beyond the bridge's own, and `Malformed` when less came than was announced."""
    most: int = current_app.config["MAX_CONTENT_LENGTH"] if limit is None else limit
    # One more than is taken: of a body whose length nobody announced, what is beyond the maximum is cut off without a word.
    request.max_content_length = most + 1
    try:
        # Form content types too: the body is the body (a form parser would swallow it).
        found = request.get_data(cache=True, parse_form_data=False)
    except RequestEntityTooLarge:
        raise _too_large(most) from None
    if len(found) > most:
        raise _too_large(most)
    _require_all_of(found)
    return found


def _too_large(most: int) -> TooLarge:
    return TooLarge(one("too-large", f"More than {most} bytes are not taken here.", "Send it in smaller batches."))


def _require_all_of(found: bytes) -> None:
    """RFC 9112 §8: a message that is shorter than its Content-Length is incomplete."""
    announced = request.content_length or 0
    if len(found) < announced:
        message = f"{announced} bytes were announced and {len(found)} came: the request broke off on its way."
        raise Malformed(one("broken-off", message, "Send it again.", where="Content-Length", source="RFC 9112 §8"))


def require_length() -> None:
    """For bodies that may be any bytes: without a length, nobody can tell a whole one from one that broke off. Raises `LengthRequired`."""
    if request.content_length is None and not _has_none():
        message = "A document without its length may have broken off on its way, and nobody could tell."
        raise LengthRequired(one("length-required", message, "Send Content-Length.", where="Content-Length", source="RFC 9112 §6.3"))


def _has_none() -> bool:
    """A request of HTTP/1 that says nothing of a body has none (RFC 9112 §6.3); one of HTTP/2 may have been cut before its first byte."""
    is_http_1 = request.environ.get("SERVER_PROTOCOL", "").startswith("HTTP/1")
    return is_http_1 and "Transfer-Encoding" not in request.headers and not data()


def json(limit: int | None = None) -> Any:
    """The body as a JSON value. Raises `Malformed`."""
    return value_of(data(limit))
