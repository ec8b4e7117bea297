"""What the screens of a meeting make of readings: pure functions, without a window."""

from __future__ import annotations

import pytest
from rich.style import Style

from gealc_tui.commands import activities, meetings, notes
from gealc_tui.domain.readings import ActivityRow
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Committed, Replica
from gealc_tui.tui import meeting_drawing, meeting_typing
from gealc_tui.tui.meeting_telling import meeting_line
from gealc_tui.tui.meeting_typing import Asking

FIRST = "2019/3.5.1"


@pytest.fixture
def replica(make_replica: object) -> Replica:
    return make_replica()  # type: ignore[operator,no-any-return]


@pytest.fixture
def rows(replica: Replica) -> tuple[ActivityRow, ...]:
    outline = replica.read.outline(replica.today, replica.plan)
    assert outline is not None
    return outline.activities


def plain(name: str) -> Style:
    return Style.null()


def codes(rows: tuple[ActivityRow, ...], text: str) -> list[str]:
    return [choice.name for choice in meeting_typing.found(rows, text)]


def test_a_code_is_found_with_and_without_its_dots_and_both_of_two(rows: tuple[ActivityRow, ...]) -> None:
    assert codes(rows, "3.5.6")[0] == "3.5.6"
    assert codes(rows, "356")[0] == "3.5.6"
    assert codes(rows, "355")[:2] == ["3.5.5", "3.5.5"]
    assert codes(rows, "37") == ["3.7.1", "3.7.2"]
    assert codes(rows, "BLOCKCHAIN") == ["3.6.3"]
    assert codes(rows, " ") == []


def test_enter_goes_to_what_is_meant_and_nowhere_if_two_have_the_code(rows: tuple[ActivityRow, ...]) -> None:
    def meant(text: str) -> str | None:
        choice = meeting_typing.meant(meeting_typing.found(rows, text), text)
        return choice.name if choice is not None else None

    assert meant("356") == "3.5.6"
    assert meant("355") is None
    assert meant("blockchain") == "3.6.3"
    assert meant("nada de eso") is None


def test_the_countries_present_are_named_and_what_is_none_is_said() -> None:
    heard = meeting_typing.present("cl uy xx")
    assert heard.lines == ("2 países: Chile, Uruguay",)
    assert heard.faults == ("No se entiende: «xx»",)


def test_a_lead_and_a_date_are_understood_while_they_are_typed(replica: Replica) -> None:
    id = meetings.begin(replica, body="working_group", area="2019/3.5")
    meeting, here = meetings.reading(replica, id), replica.read.activity(FIRST, replica.today)

    def heard(asking: Asking, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        said = meeting_typing.heard(replica, meeting, here, asking, text, official=True)
        return said.lines, said.faults

    assert heard(Asking.LEAD, "oea") == (("Entendido: OEA",), ())
    assert heard(Asking.LEAD, "atlantis") == ((), ("No se entiende: «atlantis»",))
    assert heard(Asking.DUE, "31/02") == (("Ahora: 30/06/2019",), ("No existe la fecha «31/02».",))
    assert heard(Asking.DUE, "15/08")[0][1].startswith("Entendido: jueves 15 de agosto de 2019")
    assert heard(Asking.AGREEMENT, "Enviar @cl @pe 15/08")[0] == (
        "Compromiso de Chile, jueves 15 de agosto de 2019",
        "Compromiso de Perú, jueves 15 de agosto de 2019",
    )


def test_the_side_tells_everything_but_internal_words_and_the_last_first(replica: Replica) -> None:
    id = meetings.begin(replica, body="working_group", area="2019/3.5")
    activities.set_status(replica, FIRST, Status.DONE)
    notes.add_note(replica, f"activity/{FIRST}", "Nadie contesta", official=False)
    notes.add_note(replica, f"activity/{FIRST}", "[/] llegó [CEPAL]")
    meetings.reschedule(replica, FIRST, "15/08")
    meetings.agree(replica, id, None, "Reunirse")
    changes = meetings.changes(replica, id)
    internal = {change.entity for change in changes if change.after == "Nadie contesta"}
    text = meeting_drawing.ledger_text(changes, meetings.items(replica, id), internal, 60, plain).plain
    assert text.splitlines() == [
        "— decisión",
        "  Reunirse",
        "3.5.1 Plazo: 15/08/2019",
        "3.5.1 nota",
        "  [/] llegó [CEPAL]",
        "3.5.1 nota interna",
        "3.5.1 ○ Pendiente → ● Cumplida",
    ]


def test_since_when_a_status_stands(replica: Replica) -> None:
    def since() -> str | None:
        history = replica.read.history((f"activity/{FIRST}",))
        found = meeting_drawing.status_since(history, FIRST)
        return found[1].name if found is not None else None

    activities.set_field(replica, f"activity/{FIRST}", "lead", "cl")
    assert since() is None
    activities.set_status(replica, FIRST, Status.DONE)
    assert since() == "Ana"


def test_more_countries_than_fit_are_counted(replica: Replica) -> None:
    many = ["AR", "BO", "BR", "CL", "CO", "CR", "DO", "EC", "SV", "GT", "HN", "MX", "NI", "PA", "PY", "PE", "UY"]
    meeting = meetings.reading(replica, meetings.begin(replica, body="assembly", countries=many))
    assert "17 países presentes" in meeting_drawing.presence(meeting, 60, plain).plain
    assert "presentes: AR BO" in meeting_drawing.presence(meeting, 120, plain).plain
    assert "nadie presente" in meeting_drawing.presence(meeting._replace(countries=()), 60, plain).plain


def test_the_agenda_keeps_where_it_is_in_sight(rows: tuple[ActivityRow, ...]) -> None:
    for here in (rows[0], rows[20], rows[-1]):
        lines = meeting_drawing.agenda_text(rows, here.id, 30, 9, plain).plain.splitlines()
        assert len(lines) == 9
        assert any(f"{here.code} " in line for line in lines)
        assert {len(line) for line in lines} == {30}


def test_what_was_done_is_told_in_a_line(replica: Replica) -> None:
    def told(committed: Committed | None) -> str:
        assert committed is not None
        return meeting_line(committed, replica.read.title_of(committed.edits[0][0]))

    id = meetings.begin(replica, body="working_group", area="2019/3.5")
    agreed = meetings.agree(replica, id, FIRST, "Enviar @cl @pe 15/08")
    assert told(agreed) == "3.5.1 · Compromiso: Enviar (Chile, 15/08/2019) (y 1 más)"
    assert told(meetings.take_note_of(replica, id, FIRST, "del informe")) == "3.5.1 · Se toma nota: del informe"
    assert told(meetings.set_countries(replica, id, ["CL", "UY"])) == "Presentes: Chile, Uruguay"
    assert told(meetings.close(replica, id)) == "Reunión cerrada"
