"""`scorm-packager import`: items and pages taken out of a file, and put into an activity."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scorm_packager import console

if TYPE_CHECKING:
    from scorm_packager.importing.addition import Addition
    from scorm_packager.importing.into import Target
    from scorm_packager.importing.model import Importer


@click.command("import")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--into", metavar="PATH", type=click.Path(exists=True, path_type=Path), help="The activity that it is added to; else it is printed."
)
@click.option("--as", "kind", type=click.Choice(["items", "pages"]), help="What to take out of the file, where it could be either.")
@click.option("--from", "key", metavar="KEY", help="What kind of file it is; else it is looked at.")
@click.option("--dry-run", is_flag=True, help="Say what would be added, and write nothing.")
@click.option("--template", metavar="KEY", help="Write an example of this kind (csv, xlsx) to FILE, or to standard output.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def import_(context: click.Context, /, file: Path | None, template: str | None, as_json: bool, **order: Any) -> None:
    """Take items or pages out of FILE: a table of questions, GIFT, Moodle XML, QTI, Word, PowerPoint, or a folder of Markdown.

    What cannot be taken is named, with its place; nothing that an activity holds is written over.
    Exit code 1 when parts of FILE are faulty.
    """
    if template is not None:
        with console.problems_end_it():
            _write_template(template, file)
        return
    if file is None:
        raise click.UsageError("Name the file to import.")
    if not file.exists():
        raise click.UsageError(f"There is no file or folder {file}.")
    with console.problems_end_it():
        importer, target, added = _read(file, order["into"], order["key"], order["kind"])
        written = target is not None and not order["dry_run"] and not added.nothing
        if target is not None and written:
            from scorm_packager.importing.into import write

            write(target, added)
    if as_json:
        console.show_json(_as_json(importer, added, written))
    else:
        _tell(file, importer, target, added, written)
    context.exit(console.exit_code(added.problems))


def _read(file: Path, into: Path | None, key: str | None, kind: Any) -> tuple[Importer, Target | None, Addition]:
    from scorm_packager.importing.addition import addition
    from scorm_packager.importing.found import importer_for, source_of
    from scorm_packager.importing.into import target_of

    importer = importer_for(file, key, kind)
    target = target_of(into) if into else None
    source = source_of(file)
    reading = importer.read(source)
    added = addition(reading, source, target.activity if target else {}, target.held if target else lambda _: None)
    return importer, target, added


def _write_template(key: str, file: Path | None) -> None:
    from scorm_packager.importing.found import importers
    from scorm_packager.importing.into import write_new

    known: dict[str, Callable[[], bytes]] = {each.key: each.template for each in importers() if each.template is not None}
    if key not in known:
        raise click.UsageError(f"There is no template “{key}”; there are: {', '.join(known)}.")
    if file is None:
        click.echo(known[key](), nl=False)
        return
    write_new(file, known[key]())
    click.echo(file)


def _tell(file: Path, importer: Importer, target: Target | None, added: Addition, written: bool) -> None:
    from scorm_packager.importing.yaml_entries import as_yaml

    if target is None:
        for key, entries in (("items", added.items), ("contents", added.contents)):
            if entries:
                click.echo(as_yaml(key, entries), nl=False)
    console.show_problems(added.problems, err=True)
    for line in _said(importer, target, added, written):
        click.echo(line, err=target is None)
    click.echo(f"{file}: {console.summary(added.problems)}", err=True)


def _said(importer: Importer, target: Target | None, added: Addition, written: bool) -> list[str]:
    """The closing list: what was added where, and what an author still has to do."""
    done = "added" if written else "to be added"
    items, pages = console.counted(len(added.items), "item"), console.counted(len(added.contents), "page")
    lines = [f"{items} and {pages} {done}, {console.counted(len(added.files or ()), 'file')}, from {importer.label}."]
    if written:
        lines += [f"  {path}" for path in sorted(added.files or ())]
    elif added.files and target is None:
        lines.append("Name an activity with --into to have these files written:")
        lines += [f"  {path}" for path in sorted(added.files)]
    if added.contents:
        lines.append("Minutes are estimated from the number of words; correct them, and `estimated_minutes`.")
    if added.unlinked:
        lines.append(f"Link these items to an objective (`objective: …`): {', '.join(added.unlinked)}")
    if written and target is not None:
        lines.append(f"Now run: scorm-packager check {target.file.parent}")
    return lines


def _as_json(importer: Importer, added: Addition, written: bool) -> dict[str, Any]:
    return {
        "importer": importer.key,
        "written": written,
        "items": list(added.items),
        "contents": list(added.contents),
        "files": sorted(added.files or ()),
        "without_objective": list(added.unlinked),
        "problems": [problem.as_json() for problem in added.problems],
    }
