"""What may be found while a zip and its manifest are opened, before any rule looks: told here for the list of rules, with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scorm_packager.activity.problems import Problem, Severity

_ZIP = "PKWARE APPNOTE 6.3"
_CAM = "SCORM 1.2 CAM 2.3"


@dataclass(frozen=True, slots=True)
class Opening:
    code: str
    what: str
    source: str = ""
    severity: Severity = Severity.ERROR


OPENINGS = (
    Opening("not-a-zip", "The package is a zip.", _ZIP),
    Opening("file-unreadable", "The file can be read."),
    Opening("zip-too-many-files", "The zip has no more than 20,000 members."),
    Opening("zip-too-large", "Unpacked, the zip has no more than 16 GiB."),
    Opening("zip-bomb", "No member unpacks to more than 200 times its size in the zip."),
    Opening("zip-overlap", "Members do not share their bytes."),
    Opening("zip-encrypted", "No member is encrypted.", _ZIP + ", 4.4.4"),
    Opening("zip-link", "No member is a symbolic link."),
    Opening("zip-special-file", "Every member is a file or a folder."),
    Opening("zip-method", "Every member is stored or deflated.", _ZIP + ", 4.4.5"),
    Opening("zip-nested", "No archive lies inside the package.", severity=Severity.WARNING),
    Opening("name-climbs", "No name climbs out of the package (zip slip).", _ZIP + ", 4.4.17"),
    Opening("name-absolute", "No name is absolute.", _ZIP + ", 4.4.17"),
    Opening("name-with-drive", "No name begins with a drive.", _ZIP + ", 4.4.17"),
    Opening("name-backslash", "Names have forward slashes.", _ZIP + ", 4.4.17"),
    Opening("name-control-character", "No name has a control character."),
    Opening("name-empty-part", "No name has an empty part."),
    Opening("name-not-utf-8", "Names beyond ASCII are marked as UTF-8.", _ZIP + ", appendix D"),
    Opening("name-too-long", "No name has more than 512 characters."),
    Opening("name-twice", "No two members have one name."),
    Opening("name-twice-but-for-case", "No two names differ only in capitals: on Windows one overwrites the other."),
    Opening("member-damaged", "Every member unpacks, and has its check sum.", _ZIP + ", 4.4.7"),
    Opening("member-too-large", "The manifest is no larger than 64 MiB."),
    Opening("xml-doctype", "No manifest declares a document type or entities.", "XML 1.0, 2.8; OWASP: XML external entities"),
    Opening("xml-malformed", "The manifest is well-formed XML, in the encoding that it says.", "XML 1.0, 2.1 and 4.3.3"),
    Opening("xml-too-large", "The manifest is no larger than 8 MiB."),
    Opening("manifest-encoding-wrong", "The manifest is written in the encoding that it says.", "XML 1.0, 4.3.3"),
    Opening("manifest-missing", "There is a manifest at the top of the zip.", _CAM),
    Opening("manifest-nested", "The manifest does not lie in a folder.", _CAM),
    Opening("manifest-wrong-case", "The manifest has its name to the letter.", _CAM),
    Opening("manifest-root", "The manifest's root element is that of its standard.", _CAM),
    Opening("not-scorm", "With --as scorm: the package is one of SCORM. Likewise not-cmi5, not-xapi."),
    Opening("not-cmi5", "With --as cmi5: the package is one of cmi5."),
    Opening("not-xapi", "With --as xapi: the package is one of plain xAPI."),
)  # fmt: skip
_SOURCES = {opening.code: opening.source for opening in OPENINGS}


def sourced(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, each with the source of its rule."""
    return tuple(each if each.source else replace(each, source=_SOURCES.get(each.code, "")) for each in problems)
