"""How far the plan is: what is counted, in which order, and when the traffic light changes."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import MakeReplica

from gealc_tui import i18n
from gealc_tui.commands import activities
from gealc_tui.domain.readings import ActivityRow, AreaRow, PlanOutline
from gealc_tui.domain.vocabulary import Alert, Period, Status
from gealc_tui.reports.progress import Grouping, Light, counted, light_of, progress, progress_of
from gealc_tui.reports.progress_words import group_name, light_letter, whole_line


def row(
    code: str,
    status: Status = Status.IN_PROGRESS,
    *alerts: Alert,
    lead: str | None = None,
    period: Period = Period.S1,
) -> ActivityRow:
    return ActivityRow(code, code, f"Actividad {code}", "a", 1, period, status, None, None, lead, alerts, 0, 0)


def plan(*areas: tuple[ActivityRow, ...]) -> PlanOutline:
    return PlanOutline(
        "2019", "Plan", 2019, tuple(AreaRow(f"a{n}", str(n), f"Área {n}", None, rows) for n, rows in enumerate(areas))
    )


LATE = row("x", Status.IN_PROGRESS, Alert.OVERDUE)
FINE = row("y")


@pytest.mark.parametrize(
    ("rows", "light"),
    [
        ([], Light.NONE),
        ([row("1", Status.CANCELLED)], Light.NONE),
        ([FINE], Light.GREEN),
        ([row("1", Status.DONE), row("2", Status.CANCELLED)], Light.GREEN),
        ([FINE, row("1", Status.IN_PROGRESS, Alert.DUE_SOON)], Light.AMBER),
        ([FINE, row("1", Status.PENDING, Alert.UNREPORTED)], Light.AMBER),
        ([FINE, row("1", Status.ON_HOLD)], Light.AMBER),
        ([LATE, FINE, FINE, FINE, FINE], Light.AMBER),
        ([LATE, FINE, FINE, FINE], Light.RED),
        ([LATE, FINE, FINE, FINE, row("1", Status.CANCELLED)], Light.RED),
        ([LATE], Light.RED),
    ],
)
def test_the_light_is_red_from_one_overdue_in_four_and_amber_from_anything_to_look_at(
    rows: list[ActivityRow], light: Light
) -> None:
    assert counted(rows).light is light


def test_one_activity_has_a_light_too() -> None:
    assert [light_of(one) for one in (LATE, FINE, row("1", Status.CANCELLED))] == [Light.RED, Light.GREEN, Light.NONE]


def test_what_is_cancelled_counts_neither_for_nor_against_the_share() -> None:
    count = counted([row("1", Status.DONE), row("2"), row("3", Status.CANCELLED), row("4", Status.CANCELLED)])
    assert (count.total, count.counting, count.percent, count.cancelled) == (4, 2, 50, 2)


def test_only_all_of_them_are_a_hundred_per_cent() -> None:
    done = [row(str(n), Status.DONE) for n in range(299)]
    assert counted([*done, row("last")]).percent == 99
    assert counted(done).percent == 100
    assert counted([]).percent is None


def test_every_activity_is_counted_once_whatever_the_grouping() -> None:
    outline = plan(
        (row("1", lead="PE"), row("2", Status.DONE, lead="CL", period=Period.ANNUAL)),
        (row("3", lead="CL"), row("4"), row("5")),
    )
    for grouping in Grouping:
        found = progress(outline, grouping, {"1": "BID", "5": " BID "})
        ids = sorted(one.id for group in found.groups for one in group.activities)
        assert ids == ["1", "2", "3", "4", "5"], grouping
        assert sum(group.counts.total for group in found.groups) == found.whole.total == 5


def test_areas_and_periods_come_as_printed_countries_and_funders_by_how_much_they_have() -> None:
    outline = plan((row("1"), row("2"), row("3"), row("4", lead="PE")), (row("5", lead="CL"), row("6", lead="CL")))

    def keys(grouping: Grouping, funders: dict[str, str] | None = None) -> list[str]:
        return [group.key for group in progress(outline, grouping, funders).groups]

    assert keys(Grouping.AREA) == ["a0", "a1"]
    assert keys(Grouping.PERIOD) == ["S1", "S2", "ANNUAL"], "also those without activities"
    assert keys(Grouping.COUNTRY) == ["CL", "PE", ""], "nobody comes last, though they have most"
    assert keys(Grouping.FUNDER, {"1": "OEA", "2": "BID", "3": "BID"}) == ["BID", "OEA", ""]


def test_the_plan_of_a_copy_is_counted_as_it_stands_on_a_day(make_replica: MakeReplica) -> None:
    replica = make_replica()
    activities.set_status(replica, "2019/3.8.1", Status.DONE)
    activities.set_status(replica, "2019/3.8.2", Status.DONE)
    activities.set_field(replica, "activity/2019/3.8.1", "funder", "BID")
    found = progress_of(replica, Grouping.AREA, date(2019, 3, 14))
    assert found is not None
    area = next(group for group in found.groups if group.code == "3.8")
    assert (area.counts.done, area.counts.percent, area.counts.light) == (2, 100, Light.GREEN)
    late = progress_of(replica, Grouping.PERIOD, date(2019, 7, 1))
    assert late is not None
    assert [group.counts.light for group in late.groups] == [Light.RED, Light.AMBER, Light.AMBER]
    funded = progress_of(replica, Grouping.FUNDER, date(2019, 3, 14))
    assert funded is not None
    assert [(group.key, group.counts.total) for group in funded.groups] == [("BID", 1), ("", 39)]


def test_there_is_no_progress_without_a_plan(make_replica: MakeReplica) -> None:
    assert progress_of(make_replica(plan=False), Grouping.AREA) is None


def test_rows_are_named_and_lights_have_letters_that_differ() -> None:
    outline = plan((row("1", lead="CL"), row("2")))
    names = [
        group_name(group, grouping)
        for grouping in (Grouping.AREA, Grouping.PERIOD, Grouping.COUNTRY, Grouping.FUNDER)
        for group in progress(outline, grouping).groups[:2]
    ]
    assert names == ["0 Área 0", "Primer semestre", "Segundo semestre", "Chile", "Sin responsable", "Sin financiador"]
    for language in i18n.LANGUAGES:
        i18n.use(language)
        assert len({light_letter(one) for one in Light}) == len(Light), language


def test_the_whole_is_told_in_a_line() -> None:
    count = counted([LATE, FINE, row("1", Status.DONE), row("2", Status.CANCELLED)])
    assert whole_line(count) == "1 de 3 cumplida (33 %) · 1 vencida · 1 cancelada, que no se cuenta"
