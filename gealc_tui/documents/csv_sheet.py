"""A text with separators (`;`, `,`, tab) as a sheet, in whatever encoding the program that wrote it used."""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import islice

from gealc_tui.documents.sheet_marks import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from gealc_tui.documents.sheets import Book, Page
from gealc_tui.errors import FileUnreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_SEPARATORS = ";,\t"

_ESCAPED = re.compile(r"'[=+\-@\t\r]")
"""What our own files write so that no spreadsheet takes it for a formula."""

_LONGEST_CELL = 200_000


def read_csv(data: bytes, path: str) -> Book:
    """The one sheet that such a text is. Raises FileUnreadable: encoding, damaged, too_many_rows, too_many_columns."""
    text = _decoded(data, path)
    if "\0" in text:
        raise FileUnreadable(path=path, reason="encoding")
    separator, text = _separator(text)
    rows: list[list[str]] = []
    cells = 0
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            cells += len(row)
            if len(row) > MOST_COLUMNS:
                raise FileUnreadable(path=path, reason="too_many_columns")
            if len(rows) >= MOST_ROWS or cells > MOST_CELLS:
                raise FileUnreadable(path=path, reason="too_many_rows")
            rows.append([cell[1:] if _ESCAPED.match(cell) else cell for cell in row])
    except csv.Error as error:
        raise FileUnreadable(path=path, reason="damaged") from error
    finally:
        csv.field_size_limit(before)
    return Book((Page("", False, rows),))


def _decoded(data: bytes, path: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise FileUnreadable(path=path, reason="encoding") from error
    # Without its mark UTF-16 shows by its noughts, of which other texts have none.
    head = data[:2_000]
    for encoding, noughts in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) > 3 and noughts.count(0) * 2 > len(noughts) and len(data) % 2 == 0:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(path=path, reason="encoding")


def _separator(text: str) -> tuple[str, str]:
    """What stands between cells: what the first line says (`sep=;`), else what most lines have alike."""
    said = re.match(r"(?:\ufeff)?\"?sep=(.)\"?\r?\n", text, re.IGNORECASE)
    if said is not None and said[1] in _SEPARATORS + "|":
        return said[1], text[said.end() :]
    votes: dict[str, tuple[int, int]] = {}
    for one in _SEPARATORS:
        try:
            rows = list(islice(csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=one), 20))
        except csv.Error:
            continue
        widths = [len(row) for row in rows if row]
        width = widths[0] if widths else 1
        votes[one] = (sum(w == width for w in widths) if width > 1 else 0, width)
    return max(votes, key=lambda one: votes[one], default=";"), text
