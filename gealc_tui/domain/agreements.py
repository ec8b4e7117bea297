"""What a person types at a meeting: `Enviar el formulario @cl 15/08` is a text, a country and a date.

The date stands behind the country, or anywhere behind words that make it the end of something (`antes del 5 de julio`).
Promise: nothing is guessed and nothing is lost. A date that does not exist, or a country that nobody knows, is a
fault with its facts, and stays in the text as it was typed; today never stands for what was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from gealc_tui.domain.days import DayFault, FoundDay
from gealc_tui.domain.vocabulary import COUNTRIES


class FaultKind(StrEnum):
    COUNTRY = "country"
    """Nobody knows a country of this name or code."""
    DATE = "date"
    """There is no such day."""
    UNCLEAR = "unclear"
    """It could be either of two days."""
    SHORT_YEAR = "short_year"
    """Its year has two digits."""
    WEEKDAY = "weekday"
    """That day is another day of the week."""


class Fault(NamedTuple):
    """What could not be understood, as it was typed: `@xx`, `31/02`."""

    kind: FaultKind
    typed: str


class Mention(NamedTuple):
    """A country that is to do something, and by when (`YYYY-MM-DD`)."""

    country: str
    due: str | None


class Understood(NamedTuple):
    """A typed line: the words without what was understood, and what that was."""

    text: str
    country: str | None
    due: str | None
    faults: tuple[Fault, ...]
    mentions: tuple[Mention, ...] = ()
    """All countries with their dates; `country` and `due` are those of the first."""


DayAt = Callable[[str, int], FoundDay | None]
"""What looks like a day at a place of a text, in the language in force."""

Deadlines = Callable[[str], Iterable[tuple[int, FoundDay]]]
"""The days that a text gives as its end, and where the words for it begin."""

CountryByName = Callable[[str], str | None]
"""The code of the country that is called so in some language; None if none is."""

_MENTION = re.compile(r"(?<![^\s(\[«“\"'¿¡,;:])@(?=[^\W\d_])")
"""An `@` before a letter, with nothing of a word before it: `correo@cl.org` mentions nobody."""

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_GAP = re.compile(r"[ \t\u00a0]+")
_TO_DAY = re.compile(r"[ \t\u00a0]*[,:;–—]?[ \t\u00a0]+(\()?|[ \t\u00a0]*(\()")
"""What may stand between a country and its date."""

_ENDS = re.compile(r"[.,;:!?)\]»”\"'…]*(?=\s|$)|[,;:)]")
"""What may stand right behind a mention: the end, a blank, or punctuation before one."""

_BETWEEN = re.compile(r"[\s,;]*(?:\b(?:y|e|and|et)\b)?[\s,;]*", re.IGNORECASE)
"""What between two mentions only joins them: `@cl, @pe y @uy`."""

_MOST_WORDS = 6
"""`San Vicente y las Granadinas` has five."""


def understand(
    line: str,
    *,
    day_at: DayAt,
    country_of: CountryByName = lambda name: None,
    deadlines: Deadlines = lambda text: (),
) -> Understood:
    """Finds `@cl`, `@Chile`, `@cl 15/08`, `@cl, para el 15 de agosto` in a line.

    `country_of`, `day_at` and `deadlines` read names and days as people of the language in force write them.
    """
    faults: list[Fault] = []
    found: list[tuple[str, str | None]] = []
    kept: list[str] = []
    place = 0
    for mention in _MENTION.finditer(line):
        if mention.start() < place:
            continue
        country, end = _country(line, mention.end(), country_of)
        if country is None:
            faults.append(Fault(FaultKind.COUNTRY, _up_to_blank(line, mention.start(), end)))
            continue
        day, after = _due(line, end, day_at)
        if day is not None and day.fault is not None:
            faults.append(_fault(line, day))
            continue
        found.append((country, day.day.isoformat() if day is not None and day.day is not None else None))
        before = line[place : mention.start()]
        kept.append("" if len(found) > 1 and _BETWEEN.fullmatch(before) else before)
        place = after
    kept.append(line[place:])
    mentions = _dated(found)
    text = _joined(kept)
    if mentions and not any(one.due for one in mentions):
        text, mentions, unsaid = _until(text, mentions, deadlines)
        if unsaid:
            return Understood(line.strip(), None, None, (*faults, *unsaid))
    first = mentions[0] if mentions else Mention("", None)
    return Understood(text, first.country or None, first.due, tuple(faults), mentions)


def _until(
    text: str, mentions: tuple[Mention, ...], deadlines: Deadlines
) -> tuple[str, tuple[Mention, ...], list[Fault]]:
    """The end that the words themselves give, taken out of them: «Enviar el formulario antes del 5 de julio»."""
    given = list(deadlines(text))
    if bad := [day for _, day in given if day.fault is not None]:
        return text, mentions, [_fault(text, day) for day in bad]
    if len(given) > 1:
        typed = text[given[0][0] : given[-1][1].end]
        return text, mentions, [Fault(FaultKind.UNCLEAR, typed)]
    if not given or given[0][1].day is None:
        return text, mentions, []
    start, day = given[0]
    due = given[0][1].day.isoformat()
    rest = _joined([text[:start].rstrip(_BLANKS + ","), text[day.end :]])
    return rest, tuple(one._replace(due=due) for one in mentions), []


def _fault(line: str, day: FoundDay) -> Fault:
    kind = _FAULTS[day.fault] if day.fault is not None else FaultKind.DATE
    return Fault(kind, line[day.start : day.end])


_FAULTS = {
    DayFault.NONE: FaultKind.DATE,
    DayFault.UNCLEAR: FaultKind.UNCLEAR,
    DayFault.SHORT_YEAR: FaultKind.SHORT_YEAR,
    DayFault.WEEKDAY: FaultKind.WEEKDAY,
}


def _country(line: str, start: int, country_of: CountryByName) -> tuple[str | None, int]:
    """The country that is named from `start` on, and where its name ends; of an unknown one, its first word's end."""
    ends: list[int] = []
    place = start
    while len(ends) < _MOST_WORDS and (word := _WORD.match(line, place)) is not None:
        ends.append(word.end())
        gap = _GAP.match(line, word.end())
        if gap is None:
            break
        place = gap.end()
    # The longest name counts: «Dominica» is not «República Dominicana», nor «Guinea» «Guinea Ecuatorial».
    for end in reversed(ends):
        name = line[start:end]
        if not _ENDS.match(line, end):
            continue
        code = name.upper()
        found = code if code in COUNTRIES else country_of(name) if len(name) > 2 else None
        if found is not None:
            return found, end
    return None, ends[0] if ends else start


def _due(line: str, start: int, day_at: DayAt) -> tuple[FoundDay | None, int]:
    """What looks like a day behind a mention, and where the text goes on; brackets round the day go with it."""
    gap = _TO_DAY.match(line, start)
    if gap is None:
        return None, start
    day = day_at(line, gap.end())
    if day is None:
        return None, start
    is_bracketed = (gap[1] or gap[2]) is not None
    if is_bracketed and day.fault is None and line[day.end : day.end + 1] != ")":
        return None, start
    return day, day.end + is_bracketed


def _up_to_blank(line: str, start: int, end: int) -> str:
    """What was typed from `start` on, at least up to `end`, and on to the next blank."""
    typed = line[start:end] + line[end:].split(maxsplit=1)[0] if line[end:].strip() and not line[end].isspace() else ""
    return (typed or line[start:end]).rstrip(".,;:!?)")


def _dated(found: list[tuple[str, str | None]]) -> tuple[Mention, ...]:
    """`@cl @pe 15/08`: a country without a date has that of the next one."""
    mentions: list[Mention] = []
    later: str | None = None
    for country, due in reversed(found):
        later = due or later
        mentions.append(Mention(country, later))
    return tuple(dict.fromkeys(reversed(mentions)))


def _joined(parts: list[str]) -> str:
    """The words around what was taken out, without the holes that it leaves."""
    text = parts[0]
    for part in parts[1:]:
        left, right = text.rstrip(_BLANKS), part.lstrip(_BLANKS)
        if left.endswith("(") and right.startswith(")"):
            left, right = left[:-1].rstrip(_BLANKS), right[1:].lstrip(_BLANKS)
        apart = left and right and not left.endswith(("(", "\n")) and not right.startswith(_CLOSING)
        text = f"{left} {right}" if apart else left + right
    if len(parts) == 1:
        return text.strip()
    return text.strip().lstrip(".,;:").strip() if any(character.isalnum() for character in text) else ""


_BLANKS = " \t\u00a0"
_CLOSING = (",", ".", ";", ":", "!", "?", ")", "»", "”", "\n")
