"""JSON Schemas of what authors write, which give them completion in their editor, and of the definition."""

from __future__ import annotations

from typing import Any

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.model import Activity, Provider


def schema() -> dict[str, Any]:
    """The schema of `activity.yaml`, where the provider is named by its file and may give the zone."""
    found = Activity.model_json_schema(by_alias=True)
    found["properties"]["provider"] = {"anyOf": [{"type": "string"}, found["properties"]["provider"]]}
    found["required"] = [key for key in found["required"] if key != "zone"]
    return found


def provider_schema() -> dict[str, Any]:
    """The schema of `provider.yaml`."""
    return Provider.model_json_schema(by_alias=True)


def definition_schema() -> dict[str, Any]:
    """The schema of a definition, as packages and the bridge keep it."""
    return Definition.model_json_schema(by_alias=True)
