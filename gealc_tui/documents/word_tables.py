"""The tables of a document as lines of a plan: an activity as a row under titles of columns, or as labelled cells.

Promise: every text of a table is in its lines. A column that no field is for becomes a labelled line all the same, and
a row that makes no sense here a line of its cells, so that whoever reads the lines names what goes into no field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from gealc_tui.documents.plan_document import Use
from gealc_tui.documents.plan_labels import label_of
from gealc_tui.documents.plan_lines import Line, fold, heading_of, period_of
from gealc_tui.documents.plan_words import Words
from gealc_tui.domain.vocabulary import Period
from gealc_tui.i18n.spellings import read_code

BETWEEN = " | "
"""Stands between the cells of a row that is one line."""

_CODE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3}){1,2})[.)]?")
_TYPED_CODE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3}){1,2})(?=[\s.):–—-])\s?[.)]?\s*[-–—:]?\s*")
_FEWEST_TITLES = 2


class Cell(NamedTuple):
    """A cell: its lines, none of them blank, and how many columns wide it is."""

    lines: tuple[str, ...]
    width: int = 1
    is_continued: bool = False
    """It goes on with the one above it, and is empty itself."""

    @property
    def text(self) -> str:
        return " ".join(self.lines)


Row = Sequence[Cell]


class Part(StrEnum):
    """What a column is beside the fields of an activity."""

    CODE = "code"
    TITLE = "title"
    PERIOD = "period"
    AREA = "area"


class Column(NamedTuple):
    """A column by its title: what it is (None: nothing that is known here), and the title as printed."""

    is_for: Use | Part | None
    title: str


class Group(NamedTuple):
    """Rows that belong together, by their places, and the lines that they are."""

    rows: tuple[int, ...]
    lines: tuple[str, ...]


def groups(rows: Sequence[Row], words: Words) -> Iterator[Group]:
    """The lines of a table."""
    columns: dict[int, Column] = {}
    last = _Last()
    place = 0
    while place < len(rows):
        row = rows[place]
        if (titles := _titles(row, words)) is not None:
            columns = titles
            place += 1
            continue
        end = place + 1
        if columns and _is_record(row, columns):
            while end < len(rows) and _goes_on(rows[end], columns):
                end += 1
            yield Group((*range(place, end),), (*_record(rows[place:end], columns, words, last),))
        else:
            yield Group((place,), (*_loose(row, words),))
        place = end


class _Last:
    """The area and the period under which the last row of a table stood."""

    area = ""
    period: Period | None = None


def column_of(title: str, words: Words) -> Column:
    """What a column is by its title, or a cell by its label."""
    folded = fold(title).rstrip(" :.")
    known: Use | Part | None = words.labels.get(folded) or words.columns.get(folded)
    for part, names in (
        (Part.CODE, words.codes),
        (Part.TITLE, words.title_labels | {f"{one}s" for one in words.title_labels}),
        (Part.PERIOD, words.periods),
        (Part.AREA, words.area),
    ):
        if folded in names or f"{folded}." in names:
            known = part
    return Column(known, title.rstrip(" :"))


def _titles(row: Row, words: Words) -> dict[int, Column] | None:
    """What the columns are, if the row holds their titles: that of the activity, and one more at least."""
    columns = {place: column_of(cell.text, words) for place, cell in _placed(row) if cell.text}
    known = [one for one in columns.values() if one.is_for is not None or words.unread.fullmatch(fold(one.title))]
    is_titled = any(one.is_for is Part.TITLE for one in known)
    # Of labels beside what they are for, half at most are known.
    return columns if is_titled and len(known) >= _FEWEST_TITLES and len(known) > len(columns) / 2 else None


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    place = 0
    for cell in row:
        yield place, cell
        place += cell.width


def _by_use(row: Row, columns: Mapping[int, Column]) -> dict[Use | Part | None, list[tuple[Column, Cell]]]:
    found: dict[Use | Part | None, list[tuple[Column, Cell]]] = {}
    for place, cell in _placed(row):
        column = columns.get(place, Column(None, ""))
        found.setdefault(column.is_for, []).append((column, cell))
    return found


def _is_record(row: Row, columns: Mapping[int, Column]) -> bool:
    """Whether a row is an activity: it has a title, and is not one text across all columns."""
    said = _by_use(row, columns)
    return any(cell.text for _, cell in said.get(Part.TITLE, ())) and sum(bool(cell.text) for cell in row) > 1


def _goes_on(row: Row, columns: Mapping[int, Column]) -> bool:
    """Whether a row goes on with the activity above it: its title is merged with that one's."""
    said = _by_use(row, columns)
    return any(cell.is_continued for _, cell in said.get(Part.TITLE, ()))


def _record(rows: Sequence[Row], columns: Mapping[int, Column], words: Words, last: _Last) -> Iterator[str]:
    said: dict[Use | Part | None, list[tuple[Column, Cell]]] = {}
    for row in rows:
        for use, cells in _by_use(row, columns).items():
            said.setdefault(use, []).extend((column, cell) for column, cell in cells if cell.text)
    for _, cell in said.pop(Part.AREA, ()):
        if cell.text != last.area:
            last.area, last.period = cell.text, None
            yield from map(_coded, cell.lines)
            for _, objective in said.pop(Use.OBJECTIVE, ()):
                yield f"{words.usual[Use.OBJECTIVE]}: {objective.text}"
    for column, cell in said.pop(Part.PERIOD, ()):
        period = read_period(cell.text, words)
        if period is None:
            yield f"{column.title}: {cell.text}"
        elif period is not last.period:
            last.period = period
            yield words.headings[period]
    code = " ".join(cell.text for _, cell in said.pop(Part.CODE, ()))
    yield head(code, " ".join(cell.text for _, cell in said.pop(Part.TITLE, ())))
    for use in words.usual:
        for _, cell in said.pop(use, ()):
            # Each product is one; all else is one text, on however many lines it stands.
            for text in cell.lines if use is Use.PRODUCT else (cell.text,):
                yield _labelled(use, text, words)
    for cells in said.values():
        for column, cell in cells:
            yield f"{column.title}: {cell.text}" if column.title else cell.text


def head(code: str, title: str) -> str:
    """`3.1.1) Taller` of a code and a title."""
    match = _CODE.fullmatch(code.strip())
    if match is None:
        return f"{code} {_coded(title)}".strip()
    bare = title.removeprefix(match[1]).lstrip(" .)-–—") if title.startswith(match[1]) else title
    return f"{match[1]}) {bare}"


def _coded(text: str) -> str:
    """`3.1.1) Taller` of `3.1.1. Taller`, in a cell where such a heading is expected."""
    match = _TYPED_CODE.match(text)
    return f"{match[1]}) {text[match.end() :]}" if match and match.end() < len(text) else text


def _labelled(use: Use, text: str, words: Words) -> str:
    """A text of a column behind the label of its field, unless it begins with that of another."""
    label = label_of(Line(0, text), words)
    return text if label is not None and label.use is not use else f"{words.usual[use]}: {text}"


def read_period(text: str, words: Words) -> Period | None:
    """The period that a cell names, as a heading or by its name in any language."""
    return period_of(Line(0, text), words) or read_code(text, Period)


def _loose(row: Row, words: Words) -> Iterator[str]:
    """A row that is no record: labels and what they are for, one text, or a row of whatever."""
    cells = [cell for cell in row if cell.text]
    pairs = [*zip(row[::2], row[1::2], strict=False)]
    if len(row) % 2 == 0 and pairs and all(_is_label(label, words) for label, _ in pairs if label.text):
        yield from _pairs(pairs, words)
    elif len(cells) <= 1 or any(_speaks_for_itself(line, words) for cell in cells for line in cell.lines):
        for cell in cells:
            yield from cell.lines
    else:
        yield BETWEEN.join(cell.text for cell in row)


def _is_label(cell: Cell, words: Words) -> bool:
    if len(cell.lines) != 1:
        return False
    is_known = column_of(cell.text, words).is_for is not None
    return is_known or words.unread.fullmatch(fold(cell.text).rstrip(" :")) is not None or cell.text.endswith(":")


def _pairs(pairs: Sequence[tuple[Cell, Cell]], words: Words) -> Iterator[str]:
    code = ""
    for label, value in pairs:
        column = column_of(label.text, words)
        if column.is_for is Part.CODE:
            code = value.text
        elif column.is_for is Part.TITLE:
            yield head(code, value.text)
            code = ""
        elif column.is_for is Part.PERIOD and (period := read_period(value.text, words)) is not None:
            yield words.headings[period]
        elif column.is_for is Part.AREA or (not label.text and value.text):
            yield from value.lines
        elif column.is_for is Use.PRODUCT and value.lines:
            yield from (f"{column.title}: {line}" for line in value.lines)
        elif label.text:
            yield f"{column.title}: {value.text}"
    if code:
        yield code


def _speaks_for_itself(line: str, words: Words) -> bool:
    """Whether a line is one of a plan as it stands, whatever cell it is in."""
    one = Line(0, line)
    heading = heading_of(one)
    return label_of(one, words) is not None or period_of(one, words) is not None or heading is not None
