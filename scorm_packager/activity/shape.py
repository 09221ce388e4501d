"""Values against the model: every misfit in words that an instructional designer understands."""

from __future__ import annotations

import difflib
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag, TypeAdapter, ValidationError

from scorm_packager.activity.places import Places, Where
from scorm_packager.activity.problems import Problem


@dataclass(frozen=True, slots=True)
class _Misfit:
    """One of pydantic's errors, with the path as the file has it."""

    path: Where
    kind: str
    value: Any
    limits: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The key that it is about, as a sentence names it."""
        named = [part for part in self.path if isinstance(part, str)]
        if not named:
            return "the file"
        last = self.path[-1]
        return f"number {last + 1} of `{named[-1]}`" if isinstance(last, int) else f"`{named[-1]}`"

    @property
    def follows(self) -> bool:
        """Whether it only follows from others: parts that do not fit are not counted."""
        return self.kind == "too_short" and len(self.value) >= int(self.limits["min_length"])


Said = tuple[str, str, str]  # code, message, remedy


def misfits(model: Any, data: Any, places: Places) -> tuple[Problem, ...]:
    """Every way in which plain data do not fit a model, in the order of the file."""
    try:
        TypeAdapter(model).validate_python(data)
    except ValidationError as fault:
        found = (_misfit(error) for error in fault.errors(include_url=False))
        said = dict.fromkeys(_problem(model, misfit, places) for misfit in found if not misfit.follows)
        return tuple(sorted(said, key=lambda problem: problem.where))
    return ()


def _misfit(error: Mapping[str, Any]) -> _Misfit:
    kind = "bad_key" if "[key]" in error["loc"] else error["type"]
    return _Misfit(_path(error), kind, error["input"], error.get("ctx", {}))


def _path(error: Mapping[str, Any]) -> Where:
    # Tags of unions stand between < and >; "[key]" marks that the key itself does not fit. Neither is in the file: but an unknown key is,
    # whatever it looks like (`<<` is how YAML takes over another mapping).
    known = len(error["loc"]) - (error["type"] == "extra_forbidden")
    return tuple(part for position, part in enumerate(error["loc"]) if position >= known or not _is_ours(part))


def _is_ours(part: str | int) -> bool:
    return isinstance(part, str) and (part == "[key]" or (part.startswith("<") and part.endswith(">")))


def _problem(model: Any, misfit: _Misfit, places: Places) -> Problem:
    code, message, remedy = _said(model, misfit)
    return Problem(code, places.at(*misfit.path), message[0].upper() + message[1:], remedy)


def _said(model: Any, misfit: _Misfit) -> Said:
    if misfit.kind == "extra_forbidden":
        return _unknown_key(misfit, known_keys(model, misfit.path[:-1]))
    if misfit.kind != "missing" and misfit.value is None:
        return "empty-value", f"{misfit.key} has no value.", "Give it one, or remove the line."
    say = _SAY.get(misfit.kind)
    return say(misfit) if say else ("malformed-value", f"{misfit.key} does not fit here.", "Compare it with the example activity.")


def closest(word: str, known: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)), None)


def unknown(what: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    """Message and remedy for a name that is none of the known."""
    names = list(known)
    near = closest(name, names)
    if near:
        return f"There is no {what} `{name}`.", f"Did you mean `{near}`?"
    return f"There is no {what} `{name}`.", f"Known are: {', '.join(names)}." if names else f"Describe the {what} first."


def _unknown_key(misfit: _Misfit, known: tuple[str, ...]) -> Said:
    key = str(misfit.path[-1])
    near = closest(key, known)
    remedy = f"Did you mean `{near}`?" if near else f"Known here are: {', '.join(known)}." if known else "Remove it."
    return "unknown-key", f"`{key}` is not known here.", remedy


def _missing(misfit: _Misfit) -> Said:
    owner = [str(part) for part in misfit.path[:-1] if isinstance(part, str)]
    inside = f" in `{owner[-1]}`" if owner else ""
    key = str(misfit.path[-1]) if misfit.path else ""
    return "missing-key", f"`{key}` is missing{inside}.", f"Add a line `{key}: …`{EXAMPLES.get(key, '')}."


def _text(misfit: _Misfit) -> Said:
    if isinstance(misfit.value, (list, dict)):
        return "text-expected", f"{misfit.key} must be a text, not a list.", "Write one text."
    return "text-expected", f"{misfit.key} must be a text.", f'Put the value between quotes: "{misfit.value}".'


def _list(misfit: _Misfit) -> Said:
    return "list-expected", f"{misfit.key} must be a list.", "Write its parts one to a line, each behind `- `, or between [ and ]."


def _mapping(misfit: _Misfit) -> Said:
    return "mapping-expected", f"{misfit.key} must consist of keys and values.", "Write its parts as lines such as `name: …`."


def _whole(misfit: _Misfit) -> Said:
    return "whole-number-expected", f"{misfit.key} must be a whole number, not {_shown(misfit.value)}.", "Write digits only, such as 15."


def _number(misfit: _Misfit) -> Said:
    return "number-expected", f"{misfit.key} must be a number, not {_shown(misfit.value)}.", "Write it with a point, such as 1.25."


def _truth(misfit: _Misfit) -> Said:
    return "true-or-false-expected", f"{misfit.key} must be true or false, not {_shown(misfit.value)}.", "Write `true` or `false`."


def _date(misfit: _Misfit) -> Said:
    message = f"{misfit.key} must be a date, not {_shown(misfit.value)}."
    return "date-expected", message, "Write it as year, month and day: 2026-11-30."


def _one_of(misfit: _Misfit) -> Said:
    known = _alternatives(str(misfit.limits.get("expected", "")))
    near = closest(str(misfit.value), known)
    remedy = f"Did you mean `{near}`?" if near else f"Use one of: {', '.join(known)}."
    return "not-one-of", f"{misfit.key} cannot be {_shown(misfit.value)}.", remedy


def _alternatives(expected: str) -> list[str]:
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(", ")]


def _pattern(misfit: _Misfit) -> Said:
    code, wanted = _PATTERNS.get(str(misfit.limits.get("pattern", "")), ("malformed-value", "another form"))
    return code, f"{misfit.key} cannot be {_shown(misfit.value)}.", f"Write {wanted}."


_PATTERNS = {
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$": ("malformed-id", "small letters, digits and single hyphens, such as choose-agent"),
    r"^[a-z][a-z0-9]{0,3}$": ("malformed-choice-key", "a small letter and at most three more letters or digits, such as a or s1"),
    r"^https?://[^\s<>\"{}|\\^`]+$": ("malformed-address", "a full address, such as https://cme.example.org/activities/asthma"),
    r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+$": (
        "malformed-iri",
        "the object's full IRI, as the other tool's statements name it: https://… or urn:…",
    ),
    r"^(content:[a-z0-9]+(?:-[a-z0-9]+)*|post|evaluation)$": (
        "unknown-requirement",
        "`content:` and the id of a content, such as content:lecture, or `post`, or `evaluation`",
    ),
    r"^#[0-9a-fA-F]{6}$": ("malformed-colour", 'a colour as six hexadecimal digits between quotes, such as "#1f5f8b"'),
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": ("malformed-language", "a language tag, such as en or pt-BR"),
}


def _bad_key(misfit: _Misfit) -> Said:
    message = f"`{misfit.path[-1]}` cannot name a choice."
    return "malformed-choice-key", message, "Use a small letter and at most three more letters or digits, such as a or s1."


def _too_short(misfit: _Misfit) -> Said:
    least = int(misfit.limits.get("min_length", 1))
    if isinstance(misfit.value, str):
        return "empty-value", f"{misfit.key} has no value.", "Give it one, or remove the line."
    return "too-few", f"{misfit.key} needs at least {least}.", f"List {least} or more."


def _too_long(misfit: _Misfit) -> Said:
    most = misfit.limits.get("max_length")
    unit = "characters" if isinstance(misfit.value, str) else "parts"
    return "too-long", f"{misfit.key} may have at most {most} {unit}; it has {len(misfit.value)}.", "Shorten it."


def _bounds(misfit: _Misfit) -> Said:
    words = {"gt": "more than {}", "ge": "{} or more", "lt": "less than {}", "le": "{} or less"}
    wanted = " and ".join(words[bound].format(value) for bound, value in misfit.limits.items() if bound in words)
    return "out-of-range", f"{misfit.key} cannot be {_shown(misfit.value)}.", f"Write {wanted}{_share_hint(misfit)}."


def _share_hint(misfit: _Misfit) -> str:
    return ": 75% is 0.75" if misfit.limits.get("le") == 1 else ""


def _amount(misfit: _Misfit) -> Said:
    return "amount-expected", f"{misfit.key} must be an amount, not {_shown(misfit.value)}.", 'Write it as a decimal, such as "1.25".'


def _value(misfit: _Misfit) -> Said:
    reason = str(misfit.limits.get("error", ""))
    if "date" in reason:
        return _date(misfit)
    return _amount(misfit)


def _no_content(misfit: _Misfit) -> Said:
    message = "A content needs one of `page`, `video`, `package` or `case`."
    return "missing-key", message, "Add `page: content/….md`, `video: content/….mp4` or `package: content/….zip`."


def _no_kind(misfit: _Misfit) -> Said:
    kinds = "choice, multiple, true-false, matching, ordering, numeric or text"
    if isinstance(misfit.value, dict) and misfit.value.get("kind") is not None:
        near = closest(str(misfit.value["kind"]), kinds.replace(" or ", ", ").split(", "))
        remedy = f"Did you mean `{near}`?" if near else f"Use {kinds}."
        return "unknown-item-kind", f"There is no kind of item `{misfit.value['kind']}`.", remedy
    return "missing-key", "`kind` is missing: it says how the item is answered.", f"Add `kind:` with {kinds}."


def _no_tag(misfit: _Misfit) -> Said:
    if not isinstance(misfit.value, dict):
        return _mapping(misfit)
    return _no_content(misfit) if misfit.path and misfit.path[0] == "contents" else _no_kind(misfit)


def _shown(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "keys and values"
    return f"`{str(value)[:60]}`"


_SAY: dict[str, Callable[[_Misfit], Said]] = {
    "missing": _missing,
    "string_type": _text,
    "tuple_type": _list,
    "list_type": _list,
    "dict_type": _mapping,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "int_type": _whole,
    "int_parsing": _whole,
    "int_from_float": _whole,
    "float_type": _number,
    "float_parsing": _number,
    "bool_type": _truth,
    "bool_parsing": _truth,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "literal_error": _one_of,
    "string_pattern_mismatch": _pattern,
    "bad_key": _bad_key,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "greater_than": _bounds,
    "greater_than_equal": _bounds,
    "less_than": _bounds,
    "less_than_equal": _bounds,
    "decimal_type": _amount,
    "decimal_parsing": _amount,
    "decimal_max_digits": _amount,
    "decimal_max_places": _amount,
    "decimal_whole_digits": _amount,
    "finite_number": _number,
    "value_error": _value,
    "union_tag_invalid": _no_tag,
    "union_tag_not_found": _no_tag,
}

EXAMPLES = {
    "minutes": ", the whole minutes that a learner needs for it",
    "from": ", a date such as 2026-09-25",
    "maximum": ', an amount such as "1.25"',
    "zone": ", such as America/Chicago",
    "provider": " with the path of the provider's file, such as ../provider.yaml",
    "version": ', such as "2026.1"',
    "activity": ", an address that names this activity in every LMS, such as https://cme.example.org/activities/asthma",
    "answer": " with the right answer",
}


# --- what is known at a place of the file -------------------------------------------------------


def known_keys(model: Any, path: Where) -> tuple[str, ...]:
    """The keys that a model allows at a path, as written in a file; those of every kind of part that may stand there."""
    levels = [*_models(model)]
    for part in path:
        levels = [inner for level in levels for inner in _within(level, part)]
    return tuple(dict.fromkeys(key for level in levels for key in _keys(level)))


def _within(model: Any, part: str | int) -> Iterable[Any]:
    if isinstance(part, int):
        return [model]  # an element of a list: the models of the list already are its elements'
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    fields = [field for name, field in model.model_fields.items() if part in (name, field.alias)]
    return [inner for field in fields for inner in _models(field.annotation)]


def _models(annotation: Any) -> Iterable[Any]:
    """The models that an annotation speaks of, through lists, unions and their tags."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    origin = get_origin(annotation)
    if origin is Literal:
        return []
    if origin in (Annotated, Union, types.UnionType, tuple, list, dict):
        return [inner for argument in get_args(annotation) if not isinstance(argument, Tag) for inner in _models(argument)]
    return []


def _keys(model: type[BaseModel]) -> Iterable[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
