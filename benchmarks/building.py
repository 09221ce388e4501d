"""A package built, beside the same files put into a zip by the standard library alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import seconds
from scorm_packager.rehearsal import activity_of, packages

EXAMPLE = Path(__file__).parent.parent / "examples" / "af-anticoagulation"


def measure(folder: Path) -> Iterator[str]:
    definition, source = activity_of(EXAMPLE)
    built = packages(definition, source, None, None, folder / "out", ("scorm-1.2",))[0].file
    with zipfile.ZipFile(built) as archive:
        files = [(info.filename, archive.read(info), info.compress_type) for info in archive.infolist()]

    def plain() -> None:
        with zipfile.ZipFile(folder / "plain.zip", "w") as archive:
            for name, data, kind in files:
                archive.writestr(name, data, compress_type=kind)

    floor = seconds(plain)
    ours = seconds(lambda: packages(definition, source, None, None, folder / "out", ("scorm-1.2",)))
    checked = seconds(lambda: activity_of(EXAMPLE))
    yield f"plain zip of the same {len(files)} files: {floor * 1000:.0f} ms"
    yield f"package planned, rendered, zipped and verified: {ours * 1000:.0f} ms, {ours / floor:.1f} × the plain zip"
    yield f"activity loaded, checked and defined besides: {checked * 1000:.0f} ms"
