"""Meetings: begun, written, closed, reopened, and followed by the next one.

Each function that writes makes one commit, and so is one step of undo. What a meeting changes in the plan is written by
the ordinary commands (`activities.set_status`, `notes.add_note`): whatever is written while it is open is part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands import fields
from gealc_tui.commands.activities import activity_ref
from gealc_tui.commands.fields import clean, line
from gealc_tui.commands.notes import words
from gealc_tui.domain import agendas, agreements
from gealc_tui.domain.agendas import Order
from gealc_tui.domain.agreements import FaultKind, Mention, Understood
from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.hours import read_hour
from gealc_tui.domain.meetings import ItemReading, MeetingChange, MeetingReading
from gealc_tui.domain.vocabulary import COUNTRIES, ItemKind, MeetingBody, MeetingState, Status
from gealc_tui.i18n import labels, language
from gealc_tui.replica import Committed, Replica, Setting

# --- looking -----------------------------------------------------------------------------------------------------


def current(replica: Replica) -> MeetingReading | None:
    """The meeting that this copy has open; None if it has none."""
    own = _own(replica)
    return next((one for one in meetings(replica) if one.is_open and one.author.replica in own), None)


def _own(replica: Replica) -> set[str]:
    """The identities under which this copy has spoken: its own, and those that it gave up for it."""
    found: set[str] = set()
    one: Value = replica.id
    while isinstance(one, str) and one not in found:
        found.add(one)
        succeeds = replica.read.state_of(f"person/{one}").get("succeeds")
        one = succeeds[0] if isinstance(succeeds, list) and succeeds else None
    return found


def reading(replica: Replica, id: str) -> MeetingReading:
    """A meeting as it stands. Raises NotFound."""
    return replica.read.meeting(id)


def meetings(replica: Replica) -> tuple[MeetingReading, ...]:
    """All that are known, the newest first."""
    return replica.read.meetings()


def items(replica: Replica, id: str) -> tuple[ItemReading, ...]:
    """What it agreed and took note of, oldest first."""
    return replica.read.items(id)


def changes(replica: Replica, id: str) -> tuple[MeetingChange, ...]:
    """What it changed, as the log tells it, in the order of the last word: status, dates, notes, agreements."""
    return replica.read.meeting_changes(id)


def open_commitments(replica: Replica, body: MeetingBody | str, area: str | None = None) -> tuple[ItemReading, ...]:
    """The commitments of earlier meetings of this body (and area) that may still be owed, the earliest date first.

    Owed is what concerns no activity, and what concerns one that is neither done nor cancelled; of the former, only
    what the last meeting agreed.
    """
    earlier = [one for one in meetings(replica) if _same_body(one, body, area) and one.state is MeetingState.CLOSED]
    outline = replica.read.outline(replica.today)
    owed = {row.id for row in outline.activities if row.status not in _OVER} if outline is not None else set()
    found = [
        item
        for place, meeting in enumerate(earlier)
        for item in items(replica, meeting.id)
        if item.kind is ItemKind.COMMITMENT and (item.about in owed if item.about else place == 0)
    ]
    return tuple(sorted(found, key=lambda item: (item.due or "9999", item.at)))


_OVER = {Status.DONE, Status.CANCELLED}


def _same_body(meeting: MeetingReading, body: MeetingBody | str, area: str | None) -> bool:
    return meeting.body == MeetingBody(body) and meeting.area == area


# --- beginning ---------------------------------------------------------------------------------------------------


def begin(
    replica: Replica,
    *,
    body: MeetingBody | str,
    area: str | None = None,
    title: str | None = None,
    day: str | None = None,
    hour: str | None = None,
    city: str | None = None,
    countries: Sequence[str] = (),
    order: Order | str = Order.URGENCY,
) -> str:
    """Begins a meeting with an agenda made by rule, and returns its id.

    `area` is the id or code of the area whose group meets; `day` (by default today) and `hour` as people write them.
    Raises MeetingIsOpen if this copy has one open, and NotFound, ValueRefused, TextTooLong …
    """
    _require_none_open(replica)
    body = MeetingBody(body)
    area = _area(replica, area)
    settings = _facts(replica, body=body, area=area, title=title, day=day, hour=hour, city=city, countries=countries)
    agenda = made_agenda(replica, body=body, area=area, order=order)
    return _write_new(replica, [*settings, ("agenda", list(agenda)), ("state", MeetingState.OPEN.value)])


def plan_next(
    replica: Replica, id: str, *, day: str, hour: str | None = None, city: str | None = None, title: str | None = None
) -> str:
    """Fixes the next meeting of the same body, and returns its id. Its agenda is made when it begins."""
    last = reading(replica, id)
    settings = _facts(
        replica, body=last.body, area=last.area, title=title, day=day, hour=hour, city=city or last.city, countries=()
    )
    return _write_new(replica, [*settings, ("state", MeetingState.PLANNED.value)])


def planned(replica: Replica, body: MeetingBody | str | None = None, area: str | None = None) -> MeetingReading | None:
    """The next meeting (of a body) that is fixed and not begun; of several the earliest."""
    found = [
        one
        for one in meetings(replica)
        if one.state is MeetingState.PLANNED and (body is None or _same_body(one, body, area))
    ]
    return min(found, key=lambda one: (one.day or "9999", one.hour or ""), default=None)


def begin_planned(
    replica: Replica, id: str, *, countries: Sequence[str] = (), order: Order | str = Order.URGENCY
) -> Committed | None:
    """Begins a meeting that was fixed before. Raises MeetingIsOpen, MeetingNotPlanned and NotFound."""
    _require_none_open(replica)
    meeting = reading(replica, id)
    if meeting.state is not MeetingState.PLANNED:
        raise errors.MeetingNotPlanned(meeting=id)
    agenda = made_agenda(replica, body=meeting.body, area=meeting.area, order=order)
    entity = f"meeting/{id}"
    return replica.commit(
        [
            (entity, "countries", _codes(countries)),
            (entity, "agenda", list(agenda)),
            (entity, "state", MeetingState.OPEN.value),
        ]
    )


def made_agenda(
    replica: Replica, *, body: MeetingBody | str, area: str | None = None, order: Order | str = Order.URGENCY
) -> tuple[str, ...]:
    """The agenda that the rule makes: ids of activities."""
    outline = replica.read.outline(replica.today)
    if outline is None:
        return ()
    if Order(order) is Order.AREA:
        return agendas.by_area(outline, area)
    return agendas.by_urgency(outline, open_commitments(replica, body, area), area)


def _write_new(replica: Replica, settings: Iterable[tuple[str, Value]]) -> str:
    id = replica.new_id()
    replica.commit([(f"meeting/{id}", field, value) for field, value in settings])
    return id


def _facts(
    replica: Replica,
    *,
    body: MeetingBody,
    area: str | None,
    title: str | None,
    day: str | None,
    hour: str | None,
    city: str | None,
    countries: Sequence[str],
) -> list[tuple[str, Value]]:
    """What is said when a meeting is begun or fixed; what is not said is left out."""
    said: dict[str, Value] = {
        "body": body.value,
        "area": area,
        "title": _line("title", title),
        "day": _day(replica, day),
        "hour": _hour(hour),
        "city": _line("city", city),
        "countries": _codes(countries) or None,
    }
    return [(field, value) for field, value in said.items() if value is not None]


def _area(replica: Replica, ref: str | None) -> str | None:
    if ref is None:
        return None
    entity = replica.read.resolve(clean(ref))
    if kind_of(entity) != "area":
        raise errors.NotFound(ref=ref)
    return local_id(entity)


def _require_none_open(replica: Replica) -> None:
    if (open_one := current(replica)) is not None:
        raise errors.MeetingIsOpen(meeting=open_one.id)


# --- its facts ---------------------------------------------------------------------------------------------------


def set_agenda(replica: Replica, id: str, activities: Sequence[str]) -> Committed | None:
    """Sets the order in which the activities (their ids) come; each stands once. Raises NotFound."""
    reading(replica, id)
    agenda = [activity_ref(replica, f"activity/{one}") for one in dict.fromkeys(activities)]
    return replica.commit([(f"meeting/{id}", "agenda", agenda)])


def set_countries(replica: Replica, id: str, countries: Sequence[str]) -> Committed | None:
    """Sets who is present, by codes. Raises NotFound and ValueRefused."""
    reading(replica, id)
    return replica.commit([(f"meeting/{id}", "countries", _codes(countries))])


def set_field(replica: Replica, id: str, field: str, text: str) -> Committed | None:
    """Sets `title`, `day`, `hour`, `city` or `countries` from what a person typed; an empty text empties it.

    Raises FieldUnknown, ValueRefused, TextTooLong …
    """
    reading(replica, id)
    value: Value
    if field == "day":
        value = _day(replica, text) if text.strip() else None
    elif field == "hour":
        value = _hour(text)
    elif field == "countries":
        codes, unknown = read_countries(text)
        if unknown:
            raise errors.ValueRefused(field="country", value=unknown[0], expected="country")
        value = list(codes)
    elif field in ("title", "city"):
        value = _line(field, text)
    else:
        raise errors.FieldUnknown(field=field, choices=("title", "day", "hour", "city", "countries"))
    return replica.commit([(f"meeting/{id}", field, value)])


def read_countries(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes that `cl cr, ec; Perú` means, each once and in order, and the words that mean none.

    Between commas a name may have several words; without commas each word is a code or a name.
    """
    found: dict[str, None] = {}
    unknown: list[str] = []
    for part in _parts(text):
        if (whole := country_of(part)) is not None:
            found[whole] = None
            continue
        for word in part.split():
            if (code := country_of(word)) is not None:
                found[code] = None
            else:
                unknown.append(word)
    return tuple(found), tuple(unknown)


def _parts(text: str) -> list[str]:
    return [part for part in text.replace(";", ",").replace("/", ",").replace("\n", ",").split(",") if part.strip()]


@lru_cache(maxsize=2048)
def country_of(name: str) -> str | None:
    """The country of a two-letter code, or of a name in any of the languages; None if there is none."""
    code = name.strip().upper()
    return code if code in COUNTRIES else labels.country_by_name(name) if len(code) > 2 else None


def named(name: str) -> str | None:
    """A country, or one of the bodies that commit themselves too (OEA, BID)."""
    return country_of(name) or fields.BODY_NAMES.get(name.strip().upper())


def read_day(replica: Replica, text: str, *, after: str | None = None) -> date:
    """The day that a person typed, in the order of the language in force.

    Without a year it is the next such day from `after` on (by default from today). Raises ValueRefused.
    """
    since = date.fromisoformat(after) if after is not None else replica.today
    found = agreements.read_day(clean(text), today=since, day_first=day_first())
    if found is None:
        raise errors.ValueRefused(field="day", value=text, expected="date")
    return found


def day_first() -> bool:
    """Whether the language in force writes `15/08` for the fifteenth of August."""
    return language() != "en"


def _day(replica: Replica, text: str | None) -> str:
    return replica.today.isoformat() if text is None or not text.strip() else read_day(replica, text).isoformat()


def _hour(text: str | None) -> str | None:
    if text is None or not text.strip():
        return None
    found = read_hour(clean(text))
    if found is None:
        raise errors.ValueRefused(field="hour", value=text, expected="hour")
    return found


def _line(field: str, text: str | None) -> str | None:
    return line(field, clean(text)) or None if text is not None else None


def _codes(countries: Sequence[str]) -> list[str]:
    for code in countries:
        if code not in COUNTRIES:
            raise errors.ValueRefused(field="country", value=code, expected="country")
    return list(dict.fromkeys(countries))


# --- what it agrees ----------------------------------------------------------------------------------------------


def understood(replica: Replica, id: str, text: str) -> Understood:
    """What a line that somebody is typing means, as `agree` will take it. Writes nothing and refuses nothing."""
    meeting = reading(replica, id)
    since = date.fromisoformat(meeting.day) if meeting.day else replica.today
    return agreements.understand(text, today=since, day_first=day_first(), country_of=named)


def agree(replica: Replica, id: str, about: str | None, text: str, *, kind: ItemKind | None = None) -> Committed | None:
    """Writes down what is agreed about an activity (its id): a commitment if the line names a country, else a decision.

    A line that names several countries makes a commitment for each, in one step of undo. Raises ValueRefused for what
    cannot be understood, TextEmpty, and MeetingIsNotOpen.
    """
    _require_open(replica, id)
    said = understood(replica, id, clean(text))
    _refuse_faults(said)
    kind = kind or (ItemKind.COMMITMENT if said.mentions else ItemKind.DECISION)
    settings: list[Setting] = []
    for mention in said.mentions or (None,):
        settings += _item(replica, id, about, kind, words(said.text), mention)
    return replica.commit(settings)


def take_note_of(replica: Replica, id: str, about: str | None, text: str) -> Committed | None:
    """Writes down what the meeting takes note of, as it is typed. Raises TextEmpty and MeetingIsNotOpen."""
    _require_open(replica, id)
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
    """Takes an agreement out of sight; as with notes, the deletion says again what it deletes."""
    _found_item(replica, item)
    entity = f"item/{item}"
    shown = replica.read.state_of(entity)
    restated = [(entity, field, shown[field]) for field in ("kind", "text", "country", "due") if field in shown]
    return replica.commit([(entity, "deleted", True), *restated], restate=True)


def typed(item: ItemReading) -> str:
    """An agreement as somebody could have typed it, to be edited: `Enviar el formulario @cl 2019-08-15`."""
    country = f" @{item.country.lower()}" if item.country else ""
    return f"{item.text}{country}{f' {item.due}' if item.country and item.due else ''}"


def reschedule(replica: Replica, activity: str, text: str) -> Committed | None:
    """Sets the due date of an activity (its id) from what a person typed; the history keeps the old one.

    Raises ValueRefused for what is no day, and NotFound. An empty text gives back the end of the period.
    """
    entity = f"activity/{activity_ref(replica, f'activity/{activity}')}"
    value = read_day(replica, text).isoformat() if text.strip() else None
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
        raise errors.ValueRefused(field="due", value=fault.typed, expected="date")


def _require_open(replica: Replica, id: str) -> MeetingReading:
    meeting = reading(replica, id)
    if not meeting.is_open:
        raise errors.MeetingIsNotOpen(meeting=id)
    return meeting


# --- closing -----------------------------------------------------------------------------------------------------


class CheckKind(StrEnum):
    NOBODY_PRESENT = "nobody_present"
    WITHOUT_COUNTRY = "without_country"
    """An agreement that says nobody's name."""
    WITHOUT_DATE = "without_date"
    DONE_WITHOUT_EVIDENCE = "done_without_evidence"


class Check(NamedTuple):
    """What whoever closes a meeting should look at. It forbids nothing."""

    kind: CheckKind
    activity: str | None = None
    """The activity where it can be mended."""
    code: str = ""
    item: str | None = None
    text: str = ""
    """The agreement's words, or the activity's title."""


def checks(replica: Replica, id: str) -> tuple[Check, ...]:
    """What lacks before the minutes can go out, in the order of the agenda; nothing if all is well."""
    meeting = reading(replica, id)
    found = [] if meeting.countries else [Check(CheckKind.NOBODY_PRESENT)]
    for item in items(replica, id):
        if item.kind is ItemKind.COMMITMENT and item.country is None:
            found.append(Check(CheckKind.WITHOUT_COUNTRY, item.about, item.code, item.id, item.text))
        if item.kind is ItemKind.COMMITMENT and item.due is None:
            found.append(Check(CheckKind.WITHOUT_DATE, item.about, item.code, item.id, item.text))
        if item.kind is ItemKind.DECISION:
            found.append(Check(CheckKind.WITHOUT_COUNTRY, item.about, item.code, item.id, item.text))
    for change in changes(replica, id):
        if change.activity is not None and (change.field, change.after) == ("status", Status.DONE.value):
            products = replica.read.products(change.activity)
            if not any(product.evidence for product in products):
                title = replica.read.activity(change.activity, replica.today).row.title
                found.append(Check(CheckKind.DONE_WITHOUT_EVIDENCE, change.activity, change.code, None, title))
    place = {activity: n for n, activity in enumerate(meeting.agenda)}
    return tuple(sorted(found, key=lambda one: place.get(one.activity or "", -1 if one.activity is None else 10**6)))


def close(replica: Replica, id: str) -> Committed | None:
    """Closes a meeting; what is written afterwards is no part of it. Raises MeetingIsNotOpen and NotFound."""
    _require_open(replica, id)
    return replica.commit([(f"meeting/{id}", "state", MeetingState.CLOSED.value)])


def reopen(replica: Replica, id: str) -> Committed | None:
    """Goes on with a meeting that was closed. Raises MeetingIsOpen if this copy has one open, and NotFound."""
    _require_none_open(replica)
    reading(replica, id)
    return replica.commit([(f"meeting/{id}", "state", MeetingState.OPEN.value)])
