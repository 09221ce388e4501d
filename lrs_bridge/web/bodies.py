"""Reading what was sent, no more of it than the door takes."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from lrs_bridge.refusals import TooLarge, one
from lrs_bridge.xapi.parse import value_of


def data(limit: int | None = None) -> bytes:
    """The body. Raises `TooLarge` beyond the limit, or beyond the bridge's own."""
    if limit is not None:
        request.max_content_length = limit
    try:
        # Form content types too: the body is the body (a form parser would swallow it).
        return request.get_data(cache=True, parse_form_data=False)
    except RequestEntityTooLarge:
        most = request.max_content_length or 0
        raise TooLarge(one("too-large", f"More than {most} bytes are not taken here.", "Send it in smaller batches.")) from None


def json(limit: int | None = None) -> Any:
    """The body as a JSON value. Raises `Malformed`."""
    return value_of(data(limit))
