"""The page docs/verify.md: every rule on packages with its source."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.verify.opening import OPENINGS
from scorm_packager.verify.registry import by_subject
from scorm_packager.verify.rule import AICC, CMI5, SCORM_12, SCORM_2004, WEB, XAPI, Rule

_HEAD = """# What `verify` says of a package

`scorm-packager verify ZIP` judges any finished package, whoever made it: SCORM 1.2 and 2004, cmi5, xAPI (tincan.xml), AICC, plain web
pages. It says everything at once, gravest first, each with file, line and remedy. An **error** is a fault that some host stumbles
over; a **warning** is what goes wrong for some learners, or is against the standard without harm; a **note** is a habit that only a strict
host stops. Exit code 1 means errors, 0 none, 2 wrong use. `--format json` and `--format sarif` give the same to programs.

Nothing of a package is run, nothing is fetched, and nothing of it is written to the disk. Its texts are read one at a time.
Of one kind, three findings are told in one text and a hundred in a package; the last one says how many more there are.

Clauses are named so that they can be looked up. The books of SCORM 1.2 and 2004 were not read themselves, but the schemas, the schematron
rules and the validator that ADL made from them; *practice* means what hosts and browsers were seen or are said to do.

This page is written by `python -m scorm_packager.verify.listing > docs/verify.md`.
"""
_NAMES = {SCORM_12: "SCORM 1.2", SCORM_2004: "SCORM 2004", CMI5: "cmi5", XAPI: "xAPI", AICC: "AICC", WEB: "web"}
_TABLE = "| code | | of | what | source |\n|---|---|---|---|---|"


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([_HEAD, *_openings(), *(line for subject, rules in by_subject().items() for line in _section(subject, rules))])


def _openings() -> Iterator[str]:
    yield "## The zip, and the manifest in it\n"
    yield _TABLE
    yield from (f"| `{each.code}` | {each.severity} | all | {each.what} | {each.source} |" for each in OPENINGS)
    yield ""


def _section(subject: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield f"## {subject.rstrip('.')}\n"
    yield _TABLE
    yield from (_row(rule) for rule in rules)
    yield ""


def _row(rule: Rule) -> str:
    of = ", ".join(_NAMES[each] for each in rule.standards) or "all"
    return f"| `{rule.code}` | {rule.severity} | {of} | {rule.what} | {rule.source} |"


if __name__ == "__main__":
    print(page(), end="")
