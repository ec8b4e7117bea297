"""A meeting of the working group of area 3.5, as tests of the core and of the minutes play it."""

from __future__ import annotations

from gealc_tui.commands import activities, meetings, notes
from gealc_tui.domain.vocabulary import MeetingBody, Status
from gealc_tui.replica import Replica

AREA = "2019/3.5"


def activity(number: str) -> str:
    return f"{AREA}.{number}"


def begun(replica: Replica, **facts: object) -> str:
    """The meeting begins: on 17 May, 9 o'clock in Quito, with five countries."""
    said = {"day": "17/05/2019", "hour": "9", "city": "Quito", "countries": ("CL", "CR", "EC", "PE", "UY"), **facts}
    return meetings.begin(replica, body=MeetingBody.WORKING_GROUP, area="3.5", **said)  # type: ignore[arg-type]


def written(replica: Replica, meeting: str) -> None:
    """Three statuses, two official notes and an internal one, two commitments, a decision, one date moved."""
    activities.set_status(replica, activity("1"), Status.DONE)
    notes.add_note(replica, f"activity/{activity('1')}", "El informe final está publicado.")
    activities.set_status(replica, activity("2"), Status.IN_PROGRESS)
    meetings.agree(replica, meeting, activity("2"), "Revisar la metodología @cl 15/08")
    activities.set_status(replica, activity("3"), Status.IN_PROGRESS)
    notes.add_note(replica, f"activity/{activity('3')}", "Se espera el formulario de Costa Rica.")
    notes.add_note(replica, f"activity/{activity('3')}", "Nadie contestó el correo.", official=False)
    meetings.agree(replica, meeting, activity("3"), "Enviar el formulario final @cr 30/06")
    meetings.reschedule(replica, activity("4"), "30/09")
    meetings.agree(replica, meeting, activity("4"), "Se adopta la metodología de Chile")
    meetings.take_note_of(replica, meeting, None, "La Secretaría circulará el borrador.")
