"""Which column of a sheet holds what: by the titles above them in any language, or as a person says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.documents.sheet_marks import cell_name
from gealc_tui.documents.sheets import Page
from gealc_tui.domain.matrix import SentRow
from gealc_tui.i18n import in_every_language
from gealc_tui.i18n.labels import fold
from gealc_tui.reports import matrix
from gealc_tui.reports.xlsx_file import KEY_TITLE

_MOST_ABOVE = 30
"""Rows above the titles that are looked at: letterheads, a date, a line of thanks."""


class Columns(NamedTuple):
    """`header` is the row of the titles; `places` says in which column a name is; `key` where the hidden keys are."""

    header: int
    places: Mapping[str, int]
    key: int | None
    unknown: tuple[tuple[int, str], ...]
    """Columns that are taken for nothing, with their titles."""
    sample: tuple[tuple[str, str, str, str], ...]


def find_columns(page: Page, titles: Mapping[str, str], rows: Sequence[SentRow], said: Mapping[str, str]) -> Columns:
    """The columns of a sheet. `titles`: as they were printed when it left; `said`: letters and names, by a person.

    With the rows that were sent, a column under another title is known by what it holds. Raises ColumnsUnknown if a
    person names what is none.
    """
    header = _header(page, titles)
    top = [str(cell).strip() for cell in page.rows[header]] if page.rows else []
    key = next((column for column, title in enumerate(top) if title == KEY_TITLE), None)
    places: dict[str, int] = {}
    for letter, name in said.items():
        column = _column(letter)
        if column is None or name not in matrix.NAMES:
            raise errors.ColumnsUnknown(said=f"{letter}={name}", names=matrix.NAMES)
        places[name] = column
    for column, title in enumerate(top):
        meant = _named(title, titles)
        if meant is not None and meant not in places and column not in places.values():
            places[meant] = column
    if rows and key is not None:
        places |= _by_content(page, header, key, rows, places, len(top))
    taken = {*places.values(), key}
    unknown = tuple((n, title) for n, title in enumerate(top) if title and n not in taken)
    names = {column: name for name, column in places.items()}
    sample = tuple(
        (cell_name((0, n))[:-1], title, names.get(n, ""), str(page.at((header + 1, n)))[:60])
        for n, title in enumerate(top)
        if n != key and (title or n in names)
    )
    return Columns(header, places, key, unknown, sample)


def _header(page: Page, titles: Mapping[str, str]) -> int:
    """The row with most titles that are known; the first of several."""
    best, most = 0, 0
    for line, row in enumerate(page.rows[:_MOST_ABOVE]):
        known = sum(_named(str(cell).strip(), titles) is not None or cell == KEY_TITLE for cell in row)
        if known > most:
            best, most = line, known
    return best


def _named(title: str, titles: Mapping[str, str]) -> str | None:
    wanted = fold(title)
    for name, printed in titles.items():
        if fold(printed) == wanted:
            return name if name in matrix.NAMES else None
    return _spellings().get(wanted) if wanted else None


@cache
def _spellings() -> dict[str, str]:
    found = {name: name for name in matrix.NAMES}
    for name, key in zip(matrix.NAMES, matrix.TITLES, strict=True):
        found |= {fold(one): name for one in in_every_language(key)}
    return found


def _column(letter: str) -> int | None:
    if not re.fullmatch(r"[A-Za-z]{1,3}", letter):
        return None
    column = 0
    for one in letter.upper():
        column = column * 26 + ord(one) - 64
    return column - 1


def _by_content(
    page: Page, header: int, key: int, rows: Sequence[SentRow], places: Mapping[str, int], width: int
) -> dict[str, int]:
    """Columns under titles of somebody's own, known because most of their cells are as they were sent."""
    by_key = {row.entity: row for row in rows}
    found: dict[str, int] = {}
    for name in matrix.NAMES:
        if name in places:
            continue
        for column in range(width):
            if column == key or column in places.values() or column in found.values():
                continue
            alike = told = 0
            for line in range(header + 1, len(page.rows)):
                row = by_key.get(str(page.at((line, key))))
                values = [cell.value for cell in row.cells if cell.column == name] if row is not None else []
                if values and any(value not in (None, "", []) for value in values):
                    told += 1
                    cell = page.at((line, column))
                    try:
                        alike += str(cell).strip() == str(matrix.shown(name, values)).strip()
                    except ValueError:
                        continue
            if told and alike * 2 > told:
                found[name] = column
                break
    return found
