"""Pages in Markdown: one file, or a folder of them with the images and documents that they show."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from scorm_packager.activity import markup
from scorm_packager.activity.markup import FileNamed
from scorm_packager.activity.names import as_markdown, slug
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.activity.source import FolderSource, Outside
from scorm_packager.importing.bytes_in import MAXIMUM, text_of
from scorm_packager.importing.ids import free
from scorm_packager.importing.model import Importer, Page, Reading, Source, refuse, warning
from scorm_packager.importing.shelf import Shelf

_ENDINGS = (".md", ".markdown")
_MOST = 500
_FRONT = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_TITLE = re.compile(r"""^title:\s*["']?(.*?)["']?\s*$""", re.MULTILINE)


def recognises(path: Path) -> bool:
    if path.is_dir():
        return not (path / "activity.yaml").exists() and any(each.suffix.lower() in _ENDINGS for each in path.rglob("*"))
    return path.suffix.lower() in _ENDINGS


def read(source: Source) -> Reading:
    folder = source.path if source.path.is_dir() else source.path.parent
    files = _files(source)
    if not files:
        raise refuse("import-nothing", source.place(), "There are no Markdown files in this folder.", "Name the folder that holds them.")
    if len(files) > _MOST:
        raise refuse(
            "import-too-many-files", source.place(), f"There are {len(files)} pages; {_MOST} are taken at most.", "Split the folder."
        )
    shelf, pages, problems = Shelf(source), list[Page](), list[Problem]()
    for file in files:
        path = file.relative_to(folder).as_posix()
        try:
            page, found = _page(Source(file, path, source.folder), [each.path for each in pages])
        except ProblemsFound as refused:
            problems += refused.problems
            continue
        pages.append(page)
        problems += (*found, *_brought_along(page, path, FolderSource(folder), shelf))
    return Reading((), tuple(pages), shelf.media, (*problems, *shelf.problems))


def _files(source: Source) -> list[Path]:
    """Markdown files in the order that a reader expects: 2 before 10; none that is hidden, or leads elsewhere."""
    if not source.path.is_dir():
        return [source.path]
    root = source.path.resolve()
    inside = (each for each in source.path.rglob("*") if each.suffix.lower() in _ENDINGS and each.is_file())
    seen = [each for each in inside if not any(part.startswith(".") for part in each.relative_to(source.path).parts)]
    return sorted((each for each in seen if each.resolve().is_relative_to(root)), key=lambda each: _natural(each.relative_to(source.path)))


def _natural(path: Path) -> list[list[tuple[int, str]]]:
    return [[(int(word), "") if word.isdigit() else (-1, word) for word in re.split(r"(\d{1,9})", part.casefold())] for part in path.parts]


def _page(source: Source, taken: list[str]) -> tuple[Page, tuple[Problem, ...]]:
    decoded = text_of(source)
    front = _FRONT.match(decoded.text)
    text = decoded.text[front.end() :] if front else decoded.text
    problems = decoded.problems + ((_front(source),) if front else ())
    title = markup.page(text, source.name).title
    if not title:
        said = _TITLE.search(front[1]) if front else None
        title = said[1] if said and said[1] else re.sub(r"[-_]+", " ", PurePosixPath(source.name).stem).strip()
        text = f"# {as_markdown(title)}\n\n{text.lstrip()}"
    folder, name = posixpath.split(source.name)
    stems = [PurePosixPath(each).stem for each in taken if posixpath.dirname(each) == folder]
    path = posixpath.join(folder, f"{free(slug(PurePosixPath(name).stem), stems)}.md")
    return Page(title, text, source.place(), path), problems


def _front(source: Source) -> Problem:
    message = "The lines between --- at its beginning were not taken, but for the title."
    return warning("import-front-matter", source.place("", 1, 1), message, "Put what learners need of them into the text or activity.yaml.")


def _brought_along(page: Page, original: str, folder: FolderSource, shelf: Shelf) -> Iterator[Problem]:
    """Files that the page names go with it; what it shows from the web, and HTML that it holds, `check` will name."""
    for named in markup.page(page.text, original).files:
        if named.path.lower().endswith(_ENDINGS):
            message = f"This page links to the page {named.path}; pages of an activity come one after the other."
            yield warning("import-link-to-page", named.where, message, "Take the link away, or name the page in words.")
            continue
        try:
            _take(named, folder.locate(named.path), shelf)
        except Outside:
            message = f"{named.path} leads out of the folder, and was left there."
            yield Problem("import-file-outside", named.where, message, "Copy the file into the folder, and name it from there.")
        except OSError:
            message = f"There is no file {named.path}."
            yield warning("import-image-missing", named.where, message, "Put the file there, or correct the path; capital letters count.")


def _take(named: FileNamed, file: Path, shelf: Shelf) -> None:
    if file.stat().st_size > MAXIMUM:
        message = f"{named.path} is larger than {MAXIMUM >> 20} MiB."
        shelf.problems.append(warning("import-too-large", named.where, message, "Copy it under content/ by hand."))
    elif named.shown:
        shelf.keep(file.read_bytes(), named.path, _without_column(named.where))
    else:
        shelf.keep_as_is(file.read_bytes(), named.path, named.where)


def _without_column(where: Place) -> Place:
    return Place(where.file, where.line, 1)


IMPORTER = Importer("pages in Markdown", "pages", recognises, read)
