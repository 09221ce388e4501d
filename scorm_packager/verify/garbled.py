"""Text that was written in UTF-8 and read in another encoding: SchlaganfÃ¤lle for Schlaganfälle."""

from __future__ import annotations

from contextlib import suppress

_TAKEN_FOR = ("cp437", "cp1252", "latin-1")


def ungarbled(text: str) -> str | None:
    """What was meant; None where nothing speaks for a mistake. Two letters that happen to make one in UTF-8 are rare enough."""
    if text.isascii():
        return None
    for encoding in _TAKEN_FOR:
        with suppress(UnicodeError):
            meant = text.encode(encoding).decode("utf-8")
            if meant != text and all(letter.isprintable() for letter in meant):
                return meant
    return None
