"""progress: how far the plan is, by area, period, country or funder."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from gealc_tui.cli.output import Cell, Exit, Row, complain, say, say_json
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import OVERDUE_MARK, percent_label
from gealc_tui.reports.progress import Count, Grouping, Light, Progress, progress_of
from gealc_tui.reports.progress_words import group_name, grouping_label, light_letter, rule, whole_line

if TYPE_CHECKING:
    from gealc_tui.replica import Replica

_COLOURS = {Light.GREEN: "32", Light.AMBER: "33", Light.RED: "31"}


def show_progress(replica: Replica, args: Namespace) -> int:
    found = progress_of(replica, Grouping(args.by))
    if args.json:
        say_json(None if found is None else _facts(found))
    elif found is None:
        complain(t("Todavía no hay ningún plan en esta base; traiga uno con gealc import."))
    else:
        _say(found)
    return Exit.DONE


def _say(found: Progress) -> None:
    say(f"{found.title} · {light_letter(found.whole.light)} · {whole_line(found.whole)}")
    say()
    columns = [
        Column(t("Semáforo")),
        Column(t("● Cumplidas"), is_number=True),
        Column("%", is_number=True),
        Column(t("≈ En curso"), minor=3, is_number=True),
        Column(t("○ Pendientes"), minor=4, is_number=True),
        Column(t("■ Suspendidas"), minor=5, is_number=True),
        Column(t("{mark} Vencidas", mark=OVERDUE_MARK), minor=1, is_number=True),
        Column(t("Sin reporte"), minor=2, is_number=True),
        Column(grouping_label(found.grouping), is_elastic=True, least=32),
    ]
    rows: list[Row] = []
    for group in found.groups:
        count = group.counts
        rows.append(
            [
                Cell(light_letter(count.light), _COLOURS.get(count.light, "")),
                f"{count.done}/{count.counting}",
                "—" if count.percent is None else percent_label(count.percent),
                str(count.in_progress),
                str(count.pending),
                str(count.on_hold),
                Cell(str(count.overdue), "31" if count.overdue else ""),
                str(count.unreported),
                group_name(group, found.grouping),
            ]
        )
    say_table(rows, columns)
    say()
    say(rule())


def _facts(found: Progress) -> dict[str, object]:
    return {
        "plan": found.plan,
        "title": found.title,
        "year": found.year,
        "by": found.grouping.value,
        "whole": _count_facts(found.whole),
        "groups": [
            {
                "key": group.key,
                **({"code": group.code, "title": group.title} if found.grouping is Grouping.AREA else {}),
                **_count_facts(group.counts),
                "activities": [row.id for row in group.activities],
            }
            for group in found.groups
        ],
    }


def _count_facts(count: Count) -> dict[str, object]:
    return {**count._asdict(), "counting": count.counting, "percent": count.percent, "light": count.light.value}
