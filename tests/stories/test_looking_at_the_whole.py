"""Progress, history, settings and backups: the plan as a whole, and this copy."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from gealc_tui.commands import activities, notes
from gealc_tui.domain.history import HistoryFilter
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.tui.screens import history
from stories.conftest import DAY, Clock, Copies, Windows
from stories.window import NARROW


@pytest.fixture
def moved_on(copy_of: Copies) -> Replica:
    """Ana's copy: two of the two activities of 3.8 are completed, one of 3.1, whose lead is Chile."""
    ana = copy_of()
    for code in ("3.8.1", "3.8.2", "3.1.1"):
        activities.set_status(ana, f"2019/{code}", Status.DONE)
    activities.set_field(ana, "activity/2019/3.1.1", "lead", "Chile")
    return ana


# --- progress ------------------------------------------------------------------------------------------------


async def test_progress_counts_by_area_and_leads_to_an_activity(moved_on: Replica, window_on: Windows) -> None:
    async with window_on(moved_on) as window:
        await window.press("P")
        assert window.screen == "ProgressScreen"
        assert "3 de 40 cumplidas (7 %)" in window.text
        assert window.line_of("3.8 Comunicación").split()[0] == "V"
        assert "2/2 100 %" in window.line_of("3.8 Comunicación")
        assert window.line_of("3.2 Datos").split()[0] == "A", "its first half-year ends in twelve days"
        assert "3.1.5 Espacio" in window.text, "the activities of the row pointed at"
        await window.press("end", "up")
        assert "3.8.2" in window.text
        await window.press("enter", "down")
        assert window.focus == "activities"
        await window.press("escape")
        assert window.focus == "groups", "Esc leads back one step"
        await window.press("enter", "down", "enter")
        assert window.screen == "PlanScreen"
        assert window.cursor == "2019/3.8.2"


async def test_the_timeline_tells_when_what_falls_due_and_leads_to_an_activity(
    moved_on: Replica, window_on: Windows
) -> None:
    async with window_on(moved_on, NARROW) as window:
        await window.press("f5")
        assert window.screen == "TimelineScreen"
        assert "40 actividades" in window.text
        assert "ene feb mar" in window.text
        assert "●" in window.line_of("3.1.1 ")
        await window.press("home")
        assert "3.1.1" in window.text
        await window.press("v")
        assert "3 de 40 cumplidas" in window.text
        assert "●3 ○37" in window.text
        await window.press("v", "down", "enter")
        assert window.screen == "PlanScreen"
        assert window.cursor.startswith("2019/3.")


async def test_progress_is_grouped_otherwise_at_a_key_and_remembers_how(moved_on: Replica, window_on: Windows) -> None:
    async with window_on(moved_on, NARROW) as window:
        await window.press("P", "v")
        assert "1/10" in window.line_of("Primer semestre")
        await window.press("v")
        assert "1/1 100 %" in window.line_of("Chile")
        assert window.line_of("Chile").split()[0] == "V"
        await window.press("escape", "P")
        assert "Sin responsable" in window.text
        await window.press("v")
        assert "Sin financiador" in window.text
        assert all(len(line) <= 80 for line in window.lines)


# --- history -------------------------------------------------------------------------------------------------


async def test_the_history_of_everything_is_filtered_and_leads_to_the_activity(
    in_difference: Replica, window_on: Windows
) -> None:
    async with window_on(in_difference) as window:
        await window.press("h")
        first = window.lines[next(n for n, line in enumerate(window.lines) if "Perú" in line)]
        assert "Eva, Perú" in first, "the newest first"
        assert "Ana, Uruguay" in window.text
        assert "3.9.1 Lugar: Virtual. → Montevideo" in window.words
        assert "documento oficial" not in window.text
        await window.press("F")
        assert window.last == "No hay ningún filtro puesto."

        await window.press("w", "down", "enter")
        assert "Sólo: Ana, Uruguay" in window.text
        assert "Eva" not in window.text
        await window.press("H", "down", "enter")
        assert "Sólo: Ana, Uruguay · Estado" in window.text
        assert "Lugar" not in window.text
        assert "Estado: Pendiente → En curso" in window.text
        await window.press("enter")
        assert window.screen == "PlanScreen"
        assert window.cursor == "2019/3.6.1"


async def test_the_history_of_one_area_since_a_day(in_difference: Replica, window_on: Windows) -> None:
    async with window_on(in_difference) as window:
        await window.press("h", "y")
        await window.type("3.9")
        await window.press("enter")
        assert "Sólo: 3.9 " in window.text
        assert "Lugar: Virtual. → Montevideo" in window.text
        assert "3.6.1" not in window.text
        await window.press("y")
        await window.type("nada")
        await window.press("enter")
        assert window.screen == "LineScreen", "what does not exist is said where it was typed"
        assert "nada" in window.text
        await window.press("escape", "F", "Y")
        await window.type("19/06/2019")
        await window.press("enter")
        assert "desde el 19/06/2019" in window.text
        assert "Eva, Perú" in window.text
        assert "Ana, Uruguay" not in window.text
        await window.press("Y", "home", "delete", "delete")
        await window.type("31")
        await window.press("enter")
        assert window.screen == "LineScreen", "31 June does not exist"


async def test_a_long_history_is_read_a_page_at_a_time(
    copy_of: Copies, clock: Clock, window_on: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 4)
    ana = copy_of()
    for number in range(10):
        clock.now += DAY
        notes.add_note(ana, "activity/2019/3.1.1", f"nota {number}")
    assert [len(ana.read.past(HistoryFilter(), skip=skip, most=4)) for skip in (0, 4, 8, 12)] == [4, 4, 2, 0]
    async with window_on(ana) as window:
        await window.press("h")
        assert "nota 9" in window.text
        assert "nota 5" not in window.text
        await window.press("end", "enter")
        assert "nota 5" in window.text
        assert "nota 2" in window.text
        assert "nota 1" not in window.text
        await window.press("end", "enter")
        assert "nota 0" in window.text
        assert "más: Enter" not in window.text


# --- settings --------------------------------------------------------------------------------------------------


async def test_settings_show_how_everything_stands_and_change_it(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of()
    async with window_on(ana) as window:
        await window.press("O")
        assert "oscuro" in window.line_of("Tema")
        assert "Ana · Uruguay · Punto focal" in window.line_of("Quién usa")
        assert "ninguna" in window.line_of("Carpeta compartida")
        assert "las predeterminadas" in window.line_of("Teclas")
        await window.press("down", "enter")
        assert "claro" in window.line_of("Tema")
        assert ana.setting("theme") == "gealc-light"
        await window.press("down", "enter")
        assert window.screen == "WelcomeScreen"
        await window.press("escape", "down", "enter")
        await window.type("ftp://ejemplo.org")
        await window.press("enter")
        assert window.screen == "LineScreen", "an address of another kind is refused where it was typed"
        (ana.path.parent / "comun").mkdir()
        window.find("#line", Input).value = str(ana.path.parent / "comun")
        await window.press("enter")
        assert "comun" in window.line_of("Carpeta compartida")


async def test_backups_are_listed_and_made_at_a_key(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of()
    async with window_on(ana) as window:
        await window.press("O", "end", "up", "up", "enter")
        assert window.screen == "BackupsScreen"
        before = len(ana.backups.listed())
        await window.press("a")
        assert len(ana.backups.listed()) == before + 1
        assert window.last.startswith("Se hizo la copia ")
        assert "a pedido" in window.text
        await window.press("home", "enter")
        assert "gealc restore 1" in window.last
