"""area, activity, product and plan new on the command line: what they print, and what they refuse."""

from __future__ import annotations

import hashlib
import json

import pytest

from .conftest import MakePerson, Person


def test_each_prints_the_id_that_it_made_for_the_next_command(ana: Person) -> None:
    area = ana.must("area", "add", "--code", "3.10", "--title", "Nueva área", "--after", "3.6").out.strip()
    activity = ana.must("activity", "add", "--area", area, "--title", "Nueva", "--period", "segundo").out.strip()
    product = ana.must("product", "add", activity, "Informe").out.strip()
    ana.must("product", "deliver", product, "--day", "15/8/2019", "--evidence", "https://x.org", "--units", "2")
    shown = ana.must("show", activity, "--json").json
    assert (shown["code"], shown["period"], shown["plan"], shown["origin"]) == ("3.10.1", "S2", "2019", None)
    assert shown["products"] == [
        {
            "id": product.removeprefix("product/"),
            "text": "Informe",
            "delivered": "2019-08-15",
            "evidence": "https://x.org",
            "units": 2,
            "withdrawn": None,
        }
    ]


def test_moves_say_what_they_did_and_the_list_shows_it(ana: Person) -> None:
    assert ana.must("activity", "move", "3.6.1", "--after", "3.6.3").out == "2019/3.6.1 · Cambió de lugar\n"
    assert ana.must("activity", "move", "3.6.1", "--to", "3.7").out == "2019/3.6.1 · Pasó a otra área\n"
    assert "Ya estaba así" in ana.must("activity", "move", "3.6.1", "--to", "3.7").out
    found = ana.must("list", "--area", "3.7", "--json").json
    assert [one["code"] for one in found] == ["3.7.1", "3.7.2", "3.6.1"]
    assert [one["order"] for one in found] == sorted(one["order"] for one in found)
    assert "3.6.1 · Pasó a otra área" in ana.must("log", "3.6.1").out


def test_what_is_withdrawn_is_listed_apart_with_its_reason(ana: Person) -> None:
    assert "Diga por qué" in ana.must("activity", "withdraw", "3.6.2", code=1).err
    ana.must("activity", "withdraw", "3.6.2", "--reason", "no hay fondos")
    assert "3.6.2" not in [one["code"] for one in ana.must("list", "--json").json]
    (gone,) = ana.must("list", "--withdrawn", "--json").json
    assert (gone["code"], gone["withdrawn"]["reason"], gone["withdrawn"]["by"]) == ("3.6.2", "no hay fondos", "Ana")
    assert "no hay fondos" in ana.must("list", "--withdrawn").out
    ana.must("activity", "restore", "3.6.2")
    assert ana.must("list", "--withdrawn", "--json").json == []


def test_a_code_that_stands_twice_is_pointed_out(ana: Person) -> None:
    said = ana.must("activity", "add", "--area", "3.6", "--title", "Otra", "--code", "3.6.1").err
    assert "El código 3.6.1 ya está en el plan" in said


def test_a_new_plan_shows_first_what_it_would_carry(ana: Person) -> None:
    ana.must("status", "3.1.1", "done")
    trial = ana.must("plan", "new", "2020", "--from", "2019", "--dry-run").out
    assert "3.1.2" in trial
    assert "3.1.1 Taller" not in trial
    assert [one["year"] for one in ana.must("plan", "--json").json] == [2019]
    plan = ana.must("plan", "new", "2020", "--from", "2019").out.strip()
    assert [(one["id"], one["year"], one["state"]) for one in ana.must("plan", "--json").json] == [
        (plan, 2020, "draft"),
        ("2019", 2019, "approved"),
    ]
    found = ana.must("--plan", "2020", "list", "--json").json
    assert len(found) == 39
    assert found[0]["origin"] == "2019/3.1.2"
    assert "Continúa" in ana.must("show", found[0]["id"]).out
    assert "Sigue en" in ana.must("show", "2019/3.1.2").out


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["plan", "new", "202"], 1),
        (["plan", "new", "2020", "--from", "1999"], 1),
        (["plan", "new"], 2),
        (["area"], 2),
        (["area", "add", "--code", "9"], 2),
        (["activity", "move", "3.6.1", "--after", "3.6.1"], 1),
        (["activity", "add", "--area", "9.9", "--title", "x"], 1),
        (["product", "deliver", "nada"], 1),
        (["plan", "withdraw", "2019"], 1),
        (["activity", "move", "3.6.1", "--after", "3.6.3", "--meeting", "nada"], 1),
    ],
)
def test_what_cannot_be_is_a_sentence_and_changes_nothing(ana: Person, command: list[str], code: int) -> None:
    before = ana.must("fingerprint").out
    answer = ana.must(*command, code=code)
    assert answer.err.strip()
    assert "Traceback" not in answer.err
    assert ana.must("fingerprint").out == before


def test_minutes_tell_what_a_meeting_added_and_moved_by_codes_and_never_by_ids(ana: Person) -> None:
    ana.must("meeting", "begin", "working_group", "--area", "3.6", "--countries", "cl")
    activity = ana.must("activity", "add", "--area", "3.6", "--title", "Otra cosa", "--reason", "se pidió").out.strip()
    ana.must("activity", "move", "3.6.1", "--to", "3.7")
    product = ana.must("product", "add", "3.6.2", "Un producto").out.strip().removeprefix("product/")
    ana.must("set", activity, "lead", "CL")
    told = " ".join(ana.must("meeting", "show").out.split())
    assert "3.6.5 Otra cosa" in told
    assert "Responsable Chile" in told
    assert "Área de trabajo 3.6 → 3.7" in told
    assert "Un producto" in told
    assert activity not in told
    assert product not in told
    assert "2019/3." not in told


def test_a_whole_structure_travels(ana: Person, beto: Person, person: MakePerson) -> None:
    ana.must("plan", "new", "2020", "--from", "2019")
    ana.must("activity", "move", "3.6.1", "--to", "3.7", "--reason", "va mejor ahí")
    answer = beto.must("merge", "--accept", str(ana.sends()))
    assert answer.out.count("3.6.1 · Pasó a otra área") == 1
    assert "PLAN DE TRABAJO 2020" in answer.out
    assert len(answer.out.splitlines()) < 12, "of a new plan itself is told, and not each thing in it"
    assert "Cambió de lugar" not in answer.out
    assert json.loads(beto.must("list", "--json").out) == json.loads(ana.must("list", "--json").out)
    ana.must("merge", "--accept", str(beto.sends()))
    assert beto.must("fingerprint").out == ana.must("fingerprint").out


def test_a_file_is_known_again_as_somebodys_evidence_whatever_it_is_called(ana: Person) -> None:
    product = ana.must("product", "add", "3.6.1", "Informe").out.strip()
    report = ana.home / "Informe final.pdf"
    report.write_bytes(b"x" * 300_000)
    said = ana.must("product", "deliver", product, "--evidence", str(report))
    assert "SHA-256" in said.err
    evidence = ana.must("show", "3.6.1", "--json").json["products"][-1]["evidence"]
    assert evidence == f"sha256:{hashlib.sha256(report.read_bytes()).hexdigest()} Informe final.pdf"
    other = report.rename(ana.home / "otro.bin")
    assert ana.must("evidence", "verify", str(other)).out == "3.6.1 · Informe\n"
    found = ana.must("evidence", "verify", str(other), "--json").json
    assert found == [
        {
            "product": product.removeprefix("product/"),
            "activity": "2019/3.6.1",
            "code": "3.6.1",
            "text": "Informe",
        }
    ]
    other.write_bytes(b"x" * 299_999 + b"y")
    assert "de ningún producto" in ana.must("evidence", "verify", str(other), code=1).err
    assert ana.must("evidence", "verify", str(other), "--json", code=1).json == []
    assert ana.must("evidence", "verify", str(ana.home / "no.pdf"), code=1).err.strip()
    ana.must("product", "withdraw", product, "--reason", "está de más")
    report.write_bytes(b"x" * 300_000)
    ana.must("evidence", "verify", str(report), code=1)
