"""gealc report: to the output, into a file, as it stood."""

from __future__ import annotations

import io
import sys

import pytest

from gealc_tui.cli import reports as typed
from gealc_tui.cli.main import main
from gealc_tui.commands import reports

from .conftest import Person


def test_the_names_and_forms_that_are_typed_are_those_that_are_made() -> None:
    assert tuple(reports.Name) == typed.NAMES
    assert tuple(reports.Form) == typed.FORMS
    assert {one for one in reports.Form if one.is_binary} == set(typed._BINARY)


def test_a_report_is_text_on_the_output(ana: Person) -> None:
    assert ana.must("report", "matrix").out.startswith("Red GEALC · Plan de trabajo 2019\n")
    assert ana.must("report", "progress", "--format", "html").out.startswith("<!DOCTYPE html>")


def test_a_csv_on_the_output_is_the_same_bytes_as_in_a_file(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ana.home / "m.csv"
    ana.must("report", "matrix", "--format", "csv", "-o", str(path))
    # As the streams of Windows are.
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="utf-8", newline="\r\n"))
    assert main(["--home", str(ana.home), "report", "matrix", "--format", "csv"]) == 0
    sys.stdout.flush()
    assert written.getvalue() == path.read_bytes()


def test_a_file_for_excel_gets_a_name_and_its_path_is_said(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ana.home)
    first = ana.must("report", "matrix", "--format", "xlsx").out.strip()
    second = ana.must("report", "matrix", "--format", "xlsx").out.strip()
    assert first != second
    assert first.endswith(".xlsx")
    named = ana.must("report", "matrix", "--format", "docx", "-o", str(ana.home / "matriz.docx")).out.strip()
    assert named == str(ana.home / "matriz.docx")
    assert (ana.home / "matriz.docx").read_bytes().startswith(b"PK")


def test_a_form_that_there_is_not_names_those_that_there_are(ana: Person) -> None:
    answer = ana.types("report", "matrix", "--format", "odt")
    assert answer.code == 2
    assert "xlsx" in answer.err
    assert ana.types("report", "nada").code == 2


def test_what_to_look_at_is_told_for_people_and_for_programs(ana: Person) -> None:
    ana.must("status", "3.1.1", "done")
    assert "cumplida, sin medio de verificación" in ana.must("check").out
    found = ana.must("check", "--json").json
    assert (found[0]["kind"], found[0]["code"]) == ("done_without_evidence", "3.1.1")
    assert set(found[0]) == {"kind", "entity", "code", "text"}


def test_a_report_of_a_meeting_that_is_not_here_is_refused(ana: Person) -> None:
    assert ana.types("report", "matrix", "--as-of", "meeting").code == 1
