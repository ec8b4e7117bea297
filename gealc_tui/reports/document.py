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


Block = Heading | Paragraph | Facts | Points | Table


class Document(NamedTuple):
    """`kicker` stands small above the title, `subtitle` below it."""

    kicker: str
    title: str
    subtitle: str
    author: str
    blocks: Sequence[Block]
