"""How long what is kept is kept: a table of rules, by default `retention.yaml`."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from scorm_packager.activity.problems import Place, Problem, ProblemsFound

_SHIPPED = Path(__file__).with_suffix(".yaml")


class Rule(BaseModel):
    """`days` since the date that `why` names; None: for ever."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    days: int | None = Field(ge=1, le=36_525)
    why: str
    source: str = ""

    def until(self, now: datetime) -> datetime | None:
        """What is older than this has been kept long enough; None: nothing has."""
        return None if self.days is None else now - timedelta(days=self.days)


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    retention: tuple[Rule, ...]


@lru_cache(maxsize=8)
def rules(path: Path | None = None) -> dict[str, Rule]:
    """By key: the shipped rules, and in their place those of the file. Raises `ProblemsFound`."""
    shipped = {rule.key: rule for rule in _read(_SHIPPED)}
    given = {rule.key: rule for rule in _read(path)} if path is not None else {}
    unknown = sorted(given.keys() - shipped.keys())
    if unknown:
        remedy = f"Use one of {', '.join(sorted(shipped))}."
        raise ProblemsFound(tuple(Problem("unknown-retention", Place(str(path)), f"There is no rule {key!r}.", remedy) for key in unknown))
    return shipped | given


def _read(path: Path) -> tuple[Rule, ...]:
    try:
        return _Table.model_validate(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))).retention
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise ProblemsFound((_problem(path, str(error)),)) from None
    except ValidationError as error:
        found = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ProblemsFound(tuple(_problem(path, message) for message in found)) from None


def _problem(path: Path, message: str) -> Problem:
    return Problem("retention-file", Place(str(path)), message, "Compare with lrs_bridge/erasing/retention.yaml.")
