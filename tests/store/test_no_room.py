"""No room on the disk, and places where nothing may be written: named errors, and everything as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gealc_tui import errors
from gealc_tui.domain.keeping import Backup
from gealc_tui.replica import Replica
from gealc_tui.store import restoring
from gealc_tui.store.backups import Backups
from gealc_tui.sync.identity import run_is_signed

from .test_database_file import NOBODY
from .test_migrations import old_database

if sys.platform == "win32":
    pytest.skip("disks are not filled like this here", allow_module_level=True)

import resource

Act = Callable[[Replica], object]

WORDS = [("note/x", "text", "x" * 90_000)]
REFUSED = (errors.DiskFull, errors.DiskFailed, errors.BackupFailed, errors.FileUnwritable)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes. Python ignores the signal, and so the system refuses the write."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def restored(replica: Replica) -> Backup:
    oldest = replica.backups.path(replica.backups.listed()[-1])
    with restoring.proved(oldest, run_is_signed) as copy:
        return restoring.put_in_place(copy, replica.backups, 1_552_700_000_000)


@pytest.fixture
def ana(make_replica: Callable[..., Replica]) -> Replica:
    """Ana's copy, with a copy of her first day."""
    replica = make_replica("Ana")
    replica.commit([("note/y", "text", "Hola")])
    replica.backups.make(1_552_600_000_000, "asked")
    replica.commit([("note/y", "text", "Adiós")])
    return replica


@pytest.fixture
def file(make_replica: Callable[..., Replica], everything: Callable[[Replica], bytes]) -> bytes:
    """A change file with many words."""
    eva = make_replica("Eva", "PE")
    for n in range(40):
        eva.commit([(f"note/eva{n}", "text", f"{n} " + "x" * 9_000)])
    return everything(eva)


def acts(file: bytes) -> dict[str, Act]:
    return {
        "commit": lambda replica: replica.commit(WORDS),
        "draft": lambda replica: replica.keep_draft("note/x", "x" * 90_000),
        "merge": lambda replica: replica.merge([("file", file)], accept=True),
        "copy": lambda replica: replica.backups.make(1_552_650_000_000, "asked"),
        "restore": restored,
    }


def refuses(replica: Replica, act: Act, whole: Callable[[Replica], object]) -> str | None:
    """Whether an act was refused, by the name of the error; then all is as it was, and no copy is cut off."""
    before, copies = whole(replica), replica.backups.listed()
    try:
        act(replica)
    except REFUSED as error:
        assert whole(replica) == before
        assert {one.name for one in copies} <= {one.name for one in replica.backups.listed()}
        assert all(replica.backups.holding(one) is not None for one in replica.backups.listed())
        assert not list(replica.backups.folder.glob(".gealc-*"))
        return type(error).__name__
    return None


@pytest.mark.parametrize("act", ["commit", "draft", "merge", "copy", "restore"])
def test_wherever_the_room_ends_all_is_as_it_was_and_with_room_again_it_goes_on(ana, file, whole, act):
    does = acts(file)[act]
    outcomes = []
    size = ana.path.stat().st_size
    for limit in (4_096, 50_000, size // 2, size - 1, size + 20_000, size + 60_000, 2 * size):
        with files_of_at_most(limit):
            outcomes.append(refuses(ana, does, whole))
            if outcomes[-1] is None:
                break
    assert outcomes[0] is not None
    if outcomes[-1] is not None:
        does(ana)
    ana.check_identity()
    ana.commit([("note/z", "text", "Sigo")])
    assert ana.verify() == ()


def test_a_merge_for_whose_copy_there_is_no_room_is_refused_before_it_begins(ana, file, whole):
    with files_of_at_most(ana.path.stat().st_size // 2):
        assert refuses(ana, acts(file)["merge"], whole) == "BackupFailed"


def test_an_old_database_that_finds_no_room_stays_old(tmp_path):
    old = old_database(tmp_path / "gealc.db")
    content = old.read_bytes()
    for limit in (4_096, 20_000, 40_000):
        with files_of_at_most(limit), pytest.raises(REFUSED):
            Replica(old, tmp_path / "keys")
    db = shutil.copyfile(old, tmp_path / "other.db")
    assert len(content) <= db.stat().st_size
    with Replica(old, tmp_path / "keys") as replica:
        assert replica.verify() == ()
        assert replica.read.notes("activity/2019/3.1.1")


# --- a disk that is full, a disk that is read-only -------------------------------------------------------------


@pytest.fixture
def disk(ana: Replica) -> Iterator[Path]:
    """A small disk of its own with Ana's copy on it. Only root may mount one."""
    folder = Path(tempfile.mkdtemp())
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", folder], capture_output=True).returncode != 0:
        folder.rmdir()
        pytest.skip("no disk can be mounted here")
    try:
        ana.close()
        shutil.copytree(ana.path.parent, folder, dirs_exist_ok=True)
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


def fill(disk: Path, free: int) -> Path:
    """Leaves so many bytes free."""
    filler = disk / "filler"
    room = os.statvfs(disk)
    filler.write_bytes(b"\0" * (room.f_bavail * room.f_frsize - free))
    return filler


@pytest.mark.parametrize("act", ["commit", "draft", "merge", "copy", "restore"])
@pytest.mark.parametrize("free", [0, 60_000, 250_000])
def test_a_full_disk_leaves_all_as_it_was(ana, disk, file, whole, act, free):
    does = acts(file)[act]
    with Replica(disk / "gealc.db", disk / "keys", clock=ana.clock) as replica:
        filler = fill(disk, free)
        outcome = refuses(replica, does, whole)
        assert outcome in ("DiskFull", "BackupFailed") or (outcome is None and free > 60_000)
        filler.unlink()
        does(replica)
        replica.commit([("note/z", "text", "Sigo")])
        assert replica.verify() == ()


@pytest.mark.parametrize("act", ["commit", "draft", "merge", "copy", "restore"])
def test_a_read_only_disk_is_read_and_named_when_written(ana, disk, file, act):
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with Replica(disk / "gealc.db", disk / "keys", clock=ana.clock) as replica:
        assert replica.read.state_of("note/y") == {"text": "Adiós"}
        with pytest.raises((errors.DatabaseReadOnly, errors.BackupFailed, errors.DatabaseCannotOpen)):
            acts(file)[act](replica)
        assert replica.verify() == ()


def left_by_a_kill(replica: Replica, text: str) -> None:
    """A change that lies in the journal only, whose index is gone: a window was killed, a sync engine tidied up."""
    code = (
        "import os, sys; from pathlib import Path; from gealc_tui.replica import Replica;"
        " replica = Replica(Path(sys.argv[1]), Path(sys.argv[2]));"
        " replica.commit([('note/y', 'text', sys.argv[3])]); os._exit(9)"
    )
    command = [sys.executable, "-c", code, str(replica.path), str(replica.keys), text]
    assert subprocess.run(command, env={**os.environ, "PYTHONPATH": os.getcwd()}).returncode == 9
    Path(f"{replica.path}-shm").unlink()


@pytest.mark.parametrize("killed", [False, True])
def test_without_a_byte_of_room_the_database_opens_and_is_read_whole(ana, killed):
    ana.close()
    if killed:
        left_by_a_kill(ana, "Último")
    with files_of_at_most(0), ana.another() as replica:
        assert replica.read.state_of("note/y") == {"text": "Último" if killed else "Adiós"}
        assert replica.verify() == ()
        with pytest.raises(errors.DiskFull):
            replica.commit([("note/z", "text", "Nadie")])
        with pytest.raises(errors.DiskFull):
            replica.keep_draft("note/z", "Nadie")


def test_when_there_is_room_again_the_same_window_writes_on(ana):
    ana.close()
    with files_of_at_most(0):
        replica = ana.another()
        with pytest.raises(errors.DiskFull):
            replica.commit([("note/z", "text", "Nadie")])
    replica.commit([("note/z", "text", "Sigo")])
    replica.close()
    with ana.another() as again:
        assert again.read.state_of("note/z") == {"text": "Sigo"}
        assert again.verify() == ()


def test_a_disk_that_is_full_when_the_program_starts_is_read(ana, disk):
    fill(disk, 0)
    with Replica(disk / "gealc.db", disk / "keys", clock=ana.clock) as replica:
        assert replica.read.state_of("note/y") == {"text": "Adiós"}
        with pytest.raises(errors.DiskFull):
            replica.commit([("note/z", "text", "Nadie")])
    assert not list(disk.glob("*-wal"))


# --- a folder that may not be written --------------------------------------------------------------------------


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, whom no mode of a file holds back; `os.access` asks for whom the process runs."""
    if os.geteuid() != 0:
        yield
        return
    if not hasattr(os, "setresuid"):
        pytest.skip("root cannot give up its rights for a while here")
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def nobodys(ana: Replica) -> Iterator[Path]:
    """Ana's home, given to somebody who is not root."""
    folder = Path(tempfile.mkdtemp())
    ana.close()
    shutil.copytree(ana.path.parent, folder, dirs_exist_ok=True)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize("act", ["merge", "copy", "restore"])
def test_where_no_copy_can_be_made_nothing_is_merged_or_restored(ana, nobodys, file, whole, act):
    (nobodys / "respaldos").chmod(0o500)
    with as_nobody(), Replica(nobodys / "gealc.db", nobodys / "keys", clock=ana.clock) as replica:
        before = whole(replica)
        with pytest.raises(errors.BackupFailed) as refused:
            acts(file)[act](replica)
        assert refused.value.reason == "permission"
        assert whole(replica) == before
        assert replica.commit([("note/z", "text", "Sigo")]) is not None


@pytest.mark.parametrize("act", ["commit", "draft", "merge", "restore"])
def test_a_home_that_may_not_be_written_is_read_and_named_when_written(ana, nobodys, file, act):
    nobodys.chmod(0o500)
    (nobodys / "gealc.db").chmod(0o400)
    content = (nobodys / "gealc.db").read_bytes()
    with as_nobody(), Replica(nobodys / "gealc.db", nobodys / "keys", clock=ana.clock) as replica:
        assert replica.read.state_of("note/y") == {"text": "Adiós"}
        with pytest.raises((errors.DatabaseReadOnly, errors.BackupFailed)):
            acts(file)[act](replica)
    assert (nobodys / "gealc.db").read_bytes() == content


def test_a_damaged_database_that_cannot_be_put_aside_stays_where_it_is(ana, nobodys):
    (nobodys / "gealc.db").write_bytes(b"\xff" * 50_000)
    (nobodys / "respaldos").chmod(0o500)
    backups = Backups(nobodys / "gealc.db", nobodys / "respaldos")
    with as_nobody(), restoring.proved(backups.path(backups.listed()[0]), run_is_signed) as copy:
        with pytest.raises(errors.BackupFailed):
            restoring.put_in_place(copy, backups, 1_552_700_000_000)
        assert backups.database.read_bytes() == b"\xff" * 50_000
