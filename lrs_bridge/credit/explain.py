"""Why a learner was awarded credit or not: every decision with its reasons, beside what the statements show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from lrs_bridge.credit import scores
from lrs_bridge.credit.model import Attempt, Case, Claim, Mark, Settled
from lrs_bridge.credit.record import record


def explain(cases: Iterable[Case], settled: Iterable[Settled]) -> dict[str, Any]:
    """As JSON: each registration with its evidence and its records, in the order of their ids."""
    records = [record(one) for one in settled]
    ordered = sorted(cases, key=lambda case: (case.activity, case.registration))
    return {"registrations": [_registration(case, records) for case in ordered]}


def _registration(case: Case, records: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "person": case.person,
        "site": case.site,
        "registration": case.registration,
        "activity": case.activity,
        "profession": case.profile.profession,
        "assurance": case.terms.assurance.value,
        "evidence": _evidence(case),
        "records": [one for one in records if one["registration"] == case.registration],
    }


def _evidence(case: Case) -> dict[str, Any]:
    evidence = case.evidence
    return {
        "disclosure_acknowledged": _moment(evidence.disclosed[0].mark if evidence.disclosed else None),
        "content_finished": {done.content: _moment(done.mark) for done in evidence.finished},
        "content_seconds": {done.content: done.seconds for done in evidence.finished if done.seconds is not None},
        "pre": [_attempt("pre", attempt, case) for attempt in evidence.pre],
        "post": [_attempt("post", attempt, case) for attempt in evidence.post],
        "evaluation_submitted": _moment(evidence.evaluated),
        "commitments": len(evidence.commitments),
        "claims": [_claim(claim) for claim in evidence.claims],
    }


def _moment(mark: Mark | None) -> dict[str, str] | None:
    return None if mark is None else {"timestamp": _utc(mark.timestamp), "stored": _utc(mark.stored), "statement": mark.id}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _attempt(assessment: str, attempt: Attempt, case: Case) -> dict[str, Any]:
    scored = scores.of_attempt(assessment, attempt, case)
    return {
        "attempt": attempt.number,
        "submitted": _moment(attempt.submitted),
        "responses": len(attempt.responses),
        "correct": sum(response.correct for response in scored),
        "reported_success": attempt.reported_success,
        "reported_score": attempt.reported_score,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {"system": claim.system, "amount": claim.amount, "claimed": _moment(claim.mark)}


# --- as text ------------------------------------------------------------------------------------


def lines(explained: Mapping[str, Any]) -> tuple[str, ...]:
    """The same for reading, with nothing left out but statement ids."""
    return tuple(line for registration in explained["registrations"] for line in _registration_lines(registration))


def _registration_lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"Registration {found['registration']} at {found['site']}: {found['activity']}"
    yield f"  person {found['person']}, profession {found['profession'] or 'not known'}, identity {found['assurance']}"
    for one in found["records"]:
        yield from _record_lines(one)
    yield from _evidence_lines(found["evidence"])


def _record_lines(one: Mapping[str, Any]) -> Iterator[str]:
    yield f"  {one['system']}: {one['outcome']}{_amounts(one)}"
    for reason in one["reasons"]:
        yield f"    - {reason['text']} [{reason['code']}]"
        if "remedy" in reason:
            yield f"      {reason['by']}: {reason['remedy']}"
    for flag in one["flags"]:
        yield f"    ! {flag['text']} [{flag['code']}]"
    if one["rule"]:
        yield f"    rule {one['rule']['id']} of {one['rule']['from']}; rests on {len(one['statements'])} statements"


def _amounts(one: Mapping[str, Any]) -> str:
    parts = [f"{name} {one[name]}" for name in ("awarded", "claimed", "designated") if one[name]]
    day = [f"completed on {one['completed_on']}"] if one["completed_on"] else []
    return "".join(f", {part}" for part in (*parts, *day))


def _evidence_lines(evidence: Mapping[str, Any]) -> Iterator[str]:
    yield f"  disclosure acknowledged: {_when(evidence['disclosure_acknowledged'])}"
    yield f"  content finished: {', '.join(_finished(evidence, part) for part in sorted(evidence['content_finished'])) or 'none'}"
    for name, words in (("pre", "pre-activity assessment"), ("post", "post-activity assessment")):
        for attempt in evidence[name]:
            yield _attempt_line(words, attempt)
    yield f"  evaluation submitted: {_when(evidence['evaluation_submitted'])}"
    for claim in evidence["claims"]:
        what = "declined" if claim["amount"] is None else f"claimed {claim['amount'][:20]}"
        yield f"  {claim['system'] or 'all credit'}: {what}, {_when(claim['claimed'])}"


def _finished(evidence: Mapping[str, Any], part: str) -> str:
    """With the time for which the learner was there, by the player's count."""
    seconds = evidence["content_seconds"].get(part)
    return part if seconds is None else f"{part} ({seconds // 60}:{seconds % 60:02} active)"


def _attempt_line(words: str, attempt: Mapping[str, Any]) -> str:
    told = {True: ", reported as passed", False: ", reported as failed", None: ""}[attempt["reported_success"]]
    score = f"{attempt['correct']} of {attempt['responses']} responses correct"
    return f"  {words}, attempt {attempt['attempt']}: {score}{told}, {_when(attempt['submitted'])}"


def _when(moment: Mapping[str, str] | None) -> str:
    return "no" if moment is None else f"{moment['timestamp']} (arrived {moment['stored']})"
