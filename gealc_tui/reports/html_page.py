"""A document as one page of HTML with nothing outside it: for a browser, a screen reader, a printer; light and dark.

Promise: whatever people wrote is text. Every value is escaped by the template engine, and no script runs in it.
"""

from __future__ import annotations

from pathlib import Path

from gealc_tui.i18n import language
from gealc_tui.reports.document import Bars, Document, Gantt
from gealc_tui.reports.svg import PAGE, svg

_TEMPLATE = Path(__file__).with_name("page.html")


def html_page(document: Document) -> str:
    """The page."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    blocks = [(type(block).__name__, block) for block in document.blocks]
    # `svg` escapes by itself what people wrote.
    drawn = {
        id(block): Markup(svg(block, PAGE, f"chart-{n}"))
        for n, block in enumerate(document.blocks)
        if isinstance(block, Bars | Gantt)
    }
    return template.render(document=document, blocks=blocks, language=language(), drawing=lambda one: drawn[id(one)])
