"""`gealc list` in another order, under other headings, and only what is one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from gealc_tui import errors
from gealc_tui.cli.phrases import status_phrase
from gealc_tui.domain.readings import ActivityRow, AreaRow
from gealc_tui.domain.vocabulary import Period, Status
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import fold, lead_name, period_label
from gealc_tui.reports.due import due_of

if TYPE_CHECKING:
    from gealc_tui.replica import Replica

SORTS = ("area", "due", "lead", "period", "status")
GROUPS = ("area", "lead", "period", "status")

InAreas = list[tuple[AreaRow, list[ActivityRow]]]


def mine(replica: Replica, found: InAreas) -> InAreas:
    """Of these, what concerns the country of whoever uses this copy. Raises NoIdentity."""
    from gealc_tui.commands import mine as commands

    person = replica.read.person(replica.id) if replica.id is not None else None
    if person is None or not person[1]:
        raise errors.NoIdentity()
    ids = commands.of_country(replica, replica.plan or "", person[1])
    return [(area, kept) for area, rows in found if (kept := [row for row in rows if row.id in ids])]


def ordered(found: InAreas, year: int, sort: str | None, group: str | None) -> InAreas:
    """The same activities under other headings (of none without `group`), each in the order that is asked for."""
    every = [row for _, rows in found for row in rows]
    place = {row.id: n for n, row in enumerate(every)}
    area_of = {row.id: f"{area.code} {area.title}".strip() for area, rows in found for row in rows}

    def key(row: ActivityRow, what: str | None) -> tuple[str, int]:
        return _sorted_by(row, year, what), place[row.id]

    if group is None:
        rows = sorted(every, key=lambda row: key(row, sort))
        return [(AreaRow("", "", "", None, tuple(rows)), rows)] if rows else []
    names: Mapping[str, Callable[[ActivityRow], str]] = {
        "area": lambda row: area_of[row.id],
        "lead": lambda row: lead_name(row.lead) if row.lead else t("Sin responsable"),
        "period": lambda row: period_label(row.period),
        "status": lambda row: status_phrase(row.status),
    }
    groups: dict[str, list[ActivityRow]] = {}
    for row in sorted(every, key=lambda row: key(row, group)):
        groups.setdefault(names[group](row), []).append(row)
    told = {name: sorted(many, key=lambda row: key(row, sort)) for name, many in groups.items()}
    return [(AreaRow("", "", name, None, tuple(many)), many) for name, many in told.items()]


def _sorted_by(row: ActivityRow, year: int, what: str | None) -> str:
    """What an activity is sorted by; alike for all where the plan's own order is meant."""
    match what:
        case "due":
            return (due_of(row, year) or date.max).isoformat()
        case "lead":
            # Those without one come last.
            return fold(lead_name(row.lead)) if row.lead else "\U0010ffff"
        case "period":
            return str(list(Period).index(row.period))
        case "status":
            return str(list(Status).index(row.status))
    return ""
