"""What other copies send, however odd: every screen shows it whole, on the lines that it has, and goes on working.

`test_whatever_people_write` tells of what is typed here. This is what comes in files, cleaned by no command.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len

from gealc_tui.commands import activities
from gealc_tui.plain import drawable
from gealc_tui.replica import Replica
from stories.conftest import Copies, Windows, file_of
from stories.window import NARROW, Window

NAUGHTY = (
    "[/] listo",
    "[x] hecho [CEPAL] Mesa [50%]",
    "[@click=app.quit]salir[/] [bold red]rojo[/bold red]",
    "carpeta C:\\",
    "{0} {name} $text %s",
    "\u202eexe.txt\u202c fin \u2067x\u2069",
    "שלום abc مرحبا",
    "e\u0301\u0302\u0303\u0304 a\u200bb\u200dc\ufeffd",
    "会議は三月に開催されます",
    "👩‍👩‍👧 listo ✔️ 🇺🇾",
    "\x1b[31mrojo\x1b[0m \x1b]0;título\x07\x07\x9b2J fin",
    "uno\ndos\ttres\r\ncuatro",
    "\x00nulo\x08\x7f \x85 fin",
)


@pytest.fixture
def strange(copy_of: Copies) -> Replica:
    """Ana's copy, with a file of Eva's in it, who wrote such things into everything that has room for words."""
    ana, eva = copy_of("Ana"), copy_of("Eva", "PE")
    eva.commit([(f"person/{eva.id}", "name", f"{NAUGHTY[0]}\n{NAUGHTY[10]} Eva {NAUGHTY[3]}")])
    eva.commit([("plan/2019", "title", f"{NAUGHTY[1]}\nplan")])
    rows = eva.read.outline(eva.today, eva.plan).activities  # type: ignore[union-attr]
    for row, text in zip(rows, NAUGHTY, strict=False):
        about = f"activity/{row.id}"
        note = f"note/{row.id.replace('/', '-')}"
        eva.commit([(about, "title", text), (about, "place", text), (about, "resources", text)])
        eva.commit([(note, "about", about), (note, "text", text), (note, "official", True)])
        activities.set_field(ana, about, "place", "Quito")
    eva.commit([(f"activity/{rows[20].id}", "title", "á" * 2_000), ("area/2019/3.1", "title", "[/]\nárea")])
    eva.commit([("area/2019/3.1", "objective", f"{NAUGHTY[2]}\n{NAUGHTY[6]}")])
    ana.merge([("eva.json", file_of(eva))], accept=True)
    return ana


def one_line(text: str) -> str:
    return " ".join(drawable(text).split())


def is_sound(window: Window) -> None:
    """Every line has the width of the window, and holds nothing that a terminal would obey."""
    for line in window.lines:
        assert cell_len(line) == window.app.size.width, repr(line)
        obeyed = [one for one in line if unicodedata.category(one) == "Cc" or one in "\u202a\u202b\u202d\u202e\u2067"]
        assert not obeyed, repr(line)


async def test_the_plan_its_differences_and_its_people_show_them_whole(
    strange: Replica, window_on: Windows, tmp_path: Path
) -> None:
    async with window_on(strange, (200, 50)) as window:
        is_sound(window)
        rows = strange.read.outline(strange.today, strange.plan).activities  # type: ignore[union-attr]
        for row, text in zip(rows, NAUGHTY, strict=False):
            await window.go_to(row.id)
            is_sound(window)
            shown = one_line(text)
            tree = [" ".join(line[:90].split()) for line in window.lines if f"{row.code} " in line[:90]]
            assert any(shown in line for line in tree), "in the tree, on one line"
            assert window.detail_text.count(drawable(text).split()[0]) >= 3, "title, fields and note"
        await window.go_to(rows[20].id)
        assert "ááá" in window.detail_text
        await window.press("v")
        is_sound(window)
        await window.press("D")
        for text in NAUGHTY:
            assert window.screen == "DifferenceScreen"
            is_sound(window)
            assert drawable(text).split()[-1] in window.words, text
            await window.press("d")
        await window.press("escape", "x", "down", "down")
        is_sound(window)
        assert "[/] listo" in window.words
        await window.press("r")
        (tmp_path / "[x] 会議.json").write_bytes(file_of(strange))
        window.find("#path", type(window.app.focused)).value = str(tmp_path / "[x] 会議.json")  # type: ignore[arg-type, union-attr]
        await window.press("enter")
        is_sound(window)
        assert "[x] 会議.json" in window.words
        await window.press("escape", "escape")
        await window.resize(*NARROW)
        for key in ("down", "enter", "v", "escape", "slash"):
            await window.press(key)
            is_sound(window)
        await window.paste("[/] שלום\n会議 \u202e \x1b[31m")
        is_sound(window)
