"""What a rule is: a small function that looks at a package, or at one of its texts, and says what is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scorm_packager.activity.problems import Place, Problem, Severity
from scorm_packager.verify.seen import Seen
from scorm_packager.verify.texts import Text

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

SCORM_12, SCORM_2004, CMI5, XAPI, AICC, WEB = "scorm-1.2", "scorm-2004", "cmi5", "xapi", "aicc", "web"
SCORM = (SCORM_12, SCORM_2004)


@dataclass(frozen=True, slots=True)
class Finding:
    """Where, what, and what to do; the rule adds its code, severity and source."""

    at: Place
    message: str
    remedy: str


PackageLook = Callable[[Seen], Iterable[Finding]]
TextLook = Callable[[Text], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class _Rule:
    code: str
    severity: Severity
    source: str  # standard and clause, or who was seen to behave so
    standards: tuple[str, ...]  # of which packages; of all when there is none
    what: str

    def holds_for(self, standard: str) -> bool:
        return not self.standards or standard in self.standards

    def problem(self, finding: Finding) -> Problem:
        return Problem(self.code, finding.at, finding.message, finding.remedy, self.severity, self.source)


@dataclass(frozen=True, slots=True)
class PackageRule(_Rule):
    """Looks at the manifest, at the names of files, and at what all texts together do."""

    look: PackageLook


@dataclass(frozen=True, slots=True)
class TextRule(_Rule):
    """Looks at each text whose name ends as one of `kinds`."""

    look: TextLook
    kinds: frozenset[str]


Rule = PackageRule | TextRule


def on_package(code: str, severity: Severity, source: str = "", *, of: tuple[str, ...] = ()) -> Callable[[PackageLook], PackageRule]:
    """Declares a rule on the whole package."""
    return lambda look: PackageRule(code, severity, source, of, _promise(look), look)


def on_texts(
    kinds: frozenset[str], code: str, severity: Severity, source: str = "", *, of: tuple[str, ...] = ()
) -> Callable[[TextLook], TextRule]:
    """Declares a rule on every text of these kinds."""
    return lambda look: TextRule(code, severity, source, of, _promise(look), look, kinds)


def _promise(look: Callable[..., object]) -> str:
    text = (look.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(text.split())
