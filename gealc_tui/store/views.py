"""What the log folds to: heads, and one table for each kind of entity.

`refresh` is the one path by which anything gets into a view: an edit here, a merge and a rebuild all end in it. It
computes the touched registers again from the log, never from the view. The rule is that of `domain.register`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import Any

from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.entities import ENTITIES, Entity, Person, plain
from gealc_tui.domain.fields import UNDISPUTED
from gealc_tui.domain.order import Place
from gealc_tui.domain.translations import language_of, original_of
from gealc_tui.store import branches, deletions, order, search
from gealc_tui.store.database import Database, stored
from gealc_tui.store.insertion import tie_again
from gealc_tui.store.registers import SEQ_BITS, encode_value

# What concerns a person counts only from the log of that person: nobody speaks in another's name.
_TOUCHED = """
INSERT INTO touched (register, speaker)
SELECT r.n, CASE WHEN substr(r.entity, 1, instr(r.entity, '/')) IN ('person/', 'vouching/')
                 THEN substr(r.entity, instr(r.entity, '/') + 1) END
FROM json_each(?) j JOIN registers r ON r.n = j.value
"""

# CROSS JOIN, which SQLite does not turn round: of a large log only what is touched is read.
_COUNTING = """
  SELECT e.register, e.change FROM touched t CROSS JOIN edits e ON e.register = t.register
  WHERE t.speaker IS NULL OR t.speaker = (SELECT replica FROM logs WHERE n = e.change >> {bits})
"""

_HEADS = f"""
INSERT INTO heads (register, change, value, shown, differs, position)
WITH RECURSIVE counting AS MATERIALIZED ({_COUNTING}),
latest AS (
  SELECT register, change >> {{bits}} AS log, max(change) AS change FROM counting GROUP BY register, log
),
seen AS (
  SELECT register, o.seen AS change FROM counting JOIN overs o USING (register, change) WHERE o.seen IS NOT NULL
),
past AS (
  SELECT register, parent, upto FROM seen JOIN lineage p ON p.log = change >> {{bits}}
  UNION
  SELECT register, parent, upto FROM latest JOIN lineage p USING (log)
  UNION
  SELECT past.register, p.parent, p.upto FROM past JOIN lineage p ON p.log = past.parent
),
reach AS (
  SELECT register, change >> {{bits}} AS log, max(change) AS change FROM (
    SELECT register, change FROM seen
    UNION ALL
    SELECT register, parent << {{bits}} | upto FROM past
  ) GROUP BY 1, 2
),
standing AS (
  SELECT l.register, l.change FROM latest l LEFT JOIN reach s ON s.register = l.register AND s.log = l.log
  WHERE s.change IS NULL OR s.change < l.change
)
SELECT s.register, s.change, v.value,
  row_number() OVER (PARTITION BY s.register ORDER BY c.at DESC, c.id DESC) = 1,
  min(v.value) OVER (PARTITION BY s.register) <> max(v.value) OVER (PARTITION BY s.register),
  v.position
FROM standing s JOIN edits v USING (register, change) JOIN changes c ON c.n = s.change
""".format(bits=SEQ_BITS)


_UNDISPUTED = """
UPDATE heads SET differs = 0 WHERE +differs AND register IN (
  SELECT t.register FROM touched t CROSS JOIN registers r ON r.n = t.register
  WHERE r.field IN (SELECT value FROM json_each(?))
)
"""


def refresh(db: Database, registers: Iterable[int]) -> deletions.Before:
    """Folds registers again from the log, and the entities that they belong to.

    Returns what stood in `deletions` of the entities whose deletion was looked at anew.
    """
    db.execute("CREATE TEMP TABLE IF NOT EXISTS touched (register INTEGER PRIMARY KEY, speaker TEXT)")
    db.execute("DELETE FROM touched")
    db.execute(_TOUCHED, [json.dumps(list(registers))])
    db.execute("DELETE FROM heads WHERE register IN (SELECT register FROM touched)")
    db.execute(_HEADS)
    db.execute(_UNDISPUTED, [json.dumps(sorted(UNDISPUTED))])
    entities = {
        entity for (entity,) in db.rows("SELECT DISTINCT entity FROM touched CROSS JOIN registers ON n = register")
    }
    with search.kept_in_step(db) as seen_otherwise:
        owned = deletions.owners(db, entities)
        _write(db)
        before = deletions.fold(db, entities, owned)
        seen_otherwise |= deletions.turned(db, before)
    return before


def rebuild(db: Database) -> None:
    """Throws the views away and folds the whole log again."""
    tie_again(db)
    branches.relate_all(db)
    order.place_all(db)
    db.execute("DELETE FROM heads")
    search.forget(db)
    deletions.forget(db)
    db.execute("DELETE FROM translations")
    for model in ENTITIES.values():
        db.execute(f"DELETE FROM {model.TABLE}")
    refresh(db, [n for (n,) in db.rows("SELECT n FROM registers")])


_SHOWN = (
    f"SELECT r.entity, r.field, h.value, l.replica, l.key IS NULL, c.at, {order.CREDIBLE}, {order.INSTANT},"
    f" {order.STEP}, c.id, h.position FROM (SELECT DISTINCT entity FROM touched CROSS JOIN registers ON n = register) t"
    " CROSS JOIN registers r ON r.entity = t.entity"
    " LEFT JOIN heads h ON h.register = r.n AND h.shown LEFT JOIN changes c ON c.n = h.change"
    f" {order.JOINED} LEFT JOIN logs l ON l.n = h.change >> {SEQ_BITS} ORDER BY r.entity"
)
"""What is shown of the entities that were touched: a row a register, all of one entity together."""


def _write(db: Database) -> None:
    rows: dict[type[Entity], list[tuple[Any, ...]]] = {}
    told: list[tuple[str, str, str, Value]] = []
    with closing(db.each(_SHOWN)) as each:
        for entity, shown in groupby(each, key=itemgetter(0)):
            if (model := ENTITIES.get(kind_of(entity))) is not None:
                every = list(shown)
                rows.setdefault(model, []).append(_row(model, entity, every))
                told += _translations(entity, every)
    if told:
        db.executemany(
            "DELETE FROM translations WHERE entity = ? AND field = ? AND language = ?", [t[:3] for t in told]
        )
        said = [one for one in told if isinstance(one[3], str) and one[3]]
        db.executemany("INSERT INTO translations VALUES (?, ?, ?, ?)", said)
    for model, found in rows.items():
        columns = ["id", *_columns(model), *_TOLD, "deleted"]
        marks = ", ".join("?" * len(columns))
        db.executemany(f"INSERT OR REPLACE INTO {model.TABLE} ({', '.join(columns)}) VALUES ({marks})", found)


def _translations(entity: str, shown: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, str, str, Value]]:
    """What an entity's registers tell in other languages: entity, field, language, text; None: nothing any more."""
    kind = kind_of(entity)
    for row in shown:
        if ":" in row[1] and (language := language_of(kind, row[1])) is not None:
            yield entity, original_of(kind, row[1]), language, stored(row[2]) if row[2] is not None else None


_TOLD = ("author", "at", "credible", "placed", "reported")
"""Who said the words that an entity shows, when by their clock, the credible instant of that (`domain.order`), a text
that sorts as they were written; and the last credible instant of anything that a person said of the entity."""


def _columns(model: type[Entity]) -> list[str]:
    """The columns of a kind, each named like an attribute of its model; of the order the rank that follows from it."""
    names = [name for name in model.model_fields if name not in ("id", "deleted")]
    return ["rank" if name == "order" else name for name in names]


def _row(model: type[Entity], entity: str, shown: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    """An entity's row, of what `_SHOWN` says of it. What `_TOLD` names is told of the words that it shows (the model's
    voice)."""
    values: dict[str, Value] = {}
    told: tuple[Any, ...] = (None, None, None, None)
    reported: int | None = None
    for _, field, value, replica, genesis, at, credible, instant, step, id, position in shown:
        if id is None:
            continue  # nobody's word counts in it
        if field in model.model_fields:
            values[field] = stored(value)
        if field == model.VOICE:
            told = replica, at, credible, Place(instant, step, id).text(position)
        if not genesis:
            reported = max(credible, reported) if reported is not None else credible
    read = model.read(local_id(entity), values)
    fields = (_cell(getattr(read, name)) for name in _columns(model))
    # `deletions.fold` says what is out of sight; of themselves people say it.
    return (read.id, *fields, *told, reported, read.deleted if model is Person else False)


def _cell(value: Any) -> Any:
    """Lists are stored as JSON, everything else as it is."""
    value = plain(value)
    return encode_value(value) if isinstance(value, list) else value
