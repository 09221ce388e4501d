"""The outcomes report as people read it: one page that opens anywhere, and a short text for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scorm_packager.activity.resources import templates

Report = Mapping[str, Any]

WIDTH = 360  # of the chart's coordinates: as wide as a phone, so that its letters stay readable there
_LEFT, _RIGHT, _ROW, _TOP = 16, 344, 46, 26
_LABEL_LENGTH = 48

NAMES = {
    "ceiling": "ceiling",
    "floor": "floor",
    "negative-change": "fewer right after",
    "few-for-p": "too few for p",
    "no-effect-size": "no effect size",
}
_NO_ANSWERS: Mapping[str, Any] = {"agree": None, "counts": None, "texts": (), "median": None, "unit": ""}
METHOD_NOTES = ("matching", "attempt", "missing", "uncontrolled", "p")


def html(report: Report) -> str:
    """A whole page with its own style and no scripts, which needs nothing besides itself."""
    environment = Environment(
        loader=FileSystemLoader(templates() / "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = (templates() / "pages" / "pages.css").read_text(encoding="utf-8")
    return environment.get_template("outcomes.html").render(**words(report), style=Markup(style))


def words(report: Report) -> dict[str, Any]:
    """What the template `outcomes.html` is given."""
    assessments = report["assessments"]
    names = {objective["id"]: objective["text"] for objective in assessments["objectives"]}
    items = [{**item, "stem": plain(item["stem_html"]), "about": names.get(item["objective"], "")} for item in assessments["items"]]
    asked = report["evaluation"]["items"]
    questions = [{**_NO_ANSWERS, **one, "stem": plain(one["stem_html"]), "rows": _options(one)} for one in asked]
    return {
        "report": report,
        "items": items,
        "questions": questions,
        "chart": dumbbells([item for item in items if item["percent_correct"]]),
        "cut_off": report["cut_off"].replace("T", ", ")[:17] + " UTC",
        "flags": _flags(report),
        "method_notes": [report["notes"][key] for key in METHOD_NOTES],
        "percent": percent,
        "share": share,
        "number": number,
        "effect": effect,
        "note_names": NAMES,
    }


def _flags(report: Report) -> list[dict[str, str]]:
    """The notes that some figure carries, each explained once."""
    figures = (report["assessments"]["overall"], *report["assessments"]["objectives"], *report["assessments"]["items"])
    used = {note for one in figures for note in one["notes"]}
    return [{"name": name, "means": report["notes"][key]} for key, name in NAMES.items() if key in used]


def _options(question: Mapping[str, Any]) -> list[dict[str, Any]]:
    counts = question.get("counts") or {}
    total = sum(counts.values())
    labels = {"true": "Yes", "false": "No"} | {key: plain(label) for key, label in question.get("labels", {}).items()}
    return [{"label": labels.get(key, key), "n": n, "share": n / total if total else None} for key, n in counts.items()]


# --- how numbers are written ----------------------------------------------------------------------


def plain(html_text: str) -> str:
    return str(Markup(html_text).striptags())


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.0f} %"


def share(found: Mapping[str, float | None] | None) -> str:
    """A share with its interval: `75 % (51–90)`."""
    if found is None or found["value"] is None or found["low"] is None or found["high"] is None:
        return "–"
    return f"{percent(found['value'])} ({found['low'] * 100:.0f}–{found['high'] * 100:.0f})"


def number(value: float | None, places: int = 2) -> str:
    return "–" if value is None else f"{value:.{places}f}".replace("-", "−")


def effect(found: Mapping[str, Any] | None) -> str:
    """Cohen's d with its interval: `0.82 (0.35 to 1.29)`."""
    return "–" if found is None else f"{number(found['d'])} ({number(found['low'])} to {number(found['high'])})"


# --- the chart ------------------------------------------------------------------------------------


def dumbbells(items: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Where the chart's marks stand: for each item a line from the share right before to the share right after, with intervals."""
    if not items:
        return None
    rows = [_dumbbell(index, item) for index, item in enumerate(items)]
    height = _TOP + _ROW * len(rows) + 22
    grid = [{"x": _x(step / 4), "label": f"{step * 25} %"} for step in range(5)]
    return {"width": WIDTH, "height": height, "rows": rows, "grid": grid, "top": _TOP, "bottom": height - 22, "left": _LEFT}


def _dumbbell(index: int, item: Mapping[str, Any]) -> dict[str, Any]:
    pre, post = item["percent_correct"]["pre"], item["percent_correct"]["post"]
    y = _TOP + _ROW * index + 30
    marks = {name: {part: _x(value) for part, value in found.items()} for name, found in (("pre", pre), ("post", post))}
    return {"y": y, "label": _short(f"{item['id']}: {item['stem']}"), "told": _told(item, pre, post), **marks}


def _told(item: Mapping[str, Any], pre: Mapping[str, float], post: Mapping[str, float]) -> str:
    return f"{item['id']}: {percent(pre['value'])} right before, {percent(post['value'])} after."


def _x(value: float) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * value, 1)


def _short(text: str) -> str:
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1].rstrip() + "…"


# --- in the terminal ------------------------------------------------------------------------------


def summary(report: Report) -> str:
    """A few lines: who came how far, and what changed, each with its denominator."""
    lines = [f"{report['activity']['title']} ({report['cut_off'][:10]})", *_funnel_lines(report), _overall_line(report)]
    return "\n".join((*lines, *_item_lines(report)))


def _funnel_lines(report: Report) -> list[str]:
    shown = [stage for stage in report["funnel"] if stage["n"] is not None]
    return [f"  {stage['n']:>5}  {stage['means']}" for stage in shown] or ["  Too few learners: counts are not shown."]


def _overall_line(report: Report) -> str:
    overall = report["assessments"]["overall"]
    if overall["hidden"]:
        return f"Before and after: {overall['hidden']}"
    mean = overall["mean_share_correct"]
    told = f"Before and after, {overall['n']['matched']} matched learners: {percent(mean['pre'])} → {percent(mean['post'])} right"
    return told + (f", d = {effect(overall['effect'])}" if overall["effect"] else "")


def _item_lines(report: Report) -> list[str]:
    shown = [item for item in report["assessments"]["items"] if item["percent_correct"]]
    return [f"  {item['id']}: {share(item['percent_correct']['pre'])} → {share(item['percent_correct']['post'])}" for item in shown]
