"""Charts as lines of text, for a terminal, a mail, a screen reader: marks, and the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from rich.cells import cell_len, set_cell_size

from gealc_tui.reports.document import Bars, Gantt, Lane

_FULL, _REST = "█▓", "░"
"""What the parts of a bar are filled with, and the last one, which is what is left: apart without colour."""

DUE, LATE, SPAN, EMPTY = "◆", "!", "─", "·"
"""In a Gantt chart: falls due, fell due and was not done, is worked on, is not."""


def bars_lines(chart: Bars, width: int) -> Iterator[str]:
    """A line a bar: what it is of, the bar, the figures. `width`: columns that there are."""
    yield "   ".join(f"{_block(n, len(chart.parts))} {mark} {name}" for n, (mark, name) in enumerate(chart.parts))
    figures = [_figures(chart, parts) for _, parts in chart.rows]
    tail = max(map(cell_len, figures), default=0)
    label = min(max((cell_len(text) for text, _ in chart.rows), default=0), max(width * 2 // 5, 8))
    room = max(width - label - tail - 4, 6)
    most = max((sum(parts) for _, parts in chart.rows), default=0) or 1
    for (text, parts), said in zip(chart.rows, figures, strict=True):
        yield f"{fitted(text, label)}  {filled(parts, most, room)}  {said}"


def _figures(chart: Bars, parts: tuple[int, ...]) -> str:
    return " ".join(f"{mark}{count}" for (mark, _), count in zip(chart.parts, parts, strict=True) if count) or "0"


def filled(parts: tuple[int, ...], most: int, room: int) -> str:
    """The bar in `room` columns, of which `most` fills all."""
    ends = [round(room * total / most) for total in accumulate(parts)]
    starts = [0, *ends[:-1]]
    drawn = "".join(
        _block(n, len(parts)) * (end - start) for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    )
    return drawn.ljust(room)


def _block(part: int, parts: int) -> str:
    return _REST if part == parts - 1 else _FULL[part]


def gantt_lines(chart: Gantt, width: int) -> Iterator[str]:
    """A line an activity: what it is, and its months. `width`: columns that there are."""
    cell = 4 if width >= 100 else 3
    label = max(width - cell * len(chart.columns) - 2, 12)
    yield " " * (label + 2) + "".join(f"{name[:3]:<{cell}}" for name in chart.columns).rstrip()
    for one in chart.lanes:
        yield f"{fitted(one.text, label)}  {lane_text(one, len(chart.columns), cell, chart.now)}"


def lane_text(one: Lane, columns: int, cell: int, now: int | None) -> str:
    """The months of one activity, each in `cell` columns; `now` is shown where nothing else stands."""
    return "".join(_month(one, n, now, cell) for n in range(columns)).rstrip()


def _month(one: Lane, n: int, now: int | None, cell: int) -> str:
    inside = one.first <= n <= one.last
    if n in one.due:
        mark = LATE if one.is_late else "●" if one.is_over else DUE
        return SPAN * (cell - 2) + mark + " " if inside and n == one.last else SPAN * (cell - 2) + mark + SPAN
    if inside:
        return SPAN * cell
    return ("|" if n == now else EMPTY) + " " * (cell - 1)


def fitted(text: str, width: int) -> str:
    """A text in exactly `width` columns, cut with «…»."""
    line = " ".join(text.split())
    return set_cell_size(line, width) if cell_len(line) <= width else set_cell_size(line, width - 1) + "…"
