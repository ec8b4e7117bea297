"""Processes that are killed in the middle of their work, and processes that do the same work at once.

`GEALC_LONG=1` kills five hundred of each kind, and not some.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import gealc_tui
from gealc_tui.replica import Replica
from gealc_tui.store.backups import Backups
from gealc_tui.store.database import Database

from . import victims
from .test_backups import said
from .test_migrations import old_database

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not killed like this here")

KILLS = 500 if os.environ.get("GEALC_LONG") else 12
ROUNDS = 100 if os.environ.get("GEALC_LONG") else 5

PATIENCE = 60.0
"""Seconds."""


class Nursery:
    """Starts processes that are ready at once, and kills them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        packages = Path(gealc_tui.__file__).parents[1], Path(victims.__file__).parents[1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", victims.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, packages))},
        )

    def _tell(self, *words: object) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def start(self, act: str, folder: Path, *arguments: object) -> Victim:
        self._count += 1
        witness = self._folder / f"witness-{self._count}"
        number = self._tell("start", act, str(folder), str(witness), *arguments)
        return Victim(number, witness, lambda: self._tell("wait", number))

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=PATIENCE)


class Victim:
    """A process at work. What it told stays, whatever becomes of it."""

    def __init__(self, number: int, witness: Path, wait: Callable[[], int]) -> None:
        self.number = number
        self.wait = wait
        self._witness = witness

    @property
    def told(self) -> list[list[Any]]:
        lines = self._witness.read_text(encoding="utf-8").splitlines() if self._witness.exists() else []
        return [json.loads(line) for line in lines]

    def has(self, word: str) -> bool:
        return any(one[0] == word for one in self.told)

    def until(self, word: str) -> None:
        end = time.monotonic() + PATIENCE
        while not self.has(word):
            assert time.monotonic() < end, f"it never said {word}"
            time.sleep(0.0005)

    def let_go(self) -> None:
        self._witness.with_name(f"{self._witness.name}-go").touch()

    def kill_after(self, seconds: float) -> None:
        """Kills it, unless it has ended by then."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            pass
        os.kill(self.number, signal.SIGKILL)
        assert self.wait() in (0, -signal.SIGKILL)


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    made = Nursery(tmp_path_factory.mktemp("witnesses"))
    yield made
    made.close()


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """The same moments each run."""
    return random.Random(request.node.name)


def sound(replica: Replica) -> None:
    """Nothing is damaged, nobody is somebody else, and every copy that bears a name is whole."""
    own = replica.id
    replica.check_identity()
    assert replica.id == own
    assert replica.verify() == ()
    for one in replica.backups.listed():
        assert replica.backups.holding(one) is not None, one.name


def seconds_of(nursery: Nursery, folder: Path, act: str, *arguments: object, last: str) -> float:
    """How long a process takes from `ready` to its end, when nobody kills it."""
    victim = nursery.start(act, folder, *arguments)
    victim.until("ready")
    begin = time.perf_counter()
    victim.let_go()
    victim.until(last)
    taken = time.perf_counter() - begin
    assert victim.wait() == 0
    return taken


# --- editing ---------------------------------------------------------------------------------------------------


def test_whoever_is_killed_while_editing_loses_nothing_that_was_acknowledged(make_replica, nursery, chance):
    replica = make_replica("Ana", plan="small")
    folder = replica.path.parent
    own = replica.id
    replica.close()
    for number in range(KILLS):
        victim = nursery.start("edit", folder, f"r{number}")
        if chance.random() < 0.8:
            victim.until("commit")
        victim.kill_after(chance.uniform(0, 0.06))
        with replica.another() as again:
            sound(again)
            assert again.id == own
            held = {id for (id,) in again._db.rows("SELECT id FROM changes")}
            draft = None
            for word, *rest in victim.told:
                if word == "draft":
                    (draft,) = rest
                else:
                    change, note, text = rest
                    assert change in held
                    assert again.read.state_of(note) == {"text": text}
            if draft is not None:
                # It may have begun the next one when it was killed.
                kept = again.draft(victims.PLACE)
                assert kept == draft or int(kept.split()[1]) == int(draft.split()[1]) + 1
            again.commit([("note/after", "text", f"Sigo {number}")])


# --- merging ---------------------------------------------------------------------------------------------------


def written(replica: Replica, many: int) -> Replica:
    for n in range(many):
        replica.commit([(f"note/{replica.id}-{n % 50}", "text", f"texto {n}"), (victims.PLACE, "progress", n % 101)])
    return replica


def fresh(source: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return folder


def test_whoever_is_killed_while_merging_has_merged_each_file_whole_or_not_at_all(
    make_replica, nursery, chance, tmp_path, everything
):
    ana = make_replica("Ana", plan="small")
    sizes = {}
    files = []
    for name in ("Eva", "Pía"):
        other = written(make_replica(name, "PE", plan="small"), 150)
        (tmp_path / f"{name}.json").write_bytes(everything(other))
        files.append(str(tmp_path / f"{name}.json"))
        sizes[other.id] = 151
    ana.close()
    before = ana.path.parent
    folder = tmp_path / "copy"
    whole = seconds_of(nursery, fresh(before, folder), "merge", *files, last="merged")
    outcomes = set()
    for _ in range(KILLS):
        victim = nursery.start("merge", fresh(before, folder), *files)
        victim.until("ready")
        victim.let_go()
        victim.kill_after(chance.uniform(0, whole))
        with Replica(folder / "gealc.db", folder / "keys", clock=ana.clock) as again:
            sound(again)
            merged = tuple(
                again._db.value(
                    "SELECT count(*) FROM changes JOIN logs ON logs.n = changes.n >> 40 WHERE replica = ?", [one]
                )
                for one in sizes
            )
            assert merged in [(0, 0), (151, 0), (151, 151)]
            if victim.has("merged"):
                assert merged == (151, 151)
            if merged != (0, 0):
                (copy,) = again.backups.listed()
                assert copy.reason == "merge"
                assert said(again.backups.path(copy), f"note/{next(iter(sizes))}-1") == []
            outcomes.add(merged)
            again.merge([(file, Path(file).read_bytes()) for file in files], accept=True)
            sound(again)
    if KILLS > 100:
        assert outcomes == {(0, 0), (151, 0), (151, 151)}


# --- restoring -------------------------------------------------------------------------------------------------


@pytest.fixture
def with_a_past(make_replica: Callable[..., Replica], tmp_path: Path) -> tuple[Path, str]:
    """A home whose note says goodbye, and the copy (by its path) of when it said hello."""
    ana = make_replica("Ana")
    ana.commit([("note/x", "text", "Hola")])
    shutil.copyfile(ana.backups.path(ana.backups.make(1, "asked")), tmp_path / "hola.db")
    shutil.rmtree(ana.backups.folder)
    ana.commit([("note/x", "text", "Adiós")])
    ana.close()
    return ana.path.parent, str(tmp_path / "hola.db")


def old_or_restored(folder: Path, *, restored: bool | None = None) -> str:
    """What a home holds after a restore that may have been cut short: one or the other, and no word is lost."""
    with Replica(folder / "gealc.db", folder / "keys") as again:
        assert again.verify() == ()
        for one in again.backups.listed():
            assert again.backups.holding(one) is not None, one.name
        text = str(again.read.state_of("note/x")["text"])
        assert text in ("Hola", "Adiós")
        if text == "Hola":
            (copy,) = again.backups.listed()
            assert copy.reason == "restore"
            assert said(again.backups.path(copy)) == ['"Hola"', '"Adiós"']
        if restored is not None:
            assert (text == "Hola") == restored
        again.check_identity()
        again.commit([("note/y", "text", "Sigo")])
        assert again.verify() == ()
        return text


def test_whoever_is_killed_while_restoring_has_the_old_plan_or_the_restored_one(with_a_past, nursery, chance, tmp_path):
    before, copy = with_a_past
    folder = tmp_path / "copy"
    whole = seconds_of(nursery, fresh(before, folder), "restore", copy, last="restored")
    outcomes = set()
    for _ in range(KILLS):
        victim = nursery.start("restore", fresh(before, folder), copy)
        victim.until("ready")
        victim.kill_after(chance.uniform(0, whole))
        outcomes.add(old_or_restored(folder, restored=True if victim.has("restored") else None))
    if KILLS > 100:
        assert outcomes == {"Hola", "Adiós"}


@pytest.mark.parametrize("pages_left", [60, 30, 2, 1])
def test_whoever_is_killed_between_two_pages_has_the_old_plan(with_a_past, nursery, pages_left):
    folder, copy = with_a_past
    victim = nursery.start("restore", folder, copy, pages_left)
    assert victim.wait() == -signal.SIGKILL
    (kept,) = Backups(folder / "gealc.db", folder / "respaldos").listed()
    assert kept.reason == "restore"
    old_or_restored(folder, restored=False)


def test_a_window_that_was_open_when_the_restore_was_killed_goes_on(with_a_past, nursery):
    folder, copy = with_a_past
    with Replica(folder / "gealc.db", folder / "keys") as window:
        assert nursery.start("restore", folder, copy, 5).wait() == -signal.SIGKILL
        assert window.read.state_of("note/x") == {"text": "Adiós"}
        window.commit([("note/x", "text", "Sigo")])
        assert nursery.start("restore", folder, copy).wait() == 0
        assert window.read.state_of("note/x") == {"text": "Hola"}
        window.commit([("note/x", "text", "Otra vez")])
        assert window.verify() == ()


# --- a new version ---------------------------------------------------------------------------------------------


def test_whoever_is_killed_while_a_database_is_brought_up_to_date_has_the_old_one_or_the_new_one(
    tmp_path, nursery, chance
):
    old = old_database(tmp_path / "old.db")
    folder = tmp_path / "copy"

    def again() -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copyfile(old, folder / "gealc.db")
        return folder

    whole = seconds_of(nursery, again(), "migrate", last="migrated")
    for _ in range(KILLS):
        victim = nursery.start("migrate", again())
        victim.until("ready")
        victim.kill_after(chance.uniform(0, whole))
        database = Database(folder / "gealc.db")
        steps = [name for (name,) in database.rows("SELECT name FROM _sqlite_migrations ORDER BY id")]
        database.close()
        assert steps[0] == "001_log"
        assert victim.has("migrated") <= (len(steps) > 1)
        for one in Backups(folder / "gealc.db", folder / "respaldos").listed():
            assert one.reason == "migrate"
            assert said(folder / "respaldos" / one.name, "note/n1") == ['"Ñandú «1»"']
        with Replica(folder / "gealc.db", folder / "keys") as replica:
            assert len(steps) in (1, len(replica._db.rows("SELECT name FROM _sqlite_migrations")))
            assert replica.backups.listed()
            assert replica.verify() == ()
            assert [note.text for note in replica.read.notes("activity/2019/3.1.1")] == ["Ñandú «1»"]


# --- at once ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("same", [True, False], ids=["the same files", "different files"])
def test_two_processes_that_merge_at_once_both_end_and_double_nothing(
    make_replica, nursery, tmp_path, everything, same
):
    ana = make_replica("Ana", plan="small")
    others = [written(make_replica(name, "PE", plan="small"), 60) for name in ("Eva", "Pía", "Inés", "Luz")]
    files = []
    for other in others:
        files.append(tmp_path / f"{other.id}.json")
        files[-1].write_bytes(everything(other))
    ana.close()
    before, folder, alone = ana.path.parent, tmp_path / "copy", fresh(ana.path.parent, tmp_path / "alone")
    with Replica(alone / "gealc.db", alone / "keys") as replica:
        replica.merge([(file.name, file.read_bytes()) for file in files], accept=True)
        wanted = replica.fingerprint(), replica._db.value("SELECT count(*) FROM changes")
    halves = (files, files[::-1]) if same else (files[:2], files[2:])
    for _ in range(ROUNDS):
        fresh(before, folder)
        merging = [nursery.start("merge", folder, *map(str, half)) for half in halves]
        for one in merging:
            one.until("ready")
        for one in merging:
            one.let_go()
        assert [one.wait() for one in merging] == [0, 0]
        with Replica(folder / "gealc.db", folder / "keys") as replica:
            assert (replica.fingerprint(), replica._db.value("SELECT count(*) FROM changes")) == wanted
            sound(replica)
