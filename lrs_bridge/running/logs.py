"""Logs: one JSON object a line on standard error, without personal data."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import msgspec

from lrs_bridge.times import text_of

_OURS = ("method", "rule", "status", "milliseconds", "kind", "registration", "count", "tries", "address", "system", "fault", "settings")

_ENCODER = msgspec.json.Encoder(enc_hook=str)

# Of the request that is being answered: every line that is written meanwhile carries it.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": text_of(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request"] = request_id.get()
        said = record.__dict__
        line |= {name: said[name] for name in _OURS if name in said}
        if record.exc_info and record.exc_info[2]:
            # Where it broke; the exception's own text may quote what was sent.
            line["error"] = record.exc_info[0].__name__ if record.exc_info[0] else ""
            line["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])]
        return _ENCODER.encode(line).decode()


def formatter() -> logging.Formatter:
    """What makes a line of a record."""
    return _Lines()


def note_settings(settings: Mapping[str, str]) -> None:
    """What the program was started with, for whoever asks later; to be given without secrets."""
    logging.getLogger(__name__).info("started", extra={"settings": dict(settings)})


def start(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter())
    # Nothing of this stands in our lines, and each record would look for it.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("waitress").setLevel(max(logging.getLogger().level, logging.WARNING))
    logging.getLogger("alembic").setLevel(logging.WARNING)
