"""Texts and lists as long as anybody may write: drawn a window at a time, and readable as a whole."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList, Static, TextArea

from gealc_tui.commands import activities, notes
from gealc_tui.domain.limits import LONGEST_TEXT
from gealc_tui.tui.excerpts import ALONE, IN_A_LIST, bounded, excerpt, excerpt_of_parts
from gealc_tui.tui.screens.whole_text import WholeTextScreen
from gealc_tui.tui.widgets.detail import PAGE, Detail

from .conftest import file_of

ACTIVITY = "2019/3.1.1"
HERE = f"activity/{ACTIVITY}"
LINES = "\n".join(f"renglón {n}" for n in range(7_000))
assert len(LINES) < LONGEST_TEXT


def test_a_short_text_is_drawn_whole():
    assert excerpt("dos\nrenglones") == "dos\nrenglones"


@pytest.mark.parametrize("text", ["\n" * 50_000, "x" * 99_000, "palabra " * 12_000, LINES, "a\n" + "x" * 99_000])
@pytest.mark.parametrize("window", [IN_A_LIST, ALONE])
def test_of_a_long_text_as_much_is_drawn_as_fits(text, window):
    drawn = excerpt(text, window)
    *kept, last = drawn.split("\n")
    assert text.startswith("\n".join(kept))
    assert last.startswith("… siguen ")
    assert len(kept) <= window.lines
    assert len("\n".join(kept)) <= window.characters


async def test_a_note_of_many_lines_says_how_many_follow_and_opens_whole(copy_of, window_on):
    ana = copy_of("Ana")
    notes.add_note(ana, HERE, LINES)
    async with window_on(ana) as window:
        await window.go_to(ACTIVITY)
        record = window.app.screen.query_one("#record", OptionList)
        drawn = str(record.get_option_at_index(0).prompt)
        assert "renglón 0\n" in drawn
        assert "… siguen 6940 renglones" in drawn or "… siguen 6.940 renglones" in drawn
        record.focus()
        await window.press("home", "enter")
        assert window.app.screen.query_one(TextArea).text == LINES


async def test_what_a_change_wrote_opens_whole_from_the_history(copy_of, window_on):
    ana = copy_of("Ana")
    notes.add_note(ana, HERE, LINES)
    async with window_on(ana) as window:
        await window.go_to(ACTIVITY)
        await window.press("v")
        window.app.screen.query_one("#record", OptionList).focus()
        await window.press("home", "enter")
        assert isinstance(window.app.screen, WholeTextScreen)
        assert "renglón 6999" in window.app.screen.query_one(TextArea).text
        await window.press("escape")
        assert not isinstance(window.app.screen, WholeTextScreen)


async def test_of_many_notes_the_last_are_drawn_and_enter_brings_the_earlier(copy_of, window_on):
    ana = copy_of("Ana")
    for n in range(PAGE + 20):
        notes.add_note(ana, HERE, f"nota número {n}.")
    async with window_on(ana) as window:
        await window.go_to(ACTIVITY)
        record, detail = window.app.screen.query_one("#record", OptionList), window.app.screen.query_one(Detail)

        def drawn() -> str:
            return "\n".join(str(record.get_option_at_index(n).prompt) for n in range(record.option_count))

        assert "nota número 20." in drawn()
        assert "nota número 19." not in drawn()
        record.focus()
        await window.press("home", "down")
        assert detail.highlighted_note is not None
        assert detail.highlighted_note.text == "nota número 20."
        await window.press("home", "enter")
        assert "nota número 0." in drawn()
        await window.press("home")
        assert detail.highlighted_note is not None
        assert detail.highlighted_note.text == "nota número 0."


async def test_a_difference_deep_in_long_texts_is_in_sight(copy_of, window_on):
    ana, eva = copy_of("Ana"), copy_of("Eva", "PE")
    start, end = LINES[:1_900].rpartition("\n")[0], "fin"
    activities.set_field(ana, HERE, "place", "a " * 400 + "Quito" + " b" * 400)
    activities.set_field(eva, HERE, "place", "a " * 400 + "Lima" + " b" * 400)
    assert start
    assert end
    ana.merge([("eva.json", file_of(eva))], accept=True)
    async with window_on(ana) as window:
        await window.press("d", "D")
        assert "Quito" in window.text
        assert "Lima" in window.text
        await window.press("v")
        text = window.app.screen.query_one(TextArea).text
        assert "Quito" in text
        assert "Lima" in text
        await window.press("escape")
        assert window.app.screen.query_one("#sheet", Static)


def test_of_two_long_texts_what_differs_is_drawn_and_what_is_alike_is_counted():
    from gealc_tui.domain.word_difference import parts

    one, other = parts([LINES.replace("renglón 4500\n", "cuatro mil quinientos\n"), LINES])
    for found, word in ((one, "cuatro"), (other, "4500")):
        drawn = "".join(part.text for part in excerpt_of_parts(found))
        assert word in drawn
        assert "iguales" in drawn
        assert drawn.count("\n") < ALONE.lines
    assert any(part.differs and "cuatro" in part.text for part in excerpt_of_parts(one))


def test_a_list_of_long_texts_has_room_for_so_much_and_then_for_how_each_begins():
    from rich.text import Text

    long = Text("\n".join(["renglón"] * 60))
    drawn = bounded([long] * 100)
    assert len(drawn) == 100
    assert sum(text.plain.count("\n") + 1 for text in drawn) < 1_000
    assert drawn[0] == long
