"""What strangers wrote, on its way to a terminal: signs that steer it, turn the line around or are no signs at all are spelled out."""

from __future__ import annotations

from dataclasses import replace

from scorm_packager.activity.problems import Place, Problem


def printable(problem: Problem) -> Problem:
    """The problem with nothing in its place and message that cannot be printed."""
    where = Place(_spelled(problem.where.file), problem.where.line, problem.where.column)
    return replace(problem, where=where, message=_spelled(problem.message))


def _spelled(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else _code(ord(each)) for each in text)


def _code(number: int) -> str:
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
