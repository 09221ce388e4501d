"""Pages for staff: a browser asks for a key and its secret, as for any page with Basic authentication."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from lrs_bridge import access
from lrs_bridge.refusals import NotAllowed, NotAuthenticated
from lrs_bridge.web.current import with_scope
from lrs_bridge.web.pages._page import page

CHALLENGE = {"WWW-Authenticate": 'Basic realm="CME Bridge: key and secret", charset="UTF-8"'}


def for_staff(shown: Callable[..., Any]) -> Callable[..., Any]:
    """The page, for holders of a key that may read everything (roles report, admin, full)."""

    @wraps(shown)
    def guarded(**parts: Any) -> Any:
        try:
            with_scope(access.READ)
        except NotAuthenticated:
            return page("refused.html", 401, CHALLENGE, why="key")
        except NotAllowed:
            return page("refused.html", 403, why="role")
        return shown(**parts)

    return guarded
