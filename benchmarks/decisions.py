"""From a learner's statement to the decision that it leads to, while the bridge is busy at half of what it can do."""

from __future__ import annotations

import multiprocessing
import time
import uuid
from collections.abc import Iterator
from typing import Any

import requests

from benchmarks import load
from benchmarks.workload import Client, statement
from scorm_packager.bridge_process import BridgeProcess

_LEARNERS = 20
_ACTIVITY = "https://cme.northfield.example/activities/decided"


def measured(bridge: BridgeProcess, client: Client, size: int, full: float) -> Iterator[str]:
    """`full` is the rate of single statements that the bridge takes when it does nothing else."""
    busy = multiprocessing.get_context("fork").Process(
        target=_half, args=(bridge.url, client.posts(1, int(full * 5)), full / 2), daemon=True
    )
    busy.start()
    try:
        waited = sorted(_waited(bridge.url, learner) for learner in range(_LEARNERS))
    finally:
        busy.terminate()
        busy.join()
    p50, p99 = waited[len(waited) // 2] * 1000, waited[-1] * 1000
    verdict = "met" if p99 < 250 else "MISSED"
    yield f"| statement to decision at half load, slowest of {_LEARNERS} | {size:,} | | | {p50:.0f} / {p99:.0f} | | < 250 ms | {verdict} |"


def _half(url: str, posts: list[bytes], rate: float) -> None:
    load.run(url, 8, _paced(posts, rate), 60)


def _paced(posts: list[bytes], rate: float) -> Iterator[bytes]:
    started = time.perf_counter()
    for count, each in enumerate(posts):
        time.sleep(max(started + count / rate - time.perf_counter(), 0))
        yield each


def _waited(url: str, learner: int) -> float:
    """Seconds from sending a statement until nothing of it waits to be decided."""
    with requests.Session() as session:
        launched = session.post(f"{url}/launch", json=_launch(learner), timeout=30).json()
        headers = {"Authorization": f"Bearer {launched['token']}", "X-Experience-API-Version": "1.0.3"}
        started = time.perf_counter()
        session.post(f"{url}/xapi/statements", json=[_said(launched)], headers=headers, timeout=30).raise_for_status()
        while session.get(f"{url}/launch/credit", headers=headers, timeout=30).json()["pending"]:
            time.sleep(0.005)
        return time.perf_counter() - started


def _launch(learner: int) -> dict[str, Any]:
    return {
        "site": "bench", "activity": _ACTIVITY, "definition": "d1-" + "0" * 40, "build": "b", "format": "scorm-1.2",
        "launch_key": uuid.uuid4().hex, "learner": {"id": f"learner-{learner}", "name": ""}, "mode": "normal", "credit": True,
    }  # fmt: skip


def _said(launched: dict[str, Any]) -> dict[str, Any]:
    plain = statement(0)
    return plain | {
        "id": str(uuid.uuid4()),
        "actor": launched["actor"],
        "object": {"id": f"{_ACTIVITY}/items/q1"},
        "context": {"registration": launched["registration"], "contextActivities": {"grouping": [{"id": _ACTIVITY}]}},
    }
