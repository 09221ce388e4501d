"""Opening anybody's zip: nothing dangerous is read, and everything objectionable is named."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from scorm_packager.activity.problems import ProblemsFound, Severity
from scorm_packager.archive import DEFAULT, Limits, opened, trusted
from tests.packager.builders import a_zip, codes


def problems_of(path: Path, limits: Limits = DEFAULT) -> list[str]:
    try:
        with opened(path, limits) as (_, problems):
            return codes(problems)
    except ProblemsFound as found:
        return codes(found.problems)


def zip_with_name(path: Path, name: str, *, mode: int = 0o100644, flag: int = 0) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        info.external_attr = mode << 16
        made.writestr(info, b"x")
    return path


def test_it_works(tmp_path: Path) -> None:
    with opened(a_zip(tmp_path / "a.zip", {"index.html": "<p>", "folder/": "", "folder/a.txt": "A"})) as (archive, problems):
        assert (archive.names, archive.read("folder/a.txt"), problems) == (("index.html", "folder/a.txt"), b"A", ())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../evil.js", "name-climbs"),
        ("a/../../evil.js", "name-climbs"),
        ("..\\evil.js", "name-climbs"),
        ("/etc/passwd", "name-absolute"),
        ("\\\\server\\share", "name-absolute"),
        ("C:/evil.js", "name-with-drive"),
        ("folder\\evil.js", "name-backslash"),
        ("evil\x01.js", "name-control-character"),
        ("a//b.js", "name-empty-part"),
        ("./a.js", "name-empty-part"),
    ],
)
def test_names_a_path_that_would_be_written_elsewhere(tmp_path: Path, name: str, code: str) -> None:
    assert code in problems_of(zip_with_name(tmp_path / "a.zip", name))


def test_names_a_name_that_hides_behind_a_nul(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", {"harmlessXevil.js": "x"})
    path.write_bytes(path.read_bytes().replace(b"harmlessXevil.js", b"harmless\0evil.js"))
    assert "name-control-character" in problems_of(path)


def test_names_a_symbolic_link(tmp_path: Path) -> None:
    assert problems_of(zip_with_name(tmp_path / "a.zip", "link", mode=stat.S_IFLNK | 0o777)) == ["zip-link"]


def test_names_a_device(tmp_path: Path) -> None:
    assert problems_of(zip_with_name(tmp_path / "a.zip", "device", mode=stat.S_IFCHR | 0o600)) == ["zip-special-file"]


def test_names_a_file_name_that_is_not_marked_as_utf_8(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", {"figureX.png": "x"})
    path.write_bytes(path.read_bytes().replace(b"figureX.png", b"figure\x84.png"))
    assert problems_of(path) == ["name-not-utf-8"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_two_members_of_one_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a.js", "1")
        made.writestr("a.js", "2")
    assert problems_of(tmp_path / "a.zip") == ["name-twice"]


def test_names_two_members_that_differ_in_case_only(tmp_path: Path) -> None:
    assert problems_of(a_zip(tmp_path / "a.zip", {"A.js": "1", "a.js": "2"})) == ["name-twice-but-for-case"]


def test_warns_of_an_archive_in_the_archive(tmp_path: Path) -> None:
    with opened(a_zip(tmp_path / "a.zip", {"inner.zip": "PK"})) as (_, problems):
        assert [(each.code, each.severity) for each in problems] == [("zip-nested", Severity.WARNING)]


def test_reads_nothing_of_a_zip_bomb(tmp_path: Path) -> None:
    assert problems_of(a_zip(tmp_path / "a.zip", {"zeros.txt": b"\0" * (4 << 20)})) == ["zip-bomb"]


def test_reads_nothing_of_members_that_share_their_bytes(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", {"a.txt": "A" * 50, "b.txt": "B" * 50})
    data = bytearray(path.read_bytes())
    second_entry = data.rindex(b"PK\x01\x02")
    data[second_entry + 42 : second_entry + 46] = struct.pack("<I", 0)  # the local header of the first member
    path.write_bytes(data)
    assert problems_of(path) == ["zip-overlap"]


def test_reads_nothing_of_an_encrypted_zip(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", {"a.txt": "A"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert problems_of(path) == ["zip-encrypted"]


def test_reads_nothing_of_a_zip_with_too_many_members(tmp_path: Path) -> None:
    path = a_zip(tmp_path / "a.zip", {f"{number}.txt": "" for number in range(11)})
    assert problems_of(path, Limits(members=10)) == ["zip-too-many-files"]


def test_reads_nothing_of_a_zip_that_is_too_large(tmp_path: Path) -> None:
    assert problems_of(a_zip(tmp_path / "a.zip", {"a.txt": "A" * 11}), Limits(total=10)) == ["zip-too-large"]


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>", b"PK\x05\x06" + b"\xff" * 18])
def test_refuses_what_is_no_zip(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert problems_of(path) == ["not-a-zip"]


def test_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "none.zip") == ["file-unreadable"]


def test_finds_a_member_whose_bytes_were_changed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a.txt", "unmistakable")
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes().replace(b"unmistakable", b"UNMISTAKABLE"))
    with opened(tmp_path / "a.zip") as (archive, _):
        assert codes(archive.damage()) == ["member-damaged"]


def test_a_trusted_archive_has_no_error_in_its_names(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="name-climbs"), trusted(zip_with_name(tmp_path / "a.zip", "../a.js")):
        pass
