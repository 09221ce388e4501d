"""Statements by the hundred: sound ones come back as they were, and what is taken at all is what a second reading of the standard takes."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.spec.examples import examples
from tests.spec.lrs import LRS, essence, new_id
from tests.spec.oracle import broken
from tests.spec.requirements import asks
from tests.spec.strategies import changed, statements

ENGINES = ("sqlite", "postgresql")
# One bridge serves all examples: each brings its own ids.
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
SHORT = settings(max_examples=20, suppress_health_check=SHARED, phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink])
LONG = settings(SHORT, max_examples=100)


@asks("XAPI-00014", "XAPI-00170", "XAPI-00096", engines=ENGINES)
@SHORT
@given(data=st.data())
def test_gives_back_what_was_sound_as_it_was(lrs: LRS, data: st.DataObject) -> None:
    sent = [{**each, "id": new_id()} for each in data.draw(st.lists(statements(lrs.edition), min_size=1, max_size=4))]
    assert [broken(each, lrs.edition) for each in sent] == [None] * len(sent)
    lrs.keeps(*sent)
    for each in sent:
        found = lrs.statement(each["id"])
        assert {name: value for name, value in essence(found).items() if name in each} == essence(each)


@asks("XAPI-00010", "XAPI-00006")
@LONG
@given(data=st.data())
def test_takes_what_the_standard_takes_and_refuses_the_rest(lrs: LRS, data: st.DataObject) -> None:
    told = data.draw(changed(lrs.edition))
    if isinstance(told, dict):
        told.pop("id", None)
    clause = broken(told, lrs.edition)
    answer = lrs.asks("POST", "/statements", json=told)
    expected = (200,) if clause is None else (400,)
    assert answer.status_code in expected, (clause, answer.text[:500], told)


@asks("XAPI-00014")
def test_the_second_reading_takes_the_examples(lrs: LRS) -> None:
    assert [broken(each, lrs.edition) for each in examples(lrs.edition)] == [None] * len(examples(lrs.edition))
