"""Word documents of the plan of 2021 (that of 2019 with another year), made in the ways in which people make them."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

TEXT = (
    (Path(__file__).parents[2] / "data" / "plan-2019.txt")
    .read_text(encoding="utf-8")
    .replace("PLAN DE TRABAJO 2019", "PLAN DE TRABAJO 2021")
)
LINES = TEXT.rstrip().split("\n")
_HEADING = re.compile(r"([0-9]+(?:\.[0-9]+)*)\s*\)\s*(.*)")


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def typed() -> bytes:
    """Every line a paragraph, headings as real ones; a paragraph after another has no blank line between them."""
    document = docx.Document()
    for line in filter(str.strip, LINES):
        found = _HEADING.match(line)
        document.add_paragraph(line, style=f"Heading {len(found[1].split('.'))}" if found else None)
    return saved(document)


def typed_otherwise() -> bytes:
    """Headings as people type them in Word: `3.1.1. Taller`, `3. Áreas`."""
    document = docx.Document()
    for line in filter(str.strip, LINES):
        found = _HEADING.match(line)
        words = f"{found[1]}. {found[2]}" if found else line
        document.add_paragraph(words, style=f"Heading {len(found[1].split('.'))}" if found else None)
    return saved(document)


def _level(number: int, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number - 1}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{number}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
    f"{_level(1, '%1)')}{_level(2, '%1.%2.')}{_level(3, '%1.%2.%3')}</w:abstractNum>"
)


def numbered(lines: list[str]) -> bytes:
    """Headings whose numbers Word counts itself, by their styles."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level in (1, 2, 3):
        properties = document.styles[f"Heading {level}"].element.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level - 1}"/><w:numId w:val="90"/></w:numPr>')
        )
    for line in filter(str.strip, lines):
        found = _HEADING.match(line)
        document.add_paragraph(
            found[2] if found else line, style=f"Heading {len(found[1].split('.'))}" if found else None
        )
    return saved(document)


COLUMNS = ("Código", "Actividad", "Producto", "Participantes", "Lugar", "Recursos", "Responsable")


def tables() -> bytes:
    """Areas as text, the activities of each period as the rows of a table."""
    document = docx.Document()
    table: Any = None
    cells: Any = None
    last = ""
    for line in filter(str.strip, LINES):
        found = _HEADING.match(line)
        label, _, value = line.partition(": ")
        label = {"Fuente de recursos": "Recursos"}.get(label, label)
        if found and found[1].count(".") == 2:
            if table is None:
                table = document.add_table(rows=1, cols=len(COLUMNS))
                for cell, title in zip(table.rows[0].cells, COLUMNS, strict=True):
                    cell.text = title
            cells = table.add_row().cells
            cells[0].text, cells[1].text = found[1], found[2]
        elif cells is not None and label in COLUMNS and not cells[COLUMNS.index(label)].text:
            cells[COLUMNS.index(label)].text = value
        elif cells is not None and label in COLUMNS and last == "Producto":
            cells[COLUMNS.index(label)].add_paragraph(value)
        else:
            table = cells = None
            document.add_paragraph(line)
        last = label
    return saved(document)


def _run(text: str, tag: str = "w:t") -> str:
    return f'<w:r><{tag} xml:space="preserve">{text}</{tag}></w:r>'


def tracked() -> bytes:
    """As `typed`, with words that tracked changes put in and took out, and a comment beside one."""
    document = docx.Document(io.BytesIO(typed()))
    by = f'{nsdecls("w")} w:author="Ana Pérez" w:date="2021-03-14T10:00:00Z"'
    for paragraph in document.paragraphs:
        if paragraph.text == "Lugar: A definir.":
            element = paragraph._p
            for run in list(element.iterchildren(qn("w:r"))):
                element.remove(run)
            element.append(parse_xml(f"<w:r {nsdecls('w')}><w:t xml:space='preserve'>Lugar: </w:t></w:r>"))
            element.append(parse_xml(f'<w:del w:id="1" {by}>{_run("Quito", "w:delText")}</w:del>'))
            element.append(parse_xml(f'<w:ins w:id="2" {by}>{_run("A definir.")}</w:ins>'))
            break
    area = next(one for one in document.paragraphs if one.text.startswith("3.2)"))
    document.add_comment(area.runs, text="¿Sigue así?", author="Luis Soto", initials="LS")
    # A whole paragraph that was taken out, with its end.
    gone = copy.deepcopy(area._p)
    area._p.addprevious(gone)
    for child in list(gone):
        gone.remove(child)
    gone.append(parse_xml(f'<w:pPr {nsdecls("w")}><w:rPr><w:del w:id="3" {by}/></w:rPr></w:pPr>'))
    gone.append(parse_xml(f'<w:del w:id="4" {by}>{_run("Una línea de antes", "w:delText")}</w:del>'))
    return saved(document)


def with_part(data: bytes, name: str, content: bytes | None) -> bytes:
    """The file with another part, or without it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        if content is not None:
            new.writestr(name, content)
    return made.getvalue()
