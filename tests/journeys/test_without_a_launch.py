"""Packages opened from no LMS: a review copy shows everything, plain xAPI says that nothing is kept; neither asks anybody anything."""

from __future__ import annotations

import zipfile

import pytest

from scorm_packager.activity.resources import templates
from scorm_packager.pack import pack
from tests.packager.builders import NORTHFIELD, a_plan

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize(
    ("format_key", "bridge", "said", "steps"),
    [("web", NORTHFIELD, "Review copy", {"open"}), ("xapi", None, "Nothing is recorded", {"open", "locked"})],
)
def test_says_so_and_tells_nobody(browser, tmp_path, format_key, bridge, said, steps):
    with zipfile.ZipFile(pack(a_plan(key=format_key, destination=bridge), tmp_path, templates(), tmp_path / "package.zip")) as package:
        package.extractall(tmp_path)
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    page.locator('section[data-screen="front-matter"]').wait_for(state="visible")
    assert said in page.locator('[data-slot="notices"]').inner_text()
    assert {step.get_attribute("data-status") for step in page.locator("[data-step]").all()} == steps
    assert [url for url in asked if not url.startswith("file:")] == []
    page.close()
