"""One page for the Assembly: how far each area is with its light, what is late, and what was promised."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gealc_tui.domain.readings import ActivityReading, PlanOutline
from gealc_tui.domain.vocabulary import Alert
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import country_name, day_label, lead_name
from gealc_tui.plain import drawable
from gealc_tui.reports import commitments
from gealc_tui.reports.document import Block, Heading, Paragraph, Table
from gealc_tui.reports.due import due_of
from gealc_tui.reports.progress import Progress
from gealc_tui.reports.progress_words import count_cells, count_titles, group_name, grouping_label, rule, whole_line

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries

_MOST = 10
"""Lines of a list: it is one page."""

_LONGEST = 90


def board(read: Queries, outline: PlanOutline, counted: Progress, readings: tuple[ActivityReading, ...]) -> list[Block]:
    """The page. `counted` is by area."""
    blocks: list[Block] = [Paragraph(whole_line(counted.whole))]
    rows = tuple((group_name(one, counted.grouping), *count_cells(one.counts)) for one in counted.groups)
    blocks.append(Table((grouping_label(counted.grouping), *count_titles()), rows, (30, 9, 17, 14, 10, 16)))
    blocks.append(Paragraph(rule(), quiet=True))
    late = [one for one in readings if Alert.OVERDUE in one.row.alerts]
    late.sort(key=lambda one: (due_of(one.row, outline.year) or date.max, one.row.code))
    blocks.append(Heading(t("Lo que está vencido")))
    if late:
        lines = tuple(
            (
                _short(f"{one.row.code} {one.row.title}"),
                lead_name(one.row.lead) if one.row.lead else t("Sin responsable"),
                _due(one, outline.year),
            )
            for one in late[:_MOST]
        )
        blocks.append(Table((t("Actividad"), t("Responsable"), t("Plazo")), lines, (62, 22, 16)))
        blocks += _rest(len(late))
    else:
        blocks.append(Paragraph(t("Ninguna actividad está vencida.")))
    blocks += _promises(read, outline.id)
    return blocks


def _promises(read: Queries, plan: str) -> list[Block]:
    promises = commitments.of_plan(read, plan)
    owed = [one for one in promises if one.is_owed]
    blocks: list[Block] = [Heading(t("Compromisos de las reuniones"))]
    if not promises:
        return [*blocks, Paragraph(t("Ninguna reunión cerrada dejó compromisos."))]
    said = tn(
        "{n} de {total} está cumplido.",
        "{n} de {total} están cumplidos.",
        len(promises) - len(owed),
        total=len(promises),
    )
    blocks.append(Paragraph(said))
    if owed:
        lines = tuple(
            (
                country_name(one.item.country) if one.item.country else "—",
                _short(f"{one.item.code} {one.item.text}".strip()),
                day_label(one.item.due) if one.item.due else "—",
            )
            for one in owed[:_MOST]
        )
        blocks.append(Table((t("País"), t("Compromiso"), t("Plazo")), lines, (22, 62, 16)))
        blocks += _rest(len(owed))
    return blocks


def _rest(count: int) -> list[Block]:
    more = count - _MOST
    return [Paragraph(tn("y {n} más", "y {n} más", more), quiet=True)] if more > 0 else []


def _short(text: str) -> str:
    words = " ".join(drawable(text).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rsplit(' ', 1)[0]}…"


def _due(one: ActivityReading, year: int) -> str:
    due = due_of(one.row, year)
    return day_label(due.isoformat()) if due is not None else ""
