"""Databases that something else has written into: every command answers with a sentence, and says what heals.

The damage is random, and the same each run. `GEALC_DAMAGED=1000` makes as many databases as that; CI makes a few.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from gealc_tui import crash
from gealc_tui.cli import main as command_line
from gealc_tui.i18n.sentences import sentence

from .conftest import Person

DATABASES = int(os.environ.get("GEALC_DAMAGED", "10"))

AT_ONCE = 10
"""Databases that are made of one whole copy, in one test."""

COMMANDS = (
    "list",
    "list --json",
    "show 3.1.1",
    "log --last 20",
    "conflicts",
    "people",
    "progress",
    "meeting",
    "meeting acta -o {out}",
    "verify",
    "rebuild",
    "export --all -o {out}/x.json",
    "note 3.1.1 hola",
)


@pytest.fixture
def written(ana: Person) -> Person:
    """A copy with a note, a meeting and what it agreed, all of it in the database file itself."""
    ana.must("note", "3.1.1", "hello")
    ana.must("meeting", "begin", "working_group", "--area", "3.1", "--day", "2019-05-17", "--countries", "cl uy")
    ana.must("meeting", "agree", "3.1.1", "@cl 15/08/2019 enviar el formulario")
    ana.must("status", "3.1.1", "done")
    ana.must("meeting", "close", code=3)
    with closing(sqlite3.connect(ana.database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return ana


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """The errors that nobody foresaw, by type and place; in tests the net lets through what speaks of no damage."""
    found: Counter[str] = Counter()
    understood = crash.understood

    def counted(error: Exception, database: Path):
        told = understood(error, database)
        found[f"{type(told).__name__}: {type(error).__name__}"] += 1
        return told

    monkeypatch.setattr(crash, "understood", counted)
    return found


def damaged(data: bytes, seed: int) -> bytes:
    """Bytes put elsewhere, zeros, noise, a piece of one page in another: one to twenty places."""
    dice, made = random.Random(seed), bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        at, length = dice.randrange(100, len(made)), dice.choice((1, 1, 2, 8, 64, 512))
        length = min(length, len(made) - at)
        kind = dice.randrange(4)
        if kind == 0:
            made[at : at + length] = dice.randbytes(length)
        elif kind == 1:
            made[at : at + length] = bytes(length)
        elif kind == 2:
            made[at] ^= 1 << dice.randrange(8)
        else:
            other = dice.randrange(100, len(made) - length)
            made[at : at + length] = made[other : other + length]
    return bytes(made)


def run_all(person: Person, whole: bytes, seed: int) -> None:
    for command in COMMANDS:
        for end in ("-wal", "-shm"):
            Path(f"{person.database}{end}").unlink(missing_ok=True)
        person.database.write_bytes(damaged(whole, seed))
        answer = person.types(*command.format(out=person.home / "out").split())
        assert answer.code in (0, 1, 3), (seed, command, answer)
        assert "Traceback" not in answer.err, (seed, command, answer)
        assert answer.code != 1 or answer.err.strip(), (seed, command, answer)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command writes where it stands is written there."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("first", range(0, DATABASES, AT_ONCE))
def test_random_damage_is_told_in_sentences(written: Person, failures: Counter[str], first: int) -> None:
    whole = written.database.read_bytes()
    for seed in range(first, min(first + AT_ONCE, DATABASES)):
        run_all(written, whole, seed)
    print(f"databases {first} to {seed}; caught by the net: {dict(failures)}")
    assert not [name for name in failures if name.startswith("ProgramFailed")], failures


@pytest.mark.parametrize("table", ["edits", "heads", "notes", "search_content"])
def test_a_text_that_is_no_utf8_is_a_fault_that_is_named(written: Person, table: str) -> None:
    column = {"edits": "value", "heads": "value", "notes": "text", "search_content": "c2"}[table]
    with closing(sqlite3.connect(written.database)) as db:
        found = db.execute(
            f"UPDATE {table} SET {column} = CAST(replace(CAST({column} AS BLOB), X'68656C6C6F', X'68FF6C6C6F') AS TEXT)"
            f" WHERE {column} LIKE '%hello%'"
        )
        assert found.rowcount == 1
        db.commit()
    answer = written.types("verify")
    assert answer.code == 1
    assert table in answer.out
    assert ("gealc restore" if table == "edits" else "gealc rebuild") in answer.err
    for command in ("show 3.1.1", "log", "export --all -o x.json", "rebuild", "list"):
        answer = written.types(*command.split())
        assert "Traceback" not in answer.err
    if table != "edits":
        assert written.types("verify").code == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE activities SET due = '31/12/2019'",
        "UPDATE activities SET status = 'terminada'",
        "UPDATE activities SET co_leads = 'Perú'",
        "UPDATE activities SET co_leads = '[1]'",
        "UPDATE activities SET period = 5",
        "UPDATE activities SET title = X'00FF'",
        "UPDATE activities SET title = NULL, code = NULL",
        "UPDATE areas SET position = 'primera'",
        "UPDATE plans SET year = 'dosmil'",
        "UPDATE meetings SET body = 'otra', state = 'abierta'",
        "UPDATE meetings SET countries = '7', agenda = '{}'",
        "UPDATE heads SET value = 'done'",
        "UPDATE items SET kind = 'x'",
        "UPDATE notes SET at = 'ayer'",
        "DELETE FROM activities",
        "DELETE FROM areas",
    ],
)
def test_what_another_program_wrote_into_a_view_is_told_with_the_command_that_heals_it(
    written: Person, sql: str
) -> None:
    commands = ("list", "show 3.1.1", "meeting", "meeting show", "conflicts", "progress")
    before = {command: written.must(*command.split()).out for command in commands}
    with closing(sqlite3.connect(written.database)) as db:
        db.execute(sql)
        db.commit()
    for command in before:
        answer = written.types(*command.split())
        assert answer.code == 0 or "gealc rebuild" in answer.err or "3.1.1" in answer.err, (command, answer)
    answer = written.types("verify")
    assert (answer.code, "gealc rebuild" in answer.err) == (1, True)
    written.must("rebuild")
    written.must("verify")
    assert {command: written.must(*command.split()).out for command in before} == before


@pytest.mark.parametrize("name", ["demo_day", "sent", "plan:filter", "plan:open", "theme", "language", "meeting:view"])
@pytest.mark.parametrize("value", ["garbage", "31/12/2019", "-1", "9" * 400, "[1,", "\N{SNOWMAN}", ""])
def test_a_setting_that_says_nothing_is_as_if_it_were_not_there(ana: Person, name: str, value: str) -> None:
    with closing(sqlite3.connect(ana.database)) as db:
        db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])
        db.commit()
    for command in ("list", "people", "export --all -o x.json"):
        ana.must(*command.split())


def test_long_names_are_no_crash(ana: Person) -> None:
    answer = ana.types("restore", "y" * 300)
    assert (answer.code, "No hay una copia" in answer.err) == (1, True)
    answer = ana.types("restore", "9" * 5000)
    assert (answer.code, "No hay una copia" in answer.err) == (1, True)
    assert ana.types("list", "--db", "y" * 300).code == 1


class Foreseen(Exception):
    """Stands for a fault of the program."""


def test_a_fault_of_the_program_is_a_sentence_and_a_private_report(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "palabras de una nota"

    def fails(*_: object) -> int:
        held = secret
        raise Foreseen(held)

    monkeypatch.setattr(command_line.reading, "list_activities", fails)
    answer = ana.types("list")
    report = ana.home / crash.REPORT
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert str(report) in answer.err
    assert secret not in answer.err
    written = report.read_text(encoding="utf-8")
    assert "Foreseen" in written
    assert "in fails" in written or "fails" in written
    assert secret not in written.replace('secret = "palabras de una nota"', "")
    if os.name == "posix":
        assert report.stat().st_mode & 0o777 == 0o600


def test_a_program_that_was_replaced_says_so(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> int:
        raise ImportError("cannot import name 'x'")

    monkeypatch.setattr(command_line.reading, "list_activities", fails)
    monkeypatch.setattr(crash, "_AT_START", (1, 2, 3))
    answer = ana.types("list")
    assert (answer.code, "se actualizó" in answer.err) == (1, True)
    assert not (ana.home / crash.REPORT).exists()


def test_every_language_says_what_to_do_after_a_crash() -> None:
    from gealc_tui import errors, i18n

    for language in i18n.LANGUAGES:
        i18n.use(language)
        assert "fallo.txt" in sentence(errors.ProgramFailed(report="fallo.txt"))
        assert "gealc rebuild" in sentence(errors.DatabaseAltered(path="", detail=""))
