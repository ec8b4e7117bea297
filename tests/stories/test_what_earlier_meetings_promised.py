"""The commitments of earlier meetings, at the meeting that begins from them."""

from __future__ import annotations

from gealc_tui.commands import meetings
from stories.conftest import Copies, Windows
from stories.window import NARROW


async def test_a_commitment_of_an_earlier_meeting_is_said_to_be_fulfilled_at_a_key(
    copy_of: Copies, window_on: Windows
) -> None:
    replica = copy_of("Ana")
    first = meetings.begin(replica, body="working_group", area="3.5", day="14/02/2019")
    meetings.agree(replica, first, "2019/3.5.3", "Enviar [/] el formulario @cr 1/3")
    meetings.agree(replica, first, None, "Revisar el borrador @cl 15/08")
    meetings.close(replica, first)
    second = meetings.begin(replica, body="working_group", area="3.5", day="14/03/2019")
    async with window_on(replica, NARROW) as window:
        await window.press("m", "X")
        assert window.screen == "MeetingOwedScreen"
        assert "! Vencido  3.5.3" in window.text
        assert "Costa Rica, hasta el 1 de marzo de 2019: Enviar [/] el formulario" in window.text
        assert "○ Por cumplir" in window.text
        await window.press("enter")
        assert "● Cumplido  3.5.3" in window.text
        assert [one.country for one in meetings.open_commitments(replica, "working_group", "2019/3.5")] == ["CL"]
        await window.press("down", "enter", "enter", "escape", "C")
        assert "Cumplido" in meetings.acta_text(replica, second)
        assert [one.country for one in meetings.open_commitments(replica, "working_group", "2019/3.5")] == ["CL"]


async def test_a_first_meeting_has_nothing_to_follow_up(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana")
    meetings.begin(replica, body="committee")
    async with window_on(replica, NARROW) as window:
        await window.press("m", "X")
        assert "No hay compromisos por cumplir de reuniones anteriores." in window.text
