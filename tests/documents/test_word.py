"""Plans that come as Word documents, held against the same plan as text."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gealc_tui.documents import genesis, packages
from gealc_tui.documents.packages import Package, kind_of
from gealc_tui.documents.plan_document import ObservationKind, PlanDocument
from gealc_tui.documents.plan_text import read_plan
from gealc_tui.documents.word_lines import word_lines
from gealc_tui.documents.word_plan import read_word_plan
from gealc_tui.domain.limits import LONGEST_TEXT
from gealc_tui.errors import FileUnreadable
from tests.documents import word

PLAN = read_plan(word.TEXT)


def contents(document: PlanDocument) -> tuple[Any, ...]:
    """What the plan says, whatever line it stands on."""
    areas = [replace(one, line=0, period_headings=()) for one in document.areas]
    activities = [replace(one, line=0) for one in document.activities]
    return document.id, document.title, document.date, document.preamble, areas, activities


def noticed(document: PlanDocument, *kinds: ObservationKind) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.about, one.text) for one in document.observations if one.kind in kinds]


def lines_of(document: Any) -> tuple[str, ...]:
    return word_lines(Package(word.saved(document), "plan.docx")).lines


def body_of(*paragraphs: str) -> tuple[str, ...]:
    """The lines of a document whose paragraphs have this content (of `w:p`)."""
    document = docx.Document()
    for one in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{one}</w:p>"))
    return lines_of(document)


def test_a_plan_saved_line_by_line_as_word_has_the_very_log_of_the_text() -> None:
    document = docx.Document()
    for line in word.LINES:
        document.add_paragraph(line.strip())
    found = read_word_plan(word.saved(document), "plan.docx")
    made = [
        genesis.genesis_edits(one, source=one.title, sha256=genesis.document_hash(text))
        for one, text in ((found.document, found.text), (PLAN, word.TEXT))
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("make", [word.typed, word.typed_otherwise, word.tracked], ids=lambda one: one.__name__)
def test_a_plan_typed_with_real_headings_says_what_the_text_says(make: Any) -> None:
    found = read_word_plan(make(), "plan.docx").document
    assert contents(found) == contents(PLAN)


def test_numbers_that_word_counts_are_read_as_they_are_seen() -> None:
    lines = ["PLAN DE TRABAJO 2021", "1) Antecedentes", "2) Áreas", "2.1) Datos", "Objetivo: Abrir."]
    lines += ["Actividades anuales", "2.1.1) Taller", "2.1.2) Curso", "2.2) Software", "Objetivo: Usar."]
    lines += ["Actividades anuales", "2.2.1) Taller"]
    found = word_lines(Package(word.numbered(lines), "plan.docx"))
    assert list(found.lines) == lines


def test_a_plan_in_tables_says_what_the_text_says() -> None:
    found = read_word_plan(word.tables(), "plan.docx").document
    assert contents(found) == contents(PLAN)


def test_every_line_of_a_word_document_is_accounted_for() -> None:
    for data in (word.typed(), word.tables(), word.tracked()):
        found = read_word_plan(data, "plan.docx")
        printed = [number for number, line in enumerate(found.text.split("\n"), 1) if line.strip()]
        assert [one.line for one in found.document.uses] == printed


def test_tracked_changes_and_comments_are_told_with_author_and_day() -> None:
    found = read_word_plan(word.tracked(), "plan.docx").document
    kinds = (ObservationKind.TRACKED_INSERTION, ObservationKind.TRACKED_DELETION, ObservationKind.COMMENT)
    changes = noticed(found, *kinds)
    assert changes[:2] == [
        ("tracked_deletion", "activity/2021/3.1.1", "«Quito» (Ana Pérez, 2021-03-14)"),
        ("tracked_insertion", "activity/2021/3.1.1", "«A definir.» (Ana Pérez, 2021-03-14)"),
    ]
    comment, deleted = changes[2:]
    assert comment[:2] == ("comment", "area/2021/3.2")
    assert comment[2].startswith("«¿Sigue así?» (Luis Soto, ")
    assert deleted[::2] == ("tracked_deletion", "«Una línea de antes» (Ana Pérez, 2021-03-14)")


@pytest.mark.parametrize("lengths", [[250_001], [99_990, 12, 99_990], [60_000] * 3, [5, 200_000, 5], [99_997, 0, 1]])
def test_no_character_of_remarks_is_lost_however_long_and_many_they_are(lengths: list[int]) -> None:
    document = docx.Document()
    lines = [document.add_paragraph(line.strip()) for line in word.LINES if line.strip()]
    letters = "жщю"
    for letter, length in zip(letters, lengths, strict=False):
        document.add_comment(lines[9].runs[0], text=letter * length, author="Luis Soto")
    found = read_word_plan(word.saved(document), "plan.docx").document
    comments = [one for one in found.observations if one.kind is ObservationKind.COMMENT]
    told = "".join(one.text for one in comments)
    assert [told.count(letter) for letter, _ in zip(letters, lengths, strict=False)] == lengths
    assert told.count("Luis Soto") == len(lengths)
    assert max(len(one.text) for one in comments) <= LONGEST_TEXT
    assert len({one.id for one in comments}) == len(comments)


# --- paragraphs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("<w:r><w:t>Lugar:</w:t><w:tab/><w:t>Quito</w:t></w:r>", ["Lugar: Quito"]),
        ("<w:r><w:t>Lugar: Quito</w:t><w:br/><w:t>Recursos: BID</w:t></w:r>", ["Lugar: Quito", "Recursos: BID"]),
        ('<w:r><w:t>Uno</w:t><w:br w:type="page"/></w:r>', ["Uno"]),
        ("<w:moveTo><w:r><w:t>Movido</w:t></w:r></w:moveTo>", ["Movido"]),
        ("<w:moveFrom><w:r><w:t>Movido</w:t></w:r></w:moveFrom>", [""]),
        ("<w:sdt><w:sdtContent><w:r><w:t>Control</w:t></w:r></w:sdtContent></w:sdt>", ["Control"]),
        ("<w:hyperlink><w:r><w:t>Vínculo</w:t></w:r></w:hyperlink>", ["Vínculo"]),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>2021</w:t></w:r></w:fldSimple>', ["2021"]),
        ("<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>2021</w:t></w:r>", ["2021"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Oculto</w:t></w:r><w:r><w:t>Visto</w:t></w:r>", ["Visto"]),
        ("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>ID</w:t><w:softHyphen/></w:r>", ["e-ID"]),
    ],
)
def test_what_word_shows_of_a_paragraph_is_read(content: str, lines: list[str]) -> None:
    assert [*body_of(content)] == lines


def test_text_boxes_notes_and_pictures_are_named() -> None:
    document = docx.Document()
    for line in ("PLAN DE TRABAJO 2021", "1) Áreas", "1.1) Datos", "Objetivo: Abrir.", "Actividades anuales"):
        document.add_paragraph(line)
    document.sections[0].footer.paragraphs[0].text = "Borrador"
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>Falta el lugar</w:t></w:r></w:p></w:txbxContent></w:pict>"
    document.element.body.insert(
        len(document.element.body) - 1,
        parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>1.1.1) Taller</w:t>{box}</w:r></w:p>"),
    )
    found = read_word_plan(word.saved(document), "plan.docx").document
    assert noticed(found, ObservationKind.TEXT_BOX, ObservationKind.PAGE_MARGIN) == [
        ("page_margin", "plan/2021", "«Borrador»"),
        ("text_box", "activity/2021/1.1.1", "«Falta el lugar»"),
    ]


# --- tables ------------------------------------------------------------------------------------------------------


def test_an_activity_in_labelled_cells_is_read() -> None:
    document = docx.Document()
    for line in ("PLAN DE TRABAJO 2021", "1) Áreas"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=2)
    for pair in (("Área", "1.1) Datos"), ("Objetivo", "Abrir."), ("Período", "Segundo semestre")):
        for cell, text in zip(table.add_row().cells, pair, strict=True):
            cell.text = text
    four = document.add_table(rows=0, cols=4)
    rows = ("Código", "1.1.1", "Actividad", "Taller"), ("Lugar", "Quito", "Monto", "USD 5.000")
    for row in (*rows, ("Productos", "Acta\nMapa", "", "")):
        for cell, text in zip(four.add_row().cells, row, strict=True):
            cell.text = text
    found = read_word_plan(word.saved(document), "plan.docx").document
    (activity,) = found.activities
    assert (activity.code, activity.title, activity.place, activity.period) == ("1.1.1", "Taller", "Quito", "S2")
    assert activity.products == ("Acta", "Mapa")
    assert noticed(found, ObservationKind.UNREAD_LABEL) == [("unread_label", "activity/2021/1.1.1", "Monto: USD 5.000")]


def test_cells_that_are_merged_belong_to_every_row_that_they_span() -> None:
    document = docx.Document()
    for line in ("PLAN DE TRABAJO 2021", "1) Áreas", "1.1) Datos", "Objetivo: Abrir."):
        document.add_paragraph(line)
    table = document.add_table(rows=5, cols=4)
    for place, title in enumerate(("Semestre", "N.º", "Actividad", "Producto esperado")):
        table.cell(0, place).text = title
    rows = ("S1", "1.1.1", "Taller", "Acta"), ("", "", "", "Mapa"), ("", "1.1.2", "Curso", "Guía")
    for line, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            table.cell(line, place).text = text
    table.cell(1, 0).merge(table.cell(3, 0))
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(1, 1).merge(table.cell(2, 1))
    last = table.cell(4, 0).merge(table.cell(4, 3))
    last.text = "Total: dos"
    found = read_word_plan(word.saved(document), "plan.docx").document
    assert [(one.code, one.period.value, one.products) for one in found.activities] == [
        ("1.1.1", "S1", ("Acta", "Mapa")),
        ("1.1.2", "S1", ("Guía",)),
    ]
    assert noticed(found, ObservationKind.UNLABELLED_LINE) == [("unlabelled_line", "activity/2021/1.1.2", "Total: dos")]


# --- other programs ----------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_what_libreoffice_saves_is_the_same_plan(tmp_path: Path) -> None:
    for make in (word.tracked, word.tables):
        (tmp_path / f"{make.__name__}.docx").write_bytes(make())
    (tmp_path / "out").mkdir()
    files = [str(one) for one in tmp_path.glob("*.docx")]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", "out", *files],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    tracked = read_word_plan((tmp_path / "out" / "tracked.docx").read_bytes(), "plan.docx").document
    assert contents(tracked) == contents(PLAN)
    kinds = ObservationKind.TRACKED_INSERTION, ObservationKind.TRACKED_DELETION, ObservationKind.COMMENT
    before = read_word_plan(word.tracked(), "plan.docx").document
    assert noticed(tracked, *kinds) == noticed(before, *kinds)
    in_tables = read_word_plan((tmp_path / "out" / "tables.docx").read_bytes(), "plan.docx").document
    assert contents(in_tables) == contents(read_word_plan(word.tables(), "plan.docx").document)


# --- spoiled files -----------------------------------------------------------------------------------------------


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 200


def lying() -> bytes:
    """An archive whose directory says of the text that it is small."""
    bomb = word.with_part(word.typed(), "word/document.xml", b"<a>" + b" " * (packages.LARGEST_PART + 1) + b"</a>")
    return bomb.replace((packages.LARGEST_PART + 8).to_bytes(4, "little"), (5_000).to_bytes(4, "little"))


ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="w">&b;</w:document>'


def opened(data: bytes) -> None:
    kind_of(data, "plan.docx")
    read_word_plan(data, "plan.docx")


SPOILED = {
    "old_word": compound("WordDocument"),
    "old_excel": compound("Workbook"),
    "password": compound("EncryptedPackage"),
    "old_office": compound("PowerPoint Document"),
    "rtf": b"{\\rtf1 hola}",
    "web_page": b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>",
    "pdf": b"%PDF-1.7",
    "inflated": word.with_part(word.typed(), "word/document.xml", b" " * (packages.LARGEST_PART + 1)),
    "damaged": word.typed()[:-900],
}


@pytest.mark.parametrize("reason", SPOILED)
def test_what_is_no_word_document_of_today_is_refused_with_what_to_do(reason: str) -> None:
    with pytest.raises(FileUnreadable) as caught:
        opened(SPOILED[reason])
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "data",
    [
        word.with_part(word.typed(), "word/document.xml", ENTITIES),
        word.with_part(word.typed(), "word/document.xml", b"<w:document"),
        word.with_part(word.typed(), "word/document.xml", b"<a>" * 5_000),
        word.with_part(word.typed(), "word/document.xml", None),
        word.with_part(word.typed(), "_rels/.rels", None),
        lying(),
    ],
    ids=["entities", "cut off", "deep", "no text", "no relations", "lying sizes"],
)
def test_a_word_document_that_is_made_up_is_refused(data: bytes) -> None:
    with pytest.raises(FileUnreadable) as caught:
        read_word_plan(data, "plan.docx")
    assert caught.value.reason in ("damaged", "inflated")


def test_programs_and_what_lies_elsewhere_are_named_and_not_fetched() -> None:
    relations = zipfile.ZipFile(io.BytesIO(word.typed())).read("word/_rels/document.xml.rels")
    more = (
        b'<Relationship Id="m" Type="http://x/vbaProject" Target="v.bin"/>'
        b'<Relationship Id="x" Type="http://x/attachedTemplate" TargetMode="External" Target="http://example.org/t"/>'
    )
    data = word.with_part(
        word.typed(), "word/_rels/document.xml.rels", relations.replace(b"</Relationships>", more + b"</Relationships>")
    )
    found = read_word_plan(data, "plan.docx").document
    assert noticed(found, ObservationKind.MACRO, ObservationKind.EXTERNAL) == [
        ("external", "plan/2021", "«http://example.org/t»"),
        ("macro", "plan/2021", ""),
    ]
