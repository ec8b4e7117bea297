"""After a kill: what was half written is told and marked, and the window opens where one was."""

from __future__ import annotations

import pytest

from gealc_tui.commands import notes
from stories.window import NARROW

HERE = "2019/3.6.1"


def mark(window, code: str) -> bool:
    """Whether the line of an activity or area bears the mark of something half written."""
    line = next(line for line in window.lines if f"{code} " in line[: window.tree.region.right])
    return "*" in line[: window.tree.region.right]


async def test_a_half_written_note_is_told_at_the_start_and_marked_until_it_is_saved(copy_of, window_on):
    ana = copy_of("Ana", "UY")
    ana.set_setting("last_activity", HERE)
    async with window_on(ana) as window:
        assert not any("a medio escribir" in one for one in window.told)
        await window.press("n")
        await window.type("Sin respu")
    async with window_on(ana) as window:
        assert "Hay una nota a medio escribir en 3.6.1: n sigue con ella." in window.told
        assert mark(window, "3.6.1")
        assert not mark(window, "3.5.4")
        await window.press("n")
        await window.type("esta")
        await window.press("f2")
        assert not mark(window, "3.6.1")
        assert [one.text for one in ana.read.notes(f"activity/{HERE}")] == ["Sin respuesta"]
    window.told.clear()
    async with window_on(ana, NARROW) as window:
        assert not any("a medio escribir" in one for one in window.told)


async def test_one_that_is_left_for_later_is_marked_at_once(copy_of, window_on):
    ana = copy_of("Ana", "UY")
    async with window_on(ana, NARROW) as window:
        await window.go_to(HERE)
        await window.press("n")
        await window.type("Sin")
        await window.press("escape")
        assert mark(window, "3.6.1")
        await window.press("n", "backspace", "backspace", "backspace", "escape")
        assert not mark(window, "3.6.1")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("area/2019/3.6", "Hay una nota a medio escribir en 3.6: n"),
        ("activity/2019/3.6.1#place", "Hay un texto a medio escribir en 3.6.1 (Lugar)"),
        ("product/2019/3.6.1/1#text", "Hay un texto a medio escribir en 3.6.1"),
        ("meeting/x#2019/3.6.1/note/", ""),
        ("activity/2019/9.9.9", "Hay una nota a medio escribir en"),
    ],
)
async def test_whatever_is_half_written_is_told(copy_of, window_on, place, said):
    ana = copy_of("Ana", "UY")
    ana.keep_draft(place, "Medio")
    async with window_on(ana) as window:
        told = [one for one in window.told if "a medio escribir" in one]
        assert len(told) == bool(said)
        assert not said or said in told[0]


async def test_several_are_told_in_one_sentence(copy_of, window_on):
    ana = copy_of("Ana", "UY")
    note = notes.add_note(ana, f"activity/{HERE}", "Una")
    assert note is not None
    (existing,) = ana.read.notes(f"activity/{HERE}")
    for place in (f"note/{existing.id}", "activity/2019/3.1.1", "activity/2019/3.4.1", "area/2019/3.2"):
        ana.keep_draft(place, "Medio")
    async with window_on(ana) as window:
        (said,) = [one for one in window.told if "a medio escribir" in one]
        assert said == "Hay 4 textos a medio escribir: 3.1.1, 3.2, 3.4.1…. En el plan tienen un *."


@pytest.mark.parametrize("closed", [False, True])
async def test_a_kill_during_a_search_opens_where_one_was(copy_of, window_on, closed):
    ana = copy_of("Ana", "UY")
    ana.set_setting("last_activity", "2019/3.1.1")
    if closed:
        ana.set_setting("open_areas", '["2019/3.1"]')
    async with window_on(ana) as window:
        await window.press("slash")
        await window.type("experiencias internacionales")
        found = window.cursor
        assert found not in (None, "2019/3.1.1")
        await window.until(lambda: ana.setting("last_activity") == found)
        # Nothing is saved at the end: as after a kill.
        window.tree.screen._place = None
    async with window_on(ana) as window:
        assert window.cursor == found
        assert not window.app.screen.query_one("#search").display
