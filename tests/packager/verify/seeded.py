"""What a seeded fault is: a good package with one thing wrong; and all of them, found by looking."""

from __future__ import annotations

import importlib
import pkgutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.packager.verify import faults
from tests.packager.verify.packages import MANIFESTS, STANDARDS, Files, good

Change = Callable[[Files, str], Files]
Zip = Callable[[Path, Files], object]


def packed(path: Path, files: Files) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)


def stored(path: Path, files: Files) -> None:
    """Not packed: what is long and alike would be taken for a bomb."""
    with zipfile.ZipFile(path, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)


@dataclass(frozen=True)
class Fault:
    """`code` is all that is to be found; `change` spoils the files, `pack` the zip."""

    code: str
    change: Change
    of: tuple[str, ...] = STANDARDS
    pack: Zip = packed

    def package(self, folder: Path, standard: str) -> Path:
        path = folder / "package.zip"
        self.pack(path, self.change(good(standard), standard))
        return path


def manifest(old: str, new: str) -> Change:
    """The manifest with this text in place of that one, which must be there."""

    def change(files: Files, standard: str) -> Files:
        text = files[MANIFESTS[standard]]
        assert isinstance(text, str)
        assert old in text
        return {**files, MANIFESTS[standard]: text.replace(old, new, 1)}

    return change


def file(name: str, data: str | bytes = "1") -> Change:
    """One more file, which the manifest lists where manifests do."""

    def change(files: Files, standard: str) -> Files:
        text = files[MANIFESTS[standard]]
        assert isinstance(text, str)
        return {**files, MANIFESTS[standard]: text.replace("</resource>", f'<file href="{name}"/></resource>'), name: data}

    return change


def unlisted(name: str, data: str | bytes = "1") -> Change:
    return lambda files, _: {**files, name: data}


def tag(html: str) -> Change:
    return lambda files, _: {**files, "index.html": str(files["index.html"]).replace("<body>", f"<body>{html}")}


def page(old: str, new: str) -> Change:
    return lambda files, _: {**files, "index.html": str(files["index.html"]).replace(old, new)}


def script(text: str) -> Change:
    return lambda files, _: {**files, "lib/run.js": str(files["lib/run.js"]) + "\n" + text}


def instead(text: str) -> Change:
    """A package whose only script is this one."""
    return lambda files, _: {**files, "lib/run.js": text}


def style(text: str) -> Change:
    return lambda files, _: {**files, "look.css": text}


def without(name: str) -> Change:
    return lambda files, _: {each: data for each, data in files.items() if each != name}


def both(first: Change, second: Change) -> Change:
    return lambda files, standard: second(first(files, standard), standard)


def rewritten(change: Callable[[str], str | bytes]) -> Change:
    """The manifest as this makes it."""
    return lambda files, standard: {**files, MANIFESTS[standard]: change(str(files[MANIFESTS[standard]]))}


def unchanged(files: Files, _: str) -> Files:
    return files


def all_faults() -> tuple[Fault, ...]:
    modules = [importlib.import_module(f"{faults.__name__}.{module.name}") for module in pkgutil.iter_modules(faults.__path__)]
    return tuple(fault for module in modules for fault in module.FAULTS)
