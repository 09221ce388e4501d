"""A certificate's sheet as PDF/UA bytes, set by Typst in fonts that come with the installation."""

from __future__ import annotations

import io
import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Literal

import segno
import typst
from ruamel.yaml import YAML

from lrs_bridge.credit.certificate import Sheet, Wording
from scorm_packager.activity.resources import templates

STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA-1: tagged, titled, with a language and text for every image
_FIRST_FONTS = frozenset({"Noto Sans", "Noto Serif"})
_FONT_PACKAGES = ("fontpkg-", "noto-cjk-")
_FONT_FILES = frozenset({".ttf", ".otf"})


_MISSING_LETTERS = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)


class CannotTypeset(Exception):
    """No font here has every character of this sheet, or the template is at fault; the message says which."""

    def __init__(self, told: str) -> None:
        missing = _MISSING_LETTERS.search(told)
        self.missing = "" if missing is None else _code_points(missing[1])
        super().__init__(told if missing is None else f"No installed font has {missing[1]} ({self.missing}).")

    @property
    def without_words(self) -> str:
        """For logs: the characters by number, for a sheet's words are somebody's name."""
        return f"no font has {self.missing}" if self.missing else "the template is at fault"


def _code_points(text: str) -> str:
    # Typst writes what cannot be seen as \u{7}.
    seen = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)
    return " ".join(f"U+{ord(letter):04X}" for letter in seen)


def wording(system: str) -> Wording:
    """How `system` is certified: its file under templates/certificates/wordings, or the default."""
    folder = templates() / "certificates" / "wordings"
    path = folder / f"{system}.yaml"
    return _read_wording(path if path.is_file() else folder / "default.yaml")


@cache
def _read_wording(path: Path) -> Wording:
    found = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return Wording(**found | {"prints": tuple(found.get("prints", ()))})


def pdf(sheet: Sheet, *, made: datetime, paper: str = "us-letter") -> bytes:
    """The sheet as a one-page PDF/UA-1 document; equal arguments give equal bytes. Raises CannotTypeset."""
    words = asdict(sheet) | {
        "qr": qr_code(sheet.verify_url),
        "qr_alt": f"QR code that opens {sheet.verify_url}",
        "paper": paper,
        "more_fonts": [family for family in font_families() if family not in _FIRST_FONTS],
    }
    try:
        document, warnings = typst.compile_with_warnings(
            str(templates() / "certificates" / "certificate.typ"),
            font_paths=_paths(),
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
            timestamp=int(made.astimezone(UTC).timestamp()),
            sys_inputs={"sheet": json.dumps(words, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise CannotTypeset(str(error)) from error
    if warnings:
        raise CannotTypeset("; ".join(str(warning) for warning in warnings))
    return bytes(document)


def qr_code(text: str) -> str:
    """An SVG picture of a QR code with error correction level M."""
    target = io.BytesIO()
    segno.make(text, error="m", micro=False).save(target, kind="svg", border=0, scale=4, xmldecl=False, dark="#1c2733")
    return target.getvalue().decode()


@cache
def font_folders() -> tuple[Path, ...]:
    """The font files of every installed font distribution: installing one more adds its script to certificates."""
    files = (file for found in distributions() if _holds_fonts(found) for file in found.files or ())
    return tuple(sorted({Path(str(file.locate())).parent for file in files if file.suffix in _FONT_FILES}))


def _holds_fonts(found: Distribution) -> bool:
    return (found.metadata["Name"] or "").lower().replace("_", "-").startswith(_FONT_PACKAGES)


@cache
def font_families() -> tuple[str, ...]:
    """Those installed as fonts before those that Typst brings along: its monospaced one has many letters, and none for a name."""
    installed = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=_paths()).families()
    everything = typst.Fonts(include_system_fonts=False, font_paths=_paths()).families()
    return (*sorted(installed), *sorted(set(everything) - set(installed)))


def _paths() -> list[str]:
    return [str(path) for path in font_folders()]
