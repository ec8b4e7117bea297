"""A document as PDF, tagged for screen readers (PDF/UA-1, which the compiler checks): by typst, an extra.

Promise: whatever people wrote is data of the page, and never markup.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gealc_tui.errors import FormMissing
from gealc_tui.i18n import language
from gealc_tui.reports.document import Bars, Document, Facts, Gantt, Heading, Paragraph, Points, Table
from gealc_tui.reports.svg import PAPER, paged, svg

_TEMPLATE = Path(__file__).with_name("page.typ")
_FONTS = ["Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"]
"""Those that the compiler brings with it: the same pages on every machine."""


def pdf_file(document: Document) -> bytes:
    """The file. Raises FormMissing where typst is not installed."""
    try:
        import typst
    except ImportError as error:
        raise FormMissing(form="pdf") from error
    data = {
        "title": document.title,
        "kicker": document.kicker,
        "subtitle": document.subtitle,
        "author": document.author,
        "language": language(),
        "fonts": _FONTS,
        "blocks": [_block(part) for block in document.blocks for part in _parts(block)],
    }
    said = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        made: bytes = typst.compile(_TEMPLATE.read_bytes(), format="pdf", sys_inputs=said, pdf_standards=["ua-1"])
    except typst.TypstError:
        # The standard refuses a letter for which no font of this machine has a shape; a page with a gap is better.
        made = typst.compile(_TEMPLATE.read_bytes(), format="pdf", sys_inputs=said)
    return made


_PICTURE = b"""#let data = json(bytes(sys.inputs.data))
#set page(width: 16.4cm, height: auto, margin: 0cm)
#set text(font: data.fonts)
#image(bytes(data.svg), format: "svg", width: 100%)
"""


def picture(chart: Bars | Gantt) -> bytes | None:
    """A chart as PNG, for a program that draws none itself; None where typst is not installed."""
    try:
        import typst
    except ImportError:
        return None
    said = {"data": json.dumps({"svg": svg(chart, PAPER, "chart"), "fonts": _FONTS}, ensure_ascii=False)}
    made: bytes = typst.compile(_PICTURE, format="png", ppi=200.0, sys_inputs=said)
    return made


def _parts(block: object) -> tuple[object, ...]:
    return paged(block) if isinstance(block, Bars | Gantt) else (block,)


def _block(block: object) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text, quiet):
            return {"kind": "paragraph", "text": text, "quiet": quiet}
        case Points(texts):
            return {"kind": "points", "texts": list(texts)}
        case Facts(rows):
            return {"kind": "facts", "rows": [list(row) for row in rows]}
        case Table(titles, rows, widths):
            cells = [list(row) for row in rows]
            return {"kind": "table", "titles": list(titles), "rows": cells, "widths": list(widths)}
        case Bars(title, words) | Gantt(title, words):
            return {"kind": "chart", "title": title, "text": words, "svg": svg(block, PAPER, "chart")}
    raise AssertionError(block)
