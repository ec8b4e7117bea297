"""What a meeting agrees: decisions, commitments, what it takes note of, dates that it moves."""

from __future__ import annotations

from gealc_tui import errors
from gealc_tui.commands.activities import activity_ref
from gealc_tui.commands.deletion import deletion_of
from gealc_tui.commands.fields import clean
from gealc_tui.commands.meeting_looking import current, day_of, named, read_day, reading
from gealc_tui.commands.notes import words
from gealc_tui.domain import agreements
from gealc_tui.domain.agreements import FaultKind, Mention, Understood
from gealc_tui.domain.alerts import due_day
from gealc_tui.domain.change import Value, local_id
from gealc_tui.domain.days import DayFault
from gealc_tui.domain.meetings import FULFILLED, ItemReading, MeetingReading
from gealc_tui.domain.vocabulary import ItemKind
from gealc_tui.i18n import days
from gealc_tui.i18n.labels import fold
from gealc_tui.replica import Committed, Replica, Setting


def understood(replica: Replica, id: str, text: str) -> Understood:
    """What a line that somebody is typing means, as `agree` will take it. Writes nothing and refuses nothing."""
    meeting = reading(replica, id)
    since = day_of(replica, meeting)
    return agreements.understand(
        text,
        day_at=lambda line, start: days.day_at(line, start, since),
        country_of=named,
        deadlines=lambda line: days.deadlines(line, since),
    )


def agree(replica: Replica, id: str, about: str | None, text: str, *, kind: ItemKind | None = None) -> Committed | None:
    """Writes down what is agreed about an activity (its id): a commitment if the line names a country, else a decision.

    A line that names several countries makes a commitment for each, in one step of undo. Raises ValueRefused for what
    cannot be understood, TextEmpty, and MeetingIsNotOpen.
    """
    require_open(replica, id)
    said = understood(replica, id, clean(text))
    _refuse_faults(said)
    kind = kind or (ItemKind.COMMITMENT if said.mentions else ItemKind.DECISION)
    settings: list[Setting] = []
    for mention in said.mentions or (None,):
        settings += _item(replica, id, about, kind, words(said.text), mention)
    return replica.commit(settings)


def take_note_of(replica: Replica, id: str, about: str | None, text: str) -> Committed | None:
    """Writes down what the meeting takes note of, as it is typed. Raises TextEmpty and MeetingIsNotOpen."""
    require_open(replica, id)
    return replica.commit(_item(replica, id, about, ItemKind.NOTED, words(text), None))


def edit_item(replica: Replica, item: str, text: str) -> Committed | None:
    """Writes an agreement anew, as `agree` takes a line; one of which note is taken, as it is typed."""
    found = _found_item(replica, item)
    entity = f"item/{item}"
    if found.kind is ItemKind.NOTED:
        return replica.commit([(entity, "text", words(text))])
    said = understood(replica, found.meeting, clean(text))
    _refuse_faults(said)
    if len(said.mentions) > 1:
        raise errors.ValueRefused(field="country", value=text, expected="one_country")
    kind = ItemKind.COMMITMENT if said.country is not None else ItemKind.DECISION
    return replica.commit(
        [
            (entity, "kind", kind.value),
            (entity, "text", words(said.text)),
            (entity, "country", said.country),
            (entity, "due", said.due),
        ]
    )


def delete_item(replica: Replica, item: str) -> Committed | None:
    """Takes an agreement out of sight, as a note."""
    _found_item(replica, item)
    return replica.commit(deletion_of(replica, f"item/{item}"), restate=True)


def fulfil(replica: Replica, item: str, done: bool = True) -> Committed | None:
    """Says that a commitment is fulfilled (today), or takes that back. Raises NotFound."""
    _found_item(replica, item)
    return replica.commit([(f"item/{item}", FULFILLED, replica.today.isoformat() if done else None)])


def commitment(replica: Replica, ref: str) -> str:
    """The id of the one commitment that is meant by its id, some of its words, or the code of its activity.

    Of several, one that is still owed. Raises NotFound if none is meant, or more than one.
    """
    known = [one for one in replica.read.items() if one.kind is ItemKind.COMMITMENT]
    id, wanted = ref.removeprefix("item/").strip(), fold(ref.strip())
    if any(one.id == id for one in known):
        return id
    found = [one for one in known if wanted and (one.code == ref.strip() or wanted in fold(one.text))]
    owed = [one for one in found if one.done is None]
    if len(owed or found) != 1:
        raise errors.NotFound(ref=ref)
    return (owed or found)[0].id


def typed(item: ItemReading) -> str:
    """An agreement as somebody could have typed it, to be edited: `Enviar el formulario @cl 2019-08-15`."""
    country = f" @{item.country.lower()}" if item.country else ""
    return f"{item.text}{country}{f' {item.due}' if item.country and item.due else ''}"


def reschedule(replica: Replica, activity: str, text: str) -> Committed | None:
    """Sets the due date of an activity (its id) from what a person typed; the history keeps the old one.

    Without a year it is the next such day from that of the open meeting on. The day that it has already, as the end of
    its period, is no new one: None. Raises ValueRefused for what is no day, and NotFound. An empty text gives back the
    end of the period.
    """
    entity = f"activity/{activity_ref(replica, f'activity/{activity}')}"
    meeting = current(replica)
    since = day_of(replica, meeting) if meeting is not None else None
    value = read_day(replica, text, since=since, field="due").isoformat() if text.strip() else None
    shown = replica.read.activity(local_id(entity), replica.today)
    if shown.row.due is None and value == str(due_day(None, shown.year, shown.row.period)):
        return None
    return replica.commit([(entity, "due", value)])


def _item(
    replica: Replica, meeting: str, about: str | None, kind: ItemKind, text: str, mention: Mention | None
) -> list[Setting]:
    entity = f"item/{replica.new_id()}"
    said: dict[str, Value] = {
        "meeting": meeting,
        "about": f"activity/{activity_ref(replica, f'activity/{about}')}" if about is not None else None,
        "kind": kind.value,
        "text": text,
        "country": mention.country if mention is not None else None,
        "due": mention.due if mention is not None else None,
    }
    return [(entity, field, value) for field, value in said.items() if value is not None]


def _found_item(replica: Replica, id: str) -> ItemReading:
    found = next((one for one in replica.read.items() if one.id == id), None)
    if found is None:
        raise errors.NotFound(ref=id)
    return found


def _refuse_faults(said: Understood) -> None:
    for fault in said.faults:
        if fault.kind is FaultKind.COUNTRY:
            raise errors.ValueRefused(field="country", value=fault.typed.removeprefix("@"), expected="country")
        raise errors.ValueRefused(field="due", value=fault.typed, expected=_EXPECTED[fault.kind].value)


_EXPECTED = {
    FaultKind.DATE: DayFault.NONE,
    FaultKind.UNCLEAR: DayFault.UNCLEAR,
    FaultKind.SHORT_YEAR: DayFault.SHORT_YEAR,
    FaultKind.WEEKDAY: DayFault.WEEKDAY,
}


def require_open(replica: Replica, id: str) -> MeetingReading:
    """The meeting, if it is open. Raises MeetingIsNotOpen and NotFound."""
    meeting = reading(replica, id)
    if not meeting.is_open:
        raise errors.MeetingIsNotOpen(meeting=id)
    return meeting
