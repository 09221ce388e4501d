"""No marketing in accredited education (ACCME Standards 2.2, 3.5 and 5.2).

A trade name has a mark (® or ™) or is a company that the activity itself discloses: a list of the world's products would never be complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scorm_packager.activity.accreditation import companies
from scorm_packager.activity.accreditation.passages import Passage, passages
from scorm_packager.activity.accreditation.rule import Finding, Given, error, warning
from scorm_packager.activity.accreditation.rulebook import Clause

_IMAGE = re.compile(r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^)\s>]*)|<img\b[^>]*", re.IGNORECASE)
_MARKUP = re.compile(r"!\[|\]\(|<[a-zA-Z!/]|https?://|www\.|\.(?:png|svg|jpe?g|gif|webp)\b", re.IGNORECASE)


def _unmarked(text: str, given: Given) -> str:
    """The text without the credit phrase, whose mark the AMA itself demands."""
    wording = given.facts.rulebook.clauses["ama-pra-1/wording"]
    for pattern in (pattern for block in wording for pattern in block["correct"]):
        text = re.sub(pattern, "", text)
    return text


def _mark(text: str, clause: Clause, given: Given) -> str | None:
    rest = _unmarked(text, given)
    return next((mark for mark in clause["marks"] if mark in rest), None)


def _on(given: Given, *screens: str) -> Iterator[Passage]:
    return (passage for passage in passages(given.activity, given.facts) if passage.screen in screens)


@error("company-with-more-than-its-name", "accme/standard-3.5")
def company_with_more_than_its_name(given: Given) -> Iterator[Finding]:
    """Disclosure names companies and shows nothing else: no logo, link or product."""
    for passage in _on(given, "disclosure"):
        if _MARKUP.search(passage.text):
            message = f"“{passage.text.strip()}” is more than a name."
            yield Finding(passage.at, message, "Write the name in plain text: no image, link or markup.")


@error("trade-mark-in-disclosure", "accme/standard-3.5")
def trade_mark_in_disclosure(given: Given) -> Iterator[Finding]:
    """Disclosure shows no trade names: a marked name is a product or brand."""
    for passage in _on(given, "disclosure"):
        if mark := _mark(passage.text, given.clause, given):
            message = f"“{passage.text.strip()}” has the mark {mark}: a trade name on the disclosure screen."
            yield Finding(passage.at, message, "Give the company's name, without product and mark.")


@error("trade-mark-in-evaluation", "accme/standard-5.2")
def trade_mark_in_evaluation(given: Given) -> Iterator[Finding]:
    """Evaluation mechanisms carry no trade names."""
    yield from _trade_marks(_on(given, "evaluation"), given)


@error("trade-mark-in-front-matter", "accme/standard-5.2")
def trade_mark_in_front_matter(given: Given) -> Iterator[Finding]:
    """Title, description and objectives carry no trade names; the AMA's own credit phrase is not meant."""
    yield from _trade_marks(_on(given, "front matter"), given)


@warning("trade-mark-in-education", "accme/standard-5.2")
def trade_mark_in_education(given: Given) -> Iterator[Finding]:
    """Contents and items use generic names. A warning: scales and instruments have marks too, and must sometimes bear them."""
    yield from _trade_marks(_on(given, "content", "item"), given)


def _trade_marks(found: Iterable[Passage], given: Given) -> Iterator[Finding]:
    for passage in found:
        if mark := _mark(passage.text, given.clause, given):
            yield Finding(passage.at, f"A trade name with {mark} stands here.", "Use the generic name, without mark.")


@error("company-in-front-matter", "accme/standard-2.2")
def company_in_front_matter(given: Given) -> Iterator[Finding]:
    """No company that the activity discloses stands in its title, description or objectives."""
    yield from _companies(_on(given, "front matter"), given)


@error("company-in-evaluation", "accme/standard-5.2")
def company_in_evaluation(given: Given) -> Iterator[Finding]:
    """No company that the activity discloses stands in its evaluation."""
    yield from _companies(_on(given, "evaluation"), given)


@warning("company-in-education", "accme/standard-5.2")
def company_in_education(given: Given) -> Iterator[Finding]:
    """Contents and items do without the names of disclosed companies, but for naming the funder of a study."""
    yield from _companies(_on(given, "content", "item"), given)


def _companies(found: Iterable[Passage], given: Given) -> Iterator[Finding]:
    names = companies.names(given.activity)
    if not names:
        return
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    for passage in found:
        if hit := pattern.search(passage.text.casefold()):
            message = f"The ineligible company “{hit.group()}” is named here."
            yield Finding(passage.at, message, "Take the name out; it belongs on the disclosure screen only.")


@error("image-in-evaluation", "accme/standard-5.2")
def image_in_evaluation(given: Given) -> Iterator[Finding]:
    """The evaluation shows no images: a logo cannot be told from another picture."""
    for passage in _on(given, "evaluation"):
        if _IMAGE.search(passage.text):
            yield Finding(passage.at, "An image stands in the evaluation.", "Ask in words.")


@error("logo-among-images", "accme/standard-5.2")
def logo_among_images(given: Given) -> Iterator[Finding]:
    """No picture is called a logo or banner, or after a disclosed company."""
    words = [*given.clause["image_words"], *(re.sub(r"\W+", "-", name) for name in companies.names(given.activity))]
    pattern = re.compile("|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" for word in words))
    for passage in _on(given, "content", "item", "front matter"):
        for image in _IMAGE.finditer(passage.text):
            name = re.sub(r"[\s_]+", "-", (image.group(1) or image.group()).casefold())
            if hit := pattern.search(name):
                message = f"The image `{image.group(1) or image.group()}` is called “{hit.group()}”."
                yield Finding(passage.at, message, "Remove it; if it is no company's logo or advertisement, give the file another name.")
