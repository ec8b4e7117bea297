"""What is filtered, in words: «en curso · vencidas · Chile»."""

from __future__ import annotations

from collections.abc import Iterator

from gealc_tui.domain.filters import Filter, Since
from gealc_tui.domain.vocabulary import Alert, Status
from gealc_tui.i18n import N_, t
from gealc_tui.i18n.labels import day_label, lead_name, period_label

_STATUSES = {
    Status.PENDING: N_("pendientes"),
    Status.IN_PROGRESS: N_("en curso"),
    Status.DONE: N_("cumplidas"),
    Status.ON_HOLD: N_("suspendidas"),
    Status.CANCELLED: N_("canceladas"),
}

_ALERTS = {
    Alert.OVERDUE: N_("vencidas"),
    Alert.DUE_SOON: N_("por vencer"),
    Alert.UNREPORTED: N_("sin reporte"),
}


def statuses_label(status: Status) -> str:
    """The activities of a status: `cumplidas`."""
    return t(_STATUSES[status])


def alerts_label(alert: Alert) -> str:
    """The activities of an alert: `vencidas`."""
    return t(_ALERTS[alert])


def since_label(since: str) -> str:
    """`cambiadas desde el 15/08/2019`."""
    if since == Since.MEETING:
        return t("cambiadas desde la última reunión")
    return t("cambiadas desde el {day}", day=day_label(since))


def filter_label(wanted: Filter) -> str:
    """Everything that a filter asks for; what is of one kind stands together."""
    return " · ".join(", ".join(kind) for kind in _kinds(wanted) if kind)


def _kinds(wanted: Filter) -> Iterator[list[str]]:
    yield [statuses_label(one) for one in wanted.statuses]
    yield [alerts_label(one) for one in wanted.alerts]
    yield [t("área {code}", code=area.rpartition("/")[2]) if area else t("Sin área") for area in wanted.areas]
    yield [period_label(one) for one in wanted.periods]
    yield [*(lead_name(code) for code in wanted.leads), *([t("sin responsable")] if wanted.no_lead else [])]
    yield list(wanted.funders)
    yield [t("con diferencias")] if wanted.differing else []
    yield [since_label(wanted.since)] if wanted.since else []
