"""What a credential may do: xAPI's scopes, and the roles that have them.

xAPI 1.0.3 Communication 4.2 names all scopes but `definitions/write`, `state/read` and `profile/read`, which are ours:
registering the definition of an activity, and reading documents without the right to change them.
"""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["lms", "author", "report", "admin", "full"]
ROLES: tuple[Role, ...] = get_args(Role)

WRITE = "statements/write"
READ_OWN = "statements/read/mine"  # what the same credential wrote
READ_STATEMENTS = "statements/read"
STATE = "state"
STATE_READ = "state/read"
PROFILE = "profile"  # documents of activities and of agents
PROFILE_READ = "profile/read"
DEFINE = "define"  # what a statement says an activity is counts as its definition
READ = "all/read"
ALL = "all"
REGISTER = "definitions/write"

# A scope with those that it contains.
_CONTAINED = {
    READ_STATEMENTS: (READ_OWN,),
    STATE: (STATE_READ,),
    PROFILE: (PROFILE_READ,),
    READ: (READ_STATEMENTS, STATE_READ, PROFILE_READ),
    ALL: (READ, WRITE, STATE, PROFILE, DEFINE, REGISTER),
}


def with_contained(*scopes: str) -> frozenset[str]:
    """These scopes and all that they contain."""
    found = frozenset(scopes)
    for scope in scopes:
        found |= with_contained(*_CONTAINED.get(scope, ()))
    return found


SCOPES: dict[str, frozenset[str]] = {
    "lms": with_contained(WRITE, READ_OWN, STATE, PROFILE, DEFINE),
    "author": with_contained(REGISTER),
    "report": with_contained(READ),
    "admin": with_contained(READ, REGISTER),
    "full": with_contained(ALL),
}

# Of launch tokens: statements and documents of their own registration, which `token_scope` and `access.require_own` see to.
OF_A_LAUNCH = with_contained(WRITE, STATE)
# Of what is pulled from another record store.
OF_AN_UPSTREAM = with_contained(WRITE, DEFINE)


def roles_with(scope: str) -> tuple[Role, ...]:
    return tuple(role for role in ROLES if scope in SCOPES[role])
