"""A folder that runs by a double click, with Python in it.

    uv run --extra pdf --extra serve --group standalone python scripts/standalone.py

Made by PyInstaller for the system on which this runs, in `dist/gealc`. A folder and not a single file: that would
unpack itself at every start, and antivirus programs block such files. Ends with 1 unless what was made starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "dist" / "gealc"
PROGRAM = BUILT / ("gealc.exe" if sys.platform == "win32" else "gealc")

ENTRY = """
import runpy
import sys

# The program calls its own Python for what must not hang with it (`python -P -m pyperclip`): here that is itself.
arguments = [one for one in sys.argv[1:] if one != "-P"]
if arguments[:1] == ["-m"]:
    sys.argv[1:] = arguments[2:]
    runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
else:
    from gealc_tui.__main__ import main

    main()
"""

WHOLE = ("textual", "textual_serve", "pendulum", "docx", "icalendar", "tzdata")
"""Libraries with files beside their code."""

BROUGHT = ("styles", "data")
"""Folders that stand at the top of the repository, and inside the package here (`gealc_tui.paths.bundled`)."""


def main() -> int:
    with tempfile.TemporaryDirectory() as work:
        entry = Path(work) / "gealc.py"
        entry.write_text(ENTRY, encoding="utf-8")
        subprocess.run([*command(Path(work)), str(entry)], check=True, cwd=ROOT)
        return try_it(Path(work) / "home")


def command(work: Path) -> list[str]:
    """PyInstaller, with everything that is imported late or looked up by name."""
    brought = [f"{ROOT / name}{os.pathsep}gealc_tui/{name}" for name in BROUGHT]
    return [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--onedir", "--name", "gealc"),
        *("--distpath", str(BUILT.parent), "--workpath", str(work), "--specpath", str(work)),
        *(word for one in brought for word in ("--add-data", one)),
        *(word for one in WHOLE if find_spec(one) is not None for word in ("--collect-all", one)),
        # Catalogues and the pages of reports.
        *("--collect-data", "gealc_tui"),
        *(word for one in ("gealc_tui", "rich") for word in ("--collect-submodules", one)),
        *("--hidden-import", "pyperclip", "--hidden-import", "pyperclip.__main__", "--hidden-import", "olefile"),
    ]


def try_it(home: Path) -> int:
    """Uses what was made; prints its size and how long it takes to start."""
    size = sum(path.stat().st_size for path in BUILT.rglob("*") if path.is_file())
    gealc = [str(PROGRAM), "--home", str(home)]
    commands = [["init", "--name", "Prueba", "--country", "UY"], ["status", "3.1.1", "done"], ["list"]]
    forms = [form for form in ("html", "docx", "pdf") if form != "pdf" or find_spec("typst") is not None]
    commands += [["report", "annual", "--format", form, "-o", str(home / f"annual.{form}")] for form in forms]
    for arguments in [*commands, ["progress", "--lang", "fr"]]:
        began = time.monotonic()
        done = subprocess.run([*gealc, *arguments], capture_output=True, text=True, encoding="utf-8")
        print(f"gealc {' '.join(arguments[:4])}: {time.monotonic() - began:.2f} s, exit {done.returncode}")
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
    picture = home / "plan.svg"
    subprocess.run([*gealc, "--screenshot", str(picture), "--size", "80x24"], check=True)
    print(f"{BUILT}: {size / 2**20:.0f} MB; the first screen is drawn")
    return 0


if __name__ == "__main__":
    sys.exit(main())
