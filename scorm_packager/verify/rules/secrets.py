"""Secrets: everything in a package can be read by every learner."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from scorm_packager.activity.problems import Place
from scorm_packager.verify.kinds import ALL
from scorm_packager.verify.rule import ERROR, WARNING, Finding, on_package, on_texts
from scorm_packager.verify.seen import Seen
from scorm_packager.verify.texts import Text

_REMEDY = "Remove it from the package and make it invalid where it came from."
_FILES = re.compile(r"(^|/)(\.env(\..*)?|id_rsa|id_ed25519|.*\.pem|.*\.p12|.*\.pfx|.*\.key|\.htpasswd|\.npmrc|\.git/.*)$")
# What it is, a word without which it is not there, and its form.
_KEYS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("a private key", "PRIVATE KEY", re.compile(r"-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----")),
    ("an access key of AWS", "IA", re.compile(r"\bA[KS]IA[0-9A-Z]{16}\b")),
    ("a signed token", ".eyJ", re.compile(r"\beyJ[\w\-]{10,500}\.eyJ[\w\-]{10,2000}\.[\w\-]{10,1000}")),
    ("a user name and password in an address", "://", re.compile(r"https?://[^\s/:@\"'<>$+{}]{1,100}:[^\s/@\"'<>$+{}]{1,100}@")),
    ("a live payment key", "sk_live_", re.compile(r"\bsk_live_[0-9A-Za-z]{16,100}")),
    ("a token of GitHub", "gh", re.compile(r"\bgh[pousr]_[0-9A-Za-z]{36}\b")),
    ("a token of Slack", "xox", re.compile(r"\bxox[abprs]-[0-9A-Za-z\-]{20,100}")),
    ("an account key of Azure", "AccountKey=", re.compile(r"\bAccountKey=[0-9A-Za-z+/]{40,100}={0,2}")),
)
_BASIC = re.compile(r"[\"'](?:Authorization\s{0,5}:\s{0,5})?Basic ([A-Za-z0-9+/]{8,500}={0,2})[\"']")
_PAIR = re.compile(
    r"(?<![a-zA-Z0-9])_?(?:user|userName|username|key)[\"']?\s{0,5}[:=]\s{0,5}[\"'][^\"'\n]{1,100}[\"']\s{0,20}[,;]\s{0,80}"
    r"[\"']?[\w.]{0,40}?(?:password|pass|secret)[\"']?\s{0,5}[:=]\s{0,5}[\"'][^\"'\n]{1,100}[\"']"
)
_ENDPOINT = re.compile(r"endpoint[\"']?\s{0,5}[:=]\s{0,5}[\"']https?://")
_NEAR = 300  # signs between a store's address and its credentials
_TOKEN = "Let the launch give a token of its own (cmi5 fetch), and make these invalid."
_PASSWORD = re.compile(
    r"(?i)(?<![a-z0-9-])_?(?:password|passwd|client_?secret|secret|api_?key|api_?secret)[\"']?\s{0,5}[:=]\s{0,5}[\"']([^\"'\s<>{}]{8,100})[\"']"
)
_PASSWORD_WORDS = ("passw", "secret", "api_key", "apikey")


@on_package("secret-file", ERROR)
def secret_file(seen: Seen) -> Iterator[Finding]:
    """There is no file that is made to hold secrets."""
    for name in seen.archive.names:
        if _FILES.search(name):
            yield Finding(Place(name), "A file of this name holds secrets; every learner can read it.", _REMEDY)


@on_texts(ALL, "secret", ERROR)
def secret(text: Text) -> Iterator[Finding]:
    """No key and no token is written in a text."""
    for what, word, pattern in _KEYS:
        for place, _ in text.matches(pattern, having=word):
            yield Finding(place, f"This looks like {what}; every learner can read it.", _REMEDY)


@on_texts(ALL, "credentials", ERROR, "xAPI 1.0.3 Communication 4.0: Basic credentials open the LRS")
def credentials(text: Text) -> Iterator[Finding]:
    """No credentials of a record store are written in a text."""
    for place, found in text.matches(_BASIC, having="Basic "):
        if _are_credentials(found.group(1)):
            message = "These are Basic credentials: every learner can read them, and write to the record store as somebody else."
            yield Finding(place, message, _TOKEN)
    for place, found in text.matches(_PAIR, having="endpoint"):
        if _ENDPOINT.search(text.words, max(found.start() - _NEAR, 0), found.end() + _NEAR):
            message = "This is the name and password of a record store: every learner can read them."
            yield Finding(place, message, _TOKEN)


@on_texts(ALL, "secret-perhaps", WARNING)
def perhaps(text: Text) -> Iterator[Finding]:
    """Nothing that may be a password is written in a text."""
    small = text.words.lower()
    if not any(word in small for word in _PASSWORD_WORDS):
        return
    for place, found in text.matches(_PASSWORD):
        if _may_be_drawn(found.group(1)):
            yield Finding(place, "This may be a password; every learner can read it.", _REMEDY)


def _are_credentials(encoded: str) -> bool:
    """Whether this is a name and a password, as Basic has them."""
    try:
        return b":" in base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False


def _may_be_drawn(value: str) -> bool:
    """Words of a page that ask for a password have no digits; passwords and keys do."""
    return any(letter.isdigit() for letter in value) and any(letter.isalpha() for letter in value)
