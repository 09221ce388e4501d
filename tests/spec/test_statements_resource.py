"""Keeping statements and giving them back one by one (xAPI 1.0.3 Communication 2.1.1-2.1.2, Data 2.3-2.4; IEEE 4.1.6.1)."""

from __future__ import annotations

import json
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from tests.spec.examples import ACTIVITY, AGENTS, examples, statement, substatement
from tests.spec.lrs import LRS, essence, moment, new_agent, new_id
from tests.spec.requirements import asks, asks_each

ENGINES = ("sqlite", "postgresql")
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided", "display": {"en": "voided"}}


def voiding(target: str, **more: Any) -> dict[str, Any]:
    return statement(verb=VOIDED, object={"objectType": "StatementRef", "id": target}, **more)


# --- writing ------------------------------------------------------------------------------------


@asks("XAPI-00139", "XAPI-00146", "XAPI-00147", engines=ENGINES)
def test_answers_post_with_the_ids_in_order(lrs: LRS) -> None:
    ids = [new_id() for _ in range(3)]
    answer = lrs.posts(*(statement(id=identity) for identity in ids))
    assert (answer.status_code, answer.mimetype, answer.json) == (200, "application/json", ids)
    alone = lrs.asks("POST", "/statements", json=statement(id=(one := new_id())))
    assert (alone.status_code, alone.json) == (200, [one])


@asks("XAPI-00026", engines=ENGINES)
def test_gives_an_id_to_a_statement_without(lrs: LRS) -> None:
    first, second = lrs.keeps(statement(), statement())
    assert first != second
    assert lrs.statement(first)["id"] == first


@asks("XAPI-00143", "XAPI-00144", "XAPI-00145", engines=ENGINES)
def test_puts_under_the_id_of_the_parameter(lrs: LRS) -> None:
    identity = new_id()
    answer = lrs.puts(statement(), identity)
    assert (answer.status_code, answer.data) == (204, b"")
    assert lrs.statement(identity)["id"] == identity
    assert lrs.asks("PUT", "/statements", json=statement()).status_code == 400
    assert lrs.puts(statement(id=new_id()), identity=new_id()).status_code == 400
    assert lrs.asks("PUT", "/statements", query_string={"statementId": new_id()}, json=[statement()]).status_code == 400


@asks("XAPI-00142", engines=ENGINES)
def test_never_changes_a_statement_that_is_kept(lrs: LRS) -> None:
    (identity,) = lrs.keeps(statement(id=new_id(), result={"success": True}))
    before = lrs.statement(identity)
    other = statement(id=identity, result={"success": False}, actor=new_agent())
    assert (lrs.posts(other).status_code, lrs.puts(other).status_code) == (409, 409)
    assert lrs.statement(identity) == before


@asks("XAPI-00142", "IEEE-duration-precision", engines=ENGINES)
def test_takes_the_same_statement_again(lrs: LRS) -> None:
    once = statement(id=new_id(), timestamp="2026-11-20T08:15:30Z", result={"duration": "PT1.234S"})
    again = {**once, "timestamp": "2026-11-20T09:15:30.000+01:00", "result": {"duration": "PT1.239S"}, "verb": {"id": once["verb"]["id"]}}
    lrs.keeps(once)
    before = lrs.statement(once["id"])
    assert (lrs.posts(again).status_code, lrs.puts(again).status_code) == (200, 204)
    assert lrs.statement(once["id"]) == before


@asks("XAPI-00326", engines=ENGINES)
def test_keeps_nothing_of_a_batch_with_one_bad_statement(lrs: LRS) -> None:
    good = statement(id=new_id())
    assert lrs.posts(good, statement(verb={"id": "no iri"})).status_code == 400
    assert lrs.gets(statementId=good["id"]).status_code == 404
    (kept,) = lrs.keeps(statement(id=new_id(), result={"success": True}))
    assert lrs.posts(good, statement(id=kept, result={"success": False})).status_code == 409
    assert lrs.gets(statementId=good["id"]).status_code == 404


@asks("IEEE-repeated-id")
def test_refuses_a_batch_that_holds_an_id_twice(lrs: LRS) -> None:
    identity = new_id()
    assert lrs.posts(statement(id=identity), statement(id=identity)).status_code == 400
    assert lrs.posts(statement(id=identity), statement(id=identity.upper(), actor=new_agent())).status_code == 400
    assert lrs.gets(statementId=identity).status_code == 404


@asks("IEEE-empty-batch")
def test_takes_no_statements(lrs: LRS) -> None:
    answer = lrs.posts()
    assert (answer.status_code, answer.json) == (200, [])


# --- what comes back ----------------------------------------------------------------------------


@asks("XAPI-00156", "XAPI-00158", "XAPI-00159", engines=ENGINES)
def test_gives_a_statement_by_its_id(lrs: LRS) -> None:
    (identity,) = lrs.keeps(statement(id=new_id()))
    answer = lrs.gets(statementId=identity)
    assert (answer.status_code, answer.mimetype, answer.json["id"]) == (200, "application/json", identity)
    assert lrs.gets(statementId=identity.upper()).json["id"] == identity
    assert lrs.gets(statementId=new_id()).status_code == 404


@asks("XAPI-00014", "XAPI-00170", engines=ENGINES)
def test_gives_every_kind_of_statement_back_as_it_was(lrs: LRS) -> None:
    sent = [each for each in examples(lrs.edition) if each["verb"]["id"] != VOIDED["id"]]
    sent = [{name: value for name, value in each.items() if name != "id"} for each in sent]
    for identity, each in zip(lrs.keeps(*sent), sent, strict=True):
        found = essence(lrs.statement(identity))
        assert {name: value for name, value in found.items() if name in each} == essence(each)


@asks("XAPI-00096", engines=ENGINES)
def test_gives_context_activities_as_arrays(lrs: LRS) -> None:
    alone = {"contextActivities": {name: ACTIVITY for name in ("parent", "grouping", "category", "other")}}
    one, inner = lrs.keeps(statement(context=alone), statement(object=substatement(context=alone)))
    arrays = {name: [ACTIVITY] for name in alone["contextActivities"]}
    assert lrs.statement(one)["context"]["contextActivities"] == arrays
    assert lrs.statement(inner)["object"]["context"]["contextActivities"] == arrays


@asks("XAPI-00002", engines=ENGINES)
def test_keeps_numbers_with_their_precision(lrs: LRS) -> None:
    numbers = {
        "urn:a": 3.4028234e38,
        "urn:b": 1.17549435e-38,
        "urn:c": 0.1234567,
        "urn:d": 16777217,
        "urn:e": -2.5,
        "urn:f": 0.30000001192092896,
    }
    (identity,) = lrs.keeps(statement(result={"score": {"scaled": 0.3333333}, "extensions": numbers}))
    assert lrs.statement(identity)["result"] == {"score": {"scaled": 0.3333333}, "extensions": numbers}


@asks("XAPI-00015", engines=ENGINES)
def test_speaks_utf_8(lrs: LRS) -> None:
    names = "Ünïcödé 案例 \U0001f9e0 العربية"
    raw = json.dumps(statement(actor=AGENTS["mbox"] | {"name": names}), ensure_ascii=False).encode()
    answer = lrs.asks("POST", "/statements", data=raw, headers={"Content-Type": "application/json"})
    found = lrs.gets(statementId=answer.json[0])
    assert json.loads(found.data.decode("utf-8"))["actor"]["name"] == names
    for bad in (raw.decode().encode("utf-16"), raw.replace("案".encode(), b"\xff")):
        assert lrs.asks("POST", "/statements", data=bad, headers={"Content-Type": "application/json"}).status_code == 400


@asks("XAPI-00097", "XAPI-00023", "IEEE-utc", engines=ENGINES)
def test_sets_the_stored_time_itself(lrs: LRS) -> None:
    now = lrs.waits()
    (identity,) = lrs.keeps(statement(stored="2001-01-01T00:00:00Z"))
    found = lrs.statement(identity)["stored"]
    assert moment(found) == moment(now)
    assert moment(found).utcoffset() == UTC.utcoffset(None)
    lrs.waits(0.007)
    (later,) = lrs.keeps(statement())
    assert (moment(lrs.statement(later)["stored"]) - moment(found)).total_seconds() == 0.007


@asks("IEEE-timestamp-is-stored", engines=ENGINES)
def test_gives_the_stored_time_as_timestamp_where_none_was_sent(lrs: LRS) -> None:
    (identity,) = lrs.keeps(statement())
    found = lrs.statement(identity)
    assert moment(found["timestamp"]) == moment(found["stored"])


@asks("XAPI-00122", "XAPI-00123", "IEEE-utc", engines=ENGINES)
def test_keeps_the_milliseconds_of_timestamps(lrs: LRS) -> None:
    sent = ["2026-11-20T08:15:30.123Z", "2026-11-20T08:15:30.123456Z", "2026-11-20T09:45:30.123+01:30", "2026-11-20T08:15:30.1230000Z"]
    for identity in lrs.keeps(*(statement(timestamp=each) for each in sent)):
        found = moment(lrs.statement(identity)["timestamp"])
        assert found.isoformat()[:23] == "2026-11-20T08:15:30.123"
        assert found.utcoffset() == UTC.utcoffset(None)


@asks("XAPI-00099", engines=ENGINES)
def test_gives_an_authority(lrs: LRS) -> None:
    bare, named = lrs.keeps(statement(), statement(authority=AGENTS["mbox"]))
    found = lrs.statement(bare)["authority"]
    assert (found["objectType"], "account" in found) == ("Agent", True)
    assert lrs.statement(named)["authority"] == found


VERSIONS = [(("XAPI-00330", "XAPI-00332"), version) for version in ("1.0.0", "1.0.9", "1.0")] + [(("XAPI-00332",), "2.0.0")]


@asks_each(VERSIONS)
def test_gives_a_statement_back_with_its_version(lrs: LRS, row: str) -> None:
    if row == "2.0.0" and lrs.edition == "1.0.3":
        # 1.0.3 Data 2.4.10 knows 1.0.x alone; what it does with another is the business of XAPI-00101.
        return
    (identity,) = lrs.keeps(statement(version=row))
    assert lrs.statement(identity)["version"] == row


@asks("IEEE-default-version")
def test_gives_a_version_to_a_statement_without(lrs: LRS) -> None:
    (identity,) = lrs.keeps(statement())
    # Data 2.4.10: 1.0.0 where none was sent.
    assert lrs.statement(identity)["version"] == {"1.0.3": "1.0.0", "2.0.0": "2.0.0"}[lrs.edition]


@asks("IEEE-last-modified", engines=ENGINES)
def test_says_when_a_statement_was_stored(lrs: LRS) -> None:
    (identity,) = lrs.keeps(statement())
    answer = lrs.gets(statementId=identity)
    assert parsedate_to_datetime(answer.headers["Last-Modified"]) == moment(answer.json["stored"]).replace(microsecond=0)


# --- voiding ------------------------------------------------------------------------------------


@asks("XAPI-00018", "XAPI-00020", "XAPI-00155", "XAPI-00157", "XAPI-00163", engines=ENGINES)
def test_gives_a_voided_statement_by_voided_id_alone(lrs: LRS) -> None:
    (identity,) = lrs.keeps(statement())
    assert lrs.gets(voidedStatementId=identity).status_code == 404
    lrs.keeps(voiding(identity))
    assert lrs.gets(statementId=identity).status_code == 404
    answer = lrs.gets(voidedStatementId=identity)
    assert (answer.status_code, answer.json["id"]) == (200, identity)


@asks("IEEE-unknown-target", engines=ENGINES)
def test_voids_what_comes_later(lrs: LRS) -> None:
    target = new_id()
    lrs.keeps(voiding(target))
    lrs.keeps(statement(id=target))
    assert (lrs.gets(statementId=target).status_code, lrs.gets(voidedStatementId=target).status_code) == (404, 200)


@asks("XAPI-00016", "XAPI-00019", engines=ENGINES)
def test_does_not_void_a_voiding_statement(lrs: LRS) -> None:
    (target,) = lrs.keeps(statement())
    (first,) = lrs.keeps(voiding(target, id=new_id()))
    # Data 2.3.2: such a statement may be refused; if it is taken it changes nothing.
    assert lrs.posts(voiding(first)).status_code in (200, 400)
    assert lrs.gets(statementId=first).status_code == 200
    assert lrs.gets(voidedStatementId=target).status_code == 200


@asks("XAPI-00162", "XAPI-00163", engines=ENGINES)
def test_finds_what_refers_to_a_voided_statement_but_not_that(lrs: LRS) -> None:
    registration = new_id()
    (target,) = lrs.keeps(statement(context={"registration": registration}))
    about, void = lrs.keeps(
        statement(object={"objectType": "StatementRef", "id": target}, context={"registration": registration}),
        voiding(target, context={"registration": registration}),
    )
    assert sorted(lrs.ids(registration=registration)) == sorted([about, void])
