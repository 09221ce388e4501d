"""What to build for an LMS and what to set there, as a document: for one activity, or in general."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scorm_packager.activity.definition_model import Definition
from scorm_packager.lms_advice.document import Block, Bullet, Document, Field, Paragraph, Section
from scorm_packager.lms_advice.facts import Facts
from scorm_packager.presets import Because, Grounds, Preset, Step, reasons

_BASES = {
    "seen": "seen there",
    "code": "read in its source code",
    "vendor": "its maker's documentation",
    "package": "follows from how the package works",
    "report": "not looked into",
}
_ABOUT = {
    "upload": "Uploading",
    "window": "Window",
    "attempts": "Attempts",
    "completion": "Completion",
    "grade": "Score and grade",
    "session": "Session",
    "learners": "Learners",
    "availability": "Availability",
    "updates": "New versions",
}
_CONDITIONS = {
    "assessed": "where completion waits for a post-activity assessment",
    "unassessed": "where completion waits for no assessment",
    "scored": "where there is a post-activity assessment",
    "unscored": "where there is none",
    "wrapped": "where somebody else's export is in the package",
}
_NAMES = {
    "lms_judges": "The LMS judges by the passing score",
    "lms_buttons": "The LMS's own navigation buttons",
    "passed_status": "What SCORM 1.2 is told of a pass",
    "failed_status": "What is told once attempts are used up",
    "exit_request": "Navigation request at the end",
    "report_interactions": "Single responses are reported",
    "upload_megabytes": "Largest upload, in MB",
    "files": "Most files",
    "refused": "Files that are refused",
    "plain_names": "Plain file names only",
    "unique_names": "No two files of one name",
    "saved_state": "Characters of saved state",
    "window": "Window",
    "exit": "At the end",
    "name": "The learner's name comes as",
}


def settings(preset: Preset, anywhere: Preset, facts: Facts, definition: Definition | None = None, saved_state: str = "") -> Document:
    """The settings for one package format. `anywhere` is the preset whose steps hold where `preset` says nothing on a matter."""
    title = f"{preset.name}: {definition.title} as {facts.form.name}" if definition else f"{preset.name}: {facts.form.name}"
    told = (Section("What the LMS hears", tuple(_told(preset, facts, definition))),) if definition else ()
    done = tuple(_steps(preset, anywhere, facts))
    found = (
        *told,
        *done,
        Section("How the package is built", tuple(_built(preset, anywhere, saved_state))),
        _around(preset),
        _limits(preset),
    )
    return Document(title, tuple(section for section in (_formats(preset), *found) if section.blocks))


def basis(grounds: Grounds) -> str:
    """On whose word something is said: how it was found, where, in which version and when."""
    when = grounds.verified.isoformat() if grounds.verified else "" if grounds.basis == "report" else "not checked"
    source = "" if grounds.source == _BASES[grounds.basis] else grounds.source
    return "; ".join(part for part in (_BASES[grounds.basis], source, grounds.version, when) if part)


def _note(grounds: Grounds, facts: Facts | None = None) -> str:
    why = facts.filled(grounds.why) if facts else grounds.why
    return f"{why} [{basis(grounds)}]"


def _formats(preset: Preset) -> Section:
    return Section("Package formats, the preferred first", tuple(Bullet(key, _note(why)) for key, why in preset.formats.items()))


def _told(preset: Preset, facts: Facts, definition: Definition | None) -> Iterator[Block]:
    told = facts.form.told
    if definition is None or not told:
        return
    withheld = preset.settled().failed_status == "incomplete"
    if "begun" in told:
        yield Field("The activity is opened", facts.filled(told["begun"]))
    if "assessed" in (facts.conditions or ()):
        yield Field(_sentence(facts.words["passes"]), facts.filled(told["passed"]))
        yield Field(_sentence(facts.words["fails"]), facts.filled(told["withheld" if withheld else "failed"]))
    else:
        yield Field(_sentence(facts.words["completes"]), facts.filled(told["completed"]))
    if definition.post:
        yield Field("An attempt at the post-activity assessment is submitted", f"{facts.filled(told['score'])}: the best so far")
        yield Paragraph("Nothing of this is ever lowered, and the pre-activity assessment is never reported as a score.")


def _steps(preset: Preset, anywhere: Preset, facts: Facts) -> Iterator[Section]:
    settled = {step.about for step in preset.steps if facts.concerns(step)}
    common = tuple(step for step in anywhere.steps if step.about not in settled) if anywhere.key != preset.key else ()
    for about, heading in _ABOUT.items():
        found = [step for step in (*preset.steps, *common) if step.about == about and facts.concerns(step)]
        if found:
            yield Section(heading, tuple(_step(step, facts) for step in found))


def _step(step: Step, facts: Facts) -> Bullet:
    where = [_CONDITIONS[each] for each in step.when] if facts.conditions is None else []
    condition = f"{_sentence('; '.join(where))}: " if where else ""
    return Bullet(condition + facts.filled(step.do), _note(step, facts))


def _built(preset: Preset, anywhere: Preset, saved_state: str) -> Iterator[Block]:
    yield from _values({**dict(reasons(anywhere.settings)), **dict(reasons(preset.settings))}.items())
    if saved_state:
        yield Paragraph(saved_state)


def _around(preset: Preset) -> Section:
    return Section("Around the package", tuple(_values(reasons(preset.launch))))


def _limits(preset: Preset) -> Section:
    return Section("Limits", tuple(_values(reasons(preset.limits))))


def _values(found: Iterable[tuple[str, Because[Any]]]) -> Iterator[Block]:
    for name, because in found:
        yield Bullet(f"{_NAMES[name]}: {shown(because.value)}", _note(because))


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key} {number:,}" for key, number in value.items())
    return ", ".join(value) if isinstance(value, tuple) else f"{value:,}" if isinstance(value, int) else str(value)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
