"""A document as Word reads it (.docx): real headings and tables, so that it can be edited, indexed and read aloud."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from gealc_tui.i18n import language, t
from gealc_tui.reports.document import Bars, Document, Facts, Gantt, Heading, Paragraph, Points, Table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as WordTable
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph as WordParagraph

_FONT = "Calibri"
_INK, _BLUE, _GREY, _TINT, _RULE = "1F2933", "1F3A5F", "5F6B7A", "E8EDF3", "B8C4D2"
"""Colours as Word writes them; on paper without colour they stay apart by weight and size."""

_PAGE = 21.0, 29.7
_MARGIN = 2.3
_LABELS = 4.0
_INSET = 108
"""Centimetres: the page (A4), its margins, the column of labels; and in twentieths of a point the margin of a cell."""

_TONGUES = {"es": "es-419", "en": "en-US", "pt": "pt-BR", "fr": "fr-FR"}


def word(document: Document, at: int) -> bytes:
    """The file. `at` is when the minutes were made, in milliseconds since 1970."""
    import docx
    from docx.shared import Cm

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(_PAGE[0]), Cm(_PAGE[1])
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin = section.bottom_margin = Cm(_MARGIN)
    _set_styles(made)
    _set_properties(made, document, at)
    _add_head(made, document)
    for block in document.blocks:
        _add(made, block)
    _add_footer(made, document)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


# --- the whole -----------------------------------------------------------------------------------------------


def _set_styles(made: WordDocument) -> None:
    from docx.shared import Pt

    normal = _style(made, "Normal")
    _dress(normal, 10.5, _INK)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.1
    _tongue(normal)
    for name, size, colour, before, after in (
        ("Title", 22, _BLUE, 0, 2),
        ("Subtitle", 13, _INK, 0, 8),
        ("Heading 1", 14, _BLUE, 16, 6),
        ("Heading 2", 11.5, _INK, 10, 3),
        ("List Bullet", 10.5, _INK, 0, 3),
        ("Caption", 9.5, _INK, 10, 4),
    ):
        style = _style(made, name)
        _dress(style, size, colour, bold=name.startswith(("Title", "Heading")))
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for name in ("Heading 1", "Heading 2"):
        _style(made, name).paragraph_format.keep_with_next = True
    _rule(_style(made, "Title"), None)
    _rule(_style(made, "Subtitle"), _BLUE)
    _rule(_style(made, "Heading 1"), _RULE)


def _style(made: WordDocument, name: str) -> ParagraphStyle:
    found: Any = made.styles[name]
    style: ParagraphStyle = found
    return style


def _dress(style: ParagraphStyle, size: float, colour: str, *, bold: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name, font.size, font.bold, font.italic = _FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    # The template names fonts of its theme beside this one, and they would win.
    fonts = style.element.get_or_add_rPr().rFonts
    for place in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{place}"), None)
    for place in ("w:eastAsia", "w:cs"):
        fonts.set(qn(place), _FONT)
    # Its subtitle is spaced out.
    for old in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(old)


def _tongue(style: ParagraphStyle) -> None:
    """The language in which Word checks the spelling and a screen reader speaks."""
    properties = style.element.get_or_add_rPr()
    properties.append(_element("w:lang", val=_TONGUES.get(language(), "es-419")))


def _rule(style: ParagraphStyle, colour: str | None) -> None:
    """The line below a heading; None: none, though the template has one."""
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if colour is not None:
        border = _element("w:pBdr")
        border.append(_element("w:bottom", val="single", sz="6", space="3", color=colour))
        # Where the order of the format wants it: right before these.
        properties.insert_element_before(
            border,
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:jc",
            "w:outlineLvl",
        )


def _set_properties(made: WordDocument, document: Document, at: int) -> None:
    properties = made.core_properties
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=min(max(at, 0), 2**47))
    properties.title = _legal(f"{document.title}: {document.subtitle}")[:255]
    properties.author = properties.last_modified_by = _legal(document.author)[:255]
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.language = _TONGUES.get(language(), "es-419")
    properties.comments = ""
    properties.subject = _legal(document.kicker)[:255]


def _add_head(made: WordDocument, document: Document) -> None:
    from docx.shared import Pt

    kicker = made.add_paragraph()
    kicker.paragraph_format.space_after = Pt(0)
    _write(kicker, document.kicker, colour=_GREY)
    _write(made.add_paragraph(style="Title"), document.title)
    _write(made.add_paragraph(style="Subtitle"), document.subtitle)


def _add_footer(made: WordDocument, document: Document) -> None:
    """What document this is, and which page of how many, should its sheets come apart."""
    line = made.sections[0].footer.paragraphs[0]
    _write(line, f"{document.title} · {document.subtitle}", colour=_GREY, size=8.5)
    _write(line, " · " + t("página") + " ", colour=_GREY, size=8.5)
    _count(line, "PAGE")
    _write(line, " / ", colour=_GREY, size=8.5)
    _count(line, "NUMPAGES")


def _count(line: WordParagraph, field: str) -> None:
    from docx.oxml.ns import qn

    for kind in ("begin", field, "separate", "1", "end"):
        run = _write(line, "", colour=_GREY, size=8.5)
        if kind in ("begin", "separate", "end"):
            run._r.append(_element("w:fldChar", fldCharType=kind))
        elif kind == field:
            code = _element("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {field} "
            run._r.append(code)
        else:
            run.text = kind


# --- blocks --------------------------------------------------------------------------------------------------


def _add(made: WordDocument, block: object) -> None:
    from docx.shared import Pt

    match block:
        case Heading(text, level):
            _write(made.add_paragraph(style=f"Heading {min(level, 2)}"), text)
        case Paragraph(text, quiet):
            paragraph = made.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(4) if quiet else None
            # What is said below a heading stays with what follows it.
            paragraph.paragraph_format.keep_with_next = quiet or None
            _write(paragraph, text, italic=quiet, colour=_GREY if quiet else None)
        case Points(texts):
            for text in texts:
                _write(made.add_paragraph(style="List Bullet"), text)
        case Facts(rows):
            _add_facts(made, rows)
        case Table():
            _add_table(made, block)
        case Bars() | Gantt():
            from gealc_tui.reports.svg import paged

            for part in paged(block):
                _add_chart(made, part)


def _add_chart(made: WordDocument, chart: Bars | Gantt) -> None:
    """As a picture where it can be drawn, else as a table; its words are its caption and its alternative text."""
    from docx.shared import Cm

    from gealc_tui.reports.pdf_file import picture

    caption = made.add_paragraph(style="Caption")
    # Words and picture are one paragraph, which no page tears.
    caption.paragraph_format.keep_together = True
    _write(caption, f"{chart.title}. {chart.words}")
    drawn = picture(chart)
    if drawn is not None:
        run = caption.add_run()
        run.add_break()
        shape = run.add_picture(io.BytesIO(drawn), width=Cm(_room()))
        shape._inline.docPr.set("descr", _legal(f"{chart.title}. {chart.words}"))
    elif isinstance(chart, Bars) and not chart.stands_below:
        _add_table(made, _as_table(chart))


def _as_table(chart: Bars) -> Table:
    titles = (chart.title, *(f"{mark} {name}" for mark, name in chart.parts))
    rows = tuple((text, *map(str, parts)) for text, parts in chart.rows)
    return Table(titles, rows, (40, *(20 for _ in chart.parts)))


def _add_facts(made: WordDocument, rows: Sequence[tuple[str, str]]) -> None:
    if not rows:
        return
    table = made.add_table(len(rows), 2)
    _lay_out(table, [_LABELS, _room() - _LABELS])
    for row, (label, text) in zip(table.rows, rows, strict=True):
        _fill(row.cells[0], label, bold=True, colour=_GREY)
        _fill(row.cells[1], text)
    # What is said of one thing stays on one page, if it can.
    for row in list(table.rows)[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    _keep_rows(table)


def _add_table(made: WordDocument, block: Table) -> None:
    from docx.oxml.ns import qn

    table = made.add_table(1 + len(block.rows), len(block.titles))
    shares = sum(block.widths)
    _lay_out(table, [_room() * share / shares for share in block.widths])
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=_RULE))
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    if layout is not None:
        # The text stands in from the margin, so that the colour behind it does not stand out.
        layout.addprevious(_element("w:tblInd", w=str(_INSET), type="dxa"))
        layout.addprevious(borders)
    for cell, title in zip(table.rows[0].cells, block.titles, strict=True):
        _fill(cell, title, bold=True, colour=_BLUE)
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_TINT))
    for row, texts in zip(list(table.rows)[1:], block.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell, text)
    _keep_rows(table)
    # The titles stand again on each page.
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _room() -> float:
    """Centimetres between the margins."""
    return _PAGE[0] - 2 * _MARGIN


def _lay_out(table: WordTable, widths: Iterable[float]) -> None:
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _keep_rows(table: WordTable) -> None:
    """No row is torn by the end of a page, unless it is longer than one."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def _fill(cell: Cell, text: str, *, bold: bool = False, colour: str | None = None) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    _write(paragraph, text, bold=bold, colour=colour)


def _write(
    paragraph: WordParagraph,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    colour: str | None = None,
    size: float | None = None,
) -> Any:
    """A run of text; its line ends are line ends in the paragraph too."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(_legal(text))
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour)
    if size is not None:
        run.font.size = Pt(size)
    return run


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


_ILLEGAL = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
