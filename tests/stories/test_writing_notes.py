"""A note in two keys: several lines, kept while they are typed, changed, taken out of sight and brought back."""

from __future__ import annotations

from textual.widgets import TextArea

from gealc_tui.commands import notes
from gealc_tui.domain.readings import NoteReading
from gealc_tui.replica import Replica
from stories.conftest import Copies, Windows
from stories.window import NARROW

HERE = "2019/3.4.1"


def notes_on(replica: Replica, id: str = HERE) -> tuple[NoteReading, ...]:
    return replica.read.activity(id, replica.today).notes


async def test_a_note_of_several_lines_is_written_and_saved(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana")
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("n")
        assert "3.4.1  Cronograma" in window.text
        await window.type("uno")
        await window.press("enter")
        await window.type("dos")
        await window.press("f2")
        assert [(note.text, note.official) for note in notes_on(copy_of("Ana"))] == [("uno\ndos", True)]
        assert "Ana, Uruguay · oficial" in window.text
        assert "uno" in window.text
        assert "dos" in window.text
        assert "+1" in window.line_of("3.4.1 Cronograma")
        assert (window.cursor, window.focus) == (HERE, "tree")
        assert window.last == "3.4.1 · Nota: uno dos · u deshace"


async def test_f3_makes_the_note_internal_and_official_again(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica, NARROW) as window:
        await window.go_to(HERE)
        await window.press("n")
        assert "● Nota oficial" in window.text
        await window.press("x", "f3")
        assert "○ Nota interna" in window.text
        await window.press("f3")
        assert "● Nota oficial" in window.text
        await window.press("f3", "f2")
        assert [note.official for note in notes_on(replica)] == [False]


async def test_a_note_on_an_area(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        assert window.cursor == "2019/3.1"
        await window.press("n", "o", "k", "f2")
        assert [note.text for note in replica.read.notes("area/2019/3.1")] == ["ok"]
        assert "ok" in window.text


async def test_esc_leaves_the_note_and_its_draft_comes_back(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("n", *"a", "enter", *"b", "escape")
        assert window.screen == "PlanScreen"
        assert notes_on(replica) == ()
        await window.press("n")
        assert window.find("#text", TextArea).text == "a\nb"
        await window.press("c", "escape", "down", "n")
        assert window.find("#text", TextArea).text == ""
    async with window_on(copy_of()) as window:
        await window.go_to(HERE)
        await window.press("n")
        assert window.find("#text", TextArea).text == "a\nbc"
        await window.press("f2")
        await window.press("n")
        assert window.find("#text", TextArea).text == "", "a note that was saved leaves no draft"


async def test_every_letter_is_on_the_disk_before_the_next(copy_of: Copies, window_on: Windows) -> None:
    beside = copy_of("Ana")
    async with window_on(copy_of("Ana")) as window:
        await window.go_to(HERE)
        await window.press("n")
        for typed in ("s", "si", "sin"):
            await window.press(typed[-1])
            assert beside.draft(f"activity/{HERE}") == typed


async def test_an_empty_note_is_refused_in_a_sentence_and_stays_open(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("n", "f2")
        assert window.screen == "NoteScreen"
        assert window.last == "El texto está vacío."
        assert notes_on(replica) == ()


async def test_keys_of_the_plan_are_letters_in_a_note(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    before = replica.fingerprint()
    async with window_on(replica) as window:
        await window.go_to(HERE)
        typed = "123neduvoxpqtU?/jk"
        await window.press("n", *typed)
        assert window.screen == "NoteScreen"
        assert window.find("#text", TextArea).text == typed
        assert replica.fingerprint() == before


async def test_a_paste_of_many_lines_is_taken_whole(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    pasted = "\n".join(f"línea {number}" for number in range(50))
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("n")
        await window.paste(pasted)
        assert copy_of().draft(f"activity/{HERE}") == pasted
        await window.press("f2")
        assert notes_on(replica)[0].text == pasted


async def test_a_note_is_written_anew(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    notes.add_note(replica, f"activity/{HERE}", "antes", official=False)
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("right", "tab", "tab", "home", "enter")
        assert window.screen == "NoteScreen"
        assert window.find("#text", TextArea).text == "antes"
        assert "○ Nota interna" in window.text
        await window.press("X", "f3", "f2")
        assert [(note.text, note.official) for note in notes_on(replica)] == [("antesX", True)]
        await window.press("u")
        assert [(note.text, note.official) for note in notes_on(replica)] == [("antes", False)]


async def test_supr_takes_a_note_out_of_sight_and_u_brings_it_back(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    notes.add_note(replica, f"activity/{HERE}", "queda")
    notes.add_note(replica, f"activity/{HERE}", "sobra")
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("right", "tab", "tab", "home", "down", "delete")
        assert [note.text for note in notes_on(replica)] == ["queda"]
        assert "sobra" not in window.detail_text
        assert "nota borrada" in window.last
        assert "u deshace" in window.last
        await window.press("u")
        assert [note.text for note in notes_on(replica)] == ["queda", "sobra"]
        assert "sobra" in window.detail_text
        assert "nota restablecida" in window.last


async def test_supr_without_a_note_before_one_says_so(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    notes.add_note(replica, f"activity/{HERE}", "queda")
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("delete")
        assert window.last == "Primero señale una nota: v muestra las notas, y Tab lleva a ellas."
        assert len(notes_on(replica)) == 1
