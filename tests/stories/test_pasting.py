"""Whatever is pasted goes in whole: accents composed, many lines as one where only one has room."""

from __future__ import annotations

from textual.widgets import Input, TextArea

from gealc_tui.tui.pasting import fitted
from stories.conftest import Copies, Windows

HERE = "2019/3.4.1"


def test_many_lines_are_made_one_and_nothing_but_blanks_is_left_out() -> None:
    assert fitted("uno\r\n\n  dos \rtres\u2028cuatro\n", one_line=True) == ("uno dos tres cuatro", 4)
    assert fitted("  una sola \n", one_line=True) == ("una sola", 0)
    assert fitted(" una ", one_line=True) == (" una ", 0)
    assert fitted("\n\n", one_line=True) == ("", 0)
    assert fitted("a\r\nb\rc", one_line=False) == ("a\nb\nc", 0)
    assert fitted("reunio\u0301n", one_line=True).text == fitted("reunio\u0301n", one_line=False).text == "reunión"


async def test_many_lines_go_into_a_field_as_one_and_it_is_said(copy_of: Copies, window_on: Windows) -> None:
    replica = copy_of("Ana")
    async with window_on(replica) as window:
        await window.go_to(HERE)
        await window.press("slash")
        await window.paste("cronograma\ncuestionario\n")
        assert window.find("#search", Input).value == "cronograma cuestionario"
        assert window.last == "Se pegaron 2 líneas como una sola."
        await window.press("escape")
        await window.open_field("place")
        await window.press("home", *["delete"] * 40)
        await window.paste("Ciudad de Me\u0301xico,\nsala 3\r\n\r\n")
        assert window.find("#field", Input).value == "Ciudad de México, sala 3"
        await window.press("enter")
        assert replica.read.activity(HERE, replica.today).place == "Ciudad de México, sala 3"
        await window.press("n")
        told = len(window.told)
        await window.paste("reunio\u0301n\r\nn\u0303andu\u0301")
        assert window.find("#text", TextArea).text == "reunión\nñandú"
        assert len(window.told) == told, "a note has room for lines"
