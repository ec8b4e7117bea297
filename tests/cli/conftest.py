"""What the tests of the command line share: people with a home each, who type commands."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gealc_tui.cli.main import main
from gealc_tui.store.database import Database


class Answer(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Person:
    """Somebody with a home of their own."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.database = home / "gealc.db"
        self._capsys = capsys

    def types(self, *arguments: str) -> Answer:
        """Runs a command in this home."""
        self._capsys.readouterr()
        code = main(["--home", str(self.home), *arguments])
        out, err = self._capsys.readouterr()
        return Answer(code, out, err)

    def must(self, *arguments: str, code: int = 0) -> Answer:
        """Runs a command that ends as the test expects."""
        answer = self.types(*arguments)
        assert answer.code == code, answer
        return answer

    def sends(self, name: str = "cambios.json") -> Path:
        """Writes a change file with everything."""
        path = self.home / name
        self.must("export", "--all", "-o", str(path))
        return path

    @property
    def id(self) -> str:
        own = next(one for one in self.must("people", "--json").json if one["trust"] == "self")
        return str(own["replica"])


MakePerson = Callable[..., Person]


@pytest.fixture
def person(tmp_path: Path, plan_database: Path, capsys: pytest.CaptureFixture[str]) -> MakePerson:
    """Makes `person(name, country)`; without a name nobody has said yet who uses the copy."""

    def make(name: str = "", country: str = "UY") -> Person:
        home = tmp_path / f"home-{name or 'nobody'}"
        home.mkdir()
        shutil.copyfile(plan_database, home / "gealc.db")
        made = Person(home, capsys)
        if name:
            made.must("init", "--name", name, "--country", country)
        return made

    return make


@pytest.fixture
def ana(person: MakePerson) -> Person:
    return person("Ana", "UY")


@pytest.fixture
def beto(person: MakePerson) -> Person:
    return person("Beto", "PE")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for a locked database a moment only."""
    defaults = Database.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "busy_milliseconds", 20)


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Databases refuse to be written, as a file without write permission does (also for root, who has it)."""
    prepare = Database._prepare

    def prepared(self: Database) -> None:
        prepare(self)
        self.connection.execute("PRAGMA query_only = ON")

    monkeypatch.setattr(Database, "_prepare", prepared)


@pytest.fixture
def pipe_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Puts bytes on standard input."""

    def put(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return put


@pytest.fixture
def sql() -> Callable[..., list[Any]]:
    """Looks into a database, or spoils it."""

    def execute(path: Path, statement: str) -> list[Any]:
        with sqlite3.connect(path) as connection:
            found = connection.execute(statement).fetchall()
        connection.close()
        return found

    return execute
