"""The formats that xAPI gives to strings: each a function that says whether a text has it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

# RFC 3987, loosely: a scheme, then no blank, no control character, none that turns the direction of writing (§4.1) and none of the
# others that an IRI may not hold.
_IRI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s\x00-\x20<>\"{}|\\^`\x7f-\x9f\u200e\u200f\u202a-\u202e\ud800-\udfff\ufff0-\uffff]+",
)
# RFC 4122: the variant's two bits are 10.
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:[^\s\x00-\x20\x7f-\x9f@<>]+@[^\s\x00-\x20\x7f-\x9f@<>]+")
_SHA1 = re.compile(r"[0-9a-f]{40}", re.IGNORECASE)
_SHA2 = re.compile(r"[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+\-]+/[\w!#$&^.+\-]+(\s*;\s*[\w!#$&^.+\-]+=(\"[^\"]*\"|[^\s;\"]+))*", re.ASCII)
_NUMBER = r"\d+(?:[.,]\d+)?"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W|(?=\d|T\d)(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?)",
    re.ASCII,
)
_TIMESTAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ]((?:[01]\d|2[0-3]):\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:([Zz])|([+-]\d{2})(?::?(\d{2}))?)?",
    re.ASCII,
)
# RFC 5646 §2.1: a langtag, a private one, or one of the irregular tags that were there before; the regular ones among those fit a langtag.
_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+|i-[a-z]+"
    r"|en-gb-oed|sgn-be-fr|sgn-be-nl|sgn-ch-de",
    re.IGNORECASE | re.ASCII,
)


def is_iri(text: str) -> bool:
    return _IRI.fullmatch(text) is not None


def is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def is_mailto(text: str) -> bool:
    return _MAILTO.fullmatch(text) is not None


def is_sha1(text: str) -> bool:
    return _SHA1.fullmatch(text) is not None


def is_sha2(text: str) -> bool:
    """Hex digits of SHA-224, 256, 384 or 512."""
    return _SHA2.fullmatch(text) is not None


def is_media_type(text: str) -> bool:
    return _MEDIA_TYPE.fullmatch(text) is not None


def is_duration(text: str) -> bool:
    """ISO 8601-1:2019 5.5.2: weeks stand alone."""
    return _DURATION.fullmatch(text) is not None


def is_timestamp(text: str) -> bool:
    return moment(text) is not None


def is_language_tag(text: str) -> bool:
    """RFC 5646 well-formed, and no singleton twice (RFC 5646 §2.2.6)."""
    if _LANGUAGE.fullmatch(text) is None:
        return False
    singletons = [part for part in text.lower().split("-x-")[0].split("-")[1:] if len(part) == 1]
    return len(singletons) == len(set(singletons))


def moment(text: str) -> datetime | None:
    """The moment that a timestamp names, in UTC; without a zone it is read as UTC. None when it names none.

    An offset of minus zero says that the zone is unknown (RFC 3339 §4.3), which xAPI refuses. A leap second (RFC 3339 §5.7) is taken for
    the end of the second before it, as clocks that know none do.
    """
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return None
    day, clock, second, fraction, _, hours, minutes = found.groups()
    if hours == "-00" and (minutes or "00") == "00":
        return None
    offset = f"{hours}:{minutes or '00'}" if hours else "+00:00"
    if second == "60":
        before = _moment(f"{day}T{clock}:59.999999{offset}")
        return before if before is not None and (before.hour, before.minute) == (23, 59) else None
    return _moment(f"{day}T{clock}:{second or '00'}.{(fraction or '0')[:6]:0<6}{offset}")


def names_zone(timestamp: str) -> bool:
    """Of a text that is a timestamp."""
    found = _TIMESTAMP.fullmatch(timestamp)
    return found is not None and (found[5] or found[6]) is not None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
