"""References that lead to their sources (AMA PRA, enduring materials: access to bibliographic sources)."""

from __future__ import annotations

import re

from scorm_packager.activity import markup
from scorm_packager.activity.problems import Place

# A DOI may hold brackets and semicolons; a full stop or comma at its end belongs to the sentence.
_DOI = re.compile(r"\b(?:https://(?:dx\.)?doi\.org/|doi:\s?)(10\.\d{4,9}/[^\s<>\"]*[^\s<>\".,;])", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s?(\d{4,9})\b")
_ADDRESS = re.compile(r"(?<![(<\[])\bhttps?://[^\s<>\"]*[^\s<>\".,;)]")


def reference_html(text: str) -> str:
    """One reference, written in Markdown or plainly; DOIs, PubMed ids and addresses become links."""
    return markup.inline(linked(text), Place("activity.yaml")).html


def linked(text: str) -> str:
    """The same text with Markdown links in place of bare DOIs, PubMed ids and addresses."""
    if "](" in text:
        return text
    with_addresses = _ADDRESS.sub(lambda found: found[0] if _DOI.match(found[0]) else f"<{found[0]}>", text)
    with_dois = _DOI.sub(lambda found: f"[doi:{_quiet(found[1])}](<https://doi.org/{found[1]}>)", with_addresses)
    return _PMID.sub(lambda found: f"[PMID {found[1]}](<https://pubmed.ncbi.nlm.nih.gov/{found[1]}/>)", with_dois)


def _quiet(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)
