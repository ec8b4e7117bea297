"""The palette, keys that say why they are off, and keys that somebody has changed."""

from __future__ import annotations

from gealc_tui.domain.vocabulary import Status
from gealc_tui.tui import keys
from gealc_tui.tui.palette import Command, matching
from stories.conftest import Copies, Windows
from stories.window import NARROW


def test_commands_are_found_by_words_in_any_order_without_accents_and_by_their_key() -> None:
    every = (
        Command(("a",), "n", "Nota"),
        Command(("b",), "P", "Avance: por área, período, país o financiador"),
        Command(("c",), "h", "Historial", "No hay nada."),
        Command(("d",), "x e", "Intercambio › enviar"),
    )

    def found(text: str) -> list[str]:
        return [one.shown for one in matching(every, text)]

    assert found("") == ["n", "P", "x e", "h"], "what is off stands last"
    assert found("PAIS area") == ["P"]
    assert found("n") == ["n", "P", "x e"], "the key, then the words that hold it"
    assert found("env") == ["x e"]
    assert found("zzz") == []
    assert len(matching(every * 100, "")) == 80


async def test_the_palette_does_what_was_chosen(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica, NARROW) as window:
        await window.go_to("2019/3.4.1")
        await window.press("f8")
        assert window.screen == "PaletteScreen"
        await window.type("cumplida")
        assert "│        3  Estado: cumplida" in window.line_of("Estado: cumplida")
        await window.press("enter")
        assert window.screen == "PlanScreen"
        assert replica.read.activity("2019/3.4.1", replica.today).row.status is Status.DONE
        await window.press("f8")
        await window.type("intercambio recibir")
        await window.press("enter")
        await window.settle()
        assert window.screen == "ReceiveScreen", "through the screen that stands before it"
        await window.press("escape", "f8")
        await window.type("zzz")
        assert "No hay resultados" in window.text
        await window.press("escape")
        assert window.screen == "ExchangeScreen"


async def test_a_key_that_is_off_says_why_and_so_does_the_palette(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    async with window_on(replica) as window:
        assert window.cursor == "2019/3.1"
        for key, why in (
            ("3", "Primero elija una actividad."),
            ("u", "No hay nada que deshacer."),
            ("U", "No hay nada que rehacer."),
            ("d", "No hay diferencias."),
            ("D", "No hay diferencias."),
        ):
            await window.press(key)
            assert window.last == why, key
        assert window.screen == "PlanScreen"
        await window.press("f8")
        await window.type("deshacer")
        assert "No hay nada que deshacer." in window.text
        window.told.clear()
        await window.press("enter")
        assert window.told == ["No hay nada que deshacer."]
        await window.press("x")
        for key in ("I", "S", "V", "b"):
            window.told.clear()
            await window.press(key)
            assert window.told, f"{key} does nothing and says nothing"


async def test_changed_keys_work_and_are_shown(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    (replica.path.parent / "keys.toml").write_text('plan.add_note = "w"\nplan.edit = "n"\n', encoding="utf-8")
    async with window_on(replica) as window:
        await window.go_to("2019/3.4.1")
        assert "w nota  n editar" in window.bottom
        await window.press("e")
        assert window.focus == "tree", "the usual key is free now"
        await window.press("w")
        assert window.screen == "NoteScreen"
        await window.press("escape", "n")
        assert window.focus == "fields"
        await window.press("escape", "question_mark")
        assert window.line_of("  nota").split() == ["w", "nota"]
        await window.press("escape", "O")
        assert "2 teclas cambiadas" in window.text
    keys.use({})


async def test_a_mistake_among_the_keys_is_told_at_the_start(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of()
    (replica.path.parent / "keys.toml").write_text('\nplan.add_note = "ctrl+n"\n', encoding="utf-8")
    async with window_on(replica) as window:
        assert "línea 2" in window.last
        await window.press("n")
        assert window.screen == "NoteScreen"
