"""sync: two homes that share a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gealc_tui.sync.carriers.folder import LocalFolder

from .conftest import MakePerson, Person


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    place = tmp_path / "compartida"
    place.mkdir()
    return place


def test_two_homes_that_share_a_folder_hold_the_same_plan(ana: Person, beto: Person, shared: Path) -> None:
    beto.must("status", "3.1.1", "done")
    out = beto.must("sync", str(shared)).out
    assert re.search(rf"Se dejó en la carpeta: gealc-{beto.id[:12]}-000001-[a-z2-7]{{8}}\.json", out)
    out = ana.must("sync", "--accept", str(shared)).out
    assert "Beto, Perú: 2 cambios nuevos" in out
    assert "2019/3.1.1 · Estado: Pendiente → Cumplida (Beto, Perú)" in out
    beto.must("sync", "--accept", str(shared))
    assert ana.must("fingerprint").out == beto.must("fingerprint").out
    out = ana.must("sync", str(shared)).out
    assert out == "No hay nada nuevo en la carpeta.\nLa carpeta ya tenía todo lo de esta copia.\n"


def test_strangers_wait_to_be_accepted(ana: Person, beto: Person, shared: Path) -> None:
    beto.must("sync", str(shared))
    answer = ana.must("sync", str(shared), code=3)
    assert f"gealc accept {beto.id[:12]}" in answer.out
    assert answer.err == ""


def test_a_file_that_is_not_whole_is_told_and_waits(ana: Person, beto: Person, shared: Path) -> None:
    beto.must("sync", str(shared))
    (left,) = shared.iterdir()
    left.write_bytes(left.read_bytes()[:400])
    answer = ana.must("sync", "--accept", str(shared), code=3)
    assert answer.err.startswith(f"{left.name}: ")
    assert "1 archivo todavía no se puede leer; se probará la próxima vez." in answer.out


def test_what_else_lies_there_is_named_and_nothing_waits_for_it(ana: Person, shared: Path) -> None:
    for name in ("correo.eml", "lote.zip", "notas.txt", "vacío.json"):
        (shared / name).write_bytes(b"")
    (shared / "2018").mkdir()
    said = ana.must("sync", str(shared)).out
    assert "Hay además 5 cosas que no se miran: 2018/, correo.eml, lote.zip, notas.txt, vacío.json." in said
    assert ana.must("sync", "--json", str(shared)).json["others"] == ["2018/", "correo.eml", "lote.zip", "notas.txt"]


def test_programs_are_told_exactly_this(ana: Person, beto: Person, shared: Path) -> None:
    beto.must("status", "3.1.1", "done")
    beto.must("sync", str(shared))
    (left,) = shared.iterdir()
    (shared / "roto.json").write_bytes(b'{"format": "gealc-changes",')
    facts = ana.must("sync", "--accept", "--json", str(shared), code=3).json
    written = facts.pop("written")
    assert (shared / written).is_file()
    first, second = facts["files"]
    assert (first["file"], first["outcome"], first["reason"]) == (left.name, "applied", None)
    assert (second["file"], second["outcome"], second["logs"]) == ("roto.json", "unreadable", [])
    assert facts["changes"]["new"] == 2
    assert [one["id"] for one in facts["activities"]] == ["2019/3.1.1"]
    assert (facts["folder"], facts["read"], facts["failed"]) == (str(shared), 1, None)


def test_a_folder_that_is_not_there_is_refused_and_not_made(ana: Person, tmp_path: Path) -> None:
    answer = ana.must("sync", str(tmp_path / "memoria"), code=1)
    assert answer.err == f"No se puede usar la carpeta compartida {tmp_path / 'memoria'}: la carpeta no está.\n"
    assert answer.out == ""
    assert not (tmp_path / "memoria").exists()


def test_what_came_is_told_when_nothing_can_be_left(
    ana: Person, beto: Person, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gealc_tui import errors

    beto.must("status", "3.1.1", "done")
    beto.must("sync", str(shared))

    def refuse(self: LocalFolder, name: str, data: bytes) -> None:
        raise errors.FileUnwritable(path=str(shared / name), reason="permission")

    monkeypatch.setattr(LocalFolder, "write", refuse)
    answer = ana.must("sync", "--accept", str(shared), code=1)
    assert "no hay permiso" in answer.err
    assert "2019/3.1.1 · Estado: Pendiente → Cumplida (Beto, Perú)" in answer.out
    assert "Se dejó" not in answer.out
    assert ana.must("sync", "--json", str(shared), code=1).json["failed"].endswith("no hay permiso.")


def test_nobody_in_particular_reads_and_leaves_nothing(person: MakePerson, beto: Person, shared: Path) -> None:
    beto.must("status", "3.1.1", "done")
    beto.must("sync", str(shared))
    nobody = person()
    assert "Pendiente → Cumplida" in nobody.must("sync", "--accept", str(shared)).out
    assert len(list(shared.iterdir())) == 1


@pytest.mark.parametrize("place", ["ftp://servidor/plan", "webdav://", "sftp://[::1/plan"])
def test_what_is_no_address_is_refused(ana: Person, place: str) -> None:
    assert "no es una carpeta compartida" in ana.must("sync", place, code=1).err


def test_the_folder_must_be_named(ana: Person) -> None:
    ana.must("sync", code=2)
