"""Moments as text: UTC, milliseconds, `Z`. Such texts sort as the moments do."""

from __future__ import annotations

from datetime import UTC, datetime


def text_of(moment: datetime) -> str:
    """`2026-12-04T15:30:00.120Z`; what is finer than a millisecond is cut off."""
    # Not strftime: that writes the year 999 with three digits.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
