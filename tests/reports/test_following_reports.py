"""What changed, how a plan differs, when what is due, one page, one activity; as PDF and as a calendar too."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from commands import meeting as play
from conftest import MakeReplica, introduced
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from gealc_tui import errors
from gealc_tui.commands import activities, approval, meetings, notes, reports, series, structure
from gealc_tui.commands.reasons import Why
from gealc_tui.commands.reports import Asked, Form, Name
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica

HOSTILE = '#panic("x") *x* <script> $1$ =1+1 @cl \\ “ñ”'


@pytest.fixture
def ana(make_replica: MakeReplica) -> Replica:
    """A copy with a year in it: a meeting that was closed, and what was written since."""
    replica = make_replica("Ana")
    activities.set_status(replica, "2019/3.1.1", Status.DONE)
    meeting = play.begun(replica)
    play.written(replica, meeting)
    meetings.close(replica, meeting)
    activities.set_status(replica, "2019/3.5.1", Status.DONE)
    activities.set_field(replica, "3.5.2", "place", "Lima")
    activities.set_field(replica, "3.5.2", "place", "Quito")
    activities.set_field(replica, "3.5.4", "lead", "CL")
    activities.set_field(replica, "3.5.4", "lead", "")
    notes.add_note(replica, "activity/2019/3.5.1", HOSTILE, official=True)
    return replica


def text(replica: Replica, name: Name, asked: Asked = reports.NOTHING_MORE, form: Form = Form.TEXT) -> str:
    return " ".join(reports.make(replica, name, form, asked).decode().split())


def test_changes_are_told_net_since_the_last_meeting_or_a_day_or_from_the_beginning(ana: Replica) -> None:
    told = text(ana, Name.CHANGES)
    assert "al cerrar la última reunión" in told
    assert "Lugar: Presencial y virtual. → Quito" in told or "→ Quito" in told
    assert "Lima" not in told
    assert "Chile" not in told
    assert "3.1.1" not in told
    assert "3.1.1 Taller regional" in text(ana, Name.CHANGES, Asked(since="baseline"))
    with pytest.raises(errors.MomentUnknown):
        text(ana, Name.CHANGES, Asked(since="nunca"))


def test_a_fresh_plan_has_no_changes_and_says_so(make_replica: MakeReplica) -> None:
    replica = make_replica("Eva")
    assert "Nada cambió desde entonces." in text(replica, Name.CHANGES)
    assert "No hay cambios." in text(replica, Name.COMPARISON)


def test_a_comparison_tells_before_after_who_and_why(make_replica: MakeReplica) -> None:
    sara = introduced(make_replica("Sara", introduce=False), "Sara", "OAS", "secretariat")
    approval.approve(sara, "2019", day="16/11/2018")
    activities.set_field(sara, "3.6.1", "title", "Otro", Why("lo pidió la Asamblea"))
    structure.withdraw(sara, "activity", "3.6.2", Why("sin fondos"))
    activities.set_field(sara, "3.6.3", "period", "ANNUAL")
    told = text(sara, Name.COMPARISON, form=Form.MARKDOWN)
    assert "Comparado con el plan aprobado el 16/11/2018, según Sara, OEA." in told
    for words in ("«lo pidió la Asamblea»", "«sin fondos»", "retirado:", "sin motivo", "3 diferencias."):
        assert words in told, words


def test_the_timeline_holds_each_thing_with_a_day_once_and_a_calendar_takes_what_is_open(ana: Replica) -> None:
    series.set_series(ana, "3.7.1", 3)
    series.held(ana, "3.7.1", 1, on="5/1/2019")
    book = CalamineWorkbook.from_filelike(io.BytesIO(reports.make(ana, Name.TIMELINE, Form.EXCEL)))
    header, *rows = book.get_sheet_by_index(0).to_python()
    assert header[:5] == ["Día", "Código", "Qué vence", "Responsable", "Situación"]
    assert len(rows) == 39 + 4 + 2  # activities, occurrences, commitments
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    marks = [row for row in rows if row[1] == "3.7.1"]
    assert [row[4] for row in marks] == ["Realizada", "Pendiente", "Pendiente", "Pendiente"]
    assert [place for place, cell in enumerate(marks[1][5:], 1) if cell] == [4]
    events = Calendar.from_ical(reports.make(ana, Name.TIMELINE, Form.CALENDAR)).walk("VEVENT")
    assert len(events) == len(rows) - 1 - 2  # without what was held or done
    assert len({str(one["UID"]) for one in events}) == len(events)
    promised = Calendar.from_ical(reports.make(ana, Name.COMMITMENTS, Form.CALENDAR)).walk("VEVENT")
    assert len(promised) == 2


def test_the_page_for_the_assembly_adds_up(ana: Replica) -> None:
    told = reports.make(ana, Name.BOARD, Form.TEXT).decode()
    assert "2 de 40 cumplidas" in told
    assert "0 de 2 están cumplidos." in told
    rows = [line.split() for line in told.splitlines() if line.strip().endswith((" V", " A", " R"))]
    assert sum(int(row[-6]) for row in rows) == 40


def test_a_fact_sheet_tells_everything_of_one_activity(ana: Replica) -> None:
    told = text(ana, Name.SHEET, Asked(ref="3.5.1"))
    for words in ("3.5 Innovación", "Cumplida", "Notas oficiales", "Estado: Cumplida", '#panic("x") *x*'):
        assert words in told, words
    with pytest.raises(errors.NotFound):
        text(ana, Name.SHEET, Asked(ref="9.9.9"))


@pytest.mark.parametrize("name", [Name.CHANGES, Name.COMPARISON, Name.TIMELINE, Name.BOARD, Name.SHEET])
def test_each_is_made_in_each_of_its_forms_and_no_other(ana: Replica, name: Name) -> None:
    asked = Asked(ref="3.5.1") if name is Name.SHEET else reports.NOTHING_MORE
    for form in Form:
        if form is Form.PDF:
            continue
        if form in reports.forms(name):
            assert reports.make(ana, name, form, asked)
        else:
            with pytest.raises(errors.FormUnknown):
                reports.make(ana, name, form, asked)


def test_a_pdf_is_tagged_and_holds_the_words_as_they_were_written(ana: Replica, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    data = reports.make(ana, Name.SHEET, Form.PDF, Asked(ref="3.5.1"))
    assert (data.startswith(b"%PDF-") and b"pdfuaid" in data) or b"StructTreeRoot" in data
    if shutil.which("pdftotext") is None:
        return
    (tmp_path / "x.pdf").write_bytes(data)
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "x.pdf", "-"], capture_output=True, check=True).stdout
    assert '#panic("x") *x* <script> $1$ =1+1' in told.decode()


def test_a_letter_without_a_shape_makes_a_pdf_all_the_same(ana: Replica) -> None:
    pytest.importorskip("typst")
    notes.add_note(ana, "activity/2019/3.5.1", "工作组 \U0001f9ea", official=True)
    assert reports.make(ana, Name.SHEET, Form.PDF, Asked(ref="3.5.1")).startswith(b"%PDF-")


def test_without_what_makes_it_one_is_told_how_to_get_it(ana: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(errors.FormMissing):
        reports.make(ana, Name.BOARD, Form.PDF)
