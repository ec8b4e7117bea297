"""A day as people type it: one grammar for agreements, cards, filters and meetings. Nothing is guessed.

Everywhere: `2019-08-15`; a month by its name in any of the languages (`15 de agosto de 2019`, `August 15, 2019`,
`1.º de junio`); with the day of the week, which must fit (`lunes 15 de julio`); with words before it (`antes del`,
`by`); `viernes`, `+30` (days). In numbers the day comes first (`15/08/2019`); who writes English may mean the other
order, so there `05/08/2019` is no answer, and `15/08/2019` and `08/15/2019` are the same day. A year has four digits.

Promise: what looks like a day is one, whole; or it is a fault (`DayFault`) that says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from gealc_tui.domain.days import DayFault, FoundDay, Toward
from gealc_tui.i18n import day_words
from gealc_tui.i18n.day_grammar import Written, written_at

_YEARS_AROUND = 8
"""29 February comes again within so many years."""

_LONGEST = 100
"""Characters of the longest day that anybody types: what is longer is none."""

_B = r"[^\S\n]"
_WORD = re.compile(rf"([^\W\d_]+)(?:['’]|{_B}*:?{_B}+)")
_ENDS = re.compile(r"[.,;:!?)\]»”\"'…]*(?=\s|$)|[,;:)]")
"""What may stand right behind a day: the end, a blank, or punctuation before one."""

_POINTS = ".,;:!?)]»”\"'…"
_ALONE = re.compile(r"\s*(?:$|[.,;:!?)\]»”…])")
_AWAY = re.compile(
    rf"([+-])([0-9]{{1,4}})(?!\w)(?:{_B}*(d[ií]as?|days?|jours?|semanas?|weeks?|semaines?)\b)?", re.IGNORECASE
)
_WEEK = ("semana", "week", "semaine")
_THIS = re.compile(rf"(?:(?:pr[oó]xim[oa]|next|este|esta|this|ce){_B}+)?([^\W\d_]+(?:-feira)?)", re.IGNORECASE)
_COMING = re.compile(rf"{_B}+(?:pr[oó]xim[oa]|que{_B}+viene|que{_B}+vem|prochain)\b", re.IGNORECASE)
_CODE = re.compile(r"[0-9]{1,2}\.[0-9]")
_GONE = re.compile(rf"{_B}+(?:pasad[oa]|passad[oa]|dernier|last)\b", re.IGNORECASE)
"""`el viernes pasado`: not the next one."""

_DAY_ALONE = re.compile(r"[0-9]{1,2}(?!\w|[.,:/]\w|\s*%)")
_TO_ANOTHER = re.compile(
    rf"{_B}*(?:[-–—,]|\b(?:al?|to|till?|until|ao|au|à|y|e|and|et|ou?|or)\b){_B}*"
    rf"(?:(?:el|le|the|dia)\b{_B}+)?",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"(?<!\w)(?:(?:a m[aá]s tardar|no later than|au plus tard|hasta|at[eé]|antes|avant|before|by|until|d['’]ici|para el"
    r"|pour le|para o dia|due)(?!\w)|jusqu['’])",
    re.IGNORECASE,
)


def read_day(text: str, today: date | None = None, toward: Toward = Toward.AHEAD) -> date | None:
    """The day that is meant; None for what is no day, or could be either of two.

    Without a year it is the one that `toward` says, as seen from `today`; without `today` a year must be there.
    """
    return _read(text, today, toward).day


def day_fault(text: str, today: date | None = None, toward: Toward = Toward.AHEAD) -> DayFault:
    """Why a text that `read_day` refuses is no day."""
    return _read(text, today, toward).fault or DayFault.NONE


def day_at(
    text: str, start: int, today: date | None, toward: Toward = Toward.AHEAD, *, told: bool = False
) -> FoundDay | None:
    """What looks like a day at a place of a text, with the words before it; None if nothing does.

    `told`: nothing but a day can stand there, and what might be a number of something is one.
    """
    place, strong, has_article = _behind_lead(text, start)
    # `el 3.6` is an area, however sure one is that `el 15/8` is a day.
    written = written_at(text, place, told=told or (strong and _CODE.match(text, place) is None))
    told = told or strong
    if written is None:
        if (relative := _relative(text, place, today, toward, told)) is not None:
            return _whole(text, relative)
        alone = _DAY_ALONE.match(text, place) if has_article else None
        if alone is not None and 1 <= int(alone[0]) <= 31 and _ALONE.match(text, alone.end()):
            return FoundDay(place, alone.end(), None, DayFault.NONE)
        return None
    found = _whole(text, _looked_up(place, written, today, toward))
    if not written.year and (gone := _GONE.match(text, found.end)) is not None and toward is not Toward.BEHIND:
        return FoundDay(place, gone.end(), None, DayFault.UNCLEAR)
    return _not_two(text, found)


def deadlines(text: str, today: date | None) -> Iterator[tuple[int, FoundDay]]:
    """The days that a text itself gives as its end (`antes del 15 de agosto`), and where the words for it begin."""
    place = 0
    while (found := _DEADLINE.search(text, place)) is not None:
        day = day_at(text, found.start(), today)
        if day is not None:
            yield found.start(), day
        place = max(found.end(), day.end if day is not None else 0, found.start() + 1)


# --- whole texts -------------------------------------------------------------------------------------------------


def _read(text: str, today: date | None, toward: Toward) -> FoundDay:
    text = " ".join(text.split())
    nothing = FoundDay(0, len(text), None, DayFault.NONE)
    if not text or len(text) > _LONGEST:
        return nothing
    found = day_at(text, 0, today, toward, told=True)
    if found is None or (found.fault is None and text[found.end :].strip(".")):
        return nothing
    return found


# --- parts of texts ----------------------------------------------------------------------------------------------


def _behind_lead(text: str, start: int) -> tuple[int, bool, bool]:
    """Where words like «antes del» end, whether they tell that a day follows, and whether an article ends them."""
    place, strong, last = start, False, ""
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, place)
        if word is None or not day_words.is_lead(word[1]):
            break
        strong = strong or day_words.is_strong_lead(word[1])
        place, last = word.end(), word[1]
    return place, strong, day_words.is_article(last)


_MOST_WORDS = 6
"""Words of «a más tardar antes del día»."""


def _relative(text: str, start: int, today: date | None, toward: Toward, told: bool) -> FoundDay | None:
    """`+30`, `viernes`."""
    if today is None:
        return None
    if (away := _AWAY.match(text, start)) is not None and (away[1] == "+" or (told and toward is Toward.BEHIND)):
        if not (told or away[3] or _ALONE.match(text, away.end())):
            return None
        days = int(away[2]) * (7 if (away[3] or "").lower().startswith(_WEEK) else 1)
        return _found(start, away.end(), _moved(today, days if away[1] == "+" else -days))
    said = _THIS.match(text, start)
    weekday = day_words.weekday(said[1], short=told) if said is not None else None
    if said is None or weekday is None or day_words.months(said[1]):
        return None
    coming = _COMING.match(text, said.end())
    end = coming.end() if coming is not None else said.end()
    if (gone := _GONE.match(text, end)) is not None and toward is not Toward.BEHIND:
        return FoundDay(start, gone.end(), None, DayFault.UNCLEAR)
    if not (told or _ALONE.match(text, end)):
        return None
    return _found(start, end, _on_weekday(weekday, today, toward))


def _found(start: int, end: int, day: date | None) -> FoundDay:
    return FoundDay(start, end, day, None if day is not None else DayFault.NONE)


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _on_weekday(weekday: int, today: date, toward: Toward) -> date | None:
    """The next such day after today, the last one before it, or the nearest, which may be today."""
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    if toward is Toward.BEHIND:
        return _moved(today, -((today.weekday() - weekday - 1) % 7 + 1))
    if toward is Toward.NEAREST:
        ahead = ahead % 7
        return _moved(today, ahead if ahead <= 3 else ahead - 7)
    return _moved(today, ahead)


def _whole(text: str, found: FoundDay) -> FoundDay:
    """The same, and a fault if a word goes on behind it: `15/08/2019bis`."""
    if _ENDS.match(text, found.end):
        return found
    end = found.end
    while end < len(text) and not text[end].isspace():
        end += 1
    end = found.start + len(text[found.start : end].rstrip(_POINTS))
    return FoundDay(found.start, max(end, found.end), None, found.fault or DayFault.NONE)


def _not_two(text: str, found: FoundDay) -> FoundDay:
    """The same, and a fault if another day is joined to it: `15/08 al 20/08`."""
    joined = _TO_ANOTHER.match(text, found.end)
    if joined is None or joined.end() == found.end:
        return found
    other = written_at(text, joined.end(), told=False)
    if other is None:
        return found
    return FoundDay(found.start, other.end, None, DayFault.UNCLEAR)


# --- looking up --------------------------------------------------------------------------------------------------


def _looked_up(start: int, written: Written, today: date | None, toward: Toward) -> FoundDay:
    """The day that was written, if there is one."""
    end = written.end
    if written.fault is not None:
        return FoundDay(start, end, None, written.fault)
    days = [day for numbers in written.days for day in _on(*numbers, written.year, today, toward)]
    fitting = [day for day in days if written.weekday in (None, day.weekday())]
    if not days:
        return FoundDay(start, end, None, DayFault.NONE)
    if not fitting:
        return FoundDay(start, end, None, DayFault.WEEKDAY)
    if len(set(fitting)) > 1:
        return FoundDay(start, end, None, DayFault.UNCLEAR)
    return FoundDay(start, end, fitting[0])


def _on(day: int, month: int, year: str, today: date | None, toward: Toward) -> list[date]:
    """The day of these numbers, if there is such a day."""
    if year:
        return _existing(int(year), month, day)
    if today is None:
        return []
    years = range(today.year - _YEARS_AROUND, today.year + _YEARS_AROUND + 1)
    found = [one for year in years for one in _existing(year, month, day)]
    if toward is Toward.AHEAD:
        return [one for one in found if one >= today][:1]
    if toward is Toward.BEHIND:
        return [one for one in found if one <= today][-1:]
    # Of two that are as far away the later one.
    return sorted(found, key=lambda one: (abs((one - today).days), one < today))[:1]


def _existing(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []
