"""Meetings that people hold on their copies, and what copies that hold the same must tell alike of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from gealc_tui import errors, i18n
from gealc_tui.commands import meetings
from gealc_tui.domain import agendas
from gealc_tui.replica import Replica

from .copies import Copy
from .living import told_of_life
from .world import SEEN, World, does, pick, who
from .writing import activity, text

DAY = date(2019, 6, 1)
"""Agendas and alerts are asked for this day, whatever the clocks of the copies say."""


class Meetings(World):
    """The rules of meetings."""

    def __init__(self) -> None:
        super().__init__()
        self.remembered: dict[str, object] = {}
        """What the plan was just after each closing, by the key of its moment."""

    @does(number=who)
    def begin_a_meeting(self, number: int) -> None:
        copy = self.copy(number)
        self.speaker(copy)
        # Nobody meets about an area that is withdrawn.
        if meetings.current(copy.replica) is None and not copy.replica.read.is_hidden("area/2019/1.1"):
            self.write(copy, lambda one: _committed(one, meetings.begin(one, body="working_group", area="1.1")))
            SEEN["meetings begun"] += 1

    @does(number=who, activity=activity, text=text)
    def agree_on_something(self, number: int, activity: str, text: str) -> None:
        self._at_a_meeting(number, lambda one, id: meetings.agree(one, id, activity, text))

    @does(number=who)
    def close_a_meeting(self, number: int) -> None:
        if self._at_a_meeting(number, meetings.close):
            SEEN["meetings closed"] += 1
            replica = self.copy(number).replica
            change = replica.steps()[-1].change
            (moment,) = (one for one in replica.read.moments() if one.change == change)
            self.remembered[moment.key] = replica.read.state()

    def _stood(self, copy: Copy) -> None:
        """At each closing the plan stood as it was seen just after it."""
        for moment in copy.replica.read.moments():
            stood = copy.replica.as_of(moment)
            if not stood.missing and moment.key in self.remembered:
                assert stood.read.state() == self.remembered[moment.key]
                SEEN["plans seen as they stood"] += 1

    @does(number=who, which=pick)
    def leave_something_out(self, number: int, which: int) -> None:
        def leave_out(replica: Replica, id: str) -> object:
            found = meetings.changes(replica, id)
            return meetings.leave_out(replica, id, [found[which % len(found)].change]) if found else None

        self._at_a_meeting(number, leave_out)

    @does(number=who, which=pick)
    def reopen_a_meeting(self, number: int, which: int) -> None:
        copy = self.copy(number)
        found = copy.replica.read.meetings()
        if found:
            id = sorted(one.id for one in found)[which % len(found)]
            self.write(copy, lambda one: meetings.reopen(one, id), errors.MeetingIsOpen)

    def _at_a_meeting(self, number: int, act: Any) -> bool:
        copy = self.copy(number)
        self.speaker(copy)
        open_one = meetings.current(copy.replica)
        return open_one is not None and self.write(copy, lambda one: act(one, open_one.id), errors.MeetingIsNotOpen)


def _committed(replica: Replica, meeting: str) -> Any:
    """What `write` looks at, of a command that gives the id of what it made."""
    change = replica.steps()[-1].change
    edits = tuple((edit.entity, edit.field, None, edit.value) for edit in replica.change(change).edits)
    return type("Made", (), {"change": change, "edits": edits})()


def told(copy: Copy) -> dict[str, object]:
    """Everything that is ordered or chosen by when it was written: alike on copies that hold the same."""
    replica, read = copy.replica, copy.replica.read
    outline = read.outline(DAY, "2019")
    found: dict[str, object] = {
        "history": [(one.id, one.at, one.is_doubtful, one.edits) for one in read.history()],
        "agenda": agendas.by_urgency(outline, read.items(), None) if outline is not None else (),
        "items": [(one.id, one.text, one.placed) for one in read.items()],
        "moments": read.moments(),
        "order": [[row.id for row in area.activities] for area in outline.areas] if outline is not None else [],
    }
    i18n.use(i18n.SOURCE)
    found |= told_of_life(copy)
    for meeting in read.meetings():
        found[f"changes of {meeting.id}"] = read.meeting_changes(meeting.id)
        found[f"minutes of {meeting.id}"] = meetings.acta_text(replica, meeting.id)
        found[f"owed after {meeting.id}"] = meetings.open_commitments(replica, meeting.body, meeting.area)
    for moment in read.moments():
        stood = replica.as_of(moment)
        found[f"as of {moment.id}"] = (stood.read.state(), stood.missing, stood.is_verified)
    return found
