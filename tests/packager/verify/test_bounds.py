"""What an outsider sends neither keeps the judge busy nor fills its memory."""

from __future__ import annotations

import random
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm_packager.archive import Limits
from scorm_packager.verify.judge import Reading, judge
from tests.packager.builders import a_zip, codes
from tests.packager.verify.packages import STANDARDS, Files, good
from tests.packager.verify.seeded import Change, Fault, manifest, script, stored, style, tag, unlisted

MEBIBYTE = 1 << 20


def judged(folder: Path, change: Change, standard: str = "xapi") -> list[str]:
    return codes(judge(Fault("none", change, pack=stored).package(folder, standard)))


@pytest.mark.parametrize(
    ("code", "limits"),
    [("zip-too-many-files", Limits(members=3)), ("zip-too-large", Limits(total=100)), ("name-too-long", Limits(name=9))],
)
def test_a_zip_beyond_a_limit_is_named(tmp_path: Path, code: str, limits: Limits) -> None:
    assert codes(judge(a_zip(tmp_path / "a.zip", good("xapi")), limits))[0] == code


def test_a_manifest_beyond_the_limit_of_texts_is_named(tmp_path: Path) -> None:
    assert codes(judge(a_zip(tmp_path / "a.zip", good("xapi")), Limits(text=100)))[0] == "member-too-large"


def test_a_manifest_of_more_than_8_mebibytes_is_named(tmp_path: Path) -> None:
    long = "<a>" + "".join(map(str, range(1_400_000))) + "</a>"
    assert codes(judge(a_zip(tmp_path / "a.zip", {**good("xapi"), "tincan.xml": long}))) == ["xml-too-large"]


def test_members_that_share_their_bytes_are_named(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", good("xapi"))
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = bytes(4)  # the second member begins where the first one does
    path.write_bytes(data)
    assert "zip-overlap" in codes(judge(path))


def test_what_cannot_be_read_at_all_is_named(tmp_path: Path) -> None:
    assert codes(judge(tmp_path / "gone.zip")) == ["file-unreadable"]


@pytest.mark.parametrize("text", ["<![CDATA[", "<!doctype", "<a b='", "<!", "&#xFFFFFFFF;", "<script>", "\0" * 10])
def test_no_broken_page_breaks_the_judge(tmp_path: Path, text: str) -> None:
    assert "member-damaged" not in judged(tmp_path, lambda files, _: {**files, "index.html": text})


@pytest.mark.parametrize("href", ["http://[", "%", "%zz", "//", "?", "#", "?" * 3, "a" * 3000])
def test_no_broken_address_breaks_the_judge(tmp_path: Path, href: str) -> None:
    assert judged(tmp_path, manifest('"lib/run.js"', f'"{href}"'), "scorm-1.2") != []


def ending(text: str) -> Change:
    """The start page with nothing after `text`."""
    return lambda files, _: {**files, "index.html": f"<!doctype html>{text}"}


HOSTILE: dict[str, Change] = {
    "script of comments": script("/*a" * 200_000),
    "script of regular expressions": script("=/[" * 200_000),
    "script of backticks": script("=`" * 200_001),
    "script of calls": script("eval(1);" * 200_000),
    "script of opened requests": script('x.open("GET",' * 50_000),
    "script of last words": script('"unload",(' * 50_000),
    "script of settings": script('SetValue("cmi.exit",' * 50_000),
    "script of stamps": script('SetValue("timestamp"' * 50_000 + " toISOString"),
    "page of open tags": tag("<a " * 100_000),
    "page of open comments": tag("<!--" * 100_000),
    "page of open declarations": tag("<!" * 100_000),
    "page of open attributes": tag("<a b='" * 100_000),
    "page that ends in open tags": ending("<title" * 100_000),
    "page that ends in open comments": ending("<!--" * 200_000),
    "page that ends in open attributes": ending("<a b='x' c='" * 50_000),
    "page that ends in open sections": ending("<![CDATA[>" * 50_000),
    "style of comments": style("/*a" * 200_000),
    "style of addresses": style("url(" * 200_000),
    "manifest of files": manifest("</resource>", '<file href="x"/>' * 30_000 + "</resource>"),
}  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_no_text_keeps_the_judge_busy(tmp_path: Path, change: Change) -> None:
    package = Fault("none", change, pack=stored).package(tmp_path, "scorm-1.2")
    began = time.process_time()
    judge(package)
    assert time.process_time() - began < 20


def test_what_strangers_wrote_does_not_steer_the_terminal(tmp_path: Path) -> None:
    files: Files = {**good("xapi"), "\x1b[2Jüa.png": "PNG", "lib/run.js": "endpoint, fetch;"}
    files["index.html"] = str(files["index.html"]).replace("<body>", '<body><img alt="" src="\x1b]0;a\u202egnp.png">')
    told = "".join(f"{problem.where}{problem.message}" for problem in judge(a_zip(tmp_path / "a.zip", files)))
    assert ("\\x1b[2J" in told, "\\x1b]0;a\\u202egnp.png" in told, told.isprintable()) == (True, True, True)


def test_many_findings_of_a_kind_are_told_once_with_their_number(tmp_path: Path) -> None:
    problems = judge(Fault("none", script("eval(1);\n" * 50)).package(tmp_path, "xapi"))
    assert [problem.code for problem in problems] == ["eval"] * 3
    assert problems[-1].message.endswith("(47 more like this.)")


def test_of_thousands_of_faulty_texts_a_hundred_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    files: Files = {**good("xapi"), **{f"lib/{number:04}.js": "eval(1);" for number in range(500)}}
    problems = judge(a_zip(tmp_path / "a.zip", files))
    assert len(problems) == 101
    assert sum("(399 more like this from here on.)" in problem.message for problem in problems) == 1


# --- memory ---------------------------------------------------------------------------------------


def peak(package: Path) -> int:
    """Bytes that judging takes at most, above what was there before."""
    tracemalloc.start()
    try:
        assert [problem.code for problem in judge(package) if problem.code != "text-unread"] == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def with_video(path: Path, mebibytes: int) -> Path:
    block = random.Random(1).randbytes(MEBIBYTE)  # so that it is no bomb
    with zipfile.ZipFile(path, "w") as made:
        for name, data in good("xapi").items():
            made.writestr(name, data)
        with made.open("stroke.mp4", "w", force_zip64=True) as video:
            for _ in range(mebibytes):
                video.write(block)
    return path


def test_a_video_takes_no_memory(tmp_path: Path) -> None:
    small, large = peak(with_video(tmp_path / "a.zip", 4)), peak(with_video(tmp_path / "b.zip", 192))
    assert large < small + 2 * MEBIBYTE


def test_texts_take_no_more_memory_than_the_largest_of_them(tmp_path: Path) -> None:
    text = "a = 1;\n" * 30_000
    few: Files = {**good("xapi"), "lib/0.js": text}
    many: Files = {**good("xapi"), **{f"lib/{number}.js": text for number in range(30)}}
    stored(tmp_path / "a.zip", few)
    stored(tmp_path / "b.zip", many)
    assert peak(tmp_path / "b.zip") < peak(tmp_path / "a.zip") + 2 * MEBIBYTE


def test_of_more_texts_than_are_read_the_rest_is_named(tmp_path: Path) -> None:
    files: Files = {**good("xapi"), **{f"{number}.txt": "a" * 4000 for number in range(4)}}
    [problem] = judge(a_zip(tmp_path / "a.zip", files), reading=Reading(together=15_000))
    assert (problem.code, problem.where.file) == ("text-unread", "3.txt")


# --- by chance ------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_spoiled_zip_breaks_the_judge(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("spoiled") / "a.zip"
    stored(path, good(data.draw(st.sampled_from(STANDARDS))))
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.integers(1, len(whole)))])
    for problem in judge(path):
        assert str(problem)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["index.html", "lib/run.js", "look.css", "tincan.xml"]))
def test_no_text_breaks_the_judge(tmp_path_factory: pytest.TempPathFactory, text: str, name: str) -> None:
    folder = tmp_path_factory.mktemp("texts")
    encoded = text.encode("utf-8", "replace")
    assert isinstance(codes(judge(a_zip(folder / "a.zip", {**good("xapi"), name: encoded}))), list)
    assert isinstance(judged(folder, unlisted("more.html", encoded)), list)
