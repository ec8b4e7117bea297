"""Files that another program has open, as on Windows: an antivirus, an indexer, Word, OneDrive, another window.

Linux lets a file be replaced and removed while others have it open. Here it is made as strict as Windows: calls on a
held file fail with the error that Windows gives, for a while or for good.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

from gealc_tui import atomic_files, errors, paths
from gealc_tui.commands import backups, people
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Replica
from gealc_tui.store.database import address

SHARING_VIOLATION = 32


def windows_error(number: int) -> PermissionError:
    """What Python raises on Windows for an error of the system."""
    error = PermissionError(13, "held")
    error.winerror = number  # type: ignore[attr-defined]
    return error


class Holding:
    """Another program: it holds files whose names it was told, until so many calls have failed."""

    def __init__(self) -> None:
        self.attempts = 0
        self._holds: Callable[[str], bool] = lambda name: False
        self._left = 0

    def hold(self, holds: Callable[[str], bool], attempts: int = 1_000) -> None:
        self._holds, self._left = holds, attempts

    def touch(self, path: object) -> None:
        if self._left and self._holds(Path(str(path)).name):
            self._left -= 1
            self.attempts += 1
            raise windows_error(SHARING_VIOLATION)


@pytest.fixture
def other_program(monkeypatch: pytest.MonkeyPatch) -> Holding:
    """Makes the system as strict as Windows; nobody waits."""
    holding = Holding()
    replace, rename, unlink = os.replace, os.rename, os.unlink

    def strict(real: Callable[..., None]) -> Callable[..., None]:
        def call(*given: object, **named: object) -> None:
            for path in given:
                holding.touch(path)
            real(*given, **named)

        return call

    monkeypatch.setattr(os, "replace", strict(replace))
    monkeypatch.setattr(os, "rename", strict(rename))
    monkeypatch.setattr(os, "unlink", strict(unlink))
    monkeypatch.setattr(atomic_files.time, "sleep", lambda seconds: None)
    return holding


def test_a_file_that_is_held_for_a_moment_is_written(other_program: Holding, tmp_path: Path) -> None:
    path = tmp_path / "acta.docx"
    path.write_bytes(b"antes")
    other_program.hold(lambda name: name == "acta.docx", attempts=3)
    atomic_files.write(path, b"ahora")
    assert path.read_bytes() == b"ahora"
    assert other_program.attempts == 3


def test_a_file_that_word_has_open_is_said_to_be_open(other_program: Holding, tmp_path: Path) -> None:
    path = tmp_path / "acta.docx"
    path.write_bytes(b"antes")
    other_program.hold(lambda name: name == "acta.docx")
    with pytest.raises(PermissionError) as raised:
        atomic_files.write(path, b"ahora")
    assert path.read_bytes() == b"antes"
    assert [one.name for one in tmp_path.iterdir()] == ["acta.docx"], "nothing is left beside it"
    told = sentence(errors.FileUnwritable(path=str(path), reason=errors.reason_of(raised.value)))
    assert "otro programa lo tiene abierto" in told


def test_a_first_start_succeeds_while_a_scanner_holds_the_new_file(other_program: Holding, tmp_path: Path) -> None:
    other_program.hold(lambda name: name.startswith(".gealc-"))
    home = paths.home(str(tmp_path / "home"))
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        assert replica.read.plans()


def test_a_copy_that_is_made_is_not_said_to_have_failed(other_program: Holding, tmp_path: Path) -> None:
    home = paths.home(str(tmp_path / "home"))
    paths.settle(home)
    other_program.hold(lambda name: name.startswith(".gealc-"))
    assert backups.make(home).is_file()


def test_a_database_that_a_window_has_open_is_not_set_aside_again_and_again(
    other_program: Holding, tmp_path: Path
) -> None:
    home = paths.home(str(tmp_path / "home"))
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        people.introduce(replica, "Ana", "UY", "focal")
    backups.make(home)
    home.database.write_bytes(b"\xff" * 50_000)
    other_program.hold(lambda name: name == "gealc.db")
    for _ in range(2):
        with pytest.raises(errors.FileUnwritable) as raised:
            backups.restore(home, "1")
        assert raised.value.reason == "in_use"
    assert not list(home.backups.glob("*damaged*"))
    other_program.hold(lambda name: False)
    assert backups.restore(home, "1").is_damaged
    numbered = {one.backup.reason: one.number for one in backups.listed(home)}
    assert numbered == {"damaged": None, "asked": 1}, "what is damaged is not to be put back by a number"
    with pytest.raises(errors.BackupUnknown):
        backups.restore(home, "2")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        *[(number, "missing") for number in (2, 21, 53)],
        *[(5, "permission"), (32, "in_use"), (33, "in_use"), (112, "full"), (64, "offline"), (1231, "offline")],
        *[(1326, "credentials"), (123, "name"), (206, "too_long")],
    ],
)
def test_what_windows_says_has_its_own_reason(number: int, reason: str) -> None:
    assert errors.reason_of(windows_error(number)) == reason


@pytest.mark.parametrize("length", [248, 300])
def test_a_path_beyond_what_windows_takes_is_called_too_long_and_not_missing(length: int) -> None:
    path = "C:\\" + "x" * (length - 3)
    for error in (FileNotFoundError(2, "no", path), FileNotFoundError(2, "no", "C:\\a", None, path)):
        error.winerror = 3  # type: ignore[attr-defined]
        assert errors.reason_of(error) == "too_long"


@pytest.mark.parametrize("path", ["C:\\" + "x" * 200, "\\\\?\\C:\\" + "x" * 300])
def test_a_short_path_that_is_not_there_is_missing(path: str) -> None:
    error = FileNotFoundError(2, "no", path)
    error.winerror = 3  # type: ignore[attr-defined]
    assert errors.reason_of(error) == "missing"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (r"C:\Users\Ana María\gealc.db", "file:///C:/Users/Ana%20Mar%C3%ADa/gealc.db"),
        (r"\\servidor\compartida\gealc.db", "file:////servidor/compartida/gealc.db"),
        (r"\\?\C:\Datos\gealc.db", "file:///C:/Datos/gealc.db"),
        (r"\\?\UNC\servidor\compartida\gealc.db", "file:////servidor/compartida/gealc.db"),
    ],
)
def test_every_path_of_windows_is_an_address_that_sqlite_takes(path: str, said: str) -> None:
    assert address(PureWindowsPath(path)) == said
