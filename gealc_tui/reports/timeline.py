"""When what is due: activities, occurrences of series, commitments; month by month, and as a bar of twelve months."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain.readings import PlanOutline
from gealc_tui.domain.vocabulary import Alert, Status
from gealc_tui.i18n import language, t
from gealc_tui.i18n.labels import MARKS, country_name, day_label, lead_name, status_label
from gealc_tui.i18n.months import NAMES
from gealc_tui.plain import drawable
from gealc_tui.reports import commitments
from gealc_tui.reports.document import Block, Heading, Paragraph, Table
from gealc_tui.reports.due import day_of, due_of
from gealc_tui.reports.report import Column, Kind, Sheet, Value

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries


class Dated(NamedTuple):
    """Something that falls due on a day."""

    id: str
    """For calendars: the same each time for the same thing."""
    day: date
    code: str
    text: str
    who: str
    state: str
    is_open: bool
    is_late: bool


def dated(read: Queries, outline: PlanOutline, today: date) -> tuple[Dated, ...]:
    """Everything of a plan that has a day, the earliest first; an activity without one stands at its period's end."""
    found = []
    for row in outline.activities:
        who = lead_name(row.lead) if row.lead else ""
        is_open = row.status not in (Status.DONE, Status.CANCELLED)
        many = read.occurrences(row.id)
        for one in many:
            day = date.fromisoformat(one.held or one.due)
            state = t("Realizada") if one.held else t("Pendiente")
            text = t("{title} ({n} de {total})", title=row.title, n=one.number, total=len(many))
            late = is_open and one.held is None and day < today
            open_ = is_open and one.held is None
            found.append(Dated(f"occurrence-{row.id}-{one.number}", day, row.code, text, who, state, open_, late))
        due = due_of(row, outline.year)
        if not many and due is not None:
            late = Alert.OVERDUE in row.alerts
            state = f"{MARKS[row.status]} {status_label(row.status)}"
            found.append(Dated(f"activity-{row.id}", due, row.code, row.title, who, state, is_open, late))
    for promise in commitments.of_plan(read, outline.id):
        due = day_of(promise.item.due)
        if due is not None:
            who = country_name(promise.item.country) if promise.item.country else ""
            state = t("Pendiente") if promise.is_owed else t("Cumplido")
            late = promise.is_owed and due < today
            item = promise.item
            found.append(Dated(f"item-{item.id}", due, item.code, item.text, who, state, promise.is_owed, late))
    return tuple(sorted(found, key=lambda one: (one.day, one.code, one.id)))


def timeline(found: tuple[Dated, ...], year: int) -> tuple[list[Block], Sheet]:
    """As a document by months, and as rows."""
    blocks: list[Block] = []
    if not found:
        blocks.append(Paragraph(t("Nada tiene fecha.")))
    titles = (t("Día"), t("Qué vence"), t("Responsable"), t("Situación"))
    for month in dict.fromkeys((one.day.year, one.day.month) for one in found):
        here = [one for one in found if (one.day.year, one.day.month) == month]
        blocks.append(Heading(f"{NAMES[language()][month[1] - 1].capitalize()} {month[0]}"))
        rows = tuple((day_label(one.day.isoformat()), _words(one), one.who, _state(one)) for one in here)
        blocks.append(Table(titles, rows, (14, 50, 18, 18)))
    months = tuple(Column(NAMES[language()][n][:3], 5) for n in range(12))
    columns = (
        Column(t("Día"), 12, Kind.DAY),
        Column(t("Código"), 9),
        Column(t("Qué vence"), 50),
        Column(t("Responsable"), 20),
        Column(t("Situación"), 16),
        *months,
    )
    rows_of_sheet = tuple(_row(one, year) for one in found)
    return blocks, Sheet(t("Cronograma"), columns, rows_of_sheet)


def _row(one: Dated, year: int) -> tuple[Value, ...]:
    bar = tuple("■" if (one.day.year, one.day.month) == (year, n) else "" for n in range(1, 13))
    return one.day, one.code, drawable(one.text), one.who, _state(one), *bar


def _words(one: Dated) -> str:
    return drawable(f"{one.code} {one.text}".strip())


def _state(one: Dated) -> str:
    return f"! {t('Vencida')}" if one.is_late else one.state


def calendar_of(found: tuple[Dated, ...], *, stamp: int, title: str) -> bytes:
    """What is still due, as a calendar file of whole days (RFC 5545). `stamp`: milliseconds since 1970, UTC."""
    from datetime import UTC, datetime, timedelta
    from typing import Any

    from icalendar import Calendar, Event

    made: Any = Calendar()
    made.add("PRODID", "-//gealc_tui//Red GEALC//ES")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("X-WR-CALNAME", title)
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=stamp // 1000)
    for one in found:
        if not one.is_open or not 1900 < one.day.year < 9000:
            continue
        event: Any = Event()
        event.add("UID", f"{one.id}@gealc-tui")
        event.add("DTSTAMP", at)
        event.add("SUMMARY", " ".join(_words(one).split()))
        if one.who:
            event.add("DESCRIPTION", one.who)
        event.add("DTSTART", one.day)
        event.add("TRANSP", "TRANSPARENT")
        made.add_component(event)
    data: bytes = made.to_ical()
    return data
