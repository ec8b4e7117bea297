"""What the XML of a sheet says beside its values: formulas without one, errors, percents, merged cells; how big it is.

Promise: it is walked piece by piece before anything else opens the file, against limits of rows, columns and area; so
the reader of values never makes room for what a hostile file only says that it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from gealc_tui.documents.packages import Package

MOST_ROWS = 120_000
MOST_COLUMNS = 256
MOST_CELLS = 4_000_000
"""Cells of the rectangle that the values span."""

LARGEST_XML = 160 * 1024 * 1024
"""Bytes of a part that is walked and never held."""

Place = tuple[int, int]
"""Row and column, both from 0."""


class Marks(NamedTuple):
    """`faults`: cells whose value cannot be told, with a code: formula, error, merged. `percents`: shown as such."""

    faults: dict[Place, str]
    percents: frozenset[Place]


class _Extent:
    """The rectangle of what holds anything, refused as soon as it is too large."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._row = self._column = 0

    def note(self, row: int, column: int) -> None:
        self._row, self._column = max(self._row, row + 1), max(self._column, column + 1)
        if self._column > MOST_COLUMNS:
            raise self._package.refusal("too_many_columns")
        if self._row > MOST_ROWS or self._row * self._column > MOST_CELLS:
            raise self._package.refusal("too_many_rows")


def excel_marks(package: Package, part: str, percent_styles: frozenset[int]) -> Marks:
    """Of a sheet of Excel. Raises FileUnreadable: damaged, inflated, too_many_columns, too_many_rows."""
    extent = _Extent(package)
    faults: dict[Place, str] = {}
    percents: set[Place] = set()
    row = column = -1
    for element in _elements(package, part, ("row", "c", "mergeCell")):
        name = _local(element)
        if name == "mergeCell":
            faults |= dict.fromkeys(_merged(str(element.get("ref", "")), extent), "merged")
            continue
        if name == "row":
            column = -1
            continue
        above = element.getparent()
        said = above.get("r") if above is not None else None
        found = _place(str(element.get("r", "")))
        if found is not None:
            row, column = found
        else:
            new = int(said) - 1 if said is not None and said.isdecimal() and len(said) < 9 else max(row, 0)
            row, column = new, column + 1
        children = {_local(child): child for child in element}
        if not children:
            continue
        extent.note(row, column)
        value = "".join(children["v"].itertext()) if "v" in children else ""
        if element.get("t") == "e":
            faults[row, column] = "error"
        elif "f" in children and not value and element.get("t") != "str":
            faults[row, column] = "formula"
        style = element.get("s", "")
        if style.isdecimal() and int(style) in percent_styles:
            percents.add((row, column))
    return Marks(faults, frozenset(percents))


def percent_styles(package: Package, part: str) -> frozenset[int]:
    """The numbers of the styles that show a number as a percentage of one."""
    root = package.xml(part)
    if root is None:
        return frozenset()
    codes = {9, 10}
    for one in root.iter("{*}numFmt"):
        code = re.sub(r'"[^"]*"|\\.', "", str(one.get("formatCode", "")))
        number = str(one.get("numFmtId", ""))
        if "%" in code and number.isdecimal():
            codes.add(int(number))
    styles = root.find("{*}cellXfs")
    found = [] if styles is None else [str(one.get("numFmtId", "")) for one in styles]
    return frozenset(n for n, code in enumerate(found) if code.isdecimal() and int(code) in codes)


def calc_marks(package: Package) -> dict[str, Marks]:
    """Of each sheet of an OpenDocument file, by its name. Raises as `excel_marks` does."""
    found: dict[str, Marks] = {}
    extent = _Extent(package)
    faults: dict[Place, str] = {}
    row, columns = 0, 0
    pending: list[tuple[int, int, str | None]] = []
    for element in _elements(package, "content.xml", ("table", "table-row", "table-cell", "covered-table-cell")):
        name = _local(element)
        if name in ("table-cell", "covered-table-cell"):
            times = _times(element, "number-columns-repeated")
            kind = _attribute(element, "value-type")
            fault = "formula" if _attribute(element, "formula") is not None and kind is None else None
            if name == "covered-table-cell":
                fault = "merged"
            if kind is not None or fault is not None:
                pending.append((columns, times, fault))
            columns += times
            continue
        if name == "table-row":
            times = _times(element, "number-rows-repeated")
            if any(fault != "merged" for _, _, fault in pending):
                for column, wide, fault in pending:
                    extent.note(row + times - 1, column + wide - 1)
                    if fault is not None:
                        faults |= {(row + n, column + m): fault for n in range(times) for m in range(wide)}
            row, columns, pending = row + times, 0, []
            continue
        found[str(_attribute(element, "name") or "")] = Marks(faults, frozenset())
        faults, row, columns, extent = {}, 0, 0, _Extent(package)
    return found


def walk(package: Package, part: str) -> None:
    """Unpacks a part and lets it go, so that its size is known. Raises FileUnreadable: damaged, inflated."""
    for _ in package.chunks(part, LARGEST_XML):
        pass


def _elements(package: Package, part: str, names: tuple[str, ...]) -> Iterator[Any]:
    """The elements of these names as they end; what was given out is let go with its row."""
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    checked = False
    try:
        for chunk in package.chunks(part, LARGEST_XML):
            parser.feed(chunk)
            for _, element in parser.read_events():
                if not checked:
                    checked = True
                    if element.getroottree().docinfo.internalDTD is not None:
                        raise package.refusal("damaged")
                yield element
                if _local(element) in ("row", "table-row", "table"):
                    element.clear()
                    while element.getprevious() is not None and element.getparent() is not None:
                        del element.getparent()[0]
        parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise package.refusal("damaged") from error


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str | None:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _times(element: Any, name: str) -> int:
    said = _attribute(element, name) or "1"
    return min(int(said), 2_000_000) if said.isdecimal() and len(said) < 12 else 1


def _place(ref: str) -> Place | None:
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", ref)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _merged(ref: str, extent: _Extent) -> Iterator[Place]:
    """The cells of a merged range but the first, which alone has a value."""
    first, _, last = ref.partition(":")
    start, end = _place(first), _place(last)
    if start is None or end is None:
        return
    extent.note(*end)
    for row in range(start[0], end[0] + 1):
        for column in range(start[1], end[1] + 1):
            if (row, column) != start:
                yield row, column


def cell_name(place: Place) -> str:
    """`B12` of row 11, column 1."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
