"""What a person types at a meeting: `Enviar el formulario @cl 15/08` is a text, a country and a date.

Promise: nothing is guessed and nothing is lost. A date that does not exist, or a country that nobody knows, is a
fault with its facts, and stays in the text as it was typed; today never stands for what was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from gealc_tui.domain.vocabulary import COUNTRIES


class FaultKind(StrEnum):
    COUNTRY = "country"
    """Nobody knows a country of this name or code."""
    DATE = "date"
    """There is no such day."""
    UNCLEAR = "unclear"
    """It could be either of two days."""


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


DayByText = Callable[[str], date | None]
"""The day that a text means in the language in force; None if it means none, or could mean two."""

CountryByName = Callable[[str], str | None]
"""The code of the country that is called so in some language; None if none is."""

_MENTION = re.compile(r"(?<![^\s(\[«“\"'¿¡,;:])@(?=[^\W\d_])")
"""An `@` before a letter, with nothing of a word before it: `correo@cl.org` mentions nobody."""

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_GAP = re.compile(r"[ \t\u00a0]+")
_BLANKLESS = re.compile(r"\S+")
_POINTS = ".,;:!?)]»”\"'…"
_LIKE_DATE = re.compile(r"\d+[/-]\d|\d+\.\d+\.\d{4}")
"""What begins like this is meant for a date: if it is none, that is a fault."""

_IS_CODE = re.compile(r"\d+(?:\.\d{1,3})*")
"""`3.5`, `3.5.1`, `3`: the code of an activity, or a number. A date with points says its year."""

_MOST_IN_DATE = 5
"""Words of «15 de agosto de 2019»."""

_ENDS = re.compile(r"[.,;:!?)\]»”\"'…]*(?=\s|$)|[,;:)]")
"""What may stand right behind a mention: the end, a blank, or punctuation before one."""

_BETWEEN = re.compile(r"[\s,;]*(?:\b(?:y|e|and|et)\b)?[\s,;]*", re.IGNORECASE)
"""What between two mentions only joins them: `@cl, @pe y @uy`."""

_MOST_WORDS = 6
"""`San Vicente y las Granadinas` has five."""


def understand(
    line: str,
    *,
    day_of: DayByText,
    country_of: CountryByName = lambda name: None,
    is_unclear: Callable[[str], bool] = lambda text: False,
) -> Understood:
    """Finds `@cl`, `@Chile`, `@cl 15/08`, `@cl 15 de agosto` in a line.

    `country_of` and `day_of` read names and days as the language in force writes them; `is_unclear` tells of a text
    that is no day whether that is because it could be two.
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
        due, after, typed = _due(line, end, day_of)
        if typed is not None:
            faults.append(Fault(FaultKind.UNCLEAR if is_unclear(typed) else FaultKind.DATE, typed))
            continue
        found.append((country, due))
        before = line[place : mention.start()]
        kept.append("" if len(found) > 1 and _BETWEEN.fullmatch(before) else before)
        place = after
    kept.append(line[place:])
    mentions = _dated(found)
    first = mentions[0] if mentions else Mention("", None)
    return Understood(_joined(kept), first.country or None, first.due, tuple(faults), mentions)


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


def _due(line: str, start: int, day_of: DayByText) -> tuple[str | None, int, str | None]:
    """The date right behind a mention: the day, where it ends, and what was typed if it is no day."""
    gap = _GAP.match(line, start)
    if gap is None:
        return None, start, None
    words = list(islice(_BLANKLESS.finditer(line, gap.end()), _MOST_IN_DATE))
    # The longest date counts: «15 de agosto de 2019» has a year.
    for word in reversed(words):
        typed = line[gap.end() : word.end()].rstrip(_POINTS)
        if "\n" in typed or _IS_CODE.fullmatch(typed):
            continue
        if (day := day_of(typed)) is not None:
            return day.isoformat(), gap.end() + len(typed), None
    if words and _LIKE_DATE.match(words[0][0]):
        return None, gap.end(), words[0][0].rstrip(_POINTS)
    return None, start, None


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
