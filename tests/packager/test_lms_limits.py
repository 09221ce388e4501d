"""A package that an LMS is known to turn away is found out before the upload."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.activity.problems import Severity
from scorm_packager.limits import Contents, against, contents, objections
from scorm_packager.presets import Because, Limits, Preset
from tests.packager.builders import FORMATS, a_preset, a_zip, codes

ANY = a_preset("generic")
MEGABYTE = 1024 * 1024


def because(value: object) -> Because[object]:
    return Because[object].model_validate({"value": value, "why": "So.", "basis": "report", "source": "hearsay", "verified": False})


def limited(**limits: object) -> Preset:
    given = {name: because(value).model_dump() for name, value in limits.items()}
    return ANY.model_copy(update={"limits": Limits.model_validate(given)})


def a_package(*paths: str, size: int = 1000, formats: tuple[str, ...] = ()) -> Contents:
    return Contents("ours.zip", size, ("imsmanifest.xml", *paths), frozenset(formats))


def test_it_works() -> None:
    preset = limited(upload_megabytes=1, files=2, refused=[".php"], plain_names=True, unique_names=True)
    assert objections(preset, a_package("index.html", formats=("scorm-1.2",))) == ()


def test_an_lms_without_known_limits_has_nothing_against_a_package() -> None:
    assert objections(ANY, a_package("a.php", "b/a.php", "ä b.js", size=10**12)) == ()


@pytest.mark.parametrize(("size", "found"), [(250 * MEGABYTE, []), (250 * MEGABYTE + 1, ["lms-upload-too-large"])])
def test_a_package_may_be_as_large_as_the_limit(size: int, found: list[str]) -> None:
    # Cornerstone's help: SCORM courses of up to 250 MB.
    assert codes(objections(a_preset("cornerstone"), a_package(size=size))) == found


@pytest.mark.parametrize(("most", "found"), [(3, []), (2, ["lms-too-many-files"])])
def test_files_are_counted_with_the_manifest(most: int, found: list[str]) -> None:
    assert codes(objections(limited(files=most), a_package("a.js", "b.js"))) == found


@pytest.mark.parametrize("path", ["content/a.php", "content/A.PHP", ".htaccess", "content/.htaccess", "x/tool.py", "run.sh"])
def test_docebo_refuses_files_of_servers(path: str) -> None:
    [problem] = objections(a_preset("docebo"), a_package(path))
    assert (problem.code, problem.where.file) == ("lms-file-refused", path)


@pytest.mark.parametrize("path", ["content/php.html", "content/a.php.txt", "htaccess", "python.js"])
def test_a_name_that_only_contains_an_ending_is_not_refused(path: str) -> None:
    assert objections(a_preset("docebo"), a_package(path)) == ()


@pytest.mark.parametrize(
    ("path", "found"), [("content/a-b_c.1.js", []), ("content/a b.js", ["lms-name-not-plain"]), ("ä.js", ["lms-name-not-plain"])]
)
def test_plain_names_have_no_spaces_and_no_accents(path: str, found: list[str]) -> None:
    assert codes(objections(limited(plain_names=True), a_package(path))) == found


def test_open_edx_sees_one_of_two_files_of_one_name() -> None:
    # Its XBlock looks files up by their last name alone; a wrapped export has an index.html like ours.
    [problem] = objections(a_preset("open-edx"), a_package("index.html", "content/course/index.html", "content/course/main.js"))
    assert (problem.code, problem.where.file) == ("lms-name-twice", "content/course/index.html")


def test_a_format_that_the_lms_is_not_known_to_take_is_said_with_one_that_it_takes() -> None:
    [problem] = objections(a_preset("docebo"), a_package(formats=("scorm-2004-4",)))
    assert (problem.code, "--format scorm-2004-3" in problem.remedy) == ("lms-format", True)


def test_a_zip_that_may_be_of_several_formats_is_taken_when_one_of_them_is() -> None:
    assert objections(a_preset("docebo"), a_package(formats=("scorm-2004-4", "scorm-2004-3"))) == ()


def test_objections_are_warnings_with_the_source_of_the_limit() -> None:
    [problem] = objections(limited(files=1), a_package("a.js"))
    assert (problem.severity, problem.source, problem.verified) == (Severity.WARNING, "hearsay", False)


def test_the_first_twenty_of_a_kind_say_enough() -> None:
    assert len(objections(a_preset("docebo"), a_package(*(f"{number}.php" for number in range(100))))) == 20


def test_a_zip_is_looked_at_without_unpacking_it(tmp_path: Path) -> None:
    package = a_zip(tmp_path / "ours.zip", {"imsmanifest.xml": "<manifest/>", "a/b.js": "1"})
    found = contents(package, ("scorm-1.2",))
    assert found == Contents("ours.zip", package.stat().st_size, ("imsmanifest.xml", "a/b.js"), frozenset({"scorm-1.2"}))


# --- anybody's zip ---------------------------------------------------------------------------------


def of_edition(folder: Path, edition: str) -> Path:
    return a_zip(
        folder / "theirs.zip", {"imsmanifest.xml": f"<manifest><metadata><schemaversion>{edition}</schemaversion></metadata></manifest>"}
    )


@pytest.mark.parametrize(
    ("edition", "found"),
    [("1.2", []), ("2004 3rd Edition", []), ("2004 4th Edition", ["lms-format"]), ("CAM 1.3", []), ("", [])],
)  # CAM 1.3 is an edition that we do not make: nothing is known about it
def test_docebo_takes_of_scorm_2004_the_third_edition_only(edition: str, found: list[str], tmp_path: Path) -> None:
    assert codes(against(a_preset("docebo"), of_edition(tmp_path, edition), FORMATS)) == found


def test_what_an_lms_plays_no_package_of_is_said(tmp_path: Path) -> None:
    package = a_zip(tmp_path / "theirs.zip", {"cmi5.xml": "<courseStructure/>"})
    assert codes(against(a_preset("docebo"), package, FORMATS)) == ["lms-format"]


def test_whoever_names_the_standard_is_believed(tmp_path: Path) -> None:
    package = a_zip(tmp_path / "theirs.zip", {"index.html": ""})
    assert codes(against(a_preset("docebo"), package, FORMATS, "xapi")) == ["lms-format"]


@pytest.mark.parametrize("data", [b"no zip", b""])
def test_what_cannot_be_read_is_left_to_verify(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "theirs.zip").write_bytes(data)
    assert against(a_preset("docebo"), tmp_path / "theirs.zip", FORMATS) == ()


def test_a_broken_manifest_is_left_to_verify(tmp_path: Path) -> None:
    assert against(a_preset("docebo"), a_zip(tmp_path / "theirs.zip", {"imsmanifest.xml": "<manifest>"}), FORMATS) == ()
