"""`gealc meeting`: a whole meeting by commands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date


def test_a_meeting_is_begun_written_closed_and_its_files_are_made(ana, tmp_path):
    facts = ("--area", "3.5", "--day", "17/05/2019", "--hour", "9", "--city", "Quito", "--countries", "cl cr, uruguay")
    meeting = ana.must("meeting", "begin", "working_group", *facts).out.strip()
    ana.must("status", "3.5.1", "done")
    agreed = ana.must("meeting", "agree", "3.5.3", "Enviar el formulario @cr 30/06").out
    assert "Acuerdo: Enviar el formulario" in agreed
    assert "Plazo: 30/06/2019" in agreed
    ana.must("meeting", "agree", "-", "La Secretaría circulará el borrador", "--noted")
    assert "«31/02» no es válido para Plazo" in ana.must("meeting", "agree", "3.5.3", "Enviar @cr 31/02", code=1).err
    assert "Hay una reunión abierta" in ana.must("meeting", "begin", "committee", code=1).err
    shown = ana.must("meeting", "show", "--json").json
    assert (shown["id"], shown["state"], shown["countries"]) == (meeting, "open", ["CL", "CR", "UY"])
    assert [(one["kind"], one["country"], one["due"]) for one in shown["items"]] == [
        ("commitment", "CR", "2019-06-30"),
        ("noted", None, None),
    ]
    assert [one["code"] for one in shown["changes"]] == ["3.5.1", "3.5.3", "3.5"]
    closing = ana.must("meeting", "close", code=3)
    assert closing.err.startswith("3.5.1: cumplida, sin medio de verificación")
    ana.must("meeting", "next", "20/06/2019", "--hour", "10")
    text = ana.must("meeting", "show", meeting[:6]).out
    assert "Pendiente → Cumplida" in text
    assert "20 de junio de 2019, 10:00, hora de Quito" in text
    written = ana.must("meeting", "acta", "-o", str(tmp_path / "acta")).out.split()
    assert [one.rpartition(".")[2] for one in written] == ["txt", "md", "docx", "ics", "json", "eml"]
    (owed,) = ana.must("meeting", "show", "--json").json["owed"]
    assert "Compromiso cumplido" in ana.must("meeting", "fulfil", owed["id"]).out
    assert ana.must("meeting", "show", "--json").json["owed"] == []
    ana.must("meeting", "fulfil", f"item/{owed['id']}", "--undo")
    ana.must("meeting", "fulfil", "formulário")
    ana.must("meeting", "fulfil", "3.5.3", "--undo")
    assert "item/" not in agreed
    assert ana.must("meeting", "show", "--json").json["owed"] == [owed]
    listed = ana.must("meeting").out
    assert listed.index("Prevista") < listed.index("Cerrada")
    assert [one["state"] for one in ana.must("meeting", "--json").json] == ["planned", "closed"]


def spelled(day: date) -> str:
    return format_date(day, "EEEE d 'de' MMMM 'de' y", locale="es")


def test_what_was_understood_of_a_day_is_said_back_with_its_year_and_day_of_the_week(ana):
    today = date.today()
    yesterday, month = today - timedelta(days=1), today + timedelta(days=30)
    begun = ana.must("meeting", "begin", "committee", "--day", f"{yesterday.day}/{yesterday.month}")
    assert f"Entendido: {spelled(yesterday)}" in begun.err
    assert ana.must("meeting", "show", "--json").json["day"] == yesterday.isoformat()
    friday = yesterday + timedelta(days=(4 - yesterday.weekday() - 1) % 7 + 1)
    agreed = ana.must("meeting", "agree", "3.5.3", "Enviar @cr viernes").out
    assert f"Plazo: {friday:%d/%m/%Y} (viernes)" in agreed
    assert "cuatro cifras" in ana.must("meeting", "agree", "3.5.3", "Enviar @cr 15 de enero de 20", code=1).err
    wrong = f"{format_date(month, 'EEEE', locale='es')} {month + timedelta(days=1):%d/%m/%Y}"
    assert "día de la semana" in ana.must("meeting", "agree", "3.5.3", f"Enviar @cr {wrong}", code=1).err
    weekday = format_date(month, "EEEE", locale="es")
    said = f"Plazo: {month:%d/%m/%Y} ({weekday})"
    assert said in ana.must("set", "3.6.1", "due", f"{month.day}/{month.month}").out
    assert said in ana.must("set", "3.6.2", "due", "+30").out
    assert f"Entendido: {spelled(yesterday)}" in ana.must("list", "--since=-1").err
    assert ana.must("list", "--since", "2019-03-12").err == ""


def test_a_planned_meeting_is_cancelled_with_a_file_for_calendars(ana, tmp_path):
    assert "No hay ninguna reunión prevista" in ana.must("meeting", "cancel", code=1).err
    ana.must("meeting", "begin", "committee", "--city", "hora de Quito")
    ana.must("meeting", "close", code=3)
    planned = ana.must("meeting", "next", "viernes", "--hour", "10")
    friday = date.today() + timedelta(days=(4 - date.today().weekday() - 1) % 7 + 1)
    assert f"Entendido: {spelled(friday)}" in planned.err
    cancelled = ana.must("meeting", "cancel", "-o", str(tmp_path / "avisos")).out
    assert "Cancelada" in cancelled
    assert (tmp_path / "avisos" / f"reunion-comite-{friday:%Y%m%d}-cancelada.ics").read_bytes().count(
        b"METHOD:CANCEL"
    ) == 1
    assert [one["state"] for one in ana.must("meeting", "--json").json] == ["cancelled", "closed"]
    again = ana.must("meeting", "cancel", planned.out.strip(), "-o", str(tmp_path / "avisos")).out
    assert again.strip().endswith("-cancelada-2.ics"), "the file can be had again"
    (closed,) = (one["id"] for one in ana.must("meeting", "--json").json if one["state"] == "closed")
    assert "Esa reunión ya empezó" in ana.must("meeting", "cancel", closed, code=1).err


def test_a_clock_that_is_not_known_is_said_and_one_that_is_unclear_is_asked(ana):
    assert "San Juan, Argentina" in ana.must("meeting", "begin", "committee", "--city", "San Juan", code=1).err
    begun = ana.must("meeting", "begin", "committee", "--hour", "9", "--city", "Macondo")
    assert "No se conoce el reloj de «Macondo»" in begun.err
    assert ana.must("meeting", "show", "--json").json["city"] == "Macondo"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("meeting", "show"), 1),
        (("meeting", "show", "nada"), 1),
        (("meeting", "close"), 1),
        (("meeting", "agree", "3.5.1", "x"), 1),
        (("meeting", "begin", "committee", "--countries", "cl narnia"), 1),
        (("meeting", "begin", "committee", "--day", "mañana"), 1),
        (("meeting", "begin", "nadie"), 2),
        (("meeting", "begin"), 2),
        (("meeting", "bailar"), 2),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(ana, arguments, code):
    answer = ana.must(*arguments, code=code)
    assert answer.out == ""
    assert answer.err
    assert ana.must("meeting", "--json").json == []
