"""The words of the plan, kept for finding: a full-text table with a row for each activity and each area.

A view like the others: made from their tables, in step with them through `views.refresh`, and made anew by a rebuild.
Its words are folded (`plain.folded`): without accents and case. `people` holds the codes of those who lead, and the
replicas of those who wrote notes, never what they are called: that is asked of whoever searches.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from gealc_tui.domain.translations import LANGUAGES
from gealc_tui.plain import folded
from gealc_tui.store.database import Database

_FIELDS = (
    "code", "title", "objective", "participants", "place", "resources", "funder", "lead", "co_leads", "text",
    "evidence", "about", "activity", "area", "deleted", "deleted_seen",
    *(f"{name}:{language}" for name in ("title", "objective", "text") for language in LANGUAGES),
)  # fmt: skip

# The row's number is that of the first register that the entity got: it never changes in this database.
_STALE = """
INSERT OR IGNORE INTO stale
WITH said AS MATERIALIZED ({said}), owners AS (
  SELECT entity FROM said WHERE entity GLOB 'activity/*' OR entity GLOB 'area/*'
  UNION SELECT 'activity/' || p.activity FROM said JOIN products p ON p.id = substr(entity, 9)
    WHERE entity GLOB 'product/*'
  UNION SELECT n.about FROM said JOIN notes n ON n.id = substr(entity, 6) WHERE entity GLOB 'note/*'
)
SELECT n, entity FROM (SELECT (SELECT min(n) FROM registers r WHERE r.entity = o.entity) AS n, entity FROM owners o)
WHERE n IS NOT NULL
"""
_TOUCHED = _STALE.format(
    said="SELECT DISTINCT r.entity AS entity FROM touched t CROSS JOIN registers r ON r.n = t.register"
    f" WHERE r.field IN {_FIELDS!r}"
    # Whatever is said first of an entity makes it.
    " OR r.entity GLOB 'activity/*' AND NOT EXISTS (SELECT 1 FROM activities WHERE id = substr(r.entity, 10))"
    " OR r.entity GLOB 'area/*' AND NOT EXISTS (SELECT 1 FROM areas WHERE id = substr(r.entity, 6))"
)
_NAMED = _STALE.format(said="SELECT value AS entity FROM json_each(?)")

_ACTIVITIES = """
INSERT INTO search (rowid, code, title, words, people)
SELECT s.n, folded(a.code), folded(a.title),
  folded((SELECT group_concat(text, char(10)) FROM (
    SELECT text FROM (SELECT text, rank, id FROM products WHERE activity = a.id
      AND text <> '' AND NOT deleted ORDER BY rank, id)
    UNION ALL SELECT a.participants UNION ALL SELECT a.place UNION ALL SELECT a.resources UNION ALL SELECT a.funder
    UNION ALL SELECT text FROM (SELECT text, id FROM notes WHERE about = s.entity
      AND text <> '' AND NOT deleted ORDER BY id)
    UNION ALL SELECT text FROM (SELECT text FROM translations WHERE entity = s.entity ORDER BY field, language)
    UNION ALL SELECT text FROM (SELECT x.text FROM products p JOIN translations x ON x.entity = 'product/' || p.id
      WHERE p.activity = a.id AND NOT p.deleted ORDER BY p.rank, p.id, x.language)
  ) WHERE text IS NOT NULL)),
  folded((SELECT group_concat(who, char(10)) FROM (
    SELECT a.lead AS who UNION ALL SELECT a.co_leads
    UNION ALL SELECT author FROM (SELECT DISTINCT author FROM notes WHERE about = s.entity
      AND NOT deleted ORDER BY author)
  ) WHERE who IS NOT NULL))
FROM stale s JOIN activities a ON a.id = substr(s.entity, 10) WHERE s.entity GLOB 'activity/*' AND NOT a.deleted
"""

_AREAS = """
INSERT INTO search (rowid, code, title, words)
SELECT s.n, folded(a.code), folded(a.title),
  folded((SELECT group_concat(text, char(10)) FROM (
    SELECT a.objective AS text
    UNION ALL SELECT text FROM (SELECT text FROM translations WHERE entity = s.entity ORDER BY field, language)
  ) WHERE text IS NOT NULL)) FROM stale s JOIN areas a ON a.id = substr(s.entity, 6)
WHERE s.entity GLOB 'area/*' AND NOT a.deleted
"""


def _folded(text: str | None) -> str | None:
    return None if text is None else folded(text)


@contextmanager
def kept_in_step(db: Database) -> Iterator[set[str]]:
    """The words of what the registers in `touched` concern, before and after the block, are indexed anew.

    So are those of the entities that the block puts into the set.
    """
    db.execute("CREATE TEMP TABLE IF NOT EXISTS stale (n INTEGER PRIMARY KEY, entity TEXT)")
    db.execute("DELETE FROM stale")
    db.execute(_TOUCHED)
    others: set[str] = set()
    yield others
    db.execute(_TOUCHED)
    if others:
        db.execute(_NAMED, [json.dumps(sorted(others))])
    if db.value("SELECT 1 FROM stale LIMIT 1"):
        db.connection.create_function("folded", 1, _folded, deterministic=True)
        db.execute("DELETE FROM search WHERE rowid IN (SELECT n FROM stale)")
        db.execute(_ACTIVITIES)
        db.execute(_AREAS)


def forget(db: Database) -> None:
    """Empties the table. It is made anew, for a damaged one cannot be emptied: SQLite looks up there what to delete."""
    made = db.value("SELECT sql FROM sqlite_schema WHERE name = 'search'")
    db.execute("DROP TABLE search")
    db.execute(made)
