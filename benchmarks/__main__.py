"""`make bench`: what building and taking in cost, each beside the least that the same work can cost on this machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import building, intake


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="cme-bridge-bench-") as folder:
        for measure in (building.measure, intake.measure):
            for line in measure(Path(folder)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
