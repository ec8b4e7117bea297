"""Plans and sheets that are brought in by `gealc import`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gealc_tui.cli import confirming
from tests.cli.conftest import MakePerson, Person
from tests.documents import word


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
