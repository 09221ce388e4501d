"""What a command says and how: results on standard output, problems and progress on standard error, colours on terminals only."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from scorm_packager import report
from scorm_packager.activity.problems import Problem, ProblemsFound, Severity, errors, file_trouble

if TYPE_CHECKING:
    from rich.status import Status

GOOD, PROBLEMS = 0, 1
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def show_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Aligned columns; the last one may run on."""
    table = [headings, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(headings) - 1)]
    for number, row in enumerate(table):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.secho("  ".join((*cells, row[-1])).rstrip(), bold=number == 0)


def show_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    for problem in problems:
        first, _, rest = report.as_text((problem,)).partition("\n")
        click.secho(first, fg=_COLOURS[problem.severity], err=err)
        click.echo(rest, err=err)


def summary(problems: tuple[Problem, ...]) -> str:
    """How many there are of each kind; notes are counted only where there are some."""
    count = Counter(problem.severity for problem in problems)
    notes = f", {counted(count[Severity.NOTE], 'note')}" if count[Severity.NOTE] else ""
    return f"{counted(count[Severity.ERROR], 'error')}, {counted(count[Severity.WARNING], 'warning')}{notes}"


def exit_code(problems: tuple[Problem, ...]) -> int:
    return PROBLEMS if errors(problems) else GOOD


@contextmanager
def problems_end_it() -> Iterator[None]:
    """Problems found inside are shown, all of them, and end the command with exit code 1."""
    try:
        yield
    except ProblemsFound as found:
        _end(found.problems)
    except OSError as fault:
        trouble = file_trouble(fault)
        if trouble is None:
            raise
        _end((trouble,))


def _end(problems: tuple[Problem, ...]) -> NoReturn:
    show_problems(problems, err=True)
    click.echo(summary(problems), err=True)
    sys.exit(PROBLEMS)


class Commands(click.Group):
    """Whatever a command runs into ends it with a problem: also a full disk, or a folder that may not be written."""

    def invoke(self, ctx: click.Context) -> Any:
        with problems_end_it():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were added: that of the work."""
        return list(self.commands)


@contextmanager
def progress(steps: int | None = None) -> Iterator[Callable[[str], None]]:
    """A way to tell of each step before it is taken: a moving line on a terminal, with a bar where the number of `steps` is known; plain
    lines elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step: click.echo(f"{step} …", err=True)
    elif steps is None:
        with _status() as status:
            yield lambda step: status.update(f"{step} …")
    else:
        with _bar(steps) as tell:
            yield tell


def _status() -> Status:
    from rich.console import Console

    return Console(stderr=True).status("")


@contextmanager
def _bar(steps: int) -> Iterator[Callable[[str], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=steps)
        begun = False

        def tell(step: str) -> None:
            nonlocal begun
            shown.update(task, description=f"{step} …", advance=1 if begun else 0)
            begun = True

        yield tell


def counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
