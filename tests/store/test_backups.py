"""Dated copies of the database: when they are made, what they hold, and that they cost nothing else."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import time
from pathlib import Path

import pytest

from gealc_tui import errors
from gealc_tui.domain.keeping import DAY, FEWEST
from gealc_tui.replica import Replica
from gealc_tui.store.database import Database

from .test_migrations import old_database

WORD = [("note/x", "text", "Hola")]


def said(path: Path, note: str = "note/x") -> list[str]:
    """The values of a note's text in a database's log, read without any code of ours."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    found = connection.execute(
        "SELECT e.value FROM edits e JOIN registers r ON r.n = e.register"
        " WHERE r.entity = ? AND r.field = 'text' ORDER BY e.change",
        [note],
    ).fetchall()
    connection.close()
    return [value for (value,) in found]


def only(replica: Replica) -> Path:
    """The one copy that there is."""
    (backup,) = replica.backups.listed()
    return replica.backups.path(backup)


def reasons(replica: Replica) -> list[str]:
    return [one.reason for one in replica.backups.listed()]


# --- a copy ----------------------------------------------------------------------------------------------------


def test_a_copy_bears_its_date_and_its_reason(make_replica):
    replica = make_replica("Ana", plan=False)
    made = replica.backups.make(1_552_567_325_678, "merge")
    assert made.name == "gealc-20190314-124205-678Z-merge.db"
    assert (made.at, made.reason) == (1_552_567_325_678, "merge")
    assert made.size == replica.backups.path(made).stat().st_size > 0
    assert replica.backups.listed() == (made,)


@pytest.mark.needs_posix
def test_a_copy_is_one_file_its_owners_only_with_nothing_beside_it(make_replica):
    replica = make_replica("Ana")
    replica.commit(WORD)
    path = replica.backups.path(replica.backups.make(1, "asked"))
    assert said(path) == ['"Hola"']
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_copy_is_the_whole_database(make_replica, whole, tmp_path):
    replica = make_replica("Ana")
    replica.commit(WORD)
    replica.keep_draft("note/y", "a medio escribir")
    path = replica.backups.path(replica.backups.make(1, "asked"))
    shutil.copyfile(path, tmp_path / "other.db")
    with Replica(tmp_path / "other.db", replica.keys, clock=replica.clock) as copy:
        assert whole(copy) == whole(replica)
        assert copy.verify() == ()


def test_two_copies_of_one_moment_are_two_copies_in_order(make_replica):
    replica = make_replica("Ana", plan=False)
    made = [replica.backups.make(1_000, "asked") for _ in range(3)]
    assert [one.at for one in made] == [1_000, 1_001, 1_002]
    assert replica.backups.listed() == tuple(reversed(made))
    assert sorted(one.name for one in made) == [one.name for one in made]


def test_a_copy_never_takes_the_place_of_another_where_there_are_no_links(make_replica, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    replica = make_replica("Ana", plan=False)
    first = replica.backups.path(replica.backups.make(1_000, "asked"))
    replica.commit(WORD)
    second = replica.backups.path(replica.backups.make(1_000, "asked"))
    assert (said(first), said(second)) == ([], ['"Hola"'])
    assert len(list(first.parent.iterdir())) == 2


@pytest.mark.parametrize("at", [-5, 0, 10**18])
def test_a_clock_that_is_out_of_its_mind_costs_no_copy(make_replica, at):
    replica = make_replica("Ana", plan=False)
    made = replica.backups.make(at, "asked")
    assert replica.backups.listed() == (made,)


def test_what_is_no_copy_of_this_database_is_not_listed_and_not_removed(make_replica):
    replica = make_replica("Ana", plan=False)
    made = replica.backups.make(1_000, "asked")
    others = [
        "gealc-20190314-124205-678Z-merge.db.txt",
        "gealc-20191341-124205-678Z-merge.db",
        "gealc-2019-20190314-124205-678Z-merge.db",
        "otra-20190314-124205-678Z-merge.db",
        "carta.txt",
    ]
    for name in others:
        (replica.backups.folder / name).write_text("x", "utf-8")
    (replica.backups.folder / "gealc-20190314-124205-678Z-folder.db").mkdir()
    assert replica.backups.listed() == (made,)
    last = replica.backups.make(1_000 + 1000 * DAY, "asked")
    assert {one.name for one in replica.backups.listed()} == {made.name, last.name}
    assert all((replica.backups.folder / name).exists() for name in others)


def test_a_copy_tells_what_it_holds(make_replica, tmp_path):
    replica = make_replica("Ana", plan="small")
    committed = replica.clock.now
    replica.commit(WORD)
    held = replica._db.value("SELECT count(*) FROM changes")
    made = replica.backups.make(1_000, "asked")
    holding = replica.backups.holding(made)
    assert holding is not None
    assert (holding.changes, holding.author) == (held, "Ana")
    assert holding.at is not None
    assert holding.at > committed
    replica.backups.path(made).write_bytes(b"x" * 5000)
    assert replica.backups.holding(made) is None


def test_what_a_killed_process_left_unfinished_goes_after_a_day(make_replica):
    replica = make_replica("Ana", plan=False)
    replica.backups.make(1_000, "asked")
    old, new = (replica.backups.folder / name for name in (".gealc-old", ".gealc-new"))
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 90_000,) * 2)
    replica.backups.make(2_000, "asked")
    assert not old.exists()
    assert new.exists()


# --- before a merge --------------------------------------------------------------------------------------------


def test_before_a_merge_there_is_a_copy_of_what_stood_before_it(make_replica, send, tmp_path):
    ana, eva = make_replica("Ana", plan="small"), make_replica("Eva", "PE", plan="small")
    eva.commit(WORD)
    before = ana.fingerprint()
    send(eva, ana)
    assert reasons(ana) == ["merge"]
    path = only(ana)
    assert said(path) == []
    shutil.copyfile(path, tmp_path / "other.db")
    with Replica(tmp_path / "other.db", ana.keys) as copy:
        assert copy.fingerprint() == before != ana.fingerprint()


def test_a_merge_that_brings_nothing_makes_no_copy(make_replica, send, everything):
    ana, eva = make_replica("Ana", plan="small"), make_replica("Eva", "PE", plan="small")
    send(eva, ana)
    assert len(reasons(ana)) == 1
    send(eva, ana)
    ana.merge([("x", b"no file at all")])
    assert len(reasons(ana)) == 1
    eva.commit(WORD)
    ana.merge([("x", everything(eva))], accept=True, dry_run=True)
    assert len(reasons(ana)) == 1


def test_what_is_kept_aside_makes_no_copy_and_accepting_it_does(make_replica, send):
    ana, eva = make_replica("Ana", plan="small"), make_replica("Eva", "PE", plan="small")
    eva.commit(WORD)
    send(eva, ana, accept=False)
    assert reasons(ana) == []
    ana.accept(eva.id)
    assert reasons(ana) == ["merge"]
    assert said(only(ana)) == []


def test_several_files_taken_in_at_once_are_one_merge(make_replica, everything):
    ana, eva, pia = (make_replica(name, plan="small") for name in ("Ana", "Eva", "Pía"))
    eva.commit(WORD)
    pia.commit(WORD)
    files = [("known", everything(ana)), ("eva", everything(eva)), ("pia", everything(pia))]
    ana.merge(files, accept=True)
    assert reasons(ana) == ["merge"]
    assert said(only(ana)) == []


def test_without_a_copy_there_is_no_merge(make_replica, everything, whole):
    ana, eva = make_replica("Ana", plan="small"), make_replica("Eva", "PE", plan="small")
    eva.commit(WORD)
    before = whole(ana)
    ana.backups.folder.write_text("a file in the folder's place", "utf-8")
    with pytest.raises(errors.BackupFailed) as refused:
        ana.merge([("eva", everything(eva))], accept=True)
    assert refused.value.path == str(ana.backups.folder)
    assert whole(ana) == before
    ana.backups.folder.unlink()
    assert ana.merge([("eva", everything(eva))], accept=True).new == 2
    assert ana.verify() == ()


# --- once a day ------------------------------------------------------------------------------------------------

TEN = 1_552_557_600_000
"""2019-03-14, ten o'clock, UTC."""


def test_once_a_day_there_is_a_copy(make_replica):
    replica = make_replica("Ana", plan=False)
    assert replica.backups.make_daily(TEN) is not None
    replica.commit(WORD)
    assert replica.backups.make_daily(TEN + DAY // 2) is None
    assert replica.backups.make_daily(TEN + DAY) is not None
    assert reasons(replica) == ["daily", "daily"]


def test_a_copy_for_another_reason_does_for_the_day(make_replica):
    replica = make_replica("Ana", plan=False)
    replica.backups.make(TEN, "merge")
    assert replica.backups.make_daily(TEN + 1_000) is None


def test_what_did_not_alter_is_not_copied_again(make_replica):
    replica = make_replica("Ana", plan=False)
    replica.backups.make_daily(TEN)
    replica.set_setting("last_activity", "2019/3.1.1")
    assert replica.backups.make_daily(TEN + DAY) is None
    replica.keep_draft("note/y", "a medio escribir")
    assert replica.backups.make_daily(TEN + 2 * DAY) is not None
    assert replica.backups.make_daily(TEN + 3 * DAY) is None
    replica.commit(WORD)
    assert replica.backups.make_daily(TEN + 4 * DAY) is not None


def test_a_damaged_copy_is_no_copy(make_replica):
    replica = make_replica("Ana", plan=False)
    made = replica.backups.make_daily(TEN)
    replica.backups.path(made).write_bytes(b"")
    assert replica.backups.make_daily(TEN + DAY) is not None


def test_a_plan_in_which_nobody_wrote_is_not_copied(make_replica):
    replica = make_replica(introduce=False)
    assert replica.backups.make_daily(TEN) is None
    assert not replica.backups.folder.exists()


def test_a_copy_from_a_clock_that_was_ahead_does_not_keep_todays_away(make_replica):
    replica = make_replica("Ana", plan=False)
    ahead = replica.backups.make_daily(TEN + 900 * DAY)
    assert replica.backups.make_daily(TEN) is not None
    assert ahead in replica.backups.listed()


# --- kept and let go -------------------------------------------------------------------------------------------


def test_copies_are_let_go_by_the_rule(make_replica):
    replica = make_replica("Ana", plan=False)
    for day in range(40):
        replica.backups.make(TEN + day * DAY, "daily")
    ages = [(TEN + 39 * DAY - one.at) // DAY for one in replica.backups.listed()]
    # From the 22nd of April back: fourteen days, Sundays, the last of March; and two more, for twenty stay.
    assert {*range(14), 15, 22, 29, 36} <= {*ages}
    assert len(ages) == FEWEST


def test_one_merge_under_a_clock_that_is_ahead_costs_one_copy(make_replica):
    replica = make_replica("Ana", plan=False)
    for day in range(60):
        replica.backups.make(TEN + day * DAY, "daily")
    before = replica.backups.listed()
    made = replica.backups.make(TEN + 900 * DAY, "merge")
    after = replica.backups.listed()
    assert made in after
    assert len(after) >= len(before) >= FEWEST


def test_a_copy_that_cannot_be_removed_does_no_harm(make_replica, monkeypatch):
    replica = make_replica("Ana", plan=False)
    old = [replica.backups.make(TEN + n, "daily") for n in range(FEWEST)]
    remove = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == ".db":
            raise PermissionError(13, "not yours")
        remove(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    new = replica.backups.make(TEN + 900 * DAY, "daily")
    assert replica.backups.listed() == (new, *reversed(old))
    monkeypatch.undo()
    newer = replica.backups.make(TEN + 901 * DAY, "daily")
    assert replica.backups.listed() == (newer, new, *reversed(old[1:]))


# --- before a new version's first start ------------------------------------------------------------------------


def test_before_an_old_database_is_brought_up_to_date_it_is_copied(tmp_path):
    old = old_database(tmp_path / "gealc.db")
    with Replica(old, tmp_path / "keys") as replica:
        assert reasons(replica) == ["migrate"]
        path = only(replica)
    db = Database.read_only(path)
    assert db.rows("SELECT name FROM _sqlite_migrations") == [("001_log",)]
    assert not db.value("SELECT 1 FROM sqlite_schema WHERE name = 'heads'")
    db.close()
    with Replica(old, tmp_path / "keys") as replica:
        assert reasons(replica) == ["migrate"]


def test_a_new_database_is_not_copied(tmp_path):
    with Replica(tmp_path / "gealc.db", tmp_path / "keys") as replica:
        assert reasons(replica) == []
        assert not replica.backups.folder.exists()


def test_an_old_database_that_cannot_be_copied_stays_old(tmp_path):
    old = old_database(tmp_path / "gealc.db")
    (tmp_path / "respaldos").write_text("a file in the folder's place", "utf-8")
    with pytest.raises(errors.BackupFailed):
        Replica(old, tmp_path / "keys")
    connection = sqlite3.connect(old)
    assert connection.execute("SELECT name FROM _sqlite_migrations").fetchall() == [("001_log",)]
    connection.close()
    (tmp_path / "respaldos").unlink()
    with Replica(old, tmp_path / "keys") as replica:
        assert replica.verify() == ()
