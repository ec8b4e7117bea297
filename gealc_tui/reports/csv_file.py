"""A sheet as a text that every spreadsheet opens (RFC 4180): UTF-8 with its mark, and the separator of the language.

Promise: nothing in it runs. A text that a spreadsheet would take for a formula has an apostrophe before it (OWASP, CSV
Injection).
"""

from __future__ import annotations

import csv
import io
from datetime import date

from gealc_tui.i18n import language
from gealc_tui.reports.report import Sheet, Value

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(sheet: Sheet) -> bytes:
    """The file. Where a comma stands in numbers, spreadsheets expect a semicolon between cells."""
    data = io.BytesIO()
    # Encoded as it goes: a text of all letters in memory takes four times as much.
    file = io.TextIOWrapper(data, encoding="utf-8-sig", newline="")
    writer = csv.writer(file, delimiter="," if language() == "en" else ";", lineterminator="\r\n")
    writer.writerow([_cell(column.title) for column in sheet.columns])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    file.flush()
    return data.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_STARTS_FORMULA) else value
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
