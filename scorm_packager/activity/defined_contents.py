"""Contents as a definition has them: ids, HTML, and every file that goes into the package with its hash."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from scorm_packager.activity import markup
from scorm_packager.activity.definition_model import DefinedContent, DefinedFile
from scorm_packager.activity.markup import FileNamed, Rendered
from scorm_packager.activity.model import Activity, CaseStudy, Content, ItemBase, Page, Video, WrappedPackage
from scorm_packager.activity.names import slug
from scorm_packager.activity.problems import Place
from scorm_packager.activity.source import Source

_HERE = Place("activity.yaml")


def path_of(content: Content) -> str:
    """What a content is made from: a file, or the id of a case."""
    if isinstance(content, Page):
        return content.page
    if isinstance(content, CaseStudy):
        return content.case
    return content.video if isinstance(content, Video) else content.package


def content_ids(activity: Activity) -> dict[str, str]:
    """Path → id: the id given, else the name of the file; a name that is taken gets a number."""
    return ids_of(activity.contents)


def ids_of(contents: Sequence[Content]) -> dict[str, str]:
    taken: list[str] = [content.id for content in contents if content.id]
    ids: dict[str, str] = {}
    for content in contents:
        ids[path_of(content)] = content.id or _free(slug(posixpath.splitext(posixpath.basename(path_of(content)))[0]), taken)
        taken.append(ids[path_of(content)])
    return ids


def _free(name: str, taken: list[str]) -> str:
    number = 2
    while name in taken and f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}" if name in taken else name


def contents_of(activity: Activity, source: Source) -> tuple[DefinedContent, ...]:
    ids = content_ids(activity)
    titles = {case.id: case.title for case in activity.cases}
    return tuple(_defined(content, ids[path_of(content)], source, titles) for content in activity.contents)


def _defined(content: Content, key: str, source: Source, titles: Mapping[str, str]) -> DefinedContent:
    if isinstance(content, CaseStudy):
        return DefinedContent(id=key, kind="case", title=content.title or titles[content.case], minutes=content.minutes, case=content.case)
    if isinstance(content, Page):
        page = _page(content.page, key, source)
        return DefinedContent(
            id=key,
            kind="page",
            title=content.title or page.title or key,
            minutes=content.minutes,
            html=page.html,
            reflections=page.reflections,
        )
    if isinstance(content, Video):
        transcript = _page(content.transcript, key, source) if content.transcript else Rendered("")
        return DefinedContent(
            id=key,
            kind="video",
            title=content.title,
            minutes=content.minutes,
            video=content.video,
            captions=content.captions or "",
            poster=content.poster or "",
            transcript_html=transcript.html,
            reflections=transcript.reflections,
        )
    return DefinedContent(
        id=key,
        kind="package",
        title=content.title or key,
        minutes=content.minutes,
        package=content.package,
        done=content.done,
        stay=content.stay,
    )


def _page(path: str, key: str, source: Source) -> Rendered:
    return markup.page(source.read(path).decode("utf-8-sig"), path, prefix=f"{key}-")


def pages_of(activity: Activity) -> tuple[str, ...]:
    """The Markdown files of an activity: its pages and its transcripts."""
    return tuple(_pages(activity))


def _pages(activity: Activity) -> Iterator[str]:
    for content in activity.contents:
        if isinstance(content, Page):
            yield content.page
        elif isinstance(content, Video) and content.transcript:
            yield content.transcript


def files_of(activity: Activity, source: Source) -> tuple[DefinedFile, ...]:
    """Every file that goes into the package as it is, each once, by path; a path is the same in the folder and in the package."""
    paths = sorted({*_media(activity), *_named_in_pages(activity, source), *_named_in_texts(activity)})
    measured = ((path, source.measure(path)) for path in paths)
    return tuple(DefinedFile(path=path, sha256=found.sha256, bytes=found.bytes) for path, found in measured)


def _media(activity: Activity) -> Iterator[str]:
    for content in activity.contents:
        if isinstance(content, Video):
            yield from (path for path in (content.video, content.captions, content.poster) if path)
        elif isinstance(content, WrappedPackage):
            yield content.package


def _named_in_pages(activity: Activity, source: Source) -> Iterator[str]:
    for path in pages_of(activity):
        yield from (named.path for named in _page(path, "", source).files)


def _named_in_texts(activity: Activity) -> Iterator[str]:
    for item in activity.items:
        yield from (named.path for named in files_named_by(item))
    for case in activity.cases:
        yield from (named.path for step in case.steps for named in markup.block(step.text, _HERE).files)


def files_named_by(item: ItemBase, where: Place = _HERE) -> Iterator[FileNamed]:
    """The figures and documents that an item's texts show or link to."""
    yield from (named for text in (item.vignette, item.rationale) for named in markup.block(text, where).files)
    options: dict[str, str] = getattr(item, "choices", {}) | getattr(item, "sources", {}) | getattr(item, "targets", {})
    yield from (named for text in (item.stem, *options.values()) for named in markup.inline(text, where).files)
