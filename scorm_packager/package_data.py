"""`cme.package`: what the player must know besides the definition, and the id of the build."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from scorm_packager.activity import vocabulary
from scorm_packager.activity.definition import definition_id
from scorm_packager.activity.definition_model import Definition
from scorm_packager.formats import PackageFormat
from scorm_packager.presets import Preset, Settings
from scorm_packager.wrap.embed import Exports, for_the_player

_BUILDS = uuid.uuid5(uuid.NAMESPACE_URL, f"{vocabulary.BASE}/builds")


@dataclass(frozen=True, slots=True)
class Destination:
    """The bridge that a package reports to, and the site (one LMS tenant) that it speaks for."""

    bridge: str
    site: str


@dataclass(frozen=True, slots=True)
class PackageData:
    """What differs between two packages of one definition, and how to play wrapped exports (by content id).

    Nothing in it is secret: it is public to every learner.
    """

    build: str
    definition_id: str
    format: str
    preset: str
    bridge: str | None
    site: str | None
    packager: str
    limits: dict[str, int]
    settings: Settings
    vocabulary: dict[str, str]
    wrapped: dict[str, dict[str, object]]

    def as_json(self) -> dict[str, object]:
        values: dict[str, object] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**values, "settings": self.settings.model_dump(mode="json")}


def package_data(
    definition: Definition,
    package_format: PackageFormat,
    preset: Preset,
    destination: Destination | None,
    packager: str,
    wrapped: Exports | None = None,
) -> PackageData:
    told = destination if package_format.reports else None
    bridge, site = (told.bridge, told.site) if told else (None, None)
    identity = definition_id(definition)
    return PackageData(
        build=build_id(identity, package_format.key, preset.key, bridge, site, packager),
        definition_id=identity,
        format=package_format.key,
        preset=preset.key,
        bridge=bridge,
        site=site,
        packager=packager,
        limits=dict(package_format.limits),
        settings=preset.settled(),
        vocabulary=vocabulary.for_the_player(),
        wrapped={key: for_the_player(key, export) for key, export in (wrapped or {}).items()},
    )


def build_id(definition: str, package_format: str, preset: str, bridge: str | None, site: str | None, packager: str) -> str:
    """uuid5 of all that makes one build differ from another."""
    return str(uuid.uuid5(_BUILDS, json.dumps([definition, package_format, preset, bridge, site, packager])))
