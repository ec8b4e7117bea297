"""Which of the dated copies of a database are kept: the rule, and nothing that touches a disk.

Promises: what the rule lets go once it would not want back later, so copies may be thinned at any time and as often
as one likes; the copy that was made last stays; a clock that is behind lets no copy go that is dated ahead of it. A
clock that is ahead, for which everything is old, does little harm: a new copy displaces one at most, and twenty stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

NEWEST = 3
"""So many are kept whatever their age."""

IN_A_DAY = 20
"""Of the last 24 hours so many are kept, whether they are among the newest of a day or not."""

DAYS, WEEKS, MONTHS = 14, 8, 12
"""Of so many days, weeks and months, the running ones included, the newest of each is kept."""

FEWEST = 20
"""No copy is let go while there are not more than so many, whatever the clock says."""

UNTOUCHED_DAYS = 30
"""So long what was made before a restore, before a new version's first start, or of a database in whose place another
file came to lie, stays in any case."""

REPLACED = "replaced"
UNTOUCHED = frozenset({"restore", "migrate", REPLACED})
DAMAGED = "damaged"
"""A database that could not be read may hold words that are nowhere else: only a person removes it."""

DAY = 24 * 60 * 60 * 1000
"""Milliseconds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Backup(NamedTuple):
    """A dated copy: `name` of its file, `at` in milliseconds since 1970 UTC, `size` in bytes.

    `reason` is a code: daily, merge, restore, migrate (made before these), asked, replaced (what a window still saw
    of a database in whose place another file had come to lie), damaged (a database that could not be read, as it was
    found); a newer version may know others.
    """

    name: str
    at: int
    reason: str
    size: int


def kept(backups: Iterable[Backup], now: int) -> frozenset[str]:
    """The names of those that stay. Days, weeks and months are those of UTC.

    What is dated after `now` was made under a wrong clock: it stays, and takes nobody's place.
    """
    ordered = sorted(backups, key=lambda one: (one.at, one.name), reverse=True)
    found = {one.name for one in ordered if one.at > now or one.reason == DAMAGED}
    past = [one for one in ordered if one.at <= now]
    found |= {one.name for one in past[:NEWEST]}
    found |= {one.name for one in past[:IN_A_DAY] if now - one.at < DAY}
    found |= {one.name for one in past if one.reason in UNTOUCHED and now - one.at < UNTOUCHED_DAYS * DAY}
    for number, many in ((day_of, DAYS), (_week_of, WEEKS), (_month_of, MONTHS)):
        found |= _newest_of_each(past, number, after=number(now) - many)
    return frozenset(found)


def displaced(backups: Iterable[Backup], now: int) -> Backup | None:
    """The one that a new copy displaces, `backups` being all with it; None if nothing has to go.

    Of those that the rule lets go, the one that lies closest before the next: if the clock is wrong, and the rule with
    it, least is lost that way.
    """
    ordered = sorted(backups, key=lambda one: (one.at, one.name))
    if len(ordered) <= FEWEST:
        return None
    names = kept(ordered, now)
    free = [(after.at - one.at, one.at, one) for one, after in pairwise(ordered) if one.name not in names]
    return min(free)[2] if free else None


def _newest_of_each(past: Iterable[Backup], number: Callable[[int], int], *, after: int) -> set[str]:
    """The newest copy of each span that has a number above `after`. `past` begins with the newest."""
    newest: dict[int, str] = {}
    for one in past:
        newest.setdefault(number(one.at), one.name)
    return {name for span, name in newest.items() if span > after}


def day_of(at: int) -> int:
    """The number of a day, counted from the first of 1970 (UTC)."""
    return at // DAY


def _week_of(at: int) -> int:
    # The first of 1970 was a Thursday, and weeks begin on Monday.
    return (day_of(at) + 3) // 7


def _month_of(at: int) -> int:
    day = _EPOCH + timedelta(days=day_of(at))
    return day.year * 12 + day.month
