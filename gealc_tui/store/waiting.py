"""Runs that are kept aside: of authors who are not accepted yet, and of those who are blocked.

What there is to tell of a run is written down when it is put aside, so that nobody need read it again before its
author is accepted. The room is bounded; when it is full, who sent most makes place. Callers hold the transaction.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from gealc_tui.domain.change import Value
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store.database import Database, stored


class Waiting(NamedTuple):
    """A run that waits: changes `first` to `last` of `replica`, whose public key is `key`.

    Name, country and role are as the author says. `claims` are the words by which they say whose successor they are.
    `sender` signed the file in which the run came; `file` is that file's SHA-256, if it came in one.
    """

    replica: str
    first: int
    tip: str
    last: int
    size: int
    key: str | None
    name: str
    country: str | None
    role: str | None
    claims: tuple[Value, ...]
    sender: str
    file: bytes | None


_COLUMNS = ", ".join(Waiting._fields)


def put_aside(db: Database, one: Waiting, text: str) -> None:
    """Keeps a run, unless it waits already."""
    row = [json.dumps(cell) if name == "claims" else cell for name, cell in one._asdict().items()]
    db.execute(
        f"INSERT INTO waiting ({_COLUMNS}) VALUES ({', '.join('?' * len(row))})"
        " ON CONFLICT (replica, first, tip) DO NOTHING",
        row,
    )
    db.execute("INSERT INTO aside VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", [one.replica, one.first, one.tip, text])


def waiting(db: Database, replica: str | None = None) -> list[Waiting]:
    """What waits, of one author or of all, in the order of their logs."""
    found = []
    for row in db.rows(
        f"SELECT {_COLUMNS} FROM waiting WHERE ?1 IS NULL OR replica = ?1 ORDER BY replica, first, n", [replica]
    ):
        one = Waiting._make(row)
        found.append(one._replace(claims=tuple(stored(one.claims))))
    return found


def texts(db: Database, replica: str) -> list[str]:
    """The runs of an author that wait, as they were put aside, in order."""
    return [run for (run,) in db.rows("SELECT run FROM aside WHERE replica = ? ORDER BY first", [replica])]


def authors(db: Database) -> list[str]:
    """The authors of whom something waits."""
    return [replica for (replica,) in db.rows("SELECT DISTINCT replica FROM waiting ORDER BY replica")]


def forget(db: Database, replica: str) -> None:
    """Nothing of an author waits any more."""
    db.execute("DELETE FROM aside WHERE replica = ?", [replica])
    db.execute("DELETE FROM waiting WHERE replica = ?", [replica])


# --- room --------------------------------------------------------------------------------------------------------


class _Run(NamedTuple):
    n: int
    replica: str
    first: int
    tip: str
    size: int
    name: str
    country: str | None
    file: bytes | None


def make_room(db: Database, *, authors: int, characters: int) -> list[tuple[str, str, str, str | None]]:
    """Lets go what is too much: of whoever sent most (authors, or else characters) the oldest run, until all fits.

    Of one sender those of blocked authors go first. The files in which they came can be read again. Returns replica,
    tip, name and country of each.
    """
    queues: dict[str, list[_Run]] = {}
    for sender, *row in db.rows(
        "SELECT w.sender, w.n, w.replica, w.first, w.tip, w.size, w.name, w.country, w.file FROM waiting w"
        " LEFT JOIN trust t ON t.replica = w.replica ORDER BY t.state IS ?, w.n DESC",
        [Trust.BLOCKED.value],
    ):
        queues.setdefault(sender, []).append(_Run(*row))
    sizes = {sender: sum(one.size for one in queue) for sender, queue in queues.items()}
    sent = {sender: Counter(one.replica for one in queue) for sender, queue in queues.items()}
    there = Counter(one.replica for queue in queues.values() for one in queue)
    gone: list[_Run] = []
    total = sum(sizes.values())
    while len(there) > authors or total > characters:
        many = len(there) > authors
        sender = max(queues, key=lambda one: (len(sent[one]) if many else sizes[one], -queues[one][-1].n))
        one = queues[sender].pop()
        gone.append(one)
        sizes[sender] -= one.size
        total -= one.size
        for counted in (sent[sender], there):
            counted[one.replica] -= 1
            if not counted[one.replica]:
                del counted[one.replica]
        if not queues[sender]:
            del queues[sender], sizes[sender], sent[sender]
    _let_go(db, gone)
    return [(one.replica, one.tip, one.name, one.country) for one in gone]


def _let_go(db: Database, gone: Iterable[_Run]) -> None:
    gone = list(gone)
    if not gone:
        return
    db.executemany("DELETE FROM waiting WHERE n = ?", [(one.n,) for one in gone])
    db.executemany(
        "DELETE FROM aside WHERE replica = ? AND first = ? AND tip = ?",
        [(one.replica, one.first, one.tip) for one in gone],
    )
    db.executemany("DELETE FROM files WHERE digest = ?", [(one.file,) for one in gone])
    tips = {one.tip for one in gone}
    again = [
        (place, name)
        for place, name, holds in db.rows("SELECT place, name, holds FROM carried")
        if not tips.isdisjoint(re.findall("[a-z2-7]{26}", holds))
    ]
    db.executemany("DELETE FROM carried WHERE place = ? AND name = ?", again)


# --- who is blocked ----------------------------------------------------------------------------------------------


class Blocked(NamedTuple):
    """Somebody who is blocked: what they were before, and for whose sake, if not for their own."""

    replica: str
    was: Trust
    name: str
    country: str | None
    because: str


def note_blocked(db: Database, one: Blocked) -> None:
    db.execute("INSERT OR REPLACE INTO blocked VALUES (?, ?, ?, ?, ?)", one)


def blocked(db: Database) -> dict[str, Blocked]:
    """Who is blocked, as far as it was noted: older versions noted nothing."""
    return {
        replica: Blocked(replica, Trust(was), name, country, because)
        for replica, was, name, country, because in db.rows("SELECT * FROM blocked")
    }


def forget_blocked(db: Database, replica: str) -> None:
    db.execute("DELETE FROM blocked WHERE replica = ?", [replica])
