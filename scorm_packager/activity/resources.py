"""Where `templates/` is: beside the packages in a checkout, inside `scorm_packager` in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def templates() -> Path:
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def rules(folder: str) -> Path:
    """A folder of rule data of the activity floor: credit_systems, accreditors, evaluations."""
    return _PACKAGE / "activity" / folder
