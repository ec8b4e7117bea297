"""Days pass while a window is open: midnight, a meeting that nobody closed, one that is cancelled."""

from __future__ import annotations

import icalendar

from gealc_tui.commands import activities, meetings
from gealc_tui.domain.vocabulary import MeetingBody, MeetingState
from stories.conftest import DAY, Clock, Copies, Windows
from stories.window import NARROW

ACTIVITY = "2019/3.6.1"


def at_the_meeting(replica) -> str:
    return meetings.begin(replica, body=MeetingBody.WORKING_GROUP, area="3.5", day="18/06/2019")


async def test_after_midnight_an_open_window_tells_what_is_overdue(
    copy_of: Copies, window_on: Windows, clock: Clock
) -> None:
    replica = copy_of("Ana")
    activities.set_field(replica, f"activity/{ACTIVITY}", "due", "18/06/2019")
    async with window_on(replica) as window:
        await window.go_to(ACTIVITY)
        assert "hoy" in window.text
        clock.now += DAY
        await window.until(lambda: "ayer" in window.text)
        assert window.cursor == ACTIVITY


async def test_an_open_meeting_stands_in_the_top_line_of_the_plan(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana")
    other = copy_of("Ana")
    async with window_on(replica) as window:
        assert "reunión abierta" not in window.top
        at_the_meeting(other)
        await window.until(lambda: "reunión abierta (m)" in window.top)
        await window.resize(*NARROW)
        assert "reunión (m)" in window.top
        meetings.close(other, meetings.current(other).id)
        await window.until(lambda: "reunión (m)" not in window.top)


async def test_a_meeting_that_is_open_for_a_day_is_asked_about(
    copy_of: Copies, window_on: Windows, clock: Clock
) -> None:
    replica = copy_of("Ana")
    meeting = at_the_meeting(replica)
    async with window_on(replica) as window:
        assert window.screen == "PlanScreen", "one of this morning is nobody's worry"
        clock.now += DAY
        await window.until(lambda: window.screen == "ChoiceScreen")
        await window.settle()
        assert "sigue abierta desde el 18/06" in window.text
        await window.press("escape")
        assert window.screen == "PlanScreen"
    async with window_on(replica) as window:
        assert window.screen == "ChoiceScreen"
        await window.press("down", "enter")
        assert window.screen == "ClosingScreen"
        await window.press("f2")
        await window.until(lambda: "Listo." in window.text)
    assert meetings.reading(replica, meeting).state is MeetingState.CLOSED
    async with window_on(replica) as window:
        assert window.screen == "PlanScreen"


async def test_a_clock_that_does_not_fit_what_was_written_is_told_at_the_start(
    copy_of: Copies, window_on: Windows, clock: Clock
) -> None:
    replica = copy_of("Ana")
    activities.set_field(replica, f"activity/{ACTIVITY}", "place", "Quito")
    async with window_on(replica) as window:
        assert not any("El reloj" in one for one in window.told)
    clock.now -= 3 * DAY
    async with window_on(replica) as window:
        assert any("El reloj de esta computadora está atrasado, o lo último" in one for one in window.told)
    clock.now += 1_000 * DAY
    async with window_on(replica) as window:
        assert any("está muy adelantado" in one for one in window.told)


async def test_a_planned_meeting_is_cancelled_where_meetings_begin(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana")
    meeting = at_the_meeting(replica)
    meetings.close(replica, meeting)
    planned = meetings.plan_next(replica, meeting, day="12/07", hour="10", city="Quito")
    async with window_on(replica) as window:
        await window.press("m")
        assert "Prevista, 12/07/2019" in window.text
        await window.press("home", "f6")
        assert "¿Cancelar la reunión del 12/07/2019?" in window.text
        await window.press("enter")
        assert meetings.reading(replica, planned).state is MeetingState.PLANNED, "the first answer is no"
        await window.press("f6", "down", "enter")
        assert "Prevista, 12/07/2019" not in window.text
        await window.press("f6")
        assert any("Primero señale una reunión prevista" in one for one in (*window.told, window.text))
    assert meetings.reading(replica, planned).state is MeetingState.CANCELLED
    (path,) = (replica.path.parent / "enviados").iterdir()
    assert path.name == "reunion-3-5-20190712-cancelada.ics"
    assert icalendar.Calendar.from_ical(path.read_bytes())["METHOD"] == "CANCEL"


async def test_the_form_says_back_the_day_and_asks_for_the_clock(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana")
    async with window_on(replica, size=NARROW) as window:
        await window.press("m", "enter", "enter")
        await window.type("viernes")
        assert "Entendido: viernes 21 de junio de 2019" in window.text
        await window.press("enter", "enter")
        await window.type("San Juan")
        assert "Hay varios lugares «San Juan»" in window.text
        await window.press("f2")
        assert window.screen == "MeetingStartScreen"
        assert meetings.current(replica) is None
