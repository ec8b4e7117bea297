"""The year of a plan as a whole: how far it is, area by area what was done and can be seen, what slipped and why, what
was withdrawn, what was amended and why, the meetings and what they promised, and what passes to the next year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain.change import kind_of
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.plan_changes import Amended
from gealc_tui.domain.readings import ActivityReading, DeletionReading, EditReading, PlanOutline
from gealc_tui.domain.vocabulary import Alert, MeetingState, Status
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.edit_words import edit_phrases
from gealc_tui.i18n.labels import area_title, country_name, day_label, lead_name, percent_label, status_label
from gealc_tui.i18n.life_labels import explained_label
from gealc_tui.i18n.meeting_words import meeting_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.plain import drawable
from gealc_tui.reports import charts, commitments, proofs
from gealc_tui.reports.document import Block, Heading, Paragraph, Points, Table
from gealc_tui.reports.due import due_of
from gealc_tui.reports.outlook import outlook
from gealc_tui.reports.pace import Point
from gealc_tui.reports.progress import Grouping, Progress
from gealc_tui.reports.progress_words import count_cells, count_titles, group_name, grouping_label, rule, whole_line
from gealc_tui.reports.report import Column, Kind, Value

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries

_COUNTED = (28, 10, 16, 15, 12, 16)


class Told(NamedTuple):
    """What is to be read, and a row an activity to work with (`columns`)."""

    blocks: tuple[Block, ...]
    rows: tuple[tuple[Value, ...], ...]


def annual(
    read: Queries,
    outline: PlanOutline,
    today: date,
    counted: Sequence[Progress],
    pace: Sequence[Point],
    amendments: Sequence[Amended],
) -> Told:
    """The report of a plan; `counted` are its totals, by what they are to be told, the whole in the first; `pace` is
    how far it was month by month.
    """
    readings = read.activities(today, outline.id)
    blocks = [
        Paragraph(whole_line(counted[0].whole)),
        Paragraph(rule(), quiet=True),
        *_totals(counted),
        Heading(t("Mes a mes")),
        charts.over_time(pace),
        *_areas(outline, {one.row.id: one for one in readings}),
        *_slipped(readings, outline.year),
        *_withdrawn(read, outline.id),
        *_amended(read, amendments),
        *_meetings(read, outline.id),
        *_promises(read, outline.id),
        *_next_year(read, outline.id, today),
        *proofs.annex(readings),
    ]
    return Told(tuple(blocks), tuple(_row(one, outline.year) for one in readings))


def _totals(counted: Sequence[Progress]) -> Iterator[Block]:
    for progress in counted:
        # One group alone says what the whole says.
        if len(progress.groups) > 1:
            yield Heading(grouping_label(progress.grouping))
            if progress.grouping is not Grouping.FUNDER:
                yield charts.by_group(progress)
            rows = tuple((group_name(one, progress.grouping), *count_cells(one.counts)) for one in progress.groups)
            yield Table((grouping_label(progress.grouping), *count_titles()), rows, _COUNTED)


def _areas(outline: PlanOutline, readings: dict[str, ActivityReading]) -> Iterator[Block]:
    titles = (t("Actividad"), t("Estado"), t("Responsable"), t("Productos y medios de verificación"))
    for area in outline.areas:
        yield Heading(drawable(f"{area.code}  {area_title(area.title, area.mark)}".strip()))
        if area.objective:
            yield Paragraph(drawable(area.objective), quiet=True)
        rows = tuple(_activity(readings[row.id]) for row in area.activities if row.id in readings)
        if rows:
            yield Table(titles, rows, (32, 16, 20, 30))
        else:
            yield Paragraph(t("No tiene actividades."))


def _activity(one: ActivityReading) -> tuple[str, ...]:
    far = [percent_label(one.row.progress)] if one.row.progress is not None else []
    if one.units_planned is not None:
        # Units are counted, a percentage is only said: where there are both, units count.
        far = [t("{done} de {planned} unidades", done=one.units_done or 0, planned=one.units_planned)]
    return (
        drawable(f"{one.row.code} {one.row.title}"),
        "\n".join([status_label(one.row.status), *far]),
        _leads(one),
        "\n".join(_products(one)),
    )


def _leads(one: ActivityReading) -> str:
    return ", ".join(lead_name(code) for code in (one.row.lead, *one.co_leads) if code)


def _products(one: ActivityReading) -> Iterator[str]:
    for product in one.products:
        day = f" ({day_label(product.delivered)})" if product.delivered else ""
        yield drawable(f"{'● ' if product.delivered else ''}{product.text}{day}")
        if product.evidence:
            yield proofs.short(product.evidence)


def _slipped(readings: Sequence[ActivityReading], year: int) -> Iterator[Block]:
    late = [one for one in readings if Alert.OVERDUE in one.row.alerts]
    yield Heading(t("Lo que se atrasó"))
    if not late:
        yield Paragraph(t("Ninguna actividad está vencida."))
        return
    rows = tuple(
        (drawable(f"{one.row.code} {one.row.title}"), _due(one, year), _reason(one) or t("sin motivo")) for one in late
    )
    yield Table((t("Actividad"), t("Plazo"), t("Por qué")), rows, (38, 18, 42))


def _due(one: ActivityReading, year: int) -> str:
    due = due_of(one.row, year)
    return day_label(due.isoformat()) if due is not None else ""


def _reason(one: ActivityReading) -> str:
    """What was last said of an activity officially."""
    official = [note.text for note in one.notes if note.official]
    return drawable(official[-1]) if official else ""


def _withdrawn(read: Queries, plan: str) -> Iterator[Block]:
    gone = [one for one in read.deletions() if kind_of(one.entity) in ("area", "activity") and _is_of(read, one, plan)]
    if gone:
        yield Heading(t("Lo que se retiró"))
        yield Points(tuple(_withdrawal(one) for one in gone))


def _is_of(read: Queries, one: DeletionReading, plan: str) -> bool:
    return one.within is None and read.plan_of(one.entity) == plan


def _withdrawal(one: DeletionReading) -> str:
    what, who = drawable(f"{one.code} {one.words}".strip()), author_label(one.author)
    return f"{what}: {drawable(one.reason)} ({who})" if one.reason else f"{what} ({who})"


def _amended(read: Queries, amendments: Sequence[Amended]) -> Iterator[Block]:
    # A reason that was given for what is no structure of the plan amends nothing.
    rows = tuple(_amendment(read, one) for one in amendments if one.edits)
    if rows:
        yield Heading(t("Enmiendas"))
        yield Table((t("Fecha"), t("Qué cambió"), t("Por qué"), t("Quién")), rows, (18, 40, 25, 18))


def _amendment(read: Queries, one: Amended) -> tuple[str, ...]:
    why = drawable(one.reason) if one.reason else explained_label(one.explained)
    who = drawable(author_label(one.author)) if one.author is not None else ""
    return day_label(local_day(one.at).isoformat()), "\n".join(_edits(read, one)), why, who


def _edits(read: Queries, one: Amended) -> Iterator[str]:
    by_entity: dict[str, list[EditReading]] = {}
    for edit in one.edits:
        by_entity.setdefault(edit.entity, []).append(edit)
    for entity, edits in by_entity.items():
        for phrase in edit_phrases(edits):
            yield drawable(f"{read.title_of(entity)}: {phrase}")


def _meetings(read: Queries, plan: str) -> Iterator[Block]:
    held = [one for one in read.meetings() if one.state is MeetingState.CLOSED and one.plan in (plan, None)]
    yield Heading(t("Reuniones"))
    if not held:
        yield Paragraph(t("No hubo reuniones."))
        return
    agreed: dict[str, int] = {}
    for item in read.items():
        agreed[item.meeting] = agreed.get(item.meeting, 0) + 1
    rows = tuple(
        (
            day_label(one.day) if one.day else "",
            drawable(meeting_label(one)),
            ", ".join(country_name(code) for code in one.countries),
            str(agreed.get(one.id, 0)),
        )
        for one in sorted(held, key=lambda one: (one.day or "", one.id))
    )
    yield Table((t("Fecha"), t("Reunión"), t("Países presentes"), t("Acuerdos")), rows, (18, 32, 32, 16))


def _promises(read: Queries, plan: str) -> Iterator[Block]:
    promises = commitments.of_plan(read, plan)
    if not promises:
        return
    yield Heading(t("Compromisos"))
    owed = [one.item for one in promises if one.is_owed]
    yield Paragraph(t("Compromisos: {total} · cumplidos: {n}", n=len(promises) - len(owed), total=len(promises)))
    rows = tuple(
        (
            country_name(item.country) if item.country else "",
            drawable(f"{item.code} {item.text}".strip()),
            day_label(item.due) if item.due else "",
        )
        for item in owed
    )
    if rows:
        yield Table((t("País"), t("Por cumplir"), t("Plazo")), rows, (20, 56, 19))


def _next_year(read: Queries, plan: str, today: date) -> Iterator[Block]:
    found = outlook(read, plan, today, recurring=False)
    yield Heading(t("Lo que pasa al año siguiente"))
    if not found.carried:
        yield Paragraph(t("No queda nada por hacer."))
        return
    yield Paragraph(tn("Queda {n} actividad por hacer.", "Quedan {n} actividades por hacer.", len(found.carried)))
    yield Points(tuple(drawable(f"{one.activity.row.code} {one.activity.row.title}") for one in found.carried))


# --- as a sheet ------------------------------------------------------------------------------------------------------


def columns() -> tuple[Column, ...]:
    """The columns of `Told.rows`."""
    return (
        Column(t("Área"), 30),
        Column(t("Código"), 9),
        Column(t("Actividad"), 44),
        Column(t("Estado"), 13, choices=tuple(status_label(one) for one in Status)),
        Column(t("Avance"), 9, Kind.PERCENT),
        Column(t("Responsable"), 20),
        Column(t("Plazo"), 12, Kind.DAY),
        Column(t("Entregados"), 11, Kind.NUMBER),
        Column(t("Productos"), 10, Kind.NUMBER),
        Column(t("Medio de verificación"), 34),
        Column(t("Motivo del atraso"), 36),
    )


def _row(one: ActivityReading, year: int) -> tuple[Value, ...]:
    row = one.row
    return (
        drawable(f"{one.area_code} {one.area_title}".strip()),
        row.code,
        drawable(row.title),
        status_label(row.status),
        row.progress,
        _leads(one),
        due_of(row, year),
        sum(product.delivered is not None for product in one.products),
        len(one.products),
        "\n".join(drawable(product.evidence) for product in one.products if product.evidence),
        _reason(one) if Alert.OVERDUE in row.alerts else "",
    )
