"""multipart/mixed from whoever sends it: read in one way or refused, and bytes stay bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs_bridge.refusals import Malformed
from lrs_bridge.xapi.multipart import Part, parts, written

TYPE = "multipart/mixed; boundary=abc"


def body(*pieces: bytes, boundary: bytes = b"abc") -> bytes:
    """Each piece between two lines of the boundary."""
    return b"".join(b"--" + boundary + b"\r\n" + piece + b"\r\n" for piece in pieces) + b"--" + boundary + b"--\r\n"


def refused(content_type: str, data: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        parts(content_type, data)
    assert [problem.code for problem in caught.value.problems] == ["malformed-multipart"]


def test_it_works() -> None:
    found = parts(TYPE, body(b"Content-Type: application/json\r\n\r\n{}", b"X-A: 1\r\nX-B:2 \r\n\r\n\x00\xff"))
    assert found == (Part({"content-type": "application/json"}, b"{}"), Part({"x-a": "1", "x-b": "2"}, b"\x00\xff"))


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ('multipart/mixed; boundary="abc"', b"abc"),
        ("Multipart/Mixed;charset=utf-8;BOUNDARY=abc", b"abc"),
        ('multipart/mixed; boundary="a (b)=c:d/e?f"', b"a (b)=c:d/e?f"),
        ('multipart/mixed; boundary="a\\bc"', b"abc"),
        ("multipart/mixed; boundary=" + "x" * 70, b"x" * 70),
    ],
)
def test_takes_the_boundaries_that_there_may_be(content_type: str, boundary: bytes) -> None:
    assert parts(content_type, body(b"\r\nhello", boundary=boundary))[0].body == b"hello"


def test_leaves_out_what_stands_before_and_behind() -> None:
    (part,) = parts(TYPE, b"for old readers\r\n--abc \t\r\n\r\nhello\r\n--abc--\r\nand more\r\n--abc\r\n\r\nnot this\r\n--abc--")
    assert part == Part({}, b"hello")


def test_takes_a_line_that_only_begins_like_the_boundary_for_content() -> None:
    content = b"\r\n--abcd\r\n--ab\r\n --abc\r\n--abc-x"
    (part,) = parts(TYPE, body(b"\r\n" + content))
    assert part.body == content


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/mixed",
        "multipart/mixed; boundary=",
        'multipart/mixed; boundary=""',
        "multipart/mixed; boundary=abc; boundary=abd",
        "multipart/mixed; boundary=" + "x" * 71,
        'multipart/mixed; boundary="abc "',
        "multipart/mixed; boundary=a\u00e9c",
        'multipart/mixed; boundary="a\r\nc"',
        "multipart/mixed; x=boundary=abc;",
    ],
)
def test_refuses_boundaries_that_there_cannot_be(content_type: str) -> None:
    refused(content_type, body(b"\r\nhello"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"--abc",
        b"--abc--",
        b"--abc\r\n\r\nhello",
        b"--abc\r\n\r\nhello\r\n--abc",
        b"--abc\n\nhello\n--abc--",
        b"hello",
        body(b"no headers' end"),
        body(b"no colon\r\n\r\nhello"),
        body(b"X A: 1\r\n\r\nhello"),
        body(b"X-A: 1\r\n  folded\r\n\r\nhello"),
        body(b"X-A: 1\r\nx-a: 2\r\n\r\nhello"),
        body(b"X-A: 1\x00\r\n\r\nhello"),
        body(b"X-A: 1\nX-B: 2\r\n\r\nhello"),
        body(b": 1\r\n\r\nhello"),
        body(b"X-A: " + b"1" * 17_000 + b"\r\n\r\nhello"),
        body(*[b"\r\n"] * 1_001),
    ],
)
def test_refuses_what_two_readers_may_read_differently(data: bytes) -> None:
    refused(TYPE, data)


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=6))
def test_gives_back_what_was_written(contents: list[bytes]) -> None:
    sent = [Part({"Content-Type": "application/octet-stream"}, content) for content in contents]
    boundary = "0123456789abcdef0123456789abcdef"
    found = parts(f"multipart/mixed; boundary={boundary}", written(sent, boundary))
    assert [part.body for part in found] == contents


@given(st.binary(max_size=400), st.integers(0, 3))
def test_never_breaks_on_what_it_is_given(noise: bytes, count: int) -> None:
    data = (b"--abc\r\n" * count) + noise.replace(b"|", b"\r\n--abc") + b"\r\n--abc--"
    try:
        found = parts(TYPE, data)
    except Malformed:
        return
    assert all(b"\r\n--abc\r\n" not in part.body for part in found)
