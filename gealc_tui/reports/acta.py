"""The minutes of a meeting, as data: who met, what was treated, what was agreed, when they meet again.

Minutes belong to the moment at which somebody closed the meeting (`domain.moment`): they are told from the plan as it
stood then, so that everybody makes the same ones, whatever came or was written afterwards. What their own author put
right since is marked, and nobody else's words alter them. Minutes of a meeting that is open are a draft, told from the
present; those of meetings that older versions closed go by the clocks, and say so. Internal notes never get in here.
Words and layout are for others (`acta_words` and what follows it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui import errors
from gealc_tui.domain.alerts import due_day
from gealc_tui.domain.change import Value, local_id
from gealc_tui.domain.meetings import ItemReading, MeetingChange, MeetingReading
from gealc_tui.domain.moment import Moment
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import ActivityRow
from gealc_tui.domain.vocabulary import ItemKind, MeetingState, Period, Status
from gealc_tui.replica import Replica
from gealc_tui.reports import minutes
from gealc_tui.reports.commitments import Followed, followed, is_same_group, plan_of
from gealc_tui.reports.minutes import Minute

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries


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


class NoteText(NamedTuple):
    """A note that the meeting wrote. `code` is that of its area, if it is on one."""

    entity: str
    text: str
    code: str = ""


class Correction(NamedTuple):
    """What the author of words wrote in their place after the minutes were closed; `text` None: they took them back."""

    text: str | None
    day: str
    """`YYYY-MM-DD`, by their clock."""


class Treated(NamedTuple):
    """An activity that the meeting said something about."""

    id: str
    code: str
    title: str
    before: Status
    after: Status
    rescheduling: Rescheduling | None
    fields: tuple[FieldChange, ...]
    notes: tuple[NoteText, ...]
    """The official notes that the meeting wrote."""
    items: tuple[ItemReading, ...]
    code_now: str = ""
    """Today's code, if it is another."""

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
    """What concerns no single activity."""

    notes: tuple[NoteText, ...]
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
    minute: Minute | None = None
    """The moment to which they belong; None: of an open meeting, or of one that an older version closed."""
    corrections: Mapping[str, Correction] = {}
    """By note and agreement (`item/…`), what their own authors put right since."""

    @property
    def is_draft(self) -> bool:
        """Whether more may still be written."""
        return self.meeting.state is not MeetingState.CLOSED

    @property
    def goes_by_clocks(self) -> bool:
        """Whether an older version closed it, which did not write down what it held."""
        return self.minute is None and not self.is_draft

    @property
    def commitments(self) -> tuple[ItemReading, ...]:
        """By date; those without one last."""
        found = [one for one in self.items if one.kind is ItemKind.COMMITMENT]
        return tuple(sorted(found, key=lambda one: (one.due or "9999", one.country or "", one.placed)))

    @property
    def decisions(self) -> tuple[ItemReading, ...]:
        return tuple(one for one in self.items if one.kind is ItemKind.DECISION)

    @property
    def noted(self) -> tuple[ItemReading, ...]:
        return tuple(one for one in self.items if one.kind is ItemKind.NOTED)


def acta(replica: Replica, id: str, moment: Moment | None = None) -> Acta:
    """The minutes of a meeting, of an open one as they would be now; of several closings those of the latest.

    With `moment` those of that closing. Raises NotFound.
    """
    now = replica.read
    closings = minutes.closings(now, id)
    if moment is None and not now.meeting(id).is_open:
        moment = next(iter(closings), None)
    if moment is None:
        return _told(replica, now, id)
    stood = replica.as_of(moment)
    with replica.looking_back(stood, _date(moment.day)):
        told = _told(replica, stood.read, id)
    others = tuple(now.author(one.author) for one in closings if one != moment and not now.holds(moment, one))
    minute = Minute(moment, now.author(moment.author), others, minutes.lacking(now, stood), stood.is_verified)
    return told._replace(
        minute=minute,
        next=told.next or _fixed_since(now, moment, told.meeting),
        treated=tuple(_recoded(now, one) for one in told.treated),
        corrections=dict(_corrections(stood.read, now, told)),
    )


def _told(replica: Replica, read: Queries, id: str) -> Acta:
    """The minutes as a plan tells them, present or past."""
    meeting = read.meeting(id)
    changes, items = read.meeting_changes(id), read.items(id)
    rows = _Rows(read, replica.today, meeting)
    # A closing that says what it held is told from that; else the clocks say what stood when.
    end = meeting.at if meeting.state is MeetingState.CLOSED and not minutes.closings(read, id) else None
    concerned = _concerned(meeting, changes, items)
    told = {
        one: treated
        for one, said in concerned.items()
        if said and (treated := _treated(read, rows.get(one) or _unknown(one), rows.year, end, changes, items)).is_told
    }
    untouched = [
        Untouched(row.code, row.title, _status_then(read, row, end))
        for one in meeting.agenda
        if one not in told and (row := rows.get(one)) is not None
    ]
    general = General(
        tuple(note for change, note in _notes(read, changes) if change.activity is None),
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
        following(read, meeting),
        followed(read, meeting, end),
    )


def _fixed_since(now: Queries, moment: Moment, meeting: MeetingReading) -> MeetingReading | None:
    """The next meeting, if whoever closed this one fixed it only afterwards."""
    return following(now, meeting, fixed_by=moment.author)


def _recoded(now: Queries, one: Treated) -> Treated:
    code = now.code_of(one.id)
    return one._replace(code_now=code) if code not in ("", one.code) else one


def _corrections(then: Queries, now: Queries, told: Acta) -> Iterator[tuple[str, Correction]]:
    """What the authors of notes and agreements wrote in their place since."""
    said = [(f"item/{one.id}", one.text) for one in told.items]
    said += [(one.entity, one.text) for one in told.general.notes]
    said += [(one.entity, one.text) for treated in told.treated for one in treated.notes]
    for entity, text in said:
        author = next((one.author.replica for one in then.standing(entity, "text")), "")
        gone, words = now.own_words(entity, "deleted", author), now.own_words(entity, "text", author)
        if gone is not None and gone[0] is True and then.own_words(entity, "deleted", author) != gone:
            yield entity, Correction(None, local_day(gone[1]).isoformat())
        elif words is not None and isinstance(words[0], str) and words[0] != text:
            yield entity, Correction(words[0], local_day(words[1]).isoformat())


def following(read: Queries, meeting: MeetingReading, fixed_by: str | None = None) -> MeetingReading | None:
    """The meeting of the same body that is next after this one, if it is fixed; it may be of the next year's plan.

    With `fixed_by` (a replica) only what that author fixed.
    """
    later = [
        one
        for one in read.meetings()
        if one.body == meeting.body
        and fixed_by in (None, one.author.replica)
        and one.id != meeting.id
        and one.state is not MeetingState.CANCELLED
        and one.day is not None
        and (one.day, one.hour or "") > (meeting.day or "", meeting.hour or "")
        and is_same_group(read, meeting.area, one.area)
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

    def __init__(self, read: Queries, today: date, meeting: MeetingReading) -> None:
        super().__init__()
        self._read, self._today = read, today
        plan = plan_of(read, meeting)
        outline = read.outline(today, plan) if plan is not None else None
        self.year = outline.year if outline is not None else 0
        self.update({row.id: row for row in outline.activities} if outline is not None else {})

    def __missing__(self, id: str) -> ActivityRow:
        return self._read.activity(id, self._today).row

    def get(self, id: str) -> ActivityRow | None:  # type: ignore[override]  # no default is ever asked for
        try:
            return self[id]
        except errors.NotFound:
            return None


def _unknown(id: str) -> ActivityRow:
    """An activity that is not here, or not yet: what was said about it is told all the same."""
    return ActivityRow(id, local_id(id) or id, "", "", "", Period.ANNUAL, Status.PENDING, None, None, None, (), 0, 0)


def _treated(
    read: Queries,
    row: ActivityRow,
    year: int,
    end: int | None,
    changes: tuple[MeetingChange, ...],
    items: tuple[ItemReading, ...],
) -> Treated:
    own = [one for one in changes if one.activity == row.id]
    set_here: Mapping[str, MeetingChange] = {one.field: one for one in own if one.kind == "activity"}
    status = set_here.get("status")
    then = _status_then(read, row, end)
    due = set_here.get("due")
    return Treated(
        row.id,
        row.code,
        row.title,
        _status(status.before, then) if status is not None else then,
        _status(status.after, then) if status is not None else then,
        _rescheduling(row, year, due) if due is not None else None,
        tuple(_fields(read, row, own)),
        tuple(note for _, note in _notes(read, own)),
        tuple(one for one in items if one.about == row.id),
    )


def _status_then(read: Queries, row: ActivityRow, end: int | None) -> Status:
    """The status, or what it was at an instant."""
    if end is None:
        return row.status
    return _status(read.value_at(f"activity/{row.id}", "status", end), Status.PENDING)


def _status(value: Value, otherwise: Status) -> Status:
    return Status(value) if isinstance(value, str) and value in set(Status) else otherwise


def _rescheduling(row: ActivityRow, year: int, change: MeetingChange) -> Rescheduling | None:
    """None if it is due on the day on which it was due before: also if that was the end of its period."""
    before, after = (_day(value) for value in (change.before, change.after))
    was_due, is_due = due_day(before, year, row.period), due_day(after, year, row.period)
    return Rescheduling(was_due, before is None, is_due, after is None) if was_due != is_due else None


def _date(day: str | None) -> date | None:
    found = _day(day)
    return None if found is None else date.fromisoformat(found)


def _day(value: Value) -> str | None:
    """A day as the log has it; what is none, somebody's program wrote, and it stands for nothing."""
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None


def _fields(read: Queries, row: ActivityRow, changes: Iterable[MeetingChange]) -> Iterable[FieldChange]:
    products = {one.id: one.text for one in read.products(row.id)}
    for one in changes:
        if one.kind == "activity" and one.field not in ("status", "due"):
            yield FieldChange("activity", one.field, one.before, one.after)
        elif one.kind == "product" and one.field != "deleted":
            yield FieldChange("product", one.field, one.before, one.after, products.get(local_id(one.entity), ""))


def _notes(read: Queries, changes: Iterable[MeetingChange]) -> Iterable[tuple[MeetingChange, NoteText]]:
    """The official notes that the meeting wrote or changed, each once, as they stand."""
    seen = set()
    for one in changes:
        if one.kind != "note" or one.entity in seen:
            continue
        seen.add(one.entity)
        shown = read.state_of(one.entity)
        text = shown.get("text")
        if shown.get("official", True) is True and isinstance(text, str) and not read.is_deleted(one.entity):
            yield one, NoteText(one.entity, text, one.code)
