"""Figures for monitoring: who may read them, and that they are what happened."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lrs_bridge.running import exposition
from lrs_bridge.web import app_of
from tests.bridge.builders import ABridge, a_statement
from tests.bridge.learning import everything

_LINE = re.compile(r'(# (HELP|TYPE) [a-z_]+ .+)|([a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? [0-9.e+-]+)')


def figures(here: ABridge) -> dict[str, float]:
    """Each sample's name and labels, the worker left out, with its value."""
    answer = here.client.get("/metrics", headers=here.key("report"))
    assert answer.status_code == 200, answer.text
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {re.sub(r',worker="\d+"', "", name): float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_it_works(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="physician")
    ann.takes(*everything())
    before = figures(here)
    assert before["lrs_bridge_statements_stored"] == len(everything())
    assert before["lrs_bridge_pending_registrations"] == 1
    here.works()
    after = figures(here)
    assert (after["lrs_bridge_pending_registrations"], after['lrs_bridge_decisions{outcome="award"}'] >= 1) == (0, True)


def test_counts_requests_by_rule_method_and_status(on_sqlite: ABridge) -> None:
    headers = on_sqlite.key("full")
    for _ in range(3):
        on_sqlite.posts(a_statement(), headers=headers)
    on_sqlite.client.get("/certificates/" + "a" * 32)
    found = figures(on_sqlite)
    assert found['lrs_bridge_request_seconds_count{rule="/xapi/statements",method="POST",status="200"}'] == 3
    assert found['lrs_bridge_request_seconds_bucket{rule="/xapi/statements",method="POST",status="200",le="+Inf"}'] == 3
    assert found['lrs_bridge_request_seconds_count{rule="/certificates/<identity>",method="GET",status="404"}'] == 1


def test_counts_as_prometheus_does() -> None:
    seen = exposition.Requests()
    for seconds in (0.004, 0.005, 0.02, 60):
        seen.count("/x", "GET", 200, seconds)
    said = exposition.text([seen.family("7")])
    labels = 'rule="/x",method="GET",status="200",worker="7"'
    for most, count in (("0.005", 2), ("0.01", 2), ("0.025", 3), ("10.0", 3), ("+Inf", 4)):
        assert f'lrs_bridge_request_seconds_bucket{{{labels},le="{most}"}} {count}\n' in said
    assert f"lrs_bridge_request_seconds_count{{{labels}}} 4\n" in said
    assert f"lrs_bridge_request_seconds_sum{{{labels}}} 60.029\n" in said


def test_is_written_as_prometheus_reads_it(here: ABridge) -> None:
    answer = here.client.get("/metrics", headers=here.key("report"))
    assert answer.mimetype == "text/plain"
    assert [line for line in answer.text.splitlines() if not _LINE.fullmatch(line)] == []


def test_a_hostile_value_stays_within_its_quotes() -> None:
    said = exposition.text([exposition.gauge("x", "X.", [({"upstream": 'a"b\\c\nd'}, 1)])])
    assert said.endswith('x{upstream="a\\"b\\\\c\\nd"} 1\n')


@pytest.mark.parametrize(("role", "status"), [("report", 200), ("admin", 200), ("full", 200), ("author", 403), ("lms", 403)])
def test_is_for_those_who_may_read_everything(on_sqlite: ABridge, role: str, status: int) -> None:
    assert on_sqlite.client.get("/metrics", headers=on_sqlite.key(role)).status_code == status  # type: ignore[arg-type]


def test_is_for_nobody_without_a_key(on_sqlite: ABridge) -> None:
    assert on_sqlite.client.get("/metrics").status_code == 401


def test_is_for_everybody_where_that_is_set(on_sqlite: ABridge) -> None:
    opened = replace(on_sqlite.bridge, config=replace(on_sqlite.bridge.config, metrics_open=True))
    assert app_of(opened).test_client().get("/metrics").status_code == 200
