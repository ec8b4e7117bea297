"""What is a person's own: what their country leads or takes part in, what it owes, and what waits for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain.readings import ActivityRow
from gealc_tui.domain.vocabulary import Alert
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.countries import NAMES
from gealc_tui.i18n.labels import country_name
from gealc_tui.plain import folded
from gealc_tui.reports import commitments
from gealc_tui.reports.commitments import Promise
from gealc_tui.reports.due import day_of, due_of

if TYPE_CHECKING:
    from gealc_tui.replica import Replica


class Mine(NamedTuple):
    """What concerns a country in the plan in view."""

    country: str
    year: int
    """Of the plan."""
    activities: tuple[ActivityRow, ...]
    """What is due first stands first."""
    owed: tuple[Promise, ...]
    """What it promised at meetings and still owes, the earliest date first."""
    differences: int
    proposals: int


def mine(replica: Replica) -> Mine | None:
    """None while nobody has said who uses the copy, or there is no plan."""
    person = replica.read.person(replica.id) if replica.id is not None else None
    outline = replica.read.outline(replica.today, replica.plan)
    if person is None or not person[1] or outline is None:
        return None
    country = person[1]
    ids = of_country(replica, outline.id, country)
    rows = [row for row in outline.activities if row.id in ids]
    rows.sort(key=lambda row: due_of(row, outline.year) or date.max)
    owed = tuple(
        one for one in commitments.of_plan(replica.read, outline.id) if one.is_owed and one.item.country == country
    )
    differing = sum(row.differences for row in rows)
    return Mine(country, outline.year, tuple(rows), owed, differing, replica.read.open_proposals(outline.id))


def of_country(replica: Replica, plan: str, country: str) -> frozenset[str]:
    """The ids of the activities that a country leads, co-leads, or is named among the participants of."""
    name = folded(NAMES.get(country, country))
    fields = {"area": ("code",), "product": ("text",), "activity": ("lead", "co_leads", "participants")}
    found = set()
    for entity, said in replica.read.contents(plan, fields).items():
        if not entity.startswith("activity/"):
            continue
        leads = (said["lead"], *(said["co_leads"] or ()))  # type: ignore[misc]
        if country in leads or name in folded(str(said["participants"] or "")):
            found.add(entity.partition("/")[2])
    return frozenset(found)


def summary(found: Mine, today: date) -> str:
    """`Uruguay: 2 vencidas, 1 por vencer, 1 compromiso`; empty if nothing presses."""
    overdue = sum(Alert.OVERDUE in row.alerts for row in found.activities)
    soon = sum(Alert.DUE_SOON in row.alerts for row in found.activities)
    parts = [tn("{n} vencida", "{n} vencidas", overdue)] if overdue else []
    parts += [tn("{n} por vencer", "{n} por vencer", soon)] if soon else []
    parts += [tn("{n} compromiso", "{n} compromisos", len(found.owed))] if found.owed else []
    if not parts:
        return ""
    return t("{country}: {what}", country=country_name(found.country), what=", ".join(parts))


def owed_first(promises: tuple[Promise, ...], today: date) -> tuple[Promise, ...]:
    """Commitments with what is overdue first, then what is owed, by country and date."""

    def key(one: Promise) -> tuple[int, str, str]:
        due = day_of(one.item.due)
        late = one.is_owed and due is not None and due < today
        return 0 if late else 1 if one.is_owed else 2, country_name(one.item.country or ""), one.item.due or "9999"

    return tuple(sorted(promises, key=key))
