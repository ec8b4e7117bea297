"""export, merge, accept, block, conflicts, settle: two homes that exchange files."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gealc_tui import clipboard, errors
from gealc_tui.cli import confirming
from gealc_tui.domain.verification import verification_digits

from .conftest import MakePerson, Person


def test_export_prints_where_the_file_is(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ana.home)
    first, second = (Path(ana.must("export").out.strip()) for _ in range(2))
    assert first != second
    assert re.fullmatch(r"cambios-UY-\d{8}\.json", first.name)
    assert first.read_bytes().isascii()


def test_export_to_standard_output_is_the_file_alone(ana: Person) -> None:
    out = ana.must("export", "-o", "-").out
    assert json.loads(out)["format"] == "gealc-changes"
    assert ana.must("export", "--output=-", "--all").out.isascii()


def test_export_for_somebody_holds_what_they_lack(ana: Person, beto: Person) -> None:
    ana.must("merge", "--accept", str(beto.sends()))
    beto.must("merge", "--accept", str(ana.sends()))
    ana.must("merge", str(beto.sends()))
    ana.must("status", "3.1.1", "done")
    bundle = json.loads(ana.must("export", "-o", "-", "--for", beto.id[:6]).out)
    assert [(log["replica"], log["count"]) for log in bundle["logs"]] == [(ana.id, 1)]
    assert len(json.loads(ana.must("export", "-o", "-", "--all").out)["logs"]) == 3


@pytest.mark.parametrize("arguments", [["--for", "nadie"], ["--for", ""]])
def test_export_for_somebody_unknown_is_refused(ana: Person, arguments: list[str]) -> None:
    assert ana.must("export", "-o", "-", *arguments, code=1).out == ""


def test_export_needs_an_identity(person: MakePerson) -> None:
    assert "gealc init" in person().must("export", "-o", "-", code=1).err


def test_export_over_a_folder_is_refused(ana: Person) -> None:
    assert "carpeta" in ana.must("export", "-o", str(ana.home), code=1).err


# --- merge ---------------------------------------------------------------------------------------------------


def test_a_stranger_waits_to_be_accepted(ana: Person, beto: Person) -> None:
    beto.must("status", "3.1.1", "done")
    before = ana.must("fingerprint").out
    answer = ana.must("merge", str(beto.sends()), code=3)
    assert "Beto, Perú: 2 cambios aparte" in answer.out
    assert f"gealc accept {beto.id[:12]}" in answer.out
    assert f"compare por teléfono sus números: {verification_digits(beto.id)}" in answer.out
    assert answer.err == ""
    assert ana.must("fingerprint").out == before
    accepted = ana.must("accept", beto.id[:8])
    assert "Beto, Perú" in accepted.out
    assert "2019/3.1.1 · Estado: Pendiente → Cumplida (Beto, Perú)" in accepted.out
    beto.must("merge", "--accept", str(ana.sends()))
    assert ana.must("fingerprint").out == beto.must("fingerprint").out


def test_before_a_stranger_is_accepted_one_is_told_whose_name_they_seem_to_bear(
    ana: Person, beto: Person, person: MakePerson
) -> None:
    ana.must("merge", "--accept", str(beto.sends()))
    carla = person()
    carla.must("init", "--name", "Betо", "--country", "PE", "--role", "secretariat")
    answer = ana.must("merge", str(carla.sends()), code=3)
    assert "el nombre se parece al de Beto, Perú, pero se escribe con otras letras" in answer.out
    assert "dice ser la Secretaría Técnica" in answer.out
    assert "el nombre se parece al de Beto, Perú" in ana.must("people").out
    ana.must("accept", carla.id[:8])
    assert "se parece" not in ana.must("people").out


def test_export_says_what_it_holds(ana: Person, beto: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ana.home)
    assert "Contiene todo" in ana.must("export").err
    ana.must("merge", "--accept", str(beto.sends()))
    assert "Contiene sólo lo que 1 persona no confirmó tener" in ana.must("export").err
    assert "no confirmó" not in ana.must("export", "--all").err
    assert "no confirmó" not in ana.must("export", "--request").err


def test_who_waited_and_is_accepted_with_the_file_is_told_once(ana: Person, beto: Person) -> None:
    file = str(beto.sends())
    ana.must("merge", file, code=3)
    assert ana.must("merge", "--accept", file).out.count("Beto, Perú:") == 1


def test_with_accept_the_authors_are_taken_as_accepted(ana: Person, beto: Person) -> None:
    beto.must("status", "3.1.1", "done")
    out = ana.must("merge", "--accept", str(beto.sends())).out
    assert "Beto, Perú: 2 cambios nuevos" in out
    assert "2019/3.1.1 · Estado: Pendiente → Cumplida (Beto, Perú)" in out


def test_a_merge_tells_programs_exactly_this(ana: Person, beto: Person) -> None:
    beto.must("status", "3.1.1", "done")
    path = str(beto.sends())
    report = ana.must("merge", "--accept", "--json", path).json
    assert set(report) >= {"files", "changes", "conflicts", "activities"}
    (file,) = report["files"]
    assert (file["file"], file["outcome"], file["reason"]) == (path, "applied", None)
    assert list(file["logs"][0]) == ["replica", "name", "country", "outcome", "new", "known", "missing", "branches"]
    log = next(one for one in file["logs"] if one["replica"] == beto.id)
    assert log == {
        "replica": beto.id,
        "name": "Beto",
        "country": "PE",
        "outcome": "new",
        "branches": 1,
        "new": 2,
        "known": 0,
        "missing": 0,
    }
    assert report["changes"]["new"] == 2
    assert report["conflicts"] == {"opened": 0, "settled": 0}
    (activity,) = report["activities"]
    assert activity == {
        "id": "2019/3.1.1",
        "code": "3.1.1",
        "entity": "activity/2019/3.1.1",
        "field": "status",
        "before": "pending",
        "after": "done",
        "by": "Beto",
    }


def test_the_same_file_twice_changes_nothing(ana: Person, beto: Person) -> None:
    path = str(beto.sends())
    ana.must("merge", "--accept", path)
    before = ana.must("dump").out
    answer = ana.must("merge", path)
    assert "ya se había recibido" in answer.out
    assert "no cambia" in answer.out
    assert ana.must("dump").out == before


def test_a_dry_run_tells_the_same_and_changes_nothing(ana: Person, beto: Person) -> None:
    beto.must("status", "3.1.1", "done")
    path = str(beto.sends())
    before, people = ana.must("dump").out, ana.must("people", "--json").out
    tried = ana.must("merge", "--accept", "--dry-run", "--json", path).json
    assert ana.must("dump").out == before
    assert ana.must("people", "--json").out == people
    assert ana.must("merge", "--accept", "--json", path).json == tried
    assert "no se cambió nada" in ana.must("merge", "--dry-run", path).out


def test_standard_input_is_a_file_too(ana: Person, beto: Person, pipe_in: Callable[[bytes], None]) -> None:
    pipe_in(beto.sends().read_bytes())
    report = ana.must("merge", "-", "--accept", "--json").json
    assert report["files"][0]["file"] == "-"
    assert report["files"][0]["outcome"] == "applied"


def test_what_was_copied_is_a_file_too(ana: Person, beto: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = ana.must("export", "--all", "--armour", "-o", "-").out
    monkeypatch.setattr(clipboard, "pasted", lambda: f"Hola:\n{letter}".encode())
    told = beto.must("merge", "--clipboard", "--accept", "--json").json
    assert [one["outcome"] for one in told["files"]] == ["applied"]

    def nothing() -> bytes:
        raise errors.ClipboardUnread()

    monkeypatch.setattr(clipboard, "pasted", nothing)
    assert "portapapeles" in beto.must("merge", "--clipboard", code=1).err
    assert "--clipboard" in beto.must("merge", code=2).err


def test_standard_input_is_bounded(
    ana: Person, pipe_in: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gealc_tui.sync.bundle.LARGEST_FILE", 1000)
    pipe_in(b"x" * 1001)
    assert "demasiado grande" in ana.must("merge", "-", code=1).err


def test_standard_input_may_be_missing(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert ana.must("merge", "-", code=1).err


def test_a_missing_file_is_reported_and_the_rest_is_applied(ana: Person, beto: Person) -> None:
    beto.must("status", "3.1.1", "done")
    missing = str(ana.home / "nada.json")
    answer = ana.must("merge", "--accept", "--json", missing, str(beto.sends()), str(ana.home), code=1)
    assert [one["outcome"] for one in answer.json["files"]] == ["unreadable", "applied", "unreadable"]
    assert answer.json["files"][0]["reason"] == f"No se puede leer {missing}: no existe."
    assert answer.err.splitlines()[0] == f"No se puede leer {missing}: no existe."
    assert ana.must("show", "3.1.1", "--json").json["status"] == "done"


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "not-a-change-file": lambda data: b"hola",
    "cut-off": lambda data: data[: len(data) // 2],
    "altered": lambda data: data.replace(b'"done"', b'"cancelled"'),
    "too-large": lambda data: data.replace(b'"done"', b"9" * 30),
    "newer-version": lambda data: data.replace(b'"version": 1', b'"version": 2'),
}


@pytest.mark.parametrize("outcome", BROKEN)
def test_a_refused_file_changes_nothing_and_is_named(ana: Person, beto: Person, outcome: str) -> None:
    beto.must("status", "3.1.1", "done")
    good = beto.sends()
    bad = ana.home / "malo.json"
    bad.write_bytes(BROKEN[outcome](good.read_bytes()))
    before = ana.must("dump").out
    answer = ana.must("merge", "--accept", "--json", str(bad), code=1)
    (file,) = answer.json["files"]
    assert (file["outcome"], file["logs"]) == (outcome, [])
    assert file["reason"]
    assert "malo.json: " in answer.err
    assert file["reason"] in answer.err
    assert ana.must("dump").out == before
    report = ana.must("merge", "--accept", str(bad), str(good), code=1)
    assert "Beto, Perú: 2 cambios nuevos" in report.out


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"\xff\xfe\xfa",
        b"[" * 200_000,
        b'{"format": "gealc-changes", "version": ' + b"[" * 200_000,
        b'{"format": "gealc-changes", "version": ' + b"9" * 2_000_000 + b"}",
        b'{"format": "gealc-changes", "version": true}',
        b'{"format": "gealc-changes", "version": 1}',
        b'{"format": "gealc-changes", "version": NaN}',
        b'{"format": "\\ud800"}',
        b"null",
        b"SQLite format 3\x00",
    ],
    ids=range(12),
)
def test_anything_that_is_no_change_file_is_refused_in_a_sentence(ana: Person, data: bytes) -> None:
    path = ana.home / "x.json"
    path.write_bytes(data)
    answer = ana.must("merge", str(path), code=1)
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert len(answer.err) < 400


def test_a_blocked_author_is_not_taken_in(ana: Person, beto: Person) -> None:
    ana.must("merge", str(beto.sends()), code=3)
    assert "Beto, Perú" in ana.must("block", beto.id[:8]).out
    beto.must("status", "3.1.1", "done")
    assert "autor bloqueado" in ana.must("merge", "--accept", str(beto.sends())).out
    assert ana.must("show", "3.1.1", "--json").json["status"] == "pending"
    assert ana.must("people", "--json").json[1]["trust"] == "blocked"


def test_a_block_is_taken_back_and_what_came_meanwhile_is_there(ana: Person, beto: Person) -> None:
    ana.must("merge", "--accept", str(beto.sends()))
    ana.must("block", beto.id[:8])
    beto.must("note", "3.1.1", "mientras tanto")
    assert "autor bloqueado; queda aparte" in ana.must("merge", str(beto.sends())).out
    assert "Beto, Perú" in ana.must("unblock", beto.id[:8]).out
    assert "mientras tanto" in ana.must("show", "3.1.1").out
    assert ana.must("people", "--json").json[1]["trust"] == "accepted"
    ana.must("unblock", beto.id[:8], code=1)


@pytest.mark.parametrize(
    ("answer", "trust"), [("s\n", "blocked"), ("Sí\n", "blocked"), ("n\n", "accepted"), ("", "accepted")]
)
def test_on_a_terminal_a_block_is_asked_about(
    ana: Person, beto: Person, monkeypatch: pytest.MonkeyPatch, answer: str, trust: str
) -> None:
    ana.must("merge", "--accept", str(beto.sends()))
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    monkeypatch.setattr(confirming, "can_be_asked", lambda: True)
    assert "¿Bloquear a Beto, Perú?" in ana.must("block", beto.id[:8]).out
    assert ana.must("people", "--json").json[1]["trust"] == trust
    assert "¿" not in ana.must("block", "--yes", beto.id[:8]).out
    assert ana.must("people", "--json").json[1]["trust"] == "blocked"


@pytest.mark.parametrize("command", ["accept", "block", "unblock"])
def test_nobody_unknown_is_accepted_or_blocked(ana: Person, command: str) -> None:
    assert "«zzz»" in ana.must(command, "zzz", code=1).err


def test_nobody_blocks_themselves(ana: Person) -> None:
    ana.must("block", ana.id, code=1)


# --- differences ---------------------------------------------------------------------------------------------


@pytest.fixture
def differing(ana: Person, beto: Person) -> tuple[Person, Person]:
    """Ana and Beto, who have set the same status without having seen the other's."""
    ana.must("merge", "--accept", str(beto.sends()))
    beto.must("merge", "--accept", str(ana.sends()))
    ana.must("status", "3.1.1", "done")
    beto.must("status", "3.1.1", "on_hold", "--note", "No [x]")
    beto.must("set", "3.1.1", "place", "Lima")
    ana_file, beto_file = ana.sends(), beto.sends()
    assert "Se abre 1 diferencia; véala con gealc conflicts" in ana.must("merge", str(beto_file), code=3).out
    beto.must("merge", str(ana_file), code=3)
    return ana, beto


def test_two_homes_that_exchange_converge_with_a_difference_until_it_is_settled(
    differing: tuple[Person, Person],
) -> None:
    ana, beto = differing
    assert ana.must("fingerprint").out == beto.must("fingerprint").out
    assert ana.must("dump").out == beto.must("dump").out
    assert len(ana.must("conflicts", "--json").json) == 1
    ana.must("settle", "3.1.1", "status", "--value", "done")
    assert ana.must("conflicts", "--json").json == []
    assert ana.must("fingerprint").out != beto.must("fingerprint").out
    report = beto.must("merge", str(ana.sends()), "--json").json
    assert report["conflicts"] == {"opened": 0, "settled": 1}
    assert ana.must("fingerprint").out == beto.must("fingerprint").out
    for one in differing:
        assert one.must("conflicts", "--json").json == []
        assert one.must("show", "3.1.1", "--json").json["status"] == "done"
        one.must("verify")


def test_a_difference_tells_programs_exactly_this(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    (one,) = ana.must("conflicts", "--json").json
    assert list(one) == ["id", "code", "title", "entity", "field", "values"]
    assert (one["id"], one["code"], one["title"]) == ("2019/3.1.1", "3.1.1", "Taller regional")
    assert (one["entity"], one["field"]) == ("activity/2019/3.1.1", "status")
    told = ["value", "author", "country", "at", "change", "number", "shown", "deletes", "unseen", "seen"]
    assert [list(value) for value in one["values"]] == [told] * 2
    assert {(value["value"], value["author"], value["country"]) for value in one["values"]} == {
        ("done", "Ana", "UY"),
        ("on_hold", "Beto", "PE"),
    }
    (shown,) = ana.must("show", "3.1.1", "--json").json["conflicts"]
    assert shown["field"] == "status"
    assert shown["values"] == one["values"]
    assert ana.must("list", "--json").json[0]["conflicts"] == 1


def test_a_difference_shows_people_both_values_and_how_to_settle(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    for out in (ana.must("conflicts").out, ana.must("show", "3.1.1").out):
        assert "Cumplida" in out
        assert "Suspendida" in out
        assert "Ana, Uruguay" in out
        assert "Beto, Perú" in out
        assert "gealc settle 2019/3.1.1 status --take" in out
    assert "≠ 1" in ana.must("list").out


def test_the_value_of_a_change_is_taken(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    (one,) = ana.must("conflicts", "--json").json
    change = next(value["change"] for value in one["values"] if value["value"] == "on_hold")
    ana.must("settle", one["entity"], "status", "--take", change[:8])
    assert ana.must("show", "3.1.1", "--json").json["status"] == "on_hold"


@pytest.mark.parametrize(
    "arguments",
    [
        ["3.1.1", "place", "--value", "x"],
        ["3.1.1", "status", "--take", "zzzz"],
        ["3.1.1", "status", "--take", ""],
        ["3.1.1", "status", "--value", "nada"],
        ["3.1.2", "status", "--value", "done"],
        ["9.9.9", "status", "--value", "done"],
    ],
)
def test_what_does_not_settle_a_difference_is_refused(differing: tuple[Person, Person], arguments: list[str]) -> None:
    ana, _ = differing
    answer = ana.must("settle", *arguments, code=1)
    assert answer.out == ""
    assert answer.err
    assert len(ana.must("conflicts", "--json").json) == 1


def test_a_difference_in_a_product_and_in_a_note_is_settled_by_its_whole_name(ana: Person, beto: Person) -> None:
    ana.must("note", "3.1.1", "una")
    note = ana.must("show", "3.1.1", "--json").json["notes"][0]["id"]
    beto.must("merge", "--accept", str(ana.sends()))
    ana.must("merge", "--accept", str(beto.sends()))
    for one, text in ((ana, "dos"), (beto, "tres")):
        one.must("set", f"note/{note}", "text", text)
        one.must("set", "product/2019/3.1.1/1", "evidence", text)
    ana.must("merge", str(beto.sends()), code=3)
    found = ana.must("conflicts", "--json").json
    assert {one["entity"] for one in found} == {f"note/{note}", "product/2019/3.1.1/1"}
    assert {one["id"] for one in found} == {"2019/3.1.1"}
    for one in found:
        ana.must("settle", one["entity"], one["field"], "--value", "cuatro")
    assert ana.must("conflicts", "--json").json == []


def test_accepting_somebody_may_open_a_difference(ana: Person, beto: Person) -> None:
    ana.must("status", "3.1.1", "done")
    beto.must("status", "3.1.1", "on_hold")
    ana.must("merge", str(beto.sends()), code=3)
    ana.must("accept", beto.id, code=3)


def test_what_strangers_call_themselves_does_not_reach_the_terminal_raw(
    ana: Person, beto: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gealc_tui.commands.fields.clean", lambda text, *_: text)
    beto.must("init", "--name", "Be\x1b[31mto\x07\u202e", "--country", "PE")
    beto.must("set", "3.1.1", "place", "\x1b]0;título\x07Lima")
    path = str(beto.sends())
    outs = [ana.must("merge", path, code=3).out, ana.must("merge", "--accept", path).out]
    outs += [ana.must(*command).out for command in (["people"], ["log"], ["list"], ["show", "3.1.1"])]
    for out in outs:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", out)
    place: Any = ana.must("show", "3.1.1", "--json").json["place"]
    assert place == "\x1b]0;título\x07Lima"
