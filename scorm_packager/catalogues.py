"""What the player says in each language: a file of messages under `player/messages/` each, which a translator can edit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.activity.yaml_text import read_file

FOLDER = "player/messages"
FALLBACK = "en"  # speaks for a language that has no catalogue
REASONS = "reason."  # why a credit was awarded or not, by the code of the bridge

# A message, or its plural forms by CLDR's names: zero, one, two, few, many, other.
Message = str | Mapping[str, str]
Catalogue = Mapping[str, Message]


def catalogue(file: Path) -> Catalogue:
    """The messages of one language. Raises ProblemsFound for a file that is not what a catalogue must be."""
    return _read(file, file.stat().st_mtime_ns)


def languages(templates: Path) -> tuple[str, ...]:
    """The languages that the player speaks."""
    return tuple(sorted(file.stem for file in (templates / FOLDER).glob("*.yaml")))


def chosen(templates: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the files in `templates` a package in these languages needs: of each its own, that of its base, or English."""
    found = {PurePosixPath(name).stem: name for name in templates if name.startswith(f"{FOLDER}/") and name.endswith(".yaml")}
    tags = (next((tag for tag in (each, each.split("-")[0], FALLBACK) if tag in found), None) for each in wanted)
    return tuple(sorted({found[tag] for tag in tags if tag}))


def spoken(templates: Path, language: str) -> Catalogue:
    """The messages that stand for a language."""
    names = tuple(f"{FOLDER}/{tag}.yaml" for tag in languages(templates))
    picked = chosen(names, (language,))
    return catalogue(templates / picked[0]) if picked else {}


def joined(files: Mapping[str, Path]) -> str:
    """Catalogues by language, as JSON, with what is said in a package."""
    said = {tag: _said(tag, catalogue(file)) for tag, file in files.items()}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _said(tag: str, messages: Catalogue) -> Catalogue:
    """English leaves the reasons out, since the bridge gives them in English itself."""
    if tag.split("-")[0] != FALLBACK:
        return messages
    return {key: message for key, message in messages.items() if not key.startswith(REASONS)}


@cache
def _read(file: Path, changed: int) -> Catalogue:  # `changed`: an author sees an edited catalogue at once
    text = read_file(file, file.name)
    if text.problems or text.broken:
        raise ProblemsFound(text.problems)
    wrong = [key for key, said in text.value.items() if not _is_message(said)]
    if wrong:
        raise ProblemsFound(tuple(_no_message(text.places.at(key), key) for key in wrong))
    found: Catalogue = text.value
    return found


def _is_message(said: object) -> bool:
    if isinstance(said, dict):
        return "other" in said and all(isinstance(form, str) for form in said.values())
    return isinstance(said, str)


def _no_message(where: Place, key: str) -> Problem:
    remedy = "Write a text, or its plural forms by name, `other` among them."
    return Problem("malformed-message", where, f"`{key}` is no message.", remedy)
