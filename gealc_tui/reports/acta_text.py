"""A document as plain text and as Markdown. What people wrote is shown as they wrote it: none of it is markup."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from gealc_tui.reports.bars_text import bars_lines, gantt_lines
from gealc_tui.reports.document import Bars, Document, Facts, Gantt, Heading, Paragraph, Points, Table

_COLUMNS = 76
_INDENT = 2
_LONGEST_LABEL = 24
_GAP = 2


def plain_text(document: Document) -> str:
    """For a mail, a screen reader, a terminal: lines of at most 76 characters, where words allow it."""
    labels = [label for block in document.blocks if isinstance(block, Facts) for label, _ in block.rows]
    width = min(max(map(len, labels), default=0), _LONGEST_LABEL)
    head = [document.kicker, "", document.title.upper(), *_filled(document.subtitle), "=" * _COLUMNS]
    body = [line for block in document.blocks for line in ("", *_plain(block, width))]
    return "\n".join(line.rstrip() for line in (*head, *body)) + "\n"


def _plain(block: object, width: int) -> Iterator[str]:
    match block:
        case Heading(text, 1):
            yield from ("", text, "-" * len(text))
        case Heading(text, _):
            code, gap, title = text.partition("  ")
            yield from _filled(title, f"{code}{gap}") if gap else _filled(text)
        case Paragraph(text, _):
            yield from _filled(text)
        case Facts(rows):
            for label, text in rows:
                yield from _fact(label, text, width)
        case Points(texts):
            for text in texts:
                yield from _filled(text, "- ")
        case Table():
            yield from _table(block)
        case Bars(title, words) | Gantt(title, words):
            yield title
            yield from _filled(words)
            yield from _indented(block, _COLUMNS - _INDENT, " " * _INDENT)


def _indented(chart: Bars | Gantt, width: int, indent: str) -> Iterator[str]:
    lines = bars_lines(chart, width) if isinstance(chart, Bars) else gantt_lines(chart, width)
    yield from (f"{indent}{line}" for line in lines)


def _fact(label: str, text: str, width: int) -> Iterator[str]:
    indent = " " * _INDENT
    if len(label) > width:
        yield indent + label
        label = ""
    yield from _filled(text, f"{indent}{label:<{width + _GAP}}")


def _filled(text: str, first: str = "") -> list[str]:
    """The lines of a text, each wrapped behind what stands before the first of them."""
    later = " " * len(first)
    lines: list[str] = []
    for line in text.split("\n"):
        start = later if lines else first
        wrapped = textwrap.wrap(line, _COLUMNS, initial_indent=start, subsequent_indent=later, break_on_hyphens=False)
        lines += wrapped or [start]
    return lines


def _table(table: Table) -> Iterator[str]:
    room = _COLUMNS - _INDENT - _GAP * (len(table.widths) - 1)
    widths = _shared(table, room)
    yield _row(table.titles, widths)
    yield " " * _INDENT + "  ".join("-" * width for width in widths)
    for row in table.rows:
        cells = [_cell(text, width) for text, width in zip(row, widths, strict=True)]
        for place in range(max(map(len, cells))):
            yield _row([cell[place] if place < len(cell) else "" for cell in cells], widths)


def _row(texts: Sequence[str], widths: Sequence[int]) -> str:
    cells = (f"{text:<{width}}" for text, width in zip(texts, widths, strict=True))
    return " " * _INDENT + (" " * _GAP).join(cells)


def _shared(table: Table, room: int) -> list[int]:
    """Columns as wide as their texts, but for the widest share, which takes what is left."""
    wide = table.widths.index(max(table.widths))
    longest = [
        max(_longest_line(row[place]) for row in (table.titles, *table.rows)) for place in range(len(table.widths))
    ]
    widths = [min(found, room * 2 // 5) for found in longest]
    widths[wide] = max(room - sum(widths[:wide]) - sum(widths[wide + 1 :]), 10)
    widths[wide] = min(widths[wide], max(longest[wide], len(table.titles[wide])))
    return widths


def _longest_line(text: str) -> int:
    return max(map(len, text.split("\n")))


def _cell(text: str, width: int) -> list[str]:
    return [part for line in text.split("\n") for part in textwrap.wrap(line, width, break_on_hyphens=False) or [""]]


# --- Markdown ------------------------------------------------------------------------------------------------


def markdown(document: Document) -> str:
    """CommonMark, with tables as GitHub and most others read them."""
    parts = [_escaped(document.kicker), f"# {_escaped(document.title)}", f"**{_escaped(document.subtitle)}**"]
    parts += ["\n".join(_marked(block)) for block in document.blocks]
    return "\n\n".join(parts) + "\n"


def _marked(block: object) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {_escaped(' '.join(text.split()))}"
        case Paragraph(text, quiet):
            said = _broken(text, "")
            yield f"*{said}*" if quiet else said
        case Facts(rows):
            for label, text in rows:
                yield f"- **{_escaped(label)}:** {_broken(text, '  ')}"
        case Points(texts):
            for text in texts:
                yield f"- {_broken(text, '  ')}"
        case Table(titles, rows, _):
            yield _marked_row(titles)
            yield _marked_row(["---"] * len(titles), escaped=False)
            for row in rows:
                yield _marked_row(row)
        case Bars(title, words) | Gantt(title, words):
            yield f"**{_escaped(title)}.** {_escaped(words)}"
            yield ""
            # Four blanks: as it stands, letter by letter, and none of it is markup.
            yield from _indented(block, 92, "    ")


def _marked_row(cells: Sequence[str], *, escaped: bool = True) -> str:
    said = (" ".join(_escaped(cell).split()) if escaped else cell for cell in cells)
    return f"| {' | '.join(said)} |"


def _broken(text: str, indent: str) -> str:
    """A text of several lines inside one block: two blanks at a line's end keep the next apart."""
    lines = [_escaped(line.strip()) for line in text.split("\n")]
    return f"  \n{indent}".join(line for line in lines if line)


_MARKS = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_START = re.compile(r"^(#|[-+=](?=\s|$|[-=])|\d{1,9}(?=[.)](?:\s|$)))")


def _escaped(text: str) -> str:
    marked = _MARKS.sub(r"\\\1", text)
    return _AT_START.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], marked)
