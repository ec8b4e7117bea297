"""A matrix that went out comes back filled in: nothing that anybody wrote is lost, and nothing is overwritten."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

from gealc_tui import errors
from gealc_tui.commands import activities, approval, plan_choice, sheets, undo
from gealc_tui.commands.sheets import CHANGED, DIFFERENCE, SAME, UNREADABLE, CellOutcome, Reading, Whose
from gealc_tui.domain.change import Value
from gealc_tui.domain.matrix import SentCell, SentRow
from gealc_tui.replica import Replica
from tests.conftest import MakeReplica
from tests.documents.sheet_files import filled, saved, sent, sheet, stored

JUAN = Whose("Juan Ruiz", "PE")
ROSA = Whose("Rosa Díaz", "CL")
FIRST = "activity/2019/3.1.1"
"""What the second row is about: I2 is its place, E2 its status."""


@pytest.fixture
def ana(make_replica: MakeReplica) -> Replica:
    return make_replica("Ana")


def look(replica: Replica, data: bytes, by: Whose | None = JUAN, **more: Any) -> Reading:
    book = sheets.read_sheet(data, Path("m.xlsx"))
    return sheets.look(replica, book, data, by=by, **more)


def bring(replica: Replica, data: bytes, by: Whose | None = JUAN) -> Reading:
    found = look(replica, data, by)
    sheets.keep(replica, found)
    return found


def told(found: Reading) -> dict[str, tuple[str, Value]]:
    """What is not the same, by cell."""
    return {one.cell: (one.outcome, one.after) for one in found.rows if one.outcome != SAME}


def only(found: Reading) -> CellOutcome:
    (one,) = (one for one in found.rows if one.outcome != SAME)
    return one


def give(to: Replica, *givers: Replica) -> None:
    for giver in givers:
        to.merge([("a.json", giver.bundle_text(recipients=None, summary="").encode())], accept=True)


def values(replica: Replica, field: str, entity: str = FIRST) -> set[Value]:
    return {one.value for one in replica.read.standing(entity, field)}  # type: ignore[misc]


# --- what a cell says ----------------------------------------------------------------------------------------------


def test_a_matrix_that_nobody_altered_is_the_same_in_every_cell(ana: Replica) -> None:
    before = ana.dump()
    found = bring(ana, saved(sent(ana), lambda page: None))
    assert found.kind == "matrix"
    assert {one.outcome for one in found.rows} == {SAME}
    assert found.remarks == ()
    assert ana.dump() == before


def test_cells_are_read_as_people_and_programs_leave_them(ana: Replica) -> None:
    said: dict[str, tuple[object, Value]] = {
        "I2": ("Lima", "Lima"),
        "E3": ("cumplida", "done"),
        "E4": ("In progress", "in_progress"),
        "F5": (40, 40),
        "F6": ("60 %", 60),
        "F7": ("35", 35),
        "G9": ("OEA", "OAS"),
        "H10": (datetime(2019, 8, 15), "2019-08-15"),
        "H11": ("15/08/2019", "2019-08-15"),
        "I12": (12, "12"),
    }
    found = told(look(ana, filled(sent(ana), {cell: typed for cell, (typed, _) in said.items()})))
    assert found == {cell: (CHANGED, value) for cell, (_, value) in said.items()}


def test_several_who_lead_are_one_who_does_and_others_beside(ana: Replica) -> None:
    bring(ana, filled(sent(ana), {"G2": "Perú; Chile, Brasil"}))
    assert ana.read.text_of(FIRST, "lead") == "PE"
    assert ana.read.text_of(FIRST, "co_leads") == ["BR", "CL"]


def test_a_share_of_one_is_a_percentage_where_the_cell_shows_it_so(ana: Replica) -> None:
    def work(page: Worksheet) -> None:
        page["F2"], page["F2"].number_format = 1, "0%"
        page["F3"], page["F3"].number_format = 0.25, "0.0%"
        page["F4"] = 1

    found = told(look(ana, saved(sent(ana), work)))
    assert found == {"F2": (CHANGED, 100), "F3": (CHANGED, 25), "F4": (CHANGED, 1)}


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ("I2", "=1+1", "fórmula"),
        ("E2", "quizá", "estado"),
        ("F2", 120, "0 a 100"),
        ("F2", 12.5, "0 a 100"),
        ("H2", "31/02/2019", "fecha"),
        ("I2", datetime(2019, 1, 2), "fecha"),
        ("I2", True, "texto"),
        ("G2", "Atlantis", "país"),
        ("B2", None, "vacío"),
        ("C2", "uno\ndos", ""),
    ],
)
def test_what_a_cell_cannot_say_is_told_by_its_place_and_nothing_is_written(
    ana: Replica, cell: str, value: object, reason: str
) -> None:
    before = ana.dump()
    one = only(bring(ana, filled(sent(ana), {cell: value})))
    assert (one.cell, one.outcome) == (cell, UNREADABLE)
    assert reason in one.reason
    assert ana.dump() == before


def test_a_number_is_no_day(ana: Replica) -> None:
    def work(page: Worksheet) -> None:
        page["H2"], page["H2"].number_format = 43_000, "0"

    assert only(look(ana, saved(sent(ana), work))).outcome == UNREADABLE


def test_an_emptied_cell_empties_its_field(ana: Replica) -> None:
    bring(ana, filled(sent(ana), {"I2": None}))
    assert ana.read.text_of(FIRST, "place") is None


def test_merged_cells_empty_nothing(ana: Replica) -> None:
    found = look(ana, saved(sent(ana), lambda page: page.merge_cells("I2:I4")))
    assert {one.outcome for one in found.rows if one.cell in ("I3", "I4")} == {UNREADABLE}


# --- the shape of a sheet ------------------------------------------------------------------------------------------


def test_rows_may_be_sorted_hidden_and_taken_out(ana: Replica) -> None:
    def work(page: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        rows[0][8] = "Lima"
        page.delete_rows(2, 100)
        for row in list(reversed(rows))[3:]:
            page.append(row)
        page.row_dimensions[5].hidden = True

    found = look(ana, saved(sent(ana), work))
    assert [(one.entity, one.field, one.after) for one in found.rows if one.outcome != SAME] == [
        (FIRST, "place", "Lima")
    ]
    assert [one.kind for one in found.remarks] == ["missing"]


def test_columns_may_be_moved_and_called_otherwise(ana: Replica) -> None:
    def work(page: Worksheet) -> None:
        page.insert_cols(1)
        page["A1"], page["A2"] = "Comentarios", "Nada"
        page["J1"], page["J2"] = "Sede", "Lima"  # it was I, and said Lugar

    found = look(ana, saved(sent(ana), work))
    assert told(found) == {"J2": (CHANGED, "Lima")}
    assert [(one.kind, one.place, one.text) for one in found.remarks] == [("column", "A1", "Comentarios")]


def test_a_row_of_somebodys_own_is_told_with_all_its_words(ana: Replica) -> None:
    one = only(look(ana, filled(sent(ana), {"A60": "9.9.9", "B60": "Nueva actividad"})))
    assert (one.cell, one.outcome, one.after) == ("A60", UNREADABLE, "9.9.9 | Nueva actividad")


def test_a_sheet_of_which_only_a_part_was_sorted_writes_nothing(ana: Replica) -> None:
    def work(page: Worksheet) -> None:
        for column in "ABCDEFGHIJKL":
            page[f"{column}2"], page[f"{column}3"] = page[f"{column}3"].value, page[f"{column}2"].value

    found = look(ana, saved(sent(ana), work))
    assert {one.outcome for one in found.rows if one.cell in ("A2", "A3")} == {UNREADABLE}
    assert found.count(CHANGED) == 0


def test_an_activity_that_stands_twice_is_not_guessed_at(ana: Replica) -> None:
    def work(page: Worksheet) -> None:
        page.append([cell.value for cell in page[2]])
        page["I2"] = "Lima"

    assert only(look(ana, saved(sent(ana), work))).outcome == UNREADABLE


def test_other_sheets_are_named(ana: Replica) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent(ana)))
    book.create_sheet("Notas")["A1"] = "Llamar a Lima"
    found = look(ana, stored(book))
    assert [(one.kind, one.place) for one in found.remarks] == [("page", "Notas")]
    with pytest.raises(errors.SheetUnknown):
        look(ana, stored(book), page="Otra")


# --- over what was seen, and nothing else --------------------------------------------------------------------------


def test_what_somebody_wrote_since_stands_beside_what_was_filled_in(ana: Replica) -> None:
    data = filled(sent(ana), {"I2": "Lima", "E2": "Cumplida"})
    activities.set_field(ana, "3.1.1", "place", "Quito")
    found = bring(ana, data)
    assert told(found) == {"I2": (DIFFERENCE, "Lima"), "E2": (CHANGED, "done")}
    assert values(ana, "place") == {"Lima", "Quito"}
    assert values(ana, "status") == {"done"}
    # By the usual rule: what somebody wrote since is not wiped out.
    with pytest.raises(errors.ChangedSince):
        undo.undo(ana)
    assert not ana.verify()


def test_what_was_brought_in_is_taken_back_by_undo(ana: Replica) -> None:
    before = ana.dump()["entities"][FIRST]  # type: ignore[index]
    bring(ana, filled(sent(ana), {"I2": "Lima", "E2": "Cumplida"}))
    undo.undo(ana)
    after = ana.dump()["entities"][FIRST]  # type: ignore[index]
    assert after == before | {"status": "pending"}


def test_two_people_fill_in_and_the_owner_goes_on_and_three_copies_agree(make_replica: MakeReplica) -> None:
    ana, bea, eva = make_replica("Ana"), make_replica("Bea", "CL"), make_replica("Eva", "BR")
    for one in (ana, bea, eva):
        give(one, *({ana, bea, eva} - {one}))
    data = sent(ana)
    of_juan = filled(data, {"I2": "Lima", "J2": "Todos"})
    of_rosa = filled(data, {"I2": "Santiago", "F3": 50})
    activities.set_field(ana, "3.1.1", "place", "Quito")
    for one in (ana, bea):
        bring(one, of_juan, JUAN)
        bring(one, of_rosa, ROSA)
    give(ana, bea)
    give(bea, ana)
    give(eva, ana)
    assert ana.dump() == bea.dump() == eva.dump()
    assert values(eva, "place") == {"Lima", "Santiago", "Quito"}
    assert values(eva, "participants") == {"Todos"}
    assert values(eva, "progress", "activity/2019/3.1.2") == {50}
    # Settled and brought in again everywhere: nothing is reopened.
    eva.commit([(FIRST, "place", "Bogotá")])
    give(ana, eva)
    give(bea, eva)
    before = ana.dump()
    for one in (ana, bea):
        for of, by in ((of_juan, JUAN), (of_rosa, ROSA)):
            found = bring(one, of, by)
            assert {cell.outcome for cell in found.rows} == {SAME}
    give(ana, bea)
    assert ana.dump() == bea.dump() == before
    assert not any(one.verify() for one in (ana, bea, eva))


def test_a_second_version_of_ones_sheet_goes_over_the_first(ana: Replica) -> None:
    data = sent(ana)
    bring(ana, filled(data, {"I2": "Lima"}))
    assert told(bring(ana, filled(data, {"I2": "Cusco"}))) == {"I2": (CHANGED, "Cusco")}
    assert values(ana, "place") == {"Cusco"}


# --- whoever altered what was hidden -------------------------------------------------------------------------------


def forged(data: bytes, heads: str) -> bytes:
    """The matrix with other changes as seen, and a place filled in."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    hidden = book["gealc"]
    row = json.loads(str(hidden["A2"].value))
    for cell in row[1]:
        if cell[2] == "place":
            cell[4] = heads
    hidden["A2"] = json.dumps(row)
    book.worksheets[0]["I2"] = "Lima"
    return stored(book)


def test_a_forged_sheet_overwrites_nothing_and_that_is_said(ana: Replica) -> None:
    data = sent(ana)
    activities.set_field(ana, "3.1.1", "place", "Quito")
    (head,) = ana.read.heads_of(FIRST, "place")
    found = bring(ana, forged(data, head))
    assert found.kind == "sheet"
    assert [one.kind for one in found.remarks][:1] == ["unproved"]
    assert values(ana, "place") == {"Lima", "Quito"}


def test_a_sheet_of_somebody_who_is_not_accepted_has_seen_nothing(make_replica: MakeReplica) -> None:
    ana, eva = make_replica("Ana"), make_replica("Eva", "BR")
    data = filled(sent(eva), {"I2": "Lima"})
    found = look(ana, data)
    assert found.kind == "sheet"
    assert told(found) == {"I2": (DIFFERENCE, "Lima")}
    give(ana, eva)
    assert look(ana, data).kind == "matrix"
    ana.block(eva.id or "")
    assert look(ana, data).kind == "sheet"


def test_a_hidden_sheet_that_was_damaged_has_seen_nothing(ana: Replica) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent(ana)))
    book["gealc"].delete_rows(5)
    book.worksheets[0]["I2"] = "Lima"
    found = look(ana, stored(book))
    assert (found.kind, found.remarks[0].kind) == ("sheet", "unproved")


def test_a_signed_sheet_that_names_another_plan_writes_nothing_there(make_replica: MakeReplica) -> None:
    ana, bea = make_replica("Ana"), make_replica("Bea", "CL")
    settings: list[tuple[str, str, Value]] = [
        *(("plan/2020", "year", 2020), ("plan/2020", "title", "Plan 2020"), ("area/a", "plan", "2020")),
        *(("area/a", "code", "1"), ("area/a", "title", "Área"), ("activity/x", "area", "a")),
        *(("activity/x", "code", "1.1"), ("activity/x", "title", "Otra")),
    ]
    bea.commit(settings)
    give(ana, bea)
    cells = (SentCell("code", "activity/x", "code", "1.1", None), SentCell("place", "activity/x", "place", None, None))
    hidden = bea.signed_matrix("2019", [("code", "Código"), ("place", "Lugar")], [SentRow("activity/x", cells)])
    book = openpyxl.Workbook()
    for row in (["Código", "Lugar", "gealc"], ["1.1", "Lima", "activity/x"]):
        book.worksheets[0].append(row)
    page = book.create_sheet("gealc")
    for pieces in hidden:
        page.append(pieces)
    one = only(look(ana, stored(book)))
    assert (one.cell, one.outcome) == ("B2", UNREADABLE)


# --- plans ---------------------------------------------------------------------------------------------------------


def test_a_sheet_of_a_plan_that_is_not_here_is_refused(make_replica: MakeReplica) -> None:
    ana, bea = make_replica("Ana"), make_replica("Bea", "CL", "small")
    bea.commit([("plan/2020", "year", 2020), ("plan/2020", "title", "Plan 2020")])
    give(ana, bea)
    give(bea, ana)
    plan_choice.use(ana, "2020")
    with pytest.raises(errors.PlanNotInView):
        look(ana, filled(sent(bea), {"I2": "Lima"}))
    data = sent(ana)
    cora = make_replica("Cora", "BR")
    cora.accept(ana.id or "")
    with pytest.raises(errors.PlanNotHere):
        look(cora, data)


def test_a_closed_plan_takes_nothing(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    ana.introduce("Ana", "UY", "secretariat")
    data = filled(sent(ana), {"I2": "Lima"})
    approval.approve(ana, "2019")
    approval.close(ana, "2019")
    before = ana.dump()
    with pytest.raises(errors.PlanIsClosed):
        look(ana, data)
    assert ana.dump() == before


def test_where_functions_bind_structure_is_proposed_and_the_rest_applies(make_replica: MakeReplica) -> None:
    ana, bea = make_replica("Ana"), make_replica("Bea", "CL")
    give(ana, bea)
    give(bea, ana)
    ana.introduce("Ana", "UY", "secretariat")
    data = filled(sent(ana), {"B2": "Otro título", "G2": "Perú", "I2": "Lima"})
    approval.approve(ana, "2019")
    give(bea, ana)
    for one in (ana, bea):
        found = bring(one, data)
        assert [cell.field for cell in found.rows if cell.is_proposed] == ["title", "lead"]
    assert values(ana, "place") == {"Lima"}
    assert ana.read.text_of(FIRST, "title") != "Otro título"
    give(ana, bea)
    give(bea, ana)
    assert ana.dump() == bea.dump()
    assert len(ana.read.proposals("2019")) == 2
    assert {one.outcome for one in bring(ana, data).rows} == {SAME}


# --- sheets of somebody's own --------------------------------------------------------------------------------------


def test_a_sheet_of_ones_own_says_what_it_says_and_its_empty_cells_nothing(ana: Replica) -> None:
    data = sheet(["Lista de Lima"], [], ["Código", "Lugar", "Estado", "Teléfono"], ["3.1.1", "Lima", None, "123"])
    found = bring(ana, data, None)
    assert found.kind == "sheet"
    assert told(found) == {"B4": (CHANGED, "Lima")}
    assert [one.place for one in found.remarks] == ["D3"]
    assert ana.read.text_of(FIRST, "place") == "Lima"
    assert ana.read.standing(FIRST, "place")[0].author.replica == ana.id


def test_columns_are_what_a_person_says(ana: Replica) -> None:
    data = sheet(["x", "y"], ["3.1.1", "Lima"])
    assert told(look(ana, data, None, columns={"A": "code", "B": "place"})) == {"B2": (CHANGED, "Lima")}
    with pytest.raises(errors.ColumnsUnknown):
        look(ana, data, None, columns={"A": "teléfono"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_texts_with_separators(ana: Replica, tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["Código", "Participantes", "Lugar"], ["3.1.1", f'"Año{separator} ñandú"', "'=Lima"]]
    text = "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    data = text.encode(encoding)
    book = sheets.read_sheet(data, tmp_path / "a.csv")
    assert told(sheets.look(ana, book, data)) == {
        "B2": (CHANGED, f"Año{separator} ñandú"),
        "C2": (CHANGED, "=Lima"),
    }


def test_a_first_line_says_the_separator(ana: Replica, tmp_path: Path) -> None:
    data = b"sep=;\r\nCodigo;Lugar\r\n3.1.1;a,b,c,d\r\n"
    found = sheets.look(ana, sheets.read_sheet(data, tmp_path / "a.csv"), data)
    assert told(found) == {"B2": (CHANGED, "a,b,c,d")}


# --- as LibreOffice keeps it ---------------------------------------------------------------------------------------


def calc(*rows: Sequence[object], formula: tuple[int, int] | None = None) -> bytes:
    """An OpenDocument spreadsheet of these rows; the cell at `formula` has a formula and no value."""
    book = OpenDocumentSpreadsheet()
    table = Table(name="Hoja1")
    for line, row in enumerate(rows):
        made = TableRow()
        for place, text in enumerate(row):
            if formula == (line, place):
                made.addElement(TableCell(formula="of:=[.A1]"))
                continue
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(text)))
            made.addElement(cell)
        table.addElement(made)
    book.spreadsheet.addElement(table)
    file = io.BytesIO()
    book.write(file)
    return file.getvalue()


def test_an_open_document_spreadsheet(ana: Replica) -> None:
    data = calc(["Código", "Lugar", "Recursos"], ["3.1.1", "Lima", "nada"], formula=(1, 2))
    assert told(look(ana, data, None)) == {"B2": (CHANGED, "Lima"), "C2": (UNREADABLE, "")}


def test_a_matrix_that_was_saved_as_an_open_document(ana: Replica) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent(ana)))
    rows = {
        page.title: [["" if one is None else one for one in row] for row in page.values] for page in book.worksheets
    }
    rows["Matriz del plan"][1][8] = "Lima"
    made = OpenDocumentSpreadsheet()
    for name, lines in rows.items():
        table = Table(name=name)
        for row in lines:
            line = TableRow()
            for text in row:
                cell = TableCell(valuetype="string") if text != "" else TableCell()
                for part in str(text).split("\n") if text != "" else ():
                    cell.addElement(P(text=part))
                line.addElement(cell)
            table.addElement(line)
        made.spreadsheet.addElement(table)
    file = io.BytesIO()
    made.write(file)
    found = look(ana, file.getvalue())
    assert found.kind == "matrix"
    assert told(found) == {"I2": (CHANGED, "Lima")}
