"""list, show, log, conflicts, people: for people and, with --json, for programs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gealc_tui.replica import Replica

from .conftest import MakePerson, Person

LIST_KEYS = [
    "id",
    "code",
    "title",
    "area",
    "area_title",
    "period",
    "status",
    "progress",
    "products",
    "participants",
    "place",
    "resources",
    "lead",
    "co_leads",
    "due",
    "alerts",
    "conflicts",
    "notes",
    "plan",
    "origin",
    "order",
    "withdrawn",
]
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@pytest.fixture
def reader(person: MakePerson) -> Person:
    return person()


def test_the_list_holds_the_activities_in_the_order_of_the_plan(reader: Person) -> None:
    found = reader.must("list", "--json").json
    assert len(found) == 40
    assert [one["id"] for one in found][:3] == ["2019/3.1.1", "2019/3.1.2", "2019/3.1.3"]
    assert [one["code"] for one in found if one["area"] == "3.2"][-2:] == ["3.2.5", "3.2.4"]


def test_an_activity_in_the_list_has_exactly_these_keys(reader: Person) -> None:
    for one in reader.must("list", "--json").json:
        assert list(one) == LIST_KEYS
        for product in one["products"]:
            assert list(product) == ["id", "text", "delivered", "evidence", "units", "withdrawn"]


def test_the_list_tells_codes_and_stored_values_and_no_labels(reader: Person) -> None:
    first = reader.must("list", "--json").json[0]
    assert first["area"] == "3.1"
    assert first["area_title"] == "Servicios transfronterizos"
    assert first["period"] == "S1"
    assert first["status"] == "pending"
    assert first["alerts"] == ["overdue", "unreported"]
    assert (first["progress"], first["lead"], first["due"]) == (None, None, None)
    assert (first["co_leads"], first["conflicts"], first["notes"]) == ([], 0, 0)
    assert first["products"][0]["id"] == "2019/3.1.1/1"


def test_json_is_utf_8_without_escapes_and_indented_by_two(reader: Person) -> None:
    out = reader.must("list", "--json").out
    assert out.startswith('[\n  {\n    "id"')
    assert "países" in out
    assert "\\u" not in out


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (["--area", "3.1"], 5),
        (["--area", "2019/3.1"], 5),
        (["--period", "S1"], 10),
        (["--period", "s2"], 14),
        (["--period", "ANNUAL"], 16),
        (["--status", "pending"], 40),
        (["--status", "done"], 0),
        (["--area", "3.1", "--period", "S2"], 2),
    ],
)
def test_the_list_is_filtered(reader: Person, filters: list[str], count: int) -> None:
    assert len(reader.must("list", *filters, "--json").json) == count


def test_an_area_that_is_not_in_the_plan_is_refused(reader: Person) -> None:
    answer = reader.must("list", "--area", "9.9", code=1)
    assert answer.out == ""
    assert "«9.9»" in answer.err


def test_the_list_for_people_shows_mark_and_word_and_cuts_nothing(reader: Person) -> None:
    out = reader.must("list").out
    assert "○ Pendiente" in out
    assert "! Vencida" in out
    assert "…" not in out
    assert "\x1b" not in out
    assert "acompañado de sesiones de inducción a los miembros para su implementación." in out


def test_the_columns_of_the_list_are_aligned(reader: Person) -> None:
    lines = reader.must("list").out.splitlines()
    place = lines[0].index("Estado")
    assert {line[place] for line in lines if "Pendiente" in line} == {"○"}


def test_the_list_refers_to_an_ambiguous_code_by_its_id(reader: Person) -> None:
    references = [line.split()[0] for line in reader.must("list", "--area", "3.2").out.splitlines()[2:]]
    assert references == ["3.2.1", "3.2.2", "3.2.3", "2019/3.2.4", "3.2.5", "2019/3.2.4-2"]


def test_every_reference_in_the_list_can_be_typed(reader: Person) -> None:
    for line in reader.must("list", "--area", "3.5").out.splitlines()[2:]:
        reader.must("show", line.split()[0])


def test_a_base_without_a_plan_lists_nothing_and_says_so(reader: Person, tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    Replica(empty, tmp_path / "keys").close()
    assert reader.must("list", "--db", str(empty), "--json").json == []
    answer = reader.must("list", "--db", str(empty))
    assert answer.out == ""
    assert "gealc import" in answer.err


# --- show ----------------------------------------------------------------------------------------------------


def test_show_adds_notes_conflicts_and_observations_to_what_the_list_tells(reader: Person) -> None:
    found = reader.must("show", "3.5.2", "--json").json
    assert list(found) == [*LIST_KEYS, "observations", "series", "depends", "needed_by", "translations"]
    assert found["notes"] == []
    assert found["conflicts"] == []
    assert found["observations"][0] == {
        "kind": "unlabelled_line",
        "line": 264,
        "text": "Documento con detalle de metodologías y experiencias",
    }


def test_show_gives_a_note_with_its_author_and_moment(ana: Person) -> None:
    ana.must("note", "3.1.1", "Hecho [x]", "--internal")
    (note,) = ana.must("show", "3.1.1", "--json").json["notes"]
    assert list(note) == ["id", "author", "country", "at", "text", "official"]
    assert (note["author"], note["country"], note["text"], note["official"]) == ("Ana", "UY", "Hecho [x]", False)
    assert INSTANT.fullmatch(note["at"])
    assert ana.must("show", f"note/{note['id']}", "--json").json["id"] == "2019/3.1.1"


def test_show_for_people_labels_every_field(ana: Person) -> None:
    ana.must("set", "3.1.1", "lead", "Perú")
    ana.must("set", "3.1.1", "due", "15/08/2019")
    ana.must("set", "product/2019/3.1.1/1", "evidence", "https://ejemplo.uy/acta")
    ana.must("note", "3.1.1", "Primera línea\n[/] segunda")
    out = ana.must("show", "3.1.1").out
    assert re.search(r"Responsable: +Perú", out)
    assert re.search(r"Plazo: +15/08/2019", out)
    assert re.search(r"Financiador: +—", out)
    assert "Medio de verificación: https://ejemplo.uy/acta" in out
    assert "    Primera línea\n    [/] segunda" in out


def test_show_words_the_observations_of_the_document(reader: Person) -> None:
    out = reader.must("show", "2019/3.2.4-2").out
    assert "El código ya está en otra actividad" in out
    assert "línea 128" in out


def test_every_kind_of_observation_has_words() -> None:
    from gealc_tui.documents.plan_document import ObservationKind
    from gealc_tui.i18n.labels import observation_label

    for kind in ObservationKind:
        assert observation_label(kind) != kind.value


def test_an_area_is_shown_with_its_notes(ana: Person) -> None:
    ana.must("note", "3.1", "Sobre el área")
    found = ana.must("show", "3.1", "--json").json
    assert found["title"] == "Servicios transfronterizos"
    assert [note["text"] for note in found["notes"]] == ["Sobre el área"]
    out = ana.must("show", "3.1").out
    assert "Sobre el área" in out
    assert "2019/3.1.5" in out


@pytest.mark.parametrize("command", ["show", "log"])
def test_an_ambiguous_code_lists_the_choices(reader: Person, command: str) -> None:
    answer = reader.must(command, "3.2.4", code=1)
    assert answer.out == ""
    assert "2019/3.2.4  Implementar un GobCamp" in answer.err
    assert "2019/3.2.4-2  Reuniones bimensuales" in answer.err


@pytest.mark.parametrize("ref", ["9.9.9", "", "2019/9.9.9", "note/nada", "plan/2019", "'; DROP TABLE logs; --", "%"])
def test_an_unknown_reference_is_refused(reader: Person, ref: str) -> None:
    answer = reader.must("show", ref, code=1)
    assert answer.out == ""
    assert answer.err.count("\n") == 1


# --- log -----------------------------------------------------------------------------------------------------


def test_the_log_of_an_activity_tells_its_changes_oldest_first(ana: Person) -> None:
    ana.must("status", "3.1.1", "in_progress")
    ana.must("status", "3.1.1", "done")
    found = ana.must("log", "3.1.1", "--json").json
    assert len(found) == 3
    assert list(found[1]) == ["id", "replica", "author", "country", "seq", "at", "edits"]
    assert found[1]["author"] == "Ana"
    assert found[1]["replica"] == ana.id
    assert INSTANT.fullmatch(found[1]["at"])
    assert [one["edits"] for one in found[1:]] == [
        [{"entity": "activity/2019/3.1.1", "field": "status", "before": "pending", "after": "in_progress"}],
        [{"entity": "activity/2019/3.1.1", "field": "status", "before": "in_progress", "after": "done"}],
    ]


def test_the_whole_log_holds_the_document_and_everything_since(ana: Person) -> None:
    ana.must("status", "3.1.1", "done")
    found = ana.must("log", "--json").json
    assert found[0]["replica"].startswith("genesis-")
    assert {edit["entity"].partition("/")[0] for edit in found[-1]["edits"]} == {"activity"}


def test_the_log_for_people_says_who_and_from_what_to_what(ana: Person) -> None:
    ana.must("status", "3.1.1", "done", "--note", "En [Montevideo]")
    out = ana.must("log", "3.1.1").out
    assert "Ana, Uruguay" in out
    assert "documento oficial" in out
    assert "3.1.1 · Estado: Pendiente → Cumplida" in out
    assert "3.1.1 · Nota: En [Montevideo]" in out
    assert "3.1.1 · Estado: Pendiente → Cumplida" in ana.must("log").out


# --- people --------------------------------------------------------------------------------------------------


def test_people_tells_what_is_known_of_each(ana: Person) -> None:
    (own,) = ana.must("people", "--json").json
    assert list(own) == [
        "replica",
        "name",
        "country",
        "role",
        "trust",
        "last",
        "missing",
        "acknowledged",
        "aside",
        "email",
        "holders",
        "heard",
        "asks",
        "successor",
        "branches",
        "scribe_of",
        "handed_over",
    ]
    assert (own["name"], own["country"], own["role"], own["trust"]) == ("Ana", "UY", "focal", "self")
    out = ana.must("people").out
    assert own["replica"][:8] in out
    assert "Punto focal" in out


def test_nobody_is_known_in_a_fresh_copy(reader: Person) -> None:
    assert reader.must("people", "--json").json == []
    assert reader.must("people").out == ""


def test_without_differences_there_is_nothing_to_settle(reader: Person) -> None:
    assert reader.must("conflicts", "--json").json == []
    assert reader.must("conflicts").out == "No hay diferencias por resolver.\n"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_that_exists_is_a_day_since_when(ana: Person, day: str) -> None:
    ana.must("list", "--since", day)
    ana.must("log", "--since", day)
