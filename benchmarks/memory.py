"""How far the memory of a process grows while it merges one file. Run as a program: folder of a home, file.

What is loaded once and for all (the interpreter, the imports, a merge of nothing) is there before the first look.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from gealc_tui.replica import Replica
from gealc_tui.store import views
from gealc_tui.sync import bundle, reception

_LOADED = (views, bundle, reception)


def peak() -> float:
    """The most that this process ever held, in megabytes."""
    try:
        # The kernel's own peak of this program; getrusage's is inherited from the process that started it.
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main(folder: Path, file: Path) -> None:
    with Replica(folder / "gealc.db", folder / "keys") as replica:
        replica.merge([], accept=True)
        before = peak()
        replica.merge([(file.name, file.read_bytes())], accept=True)
        print(peak() - before)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
