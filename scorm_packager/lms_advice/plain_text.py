"""The HTML that the packager itself writes (front matter, statements) as plain text."""

from __future__ import annotations

from html.parser import HTMLParser

_PARAGRAPHS = {"p", "ul", "ol", "dl", "h2", "h3"}
_LINES = {"li", "dt", "br", "tr"}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.numbers: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PARAGRAPHS:
            self._break(2)
        if tag in ("ul", "ol"):
            self.numbers.append(1 if tag == "ol" else None)
        if tag in _LINES:
            self._break(1)
        if tag == "li":
            self.lines[-1] = self._mark()
        if tag == "dd":
            self.lines[-1] = f"{self.lines[-1].rstrip()}: "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.numbers:
            self.numbers.pop()
        if tag in _PARAGRAPHS:
            self._break(2)

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        before = " " if data[:1].isspace() and not self.lines[-1].endswith(" ") and self.lines[-1] else ""
        after = " " if text and data[-1:].isspace() else ""
        self.lines[-1] += before + text + after if text else before

    def _mark(self) -> str:
        number = self.numbers[-1] if self.numbers else None
        if number is None:
            return "- "
        self.numbers[-1] = number + 1
        return f"{number}. "

    def _break(self, wanted: int) -> None:
        """Ends the line; two leave an empty one between."""
        if self.lines[-1].strip():
            self.lines.append("")
        if wanted == 2 and len(self.lines) > 1 and self.lines[-2]:
            self.lines.append("")


def plain_text(html: str) -> str:
    """Paragraphs apart by an empty line, list items one to a line, no markup; a line is never broken."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "\n".join(line.strip() for line in parser.lines).strip()
