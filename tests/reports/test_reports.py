"""Reports: what they tell, in every form, and that whatever people wrote is text in each of them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from html.parser import HTMLParser

import pytest
from commands import meeting as play
from conftest import MakeReplica, introduced
from docx import Document as WordDocument
from python_calamine import CalamineWorkbook

from gealc_tui import i18n
from gealc_tui.commands import activities, agreements, approval, meetings, notes, reports, structure
from gealc_tui.commands.reasons import Why
from gealc_tui.commands.reports import NOTHING_MORE, Asked, Form, Name
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.reports.report import Column, Sheet
from gealc_tui.reports.xlsx_file import xlsx_file

HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script> {{ 7*7 }} [x](http://x) | ñ\x1b[31m'


@pytest.fixture
def ana(make_replica: MakeReplica) -> Replica:
    replica = make_replica("Ana")
    activities.set_status(replica, "2019/3.5.1", Status.DONE)
    activities.set_field(replica, "3.5.2", "progress", "40")
    activities.set_field(replica, "3.5.2", "lead", "CL")
    activities.set_field(replica, "3.5.2", "due", "2019-08-15")
    return replica


def text(replica: Replica, name: Name, form: Form = Form.TEXT) -> str:
    return reports.make(replica, name, form).decode()


def cells(replica: Replica, name: Name) -> list[list[object]]:
    """The first sheet as another library reads it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(reports.make(replica, name, Form.EXCEL)))
    return book.get_sheet_by_index(0).to_python()


def test_the_matrix_is_one_sheet_with_a_row_for_each_activity(ana: Replica) -> None:
    header, *rows = cells(ana, Name.MATRIX)
    assert header == [
        *("Código", "Actividad", "Producto", "Período", "Estado", "Avance", "Responsable", "Plazo", "Lugar"),
        *("Participantes", "Recursos", "Medio de verificación"),
        "gealc",  # hidden: which activity a row is
    ]
    assert len(rows) == 40
    row = next(one for one in rows if one[0] == "3.5.2")
    assert row[4:8] == ["Pendiente", 40.0, "Chile", date(2019, 8, 15)]
    assert next(one for one in rows if one[0] == "3.5.1")[4] == "Cumplida"


def test_the_totals_of_the_progress_add_up(ana: Replica) -> None:
    _, *rows = cells(ana, Name.PROGRESS)
    assert sum(row[1] for row in rows) == 40
    assert sum(row[2] for row in rows) == 1
    assert "1 de 40 cumplida" in text(ana, Name.PROGRESS)


def test_the_progress_is_drawn_on_a_second_sheet_of_the_cells_of_the_first(ana: Replica) -> None:
    data = reports.make(ana, Name.PROGRESS, Form.EXCEL)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Avance del plan", "Avance por área"]
    assert str(book.get_sheet_by_index(1).to_python()[0][0]).startswith("1 de 40 cumplida")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    for column in "BCD":
        assert f"<c:f>'Avance del plan'!${column}$2:${column}$10</c:f>" in chart
    assert 'descr="Avance por área. 1 de 40 cumplida' in drawing


def test_commitments_are_told_by_country_and_what_is_kept_is_told_as_kept(ana: Replica) -> None:
    assert "Ninguna reunión cerrada dejó compromisos." in text(ana, Name.COMMITMENTS)
    meeting = play.begun(ana)
    play.written(ana, meeting)
    assert "Ninguna reunión cerrada dejó compromisos." in text(ana, Name.COMMITMENTS), "it is still open"
    meetings.close(ana, meeting)
    _, *rows = cells(ana, Name.COMMITMENTS)
    assert [row[0] for row in rows] == ["Costa Rica", "Chile"], "the earliest first"
    assert {row[5] for row in rows} == {"Pendiente"}
    meetings.fulfil(ana, agreements.commitment(ana, "3.5.3"))
    _, *rows = cells(ana, Name.COMMITMENTS)
    assert [(row[0], row[5]) for row in rows] == [("Chile", "Pendiente"), ("Costa Rica", "Cumplido")]
    assert "Compromisos: 2 · pendientes: 1" in text(ana, Name.COMMITMENTS)


def test_what_nobody_spoke_of_is_told_by_who_leads(ana: Replica) -> None:
    _, *rows = cells(ana, Name.SILENT)
    silent = {row[1] for row in rows}
    assert "3.5.2" not in silent
    assert "3.1.1" in silent


def test_the_annual_report_tells_what_was_done_slipped_withdrawn_and_is_left(ana: Replica) -> None:
    structure.withdraw(ana, "activity", "3.3.2", Why("no hay fondos"))
    structure.deliver(ana, f"product/{ana.read.products('2019/3.5.1')[0].id}", day="1/3/2019", evidence="https://x.org")
    activities.set_field(ana, "3.1.1", "due", "2019-02-01")
    notes.add_note(ana, "3.1.1", "Faltan respuestas")
    notes.add_note(ana, "3.1.1", "Esto no sale", official=False)
    activities.set_field(ana, "3.1.2", "units_planned", "3")
    activities.set_field(ana, "3.1.2", "units_done", "2")
    activities.set_field(ana, "3.1.2", "progress", "10")
    meeting = play.begun(ana)
    play.written(ana, meeting)
    meetings.close(ana, meeting)
    told = " ".join(text(ana, Name.ANNUAL, Form.MARKDOWN).split())
    for words in (
        *("1 de 39", "2 de 3 unidades", "https://x.org", "Faltan respuestas", "no hay fondos (Ana, Uruguay)"),
        *("Lo que se atrasó", "Compromisos: 2 · cumplidos: 0", "Quedan 38 actividades por hacer."),
    ):
        assert words in told, words
    assert "Esto no sale" not in told
    assert "10 %" not in told, "units win over a percentage that somebody typed"
    header, *rows = cells(ana, Name.ANNUAL)
    assert header[:3] == ["Área", "Código", "Actividad"]
    assert len(rows) == 39
    row = next(one for one in rows if one[1] == "3.5.1")
    assert (row[3], row[7], row[8], row[9]) == ("Cumplida", 1.0, 1.0, "https://x.org")
    late = next(one for one in rows if one[1] == "3.1.1")
    assert late[10] == "Faltan respuestas"


def test_the_annual_report_tells_why_the_plan_was_amended_since_it_was_approved(make_replica: MakeReplica) -> None:
    sara = introduced(make_replica("Sara", plan="small", introduce=False), "Sara", "OAS", "secretariat")
    activities.set_field(sara, "1.1.1", "title", "Curso", Why("antes de aprobar"))
    approval.approve(sara, "2019", day="15/03/2019")
    assert "Enmiendas" not in text(sara, Name.ANNUAL), "what was approved is no amendment"
    activities.set_field(sara, "1.1.1", "title", "Seminario", Why("lo pidió Perú"))
    activities.set_field(sara, "1.1.2", "title", "Otro estudio")
    told = text(sara, Name.ANNUAL, Form.MARKDOWN)
    assert "1.1.1: Actividad: Curso → Seminario | lo pidió Perú | Sara, OEA |" in told
    assert "1.1.2: Actividad: Estudio → Otro estudio | sin motivo | Sara, OEA |" in told
    assert "antes de aprobar" not in told


@pytest.mark.parametrize("name", Name)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_report_is_made_in_every_form_and_language(ana: Replica, name: Name, language: str) -> None:
    i18n.use(language)
    asked = Asked(ref="3.5.1") if name is Name.SHEET else NOTHING_MORE
    for form in set(reports.forms(name)) - {Form.PDF}:
        assert reports.make(ana, name, form, asked)
    for form in (Form.TEXT, Form.MARKDOWN, Form.HTML):
        assert "3.5" in reports.make(ana, name, form, asked).decode() or name is Name.COMMITMENTS
    page = reports.make(ana, name, Form.HTML, asked).decode()
    assert f'<html lang="{language}">' in page


@pytest.fixture
def hostile(ana: Replica) -> Replica:
    ana.commit([("activity/2019/3.5.2", field, HOSTILE) for field in ("title", "place", "participants", "resources")])
    return ana


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_what_people_wrote_is_text_on_a_page(hostile: Replica) -> None:
    page = Tags()
    page.feed(text(hostile, Name.MATRIX, Form.HTML))
    assert not page.seen & {"script", "a", "img"}
    assert "<script>alert(1)</script> {{ 7*7 }}" in page.words
    assert "\x1b" not in page.words


def test_what_people_wrote_is_text_in_a_spreadsheet(hostile: Replica) -> None:
    data = reports.make(hostile, Name.MATRIX, Form.EXCEL)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
    row = next(one for one in cells(hostile, Name.MATRIX) if one[0] == "3.5.2")
    assert str(row[1]).startswith('=HYPERLINK("http://x") <script>')
    lines = text(hostile, Name.MATRIX, Form.CSV)
    assert lines.startswith("\ufeffCódigo;")
    assert re.search(r"(^|;)\"?=HYPERLINK", lines, re.MULTILINE) is None
    assert "'=HYPERLINK" in lines


def test_what_people_wrote_is_text_in_word(hostile: Replica) -> None:
    made = WordDocument(io.BytesIO(reports.make(hostile, Name.MATRIX, Form.WORD)))
    words = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert any("<script>alert(1)</script>" in one for one in words)
    assert not [one for one in made.element.iter() if one.tag.endswith("}hyperlink")]


def test_a_cell_that_is_longer_than_excel_takes_is_cut_and_says_so() -> None:
    sheet = Sheet("Notas", (Column("Nota", 40),), (("x" * 40_000,),))
    data = xlsx_file(sheet, title="Notas", author="Ana", made=date(2019, 3, 14))
    _, (cell,) = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert (len(str(cell)), str(cell)[-2:]) == (32_767, "x…")


def test_a_plan_as_it_stood_is_reported_as_it_stood(ana: Replica) -> None:
    meeting = play.begun(ana)
    meetings.close(ana, meeting)
    activities.set_status(ana, "2019/3.5.1", Status.CANCELLED)
    from gealc_tui.commands import looking_back

    past = looking_back.past(ana, meeting)
    with ana.looking_back(past.stood, past.day):
        row = next(one for one in cells(ana, Name.MATRIX) if one[0] == "3.5.1")
    assert row[4] == "Cumplida"


def test_there_is_no_report_without_a_plan(make_replica: MakeReplica) -> None:
    from gealc_tui import errors

    with pytest.raises(errors.NoPlan):
        reports.make(make_replica("Ana", plan=None), Name.MATRIX, Form.TEXT)


def test_each_row_of_a_large_matrix_carries_its_key_too(ana: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cells(ana, Name.MATRIX)
    monkeypatch.setattr("gealc_tui.reports.xlsx_file._MANY", 3)
    assert cells(ana, Name.MATRIX) == whole
    assert [str(row[-1]).startswith("activity/2019/") for row in whole[1:]] == [True] * 40
