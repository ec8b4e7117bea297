"""Charts of the plan as data and words: how far areas, countries and months are, and when what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from gealc_tui.domain.alerts import period_end
from gealc_tui.domain.readings import ActivityRow, PlanOutline
from gealc_tui.domain.vocabulary import Alert, Period, Status
from gealc_tui.i18n import language, t, tn
from gealc_tui.i18n.labels import MARKS, OVERDUE_MARK, day_label, status_label
from gealc_tui.i18n.months import NAMES
from gealc_tui.plain import drawable
from gealc_tui.reports.document import Bars, Gantt, Lane
from gealc_tui.reports.due import due_of
from gealc_tui.reports.pace import Point
from gealc_tui.reports.progress import Progress
from gealc_tui.reports.progress_words import group_name, grouping_label, whole_line

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries

MOST_BARS = 40
"""Bars of a chart; the table beside it has them all."""

MOST_LANES = 120
"""Lines of a Gantt chart, those that are still open first; the rows beside it have them all."""

DONE, LATE, REST = MARKS[Status.DONE], OVERDUE_MARK, MARKS[Status.PENDING]
"""The marks of the three parts of a bar."""


def by_group(progress: Progress) -> Bars:
    """Done, overdue and the others of each group."""
    rows = tuple(
        (group_name(one, progress.grouping), _parts(one.counts.done, one.counts.overdue, one.counts.counting))
        for one in progress.groups[:MOST_BARS]
    )
    parts = ((DONE, t("Cumplidas")), (LATE, t("Vencidas")), (REST, t("Otras")))
    title = t("Avance por {what}", what=_small(grouping_label(progress.grouping)))
    return Bars(title, _group_words(progress), parts, rows, stands_below=True)


def _group_words(progress: Progress) -> str:
    """Where most is done, and where most is overdue."""
    counted = [one for one in progress.groups if one.counts.counting]
    if not any(one.counts.done for one in counted):
        return whole_line(progress.whole)
    best = max(counted, key=lambda one: one.counts.done / one.counts.counting)
    far = f"{best.counts.done}/{best.counts.counting}"
    said = t("Lo más avanzado: {name} ({far}).", name=group_name(best, progress.grouping), far=far)
    worst = max(counted, key=lambda one: one.counts.overdue)
    if not worst.counts.overdue:
        return said
    late = t("Lo más atrasado: {name} ({n}).", name=group_name(worst, progress.grouping), n=worst.counts.overdue)
    return f"{said} {late}"


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _parts(done: int, overdue: int, counting: int) -> tuple[int, ...]:
    return done, overdue, counting - done - overdue


def over_time(points: Sequence[Point]) -> Bars:
    """Done and not yet done at the end of each month."""
    rows = tuple((day_label(one.day.isoformat()), (one.done, one.counting - one.done)) for one in points)
    parts = ((DONE, t("Cumplidas")), (REST, t("Por cumplir")))
    return Bars(t("Avance en el tiempo"), _pace_words(points), parts, rows)


def _pace_words(points: Sequence[Point]) -> str:
    if not points:
        return ""
    last = points[-1]
    said = tn(
        "Al {day}: {n} de {total} cumplida.",
        "Al {day}: {n} de {total} cumplidas.",
        last.done,
        day=day_label(last.day.isoformat()),
        total=last.counting,
    )
    gained, best = max(((after.done - before.done, after) for before, after in pairwise(points)), default=(0, last))
    if gained > 0:
        day = day_label(best.day.isoformat())
        more = t("Lo que más avanzó: {n} en el mes que termina el {day}.", n=gained, day=day)
        return f"{said} {more}"
    return said


# --- when what falls due ---------------------------------------------------------------------------------------------


def gantt(read: Queries, outline: PlanOutline, today: date) -> Gantt:
    """A line for each activity, open ones first, then by when it falls due, over the twelve months of the plan."""
    year = outline.year
    rows = sorted(outline.activities, key=lambda row: (_is_over(row), due_of(row, year) or date.max, row.code))
    lanes = tuple(lane(read, row, year) for row in rows[:MOST_LANES])
    columns = tuple(name[:3] for name in NAMES[language()])
    late = sum(Alert.OVERDUE in row.alerts for row in outline.activities)
    over = sum(_is_over(row) for row in outline.activities)
    said = [
        tn("{n} actividad", "{n} actividades", len(rows)),
        tn("{n} terminada", "{n} terminadas", over),
        tn("{n} vencida", "{n} vencidas", late),
    ]
    if len(rows) > MOST_LANES:
        said.append(t("se dibujan {n}", n=MOST_LANES))
    now = today.month - 1 if today.year == year else None
    return Gantt(t("Cronograma por meses"), " · ".join(said), columns, lanes, now)


def lane(read: Queries, row: ActivityRow, year: int) -> Lane:
    """One activity: from the beginning of its period until it falls due, and where its occurrences fall."""
    begin = 6 if row.period is Period.S2 else 0
    due = due_of(row, year)
    days = [date.fromisoformat(one.held or one.due) for one in read.occurrences(row.id)] or ([due] if due else [])
    marks = tuple(sorted({_column(day, year) for day in days}))
    end = due or (period_end(year, row.period) if 1 <= year <= 9999 else None)
    last = max([_column(end, year) if end is not None else 11, *marks])
    state = f"{MARKS[row.status]} {status_label(row.status)}"
    text = drawable(f"{row.code} {row.title}")
    return Lane(text, min(begin, last), last, marks, state, Alert.OVERDUE in row.alerts, _is_over(row))


def _is_over(row: ActivityRow) -> bool:
    return row.status in (Status.DONE, Status.CANCELLED)


def _column(day: date, year: int) -> int:
    """The month of a day; what lies outside the year stands at its end."""
    return 0 if day.year < year else 11 if day.year > year else day.month - 1
