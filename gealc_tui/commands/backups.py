"""The dated copies of the database: made, listed, put back.

A database that cannot be opened can be put back too: what needs no open one takes the home and not the replica.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui import errors
from gealc_tui.authoring import wall_clock
from gealc_tui.domain.keeping import DAMAGED, REPLACED, Backup
from gealc_tui.paths import Home, expanded, is_file, lost
from gealc_tui.replica import Replica
from gealc_tui.store.backups import Backups, Holding

if TYPE_CHECKING:
    from gealc_tui.store.verify import SignatureCheck
    from gealc_tui.sync.outcomes import MergeReport


class Listed(NamedTuple):
    """A copy, and what it holds; None if that cannot be read.

    By `number` it is put back, 1 is the newest; what was set aside as damaged has none, and is meant only by name.
    """

    number: int | None
    backup: Backup
    path: Path
    holding: Holding | None


class Restored(NamedTuple):
    """What a restore put in place, and the copy of what stood there before."""

    path: Path
    before: Path | None
    """None if nothing stood there."""
    is_damaged: bool
    """Whether what stood there could not be read, and was put aside as it was found."""


def listed(home: Home) -> tuple[Listed, ...]:
    """All copies, the newest first. Raises FileUnreadable."""
    backups = _of(home)
    numbers = count(1)
    return tuple(
        Listed(next(numbers) if _is_numbered(one) else None, one, backups.path(one), backups.holding(one))
        for one in backups.listed()
    )


def _is_numbered(backup: Backup) -> bool:
    return backup.reason != DAMAGED


def make(home: Home) -> Path:
    """Makes a copy now. Raises BackupFailed, DatabaseError, and DatabaseLost if there is nothing to copy."""
    if (gone := lost(home)) is not None:
        raise gone
    backups = _of(home)
    return backups.path(backups.make(wall_clock(), "asked"))


def make_daily(replica: Replica) -> None:
    """Makes the copy of the day, if it is due. From any thread. Raises BackupFailed and DatabaseError."""
    replica.backups.make_daily(replica.clock())


_TOLD = "replaced_told"
"""The setting with the name of the last copy of which `replaced_untold` has told."""


def replaced_untold(replica: Replica) -> str | None:
    """The newest copy of a database in whose place another file had come to lie, by its name without its ending.

    Once for each; None if there is none, or it was told. Raises FileUnreadable and DatabaseError.
    """
    newest = next((one.name for one in replica.backups.listed() if one.reason == REPLACED), None)
    if newest is None or newest == replica.setting(_TOLD):
        return None
    replica.set_setting(_TOLD, newest)
    return newest.removesuffix(".db")


def restore(home: Home, choice: str) -> Restored:
    """Puts a copy in the place of the database, and makes a copy of that before.

    `choice` is a number in the list (1 is the newest), the name of a copy, or the path of one that lies elsewhere.
    Raises BackupUnknown, BackupDamaged and the like for the choice, BackupFailed, and DatabaseError; then all is as
    it was.
    """
    from gealc_tui.store import restoring

    backups = _of(home)
    path = _chosen(backups, choice)
    with restoring.proved(path, _is_signed()) as copy:
        before = restoring.put_in_place(copy, backups, wall_clock())
    if before is None:
        return Restored(path, None, is_damaged=False)
    return Restored(path, backups.path(before), before.reason == DAMAGED)


def merge(replica: Replica, choice: str) -> MergeReport:
    """Takes in what a copy holds and the database lacks. Raises for the choice as `restore` does, and BackupFailed."""
    from gealc_tui.store import restoring

    path = _chosen(replica.backups, choice)
    with restoring.proved(path, _is_signed()) as copy:
        return replica.merge_copy(path.name, copy)


def _is_signed() -> SignatureCheck:
    from gealc_tui.sync.identity import run_is_signed

    return run_is_signed


def _chosen(backups: Backups, choice: str) -> Path:
    every = backups.listed()
    numbered = [one for one in every if _is_numbered(one)]
    if choice.isdecimal() and len(choice) < 9 and 0 < int(choice) <= len(numbered):
        return backups.path(numbered[int(choice) - 1])
    for one in every:
        if choice in (one.name, one.name.removesuffix(".db")):
            return backups.path(one)
    path = expanded(choice)
    if not is_file(path):
        raise errors.BackupUnknown(ref=choice)
    return path


def _of(home: Home) -> Backups:
    return Backups(home.database, home.backups)
