"""withdraw, deleted and undelete; what is disputed in conflicts and settled."""

from __future__ import annotations

from .conftest import Person


def test_what_is_withdrawn_is_listed_with_its_reason_and_comes_back(ana: Person) -> None:
    assert ana.must("deleted").out == "No hay nada borrado ni retirado.\n"
    assert ana.must("deleted", "--json").json == []
    assert ana.must("withdraw", "3.2", "--reason", "se fusiona").out.startswith("3.2 · Área de trabajo (retirado: se")
    assert "3.2.1" not in ana.must("list").out
    listed = ana.must("deleted").out
    assert "area/2019/3.2" in listed
    assert "(con 6 actividades)" in listed
    first, *others = ana.must("deleted", "--json").json
    assert (first["entity"], first["reason"], first["visibility"]) == ("area/2019/3.2", "se fusiona", "hidden")
    assert (first["author"], first["with"], first["meeting"]) == ("Ana", None, None)
    assert {one["with"] for one in others} == {"area/2019/3.2"}
    ana.must("undelete", "area/2019/3.2")
    assert "3.2.1" in ana.must("list").out


def test_what_cannot_be_done_is_said(ana: Person) -> None:
    assert ana.types("undelete", "3.2.1").err == "«3.2.1» no está borrado ni retirado.\n"
    assert ana.types("withdraw", "9.9").code == 1


def test_what_somebody_wrote_unseen_is_a_difference_to_settle(ana: Person, beto: Person) -> None:
    ana.must("merge", "--accept", str(beto.sends()))
    beto.must("merge", "--accept", str(ana.sends()))
    ana.must("withdraw", "3.6.1", "--reason", "sin fondos")
    beto.must("note", "3.6.1", "ya empezó")
    report = ana.types("merge", str(beto.sends()))
    assert report.code == 3
    told = ana.must("conflicts").out
    for words in ("Actividad retirada", "dejar a la vista", "Nota: ya empezó", "quitar de la vista"):
        assert words in told
    (found,) = ana.must("conflicts", "--json").json
    assert [one["value"] for one in found["values"]] == [False, True]
    assert found["values"][0]["unseen"][-1]["value"] == "ya empezó"
    ana.must("settle", "3.6.1", "deleted", "--take", "1")
    assert ana.must("conflicts").out == "No hay diferencias por resolver.\n"
    assert "3.6.1" in ana.must("list").out
