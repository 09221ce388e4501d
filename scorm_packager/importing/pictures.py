"""Pictures in Office files (DrawingML): their bytes, their text alternative, and whether they may be shown."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.importing.model import warning
from scorm_packager.importing.office import Parts, Related
from scorm_packager.importing.prose import escape, printable
from scorm_packager.importing.shelf import Shelf

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


class Pictures:
    """Takes pictures of one document and names those that it leaves."""

    def __init__(self, parts: Parts, shelf: Shelf, problems: list[Problem]):
        self._parts, self._shelf, self._problems = parts, shelf, problems

    def markdown(self, picture: etree._Element, named: etree._Element | None, related: Mapping[str, Related], where: Place) -> str:
        """A picture for a line of text; "" when it was left out. `named` carries its name and text alternative."""
        blip = next(picture.iter(f"{_A}blip"), None)
        if blip is None:
            return ""
        if named is not None and _is_decorative(named):
            self._warn("import-image-decorative", where, "An image marked as decoration was left out.", "Nothing need be done.")
            return ""
        if _is_cropped(picture):
            message = "A cropped image was left out: its file still holds what was cut off, a patient's name perhaps."
            self._warn(
                "import-image-cropped", where, message, "Delete the cropped areas in its program (Compress Pictures), and import again."
            )
            return ""
        path = self._path(blip, related, where)
        return f"![{escape(self._alt(named, path, where))}]({path})" if path else ""

    def _path(self, blip: etree._Element, related: Mapping[str, Related], where: Place) -> str | None:
        part = related.get(blip.get(f"{_R}embed", ""))
        if part is None or part.outside:
            self._warn("import-image-elsewhere", where, "An image that lies elsewhere was left out.", "Put the image itself into the file.")
            return None
        try:
            return self._shelf.put(self._parts.data(part.target), posixpath.basename(part.target), where)
        except ProblemsFound as refused:
            self._problems += refused.problems
            return None

    def _alt(self, named: etree._Element | None, path: str, where: Place) -> str:
        alt = " ".join(printable(named.get("descr", "") if named is not None else "").split())
        remedy = "Write between [ and ] what a learner must know who cannot see it."
        if not alt:
            self._warn("import-image-without-alt", where, f"The image {path} has no text alternative.", remedy)
        elif alt.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".tif", ".bmp", ".svg")):
            self._warn("import-image-alt-is-a-name", where, f"The text alternative of {path} is the name of a file.", remedy)
        return alt

    def _warn(self, code: str, where: Place, message: str, remedy: str) -> None:
        self._problems.append(warning(code, where, message, remedy))


def _is_decorative(named: etree._Element) -> bool:
    return any(each.get("val", "0") in ("1", "true") for each in named.iter(_DECORATIVE))


def _is_cropped(picture: etree._Element) -> bool:
    # ISO/IEC 29500-1, 20.1.8.55: the part of the picture used, as distances from its edges.
    return any(each.get(side, "0").strip("-0%.") for each in picture.iter(f"{_A}srcRect") for side in "ltrb")
