"""An assignable unit among the rules of cmi5: every requirement on what it tells, by CATAPULT's number, on statements that were told.

One learner is interrupted, comes back on another device, passes, and comes back again; one uses up every attempt; one only looks.
"""

from __future__ import annotations

import pytest

from scorm_packager.rehearsal import decided
from scorm_packager.rehearse import rehearse
from scorm_packager.robots.visit import Visit
from tests.journeys.cmi5_rules import RULES, is_defined, objections, verb_of
from tests.journeys.conftest import launching, stage, told
from tests.journeys.learners import a_learner

pytestmark = pytest.mark.xdist_group("browser")

PASSES = a_learner(happens=[{"after": "post-assessment", "event": "tab killed", "return": "another device"}])
FAILS = a_learner(does={"post": [0.0], "claim": "decline"})


@pytest.fixture(scope="module")
def host(browser, bridge, short, record_store):
    """After all three were there."""
    with launching("cmi5", short.files["cmi5"], record_store) as started:
        where = stage(browser, started, short.definition, bridge)
        rehearse(PASSES, where)
        reopened_and_reloaded(where)
        rehearse(FAILS, where)
        looked_through(where, started)
        yield started


def reopened_and_reloaded(where):
    """After completion; the page is loaded again in its tab, which must not ask for a second token."""
    visit = Visit(where, PASSES)
    visit.open()
    visit.page.locator("iframe").content_frame.locator("body").evaluate("() => { window.location.reload(); }")
    visit.root.locator('[data-screen="certificate"]:not([hidden])').wait_for()
    visit.screen().wait_for()
    visit.leave()


class Reviewing:
    def __init__(self, host):
        self.host = host

    def url(self, learner_id: str, learner_name: str) -> str:
        return self.host.url(learner_id, learner_name, mode="Review")


def looked_through(where, host):
    visit = Visit(stage(where.browser, Reviewing(host), where.definition, None), a_learner(learner={"id": "reviewer", "name": "Reviewer"}))
    visit.open()
    visit.leave()


def sessions(host):
    return [session for listed in host.sessions.values() for session in listed]


def verbs(host, learner):
    return [session.verbs() for session in host.sessions[learner.learner.id]]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.number)
def test_keeps_the_requirement(host, rule):
    concerned = [(session, one) for session in sessions(host) for one in session.told if rule.concerns(session, one)]
    refused = [one["verb"]["id"] for session in sessions(host) for number, one in session.refused if number == rule.number]
    assert refused == []
    assert concerned, "nothing was told that this requirement speaks of"


def test_a_session_that_was_cut_off_has_no_end_and_the_next_goes_on(host):
    assert verbs(host, PASSES) == [
        ["initialized", "passed"],
        ["initialized", "completed", "terminated"],
        ["initialized", "terminated"],
    ]


def test_who_uses_up_every_attempt_is_told_as_failed_once_through(host):
    assert verbs(host, FAILS) == [["initialized", "failed", "completed", "terminated"]] or verbs(host, FAILS) == [
        ["initialized", "completed", "failed", "terminated"]
    ]


def test_who_looks_through_is_told_as_there_and_gone(host):
    [session] = host.sessions["reviewer"]
    assert [verb_of(one) for one in session.told] == ["initialized", "terminated"]


def test_the_token_is_asked_for_once_in_a_launch(host):
    assert [session.token_given for session in sessions(host)] == [True] * 5
    assert 401 not in {status for _, _, status in host.requests}


def test_the_bridge_has_all_of_it_and_lms_and_bridge_have_the_same(bridge, host):
    [record] = decided(bridge, PASSES, {"ama-pra-1"})
    assert record["outcome"] == "award"
    at_lms = {one["id"]: one for session in host.sessions[PASSES.learner.id] for one in session.told if not is_defined(one)}
    assert len(at_lms) == len(told(bridge, record))


def test_a_rule_that_is_broken_is_named(host):
    session = host.sessions["reviewer"][0]
    wrong = session.told[0] | {
        "actor": {"account": {"homePage": "https://elsewhere.example", "name": "x"}},
        "timestamp": "2026-12-04T10:00:00",
    }
    assert objections(session, wrong) == ["8.1.3.0-3", "9.3.0.0-2", "9.3.0.0-5", "9.7.0.0-2"]
