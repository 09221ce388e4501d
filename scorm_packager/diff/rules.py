"""One rule for each thing in which two packages may differ. What a rule says of learners is what the player does; both are held to
the same cases (tests/scenarios/replacing.json)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from scorm_packager.activity.definition_model import Definition
from scorm_packager.diff.model import Effect, Finding, Released

Rule = Callable[[Released, Released], Iterator[Finding]]
BREAKS, AGAIN, CHANGES = Effect.BREAKS, Effect.AGAIN, Effect.CHANGES


# --- what the LMS and the bridge know it by ---------------------------------------------------------


def _activity(old: Released, new: Released) -> Iterator[Finding]:
    if old.definition.activity != new.definition.activity:
        what = f"The activity is another: {new.definition.activity}, it was {old.definition.activity}."
        learners = "Everybody's record, credit and certificates stay with the old activity; in the new one all of them have done nothing."
        yield Finding("activity-changed", BREAKS, what, learners)


def _version(old: Released, new: Released) -> Iterator[Finding]:
    if old.definition_id == new.definition_id or old.definition.activity != new.definition.activity:
        return
    if old.definition.version == new.definition.version:
        what = f"The content differs, and the version is {new.definition.version} in both. Raise `version` in activity.yaml."
        yield Finding("version-not-raised", BREAKS, what, "A bridge that has the old one refuses the new one, and holds the credit.")
        return
    what = f"The version is {new.definition.version}, it was {old.definition.version}."
    learners = (
        "What was done is scored by what was shown then; what is done from now on, by the new version. Register it before it is used."
    )
    yield Finding("version-raised", CHANGES, what, learners)


def _format(old: Released, new: Released) -> Iterator[Finding]:
    if old.format != new.format:
        what = f"The format is {new.format}, it was {old.format}."
        yield Finding("format-changed", BREAKS, what, "An LMS begins a new attempt; what it kept of the old one is not given to the new.")


def _identifiers(old: Released, new: Released) -> Iterator[Finding]:
    if old.format != new.format:
        return
    for place in sorted(old.identifiers.keys() & new.identifiers.keys()):
        if old.identifiers[place] != new.identifiers[place]:
            what = f"The {place} of the manifest is {new.identifiers[place]}, it was {old.identifiers[place]}."
            yield Finding(
                "identifier-changed", BREAKS, what, "LMSs that know a package by it take this for another one, and reset everybody."
            )


def _destination(old: Released, new: Released) -> Iterator[Finding]:
    if (old.bridge, old.site) == (new.bridge, new.site):
        return
    what = f"It reports to {_named(new)}, it was {_named(old)}."
    if new.bridge is None:
        yield Finding("bridge-left-out", CHANGES, what, "From now on no bridge hears what learners do, and none decides credit.")
        return
    yield Finding("bridge-changed", CHANGES, what, "All that is in saved state is told again to the one that is named now.")


def _named(package: Released) -> str:
    return f"{package.bridge}, site {package.site}" if package.bridge else "no bridge"


# --- before the contents ----------------------------------------------------------------------------


def _disclosure(old: Released, new: Released) -> Iterator[Finding]:
    if old.definition.disclosure.hash not in new.definition.disclosure_hashes:
        learners = "Everybody acknowledges it again before going on; what they did stays."
        yield Finding("disclosure-changed", AGAIN, "The disclosure differs.", learners)


def _pre(old: Released, new: Released) -> Iterator[Finding]:
    before, after = old.definition.pre, new.definition.pre
    if before is None and after is not None:
        learners = "Everybody is asked to take or to pass over it before going on, those too who have finished contents."
        yield Finding("pre-assessment-added", AGAIN, "There is a pre-activity assessment now.", learners)
    if before is not None and after is None:
        learners = "What was answered stays recorded, and nobody is asked."
        yield Finding("pre-assessment-removed", CHANGES, "There is no pre-activity assessment any more.", learners)


# --- contents ---------------------------------------------------------------------------------------


def _contents(old: Released, new: Released) -> Iterator[Finding]:
    before = {content.id: content for content in old.definition.contents}
    after = {content.id: content for content in new.definition.contents}
    for added in _missing(after, before):
        learners = "Everybody has to finish it; what comes after the contents is locked until then, a certificate too."
        yield Finding("content-added", AGAIN, f"“{after[added].title}” ({added}) was added.", learners)
    for gone in _missing(before, after):
        learners = "Nobody needs it any more; that it was finished stays recorded."
        yield Finding("content-removed", CHANGES, f"“{before[gone].title}” ({gone}) was taken out.", learners)
    for id_ in sorted(before.keys() & after.keys()):
        if before[id_] != after[id_] or _bytes_of(old.definition, id_) != _bytes_of(new.definition, id_):
            yield _content_changed(id_, after[id_].title, after[id_].kind)


def _content_changed(id_: str, title: str, kind: str) -> Finding:
    learners = "Who finished it has finished it; nobody has to read it again. Give it a new id if they should."
    if kind == "package":
        learners = (
            "Who finished it has finished it. Who is in the middle goes on with what the old export saved: see that the new one reads it."
        )
    return Finding("content-changed", CHANGES, f"“{title}” ({id_}) differs.", learners)


def _bytes_of(definition: Definition, id_: str) -> set[str]:
    """The hashes of a content's own files."""
    content = next(content for content in definition.contents if content.id == id_)
    named = {content.video, content.captions, content.poster, content.package} - {""}
    return {file.sha256 for file in definition.files if file.path in named}


# --- items ------------------------------------------------------------------------------------------


def _items(old: Released, new: Released) -> Iterator[Finding]:
    before, after = _asked(old.definition), _asked(new.definition)
    both = before.keys() & after.keys()
    changed = _named_items(key for key in both if before[key] != after[key])
    if changed:
        learners = "Whoever has not submitted the attempt is asked again; a submitted attempt keeps its score."
        yield Finding("item-changed", AGAIN, f"Items differ: {', '.join(changed)}.", learners)
    added, gone = _named_items(after.keys() - before.keys()), _named_items(before.keys() - after.keys())
    if added:
        learners = "Who has the attempt open answers them too; a submitted attempt keeps its score."
        yield Finding("item-added", AGAIN, f"Items were added: {', '.join(added)}.", learners)
    if gone:
        learners = "Answers to them in an open attempt count for nothing; a submitted attempt keeps its score."
        yield Finding("item-removed", CHANGES, f"Items were taken out: {', '.join(gone)}.", learners)
    kept = _named_items(key for key in both if before[key] == after[key])
    if kept and (changed or added or gone):
        yield Finding("item-kept", CHANGES, f"{_counted(len(kept), 'item')} did not change.", "Answers to them stay, in open attempts too.")


def _asked(definition: Definition) -> dict[tuple[str, str], str]:
    """Version by assessment and item, of the assessments that there are on both sides of a comparison or on one."""
    versions = {item.id: item.version for item in definition.items}
    parts = {"pre": definition.pre, "post": definition.post}
    return {(name, id_): versions[id_] for name, part in parts.items() if part for id_ in part.items if id_ in versions}


def _named_items(keys: Iterable[tuple[str, str]]) -> list[str]:
    return sorted({id_ for _, id_ in keys})


# --- post-activity assessment -----------------------------------------------------------------------


def _post(old: Released, new: Released) -> Iterator[Finding]:
    before, after = old.definition.post, new.definition.post
    if before is None and after is not None:
        learners = "Everybody has to pass it (or use up the attempts) before the evaluation, the claim and the certificate."
        yield Finding("post-assessment-added", AGAIN, "There is a post-activity assessment now.", learners)
    if before is not None and after is None:
        learners = "Nobody needs it any more; attempts that were submitted stay recorded."
        yield Finding("post-assessment-removed", CHANGES, "There is no post-activity assessment any more.", learners)
    if before is not None and after is not None:
        yield from _passing(before.passing_score, after.passing_score)
        yield from _attempts(before.attempts, after.attempts)
        if before.from_ != after.from_:
            what = "Another part of the activity is the post-activity assessment now."
            yield Finding("post-assessment-moved", AGAIN, what, "Who has passed has passed; everybody else takes it where it is now.")


def _passing(before: float, after: float) -> Iterator[Finding]:
    if before != after:
        learners = "Attempts that were submitted keep their result; those submitted from now on need the new one."
        yield Finding("passing-score-changed", CHANGES, f"{after:.0%} is needed to pass, it was {before:.0%}.", learners)


def _attempts(before: int, after: int) -> Iterator[Finding]:
    if after > before:
        learners = "Who had used up the attempts and not passed may try again."
        yield Finding("attempts-raised", CHANGES, f"There are {after} attempts, there were {before}.", learners)
    if after < before:
        learners = f"Who has used {after} or more and not passed has no attempt left, and goes on to the evaluation without credit."
        yield Finding("attempts-lowered", AGAIN, f"{_counted(after, 'attempt')} may be made, {before} could.", learners)


# --- evaluation, credit, dates ----------------------------------------------------------------------


def _evaluation(old: Released, new: Released) -> Iterator[Finding]:
    before = {item.id: item for item in old.definition.evaluation}
    after = {item.id: item for item in new.definition.evaluation}
    if not _evaluates(old.definition) and _evaluates(new.definition):
        learners = "Everybody has to submit it before the claim; who had claimed keeps the claim and is shown the certificate after it."
        yield Finding("evaluation-added", AGAIN, "There is an evaluation now.", learners)
        return
    added, gone = _missing(after, before), _missing(before, after)
    if added or gone:
        named = ", ".join([*(f"{id_} added" for id_ in added), *(f"{id_} taken out" for id_ in gone)])
        learners = (
            "Who has submitted the evaluation is not asked again; everybody else finds it as it is now, with the answers given so far."
        )
        yield Finding("evaluation-changed", CHANGES, f"Questions of the evaluation: {named}.", learners)
    for id_ in sorted(before.keys() & after.keys()):
        if before[id_] != after[id_]:
            learners = "An answer given to the old wording stays, for these have no versions. Give it a new id if it should not."
            yield Finding("evaluation-reworded", CHANGES, f"The question {id_} of the evaluation differs.", learners)


def _evaluates(definition: Definition) -> bool:
    return bool(definition.evaluation) or definition.commitments > 0


def _credits(old: Released, new: Released) -> Iterator[Finding]:
    before = {offer.system: offer for offer in old.definition.credits}
    after = {offer.system: offer for offer in new.definition.credits}
    for system in _missing(after, before):
        learners = "Whoever has not claimed yet may claim it; who has claimed or declined already is not asked."
        yield Finding("credit-added", CHANGES, f"{after[system].name} is offered now.", learners)
    for system in _missing(before, after):
        learners = "Claims that were made stand; nobody else may claim it."
        yield Finding("credit-removed", CHANGES, f"{before[system].name} is not offered any more.", learners)
    for system in sorted(before.keys() & after.keys()):
        was, is_ = Decimal(before[system].maximum), Decimal(after[system].maximum)
        if was == is_ and before[system] != after[system]:
            what = f"The terms of {after[system].name} differ."
            yield Finding("credit-terms-changed", CHANGES, what, "Claims that were made stand; later ones are made on the new terms.")
        if was != is_:
            what = f"{after[system].name}: {is_} at most, it was {was}."
            yield Finding(
                "credit-amount-changed", CHANGES, what, "Claims that were made stand as they were; later ones are bound by the new amount."
            )


def _dates(old: Released, new: Released) -> Iterator[Finding]:
    before, after = old.definition.terminates, new.definition.terminates
    if before != after:
        what = f"Credit can be earned until {after or 'a date not given'}, it was {before or 'not given'}."
        learners = "Who finishes after the new date gets no credit; what was finished before it stays."
        yield Finding("termination-changed", CHANGES, what, learners)
    if old.definition.zone != new.definition.zone:
        what = f"Dates are dates in {new.definition.zone}, they were in {old.definition.zone}."
        yield Finding("zone-changed", CHANGES, what, "Days begin and end at another hour.")


def _requirements(old: Released, new: Released) -> Iterator[Finding]:
    if old.definition.requires != new.definition.requires or old.definition.evidence != new.definition.evidence:
        learners = "Credit that is not decided yet needs what is required now; what was awarded stays."
        yield Finding("requirements-changed", AGAIN, f"Credit requires: {', '.join(new.definition.requires)}.", learners)


def _completion(old: Released, new: Released) -> Iterator[Finding]:
    if old.definition.lms_completion != new.definition.lms_completion:
        what = f"The LMS is told “completed” after {new.definition.lms_completion}, it was after {old.definition.lms_completion}."
        yield Finding("completion-changed", CHANGES, what, "Who was told to be completed stays so.")


def _languages(old: Released, new: Released) -> Iterator[Finding]:
    gone = [language for language in old.definition.languages if language not in new.definition.languages]
    if gone:
        what = f"It is no longer there in: {', '.join(gone)}."
        yield Finding("language-removed", CHANGES, what, f"Who used it goes on in {new.definition.language}.")


_SEEN_ELSEWHERE = frozenset(
    ("activity", "version", "contents", "files", "items", "pre", "post", "evaluation", "commitments", "credits", "terminates", "zone")
) | {"disclosure", "lms_completion", "requires", "evidence"}


def _texts(old: Released, new: Released) -> Iterator[Finding]:
    """What no rule above speaks of: it changes what is shown, and nothing that was done."""
    fields = sorted(name for name in Definition.model_fields if getattr(old.definition, name) != getattr(new.definition, name))
    rest = [name.rstrip("_").replace("_", " ") for name in fields if name not in _SEEN_ELSEWHERE]
    if rest:
        yield Finding(
            "texts-changed", CHANGES, f"Also different: {', '.join(rest)}.", "It is shown as it is now; nobody has to do anything again."
        )


RULES: tuple[Rule, ...] = (
    _activity,
    _version,
    _format,
    _identifiers,
    _destination,
    _disclosure,
    _pre,
    _contents,
    _items,
    _post,
    _evaluation,
    _credits,
    _dates,
    _requirements,
    _completion,
    _languages,
    _texts,
)


def _missing(there: Iterable[str], elsewhere: Iterable[str]) -> list[str]:
    known = set(elsewhere)
    return [id_ for id_ in there if id_ not in known]


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
