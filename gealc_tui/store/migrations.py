"""The tables, as numbered steps. A step that has been released is never edited; the next one mends it.

Each step runs in one transaction with the note that it ran (sqlite-utils `Migrations`). The list of names stands
apart from the steps, so that a database that is up to date is opened without importing sqlite-utils.

The log (`logs`, `runs`, `changes`, `registers`, `edits`, `overs`) is the truth. `heads`, `search` and the
tables of entities are views of it and can be dropped at any time. The rest is this copy's own and never travels.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from gealc_tui import errors
from gealc_tui.store.database import Database

if TYPE_CHECKING:
    from sqlite_utils import Database as SqliteUtilsDatabase

SET = "gealc"
STEPS = (
    "001_log",
    "002_views",
    "003_local",
    "004_finding",
    "005_moments",
    "006_plan_in_view",
    "007_deletion",
    "008_people_views",
    "009_limits",
    "010_structure",
    "011_life_of_a_plan",
)
"""The steps' names, in order."""


def migrate(database: Database, before: Callable[[], object] | None = None) -> None:
    """Brings the tables up to date, and folds what log there is. Raises DatabaseNewer if a newer version was here.

    If there is a log, `before` is called first, while nobody can write; what it raises leaves all as it was.
    """
    done = _done(database)
    if unknown := [name for name in done if name not in STEPS]:
        raise errors.DatabaseNewer(path=str(database.path), detail=unknown[0])
    if set(done) == set(STEPS):
        return
    # Two processes may start at once: the second finds the work done.
    with database.transaction():
        if set(_done(database)) != set(STEPS):
            has_log = bool(_done(database) and database.value("SELECT 1 FROM changes LIMIT 1"))
            if has_log and before is not None:
                before()
            _apply(database)
            if has_log:
                # The models take long to import, and most starts need no fold.
                from gealc_tui.store import views

                views.rebuild(database)


def _done(database: Database) -> list[str]:
    if not database.value("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'"):
        return []
    return [name for (name,) in database.rows("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [SET])]


def _apply(database: Database) -> None:
    from sqlite_utils import Database as SqliteUtilsDatabase
    from sqlite_utils import Migrations

    migrations = Migrations(SET)
    steps = (
        _log,
        _views,
        _local,
        _finding,
        _moments,
        _plan_in_view,
        _deletion,
        _people_views,
        _limits,
        _structure,
        _life_of_a_plan,
    )
    for name, step in zip(STEPS, steps, strict=True):
        migrations(name=name)(step)
    migrations.apply(SqliteUtilsDatabase(database.connection))


def _log(db: SqliteUtilsDatabase) -> None:
    # n: the log's number here; never leaves the database. A replica has several logs if its identity was used on
    # two machines: one for each branch.
    db.execute("CREATE TABLE logs (n INTEGER PRIMARY KEY, replica TEXT NOT NULL, key TEXT)")
    db.execute("CREATE INDEX logs_by_replica ON logs (replica)")
    # Up to which seq another branch is in a branch's past. Empty where nobody has branches.
    db.execute(
        "CREATE TABLE lineage (log INTEGER NOT NULL REFERENCES logs, ancestor INTEGER NOT NULL, upto INTEGER NOT NULL,"
        " PRIMARY KEY (log, ancestor)) WITHOUT ROWID"
    )
    # A run is an unbroken stretch of a log; `signature` covers `tip`, and through the chain all before it.
    db.execute(
        "CREATE TABLE runs (log INTEGER NOT NULL REFERENCES logs, first INTEGER NOT NULL, last INTEGER NOT NULL,"
        " previous TEXT NOT NULL, tip TEXT NOT NULL, signature TEXT, PRIMARY KEY (log, first)) WITHOUT ROWID"
    )
    # n = log << 40 | seq: in the order of each log, and no second index.
    db.execute("CREATE TABLE changes (n INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL)")
    db.execute(
        "CREATE TABLE registers (n INTEGER PRIMARY KEY, entity TEXT NOT NULL, field TEXT NOT NULL,"
        " UNIQUE (entity, field))"
    )
    db.execute(
        "CREATE TABLE edits (change INTEGER NOT NULL, position INTEGER NOT NULL, register INTEGER NOT NULL,"
        " value TEXT NOT NULL, PRIMARY KEY (change, position)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX edits_by_register ON edits (register)")
    # `over` is an id; `seen` is the number of that change, once it is here and if it sets the register.
    db.execute(
        "CREATE TABLE overs (register INTEGER NOT NULL, change INTEGER NOT NULL, position INTEGER NOT NULL,"
        " over TEXT NOT NULL, seen INTEGER, PRIMARY KEY (register, change, position)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX awaited ON overs (register, over) WHERE seen IS NULL")


def _views(db: SqliteUtilsDatabase) -> None:
    db.execute(
        "CREATE TABLE heads (register INTEGER NOT NULL, change INTEGER NOT NULL, value TEXT NOT NULL,"
        " shown INTEGER NOT NULL, differs INTEGER NOT NULL, PRIMARY KEY (register, change)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX differing_heads ON heads (register) WHERE differs")
    voice = "author TEXT, at INTEGER, reported INTEGER, deleted INTEGER NOT NULL"
    entity = f"CREATE TABLE {{}} (id TEXT PRIMARY KEY, {{}}, {voice}) WITHOUT ROWID"
    for table, columns in {
        "plans": "year INTEGER, title TEXT, state TEXT, preamble TEXT, masthead TEXT, source TEXT,"
        " source_sha256 TEXT, importer INTEGER",
        "areas": "plan TEXT, code TEXT, title TEXT, objective TEXT, position INTEGER",
        "activities": "area TEXT, code TEXT, title TEXT, position INTEGER, period TEXT, participants TEXT,"
        " place TEXT, resources TEXT, funder TEXT, lead TEXT, co_leads TEXT, due TEXT, status TEXT,"
        " progress INTEGER, units_done INTEGER, units_planned INTEGER",
        "products": "activity TEXT, text TEXT, position INTEGER, delivered TEXT, evidence TEXT",
        "notes": "about TEXT, text TEXT, official INTEGER",
        "meetings": "body TEXT, area TEXT, title TEXT, day TEXT, hour TEXT, city TEXT, countries TEXT,"
        " agenda TEXT, state TEXT",
        "items": "meeting TEXT, about TEXT, kind TEXT, text TEXT, country TEXT, due TEXT",
        "people": "name TEXT, country TEXT, role TEXT, email TEXT",
        "observations": "about TEXT, kind TEXT, line INTEGER, text TEXT, related TEXT",
    }.items():
        db.execute(entity.format(table, columns))
    db.execute("CREATE INDEX activities_by_area ON activities (area)")
    db.execute("CREATE INDEX products_by_activity ON products (activity)")
    db.execute("CREATE INDEX notes_by_about ON notes (about)")
    db.execute("CREATE INDEX items_by_meeting ON items (meeting)")
    db.execute("CREATE INDEX observations_by_about ON observations (about)")


def _local(db: SqliteUtilsDatabase) -> None:
    db.execute("CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    db.execute("CREATE TABLE trust (replica TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID")
    # What undo and redo walk along: own changes, each with what it was (do, undo, redo) and of which change.
    db.execute("CREATE TABLE steps (change INTEGER PRIMARY KEY, kind TEXT NOT NULL, target INTEGER)")
    # Text that somebody is typing, so that a closed terminal loses nothing.
    db.execute("CREATE TABLE drafts (place TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID")
    # Runs of authors who are not accepted yet, as they came.
    db.execute(
        "CREATE TABLE aside (replica TEXT NOT NULL, first INTEGER NOT NULL, tip TEXT NOT NULL, run TEXT NOT NULL,"
        " PRIMARY KEY (replica, first, tip)) WITHOUT ROWID"
    )
    # What each copy that has written to us holds, and so what it lacks; when by its clock and when by ours; whether
    # it asked for what it lacks.
    db.execute(
        "CREATE TABLE peers (replica TEXT PRIMARY KEY, have TEXT NOT NULL, at INTEGER NOT NULL,"
        " heard INTEGER NOT NULL, asks INTEGER NOT NULL) WITHOUT ROWID"
    )
    # Authors whose lists of people this copy relies on.
    db.execute("CREATE TABLE reliance (replica TEXT PRIMARY KEY) WITHOUT ROWID")
    # SHA-256 of files that were applied whole: met again, they need not be read.
    db.execute("CREATE TABLE files (digest BLOB PRIMARY KEY, changes INTEGER NOT NULL) WITHOUT ROWID")
    # What each file of a shared folder held when it was read, under which stamp, so that none is read twice.
    db.execute(
        "CREATE TABLE carried (place TEXT NOT NULL, name TEXT NOT NULL, stamp TEXT NOT NULL, holds TEXT NOT NULL,"
        " PRIMARY KEY (place, name)) WITHOUT ROWID"
    )


def _finding(db: SqliteUtilsDatabase) -> None:
    # How many activities an area has and how many are done, without reading them.
    db.execute("DROP INDEX activities_by_area")
    db.execute("CREATE INDEX activities_by_area ON activities (area, deleted, status)")
    db.execute("CREATE INDEX products_spoken_of ON products (activity, reported) WHERE reported IS NOT NULL")
    db.execute("CREATE INDEX activities_by_code ON activities (code)")
    db.execute(
        "CREATE VIRTUAL TABLE search USING fts5(code, title, words, people,"
        " tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3', columnsize = 0)"
    )


def _moments(db: SqliteUtilsDatabase) -> None:
    # Changes that do not stand where their own clock says (`store.order`): the credible instant, and their place.
    db.execute(
        "CREATE TABLE instants (change INTEGER PRIMARY KEY, credible INTEGER NOT NULL, instant INTEGER NOT NULL,"
        " step INTEGER NOT NULL)"
    )
    db.execute("CREATE INDEX overs_seen ON overs (seen) WHERE seen IS NOT NULL")
    db.execute("ALTER TABLE heads ADD COLUMN position INTEGER NOT NULL DEFAULT 0")
    for table in ("plans", "areas", "activities", "products", "notes", "meetings", "items", "people", "observations"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN credible INTEGER")
        db.execute(f"ALTER TABLE {table} ADD COLUMN placed TEXT")
    db.execute("ALTER TABLE meetings ADD COLUMN plan TEXT")
    # What this copy held at the end of each day from `first` to `last`, as runs (`domain.run_set`).
    db.execute("CREATE TABLE days (first TEXT NOT NULL, last TEXT PRIMARY KEY, runs TEXT NOT NULL) WITHOUT ROWID")


def _plan_in_view(db: SqliteUtilsDatabase) -> None:
    # Whose plan it is, and which area of an earlier plan an area continues. Commitments are followed along areas.
    db.execute("ALTER TABLE plans ADD COLUMN body TEXT")
    db.execute("ALTER TABLE areas ADD COLUMN origin TEXT")


def _deletion(db: SqliteUtilsDatabase) -> None:
    # A view: what every deletion that stands does (`domain.visibility`). `deleted` in the tables of entities says from
    # here on whether something is out of sight, and no longer what the register of that name shows.
    db.execute(
        "CREATE TABLE deletions (entity TEXT PRIMARY KEY, visibility INTEGER NOT NULL, by_words INTEGER NOT NULL)"
        " WITHOUT ROWID"
    )
    db.execute("CREATE INDEX deletions_by_visibility ON deletions (visibility)")
    db.execute("CREATE INDEX items_by_about ON items (about)")
    db.execute("CREATE INDEX areas_by_plan ON areas (plan)")


def _people_views(db: SqliteUtilsDatabase) -> None:
    # For people with other programs; this one reads none of them.
    from gealc_tui.store.people_views import VIEWS

    for name, select in VIEWS.items():
        # What these are sorted by came later.
        for table in ("w", "a", "t"):
            select = select.replace(f"{table}.rank", f"{table}.position")
        db.create_view(name, select)


def _limits(db: SqliteUtilsDatabase) -> None:
    # For each branch the one from which it parts, and the last seq that they share. A view of the log, made again
    # when a step has run. Empty where nobody has branches.
    db.execute("DROP TABLE lineage")
    db.execute(
        "CREATE TABLE lineage (log INTEGER PRIMARY KEY REFERENCES logs, parent INTEGER NOT NULL, upto INTEGER NOT NULL)"
    )
    # What there is to tell of the runs in `aside`, in the order in which they came, so that nobody need read those:
    # the author's key, and name, country and role as they say them; `claims` are the words by which they say whose
    # successor they are. `sender` signed the file in which the run came, `file` is its SHA-256.
    db.execute(
        "CREATE TABLE waiting (n INTEGER PRIMARY KEY, replica TEXT NOT NULL, first INTEGER NOT NULL,"
        " tip TEXT NOT NULL, last INTEGER NOT NULL, size INTEGER NOT NULL, key TEXT, name TEXT NOT NULL, country TEXT,"
        " role TEXT, claims TEXT NOT NULL, sender TEXT NOT NULL, file BLOB, UNIQUE (replica, first, tip))"
    )
    for (text,) in db.execute("SELECT run FROM aside ORDER BY replica, first"):
        db.execute(f"INSERT INTO waiting VALUES ({', '.join('?' * 13)})", [None, *_told_of(text)])
    # Who is blocked: what they were before, by what name, and for whose sake if not for their own.
    db.execute(
        "CREATE TABLE blocked (replica TEXT PRIMARY KEY, was TEXT NOT NULL, name TEXT NOT NULL, country TEXT,"
        " because TEXT NOT NULL) WITHOUT ROWID"
    )


def _structure(db: SqliteUtilsDatabase) -> None:
    # What areas, activities and products are sorted by (`domain.ranking`); from which ones they were carried over.
    for table in ("areas", "activities", "products"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN rank TEXT")
    for table in ("plans", "activities"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN origin TEXT")
    db.execute("ALTER TABLE products ADD COLUMN units INTEGER")
    db.execute(
        "CREATE TABLE amendments (id TEXT PRIMARY KEY, plan TEXT, reason TEXT, meeting TEXT, withdrawn INTEGER,"
        " author TEXT, at INTEGER, reported INTEGER, deleted INTEGER NOT NULL, credible INTEGER, placed TEXT)"
        " WITHOUT ROWID"
    )
    db.execute("CREATE INDEX activities_by_rank ON activities (area, deleted, rank)")
    db.execute("CREATE INDEX activities_by_origin ON activities (origin) WHERE origin IS NOT NULL")
    from gealc_tui.store.people_views import VIEWS

    for name, select in VIEWS.items():
        db.create_view(name, select, replace=True)


def _life_of_a_plan(db: SqliteUtilsDatabase) -> None:
    # Proposals, with their edits as a list in JSON; official texts as they are told in other languages.
    db.execute(
        "CREATE TABLE proposals (id TEXT PRIMARY KEY, plan TEXT, edits TEXT, reason TEXT, state TEXT, word TEXT,"
        " author TEXT, at INTEGER, reported INTEGER, deleted INTEGER NOT NULL, credible INTEGER, placed TEXT)"
        " WITHOUT ROWID"
    )
    # What is held again and again, and which activities one needs first: lists in JSON.
    for column in ("series", "depends"):
        db.execute(f"ALTER TABLE activities ADD COLUMN {column} TEXT")
    for column, name in (("series", "activities_in_series"), ("depends", "activities_depending")):
        db.execute(f"CREATE INDEX {name} ON activities (id) WHERE {column} IS NOT NULL")
    db.execute(
        "CREATE TABLE translations (entity TEXT NOT NULL, field TEXT NOT NULL, language TEXT NOT NULL,"
        " text TEXT NOT NULL, PRIMARY KEY (entity, field, language)) WITHOUT ROWID"
    )


def _told_of(text: str) -> list[object]:
    """The columns of `waiting` for a run that was kept aside before there were any; who sent it nobody knows."""
    run = json.loads(text)
    said, claims = {}, []
    for _, _, entity, field, value, _ in run["changes"]:
        if entity == f"person/{run['replica']}" and isinstance(value, str):
            said[field] = value
        elif entity == f"person/{run['replica']}" and field == "succeeds":
            claims.append(value)
    return [
        run["replica"],
        run["after"] + 1,
        run["tip"],
        run["after"] + run["count"],
        len(text),
        run["key"],
        said.get("name", ""),
        said.get("country"),
        said.get("role"),
        json.dumps(claims),
        run["replica"],
        None,
    ]
