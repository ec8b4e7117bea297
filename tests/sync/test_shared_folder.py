"""A folder that an engine keeps in step, and everything that engines, people and power cuts do to its files."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gealc_tui import atomic_files, errors
from gealc_tui.commands import activities, carrying, notes, people
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.store.carried import Stretch
from gealc_tui.sync import bundle
from gealc_tui.sync.bundle import decode
from gealc_tui.sync.carriers import folder as carrier
from gealc_tui.sync.carriers.folder import LocalFolder
from gealc_tui.sync.carriers.holding import joined

from . import forge

ROOT = Path(__file__).parents[2]
ACTIVITY = "2019/1.1.1"
ENTITY = f"activity/{ACTIVITY}"


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The folder that all share."""
    place = tmp_path / "compartida"
    place.mkdir()
    return place


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


@pytest.fixture
def eva(make_replica):
    return make_replica("Eva", "PE", "small")


@pytest.fixture
def pedro(make_replica):
    return make_replica("Pedro", "CL", "small")


@pytest.fixture
def sync(shared):
    """`sync(ana, eva)`: one after the other brings the folder and their copy in step, accepting whom they meet."""

    def step(*replicas: Replica, accept: bool = True, **options):
        return [carrying.sync(replica, str(shared), accept=accept, **options) for replica in replicas][-1]

    return step


@pytest.fixture
def acquainted(ana, eva, sync):
    """Ana and Eva, who have accepted each other."""
    sync(ana, eva, ana)
    return ana, eva


@pytest.fixture
def reads(monkeypatch) -> list[str]:
    """The names of the files that are read from folders."""
    seen: list[str] = []
    read = LocalFolder.read

    def noted(self: LocalFolder, name: str, limit: int) -> bytes:
        seen.append(name)
        return read(self, name, limit)

    monkeypatch.setattr(LocalFolder, "read", noted)
    return seen


def files(shared: Path) -> list[str]:
    return sorted(path.name for path in shared.iterdir())


def by(replica: Replica, shared: Path) -> list[Path]:
    """The files that a replica has left, oldest first."""
    return sorted(shared.glob(f"gealc-{replica.id[:12]}-*.json"))


def brought(path: Path) -> dict[str, int]:
    """For each replica, how many of its changes a file holds."""
    return {run.replica: len(run.changes) for run in decode(path.read_bytes()).runs}


def notes_of(replica: Replica) -> set[str]:
    return {note.text for note in replica.read.notes(ENTITY)}


# --- what it is for ------------------------------------------------------------------------------------------------


def test_two_people_who_share_a_folder_see_the_same_plan(ana, eva, sync):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    notes.add_note(eva, ENTITY, "de Eva")
    sync(ana, eva, ana)
    assert ana.fingerprint() == eva.fingerprint()
    assert notes_of(ana) == {"de Eva"}
    assert eva.read.activity(ACTIVITY, eva.today).row.status is Status.DONE


def test_a_file_holds_only_what_the_folder_lacked(acquainted, shared, sync):
    ana, eva = acquainted
    notes.add_note(ana, ENTITY, "uno")
    report = sync(ana)
    assert report.written is not None
    assert brought(shared / report.written) == {ana.id: 1}
    assert sync(eva).merged.new == 1


def test_when_nothing_is_new_nothing_is_read_and_nothing_written(acquainted, shared, sync, reads):
    ana, eva = acquainted
    sync(ana, eva, accept=False)
    before = files(shared)
    reads.clear()
    for replica in (ana, eva):
        report = sync(replica, accept=False)
        assert (report.read, report.written, report.failed, report.unreadable) == (0, None, None, ())
    assert reads == []
    assert files(shared) == before


def test_what_one_wrote_oneself_is_not_read_back(ana, sync, reads):
    sync(ana)
    sync(ana, accept=False)
    assert reads == []


def test_a_copy_writes_only_files_of_its_own_and_alters_none(ana, eva, shared, sync):
    seen: dict[str, bytes] = {}
    for turn in range(3):
        for replica in (ana, eva):
            notes.add_note(replica, ENTITY, f"nota {turn}")
            sync(replica)
            now = {path.name: path.read_bytes() for path in shared.iterdir()}
            assert {name: now[name] for name in seen} == seen
            assert all(name.startswith(f"gealc-{replica.id[:12]}-") for name in now.keys() - seen.keys())
            seen = now


def test_names_are_plain_ascii_with_one_dot(ana, shared, sync):
    sync(ana)
    (name,) = files(shared)
    assert re.fullmatch(r"gealc-[a-z2-7]{12}-000001-[a-z2-7]{8}\.json", name)


def test_what_came_by_mail_from_a_third_person_is_passed_on(ana, eva, pedro, sync, send):
    notes.add_note(pedro, ENTITY, "de Pedro")
    send(pedro, ana)
    sync(ana, eva, ana)
    assert notes_of(eva) == {"de Pedro"}
    assert eva.fingerprint() == ana.fingerprint()


def test_what_two_people_hold_of_a_third_is_left_once(ana, eva, pedro, shared, sync, send):
    send(pedro, ana)
    send(pedro, eva)
    sync(ana, eva, ana)
    assert sum(pedro.id in brought(path) for path in shared.iterdir()) == 1


def test_words_of_strangers_wait_and_are_not_passed_on(ana, eva, shared, sync):
    notes.add_note(eva, ENTITY, "de Eva")
    sync(eva)
    (left,) = by(eva, shared)
    report = sync(ana, accept=False)
    assert report.merged.waits_for_a_person
    assert notes_of(ana) == set()
    left.unlink()
    sync(ana, accept=False)
    assert all(eva.id not in brought(path) for path in shared.iterdir())


def test_what_is_here_of_somebody_who_was_blocked_is_not_passed_on(acquainted, shared, sync):
    ana, eva = acquainted
    people.block(ana, eva.id)
    for path in by(eva, shared):
        path.unlink()
    sync(ana, accept=False)
    assert all(eva.id not in brought(path) for path in shared.iterdir())


def test_who_is_accepted_later_is_taken_in_without_reading_again(ana, eva, sync, reads):
    notes.add_note(eva, ENTITY, "de Eva")
    sync(eva)
    sync(ana, accept=False)
    reads.clear()
    people.accept(ana, eva.id)
    assert notes_of(ana) == {"de Eva"}
    sync(ana, accept=False)
    assert reads == []


def test_with_accept_whoever_waits_from_before_is_accepted(ana, eva, sync):
    sync(ana)
    notes.add_note(eva, ENTITY, "de Eva")
    sync(eva)
    sync(ana, accept=False)
    sync(ana, accept=True)
    assert notes_of(ana) == {"de Eva"}


def test_who_was_blocked_and_is_accepted_after_all_is_taken_in(ana, eva, sync):
    notes.add_note(eva, ENTITY, "de Eva")
    sync(eva)
    sync(ana, accept=False)
    people.block(ana, eva.id)
    notes.add_note(eva, ENTITY, "otra")
    sync(eva)
    assert not sync(ana, accept=False).merged.new
    people.accept(ana, eva.id)
    sync(ana, accept=False)
    assert notes_of(ana) == {"de Eva", "otra"}


def test_what_lies_in_the_folder_counts_as_sent(ana, sync):
    notes.add_note(ana, ENTITY, "una")
    assert ana.unsent() > 0
    sync(ana)
    assert ana.unsent() == 0
    notes.add_note(ana, ENTITY, "otra")
    assert ana.unsent() == 1


def test_a_file_put_there_by_hand_is_taken_in(ana, eva, shared, sync, everything):
    notes.add_note(eva, ENTITY, "de Eva")
    (shared / "cambios-PE-20190314.json").write_bytes(everything(eva))
    sync(ana)
    assert notes_of(ana) == {"de Eva"}


def test_a_copy_that_nobody_uses_yet_reads_the_folder(make_replica, ana, shared, sync):
    notes.add_note(ana, ENTITY, "de Ana")
    sync(ana)
    nobody = make_replica("Nadie", plan="small", introduce=False)
    report = sync(nobody)
    assert notes_of(nobody) == {"de Ana"}
    assert (report.written, report.failed) == (None, None)


# --- what engines do to files --------------------------------------------------------------------------------------

TRICKS = {
    "cut off": lambda data: data[: len(data) // 2],
    "only begun": lambda data: data[:40],
    "empty": lambda data: b"",
    "room made for it": lambda data: b"\0" * len(data),
    "the rest still zeros": lambda data: data[: len(data) // 2] + b"\0" * (len(data) - len(data) // 2),
    "a letter altered": lambda data: data.replace(b"de Eva", b"de Eve"),
    "a bit altered": lambda data: data[:-40] + bytes([data[-40] ^ 1]) + data[-39:],
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_file_that_is_not_whole_yet_waits_and_is_read_when_it_is(acquainted, shared, sync, trick):
    ana, eva = acquainted
    notes.add_note(eva, ENTITY, "de Eva")
    late = shared / sync(eva).written
    notes.add_note(eva, ENTITY, "más de Eva")
    sync(eva)
    whole = late.read_bytes()
    late.write_bytes(TRICKS[trick](whole))
    report = sync(ana, accept=False)
    assert [one.name for one in report.unreadable] == [late.name]
    assert report.failed is None
    assert notes_of(ana) == {"más de Eva"}
    assert [one.name for one in sync(ana, accept=False).unreadable] == [late.name]
    late.write_bytes(whole)
    assert sync(ana, accept=False).unreadable == ()
    assert notes_of(ana) == {"de Eva", "más de Eva"}


def test_a_file_that_was_given_up_is_tried_again_when_it_changes(acquainted, shared, sync, reads):
    ana, eva = acquainted
    notes.add_note(eva, ENTITY, "de Eva")
    late = shared / sync(eva).written
    whole = late.read_bytes()
    late.write_bytes(whole[:500])
    (one,) = sync(ana, accept=False).unreadable
    reads.clear()
    assert sync(ana, accept=False, tired={(one.name, one.stamp)}).unreadable == ()
    assert reads == []
    late.write_bytes(whole)
    sync(ana, accept=False, tired={(one.name, one.stamp)})
    assert notes_of(ana) == {"de Eva"}


@pytest.mark.parametrize(
    "name",
    [
        "{stem} (conflicted copy 2019-03-14 101112).json",
        "{stem} (Copia en conflicto de Ana 2019-03-14).json",
        "{stem}.sync-conflict-20190314-101112-ABCDEFG.json",
        "{stem}-PC-DE-ANA.json",
        "{stem}_conflict-20190314-101112.json",
        "{stem} (1).JSON",
        "copia de {stem} — ñandú.json",
    ],
)
@pytest.mark.parametrize("original", [True, False], ids=["beside the file", "in its place"])
def test_a_conflict_copy_is_one_more_file(acquainted, shared, sync, name, original):
    ana, eva = acquainted
    notes.add_note(eva, ENTITY, "de Eva")
    left = shared / sync(eva).written
    shutil.copyfile(left, shared / name.format(stem=left.stem))
    if not original:
        left.unlink()
    assert sync(ana).unreadable == ()
    assert notes_of(ana) == {"de Eva"}
    assert sync(ana).written is None
    assert sync(eva).written is None
    assert ana.fingerprint() == eva.fingerprint()


def test_a_conflict_copy_of_another_content_is_taken_in_too(acquainted, shared, sync, everything):
    ana, eva = acquainted
    left = shared / sync(eva).written if sync(eva).written else by(eva, shared)[-1]
    notes.add_note(eva, ENTITY, "de la otra máquina")
    left.with_name(f"{left.stem} (conflicto).json").write_bytes(everything(eva))
    sync(ana)
    assert notes_of(ana) == {"de la otra máquina"}


def test_a_file_that_is_replaced_under_its_name_is_read_again(acquainted, shared, sync, everything):
    ana, eva = acquainted
    path = shared / "cambios.json"
    path.write_bytes(everything(eva))
    sync(ana, accept=False)
    notes.add_note(eva, ENTITY, "de Eva")
    path.write_bytes(everything(eva))
    sync(ana, accept=False)
    assert notes_of(ana) == {"de Eva"}


def test_what_only_a_deleted_file_held_is_written_again(acquainted, shared, sync, pedro):
    ana, _ = acquainted
    notes.add_note(ana, ENTITY, "de Ana")
    lost = shared / sync(ana).written
    held = brought(lost)
    lost.unlink()
    again = shared / sync(ana).written
    assert brought(again) == held
    assert again.name != lost.name
    sync(pedro)
    assert notes_of(pedro) == {"de Ana"}


def test_what_only_a_damaged_file_held_is_written_again(acquainted, shared, sync, pedro):
    ana, _ = acquainted
    notes.add_note(ana, ENTITY, "de Ana")
    damaged = shared / sync(ana).written
    damaged.write_bytes(damaged.read_bytes()[:300])
    assert ana.id in brought(shared / sync(ana).written)
    sync(pedro)
    assert notes_of(pedro) == {"de Ana"}


def test_the_number_of_a_deleted_file_is_not_used_again(ana, shared, sync):
    for n in range(3):
        notes.add_note(ana, ENTITY, f"nota {n}")
        sync(ana)
    by(ana, shared)[-1].unlink()
    assert "-000004-" in sync(ana).written


def test_what_somebody_else_lost_is_written_again_by_who_holds_it(acquainted, shared, sync, pedro):
    ana, eva = acquainted
    notes.add_note(eva, ENTITY, "de Eva")
    sync(eva, ana)
    for path in by(eva, shared):
        path.unlink()
    assert eva.id in brought(shared / sync(ana).written)
    sync(pedro)
    assert notes_of(pedro) == {"de Eva"}


def test_an_emptied_folder_is_filled_again(acquainted, shared, sync, pedro):
    ana, eva = acquainted
    for path in shared.iterdir():
        path.unlink()
    sync(ana, eva, pedro)
    assert pedro.people() != ()
    assert {one.name for one in pedro.people()} == {"Ana", "Eva", "Pedro"}
    assert len(files(shared)) == 2


def test_a_file_deleted_between_looking_and_reading_is_no_trouble(acquainted, shared, sync, monkeypatch):
    ana, eva = acquainted
    notes.add_note(eva, ENTITY, "de Eva")
    gone = shared / sync(eva).written
    entries = LocalFolder.entries

    def looked(self):
        found = entries(self)
        gone.unlink()
        return found

    monkeypatch.setattr(LocalFolder, "entries", looked)
    report = sync(ana)
    assert (report.unreadable, report.failed) == ((), None)


def test_a_file_that_the_system_does_not_let_read_waits(acquainted, sync, monkeypatch):
    ana, eva = acquainted
    notes.add_note(eva, ENTITY, "de Eva")
    name = sync(eva).written
    read = LocalFolder.read

    def refused(self, asked, limit):
        if asked == name:
            raise errors.FileUnreadable(path=asked, reason="permission")
        return read(self, asked, limit)

    with monkeypatch.context() as patch:
        patch.setattr(LocalFolder, "read", refused)
        assert [one.name for one in sync(ana).unreadable] == [name]
    sync(ana)
    assert notes_of(ana) == {"de Eva"}


# --- other people's files ------------------------------------------------------------------------------------------


OTHERS = {
    "Acta de la reunión.docx": b"PK\3\4",
    "plan.pdf": b"%PDF",
    "gealc-changes.txt": b'{"format": "gealc-changes"}',
    "correo.eml": b"From: ana@example.uy\nTo: eva@example.pe\n\nHola",
    "lote.zip": b"PK\5\6" + bytes(18),
}
FOREIGN = {
    "datos.json": b'{"tipo": "mapa", "valores": [1, 2.5]}',
    "lista.json": b"[]",
    "roto.json": b'{"tipo": ',
    "habla de ello.json": b'{"nota": "el formato gealc-changes es bueno"}',
    "habla de ello y no es JSON.json": b"el formato gealc-changes es bueno",
    "texto.json": "ñandú".encode("utf-16"),
    "vacío.json": b"",
    "ceros.json": bytes(5_000),
    "lote.json": b"PK\5\6" + bytes(18) + b"gealc-changes",
}
UNSEEN = {
    ".oculto.json": b'{"format": "gealc-changes"',
    ".~gealc-abc-1a2b3c4d.tmp": b'{"format": "gealc-changes"',
    "~$acta.docx": b"\1Ana",
    "desktop.ini": b"[.ShellClassInfo]",
}


def test_what_is_of_another_kind_is_named_and_left_as_it_is(ana, shared, sync):
    everything = OTHERS | FOREIGN | UNSEEN
    for name, content in everything.items():
        (shared / name).write_bytes(content)
    (shared / "2018").mkdir()
    report = sync(ana)
    assert (report.unreadable, report.failed, report.read) == ((), None, 0)
    assert set(report.others) == {*OTHERS, *FOREIGN, "2018/"}
    assert {name: (shared / name).read_bytes() for name in everything} == everything


def test_a_foreign_json_is_told_once_and_then_left_alone_until_it_is_another(ana, shared, sync, reads):
    for name, content in (OTHERS | FOREIGN).items():
        (shared / name).write_bytes(content)
    sync(ana)
    reads.clear()
    report = sync(ana, accept=False)
    assert (reads, report.unreadable, set(report.others)) == ([], (), set(OTHERS))
    (shared / "vacío.json").write_bytes(b"[1]")
    assert "vacío.json" in sync(ana, accept=False).others
    assert reads == ["vacío.json"]


def test_what_was_empty_is_read_when_it_has_come(acquainted, shared, sync, everything):
    ana, eva = acquainted
    path = shared / "cambios.json"
    path.write_bytes(b"")
    sync(ana)
    notes.add_note(eva, ENTITY, "de Eva")
    path.write_bytes(everything(eva))
    sync(ana)
    assert notes_of(ana) == {"de Eva"}


@pytest.mark.parametrize("number", ["999999999999999", "1500000", "000000000000"])
def test_a_file_that_somebody_calls_like_ones_own_breaks_no_numbering(ana, shared, sync, number):
    (shared / f"gealc-{ana.id[:12]}-{number}-aaaaaaaa.json").write_bytes(b"[]")
    for n in range(1, 4):
        notes.add_note(ana, ENTITY, f"nota {n}")
        assert f"-{n:06}-" in sync(ana).written


def test_files_of_other_kinds_are_not_read_every_time(ana, shared, sync, reads):
    (shared / "datos.json").write_bytes(b'{"tipo": "mapa"}')
    sync(ana)
    reads.clear()
    sync(ana, accept=False)
    assert reads == []


def test_a_file_beyond_all_measure_is_told_only_if_it_looks_like_ours(ana, shared, sync, monkeypatch):
    monkeypatch.setattr(bundle, "LARGEST_FILE", 5_000)
    (shared / "mapa.json").write_bytes(b'{"tipo": "' + b"x" * 10_000 + b'"}')
    (shared / "cambios.json").write_bytes(b'{"format": "gealc-changes", "x": "' + b"x" * 10_000 + b'"}')
    report = sync(ana)
    assert [(one.name, type(one.error)) for one in report.unreadable] == [("cambios.json", errors.TooLarge)]


def test_a_file_of_a_newer_version_waits_for_a_newer_program(ana, shared, sync):
    (shared / "nuevo.json").write_bytes(b'{"format": "gealc-changes", "version": 9, "logs": []}')
    (one,) = sync(ana).unreadable
    assert isinstance(one.error, errors.NewerFormat)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
def test_links_pipes_and_folders_are_not_opened(ana, eva, shared, sync, tmp_path, everything):
    notes.add_note(eva, ENTITY, "de Eva")
    (tmp_path / "fuera.json").write_bytes(everything(eva))
    (shared / "enlace.json").symlink_to(tmp_path / "fuera.json")
    (shared / "sin fin.json").symlink_to("/dev/zero")
    os.mkfifo(shared / "tubo.json")
    (shared / "carpeta.json").mkdir()
    (shared / "carpeta.json" / "dentro.json").write_bytes(everything(eva))
    report = sync(ana)
    assert (report.read, report.unreadable) == (0, ())
    assert notes_of(ana) == set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
@pytest.mark.parametrize("made", [lambda path: os.mkfifo(path), lambda path: path.symlink_to("/dev/zero")])
def test_a_pipe_put_in_the_place_of_a_file_at_the_last_moment_is_not_waited_for(shared, made):
    made(shared / "trampa.json")
    with pytest.raises(errors.FileUnreadable):
        LocalFolder(shared).read("trampa.json", 1_000)


@pytest.mark.parametrize("name", ["../fuera.json", "a/b.json", "", ".", ".."])
def test_a_name_cannot_lead_out_of_the_folder(shared, name):
    with pytest.raises(ValueError, match="not the name of a file"):
        LocalFolder(shared).write(name, b"")
    with pytest.raises(ValueError, match="not the name of a file"):
        LocalFolder(shared).read(name, 1)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are texts there")
def test_names_of_any_bytes_are_read_and_remembered(ana, eva, shared, sync, everything, reads):
    notes.add_note(eva, ENTITY, "de Eva")
    for name in (b"\xff\xfe.json", b"con\nsalto.json", b"\x1b[31mrojo.json"):
        Path(os.fsdecode(os.fsencode(shared) + b"/" + name)).write_bytes(everything(eva))
    assert sync(ana).unreadable == ()
    assert notes_of(ana) == {"de Eva"}
    reads.clear()
    sync(ana, accept=False)
    assert reads == []


# --- the folder itself ---------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there_is_told_and_not_made(ana, tmp_path):
    with pytest.raises(errors.FolderUnreachable) as told:
        carrying.sync(ana, str(tmp_path / "memoria"))
    assert (told.value.reason, told.value.place) == ("missing", str(tmp_path / "memoria"))
    assert not (tmp_path / "memoria").exists()


def test_a_file_is_no_folder(ana, tmp_path):
    (tmp_path / "archivo").write_text("", "utf-8")
    with pytest.raises(errors.FolderUnreachable) as told:
        carrying.sync(ana, str(tmp_path / "archivo"))
    assert told.value.reason == "not_a_folder"


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.EROFS, "permission"), (errno.EACCES, "permission"), (errno.ENOSPC, "full")]
)
@pytest.mark.parametrize("where", ["open", "replace", "fsync"])
def test_what_came_is_taken_in_when_nothing_can_be_written(
    acquainted, shared, sync, monkeypatch, number, reason, where
):
    ana, eva = acquainted
    notes.add_note(eva, ENTITY, "de Eva")
    sync(eva)
    notes.add_note(ana, ENTITY, "de Ana")
    before = files(shared)

    def refuse(*args):
        if where == "open" and not args[1] & os.O_CREAT:
            return os.open(*args)
        raise OSError(number, os.strerror(number))

    class System:
        """The folder's system, where one thing fails; the database has another one."""

        def __getattr__(self, name):
            return refuse if name == where else getattr(os, name)

    with monkeypatch.context() as patch:
        for module in (carrier, atomic_files):
            patch.setattr(module, "os", System())
        report = sync(ana)
    assert isinstance(report.failed, errors.FileUnwritable)
    assert (report.failed.reason, report.written) == (reason, None)
    assert notes_of(ana) == {"de Eva", "de Ana"}
    assert files(shared) == before
    assert ana.unsent() == 1
    assert sync(ana).failed is None
    sync(eva)
    assert notes_of(eva) == {"de Eva", "de Ana"}


@pytest.mark.skipif(sys.platform == "win32", reason="there it is a matter of the folder")
def test_others_may_read_what_is_written(ana, shared, sync):
    before = os.umask(0o022)
    try:
        sync(ana)
    finally:
        os.umask(before)
    (left,) = shared.iterdir()
    assert left.stat().st_mode & 0o777 == 0o644


def test_a_folder_is_known_by_its_whole_path(ana, shared, sync, reads, monkeypatch):
    sync(ana)
    monkeypatch.chdir(shared.parent)
    report = carrying.sync(ana, shared.name)
    assert report.place == str(shared)
    assert reads == []


def test_a_file_url_is_a_folder_of_this_machine(ana, shared):
    assert carrying.sync(ana, shared.as_uri()).place == str(shared)


def test_the_home_may_be_written_with_a_tilde(ana, shared, monkeypatch):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(shared.parent))
    assert carrying.sync(ana, f"~/{shared.name}").written is not None


# --- two at once, and kills ----------------------------------------------------------------------------------------

SYNC = """
import sys
from pathlib import Path
from gealc_tui.commands import carrying, notes
from gealc_tui.replica import Replica
home, place, word = sys.argv[1:]
with Replica(Path(home) / "gealc.db", Path(home) / "keys") as replica:
    for n in range(5):
        notes.add_note(replica, "activity/2019/1.1.1", f"{word} {n}")
        report = carrying.sync(replica, place, accept=True)
        assert report.failed is None, report
"""


def started(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        encoding="utf-8",
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("machines", ["two machines", "one machine twice"])
def test_several_processes_at_once_lose_nothing(ana, eva, pedro, shared, sync, machines):
    other = eva if machines == "two machines" else ana
    running = [
        started(SYNC, ana.path.parent, shared, "primera"),
        started(SYNC, other.path.parent, shared, "segunda"),
    ]
    for process in running:
        _, complaints = process.communicate(timeout=120)
        assert process.returncode == 0, complaints
    sync(ana, eva, ana, pedro)
    wanted = {f"{word} {n}" for word in ("primera", "segunda") for n in range(5)}
    for replica in (ana, eva, pedro):
        assert notes_of(replica) == wanted
        assert replica.verify() == ()
    for path in shared.iterdir():
        assert path.name.startswith(f"gealc-{decode(path.read_bytes()).sender[:12]}-")


def test_two_processes_of_one_copy_that_choose_the_same_number_write_two_files(ana, shared, sync, monkeypatch):
    sync(ana)
    notes.add_note(ana, ENTITY, "de Ana")
    write = LocalFolder.write

    def late(self, name, data):
        monkeypatch.setattr(LocalFolder, "write", write)
        with ana.another() as other:
            sync(other)
        return write(self, name, data)

    monkeypatch.setattr(LocalFolder, "write", late)
    sync(ana)
    assert [path.name[19:25] for path in by(ana, shared)] == ["000001", "000002", "000002"]


KILLED = """
import os, signal, sys
from pathlib import Path
from gealc_tui.commands import carrying
from gealc_tui.replica import Replica
from gealc_tui import atomic_files
from gealc_tui.sync.carriers import folder
home, place, moment, when = sys.argv[1:]
def killing(real):
    def now(*args):
        if when == "after":
            real(*args)
        os.kill(os.getpid(), signal.SIGKILL)
    return now
class System:
    def __getattr__(self, name):
        return killing(getattr(os, name)) if name == moment else getattr(os, name)
folder.os = atomic_files.os = System()
with Replica(Path(home) / "gealc.db", Path(home) / "keys") as replica:
    carrying.sync(replica, place, accept=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_kill_while_writing_leaves_no_half_file(ana, eva, shared, sync, moment, when):
    notes.add_note(ana, ENTITY, "de Ana")
    process = started(KILLED, ana.path.parent, shared, moment, when)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    for path in shared.glob("gealc-*"):
        decode(path.read_bytes())
    assert sync(eva).unreadable == ()
    assert sync(ana).failed is None
    sync(eva)
    assert notes_of(eva) == {"de Ana"}


# --- gaps and branches ---------------------------------------------------------------------------------------------


def test_what_follows_a_gap_is_left_once_and_what_fills_it_too(ana, eva, pedro, shared, sync):
    key = forge.identity_of(pedro)
    for n in range(4):
        notes.add_note(pedro, ENTITY, f"nota {n}")
    (whole,) = (
        run for run in decode(pedro.bundle_text(recipients=None, summary="").encode()).runs if run.replica == pedro.id
    )
    later = forge.part(whole, 3, whole.last, key)
    ana.merge([("tarde.json", forge.bundle(key, [later]))], accept=True)
    sync(ana, eva)
    assert sync(ana).written is None
    assert sync(eva).written is None
    assert max(run.last - run.after for run in decode(by(ana, shared)[0].read_bytes()).runs if run.replica == pedro.id)
    ana.merge([("antes.json", forge.bundle(key, [forge.part(whole, 1, 2, key)]))])
    assert sync(ana).written is not None
    sync(eva)
    assert notes_of(eva) == {f"nota {n}" for n in range(4)}
    assert sync(ana).written is None
    assert sync(eva).written is None


def test_both_branches_of_a_copied_laptop_are_left_and_then_there_is_rest(
    make_replica, ana, eva, shared, sync, tmp_path, reopen
):
    sync(ana)
    ana.close()
    shutil.copytree(tmp_path / "Ana", tmp_path / "Copia")
    first = make_replica("Ana", introduce=False)
    second = make_replica("Copia", introduce=False)
    notes.add_note(first, ENTITY, "en la oficina")
    notes.add_note(second, ENTITY, "en casa")
    for _ in range(3):
        sync(first, second, eva)
    for replica in (first, second, eva):
        assert notes_of(replica) == {"en la oficina", "en casa"}
        assert replica.verify() == ()
    assert first.fingerprint() == second.fingerprint() == eva.fingerprint()
    before = files(shared)
    sync(first, second, eva, first, second, eva)
    assert files(shared) == before


def test_what_both_branches_share_is_not_left_twice(make_replica, ana, eva, shared, sync, send, tmp_path):
    for n in range(3):
        notes.add_note(ana, ENTITY, f"nota {n}")
    name = ana.id
    ana.close()
    shutil.copytree(tmp_path / "Ana", tmp_path / "Copia")
    first, second = make_replica("Ana", introduce=False), make_replica("Copia", introduce=False)
    notes.add_note(first, ENTITY, "en la oficina")
    notes.add_note(second, ENTITY, "en casa")
    send(first, eva)
    send(second, eva)
    sync(second)
    assert brought(shared / sync(eva, accept=False).written)[name] == 1


def test_a_backup_put_back_gets_from_the_folder_what_it_lost(make_replica, ana, sync, tmp_path):
    sync(ana)
    ana.close()
    shutil.copyfile(ana.path, tmp_path / "copia de ayer.db")
    ana = make_replica("Ana", introduce=False)
    notes.add_note(ana, ENTITY, "de hoy")
    sync(ana)
    ana.close()
    for beside in ana.path.parent.glob("gealc.db-*"):
        beside.unlink()
    shutil.copyfile(tmp_path / "copia de ayer.db", ana.path)
    restored = make_replica("Ana", introduce=False)
    sync(restored)
    assert notes_of(restored) == {"de hoy"}
    assert restored.verify() == ()


# --- the sum of what a folder holds --------------------------------------------------------------------------------


def stretch(after: int, last: int, branch: str = "a") -> Stretch:
    def name(seq: int) -> str:
        return f"{branch}{seq}" if seq else ""

    return Stretch("r", after, name(after), last, name(last))


def test_stretches_that_continue_each_other_are_one():
    assert joined([stretch(4, 6), stretch(0, 2), stretch(2, 4)]) == {"r": [stretch(0, 6)]}


def test_stretches_with_a_gap_or_of_another_branch_are_several():
    assert joined([stretch(0, 2), stretch(3, 4)]) == {"r": [stretch(0, 2), stretch(3, 4)]}
    assert joined([stretch(0, 2), stretch(2, 4, "b")]) == {"r": [stretch(0, 2), stretch(2, 4, "b")]}


def test_of_stretches_that_end_alike_the_longest_counts():
    assert joined([stretch(2, 4), stretch(0, 4), stretch(3, 4)]) == {"r": [stretch(0, 4)]}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=8), st.randoms())
def test_the_order_of_files_does_not_matter_and_no_change_is_gained_or_lost(cuts, random):
    there = [stretch(after, after + count) for after, count in cuts]
    shuffled = random.sample(there, len(there))

    def covered(found):
        return {seq for one in found for seq in range(one.after + 1, one.last + 1)}

    once = joined(there).get("r", [])
    assert covered(once) == covered(there) == covered(joined(shuffled).get("r", []))


# --- everything at once --------------------------------------------------------------------------------------------

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["write", "sync", "sync", "cut", "delete", "double", "lose all", "whole"]),
        st.integers(0, 2),
        st.integers(0, 50),
    ),
    max_size=25,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEEDS)
def test_whatever_becomes_of_files_all_copies_agree_when_the_engine_rests(small_database, tmp_path_factory, deeds):
    from conftest import introduced, opened

    folder = tmp_path_factory.mktemp("todo")
    place = folder / "compartida"
    place.mkdir()
    copies = []
    for name in ("Ana", "Eva", "Pedro"):
        (folder / name).mkdir(mode=0o700)
        shutil.copyfile(small_database, folder / name / "gealc.db")
        copies.append(introduced(opened(folder / name, name), name))
    written: set[str] = set()
    hidden: dict[Path, bytes] = {}
    try:
        for deed, who, which in deeds:
            paths = sorted(place.iterdir())
            path = paths[which % len(paths)] if paths else None
            if deed == "write":
                notes.add_note(copies[who], ENTITY, f"{who} {len(written)}")
                written.add(f"{who} {len(written)}")
            elif deed == "sync":
                carrying.sync(copies[who], str(place), accept=True)
            elif deed == "whole":
                for cut, data in hidden.items():
                    cut.write_bytes(data)
                hidden.clear()
            elif deed == "lose all":
                for one in paths:
                    one.unlink()
            elif path is not None and deed == "cut":
                hidden.setdefault(path, path.read_bytes())
                path.write_bytes(path.read_bytes()[: which * 20])
            elif path is not None and deed == "delete":
                path.unlink()
            elif path is not None and deed == "double":
                (place / f"{path.stem} (copia {which}).json").write_bytes(path.read_bytes())
        for copy in [*copies, *copies]:
            report = carrying.sync(copy, str(place), accept=True)
            assert report.failed is None
        assert len({copy.fingerprint() for copy in copies}) == 1
        assert all(notes_of(copy) == written for copy in copies)
        before = files(place)
        assert all(carrying.sync(copy, str(place)).written is None for copy in copies)
        assert files(place) == before
    finally:
        for copy in copies:
            copy.close()


def test_the_files_can_be_read_by_people(ana, shared, sync):
    sync(ana)
    (left,) = shared.iterdir()
    data = left.read_bytes()
    assert data.isascii()
    assert "Ana" in json.loads(data)["summary"]
