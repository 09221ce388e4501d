"""Pages for staff: a browser asks for a key and its secret, as for any page with Basic authentication."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, render_template

from lrs_bridge import access
from lrs_bridge.refusals import NotAllowed, NotAuthenticated
from lrs_bridge.web.current import with_scope

ANSWER_401 = {"WWW-Authenticate": 'Basic realm="CME Bridge: key and secret", charset="UTF-8"'}


def for_staff(page: Callable[..., Any]) -> Callable[..., Any]:
    """The page, for holders of a key that may read everything (roles report, admin, full)."""

    @wraps(page)
    def guarded(**parts: Any) -> Any:
        try:
            with_scope(access.READ)
        except NotAuthenticated:
            return Response(render_template("refused.html", why="key"), 401, ANSWER_401, content_type="text/html; charset=utf-8")
        except NotAllowed:
            return Response(render_template("refused.html", why="role"), 403, content_type="text/html; charset=utf-8")
        return page(**parts)

    return guarded
