"""The official plan as the edits of the genesis log."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gealc_tui import i18n
from gealc_tui.authoring import _genesis_chain
from gealc_tui.documents.genesis import IMPORTER_VERSION, OTHER_BODIES_VERSION, document_hash, genesis_at, genesis_edits
from gealc_tui.documents.plan_text import read_plan
from gealc_tui.domain.change import Edit, canonical, genesis_id, kind_of
from gealc_tui.domain.entities import ENTITIES, fits
from gealc_tui.i18n.countries import NAMES
from gealc_tui.i18n.labels import fold

FILE = Path(__file__).parents[2] / "data" / "plan-2019.txt"
OFFICIAL = FILE.read_text(encoding="utf-8")
PLAN = read_plan(OFFICIAL)
HASH = document_hash(OFFICIAL)
CHANGES = genesis_edits(PLAN, source="plan-2019.txt", sha256=HASH)
SMALL = (
    "PLAN DE TRABAJO 2024\n1) Áreas\n1.1) Datos\nObjetivo: Abrir.\nActividades anuales\n"
    "1.1.1) Taller\nProducto: Acta\nProducto: Mapa\nParticipantes: Todos\nResponsable: Perú"
)


def fields(edits: tuple[Edit, ...], entity: str) -> dict[str, object]:
    return {edit.field: edit.value for edit in edits if edit.entity == entity}


def change_of(entity: str) -> tuple[Edit, ...]:
    return next(edits for edits in CHANGES if edits[0].entity == entity)


def test_the_changes_are_the_plan_then_areas_then_activities_then_observations() -> None:
    firsts = [edits[0].entity for edits in CHANGES]
    assert firsts == [
        "plan/2019",
        *(f"area/{one.id}" for one in PLAN.areas),
        *(f"activity/{one.id}" for one in PLAN.activities),
        *(f"observation/{one.id}" for one in PLAN.observations),
    ]
    assert len(CHANGES) == 1 + 9 + 40 + 32


@pytest.mark.parametrize(
    ("year", "log"),
    [
        ("2019", "genesis-tzwwhi6wkh4ja2ohreb3berz4u"),
        ("2020", "genesis-gc5wbozzqg7pm2mp3vdhtjbypu"),
        ("2021", "genesis-q5yrzhowcecanzxfzhyyiw2die"),
    ],
)
def test_the_networks_documents_give_the_logs_that_they_always_gave(year: str, log: str) -> None:
    """Copies that imported the document years ago hold that very log."""
    text = OFFICIAL.replace("PLAN DE TRABAJO 2019", f"PLAN DE TRABAJO {year}")
    document = read_plan(text)
    edits = genesis_edits(document, source=document.title, sha256=document_hash(text))
    assert genesis_id(_genesis_chain(edits, genesis_at(document))[-1][0]) == log


@pytest.mark.parametrize(
    ("masthead", "body", "id"),
    [
        ("", None, "2024"),
        ("Distr.\nPÚBLICA\n16-11-2023\nORIGINAL: ESPAÑOL\nRed GEALC", None, "2024"),
        ("XII Asamblea anual\nCiudad de Panamá, 15 de noviembre de 2023", None, "2024"),
        ("***Grupo de Trabajo de\nFirma Digital***\n16-11-2023", "Grupo de Trabajo de Firma Digital",
         "2024-grupo-de-trabajo-de-firma-digital"),
        ("Rede Latino-Americana de Dados " * 9, ("Rede Latino-Americana de Dados " * 9)[:120].strip(),
         "2024-rede-latino-americana-de-dados-rede-lati-gym5i7"),
        ("工作组", "工作组", "2024-p563op"),
    ],
)  # fmt: skip
def test_a_document_is_the_networks_or_that_of_the_body_in_its_masthead(
    masthead: str, body: str | None, id: str
) -> None:
    document = read_plan(f"{masthead}\n{SMALL}")
    assert (document.body, document.id) == (body, id)
    first = genesis_edits(document, source="", sha256="")[0]
    assert fields(first, f"plan/{id}").get("body") == body
    assert fields(first, f"plan/{id}")["importer"] == (IMPORTER_VERSION if body is None else OTHER_BODIES_VERSION)


def test_the_first_change_holds_the_plan_and_where_it_came_from() -> None:
    edits = change_of("plan/2019")
    plan = fields(edits, "plan/2019")
    assert [edit.field for edit in edits] == [
        "year", "title", "state", "preamble", "masthead", "source", "source_sha256", "importer",
    ]  # fmt: skip
    assert (plan["year"], plan["title"], plan["state"]) == (2019, "PLAN DE TRABAJO 2019", "approved")
    assert plan["preamble"] == [[one.heading, list(one.paragraphs)] for one in PLAN.preamble]
    assert plan["masthead"] == list(PLAN.masthead)
    assert (plan["source"], plan["source_sha256"], plan["importer"]) == (
        "plan-2019.txt",
        HASH,
        IMPORTER_VERSION,
    )
    assert IMPORTER_VERSION == 1


def test_an_area_is_one_change() -> None:
    assert change_of("area/2019/3.8") == (
        Edit("area/2019/3.8", "plan", "2019"),
        Edit("area/2019/3.8", "code", "3.8"),
        Edit("area/2019/3.8", "title", "Comunicación"),
        Edit(
            "area/2019/3.8",
            "objective",
            "Difundir los avances de la región en materia de Gobierno digital en torno a Red Gealc",
        ),
        Edit("area/2019/3.8", "position", 8),
    )


def test_an_activity_is_one_change_with_its_product() -> None:
    assert change_of("activity/2019/3.5.5-2") == (
        Edit("activity/2019/3.5.5-2", "area", "2019/3.5"),
        Edit("activity/2019/3.5.5-2", "code", "3.5.5"),
        Edit("activity/2019/3.5.5-2", "title", "Reuniones bimensuales del grupo de trabajo"),
        Edit("activity/2019/3.5.5-2", "period", "ANNUAL"),
        Edit("activity/2019/3.5.5-2", "position", 29),
        Edit("activity/2019/3.5.5-2", "place", "Intercambios virtuales."),
        Edit("activity/2019/3.5.5-2", "resources", "Tiempo del grupo de trabajo."),
        Edit("product/2019/3.5.5-2/1", "activity", "2019/3.5.5-2"),
        Edit("product/2019/3.5.5-2/1", "text", "Reporte."),
        Edit("product/2019/3.5.5-2/1", "position", 1),
    )


def test_an_activity_without_product_writes_none() -> None:
    assert {edit.entity for edit in change_of("activity/2019/3.4.4")} == {"activity/2019/3.4.4"}


def test_every_product_of_an_activity_has_its_place() -> None:
    document = read_plan(SMALL)
    edits = genesis_edits(document, source="s", sha256="h")[2]
    assert fields(edits, "product/2024/1.1.1/2") == {"activity": "2024/1.1.1", "text": "Mapa", "position": 2}
    assert fields(edits, "activity/2024/1.1.1")["participants"] == "Todos"


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("Perú", "PE"),
        ("PERU", "PE"),
        ("república dominicana", "DO"),
        ("Perú y Chile", "Perú y Chile"),
        ("Perú.", "Perú."),
        ("Peru (Secretaría de Gobierno Digital)", "Peru (Secretaría de Gobierno Digital)"),
        ("Germany", "Germany"),
        ("PE", "PE"),
    ],
)
def test_a_lead_that_is_a_countrys_spanish_name_is_written_as_its_code(printed: str, written: str) -> None:
    document = read_plan(SMALL.replace("Responsable: Perú", f"Responsable: {printed}"))
    edits = genesis_edits(document, source="s", sha256="h")[2]
    assert document.activities[0].lead == printed
    assert fields(edits, "activity/2024/1.1.1")["lead"] == written


def test_the_language_in_force_makes_no_other_log() -> None:
    document = read_plan(SMALL)
    spanish = genesis_edits(document, source="s", sha256="h")
    i18n.use("en")
    try:
        assert genesis_edits(document, source="s", sha256="h") == spanish
    finally:
        i18n.use(i18n.SOURCE)


def test_a_country_in_another_field_stays_the_printed_text() -> None:
    document = read_plan(SMALL.replace("Participantes: Todos", "Participantes: Chile"))
    edits = genesis_edits(document, source="s", sha256="h")[2]
    assert fields(edits, "activity/2024/1.1.1")["participants"] == "Chile"


def test_no_two_countries_have_names_alike() -> None:
    assert len({fold(name) for name in NAMES.values()}) == len(NAMES)


def test_an_observation_is_one_change() -> None:
    assert change_of("observation/2019/268-doubtful_lead") == (
        Edit("observation/2019/268-doubtful_lead", "about", "activity/2019/3.5.2"),
        Edit("observation/2019/268-doubtful_lead", "kind", "doubtful_lead"),
        Edit("observation/2019/268-doubtful_lead", "line", 268),
        Edit("observation/2019/268-doubtful_lead", "text", "Responsable: Chile"),
        Edit("observation/2019/268-doubtful_lead", "related", ["activity/2019/3.5.4"]),
    )


def test_nothing_is_written_that_the_document_does_not_print() -> None:
    assert all(edit.value is not None and edit.over == () for edits in CHANGES for edit in edits)
    assert "lead" not in {edit.field for edits in CHANGES for edit in edits}


def test_every_register_is_written_once() -> None:
    registers = [(edit.entity, edit.field) for edits in CHANGES for edit in edits]
    assert len(set(registers)) == len(registers)


def test_every_edit_fits_the_entities_of_the_plan() -> None:
    misfits = [edit for edits in CHANGES for edit in edits if not fits(kind_of(edit.entity), edit.field, edit.value)]
    assert misfits == []
    assert {kind_of(edit.entity) for edits in CHANGES for edit in edits} <= set(ENTITIES)


def test_every_value_is_plain_json() -> None:
    for edits in CHANGES:
        for edit in edits:
            assert json.loads(canonical(edit.value)) == edit.value
            assert type(edit.value) in (int, str, list)


@pytest.mark.parametrize(
    "copy",
    [
        "\ufeff" + OFFICIAL,
        OFFICIAL.replace("\n", "\r\n"),
        "\ufeff" + OFFICIAL.replace("\n", "  \r\n") + "\r\n",
        OFFICIAL.replace("ó", "o\u0301"),
    ],
    ids=["byte order mark", "CRLF", "everything", "decomposed"],
)
def test_a_copy_that_mail_or_an_editor_altered_makes_the_same_log(copy: str) -> None:
    assert copy != OFFICIAL
    assert document_hash(copy) == HASH
    assert genesis_edits(read_plan(copy), source="plan-2019.txt", sha256=document_hash(copy)) == CHANGES


def test_another_text_has_another_hash() -> None:
    assert document_hash(OFFICIAL.replace("Chile", "Perú")) != HASH
    assert document_hash(OFFICIAL.replace("\n\n", "\n")) != HASH


def test_the_hash_of_a_clean_document_is_that_of_its_file() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == HASH


def test_the_hash_of_any_text_can_be_taken() -> None:
    assert len(document_hash("\ud800")) == 64


def test_the_log_is_dated_at_midnight_of_the_documents_date() -> None:
    assert datetime.fromtimestamp(genesis_at(PLAN) / 1000, UTC) == datetime(2018, 11, 16, tzinfo=UTC)


def test_without_a_date_the_log_is_dated_at_the_start_of_the_year() -> None:
    at = genesis_at(read_plan(SMALL))
    assert datetime.fromtimestamp(at / 1000, UTC) == datetime(2024, 1, 1, tzinfo=UTC)


def test_a_date_before_1970_is_no_obstacle() -> None:
    assert genesis_at(read_plan("01-01-0001\n" + SMALL)) == -62_135_596_800_000
