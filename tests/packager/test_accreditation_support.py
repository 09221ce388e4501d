"""Commercial support (ACCME Standard 4) and joint providership."""

from __future__ import annotations

from typing import Any

import pytest

from tests.packager.accreditation_builders import an_activity, codes


def supported(**changes: Any) -> set[str]:
    support = {"company": "Calderon Therapeutics", "kind": "monetary", "amount": 5000, "agreement": "2026-10-01"} | changes
    return codes(an_activity(commercial_support=[support]))


def test_it_works() -> None:
    assert supported() == set()


def test_objects_to_support_without_an_executed_agreement() -> None:
    assert supported(agreement=None) == {"support-without-agreement"}


@pytest.mark.parametrize(("executed", "found"), [("2026-12-01", set()), ("2026-12-02", {"agreement-after-release"})])
def test_the_agreement_is_executed_by_the_day_of_release(executed: str, found: set[str]) -> None:
    assert supported(agreement=executed) == found


def test_objects_to_monetary_support_without_an_amount() -> None:
    assert supported(amount=None) == {"monetary-support-without-amount"}


def test_objects_to_in_kind_support_without_its_nature() -> None:
    assert supported(kind="in-kind", amount=None) == {"in-kind-support-without-nature"}


def test_asks_no_amount_of_in_kind_support() -> None:
    assert supported(kind="in-kind", amount=None, nature="loan of dispensers") == set()


@pytest.mark.parametrize(
    ("providership", "code"),
    [
        ({"kind": "joint", "with": []}, "joint-providership-with-nobody"),
        ({"kind": "joint", "with": ["Northfield Institute for Clinical Education"]}, "provider-is-its-own-partner"),
    ],
)
def test_objects_to_providership_that_contradicts_itself(providership: dict[str, Any], code: str) -> None:
    assert code in codes(an_activity(providership=providership))
