"""Sheets as other programs leave them: made and filled in by openpyxl."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from gealc_tui.commands import reports
from gealc_tui.commands.reports import Form, Name
from gealc_tui.replica import Replica


def sent(replica: Replica) -> bytes:
    """The matrix as it goes out."""
    return reports.make(replica, Name.MATRIX, Form.EXCEL)


def saved(data: bytes, work: Callable[[Worksheet], Any]) -> bytes:
    """A file after somebody worked on its first sheet and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    work(book.worksheets[0])
    return stored(book)


def filled(data: bytes, cells: Mapping[str, object]) -> bytes:
    """A file after somebody filled in some cells."""

    def work(page: Worksheet) -> None:
        for place, value in cells.items():
            page[place] = value

    return saved(data, work)


def stored(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheet(*rows: list[object]) -> bytes:
    """A file of somebody's own."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return stored(book)
