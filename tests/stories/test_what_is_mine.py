"""What one's country leads, owes and waits for, a key away."""

from __future__ import annotations

from gealc_tui.commands import activities
from stories.conftest import Copies, Windows


async def test_what_is_due_first_stands_first_and_enter_goes_there(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana", "UY")
    activities.set_field(replica, "3.6.2", "lead", "UY")
    activities.set_field(replica, "3.6.3", "co_leads", "UY, CL")
    activities.set_field(replica, "3.6.3", "due", "30/6/2019")
    activities.set_field(replica, "3.5.1", "lead", "CL")
    async with window_on(replica, (80, 24)) as window:
        await window.press("f3")
        assert "Uruguay: 1 por vencer" in window.text
        lines = [line.strip() for line in window.lines]
        assert [line[2:7] for line in lines if line[:1] in "○●≈■×" and line] == ["3.6.3", "3.6.2"]
        assert window.line_of("3.6.2").rstrip().endswith("31/12/2019")
        assert "3.5.1" not in window.text
        await window.press("enter")
        assert window.cursor == "2019/3.6.3"
