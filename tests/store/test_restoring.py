"""A copy put in the place of the database: proved first, whole or not at all, and nothing lost by it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from gealc_tui import errors
from gealc_tui.domain.keeping import Backup
from gealc_tui.replica import Replica
from gealc_tui.store import restoring, whole_files
from gealc_tui.store.backups import Backups
from gealc_tui.store.database import Database
from gealc_tui.sync.identity import run_is_signed

from .test_backups import said
from .test_migrations import old_database

AT = 1_552_600_000_000

HELLO = [("note/x", "text", "Hola")]
BYE = [("note/x", "text", "Adiós")]


def restored(backups: Backups, path: Path) -> Backup:
    with restoring.proved(path, run_is_signed) as copy:
        return restoring.put_in_place(copy, backups, AT)


@pytest.fixture
def two_states(make_replica: Callable[..., Replica]) -> tuple[Replica, Path]:
    """A copy whose note says goodbye, and the copy of the time when it said hello."""
    replica = make_replica("Ana")
    replica.commit(HELLO)
    path = replica.backups.path(replica.backups.make(AT - 1_000, "asked"))
    replica.commit(BYE)
    return replica, path


def note(replica: Replica) -> object:
    return replica.read.state_of("note/x").get("text")


# --- what is put in place --------------------------------------------------------------------------------------


def test_the_chosen_copy_is_in_the_place_of_the_database(two_states):
    replica, path = two_states
    restored(replica.backups, path)
    assert note(replica) == "Hola"
    assert replica.verify() == ()
    assert replica._db.value("PRAGMA journal_mode") == "wal"
    replica.close()
    with replica.another() as again:
        assert note(again) == "Hola"
        assert again._db.value("PRAGMA journal_mode") == "wal"


def test_what_was_replaced_is_in_the_copy_made_before(two_states):
    replica, path = two_states
    before = replica.fingerprint()
    made = restored(replica.backups, path)
    assert made == replica.backups.listed()[0]
    assert made.reason == "restore"
    assert said(replica.backups.path(made)) == ['"Hola"', '"Adiós"']
    restored(replica.backups, replica.backups.path(made))
    assert replica.fingerprint() == before


def test_the_chosen_copy_stays_as_it_is(two_states):
    replica, path = two_states
    content = path.read_bytes()
    restored(replica.backups, path)
    assert path.read_bytes() == content
    assert not list(path.parent.glob("*-wal"))


def test_keys_stay_where_they_are(two_states):
    replica, path = two_states
    keys = {one.name: one.read_bytes() for one in replica.keys.iterdir() if one.suffix == ".key"}
    restored(replica.backups, path)
    assert {one.name: one.read_bytes() for one in replica.keys.iterdir() if one.suffix == ".key"} == keys


def test_a_copy_of_an_old_version_is_brought_up_to_date(make_replica, tmp_path):
    replica = make_replica("Ana", plan=False)
    old = old_database(tmp_path / "old.db")
    restored(replica.backups, old)
    assert [one.text for one in replica.read.notes("activity/2019/3.1.1")] == ["Ñandú «1»"]
    assert replica.verify() == ()
    db = Database.read_only(old)
    assert db.rows("SELECT name FROM _sqlite_migrations") == [("001_log",)]
    db.close()


def test_views_that_another_version_made_otherwise_are_made_again(two_states):
    replica, path = two_states
    spoilt = sqlite3.connect(path)
    spoilt.execute("UPDATE activities SET title = 'Otra'")
    spoilt.commit()
    spoilt.close()
    restored(replica.backups, path)
    assert replica.verify() == ()


# --- what is refused -------------------------------------------------------------------------------------------


def damage_a_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 2] = b"\xa5" * (len(data) // 2 - len(data) // 3)
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def another_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (id)")


def executing(sql: str) -> Callable[[Path], None]:
    def execute(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute(sql)

    return execute


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (damage_a_page, errors.BackupDamaged),
        (cut, errors.BackupDamaged),
        (empty, errors.NotADatabase),
        (lambda path: path.write_bytes(b"Estimados:\n" * 900), errors.NotADatabase),
        (another_programs, errors.NotADatabase),
        (executing("UPDATE edits SET value = '\"otras\"' WHERE value = '\"Hola\"'"), errors.BackupDamaged),
        (executing("UPDATE edits SET value = x'ff' WHERE value = '\"Hola\"'"), errors.BackupDamaged),
        (executing("DELETE FROM changes WHERE n = (SELECT max(n) FROM changes)"), errors.BackupDamaged),
        (executing("DROP TABLE edits"), errors.BackupDamaged),
        (
            executing("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('gealc', '999_future')"),
            errors.DatabaseNewer,
        ),
        (lambda path: path.unlink(), errors.FileUnreadable),
    ],
)
def test_a_copy_that_is_not_sound_is_refused_by_name_and_nothing_altered(two_states, whole, spoil, error):
    replica, path = two_states
    before, copies = whole(replica), len(replica.backups.listed())
    spoil(path)
    with pytest.raises(error) as refused:
        restored(replica.backups, path)
    assert refused.value.path == str(path)
    assert whole(replica) == before
    assert len(replica.backups.listed()) <= copies


def test_without_a_copy_of_the_present_there_is_no_restore(two_states, whole):
    replica, path = two_states
    before = whole(replica)
    shutil.move(path, path.parent.parent / "copy.db")
    path.parent.rmdir()
    path.parent.write_text("a file in the folder's place", "utf-8")
    with pytest.raises(errors.BackupFailed):
        restored(replica.backups, path.parent.parent / "copy.db")
    assert whole(replica) == before
    replica.commit([("note/x", "text", "Sigo")])


def test_a_restore_that_fails_half_way_leaves_all_as_it_was(two_states, whole, monkeypatch):
    replica, path = two_states
    before = whole(replica)
    steps = []

    def fail_late(_: Path) -> whole_files.Progress:
        def look(status: int, remaining: int, total: int) -> None:
            steps.append(remaining)
            if len(steps) > 10 and remaining == 3:
                raise errors.DiskFailed(path="", detail="")

        return look

    monkeypatch.setattr(whole_files, "unless_locked", fail_late)
    with pytest.raises(errors.DiskFailed):
        restored(replica.backups, path)
    assert whole(replica) == before
    replica.commit([("note/x", "text", "Sigo")])
    assert replica.verify() == ()


# --- others at the same time -----------------------------------------------------------------------------------


def test_another_window_sees_the_old_plan_and_then_the_restored_one(two_states):
    replica, path = two_states
    with replica.another() as window:
        version = window.data_version()
        with window._db.snapshot():
            assert note(window) == "Adiós"
            restored(replica.backups, path)
            assert note(window) == "Adiós"
        assert window.data_version() != version
        assert note(window) == "Hola"
        window.introduce("Ana", "UY", "focal")
        window.commit([("note/x", "text", "Sigo")])
        assert note(replica) == "Sigo"
        assert replica.verify() == ()


def test_nobody_can_write_between_the_copy_of_the_present_and_its_replacement(two_states, monkeypatch):
    """Or those words would be in neither."""
    replica, path = two_states
    make = Backups.make
    tried = []

    def watched(self: Backups, at: int, reason: str) -> Backup:
        made = make(self, at, reason)
        with closing(sqlite3.connect(self.database, isolation_level=None, timeout=0.05)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                tried.append(error.sqlite_errorname)
        return made

    monkeypatch.setattr(Backups, "make", watched)
    restored(replica.backups, path)
    assert tried == ["SQLITE_BUSY"]


def test_while_somebody_writes_the_restore_waits_and_then_says_so(two_states, whole, monkeypatch):
    replica, path = two_states
    monkeypatch.setitem(Database.__init__.__kwdefaults__, "busy_milliseconds", 20)
    before = whole(replica)
    with replica._db.transaction(), pytest.raises(errors.DatabaseLocked):
        restored(replica.backups, path)
    assert whole(replica) == before
    restored(replica.backups, path)
    assert note(replica) == "Hola"


# --- a database that cannot be read ----------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\xff" * 70_000, b"SQLite format 3\x00" + b"\x07" * 9000])
def test_in_the_place_of_rubbish_there_is_a_database_again(two_states, content):
    replica, path = two_states
    replica.close()
    replica.path.write_bytes(content)
    aside = restored(replica.backups, path)
    with replica.another() as again:
        assert note(again) == "Hola"
        assert again.verify() == ()
    assert aside in replica.backups.listed() if content else aside is None
    if content:
        assert aside.reason == "damaged"
        assert replica.backups.path(aside).read_bytes() == content


def test_a_database_cut_in_half_is_put_aside_as_it_was_found(two_states):
    replica, path = two_states
    replica.close()
    half = replica.path.read_bytes()[: replica.path.stat().st_size // 2]
    replica.path.write_bytes(half)
    aside = restored(replica.backups, path)
    assert aside.reason == "damaged"
    assert replica.backups.path(aside).read_bytes() == half
    with replica.another() as again:
        assert note(again) == "Hola"
    with pytest.raises(errors.BackupDamaged):
        restored(replica.backups, replica.backups.path(aside))


def test_what_lay_beside_a_damaged_database_goes_with_it(two_states, tmp_path):
    """A journal of another database would be applied to the restored one, and spoil it."""
    replica, path = two_states
    wal = replica.path.with_name("gealc.db-wal")
    journal = wal.read_bytes()
    assert journal
    replica.close()
    replica.path.write_bytes(b"\xff" * 70_000)
    wal.write_bytes(journal)
    aside = restored(replica.backups, path)
    assert not wal.exists()
    assert replica.backups.path(aside).with_name(f"{aside.name}-wal").read_bytes() == journal
    with replica.another() as again:
        assert note(again) == "Hola"
        assert again.verify() == ()


def test_pages_that_are_spoilt_inside_are_replaced_too(two_states):
    replica, path = two_states
    replica.close()
    damage_a_page(replica.path)
    restored(replica.backups, path)
    with replica.another() as again:
        assert note(again) == "Hola"
        assert again.verify() == ()


def test_another_programs_database_is_never_replaced(two_states, tmp_path):
    _, path = two_states
    other = tmp_path / "recipes.db"
    other.touch()
    another_programs(other)
    content = other.read_bytes()
    with pytest.raises(errors.NotADatabase):
        restored(Backups(other, tmp_path / "respaldos"), path)
    assert other.read_bytes() == content
    assert not (tmp_path / "respaldos").exists()


def test_where_there_is_no_database_the_copy_becomes_one(two_states):
    replica, path = two_states
    replica.close()
    replica.path.unlink()
    restored(replica.backups, path)
    with replica.another() as again:
        assert note(again) == "Hola"
        assert again.verify() == ()
