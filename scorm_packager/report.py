"""Problems for people (text), scripts (JSON) and code hosts (SARIF 2.1.0)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from scorm_packager.activity.problems import Problem, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(problems: Iterable[Problem]) -> str:
    """One line for what is wrong and where, one for what to do about it."""
    return "\n".join(_lines(problem) for problem in problems)


def as_json(package: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {"package": package, "good": not _has_errors(problems), "problems": [problem.as_json() for problem in problems]}


def as_sarif(base: str, problems: tuple[Problem, ...], packager: str) -> dict[str, Any]:
    """A log of one run; files are named relative to `base`, the URI of the package or folder."""
    codes = sorted({problem.code for problem in problems})
    run = {
        "tool": {"driver": {"name": "scorm-packager", "version": packager, "rules": [_rule(code, problems) for code in codes]}},
        "originalUriBaseIds": {"PACKAGE": {"uri": base if base.endswith("/") else f"{base}/"}},
        "results": [_result(problem, codes) for problem in problems],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _lines(problem: Problem) -> str:
    source = f" [{problem.source}]" if problem.source else ""
    unread = "" if problem.verified else " (the rule's own text was not read)"
    return f"{problem.where}: {problem.severity} {problem.code}: {problem.message}{source}{unread}\n    {problem.remedy}"


def _rule(code: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    example = next(problem for problem in problems if problem.code == code)
    return {
        "id": code,
        "shortDescription": {"text": code.replace("-", " ")},
        "help": {"text": example.remedy},
        "defaultConfiguration": {"level": str(example.severity)},
        "properties": {"source": example.source, "verified": example.verified},
    }


def _result(problem: Problem, codes: list[str]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(problem.where.file), "uriBaseId": "PACKAGE"}}
    if problem.where.line:
        physical["region"] = {"startLine": problem.where.line, "startColumn": max(problem.where.column, 1)}
    return {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": str(problem.severity),
        "message": {"text": f"{problem.message} {problem.remedy}"},
        "locations": [{"physicalLocation": physical}] if problem.where.file else [],
    }


def _has_errors(problems: tuple[Problem, ...]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
