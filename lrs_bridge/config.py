"""Every setting of the bridge. This module alone reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from scorm_packager.activity.problems import Place, Problem, ProblemsFound

PREFIX = "LRS_BRIDGE_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, what it is when nothing is said, and what it means."""

    name: str
    default: str
    meaning: str

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


SETTINGS = (
    Setting("data", "bridge-data", "The folder that holds the database and the key files."),
    Setting("database_url", "", "PostgreSQL (postgresql://…) or SQLite (sqlite:///…); when empty, bridge.sqlite in the data folder."),
    Setting("public_url", "http://127.0.0.1:8400", "Where browsers reach the bridge; stands in actors, certificates and QR codes."),
    Setting("vault_file", "", "The keys that identities are encrypted with; when empty, vault.keys in the data folder. Back it up apart."),
    Setting("seal_file", "", "The key that the ledger is signed with; when empty, seal.key in the data folder. Back it up apart."),
    Setting("token_hours", "12", "How long a learner's launch token is good for, in hours."),
    Setting("body_megabytes", "16", "The largest request that is taken, in megabytes."),
    Setting("seal_seconds", "60", "How often the ledger's new entries are sealed, in seconds."),
    Setting(
        "lenient", "no", "yes: forgive what clients in the field are known to send, and say so in the log; no: the standard, strictly."
    ),
    Setting("retention_file", "", "How long what is kept is kept; when empty, the rules that come with the bridge (docs/operations.md)."),
    Setting("metrics_open", "no", "yes: /metrics answers everybody; no: only keys of the roles report, admin and full."),
    Setting("log_level", "INFO", "DEBUG, INFO, WARNING or ERROR. Logs go to standard error, one JSON object a line."),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force. `public_url` has no slash at its end; `database_url` names its driver."""

    data: Path
    database_url: str
    public_url: str
    vault_file: Path
    seal_file: Path
    token_hours: int = 12
    body_megabytes: int = 16
    seal_seconds: int = 60
    retention_file: Path | None = None
    metrics_open: bool = False
    log_level: str = "INFO"
    lenient: bool = False

    @property
    def largest_body(self) -> int:
        """In bytes."""
        return self.body_megabytes * 1024 * 1024

    def as_json(self) -> dict[str, str]:
        """Name to value, a password in the database's URL left out."""
        shown = {field.name: _shown(getattr(self, field.name)) for field in fields(self)}
        return shown | {"database_url": without_password(self.database_url)}


def _shown(value: object) -> str:
    """As one would write it into the environment."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def from_environment(environment: Mapping[str, str] | None = None) -> Config:
    """Raises `ProblemsFound` with everything that is wrong with the settings."""
    given = os.environ if environment is None else environment
    values = {setting.name: given.get(setting.variable, "") or setting.default for setting in SETTINGS}
    problems = (*_unknown(given), *_not_whole_numbers(values), *_not_yes_or_no(values), *_wrong_url(values))
    if problems:
        raise ProblemsFound(problems)
    return _config(values)


def _config(values: Mapping[str, str]) -> Config:
    data = Path(values["data"]).expanduser().resolve()
    return Config(
        data=data,
        database_url=_with_driver(values["database_url"] or f"sqlite:///{data / 'bridge.sqlite'}"),
        public_url=values["public_url"].rstrip("/"),
        vault_file=Path(values["vault_file"]) if values["vault_file"] else data / "vault.keys",
        seal_file=Path(values["seal_file"]) if values["seal_file"] else data / "seal.key",
        token_hours=int(values["token_hours"]),
        body_megabytes=int(values["body_megabytes"]),
        seal_seconds=int(values["seal_seconds"]),
        retention_file=Path(values["retention_file"]).expanduser().resolve() if values["retention_file"] else None,
        log_level=values["log_level"].upper(),
        lenient=values["lenient"] == "yes",
        metrics_open=values["metrics_open"] == "yes",
    )


def _with_driver(url: str) -> str:
    for spelling in ("postgresql://", "postgres://"):
        if url.startswith(spelling):
            return "postgresql+psycopg://" + url.removeprefix(spelling)
    return url


def without_password(url: str) -> str:
    """The URL as it may be shown and logged."""
    parts = urlsplit(url)
    bare = url.replace(f":{parts.password}@", ":***@") if parts.password else url
    return re.sub(r"(?i)(?<=[?&])(password|passfile|sslpassword)=[^&]*", r"\1=***", bare)


def _unknown(given: Mapping[str, str]) -> tuple[Problem, ...]:
    known = {setting.variable for setting in SETTINGS}
    strange = sorted(name for name in given if name.startswith(PREFIX) and name not in known)
    remedy = "Remove it, or see `lrs-bridge config` for the settings there are."
    return tuple(Problem("unknown-setting", Place(name), "There is no such setting.", remedy) for name in strange)


def _not_whole_numbers(values: Mapping[str, str]) -> tuple[Problem, ...]:
    numbers = ("token_hours", "body_megabytes", "seal_seconds")
    wrong = [name for name in numbers if not (values[name].isascii() and values[name].isdigit() and int(values[name]) > 0)]
    return tuple(_problem(name, f"{values[name]!r} is not a whole number above 0.", "Give a whole number.") for name in wrong)


def _not_yes_or_no(values: Mapping[str, str]) -> tuple[Problem, ...]:
    wrong = [name for name in ("lenient", "metrics_open") if values[name] not in ("yes", "no")]
    return tuple(_problem(name, f"{values[name]!r} is neither yes nor no.", "Give yes or no.") for name in wrong)


def _wrong_url(values: Mapping[str, str]) -> tuple[Problem, ...]:
    parts = urlsplit(values["public_url"])
    if parts.scheme in ("http", "https") and parts.netloc:
        return ()
    return (_problem("public_url", f"{values['public_url']!r} is not a web address.", "Give one that starts with https://."),)


def _problem(name: str, message: str, remedy: str) -> Problem:
    return Problem("wrong-setting", Place(PREFIX + name.upper()), message, remedy)
