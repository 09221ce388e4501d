"""An activity says which of its requirements the report of another tool meets, and the definition carries it."""

from __future__ import annotations

from pathlib import Path

from scorm_packager.activity.definition import canonical, definition_of, parse
from scorm_packager.activity.load import load
from tests.packager.bad_activities import ACTIVITIES

H5P = "https://lms.northfield.example/mod/h5pactivity/view.php?id=77"


def an_activity(folder: Path, evidence: str) -> Path:
    """The good activity with this under `evidence`."""
    for path in sorted((ACTIVITIES / "good").rglob("*")):
        to = folder / path.relative_to(ACTIVITIES / "good")
        to.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            to.write_bytes(path.read_bytes())
    file = folder / "activity.yaml"
    file.write_text(file.read_text(encoding="utf-8") + f"\nevidence:\n{evidence}", encoding="utf-8")
    return folder


def test_the_definition_says_what_counts_elsewhere(tmp_path: Path) -> None:
    loaded = load(
        an_activity(tmp_path, f'  - {{object: "{H5P}", satisfies: "content:02-method", by: passed, from: [h5p], needed: true}}\n')
    )

    (found,) = definition_of(loaded.activity, loaded.source).evidence

    assert (found.object, found.satisfies, found.content) == (H5P, "content", "02-method")
    assert (found.by, found.from_, found.needed) == ("passed", ("h5p",), True)


def test_a_tool_that_is_not_named_may_be_any(tmp_path: Path) -> None:
    loaded = load(an_activity(tmp_path, '  - {object: "urn:articulate:storyline:6cuTEluHuA5", satisfies: post}\n'))

    (found,) = definition_of(loaded.activity, loaded.source).evidence

    assert (found.satisfies, found.content, found.from_, found.needed) == ("post", "", (), False)


def test_it_is_part_of_what_the_definition_is_known_by(tmp_path: Path) -> None:
    plain = load(ACTIVITIES / "good")
    changed = load(an_activity(tmp_path, f'  - {{object: "{H5P}", satisfies: evaluation}}\n'))

    first, second = (canonical(definition_of(one.activity, one.source)) for one in (plain, changed))

    assert first != second
    assert parse(second).evidence[0].object == H5P
