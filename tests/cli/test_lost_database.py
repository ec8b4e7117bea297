"""A database that is gone or empty beside keys, marks and copies is no first start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gealc_tui import errors, paths
from gealc_tui.tui import recovering

from .conftest import Person


def gone(person: Person) -> None:
    person.database.unlink()


def empty(person: Person) -> None:
    person.database.write_bytes(b"")


lost = pytest.mark.parametrize("lose", [gone, empty])


@pytest.fixture
def with_a_copy(ana: Person) -> Person:
    ana.must("note", "3.1.1", "una palabra")
    ana.must("backup")
    return ana


@lost
@pytest.mark.parametrize("command", [("list",), ("people",), ("note", "3.1.1", "otra"), ("backup",), ("verify",)])
def test_it_is_said_what_there_is_and_nothing_is_begun(
    with_a_copy: Person, lose: Callable[[Person], None], command: tuple[str, ...]
) -> None:
    lose(with_a_copy)
    answer = with_a_copy.must(*command, code=1)
    assert "gealc restore 1" in answer.err
    assert "respaldos" in answer.err
    assert not with_a_copy.database.exists() or not with_a_copy.database.stat().st_size
    assert len(list((with_a_copy.home / "keys").glob("*.key"))) == 1


@lost
def test_the_newest_copy_is_put_back_and_its_person_goes_on(
    with_a_copy: Person, lose: Callable[[Person], None]
) -> None:
    before = with_a_copy.id
    lose(with_a_copy)
    assert with_a_copy.must("backups", "--json").json[0]["reason"] == "asked"
    with_a_copy.must("restore", "1")
    assert "una palabra" in with_a_copy.must("show", "3.1.1").out
    with_a_copy.must("note", "3.1.1", "otra")
    assert with_a_copy.id == before
    assert with_a_copy.must("verify").code == 0


def test_keys_that_have_written_are_enough_to_ask(ana: Person) -> None:
    for copy in (ana.home / "respaldos").glob("*"):
        copy.unlink()
    ana.database.unlink()
    answer = ana.must("list", code=1)
    assert "gealc init" in answer.err
    assert "gealc restore" not in answer.err


def test_who_says_anew_who_they_are_begins_anew_and_is_told(with_a_copy: Person) -> None:
    before = with_a_copy.id
    with_a_copy.database.unlink()
    answer = with_a_copy.must("init", "--name", "Ana", "--country", "UY")
    assert "respaldos" in answer.err
    assert with_a_copy.id != before
    assert len(with_a_copy.must("backups", "--json").json) >= 1


def test_another_database_in_the_same_home_is_a_first_start(with_a_copy: Person) -> None:
    with_a_copy.must("list", "--db", str(with_a_copy.home / "other.db"))


def test_a_first_start_is_one(person: Callable[..., Person]) -> None:
    nobody = person()
    nobody.database.unlink()
    nobody.must("list")


# --- in the window ------------------------------------------------------------------------------------------------


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], list[str]]:
    """What the person chooses; returns what was shown."""

    def choose(choice: str | None) -> list[str]:
        shown: list[str] = []

        def run(self: recovering.RecoveryApp) -> str | None:
            shown.append(self._facts())
            return choice

        monkeypatch.setattr(recovering.RecoveryApp, "run", run)
        return shown

    return choose


def home_of(person: Person) -> paths.Home:
    return paths.Home(person.home, person.database)


@lost
def test_the_window_asks_and_puts_the_newest_copy_back(
    with_a_copy: Person, lose: Callable[[Person], None], choosing: Callable[[str | None], list[str]]
) -> None:
    lose(with_a_copy)
    shown = choosing(recovering.RESTORE)
    assert recovering.recovered(home_of(with_a_copy))
    assert "respaldos" in shown[0]
    assert "una palabra" in with_a_copy.must("show", "3.1.1").out


def test_the_window_begins_anew_only_when_asked_to(
    with_a_copy: Person, choosing: Callable[[str | None], list[str]]
) -> None:
    with_a_copy.database.unlink()
    for choice in (None, recovering.LEAVE):
        choosing(choice)
        assert not recovering.recovered(home_of(with_a_copy))
        assert not with_a_copy.database.exists()
    choosing(recovering.ANEW)
    assert recovering.recovered(home_of(with_a_copy))
    with_a_copy.must("list")


async def test_the_question_is_answered_by_keys(with_a_copy: Person) -> None:
    with_a_copy.database.unlink()
    found = paths.lost(home_of(with_a_copy))
    assert isinstance(found, errors.DatabaseLost)
    newest = recovering.backups.listed(home_of(with_a_copy))[0]
    for keys, choice in ((["enter"], "restore"), (["down", "enter"], "leave"), (["escape"], None)):
        app = recovering.RecoveryApp(found, newest)
        async with app.run_test() as pilot:
            await pilot.press(*keys)
        assert app.return_value == choice


def test_nothing_is_asked_where_the_database_is(ana: Person) -> None:
    assert recovering.recovered(home_of(ana))
    assert paths.lost(paths.Home(Path("/nowhere"), Path("/nowhere/gealc.db"))) is None
