"""Names made from texts."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60


def slug(text: str) -> str:
    """Letters, digits and single hyphens; "item" where nothing of the text is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-") or "item"


def as_markdown(text: str) -> str:
    """Plain text made safe inside Markdown."""
    return re.sub(r"([\\`*_\[\]<>&#!])", r"\\\1", text)
