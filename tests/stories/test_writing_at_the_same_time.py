"""Somebody else writes to the very thing that is being typed: it is pointed out, and nobody is written over unseen."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from gealc_tui.commands import activities, notes
from gealc_tui.replica import Replica
from gealc_tui.tui.screens import plan
from stories.conftest import Copies, Windows, file_of
from stories.window import NARROW

HERE = "2019/3.4.1"


@pytest.fixture
def noted(copy_of: Copies) -> Replica:
    """Ana's copy, with a note that Eva from Peru knows too."""
    ana, eva = copy_of("Ana"), copy_of("Eva", "PE")
    notes.add_note(ana, f"activity/{HERE}", "antes")
    eva.merge([("ana.json", file_of(ana))], accept=True)
    return ana


def note_of(replica: Replica) -> str:
    return replica.read.activity(HERE, replica.today).notes[0].id


async def test_a_note_that_comes_while_it_is_typed_is_pointed_out(
    noted: Replica, copy_of: Copies, window_on: Windows
) -> None:
    eva = copy_of("Eva", "PE")
    async with window_on(noted, NARROW) as window:
        await window.go_to(HERE)
        await window.press("right", "tab", "tab", "home", "enter")
        await window.press(*" mío")
        notes.edit_note(eva, note_of(eva), "de [Perú]\nen dos líneas")
        copy_of("Ana").merge([("eva.json", file_of(eva))], accept=True)
        await window.until(lambda: "Perú escribió aquí mientras tanto" in window.words)
        assert "«de [Perú] en dos líneas»" in window.words
        assert "queda lo suyo; lo otro sigue en el historial" in window.words
        assert (window.find("#text", TextArea).text, window.focus) == ("antes mío", "text")
        await window.press("x")
        assert noted.draft(f"note/{note_of(noted)}") == "antes míox"
        await window.press("f2")
        assert [note.text for note in noted.read.notes(f"activity/{HERE}")] == ["antes míox"]
        assert noted.read.differing() == ()
        await window.press("u")
        assert [note.text for note in noted.read.notes(f"activity/{HERE}")] == ["de [Perú]\nen dos líneas"]


async def test_nobody_saves_over_what_was_not_on_the_screen_yet(
    noted: Replica, copy_of: Copies, window_on: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "POLL_SECONDS", 60)
    async with window_on(noted) as window:
        await window.go_to(HERE)
        await window.press("right", "tab", "tab", "home", "enter", "x")
        notes.delete_note(copy_of("Ana"), note_of(noted))
        await window.press("f2")
        assert window.screen == "NoteScreen"
        assert "Otra ventana de usted borró esto mientras tanto" in window.words
        assert window.last == "Alguien más escribió esta nota: mire qué, y F2 guarda."
        await window.press("f2")
        assert [note.text for note in noted.read.notes(f"activity/{HERE}")] == ["antesx"], "it can be seen again"
        await window.open_field("place")
        await window.press(*"Quito")
        assert window.find("#field", Input).border_title == "Lugar"
        activities.set_field(copy_of("Ana"), f"activity/{HERE}", "place", "Lima")
        await window.press("enter")
        assert "Otra ventana de usted escribió aquí mientras tanto: «Lima»" in window.words
        assert noted.read.activity(HERE, noted.today).place == "Lima"
        assert window.focus == "field"
        await window.press("enter")
        place = noted.read.activity(HERE, noted.today).place
        assert place is not None
        assert place.endswith("Quito")
        await window.press("enter")
        assert "mientras tanto" not in window.words, "it is said of one edit only"


async def test_a_field_that_comes_while_it_is_typed_is_pointed_out(copy_of: Copies, window_on: Windows) -> None:
    ana, eva = copy_of("Ana"), copy_of("Eva", "PE")
    async with window_on(ana) as window:
        assert window.cursor == "2019/3.1"
        await window.press("right", "left", "tab", "tab")
        window.detail.start()
        await window.press("home", "enter", *"Y")
        typed = window.find("#field", Input).value
        activities.set_field(eva, "area/2019/3.1", "objective", "Otro objetivo")
        copy_of("Ana").merge([("eva.json", file_of(eva))], accept=True)
        await window.until(lambda: "Perú escribió aquí mientras tanto: «Otro objetivo»" in window.words)
        assert (window.find("#field", Input).value, window.focus) == (typed, "field")
        await window.press("enter")
        assert window.find("#field", Input).display is False
        assert ana.read.outline(ana.today, ana.plan).areas[0].objective == typed  # type: ignore[union-attr]
