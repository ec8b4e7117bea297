"""From the command line: asking for what lacks, vouching for people, and a copy whose identity was used elsewhere."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from cli.conftest import MakePerson, Person


def friends(*people: Person) -> None:
    """Everybody accepts everybody."""
    for one in people:
        for other in people:
            if one is not other:
                one.types("merge", "--accept", str(other.sends()))


def test_a_request_is_told_with_the_command_that_answers_it(ana: Person, beto: Person) -> None:
    friends(ana, beto)
    ana.must("status", "3.1.1", "done")
    request = beto.home / "pedido.json"
    beto.must("export", "--request", "-o", str(request))
    assert json.loads(request.read_bytes())["logs"] == []
    told = ana.must("merge", str(request), code=3).out
    assert f"Beto, Perú pide lo que le falta: gealc export --for {beto.id[:12]}" in told
    assert "gealc export --for" in ana.must("people").out
    answer = ana.home / "respuesta.json"
    ana.must("export", "--for", beto.id[:12], "-o", str(answer))
    assert "gealc export --for" not in ana.must("people").out
    beto.must("merge", str(answer))
    assert beto.must("show", "3.1.1", "--json").json["status"] == "done"


def test_a_request_for_programs_names_who_asks(ana: Person, beto: Person) -> None:
    friends(ana, beto)
    request = beto.home / "pedido.json"
    beto.must("export", "--request", "-o", str(request))
    ana.must("merge", str(request), code=3)
    asks = {one["name"]: one["asks"] for one in ana.must("people", "--json").json}
    assert asks == {"Ana": False, "Beto": True}


def test_people_tells_what_is_missing_and_who_has_it(ana: Person, beto: Person, person: MakePerson) -> None:
    carla = person("Carla", "CL")
    friends(ana, beto, carla)
    carla.must("status", "3.1.1", "done")
    beto.must("merge", str(carla.sends()))
    heard = json.loads(beto.sends().read_bytes())["have"][carla.id][0][0]
    ana.must("merge", str(_without(beto, carla)), code=0)
    met = next(one for one in ana.must("people", "--json").json if one["name"] == "Carla")
    assert (met["last"], met["missing"], met["holders"]) == (heard - 1, 1, [beto.id])
    assert "Beto" in ana.must("people").out


def _without(sender: Person, author: Person) -> Path:
    """A file that says what its sender holds of somebody, and does not bring it: it was made for one who has it."""
    path = sender.home / "sin.json"
    sender.must("export", "--for", author.id, "-o", str(path))
    return path


def test_who_relies_on_a_list_accepts_the_people_on_it(ana: Person, beto: Person, person: MakePerson) -> None:
    secretariat = person("Secretaría", "US")
    friends(ana, secretariat)
    secretariat.must("merge", "--accept", str(beto.sends()))
    out = secretariat.must("vouch", beto.id[:12]).out
    assert "avala a 1 persona" in out
    assert "Beto, Perú" in out
    ana.must("merge", str(secretariat.sends()), code=3)
    assert "Quedan confirmadas las personas que avale Secretaría" in ana.must("rely", secretariat.id[:12]).out
    trust = {one["name"]: one["trust"] for one in ana.must("people", "--json").json}
    assert trust["Beto"] == "accepted"
    ana.must("rely", secretariat.id, "--stop")
    assert "avala a 0 personas" in secretariat.must("vouch", beto.id, "--remove").out


def test_nobody_is_vouched_for_before_they_are_accepted(ana: Person, beto: Person) -> None:
    ana.types("merge", str(beto.sends()))
    assert "Primero confirme a esa persona" in ana.must("vouch", beto.id, code=1).err
    assert "Primero confirme a esa persona" in ana.must("rely", beto.id, code=1).err


def test_a_restored_copy_says_once_that_it_goes_on_under_a_new_identity(ana: Person) -> None:
    ana.must("status", "3.1.1", "done")
    saved = ana.home / "saved.db"
    shutil.copyfile(ana.database, saved)
    before = ana.id
    ana.must("status", "3.1.1", "on_hold")
    for rest in ana.home.glob("gealc.db-*"):
        rest.unlink()
    shutil.copyfile(saved, ana.database)
    told = ana.must("list")
    assert "identidad nueva" in told.err
    assert ana.must("list").err == ""
    assert ana.id != before
    assert "ya no se usa" in ana.must("people").out


def test_a_changed_name_is_pointed_out(ana: Person, beto: Person) -> None:
    friends(ana, beto)
    beto.must("init", "--name", "Roberto", "--country", "PE")
    out = ana.must("merge", str(beto.sends())).out
    assert "se presenta de otra manera" in out
    assert "Beto → Roberto" in out


def test_what_a_message_brought_is_named_by_the_way_to_it(ana: Person, beto: Person) -> None:
    friends(ana, beto)
    beto.must("status", "3.1.1", "done")
    message = beto.home / "mensaje.eml"
    beto.must("export", "--eml", "-o", str(message))
    out = ana.must("merge", str(message)).out
    assert "venía en: un mensaje" in out
    assert "1 cambio" in out


def test_a_batch_of_good_and_bad_files_takes_in_the_good_ones(ana: Person, beto: Person) -> None:
    friends(ana, beto)
    beto.must("status", "3.1.1", "done")
    good, bad = beto.sends(), beto.home / "x.zip"
    bad.write_bytes(b"PK\x03\x04 nothing")
    missing = beto.home / "missing.json"
    answer = ana.must("merge", str(bad), str(missing), str(good), "--json", code=1)
    assert [Path(one["file"]).name for one in answer.json["files"]] == ["x.zip", "missing.json", "cambios.json"]
    assert ana.must("show", "3.1.1", "--json").json["status"] == "done"
