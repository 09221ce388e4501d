"""What the README tells people to type is typed here, and what it shows is what comes."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from lrs_bridge.config import SETTINGS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def tour() -> list[tuple[str, list[str]]]:
    """Each command of the tour with the lines it shows."""
    steps: list[tuple[str, list[str]]] = []
    for line in "\n".join(blocks("console")).splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif line.strip():
            steps[-1][1].append(line)
    return steps


def shows(wanted: str, said: str) -> bool:
    """A line of the README stands in what was printed; an ellipsis stands for anything."""
    pattern = ".*".join(re.escape(part) for part in wanted.split("…"))
    return any(re.fullmatch(pattern, line) for line in said.splitlines())


def test_the_tour_prints_what_the_readme_shows(tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "200"}
    assert len(tour()) >= 8
    for command, wanted in tour():
        done = subprocess.run(shlex.split(command), cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        for line in wanted:
            assert shows(line, done.stdout), (command, line, done.stdout)


@pytest.mark.parametrize("target", re.findall(r"^make (\S+)", "\n".join(blocks("sh")), re.MULTILINE))
def test_make_knows_the_targets_that_the_readme_names(target: str) -> None:
    assert subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_every_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert link.startswith("https://") or (ROOT / link).exists()


def test_the_table_of_settings_is_the_settings() -> None:
    table = README.split("<!-- settings -->\n")[1].split("<!-- /settings -->")[0]
    assert table == "".join(f"| `{setting.variable}` | {setting.meaning} |\n" for setting in SETTINGS)


def test_every_folder_that_one_can_add_to_is_there() -> None:
    added = README.split("## Add one")[1].split("## Deploy")[0]
    for folder in re.findall(r"`((?:templates|scorm_packager|lrs_bridge|tests)/[\w/]+/)`", added):
        assert (ROOT / folder).is_dir(), folder
