"""What the ten reports say of a small year, word for word: a report that changes is seen to change.

`GEALC_GOLDEN=renew pytest tests/reports/test_golden.py` writes the files anew; what changed is then read before it is
committed.
"""

from __future__ import annotations

import os
from pathlib import Path

from conftest import Clock, MakeReplica, introduced

from gealc_tui.commands import activities, approval, meetings, notes, reports, structure
from gealc_tui.commands.reasons import Why
from gealc_tui.commands.reports import NOTHING_MORE, Asked, Form, Name
from gealc_tui.domain.vocabulary import MeetingBody, Status
from gealc_tui.replica import Replica

GOLDEN = Path(__file__).parent / "golden"
ASKED = {Name.SHEET: Asked(ref="1.1.1")}
DAY = 24 * 3600 * 1000


def played(sara: Replica, clock: Clock) -> None:
    """A year: approved, amended with a reason and without, a meeting, what was done and what slipped."""
    approval.approve(sara, "2019", day="15/03/2019")
    structure.add_activity(sara, "1.1", "Encuesta", why=Why("la pidió la Asamblea"))
    activities.set_field(sara, "1.1.3", "due", "2019-05-31", Why("la pidió la Asamblea"))
    activities.set_field(sara, "1.1.2", "title", "Estudio regional")
    activities.set_field(sara, "1.1.1", "units_planned", "2")
    notes.add_note(sara, "1.1.3", "Faltan respuestas de dos países.")
    notes.add_note(sara, "1.1.3", "Nadie contesta el teléfono.", official=False)
    clock.now += 63 * DAY
    meeting = meetings.begin(
        sara,
        body=MeetingBody.WORKING_GROUP,
        area="1.1",
        day="17/05/2019",
        hour="9",
        city="Quito",
        countries=("CL", "PE"),
    )
    meetings.agree(sara, meeting, "2019/1.1.2", "Revisar el índice @cl 15/06")
    meetings.agree(sara, meeting, "2019/1.1.2", "Se adopta la metodología de Chile")
    meetings.close(sara, meeting)
    clock.now += 60 * DAY
    activities.set_field(sara, "1.1.1", "units_done", "2")
    activities.set_status(sara, "2019/1.1.1", Status.DONE)
    structure.deliver(sara, "1.1.1", day="10/07/2019", evidence="https://example.org/acta")


def test_the_reports_of_a_small_year_say_what_they_said(make_replica: MakeReplica) -> None:
    clock = Clock()
    sara = introduced(make_replica("Sara", plan="small", introduce=False, clock=clock), "Sara", "OAS", "secretariat")
    played(sara, clock)
    told = {name: reports.make(sara, name, Form.MARKDOWN, ASKED.get(name, NOTHING_MORE)).decode() for name in Name}
    if os.environ.get("GEALC_GOLDEN") == "renew":
        GOLDEN.mkdir(exist_ok=True)
        for name, words in told.items():
            (GOLDEN / f"{name.value}.md").write_text(words, encoding="utf-8", newline="\n")
    for name, words in told.items():
        assert words == (GOLDEN / f"{name.value}.md").read_text(encoding="utf-8"), name
    assert {one.stem for one in GOLDEN.iterdir()} == {name.value for name in Name}
