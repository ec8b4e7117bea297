"""Days and moments as people say them, in the language in force; long days with pendulum's locales."""

from __future__ import annotations

from datetime import date

from gealc_tui.domain.moments import local_moment
from gealc_tui.i18n import language, t, tn
from gealc_tui.i18n.labels import day_label
from gealc_tui.i18n.months import WEEKDAYS

_DAYS_THAT_ARE_COUNTED = 60
_MONTHS_THAT_ARE_COUNTED = 24


def moment_label(at: int, today: date, is_doubtful: bool = False) -> str:
    """A moment (milliseconds since 1970) on this machine's clock: `14/03 10:22`; another year is told.

    A clock that does not fit what stands around it in its author's log is pointed out.
    """
    moment = local_moment(at)
    day = day_label(moment.date().isoformat())
    if moment.year == today.year:
        day = day.removesuffix(f"/{moment.year}").removesuffix(f" {moment.year}")
    said = f"{day} {moment:%H:%M}"
    return t("{moment} (reloj dudoso)", moment=said) if is_doubtful else said


def long_day(day: date) -> str:
    """A day as it stands in minutes and letters: `15 de agosto de 2019`, `15 August 2019`, `1er août 2019`."""
    # Long to import, and the first screen shows no such day.
    import pendulum

    said = language()
    joined = "[ de ]" if said in ("es", "pt") else " "
    pattern = f"[{_first(day, said)}]{joined}MMMM{joined}YYYY"
    return pendulum.Date(day.year, day.month, day.day).format(pattern, locale=_PENDULUM.get(said, said))


def full_day(day: date) -> str:
    """A day as it is shown back to whoever typed it: `lunes 15 de julio de 2019`."""
    comma = ", " if language() == "pt" else " "
    return f"{weekday_label(day)}{comma}{long_day(day)}"


def weekday_label(day: date) -> str:
    """`lunes`, `Monday`."""
    return WEEKDAYS[language()][day.weekday()]


def day_and_weekday(day: str) -> str:
    """`2019-07-15` as `15/07/2019 (lunes)`; what is no date is shown as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day_label(day)
    return f"{day_label(day)} ({weekday_label(found)})"


_PENDULUM = {"pt": "pt_br"}
"""What pendulum calls the languages that it knows by another name."""


def _first(day: date, said: str) -> str:
    """The number of the day: French and Portuguese have a word of their own for the first."""
    first = {"fr": "1er", "pt": "1º"}
    return first.get(said, "1") if day.day == 1 else str(day.day)


def relative_label(day: date, today: date) -> str:
    """How far a day is: `hoy`, `mañana`, `en 12 días`, `hace 3 meses`."""
    days = (day - today).days
    if near := {0: t("hoy"), 1: t("mañana"), -1: t("ayer")}.get(days):
        return near
    span = tn("{n} día", "{n} días", abs(days)) if abs(days) < _DAYS_THAT_ARE_COUNTED else _span(day, today)
    return t("en {span}", span=span) if days > 0 else t("hace {span}", span=span)


def _span(day: date, today: date) -> str:
    """Whole months, or whole years."""
    early, late = sorted((day, today))
    months = 12 * (late.year - early.year) + late.month - early.month - (late.day < early.day)
    if months < _MONTHS_THAT_ARE_COUNTED:
        return tn("{n} mes", "{n} meses", months)
    return tn("{n} año", "{n} años", months // 12)
