"""The reports that the network hands out: what each tells, in the language in force.

Each is made of the plan in view as the copy holds it, or as it stood at a moment that is looked back at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from gealc_tui.domain.plan_changes import Amended
from gealc_tui.domain.readings import ActivityReading, ActivityRow, PlanOutline
from gealc_tui.domain.vocabulary import Alert
from gealc_tui.errors import NoPlan
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import (
    alert_label,
    area_title,
    country_name,
    day_label,
    lead_name,
    percent_label,
    status_label,
)
from gealc_tui.i18n.meeting_words import meeting_label
from gealc_tui.i18n.naming import person_label
from gealc_tui.plain import drawable
from gealc_tui.reports import annual, board, charts, commitments, matrix, timeline
from gealc_tui.reports.document import Block, Document, Heading, Paragraph, Table, Told
from gealc_tui.reports.due import day_of, due_of
from gealc_tui.reports.pace import pace_of
from gealc_tui.reports.progress import Count, Grouping, Progress, progress
from gealc_tui.reports.progress_words import (
    count_cells,
    count_titles,
    group_name,
    grouping_label,
    light_letter,
    rule,
    whole_line,
)
from gealc_tui.reports.report import Chart, Column, Kind, Report, Sheet, Value

if TYPE_CHECKING:
    from gealc_tui.replica import Replica


class Name(StrEnum):
    """What can be asked for."""

    ANNUAL = "annual"
    MATRIX = "matrix"
    PROGRESS = "progress"
    COMMITMENTS = "commitments"
    SILENT = "silent"
    CHANGES = "changes"
    COMPARISON = "comparison"
    TIMELINE = "timeline"
    BOARD = "board"
    SHEET = "sheet"


TITLES: Mapping[Name, str] = {
    Name.ANNUAL: N_("Informe anual"),
    Name.MATRIX: N_("Matriz del plan"),
    Name.PROGRESS: N_("Avance del plan"),
    Name.COMMITMENTS: N_("Compromisos"),
    Name.SILENT: N_("Actividades sin reporte"),
    Name.CHANGES: N_("Lo que cambió"),
    Name.COMPARISON: N_("Comparación del plan"),
    Name.TIMELINE: N_("Cronograma"),
    Name.BOARD: N_("El plan en una página"),
    Name.SHEET: N_("Ficha de una actividad"),
}
"""What each is called."""


NO_ROWS = frozenset({Name.BOARD, Name.SHEET})
"""Those that are only to be read."""

DATED = frozenset({Name.TIMELINE, Name.COMMITMENTS})
"""Those that a calendar takes."""

ASKED = frozenset({Name.ANNUAL, Name.CHANGES, Name.COMPARISON, Name.SHEET})
"""Those that need more than the plan in view (`commands.reports` hands it down)."""


def made(replica: Replica, name: Name) -> Report:
    """A report of the plan in view, but those of `ASKED`. Raises NoPlan."""
    # First what takes most memory while it is read, and then the rest.
    readings = replica.read.activities(replica.today, replica.plan) if name is Name.MATRIX else ()
    outline = replica.read.outline(replica.today, replica.plan)
    if outline is None:
        raise NoPlan()
    if name is Name.MATRIX:
        return _matrix(replica, outline, readings)
    return _REPORTS[name](replica, outline)


# --- the plan as a table ---------------------------------------------------------------------------------------------


def _matrix(replica: Replica, outline: PlanOutline, readings: Sequence[ActivityReading]) -> Report:
    title = t(TITLES[Name.MATRIX])
    rows = Told(len(readings), lambda: (matrix.row(one) for one in readings))
    blocks = Told(len(readings), lambda: _areas(outline))
    return Report(document(replica, outline, title, blocks), Sheet(title, matrix.columns(), rows))


def _areas(outline: PlanOutline) -> Iterator[Block]:
    titles = (t("Actividad"), t("Estado"), t("Responsable"), t("Plazo"))
    for area in outline.areas:
        yield Heading(drawable(f"{area.code}  {area_title(area.title, area.mark)}".strip()))
        if area.objective:
            yield Paragraph(drawable(area.objective), quiet=True)
        if area.activities:
            yield Table(titles, tuple(_short_row(row, outline.year) for row in area.activities), (44, 15, 18, 15))
        else:
            yield Paragraph(t("No tiene actividades."))


def _short_row(row: ActivityRow, year: int) -> tuple[str, ...]:
    return (
        drawable(f"{row.code} {row.title}"),
        _standing(row),
        lead_name(row.lead) if row.lead else "",
        _text(due_of(row, year)),
    )


def _standing(row: ActivityRow) -> str:
    """The status, how far it is, and what is the matter."""
    far = [percent_label(row.progress)] if row.progress is not None else []
    return "\n".join([status_label(row.status), *far, *(alert_label(one) for one in row.alerts)])


# --- the year as a whole ---------------------------------------------------------------------------------------------


def year_told(replica: Replica, outline: PlanOutline, amendments: Sequence[Amended]) -> Report:
    """The annual report; `amendments` are those since the plan was approved."""
    title = t(TITLES[Name.ANNUAL])
    groupings = (Grouping.AREA, Grouping.COUNTRY, Grouping.FUNDER)
    counted = [_counted(replica, outline, one) for one in groupings]
    pace = pace_of(replica.read, outline, replica.today)
    told = annual.annual(replica.read, outline, replica.today, counted, pace, amendments)
    return Report(document(replica, outline, title, told.blocks), Sheet(title, annual.columns(), told.rows))


# --- how far it is ---------------------------------------------------------------------------------------------------


def _progress(replica: Replica, outline: PlanOutline) -> Report:
    title = t(TITLES[Name.PROGRESS])
    by_area, by_country = (_counted(replica, outline, grouping) for grouping in (Grouping.AREA, Grouping.COUNTRY))
    blocks: list[Block] = [Paragraph(whole_line(by_area.whole)), Paragraph(rule(), quiet=True)]
    for counted in (by_area, by_country):
        blocks += [Heading(grouping_label(counted.grouping)), charts.by_group(counted)]
        rows = tuple((group_name(group, counted.grouping), *count_cells(group.counts)) for group in counted.groups)
        blocks.append(Table((grouping_label(counted.grouping), *count_titles()), rows, (28, 10, 16, 15, 12, 16)))
    blocks += [Heading(t("Mes a mes")), charts.over_time(pace_of(replica.read, outline, replica.today))]
    columns = (Column(grouping_label(Grouping.AREA), 50), *(_count_columns()))
    rows_of_sheet = tuple(_sheet_row(group_name(one, Grouping.AREA), one.counts) for one in by_area.groups)
    chart = Chart(t("Avance por área"), whole_line(by_area.whole), columns=(1, 2, 3))
    return Report(document(replica, outline, title, blocks), Sheet(title, columns, rows_of_sheet, chart))


def _counted(replica: Replica, outline: PlanOutline, grouping: Grouping) -> Progress:
    funders = replica.read.funder_of_each(outline.id) if grouping is Grouping.FUNDER else None
    return progress(outline, grouping, funders)


def _count_columns() -> Iterator[Column]:
    *numbers, percent, light = count_titles()
    yield from (Column(title, 12, Kind.NUMBER) for title in numbers)
    yield Column(percent, 8, Kind.PERCENT)
    yield Column(light, 12)


def _sheet_row(name: str, counts: Count) -> tuple[Value, ...]:
    numbers = counts.counting, counts.done, counts.overdue
    return (name, *numbers, counts.percent, light_letter(counts.light))


# --- what was promised -----------------------------------------------------------------------------------------------


def _commitments(replica: Replica, outline: PlanOutline) -> Report:
    title = t(TITLES[Name.COMMITMENTS])
    promises = commitments.of_plan(replica.read, outline.id)
    titles = (t("País"), t("Compromiso"), t("Plazo"), t("Actividad"), t("Reunión"), t("Situación"))
    widths = (18, 42, 14, 12, 28, 14)
    rows = [
        (
            country_name(one.item.country) if one.item.country else "",
            drawable(one.item.text),
            day_of(one.item.due),
            one.item.code,
            drawable(meeting_label(one.meeting)),
            _situation(one, replica.today),
        )
        for one in promises
    ]
    owed = sum(one.is_owed for one in promises)
    blocks: list[Block] = [Paragraph(_owed_line(owed, len(promises)))]
    for country in dict.fromkeys(row[0] for row in rows):
        blocks.append(Heading(country or t("Sin país")))
        here = [(row, one) for row, one in zip(rows, promises, strict=True) if row[0] == country]
        texts = tuple(_short_promise(one, str(row[-1])) for row, one in here)
        blocks.append(Table((titles[1], titles[2], titles[4], titles[5]), texts, (44, 15, 15, 15)))
    kinds = (Kind.TEXT, Kind.TEXT, Kind.DAY, Kind.TEXT, Kind.TEXT, Kind.TEXT)
    columns = tuple(map(Column, titles, widths, kinds))
    return Report(document(replica, outline, title, blocks), Sheet(title, columns, tuple(rows)))


def _short_promise(one: commitments.Promise, situation: str) -> tuple[str, ...]:
    """On paper a meeting is told by its day, and an activity by its code before the words."""
    words = drawable(f"{one.item.code} {one.item.text}".strip())
    days = (day_label(day) if day else "" for day in (one.item.due, one.meeting.day))
    return (words, *days, situation)


def _owed_line(owed: int, every: int) -> str:
    if not every:
        return t("Ninguna reunión cerrada dejó compromisos.")
    return t("Compromisos: {total} · pendientes: {n}", n=owed, total=every)


def _situation(one: commitments.Promise, today: date) -> str:
    if not one.is_owed:
        return t("Cumplido")
    due = day_of(one.item.due)
    return t("Vencido") if due is not None and due < today else t("Pendiente")


# --- of what nobody spoke --------------------------------------------------------------------------------------------


def _silent(replica: Replica, outline: PlanOutline) -> Report:
    title = t(TITLES[Name.SILENT])
    silent = sorted(
        (row for row in outline.activities if Alert.UNREPORTED in row.alerts),
        key=lambda row: (not row.lead, lead_name(row.lead or "")),
    )
    titles = (t("Responsable"), t("Código"), t("Actividad"), t("Estado"), t("Plazo"))
    widths = (20, 10, 48, 15, 15)
    rows = [
        (
            lead_name(row.lead) if row.lead else t("Sin responsable"),
            row.code,
            drawable(row.title),
            status_label(row.status),
            due_of(row, outline.year),
        )
        for row in silent
    ]
    blocks: list[Block] = [Paragraph(_silent_line(len(rows)))]
    for lead in dict.fromkeys(row[0] for row in rows):
        blocks.append(Heading(lead))
        texts = tuple(tuple(_text(value) for value in row[1:]) for row in rows if row[0] == lead)
        blocks.append(Table(titles[1:], texts, widths[1:]))
    kinds = (Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.DAY)
    columns = tuple(map(Column, titles, widths, kinds))
    return Report(document(replica, outline, title, blocks), Sheet(title, columns, tuple(rows)))


def _silent_line(count: int) -> str:
    if not count:
        return t("De todas las actividades abiertas se dijo algo en los últimos 60 días.")
    return tn(
        "De {n} actividad nadie dijo nada en los últimos 60 días.",
        "De {n} actividades nadie dijo nada en los últimos 60 días.",
        count,
    )


# --- when what is due, and all on a page -----------------------------------------------------------------------------


def _timeline(replica: Replica, outline: PlanOutline) -> Report:
    title = t(TITLES[Name.TIMELINE])
    blocks, sheet = timeline.timeline(timeline.dated(replica.read, outline, replica.today), outline.year)
    if outline.activities:
        blocks.insert(0, charts.gantt(replica.read, outline, replica.today))
    return Report(document(replica, outline, title, blocks), sheet)


def _board(replica: Replica, outline: PlanOutline) -> Report:
    readings = replica.read.activities(replica.today, outline.id)
    blocks = board.board(replica.read, outline, _counted(replica, outline, Grouping.AREA), readings)
    title = t(TITLES[Name.BOARD])
    return Report(document(replica, outline, title, blocks), Sheet(title, (), ()))


# --- all of them -----------------------------------------------------------------------------------------------------


def document(replica: Replica, outline: PlanOutline, title: str, blocks: Iterable[Block]) -> Document:
    """The blocks under their title, and at the end whose copy says so."""
    author = replica.read.author(replica.id) if replica.id is not None else None
    who = person_label(author.replica, author.name, author.country) if author is not None else ""
    day = day_label(replica.today.isoformat())
    said = t("Según la copia de {who}.", who=who) if who else t("Según una copia sin dueño.")
    return Document(
        t("Red GEALC · Plan de trabajo {year}", year=outline.year),
        title,
        t("Como está al {day}", day=day),
        who,
        _and_who(blocks, Paragraph(said, quiet=True)),
    )


def _and_who(blocks: Iterable[Block], who: Paragraph) -> Iterable[Block]:
    if isinstance(blocks, Told):
        return Told(len(blocks) + 1, lambda: chain(blocks, (who,)))
    return (*blocks, who)


def _text(value: Value) -> str:
    if isinstance(value, date):
        return day_label(value.isoformat())
    return "" if value is None else str(value)


_REPORTS: Mapping[Name, Callable[[Replica, PlanOutline], Report]] = {
    Name.PROGRESS: _progress,
    Name.COMMITMENTS: _commitments,
    Name.SILENT: _silent,
    Name.TIMELINE: _timeline,
    Name.BOARD: _board,
}
