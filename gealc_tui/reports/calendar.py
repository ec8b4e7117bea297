"""A meeting as a calendar file (.ics, RFC 5545): a calendar program notes it, knows it again when it moves, and takes
it out when it is cancelled.

The hour is told as an instant in UTC, which every calendar shows by the clock of whoever looks; the text says by whose
clock it was fixed. Of a city whose clock is not known the hour has no zone: it shows as it was said, and the text says
that too.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from gealc_tui.domain.meetings import ItemReading, MeetingReading
from gealc_tui.domain.vocabulary import MeetingState
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import day_label, lead_name
from gealc_tui.i18n.meeting_words import hour_label, meeting_label
from gealc_tui.plain import drawable
from gealc_tui.reports.zones import instant_of, is_offset, naive_of

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTH = timedelta(hours=1)
"""How long a meeting is taken to be: nobody says it."""

NO_ADDRESS = "invalid:nomail"
"""What calendars write for an organizer whose address they do not know: the standard wants one to be named."""


class Edition(NamedTuple):
    """Which word on a meeting a file is: a later one takes the place of an earlier one."""

    number: int
    """Grows with each change."""
    at: int
    """When the last change was, in milliseconds since 1970, UTC."""
    organizer: str
    """Name of whoever fixed the meeting."""
    address: str | None
    """That person's e-mail address."""


def calendar(meeting: MeetingReading, owed: Iterable[ItemReading], edition: Edition) -> bytes | None:
    """The file; None if the meeting's day is not fixed. Of a meeting that was cancelled it takes back what went before.

    `owed` are the commitments that the meeting begins from.
    """
    from icalendar import Calendar, Event, vCalAddress, vText

    if meeting.day is None or (day := _day(meeting.day)) is None or not 1900 < day.year < 9000:
        return None
    is_off = meeting.state is MeetingState.CANCELLED
    made: Any = Calendar()
    made.add("PRODID", "-//gealc_tui//Red GEALC//ES")
    made.add("VERSION", "2.0")
    made.add("METHOD", "CANCEL" if is_off else "PUBLISH")
    event: Any = Event()
    event.add("UID", f"meeting-{meeting.id}@gealc-tui")
    event.add("DTSTAMP", _moment(edition.at))
    event.add("SEQUENCE", edition.number)
    event.add("STATUS", "CANCELLED" if is_off else "CONFIRMED")
    event.add("SUMMARY", _line(t("Red GEALC: {meeting}", meeting=meeting_label(meeting))))
    organizer: Any = vCalAddress(f"mailto:{edition.address}" if edition.address else NO_ADDRESS)
    organizer.params["CN"] = vText(_line(edition.organizer).replace('"', "'"))
    event.add("ORGANIZER", organizer)
    if meeting.city and not is_offset(meeting.city):
        event.add("LOCATION", _line(meeting.city))
    begin = instant_of(day, meeting.hour, meeting.city) or naive_of(day, meeting.hour)
    event.add("DESCRIPTION", _description(meeting, owed, has_clock=begin is None or begin.tzinfo is not None))
    event.add("DTSTART", begin or day)
    if begin is not None:
        event.add("DTEND", begin + LENGTH)
    made.add_component(event)
    file: bytes = made.to_ical()
    return file


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(max(at, 0), 2**47) // 1000)


def _description(meeting: MeetingReading, owed: Iterable[ItemReading], *, has_clock: bool) -> str:
    lines = [t("La reunión se canceló.")] if meeting.state is MeetingState.CANCELLED else []
    lines += [_line(hour_label(meeting.hour, meeting.city))] if meeting.hour else []
    if not has_clock:
        lines.append(t("No se conoce ese reloj: la hora va sin zona horaria."))
    promised = [_owed(one) for one in owed]
    if promised:
        lines += [t("Compromisos pendientes:"), *promised]
    return "\n".join(lines)


def _owed(item: ItemReading) -> str:
    facts = {"who": lead_name(item.country) if item.country else "—", "text": _line(item.text)}
    if item.due is None:
        return t("- {who}: {text}", **facts)
    return t("- {who}, {day}: {text}", day=day_label(item.due), **facts)


def _line(text: str) -> str:
    return " ".join(drawable(text).split())
