"""`python -m benchmarks [NAME …] [--quick] [--edits N]`: measures, and prints a plain table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping

from benchmarks import commit, key, merge, start
from benchmarks.measure import Figure, table

Benchmark = Callable[[argparse.Namespace], Iterator[Figure]]

BENCHMARKS: Mapping[str, Benchmark] = {
    "start": lambda asked: start.figures(rounds=5 if asked.quick else 20),
    "key": lambda asked: key.figures(presses=10 if asked.quick else 50),
    "commit": lambda asked: commit.figures(rounds=100 if asked.quick else 500),
    "merge": lambda asked: merge.figures(asked.edits or (1_000 if asked.quick else 10_000), rounds=3),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; without one: all")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller files")
    parser.add_argument("--edits", type=int, metavar="N", help="edits in the merged file, by default 10,000")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in BENCHMARKS]:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    if asked.edits is not None and (asked.edits < 1_000 or asked.edits % 1_000):
        parser.error("--edits is a multiple of 1,000")
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    print(f"{machine}, load {os.getloadavg()[0]:.1f}, medians\n")
    lines = table(figure for name in asked.names or BENCHMARKS for figure in BENCHMARKS[name](asked))
    for line in lines:
        print(line)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
