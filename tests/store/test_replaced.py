"""Another file lies where the open database was: nothing more is written, and what was written and typed is kept."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gealc_tui import atomic_files, errors
from gealc_tui.replica import Replica

if sys.platform == "win32":
    pytest.skip("an open database cannot be replaced here", allow_module_level=True)

TYPED = "Sin respuesta de los países"


@pytest.fixture
def older(make_replica: Callable[..., Replica], tmp_path: Path) -> tuple[Replica, Path]:
    """A copy that is open, and an older version of its database as a sync engine brings it."""
    replica = make_replica("Ana", plan="small")
    replica.commit([("note/x", "text", "Antes")])
    version = tmp_path / "older.db"
    with sqlite3.connect(replica.path) as source, sqlite3.connect(version) as target:
        source.backup(target)
    source.close()
    target.close()
    replica.commit([("note/x", "text", "Después")])
    replica.keep_draft("note/x", TYPED)
    return replica, version


def replace(replica: Replica, version: Path, *, journals: bool) -> None:
    """As sync engines do it: another file under the same name; with `journals` what lay beside it goes too."""
    fresh = replica.path.with_name("fresh")
    shutil.copyfile(version, fresh)
    os.replace(fresh, replica.path)
    if journals:
        for end in ("-wal", "-shm"):
            Path(f"{replica.path}{end}").unlink()


def note(path: Path, keys: Path) -> object:
    with Replica(path, keys) as replica:
        assert replica.verify() == ()
        return replica.read.state_of("note/x").get("text")


WRITES: dict[str, Callable[[Replica], object]] = {
    "change": lambda replica: replica.commit([("note/x", "text", "Nadie")]),
    "setting": lambda replica: replica.set_setting("theme", "nobody's"),
    "another": lambda replica: replica.another(),
    "rebuild": lambda replica: replica.rebuild(),
}


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("journals", [True, False])
def test_nothing_is_written_once_another_file_lies_there(older, write, journals):
    replica, version = older
    assert not replica.is_replaced()
    replace(replica, version, journals=journals)
    assert replica.is_replaced()
    with pytest.raises(errors.DatabaseReplaced):
        WRITES[write](replica)
    assert replica.path.read_bytes() == version.read_bytes()


@pytest.mark.parametrize("gone", ["", "-wal", "-shm"])
def test_a_file_that_is_gone_is_noticed(older, gone):
    replica, _ = older
    Path(f"{replica.path}{gone}").unlink()
    with pytest.raises(errors.DatabaseReplaced):
        replica.commit([("note/x", "text", "Nadie")])


def test_a_file_that_is_replaced_while_a_change_is_written_does_not_count_as_written(older, monkeypatch):
    replica, version = older
    clock = replica.clock

    def meanwhile() -> int:
        replace(replica, version, journals=False)
        return clock()

    monkeypatch.setattr(replica, "clock", meanwhile)
    with pytest.raises(errors.DatabaseReplaced):
        replica.commit([("note/x", "text", "Nadie")])
    assert replica.read.state_of("note/x")["text"] == "Después"


def test_what_was_there_can_be_read_on(older):
    replica, version = older
    replace(replica, version, journals=True)
    assert replica.read.state_of("note/x")["text"] == "Después"
    assert replica.verify() == ()


@pytest.mark.parametrize("journals", [True, False])
def test_what_was_written_is_kept_among_the_copies_and_neither_database_is_damaged(older, journals):
    replica, version = older
    replace(replica, version, journals=journals)
    kept = replica.keep_replaced()
    assert "-replaced" in kept.name
    replica.close()
    assert note(replica.path, replica.keys) == "Antes"
    assert note(kept, replica.keys) == "Después"


def test_what_is_typed_is_kept_beside_it_and_taken_in_at_the_next_start(older):
    replica, version = older
    replace(replica, version, journals=True)
    replica.keep_replaced()
    replica.keep_draft("note/x", f"{TYPED}, ni de Perú")
    assert replica.draft("note/x") == f"{TYPED}, ni de Perú"
    assert os.stat(replica.loose_drafts).st_mode & 0o777 == 0o600
    replica.close()
    with Replica(replica.path, replica.keys) as again:
        again.take_in_loose_drafts()
        assert again.draft("note/x") == f"{TYPED}, ni de Perú"
        assert not again.loose_drafts.exists()


def test_a_draft_that_came_to_stand_there_meanwhile_stays_too(older):
    replica, _ = older
    replica.loose_drafts.write_text(json.dumps({"note/x": "Otra cosa", "note/y": "Nueva"}), "utf-8")
    replica.take_in_loose_drafts()
    assert replica.draft("note/x") == f"{TYPED}\nOtra cosa"
    assert replica.draft("note/y") == "Nueva"


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"note/x": 3}', b"\xff\xfe", b'{"note/x": "cut of'])
def test_a_file_of_drafts_that_is_not_legible_does_no_harm(older, content):
    replica, _ = older
    replica.loose_drafts.write_bytes(content)
    replica.take_in_loose_drafts()
    assert replica.draft("note/x") == TYPED


def test_a_draft_that_the_database_refuses_for_a_while_is_forgotten_beside_it_when_it_takes_the_next(older):
    replica, _ = older
    replica._db.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(replica.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    replica.keep_draft("note/x", "Uno")
    assert not replica.is_all_kept()
    assert json.loads(replica.loose_drafts.read_text("utf-8")) == {"note/x": "Uno"}
    other.execute("ROLLBACK")
    other.close()
    replica.keep_draft("note/x", "Uno y dos")
    assert replica.draft("note/x") == "Uno y dos"
    assert not replica.loose_drafts.exists()
    assert replica.is_all_kept()


def test_a_draft_that_can_be_kept_nowhere_is_refused(older, monkeypatch):
    replica, version = older
    replace(replica, version, journals=True)

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(atomic_files, "write", full)
    with pytest.raises(errors.DatabaseReplaced):
        replica.keep_draft("note/x", "Nadie")
    assert replica.unkept_drafts() == {"note/x": "Nadie"}
    assert replica.draft("note/x") == "Nadie"


def test_a_copy_that_is_packed_is_the_same_file(make_replica):
    replica = make_replica("Ana", plan="small")
    replica.pack()
    assert not replica.is_replaced()
    replica.commit([("note/x", "text", "Sigo")])
