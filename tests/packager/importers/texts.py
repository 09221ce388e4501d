"""Texts by chance, and how a learner would read what became of them."""

from __future__ import annotations

import html
import re

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from scorm_packager.activity import markup
from scorm_packager.activity.problems import Place

# However busy the machine is, it is the texts that are tried.
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

_TRICKY = st.sampled_from(
    [*"*_`[]()<>&#!|\\~={}:+-.;,\"'=@%1aÄ≥ اあ😀 ", "](", "**", "<b>", "&lt;", "->", "=>", "::", "1.", "{=", "\\n", "%50%", "[html]"]
)
_ANY = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"), exclude_characters="\ufeff")
WORDS = st.lists(st.one_of(_TRICKY, _ANY), min_size=1, max_size=25).map(lambda parts: " ".join("".join(parts).split())).filter(bool)


def as_read(markdown: str) -> str:
    """The words that a learner sees of a line of Markdown."""
    rendered = markup.inline(markdown, Place("activity.yaml"))
    assert rendered.problems == ()
    return html.unescape(re.sub(r"<[^>]*>", "", rendered.html))


def as_block(markdown: str) -> str:
    """The words that a learner sees of a text of one paragraph; nothing but a paragraph may come of it."""
    rendered = markup.block(markdown, Place("activity.yaml")).html
    assert re.fullmatch(r"<p>[^<]*</p>", rendered), rendered
    return html.unescape(rendered[3:-4])
