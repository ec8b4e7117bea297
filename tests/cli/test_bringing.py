"""Plans and sheets that are brought in by `gealc import`."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from gealc_tui.cli import confirming
from tests.cli.conftest import MakePerson, Person
from tests.documents import spoiled_sheets, word
from tests.documents.sheet_files import filled, sheet


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.docx"
    path.write_bytes(word.tracked())
    return path


def test_a_word_document_is_looked_at_before_it_is_kept(ana: Person, document: Path) -> None:
    before = ana.must("dump").out
    answer = ana.must("import", str(document), code=3)
    assert "9 áreas, 40 actividades" in answer.out
    assert "Ana Pérez, 2021-03-14" in answer.out
    assert "--yes" in answer.err
    assert ana.must("import", str(document), "--preview", "--yes").err == ""
    assert ana.must("dump").out == before
    assert "nuevo" in ana.must("import", str(document), "--yes").out
    assert ana.must("show", "2021/3.1.1", "--json").json["place"] == "A definir."
    assert "ya estaba" in ana.must("import", str(document), "--yes").out
    ana.must("verify")


def test_who_says_yes_at_a_terminal_has_it_kept(ana: Person, document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirming, "can_be_asked", lambda: True)
    monkeypatch.setattr(confirming, "confirmed", lambda question: True)
    assert "nuevo" in ana.must("import", str(document)).out
    ana.must("show", "2021/3.1.1")


def test_a_preview_for_programs_has_the_agreed_shape(person: MakePerson, document: Path) -> None:
    facts: Any = person().must("import", str(document), "--preview", "--json").json
    assert (facts["kind"], facts["plan"], facts["areas"], facts["activities"]) == ("docx", "2021", 9, 40)
    assert facts["file"] == str(document)
    assert facts["rows"] == []
    assert {"kind": "tracked_deletion", "place": "línea 21", "text": "«Quito» (Ana Pérez, 2021-03-14)"} in facts[
        "observations"
    ]


def test_a_text_is_kept_at_once_as_ever_unless_it_is_only_looked_at(ana: Person, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(word.TEXT, encoding="utf-8")
    before = ana.must("dump").out
    assert ana.must("import", str(path), "--preview", "--json").json["kind"] == "text"
    assert ana.must("dump").out == before
    ana.must("import", str(path), code=1)
    ana.must("import", str(path), "--yes")
    ana.must("show", "2021/3.1.1")


def test_the_same_plan_as_text_and_as_word_is_one_plan(ana: Person, document: Path, tmp_path: Path) -> None:
    ana.must("import", str(document), "--yes")
    path = tmp_path / "plan.txt"
    path.write_text(word.TEXT, encoding="utf-8")
    assert ana.must("import", str(path), "--preview", "--json").json["outcome"] == "known"


def test_a_file_of_another_program_is_refused_with_what_to_do(ana: Person, tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"))
    answer = ana.must("import", str(path), code=1)
    assert (answer.out, answer.err.count("\n")) == ("", 1)
    assert ".doc" in answer.err
    assert "guárdelo como .docx" in answer.err


# --- sheets --------------------------------------------------------------------------------------------------------


@pytest.fixture
def matrix(ana: Person, tmp_path: Path) -> Path:
    """The matrix as it went out, with a place filled in."""
    path = tmp_path / "m.xlsx"
    ana.must("report", "matrix", "--format", "xlsx", "-o", str(path))
    path.write_bytes(filled(path.read_bytes(), {"I2": "Lima", "J3": "=1+1"}))
    return path


def test_a_matrix_of_ours_needs_to_be_told_whose_words_it_holds(ana: Person, matrix: Path) -> None:
    before = ana.must("dump").out
    assert "--for" in ana.must("import", str(matrix), "--yes", code=2).err
    for wrong in ("Juan Ruiz", "Juan Ruiz, Atlantis", ", Perú"):
        ana.must("import", str(matrix), "--for", wrong, "--yes", code=2)
    assert ana.must("dump").out == before


def test_a_matrix_is_looked_at_before_it_is_kept(ana: Person, matrix: Path) -> None:
    before = ana.must("dump").out
    answer = ana.must("import", str(matrix), "--for", "Juan Ruiz, Perú", code=3)
    assert "I2 Lugar cambia: A definir. → Lima" in answer.out
    assert "J3 Participantes ilegible" in answer.out
    assert "--yes" in answer.err
    ana.must("import", str(matrix), "--for", "Juan Ruiz, Perú", "--preview", "--yes")
    assert ana.must("dump").out == before
    assert "1 celda" in ana.must("import", str(matrix), "--for", "Juan Ruiz, Perú", "--yes").out
    assert ana.must("show", "3.1.1", "--json").json["place"] == "Lima"
    assert "Juan Ruiz" in ana.must("people").out
    ana.must("undo")
    assert ana.must("show", "3.1.1", "--json").json["place"] == "A definir."
    ana.must("verify")


def test_a_matrix_for_programs_has_the_agreed_shape(ana: Person, matrix: Path) -> None:
    answer = ana.must("import", str(matrix), "--for", "Juan Ruiz, Perú", "--preview", "--json")
    assert set(answer.json) == {"file", "kind", "plan", "areas", "activities", "observations", "rows"}
    assert (answer.json["kind"], answer.json["plan"]) == ("matrix", "2019")
    (row,) = (one for one in answer.json["rows"] if one["cell"] == "I2")
    assert row == {
        "cell": "I2",
        "entity": "activity/2019/3.1.1",
        "field": "place",
        "before": "A definir.",
        "after": "Lima",
        "outcome": "changed",
        "reason": "",
    }
    assert {one["outcome"] for one in answer.json["rows"]} == {"same", "changed", "unreadable"}


def test_a_sheet_and_its_columns_are_chosen_by_name(ana: Person, tmp_path: Path) -> None:
    path = tmp_path / "propia.xlsx"
    path.write_bytes(sheet(["x", "y"], ["3.1.1", "Lima"]))
    arguments = ("import", str(path), "--columns", "A=code,B=place", "--preview")
    answer = ana.must(*arguments, "--json")
    assert answer.json["kind"] == "sheet"
    assert [(one["cell"], one["after"]) for one in answer.json["rows"]] == [("A2", "3.1.1"), ("B2", "Lima")]
    assert "Se toma por" in ana.must(*arguments).out
    assert ana.must(*arguments, "--sheet", "Sheet").code == 0
    assert "Sheet" in ana.must(*arguments, "--sheet", "Otra", code=1).err
    ana.must("import", str(path), "--columns", "A", code=2)
    ana.must("import", str(path), "--columns", "A=teléfono", code=1)


@pytest.mark.parametrize("spoiled", sorted(spoiled_sheets.ALL))
def test_a_spoiled_sheet_gets_a_sentence_and_alters_nothing(ana: Person, tmp_path: Path, spoiled: str) -> None:
    reason, make = spoiled_sheets.ALL[spoiled]
    path = tmp_path / f"m{spoiled_sheets.SUFFIXES.get(spoiled, '.xlsx')}"
    path.write_bytes(make())
    before = ana.must("dump").out
    tracemalloc.start()
    answer = ana.must("import", str(path), "--yes", code=1)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reason in answer.err
    assert most < 400 * 1024 * 1024
    assert ana.must("dump").out == before
