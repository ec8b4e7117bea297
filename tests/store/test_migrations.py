"""Old databases are brought up to date, newer ones are refused, and released steps never alter."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database as SqliteUtilsDatabase

from gealc_tui import errors
from gealc_tui.commands import notes
from gealc_tui.replica import Replica
from gealc_tui.store import migrations
from gealc_tui.store.database import Database
from gealc_tui.store.migrations import migrate

OLD = Path(__file__).parent / "fixtures" / "at-001-log.sql"

RELEASED = {
    "001_log": "29e6c39425203194",
    "002_views": "5595196a32739461",
    "003_local": "936f45bf7d58877d",
    "004_finding": "86ddbbae3c9a4a34",
    "005_moments": "66dcecaa8dcc8afa",
    "006_plan_in_view": "4d5a775026d6f90b",
    "007_deletion": "1513eb6aaee2eb9b",
    "008_people_views": "3253f513c98d1aeb",
    "009_limits": "3662757905c1bff6",
    "010_structure": "bc34d563b4c261f5",
}
"""The steps in order, with a hash of the schema after each. Lines are added and never altered."""


def schema(db: Database) -> list[tuple[str, str, str, str]]:
    return db.rows(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
        # SQLite's own tables below a full-text table are not ours to keep alike.
        " AND name NOT LIKE 'search\\__%' ESCAPE '\\'"
        " AND tbl_name <> '_sqlite_migrations' ORDER BY type, name"
    )


def schema_hash(db: Database) -> str:
    return hashlib.sha256(repr(schema(db)).encode()).hexdigest()[:16]


def old_database(path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(OLD.read_text(encoding="utf-8"))
    connection.close()
    return path


def test_the_names_of_released_steps_never_alter():
    assert migrations.STEPS[: len(RELEASED)] == tuple(RELEASED)


def test_released_steps_make_the_tables_that_they_always_made(tmp_path):
    db = Database(tmp_path / "x.db")
    found = {}
    for name in RELEASED:
        getattr(migrations, f"_{name[4:]}")(SqliteUtilsDatabase(db.connection))
        found[name] = schema_hash(db)
    assert found == RELEASED


def test_a_new_database_holds_what_the_steps_make(tmp_path):
    db = Database(tmp_path / "x.db")
    migrate(db)
    assert set(migrations.STEPS) == {name for (name,) in db.rows("SELECT name FROM _sqlite_migrations")}
    if tuple(RELEASED) == migrations.STEPS:
        assert schema_hash(db) == RELEASED[migrations.STEPS[-1]]


def test_an_old_database_is_brought_up_to_date(tmp_path):
    old = old_database(tmp_path / "gealc.db")
    new = Database(tmp_path / "new.db")
    migrate(new)
    with Replica(old, tmp_path / "keys") as replica:
        assert schema(replica._db) == schema(new)


def test_an_old_database_keeps_its_log_and_can_be_written(tmp_path):
    old = old_database(tmp_path / "gealc.db")
    with Replica(old, tmp_path / "keys") as replica:
        replica.rebuild()
        assert replica.verify() == ()
        assert [note.text for note in replica.read.notes("activity/2019/3.1.1")] == ["Ñandú «1»"]
        replica.introduce("Eva", "PE", "focal")
        notes.edit_note(replica, "n1", "Otro")
        assert replica.verify() == ()


def test_an_old_database_shows_its_changes_as_soon_as_it_is_opened(tmp_path):
    old = old_database(tmp_path / "gealc.db")
    with Replica(old, tmp_path / "keys") as replica:
        assert replica.verify() == ()
        assert [note.text for note in replica.read.notes("activity/2019/3.1.1")] == ["Ñandú «1»"]


def test_opening_an_up_to_date_database_again_changes_nothing(make_replica, reopen, whole):
    replica = make_replica()
    before, ran = whole(replica), replica._db.rows("SELECT * FROM _sqlite_migrations")
    again = reopen(replica)
    assert whole(again) == before
    assert again._db.rows("SELECT * FROM _sqlite_migrations") == ran
    again.close()


def test_an_up_to_date_database_is_opened_without_the_tools_of_migration(make_replica):
    replica = make_replica()
    replica.close()
    code = (
        "import sys; from pathlib import Path; from gealc_tui.replica import Replica;"
        "Replica(Path(sys.argv[1]), Path(sys.argv[2])).read.plans(); print('sqlite_utils' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(replica.path), str(replica.keys)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert said.stdout.strip() == "False"


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_was(make_replica):
    replica = make_replica()
    replica._db.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('gealc', '999_future')")
    replica.close()
    before = replica.path.read_bytes()
    with pytest.raises(errors.DatabaseNewer) as refused:
        replica.another()
    assert refused.value.detail == "999_future"
    assert refused.value.path == str(replica.path)
    assert replica.path.read_bytes() == before


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path, monkeypatch):
    old = old_database(tmp_path / "gealc.db")
    monkeypatch.setattr(migrations, "_local", lambda db: db.execute("CREATE TABLE logs (n)"))
    with pytest.raises(sqlite3.OperationalError):
        Replica(old, tmp_path / "keys")
    monkeypatch.undo()
    connection = sqlite3.connect(old)
    assert connection.execute("SELECT name FROM _sqlite_migrations").fetchall() == [("001_log",)]
    assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'heads'").fetchall()
    connection.close()
    with Replica(old, tmp_path / "keys") as replica:
        assert replica.read.plans() == ()
