"""`python -m benchmarks [NAME …] [--quick] [--edits N]`: measures, and prints a plain table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks import as_of, commit, entry_points, key, merge, peers, report_of_many, search, start, structure
from benchmarks.measure import Figure, Stopwatch, table

TABLE = "## The table"

Benchmark = Callable[[argparse.Namespace], Iterator[Figure]]

BENCHMARKS: Mapping[str, Benchmark] = {
    "start": lambda asked: start.figures(rounds=5 if asked.quick else 20),
    "key": lambda asked: key.figures(presses=10 if asked.quick else 50),
    "search": lambda asked: search.figures(rounds=2 if asked.quick else 8),
    "commit": lambda asked: commit.figures(rounds=100 if asked.quick else 500),
    "merge": lambda asked: _at_each_size(asked, merge.figures),
    "structure": lambda asked: _at_each_size(asked, structure.figures),
    "as-of": lambda asked: _at_each_size(asked, as_of.figures),
    "entry-points": lambda asked: _at_each_size(asked, entry_points.figures),
    "report": lambda asked: report_of_many.figures(rounds=1 if asked.quick else 3),
    "peers": lambda asked: _at_each_size(asked, peers.figures),
}


def _at_each_size(asked: argparse.Namespace, figures: Callable[[int, int], Iterator[Figure]]) -> Iterator[Figure]:
    for edits in asked.edits or [1_000 if asked.quick else 10_000]:
        yield from figures(edits, 3 if edits < 1_000_000 else 1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; without one: all")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller files")
    parser.add_argument(
        "--edits", type=int, nargs="+", metavar="N", help="edits in the merged files, by default 10,000"
    )
    parser.add_argument(
        "--write",
        type=Path,
        metavar="FILE",
        help=f"puts the table there too, behind the line '{TABLE}' if there is one",
    )
    parser.add_argument(
        "--processor", action="store_true", help="counts processor time (not for start and key): others use the machine"
    )
    asked = parser.parse_args()
    if asked.processor:
        Stopwatch.counts_work()
    if unknown := [name for name in asked.names if name not in BENCHMARKS]:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    if any(edits < 1_000 or edits % 1_000 for edits in asked.edits or ()):
        parser.error("--edits is a multiple of 1,000")
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    head = f"{machine}, load {os.getloadavg()[0]:.1f} at the start, medians"
    head += " of processor time" if asked.processor else ""
    print(f"{head}\n")
    lines = []
    for line in table(figure for name in asked.names or BENCHMARKS for figure in BENCHMARKS[name](asked)):
        print(line)
        sys.stdout.flush()
        lines.append(line)
    if asked.write is not None:
        said = asked.write.read_text("utf-8") if asked.write.exists() else ""
        before = said.partition(TABLE)[0] if TABLE in said else ""
        command = " ".join(["python -m benchmarks", *sys.argv[1:]])
        table_lines = [TABLE, "", f"    uv run --group bench {command}", "", f"{head}.", "", "```", *lines, "```", ""]
        asked.write.write_text(before + "\n".join(table_lines), "utf-8")


if __name__ == "__main__":
    main()
