"""Packages built, beside the same files put into a zip by the standard library alone, and by another packager.

Another packager: `npm install simple-scorm-packager` in a folder of its own, and SIMPLE_SCORM_PACKAGER=that folder.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import seconds
from scorm_packager.activity.resources import templates
from scorm_packager.rehearsal import activity_of, packages

EXAMPLE = Path(__file__).parent.parent / "examples" / "af-anticoagulation"
MEBIBYTE = 1 << 20
_FILM = {"quick": 64, "": 256, "full": 2048}  # mebibytes
_MANY = {"quick": 10, "": 30, "full": 100}
_ZIP = "import shutil, sys; shutil.make_archive(sys.argv[2], 'zip', sys.argv[1])"
_PEER = """
const [modules, source, out] = process.argv.slice(1);
require(modules)({version: '1.2', title: 'A', source, package: {zip: true, version: '1', outputFolder: out}}, () => process.exit(0));
"""


def measure(folder: Path) -> Iterator[str]:
    size = os.environ.get("BENCH", "")
    yield from _one(folder)
    yield from _commands(folder)
    yield from _film(folder, _FILM.get(size, _FILM[""]))
    yield from _many(folder, _MANY.get(size, _MANY[""]))


def _one(folder: Path) -> Iterator[str]:
    """In a process that has built before, as a service or a preview is."""
    definition, source = activity_of(EXAMPLE)

    def build() -> Path:
        return packages(definition, source, None, None, folder / "out", ("scorm-1.2",))[0].file

    files = _files(build())
    floor = seconds(lambda: _plain(files, folder / "plain.zip"))
    ours = seconds(build)
    checked = seconds(lambda: activity_of(EXAMPLE))
    yield f"plain zip of the same {len(files)} files: {floor * 1000:.0f} ms"
    yield f"package planned, rendered, zipped and verified: {ours * 1000:.0f} ms, {ours / floor:.1f} × the plain zip"
    yield f"activity loaded, checked and defined besides: {checked * 1000:.0f} ms"


def _commands(folder: Path) -> Iterator[str]:
    """Whole commands on the same content, the time to start included."""
    built = packages(*activity_of(EXAMPLE), None, None, folder / "commands", ("scorm-1.2",))[0].file
    tree = folder / "tree"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(tree)
    (tree / "imsmanifest.xml").unlink()
    floor = seconds(lambda: _run(sys.executable, "-c", _ZIP, str(tree), str(folder / "zipped")), 3)
    ours = seconds(lambda: _run(_packager(), "build", str(EXAMPLE), "--format", "scorm-1.2", "--out", str(folder / "ours")), 3)
    yield f"command, plain zip of the tree: {floor * 1000:.0f} ms; scorm-packager build: {ours * 1000:.0f} ms, {ours / floor:.1f} ×"
    modules = os.environ.get("SIMPLE_SCORM_PACKAGER")
    if not modules:
        yield "simple-scorm-packager: not measured (SIMPLE_SCORM_PACKAGER is not set)"
        return
    peer = seconds(lambda: _peer(Path(modules), tree, folder / "peer"), 3)
    yield f"command, simple-scorm-packager on the same tree: {peer * 1000:.0f} ms; ours takes {ours / peer:.2f} × as long"


def _film(folder: Path, mebibytes: int) -> Iterator[str]:
    """A long film: what counts is then how often its bytes are read."""
    activity = Path(shutil.copytree(templates() / "activities" / "article", folder / "film"))
    with (activity / "content" / "film.mp4").open("wb") as film:
        for _ in range(mebibytes):
            film.write(os.urandom(MEBIBYTE))
    (activity / "content" / "film.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:09.000\nWelcome.\n", encoding="utf-8")
    (activity / "content" / "film.md").write_text("# Film\n\nWelcome.\n", encoding="utf-8")
    entry = '  - {video: content/film.mp4, captions: content/film.vtt, transcript: content/film.md, title: "Film", minutes: 1}\n'
    file = activity / "activity.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("contents:\n", f"contents:\n{entry}", 1), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    ours = seconds(lambda: _run(_packager(), "build", str(activity), "--format", "scorm-1.2", "--out", str(folder / "films")), 1)
    most = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    [built] = (folder / "films").glob("*.zip")
    files = folder / "unpacked"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(files)
    floor = seconds(lambda: _streamed(files, folder / "plain.zip"), 1)
    beside = f"{ours / floor:.2f} × a plain zip ({floor:.1f} s)"
    yield f"command with a film of {mebibytes} MiB: {ours:.1f} s, {beside}; at most {most / 1024:.0f} MiB of memory"
    for each in (activity, files, folder / "films"):
        shutil.rmtree(each)


def _many(folder: Path, count: int) -> Iterator[str]:
    shelf = folder / "shelf"
    for number in range(count):
        copy = Path(shutil.copytree(templates() / "activities" / "article", shelf / f"{number:03}"))
        file = copy / "activity.yaml"
        file.write_text(
            file.read_text(encoding="utf-8").replace("/activities/hand-hygiene", f"/activities/a-{number:03}", 1), encoding="utf-8"
        )
    words = (_packager(), "build", str(shelf), "--format", "scorm-1.2", "--out", str(folder / "shelved"))
    alone = seconds(lambda: _run(*words, "--jobs", "1"), 1)
    jobs = os.cpu_count() or 1
    together = seconds(lambda: _run(*words, "--jobs", str(jobs)), 1)
    yield f"{count} activities, one at a time: {alone:.1f} s; {jobs} at a time: {together:.1f} s, {together / count * 1000:.0f} ms each"


def _files(package: Path) -> list[tuple[str, bytes, int]]:
    with zipfile.ZipFile(package) as archive:
        return [(info.filename, archive.read(info), info.compress_type) for info in archive.infolist()]


def _plain(files: list[tuple[str, bytes, int]], target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for name, data, kind in files:
            archive.writestr(name, data, compress_type=kind)


def _streamed(tree: Path, target: Path) -> None:
    """Films stored, the rest deflated, as a package has them."""
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(tree.rglob("*")):
            kind = zipfile.ZIP_STORED if file.suffix == ".mp4" else zipfile.ZIP_DEFLATED
            archive.write(file, file.relative_to(tree), compress_type=kind)


def _peer(modules: Path, tree: Path, out: Path) -> None:
    """It writes its manifest and schema files into the tree that it packs: each run gets a tree of its own, which is not timed for long."""
    copy = Path(shutil.copytree(tree, out / "tree"))
    _run(_node(), "-e", _PEER, str(modules / "node_modules" / "simple-scorm-packager"), str(copy), str(out / "zips"))
    shutil.rmtree(out)


def _packager() -> str:
    return str(Path(sys.executable).parent / "scorm-packager")


def _node() -> str:
    return shutil.which("node") or str(Path(sys.executable).parent / "node")


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
