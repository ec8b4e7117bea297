"""What a line typed at a meeting means: text, country, date; and what it does not mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui import i18n
from gealc_tui.domain.agreements import Fault, FaultKind, Mention, Understood, understand
from gealc_tui.i18n import days

TODAY = date(2019, 5, 17)
NAMES = {
    "chile": "CL",
    "perú": "PE",
    "costa rica": "CR",
    "dominica": "DM",
    "república dominicana": "DO",
    "san vicente y las granadinas": "VC",
    "oea": "OAS",
}


def read(line: str) -> Understood:
    return understand(
        line,
        day_at=lambda text, start: days.day_at(text, start, TODAY),
        country_of=lambda name: NAMES.get(name.casefold()),
        deadlines=lambda text: days.deadlines(text, TODAY),
    )


@pytest.mark.parametrize(
    ("line", "text", "country", "due"),
    [
        ("Enviar el formulario @cr 30/06", "Enviar el formulario", "CR", "2019-06-30"),
        ("Enviar @CR 30-6, y avisar", "Enviar, y avisar", "CR", "2019-06-30"),
        ("@cl 15/08 Enviar el formulario", "Enviar el formulario", "CL", "2019-08-15"),
        ("@República Dominicana 1/7: enviar", "enviar", "DO", "2019-07-01"),
        ("@dominica 1/7 enviar", "enviar", "DM", "2019-07-01"),
        ("@san vicente y las granadinas 2019-08-15 enviar", "enviar", "VC", "2019-08-15"),
        ("Enviar (@cl 15/08) hoy", "Enviar hoy", "CL", "2019-08-15"),
        ("Circular el borrador @oea", "Circular el borrador", "OAS", None),
        ("@cl 3.5.1 va primero", "3.5.1 va primero", "CL", None),
        ("Organizar @cl 3 talleres", "Organizar 3 talleres", "CL", None),
        ("@cr:enviar", "enviar", "CR", None),
        ("@cl 15/08/2021 enviar", "enviar", "CL", "2021-08-15"),
        ("Enviar @cl 15 de agosto de 2020, sin falta", "Enviar, sin falta", "CL", "2020-08-15"),
        ("@cl 15 ago: enviar", "enviar", "CL", "2019-08-15"),
        ("@cl 3.5 va primero", "3.5 va primero", "CL", None),
        ("@cl 15.08.2019 enviar", "enviar", "CL", "2019-08-15"),
        ("Enviar @cl 15/08 y otra vez 20/08", "Enviar y otra vez 20/08", "CL", "2019-08-15"),
        ("Enviar @cl para el 15 de agosto", "Enviar", "CL", "2019-08-15"),
        ("Enviar @cl, 2 de enero de 2020", "Enviar", "CL", "2020-01-02"),
        ("Enviar @cl (15 Aug), con copia", "Enviar, con copia", "CL", "2019-08-15"),
        ("Enviar @cl 1.º de junio", "Enviar", "CL", "2019-06-01"),
        ("Enviar @cl lunes 15 de julio", "Enviar", "CL", "2019-07-15"),
        ("Enviar @cl viernes", "Enviar", "CL", "2019-05-24"),
        ("Enviar @cl +30", "Enviar", "CL", "2019-06-16"),
        ("Enviar el formulario antes del 5 de julio @cl", "Enviar el formulario", "CL", "2019-07-05"),
        ("@cl enviará el formulario, a más tardar el 5/7.", "enviará el formulario.", "CL", "2019-07-05"),
        ("Send the form by 5 July @cl", "Send the form", "CL", "2019-07-05"),
        ("Envoyer le formulaire jusqu'au 5/7 @cl", "Envoyer le formulaire", "CL", "2019-07-05"),
        ("Soporte @cl 24/7", "Soporte 24/7", "CL", None),
        ("Soporte @cl desde el 24/7", "Soporte", "CL", "2019-07-24"),
        ("Asignar @cl 1/2 jornada", "Asignar 1/2 jornada", "CL", None),
        ("Asignar @cl 3-4 semanas", "Asignar 3-4 semanas", "CL", None),
        ("Empezar @cl Fase 2", "Empezar Fase 2", "CL", None),
        ("Empezar @cl 3.6.19", "Empezar 3.6.19", "CL", None),
        ("Informe @cl 2019-2020", "Informe 2019-2020", "CL", None),
        ("Capacitar @cl +30 personas", "Capacitar +30 personas", "CL", None),
        ("Tratar @cl el 3.6 primero", "Tratar el 3.6 primero", "CL", None),
        ("Tratar antes del 3.6.19 @cl", "Tratar antes del 3.6.19", "CL", None),
        ("Invitar @cl hasta 10.", "Invitar hasta 10.", "CL", None),
        ("Enviar @cl 15 de agosto - 3 talleres", "Enviar - 3 talleres", "CL", "2019-08-15"),
        ("Enviar @cl 15 de agosto. 19 talleres", "Enviar. 19 talleres", "CL", "2019-08-15"),
        ("Enviar @cl 15 ago. Avisar", "Enviar. Avisar", "CL", "2019-08-15"),
        ("Reunirse @cl lunes a viernes", "Reunirse lunes a viernes", "CL", None),
        ("Enviar @cl 15 de agosto a las 10:00", "Enviar a las 10:00", "CL", "2019-08-15"),
    ],
)
def test_a_country_and_a_date_are_taken_out_of_the_text(line, text, country, due):
    found = read(line)
    assert (found.text, found.country, found.due, found.faults) == (text, country, due, ())


@pytest.mark.parametrize("line", ["Escribir a e-mail@cl.org", "Reunión @ 15:00", "El 15/08 se envía", "a@cl", "@@cl"])
def test_what_mentions_nobody_stays_as_it_was_typed(line):
    assert read(line) == Understood(line, None, None, ())


@pytest.mark.parametrize(
    ("line", "kind", "typed"),
    [
        ("Enviar @xx 15/08", FaultKind.COUNTRY, "@xx"),
        ("Escribir a @cl.org", FaultKind.COUNTRY, "@cl.org"),
        ("Enviar @cl 31/02", FaultKind.DATE, "31/02"),
        ("Enviar @cl 29/02/2019", FaultKind.DATE, "29/02/2019"),
        ("Enviar @cl 2019-13-01", FaultKind.DATE, "2019-13-01"),
        ("Enviar @cl 0/0", FaultKind.DATE, "0/0"),
        ("Enviar @cl 15/08-20/08", FaultKind.DATE, "15/08-20/08"),
        ("Enviar @cl 15/08/2019bis", FaultKind.DATE, "15/08/2019bis"),
        ("Enviar @cl15/08", FaultKind.COUNTRY, "@cl15/08"),
        ("Enviar @cl 29 de febrero de 2019", FaultKind.DATE, "29 de febrero de 2019"),
        ("Enviar @cl 31 de junio", FaultKind.DATE, "31 de junio"),
        ("Enviar @cl para el 15", FaultKind.DATE, "15"),
        ("Enviar el formulario antes del 31 de junio @cl", FaultKind.DATE, "31 de junio"),
        ("Enviar @cl 15 de enero de 19", FaultKind.SHORT_YEAR, "15 de enero de 19"),
        ("Enviar @cl 15 ene 19", FaultKind.SHORT_YEAR, "15 ene 19"),
        ("Enviar @cl martes 15 de julio", FaultKind.WEEKDAY, "martes 15 de julio"),
        ("Enviar @cl 15 y 16 de agosto", FaultKind.UNCLEAR, "15 y 16 de agosto"),
        ("Enviar @cl 15/08, 20/08", FaultKind.UNCLEAR, "15/08, 20/08"),
    ],
)
def test_what_cannot_be_understood_is_a_fault_and_stays_in_the_text(line, kind, typed):
    assert read(line) == Understood(line, None, None, (Fault(kind, typed),))


def test_several_countries_are_several_mentions_and_share_the_date_that_follows():
    found = read("Comentar el borrador @cl, @pe y @costa rica 15/08")
    assert found.text == "Comentar el borrador"
    assert found.mentions == (
        Mention("CL", "2019-08-15"),
        Mention("PE", "2019-08-15"),
        Mention("CR", "2019-08-15"),
    )
    assert read("@cl 1/8 @pe 15/8 comentar").mentions == (Mention("CL", "2019-08-01"), Mention("PE", "2019-08-15"))


def test_a_date_without_a_year_is_the_next_such_day():
    days = {"17/05": "2019-05-17", "16/05": "2020-05-16", "29/02": "2020-02-29", "31/12": "2019-12-31"}
    assert {typed: read(f"x @cl {typed}").due for typed in days} == days


def test_in_english_a_day_that_could_be_two_is_none():
    i18n.use("en")
    assert read("Send @cl 08/15").due == read("Send @cl 15/08").due == read("Send @cl 2019-08-15").due == "2019-08-15"
    assert read("Send @cl 05/08") == Understood("Send @cl 05/08", None, None, (Fault(FaultKind.UNCLEAR, "05/08"),))
    assert read("Send @cl 31/02").faults == (Fault(FaultKind.DATE, "31/02"),)


@given(st.text(alphabet="@clpex 150/8-.,;:()yé\n", max_size=40))
def test_nothing_is_taken_out_that_was_not_understood(line):
    found = read(line)
    if not found.mentions:
        assert found.text == line.strip()
    assert set(found.text) <= set(line)
    assert found.text == found.text.strip()
    assert (found.country, found.due) == (found.mentions[0] if found.mentions else (None, None))


@pytest.mark.parametrize(
    "line", ["antes del 5 de jul. ", "hasta 1,1,1,", "@cl 15 y 16 de ", "\u0301a", "(@cl 15 ago) "]
)
def test_the_reader_looks_at_a_line_a_number_of_times_that_grows_with_its_length(line):
    """Counted and not timed: how often a day is looked for, and how far each look reaches."""
    looks = []

    def day_at(text: str, start: int):
        found = days.day_at(text, start, TODAY)
        looks.append(found.end - start if found is not None else 1)
        return found

    counts = []
    for times in (200, 400):
        looks.clear()
        understand(f"@cl {line * times}", day_at=day_at, country_of=lambda name: None)
        counts.append(sum(looks))
    assert counts[1] <= 2.2 * counts[0]
