"""Whether everything installs without a compiler on every system that the README names.

    uv run python scripts/wheels.py

For each system and Python it asks the package index for wheels alone, of the program and of its extras. Needs the
network and a minute; ends with 1 if something would have to be built.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parent.parent

SYSTEMS = {
    "Windows": "x86_64-pc-windows-msvc",
    "Windows on ARM": "aarch64-pc-windows-msvc",
    "macOS on Apple silicon": "aarch64-apple-darwin",
    "macOS on Intel": "x86_64-apple-darwin",
    "Linux": "x86_64-manylinux_2_28",
    "Linux on ARM": "aarch64-manylinux_2_28",
}
"""Names in the README, and what uv calls them."""

PYTHONS = ("3.11", "3.13")

EXTRAS = ("carriers", "serve", "pdf")


def main() -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for (name, system), python in product(SYSTEMS.items(), PYTHONS):
            error = lacking(system, python, Path(folder) / "wheels.txt")
            print(f"{name}, Python {python}: {error or 'wheels for everything'}", flush=True)
            failed += bool(error)
    return 1 if failed else 0


def lacking(system: str, python: str, found: Path) -> str:
    """What uv says of a system for which there are not enough wheels; empty if there are."""
    command = [
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--only-binary",
        ":all:",
        "pyproject.toml",
        "--output-file",
        str(found),
    ]
    command += ["--python-platform", system, "--python-version", python]
    command += [word for extra in EXTRAS for word in ("--extra", extra)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return done.stderr.strip() if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
