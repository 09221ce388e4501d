"""The doors of the bridge as docs/openapi.yaml describes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

DESCRIPTION: dict[str, Any] = YAML(typ="safe").load(Path(__file__).parents[2] / "docs" / "openapi.yaml")


@dataclass(frozen=True)
class Door:
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


# The second mount of the record store refers to the first.
DOORS = [
    Door(method, path)
    for path, item in DESCRIPTION["paths"].items()
    if "$ref" not in item
    for method in item
    if method in ("get", "put", "post", "delete")
]
