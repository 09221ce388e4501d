"""Where a package reports to: a bridge's address and a site's key, checked before they are built into anything."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scorm_packager.activity.problems import Place, Problem, ProblemsFound, Severity, errors
from scorm_packager.package_data import Destination

_SITE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))


def destination(bridge: str | None, site: str | None) -> tuple[Destination | None, tuple[Problem, ...]]:
    """The destination (None when neither is given) and warnings about it. Raises `ProblemsFound` when it cannot be used."""
    if bridge is None and site is None:
        return None, ()
    problems = (*_of_pair(bridge, site), *_of_bridge(bridge or ""), *_of_site(site or ""))
    if errors(problems):
        raise ProblemsFound(errors(problems))
    return Destination((bridge or "").rstrip("/"), site or ""), problems


def bridge_address(bridge: str) -> str:
    """The bridge's address without a trailing slash. Raises `ProblemsFound` when it is none."""
    problems = errors(tuple(_of_bridge(bridge)))
    if problems:
        raise ProblemsFound(problems)
    return bridge.rstrip("/")


def _of_pair(bridge: str | None, site: str | None) -> tuple[Problem, ...]:
    if bridge and site:
        return ()
    missing, given = ("--site", "--bridge") if bridge else ("--bridge", "--site")
    return (_problem("destination-incomplete", given, f"{given} was given without {missing}.", f"Add {missing}: a package needs both."),)


def _of_bridge(bridge: str) -> tuple[Problem, ...]:
    if not bridge:
        return ()
    try:
        parts = urlsplit(bridge)
        host = parts.hostname
    except ValueError:
        return (_not_an_address(bridge),)
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", bridge):
        return (_not_an_address(bridge),)
    if parts.username or parts.password or parts.query or parts.fragment:
        message = "The bridge's address carries a name, a password, a query or a fragment; a package must hold no secrets."
        return (_problem("bridge-address-extra", "--bridge", message, "Give scheme, host and path only."),)
    if parts.scheme == "http" and host not in _LOCAL:
        message = "A page that an LMS serves over https may not call a bridge over http."
        return (_problem("bridge-not-https", "--bridge", message, "Give the bridge an https address.", Severity.WARNING),)
    return ()


def _of_site(site: str) -> tuple[Problem, ...]:
    if not site or _SITE.fullmatch(site):
        return ()
    remedy = "Give the key as `lrs-bridge site add KEY` has it: small letters, digits, single hyphens."
    return (_problem("site-key-malformed", "--site", f"“{site}” is no site key.", remedy),)


def _not_an_address(bridge: str) -> Problem:
    return _problem("bridge-address-malformed", "--bridge", f"“{bridge}” is no web address.", "Give it like https://cme.example.org.")


def _problem(code: str, where: str, message: str, remedy: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, Place(where), message, remedy, severity)
