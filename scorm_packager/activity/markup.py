"""Authors' Markdown to sanitised HTML: CommonMark with tables and the containers `case`, `key-point`, `reveal` and `reflect`.

Whatever is written, the result has no script, no style, no frame and nothing that is loaded from elsewhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from scorm_packager.activity.names import slug
from scorm_packager.activity.problems import Place, Problem, Severity

CONTAINERS = ("case", "key-point", "reveal", "reflect")

_TAGS = {
    "a", "abbr", "aside", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure",
    "h2", "h3", "h4", "h5", "h6", "hr", "img", "kbd", "li", "ol", "p", "pre", "section", "small", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "target"},
    "abbr": {"title"},
    "div": {"role", "tabindex", "aria-label"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "section": {"data-reflect"},
    "td": {"align"},
    "th": {"align", "scope"},
}  # fmt: skip
_CLASSES = {"div": {"table"}, "section": {"case", "reflect"}, "aside": {"key-point"}, "details": {"reveal"}, "p": {"container-title"}}
_HARMLESS_HTML = re.compile(r"</?(?:sub|sup|abbr|kbd|small|del|br)\b[^<>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileNamed:
    """A file that a text shows or links to, by its path in the activity's folder."""

    path: str
    where: Place
    shown: bool = False  # as an image, in the text itself


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    title: str = ""  # the text of the first heading, when it stands first; it is not in `html`
    files: tuple[FileNamed, ...] = ()
    problems: tuple[Problem, ...] = ()
    reflections: tuple[str, ...] = ()  # the names of its reflective questions, in order


@dataclass
class _Text:
    """One text on its way to HTML: where it stands, and what was found in it."""

    file: str
    line: int
    folder: str
    prefix: str
    is_page: bool = False
    problems: list[Problem] = field(default_factory=list)
    files: list[FileNamed] = field(default_factory=list)
    reflections: list[str] = field(default_factory=list)

    def place(self, token: Token | None) -> Place:
        offset = token.map[0] if token is not None and token.map else 0
        return Place(self.file, self.line + offset, 1)

    def report(self, code: str, where: Place, message: str, remedy: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(code, where, message, remedy, severity))


def page(text: str, path: str, prefix: str = "") -> Rendered:
    """A Markdown file, named by its path in the activity's folder; what it links to is relative to that file.

    Heading ids begin with `prefix`, so that pages shown together do not collide.
    """
    reading = _Text(path, 1, posixpath.dirname(path), prefix, is_page=True)
    tokens = _parser().parse(text)
    title = _take_title(tokens)
    return _rendered(tokens, reading, title)


def block(text: str, where: Place, prefix: str = "") -> Rendered:
    """A Markdown text that stands in the activity file at `where`; links are relative to the activity's folder."""
    return _rendered(_parser().parse(text), _Text(where.file, where.line, "", prefix), "")


def inline(text: str, where: Place) -> Rendered:
    """One line of Markdown for a stem, a choice or a reference: emphasis, sub- and superscript, links; no blocks."""
    return _rendered(_parser().parseInline(text.strip()), _Text(where.file, where.line, "", ""), "")


def _rendered(tokens: list[Token], reading: _Text, title: str) -> Rendered:
    _look_through(tokens, reading, None)
    _name_headings(tokens, reading)
    _frame_figures(tokens)
    _name_tables(tokens)
    parser = _parser()
    html = _cleaned(parser.renderer.render(tokens, parser.options, {}))
    return Rendered(html.strip(), title, tuple(reading.files), tuple(reading.problems), tuple(reading.reflections))


def _cleaned(html: str) -> str:
    clean: str = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"https", "http", "mailto", "doi", "tel"},
        link_rel="noopener noreferrer",
    )
    return clean


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    for name in CONTAINERS:
        container_plugin(parser, name, render=_open_or_close)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


# --- what the text holds ------------------------------------------------------------------------


def _look_through(tokens: Iterable[Token], reading: _Text, around: Token | None) -> None:
    for token in tokens:
        near = token if token.map else around
        if token.type in {"html_block", "html_inline"}:
            _drop_html(token, reading, near)
        elif token.type == "image":
            _look_at_image(token, reading, near)
        elif token.type == "link_open":
            _look_at_link(token, reading, near)
        elif token.type.startswith("container_") and token.nesting == 1:
            _look_at_container(token, reading)
        elif token.type == "inline" and token.content.startswith(":::"):
            _look_at_stray_container(token, reading)
        elif token.type in {"heading_open", "heading_close"} and token.tag == "h1":
            token.tag = "h2"  # the page's own title is the only heading of the first level
        if token.children and token.type != "image":
            _look_through(token.children, reading, near)


def _drop_html(token: Token, reading: _Text, near: Token | None) -> None:
    left = _HARMLESS_HTML.sub("", token.content)
    if re.search(r"<[a-z/!?]", left, re.IGNORECASE):
        shown = " ".join(token.content.split())[:40]
        message = f"HTML is left out here: {shown}"
        reading.report("raw-html", reading.place(near), message, "Write it as Markdown; <sub> and <sup> are kept.", Severity.WARNING)
        token.content = ""


def _look_at_image(token: Token, reading: _Text, near: Token | None) -> None:
    where, source = reading.place(near), str(token.attrGet("src") or "")
    if not token.content.strip():
        remedy = "Write between [ and ] what a learner must know who cannot see it."
        reading.report("image-without-alt", where, f"The image {source} has no text alternative.", remedy)
    if _ELSEWHERE.match(source):
        remedy = "Save the image under content/ and name that file."
        reading.report("external-image", where, f"The image {source} would be loaded from elsewhere.", remedy)
        token.type = "text"
        return
    _name_file(token, "src", source, where, reading)


def _look_at_link(token: Token, reading: _Text, near: Token | None) -> None:
    target = str(token.attrGet("href") or "")
    if target.startswith("#"):
        token.attrSet("href", f"#{reading.prefix}{target[1:]}")
    elif _ELSEWHERE.match(target):
        token.attrSet("target", "_blank")
    elif target:
        _name_file(token, "href", target, reading.place(near), reading)
        token.attrSet("target", "_blank")


def _name_file(token: Token, attribute: str, target: str, where: Place, reading: _Text) -> None:
    path = posixpath.normpath(posixpath.join(reading.folder, unquote(target)))
    reading.files.append(FileNamed(path, where, shown=attribute == "src"))
    token.attrSet(attribute, posixpath.normpath(posixpath.join(reading.folder, target)))


def _look_at_container(token: Token, reading: _Text) -> None:
    kind, title = _container(token)
    if kind == "reveal" and not title:
        remedy = "Write it after the word: `::: reveal Which dose?`."
        reading.report("reveal-without-title", reading.place(token), "This part can be opened, but nothing says what it holds.", remedy)

    if kind == "reflect":
        _look_at_reflection(title, reading.place(token), reading)


def _look_at_reflection(name: str, where: Place, reading: _Text) -> None:
    """A reflective question keeps its name when its words change, so that learners keep what they wrote."""
    if not reading.is_page:
        remedy = "Ask it on a page, or in the transcript of a video."
        reading.report("reflection-outside-page", where, "Learners cannot write down their reflections here.", remedy)
    elif not name or slug(name) != name:
        remedy = "Write a name after the word: `::: reflect my-practice`; small letters, digits and hyphens."
        reading.report("reflection-without-name", where, "The reflective question has no name to keep what learners write under.", remedy)
    elif name in reading.reflections:
        reading.report("reflection-said-twice", where, f"The page has another question `{name}`.", "Give this one another name.")
    reading.reflections.append(name)


def _look_at_stray_container(token: Token, reading: _Text) -> None:
    said = token.content.splitlines()[0]
    message = f"`{said}` opens or closes nothing."
    remedy = f"Known are {', '.join(CONTAINERS)}; open with `::: case` and close with `:::`, each on a line of its own."
    reading.report("unknown-container", reading.place(token), message, remedy)


# --- what becomes of it -------------------------------------------------------------------------


def _take_title(tokens: list[Token]) -> str:
    if len(tokens) < 3 or tokens[0].type != "heading_open":
        return ""
    title = _words(tokens[1])
    del tokens[:3]
    return title


def _words(token: Token) -> str:
    said = {"text", "code_inline", "image"}
    parts = ["" if child.type not in {*said, "softbreak"} else child.content or " " for child in token.children or []]
    return " ".join("".join(parts).split())


def _name_headings(tokens: list[Token], reading: _Text) -> None:
    taken: dict[str, int] = {}
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            name = slug(_words(tokens[position + 1]))
            taken[name] = taken.get(name, 0) + 1
            token.attrSet("id", f"{reading.prefix}{name}" + (f"-{taken[name]}" if taken[name] > 1 else ""))


def _frame_figures(tokens: list[Token]) -> None:
    """An image alone in a paragraph is a figure; its title is the caption."""
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        children = token.children or []
        if before.type == "paragraph_open" and len(children) == 1 and children[0].type == "image":
            before.tag = after.tag = "figure"
            caption = str(children[0].attrs.pop("title", ""))
            children += _caption(caption) if caption else []


def _caption(text: str) -> list[Token]:
    return [Token("figcaption_open", "figcaption", 1), Token("text", "", 0, content=text), Token("figcaption_close", "figcaption", -1)]


def _name_tables(tokens: list[Token]) -> None:
    for position, token in enumerate(tokens):
        if token.type == "table_open":
            end = next(at for at, later in enumerate(tokens[position:], position) if later.type in {"thead_close", "table_close"})
            heads = [_words(cell) for cell in tokens[position:end] if cell.type == "inline"]
            token.meta["label"] = ", ".join(head for head in heads if head)
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in {"th_open", "td_open"} and token.attrGet("style"):
            token.attrSet("align", str(token.attrs.pop("style")).removeprefix("text-align:"))


def _table_open(self: RendererHTML, tokens: list[Token], position: int, options: Any, env: Any) -> str:
    label = _attribute(str(tokens[position].meta.get("label", "")))
    return f'<div class="table" role="region" tabindex="0" aria-label="{label}"><table>\n'


def _table_close(self: RendererHTML, tokens: list[Token], position: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


_FRAMES: Mapping[str, tuple[str, str]] = {
    "case": ('<section class="case">', "</section>"),
    "key-point": ('<aside class="key-point">', "</aside>"),
    "reveal": ('<details class="reveal">', "</details>"),
    "reflect": ('<section class="reflect">', "</section>"),
}


def _open_or_close(self: RendererHTML, tokens: list[Token], position: int, options: Any, env: Any) -> str:
    kind, title = _container(tokens[position])
    opening, closing = _FRAMES[kind]
    if tokens[position].nesting != 1:
        return f"{closing}\n"
    if kind == "reflect":
        return f'<section class="reflect" data-reflect="{_attribute(title)}">\n'
    shown = _parser().renderInline(title)
    if kind == "reveal":
        return f"{opening}<summary>{shown}</summary>\n"
    return f'{opening}<p class="container-title">{shown}</p>\n' if title else f"{opening}\n"


def _container(token: Token) -> tuple[str, str]:
    kind = token.type.removeprefix("container_").removesuffix("_open").removesuffix("_close")
    return kind, token.info.strip().removeprefix(kind).strip()


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
