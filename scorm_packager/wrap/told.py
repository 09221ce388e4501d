"""An export in words, and as JSON: what it is, who made it, where it starts, what it may report, what will be hard."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.wrap.export import Export, Reports

_STANDARDS = {"scorm-1.2": "SCORM 1.2", "scorm-2004": "SCORM 2004", "html": "a web export"}


def lines(export: Export) -> Iterator[str]:
    """For a person at a terminal, without the problems."""
    stated = export.stated
    edition = f" ({stated.edition})" if stated.standard == "scorm-2004" else ""
    yield f"What it is:   {_STANDARDS[stated.standard]}{edition}{f', “{stated.title}”' if stated.title else ''}"
    yield f"Made with:    {export.tool.name if export.tool else 'a tool that is not known, or by hand'}"
    for start in stated.starts:
        yield f"Starts at:    {start.href}{f' (“{start.title}”)' if len(stated.starts) > 1 else ''}"
    yield f"Reports:      {reports(export.reports)}"
    yield from (f"Pass mark:    {start.mastery} in its manifest" for start in stated.starts[:1] if start.mastery)
    yield f"Size:         {len(export.files):,} files, {export.bytes:,} bytes; {len(export.left_out)} left out"
    if export.tool and export.tool.note:
        yield f"Good to know: {export.tool.note}"
    yield f"Write:        {entry(export)}"


def reports(reports: Reports) -> str:
    """What its scripts speak of: whether they report it is seen only when it is played."""
    named = {"completion": "completion", "success": "pass or fail", "score": "a score", "interactions": "single responses"}
    told = [words for name, words in named.items() if getattr(reports, name)]
    state = "; keeps where learners were" if reports.saved_state else ""
    return f"its scripts can report {', '.join(told)}{state}" if told else f"nothing{state}"


def entry(export: Export) -> str:
    """What to write under `contents` of the activity."""
    done = ", done: visited" if export.reports.nothing else ""
    return f"- {{package: content/NAME.zip, title: …, minutes: …{done}}}"


def as_json(export: Export) -> dict[str, object]:
    stated = export.stated
    return {
        "standard": stated.standard,
        "edition": stated.edition,
        "title": stated.title,
        "tool": export.tool.name if export.tool else None,
        "starts": [{"title": start.title, "href": start.href, "mastery": start.mastery} for start in stated.starts],
        "reports": {name: getattr(export.reports, name) for name in Reports.__dataclass_fields__},
        "files": len(export.files),
        "bytes": export.bytes,
        "left_out": list(export.left_out),
        "problems": [problem.as_json() for problem in export.problems],
    }
