"""Whatever comes in at a door is answered or refused: nothing that anybody sends breaks the bridge, and no refusal is without a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from werkzeug.test import TestResponse

from tests.bridge.builders import ABridge
from tests.spec.doors import DESCRIPTION, DOORS, Door
from tests.spec.examples import AGENTS, statement
from tests.spec.lrs import LRS, VERSION, in_query, new_activity, new_agent, new_id
from tests.spec.parts import BOUNDARY, attachment, body, file_part, json_part
from tests.spec.requirements import asks
from tests.spec.strategies import ODD

ENGINES = ("sqlite", "postgresql")
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
FEW = settings(max_examples=15, suppress_health_check=SHARED)
MORE = settings(max_examples=60, suppress_health_check=SHARED)


def is_an_answer(answer: TestResponse) -> bool:
    """Not broken; and a refusal in JSON names its problems."""
    if answer.status_code >= 500:
        return False
    refused = answer.status_code >= 400 and answer.mimetype == "application/json" and answer.data
    return not refused or all(problem["message"] and problem["remedy"] for problem in answer.json["problems"])


# --- every door, by its description -------------------------------------------------------------


@pytest.fixture(scope="module")
def bridge(bridge_on: Callable[[str], ABridge]) -> ABridge:
    return bridge_on("sqlite").registers()


@pytest.fixture(scope="module")
def token(bridge: ABridge) -> str:
    found: str = bridge.launched(key="c" * 32).answer["token"]
    return found


@pytest.fixture(scope="module")
def schema(bridge: ABridge) -> Any:
    found = schemathesis.openapi.from_dict(DESCRIPTION)
    found.app = bridge.client.application
    return found


def credentials(door: Door, token: str, key: str) -> str:
    return f"Bearer {token}" if door.path.startswith("/launch") else key


def with_a_real_agent(case: Any) -> None:
    """No schema can say what the JSON inside a parameter is: half of the requests name an agent."""
    if case.query and "agent" in case.query and len(str(case.query["agent"])) % 2 == 0:
        case.query["agent"] = json.dumps(AGENTS["mbox"])


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_answers_what_the_description_allows_with_what_it_promises(
    door: Door, schema: Any, token: str, credentials_on: Callable[[str], dict[str, str]]
) -> None:
    operation = schema[door.path][door.method.upper()]
    promised = {int(status) for status in DESCRIPTION["paths"][door.path][door.method]["responses"]}
    authorization = credentials(door, token, credentials_on("sqlite")["Authorization"])

    @FEW
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def answers(case: Any) -> None:
        with_a_real_agent(case)
        answer = case.call(headers={"Authorization": authorization})
        assert answer.status_code in promised, (answer.status_code, answer.text[:500])

    answers()


def has_something_to_break(door: Door) -> bool:
    item = DESCRIPTION["paths"][door.path]
    return bool(item.get("parameters") or item[door.method].get("parameters") or item[door.method].get("requestBody"))


@pytest.mark.parametrize("door", [door for door in DOORS if has_something_to_break(door)], ids=str)
def test_refuses_what_the_description_forbids_without_breaking(
    door: Door, schema: Any, token: str, credentials_on: Callable[[str], dict[str, str]]
) -> None:
    operation = schema[door.path][door.method.upper()]
    authorization = credentials(door, token, credentials_on("sqlite")["Authorization"])

    @FEW
    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def answers(case: Any) -> None:
        with_a_real_agent(case)
        assert case.call(headers={"Authorization": authorization}).status_code < 500

    answers()


# --- bodies -------------------------------------------------------------------------------------


def raw(text: str, place: str = "result") -> bytes:
    """A statement with that JSON in an extension."""
    return json.dumps(statement(result={"extensions": {"urn:x": "HERE"}})).replace('"HERE"', text).encode()


def score(text: str) -> bytes:
    return json.dumps(statement(result={"score": {"raw": "HERE"}})).replace('"HERE"', text).encode()


WHOLE = json.dumps(statement()).encode()
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \r\n\t",
    "NUL": b"\0",
    "half": WHOLE[: len(WHOLE) // 2],
    "more": WHOLE + b" x",
    "twice": WHOLE + WHOLE,
    "byte order mark": b"\xef\xbb\xbf" + WHOLE,
    "UTF-16": WHOLE.decode().encode("utf-16"),
    "bad UTF-8": WHOLE.replace(b"reviewed", b"\xc3\x28"),
    "overlong UTF-8": WHOLE.replace(b"reviewed", b"\xc0\xaf"),
    "half a pair": raw(r'"\ud800"'),
    "half a pair as a key": raw(r'{"\udc00": 1}'),
    "not a number": raw("NaN"),
    "infinity": score("Infinity"),
    "beyond floats": score("1e999"),
    "beyond floats, below": raw("-1e999"),
    "a small number": score("1e-999"),
    "five thousand digits": score("9" * 5000),
    "five thousand digits in extensions": raw("9" * 5000),
    "deep arrays": raw("[" * 400 + "]" * 400),
    "deeper arrays": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deep and closed": raw('{"a":' * 20_000 + "1" + "}" * 20_000),
    "a key twice": b'{"verb":5,' + WHOLE[1:],
    "comments": b"/* */" + WHOLE,
    "single quotes": WHOLE.replace(b'"', b"'"),
    "null": b"null",
    "nulls": b"[null,null]",
    "arrays of arrays": b"[[" + WHOLE + b"]]",
    "a long name": raw(json.dumps("x" * 200_000)),
    "a long IRI": json.dumps(statement(verb={"id": "urn:" + "é" * 100_000})).encode(),
    "a long activity": json.dumps(statement(object={"id": "urn:" + "y" * 100_000, "definition": {"name": {"en": "x"}}})).encode(),
    "a long account": json.dumps(statement(actor={"account": {"homePage": "https://x.example", "name": "z" * 100_000}})).encode(),
    "many members": json.dumps(statement(actor={"objectType": "Group", "member": [AGENTS["mbox"]] * 2000})).encode(),
}


@asks("XAPI-00323", engines=ENGINES)
def test_answers_every_body(lrs: LRS) -> None:
    for name, data in BODIES.items():
        for method, query in (("POST", {}), ("PUT", {"statementId": new_id()})):
            answer = lrs.asks(method, "/statements", data=data, query_string=query, headers={"Content-Type": "application/json"})
            assert is_an_answer(answer), (name, method, answer.status_code)
            if answer.status_code == 200:
                assert is_an_answer(lrs.gets(statementId=answer.json[0])), name


NUL = "a\0b"
HOLDING_NUL: dict[str, dict[str, Any]] = {
    "name": statement(actor=AGENTS["mbox"] | {"name": NUL}),
    "account": statement(actor={"objectType": "Agent", "account": {"homePage": "https://x.example", "name": NUL}}),
    "response": statement(result={"response": NUL}),
    "extension": statement(result={"extensions": {"urn:x": {NUL: [NUL]}}}),
    "display": statement(verb={"id": "urn:v", "display": {"en": NUL}}),
    "definition": statement(object={"id": "urn:nul", "definition": {"name": {"en": NUL}}}),
    "revision": statement(context={"revision": NUL, "platform": NUL}),
}


@asks("XAPI-00015", engines=ENGINES)
def test_keeps_the_character_zero_that_json_may_hold(lrs: LRS) -> None:
    for name, said in HOLDING_NUL.items():
        (identity,) = lrs.keeps(said)
        found = lrs.statement(identity)
        assert {part: found[part] for part in said} == said, name
    account = HOLDING_NUL["account"]["actor"]
    assert lrs.gets(agent=account).status_code == 200
    assert lrs.asks("GET", "/agents", query_string=in_query({"agent": account})).status_code == 200


@asks("XAPI-00323", engines=ENGINES)
@MORE
@given(data=st.data())
def test_answers_bodies_that_were_damaged_on_the_way(lrs: LRS, data: st.DataObject) -> None:
    notes = b"notes"
    whole = body(json_part(statement(attachments=[attachment(notes)])), file_part(notes))
    kind = data.draw(st.sampled_from(["application/json", f"multipart/mixed; boundary={BOUNDARY}"]))
    text = bytearray(WHOLE if kind == "application/json" else whole)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 30))
        text[start : start + cut] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"\r\n", b"--", b"\0", b'"', b"{", b"\\u0000", b": "])
        )
    assert is_an_answer(lrs.asks("POST", "/statements", data=bytes(text), headers={"Content-Type": kind}))


# --- headers and addresses ----------------------------------------------------------------------

ODD_VALUES = """
,|;|=|"|"a|*|é|\xff|%00|0|-1|1e9|()|<>|a=b|W/|"a", "b"|a;q=x|en;q=1e400|multipart/mixed; boundary|multipart/mixed; boundary=é
multipart/mixed; boundary="\x01"|application/json; charset=x|text/html;;;|Basic|Basic =|Basic é|Basic AAAA|Bearer|Bearer é|Negotiate x
bytes=0-|gzip|null|https://[|http://a:99999999|chunked, identity|2.0.0, 1.0.3|1.0.٣
"""
VALUES = ["", " ", "a" * 5000, "Bearer " + "a" * 4000, *ODD_VALUES.strip().replace("\n", "|").split("|")]
READ = [
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "If-Match",
    "If-None-Match",
    "Origin",
    "X-Experience-API-Version",
    "X-Forwarded-For",
    "X-Request-Id",
    "Range",
]
OTHERS = [
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Content-Encoding",
    "Cookie",
    "Expect",
    "Forwarded",
    "If-Modified-Since",
    "If-Unmodified-Since",
    "Referer",
    "User-Agent",
    "X-Experience-API-Hash",
    "X-Forwarded-Host",
    "X-HTTP-Method-Override",
]
PLACE = {
    "/xapi/statements": {"statementId": "9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c4"},
    "/xapi/activities": {"activityId": "urn:x"},
    "/xapi/agents": {"agent": json.dumps(AGENTS["mbox"])},
    "/xapi/activities/state": {"activityId": "urn:x", "agent": json.dumps(AGENTS["mbox"]), "stateId": "one"},
    "/xapi/activities/profile": {"activityId": "urn:x", "profileId": "one"},
    "/xapi/agents/profile": {"agent": json.dumps(AGENTS["mbox"]), "profileId": "one"},
}
PLAIN = [door for door in DOORS if "{" not in door.path]


@pytest.mark.parametrize("names", [*([name] for name in READ), OTHERS], ids=lambda names: "+".join(names))
def test_answers_every_value_of_a_header(names: list[str], bridge: ABridge, credentials_on: Callable[[str], dict[str, str]]) -> None:
    """Each value at every sixth door in turn: all doors and all values meet every header."""
    for index, value in enumerate(VALUES):
        for door in PLAIN[index % 6 :: 6]:
            known = {**credentials_on("sqlite"), VERSION: "1.0.3", "Content-Type": "application/json"}
            headers = known | dict.fromkeys(names, value)
            answer = bridge.client.open(
                door.path, method=door.method.upper(), query_string=PLACE.get(door.path), data=b"{}", headers=headers
            )
            assert is_an_answer(answer), (door, value, answer.status_code)


RAW_QUERIES = """
% %00 %00=%00 %FF %ED%A0%80=1 a = &&& =a a=b=c statementId statementId=%00 statementId=%FF agent=%00 agent=NaN agent=1e999
agent=%7B%22mbox%22%3A%22mailto%3Aa%40b%00%22%7D agent=%22%5Cud800%22 verb=urn:%00 activity=urn:%FF activity=%00 outcome=%FF
since=0001-01-01T00:00:00%2B05:30 until=9999-12-31T23:59:59-05:00 since=2026-11-20T08:15:30.%D9%A1Z limit=99999999999999999999999
limit=%D9%A3 limit=-0 limit=%20 limit=1&limit=2 registration=%00 ascending=%00 format=%00 method= method=%00 method=PATCH
method=GET&method=PUT cursor=x more=%FF activityId=urn:x&agent=%7B%7D&stateId=%00 activityId=urn:%ED%A0%80
activityId=urn:x&profileId=%ED%A0%80
"""
QUERIES = [*RAW_QUERIES.split(), "agent=" + "%5B" * 3000, "verb=urn:" + "x" * 20_000]


@asks("XAPI-00012", "XAPI-00324")
def test_answers_every_query(lrs: LRS) -> None:
    for index, query in enumerate(QUERIES):
        for door in PLAIN[index % 2 :: 2] if lrs.edition == "1.0.3" else PLAIN[1 - index % 2 :: 2]:
            headers = {**lrs.credentials, VERSION: lrs.edition, "Content-Type": "application/json"}
            answer = lrs.here.client.open(f"{door.path}?{query}", method=door.method.upper(), data=b"{}", headers=headers)
            assert is_an_answer(answer), (door, query[:60], answer.status_code)


ODD_KEYS = ["\0", "a\0b", "../../etc", "x" * 5000, "\U0001f9e0", " ", "\r\n", "'; --", "%", "\\", "\ufffe", "null", "é\u0301"]


@asks("XAPI-00182", engines=ENGINES)
def test_keeps_or_refuses_documents_under_every_key(lrs: LRS) -> None:
    places = {
        "/activities/state": {"activityId": new_activity(), "agent": new_agent()},
        "/agents/profile": {"agent": new_agent()},
        "/activities/profile": {"activityId": new_activity()},
    }
    for path, place in places.items():
        for key in ODD_KEYS:
            query = in_query({**place, "stateId" if "state" in path else "profileId": key})
            told = {"If-None-Match": "*", "Content-Type": "text/plain"}
            put = lrs.asks("PUT", path, query_string=query, data=b"\0\xff", headers=told)
            assert put.status_code in (204, 400), (path, key)
            got = lrs.asks("GET", path, query_string=query)
            assert (got.status_code, got.data) == (200, b"\0\xff") if put.status_code == 204 else got.status_code in (400, 404), (path, key)


@pytest.mark.parametrize("door", [door for door in DOORS if "{" in door.path], ids=str)
@pytest.mark.parametrize("piece", ["\0", "é", "..", "a/b", "x" * 5000, "%", "\ud7ff", "'", "<script>"])
def test_answers_every_piece_of_an_address(
    door: Door, piece: str, bridge: ABridge, credentials_on: Callable[[str], dict[str, str]]
) -> None:
    path = door.path.replace("{identity}", quote(piece, safe="")).replace("{verify}", quote(piece, safe=""))
    assert is_an_answer(bridge.client.open(path, method=door.method.upper(), data=b"{}", headers=credentials_on("sqlite")))


# --- a learner's doors --------------------------------------------------------------------------

LAUNCH: dict[str, Any] = {
    "site": "northfield", "activity": "urn:x", "definition": "d1-" + "0" * 40, "build": "b1", "format": "scorm-1.2", "launch_key": "d" * 32,
    "learner": {"id": "ann", "name": "Ann"}, "mode": "normal", "credit": True,
}  # fmt: skip
PROFILE: dict[str, Any] = {"name": "Ann", "profession": "physician", "identifiers": {"npi": "1"}, "consents": {"pars": True}}
STRANGE = [*ODD, "a\0b", "\0", "\x7f", {"id": "\0"}, {"id": "a", "name": "\0"}, {"npi": "\0"}, {"\0": True}, {"npi": None}, 2**70]


def with_one_strange(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """The body with each of the strange values in each of its places in turn."""
    return [whole | {name: value} for name in whole for value in STRANGE] + [whole | {"more": value} for value in STRANGE]


@pytest.mark.parametrize("engine", ENGINES)
def test_answers_strange_launches_and_profiles(engine: str, bridge_on: Callable[[str], ABridge]) -> None:
    here = bridge_on(engine)
    launched = here.launched(key="e" * 32)
    for said in with_one_strange(LAUNCH):
        assert is_an_answer(here.client.post("/launch", json=said)), said
    for said in with_one_strange(PROFILE):
        assert is_an_answer(here.client.put("/launch/profile", json=said, headers=launched.headers)), said


@pytest.mark.parametrize("engine", ENGINES)
def test_answers_strange_beacons_and_reports(engine: str, bridge_on: Callable[[str], ABridge]) -> None:
    here = bridge_on(engine)
    token = here.launched(key="e" * 32).answer["token"]
    for strange in STRANGE:
        for said in (
            {"token": token, "statements": strange},
            {"token": token, "statements": [strange]},
            {"token": strange, "statements": []},
        ):
            assert is_an_answer(here.client.post("/launch/beacon", data=json.dumps(said), content_type="text/plain")), said
        # Thirty reports a minute are taken from one address.
        here.clock.moves(seconds=3)
        assert is_an_answer(here.client.post("/launch/diagnostics", json={"token": token, "report": strange})), strange
