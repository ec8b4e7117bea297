"""A meeting as a calendar file (.ics, RFC 5545): a calendar program notes it, and knows it again when it moves.

The hour is told by the clock of the meeting's city, with that clock's rules in the file. Of a city whose clock is not
known the hour has no zone: it shows as it was said, and the text says by whose clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gealc_tui.domain.meetings import ItemReading, MeetingReading
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import day_label, lead_name
from gealc_tui.i18n.meeting_words import hour_label, meeting_label
from gealc_tui.plain import drawable
from gealc_tui.reports.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTH = timedelta(hours=1)
"""How long a meeting is taken to be: nobody says it."""


def calendar(meeting: MeetingReading, owed: Iterable[ItemReading], *, version: int) -> bytes | None:
    """The file; None if the meeting's day is not fixed.

    `owed` are the commitments that it begins from. `version` grows with each change, so that a later file replaces an
    earlier one where both were opened.
    """
    from icalendar import Calendar, Event

    if meeting.day is None or (day := _day(meeting.day)) is None or not 1900 < day.year < 9000:
        return None
    made: Any = Calendar()
    made.add("PRODID", "-//gealc_tui//Red GEALC//ES")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    event: Any = Event()
    event.add("UID", f"meeting-{meeting.id}@gealc-tui")
    event.add("DTSTAMP", _moment(meeting.at))
    event.add("SEQUENCE", version)
    event.add("SUMMARY", _line(t("Red GEALC: {meeting}", meeting=meeting_label(meeting))))
    event.add("DESCRIPTION", _description(meeting, owed))
    begin = _begin(meeting, day)
    event.add("DTSTART", begin)
    if isinstance(begin, datetime):
        event.add("DTEND", begin + LENGTH)
    made.add_component(event)
    # The clock's rules from the year before to the year after: some calendars choke on those of a century.
    made.add_missing_timezones(first_date=date(day.year - 1, 1, 1), last_date=date(day.year + 2, 1, 1))
    file: bytes = made.to_ical()
    return file


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _begin(meeting: MeetingReading, day: date) -> date | datetime:
    """The moment by the city's clock, or the day alone."""
    hour, _, minute = (meeting.hour or "").partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        return day
    begin = datetime(day.year, day.month, day.day, int(hour), int(minute))
    zone = zone_of(meeting.city)
    try:
        return begin.replace(tzinfo=ZoneInfo(zone)) if zone is not None else begin
    except ZoneInfoNotFoundError:
        return begin


def _moment(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(max(at, 0), 2**47) // 1000)


def _description(meeting: MeetingReading, owed: Iterable[ItemReading]) -> str:
    lines = [_line(hour_label(meeting.hour, meeting.city))] if meeting.hour else []
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
