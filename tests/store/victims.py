"""Processes to be killed. Run as a program it forks one for each line that it is told, and so each starts at once.

`["start", act, argument …]` is answered by the process's number, `["wait", number]` by its exit code.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from gealc_tui.replica import Replica
from gealc_tui.store import restoring, verify, whole_files  # noqa: F401 (before the fork, not after)
from gealc_tui.store.backups import Backups
from gealc_tui.sync import envelope, identity, intake  # noqa: F401

PLACE = "activity/2019/3.6.1"


class Witness:
    """A file that outlives whoever writes to it."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def says(self, *words: object) -> None:
        os.write(self._descriptor, (json.dumps(words) + "\n").encode())


def edit(folder: str, witness: str, name: str) -> None:
    """Writes notes and drafts without end, and tells each when it was acknowledged."""
    told = Witness(witness)
    replica = opened(folder)
    for n in range(1_000_000):
        text = f"{name} {n} " + "x" * (n % 7 * 300)
        replica.keep_draft(PLACE, text)
        told.says("draft", text)
        made = replica.commit([(f"note/{name}-{n}", "text", text), (PLACE, "progress", n % 101)])
        assert made is not None
        told.says("commit", made.change, f"note/{name}-{n}", text)


def merge(folder: str, witness: str, *files: str) -> None:
    told = Witness(witness)
    replica = opened(folder)
    contents = [(file, Path(file).read_bytes()) for file in files]
    told.says("ready")
    wait_for(Path(f"{witness}-go"))
    replica.merge(contents, accept=True)
    told.says("merged")


def restore(folder: str, witness: str, copy: str, last_page: int = -1) -> None:
    """With `last_page` it kills itself when so many pages remain to be written."""
    told = Witness(witness)
    database = Path(folder) / "gealc.db"
    if last_page >= 0:
        die_at(last_page)
    with restoring.proved(Path(copy), identity.run_is_signed) as proved:
        told.says("ready")
        restoring.put_in_place(proved, Backups(database, database.parent / "respaldos"), 1_552_600_000_000)
    told.says("restored")


def migrate(folder: str, witness: str) -> None:
    told = Witness(witness)
    told.says("ready")
    opened(folder)
    told.says("migrated")


def opened(folder: str) -> Replica:
    return Replica(Path(folder) / "gealc.db", Path(folder) / "keys")


def wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.0002)


def die_at(last_page: int) -> None:
    unless_locked = whole_files.unless_locked

    def watched(path: Path) -> whole_files.Progress:
        look = unless_locked(path)

        def dying(status: int, remaining: int, total: int) -> None:
            look(status, remaining, total)
            if total > 1 and remaining == last_page:
                os.kill(os.getpid(), 9)

        return dying

    whole_files.unless_locked = watched


ACTS: dict[str, Callable[..., None]] = {"edit": edit, "merge": merge, "restore": restore, "migrate": migrate}


def main() -> None:
    for line in sys.stdin:
        told, *arguments = json.loads(line)
        if told == "wait":
            _, status = os.waitpid(arguments[0], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        process = os.fork()
        if process == 0:
            try:
                ACTS[arguments[0]](*arguments[1:])
            except BaseException:  # noqa: BLE001 (whatever it is, the test must see it)
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(process, flush=True)


if __name__ == "__main__":
    main()
