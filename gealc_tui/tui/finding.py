"""Finding activities by what they say, without regard to accents and case."""

from __future__ import annotations

from collections.abc import Mapping

from gealc_tui.domain.readings import ActivityRow, PlanOutline
from gealc_tui.i18n.labels import fold, lead_name


def matching(outline: PlanOutline, text: str, words: Mapping[str, str] | None = None) -> PlanOutline:
    """The plan with only the activities that hold all the words of `text`, and the areas that have such.

    `words` holds, for each activity, what else is said there (products, notes).
    """
    wanted = fold(text).split()
    if not wanted:
        return outline
    more = words or {}
    areas = []
    for area in outline.areas:
        found = tuple(row for row in area.activities if _holds(row, area.title, more.get(row.id, ""), wanted))
        if found:
            areas.append(area._replace(activities=found))
    return outline._replace(areas=tuple(areas))


def _holds(row: ActivityRow, area: str, words: str, wanted: list[str]) -> bool:
    lead = lead_name(row.lead) if row.lead else ""
    text = fold(f"{row.code} {row.title} {area} {lead} {words}")
    return all(word in text for word in wanted)
