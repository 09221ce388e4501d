"""Images on their way into an activity: only what browsers show, of bounded size, and nothing that runs."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

from scorm_packager import hostile_xml
from scorm_packager.activity.names import slug
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.importing.ids import free
from scorm_packager.importing.model import Media, Source, pass_over, warning

MAXIMUM = 10 << 20
Beside = Callable[[str], bytes | None]  # a file by the address that a text names it by; None when there is none
_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|svg|!--|!DOCTYPE)", re.IGNORECASE), ".svg"),
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_DATA = re.compile(r"data:image/[a-z0-9.+-]+;base64,(.*)", re.IGNORECASE | re.DOTALL)
_SVG_RUNS = ("script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video", "set", "animate")
_FETCHES = re.compile(r"(?i)url\(\s*['\"]?(?!#)|@import|javascript:")


class Shelf:
    """The media of one import: each kept once, under a name of its own, and what was left out named."""

    def __init__(self, source: Source, prefix: str = ""):
        self._prefix = prefix
        self._source = source
        self._names: dict[str, str] = {}  # digest -> name
        self._kept: set[str] = set()
        self._media: list[Media] = []
        self.problems: list[Problem] = []

    @property
    def media(self) -> tuple[Media, ...]:
        return tuple(self._media)

    def put(self, data: bytes, name: str, where: Place) -> str | None:
        """The path by which a text shows this image; None, with a problem, when it cannot be shown."""
        try:
            ending = _ending(data, name, where)
        except ProblemsFound as refused:
            self.problems += refused.problems
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._names:
            taken = [PurePosixPath(each).stem for each in self._names.values()]
            self._names[digest] = free(slug(PurePosixPath(name.replace("\\", "/")).stem or "image"), taken) + ending
            self._media.append(Media(self._names[digest], data, where))
        return self._prefix + self._names[digest]

    def keep(self, data: bytes, path: str, where: Place) -> None:
        """An image under the path that texts know it by already; a problem when it cannot be shown."""
        try:
            _ending(data, path, where)
        except ProblemsFound as refused:
            self.problems += refused.problems
            return
        self.keep_as_is(data, path, where)

    def keep_as_is(self, data: bytes, path: str, where: Place) -> None:
        """A document that texts link to, and that nothing here shows."""
        if path not in self._kept:
            self._kept.add(path)
            self._media.append(Media(path, data, where))

    def fetch(self, address: str, name: str, where: Place, beside: Beside) -> str | None:
        """As `put`, for an image that a text names: one that stands in the address itself, or a file beside the text."""
        if address.lower().startswith("data:"):
            return self._inlined(address, name or "image", where)
        if _ELSEWHERE.match(address):
            self._left_out("import-image-elsewhere", f"The image {_short(address)} lies on the web and was left out.", where)
            return None
        data = beside(address)
        if data is None:
            self._left_out("import-image-missing", f"The image {_short(address)} is not there.", where)
            return None
        return self.put(data, PurePosixPath(unquote(address)).name, where)

    def _inlined(self, address: str, name: str, where: Place) -> str | None:
        found = _DATA.fullmatch(address.strip())
        try:
            data = base64.b64decode("".join(found[1].split()), validate=True) if found else b""
        except binascii.Error:
            data = b""
        return self.put(data, name, where)

    def _left_out(self, code: str, message: str, where: Place) -> None:
        self.problems.append(warning(code, where, message, "Put the image under content/ by hand, and name it in the text."))


def _ending(data: bytes, name: str, where: Place) -> str:
    """What a browser needs the file to be called. Raises `ProblemsFound` when it cannot show it, or should not."""
    if len(data) > MAXIMUM:
        message = f"The image {_short(name)} has {len(data):,} bytes; {MAXIMUM:,} are taken at most."
        raise pass_over("import-image-too-large", where, message, "Make it smaller in its program, and import again.")
    ending = next((ending for start, ending in _KINDS if start.match(data)), None)
    if ending is None:
        message = f"The image {_short(name)} is of no kind that browsers show."
        raise pass_over("import-image-kind", where, message, "Save it as PNG, JPEG or SVG, and put it into the activity by hand.")
    if ending == ".svg":
        _harmless(data, name, where)
    return ending


def _harmless(data: bytes, name: str, where: Place) -> None:
    """An SVG that only draws. Raises `ProblemsFound` for scripts, handlers and whatever is loaded from elsewhere."""
    try:
        root = hostile_xml.parse(data, name)
    except ProblemsFound as refused:
        message = f"The image {_short(name)} was left out: {refused.problems[0].message}"
        raise pass_over("import-image-unsafe", where, message, "Save it again as plain SVG or PNG.") from refused
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2].lower()
        reaching = any(_reaches(key.rpartition("}")[2].lower(), str(value)) for key, value in element.attrib.items())
        if tag.startswith(_SVG_RUNS) or reaching or _FETCHES.search(element.text or ""):
            message = f"The image {_short(name)} does more than draw: see its <{tag}>."
            raise pass_over("import-image-unsafe", where, message, "Export it as plain SVG or PNG.")


def _reaches(attribute: str, value: str) -> bool:
    if attribute.startswith("on") or _FETCHES.search(value):
        return True
    return attribute in ("href", "src") and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg"))


def _short(name: str) -> str:
    return "".join(each for each in name if each.isprintable())[:80] or "without a name"
