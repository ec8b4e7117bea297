"""Tables on a terminal: what matters most stays in sight, whatever the width, and no word is broken.

A table that is wider than the window first narrows its elastic column (a title, a name), then leaves out whole
columns, the least important first, and says which. What does not go to a terminal is never cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gealc_tui.cli import output
from gealc_tui.cli.output import Cell, Row, cell_width, cut_at_word, one_line
from gealc_tui.i18n import t

_GAP = "  "


class Column(NamedTuple):
    """How one column of a table behaves."""

    title: str
    minor: int = 0
    """0: always there. Others are left out where room lacks, the greatest number first."""
    is_number: bool = False
    """Its cells stand to the right."""
    is_elastic: bool = False
    """It takes the room that the others leave."""
    least: int = 24
    """Of an elastic one: what it keeps before others are left out for it."""


def say_table(rows: Sequence[Row], columns: Sequence[Column | str]) -> None:
    """Aligned columns under their titles; nothing without rows. A text among the rows is a heading."""
    if not rows:
        return
    layout = [one if isinstance(one, Column) else Column(one) for one in columns]
    titled = any(one.title for one in layout)
    heads: list[Row] = [[Cell(one.title, "1") for one in layout]] if titled else []
    table = [row if isinstance(row, str) else [_drawn(cell) for cell in row] for row in (*heads, *rows)]
    widths = [
        max((cell_width(row[place].text) for row in table if not isinstance(row, str)), default=0)
        for place in range(len(layout))
    ]
    room = output.width()
    shown = list(range(len(layout))) if room is None else _fit(layout, widths, room)
    coloured = output.is_coloured()
    for row in table:
        if isinstance(row, str):
            output.write(output.painted(Cell(output.fitted(one_line(row)), "1"), coloured) + "\n")
        else:
            cells = [(row[place], widths[place], layout[place].is_number) for place in shown]
            output.write(_row_text(cells, room, coloured) + "\n")
    left_out = [one.title for place, one in enumerate(layout) if place not in shown and one.title]
    if left_out:
        output.say(t("Sin lugar para: {columns}. En una ventana más ancha, o con --json.", columns=", ".join(left_out)))


def _fit(layout: Sequence[Column], widths: list[int], room: int) -> list[int]:
    """Which columns are shown, by their places; `widths` is narrowed in place."""
    shown = list(range(len(layout)))
    while True:
        elastic = [place for place in shown if layout[place].is_elastic]
        fixed = sum(widths[place] for place in shown if place not in elastic) + len(_GAP) * (len(shown) - 1)
        needed = sum(min(widths[place], layout[place].least) for place in elastic)
        minor = [place for place in shown if layout[place].minor]
        if fixed + needed <= room or not minor:
            break
        # Of equals, the one further to the right.
        shown.remove(max(minor, key=lambda place: (layout[place].minor, place)))
    for place in elastic:
        rest = sum(min(widths[other], layout[other].least) for other in elastic if other > place)
        widths[place] = max(min(widths[place], room - fixed - rest), 1)
        fixed += widths[place]
    return shown


def _drawn(cell: Cell | str) -> Cell:
    return Cell(one_line(cell)) if isinstance(cell, str) else Cell(one_line(cell.text), cell.colour)


def _row_text(cells: Iterable[tuple[Cell, int, bool]], room: int | None, coloured: bool) -> str:
    parts: list[str] = []
    left = room
    for cell, width, is_number in cells:
        if left is not None and parts:
            left -= len(_GAP)
        if left is not None and left <= 0:
            break
        fit = width if left is None else min(width, left)
        text = cell.text if left is None else cut_at_word(cell.text, fit)
        blanks = " " * (fit - cell_width(text))
        drawn = output.painted(Cell(text, cell.colour), coloured)
        parts.append(blanks + drawn if is_number else drawn + blanks)
        if left is not None:
            left -= fit
    return _GAP.join(parts).rstrip()
