"""Texts of others as the Markdown of activity files: what was written is what a learner reads, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

_INLINE = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=[A-Za-z#])")
_START = re.compile(r"^(?=[#>+\-=|]|~~~|:::)")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_KEPT = "\n\t"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of Markdown. A paragraph stands in a single line."""

    text: str
    paragraph: bool = True


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of one or several blocks."""

    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def markdown(self) -> str:
        return "\n\n".join(block.text for block in self.blocks)

    def line(self) -> str:
        """All in one line, for a stem or a choice, which have no blocks."""
        return "<br>".join(" ".join(block.text.split("\n")) for block in self.blocks)

    def asked(self) -> dict[str, Any]:
        """`stem` and, where more than one block was written, `vignette`: the last paragraph asks, all else is told before."""
        last = max((at for at, block in enumerate(self.blocks) if block.paragraph), default=None)
        if last is None or len(self.blocks) == 1:
            return {"stem": self.line()}
        rest = Prose(self.blocks[:last] + self.blocks[last + 1 :])
        return {"vignette": rest.markdown(), "stem": self.blocks[last].text}


def plain(text: str) -> Prose:
    """Plain text: empty lines part paragraphs, single line ends are kept."""
    parts = re.split(r"\n[ \t]*\n", printable(text).strip("\n"))
    return Prose(tuple(Block(each) for part in parts if (each := paragraph("<br>".join(map(escape, _lines(part)))))))


def markdown(text: str) -> Prose:
    """A text that is Markdown already, block by block; a block of several lines is taken for more than a paragraph."""
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", printable(text).strip())]
    return Prose(tuple(Block(part, "\n" not in part) for part in parts if part.strip()))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def paragraph(text: str) -> str:
    """Inline Markdown that starts no heading, list or quotation when it stands by itself."""
    text = text.strip()
    return _NUMBER.sub(r"\1\\\2", _START.sub(r"\\", text))


def escape(text: str) -> str:
    """Plain text as inline Markdown that shows just this text. Runs of blanks become one."""
    return _INLINE.sub(lambda found: "\\" + found.group(), _BLANKS.sub(" ", printable(text)))


def printable(text: str) -> str:
    """The text without control characters and halves of characters, which no file of ours can hold."""
    return "".join(each for each in text if each in _KEPT or (unicodedata.category(each) not in ("Cc", "Cs") and not _is_none(each)))


def _is_none(each: str) -> bool:
    # YAML 1.2, 5.1: neither U+FFFE nor U+FFFF is printable; a byte order mark inside a text is not wanted either.
    return each in "\ufeff\ufffe\uffff"
