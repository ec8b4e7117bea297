"""Days and moments as people say them, in the language in force (pendulum's locales)."""

from __future__ import annotations

from datetime import date

from gealc_tui.domain.moments import local_moment
from gealc_tui.i18n import language, t, tn
from gealc_tui.i18n.labels import day_label

_DAYS_THAT_ARE_COUNTED = 60


def moment_label(at: int, today: date) -> str:
    """A moment (milliseconds since 1970) on this machine's clock: `14/03 10:22`; another year is told."""
    moment = local_moment(at)
    day = day_label(moment.date().isoformat())
    if moment.year == today.year:
        day = day.removesuffix(f"/{moment.year}").removesuffix(f" {moment.year}")
    return f"{day} {moment:%H:%M}"


def relative_label(day: date, today: date) -> str:
    """How far a day is: `en 12 días`, `hace 3 meses`."""
    days = (day - today).days
    if days == 0:
        return t("hoy")
    span = tn("{n} día", "{n} días", abs(days)) if abs(days) < _DAYS_THAT_ARE_COUNTED else _span(day, today)
    return t("en {span}", span=span) if days > 0 else t("hace {span}", span=span)


def _span(day: date, today: date) -> str:
    """Months or years, in words of the language's locale."""
    # Long to import, and nothing else needs it.
    import pendulum

    start = pendulum.Date(day.year, day.month, day.day)
    words: str = start.diff_for_humans(
        pendulum.Date(today.year, today.month, today.day), absolute=True, locale=language()
    )
    return words
