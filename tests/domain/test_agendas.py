"""The rules by which agendas are made."""

from __future__ import annotations

from gealc_tui.domain.agendas import by_area, by_urgency
from gealc_tui.domain.meetings import ItemReading
from gealc_tui.domain.readings import ActivityRow, AreaRow, Author, PlanOutline
from gealc_tui.domain.vocabulary import Alert, ItemKind, Period, Status


def row(area: str, number: int, *alerts: Alert) -> ActivityRow:
    id = f"{area}.{number}"
    return ActivityRow(id, id, "", area, number, Period.S1, Status.PENDING, None, None, None, alerts, 0, 0)


def agreed(about: str | None) -> ItemReading:
    return ItemReading("i", "m", about, "", "", ItemKind.COMMITMENT, "", "CL", None, Author("r", "", None), 0)


PLAN = PlanOutline(
    "2019",
    "",
    2019,
    (
        AreaRow(
            "1",
            "1",
            "",
            None,
            (row("1", 1), row("1", 2, Alert.UNREPORTED), row("1", 3, Alert.OVERDUE, Alert.UNREPORTED), row("1", 4)),
        ),
        AreaRow("2", "2", "", None, (row("2", 1, Alert.OVERDUE), row("2", 2, Alert.DUE_SOON))),
    ),
)


def test_a_group_begins_with_what_was_agreed_then_what_is_late_then_what_nobody_reported():
    assert by_urgency(PLAN, [agreed("1.4"), agreed(None)], "1") == ("1.4", "1.3", "1.2", "1.1")
    assert by_urgency(PLAN, [], "1") == ("1.3", "1.2", "1.1", "1.4")


def test_other_bodies_have_the_whole_plan():
    assert by_urgency(PLAN, [], None) == ("1.3", "2.1", "1.2", "1.1", "1.4", "2.2")
    assert by_area(PLAN) == ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2")
    assert by_area(PLAN, "2") == ("2.1", "2.2")
