"""The standard's XSD files stand at a package's root when the user gives them: all that the manifest needs, or none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.build import Order, build
from scorm_packager.schemas import schemas
from scorm_packager.verify.judge import judge
from tests.packager.builders import a_definition, a_format, a_preset, codes

CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def a_schema(namespace: str, *needed: str, doctype: str = "") -> str:
    imports = "".join(f'<xs:import namespace="urn:x" schemaLocation="{each}"/>' for each in needed)
    head = f'<?xml version="1.0"?>{doctype}<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'{head} targetNamespace="{namespace}">{imports}</xs:schema>'


def a_folder(folder: Path, **changes: str | None) -> Path:
    files = {
        "imscp.xsd": a_schema(CP, "common/xml.xsd"),
        "adlcp.xsd": a_schema(ADLCP, "http://www.w3.org/2001/xml.xsd"),
        "common/xml.xsd": a_schema("http://www.w3.org/XML/1998/namespace", doctype='<!DOCTYPE xs:schema SYSTEM "../xs.dtd">'),
        "xs.dtd": '<!ENTITY % types SYSTEM "types.dtd">',
        "types.dtd": "",
        "other.xsd": a_schema("urn:another"),
        **changes,
    }
    for name, text in files.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    return folder


def test_takes_what_the_manifest_needs_and_what_that_needs_in_turn(tmp_path: Path) -> None:
    found = schemas(a_folder(tmp_path), (CP, ADLCP))
    assert [each.path for each in found.files] == ["adlcp.xsd", "common/xml.xsd", "imscp.xsd", "types.dtd", "xs.dtd"]
    assert found.locations == ((CP, "imscp.xsd"), (ADLCP, "adlcp.xsd"))


def test_names_every_namespace_and_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        schemas(a_folder(tmp_path, **{"adlcp.xsd": None, "common/xml.xsd": None}), (CP, ADLCP))
    assert codes(found.value.problems) == ["schema-not-found", "schema-file-missing"]


@pytest.mark.parametrize("key", ["scorm-1.2"])
def test_a_package_has_them_and_says_where_they_are(tmp_path: Path, key: str) -> None:
    order = Order((a_format(key),), a_preset(), None, tmp_path / "out", templates(), "1.0", a_folder(tmp_path / "xsd"))
    [package] = build(a_definition(), tmp_path, order, lambda step: None)
    with zipfile.ZipFile(package.file) as opened:
        root = etree.fromstring(opened.read("imsmanifest.xml"))
        names = opened.namelist()
    assert root.get(LOCATION) == f"{CP} imscp.xsd {ADLCP} adlcp.xsd"
    assert {"imscp.xsd", "adlcp.xsd", "common/xml.xsd"} <= set(names)
    assert "other.xsd" not in names
    assert [str(problem) for problem in judge(package.file)] == []


def test_a_format_without_schemas_of_its_own_takes_none(tmp_path: Path) -> None:
    order = Order((a_format("xapi"),), a_preset(), None, tmp_path / "out", templates(), "1.0", a_folder(tmp_path / "xsd"))
    [package] = build(a_definition(), tmp_path, order, lambda step: None)
    with zipfile.ZipFile(package.file) as opened:
        assert [name for name in opened.namelist() if name.endswith(".xsd")] == []
