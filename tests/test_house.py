"""The house stands as it was drawn: imports go one way, one place speaks SQL, types and style hold, everything found is whole."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for package in ("scorm_packager", "lrs_bridge") for path in (ROOT / package).rglob("*.py"))
TOOLS = Path(sys.executable).parent

# What passes through hands outside the store: an open connection, and the failure of one.
HANDED_ON = {"Connection", "Engine", "SQLAlchemyError"}


def said_by(*command: str) -> str:
    """The output of a tool that found something; nothing when it found nothing."""
    done = subprocess.run([str(TOOLS / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def imported_names(path: Path, module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == module:
            yield from (name.name for name in node.names)
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] == module)


def test_imports_go_one_way() -> None:
    assert said_by("lint-imports", "--no-cache") == ""


def test_style_holds() -> None:
    assert said_by("ruff", "check", "--output-format", "concise") == ""


def test_types_hold() -> None:
    assert said_by("mypy") == ""


def test_sql_is_written_in_the_store_only() -> None:
    outside = [path for path in SOURCES if (ROOT / "lrs_bridge" / "store") not in path.parents]
    speaking = [path.relative_to(ROOT).as_posix() for path in outside if set(imported_names(path, "sqlalchemy")) - HANDED_ON]
    assert speaking == []


def test_the_activity_imports_nothing_above_it() -> None:
    # import-linter names the known floors; this holds for every module that is still to come.
    reaching = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "scorm_packager" / "activity").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("scorm_packager", "lrs_bridge"))
        if not (node.module or "").startswith("scorm_packager.activity")
    }
    assert reaching == set()


@pytest.mark.parametrize("package", ["scorm_packager", "lrs_bridge"])
def test_importing_a_package_loads_nothing_heavy(package: str) -> None:
    script = f"import sys, {package}; print(sorted({{'flask', 'jinja2', 'pydantic', 'sqlalchemy', 'lxml'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip() == "[]"


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if (tree := ast.parse(path.read_text(encoding="utf-8"))).body and not ast.get_docstring(tree)
    ]
    assert silent == []
