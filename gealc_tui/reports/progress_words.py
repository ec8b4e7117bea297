"""What the counts of the plan are called, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping

from gealc_tui.domain.vocabulary import Period
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import area_title, lead_name, percent_label, period_label
from gealc_tui.plain import drawable
from gealc_tui.reports.progress import Count, Group, Grouping, Light

_GROUPING: Mapping[Grouping, str] = {
    Grouping.AREA: N_("Área de trabajo"),
    Grouping.PERIOD: N_("Período"),
    Grouping.COUNTRY: N_("País responsable"),
    Grouping.FUNDER: N_("Financiador"),
}

_LIGHT: Mapping[Light, str] = {
    Light.GREEN: N_("V verde"),
    Light.AMBER: N_("A amarillo"),
    Light.RED: N_("R rojo"),
    Light.NONE: N_("— sin semáforo"),
}
"""The letter that stands beside the colour, and the word; each language has letters that differ from one another."""


def grouping_label(grouping: Grouping) -> str:
    """What the rows are."""
    return t(_GROUPING[grouping])


def light_letter(light: Light) -> str:
    """`V`, `A`, `R`, or a dash."""
    return t(_LIGHT[light]).partition(" ")[0]


def rule() -> str:
    """The rule of the traffic light, in a sentence."""
    return t(
        "Semáforo: {red}, 25 % o más vencidas; {amber}, alguna vencida, por vencer, suspendida o"
        " sin reporte; {green}, ninguna.",
        red=light_letter(Light.RED),
        amber=light_letter(Light.AMBER),
        green=light_letter(Light.GREEN),
    )


def group_name(group: Group, grouping: Grouping) -> str:
    """What a row is called, on one line."""
    if grouping is Grouping.AREA:
        return " ".join(drawable(f"{group.code} {area_title(group.title, group.mark)}").split())
    if grouping is Grouping.PERIOD:
        return period_label(Period(group.key))
    if not group.key:
        return t("Sin responsable") if grouping is Grouping.COUNTRY else t("Sin financiador")
    return lead_name(group.key) if grouping is Grouping.COUNTRY else drawable(group.key)


def whole_line(count: Count) -> str:
    """`16 de 40 cumplidas (40 %) · 3 vencidas · 5 por vencer · 12 sin reporte`."""
    said = [tn("{n} de {total} cumplida", "{n} de {total} cumplidas", count.done, total=count.counting)]
    if count.percent is not None:
        said[0] = t("{done} ({percent} %)", done=said[0], percent=count.percent)
    if count.overdue:
        said.append(tn("{n} vencida", "{n} vencidas", count.overdue))
    if count.due_soon:
        said.append(tn("{n} por vencer", "{n} por vencer", count.due_soon))
    if count.unreported:
        said.append(tn("{n} sin reporte", "{n} sin reporte", count.unreported))
    if count.cancelled:
        said.append(tn("{n} cancelada, que no se cuenta", "{n} canceladas, que no se cuentan", count.cancelled))
    return " · ".join(said)


def count_titles() -> tuple[str, ...]:
    """The titles of `count_cells`."""
    return t("Total"), t("Cumplidas"), t("Vencidas"), "%", t("Semáforo")


def count_cells(counts: Count) -> tuple[str, ...]:
    """A count as cells of a table: all, done, overdue, how much, the light's letter."""
    numbers = counts.counting, counts.done, counts.overdue
    percent = percent_label(counts.percent) if counts.percent is not None else "—"
    return (*map(str, numbers), percent, light_letter(counts.light))
