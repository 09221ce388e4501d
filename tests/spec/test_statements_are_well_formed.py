"""What a statement is made of: every rule of the Data part in every place where it holds (xAPI 1.0.3 Data 2.2-2.4, 4; IEEE 4.2).

Tables: a rule speaks of places in sound statements, says what must be refused there and what must be taken.
"""

from __future__ import annotations

from typing import Any

from tests.spec.examples import (
    ATTACHMENT,
    CONTEXT,
    REFERENCE,
    VERB,
    examples,
    statement,
)
from tests.spec.kinds import (
    Duration,
    Enumerated,
    Extensions,
    Iri,
    Language,
    LanguageMap,
    Mailto,
    MediaType,
    Path,
    Sha1,
    Sha2,
    Text,
    Timestamp,
    Uuid,
    at,
    renamed,
    walk,
    with_at,
)
from tests.spec.lrs import LRS, new_id
from tests.spec.requirements import EDITIONS, asks, asks_each
from tests.spec.rules import Case, Rule, wrongly_refused, wrongly_taken
from tests.spec.tables import TABLES


@asks_each([(rule.ids, rule) for rule in TABLES])
def test_refuses_what_breaks_the_rule_and_takes_what_keeps_it(lrs: LRS, row: Rule) -> None:
    refused, taken = row.cases_refused(lrs.edition), row.cases_taken(lrs.edition)
    assert refused or taken, "the rule speaks of no place"
    assert (wrongly_taken(lrs, refused), wrongly_refused(lrs, taken)) == ([], [])


@asks_each([(rule.ids, rule) for rule in TABLES], engines=("sqlite",))
def test_refuses_one_alone_by_post_and_by_put(lrs: LRS, row: Rule) -> None:
    for case in row.cases_refused(lrs.edition)[:1]:
        assert lrs.asks("POST", "/statements", json=case.statement).status_code == 400, case.label
        assert lrs.puts(case.statement, identity=REFERENCE["id"]).status_code == 400, case.label


@asks("XAPI-00014")
def test_takes_every_kind_of_sound_statement(lrs: LRS) -> None:
    assert wrongly_refused(lrs, [Case(str(each), each) for each in examples(lrs.edition)]) == []


@asks("XAPI-00027", "XAPI-00030")
def test_takes_ids_of_every_version_in_either_case(lrs: LRS) -> None:
    plain = [new_id() for _ in range(32)]
    kinds = [version + variant for version in "12345678" for variant in "89ab"]
    ids = [f"{one[:14]}{kind[0]}{one[15:19]}{kind[1]}{one[20:]}" for one, kind in zip(plain, kinds, strict=True)]
    sent = [identity.upper() if index % 2 else identity for index, identity in enumerate(ids)]
    assert [kept.lower() for kept in lrs.keeps(*(statement(id=identity) for identity in sent))] == ids


# --- rules that hold everywhere -----------------------------------------------------------------


def everywhere(edition: str) -> list[tuple[Any, Path, Any]]:
    """(statement, path, value) of every place outside maps, each sort of place once."""
    found: dict[Any, tuple[Any, Path, Any]] = {}
    for each in examples(edition):
        for path, value in walk(each):
            found.setdefault((path, type(value)), (each, path, value))
    return list(found.values())


@asks("XAPI-00001")
def test_refuses_null_everywhere_outside_extensions(lrs: LRS) -> None:
    cases = [Case(str(path), with_at(whole, path, None)) for whole, path, _ in everywhere(lrs.edition)]
    assert wrongly_taken(lrs, cases) == []
    empty = [Case(name, statement(**{name: {}})) for name in ("actor", "verb", "object")]
    assert wrongly_taken(lrs, empty) == []


OTHER_TYPES: dict[type, tuple[Any, ...]] = {
    str: (5, True, [], {}),
    bool: ("true", 1, [], {}),
    int: ("5", True, [], {}),
    float: ("0.5", True, [], {}),
    list: ("x", 5, True),
    dict: ("x", 5, True),
}


@asks("XAPI-00006")
def test_refuses_the_wrong_type_everywhere(lrs: LRS) -> None:
    cases = [
        Case(f"{path}: {other!r}", with_at(whole, path, other))
        for whole, path, value in everywhere(lrs.edition)
        for other in OTHER_TYPES[
            next(kind for kind in OTHER_TYPES if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)))
        ]
    ]
    assert wrongly_taken(lrs, cases) == []


@asks("XAPI-00008")
def test_refuses_every_property_in_another_case(lrs: LRS) -> None:
    cases = [
        Case(f"{path} as {name}", renamed(whole, path, name))
        for whole, path, _ in everywhere(lrs.edition)
        if isinstance(path[-1], str)
        for name in (path[-1].upper(), path[-1].capitalize())
        if name != path[-1]
    ]
    assert wrongly_taken(lrs, cases) == []


@asks("XAPI-00009")
def test_refuses_every_enumerated_value_in_another_case(lrs: LRS) -> None:
    cases = [
        Case(f"{path}: {other}", with_at(whole, path, other))
        for whole, path, value in everywhere(lrs.edition)
        if isinstance(value, Enumerated)
        for other in (value.upper(), value.swapcase(), f"{value} ")
    ]
    assert wrongly_taken(lrs, cases) == []


@asks("XAPI-00010")
def test_refuses_an_unknown_property_in_every_object(lrs: LRS) -> None:
    maps = (LanguageMap, Extensions)
    objects = [(whole, path) for whole, path, value in everywhere(lrs.edition) if isinstance(value, dict) and not isinstance(value, maps)]
    cases = [
        Case(f"{path}.{name}", with_at(whole, (*path, name), "x"))
        for whole, path in [*objects, (statement(), ())]
        for name in ("iD", "note", "")
    ]
    assert wrongly_taken(lrs, cases) == []


@asks("XAPI-00007")
def test_refuses_the_empty_string_wherever_there_is_a_format(lrs: LRS) -> None:
    formats = (Iri, Mailto, Uuid, Timestamp, Duration, Language, Sha1, Sha2, MediaType, Enumerated)
    cases = [Case(str(path), with_at(whole, path, "")) for whole, path, value in everywhere(lrs.edition) if isinstance(value, formats)]
    assert wrongly_taken(lrs, cases) == []


def test_the_examples_hold_every_property_of_the_standard() -> None:
    named = {str(path[-1]) for edition in EDITIONS for _, path, _ in everywhere(edition)}
    assert named >= {*CONTEXT, *ATTACHMENT, *VERB, "account", "homePage", "member", "interactionType", "correctResponsesPattern"}
    assert {type(value) for _, _, value in everywhere("2.0.0")} >= {
        Text,
        Iri,
        Mailto,
        Uuid,
        Sha1,
        Sha2,
        MediaType,
        Timestamp,
        Duration,
        Language,
    }
    assert at(examples("1.0.3")[1], ("result", "score", "raw")) == 15
