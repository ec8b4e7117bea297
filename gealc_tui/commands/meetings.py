"""Meetings: begun, written, closed, reopened, and followed by the next one.

Each function that writes makes one commit, and so is one step of undo. What a meeting changes in the plan is written by
the ordinary commands (`activities.set_status`, `notes.add_note`): whatever is written while it is open is part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gealc_tui import errors
from gealc_tui.commands.activities import activity_ref
from gealc_tui.commands.agreements import (
    agree,
    delete_item,
    edit_item,
    fulfil,
    reschedule,
    take_note_of,
    typed,
    understood,
)
from gealc_tui.commands.closing import (
    OtherDay,
    Written,
    acta_markdown,
    acta_text,
    acta_word,
    checks,
    close,
    closings,
    leave_out,
    next_calendar,
    reopen,
    write_files,
    written_on_other_days,
)
from gealc_tui.commands.fields import clean, line
from gealc_tui.commands.meeting_looking import (
    changes,
    country_of,
    current,
    day_of,
    followed_commitments,
    items,
    meetings,
    named,
    open_commitments,
    read_countries,
    read_day,
    reading,
    require_none_open,
    same_body,
)
from gealc_tui.commands.planning import (
    calendar_file,
    cancel,
    city_text,
    has_clock,
    hour_text,
    meeting_day,
    move,
    next_day,
    require_hour,
    write_calendar,
)
from gealc_tui.domain import agendas
from gealc_tui.domain.agendas import Order
from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.meetings import Check, CheckKind, MeetingReading
from gealc_tui.domain.vocabulary import COUNTRIES, MeetingBody, MeetingState
from gealc_tui.replica import Committed, Replica
from gealc_tui.reports.commitments import Followed, plan_of

__all__ = [
    "Check",
    "CheckKind",
    "Followed",
    "Order",
    "OtherDay",
    "Written",
    "acta_markdown",
    "acta_text",
    "acta_word",
    "agree",
    "area_in_view",
    "begin",
    "begin_planned",
    "calendar_file",
    "cancel",
    "changes",
    "checks",
    "city_text",
    "close",
    "closings",
    "country_of",
    "current",
    "day_of",
    "delete_item",
    "edit_item",
    "followed_commitments",
    "fulfil",
    "has_clock",
    "items",
    "leave_out",
    "made_agenda",
    "meeting_day",
    "meetings",
    "move",
    "named",
    "next_calendar",
    "next_day",
    "open_commitments",
    "plan_next",
    "plan_of",
    "planned",
    "read_countries",
    "read_day",
    "reading",
    "reopen",
    "reschedule",
    "resume",
    "set_agenda",
    "set_countries",
    "set_field",
    "take_note_of",
    "typed",
    "understood",
    "write_calendar",
    "write_files",
    "written_on_other_days",
]

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
    require_none_open(replica)
    body = MeetingBody(body)
    area = _area(replica, area)
    on = meeting_day(replica, day)
    settings = _facts(body=body, area=area, title=title, day=on, hour=hour, city=city, countries=countries)
    agenda = made_agenda(replica, body=body, area=area, order=order)
    settings = [*settings, ("plan", _plan(replica, area)), ("agenda", list(agenda))]
    return _write_new(replica, [*settings, ("state", MeetingState.OPEN.value)])


def resume(replica: Replica) -> MeetingReading | None:
    """The meeting that this copy has open, to go on with it; None if it has none.

    If the copy goes on under a new identity since, the meeting is opened again in that one's name: what a meeting
    changed is what was written by whoever opened it.
    """
    meeting = current(replica)
    if meeting is None or meeting.author.replica == replica.id:
        return meeting
    replica.commit([(f"meeting/{meeting.id}", "state", MeetingState.OPEN.value)], step=None, restate=True)
    return reading(replica, meeting.id)


def plan_next(
    replica: Replica, id: str, *, day: str, hour: str | None = None, city: str | None = None, title: str | None = None
) -> str:
    """Fixes the next meeting of the same body, and returns its id. Its agenda is made when it begins.

    If one is fixed already, that one is moved, so that calendars move it too. Raises ValueRefused and NotFound.
    """
    last = reading(replica, id)
    on = next_day(replica, last, day)
    settings = _facts(
        body=last.body, area=last.area, title=title, day=on, hour=hour, city=city or last.city, countries=()
    )
    settings.append(("state", MeetingState.PLANNED.value))
    if (fixed := planned(replica, last.body, last.area)) is not None:
        replica.commit([(f"meeting/{fixed.id}", field, value) for field, value in settings])
        return fixed.id
    return _write_new(replica, settings)


def planned(replica: Replica, body: MeetingBody | str | None = None, area: str | None = None) -> MeetingReading | None:
    """The next meeting (of a body) that is fixed and not begun; of several the earliest."""
    found = [
        one
        for one in meetings(replica)
        if one.state is MeetingState.PLANNED and (body is None or same_body(replica, one, body, area))
    ]
    return min(found, key=lambda one: (one.day or "9999", one.hour or ""), default=None)


def begin_planned(
    replica: Replica, id: str, *, countries: Sequence[str] = (), order: Order | str = Order.URGENCY
) -> Committed | None:
    """Begins a meeting that was fixed before. Raises MeetingIsOpen, MeetingNotPlanned and NotFound.

    One that was fixed under last year's plan is begun under the area of the plan in view that goes on with its own.
    """
    require_none_open(replica)
    meeting = reading(replica, id)
    if meeting.state is not MeetingState.PLANNED:
        raise errors.MeetingNotPlanned(meeting=id)
    area = area_in_view(replica, meeting.area)
    agenda = made_agenda(replica, body=meeting.body, area=area, order=order)
    entity = f"meeting/{id}"
    return replica.commit(
        [
            *([(entity, "area", area)] if area != meeting.area else []),
            (entity, "countries", _codes(countries)),
            (entity, "plan", _plan(replica, meeting.area)),
            (entity, "agenda", list(agenda)),
            (entity, "state", MeetingState.OPEN.value),
        ]
    )


def made_agenda(
    replica: Replica, *, body: MeetingBody | str, area: str | None = None, order: Order | str = Order.URGENCY
) -> tuple[str, ...]:
    """The agenda that the rule makes: ids of activities of the area's plan, else of the one in view."""
    plan = replica.read.plan_of(f"area/{area}") if area is not None else None
    outline = replica.read.outline(replica.today, plan or replica.plan)
    if outline is None:
        return ()
    if Order(order) is Order.AREA:
        return agendas.by_area(outline, area)
    return agendas.by_urgency(outline, open_commitments(replica, body, area), area)


def area_in_view(replica: Replica, area: str | None) -> str | None:
    """The area of the plan in view whose group is that of an area, which may be an earlier plan's; else that area."""
    plan = replica.plan
    if area is None or plan is None:
        return area
    return replica.read.continuing(area, plan) or area


def _write_new(replica: Replica, settings: Iterable[tuple[str, Value]]) -> str:
    id = replica.new_id()
    replica.commit([(f"meeting/{id}", field, value) for field, value in settings])
    return id


def _facts(
    *,
    body: MeetingBody,
    area: str | None,
    title: str | None,
    day: str,
    hour: str | None,
    city: str | None,
    countries: Sequence[str],
) -> list[tuple[str, Value]]:
    """What is said when a meeting is begun or fixed, its day as `YYYY-MM-DD`; what is not said is left out."""
    said: dict[str, Value] = {
        "body": body.value,
        "area": area,
        "title": _line("title", title),
        "day": day,
        "hour": hour_text(hour),
        "city": city_text(city),
        "countries": _codes(countries) or None,
    }
    require_hour(None, day=day, hour=said["hour"], city=said["city"])
    return [(field, value) for field, value in said.items() if value is not None]


def _plan(replica: Replica, area: str | None) -> str | None:
    """The plan that a meeting treats: that of its area, else the one that people look at."""
    plan = replica.read.plan_of(f"area/{area}") if area is not None else None
    return plan or replica.plan


def _area(replica: Replica, ref: str | None) -> str | None:
    if ref is None:
        return None
    entity = replica.resolve(clean(ref))
    if kind_of(entity) != "area":
        raise errors.NotFound(ref=ref)
    return local_id(entity)


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
    meeting = reading(replica, id)
    value: Value
    if field == "day":
        value = meeting_day(replica, text) if text.strip() else None
    elif field == "hour":
        value = hour_text(text)
    elif field == "city":
        value = city_text(text)
    elif field == "countries":
        codes, unknown = read_countries(text)
        if unknown:
            raise errors.ValueRefused(field="country", value=unknown[0], expected="country")
        value = list(codes)
    elif field == "title":
        value = _line(field, text)
    else:
        raise errors.FieldUnknown(field=field, choices=("title", "day", "hour", "city", "countries"))
    if field in ("day", "hour", "city") and value is not None:
        require_hour(meeting, **{field: value})
    return replica.commit([(f"meeting/{id}", field, value)])


def _line(field: str, text: str | None) -> str | None:
    return line(field, clean(text)) or None if text is not None else None


def _codes(countries: Sequence[str]) -> list[str]:
    for code in countries:
        if code not in COUNTRIES:
            raise errors.ValueRefused(field="country", value=code, expected="country")
    return list(dict.fromkeys(countries))
