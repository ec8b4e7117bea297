"""`gealc export` as a draft, as a block of text, as an archive; and the addresses that drafts go to."""

from __future__ import annotations

import io
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from cli.conftest import MakePerson, Person
from gealc_tui.sync.armour import BEGIN, END


@pytest.fixture
def known(ana: Person, person: MakePerson) -> Person:
    """Ana, who knows Eva and her address."""
    eva = person("Eva", "PE")
    eva.must("init", "--name", "Eva", "--country", "PE", "--email", "eva@pcm.example")
    ana.must("merge", "--accept", str(eva.sends()))
    return ana


def test_a_draft_is_written_and_its_place_printed(
    known: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = known.must("export", "--eml", "--all")
    path = Path(answer.out.strip())
    assert (path.parent, path.suffix, answer.err) == (tmp_path, ".eml", "")
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "Eva <eva@pcm.example>"


def test_a_draft_for_somebody_without_an_address_is_made_and_remarked_upon(known: Person, beto: Person) -> None:
    known.must("merge", "--accept", str(beto.sends()))
    answer = known.must("export", "--eml", "--all", "-o", str(known.home / "x.eml"))
    assert answer.out == f"{known.home / 'x.eml'}\n"
    assert answer.err == "Falta la dirección de correo de Beto: escríbala en el mensaje.\n"


@pytest.mark.parametrize("form", ["--eml", "--zip", "--armour"])
def test_each_form_is_received_with_merge(known: Person, beto: Person, form: str) -> None:
    known.must("status", "3.1.1", "done")
    path = known.must("export", form, "--all", "-o", str(known.home / "x")).out.strip()
    beto.must("merge", "--accept", path)
    assert beto.must("show", "3.1.1", "--json").json["status"] == "done"


def test_the_block_goes_to_standard_output_alone(ana: Person) -> None:
    answer = ana.must("export", "--armour", "--all", "-o", "-")
    lines = answer.out.splitlines()
    assert (lines[0], lines[-1]) == (BEGIN, END)
    assert max(map(len, lines)) <= 76
    assert answer.err == ""


@pytest.mark.needs_posix
def test_an_archive_goes_to_standard_output_byte_for_byte(
    ana: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\r\n")
    monkeypatch.setattr("sys.stdout", stream)
    assert ana.types("export", "--zip", "-o", "-").code == 0
    stream.flush()
    with zipfile.ZipFile(io.BytesIO(stream.buffer.getvalue())) as archive:  # type: ignore[attr-defined]
        assert archive.testzip() is None
        assert [name.rpartition(".")[2] for name in archive.namelist()] == ["json"]


@pytest.mark.parametrize("form", [[], ["--eml"], ["--zip"], ["--armour"]])
def test_what_was_exported_counts_as_sent(ana: Person, form: list[str]) -> None:
    from gealc_tui.replica import Replica

    ana.must("export", *form, "-o", str(ana.home / "x"))
    with Replica(ana.database, ana.home / "keys") as replica:
        assert replica.unsent() == 0


@pytest.mark.parametrize("forms", [["--eml", "--zip"], ["--zip", "--armour"], ["--armour", "--eml"]])
def test_one_form_at_a_time(ana: Person, forms: list[str]) -> None:
    answer = ana.must("export", *forms, code=2)
    assert "no se puede usar junto con" in answer.err


def test_without_a_form_it_is_the_file(ana: Person) -> None:
    path = Path(ana.must("export", "-o", str(ana.home / "x")).out.strip())
    assert path.read_bytes().startswith(b'{\n "format": "gealc-changes"')


def test_a_draft_needs_an_identity(person: MakePerson) -> None:
    assert "Falta decir quién" in person().must("export", "--eml", code=1).err


def test_people_tells_the_address(known: Person) -> None:
    assert [one["email"] for one in known.must("people", "--json").json] == [None, "eva@pcm.example"]
    assert "eva@pcm.example" in known.must("people").out


@pytest.mark.parametrize("email", ["eva", "eva@x, otro@y", "eva@x\nBcc: y@z"])
def test_an_address_that_is_none_is_refused(ana: Person, email: str) -> None:
    answer = ana.must("init", "--name", "Ana", "--country", "UY", "--email", email, code=1)
    assert "no es válido para Correo" in answer.err
    assert ana.must("people", "--json").json[0]["email"] is None
