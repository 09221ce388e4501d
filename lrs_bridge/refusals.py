"""The ways in which the bridge says no. Each carries all its problems; `web/errors.py` maps each to its status."""

from __future__ import annotations

from scorm_packager.activity.problems import Place, Problem, ProblemsFound


class Refusal(ProblemsFound):
    """The request is understood well enough to say why it is not done; nothing was changed."""


class Malformed(Refusal):
    """What was sent breaks the rules of its own format."""


class NotAuthenticated(Refusal):
    """Nobody we know."""


class NotAllowed(Refusal):
    """Somebody we know, who may not do this."""


class NotFound(Refusal):
    """There is no such thing."""


class InConflict(Refusal):
    """Something else is already kept under this name."""


class LengthRequired(Refusal):
    """Nobody says how much was sent, where that has to be known."""


class PreconditionFailed(Refusal):
    """What is kept is not in the state that the request makes its condition."""


class TooLarge(Refusal):
    """More than we take at once."""


class TooMany(Refusal):
    """More often than we take."""


def one(code: str, message: str, remedy: str, *, where: str = "request", source: str = "") -> tuple[Problem, ...]:
    """A single problem, as the exceptions here take them."""
    return (Problem(code, Place(where), message, remedy, source=source),)
