"""tincan 1.0.0, the Python client: what it can do works, and where it cannot the bridge says why.

Its own faults stand here as they are, so that a release that mends one shows.
"""

from __future__ import annotations

import hashlib
import uuid

import pytest
import requests
from tincan import (
    Activity,
    ActivityDefinition,
    Agent,
    Context,
    RemoteLRS,
    Statement,
    StatementRef,
    Verb,
)
from tincan.documents import ActivityProfileDocument, AgentProfileDocument, StateDocument

from tests.clients.conftest import Served

EXPERIENCED = Verb(id="http://adlnet.gov/expapi/verbs/experienced", display={"en": "experienced"})
VOIDED = Verb(id="http://adlnet.gov/expapi/verbs/voided")


@pytest.fixture
def lrs(served: Served) -> RemoteLRS:
    return RemoteLRS(version="1.0.3", endpoint=served.endpoint, username=served.key, password=served.secret)


@pytest.fixture
def ann() -> Agent:
    """A learner of each test's own."""
    return Agent(mbox=f"mailto:{uuid.uuid4().hex}@northfield.example", name="Ann")


@pytest.fixture
def activity() -> Activity:
    return Activity(id=f"https://cme.northfield.example/{uuid.uuid4()}", definition=ActivityDefinition(name={"en": "Overview"}))


def said(ann: Agent, activity: Activity, **more: object) -> Statement:
    return Statement(actor=ann, verb=EXPERIENCED, object=activity, **more)


# --- statements ---------------------------------------------------------------------------------


def test_it_works(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    registration = str(uuid.uuid4())
    saved = lrs.save_statement(said(ann, activity, context=Context(registration=registration)))
    found = lrs.retrieve_statement(saved.content.id)
    assert found.success
    assert (found.content.actor.mbox, str(found.content.context.registration)) == (ann.mbox, registration)
    assert (found.content.object.definition.name, found.content.authority.object_type) == ({"en": "Overview"}, "Agent")


def test_puts_a_statement_under_its_own_id(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    identity = str(uuid.uuid4())
    assert lrs.save_statement(said(ann, activity, id=identity)).response.status == 204
    assert lrs.retrieve_statement(identity).success


def test_is_refused_another_statement_under_a_used_id(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    identity = str(uuid.uuid4())
    lrs.save_statement(said(ann, activity, id=identity))
    again = lrs.save_statement(Statement(id=identity, actor=Agent(mbox="mailto:bob@northfield.example"), verb=EXPERIENCED, object=activity))
    assert (again.success, again.response.status) == (False, 409)


def test_sends_a_batch_and_pages_through_what_comes_back(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    sent = lrs.save_statements([said(ann, activity) for _ in range(5)])
    pages = [lrs.query_statements({"agent": ann, "limit": 2, "ascending": "true"}).content]
    while pages[-1].more:
        pages.append(lrs.more_statements(pages[-1]).content)
    assert [len(page.statements) for page in pages] == [2, 2, 1]
    assert [one.id for page in pages for one in page.statements] == [one.id for one in sent.content]


def test_finds_by_verb_and_activity(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    lrs.save_statement(said(ann, activity))
    assert len(lrs.query_statements({"verb": EXPERIENCED, "activity": activity}).content.statements) == 1
    assert len(lrs.query_statements({"verb": VOIDED, "activity": activity}).content.statements) == 0


def test_voids_a_statement(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    identity = lrs.save_statement(said(ann, activity)).content.id
    assert lrs.save_statement(Statement(actor=ann, verb=VOIDED, object=StatementRef(id=identity))).success
    assert lrs.retrieve_statement(identity).response.status == 404
    assert str(lrs.retrieve_voided_statement(identity).content.id) == str(identity)


# --- documents ----------------------------------------------------------------------------------


def test_keeps_lists_and_deletes_states(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    document = StateDocument(activity=activity, agent=ann, id="place", content='{"page": 7}', content_type="application/json")
    assert lrs.save_state(document).success
    assert lrs.retrieve_state(activity, ann, "place").content.content == bytearray(b'{"page": 7}')
    assert lrs.retrieve_state_ids(activity, ann).content == ["place"]
    assert lrs.delete_state(document).success
    assert lrs.retrieve_state_ids(activity, ann).content == []


def test_clears_all_states_of_a_learner_at_an_activity(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    for name in ("a", "b"):
        lrs.save_state(StateDocument(activity=activity, agent=ann, id=name, content="x"))
    assert lrs.clear_state(activity, ann).success
    assert lrs.retrieve_state_ids(activity, ann).content == []


def etag(text: str) -> str:
    return f'"{hashlib.sha1(text.encode()).hexdigest()}"'


def made(served: Served, path: str, where: dict[str, str], text: str) -> None:
    """A new profile of somebody else's: tincan cannot send If-None-Match."""
    headers = {"X-Experience-API-Version": "1.0.3", "If-None-Match": "*", "Content-Type": "text/plain"}
    answer = requests.put(served.endpoint + path, params=where, data=text, headers=headers, auth=(served.key, served.secret), timeout=10)
    assert answer.status_code == 204, answer.text


def test_changes_an_activity_profile_it_has_seen(served: Served, lrs: RemoteLRS, activity: Activity) -> None:
    made(served, "activities/profile", {"activityId": activity.id, "profileId": "p"}, "one")
    change = ActivityProfileDocument(activity=activity, id="p", content="two", content_type="text/plain", etag=etag("one"))
    assert lrs.save_activity_profile(change).success
    assert lrs.retrieve_activity_profile(activity, "p").content.content == bytearray(b"two")
    assert lrs.retrieve_activity_profile_ids(activity).content == ["p"]


def test_changes_an_agent_profile_it_has_seen(served: Served, lrs: RemoteLRS, ann: Agent) -> None:
    made(served, "agents/profile", {"agent": ann.to_json("1.0.3"), "profileId": "p"}, "one")
    assert lrs.save_agent_profile(AgentProfileDocument(agent=ann, id="p", content="two", etag=etag("one"))).success
    assert lrs.retrieve_agent_profile(ann, "p").content.content == bytearray(b"two")
    assert lrs.delete_agent_profile(AgentProfileDocument(agent=ann, id="p", etag=etag("two"))).success


# --- what it cannot do --------------------------------------------------------------------------


def test_about_raises_because_it_knows_no_version_2(lrs: RemoteLRS) -> None:
    with pytest.raises(ValueError, match=r"invalid value: '2\.0\.0'"):
        lrs.about()


def test_its_booleans_are_pythons_and_are_refused_with_the_remedy(lrs: RemoteLRS, ann: Agent) -> None:
    refused = lrs.query_statements({"agent": ann, "ascending": True})
    assert (refused.response.status, "Send true or false." in refused.data) == (400, True)


def test_it_reads_no_etag_so_that_a_profile_it_has_not_named_one_for_is_refused(served: Served, lrs: RemoteLRS, activity: Activity) -> None:
    made(served, "activities/profile", {"activityId": activity.id, "profileId": "p"}, "one")
    seen = lrs.retrieve_activity_profile(activity, "p").content
    assert seen.etag is None
    refused = lrs.save_activity_profile(seen)
    assert (refused.response.status, "If-Match" in refused.data) == (409, True)


def test_it_cannot_make_a_new_profile_and_is_told_what_to_send(lrs: RemoteLRS, ann: Agent) -> None:
    refused = lrs.save_agent_profile(AgentProfileDocument(agent=ann, id="p", content="one"))
    assert (refused.response.status, "If-None-Match: *" in refused.data) == (400, True)


def test_it_saves_a_state_without_its_registration(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    registration = str(uuid.uuid4())
    lrs.save_state(StateDocument(activity=activity, agent=ann, id="place", content="x", registration=registration))
    assert lrs.retrieve_state(activity, ann, "place", registration=registration).response.status == 404
    assert lrs.retrieve_state(activity, ann, "place").content.content == bytearray(b"x")


def test_it_reads_no_attachments_back(lrs: RemoteLRS, ann: Agent, activity: Activity) -> None:
    lrs.save_statement(said(ann, activity))
    with pytest.raises(ValueError):
        lrs.query_statements({"agent": ann, "attachments": "true"})
