"""Few of many: filters that say what they hold back, marks that change several at once, a jump to a code."""

from __future__ import annotations

from gealc_tui.commands import activities, notes
from gealc_tui.domain.filters import Filter
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.tui import finding
from gealc_tui.tui.widgets.lines import FilterLine
from stories.conftest import Copies, Windows
from stories.window import NARROW, Window


def status_of(replica: Replica, id: str) -> Status:
    return replica.read.activity(id, replica.today).row.status


def shown(window: Window) -> list[str]:
    """The ids of the activities that stand in the tree."""
    return [row.id for rows in window.tree.view.rows.values() for row in rows]


async def test_a_filter_says_what_it_holds_back_stays_until_f_and_outlives_a_restart(
    copy_of: Copies, window_on: Windows
) -> None:
    replica = copy_of()
    activities.set_status(replica, "2019/3.5.2", Status.IN_PROGRESS)
    activities.set_status(replica, "2019/3.1.2", Status.IN_PROGRESS)
    activities.set_field(replica, "activity/2019/3.5.2", "lead", "CL")
    async with window_on(replica) as window:
        assert window.find("#sieve", FilterLine).display is False
        await window.press("f", "down", "space")
        assert "Filtrar: 2 actividades" in window.text
        await window.press("right", "down", "down", "down", "down", "space", "enter")
        assert "Filtro: en curso · Chile — 1 de 40 · F lo quita" in window.text
        assert shown(window) == ["2019/3.5.2"]
        assert "1 de 7" in window.line_of("3.5 Innovación")
        # What was changed stays in sight until the filter is set again: a key pressed twice does not hit the next one.
        await window.press("down", "3")
        assert (window.cursor, status_of(replica, "2019/3.5.2")) == ("2019/3.5.2", Status.DONE)
        assert shown(window) == ["2019/3.5.2"]
        await window.press("u")
    async with window_on(copy_of()) as window:
        assert "Filtro: en curso · Chile — 1 de 40" in window.text
        await window.press("F")
        assert "Filtro" not in window.text
        assert len(shown(window)) == 40
        assert window.cursor == "2019/3.5.2"
        await window.press("F")
        assert window.last == "No hay ningún filtro. Con f se elige uno."


async def test_a_filter_by_day_and_one_that_leaves_nothing(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    notes.add_note(replica, "activity/2019/3.7.2", "Algo")
    async with window_on(replica, NARROW) as window:
        await window.press("f", "end", "space", *"31/2/2019", "enter")
        assert "«31/2/2019» no es válido para Cambiadas desde" in window.last
        await window.press(*["backspace"] * 9, *"18/06/2019", "enter", "f2")
        assert "cambiadas desde el 18/06/2019 — 1 de 40" in window.text
        await window.press("f", "F", "home", "down", "down", "down", "down", "space", "f2")
        assert "Filtro: suspendidas — 0 de 40" in window.text or "canceladas — 0 de 40" in window.text
        assert window.last == "El filtro no deja ninguna actividad. F lo quita."
        assert window.detail.heading.strip() == "No hay resultados.", "no card of before"
        await window.press("3")
        assert window.last == "Primero elija una actividad."
        await window.press("F")
        assert window.cursor is not None


async def test_marked_activities_change_at_once_and_come_back_at_once(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to("2019/3.1.1")
        await window.press("space", "space", "down", "space")
        assert "3 marcadas · Esc las desmarca" in window.text
        assert "√3.1.1" in window.text
        assert "√3.1.3" not in window.text
        await window.press("3")
        assert window.last == "3 actividades · Estado: Cumplida · u deshace"
        three = ("2019/3.1.1", "2019/3.1.2", "2019/3.1.4")
        assert [status_of(replica, id) for id in three] == [Status.DONE] * 3
        assert "3/5" in window.line_of("3.1 Servicios")
        await window.press("u")
        assert window.last == "Deshecho: 3 actividades · Estado: Pendiente · U rehace"
        assert [status_of(replica, id) for id in three] == [Status.PENDING] * 3
        await window.press("e", "enter", *"chil", "enter")
        assert "«chil» no es válido para Responsable" in window.last
        await window.press("e", "enter")
        assert window.last == "3 actividades · Responsable: Chile · u deshace"
        await window.press("escape")
        assert "marcadas" not in window.text
        await window.press("2")
        assert status_of(replica, "2019/3.1.1") is Status.PENDING


async def test_g_goes_to_a_code_and_lets_choose_where_it_stands_twice(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of(), NARROW) as window:
        await window.press("g", *"3.5.5")
        assert window.text.count("○ 3.5.5 ") == 2
        await window.press("down", "enter")
        assert window.cursor == "2019/3.5.5-2"
        assert window.focus == "tree"
        await window.press("g", *"99")
        assert "Ninguna actividad tiene un código que empiece así." in window.text
        await window.press("enter", "escape")
        assert window.cursor == "2019/3.5.5-2"


async def test_a_search_tells_what_was_found_and_an_area_that_is_found_opens(
    copy_of: Copies, window_on: Windows
) -> None:
    replica = copy_of()
    notes.add_note(replica, "activity/2019/3.7.2", "Habló con Asunción [/] sobre 3.9")
    async with window_on(replica) as window:
        await window.press("o", "slash", *"ASUNCION")
        assert "3.7.2 · Nota: «Habló con Asunción [/] sobre 3.9»" in window.text
        assert "1 encontrada" in window.text
        await window.press(*["backspace"] * 8, *"tecnologias", "enter")
        assert window.cursor == "2019/3.6"
        await window.press("enter")
        assert window.cursor == "2019/3.6"
        assert "3.6.1 Relevamiento" in window.text
        assert "3.7.2" not in window.text


async def test_areas_that_were_closed_are_closed_at_the_next_start(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of()) as window:
        await window.go_to("2019/3.2")
        await window.press("left")
        assert "► 3.2" in window.text
    async with window_on(copy_of()) as window:
        assert "► 3.2" in window.text
        assert "▼ 3.1" in window.text
        assert window.cursor == "2019/3.2"
        # What is gone to is shown, whatever was closed.
        await window.press("g", *"3.2.3", "enter")
        assert window.cursor == "2019/3.2.3"


def test_a_large_plan_shows_its_areas_and_holds_only_some_open(copy_of: Copies, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    replica = copy_of()
    monkeypatch.setattr(finding, "OPENED_AT_ONCE", 10)
    sight = finding.Sight(replica)
    view = sight.read()
    assert len(view.areas) == 9
    assert view.rows == {}
    assert sight.show("2019/3.6.3")
    assert list(sight.read().rows) == ["2019/3.6"]
    monkeypatch.setattr(finding, "HELD_OPEN", 12)
    sight.open_only({area.id for area in view.areas})
    assert sum(map(len, sight.read().rows.values())) <= 12
    sight.ask(Filter(statuses=(Status.PENDING,)))
    opened = sight.read()
    assert sum(opened.matched.values()) == 40 if opened.matched else False
    assert 0 < sum(map(len, opened.rows.values())) <= 12
