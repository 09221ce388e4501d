"""One assessment item of IMS QTI 2.1 or 2.2 (Assessment, Section and Item Information Model) as an item of an activity."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from copy import deepcopy
from decimal import Decimal

from lxml import etree

from scorm_packager.activity.problems import Place, Problem
from scorm_packager.importing import html, questions
from scorm_packager.importing.html import Image
from scorm_packager.importing.model import Values, pass_over, refuse, warning
from scorm_packager.importing.prose import Prose
from scorm_packager.importing.questions import Option

_HIDDEN = ("feedbackInline", "feedbackBlock", "rubricBlock", "prompt")
_BLANK = "_____"


class Item:
    """An `assessmentItem` whose elements have lost their namespaces."""

    def __init__(self, root: etree._Element, where: Place, image: Image):
        self.root = _bare(root)
        self.where, self._image = where, image
        self.problems: list[Problem] = []

    @property
    def name(self) -> str:
        return self.root.get("identifier") or self.root.get("title") or "without a name"

    def prose(self, element: etree._Element) -> Prose:
        """What stands inside an element, without interactions, prompts and feedback."""
        found = html.prose(_as_html(element), self.where, self._image)
        self.problems += found.problems
        return found.prose

    def asked(self) -> Values:
        """The body and then the prompts; a blank that stands by itself shows only where the answer is typed."""
        told = [self.prose(each) for each in (*self.root.iter("itemBody"), *self.root.iter("prompt"))]
        blocks = [block for prose in told for block in prose.blocks if block.text.replace("\\", "").strip() != _BLANK]
        return Prose(tuple(blocks)).asked()

    def rationale(self, choices: Collection[str] = ()) -> str:
        """What is said afterwards, but for what is said of one of the choices alone."""
        general = [each for each in self.root.iter("modalFeedback", "feedbackBlock") if each.get("identifier") not in choices]
        told = dict.fromkeys(text for each in general if (text := self.prose(each).markdown()))
        if len(told) > 1:
            message, remedy = "Feedback for different answers was put together.", "Read the rationale, and make one text of it."
            self.problems.append(warning("import-feedback-mixed", self.where, message, remedy))
        return "\n\n".join(told)


def values(item: Item) -> Values:
    """Raises `ProblemsFound` for items that are damaged, and for kinds that have no counterpart."""
    if item.root.find("itemBody") is None:
        raise refuse("import-qti-malformed", item.where, "It has no itemBody.", "Export it again.")
    found = [each for each in item.root.find("itemBody").iter() if _is_interaction(each)]  # type: ignore[union-attr]
    if len(found) != 1:
        message = f"It has {len(found) or 'no'} interactions; one can be asked by an item."
        raise pass_over("import-kind-unsupported", item.where, message, "Make an item of each, or put the text into a page.")
    kind = str(found[0].tag)
    if kind not in _READERS:
        message = f"There is no such kind of item here ({kind[:60]}); it was passed over."
        raise pass_over("import-kind-unsupported", item.where, message, _REMEDIES.get(kind, "Ask it as choice, matching or ordering."))
    return _READERS[kind](item, found[0])


# --- kinds ----------------------------------------------------------------------------------------


def _choice(item: Item, interaction: etree._Element) -> Values:
    right = _right(item, interaction)
    choices = interaction.findall("simpleChoice") + interaction.findall("inlineChoice")
    _known(item, right, choices)
    options = [Option(item.prose(each).line(), each.get("identifier") in right, _feedback(item, each)) for each in choices]
    rationale = item.rationale([each.get("identifier", "") for each in choices])
    several = interaction.tag == "choiceInteraction" and (interaction.get("maxChoices", "1") != "1" or len(right) > 1)
    return (questions.multiple if several else questions.choice)(item.asked(), options, item.where, rationale)


def _ordering(item: Item, interaction: etree._Element) -> Values:
    choices = {each.get("identifier", ""): item.prose(each).line() for each in interaction.findall("simpleChoice")}
    right = _right(item, interaction)
    if sorted(right) != sorted(choices):
        raise refuse("import-no-key", item.where, "The correct response does not name every part once.", "Complete it in its program.")
    return questions.ordering(item.asked(), [choices[name] for name in right], item.where, item.rationale())


def _matching(item: Item, interaction: etree._Element) -> Values:
    sets = interaction.findall("simpleMatchSet")
    if len(sets) != 2:
        raise refuse("import-qti-malformed", item.where, "It does not have two sets to match.", "Export it again.")
    sources, targets = ({each.get("identifier", ""): item.prose(each).line() for each in one} for one in sets)
    pairs = [tuple(pair.split()) for pair in _right(item, interaction)]
    first = [pair[0] for pair in pairs]
    if any(len(pair) != 2 or pair[0] not in sources or pair[1] not in targets for pair in pairs) or sorted(first) != sorted(sources):
        message = "Its correct response does not give each part of the first set one of the second."
        raise pass_over("import-cannot-match", item.where, message, "Ask it so, or as several items.")
    matched = [(sources[source], targets[target]) for source, target in sorted(pairs, key=lambda pair: list(sources).index(pair[0]))]
    return questions.matching(item.asked(), matched, item.where, item.rationale(), targets.values())


def _number(item: Item, interaction: etree._Element) -> Values:
    right = _right(item, interaction)
    number = questions.number(right[0]) if len(right) == 1 else None
    if number is None:
        message = "A short answer in words cannot be scored here."
        raise pass_over("import-short-answer", item.where, message, "Offer choices, or ask for one number.")
    return questions.numeric(item.asked(), *_tolerated(item, number), item.where, item.rationale())


_READERS: Mapping[str, Callable[[Item, etree._Element], Values]] = {
    "choiceInteraction": _choice,
    "inlineChoiceInteraction": _choice,
    "orderInteraction": _ordering,
    "matchInteraction": _matching,
    "textEntryInteraction": _number,
}
_REMEDIES = {"extendedTextInteraction": "An essay has no key to be scored by; ask it in the evaluation, or as another kind of item."}


# --- keys -----------------------------------------------------------------------------------------


def _right(item: Item, interaction: etree._Element) -> list[str]:
    """The correct response; where only a mapping is given, what it rewards (2.1, 5.14)."""
    name = interaction.get("responseIdentifier", "")
    declared = next((each for each in item.root.iter("responseDeclaration") if each.get("identifier") == name), None)
    if declared is None:
        raise refuse("import-no-key", item.where, f"Nothing declares the response {name[:40]}.", "Export it again.")
    right = [(each.text or "").strip() for each in declared.findall("correctResponse/value")]
    if right:
        return right
    rewarded = [each.get("mapKey", "") for each in declared.findall("mapping/mapEntry") if (_decimal(each.get("mappedValue")) or 0) > 0]
    if not rewarded:
        raise refuse(
            "import-no-key", item.where, "It has no correct response.", "Mark the right answer in its program, and export it again."
        )
    return rewarded


def _known(item: Item, right: list[str], choices: list[etree._Element]) -> None:
    lost = sorted(set(right) - {each.get("identifier", "") for each in choices})
    if lost:
        message = f"Its correct response names {', '.join(lost)[:60]}, which is none of its choices."
        raise refuse("import-answer-unknown", item.where, message, "Correct it in its program, and export it again.")


def _tolerated(item: Item, number: Decimal) -> tuple[Decimal, Decimal]:
    """The range that response processing accepts: `equal` with a tolerance below and above, absolute or in per cent (2.1, 15.3)."""
    rule = next((each for each in item.root.iter("equal") if each.get("toleranceMode", "exact") != "exact"), None)
    if rule is None:
        return number, number
    ends = [_decimal(each) for each in rule.get("tolerance", "0").split()] or [Decimal(0)]
    below, above = ends[0], ends[-1]
    if below is None or above is None:
        raise refuse("import-no-number", item.where, "Its tolerance is no number.", "Correct it in its program, and export it again.")
    if rule.get("toleranceMode") == "relative":
        below, above = (abs(number) * each / 100 for each in (below, above))
    return number - below, number + above


def _decimal(text: str | None) -> Decimal | None:
    return questions.number(text or "")


# --- texts ----------------------------------------------------------------------------------------


def _feedback(item: Item, choice: etree._Element) -> str:
    """What is said to those who take this choice: inside of it, or in a modal feedback that has its identifier."""
    modal = [each for each in item.root.iter("modalFeedback") if each.get("identifier") == choice.get("identifier")]
    return " ".join(text for each in (*choice.iter("feedbackInline"), *modal) if (text := item.prose(each).line()))


def _as_html(element: etree._Element) -> str:
    copy = deepcopy(element)
    for each in list(_to_leave_out(copy)):
        _leave_out(each)
    copy.tail = None
    inner = etree.tostring(copy, method="html", encoding="unicode")
    return re.sub(r"^<[^>]*>|</[^>]*>$", "", inner.strip())


def _to_leave_out(root: etree._Element) -> Iterator[etree._Element]:
    for each in root.iter():
        if each is not root and (each.tag in _HIDDEN or _is_interaction(each)):
            yield each


def _leave_out(element: etree._Element) -> None:
    """Takes an element away and leaves the text after it; where something was to be typed or chosen in a line stays a blank."""
    parent = element.getparent()
    if parent is None:
        return
    inline = element.tag in ("textEntryInteraction", "inlineChoiceInteraction")
    text, before = (_BLANK if inline else "") + (element.tail or ""), element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(element)


def _is_interaction(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("Interaction") and element.tag != "endAttemptInteraction"


def _bare(root: etree._Element) -> etree._Element:
    """A copy whose elements have no namespaces and no comments."""
    copy = deepcopy(root)
    etree.strip_tags(copy, etree.Comment, etree.ProcessingInstruction)
    for each in copy.iter(etree.Element):
        each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(copy)
    return copy
