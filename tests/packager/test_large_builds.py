"""A long film goes through a build in pieces: stored, not deflated, and never whole in memory."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from scorm_packager.activity.resources import templates

MEBIBYTE = 1 << 20

# In a process of its own, since what a process once had is counted for ever.
_BUILD = """
import json, resource, sys
from click.testing import CliRunner
from scorm_packager.cli import main
done = CliRunner().invoke(main, ["build", sys.argv[1], "--format", "scorm-1.2", "--out", sys.argv[2], "--json"])
assert done.exit_code == 0, done.output
print(json.dumps({"package": json.loads(done.stdout)[0]["file"], "kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


def activity(folder: Path, size: int) -> Path:
    """An activity with a film of this many bytes, which do not shrink."""
    shutil.copytree(templates() / "activities" / "article", folder)
    with (folder / "content" / "film.mp4").open("wb") as film:  # in pieces: a process begins with the most that its parent ever had
        film.write(b"\0\0\0\x18ftypmp42")
        for _ in range(size // 1024):
            film.write(bytes(range(256)) * 4)
    (folder / "content" / "film.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:09.000\nWelcome.\n", encoding="utf-8")
    (folder / "content" / "film.md").write_text("# Film\n\nWelcome.\n", encoding="utf-8")
    file = folder / "activity.yaml"
    entry = '  - {video: content/film.mp4, captions: content/film.vtt, transcript: content/film.md, title: "Film", minutes: 1}\n'
    head, found, tail = file.read_text(encoding="utf-8").partition("contents:\n")
    assert found
    file.write_text(head + found + entry + tail, encoding="utf-8")
    return folder


def built(folder: Path, out: Path) -> tuple[Path, int]:
    """The package, and the most memory that its build had, in bytes."""
    done = subprocess.run([sys.executable, "-c", _BUILD, str(folder), str(out)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    return Path(said["package"]), said["kilobytes"] * 1024


def test_a_film_of_sixty_megabytes_needs_hardly_more_memory_than_one_of_a_kilobyte(tmp_path: Path) -> None:
    _, little = built(activity(tmp_path / "short", 1024), tmp_path / "out")
    package, much = built(activity(tmp_path / "long", 60 * MEBIBYTE), tmp_path / "out")
    assert package.stat().st_size > 60 * MEBIBYTE
    assert much - little < 12 * MEBIBYTE


def test_films_are_stored_and_texts_are_deflated(tmp_path: Path) -> None:
    package, _ = built(activity(tmp_path / "short", MEBIBYTE), tmp_path / "out")
    with zipfile.ZipFile(package) as archive:
        kinds = {Path(info.filename).suffix: info.compress_type for info in archive.infolist()}
    assert (kinds[".mp4"], kinds[".js"], kinds[".vtt"], kinds[".html"]) == (zipfile.ZIP_STORED, *[zipfile.ZIP_DEFLATED] * 3)
