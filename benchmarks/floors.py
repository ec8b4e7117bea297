"""The least that SQLite can do: what everything durable is compared with.

The connection is set as the package's own (WAL, synchronous FULL). Nothing is named, hashed, signed or folded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Stopwatch


class Row(NamedTuple):
    """An edit as the floor sees it."""

    n: int
    register: int
    value: str
    at: int


class Floor:
    """A log and one value a register."""

    def __init__(self, path: Path, registers: int = 0) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("CREATE TABLE log (n INTEGER PRIMARY KEY, register INTEGER, value TEXT, at INTEGER)")
        self._db.execute("CREATE TABLE state (register INTEGER PRIMARY KEY, value TEXT, change INTEGER)")
        self._db.executemany("INSERT INTO state VALUES (?, NULL, NULL)", ((n,) for n in range(registers)))
        self._n = 0

    def close(self) -> None:
        self._db.close()

    def commit(self) -> float:
        """One row, durable. Returns the seconds."""
        self._n += 1
        with Stopwatch() as watch:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("INSERT INTO log VALUES (?, ?, ?, ?)", [self._n, 1, '"in_progress"', self._n])
            self._db.execute("COMMIT")
        return watch.seconds

    def merge(self, rows: Iterable[Row]) -> float:
        """F1: one executemany of a log row and one UPDATE an edit, in one transaction. Returns the seconds."""
        log = list(rows)
        state = [(row.value, row.n, row.register) for row in log]
        with Stopwatch() as watch:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT INTO log VALUES (?, ?, ?, ?)", log)
            self._db.executemany("UPDATE state SET value = ?, change = ? WHERE register = ?", state)
            self._db.execute("COMMIT")
        return watch.seconds
