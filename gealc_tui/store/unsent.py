"""What a person wrote and no file holds yet, as people count it: net.

Promise: what was written and taken back again counts for nothing, and so does saying who one is, which goes with
every file. A note, an agreement or a meeting counts once, however many fields it has; so does a command that set
several activities. What the next file holds is another matter: it always holds the whole log.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.readings import EditReading
from gealc_tui.domain.vocabulary import seen_default
from gealc_tui.store.database import Database, stored
from gealc_tui.store.registers import SEQ_BITS

_AS_ONE = ("note", "item", "meeting")
"""Kinds that are counted as a whole."""

# What stood before the first of the edits: one's own last word there, or the others' that it went over, the newest.
_WRITTEN = """
WITH mine AS MATERIALIZED (
  SELECT register, min(change) AS first, max(change) AS last FROM edits
  WHERE change > ?1 AND change <= ?2 GROUP BY register
)
SELECT r.entity, r.field, m.last, (SELECT value FROM edits WHERE register = m.register AND change = m.last), (
    SELECT b.value FROM edits b JOIN changes c ON c.n = b.change
    WHERE b.register = m.register AND b.change IN (
      SELECT max(change) FROM edits WHERE register = m.register AND change < m.first AND change > ?3
      UNION ALL
      SELECT seen FROM overs WHERE register = m.register AND change = m.first AND seen IS NOT NULL
    ) ORDER BY c.at DESC, c.id DESC LIMIT 1
  )
FROM mine m JOIN registers r ON r.n = m.register
WHERE substr(r.entity, 1, instr(r.entity, '/')) <> 'person/'
"""


class _Written(NamedTuple):
    """A register that was written since: by which change last, whether it was there before, and was altered."""

    change: int
    was_there: bool
    is_altered: bool
    is_deleted: bool
    edit: EditReading


class Unsent(NamedTuple):
    """Something to tell: what is said of it since, net, each field with what stood before; and by which change last."""

    change: int
    edits: tuple[EditReading, ...]


def count(db: Database, logs: Iterable[int], sent: int, last: int) -> int:
    """How many things of these logs of one's own came after change number `sent`, up to `last`."""
    return len({one.change for one in things(db, logs, sent, last)})


def things(db: Database, logs: Iterable[int], sent: int, last: int) -> tuple[Unsent, ...]:
    """What there is to tell of these logs after change number `sent`, up to `last`; the newest first."""
    by_thing: dict[str, list[_Written]] = {}
    for log in logs:
        bounds = [log << SEQ_BITS | sent, log << SEQ_BITS | last, log << SEQ_BITS]
        for entity, field, change, now, before in db.rows(_WRITTEN, bounds):
            thing = entity if kind_of(entity) in _AS_ONE else f"{entity}#{field}"
            by_thing.setdefault(thing, []).append(_written(entity, field, change, now, before))
    found = (
        Unsent(max(one.change for one in written), tuple(one.edit for one in written if one.is_altered))
        for written in by_thing.values()
        if _is_told(written)
    )
    return tuple(sorted(found, key=lambda one: -one.change))


def _written(entity: str, field: str, change: int, now: str, before: str | None) -> _Written:
    value = stored(now)
    was = seen_default(kind_of(entity), field) if before is None else stored(before)
    is_altered = _plain(field, value) != _plain(field, was)
    edit = EditReading(entity, field, None if before is None else was, value)
    return _Written(change, before is not None, is_altered, field == "deleted" and value is True, edit)


def _is_told(written: list[_Written]) -> bool:
    is_new = not any(one.was_there for one in written)
    if is_new and any(one.is_deleted for one in written):
        return False
    return any(one.is_altered for one in written)


def _plain(field: str, value: Value) -> Value:
    """Alike where people see no difference: nothing, an empty list, not deleted."""
    if value in ("", [], ()) or (field == "deleted" and value is False):
        return None
    return value
