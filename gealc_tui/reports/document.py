"""A printed document before it has a form: headings, facts, paragraphs, tables. No text in it is markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Heading(NamedTuple):
    text: str
    level: int = 1


class Paragraph(NamedTuple):
    """Words, maybe with line breaks in them. `quiet`: a remark beside what matters."""

    text: str
    quiet: bool = False


class Facts(NamedTuple):
    """What is said of one thing: pairs of a label and its words. The same label may come again."""

    rows: tuple[tuple[str, str], ...]


class Points(NamedTuple):
    """A list, one text each."""

    texts: tuple[str, ...]


class Table(NamedTuple):
    """Rows under titles. `widths` are shares of the page, one for each column."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


class Bar(NamedTuple):
    """How much of one thing is done and how much late, of `whole`; `words` say the same."""

    label: str
    done: int
    late: int
    whole: int
    words: str


class Bars(NamedTuple):
    """Bars below each other. Nothing is in them that their words do not say: a form that cannot draw leaves them out.

    `legend` names what is done, what is late, and the rest.
    """

    title: str
    bars: tuple[Bar, ...]
    legend: tuple[str, str, str]


class Months(NamedTuple):
    """What falls into which month of a year: a row for each thing, with a mark or nothing for each of twelve months."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    months: tuple[str, ...]
    """Their names, twelve."""

    def table(self) -> Table:
        """The same for a form that knows tables only."""
        titles = (self.title, *(name[:1].upper() for name in self.months))
        return Table(titles, tuple((label, *marks) for label, marks in self.rows), (40, *[5] * len(self.months)))


Block = Heading | Paragraph | Facts | Points | Table | Bars | Months


class Document(NamedTuple):
    """`kicker` stands small above the title, `subtitle` below it."""

    kicker: str
    title: str
    subtitle: str
    author: str
    blocks: Sequence[Block]
