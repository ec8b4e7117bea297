"""A Word document as the lines of a plan: what stands in it, in its order, as if it had been saved as text.

Promises: every line that Word shows is a line here, or named in a remark with the line beside which it stands;
inserted words count and deleted ones do not; numbers that Word counts itself stand where they are seen; the same
document gives the same lines and remarks. What the lines mean is `documents.plan_text`' affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from gealc_tui.documents.packages import Package, Relation
from gealc_tui.documents.plan_document import Expected, ObservationKind
from gealc_tui.documents.plan_lines import MOST_LINES, Line, title_of
from gealc_tui.documents.plan_words import SPANISH, Words
from gealc_tui.documents.word_numbering import Numbering, Styles, child, name_of, number_in, value_of
from gealc_tui.documents.word_tables import BETWEEN, Cell, groups
from gealc_tui.documents.word_text import Beside, Reading, Remark, author_and_day, visible_text
from gealc_tui.errors import DocumentUnreadable, FileUnreadable

DEEPEST = 60
"""Tables in tables, and whatever else surrounds paragraphs."""

_THROUGH = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "Choice"})
_GONE = ("del", "moveFrom")

# Of a heading: a code of one number needs a sign behind it, lest "12 países" become one.
_TYPED_CODE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3}){1,2}(?=[\s.):–—-])|[0-9]{1,3}(?=\s?[.)]))\s?[.)]?\s*[-–—:]?\s*")
_CODE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3}){0,2})[.)]?")


class Placed(NamedTuple):
    """A remark, and the number of the line beside which it stands (from 1)."""

    line: int
    remark: Remark


class WordLines(NamedTuple):
    lines: tuple[str, ...]
    remarks: tuple[Placed, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def word_lines(package: Package) -> WordLines:
    """The lines of a document. Raises FileUnreadable, and DocumentUnreadable for one that is too long."""
    main = package.main_part()
    root = package.xml(main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise package.refusal("damaged")
    parts = _Parts(package, main)
    styles = Styles(parts.related("styles"))
    flow = _Flow(_Shared(parts, styles, Numbering(parts.related("numbering"), styles), parts.beside()))
    flow.read(body)
    flow.remark(1, [*parts.margins(), *parts.outside()])
    return WordLines(tuple(flow.lines), tuple(sorted(flow.remarks, key=lambda one: one.line)))


class _Parts:
    """What lies in the file beside the text itself."""

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self._relations = package.relations(main)

    def related(self, type: str) -> Any:
        found = next((one for one in self._inside(type)), None)
        return None if found is None else self.package.xml(found.target)

    def _all_in(self, type: str) -> Iterator[Any]:
        root = self.related(type)
        return iter(()) if root is None else iter(root)

    def _inside(self, *types: str) -> Iterator[Relation]:
        return (one for one in self._relations.values() if one.type in types and not one.is_outside)

    def beside(self) -> Beside:
        nothing = Beside({}, {}, {})
        comments = {}
        for one in self._all_in("comments"):
            text = " ".join(visible_text(one, nothing).split())
            comments[value_of(one, "id") or ""] = Remark(ObservationKind.COMMENT, text, *author_and_day(one))
        notes = {}
        for type, reference in (("footnotes", "footnoteReference"), ("endnotes", "endnoteReference")):
            for one in self._all_in(type):
                notes[reference, value_of(one, "id") or ""] = " ".join(visible_text(one, nothing).split())
        links = {id: one.target for id, one in self._relations.items() if one.is_outside}
        return Beside(comments, notes, links)

    def margins(self) -> Iterator[Remark]:
        """What stands on every page."""
        said: dict[str, None] = {}
        for one in self._inside("header", "footer"):
            root = self.package.xml(one.target)
            text = "" if root is None else " ".join(visible_text(root, Beside({}, {}, {})).split())
            if text:
                said[text] = None
        return (Remark(ObservationKind.PAGE_MARGIN, text) for text in said)

    def outside(self) -> Iterator[Remark]:
        """What is not opened: programs, and what lies elsewhere and Word would fetch."""
        for one in self._relations.values():
            if one.is_outside and one.type != "hyperlink":
                yield Remark(ObservationKind.EXTERNAL, one.target)
            elif one.type == "vbaProject":
                yield Remark(ObservationKind.MACRO, "")


class _Shared(NamedTuple):
    """What all flows of text of one document have in common."""

    parts: _Parts
    styles: Styles
    numbering: Numbering
    beside: Beside

    def refusal(self) -> FileUnreadable:
        return self.parts.package.refusal("damaged")


class _Flow:
    """One flow of text: the body, or a cell of a table, which has lines of its own."""

    def __init__(self, shared: _Shared, words: Words = SPANISH, depth: int = 0) -> None:
        self._shared = shared
        self._depth = depth
        self._words = words
        self._joined: Reading | None = None
        """A paragraph whose end was deleted: the next one goes on in it."""
        self.lines: list[str] = []
        self.remarks: list[Placed] = []

    def read(self, element: Any) -> None:
        self._blocks(element, self._depth)
        if self._joined is not None:
            self._put(self._joined.text.split("\n"), self._joined.remarks)

    def _blocks(self, element: Any, depth: int) -> None:
        if depth > DEEPEST:
            raise self._shared.refusal()
        for one in element:
            name = name_of(one)
            if name == "p":
                self._paragraph(one)
            elif name == "tbl":
                self._table(one, depth)
            elif name == "altChunk":
                self.remark(len(self.lines), [Remark(ObservationKind.EXTERNAL, "")])
            elif name in _THROUGH:
                self._blocks(one, depth + 1)

    def _put(self, lines: Iterable[str], remarks: Iterable[Remark]) -> None:
        first = len(self.lines) + 1
        for line in lines:
            self.lines.append(line)
            if (found := title_of(Line(0, line))) is not None:
                self._words = found[1]
        if len(self.lines) > 2 * MOST_LINES:
            raise DocumentUnreadable(first, Expected.SIZE, "")
        self.remark(first, remarks)

    def remark(self, line: int, remarks: Iterable[Remark]) -> None:
        self.remarks += [Placed(max(line, 1), one) for one in remarks]

    def _paragraph(self, paragraph: Any) -> None:
        reading, properties = self._joined or Reading(self._shared.beside), child(paragraph, "pPr")
        self._joined = None
        reading.read(paragraph)
        if any(child(properties, "rPr", gone) is not None for gone in _GONE):
            self._joined = reading
            return
        label, level = self._shared.numbering.label(properties), self._shared.styles.level(properties)
        self._put(_headed(reading.text, label, level is not None).split("\n"), reading.remarks)

    def _table(self, table: Any, depth: int) -> None:
        """Its rows as lines; what is said beside a cell stands beside the first line of its row."""
        rows: list[list[Cell]] = []
        remarks: list[list[Remark]] = []
        aside: list[Remark] = []
        for row in _inside(table, "tr"):
            properties = child(row, "trPr")
            before = child(properties, "gridBefore")
            cells = [Cell((), number_in(before, 1))] if before is not None else []
            said: list[Remark] = []
            for one in _inside(row, "tc"):
                flow = _Flow(self._shared, self._words, depth + 1)
                flow.read(one)
                cells.append(_cell(one, flow.lines))
                said += [placed.remark for placed in flow.remarks]
            words = BETWEEN.join(cell.text for cell in cells)
            if (gone := child(properties, "del")) is not None:
                aside.append(Remark(ObservationKind.TRACKED_DELETION, words, *author_and_day(gone)))
                continue
            if (came := child(properties, "ins")) is not None:
                said.append(Remark(ObservationKind.TRACKED_INSERTION, words, *author_and_day(came)))
            rows.append(cells)
            remarks.append(said)
        self.remark(len(self.lines) + 1, aside)
        told: set[int] = set()
        for group in groups(rows, self._words):
            self._put(group.lines, [one for place in group.rows for one in remarks[place]])
            told.update(group.rows)
        # Rows that are titles of columns have no line of their own.
        self.remark(len(self.lines), [one for place, said in enumerate(remarks) if place not in told for one in said])


def _headed(text: str, label: str, is_heading: bool) -> str:
    """A paragraph with its number as it is seen, its code as plans print it: `3.1.1) Taller`."""
    stripped = text.strip()
    if label:
        code = _CODE.fullmatch(label)
        if code is not None and (is_heading or "." in code[1]):
            return f"{code[1]}) {stripped}"
        return f"{label} {stripped}"
    if is_heading and (typed := _TYPED_CODE.match(stripped)) and typed.end() < len(stripped):
        return f"{typed[1]}) {stripped[typed.end() :]}"
    return text


def _cell(cell: Any, lines: Iterable[str]) -> Cell:
    properties = child(cell, "tcPr")
    merge, span = child(properties, "vMerge"), child(properties, "gridSpan")
    is_continued = merge is not None and value_of(merge) in (None, "continue")
    stripped = (line.strip() for line in lines)
    return Cell(tuple(line for line in stripped if line), number_in(span, 1), is_continued)


def _inside(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, whatever surrounds them."""
    for one in element:
        if name_of(one) == name:
            yield one
        elif name_of(one) in _THROUGH:
            yield from _inside(one, name)
