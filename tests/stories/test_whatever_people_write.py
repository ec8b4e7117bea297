"""What people write is shown whole and never obeyed: not as markup, not by the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from rich.console import Console
from textual.widgets import DataTable, OptionList, Static, TextArea

from gealc_tui.commands import activities, notes
from gealc_tui.domain.vocabulary import Status
from gealc_tui.plain import drawable
from stories.conftest import Copies, Windows, file_of
from stories.window import NARROW, Window

HERE = "2019/3.4.1"

WRITTEN = {
    "an end of markup": "[/] listo",
    "a box that is ticked": "[x] hecho",
    "a group in brackets": "[CEPAL] Mesa [50%]",
    "a link of markup": "[@click=app.quit]salir[/] [bold red]rojo[/bold red] [link=file:///x]y[/link]",
    "a backslash at the end": "carpeta C:\\",
    "a brace": "{0} {name} $text %s",
    "right to left": "שלום abc مرحبا",
    "combining accents": "reunio\u0301n n\u0303andu\u0301",
    "nothing wide": "a\u200bb\u200dc\ufeffd",
    "double width": "会議は三月に開催されます",
    "emoji": "👩‍👩‍👧 listo ✔️",
    "an override": "archivo\u202etxt.exe\u202c fin",
}

HOSTILE = "\x1b[31mrojo\x1b[0m\x1b]0;título\x07\x07\x9b2J fin"
"""Nobody writes control characters here; only a file made by another program holds them."""


def shown_in(options: OptionList) -> str:
    """What the lines of a list hold when they are drawn without a border to their right."""
    console = Console(width=20_000, color_system=None)
    lines = []
    for option in options.options:
        with console.capture() as capture:
            console.print(option.prompt)
        lines += [line.rstrip() for line in capture.get().splitlines()]
    return "\n".join(lines)


def record(window: Window) -> str:
    return shown_in(window.detail.query_one("#record", OptionList))


def fields(window: Window) -> str:
    return shown_in(window.detail.query_one("#fields", OptionList))


def stored(text: str) -> str:
    """As it is stored and drawn: accents composed, nothing that a terminal obeys, nothing that nobody sees."""
    if text == WRITTEN["nothing wide"]:
        return "abcd"
    return drawable(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("kind", WRITTEN)
async def test_it_is_shown_whole_wherever_it_stands(copy_of: Copies, window_on: Windows, kind: str) -> None:
    text = WRITTEN[kind]
    ana = copy_of("Ana")
    for field in ("title", "participants", "place", "resources", "funder"):
        activities.set_field(ana, f"activity/{HERE}", field, f"{text} {field}")
    activities.set_field(ana, f"product/{HERE}/1", "text", f"{text} product")
    async with window_on(ana) as window:
        await window.go_to(HERE)
        await window.press("n")
        await window.paste(text)
        assert window.find("#text", TextArea).text == unicodedata.normalize("NFC", text)
        await window.press("f2")
        words = stored(text)
        assert words in record(window)
        for field in ("participants", "place", "resources", "funder", "product"):
            assert f"{words} {field}" in fields(window), field
        assert f"{words} title" in str(window.detail.query_one("#title").render())
        assert words.split()[0] in window.last
        await window.press("v", "v", "v", "e", "home", "down", "down", "enter", "escape", "escape")
        await window.press("u", "U", "n", "escape", "slash")
        await window.paste(text)
        await window.press("escape")
        await window.resize(*NARROW)
        await window.press("enter", "escape", "t")


@pytest.mark.parametrize("kind", WRITTEN)
async def test_it_is_shown_whole_as_the_name_of_a_person(copy_of: Copies, window_on: Windows, kind: str) -> None:
    name = WRITTEN[kind]
    eva, ana = copy_of(name, "PE", folder="eva"), copy_of("Ana")
    activities.set_status(eva, HERE, Status.DONE, note="[/] de ella")
    activities.set_status(ana, HERE, Status.CANCELLED)
    path = ana.path.parent / "eva.json"
    path.write_bytes(file_of(eva))
    async with window_on(ana) as window:
        await window.press("x", "r")
        await window.paste(str(path))
        words = stored(name)
        await window.press("enter")
        await window.until(lambda: f"{words}, Perú: " in shown_text(window))
        await window.press("f3")
        await window.press("escape")
        table = window.find("#people", DataTable)

        def names() -> str:
            return "\n".join(str(table.get_row_at(row)[0]) for row in range(table.row_count))

        await window.until(lambda: words[:20] in names())
        await window.press("escape")
        await window.go_to(HERE)
        assert f"{words}, Perú, " in fields(window)
        assert f"{words}, Perú · oficial" in record(window)
        assert "[/] de ella" in record(window)
        await window.press("v")
        assert f"{words}, Perú" in record(window)


def shown_text(window: Window) -> str:
    console = Console(width=20_000, color_system=None)
    with console.capture() as capture:
        console.print(window.find("#report", Static).content)
    return capture.get()


async def test_ten_thousand_characters_are_kept_and_shown(copy_of: Copies, window_on: Windows) -> None:
    text = " ".join(f"palabra{number}" for number in range(900)) + " " + "á" * 500
    assert len(text) > 10_000
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await window.go_to(HERE)
        await window.press("n")
        await window.paste(text)
        await window.press("f2")
        assert text in record(window)
        assert len(window.last) < 200
        await window.resize(*NARROW)
        await window.press("enter", "tab", "tab", "home", "end")


async def test_what_a_terminal_would_obey_never_reaches_it(copy_of: Copies, window_on: Windows) -> None:
    eva, ana = copy_of("Eva", "PE"), copy_of("Ana")
    # Past the commands, which refuse it: as a copy of another make would.
    about = f"activity/{HERE}"
    eva.commit([("note/x", "about", about), ("note/x", "text", HOSTILE), ("note/x", "official", True)])
    eva.commit([(about, "title", f"{HOSTILE} título"), (about, "place", HOSTILE)])
    eva.commit([(f"person/{eva.id}", "name", f"{HOSTILE} nombre")])
    ana.merge([("eva.json", file_of(eva))], accept=True)
    async with window_on(ana) as window:
        await window.go_to(HERE)
        for keys in ((), ("v",), ("x",), ("escape", "n"), ("escape", "p")):
            await window.press(*keys)
            for line in window.lines:
                assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in line)
        await window.press("escape", "v", "v")
        assert "rojo fin" in record(window)
        assert "rojo fin" in fields(window)
        assert "rojo fin título" in window.detail_text


async def test_a_control_character_that_is_pasted_is_refused_in_a_sentence(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of("Ana")
    async with window_on(ana) as window:
        await window.go_to(HERE)
        await window.press("n")
        await window.paste("antes\x07después")
        await window.press("f2")
        assert "no se puede escribir (es de control)" in window.last
        assert window.screen == "NoteScreen"
        assert "después" in window.find("#text", TextArea).text


async def test_the_title_of_an_area_and_its_objective_are_text(copy_of: Copies, window_on: Windows) -> None:
    ana = copy_of("Ana")
    activities.set_field(ana, "area/2019/3.1", "title", "[/] Área [x]")
    activities.set_field(ana, "area/2019/3.1", "objective", "[bold]todo[/bold] \\")
    notes.add_note(ana, "area/2019/3.1", "[CEPAL]")
    async with window_on(ana) as window:
        assert "3.1 [/] Área [x]" in window.text
        assert "[bold]todo[/bold] \\" in window.detail_text
        assert "[CEPAL]" in window.detail_text


async def test_a_sentence_that_quotes_is_text(copy_of: Copies, window_on: Windows) -> None:
    async with window_on(copy_of("Ana")) as window:
        await window.go_to(HERE)
        await window.open_field("period")
        await window.paste("[/][x]\\")
        await window.press("enter")
        assert "[/][x]" in window.words
