"""What there is to press is told, with keys or mouse, in light or dark, wide or narrow."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from gealc_tui.commands import activities
from gealc_tui.domain.vocabulary import Status
from gealc_tui.tui import keys, screens
from gealc_tui.tui.screens.base import ReplicaScreen
from stories.conftest import Copies, Windows
from stories.window import NARROW, WIDE


async def test_all_keys_are_in_the_help_at_a_key(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), (100, 320)) as window:
        await window.press("question_mark", "v")
        words = window.words
        for name, table in keys.tables().items():
            for key in table:
                told = " ".join(f"{key.shown} {key.label}".split()) in words
                assert told or name in ("help", "palette"), f"{name}: {key.shown} is not told"


async def test_help_shows_the_keys_of_the_screen_that_it_was_asked_on(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("x", "f1")
        assert "En el intercambio" in window.text
        assert "En el plan" not in window.text
        await window.press("escape", "escape", "n", "f1")
        assert "Al escribir una nota" in window.text, "and it works where somebody types"
        assert "En el intercambio" not in window.text
        await window.press("escape", "question_mark", "f2")
        assert "?" in window.app.replica.read.notes("area/2019/3.1")[0].text


def test_every_table_of_keys_has_a_title() -> None:
    assert set(keys.tables()) == set(keys.TITLES)


def test_no_key_has_two_meanings_on_one_screen() -> None:
    every = keys.tables()
    for group in (*keys.TOGETHER, *((name,) for name in every)):
        live = [
            one
            for table in {*group, "everywhere"}
            for key in every[table]
            if key.action and key.keys
            for one in key.keys.split(",")
            if one != "escape"
        ]
        assert len(live) == len(set(live)), group


def test_the_tables_of_a_screen_are_known_to_belong_together() -> None:
    for kind in _screens(ReplicaScreen):
        own = kind.tables()
        assert len(own) <= 1 or any(set(own) <= set(group) for group in keys.TOGETHER), kind


def _screens(kind: type[ReplicaScreen[Any]]) -> list[type[ReplicaScreen[Any]]]:
    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{module.name}")
    return [one for sub in kind.__subclasses__() for one in (sub, *_screens(sub))]


async def test_help_scrolls_in_a_small_terminal_and_closes_by_any_of_its_keys(
    copy_of: Copies, window_on: Windows
) -> None:
    async with window_on(copy_of(), NARROW) as window:
        await window.press("f1")
        assert "Esc cierra esta ayuda" not in window.text
        await window.press("end")
        assert "Esc cierra esta ayuda" in window.text
        await window.press("escape")
        assert window.screen == "PlanScreen"
        for key in ("q", "question_mark", "f1"):
            await window.press("question_mark", key)
            assert window.screen == "PlanScreen", key


async def test_t_goes_through_the_themes_and_the_next_start_keeps_it(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        for theme in ("light", "contrast", "contrast-dark", "terminal", "dark", "light"):
            await window.press("t")
            assert window.app.theme == f"gealc-{theme}"
        assert window.last == "Tema: claro."
    async with window_on(copy_of()) as window:
        assert window.app.theme == "gealc-light"


async def test_q_ends_with_status_zero(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.press("q")
        assert not window.app.is_running
        assert not window.app.return_code


async def test_narrow_shows_one_pane_and_enter_and_esc_go_between(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), NARROW) as window:
        await window.go_to("2019/3.4.1")
        assert "Estado " not in window.text
        await window.press("enter")
        assert "Estado " in window.text
        assert "3.4.2" not in window.text
        assert window.focus == "fields"
        await window.press("escape")
        assert "3.3.6 Promover" in window.text
        assert (window.cursor, window.focus) == ("2019/3.4.1", "tree")


async def test_resizing_keeps_the_cursor(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), WIDE) as window:
        await window.go_to("2019/3.9.3")
        for size in (NARROW, WIDE, (40, 10), NARROW, WIDE):
            await window.resize(*size)
            assert (window.cursor, window.focus) == ("2019/3.9.3", "tree")
            assert "3.9.3" in window.text, f"out of sight at {size}"


async def test_resizing_inside_the_detail_stays_there(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), NARROW) as window:
        await window.go_to("2019/3.4.1")
        await window.press("enter", "down")
        await window.resize(*WIDE)
        assert window.focus == "fields"
        await window.resize(*NARROW)
        assert window.focus == "fields"
        assert "Estado " in window.text


async def test_in_a_wide_window_made_narrow_the_pane_with_the_focus_is_in_sight(
    copy_of: Copies, window_on: Windows
) -> None:
    async with window_on(copy_of(), WIDE) as window:
        await window.go_to("2019/3.4.1")
        await window.press("tab")
        await window.resize(*NARROW)
        assert "Estado " in window.text


async def test_tab_in_a_narrow_window_does_not_lose_the_person(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), NARROW) as window:
        await window.go_to("2019/3.4.1")
        await window.press("tab")
        assert window.app.focused is not None
        assert window.app.focused.region.area, "the focus is on what cannot be seen"


async def test_a_click_on_an_activity_highlights_it(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.click("3.2.3 Discusión")
        assert window.cursor == "2019/3.2.3"
        assert "3.2.3  Discusión" in window.detail_text


async def test_a_click_on_a_key_of_the_bottom_line_does_it(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    activities.set_status(replica, "2019/3.4.1", Status.DONE)
    async with window_on(replica) as window:
        await window.click_key("deshacer")
        assert replica.read.activity("2019/3.4.1", replica.today).row.status is Status.PENDING
        await window.click_key("intercambio")
        assert window.screen == "ExchangeScreen"
        await window.click_key("volver")
        assert window.screen == "PlanScreen"
        await window.click_key("ayuda")
        assert window.screen == "HelpScreen"


async def test_a_click_on_a_key_of_the_note_does_it(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to("2019/3.4.1")
        await window.press("n", "a")
        await window.click_key("oficial o interna")
        assert "○ Nota interna" in window.text
        await window.click_key("guardar")
        assert [note.text for note in replica.read.activity("2019/3.4.1", replica.today).notes] == ["a"]
