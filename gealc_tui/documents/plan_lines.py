"""The lines of a document as they are read: whole, numbered, and told apart by their headings.

It promises that all copies of a document have the same lines, that a line keeps the number and the characters
that are printed, and that what is no text, or too much of it, is refused at its line.

It knows one line at a time. What a line means after another is `documents.plan_text`' affair.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from gealc_tui.documents.plan_document import Expected
from gealc_tui.documents.plan_words import LANGUAGES, Words
from gealc_tui.domain.vocabulary import Period
from gealc_tui.errors import DocumentUnreadable

LARGEST_DOCUMENT = 2_000_000
"""Bytes of UTF-8."""

LONGEST_LINE = 100_000
"""Characters."""

MOST_LINES = 10_000
"""Non-blank lines."""

MOST_MARKS = 30
"""Combining marks in a row (the limit of Unicode's stream-safe text): composing them takes quadratic time."""

LONGEST_EXCERPT = 120
"""Characters of the line that a refusal quotes."""

_HEADING = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3}){0,2})\s*\)(.*)", re.DOTALL)
_BARE_ACTIVITY_CODE = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9])")
_DATE = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_LONGEST_PERIOD_HEADING = 8  # words

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
"""Controls (some steer terminals), halves of characters, and the mark of a decoding that lost some."""


class Line(NamedTuple):
    number: int
    text: str


class Depth(IntEnum):
    """How many numbers the code of a heading has."""

    SECTION = 1
    AREA = 2
    ACTIVITY = 3


class Heading(NamedTuple):
    """`3.1.1) Taller`: numbers (3, 1, 1), code "3.1.1", title "Taller". Sections have one number only."""

    numbers: tuple[int, ...]
    code: str
    title: str

    @property
    def depth(self) -> int:
        return len(self.numbers)


def document_lines(text: str) -> list[str]:
    """The lines of a document, alike for all copies of it.

    The byte order mark, the kind of line ends, and the white space at the ends of lines and of the document
    are gone, and the characters are composed (NFC). Line numbers are those of the copy.
    """
    unmarked = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return [unicodedata.normalize("NFC", line).rstrip() for line in unmarked.split("\n")]


def printed_lines(text: str) -> tuple[list[Line], int]:
    """The non-blank lines, and the number of the last line. Raises DocumentUnreadable for what is no text."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_DOCUMENT:
        raise DocumentUnreadable(1, Expected.SIZE, "")
    raw = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(raw, start=1):
        _refuse_what_is_no_text(number, line)
    lines = [Line(number, line.strip()) for number, line in enumerate(document_lines(text), start=1)]
    printed = [line for line in lines if line.text]
    if len(printed) > MOST_LINES:
        raise refusal(printed[MOST_LINES], Expected.SIZE)
    return printed, len(lines)


def _refuse_what_is_no_text(number: int, line: str) -> None:
    if len(line) > LONGEST_LINE:
        raise refusal(Line(number, line), Expected.LINE_LENGTH)
    if forbidden := _FORBIDDEN.search(line.strip()):
        raise DocumentUnreadable(number, Expected.TEXT, f"U+{ord(forbidden[0]):04X}")
    if not line.isascii() and _has_too_many_marks(line):
        raise refusal(Line(number, line), Expected.TEXT)


def _has_too_many_marks(line: str) -> bool:
    run = 0
    for character in line:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MOST_MARKS:
            return True
    return False


def refusal(line: Line, expected: Expected) -> DocumentUnreadable:
    """The refusal of a line, which it quotes."""
    return DocumentUnreadable(line.number, expected, line.text[:LONGEST_EXCERPT])


def fold(text: str) -> str:
    """Without accents, capitals and doubled white space: how headings and labels are recognised."""
    plain = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return " ".join(plain.casefold().split())


def comparable(text: str) -> str:
    """What two texts have in common when they differ in capitals and final punctuation only."""
    return " ".join(text.casefold().split()).rstrip(" .,;:")


def heading_of(line: Line) -> Heading | None:
    """The line as a heading with a code, or None."""
    match = _HEADING.fullmatch(line.text)
    if match is None:
        return None
    return Heading(tuple(map(int, match[1].split("."))), match[1], match[2].strip())


def is_areas_heading(line: Line, words: Words) -> bool:
    """Whether the line heads the section that holds the areas."""
    heading = heading_of(line)
    return heading is not None and heading.depth == Depth.SECTION and words.areas.match(fold(heading.title)) is not None


def continues(code: tuple[int, ...], parent: tuple[int, ...]) -> bool:
    """Whether 3.1.1 stands under 3.1."""
    return code[:-1] == parent


def begins_with_activity_code(line: Line) -> bool:
    """`3.1.2) Taller`, and `3.1.2. Taller`, which is no heading."""
    return _BARE_ACTIVITY_CODE.match(line.text) is not None


def title_of(line: Line) -> tuple[int, Words] | None:
    """2019, and the words of Spanish, for `PLAN DE TRABAJO 2019`; None when the line is not the title of a plan."""
    folded = fold(line.text)
    for words in LANGUAGES:
        if match := words.title.fullmatch(folded):
            return int(match[1]), words
    return None


def period_of(line: Line, words: Words) -> Period | None:
    """The period that the line heads, or None."""
    match = words.period.fullmatch(fold(line.text))
    return Period(match.lastgroup) if match and match.lastgroup else None


def is_other_period(line: Line, words: Words) -> bool:
    """A period heading, but of a period that plans have not: quarters, months."""
    folded = fold(line.text)
    return len(folded.split()) <= _LONGEST_PERIOD_HEADING and words.other_period.match(folded) is not None


def dated_line(masthead: Iterable[Line]) -> Line | None:
    """The first line that is written as a date, be it one of the calendar or not."""
    return next((line for line in masthead if _DATE.fullmatch(line.text)), None)


def date_of(line: Line) -> date | None:
    """The date that is the line, printed day, month, year; None when the calendar has none such."""
    match = _DATE.fullmatch(line.text)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
