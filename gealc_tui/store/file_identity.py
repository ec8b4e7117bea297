"""Whether the files of an open database are still those that lie under its name.

A sync engine or a file manager may put another version in their place. SQLite then goes on in files that nobody will
ever open again, or mixes the two. Each file is known by its device and inode; on Windows the file id stands for these.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FileId = tuple[int, int]
"""Device and inode."""

JOURNALS = ("-wal", "-shm")
"""What SQLite keeps beside a database that is open in WAL mode, and removes when the last connection is closed."""


def file_id(path: Path) -> FileId | None:
    """Which file lies under a name; None if none does, nobody may look, or its disk does not number files."""
    with suppress(OSError):
        found = path.stat()
        return (found.st_dev, found.st_ino) if found.st_ino else None
    return None


class OpenFiles:
    """The files of one database as they were when it was opened."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self.main = file_id(database)
        self._journals = {end: file_id(beside(database, end)) for end in JOURNALS}

    def is_main_replaced(self) -> bool:
        """Whether another file, or none, lies under the database's name."""
        return self.main is not None and file_id(self._database) != self.main

    def are_journals_replaced(self) -> bool:
        """Whether a journal is gone, or another one lies there. A database that has left WAL mode has none."""
        return any(
            was is not None and file_id(beside(self._database, end)) != was for end, was in self._journals.items()
        )

    def orphaned_journals(self) -> Iterable[Path]:
        """Journals of the database that was opened, lying beside another one: to that one they would be applied."""
        if self.is_main_replaced():
            for end, was in self._journals.items():
                journal = beside(self._database, end)
                if was is not None and file_id(journal) == was:
                    yield journal


def beside(database: Path, end: str) -> Path:
    """What SQLite keeps beside a database under a name that ends so."""
    return database.with_name(database.name + end)
