"""The files that an activity names: each must be there, inside the activity's folder, and hold what its kind promises."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from scorm_packager.activity import captions, markup
from scorm_packager.activity.draft import Draft
from scorm_packager.activity.markup import FileNamed, Rendered
from scorm_packager.activity.model import Case, Content, Page, Video
from scorm_packager.activity.places import Places
from scorm_packager.activity.problems import Place, Problem
from scorm_packager.activity.source import FolderSource, Outside, leaves

MEDIA = "content/"  # files under it are copied into the package at the same path
MAX_PAGE = 2 * 1024 * 1024


def problems_of(draft: Draft, places: Places, source: FolderSource) -> tuple[Problem, ...]:
    """Everything wrong with the files and the Markdown of a draft."""
    found = [*_contents(draft, places, source), *_items(draft, places, source), *_texts(draft, places, source)]
    return tuple(dict.fromkeys(found))


def _contents(draft: Draft, places: Places, source: FolderSource) -> Iterator[Problem]:
    for position, content in draft.contents():
        for key in ("page", "video", "captions", "transcript", "poster", "package"):
            path = getattr(content, key, None)
            if path:
                yield from _named(FileNamed(path, places.at("contents", position, key)), source, key)
        yield from _pages(content, source)
        if isinstance(content, Video) and content.captions:
            yield from _captioned(content.captions, draft.one("language", str) or "en", source)


def _named(named: FileNamed, source: FolderSource, key: str) -> Iterator[Problem]:
    kind = _KINDS.get(key)
    if leaves(named.path):
        yield _outside(named)
    elif not named.path.startswith(MEDIA) or posixpath.normpath(named.path) != named.path:
        message = f"{named.path} is not under {MEDIA}."
        yield Problem("file-outside-content", named.where, message, f"Move the file there and write its path as {MEDIA}name.")
    elif kind and not named.path.lower().endswith(kind):
        remedy = f"Name a file that ends in {' or '.join(kind)}."
        yield Problem("wrong-kind-of-file", named.where, f"`{key}` cannot be {named.path}.", remedy)
    else:
        yield from _there(named, source)


_KINDS = {
    "page": (".md",),
    "transcript": (".md",),
    "captions": (".vtt",),
    "video": (".mp4", ".webm"),
    "package": (".zip",),
    "image": (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"),
    # What a browser would run as a page of its own, SVG included, is no document to link to.
    "link": (".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".pptx", ".csv", ".txt"),
    "poster": (".png", ".jpg", ".jpeg", ".svg", ".webp"),
}


def _there(named: FileNamed, source: FolderSource) -> Iterator[Problem]:
    try:
        source.locate(named.path)
    except Outside:
        yield _outside(named)
    except (FileNotFoundError, OSError):
        message = f"There is no file {named.path}."
        yield Problem("missing-file", named.where, message, "Put the file there, or correct the path; capital letters count.")


def _captioned(path: str, language: str, source: FolderSource) -> Iterator[Problem]:
    try:
        with source.locate(path).open("rb") as stream:
            yield from captions.faults(stream.read(captions.MAX_BYTES), path, language)
    except OSError:
        return  # that it is not there has its own problem


def _outside(named: FileNamed) -> Problem:
    message = f"{named.path} leads out of the activity's folder."
    return Problem("path-outside", named.where, message, f"Copy the file under {MEDIA} and name it from there, with / between folders.")


def _pages(content: Content, source: FolderSource) -> Iterator[Problem]:
    path = content.page if isinstance(content, Page) else content.transcript if isinstance(content, Video) else None
    if path is None or leaves(path):
        return
    try:
        if source.locate(path).stat().st_size > MAX_PAGE:
            yield Problem("file-too-large", Place(path), f"{path} is larger than 2 MB.", "Split the page, and keep images in files.")
            return
        text = source.read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Problem("not-utf-8", Place(path), f"{path} is not in UTF-8.", "Save the file with the encoding UTF-8.")
    except OSError:
        return  # that it is not there has its own problem
    else:
        yield from _rendered(markup.page(text, path), source)
        if isinstance(content, Page):
            yield from _titled(content, markup.page(text, path))


def _titled(content: Page, page: Rendered) -> Iterator[Problem]:
    if not content.title and not page.title:
        message = "The page has no title."
        yield Problem("page-without-title", Place(content.page, 1, 1), message, "Begin it with a line such as `# Who needs treatment?`.")


def _items(draft: Draft, places: Places, source: FolderSource) -> Iterator[Problem]:
    for position, item in draft.items():
        for key in ("vignette", "rationale"):
            yield from _rendered(markup.block(getattr(item, key), places.at("items", position, key)), source)
        yield from _rendered(markup.inline(item.stem, places.at("items", position, "stem")), source)
        for key in ("choices", "sources", "targets"):
            for option, text in getattr(item, key, {}).items():
                yield from _rendered(markup.inline(text, places.at("items", position, key, option)), source)


def _texts(draft: Draft, places: Places, source: FolderSource) -> Iterator[Problem]:
    yield from _rendered(markup.block(draft.one("participation", str) or "", places.at("participation")), source)
    for position, reference in draft.each("references", str):
        yield from _rendered(markup.inline(reference, places.at("references", position)), source)
    for position, case in draft.each("cases", Case):
        for number, step in enumerate(case.steps):
            yield from _rendered(markup.block(step.text, places.at("cases", position, "steps", number, "text")), source)


def _rendered(rendered: Rendered, source: FolderSource) -> Iterator[Problem]:
    yield from rendered.problems
    for named in rendered.files:
        yield from _named(named, source, "image" if named.shown else "link")
