"""The outcomes of few learners are for the provider's own staff: readers outside are shown groups of eleven and more."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from lrs_bridge.cli import main
from tests.bridge.builders import ABridge
from tests.bridge.learning import ACTIVITY, assessed, everything, opened


@pytest.mark.parametrize(("readers", "hidden"), [([], False), (["--for", "inside"], False), (["--for", "outside"], True)])
def test_hides_few_from_readers_outside(on_sqlite: ABridge, tmp_path: Path, readers: list[str], hidden: bool) -> None:
    registered = on_sqlite.registers()
    for n in range(6):
        registered.launched(f"learner-{n}", f"{n:032x}").takes(opened(), *assessed("pre", "b", "a", "a", "b"), *everything())
    on_sqlite.works()
    config = on_sqlite.bridge.config
    environment = {"LRS_BRIDGE_DATA": str(config.data), "LRS_BRIDGE_PUBLIC_URL": config.public_url}
    said = CliRunner().invoke(main, ["outcomes", ACTIVITY, "--out", str(tmp_path / "o.json"), *readers], env=environment)
    assert said.exit_code == 0, said.output
    assert ("Too few learners" in said.output) is hidden
