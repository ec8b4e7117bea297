"""What is told bears the names that people know, on both surfaces, also of what is only looked at."""

from __future__ import annotations

import email
import re
from email import policy

import pytest

from gealc_tui import i18n
from gealc_tui.commands import activities, exchange, meetings, notes, people, undo
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.vocabulary import Status
from gealc_tui.tui.drawing import Turn, told_line
from gealc_tui.tui.report import report_text

HERE = "2019/3.5.3"
ID = re.compile(r"\b(Ana|Eva)\d{4}\b|\b(item|note|meeting|product|person|plan)/|\bNone\b|\b[a-z2-7]{26}\b")
"""What nobody should have to read. The ids of tests begin with the name of the copy."""

GROUP = "Grupo de trabajo de Innovación en el sector público (3.5), 17/05/2019"


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY")


@pytest.fixture
def met(ana):
    """A meeting with an agreement of the meeting in general, one about an activity, and notes on all that has them."""
    facts = {"area": "3.5", "day": "17/05/2019", "countries": ("CL", "PE")}
    meeting = meetings.begin(ana, body="working_group", **facts)
    meetings.agree(ana, meeting, None, "Se aprueba el plan")
    meetings.agree(ana, meeting, HERE, "Enviar el formulario @cl 15/08/2019")
    notes.add_note(ana, "area/2019/3.5", "Del área")
    activities.set_field(ana, f"product/{HERE}/1", "evidence", "https://example.org")
    meetings.close(ana, meeting)
    return meeting


def drawn(renderable) -> str:
    from rich.console import Console

    console = Console(width=200)
    with console.capture() as caught:
        console.print(renderable)
    return caught.get()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_nothing_that_the_log_holds_is_called_by_an_id(ana, met, language):
    i18n.use(language)
    entities = {entity for entity, *_ in ana._db.rows("SELECT DISTINCT entity FROM registers")}
    assert {entity.partition("/")[0] for entity in entities} >= {"plan", "area", "activity", "item", "person"}
    for entity in (*entities, "vouching/x", "item/nada", "later/x", ""):
        for titled in (True, False):
            name = name_of(ana, entity, titled=titled)
            assert name.strip(), entity
            assert not ID.search(name), (entity, name)


def test_a_meeting_is_called_by_who_meets_and_when_and_what_it_agreed_by_the_meeting(ana, met):
    (general,) = [one.id for one in ana.read.items() if one.about is None]
    assert name_of(ana, f"meeting/{met}") == name_of(ana, f"item/{general}") == GROUP
    assert name_of(ana, f"product/{HERE}/1") == "3.5.3"
    assert name_of(ana, f"person/{ana.id}") == "Ana, Uruguay"
    assert name_of(ana, "plan/2019") == "PLAN DE TRABAJO 2019"


@pytest.mark.parametrize("dry_run", [True, False], ids=["preview", "result"])
def test_what_a_file_brings_is_told_by_names_on_both_surfaces(ana, met, make_replica, capsys, dry_run):
    from gealc_tui.cli.merging import say_plan

    eva = make_replica("Eva", "PE")
    files = [("cambios.json", exchange.export_text(ana, everything=True).encode())]
    report = eva.merge(files, accept=True, dry_run=dry_run)
    say_plan(report)
    told = capsys.readouterr().out
    seen = drawn(report_text(report, done=not dry_run))
    for text in (told, seen):
        assert not ID.search(text), text
        assert GROUP in text
        assert "Se aprueba el plan" in text
    assert f"{GROUP} · Acuerdo: Se aprueba el plan" in told


def test_what_was_done_and_undone_is_told_by_names(ana, met):
    (general,) = [one.id for one in ana.read.items() if one.about is None]
    meetings.reopen(ana, met)
    done = meetings.delete_item(ana, general)
    lines = [told_line(done, lambda entity: name_of(ana, entity))]
    lines.append(told_line(undo.undo(ana), lambda entity: name_of(ana, entity), Turn.UNDONE))
    assert lines[0].startswith(GROUP)
    assert lines[1].startswith(f"Deshecho: {GROUP}")
    assert lines[1].endswith("U rehace")
    assert not any(ID.search(line) for line in lines)


# --- the message that brings minutes -----------------------------------------------------------------------------


def text_of(path) -> str:
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    return message.get_body().get_content()


def test_commitments_stand_once_in_the_order_of_the_agenda_without_what_was_undone(ana, tmp_path):
    meeting = meetings.begin(ana, body="working_group", area="3.5", day="17/05/2019", countries=("CL",), order="area")
    for code, words in (("3.5.4", "Tercero @cl 01/06/2019"), ("3.5.1", "Primero @cl 30/09/2019"), ("3.5.2", "Borrado")):
        meetings.agree(ana, meeting, f"2019/{code}", words)
    undo.undo(ana)
    meetings.agree(ana, meeting, "2019/3.5.2", "Segundo @pe")
    meetings.close(ana, meeting)
    text = " ".join(text_of(meetings.write_files(ana, meeting, tmp_path).mail).split())
    assert [text.count(words) for words in ("Primero", "Segundo", "Tercero", "Borrado")] == [1, 1, 1, 0]
    assert text.index("Primero") < text.index("Segundo") < text.index("Tercero")


def test_no_block_of_text_stands_in_it_and_the_attachment_is_received(ana, met, tmp_path, make_replica):
    written = meetings.write_files(ana, met, tmp_path)
    assert "BEGIN GEALC" not in text_of(written.mail)
    assert len(text_of(written.mail)) < 2_000
    eva = make_replica("Eva", "PE")
    assert not eva.merge([("acta.eml", written.mail.read_bytes())], accept=True).refused


def test_that_internal_notes_travel_is_said_in_the_message_and_to_whoever_sends(ana, met, tmp_path):
    assert meetings.write_files(ana, met, tmp_path / "sin").internal_notes == 0
    notes.add_note(ana, f"activity/{HERE}", "Secreto de pasillo", official=False)
    written = meetings.write_files(ana, met, tmp_path / "con notas")
    assert written.internal_notes == 1
    text = " ".join(text_of(written.mail).split())
    assert "lleva también 1 nota interna" in text
    assert "Secreto" not in text
    people.introduce(ana, "Ana", "UY", "focal")
    parcel = exchange.prepare(ana, exchange.Form.MAIL, everything=True)
    assert any("1 nota interna" in one for one in exchange.remarks(parcel))


def test_what_a_file_brings_with_its_undo_is_neither_counted_nor_told(ana):
    activities.set_status(ana, HERE, Status.DONE)
    activities.set_status(ana, "2019/3.5.1", Status.ON_HOLD)
    undo.undo(ana)
    text = exchange.prepare(ana, exchange.Form.MAIL, everything=True).data
    body = email.message_from_bytes(text, policy=policy.default).get_body().get_content()
    assert "envía 2 cambios" in body  # who Ana is, and the status that stands
    assert "Cumplida" in body
    assert "3.5.1" not in body.partition("BEGIN")[0]


def test_a_due_date_set_to_the_day_that_it_had_is_no_rescheduling(ana):
    from gealc_tui.reports.acta import acta

    meeting = meetings.begin(ana, body="working_group", area="3.5", day="17/05/2019", countries=("CL",))
    row = ana.read.activity(HERE, ana.today).row
    end = {"S1": "30/06/2019", "S2": "31/12/2019", "ANNUAL": "31/12/2019"}[row.period]
    assert meetings.reschedule(ana, HERE, end) is None
    activities.set_field(ana, f"activity/{HERE}", "due", end)
    assert "Reprogramada" not in meetings.acta_text(ana, meeting)
    assert all(one.rescheduling is None for one in acta(ana, meeting).treated)
    meetings.reschedule(ana, HERE, "20/12/2019")
    assert "Reprogramada" in meetings.acta_text(ana, meeting)
