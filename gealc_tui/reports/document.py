"""A printed document before it has a form: headings, facts, paragraphs, tables. No text in it is markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import NamedTuple, TypeVar

_T = TypeVar("_T")


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


class Bars(NamedTuple):
    """A chart before it is drawn: bars whose parts add up. A mark tells what each part is, and not a colour alone."""

    title: str
    words: str
    """What is seen in it, for whoever does not see it."""
    parts: tuple[tuple[str, str], ...]
    """Of each part its mark and what it is called."""
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    """What a bar is of, and how much there is of each part."""
    stands_below: bool = False
    """Whether a table with the same figures stands beside it anyway."""


class Lane(NamedTuple):
    """A line of a Gantt chart; columns are counted from 0."""

    text: str
    first: int
    last: int
    """From which to which column it is worked on."""
    due: tuple[int, ...]
    """In which columns something falls due."""
    state: str
    """How it stands, in words."""
    is_late: bool
    is_over: bool


class Gantt(NamedTuple):
    """When what is worked on and falls due, over some months, before it is drawn."""

    title: str
    words: str
    columns: tuple[str, ...]
    """Short names of the months."""
    lanes: tuple[Lane, ...]
    now: int | None
    """The column of the day on which it is looked at; None: before or after all of them."""


Block = Heading | Paragraph | Facts | Points | Table | Bars | Gantt


class Told(Sized, Iterable[_T]):
    """Told anew each time that somebody goes through it, and never held whole: a plan may have 100,000 activities."""

    def __init__(self, count: int, tell: Callable[[], Iterator[_T]]) -> None:
        self._count, self._tell = count, tell

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[_T]:
        return self._tell()


class Document(NamedTuple):
    """`kicker` stands small above the title, `subtitle` below it."""

    kicker: str
    title: str
    subtitle: str
    author: str
    blocks: Iterable[Block]
