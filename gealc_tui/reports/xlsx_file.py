"""A sheet as Excel reads it: real dates and numbers, a header that stays and filters, lists of what may be chosen.

Promise: whatever people wrote is text. Nothing becomes a formula or a link.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from gealc_tui.reports.report import Behind, Chart, Column, Kind, Sheet, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell (Microsoft, *Excel specifications and limits*)."""

KEY_TITLE = "gealc"
"""Above the hidden column that tells which activity a row is."""

BEHIND_NAME = "gealc"
"""The hidden sheet. Readers know it by what it says."""

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}

_HEADER = {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}
_CELL = {"text_wrap": True, "valign": "top"}
_NUMBER_FORMATS = {Kind.PERCENT: '0" %"', Kind.DAY: "dd/mm/yyyy"}

_COLOURS = ("#9FB3C8", "#1F7A4D", "#B42318")
"""Of the bars of a chart, in the order of its columns."""

_LINE, _HIGHEST = 15.0, 409.0
"""Points of a line, and of the highest row that Excel takes."""

_MANY = 5_000
"""Rows above which they go to a temporary file one by one, and not all into memory first."""

_STRIDE = 1_000
"""So many rows are written between two looks at whether they are still wanted."""

_MOST_VALIDATED = 255
"""Characters of a list of choices, all together (the file format's own limit)."""


def xlsx_file(
    sheet: Sheet,
    *,
    title: str,
    author: str,
    made: date,
    passed: Callable[[int, int], None] = lambda _done, _whole: None,
) -> bytes:
    """The file. `made` is the day that its properties tell: two of the same day and data are the same bytes.

    `passed` is told now and then how many rows of how many are written, and may raise to stop it.
    """
    import xlsxwriter

    file = io.BytesIO()
    is_large = len(sheet.rows) > _MANY
    with xlsxwriter.Workbook(file, {**_OPTIONS, "in_memory": not is_large, "constant_memory": is_large}) as book:
        book.set_properties({"title": title, "author": author, "created": datetime(made.year, made.month, made.day)})
        _fill(book, book.add_worksheet(_sheet_name(sheet.title)), sheet, passed)
        if sheet.chart is not None and sheet.rows:
            _draw(book, sheet, sheet.chart)
        if sheet.behind is not None:
            _put_behind(book, sheet.behind)
    return file.getvalue()


def _fill(book: Workbook, page: Worksheet, sheet: Sheet, passed: Callable[[int, int], None]) -> None:
    header = book.add_format(_HEADER)
    formats = [_format(book, column) for column in sheet.columns]
    last = len(sheet.columns) - 1
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.title, header)
        if column.choices and sum(map(len, column.choices)) + len(column.choices) <= _MOST_VALIDATED and sheet.rows:
            page.data_validation(1, place, len(sheet.rows), place, {"validate": "list", "source": [*column.choices]})
    if sheet.behind is not None:
        # Inside the filter, so that a row is sorted with its key.
        last += 1
        page.set_column(last, last, 3, None, {"hidden": True})
        page.write_string(0, last, KEY_TITLE)
    for line, row in enumerate(sheet.rows, 1):
        if line % _STRIDE == 0:
            passed(line, len(sheet.rows))
        if len(sheet.rows) <= _MANY:
            # Of very many rows the library would keep every height in memory: whoever opens them works it out.
            page.set_row(line, _height(row, sheet.columns))
        for place, value in enumerate(row):
            _write(page, line, place, value, formats[place])
        if sheet.behind is not None:
            # With its row: of very many, what is written above the row in hand would be lost without a word.
            page.write_string(line, last, sheet.behind.keys[line - 1])
    page.freeze_panes(1, min(2, last))
    page.autofilter(0, 0, len(sheet.rows), last)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")


def _put_behind(book: Workbook, behind: Behind) -> None:
    """A hidden sheet with what is needed to read the file back."""
    page = book.add_worksheet(BEHIND_NAME)
    page.hide()
    for line, pieces in enumerate(behind.lines):
        for place, piece in enumerate(pieces):
            page.write_string(line, place, piece)


def _draw(book: Workbook, sheet: Sheet, chart: Chart) -> None:
    """A chart on a page of its own, of the cells of the first, with its words above it."""
    data, last = _sheet_name(sheet.title), len(sheet.rows)
    page = book.add_worksheet(_sheet_name(chart.title))
    page.write_string(0, 0, chart.words)
    bars = book.add_chart({"type": "bar"})
    for place, colour in zip(chart.columns, _COLOURS, strict=False):
        bars.add_series(
            {
                "name": [data, 0, place],
                "categories": [data, 1, 0, last, 0],
                "values": [data, 1, place, last, place],
                "fill": {"color": colour},
                # Who does not tell the colours apart reads the numbers.
                "data_labels": {"value": True},
            }
        )
    bars.set_title({"name": chart.title})
    bars.set_legend({"position": "bottom"})
    bars.set_x_axis({"num_format": "0", "major_gridlines": {"visible": True}})
    # Bars are drawn from below; so the first row stands on top.
    bars.set_y_axis({"reverse": True})
    bars.set_size({"width": 900, "height": 160 + 60 * last})
    page.insert_chart(2, 0, bars, {"description": f"{chart.title}. {chart.words}"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _height(row: tuple[Value, ...], columns: tuple[Column, ...]) -> float:
    """In points: as many lines as the longest cell takes, wrapped. Not every program works that out by itself."""
    lines = (
        sum(-(-max(len(line), 1) // column.width) for line in value.split("\n"))
        for value, column in zip(row, columns, strict=True)
        if isinstance(value, str)
    )
    return min(_LINE * max(lines, default=1), _HIGHEST)


def _format(book: Workbook, column: Column) -> Format:
    return book.add_format({**_CELL, "num_format": _NUMBER_FORMATS.get(column.kind, "@" if column.choices else "")})


def _write(page: Worksheet, line: int, place: int, value: Value, form: Format) -> None:
    if value is None or value == "":
        page.write_blank(line, place, None, form)
    elif isinstance(value, str):
        page.write_string(line, place, value if len(value) <= LONGEST_CELL else value[: LONGEST_CELL - 1] + "…", form)
    elif isinstance(value, date):
        page.write_datetime(line, place, datetime(value.year, value.month, value.day), form)
    else:
        page.write_number(line, place, value, form)


def _sheet_name(title: str) -> str:
    """A name that Excel takes: 31 characters, none of its own signs, no apostrophe at an end."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip("' ") or "1"
