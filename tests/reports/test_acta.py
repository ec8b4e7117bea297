"""The minutes of a meeting: what is in them, in each form, and the calendar file of the next one."""

from __future__ import annotations

import errno
import io
import textwrap

import docx
import icalendar
import pytest
from commands.meeting import activity, begun, written
from markdown_it import MarkdownIt

from gealc_tui import i18n
from gealc_tui.commands import activities, meetings, notes
from gealc_tui.domain.vocabulary import Status
from gealc_tui.reports import acta as acta_data
from gealc_tui.reports.acta import acta
from gealc_tui.reports.acta_text import markdown, plain_text
from gealc_tui.reports.acta_words import worded
from gealc_tui.reports.zones import zone_of

ACTA = """\
Red GEALC · Plan de trabajo 2019

ACTA DE LA REUNIÓN
Grupo de trabajo de Innovación en el sector público (3.5)
============================================================================

  Fecha             17 de mayo de 2019
  Hora              9:00, hora de Quito
  Países presentes  Chile, Costa Rica, Ecuador, Perú, Uruguay (5 países)
  Tomó el acta      Ana (Uruguay), Punto focal


Actividades tratadas
--------------------

3.5.1  Relevamiento de indicadores de innovación para los Labs de Gobierno

  Estado            Pendiente → Cumplida
  Nota              El informe final está publicado.

3.5.2  Preparación del relevamiento de metodologías de Labs de Innovación de
       Gobierno

  Estado            Pendiente → En curso
  Compromiso        Chile, hasta el 15 de agosto de 2019: Revisar la
                    metodología

3.5.3  Preparación del relevamiento de Experiencias de innovación en
       Gobierno Digital

  Estado            Pendiente → En curso
  Nota              Se espera el formulario de Costa Rica.
  Compromiso        Costa Rica, hasta el 30 de junio de 2019: Enviar el
                    formulario final

3.5.4  Relevamiento de metodologías de Labs de Innovación de Gobierno

  Estado            Pendiente
  Plazo             Reprogramada: era el 31 de diciembre de 2019 (fin del
                    período); ahora es el 30 de septiembre de 2019
  Decisión          Se adopta la metodología de Chile


Asuntos generales
-----------------

  Se toma nota      La Secretaría circulará el borrador.


Compromisos
-----------

  Quién       Compromiso                  Actividad  Fecha
  ----------  --------------------------  ---------  ----------
  Costa Rica  Enviar el formulario final  3.5.3      30/06/2019
  Chile       Revisar la metodología      3.5.2      15/08/2019


Decisiones
----------

- 3.5.4: Se adopta la metodología de Chile


La reunión tomó nota
--------------------

- La Secretaría circulará el borrador.


Próxima reunión
---------------

20 de junio de 2019, 10:00, hora de Quito


Actividades sin cambios en esta reunión
---------------------------------------

  Código  Actividad                                                Estado
  ------  -------------------------------------------------------  ---------
  3.5.5   Nombre de la actividad: Relevamiento de indicadores de   Pendiente
          innovación para los Labs de Gobierno
  3.5.6   Experiencias de innovación en Gobierno Digital           Pendiente
  3.5.5   Reuniones bimensuales del grupo de trabajo               Pendiente
"""


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY")


@pytest.fixture
def closed(ana):
    """A meeting of the group of area 3.5 that is over, and whose next one is fixed."""
    meeting = begun(ana)
    written(ana, meeting)
    meetings.close(ana, meeting)
    meetings.plan_next(ana, meeting, day="20/6/2019", hour="10")
    return meeting


def test_the_minutes_tell_who_met_what_changed_what_was_agreed_and_when_they_meet_again(ana, closed):
    assert meetings.acta_text(ana, closed) == ACTA


def test_the_minutes_stay_the_same_whatever_happens_afterwards_and_wherever_they_are_made(
    ana, closed, make_replica, send
):
    activities.set_status(ana, activity("1"), Status.CANCELLED)
    activities.set_status(ana, activity("6"), Status.DONE)
    notes.add_note(ana, f"activity/{activity('1')}", "Después.")
    eva = make_replica("Eva", "PE")
    send(ana, eva)
    assert meetings.acta_text(ana, closed) == meetings.acta_text(eva, closed) == ACTA


def test_the_next_minutes_begin_with_what_was_promised(ana, closed):
    next_one = meetings.planned(ana).id
    meetings.begin_planned(ana, next_one, countries=["CL", "CR"])
    meetings.set_field(ana, next_one, "day", "1/8/2019")
    chile = next(one for one in meetings.items(ana, closed) if one.country == "CL")
    meetings.fulfil(ana, chile.id)
    meetings.close(ana, next_one)
    told = """\
Compromisos anteriores
----------------------

  Quién       Compromiso                  Actividad  Fecha       Estado
  ----------  --------------------------  ---------  ----------  --------
  Costa Rica  Enviar el formulario final  3.5.3      30/06/2019  Vencido
  Chile       Revisar la metodología      3.5.2      15/08/2019  Cumplido


Actividades tratadas
"""
    assert told in meetings.acta_text(ana, next_one)
    # What is fulfilled afterwards was owed then.
    for one in meetings.open_commitments(ana, "working_group", "2019/3.5"):
        meetings.fulfil(ana, one.id)
    activities.set_status(ana, activity("3"), Status.DONE)
    assert told in meetings.acta_text(ana, next_one)
    assert "Compromisos anteriores" not in meetings.acta_text(ana, closed)


def test_an_internal_note_is_in_none_of_the_files(ana, closed, tmp_path):
    written = meetings.write_files(ana, closed, tmp_path / "acta")
    told = [path.read_bytes() for path in written.paths if path != written.changes]
    told.append("\n".join(_texts(written.acta_docx.read_bytes())).encode())
    assert not any(b"Nadie contest" in one for one in told)


def test_an_activity_on_which_only_an_internal_note_was_written_was_not_treated(ana):
    meeting = begun(ana)
    for about in (activity("1"), "2019/3.6.1"):
        notes.add_note(ana, f"activity/{about}", "Entre nosotros.", official=False)
    made = acta(ana, meeting)
    assert made.treated == ()
    assert [one.code for one in made.untouched] == ["3.5.1", "3.5.2", "3.5.3", "3.5.4", "3.5.5", "3.5.6", "3.5.5"]


def test_a_note_that_was_made_internal_again_is_left_out_and_one_that_was_mended_is_told_as_it_stands(ana):
    meeting = begun(ana)
    about = f"activity/{activity('1')}"
    for text in ("Uno", "Dos"):
        notes.add_note(ana, about, text)
    first, second = ana.read.notes(about)
    notes.edit_note(ana, first.id, "Uno", official=False)
    notes.edit_note(ana, second.id, "Dos, mejor dicho")
    assert [one.text for one in acta(ana, meeting).treated[0].notes] == ["Dos, mejor dicho"]


def test_the_minutes_of_an_open_meeting_say_that_they_are_a_draft(ana):
    meeting = begun(ana, countries=(), title="Reunión extraordinaria")
    text = " ".join(meetings.acta_text(ana, meeting).split())
    assert "Borrador: la reunión sigue abierta." in text
    assert "Países presentes No se anotó ninguno" in text
    assert "La reunión no cambió ninguna actividad." in text
    assert "Reunión extraordinaria" in text
    assert "Órgano Grupo de trabajo de Innovación en el sector público (3.5)" in text


def test_what_was_treated_beside_the_agenda_is_told_too_with_every_field(ana):
    meeting = begun(ana)
    activities.set_field(ana, "activity/2019/3.6.1", "lead", "pe")
    activities.set_field(ana, "activity/2019/3.6.1", "lead", "cl")
    activities.set_field(ana, "activity/2019/3.6.1", "progress", "50")
    (product,) = ana.read.products("2019/3.6.1")
    activities.set_field(ana, f"product/{product.id}", "evidence", "https://example.org/x_y")
    notes.add_note(ana, "area/2019/3.6", "Sobre el área.")
    text = " ".join(meetings.acta_text(ana, meeting).split())
    assert "Responsable Chile" in text
    assert "Avance (%) 50 %" in text
    assert "Medio de verificación https://example.org/x_y (producto: Reporte.)" in text
    assert "Nota sobre 3.6 Sobre el área." in text


NAUGHTY = (
    "[/] [x] hecho",
    "C:\\",
    "* uno\n# dos\n1. tres\n- cuatro",
    "a|b",
    "<b>x</b> &amp; `c`",
    "_así_ **no**",
    "日本 é",
)


def test_what_people_wrote_is_no_markup_in_any_form(ana):
    meeting = begun(ana)
    for text in NAUGHTY:
        meetings.take_note_of(ana, meeting, activity("1"), text)
        meetings.agree(ana, meeting, activity("1"), f"{text} @cl 15/08")
    document = worded(acta(ana, meeting))
    html = MarkdownIt().enable("table").render(markdown(document))
    plain, shown = plain_text(document), "\n".join(_texts(meetings.acta_word(ana, meeting)))
    for text in NAUGHTY:
        for line in text.split("\n"):
            assert line in plain
            assert line in shown
            assert _html(line) in html
    assert "<b>" not in html
    assert "<em>así" not in html


def test_what_no_file_can_hold_is_left_out(ana):
    meeting = begun(ana)
    ana.commit([("note/x", "about", f"activity/{activity('1')}"), ("note/x", "text", "a\x07\x1b[2Jb\ufffe\u202ec")])
    assert "abc" in "\n".join(_texts(meetings.acta_word(ana, meeting)))
    assert "\x1b" not in meetings.acta_text(ana, meeting)


def test_whatever_another_program_wrote_into_a_meeting_the_minutes_are_made(ana, tmp_path):
    odd = {"title": "a\nBcc: x@example.org", "day": "2019-99-99", "hour": "25:99", "city": "\x1b[2J", "area": "9/9"}
    odd |= {"agenda": ["2019/9.9.9", activity("1")], "countries": ["CL", "XX"], "body": "council", "state": "open"}
    settings = [("meeting/x", field, value) for field, value in odd.items()]
    settings += [("item/y", "meeting", "x"), ("item/y", "about", "activity/2019/9.9.9"), ("item/y", "text", "Algo")]
    settings += [("item/y", "kind", "promise"), ("item/y", "country", "ZZ"), ("item/y", "due", "mañana")]
    ana.commit(settings)
    entity = f"activity/{activity('1')}"
    ana.commit([(entity, "due", "mañana"), (entity, "status", ["x"]), (entity, "lead", 7), (entity, "new", "?")])
    assert meetings.current(ana).id == "x"
    text = meetings.acta_text(ana, "x")
    assert "Algo" in text
    assert "\x1b" not in text
    meetings.checks(ana, "x")
    written = meetings.write_files(ana, "x", tmp_path)
    assert b"\nBcc:" not in written.mail.read_bytes()
    assert written.acta_text.name == "acta-reunion.txt"


def test_no_line_of_the_text_is_wider_than_a_terminal(ana, closed):
    meetings.reopen(ana, closed)
    meetings.agree(ana, closed, activity("3"), f"{'palabra ' * 60}@vc 15/08")
    assert max(map(len, meetings.acta_text(ana, closed).splitlines())) <= 76


def test_word_has_headings_tables_and_properties_that_tell_what_it_is(ana, closed):
    file = docx.Document(io.BytesIO(meetings.acta_word(ana, closed)))
    styles = [one.style.name for one in file.paragraphs if one.style.name != "Normal"]
    assert styles[:5] == ["Title", "Subtitle", "Heading 1", "Heading 2", "Heading 2"]
    assert file.core_properties.title == "Acta de la reunión: Grupo de trabajo de Innovación en el sector público (3.5)"
    assert (file.core_properties.author, file.core_properties.comments) == ("Ana (Uruguay)", "")
    commitments = next(one for one in file.tables if one.cell(0, 0).text == "Quién")
    assert [[cell.text for cell in row.cells] for row in commitments.rows] == [
        ["Quién", "Compromiso", "Actividad", "Fecha"],
        ["Costa Rica", "Enviar el formulario final", "3.5.3", "30/06/2019"],
        ["Chile", "Revisar la metodología", "3.5.2", "15/08/2019"],
    ]


def test_every_form_tells_the_same(ana, closed):
    shown = " ".join(" ".join(_texts(meetings.acta_word(ana, closed))).split())
    html = MarkdownIt().enable("table").render(meetings.acta_markdown(ana, closed))
    for line in textwrap.dedent(ACTA).splitlines():
        words = [part for part in line.split("  ") if part.strip(" -=")]
        for word in (one.removeprefix("- ").strip() for one in words):
            assert word.casefold() in shown.casefold()
            assert word.casefold() in " ".join(html.split()).casefold()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_day_stands_in_the_words_of_the_language(ana, closed, language):
    i18n.use(language)
    months = {"es": "17 de mayo de 2019", "en": "17 May 2019", "pt": "17 de maio de 2019", "fr": "17 mai 2019"}
    assert months[language] in meetings.acta_text(ana, closed)


# --- files -------------------------------------------------------------------------------------------------------


def test_the_files_bear_names_that_mail_servers_let_pass_and_none_is_written_over(ana, closed, tmp_path):
    first = meetings.write_files(ana, closed, tmp_path / "nueva" / "carpeta")
    assert [path.name for path in first.paths] == [
        "acta-3-5-20190517.txt",
        "acta-3-5-20190517.md",
        "acta-3-5-20190517.docx",
        "reunion-3-5-20190620.ics",
        "cambios-UY-20190314.json",
        "acta-3-5-20190517.eml",
    ]
    before = {path: path.read_bytes() for path in first.paths}
    second = meetings.write_files(ana, closed, tmp_path / "nueva" / "carpeta")
    assert second.acta_text.name == "acta-3-5-20190517-2.txt"
    assert {path: path.read_bytes() for path in first.paths} == before
    assert ana.unsent() == 0


def test_the_message_brings_minutes_calendar_and_changes(ana, closed, tmp_path, make_replica):
    import email
    from email import policy

    written = meetings.write_files(ana, closed, tmp_path)
    message = email.message_from_bytes(written.mail.read_bytes(), policy=policy.default)
    assert message["Subject"] == "Acta de la reunión: Grupo de trabajo de Innovación en el sector público (3.5)"
    assert message["X-Unsent"] == "1"
    text = message.get_body().get_content()
    assert "Se adjunta el acta de la reunión" in text
    assert "- Costa Rica, hasta el 30 de junio de 2019: Enviar el formulario final" in text
    assert "Próxima reunión: 20 de junio de 2019, 10:00, hora de Quito." in text
    enclosed = {one.get_filename(): one.get_content() for one in message.iter_attachments()}
    assert list(enclosed) == ["acta-3-5-20190517.docx", "reunion-3-5-20190620.ics", "cambios-UY-20190314.json"]
    assert enclosed["acta-3-5-20190517.docx"] == written.acta_docx.read_bytes()
    assert enclosed["cambios-UY-20190314.json"] == written.changes.read_bytes()
    # Whoever saves the whole message can receive it as it is.
    eva = make_replica("Eva", "PE")
    report = eva.merge([("acta.eml", written.mail.read_bytes())], accept=True)
    assert not report.refused
    assert meetings.acta_text(eva, closed) == ACTA


def test_a_folder_that_cannot_be_made_is_named(ana, closed, tmp_path):
    from gealc_tui import errors

    (tmp_path / "archivo").write_text("x", "utf-8")
    with pytest.raises(errors.FileUnwritable):
        meetings.write_files(ana, closed, tmp_path / "archivo")
    assert ana.unsent() > 0


@pytest.mark.parametrize("fails", range(6))
@pytest.mark.parametrize("step", ["_fill", "os.replace"])
def test_whichever_file_finds_no_room_none_of_the_set_is_there(ana, closed, tmp_path, monkeypatch, step, fails):
    from gealc_tui import atomic_files, errors

    owner, name = (atomic_files.os, "replace") if step == "os.replace" else (atomic_files, step)
    works, left = getattr(owner, name), [fails]

    def full(*arguments):
        if not left[0]:
            raise OSError(errno.ENOSPC, "no room")
        left[0] -= 1
        return works(*arguments)

    folder = tmp_path / "acta"
    unsent = ana.unsent()
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, full)
        with pytest.raises(errors.FileUnwritable) as refused:
            meetings.write_files(ana, closed, folder)
    assert refused.value.reason == "full"
    assert list(folder.iterdir()) == []
    assert ana.unsent() == unsent
    assert len(meetings.write_files(ana, closed, folder).paths) == len(list(folder.iterdir())) == 6


def test_a_set_of_which_it_cannot_be_noted_that_it_was_sent_is_not_left_lying(ana, closed, tmp_path):
    from gealc_tui import errors

    ana._db.execute("PRAGMA query_only = ON")
    with pytest.raises(errors.DatabaseReadOnly):
        meetings.write_files(ana, closed, tmp_path / "acta")
    ana._db.execute("PRAGMA query_only = OFF")
    assert list((tmp_path / "acta").iterdir()) == []


# --- calendar ----------------------------------------------------------------------------------------------------


def event(data: bytes):
    return icalendar.Calendar.from_ical(data).walk("VEVENT")[0]


def test_the_next_meeting_is_told_by_the_clock_of_its_city(ana, closed):
    found = event(meetings.next_calendar(ana, closed))
    begin = found["DTSTART"].dt
    assert begin.isoformat() == "2019-06-20T15:00:00+00:00"
    assert "10:00, hora de Quito" in found["DESCRIPTION"]
    assert found["SUMMARY"] == "Red GEALC: Grupo de trabajo de Innovación en el sector público (3.5)"
    assert "- Costa Rica, 30/06/2019: Enviar el formulario final" in found["DESCRIPTION"]


def test_a_meeting_that_moves_is_the_same_one_in_the_calendar(ana, closed):
    before = event(meetings.next_calendar(ana, closed))
    meetings.plan_next(ana, closed, day="27/6/2019", hour="15", city="Santiago")
    after = event(meetings.next_calendar(ana, closed))
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert after["DTSTART"].dt.isoformat() == "2019-06-27T19:00:00+00:00"


def test_an_unknown_city_has_no_clock_and_a_meeting_without_an_hour_takes_the_day(ana, closed):
    meeting = meetings.planned(ana).id
    meetings.set_field(ana, meeting, "city", "Macondo")
    found = event(meetings.next_calendar(ana, closed))
    assert found["DTSTART"].dt.tzinfo is None
    assert "10:00, hora de Macondo" in found["DESCRIPTION"]
    meetings.set_field(ana, meeting, "hour", "")
    found = event(meetings.next_calendar(ana, closed))
    assert found["DTSTART"].dt.isoformat() == "2019-06-20"
    assert "DTEND" not in found


def test_without_a_next_meeting_there_is_no_calendar_file(ana, tmp_path):
    meeting = begun(ana)
    meetings.close(ana, meeting)
    assert meetings.next_calendar(ana, meeting) is None
    assert meetings.write_files(ana, meeting, tmp_path).calendar is None


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("Quito", "America/Guayaquil"),
        ("são paulo", "America/Sao_Paulo"),
        ("Ciudad de México", "America/Mexico_City"),
        ("San José", "America/Costa_Rica"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Washington, D.C.", "America/New_York"),
        ("Chile", "America/Santiago"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("Macondo", None),
        ("GMT", "UTC"),
        ("", None),
        (None, None),
    ],
)
def test_a_city_lives_by_its_clock(city, zone):
    assert zone_of(city) == zone


def _texts(data: bytes) -> list[str]:
    file = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return [one.text for one in file.paragraphs] + cells


def _html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.strip()


def test_the_files_are_what_each_form_says_alone(ana, closed, tmp_path):
    written = meetings.write_files(ana, closed, tmp_path)
    assert written.acta_text.read_bytes() == meetings.acta_text(ana, closed).encode()
    assert written.acta_markdown.read_bytes() == meetings.acta_markdown(ana, closed).encode()
    assert written.acta_docx.read_bytes() == meetings.acta_word(ana, closed)


def test_what_is_written_between_two_forms_makes_no_difference_between_the_files(ana, closed, tmp_path, monkeypatch):
    expected = meetings.acta_markdown(ana, closed)
    note = next(note.entity for one in acta_data.acta(ana, closed).treated for note in one.notes)

    def then_edited(document):
        text = plain_text(document)
        with ana.another() as window:
            window.commit([(note, "text", "Otras palabras.")])
        return text

    monkeypatch.setattr("gealc_tui.reports.acta_text.plain_text", then_edited)
    told = []
    tell = acta_data.acta
    monkeypatch.setattr("gealc_tui.reports.acta.acta", lambda *args: told.append(args) or tell(*args))
    written = meetings.write_files(ana, closed, tmp_path)
    assert written.acta_markdown.read_bytes() == expected.encode()
    assert len(told) == 1
    assert meetings.acta_markdown(ana, closed) != expected


def test_the_files_of_a_meeting_ask_the_database_a_bounded_number_of_questions(ana, closed, tmp_path):
    asked: list[str] = []
    ana._db.connection.set_trace_callback(asked.append)
    meetings.write_files(ana, closed, tmp_path)
    ana._db.connection.set_trace_callback(None)
    assert 0 < len(asked) <= 270
