"""Looking at a bridge as those who depend on it would: all that is wrong at once, before a learner finds it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import requests

from lrs_bridge.bridge import Bridge
from lrs_bridge.deciding import sealing
from lrs_bridge.running import readiness
from lrs_bridge.store import definitions, keys, pending, sites
from lrs_bridge.store.engine import Connection, reading
from lrs_bridge.store.sites import Site
from lrs_bridge.times import text_of
from scorm_packager.activity.problems import Place, Problem, Severity

_SECONDS = 10
_SOON = timedelta(days=14)
_NEEDED = ("authorization", "content-type", "x-experience-api-version")


def examine(bridge: Bridge) -> tuple[Problem, ...]:
    """Key files, public address, sites and their browsers' way in, ledger, and what waits in vain."""
    with reading(bridge.engine) as connection:
        known = sites.listed(connection)
        inside = (*_sites(known), *_activities(connection), *sealing.problems(bridge, connection), *_undecided(connection))
        ending = tuple(_keys(bridge, connection))
    return (
        *_key_files(bridge),
        *_readiness(bridge),
        *inside,
        *ending,
        *_address(bridge.config.public_url),
        *_way_in(bridge.config.public_url, known),
    )


def _key_files(bridge: Bridge) -> Iterator[Problem]:
    for path in (bridge.config.vault_file, bridge.config.seal_file):
        if _others_can_read(path):
            yield Problem("key-file-open", Place(str(path)), "Others on this machine can read this key.", f"Run `chmod 600 {path}`.")


def _others_can_read(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _sites(known: list[Site]) -> Iterator[Problem]:
    if not known:
        yield _warning("no-sites", "sites", "No package can be launched yet.", "Add an LMS with `lrs-bridge site add KEY`.")
    for site in known:
        if not site.origins:
            remedy = f"Name its packages' origins: `lrs-bridge site add {site.key} --origin https://…`."
            yield _warning("site-without-origins", f"site {site.key}", "Any web page may launch in its name.", remedy)


def _activities(connection: Connection) -> Iterator[Problem]:
    if not definitions.activities(connection):
        remedy = "Register them with `lrs-bridge register PATH` or `scorm-packager register`."
        yield _warning("no-activities", "definitions", "No activity is registered: every decision is held.", remedy)


def _undecided(connection: Connection) -> Iterator[Problem]:
    for registration, tries, error in pending.failures(connection):
        message = f"It could not be decided {tries} times: {error}."
        yield Problem("not-decided", Place(f"registration {registration}"), message, "See the log; report it with that line.")


def _readiness(bridge: Bridge) -> Iterator[Problem]:
    for check in readiness.checks(bridge):
        if check.state != "ok":
            severity = Severity.ERROR if check.state == "failed" else Severity.WARNING
            message = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in check.facts.items()) or "It does not answer."
            yield Problem(f"{check.name.replace('_', '-')}-{check.state}", Place(check.name), message, check.remedy, severity=severity)


def _keys(bridge: Bridge, connection: Connection) -> Iterator[Problem]:
    now, soon = bridge.text_now(), text_of(bridge.now() + _SOON)
    for key in keys.listed(connection):
        if key.is_good(now) and key.expires is not None and key.expires < soon:
            remedy = f"Give it a new secret and time: `lrs-bridge key rotate {key.id} --days 365`."
            yield _warning("key-ends", f"key {key.id}", f"It ends at {key.expires}.", remedy)


def _address(public_url: str) -> Iterator[Problem]:
    parts = urlsplit(public_url)
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        message = "Browsers on a page with https do not call an address with http."
        remedy = "Put TLS before the bridge, and name https in LRS_BRIDGE_PUBLIC_URL."
        yield Problem("public-url-insecure", Place(public_url), message, remedy)


# --- as a browser would come --------------------------------------------------------------------


def _way_in(public_url: str, known: list[Site]) -> Iterator[Problem]:
    try:
        alive = requests.get(f"{public_url}/healthz", timeout=_SECONDS)
    except requests.RequestException:
        yield _unreachable(public_url, "Nothing answers there.")
        return
    if alive.status_code != 200:
        yield _unreachable(public_url, f"It answers {alive.status_code}.")
        return
    for site in known:
        for origin in site.origins:
            yield from _preflight(public_url, site, origin)


def _unreachable(public_url: str, message: str) -> Problem:
    remedy = "Start `lrs-bridge serve`, or set LRS_BRIDGE_PUBLIC_URL to where it is."
    return Problem("public-url-unreachable", Place(public_url), message, remedy)


def _preflight(public_url: str, site: Site, origin: str) -> Iterator[Problem]:
    """What a learner's browser asks before it sends anything."""
    asked = {"Origin": origin, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": ", ".join(_NEEDED)}
    try:
        answer = requests.options(f"{public_url}/xapi/statements", headers=asked, timeout=_SECONDS)
    except requests.RequestException:
        yield _unreachable(public_url, "It stopped answering.")
        return
    place, remedy = f"site {site.key}, origin {origin}", "Let the proxy before the bridge pass OPTIONS and CORS headers through unchanged."
    if answer.headers.get("Access-Control-Allow-Origin") not in (origin, "*"):
        yield Problem("preflight-origin", Place(place), "Browsers of this origin are not let in.", remedy)
    allowed = answer.headers.get("Access-Control-Allow-Headers", "").lower()
    missing = [name for name in _NEEDED if name not in allowed]
    if missing:
        yield Problem("preflight-headers", Place(place), f"Browsers may not send {', '.join(missing)}.", remedy)


def _warning(code: str, where: str, message: str, remedy: str) -> Problem:
    return Problem(code, Place(where), message, remedy, severity=Severity.WARNING)
