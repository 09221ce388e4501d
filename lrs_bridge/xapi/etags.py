"""Entity tags and the conditions that requests make of them: RFC 9110 §8.8.3 and §13.1."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lrs_bridge.refusals import Malformed, one

# RFC 9110 §8.8.3: what stands between the quotes is visible, and no quote.
_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_LIST = re.compile(rf"[ \t,]*{_TAG.pattern}(?:[ \t]*,[ \t,]*{_TAG.pattern})*[ \t,]*")


@dataclass(frozen=True, slots=True)
class Tags:
    """The value of If-Match or If-None-Match: `*`, or tags, weak ones apart."""

    anything: bool = False
    strong: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()

    def name(self, etag: str | None) -> bool:
        """Whether a document with this tag is meant by If-Match: strong tags only (RFC 9110 §13.1.1). None: there is no document."""
        return etag is not None and (self.anything or etag in self.strong)

    def name_weakly(self, etag: str | None) -> bool:
        """The same for If-None-Match, where a weak tag will do (RFC 9110 §13.1.2)."""
        return self.name(etag) or etag in self.weak


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold of the document for the request to be carried out. None: the header was not sent."""

    if_match: Tags | None = None
    if_none_match: Tags | None = None

    @property
    def given(self) -> bool:
        return self.if_match is not None or self.if_none_match is not None

    def hold(self, etag: str | None) -> bool:
        """Of the document that has this tag; None when there is none."""
        if self.if_match is not None and not self.if_match.name(etag):
            return False
        return self.if_none_match is None or not self.if_none_match.name_weakly(etag)


def conditions(if_match: str | None, if_none_match: str | None) -> Conditions:
    """Of the two headers as received. Raises `Malformed` for what is neither `*` nor quoted tags."""
    return Conditions(_tags("If-Match", if_match), _tags("If-None-Match", if_none_match))


def _tags(header: str, value: str | None) -> Tags | None:
    if value is None:
        return None
    if value.strip() == "*":
        return Tags(anything=True)
    if not _LIST.fullmatch(value):
        remedy = 'Send * or the ETag of an earlier answer with its quotes: "..."; several with commas between them.'
        raise Malformed(one("malformed-etag", f"{header} holds no entity tags.", remedy, where=header, source="RFC 9110 §13.1"))
    found = _TAG.findall(value)
    return Tags(strong=frozenset(tag for weak, tag in found if not weak), weak=frozenset(tag for weak, tag in found if weak))
