"""Agents and groups: xAPI 1.0.3 Data 2.4.2. And the one text that an agent is known by."""

from __future__ import annotations

from typing import Any

from lrs_bridge.xapi.checks import Check, Problems, array, fields, iri, mailto, of_type, one_of, problem, sha1, text

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


def _account(value: Any, where: str) -> Problems:
    yield from fields(value, where, {"homePage": iri, "name": text}, ("homePage", "name"), "2.4.2.4")


_IDENTIFIED: dict[str, Check] = {"name": text, "mbox": mailto, "mbox_sha1sum": sha1, "openid": iri, "account": _account}
_AGENT = _IDENTIFIED | {"objectType": one_of(frozenset({"Agent"}), "2.4.2.1")}


def agent(value: Any, where: str) -> Problems:
    yield from fields(value, where, _AGENT, (), "2.4.2.1")
    yield from _one_identifier(value, where, needed=True)


def group(value: Any, where: str) -> Problems:
    """A group with an identifier, or an anonymous one with its members."""
    yield from fields(value, where, _GROUP, ("objectType",), "2.4.2.2")
    if not isinstance(value, dict):
        return
    yield from _one_identifier(value, where, needed=False)
    if "member" not in value and not _identifiers(value):
        yield problem("missing-property", f"{where}.member", "An anonymous group needs its members.", "Add them.", "2.4.2.2")


_GROUP = _IDENTIFIED | {"objectType": one_of(frozenset({"Group"}), "2.4.2.2"), "member": array(agent)}


def actor(value: Any, where: str) -> Problems:
    """An agent or a group; an agent where nothing is said."""
    if not isinstance(value, dict):
        yield from of_type(value, where, dict, "an object")
    elif value.get("objectType") == "Group":
        yield from group(value, where)
    elif value.get("objectType", "Agent") != "Agent":
        yield from one_of(frozenset({"Agent", "Group"}), "2.4.2")(value["objectType"], f"{where}.objectType")
    else:
        yield from agent(value, where)


def authority(value: Any, where: str) -> Problems:
    """An agent, or a consumer and its user as an anonymous group of two (xAPI 1.0.3 Data 2.4.9)."""
    yield from actor(value, where)
    if isinstance(value, dict) and value.get("objectType") == "Group":
        members = value.get("member")
        if _identifiers(value) or not isinstance(members, list) or len(members) != 2:
            message = "As an authority a group has exactly two members and no identifier."
            yield problem("wrong-authority", where, message, "Name an agent, or a consumer and its user.", "2.4.9")


def _identifiers(value: dict[str, Any]) -> list[str]:
    return [name for name in IDENTIFIERS if name in value]


def _one_identifier(value: Any, where: str, *, needed: bool) -> Problems:
    if not isinstance(value, dict):
        return
    given = _identifiers(value)
    if len(given) > 1:
        yield problem("too-many-identifiers", where, f"It has {' and '.join(given)}.", "Keep one of them.", "2.4.2.3")
    if needed and not given:
        yield problem("missing-identifier", where, "It has no identifier.", f"Add one of {', '.join(IDENTIFIERS)}.", "2.4.2.3")


def key_of(value: Any) -> str | None:
    """The text that an agent or identified group is known by; None for an anonymous group."""
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("account"), dict):
        return f"account {value['account'].get('homePage')} {value['account'].get('name')}"
    name = next((name for name in IDENTIFIERS if isinstance(value.get(name), str)), None)
    return None if name is None else f"{name} {value[name]}"


def everyone_in(value: Any) -> tuple[Any, ...]:
    """The actor itself and, for a group, its members."""
    members = value.get("member") if isinstance(value, dict) else None
    return (value, *members) if isinstance(members, list) else (value,)
