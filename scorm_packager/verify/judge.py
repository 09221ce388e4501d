"""The judgement on a finished package: every rule, on whatever of the package can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from lxml import etree

from scorm_packager.activity.problems import Place, Problem, ProblemsFound, Severity
from scorm_packager.archive import DEFAULT, Archive, Limits, opened
from scorm_packager.hostile_xml import parse
from scorm_packager.verify import bounded, kinds
from scorm_packager.verify.opening import sourced
from scorm_packager.verify.printable import printable
from scorm_packager.verify.registry import all_rules
from scorm_packager.verify.rule import PackageRule, Rule, TextRule
from scorm_packager.verify.rules.web import START
from scorm_packager.verify.seen import Seen, local
from scorm_packager.verify.standards import STANDARDS, Standard, named, rules_of, seen_in
from scorm_packager.verify.texts import Text

_GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of a package's texts is looked into: bytes of one, and of all together. The rest is named."""

    largest: int = 16 << 20
    together: int = 96 << 20


READING = Reading()


def judge(package: Path, limits: Limits = DEFAULT, standard: str | None = None, reading: Reading = READING) -> tuple[Problem, ...]:
    """Everything wrong with a zip that is to be a package, gravest first, then by place; that it cannot be read is one of them.

    `standard` is the key of the one it is to follow (`standards.STANDARDS`); else what the zip itself says. Raises KeyError.
    Texts are held one at a time: memory does not grow with the package.
    """
    wanted = named(standard) if standard else None
    try:
        with opened(package, limits) as (archive, problems):
            judged = map(printable, _judged(archive, wanted or seen_in(archive.names), reading))
            return _sorted((*sourced((*problems, *archive.damage())), *_not_said_twice(judged, problems)))
    except ProblemsFound as found:
        return _sorted(sourced(found.problems))


def _judged(archive: Archive, standard: Standard, reading: Reading) -> Iterator[Problem]:
    root, written, problems = _manifest(archive, standard)
    yield from sourced(problems)
    seen = Seen(archive, root, standard.manifest or "", written, _unread(archive, reading))
    key = rules_of(standard, seen)
    readable = root is not None or standard.manifest is None
    rules = [rule for rule in all_rules() if rule.holds_for(key) and (readable or not rule.standards)]
    yield from _on_texts(seen, [rule for rule in rules if isinstance(rule, TextRule)])
    yield from _on_package(seen, [rule for rule in rules if isinstance(rule, PackageRule)])


def _on_texts(seen: Seen, rules: list[TextRule]) -> Iterator[Problem]:
    counts = bounded.Counts()
    for name in seen.archive.names:
        if PurePosixPath(name).suffix.lower() not in kinds.ALL or name in seen.unread:
            continue
        with suppress(ProblemsFound):  # a damaged member is told of by the archive
            text = Text(seen, name, seen.archive.read(name))
            seen.traits.learn(text)
            for rule in rules:
                if text.kind in rule.kinds:
                    yield from counts.first_in_file(map(rule.problem, rule.look(text)))
    yield from counts.rest()


def _on_package(seen: Seen, rules: Iterable[Rule]) -> Iterator[Problem]:
    for rule in rules:
        if isinstance(rule, PackageRule):
            yield from bounded.first(map(rule.problem, rule.look(seen)))


def _manifest(archive: Archive, standard: Standard) -> tuple[etree._Element | None, bytes, tuple[Problem, ...]]:
    name = standard.manifest
    if name is None:
        return None, b"", ()
    if name not in archive:
        return None, b"", (_missing(archive, standard, name),)
    try:
        written = archive.read(name)
        root = parse(written, name)
    except ProblemsFound as found:
        return None, b"", tuple(map(_of_encoding, found.problems))
    if local(root) != standard.root:
        message = f"The root element is <{local(root)}>, not <{standard.root}>."
        return None, written, (_error("manifest-root", name, message, "Export the package again."),)
    return root, written, ()


def _of_encoding(problem: Problem) -> Problem:
    """Bytes that are not of the encoding that the manifest says have a code of their own: its author looks for another mistake."""
    if problem.code != "xml-malformed" or not ("encod" in problem.message or "not proper" in problem.message):
        return problem
    message = "The manifest is not written in the encoding that it says."
    return replace(problem, code="manifest-encoding-wrong", message=message, remedy='Save it in UTF-8, and write encoding="UTF-8".')


def _missing(archive: Archive, standard: Standard, manifest: str) -> Problem:
    names = archive.names
    other = seen_in(names)
    if other is not standard and (other.manifest in names or other.key == "aicc"):
        message = f"This is a package of {other.name}, not of {standard.name}."
        return _error(f"not-{standard.key}", other.manifest or "", message, f"Export it as {standard.name}.")
    manifests = {each.manifest for each in STANDARDS} - {None}
    nested = next((name for name in names if PurePosixPath(name).name.lower() in manifests and "/" in name), None)
    if nested:
        message = f"The manifest lies in a folder ({nested}); hosts look for it at the top of the zip."
        return _error("manifest-nested", nested, message, "Zip the folder's contents, not the folder.")
    wrong = next((name for name in names if name.lower() in manifests), None)
    if wrong:
        return _error("manifest-wrong-case", wrong, f"The manifest is named {wrong}.", f"Name it {wrong.lower()}.")
    if START in names:
        message = f"There is no {manifest}: these are plain web pages, which no LMS tracks."
        remedy = f"Export them as {standard.name}; where pages are meant, judge them with --as web."
        return replace(_error("manifest-missing", manifest, message, remedy), severity=Severity.WARNING)
    return _error("manifest-missing", manifest, f"There is no {manifest}.", f"Export the package as {standard.name}.")


def _unread(archive: Archive, reading: Reading) -> tuple[str, ...]:
    """Texts that are too large to be looked into, or come after too many others."""
    left, unread = reading.together, []
    for name in archive.names:
        if PurePosixPath(name).suffix.lower() not in kinds.ALL:
            continue
        if archive.size(name) > min(left, reading.largest):
            unread.append(name)
        else:
            left -= archive.size(name)
    return tuple(unread)


def _not_said_twice(problems: Iterable[Problem], opening: Iterable[Problem]) -> Iterator[Problem]:
    """A name that the zip itself has wrong is not judged again as a name."""
    wrong = {each.where.file for each in opening if each.code.startswith("name-")}
    return (each for each in problems if not (each.code.startswith("name-") and each.where.file in wrong))


def _error(code: str, file: str, message: str, remedy: str) -> Problem:
    return Problem(code, Place(file), message, remedy)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda each: (_GRAVEST_FIRST.index(each.severity), each.where, each.code, each.message)))
