"""Whatever the resource: versions, credentials, HEAD, forms by POST, unknown parameters, refusals (Communication 1, 2.8, 3, 4)."""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from tests.bridge.builders import basic
from tests.spec.examples import AGENTS, statement
from tests.spec.lrs import LRS, MOUNTS, VERSION, in_query, new_activity, new_agent, new_id
from tests.spec.requirements import asks

ENGINES = ("sqlite", "postgresql")
FORM = "application/x-www-form-urlencoded"
LATEST = {"1.0.3": "1.0.3", "2.0.0": "2.0.0"}

# --- /about -------------------------------------------------------------------------------------


@asks("XAPI-00315", "XAPI-00316", "XAPI-00317", "XAPI-00318", "XAPI-00319", "XAPI-00321")
def test_tells_its_versions_to_anybody(lrs: LRS) -> None:
    answer = lrs.asks("GET", "/about", headers={VERSION: None, "Authorization": None})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    versions = answer.json["version"]
    assert lrs.edition in versions
    assert all(re.fullmatch(r"0\.9|0\.95|1\.0\.\d+|2\.0\.\d+", version) for version in versions)


# --- every resource -----------------------------------------------------------------------------


def resources() -> list[tuple[str, dict[str, Any]]]:
    """Each address that can be read, with what it needs to be read; all of it made anew."""
    agent, activity = new_agent(), new_activity()
    return [
        ("/statements", {"limit": 1}),
        ("/activities/state", {"activityId": activity, "agent": agent}),
        ("/agents/profile", {"agent": agent}),
        ("/activities/profile", {"activityId": activity}),
        ("/agents", {"agent": agent}),
        ("/activities", {"activityId": activity}),
    ]


def gets(lrs: LRS, path: str, query: dict[str, Any], method: str = "GET", **headers: str | None) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lrs.asks(method, path, query_string=in_query(query), headers=named)


def alike(answer: TestResponse) -> dict[str, str]:
    """The headers, but for the one that is each request's own."""
    return {name: value for name, value in answer.headers.items() if name != "X-Request-Id"}


@asks("XAPI-00125", "XAPI-00126", engines=ENGINES)
def test_answers_head_as_get_without_the_body(lrs: LRS) -> None:
    (identity,) = lrs.keeps(statement())
    for path, query in [
        *resources(),
        ("/about", {}),
        ("/statements", {"statementId": identity}),
        ("/statements", {"statementId": new_id()}),
    ]:
        got, headed = gets(lrs, path, query), gets(lrs, path, query, "HEAD")
        assert (headed.status_code, headed.data) == (got.status_code, b""), path
        assert alike(headed) == alike(got), path


@asks("XAPI-00125", engines=ENGINES)
def test_answers_head_of_documents(lrs: LRS) -> None:
    for path, query in resources()[1:4]:
        key = {"stateId" if "state" in path else "profileId": "one"}
        put = lrs.asks(
            "PUT", path, query_string=in_query({**query, **key}), data=b"x", headers={"If-None-Match": "*", "Content-Type": "text/plain"}
        )
        assert put.status_code == 204
        got, headed = gets(lrs, path, {**query, **key}), gets(lrs, path, {**query, **key}, "HEAD")
        assert (headed.status_code, headed.data, alike(headed)) == (200, b"", alike(got)), path


@asks("XAPI-00321", "XAPI-00331")
def test_refuses_versions_that_are_not_spoken(lrs: LRS) -> None:
    for version in (None, "", "0.9", "0.95", "1", "1.1.0", "2.1.0", "3.0.0", "1.0.x", "v1.0.3"):
        for path, query in resources():
            answer = lrs.asks("GET", path, query_string=in_query(query), headers={VERSION: version})
            assert (answer.status_code, answer.headers[VERSION]) == (400, LATEST[lrs.edition]), (version, path)
        assert lrs.asks("POST", "/statements", json=statement(), headers={VERSION: version}).status_code == 400
        put = lrs.asks("PUT", "/statements", query_string={"statementId": new_id()}, json=statement(), headers={VERSION: version})
        assert put.status_code == 400


SPOKEN = {"1.0.3": ("1.0", "1.0.0", "1.0.1", "1.0.3", "1.0.9"), "2.0.0": ("2.0", "2.0.0", "2.0.1")}


@asks("XAPI-00331", "XAPI-00333")
def test_answers_in_the_latest_version_of_the_edition(lrs: LRS) -> None:
    for version in SPOKEN[lrs.edition]:
        for path, query in resources():
            answer = lrs.asks("GET", path, query_string=in_query(query), headers={VERSION: version})
            assert (answer.status_code, answer.headers[VERSION]) == (200, LATEST[lrs.edition]), (version, path)
    bad: list[dict[str, Any]] = [{"colour": "red"}, {"statementId": new_id()}]
    refused = [*(gets(lrs, "/statements", query) for query in bad), gets(lrs, "/nowhere", {})]
    assert [answer.headers[VERSION] for answer in refused] == [LATEST[lrs.edition]] * 3


@asks("XAPI-00324")
def test_refuses_unknown_parameters(lrs: LRS) -> None:
    for path, query in resources():
        assert gets(lrs, path, query | {"colour": "red"}).status_code == 400, path
    assert lrs.asks("POST", "/statements", query_string={"colour": "red"}, json=statement()).status_code == 400
    assert lrs.asks("PUT", "/statements", query_string={"statementId": new_id(), "colour": "red"}, json=statement()).status_code == 400


@asks("XAPI-00325")
def test_refuses_parameters_in_another_case(lrs: LRS) -> None:
    for path, query in resources():
        for name, value in query.items():
            others = {other: kept for other, kept in query.items() if other != name}
            assert gets(lrs, path, others | {name.capitalize(): value}).status_code == 400, (path, name)
    assert lrs.asks("PUT", "/statements", query_string={"StatementId": new_id()}, json=statement()).status_code == 400


# --- credentials --------------------------------------------------------------------------------


def pair(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


@asks("XAPI-00334", "XAPI-00335")
def test_asks_for_credentials(lrs: LRS) -> None:
    name = base64.b64decode(lrs.credentials["Authorization"].split()[1]).decode().partition(":")[0]
    wrong = [
        None,
        "",
        "Basic",
        "Basic !",
        "Basic " + base64.b64encode(b"no colon").decode(),
        pair("nobody", "x"),
        pair(name, "x"),
        pair(name, ""),
    ]
    for given in [*wrong, "Digest x", "Bearer x", "Bearer", lrs.credentials["Authorization"] + "x"]:
        for path, query in resources():
            assert gets(lrs, path, query, Authorization=given).status_code == 401, (given, path)
        assert lrs.asks("POST", "/statements", json=statement(), headers={"Authorization": given}).status_code == 401, given
        # Whoever fails too often from one address is told to wait; that is another matter.
        lrs.waits(61)
    assert [gets(lrs, path, query).status_code for path, query in resources()] == [200] * 6


@asks("XAPI-00327")
def test_refuses_those_who_may_not(lrs: LRS) -> None:
    reader = basic(lrs.here.new_key("report"))["Authorization"]
    assert lrs.asks("POST", "/statements", json=statement(), headers={"Authorization": reader}).status_code == 403
    assert gets(lrs, "/statements", {"limit": 1}, Authorization=reader).status_code == 200


# --- refusals -----------------------------------------------------------------------------------


@asks("XAPI-00328")
def test_refuses_more_than_it_takes_at_once(lrs: LRS) -> None:
    most = lrs.here.bridge.config.body_megabytes * 1024 * 1024
    answer = lrs.asks("POST", "/statements", data=b" " * (most + 1), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


@asks("XAPI-00323")
def test_refuses_with_the_statuses_of_the_standard_and_a_reason(lrs: LRS) -> None:
    (kept,) = lrs.keeps(statement(result={"success": True}))
    refused = [
        (400, lrs.asks("POST", "/statements", data=b"{", headers={"Content-Type": "application/json"})),
        (400, lrs.posts(5)),
        (401, gets(lrs, "/statements", {}, Authorization=None)),
        (404, gets(lrs, "/statements", {"statementId": new_id()})),
        (409, lrs.posts(statement(id=kept, result={"success": False}))),
    ]
    for status, answer in refused:
        assert answer.status_code == status
        assert all(problem["message"] and problem["remedy"] for problem in answer.json["problems"])


# --- forms by POST ------------------------------------------------------------------------------


def sends_form(
    lrs: LRS, path: str, method: str, *, more: str = "", headers: dict[str, str | None] | None = None, **fields: str
) -> TestResponse:
    """A request inside a POST: headers and parameters as fields, the body as `content`."""
    own = {**lrs.credentials, VERSION: lrs.edition}
    said = {name: value for name, value in {**own, **(headers or {})}.items() if value is not None}
    return lrs.here.client.post(
        f"{MOUNTS[lrs.edition]}{path}?method={method}{more}", data=urlencode({**said, **fields}), headers={"Content-Type": FORM}
    )


@asks("XAPI-00336", "XAPI-00148", engines=ENGINES)
def test_takes_any_request_as_a_form(lrs: LRS) -> None:
    identity = new_id()
    put = sends_form(
        lrs, "/statements", "PUT", statementId=identity, content=json.dumps(statement()), **{"Content-Type": "application/json"}
    )
    assert (put.status_code, put.data) == (204, b"")
    got = sends_form(lrs, "/statements", "GET", statementId=identity)
    assert (got.status_code, got.json["id"]) == (200, identity)
    query = sends_form(lrs, "/statements", "GET", limit="1")
    assert (query.status_code, len(query.json["statements"])) == (200, 1)
    posted = sends_form(lrs, "/statements", "POST", content=json.dumps([statement()]), **{"Content-Type": "application/json"})
    assert (posted.status_code, len(posted.json)) == (200, 1)


@asks("XAPI-00336", engines=ENGINES)
def test_takes_documents_as_forms(lrs: LRS) -> None:
    place = {"activityId": new_activity(), "agent": json.dumps(AGENTS["mbox"]), "stateId": "one"}
    said = {"Content-Type": "text/plain", "If-None-Match": "*", "content": "a & b = ü"}
    assert sends_form(lrs, "/activities/state", "PUT", **place, **said).status_code == 204
    got = sends_form(lrs, "/activities/state", "GET", **place)
    assert (got.status_code, got.data.decode(), got.mimetype) == (200, "a & b = ü", "text/plain")
    assert sends_form(lrs, "/activities/state", "DELETE", **place, **{"If-Match": got.headers["ETag"]}).status_code == 204
    assert sends_form(lrs, "/activities/state", "GET", **place).status_code == 404


@asks("XAPI-00336")
def test_refuses_forms_that_say_too_much_or_too_little(lrs: LRS) -> None:
    said = {"statementId": new_id(), "content": json.dumps(statement()), "Content-Type": "application/json"}
    without_content = {name: value for name, value in said.items() if name != "content"}
    refused = [
        sends_form(lrs, "/statements", "PUT", more="&colour=red", **said),
        sends_form(lrs, "/statements", "PUT", more=f"&statementId={new_id()}", **said),
        sends_form(lrs, "/statements", "PUT", colour="red", **said),
        sends_form(lrs, "/statements", "PUT", **without_content),
        sends_form(lrs, "/statements", "PUT", headers={VERSION: "0.8"}, **said),
        sends_form(lrs, "/statements", "PUT", **(said | {"content": "{"})),
        lrs.asks("GET", "/statements", query_string={"method": "PUT"}),
        lrs.asks("PUT", "/statements", query_string={"method": "PUT", "statementId": new_id()}, json=statement()),
        lrs.asks("POST", "/statements", query_string={"method": "PUT"}, json=statement(), headers={"Content-Type": FORM}),
    ]
    assert [answer.status_code for answer in refused] == [400] * len(refused)
    assert sends_form(lrs, "/statements", "PUT", headers={"Authorization": None}, **said).status_code == 401


@asks("IEEE-no-alternate-syntax")
def test_refuses_requests_as_forms_in_2_0(lrs: LRS) -> None:
    said = {"statementId": new_id(), "content": json.dumps(statement()), "Content-Type": "application/json"}
    assert sends_form(lrs, "/statements", "PUT", **said).status_code == 400
    assert sends_form(lrs, "/statements", "GET", limit="1").status_code == 400
    assert gets(lrs, "/statements", {"statementId": said["statementId"]}).status_code == 404
