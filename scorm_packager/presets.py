"""What an LMS wants of a package: one file each under `templates/lms`, found by looking; every value has a reason and a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BeforeValidator, Field

from scorm_packager.activity.model import Part, Text
from scorm_packager.activity.places import Places, Where
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.activity.shape import closest
from scorm_packager.yaml_files import Read, read_placed

GENERIC = "generic"
Value = TypeVar("Value")

# seen: in that LMS. code: read in its source. vendor: its maker's documentation. package: it follows from how our packages work.
# report: what its users say, not looked into.
Basis = Literal["seen", "code", "vendor", "package", "report"]
_LOOKED_AT = ("seen", "code", "package")
Looked = Annotated[date | None, BeforeValidator(lambda value: None if value is False else value)]


class Settings(Part):
    """What a preset may settle; the defaults are what works in the most places.

    `lms_judges`: the manifest carries the passing score, and the LMS may overrule the player.
    `lms_buttons`: whether the LMS shows its own navigation buttons (SCORM 2004).
    `passed_status`: what an LMS with one field for completion and success (SCORM 1.2) is told of a pass.
    `failed_status`: what the LMS is told once attempts are used up.
    `exit_request`: the navigation request sent before the session ends (SCORM 2004).
    `report_interactions`: whether single responses are written to the LMS.
    """

    lms_judges: bool = False
    lms_buttons: Literal["hidden", "shown"] = "hidden"
    passed_status: Literal["passed", "completed"] = "passed"
    failed_status: Literal["incomplete", "failed"] = "failed"
    exit_request: Literal["none", "exitAll", "suspendAll"] = "none"
    report_interactions: bool = True


class Grounds(Part):
    """Why, and on whose word. `verified` is the day on which somebody looked there; None (`false` in the file) where nobody has."""

    why: Text
    basis: Basis
    source: Text
    verified: Looked
    version: str = ""  # of the LMS


class Because(Grounds, Generic[Value]):
    """One value of a preset, and what it rests on."""

    value: Value


class SettingReasons(Part):
    """The settings that this LMS needs otherwise, or that are worth saying; named as in `Settings`."""

    lms_judges: Because[bool] | None = None
    lms_buttons: Because[Literal["hidden", "shown"]] | None = None
    passed_status: Because[Literal["passed", "completed"]] | None = None
    failed_status: Because[Literal["incomplete", "failed"]] | None = None
    exit_request: Because[Literal["none", "exitAll", "suspendAll"]] | None = None
    report_interactions: Because[bool] | None = None


class Limits(Part):
    """What the LMS does not take, as far as known.

    `upload_megabytes` (of 1,048,576 bytes) of the zip; `refused`: endings (`.php`) and names (`web.config`) of files for which
    a package is turned away; `plain_names`: letters, digits and `-_./` only; `unique_names`: no two files of one name, in whatever folders;
    `saved_state`: characters, by package format.
    """

    upload_megabytes: Because[Annotated[int, Field(gt=0)]] | None = None
    files: Because[Annotated[int, Field(gt=0)]] | None = None
    refused: Because[tuple[Text, ...]] | None = None
    plain_names: Because[bool] | None = None
    unique_names: Because[bool] | None = None
    saved_state: Because[dict[str, int]] | None = None


class Launch(Part):
    """What is around the package while it runs: where it should open, what its end looks like, and how the LMS names the learner."""

    window: Because[Literal["frame", "new window", "either"]]
    exit: Because[Text]
    name: Because[Text] | None = None


Condition = Literal["assessed", "unassessed", "scored", "unscored", "wrapped"]
About = Literal["upload", "window", "attempts", "completion", "grade", "session", "learners", "availability", "updates"]


class Step(Grounds):
    """What somebody at the LMS must do. `do` may use the words of `lms_advice.facts`.

    It is for packages in one of `formats` (any when none is named) that meet every condition of `when`.
    """

    about: About
    do: Text
    formats: tuple[Text, ...] = ()
    when: tuple[Condition, ...] = ()


class Preset(Part):
    """An LMS, the formats it takes (the preferred first) and what it wants of them. `also` are other names that people know it by."""

    key: Text
    name: Text
    also: tuple[Text, ...] = ()
    formats: dict[str, Grounds] = Field(min_length=1)
    settings: SettingReasons = SettingReasons()
    limits: Limits = Limits()
    launch: Launch
    steps: tuple[Step, ...] = Field(min_length=1)

    def settled(self) -> Settings:
        """The defaults, with this preset's values."""
        return Settings.model_validate({name: because.value for name, because in reasons(self.settings)})


def reasons(part: SettingReasons | Limits | Launch) -> Iterator[tuple[str, Because[Any]]]:
    """Those of its values that the preset gives, in the order of the model."""
    for name in type(part).model_fields:
        because = getattr(part, name)
        if because is not None:
            yield name, because


def presets(templates: Path) -> tuple[Preset, ...]:
    """Every preset there is, sorted by key. Raises `ProblemsFound` with the faults of every file."""
    read: list[Preset] = []
    faults: list[Problem] = []
    for file in sorted((templates / "lms").glob("*.yaml")):
        try:
            read.append(_good(read_placed(file, Preset, key=file.stem)))
        except ProblemsFound as found:
            faults += found.problems
    if faults:
        raise ProblemsFound(tuple(faults))
    return tuple(read)


def choose(known: tuple[Preset, ...], key: str) -> Preset:
    """The preset of this key. Raises `ProblemsFound` when there is none, with the nearest that there is."""
    for each in known:
        if each.key == key:
            return each
    raise ProblemsFound((Problem("preset-unknown", Place(key), f"There is no LMS preset “{key}”.", _remedy(known, key)),))


def preset(templates: Path, key: str) -> Preset:
    """The preset of this key, without reading the others. Raises `ProblemsFound` as `presets` and `choose` do."""
    file = templates / "lms" / f"{key}.yaml"
    if file in (templates / "lms").glob("*.yaml"):
        return _good(read_placed(file, Preset, key=key))
    return choose(presets(templates), key)


def as_json(preset: Preset) -> dict[str, Any]:
    return {**preset.model_dump(mode="json"), "settled": preset.settled().model_dump(mode="json")}


def grounds(preset: Preset) -> Iterator[tuple[Where, Grounds]]:
    """Everything in a preset that must have a reason, with where it stands."""
    yield from ((("formats", name), each) for name, each in preset.formats.items())
    for part in ("settings", "limits", "launch"):
        yield from (((part, name), each) for name, each in reasons(getattr(preset, part)))
    yield from ((("steps", number), each) for number, each in enumerate(preset.steps))


def _good(read: Read[Preset]) -> Preset:
    faults = tuple(fault for where, each in grounds(read.part) for fault in _doubts(each, where, read.places))
    if faults:
        raise ProblemsFound(faults)
    return read.part


def _doubts(each: Grounds, where: Where, places: Places) -> Iterable[Problem]:
    place = places.at(*where, "verified")
    if each.basis in _LOOKED_AT and each.verified is None:
        message = f"What was looked at (“{each.basis}”) was looked at on some day."
        yield Problem("preset-undated", place, message, "Write the day, or take the basis `report`.")
    if each.basis == "report" and each.verified is not None:
        message = "What was only reported is not verified."
        yield Problem("preset-hearsay-verified", place, message, "Write `verified: false`, or the basis that was found.")


def _remedy(known: tuple[Preset, ...], wanted: str) -> str:
    names = {name.lower(): each.key for each in known for name in (each.key, each.name, *each.also)}
    near = closest(wanted, names)
    every = ", ".join(each.key for each in known)
    return f"Did you mean `{names[near]}`? There are: {every}." if near else f"Choose one of: {every}."
