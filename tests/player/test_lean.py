"""What packages carry of scripts and styles: short, and the same in every respect but length."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from scorm_packager.activity.resources import templates
from scorm_packager.lean import lean
from scorm_packager.pack import pack
from scorm_packager.plan import WORDS
from tests.packager.builders import FORMATS, a_plan
from tests.player.test_player import FILES, node

GOAL = 60_000  # bytes of gzip: the player's own scripts and styles, whatever the format
WORDS_GOAL = 9_000  # bytes of gzip: what it says to learners, in one language


@pytest.fixture(scope="module")
def lean_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("lean") / "templates"
    shutil.copytree(templates(), root)
    for file in root.rglob("*.js"):
        file.write_text(lean(file.name, file.read_text(encoding="utf-8")), encoding="utf-8")
    return root


@pytest.mark.long
def test_lean_scripts_do_what_the_sources_do(lean_templates: Path) -> None:
    environment = {**os.environ, "CME_TEMPLATES": str(lean_templates)}
    done = subprocess.run([node(), "--test", *map(str, FILES)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_lean_script_can_be_read(lean_templates: Path) -> None:
    read = (
        "for (const file of process.argv.slice(1)) new (require('vm').Script)(require('fs').readFileSync(file, 'utf8'), {filename: file})"
    )
    files = [str(file) for file in lean_templates.rglob("*.js")]
    done = subprocess.run([node(), "-e", read, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_comments_and_indentation_go_and_names_stay() -> None:
    text = lean("a.js", "/* why */\nfunction tell(score) {\n    // how\n    return `a  b ${score}`; // end\n}\n")
    assert text == "function tell(score){return`a  b ${score}`;}\n"
    assert lean("a.css", ".a { color: red; /* x */ }") == ".a{color:red}\n"
    assert lean("a.svg", "<svg> <!-- x --> </svg>") == "<svg> <!-- x --> </svg>"


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.key)
def test_the_player_s_own_scripts_and_styles_stay_small(tmp_path: Path, each) -> None:
    package = pack(a_plan(key=each.key), tmp_path, templates(), tmp_path / "package.zip")
    with zipfile.ZipFile(package) as opened:
        own = [name for name in opened.namelist() if name.endswith((".js", ".css")) and not name.startswith(("data/", "content/"))]
        sizes = {name: len(gzip.compress(opened.read(name), 9, mtime=0)) for name in own}
    words = sizes.pop(WORDS)
    assert sum(sizes.values()) < GOAL
    assert words < WORDS_GOAL
