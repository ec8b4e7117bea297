"""A document as one page of HTML with nothing outside it: for a browser, a screen reader, a printer; light and dark.

Promise: whatever people wrote is text. Every value is escaped by the template engine, and no script runs in it.
"""

from __future__ import annotations

from pathlib import Path

from gealc_tui.i18n import language
from gealc_tui.reports.document import Document

_TEMPLATE = Path(__file__).with_name("page.html")


def html_page(document: Document) -> str:
    """The page."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    blocks = [(type(block).__name__, block) for block in document.blocks]
    return template.render(document=document, blocks=blocks, language=language())
