"""Figures as Prometheus reads them: its text format, version 0.0.4."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Labels = Mapping[str, str]

# Seconds. A statement is to be answered within a few hundredths, whatever takes longer than ten is broken.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


@dataclass(frozen=True, slots=True)
class Family:
    """One metric with its samples: the name's ending, labels and value of each."""

    name: str
    kind: str
    help: str
    samples: tuple[tuple[str, Labels, float], ...]


def gauge(name: str, help: str, samples: Iterable[tuple[Labels, float]]) -> Family:
    return Family(name, "gauge", help, tuple(("", labels, value) for labels, value in samples))


def text(families: Iterable[Family]) -> str:
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterator[str]:
    yield f"# HELP {family.name} {family.help}"
    yield f"# TYPE {family.name} {family.kind}"
    for ending, labels, value in family.samples:
        yield f"{family.name}{ending}{_braced(labels)} {value:g}" if value % 1 else f"{family.name}{ending}{_braced(labels)} {int(value)}"


def _braced(labels: Labels) -> str:
    said = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{said}}}" if said else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class Requests:
    """How many requests were answered and how fast, by rule, method and status. Rules are our own, so that there are not many."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, int], list[float]] = {}
        self._lock = threading.Lock()

    def count(self, rule: str, method: str, status: int, seconds: float) -> None:
        with self._lock:
            counts = self._seen.setdefault((rule, method, status), [0.0] * (len(BUCKETS) + 2))
            counts[_bucket(seconds)] += 1
            counts[-1] += seconds

    def family(self, worker: str) -> Family:
        with self._lock:
            seen = {key: list(counts) for key, counts in sorted(self._seen.items())}
        samples = (sample for key, counts in seen.items() for sample in _histogram(key, counts, worker))
        name, help = "lrs_bridge_request_seconds", "Requests answered by one worker, and how long they took."
        return Family(name, "histogram", help, tuple(samples))


def _bucket(seconds: float) -> int:
    return next((index for index, most in enumerate(BUCKETS) if seconds <= most), len(BUCKETS))


def _histogram(key: tuple[str, str, int], counts: list[float], worker: str) -> Iterator[tuple[str, Labels, float]]:
    labels = {"rule": key[0], "method": key[1], "status": str(key[2]), "worker": worker}
    total = 0.0
    for most, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=False):
        total += count
        yield "_bucket", labels | {"le": most}, total
    yield "_sum", labels, counts[-1]
    yield "_count", labels, total
