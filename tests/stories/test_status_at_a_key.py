"""The tree tells how far the plan is; one key sets a status, and one takes it back."""

from __future__ import annotations

import pytest

from gealc_tui.commands import activities
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from stories.conftest import Copies, Windows

BY_KEY = [
    ("1", Status.PENDING, "○", "Pendiente"),
    ("2", Status.IN_PROGRESS, "≈", "En curso"),
    ("3", Status.DONE, "●", "Cumplida"),
    ("4", Status.ON_HOLD, "■", "Suspendida"),
    ("5", Status.CANCELLED, "×", "Cancelada"),
]


def status_of(replica: Replica, id: str) -> Status:
    return replica.read.activity(id, replica.today).row.status


async def test_the_tree_shows_nine_areas_and_forty_activities(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), (120, 60)) as window:
        areas = [line for line in window.lines if "▼" in line]
        rows = [line for line in window.lines if "│" in line and "○" in line[:12]]
        assert (len(areas), len(rows)) == (9, 40)
        assert "0 de 40 cumplidas" in window.top
        assert "3.2.4 Implementar" in window.text
        assert "3.2.4 Reuniones" in window.text


async def test_areas_say_how_many_are_done(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    for id in ("2019/3.5.1", "2019/3.5.2", "2019/3.5.5-2"):
        activities.set_status(replica, id, Status.DONE)
    async with window_on(replica, (120, 60)) as window:
        assert "3/7" in window.line_of("3.5 Innovación")
        assert "0/5" in window.line_of("3.1 Servicios")
        await window.go_to("2019/3.5.3")
        await window.press("3")
        assert "4/7" in window.line_of("3.5 Innovación")
        assert "4 de 40 cumplidas" in window.top


@pytest.mark.parametrize(("key", "status", "mark", "word"), BY_KEY)
async def test_a_digit_sets_the_status_at_once(
    copy_of: Copies, window_on: Windows, key: str, status: Status, mark: str, word: str
) -> None:
    replica = copy_of()
    activities.set_status(replica, "2019/3.4.1", Status.DONE if status is not Status.DONE else Status.PENDING)
    async with window_on(replica) as window:
        await window.go_to("2019/3.4.1")
        await window.press(key)
        assert status_of(copy_of(), "2019/3.4.1") is status
        assert mark in window.line_of("3.4.1 Cronograma")[:12]
        assert f"{mark} {word}" in window.line_of("Estado ")
        assert window.cursor == "2019/3.4.1"
        assert window.focus == "tree"


async def test_the_message_tells_what_happened_and_how_to_undo_it(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.go_to("2019/3.4.1")
        await window.press("3")
        assert window.last == "3.4.1 · Estado: Cumplida · u deshace"
        assert "u deshace" in window.words


async def test_a_status_that_stands_already_is_no_change(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    activities.set_status(replica, "2019/3.4.1", Status.ON_HOLD)
    before = replica.unsent()
    async with window_on(replica) as window:
        await window.go_to("2019/3.4.1")
        await window.press("4")
        assert window.last == "Ya estaba así."
        assert replica.unsent() == before


async def test_on_an_area_a_digit_says_what_to_do(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    before = replica.fingerprint()
    async with window_on(replica) as window:
        assert window.cursor == "2019/3.1"
        await window.press("3")
        assert window.last == "Primero elija una actividad."
        assert replica.fingerprint() == before


async def test_u_and_capital_u_undo_and_redo_one_by_one(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to("2019/3.4.1")
        await window.press("2", "3", "4")
        for key, status in [
            ("u", Status.DONE),
            ("u", Status.IN_PROGRESS),
            ("U", Status.DONE),
            ("u", Status.IN_PROGRESS),
            ("u", Status.PENDING),
            ("U", Status.IN_PROGRESS),
            ("U", Status.DONE),
            ("U", Status.ON_HOLD),
        ]:
            await window.press(key)
            assert status_of(replica, "2019/3.4.1") is status
        assert "■ Suspendida" in window.line_of("Estado ")


async def test_the_message_of_an_undo_says_what_stands_now(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.go_to("2019/3.4.1")
        await window.press("3", "u")
        assert window.last == "Deshecho: 3.4.1 · Estado: Pendiente · U rehace"
        await window.press("U")
        assert window.last == "Rehecho: 3.4.1 · Estado: Cumplida · u deshace"


async def test_ctrl_z_takes_back_as_in_other_programs_but_not_behind_a_line_to_type(
    copy_of: Copies, window_on: Windows
) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to("2019/3.4.1")
        await window.press("3", "slash", "t", "ctrl+z")
        assert status_of(replica, "2019/3.4.1") is Status.DONE
        await window.press("escape", "escape", "ctrl+z")
        assert status_of(replica, "2019/3.4.1") is Status.PENDING


async def test_undo_and_redo_go_on_in_the_next_start(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.go_to("2019/3.4.1")
        await window.press("2", "3")
    async with window_on(copy_of()) as window:
        assert window.cursor == "2019/3.4.1"
        await window.press("u")
        assert status_of(copy_of(), "2019/3.4.1") is Status.IN_PROGRESS
    async with window_on(copy_of()) as window:
        await window.press("U")
        assert status_of(copy_of(), "2019/3.4.1") is Status.DONE


async def test_with_nothing_to_undo_or_redo_it_says_so(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("u")
        assert window.last == "No hay nada que deshacer."
        await window.press("U")
        assert window.last == "No hay nada que rehacer."


async def test_the_next_start_stands_where_the_last_one_ended(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press(*["down"] * 9)
        left_at = window.cursor
    async with window_on(copy_of()) as window:
        assert window.cursor == left_at != "2019/3.1"
        assert window.focus == "tree"


async def test_o_closes_and_opens_all_areas(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), (120, 60)) as window:
        await window.press("o")
        assert sum("►" in line for line in window.lines) == 9
        assert "3.4.1" not in window.text
        await window.press("o")
        assert sum("▼" in line for line in window.lines) == 9


async def test_left_and_right_close_and_open_an_area(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), (120, 60)) as window:
        await window.press("down", "left")
        assert window.cursor == "2019/3.1"
        await window.press("left")
        assert "► 3.1" in window.text
        await window.press("right")
        assert "▼ 3.1" in window.text
        await window.press("right")
        assert window.cursor == "2019/3.1.1"
        await window.press("right")
        assert window.focus == "fields"


async def test_what_is_drawn_after_a_key_is_of_one_moment_and_nothing_is_asked_twice(
    copy_of: Copies, window_on: Windows
) -> None:
    async with window_on(copy_of()) as window:
        await window.go_to("2019/3.5.3")
        database = window.app.replica.read._db
        asked: list[str] = []
        database.connection.set_trace_callback(asked.append)
        await window.press("3")
        database.connection.set_trace_callback(None)
        begun = asked.index("COMMIT") + 1
        assert asked[begun] == "BEGIN"
        drawn = asked[begun + 1 : asked.index("ROLLBACK")]
        assert "BEGIN" not in drawn
        assert [one for one in drawn if drawn.count(one) > 1] == []
        # Each line is a fact of its own; it grows with what the screen shows, not by accident.
        assert len(drawn) < 55
