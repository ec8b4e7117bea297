"""Charts as SVG: for a page as a part of it, for paper as a picture.

Promise: whatever people wrote is text. Each drawing has a title and a description, and no colour tells what no mark
or figure tells too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate
from xml.sax.saxutils import escape, quoteattr

from gealc_tui.reports.bars_text import DUE, LATE, fitted
from gealc_tui.reports.document import Bars, Gantt, Lane

PAGE = {
    "ink": "var(--ink)",
    "quiet": "var(--quiet)",
    "rule": "var(--rule)",
    "0": "var(--done)",
    "1": "var(--late)",
    "2": "var(--rest)",
    "last": "var(--rest)",
}
"""The colours of a page, light or dark as its reader has it."""

PAPER = {
    "ink": "#1F2933",
    "quiet": "#52606D",
    "rule": "#B8C4D2",
    "0": "#1F7A4D",
    "1": "#B42318",
    "2": "#9FB3C8",
    "last": "#9FB3C8",
}

_WIDTH, _LINE, _LABEL, _FIGURES = 760, 26, 250, 110
_SIZE = 13
LANES_OF_PAGE = 28
_LETTERS = _LABEL // 7
"""Letters for which a label has room."""


def svg(chart: Bars | Gantt, colours: Mapping[str, str], name: str) -> str:
    """The drawing. `name` is its id on a page, which no other drawing has there."""
    lines = list(_bars(chart, colours) if isinstance(chart, Bars) else _gantt(chart, colours))
    many = len(chart.rows) if isinstance(chart, Bars) else len(chart.lanes)
    height = 40 + _LINE * many
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        f' role="img" aria-labelledby="{name}-t {name}-d" font-size="{_SIZE}">'
        f'<title id="{name}-t">{_text(chart.title)}</title><desc id="{name}-d">{_text(chart.words)}</desc>'
    )
    return "\n".join((head, *lines, "</svg>"))


def paged(chart: Bars | Gantt) -> tuple[Bars | Gantt, ...]:
    """As many drawings as it takes for none to be higher than a page of paper."""
    if isinstance(chart, Bars) or len(chart.lanes) <= LANES_OF_PAGE:
        return (chart,)
    starts = range(0, len(chart.lanes), LANES_OF_PAGE)
    return tuple(chart._replace(lanes=chart.lanes[start : start + LANES_OF_PAGE]) for start in starts)


def _text(text: str) -> str:
    return escape("".join(char if char >= " " else " " for char in text))


def _say(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" style={quoteattr(f"fill:{colour};stroke:none")} text-anchor="{anchor}">'
        f"{_text(text.strip())}</text>"
    )


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2"'
        f" style={quoteattr(f'fill:{colour}')}/>"
    )


def _colour(colours: Mapping[str, str], part: int, parts: int) -> str:
    """The last part is what is left, and pale."""
    return colours["last"] if part == parts - 1 else colours[str(part)]


def _bars(chart: Bars, colours: Mapping[str, str]) -> Iterator[str]:
    many, x = len(chart.parts), 0.0
    for part, (mark, name) in enumerate(chart.parts):
        yield _box(x, 6, 14, 14, _colour(colours, part, many))
        said = f"{mark} {name}"
        yield _say(x + 20, 18, said, colours["ink"])
        x += 50 + 8 * len(said)
    room = _WIDTH - _LABEL - _FIGURES - 20
    most = max((sum(parts) for _, parts in chart.rows), default=0) or 1
    for line, (text, parts) in enumerate(chart.rows):
        y = 36.0 + _LINE * line
        yield _say(0, y + 13, fitted(text, _LETTERS), colours["ink"])
        yield _box(_LABEL, y + 1, room * sum(parts) / most, 16, colours["rule"])
        ends = list(accumulate(parts))
        for part, (count, end) in enumerate(zip(parts, ends, strict=True)):
            if count:
                start = _LABEL + room * (end - count) / most
                yield _box(start, y + 1, max(room * count / most - 1, 1), 16, _colour(colours, part, many))
        said = "  ".join(f"{mark} {count}" for (mark, _), count in zip(chart.parts, parts, strict=True) if count)
        yield _say(_LABEL + room + 10, y + 13, said or "0", colours["ink"])


def _gantt(chart: Gantt, colours: Mapping[str, str]) -> Iterator[str]:
    cell = (_WIDTH - _LABEL) / len(chart.columns)
    height = 40 + _LINE * len(chart.lanes)
    for n, name in enumerate(chart.columns):
        x = _LABEL + cell * n
        yield _say(x + cell / 2, 18, name, colours["ink"] if n == chart.now else colours["quiet"], "middle")
        if n == chart.now:
            yield _box(x, 24, cell, 3, colours["ink"])
        yield f'<path d="M{x:.1f} 28V{height}" style={quoteattr("stroke:" + colours["rule"])}/>'
    for line, one in enumerate(chart.lanes):
        y = 36.0 + _LINE * line
        yield _say(0, y + 13, fitted(one.text, _LETTERS), colours["ink"])
        yield _box(_LABEL + cell * one.first, y + 7, cell * (one.last - one.first + 1), 5, colours["last"])
        for n in one.due:
            yield _say(_LABEL + cell * (n + 0.5), y + 15, _mark(one), _mark_colour(one, colours), "middle")


def _mark(one: Lane) -> str:
    return LATE if one.is_late else "●" if one.is_over else DUE


def _mark_colour(one: Lane, colours: Mapping[str, str]) -> str:
    return colours["1"] if one.is_late else colours["0"] if one.is_over else colours["ink"]
