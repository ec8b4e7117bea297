"""A search that answers at once, without regard to accents and case."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from gealc_tui.commands import notes
from gealc_tui.tui.widgets.plan_tree import PlanTree
from stories.conftest import Copies, Windows
from stories.window import NARROW


async def test_reunion_without_its_accent_finds_the_meetings(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("slash")
        await window.type("REUNION anual")
        rows = [line for line in window.lines if "○" in line[:12]]
        assert rows
        assert "3.9 Reunión anual" in window.text
        assert "3.4.4 Presentación de resultados" in window.text
        assert "3.1.1" not in window.text


async def test_the_cursor_stands_on_the_first_that_is_found(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("slash", *"blockchain")
        await window.until(lambda: window.cursor == "2019/3.6.3")
        assert "3.6.3  Seminario" in window.text


async def test_enter_keeps_what_is_found_and_esc_gives_the_whole_plan_back(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("slash", *"blockchain", "enter")
        assert window.focus == "tree"
        assert "3.1.1" not in window.text
        await window.press("2")
        assert window.cursor == "2019/3.6.3"
        await window.press("escape")
        await window.until(lambda: window.cursor == "2019/3.6.3")
        assert "3.6.1 Relevamiento" in window.text
        assert window.find("#search", Input).display is False
        assert window.focus == "tree"


async def test_esc_while_typing_gives_the_plan_back_too(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), NARROW) as window:
        await window.press("slash", *"blockchain", "escape")
        await window.until(lambda: window.cursor == "2019/3.6.3")
        assert window.focus == "tree"
        assert "3.6.2" in window.text


async def test_keys_of_the_plan_are_letters_in_the_search(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    before = replica.fingerprint()
    async with window_on(replica) as window:
        typed = "123neduvoxpqtU?/jk"
        await window.press("slash", *typed)
        assert window.find("#search", Input).value == typed
        assert window.screen == "PlanScreen"
        assert replica.fingerprint() == before


async def test_what_is_said_in_notes_is_found(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    notes.add_note(replica, "activity/2019/3.7.2", "Habló con Asunción")
    async with window_on(replica) as window:
        await window.press("slash", *"asuncion")
        await window.until(lambda: window.cursor == "2019/3.7.2")


async def test_a_search_that_finds_nothing_says_so(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("slash", *"zzz")
        assert "○" not in window.text.split("│")[1]
        await window.press("escape")
        assert "3.1.1 Taller" in window.text


async def test_keys_that_are_typed_before_all_stands_are_not_searched_for(
    copy_of: Copies, window_on: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The screen is given its focus before it has read the plan: what is typed then must find the tree there.
    monkeypatch.setattr(PlanTree, "focus", lambda self: self)
    async with window_on(copy_of()) as window:
        assert window.focus == "tree"
