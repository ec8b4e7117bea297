"""A report before it has a form: a document to be read, and a sheet to be worked with. Data and words, no markup."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gealc_tui.reports.document import Document, Told

Value = str | int | date | None
"""What stands in a cell. A number of a column of `Kind.PERCENT` is 0 to 100."""


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"


class Column(NamedTuple):
    """A column under its title. `width` is in characters; `choices` are the only texts that belong there."""

    title: str
    width: int
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()


class Chart(NamedTuple):
    """Bars of some columns of a sheet, a group for each row under what its first cell says."""

    title: str
    words: str
    """What is seen in it, for whoever does not see it."""
    columns: tuple[int, ...]


class Behind(NamedTuple):
    """What a file carries out of sight, so that it can be read back: a key for each row, and a sheet of texts."""

    keys: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


class Sheet(NamedTuple):
    """Rows of values, as many in each as there are columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] | Told[tuple[Value, ...]]
    chart: Chart | None = None
    behind: Behind | None = None


class Report(NamedTuple):
    document: Document
    sheet: Sheet
