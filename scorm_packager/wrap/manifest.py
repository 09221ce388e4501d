"""An export's own manifest: its edition, what can be started, and the rules that only an LMS could carry out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from scorm_packager import hostile_xml
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.wrap.export import Start, Stated

NAME = "imsmanifest.xml"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_TITLE_LENGTH = 300  # characters
_RULES = ("sequencingRules", "rollupRules", "prerequisites")


def stated(data: bytes, place: str) -> Stated:
    """What the manifest says. Raises `ProblemsFound` when it cannot be read or nothing in it can be started."""
    root = hostile_xml.parse(data, place)
    edition = _edition(root, place)
    organization = _organization(root)
    items = [] if organization is None else [item for item in _all(organization, "item") if item.get("identifierref")]
    starts = tuple(start for item in items for start in _start(root, item))
    if not starts:
        raise _found("wrap-no-start", place, "The manifest names nothing that can be started.", "Export the content again.")
    _refuse_rules(organization, starts, place)
    title = _title(organization) if organization is not None else ""
    return Stated("scorm-1.2" if edition == "1.2" else "scorm-2004", edition, title or starts[0].title, starts)


def _edition(root: etree._Element, place: str) -> str:
    """The schema version as written; where it is missing, the namespaces tell."""
    written = _text(root, "schemaversion")
    spaces = set(root.nsmap.values())
    if written in {"1.2", "1.1"} or any("adlcp_rootv1p2" in str(space) for space in spaces):
        return "1.2"
    if written.startswith(("2004", "CAM 1.3")) or any("adlcp_v1p3" in str(space) for space in spaces):
        return written or "2004"
    message = f"The manifest is of no SCORM edition that can be played ({written or 'it names none'})."
    raise _found("wrap-not-scorm", place, message, "Export the content as SCORM 1.2 or SCORM 2004.")


def _organization(root: etree._Element) -> etree._Element | None:
    found = _all(root, "organization")
    wanted = next((each.get("default") for each in _all(root, "organizations")), None)
    return next((each for each in found if each.get("identifier") == wanted), found[0] if found else None)


def _start(root: etree._Element, item: etree._Element) -> Iterator[Start]:
    """SCORM 2004 CAM 3.4.1.6: xml:base of resources and of the resource stand before the href. A resource that is no file is no start."""
    for resource in _all(root, "resource"):
        if resource.get("identifier") != item.get("identifierref") or not resource.get("href"):
            continue
        href = _base(resource.getparent()) + _base(resource) + resource.get("href", "")
        yield Start(
            title=_title(item),
            href=_with_parameters(href, item.get("parameters", "")),
            mastery=_text(item, "masteryscore") or _measure(_sequencing(root, item)),
            launch_data=_text(item, "datafromlms") or _text(item, "dataFromLMS"),
            objectives=_objectives(_sequencing(root, item)),
        )


def _sequencing(root: etree._Element, item: etree._Element) -> list[etree._Element]:
    """The item's own, and what that refers to in the collection (SCORM 2004 CAM 5.1.1)."""
    own = _all(item, "sequencing")
    named = {each.get("IDRef") for each in own} - {None}
    return [*own, *(each for each in _all(root, "sequencing") if each.get("ID") in named)]


def _objectives(sequencing: list[etree._Element]) -> tuple[str, ...]:
    """SCORM 2004 RTE 4.2.17: those that the manifest names stand in the data model from the first launch on, the primary one first."""
    found = [each for name in ("primaryObjective", "objective") for rules in sequencing for each in _all(rules, name)]
    return tuple(dict.fromkeys(each.get("objectiveID", "") for each in found if each.get("objectiveID")))


def _measure(sequencing: list[etree._Element]) -> str:
    judged = [each for rules in sequencing for each in _all(rules, "primaryObjective") if each.get("satisfiedByMeasure") == "true"]
    return _text(judged[0], "minNormalizedMeasure") or "1.0" if judged else ""


def _refuse_rules(organization: etree._Element | None, starts: tuple[Start, ...], place: str) -> None:
    """Several parts can be listed for a learner to choose from; rules between them would be the LMS's to carry out."""
    if len(starts) < 2 or organization is None:
        return
    rules = [name for name in _RULES if _all(organization, name)]
    if rules:
        message = f"This export has {len(starts)} parts with rules between them ({', '.join(rules)}), which only an LMS carries out."
        raise _found("wrap-sequencing", place, message, "Export it as one SCO, or each part by itself.")


def _with_parameters(href: str, parameters: str) -> str:
    if not parameters:
        return href
    if parameters[0] in "?#":
        return href + parameters if parameters[0] == "#" or "?" not in href else href + "&" + parameters[1:]
    return href + ("&" if "?" in href else "?") + parameters.lstrip("&")


def _base(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{_XML}base", "")


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    return list(element.iter("{*}" + name))


def _text(element: etree._Element, name: str) -> str:
    return next(((each.text or "").strip() for each in _all(element, name)), "")


def _title(element: etree._Element) -> str:
    """On one line and of bounded length: it is shown at terminals, which control characters and turned directions mislead."""
    line = " ".join(_text(element, "title").split())
    return "".join(each for each in line if each.isprintable())[:_TITLE_LENGTH]


def _found(code: str, place: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound((Problem(code, Place(place), message, remedy),))
