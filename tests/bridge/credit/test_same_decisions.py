"""The same work gives the same decisions, byte for byte: however it was delivered, and however persons were joined and parted."""

import random
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as some

from lrs_bridge import evidence
from lrs_bridge.credit import allot, record
from lrs_bridge.credit.model import Case
from tests.bridge.learning import (
    Event,
    a_case,
    all_but_claim,
    assessed,
    claimed,
    declined,
    disclosed,
    evaluated,
    fails,
    finished,
    opened,
    passes,
    statements,
)  # fmt: skip

STEPS: list[tuple[Event, ...]] = [
    (opened(),), (disclosed(),), (disclosed("another text"),), finished("reading"), finished("lecture"), assessed("pre", "a", "b"),
    fails(1), passes(1), fails(2), passes(2), passes(3), passes(4), evaluated(), (claimed(),), (claimed(amount="1.25"),),
    (claimed(amount="7"),), (claimed("abim-moc", "1.25"),), (declined(),), (declined("abim-moc"),), all_but_claim(),
]  # fmt: skip
REGISTRATIONS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(4)]

FOUR = {"min_size": 4, "max_size": 4}
works = some.lists(some.sampled_from(STEPS), max_size=8).map(lambda steps: tuple(event for step in steps for event in step))


def as_bytes(cases: Iterable[Case]) -> bytes:
    return record.canonical([record.record(settled) for settled in allot.settle(cases)])


@given(works, some.randoms(use_true_random=False), some.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_delivered_again_shuffled_and_in_other_batches(work: tuple[Event, ...], chance: random.Random, times: int) -> None:
    delivered = list(statements(work, REGISTRATIONS[0])) * (times + 1)
    chance.shuffle(delivered)
    cut = chance.randint(0, len(delivered))
    case = a_case(*work, registration=REGISTRATIONS[0])

    batches = evidence.fold(REGISTRATIONS[0], [*delivered[cut:], *delivered[:cut]])
    assert as_bytes([case]) == as_bytes([Case(**{**fields(case), "evidence": batches})])


def fields(case: Case) -> dict[str, object]:
    return {name: getattr(case, name) for name in case.__dataclass_fields__}


@given(some.lists(works, **FOUR), some.lists(some.permutations([0, 1, 2, 3]), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_in_whatever_order_registrations_are_settled(several: list[tuple[Event, ...]], orders: list[list[int]]) -> None:
    cases = [a_case(*work, registration=registration) for work, registration in zip(several, REGISTRATIONS, strict=True)]
    plain = as_bytes(cases)

    for order in orders:
        assert as_bytes([cases[index] for index in order]) == plain


@given(
    some.lists(works, **FOUR),
    some.lists(some.integers(0, 3), **FOUR),
    some.lists(some.integers(0, 3), max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_persons_joined_and_parted_on_the_way_leave_no_trace(
    several: list[tuple[Event, ...]], final: list[int], detours: list[int]
) -> None:
    def cases(persons: list[int]) -> list[Case]:
        return [
            a_case(*work, registration=registration, person=f"p{person}")
            for work, registration, person in zip(several, REGISTRATIONS, persons, strict=True)
        ]

    straight = as_bytes(cases(final))
    for everybody in detours:
        as_bytes(cases([everybody] * 4))  # joined for a while, and decided on
    assert as_bytes(cases(final)) == straight


@given(some.lists(works, **FOUR), some.lists(some.integers(0, 1), **FOUR))
@settings(max_examples=40, deadline=None)
def test_a_person_is_never_awarded_a_credit_twice(several: list[tuple[Event, ...]], persons: list[int]) -> None:
    cases = [
        a_case(*work, registration=registration, person=f"p{person}")
        for work, registration, person in zip(several, REGISTRATIONS, persons, strict=True)
    ]
    awards = [(one.person, one.decision.system) for one in allot.settle(cases) if one.decision.outcome == "award"]

    assert len(awards) == len(set(awards))


@given(works)
@settings(max_examples=60, deadline=None)
def test_what_is_awarded_is_within_what_was_claimed_and_designated(work: tuple[Event, ...]) -> None:
    for settled in allot.settle([a_case(*work)]):
        found = settled.decision
        if found.outcome == "award":
            assert 0 < float(found.awarded) <= float(found.claimed)
            assert float(found.awarded) <= float(found.computed) <= float(found.designated)
        else:
            assert found.awarded == "0.00"
            assert all(reason.remedy for reason in found.reasons)
