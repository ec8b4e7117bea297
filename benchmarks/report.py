"""A matrix of 100,000 activities as a workbook, beside the same cells written by the same library and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence

from benchmarks import large
from benchmarks.measure import Figure, Stopwatch, in_turn
from gealc_tui.commands import reports
from gealc_tui.commands.reports import Form, Name
from gealc_tui.replica import Replica


def figures(rounds: int) -> Iterator[Figure]:
    home = large.home()
    with Replica(home.database, home.keys) as replica:
        cells = _cells(reports.make(replica, Name.MATRIX, Form.EXCEL))
        ours, floor = in_turn(
            rounds,
            lambda: _seconds(lambda: reports.make(replica, Name.MATRIX, Form.EXCEL)),
            lambda: _seconds(lambda: _bare(cells)),
        )
        yield Figure("report: matrix of 100,000 as .xlsx", ours, "s", floor, "the same cells, bare")
        ours = in_turn(rounds, lambda: _seconds(lambda: reports.make(replica, Name.MATRIX, Form.CSV)))[0]
        yield Figure("report: the same as .csv", ours, "s")


def _seconds(act: Callable[[], object]) -> float:
    with Stopwatch() as watch:
        act()
    return watch.seconds


def _cells(data: bytes) -> Sequence[Sequence[object]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def _bare(cells: Sequence[Sequence[object]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for line, row in enumerate(cells):
            for place, value in enumerate(row):
                page.write_string(line, place, str(value))
