"""An activity to its definition: all that screens and credit depend on, every wording frozen, and the id that says so."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from scorm_packager.activity import accreditors, credits, professions
from scorm_packager.activity.banks import asking, assessable
from scorm_packager.activity.bibliography import reference_html
from scorm_packager.activity.defined_contents import content_ids, contents_of, files_of
from scorm_packager.activity.defined_items import cases_of, evaluation_of, items_of
from scorm_packager.activity.definition_model import (
    DefinedEvidence,
    DefinedObjective,
    DefinedProvider,
    Definition,
    PostDefinition,
    PreDefinition,
    ProfessionOption,
    RequirementKey,
)
from scorm_packager.activity.disclosure import disclosure_of
from scorm_packager.activity.front_matter import Shown, blocks_of
from scorm_packager.activity.model import Activity, ElsewhereEvidence, PostAssessment, Provider
from scorm_packager.activity.problems import Place, Problem, ProblemsFound, errors
from scorm_packager.activity.source import FolderSource, Source
from scorm_packager.activity.translations import translated

__all__ = ["FolderSource", "Source", "canonical", "definition_id", "definition_of", "parse"]

SCHEME = "d1"


def definition_of(activity: Activity, source: Source) -> Definition:
    """The definition of a loaded activity; the same activity and files give the same definition.

    Raises ProblemsFound when a credit system has no rule on the activity's wording date, and for faults of its translations.
    """
    own = _in_its_own_language(activity, source)
    if not activity.languages:
        return own
    found = translated(activity, own, source)
    if errors(found.problems):
        raise ProblemsFound(found.problems)
    files = tuple(sorted((*own.files, *found.files), key=lambda file: file.path))
    return own.model_copy(update={"translations": found.translations, "files": files})


def faults_of_translations(activity: Activity, source: Source) -> tuple[Problem, ...]:
    """Everything wrong with an activity's translations, warnings included."""
    try:
        return translated(activity, _in_its_own_language(activity, source), source).problems if activity.languages else ()
    except ProblemsFound:  # what stands in the way of any definition is said elsewhere
        return ()


def _in_its_own_language(activity: Activity, source: Source) -> Definition:
    contents = contents_of(activity, source)
    offers = credits.offers(activity)
    shown = Shown(
        offers=offers,
        accreditation_html="\n".join(f"<p>{text}</p>" for text in _accreditation(activity)),
        contents=contents,
        pre=_pre(activity),
        post=_post(activity),
        references=tuple(reference_html(reference) for reference in activity.references),
    )
    return Definition.model_validate(
        {
            "schema": SCHEME,
            "activity": activity.activity,
            "version": activity.version,
            "title": activity.title,
            "description": activity.description,
            "language": activity.language,
            "zone": activity.zone,
            "format": activity.format,
            "media": activity.media,
            "released": _iso(activity.released),
            "reviewed": _iso(activity.reviewed),
            "terminates": _iso(activity.terminates),
            "estimated_minutes": activity.estimated_minutes,
            "provider": _provider(activity.provider),
            "joint_providers": activity.providership.with_,
            "audience": _audience(activity),
            "professions": _professions(activity),
            "objectives": tuple(DefinedObjective(id=o.id, text=o.text, level=o.level) for o in activity.objectives),
            "front_matter": blocks_of(activity, shown),
            "accreditation_html": shown.accreditation_html,
            "disclosure": disclosure_of(activity),
            "credits": offers,
            "participation_attestation": credits.participation_attestation(activity),
            "contents": contents,
            "files": files_of(activity, source),
            "items": items_of(activity),
            "cases": cases_of(activity),
            "pre": shown.pre,
            "post": shown.post,
            "evaluation": evaluation_of(activity),
            "evidence": tuple(_evidence(one) for one in activity.evidence),
            "commitments": activity.commitment_to_change.ask,
            "references": shown.references,
            "follow_up_days": tuple(follow_up.after_days for follow_up in activity.follow_up),
            "requires": _requires(activity),
            "lms_completion": activity.lms_completion,
        }
    )


def canonical(definition: Definition) -> bytes:
    """The one spelling of a definition: UTF-8 JSON, keys sorted, no spaces."""
    said = definition.model_dump(mode="json", by_alias=True, exclude_none=False)
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def definition_id(definition: Definition) -> str:
    """`d1-` and the first 40 hex digits of the sha256 of the canonical JSON."""
    return f"{SCHEME}-{hashlib.sha256(canonical(definition)).hexdigest()[:40]}"


def parse(data: bytes) -> Definition:
    """A definition from JSON that anybody sent. Raises ProblemsFound."""
    try:
        said: Any = json.loads(data.decode())
        return Definition.model_validate(said)
    except ValidationError as fault:
        raise ProblemsFound(tuple(_malformed(error["loc"], error["msg"]) for error in fault.errors(include_url=False))) from None
    except (ValueError, RecursionError) as fault:
        raise ProblemsFound((_malformed((), f"it is no JSON in UTF-8 ({fault.__class__.__name__})"),)) from None


def _malformed(path: tuple[int | str, ...], reason: str) -> Problem:
    where = ".".join(str(part) for part in path) or "the definition"
    message = f"{where}: {reason[:200]}."
    return Problem("malformed-definition", Place("definition"), message, "Send the file that `scorm-packager build` made, unchanged.")


def _iso(day: object) -> str | None:
    return day.isoformat() if hasattr(day, "isoformat") else None


def _accreditation(activity: Activity) -> tuple[str, ...]:
    return accreditors.statements_of(activity, credits.wording_date(activity))


def _audience(activity: Activity) -> tuple[str, ...]:
    named = activity.audience.professions if activity.audience else ()
    return tuple(dict.fromkeys(found.key if (found := professions.find(name)) else name for name in named))


def _professions(activity: Activity) -> tuple[ProfessionOption, ...]:
    return tuple(ProfessionOption(key=found.key, label=found.label) for found in professions.offered(_audience(activity)))


def _pre(activity: Activity) -> PreDefinition | None:
    pre = activity.assessments.pre
    asks = asking(pre, assessable(activity)) if pre else None
    return PreDefinition(items=asks.items, draws=asks.draws, shuffle=asks.shuffle) if asks and asks.items else None


def _post(activity: Activity) -> PostDefinition | None:
    post = activity.assessments.post
    if post is None:
        return None
    asks = asking(post, () if post.from_ else assessable(activity))
    return PostDefinition.model_validate(
        {
            "items": asks.items,
            "draws": asks.draws,
            "shuffle": asks.shuffle,
            "passing_score": post.passing_score or 0.0,
            "attempts": post.attempts,
            "feedback": post.feedback,
            "from": _scored_content(activity, post),
        }
    )


def _scored_content(activity: Activity, post: PostAssessment) -> str | None:
    if post.from_ is None:
        return None
    return content_ids(activity)[post.from_]


def _evidence(one: ElsewhereEvidence) -> DefinedEvidence:
    requirement, _, content = one.satisfies.partition(":")
    said = {"object": one.object, "satisfies": requirement, "content": content, "by": one.by}
    return DefinedEvidence.model_validate(said | {"passing_score": one.passing_score, "from": one.from_, "needed": one.needed})


def _requires(activity: Activity) -> tuple[RequirementKey, ...]:
    """What must be done for any credit, in the order in which it is done."""
    required: dict[RequirementKey, bool] = {
        "disclosure": True,
        "content": True,
        "post-assessment": activity.assessments.post is not None,
        "evaluation": activity.evaluation is not None,
        "claim": True,
    }
    return tuple(key for key, needed in required.items() if needed)


def _provider(provider: Provider) -> DefinedProvider:
    signatory = provider.signatory
    return DefinedProvider(
        name=provider.name,
        id=provider.id,
        homepage=provider.homepage or "",
        contact_name=provider.contact.name,
        contact_email=provider.contact.email,
        contact_phone=provider.contact.phone,
        contact_address=provider.contact.address,
        privacy_url=provider.privacy_url or "",
        colour=provider.branding.colour,
        on_colour=provider.branding.on_colour,
        signatory_name=signatory.name if signatory else "",
        signatory_title=signatory.title if signatory else "",
        late_days=provider.late_days,
        assurance=provider.assurance,
        accreditors=tuple(accreditation.accreditor for accreditation in provider.accreditations),
    )
