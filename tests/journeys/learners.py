"""Robot learners for the journeys; a builder that states only what matters."""

from __future__ import annotations

from typing import Any

from scorm_packager.robots.robot import Robot

_COUNT = iter(range(1, 10_000))


def a_learner(**changes: Any) -> Robot:
    """A physician who passes at once, submits the evaluation, and claims the maximum; every one with an LMS id of their own."""
    does = {"pre": 0.5, "post": [1.0], "evaluation": "submit", "claim": {"ama-pra-1": "maximum"}, **changes.pop("does", {})}
    number = next(_COUNT)
    return Robot.model_validate(
        {
            "about": "A learner of a journey",
            "learner": {"id": f"learner-{number}", "name": f"Ķēniņš, Łukasz {number}"},
            "profession": "physician",
            "name": "Łukasz Ķēniņš, MD",
            "does": does,
            **changes,
        }
    )
