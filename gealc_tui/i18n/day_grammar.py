"""How a day is written: the numbers that stand at a place of a text, before anybody looks whether there is such a day.

Promise: what looks like a day is taken whole (`Written`), or not at all (None). In a text a number that is no day
stays one: codes (`3.6.1`), fractions of something (`1/2 jornada`), ranges of something (`3-4 semanas`), `24/7`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gealc_tui.domain.days import DayFault
from gealc_tui.i18n import day_words, language
from gealc_tui.i18n.labels import fold

_B = r"[^\S\n]"
"""A blank that does not end a line."""

_DASH = "\\-\u2010\u2011\u2013"
_WORD = r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f][^\W\d_]*)*"


class Written(NamedTuple):
    """A day as it is written."""

    end: int
    days: tuple[tuple[int, int], ...] = ()
    """The day and month that are meant; both orders where the language leaves that open."""
    year: str = ""
    weekday: int | None = None
    fault: DayFault | None = None


def written_at(text: str, start: int, *, told: bool) -> Written | None:
    """What is written at a place. `told`: that a day stands there is sure, and short numbers are one too."""
    weekday, place = _weekday_at(text, start)
    for form in (_iso, _numbers, _several, _name_after_day, _name_before_day, _without_day):
        found = form(text, place, told or weekday is not None)
        if found is not None:
            return _closed(text, found._replace(weekday=weekday))
    return None


# --- the day of the week -----------------------------------------------------------------------------------------

_ONE_WORD = re.compile(rf"({_WORD}(?:-feira)?)\.?", re.IGNORECASE)
_TO_DAY = re.compile(rf"{_B}*,?{_B}+(?:(?:el|the|le|o|d[ií]a)\b{_B}+)*", re.IGNORECASE)
_BEHIND = re.compile(rf"{_B}*,?{_B}*\(({_WORD}(?:-feira)?)\.?\)", re.IGNORECASE)


def _weekday_at(text: str, start: int) -> tuple[int | None, int]:
    """A day of the week before a day, and where the day goes on."""
    word = _ONE_WORD.match(text, start)
    weekday = day_words.weekday(word[1]) if word is not None else None
    gap = _TO_DAY.match(text, word.end()) if word is not None and weekday is not None else None
    if gap is None or (word is not None and day_words.months(word[1]) and not _day_with_month(text, gap.end())):
        # `mar 15` is a month and its day, `mar 15/8` a Tuesday.
        return None, start
    return weekday, gap.end()


def _day_with_month(text: str, place: int) -> bool:
    return any(form(text, place, True) is not None for form in (_numbers, _name_after_day))


def _closed(text: str, found: Written) -> Written:
    """The same with a day of the week in brackets behind it: `15/7 (lunes)`."""
    behind = _BEHIND.match(text, found.end)
    weekday = day_words.weekday(behind[1]) if behind is not None else None
    if behind is None or weekday is None:
        return found
    unlike = found.weekday is not None and found.weekday != weekday
    fault = found.fault or (DayFault.WEEKDAY if unlike else None)
    return found._replace(end=behind.end(), weekday=weekday, fault=fault)


# --- in numbers --------------------------------------------------------------------------------------------------

_ISO = re.compile(rf"([0-9]{{4}})([/.{_DASH}])([0-9]{{1,2}})\2([0-9]{{1,2}})(?![0-9])")
_TWO = re.compile(rf"([0-9]{{1,2}})([/.{_DASH}])([0-9]{{1,2}})(?![0-9])(?:\2(['’]?\w+))?")
_SPACED = re.compile(rf"([0-9]{{1,2}}){_B}*/{_B}*([0-9]{{1,2}}){_B}*/{_B}*([0-9]{{4}}|[0-9][0-9])(?!\w)")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{4})(?!\w)")
_NEXT_WORD = re.compile(rf"{_B}+(?:de{_B}+)?({_WORD})", re.IGNORECASE)
_ROUND_THE_CLOCK = ("24", "7")


def _iso(text: str, start: int, told: bool) -> Written | None:
    found = _ISO.match(text, start)
    if found is None:
        return None
    whole = len(found[3]) == len(found[4]) == 2
    return Written(found.end(), ((int(found[4]), int(found[3])),), found[1], fault=None if whole else DayFault.NONE)


def _numbers(text: str, start: int, told: bool) -> Written | None:
    if (spaced := _SPACED.match(text, start)) is not None:
        return _in_order(spaced.end(), spaced[1], spaced[2], spaced[3])
    found = _TWO.match(text, start)
    if found is None:
        month = _MONTH_YEAR.match(text, start)
        if month is not None and 1 <= int(month[1]) <= 12:
            return Written(month.end(), fault=DayFault.NONE)
        return None
    one, sign, two, year = found[1], found[2], found[3], found[4] or ""
    if sign == "." and _is_code(one, two, year, told, goes_on=_GOES_ON.match(text, found.end()) is not None):
        return None
    if not year and not told and _is_quantity(text, found.end(), one, sign, two):
        return None
    return _in_order(found.end(), one, two, year)


_GOES_ON = re.compile(r"\.\w")


def _is_code(one: str, two: str, year: str, told: bool, *, goes_on: bool) -> bool:
    """Whether numbers with points are the code of an activity, or a number."""
    if not year:
        return not told
    if goes_on:
        return True
    return not (len(year) == 4 or (len(year) == 2 and (told or "0" in (one[0], two[0]))))


def _is_quantity(text: str, end: int, one: str, sign: str, two: str) -> bool:
    """Whether two numbers are a fraction, a range or a way of speaking, and no day."""
    if (one, two) == _ROUND_THE_CLOCK:
        return True
    word = _NEXT_WORD.match(text, end)
    if word is None:
        return False
    return sign != "/" or fold(word[1]) in day_words.UNITS


def _in_order(end: int, one: str, two: str, year: str) -> Written:
    """The day first; in English either may be."""
    day, month = int(one), int(two)
    days = ((day, month), (month, day)) if language() == "en" and day != month else ((day, month),)
    digits = year.lstrip("'’")
    if not year or (len(year) == 4 and year.isdecimal()):
        return Written(end, days, year)
    short = len(digits) == 2 and digits.isdecimal()
    return Written(end, days, fault=DayFault.SHORT_YEAR if short else DayFault.NONE)


# --- with the month's name ---------------------------------------------------------------------------------------

_DAY = rf"(?:([0-9]{{1,2}})(?:{_B}?(?:ero|er|ro|st|nd|rd|th|\.?[º°ª]|o)(?!\w))?|({day_words.FIRST})\b)"
_JOIN = rf"(?:{_B}+(?:(?:de|del|of)\b{_B}+|d['’])?|{_B}*[/.{_DASH}]{_B}*)?"
_DAY_NAME = re.compile(rf"{_DAY}{_JOIN}({_WORD})(?!\w)\.?", re.IGNORECASE)
_NAME_DAY = re.compile(
    rf"({_WORD})\.?{_B}+(?:(?:the|el|le){_B}+)?([0-9]{{1,2}})(?:st|nd|rd|th|er|[º°])?(?![\w/:%{_DASH}]|\.[0-9])",
    re.IGNORECASE,
)
_NAME_YEAR = re.compile(rf"({_WORD})\.?{_B}+(?:(?:de|del|of){_B}+)?[0-9]{{4}}(?!\w)", re.IGNORECASE)
_LIKE_NAME = re.compile(rf"[0-9]{{1,2}}{_B}+del?{_B}+\w+{_B}+del?{_B}+(?=\w*[0-9])\w{{2,}}", re.IGNORECASE)
_SEVERAL = re.compile(
    rf"(?:[0-9]{{1,2}}(?:{_B}*,{_B}*|{_B}*[{_DASH}]{_B}*|{_B}+(?:al?|y|e|to|and|et|ao|au|à|ou?|or){_B}+(?:(?:el|le|the){_B}+)?))+"
    r"(?=[0-9])",
    re.IGNORECASE,
)
_YEAR = re.compile(
    rf"(?:(?P<sign>[/.{_DASH}])|(?P<comma>{_B}*,)?{_B}+(?P<join>(?:del?|of)\b{_B}+(?:a[ñn]o\b{_B}+)?)?)"
    r"(?P<year>(?=['’]?[0-9OoIl]*[0-9])['’]?\w+)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(rf"out{_B}+of\b", re.IGNORECASE)
"""Not the Portuguese October."""

_OR_HOUR = re.compile(
    rf"{_B}*(?:h\b|hs\b|hrs|horas?\b|hours?\b|heures?\b|[ap]\.?{_B}?m\b|:[0-9]|(?:a|à|to|{_DASH[-1]}|-){_B}*[0-9])"
)


_LONGEST_MONTH = 20
_NEXT_LETTER = re.compile(rf"{_B}+([^\W\d_])")
_POINT = re.compile(rf"({_WORD})\.$")


def _several(text: str, start: int, told: bool) -> Written | None:
    """`15 y 16 de agosto`, `15-20 de agosto`: several days of one month."""
    found = _SEVERAL.match(text, start)
    last = _name_after_day(text, found.end(), told) if found is not None else None
    return last._replace(fault=DayFault.UNCLEAR) if last is not None else None


def _name_after_day(text: str, start: int, told: bool) -> Written | None:
    found = _DAY_NAME.match(text, start)
    if found is None:
        return _like_name(text, start)
    months = day_words.months(found[3])
    if not months or _OUT_OF.match(text, found.start(3)):
        return _like_name(text, start)
    end, year, fault = _year_at(text, found.end())
    if not year and day_words.is_whole_month(found[3]) and text[found.end() - 1] == ".":
        # `15 de agosto. 19 talleres`: the sentence is over.
        end, fault = found.end() - 1, None
    if len(months) > 1:
        # `jui`, of June or July, is meant for a month if a year stands there too.
        return Written(end, fault=DayFault.UNCLEAR) if year or told else None
    if not (year or told) and fold(found[3]) in day_words.WORDS_TOO and _goes_on(text, found[3], end):
        return Written(end, fault=DayFault.UNCLEAR)
    (month,) = months
    return Written(_without_point(text, end), ((int(found[1] or 1), month),), year, fault=fault)


def _goes_on(text: str, word: str, end: int) -> bool:
    """Whether a small word that may be a month has another behind it, where English would go on with a sentence."""
    following = _NEXT_WORD.match(text, end)
    return language() == "en" and word.islower() and following is not None


def _like_name(text: str, start: int) -> Written | None:
    """`15 de agsto de 2019`: meant for a day."""
    found = _LIKE_NAME.match(text, start)
    return Written(found.end(), fault=DayFault.NONE) if found is not None else None


def _name_before_day(text: str, start: int, told: bool) -> Written | None:
    found = _NAME_DAY.match(text, start)
    months = day_words.months(found[1]) if found is not None else frozenset()
    if found is None or len(months) != 1:
        return None
    end, year, fault = _year_at(text, found.end())
    is_word = fold(found[1]) in day_words.WORDS_TOO and found[1].islower()
    if is_word and not (year or fault or told) and _NEXT_WORD.match(text, end) is not None:
        return None
    (month,) = months
    return Written(end, ((int(found[2]), month),), year, fault=fault)


def _without_day(text: str, start: int, told: bool) -> Written | None:
    """`agosto de 2019`: the day lacks."""
    found = _NAME_YEAR.match(text, start)
    is_month = found is not None and len(day_words.months(found[1])) == 1
    return Written(found.end(), fault=DayFault.NONE) if found is not None and is_month else None


def _year_at(text: str, place: int) -> tuple[int, str, DayFault | None]:
    """The year behind a day with its month's name: where it ends, its digits, and what is wrong with it."""
    # The point of an abbreviated month was taken: `15-ago.-2019` and `15 ago., 2019` go on behind it.
    found = _YEAR.match(text, place)
    if found is None:
        return place, "", None
    year, end = found["year"], found.end()
    joined = found["join"] is not None or found["sign"] is not None
    if len(year) == 4 and year.isdecimal():
        return end, year, None
    if _OR_HOUR.match(text, end) or re.fullmatch(r"[0-9]{1,2}h[0-9]{0,2}", year):
        return place, "", None
    if re.fullmatch(r"['’]?[0-9][0-9]", year):
        counts = not joined and found["comma"] is not None and _NEXT_WORD.match(text, end) is not None
        return (place, "", None) if counts and year.isdecimal() else (end, "", DayFault.SHORT_YEAR)
    is_year = joined or re.match(r"[0-9]{4}(?![0-9])|(?=.*[OoIl])[0-9OoIl]{4}$", year) is not None
    return (end, "", DayFault.NONE) if is_year else (place, "", None)


def _without_point(text: str, end: int) -> int:
    """A point that ends the sentence is none of an abbreviated month: `15 de agosto.`"""
    before = _POINT.search(text, max(end - _LONGEST_MONTH, 0), end)
    if before is None:
        return end
    following = _NEXT_LETTER.match(text, end)
    ends_sentence = following is not None and following[1].isupper()
    return end - 1 if ends_sentence or day_words.is_whole_month(before[1]) else end
