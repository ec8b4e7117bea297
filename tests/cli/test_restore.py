"""backups, backup, restore; and the copies that the other commands make."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import MakePerson, Person


def copies(person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.must("backups", "--json").json
    return found


def reasons(person: Person) -> list[str]:
    return [one["reason"] for one in copies(person)]


def notes(person: Person) -> list[str]:
    return [one["text"] for one in person.must("show", "3.1.1", "--json").json["notes"]]


@pytest.fixture
def with_a_past(ana: Person) -> Person:
    """Ana wrote a note, made a copy, and wrote another."""
    ana.must("note", "3.1.1", "uno")
    ana.must("backup")
    ana.must("note", "3.1.1", "dos")
    return ana


# --- made and listed -------------------------------------------------------------------------------------------


def test_a_copy_is_made_when_asked_for_and_its_path_is_told(ana: Person) -> None:
    out = ana.must("backup").out
    assert re.fullmatch(r"gealc-\d{8}-\d{6}-\d{3}Z-asked\.db", Path(out.strip()).name)
    assert Path(out.strip()).parent == ana.home / "respaldos"
    assert Path(out.strip()).is_file()


def test_the_first_writing_of_a_day_makes_a_copy_of_what_was_before(ana: Person) -> None:
    ana.must("list")
    assert reasons(ana) == []
    ana.must("note", "3.1.1", "uno")
    assert reasons(ana) == ["daily"]
    ana.must("note", "3.1.1", "dos")
    assert reasons(ana) == ["daily"]
    ana.must("restore", "1")
    assert notes(ana) == []


def test_before_a_merge_there_is_a_copy(ana: Person, beto: Person) -> None:
    beto.must("note", "3.1.1", "de Beto")
    file = beto.sends()
    ana.must("merge", "--dry-run", "--accept", str(file))
    assert reasons(ana) == []
    ana.must("merge", str(file), "--accept")
    ana.must("merge", str(file))
    assert reasons(ana) == ["merge"]
    assert notes(ana) == ["de Beto"]
    ana.must("restore", "1")
    assert notes(ana) == []


def test_the_list_tells_of_each_copy_when_why_and_what(with_a_past: Person) -> None:
    first, second = copies(with_a_past)
    assert (first["number"], first["reason"], first["author"]) == (1, "asked", "Ana")
    assert second["reason"] == "daily"
    assert first["changes"] == second["changes"] + 1
    assert first["size"] == Path(first["path"]).stat().st_size
    out = with_a_past.must("backups").out
    assert "a pedido" in out
    assert "del día" in out
    assert first["name"] in out
    assert "gealc restore" in out


def test_where_there_are_no_copies_the_list_says_so(ana: Person) -> None:
    assert ana.must("backups").out == "Todavía no hay copias de respaldo.\n"
    assert copies(ana) == []
    assert "no hay" in ana.must("restore", code=1).out


def test_a_copy_that_cannot_be_read_is_in_the_list(with_a_past: Person) -> None:
    Path(copies(with_a_past)[0]["path"]).write_bytes(b"x" * 3000)
    assert [one["changes"] is None for one in copies(with_a_past)] == [True, False]
    assert "no se lee" in with_a_past.must("backups").out


def test_that_the_copy_of_the_day_cannot_be_made_is_said_and_the_words_are_written(ana: Person) -> None:
    (ana.home / "respaldos").write_text("a file in the folder's place", "utf-8")
    answer = ana.must("note", "3.1.1", "uno")
    assert "copia de respaldo" in answer.err
    assert answer.err.count("\n") == 1
    assert notes(ana) == ["uno"]


def test_without_a_copy_nothing_is_merged(ana: Person, beto: Person) -> None:
    beto.must("note", "3.1.1", "de Beto")
    (ana.home / "respaldos").write_text("a file in the folder's place", "utf-8")
    answer = ana.must("merge", str(beto.sends()), "--accept", code=1)
    assert "copia de respaldo" in answer.err
    assert answer.err.count("\n") == 1
    assert notes(ana) == []


# --- restored --------------------------------------------------------------------------------------------------


def test_without_a_choice_the_copies_are_shown_and_nothing_is_restored(with_a_past: Person) -> None:
    before = with_a_past.must("dump").out
    answer = with_a_past.must("restore", code=3)
    assert "a pedido" in answer.out
    assert "gealc restore 1" in answer.out
    assert with_a_past.must("dump").out == before
    assert len(copies(with_a_past)) == 2


@pytest.mark.parametrize("choice", [lambda one: "1", lambda one: one["name"], lambda one: one["name"][:-3]])
def test_a_copy_is_chosen_by_number_or_by_name(with_a_past: Person, choice: Callable[[dict[str, Any]], str]) -> None:
    with_a_past.must("restore", choice(copies(with_a_past)[0]))
    assert notes(with_a_past) == ["uno"]
    with_a_past.must("verify")


def test_a_copy_may_lie_elsewhere(with_a_past: Person, tmp_path: Path) -> None:
    stick = tmp_path / "usb.db"
    shutil.copyfile(copies(with_a_past)[0]["path"], stick)
    shutil.rmtree(with_a_past.home / "respaldos")
    with_a_past.must("restore", str(stick))
    assert notes(with_a_past) == ["uno"]


def test_what_was_replaced_is_told_and_can_be_put_back(with_a_past: Person) -> None:
    out = with_a_past.must("restore", "1").out
    newest = copies(with_a_past)[0]
    assert newest["reason"] == "restore"
    assert newest["name"] in out
    with_a_past.must("restore", newest["name"])
    assert notes(with_a_past) == ["uno", "dos"]


def test_what_was_replaced_can_be_added_to_what_was_written_since(with_a_past: Person) -> None:
    out = with_a_past.must("restore", "1").out
    with_a_past.must("note", "3.1.1", "tres")
    (command,) = re.findall(r"gealc (restore --merge \S+)", out)
    answer = with_a_past.must(*command.split())
    assert "dos" in answer.out
    assert sorted(notes(with_a_past)) == ["dos", "tres", "uno"]
    with_a_past.must("verify")
    assert reasons(with_a_past)[0] == "merge"
    assert "no cambia" in with_a_past.must(*command.split()).out


def test_after_a_restore_others_get_both_branches(with_a_past: Person, beto: Person) -> None:
    """Who had the words that the restore took back, and the words written since, has both."""
    beto.must("merge", str(with_a_past.sends("antes.json")), "--accept")
    with_a_past.must("restore", "1")
    with_a_past.must("note", "3.1.1", "tres")
    beto.must("merge", str(with_a_past.sends("despues.json")), "--accept")
    assert sorted(notes(beto)) == ["dos", "tres", "uno"]
    with_a_past.must("merge", str(beto.sends()), "--accept")
    assert sorted(notes(with_a_past)) == ["dos", "tres", "uno"]
    assert with_a_past.must("fingerprint").out == beto.must("fingerprint").out


@pytest.mark.parametrize("choice", ["0", "7", "-1", "nada", "gealc-20190101-000000-000Z-daily.db", "~nadie/x.db"])
def test_a_copy_that_there_is_not_is_named(with_a_past: Person, choice: str) -> None:
    answer = with_a_past.types("restore", "--", choice)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert notes(with_a_past) == ["uno", "dos"]


def test_a_damaged_copy_is_refused_by_name(with_a_past: Person, sql: Callable[..., Any]) -> None:
    first = copies(with_a_past)[0]
    sql(Path(first["path"]), """UPDATE edits SET value = '"otras"' WHERE value = '"uno"'""")
    answer = with_a_past.must("restore", "1", code=1)
    assert first["path"] in answer.err
    assert "dañada" in answer.err
    assert notes(with_a_past) == ["uno", "dos"]
    assert with_a_past.must("restore", "--merge", "1", code=1).err == answer.err


def test_a_damaged_database_says_how_to_restore_and_is_restored(with_a_past: Person) -> None:
    with_a_past.database.write_bytes(b"\xff" * 50_000)
    with_a_past.must("list", code=1)
    assert len(copies(with_a_past)) == 2
    answer = with_a_past.must("restore", "1")
    (kept,) = (with_a_past.home / "respaldos").glob("*-damaged.db")
    assert str(kept) in answer.out
    assert kept.read_bytes() == b"\xff" * 50_000
    assert notes(with_a_past) == ["uno"]
    with_a_past.must("verify")


def test_a_corrupt_database_names_the_command(with_a_past: Person) -> None:
    data = with_a_past.database.read_bytes()
    with_a_past.database.write_bytes(data[: len(data) // 2])
    assert "gealc restore" in with_a_past.must("list", code=1).err
    with_a_past.must("restore", "1")
    assert notes(with_a_past) == ["uno"]


def test_copies_of_another_database_do_not_mix(ana: Person, tmp_path: Path, person: MakePerson) -> None:
    ana.must("backup")
    other = tmp_path / "otra" / "gealc.db"
    beside = ana.home / "otra.db"
    other.parent.mkdir()
    for path in (other, beside):
        shutil.copyfile(ana.database, path)
        assert ana.must("backups", "--json", "--db", str(path)).json == []
        ana.must("backup", "--db", str(path))
        assert len(ana.must("backups", "--json", "--db", str(path)).json) == 1
    assert len(copies(ana)) == 1
    assert len(list((tmp_path / "otra" / "respaldos").iterdir())) == 1
