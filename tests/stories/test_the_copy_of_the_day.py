"""A copy of the database is made once a day, while the person works."""

from __future__ import annotations

import pytest

from gealc_tui.commands import activities
from gealc_tui.domain.keeping import day_of
from gealc_tui.domain.vocabulary import Status
from gealc_tui.tui import app
from stories.conftest import DAY, Clock, Copies, Windows


def reasons(replica):
    return [one.reason for one in replica.backups.listed()]


async def test_opening_the_program_makes_the_copy_of_the_day(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        assert reasons(ana) == ["daily"]
        await window.go_to("2019/3.6.1")
        await window.press("3")
        assert "Cumplida" in window.last
    async with window_on(ana):
        assert reasons(ana) == ["daily"]


async def test_a_window_that_stays_open_makes_one_each_day(
    copy_of: Copies, window_on: Windows, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "LOOK_SECONDS", 0.2)
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        activities.set_status(ana, "2019/3.6.1", Status.DONE)
        clock.now += DAY
        tomorrow = day_of(clock.now)
        await window.until(lambda: any(day_of(one.at) == tomorrow for one in ana.backups.listed()))


async def test_that_no_copy_can_be_made_is_said_and_the_work_goes_on(
    copy_of: Copies, window_on: Windows, told: list[str]
) -> None:
    ana = copy_of("Ana")
    ana.backups.folder.write_text("a file in the folder's place", "utf-8")
    async with window_on(ana) as window:
        assert "copia de respaldo" in window.last
        await window.go_to("2019/3.6.1")
        await window.press("3")
        assert "Cumplida" in window.last


async def test_where_nobody_wrote_there_is_nothing_to_copy(copy_of: Copies, window_on: Windows) -> None:
    nobody = copy_of("Ana", introduced=False)
    async with window_on(nobody):
        assert reasons(nobody) == []
