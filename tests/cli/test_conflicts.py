"""conflicts and settle: who says what, having seen what; one difference, or many at once."""

from __future__ import annotations

import pytest

from gealc_tui import invisible

from .conftest import Person

ACTIVITY = "activity/2019/3.1.1"


@pytest.fixture
def apart(ana: Person, beto: Person) -> tuple[Person, Person]:
    """Ana and Beto, who know each other, and a note of Ana's that both have."""
    ana.must("note", "3.1.1", "El BID confirma consultor para abril.")
    ana.must("merge", "--accept", str(beto.sends()))
    beto.must("merge", "--accept", str(ana.sends()))
    return ana, beto


@pytest.fixture
def differing(apart: tuple[Person, Person]) -> tuple[Person, Person]:
    """They differ on the status, the place and the note of one activity, and on the place of another."""
    ana, beto = apart
    (note,) = ana.must("show", "3.1.1", "--json").json["notes"]
    for one, status, place, words in ((ana, "done", "Lima", "en abril"), (beto, "on_hold", "Quito", "para mayo")):
        one.must("status", "3.1.1", status)
        one.must("set", "3.1.1", "place", place)
        one.must("set", "3.9.1", "place", f"{place}, 2019")
        one.must("set", f"note/{note['id']}", "text", f"El BID confirma consultor {words}.")
    ana.must("merge", str(beto.sends()), code=3)
    return ana, beto


def exchanged(ana: Person, beto: Person) -> None:
    """Both hold what both have said."""
    for one, other in ((ana, beto), (beto, ana)):
        assert one.types("merge", str(other.sends())).code in (0, 3)


def conflicts(person: Person) -> dict[tuple[str, str], list[dict[str, object]]]:
    return {(one["entity"], one["field"]): one["values"] for one in person.must("conflicts", "--json").json}


def number_of(person: Person, entity: str, field: str, author: str) -> str:
    return str(next(one["number"] for one in conflicts(person)[entity, field] if one["author"] == author))


# --- conflicts -----------------------------------------------------------------------------------------------------


def test_each_value_says_by_whom_when_and_what_they_had_seen(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    lines = ana.must("conflicts").out.splitlines()
    at = next(place for place, line in enumerate(lines) if line.endswith("● Cumplida"))
    assert lines[at].split()[0] in ("1", "2")
    assert lines[at + 1].strip().startswith("Ana, Uruguay · ")
    assert lines[at + 2].strip() == "había visto: ○ Pendiente"
    at = next(place for place, line in enumerate(lines) if line.endswith("■ Suspendida"))
    assert lines[at + 1].strip().startswith("Beto, Perú · ")
    assert sum("se ve ahora" in line for line in lines) == 4
    assert sum("(documento oficial)" in line for line in lines) >= 2
    assert lines[-1] == "4 diferencias por resolver."


def test_an_activity_is_named_once_above_its_differences(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    out = ana.must("conflicts").out
    assert out.count("2019/3.1.1 Taller") == 1
    assert out.index("2019/3.1.1 Taller") < out.index("2019/3.9.1 ")


def test_the_words_that_differ_are_read_without_colours(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    for out in (ana.must("conflicts").out, ana.must("show", "3.1.1").out):
        first, second = ("en abril", "para mayo") if "[-en abril-]" in out else ("para mayo", "en abril")
        assert f"El BID confirma consultor [-{first}-]." in out
        assert f"El BID confirma consultor {{+{second}+}}." in out
        # Values with no word in common stay as they are.
        assert "1  Quito\n" in out or "1  Lima\n" in out
        assert "\x1b" not in out


def test_a_text_of_several_lines_keeps_them(apart: tuple[Person, Person]) -> None:
    ana, beto = apart
    for one, line in ((ana, "Ana sí."), (beto, "Beto no.")):
        note = one.must("show", "3.1.1", "--json").json["notes"][0]["id"]
        one.must("set", f"note/{note}", "text", f"Una línea.\n\n{line}")
    ana.must("merge", str(beto.sends()), code=3)
    out = ana.must("conflicts").out
    assert "  1  Una línea.\n" in out
    assert "\n     [-Ana sí-].\n" in out or "\n     [-Beto no-].\n" in out


def test_what_a_terminal_would_obey_is_not_in_a_difference(
    apart: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As another program would write them.
    monkeypatch.setattr(invisible, "folded", str)
    ana, beto = apart
    ana.must("set", "3.1.1", "place", "Lima \u202eamil\u202c")
    beto.must("set", "3.1.1", "place", "Quito \u2066x")
    ana.must("merge", str(beto.sends()), code=3)
    out = ana.must("conflicts").out
    assert "Lima amil" in out
    assert not set(out) & set("\u202e\u202c\u2066")


def test_values_that_look_the_same_are_said_to_differ_in_what_nobody_sees(
    apart: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, beto = apart
    ana.must("set", "3.1.1", "place", "San José")
    with monkeypatch.context() as older:
        older.setattr(invisible, "folded", str)
        beto.must("set", "3.1.1", "place", "San\u00a0José")
    ana.must("merge", str(beto.sends()), code=3)
    said = "Se ven iguales: difieren en caracteres que no se ven (espacio fijo, U+00A0)."
    assert said in ana.must("conflicts").out
    assert said in ana.must("show", "3.1.1").out
    ana.must("settle", "3.1.1", "place", "--take", "1")
    assert said not in ana.must("conflicts").out


def test_what_is_typed_with_characters_that_nobody_sees_makes_no_difference(apart: tuple[Person, Person]) -> None:
    ana, beto = apart
    ana.must("set", "3.1.1", "place", "San\u00a0José\u200b")
    beto.must("set", "3.1.1", "place", "San José")
    ana.must("merge", str(beto.sends()))
    assert "No hay diferencias" in ana.must("conflicts").out


def test_a_program_is_told_what_each_had_seen_and_which_is_shown(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    values = conflicts(ana)[ACTIVITY, "place"]
    assert [one["number"] for one in values] == [1, 2]
    assert [one["shown"] for one in values] == [True, False]
    for one in values:
        assert [list(seen) for seen in one["seen"]] == [["value", "author", "country", "at"]]
        assert one["deletes"] is False
    assert ana.must("show", "3.1.1", "--json").json["place"] == values[0]["value"]


# --- settle: one -----------------------------------------------------------------------------------------------------


def test_a_value_is_taken_by_the_number_that_conflicts_shows(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    said = ana.must("settle", "3.1.1", "status", "--take", number_of(ana, ACTIVITY, "status", "Beto")).out
    assert said == "2019/3.1.1 · Estado: Cumplida → Suspendida\n" or said == "2019/3.1.1 · Estado: Suspendida\n"
    assert ana.must("show", "3.1.1", "--json").json["status"] == "on_hold"


def test_another_value_is_written(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    ana.must("settle", "3.1.1", "place", "--write", "Bogotá")
    assert ana.must("show", "3.1.1", "--json").json["place"] == "Bogotá"
    assert (ACTIVITY, "place") not in conflicts(ana)


# --- settle: many ----------------------------------------------------------------------------------------------------


def test_all_of_an_activity_keep_what_is_shown_and_one_undo_takes_it_back(differing: tuple[Person, Person]) -> None:
    ana, beto = differing
    before = ana.must("list", "--json").json[0]
    assert len(ana.must("settle", "--activity", "3.1.1", "--shown").out.splitlines()) == 3
    assert set(conflicts(ana)) == {("activity/2019/3.9.1", "place")}
    assert ana.must("list", "--json").json[0] == {**before, "conflicts": 0}
    ana.must("undo")
    exchanged(ana, beto)
    assert beto.must("list", "--json").json[0]["status"] == before["status"]


def test_all_of_an_activity_are_taken_from_a_person(differing: tuple[Person, Person]) -> None:
    ana, _ = differing
    ana.must("settle", "--activity", "3.1.1", "--from", "Perú")
    (activity, *_) = ana.must("list", "--json").json
    assert (activity["status"], activity["place"], activity["conflicts"]) == ("on_hold", "Quito", 0)
    assert len(conflicts(ana)) == 1


@pytest.mark.parametrize(("option", "place"), [("--from", "Quito"), ("--others", "Lima")])
def test_all_of_a_person_are_settled_in_one_go(differing: tuple[Person, Person], option: str, place: str) -> None:
    ana, _ = differing
    ana.must("settle", option, "beto")
    assert conflicts(ana) == {}
    found = {one["code"]: one["place"] for one in ana.must("list", "--json").json}
    assert (found["3.1.1"], found["3.9.1"]) == (place, f"{place}, 2019")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "Nadie"], "«Nadie» no dice cuál de las personas que están en diferencia"),
        (["--activity", "3.1.2", "--shown"], "No hay ninguna diferencia que se resuelva así."),
        (["--activity", "3.1.2", "--from", "Beto"], "No hay ninguna diferencia que se resuelva así."),
        (["--activity", "9.9.9", "--shown"], "9.9.9"),
        (["3.1.1", "place", "--take", "3"], "No hay una diferencia que resolver"),
    ],
)
def test_what_settles_nothing_is_refused(differing: tuple[Person, Person], arguments: list[str], words: str) -> None:
    ana, _ = differing
    answer = ana.must("settle", *arguments, code=1)
    assert answer.out == ""
    assert words in answer.err
    assert len(conflicts(ana)) == 4


# --- settled by two --------------------------------------------------------------------------------------------------


def test_what_two_settle_differently_is_told_once_again(differing: tuple[Person, Person]) -> None:
    ana, beto = differing
    beto.must("merge", str(ana.sends()), code=3)
    ana.must("settle", "--from", "Ana")
    beto.must("settle", "--from", "Beto")
    ana.must("merge", str(beto.sends()), code=3)
    beto.must("merge", str(ana.sends()), code=3)
    for one in (ana, beto):
        out = one.must("conflicts").out
        assert out.count("≠ Estado") == 1
        assert "4 diferencias por resolver." in out
        (line,) = {line.strip() for line in out.splitlines() if "había visto: ●" in line or "visto: ■" in line}
        assert "● Cumplida (Ana, Uruguay)" in line
        assert "■ Suspendida (Beto, Perú)" in line
    assert ana.must("fingerprint").out == beto.must("fingerprint").out
