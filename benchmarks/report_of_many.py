"""The matrix of 100,000 activities as a workbook and as CSV, against writing the very same cells bare.

Bare is XlsxWriter in `constant_memory` with no formats, and Python's `csv`: no plan is read, nothing is looked up.
Memory is that of a process that does nothing else.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from benchmarks import copies, large
from benchmarks.measure import Figure, Stopwatch, in_turn
from benchmarks.memory import peak
from gealc_tui.commands import reports
from gealc_tui.commands.reports import Form, Name
from gealc_tui.reports import kinds
from gealc_tui.reports.report import Value


def figures(rounds: int) -> Iterator[Figure]:
    """Seconds and megabytes of the matrix in two forms."""
    with copies.opened(large.home()) as replica:
        rows = [tuple(row) for row in kinds.made(replica, Name.MATRIX).sheet.rows]

        def made(form: Form) -> float:
            with Stopwatch() as watch:
                reports.make(replica, Name.MATRIX, form)
            return watch.seconds

        for form, bare in ((Form.EXCEL, _bare_workbook), (Form.CSV, _bare_csv)):
            ours, least = in_turn(rounds, partial(made, form), partial(bare, rows), discard=0)
            what = f"report: matrix of {len(rows):,} as {form.value}"
            yield Figure(what, ours, "s", least, "the same cells, bare")
            command = [sys.executable, "-m", "benchmarks.report_of_many", form.value]
            most = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            yield Figure(f"{what}: memory", float(most), "MB")


def _bare_workbook(rows: Sequence[Sequence[Value]]) -> float:
    import xlsxwriter

    with Stopwatch() as watch:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(io.BytesIO(), options) as book:
            page = book.add_worksheet()
            for line, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(line, place, value)
                    elif isinstance(value, date):
                        page.write_datetime(line, place, datetime(value.year, value.month, value.day))
                    elif value is not None:
                        page.write_number(line, place, value)
    return watch.seconds


def _bare_csv(rows: Sequence[Sequence[Value]]) -> float:
    with Stopwatch() as watch:
        csv.writer(io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")).writerows(rows)
    return watch.seconds


def main(form: str) -> None:
    with copies.opened(large.home()) as replica:
        reports.make(replica, Name.MATRIX, Form(form))
        print(peak())


if __name__ == "__main__":
    main(sys.argv[1])
