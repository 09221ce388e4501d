"""The grammar of GIFT (docs.moodle.org, “GIFT format”): texts parted into questions, and those into title, stem and answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ESCAPED = re.compile(r"\\([\\:#={}~n])")
_TITLE = re.compile(r"::((?:\\.|(?!::).)*)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_ANSWERS = re.compile(r"(?:\\.|[^{}\\]|\\(?=$))*", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,7})?)%")


@dataclass(frozen=True, slots=True)
class Written:
    """One question as it stands in the file. `answers` is None for a text that asks nothing."""

    line: int
    topic: str
    title: str
    form: str
    stem: str
    answers: str | None
    broken: str = ""  # why its braces cannot be understood


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its sign (= or ~), weight in per cent (None when not given), text and feedback, still escaped."""

    sign: str
    weight: str | None
    text: str
    feedback: str


def questions(text: str) -> Iterator[Written]:
    """Every question of a file. Empty lines part them; comments are passed over."""
    topic = ""
    for line, block in _blocks(text):
        while match := re.match(r"\s*\$(?:CATEGORY|COURSE)\s*:\s*([^\n]*)\n?", block):
            topic = match[1].strip()
            line, block = line + match.group().count("\n"), block[match.end() :]
        if block.strip():
            yield _question(line, topic, block)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    lines: list[str] = []
    start = 1
    for number, line in enumerate((*text.split("\n"), ""), 1):
        if line.lstrip().startswith("//"):
            line = "" if not lines else None  # type: ignore[assignment]
        if line is None:
            continue
        if line.strip():
            start = number if not lines else start
            lines.append(line)
        elif lines:
            yield start, "\n".join(lines)
            lines = []


def _question(line: int, topic: str, block: str) -> Written:
    title = _TITLE.match(block.lstrip())
    rest = block.lstrip()[title.end() :] if title else block.lstrip()
    form, rest = form_of(rest)
    before = _ANSWERS.match(rest)
    at = before.end() if before else 0
    known = (line, topic, plain(title[1]).strip() if title else "", form or "moodle")
    if at == len(rest):
        return Written(*known, rest.strip(), None)
    inside = _ANSWERS.match(rest, at + 1)
    end = inside.end() if inside else at + 1
    if rest[at] == "}" or rest[end : end + 1] != "}":
        return Written(*known, rest.strip(), None, "its braces { } do not belong together")
    return _whole(known, rest[:at], rest[at + 1 : end], rest[end + 1 :])


def _whole(known: tuple[int, str, str, str], before: str, answers: str, after: str) -> Written:
    extra = _ANSWERS.match(after)
    if extra and extra.end() < len(after):
        return Written(*known, before.strip(), None, "it has more than one list of answers")
    blank = " \\_\\_\\_\\_\\_" if known[3] == "markdown" else " _____"
    stem = f"{before.rstrip()}{blank}{after.rstrip()}" if after.strip() else before
    return Written(*known, stem.strip(), answers)


def form_of(text: str) -> tuple[str, str]:
    """The format that a text names at its start ("" when it does not), and the text without it."""
    found = _FORMAT.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def parted(answers: str) -> tuple[list[Answer], str]:
    """The answers, and the feedback for all of them that stands behind ####."""
    body, _, general = _split_once(answers, "####")
    starts = [found.start() for found in re.finditer(r"\\.|[=~]", body, re.DOTALL) if found.group() in "=~"]
    parts = [body[start:end] for start, end in zip(starts, (*starts[1:], len(body)), strict=False)]
    return [_answer(part) for part in parts], general.strip()


def _answer(part: str) -> Answer:
    weight = _WEIGHT.match(part, 1)
    text, _, feedback = _split_once(part[weight.end() if weight else 1 :], "#")
    return Answer(part[0], weight[1] if weight else None, text.strip(), feedback.strip())


def before_sign(text: str, sign: str) -> tuple[str, str]:
    """A text parted at the first such sign that is not escaped."""
    first, _, rest = _split_once(text, sign)
    return first.strip(), rest.strip()


def _split_once(text: str, sign: str) -> tuple[str, str, str]:
    for found in re.finditer(rf"\\.|{re.escape(sign)}", text, re.DOTALL):
        if found.group() == sign:
            return text[: found.start()], sign, text[found.end() :]
    return text, "", ""


def plain(text: str) -> str:
    """A text without its escapes."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)
