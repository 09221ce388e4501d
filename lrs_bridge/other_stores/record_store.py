"""Speaking to somebody else's record store over HTTP, believing nothing it says: sizes, times and addresses are bounded.

Redirects are not followed, `more` leads only to the same scheme, host and port, and an answer that is compressed or too long is not read.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import HTTPBasicAuth
from urllib3.exceptions import HTTPError

_CONNECT_SECONDS, _READ_SECONDS, _ANSWER_SECONDS = 10, 30, 60
_LARGEST = 32 * 2**20
_LONGEST_WAIT = 24 * 3600


class Trouble(Exception):
    """Nothing can be said to the other side now. `reason` may be shown; `retry_after` is what it asked for, in seconds."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.retry_after = reason, retry_after


class TooLong(Trouble):
    """The answer is longer than what is read."""


class Stopped(Trouble):
    """Trying again will not help: somebody must change the credentials or the rights there."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def said(self) -> str:
        """The beginning of the answer as one line of text that is safe to show."""
        text = self.body[:400].decode("utf-8", "replace")
        return " ".join("".join(character if character.isprintable() else " " for character in text).split())


@dataclass(frozen=True, slots=True)
class RecordStore:
    """One store and the credentials it knows us by. `largest` is the longest answer that is read, in bytes; it may be silent for
    `read_seconds`, and take `answer_seconds` in all."""

    endpoint: str
    version: str
    name: str
    secret: str = field(repr=False)
    largest: int = _LARGEST
    read_seconds: float = _READ_SECONDS
    answer_seconds: float = _ANSWER_SECONDS
    session: requests.Session = field(default_factory=requests.Session, repr=False)

    def post(self, body: bytes, content_type: str) -> Answer:
        """Sends statements. Raises `Trouble`."""
        return self._ask("POST", f"{self.endpoint}/statements", {"Content-Type": content_type}, body, {})

    def statements(self, parameters: Mapping[str, str]) -> Answer:
        """Asks for statements. Raises `Trouble`."""
        return self._ask("GET", f"{self.endpoint}/statements", {}, None, parameters)

    def more(self, link: str) -> Answer:
        """Follows `more` of an answer, which must lead to the same origin. Raises `Trouble`."""
        url = urljoin(self.endpoint + "/", link)
        if _origin(url) != _origin(self.endpoint):
            raise Trouble(f"its `more` leads to another host, {_shown_host(url)}")
        return self._ask("GET", url, {}, None, {})

    def _ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, parameters: Mapping[str, str]) -> Answer:
        ours = {"X-Experience-API-Version": self.version, "Accept-Encoding": "identity", "User-Agent": "cme-bridge"}
        try:
            with self.session.request(
                method,
                url,
                params=dict(parameters),
                headers=ours | dict(headers),
                data=body,
                auth=HTTPBasicAuth(self.name.encode(), self.secret.encode()),  # as UTF-8: requests alone would say Latin-1
                timeout=(_CONNECT_SECONDS, self.read_seconds),
                allow_redirects=False,
                stream=True,
            ) as response:
                return Answer(response.status_code, response.headers, self._read(response))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            # Its text may hold the whole address; the kind of error is enough.
            raise Trouble(f"{_shown_host(url)} was not reached ({type(error).__name__})") from None

    def _read(self, response: requests.Response) -> bytes:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise Trouble("its answer is compressed, which was not asked for")
        read, until = bytearray(), time.monotonic() + self.answer_seconds
        while chunk := response.raw.read1(65_536):
            read += chunk
            if len(read) > self.largest:
                raise TooLong(f"its answer is longer than {self.largest} bytes")
            if time.monotonic() > until:
                raise Trouble(f"its answer takes longer than {self.answer_seconds:.0f} seconds")
        return bytes(read)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _shown_host(url: str) -> str:
    return (urlsplit(url).hostname or "?")[:100]


def raise_for_trouble(answer: Answer, now: datetime) -> None:
    """Raises for every answer that says nothing about what was asked or sent, but about who, where or when."""
    if answer.status in (401, 403):
        raise Stopped(f"it does not accept our credentials: {answer.status} {answer.said()}")
    if answer.status in (404, 405, 410, 501) or 300 <= answer.status < 400 or answer.status < 200:
        raise Trouble(f"there is no record store at its address: {answer.status}{_place(answer)}")
    if answer.status in (408, 425, 429) or answer.status >= 500:
        raise Trouble(f"it is busy or broken: {answer.status} {answer.said()}", _retry_after(answer, now))


def _place(answer: Answer) -> str:
    location = answer.headers.get("Location")
    return f", it sends on to {_shown_host(location)}" if location else ""


def _retry_after(answer: Answer, now: datetime) -> float | None:
    """RFC 9110 §10.2.3: seconds, or a date; at most a day is waited for it."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), _LONGEST_WAIT)
    try:
        return min(max((parsedate_to_datetime(said) - now).total_seconds(), 0.0), _LONGEST_WAIT)
    except (TypeError, ValueError, OverflowError):
        return None
