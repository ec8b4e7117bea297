"""The places of changes in the order that all copies share (`domain.order`), kept in step with the log.

A change whose clock fits what came before it stands where its own instant says, and needs no row. Only the others
have one in `instants`: where clocks are sound nothing is kept, and a merge costs a look at what is new. Promise:
`place` leaves what `place_all` makes from nothing; a property test holds the two together. Callers hold the
transaction.
"""

from __future__ import annotations

import heapq
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import lt
from typing import NamedTuple

from gealc_tui.domain.order import credible, follows
from gealc_tui.store.database import Database
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK

JOINED = "LEFT JOIN instants i ON i.change = c.n"
"""Joins what the fragments below need to `changes c`."""

CREDIBLE = "coalesce(i.credible, c.at)"
INSTANT = "coalesce(i.instant, c.at)"
STEP = "coalesce(i.step, 0)"
OLDEST_FIRST = f"{INSTANT}, {STEP}, c.id"
NEWEST_FIRST = f"{INSTANT} DESC, {STEP} DESC, c.id DESC"

Stretch = tuple[int, int]
"""The numbers of the first and the last of changes that follow each other in a log."""

Link = tuple[int, int]
"""The number of a change, and of one that it supersedes in some register."""

_Moment = tuple[int, int]
"""Instant and step."""


class _Placed(NamedTuple):
    """Where a change stands; a row of `instants`, unless its own clock says the same."""

    credible: int
    instant: int
    step: int

    @property
    def moment(self) -> _Moment:
        return self.instant, self.step


def place(db: Database, stretches: Sequence[Stretch], links: Sequence[Link]) -> set[int]:
    """Places changes that were put in; `links` are those that were tied since.

    Returns the numbers of the changes that were here before and stand elsewhere now (of all, if in doubt).
    """
    appended = _Appending(db, sum(last - first + 1 for first, last in stretches))
    by_log: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        by_log.setdefault(stretch[0] >> SEQ_BITS, []).append(stretch)
    if all(appended.add(log, found) for log, found in by_log.items()) and appended.lift(links):
        return appended.moved
    return place_all(db)


class _Appending:
    """Places changes at the ends of logs, looking at nothing else than they touch."""

    _PATIENCE = 4
    """So many times as many changes as came may be looked at one by one; placing all anew is linear, and cheaper."""

    def __init__(self, db: Database, count: int) -> None:
        self.moved: set[int] = set()
        self._db = db
        self._patience = self._PATIENCE * count + 100
        self._known: dict[int, _Placed] = {}
        self._first: dict[int, int] = {}

    def add(self, log: int, stretches: Sequence[Stretch]) -> bool:
        """Places what was put in at the end of a log; False if it was put in elsewhere, or moves what was here."""
        first, end = min(stretches)[0], log << SEQ_BITS | SEQ_MASK
        new = self._db.rows("SELECT n, at FROM changes WHERE n BETWEEN ? AND ? ORDER BY n", [first, end])
        if len(new) != sum(last - start + 1 for start, last in stretches) or _has_branches(self._db, log):
            return False
        self._first[log] = first
        before = self._before(log, first)
        ats = array("q", (at for _, at in new))
        if _is_rising(ats, before):
            return True
        believed = self._credible(log, first, ats, before)
        if believed is None:
            return False
        rows, last = [], before.moment if before is not None else None
        for (n, at), instant in zip(new, believed, strict=True):
            last = follows(instant, () if last is None else (last,))
            if (placed := _Placed(instant, last[0], last[1])) != (at, at, 0):
                rows.append((n, *placed))
        self._db.executemany("INSERT INTO instants VALUES (?, ?, ?, ?)", rows)
        return True

    def _before(self, log: int, first: int) -> _Placed | None:
        row = self._db.row(
            f"SELECT {CREDIBLE}, {INSTANT}, {STEP} FROM changes c {JOINED} WHERE c.n >= ? AND c.n < ?"
            " ORDER BY c.n DESC LIMIT 1",
            [log << SEQ_BITS, first],
        )
        return None if row is None else _Placed(*row)

    def _credible(self, log: int, first: int, ats: Sequence[int], before: _Placed | None) -> Sequence[int] | None:
        """The credible instants of what is new; None if others are believed now of what was here."""
        if before is None:
            return credible(ats)
        if ats[0] >= before.credible and _never_falls(ats):
            return ats
        rows = self._db.rows(
            f"SELECT c.at, {CREDIBLE} FROM changes c {JOINED} WHERE c.n >= ? AND c.n < ? ORDER BY c.n",
            [log << SEQ_BITS, first],
        )
        found = credible([*(at for at, _ in rows), *ats])
        return found[len(rows) :] if found[: len(rows)] == [was for _, was in rows] else None

    # --- what was written over other words ---------------------------------------------------------------------

    def lift(self, links: Sequence[Link]) -> bool:
        """Puts each change behind what it supersedes; False if that moves too much."""
        behind = self._db.rows(
            "SELECT c.n, s.n FROM json_each(?) l JOIN changes c ON c.n = l.value ->> 0 JOIN changes s"
            f" ON s.n = l.value ->> 1 {JOINED} LEFT JOIN instants o ON o.change = s.n"
            f" WHERE ({INSTANT}, {STEP}) <= (coalesce(o.instant, s.at), coalesce(o.step, 0))",
            [json.dumps(list(links))],
        )
        waiting = [(self._after(seen), n) for n, seen in behind]
        heapq.heapify(waiting)
        lifted: dict[int, _Placed] = {}
        while waiting:
            moment, n = heapq.heappop(waiting)
            if moment <= self._placed(n).moment:
                continue
            self._known[n] = lifted[n] = _Placed(self._placed(n).credible, *moment)
            self._patience -= 1
            log = n >> SEQ_BITS
            if self._patience < 0 or _has_branches(self._db, log):
                return False
            if n < self._first.get(log, n + 1):
                self.moved.add(n)
            for following in self._following(n):
                if (after := self._after(n)) > self._placed(following).moment:
                    heapq.heappush(waiting, (after, following))
        self._db.executemany(
            "INSERT OR REPLACE INTO instants VALUES (?, ?, ?, ?)", ((n, *placed) for n, placed in lifted.items())
        )
        return True

    def _placed(self, n: int) -> _Placed:
        if (found := self._known.get(n)) is None:
            row = self._db.row(f"SELECT {CREDIBLE}, {INSTANT}, {STEP} FROM changes c {JOINED} WHERE c.n = ?", [n])
            found = self._known[n] = _Placed(*(row or (0, 0, 0)))
        return found

    def _after(self, n: int) -> _Moment:
        instant, step = self._placed(n).moment
        return instant, step + 1

    def _following(self, n: int) -> Iterator[int]:
        """What comes next in the log of a change, and what supersedes it."""
        end = n | SEQ_MASK
        yield from (
            next
            for (next,) in self._db.rows(
                "SELECT n FROM (SELECT n FROM changes WHERE n > ? AND n <= ? ORDER BY n LIMIT 1)"
                " UNION SELECT change FROM overs WHERE seen = ?",
                [n, end, n],
            )
        )


def last_credible(db: Database) -> list[tuple[str, int]]:
    """Of each person's local log the replica and the credible instant of its last change."""
    return [
        (replica, instant)
        for replica, instant in db.rows(
            f"SELECT l.replica, {CREDIBLE} FROM logs l JOIN changes c ON c.n ="
            " (SELECT max(n) FROM changes WHERE n BETWEEN l.n << ? AND (l.n << ?) + ?)"
            f" {JOINED} WHERE l.key IS NOT NULL",
            [SEQ_BITS, SEQ_BITS, SEQ_MASK],
        )
    ]


def _has_branches(db: Database, log: int) -> bool:
    return bool(db.value("SELECT count(*) > 1 FROM logs WHERE replica = (SELECT replica FROM logs WHERE n = ?)", [log]))


def _is_rising(ats: Sequence[int], before: _Placed | None) -> bool:
    """Whether each change stands where its own clock says."""
    return (before is None or before.instant < ats[0]) and all(map(lt, ats, islice(ats, 1, None)))


def _never_falls(ats: Sequence[int]) -> bool:
    return not any(map(lt, islice(ats, 1, None), ats))


# --- all of them -------------------------------------------------------------------------------------------------


class _Segment(NamedTuple):
    """Changes that follow each other, until one of which several are the next; their numbers and clocks."""

    numbers: array[int]
    ats: array[int]


def place_all(db: Database) -> set[int]:
    """Places every change anew. Returns the numbers of those that stand elsewhere now. Linear, but for its sorting."""
    found = dict(_Walk(db).exceptions())
    was = {n: _Placed(*row) for n, *row in db.rows("SELECT change, credible, instant, step FROM instants")}
    moved = {n for n in was.keys() | found.keys() if was.get(n) != found.get(n)}
    db.executemany("DELETE FROM instants WHERE change = ?", ((n,) for n in moved & was.keys()))
    db.executemany("INSERT INTO instants VALUES (?, ?, ?, ?)", ((n, *found[n]) for n in moved & found.keys()))
    return moved


class _Walk:
    """Goes through all changes, each after what it follows and what it supersedes."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._seen: dict[int, list[int]] = {}
        for change, seen in db.each("SELECT DISTINCT change, seen FROM overs WHERE seen IS NOT NULL"):
            self._seen.setdefault(change, []).append(seen)
        self._wanted = {seen for many in self._seen.values() for seen in many}
        self._reached: dict[int, _Moment] = {}

    def exceptions(self) -> Iterator[tuple[int, _Placed]]:
        """The numbers of the changes that do not stand where their own clock says, and where they stand."""
        children: dict[int, list[_Segment]] = {}
        waiting: dict[int, list[Iterator[tuple[int, _Placed] | int]]] = {}
        ready = []
        for segment, parent in _segments(self._db):
            if parent is None:
                ready.append(self._along(segment, None))
            else:
                children.setdefault(parent, []).append(segment)
                self._wanted.add(parent)
        while ready or waiting:
            if not ready:
                # Only in a damaged log does anything wait for itself.
                ready = waiting.pop(missing := min(waiting))
                self._reached[missing] = (-(10**17), 0)
            walk = ready.pop()
            for one in walk:
                if isinstance(one, tuple):
                    yield one
                elif one in self._reached:
                    ready += waiting.pop(one, ())
                    ready += [self._along(child, self._reached[one]) for child in children.pop(one, ())]
                else:
                    waiting.setdefault(one, []).append(walk)
                    break

    def _along(self, segment: _Segment, last: _Moment | None) -> Iterator[tuple[int, _Placed] | int]:
        """Through a segment: exceptions, numbers that somebody waits for once they are reached, or is missing."""
        for n, at, believed in zip(segment.numbers, segment.ats, credible(segment.ats), strict=True):
            before = [] if last is None else [last]
            for seen in self._seen.get(n, ()):
                while seen not in self._reached:
                    yield seen
                before.append(self._reached[seen])
            last = follows(believed, before)
            if n in self._wanted:
                self._reached[n] = last
                yield n
            if (believed, last) != (at, (at, 0)):
                yield n, _Placed(believed, *last)


def _segments(db: Database) -> Iterator[tuple[_Segment, int | None]]:
    """All changes in segments, each with the number of the change that it follows.

    Where a segment ends depends on the changes alone, not on the local logs that hold them: where one identity has
    branches, which log holds what they share differs from copy to copy.
    """
    logs: dict[str, list[int]] = {}
    for log, replica in db.rows("SELECT n, replica FROM logs ORDER BY n"):
        logs.setdefault(replica, []).append(log)
    for numbers in logs.values():
        if len(numbers) == 1:
            yield _segment(db, numbers[0] << SEQ_BITS, numbers[0] << SEQ_BITS | SEQ_MASK), None
        else:
            yield from _branching(db, numbers)


def _segment(db: Database, first: int, last: int) -> _Segment:
    numbers, ats = array("q"), array("q")
    for n, at in db.each("SELECT n, at FROM changes WHERE n BETWEEN ? AND ? ORDER BY n", [first, last]):
        numbers.append(n)
        ats.append(at)
    return _Segment(numbers, ats)


def _branching(db: Database, logs: Sequence[int]) -> Iterator[tuple[_Segment, int | None]]:
    followed = forks(db, logs)
    cuts: dict[int, list[int]] = {}
    for parent in followed.values():
        cuts.setdefault(parent >> SEQ_BITS, []).append(parent)
    pieces: dict[int, tuple[_Segment, int | None]] = {}  # by the number of the first change
    for log in logs:
        before: int | None = followed.get(log)
        first = log << SEQ_BITS
        for last in [*sorted(set(cuts.get(log, ()))), first | SEQ_MASK]:
            segment = _segment(db, first, last)
            if segment.numbers:
                pieces[segment.numbers[0]] = segment, before
                before = segment.numbers[-1]
            first = last + 1
    yield from _joined(pieces)


def _joined(pieces: Mapping[int, tuple[_Segment, int | None]]) -> Iterator[tuple[_Segment, int | None]]:
    """Segments of which only one follows the other are one."""
    following: dict[int | None, list[int]] = {}
    for first, (_, parent) in pieces.items():
        following.setdefault(parent, []).append(first)
    for segment, parent in pieces.values():
        if parent is not None and len(following[parent]) == 1:
            continue
        numbers, ats = segment.numbers[:], segment.ats[:]
        while len(behind := following.get(numbers[-1], [])) == 1:
            more, _ = pieces[behind[0]]
            numbers += more.numbers
            ats += more.ats
        yield _Segment(numbers, ats), parent


def forks(db: Database, logs: Iterable[int]) -> dict[int, int]:
    """Of each of a replica's logs that follows a change in another of them, the number of that change."""
    logs = list(logs)
    named: dict[str, list[tuple[int, int]]] = {}
    for log, first, previous in db.rows(
        "SELECT r.log, r.first, r.previous FROM json_each(?) j JOIN runs r ON r.log = j.value"
        " WHERE r.previous <> '' ORDER BY r.log, r.first DESC",
        [json.dumps(logs)],
    ):
        named.setdefault(previous, []).append((log, first))
    found = {}
    for log in logs:
        for n, id in db.each(
            "SELECT n, id FROM changes WHERE n BETWEEN ? AND ?", [log << SEQ_BITS, log << SEQ_BITS | SEQ_MASK]
        ):
            for other, first in named.get(id, ()):
                if other != log and first - 1 == n & SEQ_MASK:
                    found[other] = n
    return found
