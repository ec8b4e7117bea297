"""init, status, note, set, undo, redo: each says what it did, and refuses with a reason."""

from __future__ import annotations

import pytest

from .conftest import MakePerson, Person


@pytest.mark.parametrize("country", ["UY", "uy", "Uruguay", "URUGUAY"])
def test_init_says_whose_copy_this_is(person: MakePerson, country: str) -> None:
    copy = person()
    out = copy.must("init", "--name", "José Ñu", "--country", country, "--role", "secretariat").out
    assert "José Ñu, Uruguay" in out
    assert copy.id in out
    assert copy.must("people", "--json").json[0]["role"] == "secretariat"


def test_init_again_renames_and_keeps_the_identity(ana: Person) -> None:
    before = ana.id
    ana.must("init", "--name", "Ana María", "--country", "AR")
    assert ana.id == before
    assert ana.must("people", "--json").json[0]["name"] == "Ana María"


def test_nothing_is_written_before_somebody_said_who_they_are(person: MakePerson) -> None:
    answer = person().must("status", "3.1.1", "done", code=1)
    assert "gealc init" in answer.err


@pytest.mark.parametrize(
    ("name", "country"), [("", "UY"), ("  ", "UY"), ("Ana", "ZZ"), ("Ana", ""), ("Ana\nBeto", "UY"), ("A" * 5000, "UY")]
)
def test_init_refuses_what_is_no_name_or_no_country(person: MakePerson, name: str, country: str) -> None:
    copy = person()
    answer = copy.must("init", "--name", name, "--country", country, code=1)
    assert answer.out == ""
    assert answer.err
    assert copy.must("people", "--json").json == []


@pytest.mark.parametrize("status", ["in_progress", "done", "on_hold", "cancelled", "DONE"])
def test_a_status_is_set(ana: Person, status: str) -> None:
    assert "Estado: Pendiente →" in ana.must("status", "3.1.1", status).out
    assert ana.must("show", "3.1.1", "--json").json["status"] == status.lower()


def test_the_same_status_again_changes_nothing_and_says_so(ana: Person) -> None:
    ana.must("status", "3.1.1", "done")
    before = ana.must("log", "--json").out
    assert "no se cambió nada" in ana.must("status", "3.1.1", "done").out
    assert ana.must("log", "--json").out == before


def test_a_status_takes_its_reason_along(ana: Person) -> None:
    ana.must("status", "3.1.1", "on_hold", "--note", "Sin fondos [BID]")
    (note,) = ana.must("show", "3.1.1", "--json").json["notes"]
    assert (note["text"], note["official"]) == ("Sin fondos [BID]", True)


@pytest.mark.parametrize("ref", ["9.9.9", "3.1", "3.2.4"])
def test_a_status_needs_one_activity(ana: Person, ref: str) -> None:
    ana.must("status", ref, "done", code=1)


def test_an_ambiguous_code_is_told_apart_by_id(ana: Person) -> None:
    ana.must("status", "2019/3.2.4-2", "done")
    found = {one["id"]: one["status"] for one in ana.must("list", "--area", "3.2", "--json").json}
    assert found["2019/3.2.4-2"] == "done"
    assert found["2019/3.2.4"] == "pending"


@pytest.mark.parametrize(
    "text",
    ["[CEPAL] Mesa [/] [x] 50%", "- guion", "línea\nlínea", "日本語 🎉", "\\", "a" * 100_000, "{who} %s %(x)s"],
)
def test_a_note_is_kept_as_it_was_typed(ana: Person, text: str) -> None:
    ana.must("note", "3.1.1", text)
    assert ana.must("show", "3.1.1", "--json").json["notes"][0]["text"] == text
    ana.must("show", "3.1.1")
    ana.must("log")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "vacío"),
        ("  \n ", "vacío"),
        ("x" * 1_000_000, "1000000"),
        ("a\x1b[31mrojo", "número 2"),
        ("abc\x00", "número 4"),
        ("\x07", "número 1"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_with_the_reason(ana: Person, text: str, words: str) -> None:
    answer = ana.must("note", "3.1.1", text, code=1)
    assert answer.out == ""
    assert words in answer.err
    assert len(answer.err) < 300
    assert ana.must("show", "3.1.1", "--json").json["notes"] == []


def test_a_note_about_a_product_is_refused(ana: Person) -> None:
    ana.must("note", "product/2019/3.1.1/1", "texto", code=1)


def test_a_dash_can_begin_a_note_after_two_dashes(ana: Person) -> None:
    ana.must("note", "3.1.1", "--", "-x")
    assert ana.must("show", "3.1.1", "--json").json["notes"][0]["text"] == "-x"


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("title", "Taller [x]", "Taller [x]"),
        ("place", "Lima, Perú", "Lima, Perú"),
        ("participants", "15 países", "15 países"),
        ("resources", "BID", "BID"),
        ("lead", "chile", "CL"),
        ("lead", "OEA", "OAS"),
        ("co_leads", "Perú; ec", ["EC", "PE"]),
        ("due", "15/08/2019", "2019-08-15"),
        ("due", "2019-08-15", "2019-08-15"),
        ("progress", "50%", 50),
        ("period", "s2", "S2"),
        ("status", "done", "done"),
    ],
)
def test_a_field_is_set(ana: Person, field: str, typed: str, stored: object) -> None:
    ana.must("set", "3.1.1", field, typed)
    assert ana.must("show", "3.1.1", "--json").json[field] == stored


def test_an_empty_value_empties_a_field(ana: Person) -> None:
    assert "A definir. → —" in ana.must("set", "3.1.1", "place", "").out
    assert ana.must("show", "3.1.1", "--json").json["place"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("due", "31/02/2019"),
        ("due", "mañana"),
        ("due", "2019-13-01"),
        ("progress", "101"),
        ("progress", "-5"),
        ("progress", "9" * 5000),
        ("progress", "٣"),
        ("lead", "Atlántida"),
        ("status", "terminada"),
        ("period", "S3"),
        ("title", ""),
        ("title", "dos\nlíneas"),
        ("title", "x" * 3000),
        ("place", "a\x1b]0;b\x07"),
        ("code", "3 1"),
        ("id", "x"),
        ("", "x"),
        ("nada\x1b[31m", "x"),
    ],
)
def test_what_does_not_fit_a_field_is_refused(ana: Person, field: str, value: str) -> None:
    before = ana.must("dump").out
    answer = ana.must("set", "3.1.1", field, value, code=1)
    assert answer.out == ""
    assert answer.err
    assert "\x1b" not in answer.err
    assert len(answer.err) < 300
    assert ana.must("dump").out == before


def test_the_fields_of_a_product_and_of_a_note_are_set_by_their_whole_names(ana: Person) -> None:
    ana.must("set", "product/2019/3.1.1/1", "delivered", "01/06/2019")
    ana.must("note", "3.1.1", "una")
    note = ana.must("show", "3.1.1", "--json").json["notes"][0]["id"]
    ana.must("set", f"note/{note}", "text", "otra")
    found = ana.must("show", "3.1.1", "--json").json
    assert found["products"][0]["delivered"] == "2019-06-01"
    assert found["notes"][0]["text"] == "otra"


def test_of_a_plan_its_title_can_be_set_and_nothing_that_makes_it_another(ana: Person) -> None:
    assert "PLAN DE TRABAJO 2019 → x" in ana.must("set", "plan/2019", "title", "x").out
    assert "no existe" in ana.must("set", "plan/2019", "year", "2020", code=1).err


# --- undo and redo -------------------------------------------------------------------------------------------


def test_undo_and_redo_say_what_they_did(ana: Person) -> None:
    ana.must("status", "3.1.1", "done")
    undone = ana.must("undo").out
    assert undone == "Deshecho: 2019/3.1.1 · Estado: Cumplida → Pendiente · gealc redo rehace\n"
    assert "2019/3.1.1 · Estado: Cumplida → Pendiente" in undone
    assert ana.must("show", "3.1.1", "--json").json["status"] == "pending"
    redone = ana.must("redo").out
    assert redone.startswith("Rehecho: 2019/3.1.1 · Estado: Pendiente → Cumplida")
    assert "2019/3.1.1 · Estado: Pendiente → Cumplida" in redone
    assert ana.must("show", "3.1.1", "--json").json["status"] == "done"


def test_undo_takes_a_note_away_and_redo_brings_it_back(ana: Person) -> None:
    ana.must("note", "3.1.1", "palabras")
    assert "palabras" in ana.must("undo").out
    assert ana.must("show", "3.1.1", "--json").json["notes"] == []
    assert "palabras" in ana.must("redo").out
    assert len(ana.must("show", "3.1.1", "--json").json["notes"]) == 1


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_there_may_be_nothing_to_undo_or_redo(ana: Person, command: str) -> None:
    answer = ana.must(command, code=1)
    assert answer.out == ""
    assert answer.err


def test_undo_does_not_wipe_out_what_somebody_else_wrote_since(ana: Person, beto: Person) -> None:
    ana.must("status", "3.1.1", "on_hold")
    beto.must("merge", "--accept", str(ana.sends()))
    beto.must("status", "3.1.1", "done")
    ana.must("merge", "--accept", str(beto.sends()))
    assert "Beto" in ana.must("undo", code=1).err
    assert ana.must("show", "3.1.1", "--json").json["status"] == "done"
