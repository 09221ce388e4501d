"""Reading and changing documents for a caller who may: each change is one transaction, and of two at once one sees the other's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lrs_bridge.access import PROFILE, PROFILE_READ, STATE, STATE_READ, Caller, require, require_own
from lrs_bridge.bridge import Bridge
from lrs_bridge.refusals import InConflict, Malformed, PreconditionFailed, Refusal
from lrs_bridge.store import documents as store
from lrs_bridge.store.engine import Connection, in_writing, looking
from lrs_bridge.xapi import documents as rules
from lrs_bridge.xapi.documents import Address, Content, Context, Refuse, Remove, Resource, Store, Stored
from lrs_bridge.xapi.etags import Conditions
from lrs_bridge.xapi.statement import Edition

_Decide = Callable[[Stored | None], Store | Remove | Refuse]

_TO_READ: dict[Resource, str] = {"state": STATE_READ, "activity-profile": PROFILE_READ, "agent-profile": PROFILE_READ}
_TO_WRITE: dict[Resource, str] = {"state": STATE, "activity-profile": PROFILE, "agent-profile": PROFILE}
_REFUSALS: dict[str, type[Refusal]] = {"malformed": Malformed, "conflict": InConflict, "precondition": PreconditionFailed}


def get(bridge: Bridge, caller: Caller, address: Address) -> Stored | None:
    _require(caller, address.context, _TO_READ)
    with looking(bridge.engine) as connection:
        return store.get(connection, _of_tenant(caller, address))


def names(bridge: Bridge, caller: Caller, context: Context, since: str) -> list[str]:
    """Of the documents changed after `since`, a moment as text; all of them after an empty one."""
    _require(caller, context, _TO_READ)
    with looking(bridge.engine) as connection:
        return store.names(connection, _in_tenant(caller, context), since)


def put(bridge: Bridge, caller: Caller, address: Address, sent: Content, conditions: Conditions, edition: Edition) -> None:
    """Raises `PreconditionFailed`, `InConflict` or `Malformed`, and has then changed nothing; so do `post` and `delete`."""
    resource = address.context.resource
    _change(bridge, caller, address, lambda stored: rules.put(resource, stored, sent, conditions, edition))


def post(bridge: Bridge, caller: Caller, address: Address, sent: Content, conditions: Conditions) -> None:
    rules.check_json(sent)
    _change(bridge, caller, address, lambda stored: rules.post(stored, sent, conditions))


def delete(bridge: Bridge, caller: Caller, address: Address, conditions: Conditions) -> None:
    """Of a document that is not there too."""
    _change(bridge, caller, address, lambda stored: rules.delete(stored, conditions))


def delete_all(bridge: Bridge, caller: Caller, context: Context) -> None:
    """Every document of the context; those of other registrations stay, and those without one when one is named."""
    _require(caller, context, _TO_WRITE)
    in_writing(bridge.engine, lambda connection: store.remove_all(connection, _in_tenant(caller, context)))


def _require(caller: Caller, context: Context, scopes: dict[Resource, str]) -> None:
    require(caller, scopes[context.resource])
    require_own(caller, activity=context.activity, agent=context.agent, registration=context.registration)


def _in_tenant(caller: Caller, context: Context) -> Context:
    """One LMS's key neither sees nor touches what another's learners keep: each site has documents of its own."""
    return replace(context, tenant=caller.tenant)


def _of_tenant(caller: Caller, address: Address) -> Address:
    return replace(address, context=_in_tenant(caller, address.context))


def _change(bridge: Bridge, caller: Caller, address: Address, decide: _Decide) -> None:
    _require(caller, address.context, _TO_WRITE)
    now, own = bridge.text_now(), _of_tenant(caller, address)
    done = in_writing(bridge.engine, lambda connection: _carry_out(connection, own, decide, now))
    if isinstance(done, Refuse):
        raise _REFUSALS[done.kind](done.problems)


def _carry_out(connection: Connection, address: Address, decide: _Decide, now: str) -> Store | Remove | Refuse:
    stored = store.hold(connection, address)
    decision = decide(stored)
    if isinstance(decision, Store):
        (store.add if stored is None else store.replace)(connection, address, decision.content, now)
    elif isinstance(decision, Remove) and stored is not None:
        store.remove(connection, address)
    return decision
