"""The page docs/rules.md: every rule of accreditation with its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorm_packager.activity import credits
from scorm_packager.activity.accreditation.registry import by_subject
from scorm_packager.activity.accreditation.rule import OF_THE_SYSTEM, Rule
from scorm_packager.activity.accreditation.rulebook import Clause, shipped

_HEAD = """# What an accreditor would object to

`scorm-packager check` applies these rules. An **error** stops a build; a **warning** does not.

*Verified* means that the clause was read at its maker's own page. Where it says no, the clause comes from a reprint, from trade
press or from practice: look at the maker's current text before you rely on it. Clauses stand, with their dates and numbers, in
`scorm_packager/activity/accreditation_rules/`; the source of each credit system's own rules in
`scorm_packager/activity/credit_systems/`.

This page is written by `python -m scorm_packager.activity.accreditation.listing > docs/rules.md`.
"""
_OWN = "the credit system's own file"


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([_HEAD, *(line for subject, rules in by_subject().items() for line in _section(subject, rules))])


def _section(subject: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield f"## {subject.rstrip('.')}\n"
    yield "| code | | what | source | verified |"
    yield "|---|---|---|---|---|"
    yield from (_row(rule) for rule in rules)
    yield ""


def _row(rule: Rule) -> str:
    source, verified = _source(rule)
    return f"| `{rule.code}` | {rule.severity} | {rule.what} | {source} | {verified} |"


def _source(rule: Rule) -> tuple[str, str]:
    if rule.clause == OF_THE_SYSTEM:
        return _OWN, "as said there"
    clauses = _clauses(rule)
    return "<br>".join(clause.source for clause in clauses), "<br>".join("yes" if clause.verified else "no" for clause in clauses)


def _clauses(rule: Rule) -> list[Clause]:
    """The latest block of the rule's clause; of every credit system that has one, where the rule is about each credit."""
    book, latest = shipped(), date.max
    names = [rule.clause] if rule.reach == "activity" else [f"{system}/{rule.clause}" for system in credits.systems()]
    return [found for name in names if (found := book.in_force(name, latest))]


if __name__ == "__main__":
    print(page(), end="")
