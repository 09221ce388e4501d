"""The kinds of text in a package, by the ends of their names."""

from __future__ import annotations

PAGES = frozenset((".html", ".htm", ".xhtml"))
DRAWINGS = frozenset((".svg",))
SCRIPTS = frozenset((".js",))
STYLES = frozenset((".css",))
CAPTIONS = frozenset((".vtt",))
ALL = PAGES | DRAWINGS | SCRIPTS | STYLES | CAPTIONS | frozenset((".json", ".xml", ".txt"))
