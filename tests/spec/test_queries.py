"""Finding statements: filters, order, pages, forms (xAPI 1.0.3 Communication 2.1.3, Data 2.5; IEEE 4.1.6.1)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.spec.examples import AGENTS, GROUPS, statement, substatement
from tests.spec.lrs import LRS, VERSION, moment, new_activity, new_agent, new_id
from tests.spec.requirements import asks, asks_each

ENGINES = ("sqlite", "postgresql")
THROUGH = "X-Experience-API-Consistent-Through"


def group_of(agent: dict[str, Any]) -> dict[str, Any]:
    return {"objectType": "Group", "member": [agent]}


def one_after_another(lrs: LRS, *statements: dict[str, Any]) -> list[str]:
    """Kept a second apart, the oldest first."""
    ids = []
    for each in statements:
        lrs.waits()
        ids += lrs.keeps(each)
    return ids


# --- filters ------------------------------------------------------------------------------------


@asks("XAPI-00181", "XAPI-00164", "XAPI-00154", engines=ENGINES)
def test_finds_by_agent_who_did_it_or_whom_it_is_about(lrs: LRS) -> None:
    agent = new_agent()
    found = lrs.keeps(statement(actor=agent), statement(object=agent), statement(actor=group_of(agent)))
    lrs.keeps(statement(actor=new_agent()), statement(context={"instructor": agent}), statement(object=substatement(actor=agent)))
    assert sorted(lrs.ids(agent=agent)) == sorted(found)
    assert sorted(lrs.ids(agent={"mbox": agent["mbox"]})) == sorted(found)


@asks("XAPI-00181", engines=ENGINES)
def test_finds_by_each_identifier_of_an_agent_or_group(lrs: LRS) -> None:
    name = new_id()
    account = {"account": {"homePage": "https://lms.example", "name": name}}
    group = {"objectType": "Group", "openid": f"https://groups.example/{name}"}
    by_account, by_group = lrs.keeps(statement(actor=account), statement(actor=group))
    assert lrs.ids(agent=account) == [by_account]
    assert lrs.ids(agent=group) == [by_group]
    assert lrs.ids(agent={"account": {"homePage": "https://other.example", "name": name}}) == []


@asks("XAPI-00176", "XAPI-00164", engines=ENGINES)
def test_finds_by_related_agents_wherever_an_agent_stands(lrs: LRS) -> None:
    agent = new_agent()
    found = lrs.keeps(
        statement(actor=agent),
        statement(object=agent),
        statement(context={"instructor": agent}),
        statement(context={"team": group_of(agent)}),
        statement(object=substatement(actor=agent)),
        statement(object=substatement(object=agent)),
        statement(object=substatement(context={"instructor": agent})),
        statement(object=substatement(context={"team": group_of(agent)})),
    )
    lrs.keeps(statement(actor=new_agent()))
    assert sorted(lrs.ids(agent=agent, related_agents=True)) == sorted(found)
    assert sorted(lrs.ids(agent=agent, related_agents=False)) == sorted(found[:2])


@asks("XAPI-00176", engines=ENGINES)
def test_finds_by_related_agents_what_an_authority_vouches_for(lrs: LRS) -> None:
    registration = new_id()
    (identity,) = lrs.keeps(statement(context={"registration": registration}))
    authority = lrs.statement(identity)["authority"]
    assert lrs.ids(agent=authority, related_agents=True, registration=registration) == [identity]
    assert lrs.ids(agent=authority, registration=registration) == []


@asks("IEEE-related-agents", engines=ENGINES)
def test_finds_by_related_agents_those_in_the_context_of_2_0(lrs: LRS) -> None:
    agent = new_agent()
    found = lrs.keeps(
        statement(context={"contextAgents": [{"objectType": "contextAgent", "agent": agent}]}),
        statement(context={"contextGroups": [{"objectType": "contextGroup", "group": group_of(agent)}]}),
        statement(object=substatement(context={"contextAgents": [{"objectType": "contextAgent", "agent": agent}]})),
    )
    assert sorted(lrs.ids(agent=agent, related_agents=True)) == sorted(found)
    assert lrs.ids(agent=agent) == []


@asks("XAPI-00180", "XAPI-00164", engines=ENGINES)
def test_finds_by_verb(lrs: LRS) -> None:
    verb = f"https://verbs.example/{new_id()}"
    (found,) = lrs.keeps(statement(verb={"id": verb}))
    lrs.keeps(statement(), statement(object=substatement(verb={"id": verb})))
    assert lrs.ids(verb=verb) == [found]


@asks("XAPI-00179", "XAPI-00164", engines=ENGINES)
def test_finds_by_activity_what_it_is_about(lrs: LRS) -> None:
    activity = new_activity()
    (found,) = lrs.keeps(statement(object={"id": activity}))
    lrs.keeps(statement(), statement(context={"contextActivities": {"parent": {"id": activity}}}))
    assert lrs.ids(activity=activity) == [found]


@asks("XAPI-00177", "XAPI-00164", engines=ENGINES)
def test_finds_by_related_activities_wherever_an_activity_stands(lrs: LRS) -> None:
    activity = new_activity()
    contexts = [{"contextActivities": {name: [{"id": activity}]}} for name in ("parent", "grouping", "category", "other")]
    found = lrs.keeps(
        statement(object={"id": activity}),
        *(statement(context=context) for context in contexts),
        statement(object=substatement(object={"id": activity})),
        *(statement(object=substatement(context=context)) for context in contexts),
    )
    assert sorted(lrs.ids(activity=activity, related_activities=True)) == sorted(found)
    assert lrs.ids(activity=activity, related_activities=False) == [found[0]]


@asks("XAPI-00178", "XAPI-00164", engines=ENGINES)
def test_finds_by_registration(lrs: LRS) -> None:
    registration = new_id()
    (found,) = lrs.keeps(statement(context={"registration": registration}))
    lrs.keeps(statement(), statement(context={"registration": new_id()}))
    assert lrs.ids(registration=registration) == [found]
    assert lrs.ids(registration=registration.upper()) == [found]


@asks("XAPI-00164", engines=ENGINES)
def test_finds_what_fits_all_filters(lrs: LRS) -> None:
    agent, verb, activity, registration = new_agent(), f"https://verbs.example/{new_id()}", new_activity(), new_id()
    whole = {"actor": agent, "verb": {"id": verb}, "object": {"id": activity}, "context": {"registration": registration}}
    (found,) = lrs.keeps(whole)
    others = {"actor": new_agent(), "verb": {"id": "urn:other"}, "object": {"id": "urn:other"}, "context": {"registration": new_id()}}
    lrs.keeps(*(whole | {name: value} for name, value in others.items()))
    assert lrs.ids(agent=agent, verb=verb, activity=activity, registration=registration) == [found]


@asks("IEEE-statement-refs", engines=ENGINES)
def test_finds_what_refers_to_a_find_and_what_refers_to_that(lrs: LRS) -> None:
    agent = new_agent()
    (first,) = lrs.keeps(statement(actor=agent))
    (second,) = lrs.keeps(statement(object={"objectType": "StatementRef", "id": first}))
    (third,) = lrs.keeps(statement(object={"objectType": "StatementRef", "id": second}))
    lrs.keeps(statement(object={"objectType": "StatementRef", "id": new_id()}))
    assert sorted(lrs.ids(agent=agent)) == sorted([first, second, third])


@asks("XAPI-00149", "XAPI-00110", "XAPI-00113", engines=ENGINES)
def test_answers_with_an_empty_array_when_nothing_is_found(lrs: LRS) -> None:
    answer = lrs.gets(registration=new_id())
    assert (answer.status_code, answer.mimetype, answer.json["statements"]) == (200, "application/json", [])
    assert answer.json.get("more", "") == ""


# --- time, order, pages -------------------------------------------------------------------------


@asks("XAPI-00174", "XAPI-00175", "XAPI-00164", engines=ENGINES)
def test_finds_by_stored_time_after_since_and_up_to_until(lrs: LRS) -> None:
    registration = new_id()
    ids = one_after_another(lrs, *(statement(context={"registration": registration}) for _ in range(3)))
    stored = [lrs.statement(identity)["stored"] for identity in ids]
    assert lrs.ids(registration=registration, since=stored[0]) == [ids[2], ids[1]]
    assert lrs.ids(registration=registration, until=stored[1]) == [ids[1], ids[0]]
    assert lrs.ids(registration=registration, since=stored[0], until=stored[1]) == [ids[1]]
    assert lrs.ids(registration=registration, since=stored[2]) == []


@asks("XAPI-00174", "XAPI-00175", engines=ENGINES)
def test_compares_moments_whatever_their_zone(lrs: LRS) -> None:
    registration = new_id()
    (identity,) = one_after_another(lrs, statement(context={"registration": registration}))
    stored = lrs.statement(identity)["stored"]
    # The same wall clock in a zone to the east is earlier, in one to the west later.
    assert lrs.ids(registration=registration, until=f"{stored[:23]}+01:00") == []
    assert lrs.ids(registration=registration, until=f"{stored[:23]}-01:00") == [identity]


@asks("XAPI-00166", engines=ENGINES)
def test_gives_the_newest_first_unless_ascending(lrs: LRS) -> None:
    registration = new_id()
    ids = one_after_another(lrs, *(statement(context={"registration": registration}) for _ in range(3)))
    assert lrs.ids(registration=registration) == ids[::-1]
    assert lrs.ids(registration=registration, ascending=False) == ids[::-1]
    assert lrs.ids(registration=registration, ascending=True) == ids


def pages(lrs: LRS, **parameters: Any) -> list[dict[str, Any]]:
    """Every page of a query, following `more` from the root of the host."""
    found = [lrs.gets(**parameters).json]
    while found[-1].get("more"):
        address = urlsplit(found[-1]["more"])
        target = f"{address.path}?{address.query}" if address.query else address.path
        answer = lrs.here.client.get(target, headers={**lrs.credentials, VERSION: lrs.edition})
        assert answer.status_code == 200, (target, answer.text)
        found.append(answer.json)
        assert len(found) < 20
    return found


@asks("XAPI-00108", "XAPI-00109", "XAPI-00110", "XAPI-00111", "XAPI-00113", "XAPI-00114", engines=ENGINES)
def test_gives_a_long_result_page_by_page(lrs: LRS) -> None:
    registration = new_id()
    said = {"context": {"registration": registration}}
    ids = [*lrs.keeps(*(statement(**said) for _ in range(4))), *one_after_another(lrs, *(statement(**said) for _ in range(3)))]
    for ascending in (True, False):
        found = pages(lrs, registration=registration, limit=2, ascending=ascending)
        assert [len(page["statements"]) for page in found] == [2, 2, 2, 1]
        assert found[-1].get("more", "") == ""
        given = [each["id"] for page in found for each in page["statements"]]
        assert sorted(given) == sorted(ids)
        assert (given if ascending else given[::-1])[4:] == ids[4:]


@asks("XAPI-00114", "XAPI-00111", engines=ENGINES)
def test_keeps_a_result_whole_while_statements_arrive(lrs: LRS) -> None:
    registration = new_id()
    ids = one_after_another(lrs, *(statement(context={"registration": registration}) for _ in range(3)))
    first = lrs.gets(registration=registration, limit=2).json
    one_after_another(lrs, statement(context={"registration": registration}))
    rest = lrs.here.client.get(first["more"], headers={**lrs.credentials, VERSION: lrs.edition}).json
    assert [each["id"] for each in (*first["statements"], *rest["statements"])] == ids[::-1]


@asks("XAPI-00173", engines=ENGINES)
def test_limits_what_comes_at_once(lrs: LRS) -> None:
    registration = new_id()
    lrs.keeps(*(statement(context={"registration": registration}) for _ in range(3)))
    assert [len(lrs.ids(registration=registration, limit=limit)) for limit in (1, 2, 3, 10, 0)] == [1, 2, 3, 3, 3]
    assert len(lrs.ids(registration=registration)) == 3


# --- parameters ---------------------------------------------------------------------------------

BAD_VALUES: dict[str, tuple[Any, ...]] = {
    "statementId": ("", "1", "9d2b1c3e0f4a4b5c8d6e7f8091a2b3c4"),
    "voidedStatementId": ("", "1"),
    "agent": (
        "",
        "ann",
        "{}",
        "[]",
        {"mbox": "ann"},
        {**AGENTS["mbox"], **AGENTS["openid"]},
        {**AGENTS["mbox"], "more": 1},
        {"name": "Ann"},
    ),
    "verb": ("", "reviewed", "//verbs.example"),
    "activity": ("", "af", "//activities.example"),
    "registration": ("", "1", "9d2b1c3e0f4a4b5c8d6e7f8091a2b3c4"),
    "since": ("", "yesterday", "2026-13-01T00:00:00Z", "2026-11-20T08:15:30-00:00"),
    "until": ("", "yesterday", "2026-13-01T00:00:00Z"),
    "limit": ("", "-1", "1.5", "many", "1e3", "0x10"),
    "format": ("", "EXACT", "id", "xml"),
    "attachments": ("", "yes", "True", "1"),
    "ascending": ("", "yes", "TRUE", "0"),
    "related_agents": ("", "yes", "False"),
    "related_activities": ("", "yes", "1"),
}


@asks_each([(("XAPI-00012",), name) for name in BAD_VALUES])
def test_refuses_a_parameter_that_is_not_of_its_type(lrs: LRS, row: str) -> None:
    for value in BAD_VALUES[row]:
        assert lrs.gets(**{row: value}).status_code == 400, value


@asks_each([(("XAPI-00325",), name) for name in BAD_VALUES])
def test_refuses_a_parameter_in_another_case(lrs: LRS, row: str) -> None:
    for name in (row.upper(), row.capitalize()):
        assert lrs.gets(**{name: "true"}).status_code == 400, name


ALONE = [((f"XAPI-{number}",), name) for number, name in (("00151", "statementId"), ("00150", "voidedStatementId"))]


@asks_each(ALONE)
def test_takes_beside_an_id_only_format_and_attachments(lrs: LRS, row: str) -> None:
    (identity,) = lrs.keeps(statement())
    if row == "voidedStatementId":
        lrs.keeps(statement(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object={"objectType": "StatementRef", "id": identity}))
    others: dict[str, Any] = {
        "agent": AGENTS["mbox"], "verb": "urn:verb", "activity": "urn:activity", "registration": new_id(), "related_activities": True,
        "related_agents": True, "since": "2026-01-01T00:00:00Z", "until": "2026-01-01T00:00:00Z", "limit": 1, "ascending": True,
        "statementId": identity, "voidedStatementId": identity,
    }  # fmt: skip
    answers = {name: lrs.gets(**{row: identity, name: value}).status_code for name, value in others.items() if name != row}
    assert set(answers.values()) == {400}, answers
    fine: list[dict[str, Any]] = [
        {"format": "exact"},
        {"format": "ids"},
        {"format": "canonical"},
        {"attachments": True},
        {"attachments": False},
    ]
    assert [lrs.gets(**{row: identity}, **more).status_code for more in fine] == [200] * 5


@asks("XAPI-00153", "XAPI-00160")
def test_says_until_when_all_can_be_seen_on_every_answer(lrs: LRS) -> None:
    queries: list[dict[str, Any]] = [{name: values[0]} for name, values in BAD_VALUES.items()]
    queries += [{}, {"limit": 1}, {"registration": new_id()}, {"statementId": new_id()}, {"colour": "red"}]
    now = moment(lrs.waits())
    for query in queries:
        through = moment(lrs.gets(**query).headers[THROUGH])
        # Nobody is writing: all of it can be seen, but for what the clock's last tick may bring.
        assert 0 <= (now - through).total_seconds() < 0.1, query


@asks("XAPI-00165", "XAPI-00161")
def test_names_the_content_type_of_every_answer(lrs: LRS) -> None:
    (identity,) = lrs.keeps(statement())
    for query in (
        {"limit": 1},
        {"limit": 1, "attachments": False},
        {"statementId": identity},
        {"statementId": identity, "attachments": False},
    ):
        assert lrs.gets(**query).mimetype == "application/json"


# --- forms --------------------------------------------------------------------------------------


def told(activity: str, language: str) -> dict[str, Any]:
    return {"objectType": "Activity", "id": activity, "definition": {"name": {language: f"in {language}"}, "type": "urn:type"}}


@asks("XAPI-00168", "XAPI-00170", engines=ENGINES)
def test_gives_statements_as_they_came_unless_asked_otherwise(lrs: LRS) -> None:
    said = statement(object=told(new_activity(), "en-GB"), actor=GROUPS["mbox group"])
    (identity,) = lrs.keeps(said)
    for found in (lrs.statement(identity), lrs.statement(identity, format="exact")):
        assert {name: found[name] for name in said} == said


@asks("XAPI-00171", engines=ENGINES)
def test_gives_only_ids_in_the_format_ids(lrs: LRS) -> None:
    registration = new_id()
    agent = new_agent()
    anonymous = {"objectType": "Group", "name": "Ward round", "member": [agent | {"name": "Ann"}]}
    said = statement(
        actor=agent | {"name": "Ann"},
        object=told(new_activity(), "en-GB"),
        context={
            "registration": registration,
            "instructor": GROUPS["mbox group"],
            "team": anonymous,
            "contextActivities": {"parent": [told("urn:parent", "en")]},
        },
    )
    (identity,) = lrs.keeps(said)
    (found,) = lrs.finds(registration=registration, format="ids")
    assert found["id"] == identity
    assert found["actor"] == agent
    assert found["verb"] == {"id": said["verb"]["id"]}
    assert found["object"] == {"id": said["object"]["id"]}
    assert found["context"]["instructor"] == {"objectType": "Group", "mbox": "mailto:ann@learners.example"}
    assert found["context"]["team"] == {"objectType": "Group", "member": [agent]}
    assert found["context"]["contextActivities"] == {"parent": [{"id": "urn:parent"}]}
    assert lrs.statement(identity, format="ids")["object"] == {"id": said["object"]["id"]}


@asks("XAPI-00169", "XAPI-00172", engines=ENGINES)
def test_gives_one_language_in_the_format_canonical(lrs: LRS) -> None:
    activity = new_activity()
    both = {"en-US": "Color", "en-GB": "Colour"}
    (identity,) = lrs.keeps(
        statement(object={"id": activity, "definition": {"name": both, "description": both}}, verb={"id": "urn:v", "display": both})
    )
    for language, word in (("en-GB", "Colour"), ("en-US;q=0.1, en-GB", "Colour"), ("en-US, en-GB;q=0.5", "Color")):
        answer = lrs.asks(
            "GET", "/statements", query_string={"statementId": identity, "format": "canonical"}, headers={"Accept-Language": language}
        )
        found = answer.json
        tag = {"Colour": "en-GB", "Color": "en-US"}[word]
        assert (found["object"]["definition"]["name"], found["verb"]["display"]) == ({tag: word}, {tag: word}), language
        assert found["object"]["definition"]["description"] == {tag: word}
    assert len(lrs.statement(identity, format="canonical")["object"]["definition"]["name"]) == 1


@asks("XAPI-00172", engines=ENGINES)
def test_leaves_languages_alone_in_the_format_exact(lrs: LRS) -> None:
    both = {"en-US": "Color", "en-GB": "Colour"}
    (identity,) = lrs.keeps(statement(object={"id": new_activity(), "definition": {"name": both}}))
    for query in ({"statementId": identity}, {"statementId": identity, "format": "exact"}):
        answer = lrs.asks("GET", "/statements", query_string=query, headers={"Accept-Language": "en-GB"})
        assert answer.json["object"]["definition"]["name"] == both


@asks("XAPI-00169", engines=ENGINES)
def test_gives_the_definition_that_the_store_knows_in_the_format_canonical(lrs: LRS) -> None:
    activity = new_activity()
    (bare,) = lrs.keeps(statement(object={"id": activity}))
    lrs.waits()
    lrs.keeps(statement(object=told(activity, "en-GB")))
    found = lrs.statement(bare, format="canonical")
    assert found["object"]["definition"] == {"name": {"en-GB": "in en-GB"}, "type": "urn:type"}
    assert "definition" not in lrs.statement(bare)["object"]
