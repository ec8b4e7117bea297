"""Homes in places that are not made for them: with accents and blanks, deep down, on a stick that is pulled out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gealc_tui import errors
from gealc_tui.cli.main import main
from gealc_tui.commands import activities
from gealc_tui.domain.vocabulary import Status
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Replica

Types = Callable[..., tuple[int, str, str]]


@pytest.fixture
def types(capsys: pytest.CaptureFixture[str]) -> Types:
    def typed(home: Path, *arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["--home", str(home), *arguments])
        return (code, *capsys.readouterr())

    return typed


def test_a_home_with_accents_blanks_and_signs(tmp_path: Path, types: Types) -> None:
    home = tmp_path / "Ana María & Cía (ñandú) 100% #1"
    assert types(home, "init", "--name", "Ana", "--country", "UY")[0] == 0
    assert types(home, "status", "3.1.1", "done")[0] == 0
    assert types(home, "backup")[0] == 0
    assert types(home, "restore", "1")[0] == 0
    assert "● Cumplida" in types(home, "list")[1]


def test_a_home_of_250_characters_works_or_is_called_too_long(tmp_path: Path, types: Types) -> None:
    home = tmp_path
    while (room := 250 - len(str(home)) - 1) > 0:
        home /= "x" * min(room, 60)
    assert len(str(home)) in (249, 250)
    code, _, complaint = types(home, "init", "--name", "Ana", "--country", "UY")
    if code:
        assert os.name == "nt"
        assert "demasiado largo" in complaint
        return
    assert types(home, "status", "3.1.1", "done")[0] == 0
    assert "● Cumplida" in types(home, "list")[1]


def test_a_name_that_no_disk_takes_is_called_too_long(tmp_path: Path, types: Types) -> None:
    code, out, complaint = types(tmp_path / ("x" * 400), "list")
    assert (code, out) == (1, "")
    assert "demasiado largo" in complaint or (os.name == "nt" and "signos" in complaint)


# --- a stick ---------------------------------------------------------------------------------------------------------


def pull_out(database: Path) -> None:
    """From now on what is written to an open database fails with EIO, as when the stick is pulled out."""
    # At the beginning of a process's memory lies nothing, and whoever writes there is told so: EIO.
    nothing = os.open("/proc/self/mem", os.O_RDWR)
    for one in Path("/proc/self/fd").iterdir():
        if os.path.exists(one) and os.readlink(one) == f"{database}-wal":
            os.dup2(nothing, int(one.name))
    os.close(nothing)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the files of a process are reached through /proc")
def test_who_writes_while_the_stick_is_pulled_out_hears_of_the_disk_and_nothing_is_lost(
    tmp_path: Path, plan_database: Path
) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()
    shutil.copyfile(plan_database, stick / "gealc.db")
    with Replica(stick / "gealc.db", stick / "keys") as replica:
        replica.introduce("Ana", "UY", "focal")
        activities.set_status(replica, "2019/3.1.1", Status.DONE)
    replica = Replica(stick / "gealc.db", stick / "keys")
    replica.read.plans()
    pull_out(stick / "gealc.db")
    with pytest.raises(errors.GealcError) as raised:
        activities.set_status(replica, "2019/3.1.2", Status.DONE)
    said = sentence(raised.value)
    assert "disco" in said
    assert str(stick) in said
    with pytest.raises(errors.GealcError):
        activities.set_status(replica, "2019/3.1.3", Status.DONE)
    # It is put in again: what was acknowledged is there, and nothing else.
    with Replica(stick / "gealc.db", stick / "keys") as again:
        assert again.verify() == ()
        states = {one.row.id: one.row.status for one in again.read.activities(again.today, again.plan)}
    assert [one for one, status in states.items() if status is Status.DONE] == ["2019/3.1.1"]


@pytest.mark.skipif(os.name != "nt", reason="letters of drives")
def test_a_drive_that_is_not_there_is_named(types: Types) -> None:
    code, out, complaint = types(Path("Q:\\gealc"), "list")
    assert (code, out) == (1, "")
    assert complaint == "No se puede escribir Q:\\gealc: no existe.\n"
