"""Databases that fail in every way: one sentence, exit code 1, and nothing lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Answer, Person


def _is_refused(answer: Answer, words: str) -> None:
    assert answer.code == 1
    assert answer.out == ""
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_a_read_only_database_is_read_and_not_written(ana: Person, read_only: None) -> None:
    assert len(ana.must("list", "--json").json) == 40
    ana.must("show", "3.1.1")
    for command in (["status", "3.1.1", "done"], ["note", "3.1.1", "x"], ["undo"], ["rebuild"]):
        answer = ana.types(*command)
        assert answer.code == 1
        assert answer.err.count("\n") == 1
    _is_refused(ana.types("status", "3.1.1", "done"), "sólo lectura")


def test_a_corrupt_database_is_named(ana: Person) -> None:
    data = bytearray(ana.database.read_bytes())
    data[4096 : len(data) - 4096] = b"\xa5" * (len(data) - 8192)
    ana.database.write_bytes(data)
    _is_refused(ana.types("list"), "dañada")
    assert ana.database.read_bytes()[5000:5010] == b"\xa5" * 10


@pytest.mark.parametrize("content", [b"hola, mundo. " * 100, b"PK\x03\x04" * 50])
def test_a_file_that_is_no_database_is_left_as_it_is(ana: Person, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "carta.txt"
    path.write_bytes(content)
    _is_refused(ana.types("list", "--db", str(path)), "no es una base de gealc")
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_as_it_is(
    ana: Person, tmp_path: Path, sql: Callable[..., list[Any]]
) -> None:
    path = tmp_path / "otra.db"
    sql(path, "CREATE TABLE t (x)")
    _is_refused(ana.types("list", "--db", str(path)), "no es una base de gealc")
    assert sql(path, "SELECT name FROM sqlite_schema") == [("t",)]


def test_a_newer_database_asks_for_a_newer_program(ana: Person, sql: Callable[..., list[Any]]) -> None:
    columns = [row[1] for row in sql(ana.database, "PRAGMA table_info(_sqlite_migrations)")]
    values = {"migration_set": "'gealc'", "name": "'999_tomorrow'", "applied_at": "'2030-01-01'"}
    chosen = [name for name in columns if name in values]
    into = f"INSERT INTO _sqlite_migrations ({', '.join(chosen)}) VALUES ({', '.join(values[one] for one in chosen)})"
    sql(ana.database, into)
    _is_refused(ana.types("list"), "más nueva")


def test_a_locked_database_is_read_and_the_writer_is_told(ana: Person, impatient: None) -> None:
    holder = sqlite3.connect(ana.database, isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        assert len(ana.must("list", "--json").json) == 40
        _is_refused(ana.types("status", "3.1.1", "done"), "Otro programa")
    finally:
        holder.close()
    ana.must("status", "3.1.1", "done")


def test_a_folder_in_the_place_of_the_database_is_named(ana: Person, tmp_path: Path) -> None:
    _is_refused(ana.types("list", "--db", str(tmp_path)), "No se puede abrir")


def test_a_file_in_the_place_of_the_home_is_named(ana: Person) -> None:
    _is_refused(ana.types("list", "--home", str(ana.database)), "No se puede escribir")


def test_a_copy_without_its_key_says_so(ana: Person) -> None:
    for key in ana.home.joinpath("keys").iterdir():
        key.unlink()
    _is_refused(ana.types("status", "3.1.1", "done"), "clave")
    ana.must("list")


def test_a_path_does_not_reach_the_terminal_raw(ana: Person, tmp_path: Path) -> None:
    answer = ana.must("merge", str(tmp_path / "a\x1b[31mb"), code=1)
    assert "\x1b" not in answer.err


def test_what_was_typed_does_not_reach_the_terminal_raw(ana: Person) -> None:
    for arguments in (["show", "\x1b[2J\u202ex"], ["list", "--area", "\x1b]0;x\x07"], ["accept", "\x1b[2J"]):
        assert "\x1b" not in ana.must(*arguments, code=1).err
