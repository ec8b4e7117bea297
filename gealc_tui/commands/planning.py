"""Meetings that are fixed and not held yet: moved, cancelled, and their calendar files.

Promise: what is fixed can be told by a calendar. An hour that the clocks of the city skip or show twice on that night
is refused, and a city's name that several places bear is asked about; a city whose clock nobody knows is taken, and
`has_clock` says so.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from gealc_tui import errors
from gealc_tui.commands.fields import clean, line
from gealc_tui.commands.meeting_looking import day_of, open_commitments, read_day, reading
from gealc_tui.domain.change import Value
from gealc_tui.domain.days import Toward
from gealc_tui.domain.hours import read_hour
from gealc_tui.domain.meetings import MeetingReading
from gealc_tui.domain.vocabulary import MeetingBody, MeetingState
from gealc_tui.replica import Committed, Replica


def move(replica: Replica, id: str, *, day: str, hour: str, city: str) -> Committed | None:
    """Sets day, hour and city of a meeting that is fixed, from what a person typed; empty ones are emptied.

    Raises ValueRefused, CityIsUnclear, TextTooLong and NotFound.
    """
    reading(replica, id)
    settings: dict[str, Value] = {
        "day": read_day(replica, day).isoformat() if day.strip() else None,
        "hour": hour_text(hour),
        "city": city_text(city),
    }
    require_hour(None, **settings)
    return replica.commit([(f"meeting/{id}", field, value) for field, value in settings.items()])


def cancel(replica: Replica, id: str) -> Committed | None:
    """Says that a meeting that is fixed will not be held. Raises MeetingNotPlanned and NotFound."""
    if reading(replica, id).state is not MeetingState.PLANNED:
        raise errors.MeetingNotPlanned(meeting=id)
    return replica.commit([(f"meeting/{id}", "state", MeetingState.CANCELLED.value)])


# --- what people type --------------------------------------------------------------------------------------------


def meeting_day(replica: Replica, text: str | None) -> str:
    """The day of a meeting, without a year the nearest; today, if nothing is typed. Raises ValueRefused."""
    if text is None or not text.strip():
        return replica.today.isoformat()
    return read_day(replica, text, toward=Toward.NEAREST).isoformat()


def next_day(replica: Replica, last: MeetingReading, text: str) -> str:
    """The day of the meeting after another: without a year the next such day from that one on, and from today on.

    Raises ValueRefused.
    """
    return read_day(replica, text, since=max(day_of(replica, last), replica.today)).isoformat()


def hour_text(text: str | None) -> str | None:
    """`HH:MM`, or None for nothing. Raises ValueRefused."""
    if text is None or not text.strip():
        return None
    found = read_hour(clean(text))
    if found is None:
        raise errors.ValueRefused(field="hour", value=text, expected="hour")
    return found


def city_text(text: str | None) -> str | None:
    """A city as it is kept, or None for nothing. Raises CityIsUnclear, ValueRefused and TextTooLong."""
    from gealc_tui.reports.zones import bare_city, clock_of

    city = bare_city(line("city", clean(text or "")))
    if choices := clock_of(city).choices:
        raise errors.CityIsUnclear(city=city, choices=choices)
    return city or None


def has_clock(city: str | None) -> bool:
    """Whether an hour of that city can be told by a calendar; where nothing is said there is nothing to tell."""
    from gealc_tui.reports.zones import zone_of

    return not (city or "").strip() or zone_of(city) is not None


def require_hour(meeting: MeetingReading | None, *, day: Value = None, hour: Value = None, city: Value = None) -> None:
    """Raises ValueRefused for an hour that the clock of the city skips or shows twice on that day.

    What is not given is as it stands in `meeting`.
    """
    day = day or (meeting.day if meeting is not None else None)
    hour = hour or (meeting.hour if meeting is not None else None)
    city = city or (meeting.city if meeting is not None else None)
    if not (isinstance(day, str) and isinstance(hour, str) and isinstance(city, str)):
        return
    from gealc_tui.reports.zones import hour_fault

    try:
        fault = hour_fault(date.fromisoformat(day), hour, city)
    except ValueError:
        return
    if fault is not None:
        raise errors.ValueRefused(field="hour", value=hour.removeprefix("0"), expected=fault)


# --- calendar files ----------------------------------------------------------------------------------------------


def calendar_file(replica: Replica, id: str) -> bytes | None:
    """The calendar file of a meeting as it stands; None if its day is not fixed. Raises NotFound."""
    from gealc_tui.reports.calendar import Edition, calendar

    meeting = reading(replica, id)
    history = replica.read.history([f"meeting/{id}"])
    # Whoever fixed it stays its organizer, whoever cancels it: calendars take no other's word.
    organizer = history[0].author if history else meeting.author
    person = replica.read.person(organizer.replica)
    edition = Edition(
        len(history) - 1,
        max((change.at for change in history), default=meeting.at),
        organizer.name or organizer.replica[:8],
        person[3] if person is not None else None,
    )
    return calendar(meeting, open_commitments(replica, meeting.body, meeting.area), edition)


def write_calendar(replica: Replica, id: str, folder: Path) -> Path | None:
    """Writes the calendar file of a meeting under a new name; None if its day is not fixed.

    Raises NotFound and FileUnwritable.
    """
    from gealc_tui.commands.exchange import write_whole

    data = calendar_file(replica, id)
    if data is None:
        return None
    path = free_calendar(folder, reading(replica, id))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise errors.FileUnwritable(path=str(folder), reason=errors.reason_of(error)) from error
    write_whole(path, data)
    return path


def free_calendar(folder: Path, meeting: MeetingReading) -> Path:
    """A name for the calendar file of a meeting that no file bears yet: `reunion-3-5-20190620.ics`."""
    parts = ["reunion", body_stem(meeting), (meeting.day or "").replace("-", "")]
    parts += ["cancelada"] if meeting.state is MeetingState.CANCELLED else []
    stem = "-".join(dict.fromkeys(part for part in parts if part))
    path, number = folder / f"{stem}.ics", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.ics", number + 1
    return path


def body_stem(meeting: MeetingReading) -> str:
    """Who meets, as part of a file's name: ASCII without dots, for mail servers of all kinds."""
    return re.sub(r"[^A-Za-z0-9-]", "", (meeting.area_code or "").replace(".", "-")) or _BODY_STEMS[meeting.body]


_BODY_STEMS = {
    MeetingBody.WORKING_GROUP: "grupo",
    MeetingBody.COMMITTEE: "comite",
    MeetingBody.ASSEMBLY: "asamblea",
    MeetingBody.OTHER: "reunion",
}
