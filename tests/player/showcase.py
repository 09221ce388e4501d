"""The activity of showcase.yaml, which shows every kind of item, content and credit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from scorm_packager.activity.definition_model import Definition

_HERE = Path(__file__).parent
_LONG = "<p>" + "The text of the page goes on, as texts of pages do. " * 60 + "</p>"  # longer than any window

FIGURE = (_HERE / "showcase.svg").read_bytes()


def showcase(**different: Any) -> Definition:
    """`different` are fields to put in the place of the file's."""
    values = YAML(typ="safe").load((_HERE / "showcase.yaml").read_text(encoding="utf-8"))
    values["contents"][0]["html"] += _LONG
    return Definition.model_validate({**values, **different})
