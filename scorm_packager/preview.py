"""Showing an author their activity, or anybody's package, in the stand-in LMS."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.stand_in import StandIn, quirks

__all__ = ["StandIn", "quirks", "serve"]

_PREVIEWED = "scorm-2004-3"  # says most about what the LMS is told


def serve(path: Path, port: int = 8080, quirks: Iterable[str] = (), say: Callable[[str], None] = print) -> None:
    """Shows a package zip, a package folder, or an activity (built for the purpose) until interrupted. Raises `ProblemsFound`."""
    with _playable(path) as package, _listening(StandIn(package, port, quirks), port) as stand_in:
        say(f"The stand-in LMS shows {path.name} at {stand_in.url}")
        say("Press Ctrl-C to end.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("Ended.")


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


@contextmanager
def _playable(path: Path) -> Iterator[Path]:
    """The path itself when it is a package; a freshly built one of an activity."""
    is_activity = path.name == "activity.yaml" or (path / "activity.yaml").is_file()
    if not is_activity:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="cme-bridge-preview-") as folder:
        yield _built(path, Path(folder))


def _built(path: Path, out: Path) -> Path:
    from importlib.metadata import version

    from scorm_packager import formats, presets
    from scorm_packager.activity.definition import definition_of
    from scorm_packager.activity.problems import errors
    from scorm_packager.build import Order, build
    from scorm_packager.check import check

    checked = check(path)
    if checked.loaded is None or errors(checked.problems):
        raise ProblemsFound(checked.problems)
    wanted = formats.choose(formats.formats(templates()), (_PREVIEWED,))
    preset = presets.choose(presets.presets(templates()), presets.GENERIC)
    order = Order(wanted, preset, None, out, templates(), version("cme-bridge"))
    definition = definition_of(checked.loaded.activity, checked.loaded.source)
    return build(definition, checked.loaded.folder, order, lambda step: None)[0].file
