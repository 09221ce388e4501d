"""Texts that say which format they are in, as GIFT and Moodle XML have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from scorm_packager.activity.problems import Place
from scorm_packager.importing import html
from scorm_packager.importing.html import Converted, Image
from scorm_packager.importing.prose import markdown, plain

_LOOKS_LIKE_HTML = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#\d+);")


def converted(text: str, form: str, where: Place, image: Image) -> Converted:
    """A text as Markdown; a format that is not known is read as Moodle's own, which is HTML that keeps line ends."""
    return _READERS.get(form, _automatic)(text, where, image)


def _automatic(text: str, where: Place, image: Image) -> Converted:
    if not _LOOKS_LIKE_HTML.search(text):
        return Converted(plain(text), ())
    return html.prose(re.sub(r"\n\s*\n", "<p>", text.strip()).replace("\n", "<br>"), where, image)


def _plain(text: str, where: Place, image: Image) -> Converted:
    return Converted(plain(text), ())


def _markdown(text: str, where: Place, image: Image) -> Converted:
    return Converted(markdown(text), ())


_READERS: Mapping[str, Callable[[str, Place, Image], Converted]] = {
    "html": html.prose,
    "moodle": _automatic,
    "moodle_auto_format": _automatic,
    "plain": _plain,
    "plain_text": _plain,
    "markdown": _markdown,
}
