"""At a meeting: what is typed is kept and understood, what others write appears, the end leads back to what lacks."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList, Static

from gealc_tui.commands import activities, meetings, notes
from gealc_tui.domain.vocabulary import ItemKind, Status
from gealc_tui.replica import Replica
from gealc_tui.tui.screens import meeting as screen
from stories.conftest import DAY, Clock, Copies, Windows
from stories.test_a_meeting import heard, here, typed, write
from stories.window import NARROW

FIRST, SECOND = "2019/3.5.1", "2019/3.5.2"


@pytest.fixture(autouse=True)
def _notices_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "POLL_SECONDS", 0.05)


@pytest.fixture
def replica(copy_of: Copies) -> Replica:
    """Ana's copy, with a meeting of the group of area 3.5 going on, in the printed order."""
    replica = copy_of("Ana")
    meetings.begin(replica, body="working_group", area="2019/3.5", countries=["CL", "UY"], order="area")
    return replica


def held(replica: Replica) -> str:
    """The id of the meeting."""
    return meetings.meetings(replica)[0].id


async def test_a_fault_is_shown_as_it_is_typed_and_nothing_of_it_is_lost(replica: Replica, window_on: Windows) -> None:
    async with window_on(replica, NARROW) as window:
        await window.press("m", "a")
        assert heard(window).startswith("Decisión.")
        await window.paste("[/] Enviar [CEPAL] \\ @cl 31/06 y @xx")
        assert heard(window) == "No existe la fecha «31/06».\nNo se conoce ningún país «@xx»."
        await window.press("enter")
        assert "31/06" in window.last
        assert typed(window) == "[/] Enviar [CEPAL] \\ @cl 31/06 y @xx"
        assert meetings.items(replica, held(replica)) == ()
        await window.press("escape", "j", "k", "a")
        assert typed(window) == "[/] Enviar [CEPAL] \\ @cl 31/06 y @xx"
        await window.press("escape", "n")
        assert typed(window) == "", "what was begun as an agreement is no note"
        await window.press("escape", "a", *["backspace"] * 11)
        await write(window, "30/06")
        assert heard(window) == "Compromiso de Chile, domingo 30 de junio de 2019"
        await window.press("enter")
        assert "[/] Enviar [CEPAL] \\" in window.words
        await window.press("v")
        assert "[/] Enviar [CEPAL] \\" in window.words, "on the side too"


async def test_what_another_process_writes_appears_and_takes_neither_focus_nor_words(
    replica: Replica, copy_of: Copies, window_on: Windows
) -> None:
    beside = copy_of("Ana")
    async with window_on(replica, NARROW) as window:
        await window.press("m", "n", "a", "b")
        activities.set_status(beside, FIRST, Status.ON_HOLD)
        await window.until(lambda: "■ Suspendida" in window.text)
        assert (typed(window), window.focus) == ("ab", "line")
        assert window.last == "3.5.1: cambió desde otra ventana o con un archivo recibido."
        await window.press("c", "enter")
        assert [note.text for note in replica.read.activity(FIRST, replica.today).notes] == ["abc"]


async def test_nobody_saves_over_words_that_were_not_on_their_screen(
    replica: Replica, copy_of: Copies, window_on: Windows
) -> None:
    beside = copy_of("Ana")
    async with window_on(replica, NARROW) as window:
        await window.press("m", "l")
        activities.set_field(beside, f"activity/{FIRST}", "lead", "pe")
        await window.press("c", "l", "enter")
        assert "mientras tanto: «Perú»" in window.last
        assert typed(window) == "cl"
        assert replica.read.activity(FIRST, replica.today).row.lead == "PE"
        await window.press("enter")
        assert replica.read.activity(FIRST, replica.today).row.lead == "CL", "who has seen it may go on"


async def test_keys_are_letters_while_somebody_types(replica: Replica, window_on: Windows) -> None:
    before = replica.fingerprint()
    async with window_on(replica, NARROW) as window:
        await window.press("m", "n")
        await write(window, "123jkJKnasrdegpuUvcFA")
        assert typed(window) == "123jkJKnasrdegpuUvcFA"
        assert window.screen == "MeetingScreen"
        await window.press("escape")
    assert replica.fingerprint() == before


async def test_the_order_is_changed_and_undone_and_undo_shows_what_it_undid(
    replica: Replica, window_on: Windows
) -> None:
    async with window_on(replica) as window:
        await window.press("m")
        assert here(window) == FIRST
        await window.press("J")
        assert window.last == "3.5.1: lugar 2 del orden del día · u deshace"
        assert "2 de 7" in window.top
        await window.press("k")
        assert here(window) == SECOND
        await window.press("3", "j")
        assert here(window) == FIRST
        await window.press("u")
        assert here(window) == SECOND, "the eye goes to what was undone"
        assert replica.read.activity(SECOND, replica.today).row.status is Status.PENDING
        await window.press("U")
        assert replica.read.activity(SECOND, replica.today).row.status is Status.DONE
        await window.press("u", "u", "u")
        assert window.screen == "PlanScreen"
        assert window.last == "Se deshizo el comienzo de la reunión. U la vuelve a abrir."
        await window.press("U", "m")
        assert window.screen == "MeetingScreen"


async def test_agreements_of_all_kinds_and_what_was_written_wrong(replica: Replica, window_on: Windows) -> None:
    id = held(replica)
    async with window_on(replica, NARROW) as window:
        await window.press("m", "e")
        assert window.last.startswith("En esta reunión todavía no se escribió nada")
        await window.press("N")
        await window.paste("del informe")
        await window.press("enter", "G")
        await window.paste("Reunirse cada dos meses")
        await window.press("enter", "a")
        await window.paste("Enviar @oea 15/08")
        assert heard(window) == "Compromiso de OEA, jueves 15 de agosto de 2019"
        await window.press("enter")
        kinds = [(item.kind, item.about) for item in meetings.items(replica, id)]
        assert kinds == [(ItemKind.NOTED, FIRST), (ItemKind.DECISION, None), (ItemKind.COMMITMENT, FIRST)]
        # Two things were written here: one is chosen, and changed as it was typed.
        await window.press("e")
        assert window.find("#choices", OptionList).option_count == 2
        await window.press("enter")
        assert typed(window) == "Enviar @oas 2019-08-15"
        await window.press("backspace", "6", "enter")
        assert meetings.items(replica, id)[2].due == "2019-08-16"
        await window.press("W")
        assert typed(window) == "cl uy"
        await write(window, " ec zz")
        assert heard(window) == "3 países: Chile, Uruguay, Ecuador\nNo se entiende: «zz»"
        await window.press("backspace", "backspace", "enter")
        assert "presentes: CL UY EC" in window.text
        await window.press("E")
        await window.paste("https://ejemplo.org/informe.pdf")
        await window.press("enter")
        assert "● https://ejemplo.org/informe.pdf" in window.text


async def test_an_internal_note_is_not_for_all_eyes(replica: Replica, window_on: Windows) -> None:
    notes.add_note(replica, f"activity/{FIRST}", "A la vista")
    notes.add_note(replica, f"activity/{FIRST}", "Nadie contesta", official=False)
    async with window_on(replica) as window:
        await window.press("m")
        assert "A la vista" in window.text
        assert "1 nota interna, que aquí no se muestra" in window.text
        assert "nota interna" in window.text
        assert "Nadie contesta" not in window.text


async def test_a_long_title_is_whole_in_a_narrow_window(replica: Replica, window_on: Windows) -> None:
    title = " ".join(f"palabra{number}" for number in range(30))
    activities.set_field(replica, f"activity/{FIRST}", "title", title)
    async with window_on(replica, NARROW) as window:
        await window.press("m")
        assert title in window.words
        await window.press("a")
        assert title in window.words, "the line takes no room from it"


async def test_closing_takes_another_key_and_leads_back_to_what_lacks(
    replica: Replica, window_on: Windows, clock: Clock
) -> None:
    id = held(replica)
    activities.set_status(replica, SECOND, Status.DONE)
    async with window_on(replica, NARROW) as window:
        await window.press("m", "C", "C")
        assert window.screen == "ClosingScreen"
        assert meetings.reading(replica, id).is_open, "C leads there, and does not close"
        assert "1 cosa por revisar:" in window.text
        await window.press("enter")
        assert (window.screen, here(window)) == ("MeetingScreen", SECOND)
        await window.press("C", "m")
        await write(window, "31/06")
        assert "31/06" in str(window.find("#next", Static).visual)
        await window.press(*["backspace"] * 5)
        await write(window, "19/06")
        await window.press("f2", "f2")
        await window.until(lambda: "Listo." in window.text)
        assert not meetings.reading(replica, id).is_open
        await window.press("e")
        assert meetings.reading(replica, id).is_open
        assert window.screen == "MeetingScreen"
        await window.press("C", "f2")
        await window.until(lambda: "Listo." in window.text)
        await window.press("escape")
        assert window.screen == "PlanScreen"

        # The next day the one that was fixed is offered first.
        clock.now += DAY
        await window.press("m")
        assert window.find("#bodies", OptionList).highlighted == 0
        assert window.find("#day", Input).value == "19/06/2019"
        await window.press("enter")
        await write(window, "cl")
        await window.press("f2")
        assert window.screen == "MeetingScreen"
        now = meetings.current(replica)
        assert now is not None
        assert (now.day, now.countries) == ("2019-06-19", ("CL",))


async def test_the_form_keeps_what_is_typed_and_refuses_what_it_does_not_understand(
    copy_of: Copies, window_on: Windows
) -> None:
    replica = copy_of("Ana")
    async with window_on(replica, NARROW) as window:
        await window.press("m", "enter")
        await write(window, "cl zz")
        await window.press("f2")
        assert "No se entiende: «zz»" in str(window.find("#fault", Static).visual)
        assert meetings.meetings(replica) == ()
        await window.press("f4")
        assert "Todavía no se cerró ninguna." in window.text
        await window.press("escape", "escape", "m", "enter")
        assert window.find("#countries", Input).value == "cl zz"
        await window.press("backspace", "backspace", "f2")
        assert window.screen == "MeetingScreen"
        await window.press("escape")
        assert window.last == "La reunión sigue abierta: m vuelve a ella."
        assert window.screen == "PlanScreen"
    async with window_on(copy_of("Ana"), NARROW) as window:
        assert window.screen == "PlanScreen", "who left it on purpose is not led back"


async def test_another_language_at_a_key_takes_neither_words_nor_place(replica: Replica, window_on: Windows) -> None:
    async with window_on(replica, NARROW) as window:
        await window.press("m", "j", "a")
        await write(window, "Enviar @cl 15 de agosto")
        assert heard(window) == "Compromiso de Chile, jueves 15 de agosto de 2019"
        await window.press("f9")
        assert (typed(window), here(window), window.focus) == ("Enviar @cl 15 de agosto", SECOND, "line")
        assert "15 August 2019" in heard(window)
        await window.press("enter", "C", "L")
        assert window.screen == "ClosingScreen"
        assert "15 de agosto de 2019" in str(window.find("#minutes", Static).visual)
        await window.press("L", "L")
        assert "15 de agosto de 2019" in str(window.find("#minutes", Static).visual)


async def test_a_key_that_cannot_be_used_says_why(replica: Replica, window_on: Windows) -> None:
    async with window_on(replica, NARROW) as window:
        await window.press("m", "U")
        assert window.last == "No hay nada que rehacer."
        await window.press("e")
        assert window.last == "En esta reunión todavía no se escribió nada sobre esta actividad."
        await window.press("f1")
        assert "Una reunión: una actividad por vez" in window.words
        await window.press("escape", "f8")
        await write(window, "acuerdo")
        await window.press("enter")
        assert (window.screen, window.focus) == ("MeetingScreen", "line"), "the palette does it too"
