"""A whole log taken out again, as if it had never come.

Only for an official document that was imported by mistake, on which nothing was built and of which nobody else knows:
what people wrote, and what travelled, is never taken out. Callers hold the transaction.
"""

from __future__ import annotations

from gealc_tui.store import log, views
from gealc_tui.store.database import Database
from gealc_tui.store.registers import SEQ_BITS

_REFERRING = ("about", "activity", "agenda", "area", "meeting", "origin", "plan", "related")
"""Fields that hold the name or id of another entity, or a list of them."""

_WRITTEN = f"""
WITH own AS MATERIALIZED (
  SELECT DISTINCT r.entity FROM edits e JOIN registers r ON r.n = e.register WHERE e.change >> {SEQ_BITS} = ?1
), names AS MATERIALIZED (
  SELECT entity AS name FROM own UNION SELECT substr(entity, instr(entity, '/') + 1) FROM own
)
SELECT 1 FROM edits e JOIN registers r ON r.n = e.register
WHERE e.change >> {SEQ_BITS} <> ?1 AND (
  r.entity IN (SELECT entity FROM own)
  OR (r.field IN {_REFERRING!r}
    AND EXISTS (SELECT 1 FROM json_each(e.value) j WHERE j.value IN (SELECT name FROM names)))
) LIMIT 1
"""


def is_written_about(db: Database, number: int) -> bool:
    """Whether any other log says something of what a log tells of, or points at it."""
    return bool(db.value(_WRITTEN, [number]))


def remove(db: Database, replica: str) -> None:
    """Takes the logs of a replica out, with the registers that nobody else sets, and folds what is left."""
    for number in log.numbers(db, replica):
        ends = [number << SEQ_BITS, (number + 1) << SEQ_BITS]
        for table, column in (("overs", "change"), ("edits", "change"), ("changes", "n")):
            db.execute(f"DELETE FROM {table} WHERE {column} >= ? AND {column} < ?", ends)
        db.execute("DELETE FROM lineage WHERE log = ?1 OR parent = ?1", [number])
        db.execute("DELETE FROM runs WHERE log = ?", [number])
        db.execute("DELETE FROM logs WHERE n = ?", [number])
    db.execute("DELETE FROM registers WHERE NOT EXISTS (SELECT 1 FROM edits WHERE register = registers.n)")
    views.rebuild(db)
