"""Several processes on one database, and processes that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import gealc_tui
from gealc_tui.replica import Replica

WRITER = """
import sys
from pathlib import Path
from gealc_tui.replica import Replica
folder, name, many = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
replica = Replica(folder / "gealc.db", folder / "keys")
print("ready", flush=True)
sys.stdin.readline()
for n in range(many):
    text = f"{name} {n} " + "x" * (n % 7 * 300)
    made = replica.commit([(f"note/{name}{n}", "text", text), ("activity/2019/3.6.1", "progress", n % 101)])
    print(made.change, f"note/{name}{n}", text, flush=True)
"""

OPENER = """
import sys
from pathlib import Path
from gealc_tui.replica import Replica
print("ready", flush=True)
sys.stdin.readline()
with Replica(Path(sys.argv[1]), Path(sys.argv[2])) as replica:
    print(len(replica._db.rows("SELECT * FROM _sqlite_migrations")), flush=True)
"""

NO_NETWORK_NO_HOME = """
import socket, sys
from pathlib import Path
def refuse(*_, **__): raise AssertionError("the network was asked for")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
from gealc_tui.commands import activities, exchange, notes, people, plans, undo
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
def copy(name):
    replica = Replica(Path(sys.argv[1]) / f"{name}.db", Path(sys.argv[1]) / f"{name}-keys")
    plans.import_document(replica, Path(sys.argv[2]), any_year=True)
    people.introduce(replica, name, "UY", "focal")
    return replica
ana, eva = copy("ana"), copy("eva")
activities.set_status(ana, "2019/3.6.1", Status.DONE, note="Listo")
undo.undo(ana)
eva.merge([("x", exchange.export_text(ana).encode())], accept=True)
exchange.export_file(eva, Path(sys.argv[1]) / "file.json")
assert eva.verify() == () and eva.read.outline(eva.today, eva.plan) and eva.read.history()
eva.rebuild()
print("done")
"""


def started(code: str, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(gealc_tui.__file__).parents[1])}
    return subprocess.Popen(
        [sys.executable, "-c", code, *(str(one) for one in arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )


def let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("\n")
    process.stdin.flush()


def check_acknowledged(replica: Replica, lines: list[str]) -> None:
    """Every change that was acknowledged is in the log, and its words are shown."""
    assert lines
    held = {id for (id,) in replica._db.rows("SELECT id FROM changes")}
    for line in lines:
        change, entity, text = line.rstrip("\n").split(" ", 2)
        assert change in held
        assert replica.read.state_of(entity)["text"] == text
    assert replica.verify() == ()


def test_two_processes_that_write_at_once_lose_nothing(make_replica):
    replica = make_replica("Ana")
    version = replica.data_version()
    before = replica._own_last()
    writers = [started(WRITER, replica.path.parent, name, 40) for name in ("uno", "dos")]
    for writer in writers:
        let_go(writer)
    lines = [writer.communicate(timeout=60)[0].splitlines(keepends=True) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [len(said) for said in lines] == [40, 40]
    check_acknowledged(replica, [line for said in lines for line in said])
    assert replica._own_last() == before + 80
    assert replica.data_version() != version


def test_a_copy_notices_what_another_process_wrote_and_not_what_it_wrote_itself(make_replica):
    replica = make_replica("Ana", plan=False)
    with replica.another() as other:
        first, seen = replica.data_version(), other.data_version()
        replica.commit([("note/x", "text", "Hola")])
        assert replica.data_version() == first
        assert other.data_version() != seen
        assert other.read.state_of("note/x") == {"text": "Hola"}


def test_two_processes_that_open_a_new_database_at_once_make_one(tmp_path):
    openers = [started(OPENER, tmp_path / "x.db", tmp_path / "keys") for _ in range(3)]
    for opener in openers:
        let_go(opener)
    said = [opener.communicate(timeout=60)[0] for opener in openers]
    assert len(set(said)) == 1
    assert int(said[0]) > 0
    with Replica(tmp_path / "x.db", tmp_path / "keys") as replica:
        assert replica.verify() == ()


@pytest.mark.needs_posix
@pytest.mark.parametrize("acknowledged", [1, 17, 60])
def test_a_process_that_is_killed_while_writing_loses_nothing_that_it_acknowledged(make_replica, acknowledged):
    replica = make_replica("Ana")
    folder = replica.path.parent
    replica.close()
    process = started(WRITER, folder, "nota", 100_000)
    let_go(process)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(acknowledged)]
    process.send_signal(signal.SIGKILL)
    lines += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    assert process.wait(timeout=30) == -signal.SIGKILL
    with replica.another() as again:
        check_acknowledged(again, lines)
        again.commit([("note/after", "text", "Sigo")])
        assert again.verify() == ()


@pytest.mark.needs_posix
def test_a_process_that_is_killed_while_merging_has_merged_all_or_nothing(make_replica, tmp_path, everything):
    ana, eva = make_replica("Ana", plan="small"), make_replica("Eva", "PE", plan="small")
    for n in range(300):
        eva.commit([(f"note/n{n % 50}", "text", f"texto {n}")])
    (tmp_path / "file.json").write_bytes(everything(eva))
    before = ana.fingerprint()
    folder = ana.path.parent
    ana.close()
    code = (
        "import sys; from pathlib import Path; from gealc_tui.replica import Replica;"
        "from gealc_tui.sync import bundle, reception;"
        "folder = Path(sys.argv[1]); replica = Replica(folder / 'gealc.db', folder / 'keys');"
        "data = Path(sys.argv[2]).read_bytes(); print('ready', flush=True); sys.stdin.readline();"
        "replica.merge([('x', data)], accept=True); print('merged', flush=True)"
    )
    outcomes = []
    for wait in (0.0, 0.005, 0.01, 0.02, 30):
        process = started(code, folder, tmp_path / "file.json")
        let_go(process)
        try:
            process.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        acknowledged = process.stdout.read() == "merged\n"
        process.wait(timeout=30)
        with ana.another() as again:
            merged = again._db.value(
                "SELECT count(*) FROM changes JOIN logs ON logs.n = changes.n >> 40 WHERE replica = ?", [eva.id]
            )
            assert merged in ((301,) if acknowledged else (0, 301))
            assert (again.fingerprint() == before) == (merged == 0)
            assert again.verify() == ()
            outcomes.append(merged)
        if merged:
            break
    assert outcomes[-1] == 301


def test_nothing_reaches_for_the_network_or_for_the_home_of_its_user(tmp_path):
    home, work = tmp_path / "empty-home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    document = Path(__file__).parents[2] / "data" / "plan-2019.txt"
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(Path(gealc_tui.__file__).parents[1])}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    said = subprocess.run(
        [sys.executable, "-c", NO_NETWORK_NO_HOME, str(work), str(document)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=work,
    )
    assert (said.stdout, said.stderr) == ("done\n", "")
    assert list(home.iterdir()) == []
