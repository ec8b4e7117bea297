"""Calendar files, as other programs than the one that writes them read them: instants, moving, cancelling."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import ics
import pytest
import vobject
from commands.meeting import begun

from gealc_tui import errors, i18n
from gealc_tui.commands import meetings, people, undo
from gealc_tui.domain.vocabulary import MeetingState
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Replica
from gealc_tui.reports.zones import clock_of, hour_fault


@pytest.fixture
def ana(make_replica) -> Replica:
    return make_replica("Ana")


@pytest.fixture
def closed(ana) -> str:
    meeting = begun(ana)
    meetings.close(ana, meeting)
    return meeting


class Event(NamedTuple):
    """What a calendar program makes of a file."""

    method: str
    uid: str
    begin: datetime
    end: datetime
    sequence: int
    stamp: datetime
    status: str
    organizer: str
    place: str
    text: str


def by_vobject(data: bytes) -> Event:
    file: Any = vobject.readOne(data.decode())
    one = file.vevent
    return Event(
        file.method.value,
        one.uid.value,
        one.dtstart.value.astimezone(UTC),
        one.dtend.value.astimezone(UTC),
        int(one.sequence.value),
        one.dtstamp.value,
        one.status.value,
        one.organizer.value,
        one.location.value if hasattr(one, "location") else "",
        one.description.value,
    )


def by_ics(data: bytes) -> tuple[datetime, datetime, str]:
    (one,) = ics.Calendar(data.decode()).events
    return one.begin.datetime.astimezone(UTC), one.end.datetime.astimezone(UTC), one.uid


CHANGES = [
    # The day before the clocks change, and the day after: by hand, from the rules of that year.
    ("Santiago", "2019-04-06", "12:00Z", "2019-04-07", "13:00Z"),
    ("Asunción", "2019-03-23", "12:00Z", "2019-03-24", "13:00Z"),
    ("Ciudad de México", "2019-04-06", "15:00Z", "2019-04-07", "14:00Z"),
    ("Washington, D. C.", "2019-03-09", "14:00Z", "2019-03-10", "13:00Z"),
    ("La Habana", "2019-11-02", "13:00Z", "2019-11-03", "14:00Z"),
    ("Puerto Príncipe", "2019-11-02", "13:00Z", "2019-11-03", "14:00Z"),
    ("São Paulo", "2019-02-16", "11:00Z", "2019-02-17", "12:00Z"),
    ("Madrid", "2019-10-26", "07:00Z", "2019-10-27", "08:00Z"),
    ("Lisboa", "2019-03-30", "09:00Z", "2019-03-31", "08:00Z"),
    ("Ottawa", "2019-11-02", "13:00Z", "2019-11-03", "14:00Z"),
    ("Quito", "2019-04-06", "14:00Z", "2019-04-07", "14:00Z"),
    ("UTC-3", "2019-04-06", "12:00Z", "2019-04-07", "12:00Z"),
]


@pytest.mark.parametrize(("city", "before", "first", "after", "second"), CHANGES, ids=[one[0] for one in CHANGES])
def test_nine_o_clock_is_the_same_instant_for_all_readers_on_both_sides_of_the_change(
    ana, closed, city, before, first, after, second
):
    planned = meetings.plan_next(ana, closed, day="20/06/2019")
    for day, instant in ((before, first), (after, second)):
        meetings.move(ana, planned, day=day, hour="9", city=city)
        data = meetings.calendar_file(ana, planned)
        expected = datetime.fromisoformat(f"{day}T{instant.replace('Z', ':00')}").replace(tzinfo=UTC)
        read = by_vobject(data)
        assert read.begin == expected
        assert by_ics(data) == (read.begin, read.end, read.uid)
        assert (read.end - read.begin).total_seconds() == 3600
        assert f"9:00{' ' if city.startswith('UTC') else ', hora de '}{city}".replace(",", r"\,") in _unfolded(data)
        # What some calendars pass over (RDATE, zones of their own) is not there to be passed over.
        assert b"TZID" not in data
        assert b"RDATE" not in data


def _unfolded(data: bytes) -> str:
    return data.decode().replace("\r\n ", "")


def test_a_meeting_that_moves_takes_the_place_of_what_was_sent(ana, closed):
    planned = meetings.plan_next(ana, closed, day="20/06/2019", hour="10", city="Quito")
    before = by_vobject(meetings.calendar_file(ana, planned))
    meetings.set_field(ana, planned, "day", "2019-06-27")
    after = by_vobject(meetings.calendar_file(ana, planned))
    assert (before.uid, before.method, before.status) == (after.uid, after.method, after.status)
    assert after.uid == f"meeting-{planned}@gealc-tui"
    assert before.sequence < after.sequence
    assert before.stamp < after.stamp
    assert after.begin == datetime(2019, 6, 27, 15, tzinfo=UTC)


def test_who_calls_and_where_are_told(ana, closed):
    planned = meetings.plan_next(ana, closed, day="20/06/2019", hour="10", city="Quito")
    data = meetings.calendar_file(ana, planned)
    assert by_vobject(data).place == "Quito"
    assert "ORGANIZER;CN=Ana:invalid:nomail" in _unfolded(data)
    people.introduce(ana, "Ana", "UY", "secretariat", "ana@example.org")
    assert by_vobject(meetings.calendar_file(ana, planned)).organizer == "mailto:ana@example.org"
    meetings.set_field(ana, planned, "city", "GMT-3")
    assert by_vobject(meetings.calendar_file(ana, planned)).place == ""


def test_the_next_meeting_has_a_file_of_its_own_name(ana, closed, tmp_path):
    meetings.plan_next(ana, closed, day="20/06/2019", hour="10", city="Quito")
    written = meetings.write_files(ana, closed, tmp_path)
    assert written.calendar is not None
    assert written.calendar.name == "reunion-3-5-20190620.ics"
    assert meetings.write_files(ana, closed, tmp_path).calendar.name == "reunion-3-5-20190620-2.ics"


# --- cancelling --------------------------------------------------------------------------------------------------


def test_a_meeting_that_is_cancelled_is_taken_out_of_calendars(ana, closed, tmp_path: Path):
    planned = meetings.plan_next(ana, closed, day="20/06/2019", hour="10", city="Quito")
    sent = by_vobject(meetings.calendar_file(ana, planned))
    meetings.cancel(ana, planned)
    path = meetings.write_calendar(ana, planned, tmp_path / "enviados")
    assert path is not None
    assert path.name == "reunion-3-5-20190620-cancelada.ics"
    off = by_vobject(path.read_bytes())
    assert (off.method, off.status, off.uid, off.begin) == ("CANCEL", "CANCELLED", sent.uid, sent.begin)
    assert off.sequence > sent.sequence
    assert off.stamp > sent.stamp
    assert off.text.startswith("La reunión se canceló.")
    assert meetings.planned(ana) is None
    assert meetings.next_calendar(ana, closed) is None
    again = meetings.plan_next(ana, closed, day="27/06/2019")
    assert again != planned, "what follows is another meeting"


def test_only_what_is_fixed_and_not_begun_can_be_cancelled_and_undo_fixes_it_again(ana, closed):
    with pytest.raises(errors.MeetingNotPlanned):
        meetings.cancel(ana, closed)
    planned = meetings.plan_next(ana, closed, day="20/06/2019")
    meetings.cancel(ana, planned)
    for act in (meetings.cancel, meetings.begin_planned):
        with pytest.raises(errors.MeetingNotPlanned):
            act(ana, planned)
    undo.undo(ana)
    assert meetings.reading(ana, planned).state is MeetingState.PLANNED


def test_a_cancelled_meeting_arrives_as_such_and_leaves_nobodys_meeting_open(ana, closed, make_replica, everything):
    planned = meetings.plan_next(ana, closed, day="20/06/2019")
    meetings.cancel(ana, planned)
    eva = make_replica("Eva", "PE")
    eva.merge([("a.json", everything(ana))], accept=True)
    assert meetings.reading(eva, planned).state is MeetingState.CANCELLED
    assert meetings.current(eva) is None
    ana.rebuild()
    assert meetings.reading(ana, planned).state is MeetingState.CANCELLED


def test_a_state_from_a_newer_version_opens_nothing(ana):
    """Total when read: what this version does not know is no meeting that one could go on with, or begin."""
    ana.commit([("meeting/x", "body", "committee"), ("meeting/x", "state", "postponed")])
    assert meetings.current(ana) is None
    assert meetings.planned(ana) is None
    assert meetings.begin(ana, body="committee")


# --- clocks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("UTC", "UTC"),
        ("GMT-3", "UTC-03:00"),
        ("utc +5:30", "UTC+05:30"),
        ("Santiago, Chile", "America/Santiago"),
        ("hora de Chile", "America/Santiago"),
        ("hora del Perú", "America/Lima"),
        ("heure d'Haïti", "America/Port-au-Prince"),
        ("Lima (Perú)", "America/Lima"),
        ("CDMX", "America/Mexico_City"),
        ("Washington D. C.", "America/New_York"),
        ("Washington, DC, USA", "America/New_York"),
        ("Cuzco", "America/Lima"),
        ("Mérida, Venezuela", "America/Caracas"),
        ("San Juan, Puerto Rico", "America/Puerto_Rico"),
        ("Victoria, Canadá", "America/Vancouver"),
        ("Tijuana, México", "America/Tijuana"),
        ("Macondo", None),
        ("Macondo, México", None),
        ("Macondo, Colombia", "America/Bogota"),
        ("West", None),
        ("GMT-15", None),
    ],
)
def test_a_clock_is_known_by_what_people_call_it_or_not_at_all(city, zone):
    assert clock_of(city) == (zone, ())


@pytest.mark.parametrize("city", ["Victoria", "San Juan", "Mérida", "merida", "Granada", "Estados Unidos"])
def test_a_name_that_means_several_clocks_is_asked_about_and_each_answer_is_one(ana, closed, city):
    with pytest.raises(errors.CityIsUnclear) as refused:
        meetings.plan_next(ana, closed, day="20/06/2019", hour="10", city=city)
    assert len(refused.value.choices) > 1
    assert len({clock_of(choice).zone for choice in refused.value.choices} - {None}) > 1
    for choice in refused.value.choices:
        assert choice in sentence(refused.value)
        assert clock_of(choice).zone is not None, choice


@pytest.mark.parametrize("code", i18n.LANGUAGES)
def test_the_answers_are_understood_in_the_language_that_they_are_given_in(code):
    i18n.use(code)
    for city in ("Victoria", "San Juan", "Mérida", "León", "Trujillo"):
        assert all(clock_of(choice).zone for choice in clock_of(city).choices)


@pytest.mark.parametrize(
    ("day", "hour", "city", "fault"),
    [
        ("2019-03-10", "02:30", "Washington", "existing_hour"),
        ("2019-11-03", "01:30", "Washington", "clear_hour"),
        ("2019-09-08", "00:30", "Santiago", "existing_hour"),
        ("2019-04-06", "23:30", "Santiago", "clear_hour"),
        ("2019-03-10", "02:30", "Quito", None),
        ("2019-03-10", "03:00", "Washington", None),
        ("2019-03-10", "02:30", "Macondo", None),
    ],
)
def test_on_the_night_of_the_change_an_hour_is_there_once_or_is_refused(ana, closed, day, hour, city, fault):
    assert hour_fault(date.fromisoformat(day), hour, city) == fault
    planned = meetings.plan_next(ana, closed, day="20/06/2019")
    if fault is None:
        assert meetings.move(ana, planned, day=day, hour=hour, city=city)
        return
    with pytest.raises(errors.ValueRefused) as refused:
        meetings.move(ana, planned, day=day, hour=hour, city=city)
    assert refused.value.expected == fault
    meetings.move(ana, planned, day=day, hour="12", city=city)
    with pytest.raises(errors.ValueRefused):
        meetings.set_field(ana, planned, "hour", hour)


def test_of_a_city_that_nobody_knows_the_text_says_that_the_hour_has_no_zone(ana, closed):
    planned = meetings.plan_next(ana, closed, day="20/06/2019", hour="10", city="Macondo")
    assert not meetings.has_clock("Macondo")
    data = meetings.calendar_file(ana, planned)
    assert b"DTSTART:20190620T100000\r\n" in data
    assert "sin zona horaria" in by_vobject_text(data)


def by_vobject_text(data: bytes) -> str:
    file: Any = vobject.readOne(data.decode())
    return str(file.vevent.description.value)
