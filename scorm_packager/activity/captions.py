"""What is wrong with a file of captions (WebVTT, W3C): browsers pass over a cue that they cannot read without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scorm_packager.activity.problems import Place, Problem, Severity

SOURCE = "W3C WebVTT §4.1; WCAG 2.2, 1.2.2"
MAX_BYTES = 5 * 1024 * 1024

_TIMING = re.compile(r"\s*((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t].*)?")
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cue:
    line: int  # of its timing, counted from 1
    start: float  # seconds
    end: float
    text: str


def faults(data: bytes, path: str, language: str) -> tuple[Problem, ...]:
    """Everything wrong with captions in `language`; places are lines of `path`."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return (_problem("not-utf-8", path, 1, f"{path} is not in UTF-8.", "Save the file with the encoding UTF-8."),)
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        message = f"{path} is not in the WebVTT format."
        return (_problem("captions-not-webvtt", path, 1, message, "Export the captions as WebVTT: the first line is WEBVTT."),)
    return (*_of_language(text, path, language), *_of_cues(text, path))


def _of_language(text: str, path: str, language: str) -> Iterator[Problem]:
    said = _LANGUAGE.search(text.split("\n\n", 1)[0])
    if said and said[1].split("-")[0].lower() != language.split("-")[0].lower():
        message = f"The captions say that they are in {said[1]}; they are shown as {language}."
        yield _problem("captions-other-language", path, 1, message, "Name the captions of this language, or correct the line `Language:`.")


def _of_cues(text: str, path: str) -> Iterator[Problem]:
    lines = text.split("\n")
    timings = [number for number, line in enumerate(lines) if "-->" in line]
    if not timings:
        yield _problem("captions-empty", path, 1, f"{path} has no captions.", "Caption all that is said, and sounds that matter.")
    cues = []
    for number in timings:
        cue = _cue(lines, number)
        if cue is None:
            remedy = "Write it as 00:01:02.000 --> 00:01:05.000."
            yield _problem(
                "captions-malformed-time", path, number + 1, "A browser cannot read this time and leaves the caption out.", remedy
            )
        else:
            cues.append(cue)
            yield from _of_cue(cue, path)
    for before, cue in pairwise(cues):
        if cue.start < before.start:
            message = "The caption begins before the one above it."
            yield _problem("captions-out-of-order", path, cue.line, message, "Sort the captions by the times at which they begin.")


def _of_cue(cue: Cue, path: str) -> Iterator[Problem]:
    if cue.end <= cue.start:
        yield _problem("captions-never-shown", path, cue.line, "The caption ends before it begins.", "Correct one of its times.")
    if not re.sub(r"<[^>]*>", "", cue.text).strip():
        message = "The caption has no text."
        yield _problem("caption-without-text", path, cue.line, message, "Write what is said, or remove it.", Severity.WARNING)


def _cue(lines: list[str], number: int) -> Cue | None:
    timed = _TIMING.fullmatch(lines[number])
    if not timed:
        return None
    text = []
    for line in lines[number + 1 :]:
        if not line.strip():
            break
        text.append(line)
    return Cue(number + 1, _seconds(timed[1]), _seconds(timed[2]), "\n".join(text))


def _seconds(time: str) -> float:
    seconds = 0.0
    for part in time.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _problem(code: str, path: str, line: int, message: str, remedy: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, Place(path, line, 1), message, remedy, severity, SOURCE)
