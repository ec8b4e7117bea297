"""fingerprint, words, dump, verify, rebuild, import."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gealc_tui import i18n

from .conftest import MakePerson, Person

DOCUMENT = Path(__file__).parents[2] / "data" / "plan-2019.txt"


def test_the_fingerprint_is_digits_for_the_telephone_and_grouped_for_reading(person: MakePerson) -> None:
    nobody = person()
    out = nobody.must("fingerprint").out
    assert re.fullmatch(r"(\d{4} · ){3}\d{4}\n([a-z2-7]{4} ){6}[a-z2-7]{2}\n", out)
    assert all(nobody.must("--lang", one, "fingerprint").out == out for one in i18n.LANGUAGES)
    digits, whole = out.splitlines()
    told = {"hash": whole.replace(" ", ""), "words": digits.split(" · ")}
    assert nobody.must("fingerprint", "--json").json == told


def test_there_are_no_lists_of_words_and_that_is_told(person: MakePerson) -> None:
    assert person().must("words", "--json").json == {}
    assert "números" in person("Ana").must("words").out


def test_the_fingerprint_changes_with_the_plan_and_not_with_what_is_local(ana: Person) -> None:
    first = ana.must("fingerprint").out
    ana.must("status", "3.1.1", "done")
    assert ana.must("fingerprint").out != first


def test_the_dump_is_canonical_json_on_one_line(ana: Person) -> None:
    out = ana.must("dump").out
    assert out.count("\n") == 1
    whole = json.loads(out)
    assert json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n" == out
    assert set(whole) == {"entities", "differences"}


def test_a_sound_copy_verifies(ana: Person) -> None:
    answer = ana.must("verify")
    assert answer.out == "Todo está en orden.\n"
    assert answer.err == ""


def test_verify_lists_what_disagrees_and_rebuild_mends_the_views(ana: Person, sql: Callable[..., Any]) -> None:
    sql(ana.database, "UPDATE activities SET title = 'Otra' WHERE id = '2019/3.1.1'")
    answer = ana.must("verify", code=1)
    assert "una vista no es lo que dicen los cambios: activities 2019/3.1.1" in answer.out
    assert "fallas" in answer.err
    ana.must("rebuild")
    ana.must("verify")


def test_verify_finds_a_change_that_was_altered(ana: Person, sql: Callable[..., Any]) -> None:
    ana.must("note", "3.1.1", "palabras")
    sql(ana.database, """UPDATE edits SET value = '"otras"' WHERE value = '"palabras"'""")
    assert "identificador" in ana.must("verify", code=1).out


def test_rebuild_changes_nothing_that_is_seen(ana: Person) -> None:
    ana.must("status", "3.1.1", "done", "--note", "sí")
    before = ana.must("dump").out
    ana.must("rebuild")
    assert ana.must("dump").out == before


def test_a_document_that_is_here_already_changes_nothing(person: MakePerson) -> None:
    copy = person()
    before = copy.must("dump").out
    out = copy.must("import", str(DOCUMENT)).out
    assert "9 áreas, 40 actividades" in out
    assert "ya estaba" in out
    assert copy.must("dump").out == before


def test_a_plan_of_another_year_is_new(person: MakePerson, tmp_path: Path) -> None:
    copy = person()
    document = tmp_path / "plan-2020.txt"
    document.write_text(DOCUMENT.read_text(encoding="utf-8").replace("TRABAJO 2019", "TRABAJO 2020"), encoding="utf-8")
    assert "nuevo" in copy.must("import", str(document), "--yes").out
    assert copy.must("list", "--json").json[0]["id"] == "2019/3.1.1"
    assert copy.must("show", "2020/3.1.1", "--json").json["id"] == "2020/3.1.1"


def test_a_corrected_document_becomes_proposals_of_whoever_imports_it(ana: Person, tmp_path: Path) -> None:
    document = tmp_path / "plan.txt"
    document.write_text(
        DOCUMENT.read_text(encoding="utf-8").replace("3.1.1) Taller regional", "3.1.1) Taller continental"),
        encoding="utf-8",
    )
    assert "1 propuesta\n" in ana.must("import", str(document)).out
    assert ana.must("show", "3.1.1", "--json").json["title"] == "Taller regional"
    (one,) = ana.must("proposals", "--json").json
    assert (one["code"], one["field"], one["value"], one["by"]) == ("3.1.1", "title", "Taller continental", "Ana")
    ana.must("proposal", "accept", one["id"])
    assert ana.must("show", "3.1.1", "--json").json["title"] == "Taller continental"


def test_what_is_no_plan_is_refused_with_the_line(person: MakePerson, tmp_path: Path) -> None:
    copy = person()
    for name, content in (("empty", b""), ("words", b"hola\nmundo\n"), ("binary", b"\x00\x01"), ("latin", b"\xf1\xff")):
        path = tmp_path / name
        path.write_bytes(content)
        answer = copy.must("import", str(path), code=1)
        assert answer.out == ""
        assert answer.err.count("\n") == 1
    copy.must("import", str(tmp_path / "missing"), code=1)
    copy.must("import", str(tmp_path), code=1)


def test_a_fresh_home_holds_the_bundled_plan(person: MakePerson, tmp_path: Path) -> None:
    copy = person()
    fresh = tmp_path / "fresh" / "deep"
    assert len(copy.must("list", "--home", str(fresh), "--json").json) == 40
    assert (fresh / "gealc.db").exists()


def test_the_database_can_be_named_alone(ana: Person, tmp_path: Path) -> None:
    other = tmp_path / "otra.db"
    shutil.copyfile(ana.database, other)
    ana.must("status", "3.1.1", "done", "--db", str(other))
    assert ana.must("show", "3.1.1", "--json", "--db", str(other)).json["status"] == "done"
    assert ana.must("show", "3.1.1", "--json").json["status"] == "pending"
