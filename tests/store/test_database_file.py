"""The file itself: opened carefully, every failure named, nothing of others touched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gealc_tui import errors
from gealc_tui.commands import notes
from gealc_tui.replica import Replica
from gealc_tui.store.database import APPLICATION_ID, Database

NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, whom no mode of a file holds back."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder into which everybody can look."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def committed(replica: Replica, text: str = "Hola") -> None:
    replica.commit([("note/x", "text", text)])


@pytest.mark.needs_posix
def test_what_is_written_is_its_owners_only(make_replica):
    replica = make_replica("Ana", plan=False)
    committed(replica)
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in replica.path.parent.glob("gealc.db*")}
    assert set(found) == {"gealc.db", "gealc.db-wal", "gealc.db-shm"}
    assert set(found.values()) == {0o600}
    assert stat.S_IMODE(replica.keys.stat().st_mode) == 0o700
    keys = list(replica.keys.iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys} == {0o600}


def test_the_private_key_is_not_in_the_database(make_replica):
    replica = make_replica("Ana", plan=False)
    committed(replica)
    replica.close()
    secret = next(replica.keys.iterdir()).read_bytes().strip()
    assert secret not in replica.path.read_bytes()


def test_committed_means_on_the_disk(make_replica):
    replica = make_replica("Ana", plan=False)
    assert replica._db.value("PRAGMA journal_mode") == "wal"
    assert replica._db.value("PRAGMA synchronous") == 2
    assert replica._db.value("PRAGMA application_id") == APPLICATION_ID


def test_a_locked_database_is_named_and_nothing_is_lost(make_replica, whole):
    replica = make_replica("Ana", plan=False)
    replica._db.execute("PRAGMA busy_timeout = 20")
    before = whole(replica)
    other = sqlite3.connect(replica.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(errors.DatabaseLocked) as refused:
        committed(replica)
    assert refused.value.path == str(replica.path)
    other.execute("ROLLBACK")
    other.close()
    assert whole(replica) == before
    committed(replica)
    assert replica.read.state_of("note/x") == {"text": "Hola"}


def test_a_database_that_is_locked_when_opened_is_named(make_replica):
    replica = make_replica("Ana", plan=False)
    replica._db.execute("PRAGMA journal_mode = DELETE")
    other = sqlite3.connect(replica.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(errors.DatabaseLocked):
        Database(replica.path, busy_milliseconds=20)
    other.close()


def test_one_who_reads_does_not_hold_up_one_who_writes(make_replica):
    replica = make_replica("Ana", plan=False)
    replica._db.execute("PRAGMA busy_timeout = 20")
    with replica.another() as reader, reader._db.snapshot():
        reader.read.state_of("note/x")
        committed(replica)
        assert reader.read.state_of("note/x") == {}
    assert replica.read.state_of("note/x") == {"text": "Hola"}


@pytest.mark.needs_posix
def test_a_read_only_database_is_read_and_named_when_written(make_replica, open_folder):
    replica = make_replica("Ana", plan=False)
    committed(replica)
    replica.close()
    path = open_folder / "gealc.db"
    shutil.copyfile(replica.path, path)
    path.chmod(0o444)
    open_folder.chmod(0o777)
    shutil.copytree(replica.keys, open_folder / "keys")
    (open_folder / "keys").chmod(0o755)
    for key in (open_folder / "keys").iterdir():
        key.chmod(0o644)
    with as_nobody(), Replica(path, open_folder / "keys", clock=replica.clock) as copy:
        assert copy.read.state_of("note/x") == {"text": "Hola"}
        with pytest.raises(errors.DatabaseReadOnly) as refused:
            committed(copy, "Otra")
    assert refused.value.path == str(path)


@pytest.mark.needs_posix
def test_a_database_in_a_folder_that_cannot_be_written_is_named(make_replica, open_folder):
    replica = make_replica("Ana", plan=False)
    replica.close()
    path = open_folder / "gealc.db"
    shutil.copyfile(replica.path, path)
    path.chmod(0o444)
    open_folder.chmod(0o555)
    with as_nobody(), pytest.raises((errors.DatabaseReadOnly, errors.DatabaseCannotOpen)):
        committed(Replica(path, replica.keys))


@pytest.mark.needs_posix
def test_a_database_that_may_not_be_read_is_named(make_replica, open_folder):
    replica = make_replica("Ana", plan=False)
    replica.close()
    path = open_folder / "gealc.db"
    shutil.copyfile(replica.path, path)
    path.chmod(0o000)
    with as_nobody(), pytest.raises(errors.DatabaseCannotOpen):
        Replica(path, replica.keys)


@pytest.mark.parametrize("content", [b"Estimados:\n" * 500, b"\x00" * 4096, os.urandom(5000), b"SQLite format 3"])
def test_what_is_no_database_is_named_and_left_as_it_was(tmp_path, content):
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises((errors.NotADatabase, errors.DatabaseCorrupt)):
        Replica(path, tmp_path / "keys")
    assert path.read_bytes() == content


def test_another_programs_database_is_named_and_left_as_it_was(tmp_path):
    path = tmp_path / "x.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (id)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(errors.NotADatabase):
        Replica(path, tmp_path / "keys")
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("x.db-*"))


def test_a_folder_in_the_databases_place_is_named(tmp_path):
    (tmp_path / "x.db").mkdir()
    with pytest.raises(errors.DatabaseCannotOpen):
        Replica(tmp_path / "x.db", tmp_path / "keys")


def test_a_database_in_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(errors.DatabaseCannotOpen):
        Replica(tmp_path / "nowhere" / "x.db", tmp_path / "keys")
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_file_becomes_a_new_database(tmp_path):
    (tmp_path / "x.db").touch()
    with Replica(tmp_path / "x.db", tmp_path / "keys") as replica:
        assert replica.verify() == ()


def test_a_damaged_database_is_named(make_replica):
    replica = make_replica("Ana")
    replica.close()
    data = bytearray(replica.path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    replica.path.write_bytes(data)
    with pytest.raises(errors.DatabaseCorrupt):
        replica.another().read.outline(replica.today, "2019")


def test_a_database_that_lost_its_end_is_named(make_replica):
    replica = make_replica("Ana")
    replica.close()
    data = replica.path.read_bytes()
    replica.path.write_bytes(data[: len(data) // 2])
    with pytest.raises(errors.DatabaseCorrupt):
        replica.another().verify()


def test_a_full_disk_is_named_and_leaves_the_copy_as_it_was(make_replica, whole):
    replica = make_replica("Ana")
    before = whole(replica)
    pages = replica._db.value("PRAGMA page_count")
    replica._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(errors.DiskFull):
        notes.add_note(replica, "activity/2019/3.6.1", "x" * 90_000)
    assert whole(replica) == before
    replica._db.execute("PRAGMA max_page_count = 100000")
    notes.add_note(replica, "activity/2019/3.6.1", "x" * 90_000)
    assert replica.verify() == ()


def test_a_key_that_does_not_lie_here_is_named_and_a_new_one_goes_on(make_replica, send):
    ana, eva = make_replica("Ana", plan=False), make_replica("Eva", "PE", plan=False)
    committed(ana)
    send(ana, eva)
    old = ana.id
    ana.close()
    shutil.rmtree(ana.keys)
    copy = ana.another()
    with pytest.raises(errors.IdentityLost) as refused:
        committed(copy, "Otra")
    assert refused.value.replica == old
    copy.introduce("Ana", "UY", "focal")
    assert copy.id != old
    committed(copy, "Otra")
    send(copy, eva)
    send(eva, copy)
    assert eva.read.state_of("note/x") == {"text": "Otra"}
    assert eva.fingerprint() == copy.fingerprint()
    copy.close()


def test_a_key_of_somebody_else_under_our_name_is_no_key(make_replica):
    ana, eva = make_replica("Ana", plan=False), make_replica("Eva", plan=False)
    shutil.copyfile(eva.keys / f"{eva.id}.key", ana.keys / f"{ana.id}.key")
    ana.close()
    with ana.another() as copy, pytest.raises(errors.IdentityLost):
        committed(copy)


def test_nobody_writes_before_they_have_said_who_they_are(make_replica, whole):
    replica = make_replica("Ana", introduce=False)
    before = whole(replica)
    for write in (lambda: committed(replica), lambda: replica.bundle_text(recipients=None, summary="")):
        with pytest.raises(errors.NoIdentity):
            write()
    assert whole(replica) == before
    assert not replica.keys.exists()


def test_a_folder_where_no_key_can_be_made_is_named(make_replica):
    replica = make_replica("Ana", plan=False, introduce=False)
    replica.keys.write_text("a file in the folder's place", "utf-8")
    with pytest.raises(errors.FileUnwritable):
        replica.introduce("Ana", "UY", "focal")
    assert replica.id is None


def test_a_failed_write_inside_a_transaction_takes_back_the_whole(make_replica, whole, monkeypatch):
    from gealc_tui.store import views

    replica = make_replica("Ana", plan=False)
    before = whole(replica)

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(views, "refresh", fail)
    with pytest.raises(RuntimeError):
        committed(replica)
    monkeypatch.undo()
    assert whole(replica) == before
    committed(replica)
    assert replica.verify() == ()


def test_an_instant_is_what_the_clock_said_and_puts_nothing_before_what_was_written_earlier(make_replica):
    replica = make_replica("Ana", plan=False)
    committed(replica, "uno")
    replica.clock.now -= 10**11
    committed(replica, "dos")
    times = [at for (at,) in replica._db.rows("SELECT at FROM changes ORDER BY n")]
    assert times != sorted(times)
    assert replica.read.state_of("note/x") == {"text": "dos"}
    assert [change.edits[0].after for change in replica.read.history(["note/x"])] == ["uno", "dos"]


def asked_in(database: Database, questions: Callable[[], object]) -> list[str]:
    """The statements that reach SQLite."""
    said: list[str] = []
    database.connection.set_trace_callback(said.append)
    try:
        questions()
    finally:
        database.connection.set_trace_callback(None)
    return said


def test_within_a_snapshot_a_question_is_asked_once(make_replica):
    db = make_replica("Ana")._db

    def twice() -> None:
        with db.snapshot():
            assert db.rows("SELECT id FROM areas") == db.rows("SELECT id FROM areas") != []
            assert db.value("SELECT count(*) FROM areas") == db.value("SELECT count(*) FROM areas") == 9
            assert db.row("SELECT 1 WHERE 0") is db.row("SELECT 1 WHERE 0") is None

    assert len(asked_in(db, twice)) == 3 + len(["BEGIN", "ROLLBACK"])
    assert len(asked_in(db, lambda: [db.value("SELECT 1"), db.value("SELECT 1")])) == 2


def test_what_is_asked_again_in_a_snapshot_sees_what_was_written_meanwhile(make_replica):
    db = make_replica("Ana")._db
    db.scratch("CREATE TEMP TABLE picked (id INTEGER)")
    with db.snapshot():
        for count in range(3):
            assert db.rows("SELECT count(*) FROM picked") == [(count,)]
            assert db.value("SELECT count(*) FROM picked") == count
            db.executemany("INSERT INTO picked VALUES (?)", [[count]])


def test_an_answer_that_a_caller_alters_is_still_the_answer(make_replica):
    db = make_replica("Ana")._db
    with db.snapshot():
        db.rows("SELECT id FROM areas").clear()
        assert len(db.rows("SELECT id FROM areas")) == 9
        db.rows("SELECT id FROM areas").clear()
        assert len(db.rows("SELECT id FROM areas")) == 9


def test_a_snapshot_remembers_a_screenful_and_not_all_there_is(make_replica):
    db = make_replica("Ana")._db
    with db.snapshot():
        for number in range(10_000):
            db.value("SELECT ?", [number])
        db.rows("WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 10000) SELECT n FROM n")
        kept = db._answers or {}
        assert len(kept) <= 200
        assert max(map(len, kept.values())) <= 200


def test_nothing_is_written_in_a_snapshot_that_would_be_gone_at_its_end(make_replica):
    replica = make_replica("Ana")
    with replica.read.snapshot(), pytest.raises(RuntimeError):
        replica.set_setting("folder", "/x")
    replica.set_setting("folder", "/x")
    assert replica.setting("folder") == "/x"
