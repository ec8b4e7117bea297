"""Two windows, or a window and a script, on one database; and a database that refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from textual.widgets import Input, TextArea

from gealc_tui.commands import activities, notes
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from stories.conftest import Copies, Windows
from stories.window import Window

HERE = "2019/3.4.1"


async def test_what_another_program_writes_appears_by_itself(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of("Ana")) as window:
        await window.go_to(HERE)
        activities.set_status(copy_of("Ana"), "2019/3.4.2", Status.DONE)
        await window.until(lambda: "1 de 40" in window.top)
        assert "●" in window.line_of("3.4.2 Recolección")
        assert (window.cursor, window.focus) == (HERE, "tree")


async def test_the_activity_in_sight_follows_the_other_program(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of("Ana")) as window:
        await window.go_to(HERE)
        await window.press("e", "down", "down")
        notes.add_note(copy_of("Ana"), f"activity/{HERE}", "desde otro programa")
        await window.until(lambda: "desde otro programa" in window.detail_text)
        assert window.focus == "fields"
        assert window.detail.query_one("#fields").highlighted == 2  # type: ignore[attr-defined]


async def test_a_note_that_is_being_typed_stays(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of("Ana")) as window:
        await window.go_to(HERE)
        await window.press("n", *"ab")
        activities.set_status(copy_of("Ana"), HERE, Status.DONE)
        await window.pilot.pause(0.2)
        await window.press("c")
        assert window.find("#text", TextArea).text == "abc"
        assert window.focus == "text"
        await window.press("f2")
        assert "● Cumplida" in window.line_of("Estado")
        assert "abc" in window.detail_text


async def test_a_field_that_is_being_typed_stays(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of("Ana")) as window:
        await window.go_to(HERE)
        await window.open_field("place")
        await window.press("end", "X")
        before = window.find("#field", Input).value
        activities.set_status(copy_of("Ana"), HERE, Status.DONE)
        await window.until(lambda: "● Cumplida" in window.detail_text)
        assert window.focus == "field"
        await window.press("Y")
        assert window.find("#field", Input).value == f"{before}Y"


async def test_a_search_that_is_being_typed_stays(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of("Ana")) as window:
        await window.press("slash", *"blockchain")
        activities.set_status(copy_of("Ana"), "2019/3.6.3", Status.DONE)
        await window.until(lambda: "1 de 40" in window.top)
        assert window.find("#search", Input).value == "blockchain"
        assert window.focus == "search"
        assert "●" in window.line_of("3.6.3 Seminario")
        assert "3.6.1 " not in window.text


async def test_two_windows_see_each_other(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of("Ana")) as one, window_on(copy_of("Ana")) as two:
        await one.go_to(HERE)
        await two.go_to("2019/3.1.1")
        await one.press("3")
        await two.until(lambda: "1 de 40" in two.top)
        assert two.cursor == "2019/3.1.1"
        await two.press("u")
        await one.until(lambda: "0 de 40" in one.top)


# --- a database that refuses ----------------------------------------------------------------------------------


@pytest.fixture
def held(copy_of: Copies) -> Iterator[Replica]:
    """A copy whose database another program holds, and which waits for it only briefly."""
    replica = copy_of("Ana")
    replica._db.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(replica.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield replica
    other.close()


async def refused(window: Window, *keys: str) -> str:
    """Presses keys; the sentence that comes up."""
    told = len(window.told)
    await window.press(*keys)
    await window.until(lambda: len(window.told) > told)
    return window.last


async def test_a_locked_database_is_told_and_the_status_stays(held: Replica, window_on: Windows) -> None:
    async with window_on(held) as window:
        await window.go_to(HERE)
        assert "Otro programa está usando la base" in await refused(window, "3")
        assert held.read.activity(HERE, held.today).row.status is Status.PENDING
        assert "○ Pendiente" in window.line_of("Estado")


async def test_on_a_locked_database_every_key_is_answered(held: Replica, window_on: Windows) -> None:
    async with window_on(held) as window:
        await window.go_to(HERE)
        for keys in (("u",), ("U",), ("t",)):
            await window.press(*keys)
        # What is typed is kept beside the database, and nothing need be told.
        await window.press("n", "a")
        assert window.find("#text", TextArea).text == "a"
        assert "Otro programa" in await refused(window, "f2")
        assert window.screen == "NoteScreen", "what was typed stays before the person"
        await window.press("escape", "slash", "a", "escape", "d", "v", "o", "o", "p", "escape")
        await window.go_to(HERE)
        await window.press("e", "home", "down", "down", "enter", "end", "b")
        assert "Otro programa" in await refused(window, "enter")
        assert window.find("#field", Input).value.endswith("b")
        await window.press("escape", "escape", "x", "s", "enter")
        assert window.screen == "SendScreen"
        await window.press("escape", "escape")
        assert window.screen == "ExchangeScreen"
        await window.press("escape", "escape", "q")


async def test_a_database_that_cannot_be_written_is_told(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana")
    replica._db.execute("PRAGMA query_only = ON")
    async with window_on(replica) as window:
        await window.go_to(HERE)
        assert "sólo lectura" in await refused(window, "3")
        await window.press("n", "a")
        assert "sólo lectura" in await refused(window, "f2")
        await window.press("escape", "t", "x", "s", "enter", "escape", "escape")
        assert replica.read.activity(HERE, replica.today).row.status is Status.PENDING
