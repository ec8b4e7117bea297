"""Fuzzes what reads foreign bytes, guided by coverage (atheris, the group `fuzz`), and counts.

    uv run --group fuzz python tests/fuzzing                       every target for a minute
    uv run --group fuzz python tests/fuzzing --minutes 30 bundle   one of them for half an hour
    uv run --group fuzz python tests/fuzzing --inputs 2000         so many inputs of each

Prints a line for each target: how many inputs, how many unnamed errors. Ends with 1 if there was any; the input that
raised it is kept in the folder that is named.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzzes what reads foreign bytes.")
    parser.add_argument("targets", nargs="*", help="all, if none is named")
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--inputs", type=int, default=0, help="for each target, instead of minutes")
    parser.add_argument("--one", metavar="FOLDER", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        return _fuzz(args.targets[0], Path(args.one), args.minutes, args.inputs)
    names = args.targets or ["envelope", "bundle", "rows", "have", "settings", "stored_rows"]
    return max(_run(name, args) for name in names)


def _run(name: str, args: argparse.Namespace) -> int:
    """Each target in a process of its own: the fuzzer ends its process when it is done."""
    folder = tempfile.mkdtemp(prefix=f"fuzzing-{name}-")
    how = ["--minutes", str(args.minutes), "--inputs", str(args.inputs)]
    command = [sys.executable, str(HERE), name, "--one", folder, *how]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
    counted = re.search(r"number_of_executed_units: *(\d+)", done.stderr)
    inputs = int(counted[1]) if counted else 0
    failed = done.returncode != 0 or not inputs
    print(
        f"{name:<12} {inputs:>9} inputs   {int(failed)} unnamed errors" + (f"   {folder}" if failed else ""), flush=True
    )
    if failed:
        print(done.stdout[-3_000:], done.stderr[-3_000:], file=sys.stderr)
    return int(failed)


def _fuzz(name: str, folder: Path, minutes: float, inputs: int) -> int:
    sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: uv sync --group fuzz", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["gealc_tui", "email", "zipfile", "olefile"]):
        from fuzzing import targets
    corpus = folder / "corpus"
    corpus.mkdir()
    for n, seed in enumerate(targets.seeds(name)):
        (corpus / f"seed-{n}").write_bytes(seed)
    limit = f"-runs={inputs}" if inputs else f"-max_total_time={int(minutes * 60)}"
    options = ["-print_final_stats=1", "-max_len=20000", "-timeout=60", "-rss_limit_mb=4096", limit]
    os.chdir(folder)
    atheris.Setup([sys.argv[0], *options, str(corpus)], targets.TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
