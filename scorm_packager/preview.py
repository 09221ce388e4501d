"""Showing an author their activity, or anybody's package, in the stand-in LMS. What is saved is shown at once."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from scorm_packager import presets
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.previewing.bridge import PreviewBridge
from scorm_packager.previewing.build import MOST_TOLD, Draft, Drafts
from scorm_packager.stand_in.server import StandIn, quirks, quirks_of

__all__ = ["Shown", "StandIn", "quirks", "serve", "showing"]

_SETTLES = 60  # milliseconds without another change
_LOOKS = 20
_OUTPUT = "dist"  # what `build` writes beside an activity


@dataclass(frozen=True, slots=True)
class Wish:
    """How a preview is wanted: the LMS to be like, quirks besides its own, the format to build, and whether a bridge decides credit."""

    port: int = 8100
    lms: str = presets.GENERIC
    quirks: tuple[str, ...] = ()
    form: str = MOST_TOLD
    bridge: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview that runs."""

    stand_in: StandIn
    bridge: PreviewBridge | None = None


def serve(path: Path, wish: Wish, say: Callable[[str], None] = print) -> None:
    """Shows a package zip, a package folder, or an activity (built anew whenever it is saved) until interrupted. Raises `ProblemsFound`."""
    with showing(path, wish, say) as shown:
        say(f"The stand-in LMS shows {path.name} at {shown.stand_in.url}")
        say("Press Ctrl-C to end.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("Ended.")


@contextmanager
def showing(path: Path, wish: Wish, say: Callable[[str], None] = lambda line: None) -> Iterator[Shown]:
    """A preview for as long as the context lasts. An activity may be broken: its problems are shown until it is mended.

    Raises `ProblemsFound` for a package that cannot be played, or for a port, LMS, format or quirk that there is none of.
    """
    presets.choose(presets.presets(templates()), wish.lms)
    stand_in = StandIn(None if _is_activity(path) else path, wish.port, (*quirks_of(wish.lms), *wish.quirks))
    with ExitStack() as stack:
        stack.enter_context(_listening(stand_in, wish.port))
        temporary = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cme-bridge-preview-")))
        bridge = _started(stand_in, temporary / "bridge", stack) if _needs_bridge(path, wish, stand_in) else None
        if _is_activity(path):
            _followed(path, wish, stand_in, bridge, temporary / "packages", stack, say)
        yield Shown(stand_in, bridge)


def _needs_bridge(path: Path, wish: Wish, stand_in: StandIn) -> bool:
    """A finished package reports to a bridge of its own, or to none; but where it tells the LMS by statements, these have to be kept."""
    return wish.bridge and (_is_activity(path) or stand_in.tells_by_statements)


def _started(stand_in: StandIn, data: Path, stack: ExitStack) -> PreviewBridge:
    bridge = PreviewBridge(data, stand_in.news)
    stack.callback(bridge.stop)
    bridge.start(stand_in.tell_to)
    return bridge


def _followed(
    path: Path, wish: Wish, stand_in: StandIn, bridge: PreviewBridge | None, out: Path, stack: ExitStack, say: Callable[[str], None]
) -> None:
    """The activity built, and built again whenever it changes, until the stack is closed."""
    drafts = Drafts(path, out, wish.form, wish.lms, bridge.destination if bridge else None)

    one_at_a_time = threading.Lock()

    def look() -> None:
        with one_at_a_time:
            _show(drafts.next(), stand_in, bridge, say)

    look()
    ended = threading.Event()
    stack.callback(ended.set)
    folder = path if path.is_dir() else path.parent
    _follow(folder, True, _is_authored, look, ended)
    if drafts.outside and not drafts.outside.resolve().is_relative_to(folder.resolve()):
        outside = drafts.outside.resolve()
        _follow(outside.parent, False, lambda changed: changed == outside, look, ended)


def _show(draft: Draft, stand_in: StandIn, bridge: PreviewBridge | None, say: Callable[[str], None]) -> None:
    """The new package, or what stands in its way while the last good one plays on."""
    if draft.package and draft.definition:
        if bridge:
            bridge.register(draft.definition)
        stand_in.show(draft.package)
    stand_in.news.tell(draft=draft.as_json())
    wrong = sum(problem["severity"] == "error" for problem in draft.as_json()["problems"])
    say(f"built in {draft.seconds:.2f} s" if draft.package else f"{wrong} errors; see the page, or run check")


def _follow(folder: Path, deep: bool, wanted: Callable[[Path], bool], look: Callable[[], None], ended: threading.Event) -> None:
    """Looks again after every change to a wanted file, in a thread of its own."""
    ignored = DefaultFilter()

    def counts(change: Change, name: str) -> bool:
        return ignored(change, name) and wanted(Path(name).resolve())

    def run() -> None:
        for _ in watch(folder, watch_filter=counts, debounce=_SETTLES, step=_LOOKS, stop_event=ended, rust_timeout=500, recursive=deep):
            look()

    threading.Thread(target=run, name="watcher of the preview", daemon=True).start()


def _is_authored(file: Path) -> bool:
    return _OUTPUT not in file.parts


def _is_activity(path: Path) -> bool:
    return path.name == "activity.yaml" or (path / "activity.yaml").is_file()


@contextmanager
def _listening(stand_in: StandIn, port: int) -> Iterator[StandIn]:
    try:
        stand_in.start()
    except OSError as error:
        message = f"Port {port} cannot be used: {error.strerror or error}."
        raise ProblemsFound((Problem("port-taken", Place(str(port)), message, "Choose another with --port."),)) from error
    try:
        yield stand_in
    finally:
        stand_in.stop()
