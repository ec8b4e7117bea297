"""The reader of the official plan, against the plan of 2019 and against plans made up for the purpose."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gealc_tui.documents.plan_document import (
    Activity,
    Expected,
    LineUse,
    Observation,
    ObservationKind,
    PlanDocument,
    Use,
    product_id,
)
from gealc_tui.documents.plan_lines import LARGEST_DOCUMENT, LONGEST_LINE, MOST_LINES, document_lines
from gealc_tui.documents.plan_text import LONGEST_FIELD, MOST_ACTIVITIES, read_plan
from gealc_tui.domain import entities
from gealc_tui.domain.vocabulary import Period
from gealc_tui.errors import DocumentUnreadable

OFFICIAL = (Path(__file__).parents[2] / "data" / "plan-2019.txt").read_text(encoding="utf-8")
LINES = OFFICIAL.split("\n")
PLAN = read_plan(OFFICIAL)
BY_ID = {activity.id: activity for activity in PLAN.activities}

# id after "2019/", printed code, period, title
ACTIVITIES = """
3.1.1   3.1.1  S1     Taller regional
3.1.2   3.1.2  S2     Dos talleres presenciales (de tres) para trazar hojas de ruta para alcanzar la armonización en firma digital transfronteriza.
3.1.3   3.1.3  S2     Dos intercambios de cooperación horizontal
3.1.4   3.1.4  ANNUAL Estudio de políticas de seguridad y requisitos técnicos, análisis de brechas y recomendaciones para el reconocimiento de la firma electrónica e identidad digital
3.1.5   3.1.5  ANNUAL Espacio sobre este eje en el web de Red Gealc
3.2.1   3.2.1  ANNUAL Guía sobre privacidad.
3.2.2   3.2.2  ANNUAL Guía de políticas nacionales.
3.2.3   3.2.3  ANNUAL Discusión y análisis de guía de datos anticorrupción.
3.2.4   3.2.4  ANNUAL Implementar un GobCamp de Datos Abiertos en el marco de las Conferencias Regionales ABRELATAM Y CONDATOS.
3.2.5   3.2.5  ANNUAL Desarrollo de un plugin para CKAN que permita la implementación del Perfil Regional de Metadatos, acompañado de sesiones de inducción a los miembros para su implementación.
3.2.4-2 3.2.4  ANNUAL Reuniones bimensuales del grupo de trabajo
3.3.1   3.3.1  S1     Facilitar insumos para Estudio sobre compras TIC.
3.3.2   3.3.2  S1     Difundir regionalmente Estudio sobre mGobierno y buscar articulación con el sector privado.
3.3.3   3.3.3  S2     Facilitar insumos para Estudio sobre e-ID.
3.3.4   3.3.4  S2     Facilitar insumos para Estudio sobre calidad en la entrega de servicios.
3.3.5   3.3.5  S2     Misión técnica de ganadores de los premios excelGOB 2018.
3.3.6   3.3.6  ANNUAL Promover que los grupos de trabajo que estén en condiciones, produzcan un paper académico sobre algún aspecto de su labor.
3.4.1   3.4.1  S1     Cronograma y cuestionario de recolección de indicadores.
3.4.2   3.4.2  S1     Recolección de indicadores con corte 2018.
3.4.3   3.4.3  S2     Análisis de medición 2018.
3.4.4   3.4.4  S2     Presentación de resultados en reunión anual de Red Gealc
3.4.5   3.4.5  ANNUAL Reuniones bimensuales del grupo de trabajo
3.5.1   3.5.1  S1     Relevamiento de indicadores de innovación para los Labs de Gobierno
3.5.2   3.5.2  S1     Preparación del relevamiento de metodologías de Labs de Innovación de Gobierno
3.5.3   3.5.3  S1     Preparación del relevamiento de Experiencias de innovación en Gobierno Digital
3.5.4   3.5.4  S2     Relevamiento de metodologías de Labs de Innovación de Gobierno
3.5.5   3.5.5  S2     Nombre de la actividad: Relevamiento de indicadores de innovación para los Labs de Gobierno
3.5.6   3.5.6  S2     Experiencias de innovación en Gobierno Digital
3.5.5-2 3.5.5  ANNUAL Reuniones bimensuales del grupo de trabajo
3.6.1   3.6.1  S1     Relevamiento para análisis de experiencias internacionales en el uso de la inteligencia artificial para la provisión de servicios de gobierno digital.
3.6.2   3.6.2  S2     Documento sobre experiencias internacionales en el uso de la inteligencia artificial para la provisión de servicios de gobierno digital
3.6.3   3.6.3  S2     Seminario sobre blockchain y sus posibles usos asociados a la firma electrónica y los servicios digitales transfronterizos
3.6.4   3.6.4  ANNUAL Reuniones bimensuales del grupo de trabajo
3.7.1   3.7.1  ANNUAL Actualizar la plataforma regional
3.7.2   3.7.2  ANNUAL Reuniones bimensuales del grupo de trabajo
3.8.1   3.8.1  ANNUAL Actualización de contenidos en web y redes sociales de Red Gealc.
3.8.2   3.8.2  ANNUAL Fortalecer el posicionamiento de la Red y articular con otros mecanismos.
3.9.1   3.9.1  S1     Plan de Acción de la Reunión.
3.9.2   3.9.2  S2     Documentos de la reunión.
3.9.3   3.9.3  S2     Elección de autoridades y aprobación de documentos.
"""  # noqa: E501 - titles are not broken

AREAS = """
3.1 Servicios transfronterizos
3.2 Datos abiertos
3.3 Gestión del Conocimiento
3.4 Medición del gobierno digital
3.5 Innovación en el sector público
3.6 Tecnologías emergentes
3.7 Software público
3.8 Comunicación
3.9 Reunión anual de la Red Gealc
"""

FIELDS_READ_SIMPLY = {
    "Producto": "products",
    "Participantes": "participants",
    "Lugar": "place",
    "Recursos": "resources",
}

# line, kind, about, related
OBSERVATIONS = """
14   no_dates             plan/2019
46   quantity_in_words    activity/2019/3.1.2
50   quantity_in_words    activity/2019/3.1.2
56   quantity_in_words    activity/2019/3.1.3
64   heading_variant      area/2019/3.1
76   trailing_comma       activity/2019/3.1.5
128  ambiguous_frequency  activity/2019/3.2.4-2
128  duplicate_code       activity/2019/3.2.4-2  3.2.4
128  out_of_order         activity/2019/3.2.4-2  3.2.5
128  repeated_title       activity/2019/3.2.4-2  3.4.5 3.5.5-2 3.6.4 3.7.2
226  missing_product      activity/2019/3.4.4
234  ambiguous_frequency  activity/2019/3.4.5
234  repeated_title       activity/2019/3.4.5    3.2.4-2 3.5.5-2 3.6.4 3.7.2
248  repeated_title       activity/2019/3.5.1    3.5.5
264  unlabelled_line      activity/2019/3.5.2    3.5.4
266  label_variant        activity/2019/3.5.2    3.5.4
266  second_value         activity/2019/3.5.2    3.5.4
268  doubtful_lead        activity/2019/3.5.2    3.5.4
278  heading_variant      area/2019/3.5
288  label_variant        activity/2019/3.5.5
288  repeated_title       activity/2019/3.5.5    3.5.1
306  ambiguous_frequency  activity/2019/3.5.5-2
306  duplicate_code       activity/2019/3.5.5-2  3.5.5
306  out_of_order         activity/2019/3.5.5-2  3.5.6
306  repeated_title       activity/2019/3.5.5-2  3.2.4-2 3.4.5 3.6.4 3.7.2
348  ambiguous_frequency  activity/2019/3.6.4
348  repeated_title       activity/2019/3.6.4    3.2.4-2 3.4.5 3.5.5-2 3.7.2
370  ambiguous_frequency  activity/2019/3.7.2
370  repeated_title       activity/2019/3.7.2    3.2.4-2 3.4.5 3.5.5-2 3.6.4
382  heading_variant      area/2019/3.8
388  repeated_label       activity/2019/3.8.1
418  several_products     activity/2019/3.9.2
"""


A = ("1.1.1) Taller", "Producto: Acta")
"""The lines of an activity that nothing is the matter with."""


def rows(table: str, columns: int) -> list[list[str]]:
    return [line.split(None, columns - 1) for line in table.strip().splitlines()]


def noticed(document: PlanDocument, *kinds: ObservationKind) -> list[tuple[int, str, str]]:
    """Line, kind and about of the observations, without the one that every plan without dates has."""
    return [
        (one.line, one.kind.value, one.about.partition("/")[2].partition("/")[2] or one.about)
        for one in document.observations
        if (one.kind in kinds if kinds else one.kind is not ObservationKind.NO_DATES)
    ]


def plan(*body: str, year: int = 2024) -> str:
    """A plan with one area (lines 1 to 5 are the same in all); `body` begins at line 6."""
    start = (
        f"PLAN DE TRABAJO {year}",
        "1) Áreas de trabajo",
        "1.1) Datos",
        "Objetivo: Abrir.",
        "Actividades anuales",
    )
    return "\n".join((*start, *body))


def activity_of(*fields: str) -> Activity:
    return read_plan(plan("1.1.1) Taller", *fields)).activities[0]


def refusal(text: str) -> tuple[int, str, str]:
    with pytest.raises(DocumentUnreadable) as caught:
        read_plan(text)
    return caught.value.line, caught.value.expected, caught.value.found


# The plan of 2019


def test_the_40_activities_have_the_printed_codes_periods_and_titles_in_the_printed_order() -> None:
    read = [[one.id.removeprefix("2019/"), one.code, one.period.value, one.title] for one in PLAN.activities]
    assert read == rows(ACTIVITIES, 4)
    assert [one.position for one in PLAN.activities] == list(range(1, 41))


def test_the_9_areas_have_the_printed_codes_and_names() -> None:
    assert [[one.code, one.title] for one in PLAN.areas] == rows(AREAS, 2)
    assert [one.id for one in PLAN.areas] == [f"2019/3.{number}" for number in range(1, 10)]
    assert [one.position for one in PLAN.areas] == list(range(1, 10))


def test_the_first_half_year_has_10_activities_the_second_14_and_the_whole_year_16() -> None:
    assert Counter(one.period for one in PLAN.activities) == {Period.S1: 10, Period.S2: 14, Period.ANNUAL: 16}


def test_every_activity_belongs_to_the_area_of_its_code() -> None:
    assert all(one.area == f"2019/{one.code.rpartition('.')[0]}" for one in PLAN.activities)


def test_every_objective_is_the_line_after_its_area() -> None:
    for area in PLAN.areas:
        assert LINES[area.line - 1] == f"{area.code}) {area.title}"
        assert LINES[area.line + 1] == f"Objetivo: {area.objective}"


def simple_blocks() -> list[tuple[int, list[str]]]:
    """Each activity's line number and labelled lines, up to the first line without a label."""
    blocks: list[tuple[int, list[str]]] = []
    open_block = False
    for number, line in enumerate(LINES, start=1):
        if re.match(r"3\.[0-9]\.[0-9]\)", line):
            blocks.append((number, []))
            open_block = True
        elif line and not re.match("(Producto|Participantes|Lugar|Recursos): ", line):
            open_block = False
        elif line and open_block:
            blocks[-1][1].append(line)
    return blocks


@pytest.mark.parametrize(
    ("activity", "block"), list(zip(PLAN.activities, simple_blocks(), strict=True)), ids=list(BY_ID)
)
def test_every_field_is_what_a_simple_reading_of_the_lines_finds(
    activity: Activity, block: tuple[int, list[str]]
) -> None:
    line, labelled = block
    expected: dict[str, object] = {"products": (), "participants": None, "place": None, "resources": None}
    for text in labelled:
        label, _, value = text.partition(": ")
        name = FIELDS_READ_SIMPLY[label]
        expected[name] = (value,) if name == "products" else value
    assert activity.line == line
    assert {name: getattr(activity, name) for name in expected} == expected
    assert activity.lead is None


def test_the_counts_of_the_printed_fields_are_those_of_the_document() -> None:
    assert sum(len(one.products) for one in PLAN.activities) == 39
    assert sum(one.participants is not None for one in PLAN.activities) == 2
    assert sum(one.place is not None for one in PLAN.activities) == 40
    assert sum(one.resources is not None for one in PLAN.activities) == 40


def test_the_masthead_gives_the_date_and_the_title_the_year() -> None:
    assert (PLAN.year, PLAN.title, PLAN.date, PLAN.ref) == (
        2019,
        "PLAN DE TRABAJO 2019",
        date(2018, 11, 16),
        "plan/2019",
    )
    assert PLAN.masthead == (
        "Distr.",
        "PÚBLICA",
        "16-11-2018",
        "ORIGINAL: ESPAÑOL",
        "***XII Asamblea anual de la",
        "Red de Gobierno Electrónico y América Latina y el Caribe***",
        "Ciudad de Panamá, 15 y 16 de noviembre de 2018",
    )


def test_the_preamble_has_its_two_sections_whole() -> None:
    assert [(one.heading, one.paragraphs) for one in PLAN.preamble] == [
        ("1) Antecedentes", (LINES[17], LINES[19])),
        ("2) Finalidad", (LINES[23],)),
    ]
    assert PLAN.areas_heading == "3) Áreas de trabajo"


def where(use: Use, entity: str) -> list[str]:
    """The texts of the place that a use names, each as a whole line of the document would print it."""
    kind, _, id = entity.partition("/")
    if kind == "observation":
        return [one.text for one in PLAN.observations if one.id == id]
    if kind == "plan":
        return {
            Use.MASTHEAD: list(PLAN.masthead),
            Use.TITLE: [PLAN.title],
            Use.SECTION_HEADING: [*(one.heading for one in PLAN.preamble), PLAN.areas_heading],
            Use.PREAMBLE: [text for one in PLAN.preamble for text in one.paragraphs],
        }[use]
    if kind == "area":
        area = next(one for one in PLAN.areas if one.id == id)
        return {
            Use.AREA_HEADING: [f"{area.code}) {area.title}"],
            Use.OBJECTIVE: [f"Objetivo: {area.objective}"],
            Use.PERIOD_HEADING: [one.text for one in area.period_headings],
        }[use]
    if kind == "product":
        owner, _, position = id.rpartition("/")
        return [f"Producto: {BY_ID[owner].products[int(position) - 1]}"]
    activity = BY_ID[id]
    return {
        Use.ACTIVITY_TITLE: [f"{activity.code}) {activity.title}"],
        Use.PARTICIPANTS: [f"Participantes: {activity.participants}"],
        Use.PLACE: [f"Lugar: {activity.place}"],
        Use.RESOURCES: [f"Recursos: {activity.resources}"],
    }[use]


def test_no_line_of_the_document_is_unaccounted_for() -> None:
    printed = [number for number, line in enumerate(LINES, start=1) if line.strip()]
    assert [use.line for use in PLAN.uses] == printed


@pytest.mark.parametrize("use", PLAN.uses, ids=lambda use: str(use.line))
def test_every_line_is_found_whole_where_the_document_says_that_it_went(use: LineUse) -> None:
    assert LINES[use.line - 1] in where(use.use, use.entity)


def test_the_uses_of_the_lines_are_as_many_as_the_document_has_of_each() -> None:
    assert Counter(use.use for use in PLAN.uses) == {
        Use.MASTHEAD: 7,
        Use.TITLE: 1,
        Use.SECTION_HEADING: 3,
        Use.PREAMBLE: 3,
        Use.AREA_HEADING: 9,
        Use.OBJECTIVE: 9,
        Use.PERIOD_HEADING: 20,
        Use.ACTIVITY_TITLE: 40,
        Use.PRODUCT: 39,
        Use.PARTICIPANTS: 2,
        Use.PLACE: 40,
        Use.RESOURCES: 40,
        Use.OBSERVATION: 3,
    }


# Its irregularities


def test_all_the_observations_are_these_and_no_others() -> None:
    expected = []
    for row in rows(OBSERVATIONS, 4):
        line, kind, about, related = *row[:3], row[3] if len(row) > 3 else ""
        expected.append((int(line), kind, about, tuple(f"activity/2019/{code}" for code in related.split())))
    assert [(one.line, one.kind.value, one.about, one.related) for one in PLAN.observations] == expected


def test_an_observation_holds_its_line_whole_and_is_named_by_line_and_kind() -> None:
    for one in PLAN.observations:
        assert one.text == LINES[one.line - 1]
        assert one.id == f"2019/{one.line}-{one.kind.value}"
    assert len({one.id for one in PLAN.observations}) == len(PLAN.observations)


def test_two_activities_may_bear_one_code_and_keep_ids_of_their_own() -> None:
    assert [one.id for one in PLAN.activities if one.code == "3.2.4"] == ["2019/3.2.4", "2019/3.2.4-2"]
    assert [one.id for one in PLAN.activities if one.code == "3.5.5"] == ["2019/3.5.5", "2019/3.5.5-2"]
    assert BY_ID["2019/3.5.5"].title.startswith("Nombre de la actividad: ")


def test_what_is_printed_oddly_stays_as_printed() -> None:
    assert BY_ID["2019/3.8.1"].place == "Lugar: Virtual."
    assert BY_ID["2019/3.1.5"].products == ("Espacio en la web,",)
    assert BY_ID["2019/3.9.2"].products == ("Informe 2019, Plan de trabajo 2020, Comunicación de Buenos Aires.",)
    assert BY_ID["2019/3.4.4"].products == ()


def test_the_lines_after_3_5_2_are_assigned_to_no_activity() -> None:
    assert BY_ID["2019/3.5.2"].products == ("Ficha base para ordenar la información",)
    assert BY_ID["2019/3.5.2"].resources == BY_ID["2019/3.5.4"].resources == "Tiempo del grupo de trabajo."
    assert not [one for one in PLAN.activities if one.lead]
    kept = [one for one in PLAN.observations if one.line in (264, 266, 268)]
    assert {one.about for one in kept} == {"activity/2019/3.5.2"}
    assert {one.related for one in kept} == {("activity/2019/3.5.4",)}
    assert "Responsable: Chile" in {one.text for one in kept}


def test_six_spellings_of_the_period_headings_are_kept() -> None:
    headings = {one.text: one.period.value for area in PLAN.areas for one in area.period_headings}
    assert headings == {
        "Actividades del primer semestre": "S1",
        "Actividades del segundo semestre": "S2",
        "Actividades segundo semestre": "S2",
        "Actividades anuales": "ANNUAL",
        "Actividades de carácter anual": "ANNUAL",
        "Actividades del carácter anual": "ANNUAL",
    }


# Other plans


def test_a_plan_of_another_year_with_other_areas_is_read() -> None:
    document = read_plan(
        "Distr.\n3/12/2030\n\nPlan Anual de Trabajo 2031\n\n1) Finalidad\n\nOrdenar.\n\n"
        "2) Ejes de trabajo\n\n"
        "2.1) Nube\n\nObjetivo: Subir.\n\nActividades del 2do semestre\n\n"
        "2.1.10) Estudio\n\nProducto: Informe\n\nResponsable: Uruguay\n\n"
        "2.2) Identidad\n\nObjetivo: Ser.\n\nActividad anual\n\n2.2.1) Mesa\n\nProducto: Acta"
    )
    assert (document.year, document.date, document.title) == (
        2031,
        date(2030, 12, 3),
        "Plan Anual de Trabajo 2031",
    )
    assert [one.id for one in document.areas] == ["2031/2.1", "2031/2.2"]
    read = [(one.id, one.area, one.period, one.lead, one.place) for one in document.activities]
    assert read == [
        ("2031/2.1.10", "2031/2.1", Period.S2, "Uruguay", None),
        ("2031/2.2.1", "2031/2.2", Period.ANNUAL, None, None),
    ]
    assert noticed(document) == []


def test_a_responsable_in_its_ordinary_place_is_the_lead() -> None:
    assert activity_of("Producto: Acta", "Responsable: Costa Rica.").lead == "Costa Rica."


def test_products_printed_one_after_the_other_are_several_products() -> None:
    text = plan("1.1.1) Taller", "Producto: Acta", "Producto: Informe", "Lugar: Quito")
    document = read_plan(text)
    assert document.activities[0].products == ("Acta", "Informe")
    assert [use.entity for use in document.uses if use.use is Use.PRODUCT] == [
        "product/2024/1.1.1/1",
        "product/2024/1.1.1/2",
    ]
    assert product_id("2024/1.1.1", 2) == "2024/1.1.1/2"
    assert noticed(document) == []


def test_a_label_met_a_second_time_is_kept_as_an_observation() -> None:
    document = read_plan(plan("1.1.1) Taller", "Producto: Acta", "Lugar: Quito", "Producto: Informe", "Lugar: Lima"))
    assert (document.activities[0].products, document.activities[0].place) == (("Acta",), "Quito")
    assert noticed(document) == [(9, "second_value", "1.1.1"), (10, "second_value", "1.1.1")]


def test_after_an_unlabelled_line_every_field_is_doubtful_until_the_next_heading() -> None:
    document = read_plan(
        plan(
            "1.1.1) Taller",
            "Mapa",
            "Producto: Acta",
            "Responsable: Perú",
            "1.1.2) Mesa",
            "Producto: Mapa.",
            "Responsable: Cuba",
        )
    )
    assert [(one.products, one.lead) for one in document.activities] == [((), None), (("Mapa.",), "Cuba")]
    assert noticed(document) == [
        (6, "missing_product", "1.1.1"),
        (7, "unlabelled_line", "1.1.1"),
        (8, "doubtful_value", "1.1.1"),
        (9, "doubtful_lead", "1.1.1"),
    ]
    assert {one.related for one in document.observations if one.line in (7, 8, 9)} == {("activity/2024/1.1.2",)}


def test_an_unlabelled_line_that_equals_nothing_is_related_to_nothing() -> None:
    document = read_plan(plan("1.1.1) Taller", "Producto: Acta", "Algo"))
    itself = read_plan(plan("1.1.1) Taller", "Producto: Acta", "Acta"))
    assert [one.related for one in itself.observations if one.kind == "unlabelled_line"] == [()]
    assert [one.related for one in document.observations if one.kind is ObservationKind.UNLABELLED_LINE] == [()]


def test_lines_between_the_headings_of_an_area_are_kept_as_observations_about_it() -> None:
    document = read_plan(
        "PLAN DE TRABAJO 2024\n1) Áreas\nIntroducción\n1.1) Datos\nObjetivo: Abrir.\nY cerrar.\n"
        "Actividades anuales\nVéase el anexo\n1.1.1) Taller\nProducto: Acta"
    )
    assert noticed(document) == [
        (3, "unlabelled_line", "plan/2024"),
        (6, "unlabelled_line", "1.1"),
        (8, "unlabelled_line", "1.1"),
    ]


def test_a_section_after_the_areas_is_kept_as_observations_about_the_plan() -> None:
    document = read_plan(
        plan("1.1.1) Taller", "Producto: Acta", "2) Anexos", "2.1) Lista", "2.1.1) Uno", "Lugares: Lima")
    )
    assert noticed(document) == [(line, "closing_text", "plan/2024") for line in (8, 9, 10, 11)]
    assert [one.id for one in document.activities] == ["2024/1.1.1"]


def test_a_numbered_list_inside_an_activity_does_not_end_the_areas() -> None:
    document = read_plan(plan("1.1.1) Taller", "Producto: Acta", "2) dos", "1.1.2) Mesa", "Producto: Acta"))
    assert [one.code for one in document.activities] == ["1.1.1", "1.1.2"]
    assert noticed(document) == [(8, "unlabelled_line", "1.1.1")]


def test_a_numbered_line_after_the_last_activity_is_no_section_unless_it_follows_the_areas() -> None:
    document = read_plan(plan(*A, "1) uno"))
    assert noticed(document) == [(8, "unlabelled_line", "1.1.1")]


def test_a_numbered_paragraph_of_the_preamble_stays_a_paragraph() -> None:
    document = read_plan("PLAN DE TRABAJO 2024\nAprobado\n2) Fin\n2.1) Uno\n" + plan("1.1.1) T", "Producto: A")[21:])
    sections = [(one.heading, one.paragraphs) for one in document.preamble]
    assert sections == [("", ("Aprobado",)), ("2) Fin", ("2.1) Uno",))]


@pytest.mark.parametrize(
    ("fields", "kind", "line"),
    [
        (("Productos: Acta",), "label_variant", 7),
        (("PRODUCTO: Acta",), "label_variant", 7),
        (("Producto: Acta", "Fuente de financiamiento: BID"), "label_variant", 8),
        (("Producto: Producto: Acta",), "repeated_label", 7),
        (("Producto: Acta", "Lugar:"), "empty_label", 8),
        (("Producto: Acta", "Lugar: Quito,"), "trailing_comma", 8),
        (("Producto: Informe, Acta y Plan de acción",), "several_products", 7),
        (("Producto: Informe; Acta; Mapa",), "several_products", 7),
        (("Producto: Acta", "Participantes: Tres países"), "quantity_in_words", 8),
        (("Producto: Acta", "Participantes: Los países (12)"), "quantity_in_words", 8),
        (("Producto: Acta", "Participantes: Foro bianual"), "ambiguous_frequency", 8),
    ],
)
def test_an_irregular_field_is_noticed(fields: tuple[str, ...], kind: str, line: int) -> None:
    assert noticed(read_plan(plan("1.1.1) Taller", *fields))) == [(line, kind, "1.1.1")]


@pytest.mark.parametrize(
    "fields",
    [
        ("Producto: Taller en Lima, Perú",),
        ("Producto: Guía, con anexos, y mapa de la región",),
        ("Producto: Acta", "Participantes: 15 países integrados"),
        ("Producto: Acta", "Participantes: Países de la Red (2024)"),
        ("Producto : Acta", "Lugar:Quito"),
        ("Producto: Cinco guías (de 10)",),
        ("Producto: Lugar: Quito",),
    ],
)
def test_a_regular_field_is_not_noticed(fields: tuple[str, ...]) -> None:
    assert noticed(read_plan(plan("1.1.1) Taller", *fields))) == []


def test_an_empty_label_leaves_the_field_unprinted() -> None:
    assert activity_of("Producto:", "Lugar:", "Lugar: Quito").place == "Quito"
    assert activity_of("Producto:").products == ()


def test_a_code_that_does_not_continue_that_of_its_area_is_noticed() -> None:
    document = read_plan(
        plan(
            "1.3.1) Taller",
            "Producto: Acta",
            "2.2) Nube",
            "Objetivo: O",
            "Actividades anuales",
            "2.2.1) M",
            "Producto: P",
        )
    )
    assert noticed(document) == [(6, "misplaced_code", "1.3.1"), (8, "misplaced_code", "2.2")]
    assert document.activities[0].area == "2024/1.1"


def test_an_area_code_used_twice_is_noticed_and_the_ids_differ() -> None:
    document = read_plan(
        plan(
            "1.1.1) T",
            "Producto: A",
            "1.1) Otra",
            "Objetivo: O,",
            "Actividades anuales",
            "1.1.2) M",
            "Producto: P",
        )
    )
    assert [one.id for one in document.areas] == ["2024/1.1", "2024/1.1-2"]
    assert document.activities[1].area == "2024/1.1-2"
    assert noticed(document) == [(8, "duplicate_code", "1.1-2"), (9, "trailing_comma", "1.1-2")]


def test_codes_are_compared_as_numbers() -> None:
    document = read_plan(plan("1.1.9) A", "Producto: P", "1.1.10) B", "Producto: P"))
    assert noticed(document, ObservationKind.OUT_OF_ORDER) == []


def test_every_code_lower_than_the_highest_before_it_is_out_of_order() -> None:
    document = read_plan(plan("1.1.5) A", "Producto: P", "1.1.2) B", "Producto: P", "1.1.3) C", "Producto: P"))
    found = [(one.line, one.related) for one in document.observations if one.kind == "out_of_order"]
    assert found == [(8, ("activity/2024/1.1.5",)), (10, ("activity/2024/1.1.5",))]


def test_a_title_that_ends_in_a_comma_is_noticed() -> None:
    document = read_plan(plan("1.1.1) Taller,", "Producto: Acta").replace("1.1) Datos", "1.1) Datos,"))
    assert noticed(document) == [(3, "trailing_comma", "1.1"), (6, "trailing_comma", "1.1.1")]


def test_titles_are_the_same_but_for_capitals_label_and_final_punctuation() -> None:
    document = read_plan(plan("1.1.1) Mesa  TÉCNICA.", "Producto: P", "1.1.2) Nombre: mesa técnica", "Producto: P"))
    assert noticed(document, ObservationKind.REPEATED_TITLE) == [
        (6, "repeated_title", "1.1.1"),
        (8, "repeated_title", "1.1.2"),
    ]


def test_when_no_spelling_of_a_period_prevails_the_first_is_the_usual_one() -> None:
    document = read_plan(plan("1.1.1) A", "Producto: P", "Actividades de carácter anual", "1.1.2) B", "Producto: P"))
    assert noticed(document) == [(8, "heading_variant", "1.1")]


@pytest.mark.parametrize("line", ["Fecha: 15/08", "Fecha de entrega: mayo", "Presupuesto: USD 10", "Estado: en curso"])
def test_a_plan_with_labelled_dates_amounts_or_statuses_is_not_said_to_have_none(line: str) -> None:
    document = read_plan(plan("1.1.1) Taller", "Producto: Acta", line, "Responsable: Haití"))
    assert noticed(document, ObservationKind.NO_DATES, ObservationKind.UNREAD_LABEL) == [(8, "unread_label", "1.1.1")]
    assert document.activities[0].lead == "Haití"


def test_a_plan_without_dates_says_so_once_at_its_title() -> None:
    document = read_plan("\nDistr.\n" + plan("1.1.1) Taller", "Producto: Acta", "1.1.2) Mesa", "Producto: Acta"))
    assert noticed(document, ObservationKind.NO_DATES) == [(3, "no_dates", "plan/2024")]


def test_a_date_that_no_calendar_has_is_noticed_and_not_guessed() -> None:
    document = read_plan("31-02-2023\n" + plan("1.1.1) Taller", "Producto: Acta"))
    assert document.date is None
    assert noticed(document) == [(1, "unreadable_date", "plan/2024")]


# Copies


def test_two_readings_are_equal() -> None:
    assert read_plan(OFFICIAL) == PLAN


@pytest.mark.parametrize(
    "copy",
    [
        "\ufeff" + OFFICIAL,
        OFFICIAL.replace("\n", "\r\n"),
        OFFICIAL.replace("\n", "\r"),
        OFFICIAL.replace("\n", " \t\u00a0\n"),
        OFFICIAL.replace("\n", "\n\u00a0 "),
        OFFICIAL.replace("\n3.", "\n\f3."),
        OFFICIAL + "\r\n\r\n",
        OFFICIAL.replace("ó", "o\u0301"),
    ],
    ids=[
        "byte order mark",
        "CRLF",
        "CR",
        "trailing space",
        "leading space",
        "page breaks",
        "final newlines",
        "decomposed",
    ],
)
def test_a_copy_with_other_white_space_reads_alike(copy: str) -> None:
    assert copy != OFFICIAL
    assert read_plan(copy) == PLAN


def test_a_non_breaking_space_after_a_label_or_code_is_white_space() -> None:
    text = plan("1.1.1)\u00a0Taller", "Producto:\u00a0Acta\u00a0final")
    activity = read_plan(text.replace("DE TRABAJO", "DE\u00a0TRABAJO")).activities[0]
    assert (activity.title, activity.products) == ("Taller", ("Acta\u00a0final",))


def test_the_lines_of_a_document_keep_their_numbers() -> None:
    assert document_lines("\ufeff\r\na \r\n\r\nb\r\n\r\n") == ["", "a", "", "b"]


# What is no plan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (1, "plan_title", "")),
        (" \n\ufeff\n ", (2, "plan_title", "")),
        ("Acta\n\nde la reunión\n", (3, "plan_title", "")),
        ("PLAN DE TRABAJO\n1) Áreas", (2, "plan_title", "1) Áreas")),
        ("PLAN DE TRABAJO 20190", (1, "plan_title", "")),
        ("PLAN DE TRABAJO 2024", (1, "areas", "")),
        ("PLAN DE TRABAJO 2024\n1) Finalidad\nOrdenar.", (3, "areas", "")),
        ("PLAN DE TRABAJO 2024\n1) Finalidad\n3.1) Datos", (3, "areas", "3.1) Datos")),
        ("PLAN DE TRABAJO 2024\n1) Programa\n1.1) Datos\n1.1.1) Taller", (4, "areas", "1.1.1) Taller")),
        ("PLAN DE TRABAJO 2024\n1) Áreas", (2, "area_heading", "")),
        ("PLAN DE TRABAJO 2024\n1) Áreas\n\n1.1.1) Taller", (4, "area_heading", "1.1.1) Taller")),
        ("PLAN DE TRABAJO 2024\n1) Áreas\nObjetivo: O", (3, "area_heading", "Objetivo: O")),
        ("PLAN DE TRABAJO 2024\n1) Áreas\nActividades anuales", (3, "area_heading", "Actividades anuales")),
        ("PLAN DE TRABAJO 2024\n1) Áreas\n1.1)", (3, "area_heading", "1.1)")),
        ("PLAN DE TRABAJO 2024\n1) Áreas\n1.1) Datos", (3, "objective", "")),
        ("PLAN DE TRABAJO 2024\n1) Áreas\n1.1) Datos\n1.1.1) T", (4, "objective", "1.1.1) T")),
        ("PLAN DE TRABAJO 2024\n1) Áreas\n1.1) Datos\nObjetivo:", (4, "objective", "Objetivo:")),
        ("PLAN DE TRABAJO 2024\n1) Áreas\n1.1) D\nObjetivo: O\n1.1.1) T", (5, "period_heading", "1.1.1) T")),
        ("PLAN DE TRABAJO 2024\n1) Áreas\n1.1) D\nObjetivo: O\nLugar: L", (5, "period_heading", "Lugar: L")),
        (plan(), (5, "activity", "")),
        (plan("1.2) Nube"), (6, "activity", "1.2) Nube")),
        (plan("Producto: Acta"), (6, "activity", "Producto: Acta")),
        (plan("1.1.1)"), (6, "activity", "1.1.1)")),
        (plan("1.1.1. Taller"), (6, "activity", "1.1.1. Taller")),
        (plan(*A, "1.1.2 Mesa"), (8, "activity", "1.1.2 Mesa")),
        (
            plan(*A, "Actividades del tercer trimestre"),
            (8, "period_heading", "Actividades del tercer trimestre"),
        ),
        (plan(*A, "1.2 Nube", "Objetivo: O"), (9, "area_heading", "Objetivo: O")),
        (plan(*A, "1.2) Nube", "Actividades anuales"), (9, "objective", "Actividades anuales")),
        (plan(*A, "2) Anexos", "x" * (LONGEST_LINE + 1)), (9, "line_length", "x" * 120)),
        (plan("1.1.1) " + "x" * (LONGEST_FIELD + 1)), (6, "line_length", "1.1.1) " + "x" * 113)),
        (plan(*A, "Lugar: " + "x" * (LONGEST_FIELD + 1)), (8, "line_length", "Lugar: " + "x" * 113)),
        (plan("1.1.1) Taller\x1b[2J"), (6, "text", "U+001B")),
        (plan("1.1.1) Taller\ud800"), (6, "text", "U+D800")),
        (plan("1.1.1) Informaci\ufffdn"), (6, "text", "U+FFFD")),
        (plan("e" + "\u0301" * 31), (6, "text", "e" + "\u0301" * 31)),
        ("x\n" * (LARGEST_DOCUMENT // 2 + 1), (1, "size", "")),
        ("ñ\n" * (MOST_LINES + 1), (MOST_LINES + 1, "size", "ñ")),
        (plan(*A * (MOST_ACTIVITIES + 1)), (6 + 2 * MOST_ACTIVITIES, "size", "1.1.1) Taller")),
    ],
    ids=range(38),
)
def test_what_has_not_the_shape_of_a_plan_is_refused_at_its_line(text: str, expected: tuple[int, str, str]) -> None:
    assert refusal(text) == expected


def test_the_limits_themselves_are_not_refused() -> None:
    assert len(activity_of("Lugar: " + "x" * LONGEST_FIELD).place or "") == LONGEST_FIELD
    assert len(read_plan(plan(*A * MOST_ACTIVITIES)).activities) == MOST_ACTIVITIES
    read_plan(plan(*A, "x" * LONGEST_LINE))


def test_what_the_reader_accepts_the_entities_can_hold() -> None:
    assert LONGEST_FIELD <= entities.LONGEST_LINE
    assert LONGEST_LINE <= entities.LONGEST_TEXT


def test_a_refusal_tells_its_expectation_as_a_stable_code() -> None:
    codes = "text size line_length plan_title areas area_heading objective period_heading activity"
    assert [one.value for one in Expected] == codes.split()


# Any text


def read_or_refuse(text: str) -> None:
    """What must hold of any text at all."""
    try:
        document = read_plan(text)
    except DocumentUnreadable as refused:
        check_the_refusal(refused, text)
    else:
        check_the_promises(document, document_lines(text))


def check_the_refusal(refused: DocumentUnreadable, text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= refused.line <= len(lines)
    assert refused.expected in set(Expected)


def check_the_promises(document: PlanDocument, lines: list[str]) -> None:
    assert [use.line for use in document.uses] == [n for n, line in enumerate(lines, start=1) if line.strip()]
    observed = {f"observation/{one.id}" for one in document.observations}
    assert all(use.entity in observed for use in document.uses if use.use is Use.OBSERVATION)
    assert all(one.text == lines[one.line - 1].strip() for one in document.observations)
    for ids in (document.areas, document.activities, document.observations):
        assert len({one.id for one in ids}) == len(ids)
    known = {document.ref, *(f"area/{one.id}" for one in document.areas)}
    known |= {f"activity/{one.id}" for one in document.activities}
    assert all({one.about, *one.related} <= known for one in document.observations)
    assert all(one.about not in one.related for one in document.observations)


def mutated(seed: int, times: int) -> str:
    """The plan of 2019 with lines and characters dropped, doubled, swapped, glued and cut."""
    rng = random.Random(seed)
    lines = list(LINES)
    for _ in range(times):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        line = lines[at]
        cut = rng.randrange(len(line) + 1)
        lines[at : at + 1] = rng.choice(
            (
                [],
                [line, line],
                [lines[other]],
                [line + lines[other]],
                [line[:cut], line[cut:]],
                [line[:cut] + line[cut + 1 :]],
                [line[:cut] + rng.choice(":).,;0\x00\r\u0301\ud800Á(") + line[cut:]],
                [line.upper()],
                lines[other : other + rng.randrange(9)],
            )
        )
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0), st.integers(min_value=1, max_value=40))
def test_a_damaged_plan_is_read_or_refused_and_never_anything_else(seed: int, times: int) -> None:
    read_or_refuse(mutated(seed, times))


PIECES = st.sampled_from(
    [
        *("PLAN DE TRABAJO 2024", "31-02-2024", "1) Áreas", "1.1) D", "Objetivo: O", "2) Anexos"),
        *("Actividades anuales", "Actividades del mes", "1.1.1) T", "1.1.1) Nombre: T", "1.1.1 T", "1.1.01) T"),
        *("999.999.999) T", "Producto: P", "Productos:", "Lugar: Lugar: L,", "Responsable: R", "Fecha: F"),
        *("P", "", ":", ")"),
    ]
)
SHAPED = st.lists(PIECES | st.text(max_size=8), max_size=25)


@settings(max_examples=200, deadline=None)
@given(SHAPED, st.booleans())
def test_any_text_is_read_or_refused_and_never_anything_else(pieces: list[str], begun: bool) -> None:
    start = [*plan(*A).split("\n")] if begun else []
    read_or_refuse("\n".join(start + pieces))


@given(st.text())
def test_text_that_is_no_plan_is_refused(text: str) -> None:
    assert refusal(text)[1] in set(Expected)


def test_a_plan_cut_off_anywhere_is_read_or_refused() -> None:
    for end in range(0, len(OFFICIAL), 197):
        read_or_refuse(OFFICIAL[:end])


def test_observations_are_in_the_order_of_their_lines() -> None:
    def place(one: Observation) -> tuple[int, str]:
        return one.line, one.kind.value

    assert list(PLAN.observations) == sorted(PLAN.observations, key=place)


# --- other languages ---------------------------------------------------------------------------------------------

IN_PORTUGUESE = """\
PLANO DE TRABALHO 2022
1) Áreas de trabalho
1.1) Dados abertos
Objetivo: Abrir.
Atividades do primeiro semestre
1.1.1) Oficina regional
Produtos: Ata
Local: Quito
Responsável: Equador
Atividades de caráter anual
1.1.2) Reuniões bimensais
Produto: Informe"""
IN_ENGLISH = """\
ANNUAL WORK PLAN FOR 2022
1) Work areas
1.1) Open data
Objective: To open.
Activities of the first half-year
1.1.1) Regional workshop
Outputs: Minutes
Venue: Quito
Lead: Ecuador
Annual activities
1.1.2) Bimonthly meetings
Product: Report"""


@pytest.mark.parametrize("text", [IN_PORTUGUESE, IN_ENGLISH], ids=["pt", "en"])
def test_a_plan_in_another_language_is_read_by_its_own_words(text: str) -> None:
    plan = read_plan(text)
    first, second = plan.activities
    assert (plan.year, first.place, first.lead, first.period) == (2022, "Quito", "EC", Period.S1)
    assert (second.period, second.products) == (Period.ANNUAL, (text.rpartition(": ")[2],))
    assert noticed(plan) == [
        (7, "label_variant", "1.1.1"),
        *([(8, "label_variant", "1.1.1")] if text is IN_ENGLISH else []),
        (11, "ambiguous_frequency", "1.1.2"),
    ]


def test_a_spanish_plan_is_not_read_by_the_words_of_other_languages() -> None:
    plan = read_plan(
        "PLAN DE TRABAJO 2022\n1) Áreas\n1.1) Datos\nObjetivo: Abrir.\nActividades anuales\n1.1.1) Taller\nLocal: X"
    )
    assert plan.activities[0].place is None
    assert [one.kind for one in plan.observations if one.line == 7] == [ObservationKind.UNLABELLED_LINE]
