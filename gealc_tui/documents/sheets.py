"""A sheet of Excel, LibreOffice or a text with separators, as rows of values: read whole, believed in nothing.

Promise: values come as the program that saved them stored them (a formula's last value, a real date); a cell whose
value cannot be told is marked, and never taken for an empty one; nothing is opened before its size is known.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from gealc_tui.documents import sheet_marks
from gealc_tui.documents.packages import Kind, Package
from gealc_tui.documents.sheet_marks import Marks, Place
from gealc_tui.domain import matrix
from gealc_tui.errors import FileUnreadable

Cell = str | int | float | bool | date | datetime | time | timedelta

LARGEST_ALL = 256 * 1024 * 1024
"""Bytes of all parts of a file that its reader opens."""


class Page(NamedTuple):
    """A sheet with its name; rows from the first, cells from the column A."""

    name: str
    is_hidden: bool
    rows: Sequence[Sequence[Cell]]
    marks: Marks = Marks({}, frozenset())

    def at(self, place: Place) -> Cell:
        row, column = place
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


class Book(NamedTuple):
    """A file. `ours`: the rows of the hidden sheet that says what was sent; None if it has none."""

    pages: tuple[Page, ...]
    ours: tuple[tuple[str, ...], ...] | None = None
    remarks: tuple[str, ...] = ()
    """What was named and not looked at: macros, external_links."""


def read_book(data: bytes, kind: Kind, path: str) -> Book:
    """A file of Excel or an OpenDocument spreadsheet. Raises FileUnreadable."""
    from python_calamine import CalamineError, CalamineWorkbook

    package = Package(data, path)
    marks, remarks = _looked_over(package, kind)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        pages, ours = [], None
        for one in book.sheets_metadata:
            if str(one.typ) != "SheetTypeEnum.WorkSheet":
                continue
            sheet = book.get_sheet_by_name(one.name)
            rows = sheet.to_python(skip_empty_area=False)
            if rows and rows[0] and isinstance(rows[0][0], str) and matrix.is_ours(rows[0][0]):
                # Two of them: the second is somebody's own, and only looked at if they ask for it.
                ours = ours or tuple(tuple(map(str, row)) for row in rows)
                continue
            is_hidden = str(one.visible) != "SheetVisibleEnum.Visible"
            pages.append(Page(one.name, is_hidden, rows, marks.get(one.name, Marks({}, frozenset()))))
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise FileUnreadable(path=path, reason="damaged") from error
    return Book(tuple(pages), ours, remarks)


def may_be_ours(data: bytes, path: str) -> bool:
    """Whether a file may carry what we sent: a quick look, which spares reading a large one twice."""
    package = Package(data, path)
    mark = matrix.FORMAT.encode()
    for name in package.names:
        if name.endswith(".xml"):
            end = b""
            for chunk in package.chunks(name, sheet_marks.LARGEST_XML):
                if mark in end + chunk:
                    return True
                end = chunk[-len(mark) :]
    return False


def _looked_over(package: Package, kind: Kind) -> tuple[dict[str, Marks], tuple[str, ...]]:
    """The marks of each sheet by its name, after all parts were unpacked once within their limits."""
    remarks = []
    names = package.names
    if any(name.endswith(("vbaProject.bin", "Basic/script-lc.xml")) for name in names):
        remarks.append("macros")
    if any("/externalLinks/" in name for name in names):
        remarks.append("external_links")
    if kind is Kind.CALC:
        return sheet_marks.calc_marks(package), tuple(remarks)
    left = LARGEST_ALL
    for name in names:
        if name.endswith((".xml", ".rels")):
            left -= sum(len(chunk) for chunk in package.chunks(name, min(sheet_marks.LARGEST_XML, max(left, 0))))
    main = package.main_part()
    relations = package.relations(main)
    styles = next((one.target for one in relations.values() if one.type == "styles"), "")
    percents = sheet_marks.percent_styles(package, styles)
    root = package.xml(main)
    found = {}
    for one in () if root is None else root.iter("{*}sheet"):
        id = next((str(value) for key, value in one.attrib.items() if str(key).endswith("}id")), "")
        relation = relations.get(id)
        if relation is not None and relation.type == "worksheet" and not relation.is_outside:
            found[str(one.get("name", ""))] = sheet_marks.excel_marks(package, relation.target, percents)
    return found, tuple(remarks)
