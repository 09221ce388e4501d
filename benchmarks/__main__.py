"""`make bench`: what building, a slow phone's first screen and the record store cost, beside the least that the same work can cost here.

`BENCH=quick` for a glance, `BENCH=full` for a million statements.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import building, phone, record_store


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="cme-bridge-bench-") as folder:
        for measure in (building.measure, phone.measure, record_store.measure):
            for line in measure(Path(folder)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
