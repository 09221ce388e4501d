"""A provider's colours against WCAG 2.2 (1.4.3): what is too faint, and the nearest colour that is not."""

from __future__ import annotations

from scorm_packager.activity.model import Branding
from scorm_packager.activity.places import Places
from scorm_packager.activity.problems import Problem, Severity

TEXT = 4.5
SOURCE = "WCAG 2.2, 1.4.3 Contrast (Minimum)"

_STEPS = 100
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)

Rgb = tuple[int, int, int]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (`#rrggbb`), from 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (light + 0.05) / (dark + 0.05)


def nearest(colour: str, other: str) -> str:
    """The colour itself, or the first on its way to black or to white that has enough contrast with `other`."""
    ways = [_mixed(_rgb(colour), pole, step / _STEPS) for step in range(_STEPS + 1) for pole in (_BLACK, _WHITE)]
    return next(tried for tried in ways if contrast(tried, other) >= TEXT)


def faint(branding: Branding, places: Places) -> tuple[Problem, ...]:
    """Text on buttons; the player mends it by itself, in colours that the provider did not choose."""
    found = contrast(branding.colour, branding.on_colour)
    if found >= TEXT:
        return ()
    message = f"{branding.on_colour} on {branding.colour} has a contrast of {found:.1f} to 1; text on buttons needs {TEXT} to 1."
    fill, text = nearest(branding.colour, branding.on_colour), nearest(branding.on_colour, branding.colour)
    remedy = f"Take {fill} as `colour`, or {text} as `on_colour`."
    where = places.at("provider", "branding", "colour")
    return (Problem("colours-too-faint", where, message, remedy, Severity.WARNING, SOURCE),)


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(rgb: Rgb) -> float:
    shares = [value / 255 for value in rgb]
    r, g, b = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return float(0.2126 * r + 0.7152 * g + 0.0722 * b)


def _mixed(colour: Rgb, pole: Rgb, share: float) -> str:
    return "#" + "".join(f"{round(value + (end - value) * share):02x}" for value, end in zip(colour, pole, strict=True))
