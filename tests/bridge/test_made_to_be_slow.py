"""What is sent to keep the bridge busy is answered like anything else: work grows with what was sent, never with its square.

Each of these took minutes to hours before; the half minute that they are given is for busy machines, and says nothing about speed.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from lrs_bridge.refusals import Malformed
from lrs_bridge.xapi import multipart, parameters
from lrs_bridge.xapi.parse import value_of
from lrs_bridge.xapi.statement import MOST, problems
from tests.bridge.builders import ABridge, a_statement

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no alarm")
_SECONDS = 30


class TooLong(BaseException):
    """Nothing catches it."""


@contextmanager
def an_alarm() -> Iterator[None]:
    def rings(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, rings)
    signal.alarm(_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def an_object_with_a_key_twice() -> bytes:
    return b"{" + b",".join(b'"%d":1' % n for n in range(200_000)) + b',"199999":2}'


def a_string_that_never_ends_below_many_brackets() -> bytes:
    return b"[" * 201 + b'"' + b'\\"' * 300_000


JUDGED: dict[str, Callable[[], object]] = {
    "a key twice": lambda: value_of(an_object_with_a_key_twice()),
    "a string without end": lambda: value_of(a_string_that_never_ends_below_many_brackets()),
    "a part's header of blanks": lambda: multipart.parts(
        "multipart/mixed; boundary=b", b"--b\r\nX-A:" + b" " * 15_000 + b"\x01\r\n\r\n--b--\r\n"
    ),
    "a content type of one word": lambda: multipart.parts("multipart/mixed; " + "a" * 300_000, b""),
    "a content type of blanks": lambda: multipart.parts("multipart/mixed; a" + " " * 300_000 + "b", b""),
    "parameters given twice": lambda: parameters.read([(f"p{n // 2}", "") for n in range(100_000)], {}, {}),
}


@pytest.mark.parametrize("name", JUDGED)
def test_it_is_refused_in_time(name: str) -> None:
    with an_alarm(), pytest.raises(Malformed):
        JUDGED[name]()


def test_components_with_one_id_twice_are_judged_in_time() -> None:
    choices = [{"id": str(n)} for n in range(100_000)] + [{"id": "99999"}]
    said = {"object": {"id": "urn:x", "definition": {"interactionType": "choice", "choices": choices}}}
    with an_alarm():
        assert [problem.code for problem in problems(a_statement(**said), "1.0.3")] == ["repeated-id"]


# --- much at once -------------------------------------------------------------------------------


def test_of_very_many_problems_a_thousand_are_said() -> None:
    """A refusal of a million problems would take more memory than there is."""
    assert len(problems(a_statement(**{f"p{n}": n for n in range(50_000)}), "1.0.3")) == MOST == 1000


def a_bad_statement(n: int) -> dict[str, object]:
    return {f"p{each}": n for each in range(30)}


def test_of_many_bad_statements_every_one_is_named(on_sqlite: ABridge) -> None:
    answer = on_sqlite.posts(*(a_bad_statement(n) for n in range(3000)))
    named = {problem["where"].partition(":")[0] for problem in answer.json["problems"]}
    assert (len(named), len(answer.json["problems"])) == (3000, 3000)


def test_a_batch_in_which_an_id_stands_twice_is_refused_in_time(on_sqlite: ABridge) -> None:
    batch = [a_statement(id=f"{n:08x}-2f0e-4a53-8a44-0d6a1f8f2a10") for n in range(9_999)]
    with an_alarm():
        assert on_sqlite.posts(*batch, batch[0]).status_code == 400


def test_more_statements_than_are_kept_at_once_are_refused(on_sqlite: ABridge) -> None:
    """xAPI 1.0.3 Communication 3.2: 413. While one batch is kept nobody else's is."""
    assert on_sqlite.posts(*[{}] * 10_001).status_code == 413


def test_a_learner_who_names_very_many_foreign_activities_is_told_of_a_thousand(on_sqlite: ABridge) -> None:
    launched = on_sqlite.registers().launched()
    foreign = {"contextActivities": {"parent": [{"id": f"urn:{n}"} for n in range(5000)]}}
    answer = on_sqlite.posts(a_statement(context=foreign), headers=launched.headers)
    assert (answer.status_code, len(answer.json["problems"])) == (403, MOST)
