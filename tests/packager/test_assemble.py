"""A zip is written in one step, and the same members give the same bytes."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.assemble import Bytes, Copy, Member, assemble

RELEASED = date(2026, 12, 1)
MEMBERS: tuple[Member, ...] = (Bytes("index.html", b"<p>" * 100), Bytes("player/a.js", b"var a;"), Bytes("content/film.mp4", b"film" * 100))


def infos(path: Path) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(path) as package:
        return package.infolist()


def test_it_works(tmp_path: Path) -> None:
    with zipfile.ZipFile(assemble(MEMBERS, tmp_path / "a.zip", stamp=RELEASED)) as package:
        assert package.testzip() is None
        assert package.read("player/a.js") == b"var a;"


def test_sorts_its_members(tmp_path: Path) -> None:
    names = [info.filename for info in infos(assemble(MEMBERS, tmp_path / "a.zip", stamp=RELEASED))]
    assert names == ["content/film.mp4", "index.html", "player/a.js"]


def test_stamps_every_member_with_the_release_date(tmp_path: Path) -> None:
    stamps = {info.date_time for info in infos(assemble(MEMBERS, tmp_path / "a.zip", stamp=RELEASED))}
    assert stamps == {(2026, 12, 1, 0, 0, 0)}


@pytest.mark.parametrize("stamp", [None, date(1969, 7, 20)])
def test_stamps_with_the_first_day_of_zip_when_there_is_no_release_date_that_fits(tmp_path: Path, stamp: date | None) -> None:
    assert {info.date_time for info in infos(assemble(MEMBERS, tmp_path / "a.zip", stamp=stamp))} == {(1980, 1, 1, 0, 0, 0)}


def test_stores_media_and_deflates_text(tmp_path: Path) -> None:
    kinds = {info.filename: info.compress_type for info in infos(assemble(MEMBERS, tmp_path / "a.zip", stamp=RELEASED))}
    assert kinds == {"content/film.mp4": zipfile.ZIP_STORED, "index.html": zipfile.ZIP_DEFLATED, "player/a.js": zipfile.ZIP_DEFLATED}


def test_writes_fixed_permissions_and_no_extra_fields(tmp_path: Path) -> None:
    members = infos(assemble(MEMBERS, tmp_path / "a.zip", stamp=None))
    found = {(info.external_attr >> 16, info.extra, info.create_system) for info in members}
    assert found == {(0o100644, b"", 3)}


@given(st.randoms(use_true_random=False))
def test_gives_the_same_bytes_in_whatever_order_members_come(tmp_path_factory: pytest.TempPathFactory, chance: random.Random) -> None:
    folder = tmp_path_factory.mktemp("zips")
    shuffled = list(MEMBERS)
    chance.shuffle(shuffled)
    first, second = assemble(MEMBERS, folder / "a.zip", stamp=RELEASED), assemble(shuffled, folder / "b.zip", stamp=RELEASED)
    assert first.read_bytes() == second.read_bytes()


def test_gives_the_same_bytes_whenever_the_files_were_written(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    member = Copy("content/film.mp4", film, 4)
    first = assemble([member], tmp_path / "a.zip", stamp=RELEASED).read_bytes()
    os.utime(film, (0, 0))
    film.chmod(0o600)
    assert assemble([member], tmp_path / "b.zip", stamp=RELEASED).read_bytes() == first


def test_leaves_the_older_package_when_a_file_has_changed(tmp_path: Path) -> None:
    target = assemble(MEMBERS, tmp_path / "a.zip", stamp=RELEASED)
    before = target.read_bytes()
    (tmp_path / "film.mp4").write_bytes(b"other")
    changed = Copy("film.mp4", tmp_path / "film.mp4", 5, hashlib.sha256(b"films").hexdigest())
    with pytest.raises(ProblemsFound, match="file-changed-while-building"):
        assemble([changed], target, stamp=RELEASED)
    assert (target.read_bytes(), sorted(path.name for path in tmp_path.iterdir())) == (before, ["a.zip", "film.mp4"])


def test_names_a_file_that_has_gone(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="file-changed-while-building"):
        assemble([Copy("film.mp4", tmp_path / "film.mp4", 5)], tmp_path / "a.zip", stamp=RELEASED)


def test_needs_no_memory_for_a_long_film(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as out:
        out.truncate(256 << 20)  # a sparse file: nothing is written to the disk
    tracemalloc.start()
    assemble([Copy("film.mp4", film, 256 << 20)], tmp_path / "a.zip", stamp=RELEASED)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


def test_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    script = (
        "import sys, datetime, pathlib; from scorm_packager.assemble import *;"
        "assemble([Bytes(n, n.encode() * 99) for n in {'a.js', 'b.css', 'c.html', 'd.svg'}], pathlib.Path(sys.argv[1]), stamp=None)"
    )
    made = []
    for seed in ("1", "2"):
        target = tmp_path / f"{seed}.zip"
        subprocess.run([sys.executable, "-c", script, str(target)], check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append(target.read_bytes())
    assert made[0] == made[1]
