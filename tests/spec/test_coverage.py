"""Every requirement has a test in every edition that it holds for."""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.spec.requirements import ASKED, REQUIREMENTS

HERE = Path(__file__).parent
# ADL's numbers run to 336; these name nothing that can be asked, as the head of requirements.yaml says.
NAMELESS = {21, *range(50, 56), 58, 62, 63, 95, 112, 136, 137, 138, 140, 141, 152, 185, 186, 205, 222, 223, 224, 225, 226, 228, 246, 247}
NAMELESS |= {276, 277, 304, 305, 306, 307, 320, 329}


def test_every_requirement_is_asked_for_in_its_editions() -> None:
    for path in sorted(HERE.glob("test_*.py")):
        importlib.import_module(f"tests.spec.{path.stem}")
    wanted = {(identity, edition) for identity, requirement in REQUIREMENTS.items() for edition in requirement.editions}
    assert sorted(wanted - ASKED) == []


def test_every_number_of_the_suite_is_known_or_nameless() -> None:
    known = {int(identity[5:]) for identity in REQUIREMENTS if identity.startswith("XAPI-")}
    assert known == set(range(1, 337)) - NAMELESS


def test_every_requirement_says_something_of_its_own() -> None:
    said = [requirement.says for requirement in REQUIREMENTS.values()]
    assert sorted({sentence for sentence in said if said.count(sentence) > 1}) == []
