"""The minutes of a meeting, as data: who met, what was treated, what was agreed, when they meet again.

Everything comes from the log and from the meeting's own fields, so that all who hold the same changes make the same
minutes. Internal notes never get in here. Words and layout are for others (`acta_words` and what follows it).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.domain.alerts import due_day
from gealc_tui.domain.change import Value, local_id
from gealc_tui.domain.meetings import ItemReading, MeetingChange, MeetingReading
from gealc_tui.domain.readings import ActivityRow
from gealc_tui.domain.vocabulary import ItemKind, MeetingState, Period, Status
from gealc_tui.replica import Replica
from gealc_tui.reports.commitments import Followed, followed


class FieldChange(NamedTuple):
    """A field of an activity, or of one of its products (its words), that the meeting set."""

    kind: str
    field: str
    before: Value
    after: Value
    product: str = ""


class Rescheduling(NamedTuple):
    """An activity's date was moved. A day that is the end of its period, and nobody's word, is told as such."""

    before: date | None
    before_is_period: bool
    after: date | None
    after_is_period: bool


class Treated(NamedTuple):
    """An activity that the meeting said something about."""

    id: str
    code: str
    title: str
    before: Status
    after: Status
    rescheduling: Rescheduling | None
    fields: tuple[FieldChange, ...]
    notes: tuple[str, ...]
    """The official notes that the meeting wrote."""
    items: tuple[ItemReading, ...]

    @property
    def is_told(self) -> bool:
        """Whether there is anything to tell: an internal note alone is nothing."""
        changed = self.before is not self.after or self.rescheduling is not None
        return changed or bool(self.fields or self.notes or self.items)


class Untouched(NamedTuple):
    """An activity of the agenda about which nothing was said."""

    code: str
    title: str
    status: Status


class General(NamedTuple):
    """What concerns no single activity. A note stands with the printed code of its area, if it is on one."""

    notes: tuple[tuple[str, str], ...]
    items: tuple[ItemReading, ...]


class Acta(NamedTuple):
    meeting: MeetingReading
    year: int | None
    """Of the plan."""
    role: str | None
    """The role of who took the minutes."""
    treated: tuple[Treated, ...]
    untouched: tuple[Untouched, ...]
    general: General
    items: tuple[ItemReading, ...]
    """All that was agreed, in the order of the meeting."""
    next: MeetingReading | None
    followed: tuple[Followed, ...] = ()
    """What earlier meetings had promised."""

    @property
    def is_draft(self) -> bool:
        """Whether more may still be written."""
        return self.meeting.state is not MeetingState.CLOSED

    @property
    def commitments(self) -> tuple[ItemReading, ...]:
        """By date; those without one last."""
        found = [one for one in self.items if one.kind is ItemKind.COMMITMENT]
        return tuple(sorted(found, key=lambda one: (one.due or "9999", one.country or "", one.at)))

    @property
    def decisions(self) -> tuple[ItemReading, ...]:
        return tuple(one for one in self.items if one.kind is ItemKind.DECISION)

    @property
    def noted(self) -> tuple[ItemReading, ...]:
        return tuple(one for one in self.items if one.kind is ItemKind.NOTED)


def acta(replica: Replica, id: str) -> Acta:
    """The minutes of a meeting, of an open one as they would be now. Raises NotFound."""
    read = replica.read
    meeting = read.meeting(id)
    changes, items = read.meeting_changes(id), read.items(id)
    rows = _Rows(replica, meeting)
    concerned = _concerned(meeting, changes, items)
    told = {
        one: treated
        for one, said in concerned.items()
        if said
        and (treated := _treated(replica, rows.get(one) or _unknown(one), rows.year, meeting, changes, items)).is_told
    }
    untouched = [
        Untouched(row.code, row.title, _status_then(replica, row, meeting))
        for one in meeting.agenda
        if one not in told and (row := rows.get(one)) is not None
    ]
    general = General(
        tuple((change.code, text) for change, text in _notes(replica, changes) if change.activity is None),
        tuple(one for one in items if one.about is None),
    )
    person = read.person(meeting.author.replica)
    return Acta(
        meeting,
        rows.year or None,
        person[2] if person is not None else None,
        tuple(told.values()),
        tuple(untouched),
        general,
        items,
        following(read.meetings(), meeting),
        followed(replica, meeting),
    )


def following(meetings: Iterable[MeetingReading], meeting: MeetingReading) -> MeetingReading | None:
    """The meeting of the same body that is next after this one, if it is fixed."""
    later = [
        one
        for one in meetings
        if (one.body, one.area) == (meeting.body, meeting.area)
        and one.id != meeting.id
        and one.day is not None
        and (one.day, one.hour or "") > (meeting.day or "", meeting.hour or "")
    ]
    return min(later, key=lambda one: (one.day or "", one.hour or ""), default=None)


def _concerned(
    meeting: MeetingReading, changes: Iterable[MeetingChange], items: Iterable[ItemReading]
) -> dict[str, bool]:
    """The activities of the agenda and those that were treated beside it, in order; whether anything was said."""
    said = dict.fromkeys(one.activity for one in changes if one.activity is not None and one.kind != "item")
    said.update(dict.fromkeys(one.about for one in items if one.about is not None))
    return {one: one in said for one in (*meeting.agenda, *said)}


class _Rows(dict[str, ActivityRow]):
    """The activities of the plan, by id; those of other plans are looked up when they are asked for."""

    def __init__(self, replica: Replica, meeting: MeetingReading) -> None:
        super().__init__()
        self._replica = replica
        wanted = (meeting.area or next(iter(meeting.agenda), "")).rpartition("/")[0]
        outline = replica.read.outline(replica.today, wanted or None) or replica.read.outline(replica.today)
        self.year = outline.year if outline is not None else 0
        self.update({row.id: row for row in outline.activities} if outline is not None else {})

    def __missing__(self, id: str) -> ActivityRow:
        return self._replica.read.activity(id, self._replica.today).row

    def get(self, id: str) -> ActivityRow | None:  # type: ignore[override]  # no default is ever asked for
        try:
            return self[id]
        except errors.NotFound:
            return None


def _unknown(id: str) -> ActivityRow:
    """An activity that is not here, or not yet: what was said about it is told all the same."""
    return ActivityRow(id, local_id(id) or id, "", "", 0, Period.ANNUAL, Status.PENDING, None, None, None, (), 0, 0)


def _treated(
    replica: Replica,
    row: ActivityRow,
    year: int,
    meeting: MeetingReading,
    changes: tuple[MeetingChange, ...],
    items: tuple[ItemReading, ...],
) -> Treated:
    own = [one for one in changes if one.activity == row.id]
    set_here: Mapping[str, MeetingChange] = {one.field: one for one in own if one.kind == "activity"}
    status = set_here.get("status")
    then = _status_then(replica, row, meeting)
    due = set_here.get("due")
    return Treated(
        row.id,
        row.code,
        row.title,
        _status(status.before, then) if status is not None else then,
        _status(status.after, then) if status is not None else then,
        _rescheduling(row, year, due) if due is not None else None,
        tuple(_fields(replica, row, own)),
        tuple(text for _, text in _notes(replica, own)),
        tuple(one for one in items if one.about == row.id),
    )


def _status_then(replica: Replica, row: ActivityRow, meeting: MeetingReading) -> Status:
    """The status when the meeting was closed; while it is open, the present one."""
    if meeting.state is not MeetingState.CLOSED:
        return row.status
    return _status(replica.read.value_at(f"activity/{row.id}", "status", meeting.at), Status.PENDING)


def _status(value: Value, otherwise: Status) -> Status:
    return Status(value) if isinstance(value, str) and value in set(Status) else otherwise


def _rescheduling(row: ActivityRow, year: int, change: MeetingChange) -> Rescheduling | None:
    """None if it is due on the day on which it was due before: also if that was the end of its period."""
    before, after = (_day(value) for value in (change.before, change.after))
    was_due, is_due = due_day(before, year, row.period), due_day(after, year, row.period)
    return Rescheduling(was_due, before is None, is_due, after is None) if was_due != is_due else None


def _day(value: Value) -> str | None:
    """A day as the log has it; what is none, somebody's program wrote, and it stands for nothing."""
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None


def _fields(replica: Replica, row: ActivityRow, changes: Iterable[MeetingChange]) -> Iterable[FieldChange]:
    products = {one.id: one.text for one in replica.read.products(row.id)}
    for one in changes:
        if one.kind == "activity" and one.field not in ("status", "due"):
            yield FieldChange("activity", one.field, one.before, one.after)
        elif one.kind == "product" and one.field != "deleted":
            yield FieldChange("product", one.field, one.before, one.after, products.get(local_id(one.entity), ""))


def _notes(replica: Replica, changes: Iterable[MeetingChange]) -> Iterable[tuple[MeetingChange, str]]:
    """The official notes that the meeting wrote or changed, each once, as they stand."""
    seen = set()
    for one in changes:
        if one.kind != "note" or one.entity in seen:
            continue
        seen.add(one.entity)
        shown = replica.read.state_of(one.entity)
        text = shown.get("text")
        if shown.get("official", True) is True and not shown.get("deleted") and isinstance(text, str):
            yield one, text
