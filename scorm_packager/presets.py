"""What an LMS wants of a package: one file each under `templates/lms`, found by looking, every value with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from scorm_packager.activity.model import Part, Text
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.yaml_files import read_part

GENERIC = "generic"


class Settings(Part):
    """What a preset may settle; the defaults are what works in the most places.

    `lms_judges`: the manifest carries the passing score, and the LMS may overrule the player.
    `lms_buttons`: whether the LMS shows its own navigation buttons (SCORM 2004).
    `failed_status`: what the LMS is told once attempts are used up.
    `exit_request`: the navigation request sent before the session ends (SCORM 2004).
    `report_interactions`: whether single responses are written to the LMS.
    """

    lms_judges: bool = False
    lms_buttons: Literal["hidden", "shown"] = "hidden"
    failed_status: Literal["incomplete", "failed"] = "failed"
    exit_request: Literal["none", "exitAll", "suspendAll"] = "none"
    report_interactions: bool = True


# seen: in that LMS, on a day; code: read in its source; vendor: its own documentation; report: its users' word, not looked into.
Basis = Literal["seen", "code", "vendor", "report"]


class Reason(Part):
    """One value of a preset, and what it rests on."""

    value: bool | str
    why: Text
    basis: Basis
    on: str = ""
    version: str = ""


class Advice(Part):
    """What nobody but the people at the LMS can set: shown by `lms explain`, not used by a build."""

    do: Text
    why: Text
    basis: Basis


class Preset(Part):
    """An LMS, the formats it takes (the preferred first) and what it wants of them."""

    key: Text
    name: Text
    formats: dict[str, str] = Field(min_length=1)  # format key -> why
    settings: dict[str, Reason] = {}
    upload: tuple[Advice, ...] = ()

    @model_validator(mode="after")
    def _settings_are_known(self) -> Preset:
        self.settled()
        return self

    def settled(self) -> Settings:
        """The defaults with this preset's values. Raises pydantic's `ValidationError` for a value no setting takes."""
        return Settings.model_validate({key: reason.value for key, reason in self.settings.items()})


def presets(templates: Path) -> tuple[Preset, ...]:
    """Every preset there is, sorted by key. Raises `ProblemsFound` for a file that cannot be read."""
    return tuple(read_part(file, Preset, key=file.stem) for file in sorted((templates / "lms").glob("*.yaml")))


def choose(known: tuple[Preset, ...], key: str) -> Preset:
    """The preset of this key. Raises `ProblemsFound` when there is none."""
    for each in known:
        if each.key == key:
            return each
    names = ", ".join(each.key for each in known)
    raise ProblemsFound((Problem("preset-unknown", Place(key), f"There is no LMS preset “{key}”.", f"Choose one of: {names}."),))


def as_json(preset: Preset) -> dict[str, Any]:
    return {**preset.model_dump(mode="json"), "settled": preset.settled().model_dump(mode="json")}
