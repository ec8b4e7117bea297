"""What is held again and again, what depends on what, and dates that slip."""

from __future__ import annotations

from gealc_tui import errors
from gealc_tui.commands.activities import activity_ref
from gealc_tui.commands.fields import clean, day, line, read_day
from gealc_tui.commands.meeting_looking import meeting_id
from gealc_tui.commands.notes import note_settings
from gealc_tui.domain.change import Value
from gealc_tui.domain.days import Toward
from gealc_tui.domain.series import KIND, MOST_MONTHS, MOST_OCCURRENCES
from gealc_tui.domain.vocabulary import Period
from gealc_tui.replica import Committed, Replica, Setting

_MOST_DEPENDING = 1_000
"""So many steps a chain of dependencies is followed."""


def set_series(
    replica: Replica, ref: str, months: int, *, begins: str | None = None, count: int | None = None
) -> Committed | None:
    """Says that an activity is held every so many months; by default from the first day of its period, as often as
    the period holds. Raises NotFound, CodeIsAmbiguous, ValueRefused.
    """
    activity = activity_ref(replica, ref)
    reading = replica.read.activity(activity, replica.today)
    if not 1 <= months <= MOST_MONTHS:
        raise errors.ValueRefused(field="series", value=str(months), expected="months")
    year = reading.year or replica.today.year
    first = 7 if reading.row.period is Period.S2 else 1
    held_in = 6 if reading.row.period is not Period.ANNUAL else 12
    start = read_day(begins, "day", replica.today, Toward.AHEAD).isoformat() if begins else f"{year:04}-{first:02}-01"
    often = count if count is not None else max(held_in // months, 1)
    if not 1 <= often <= MOST_OCCURRENCES:
        raise errors.ValueRefused(field="series", value=str(often), expected="occurrences")
    return replica.commit([(f"activity/{activity}", "series", [months, start, often])])


def end_series(replica: Replica, ref: str) -> Committed | None:
    """An activity is held once, as others. Raises NotFound and CodeIsAmbiguous."""
    return replica.commit([(f"activity/{activity_ref(replica, ref)}", "series", None)])


def held(replica: Replica, ref: str, number: int, *, on: str | None = None, meeting: str | None = None) -> Committed:
    """Says that an occurrence was held: on which day (today), as which meeting.

    Raises NotFound, NoOccurrence, OccurrenceIsHeld, ValueRefused.
    """
    activity = activity_ref(replica, ref)
    one = next((one for one in replica.read.occurrences(activity) if one.number == number), None)
    if one is None:
        raise errors.NoOccurrence(number=number)
    if one.held is not None:
        raise errors.OccurrenceIsHeld(number=number, day=one.held)
    entity = f"{KIND}/{activity}/{number}"
    when = day(on, "day", replica.today, Toward.BEHIND) if on else replica.today.isoformat()
    settings: list[Setting] = [(entity, "held", when)]
    if (by := meeting_id(replica, meeting)) is not None:
        settings.append((entity, "meeting", by))
    committed = replica.commit(settings, restate=True)
    assert committed is not None, "what is restated is always written"
    return committed


def reschedule(replica: Replica, ref: str, to: str, reason: str) -> Committed:
    """Gives an activity another due date, and says why in an official note of the same change.

    Raises NotFound, ReasonMissing, ValueRefused.
    """
    entity = f"activity/{activity_ref(replica, ref)}"
    said = line("reason", clean(reason))
    if not said:
        raise errors.ReasonMissing()
    due = day(to, "due", replica.today, Toward.AHEAD)
    why = note_settings(replica, entity, said, official=True)
    committed = replica.commit([(entity, "due", due), *why], restate=True)
    assert committed is not None, "what is restated is always written"
    return committed


# --- what depends on what ----------------------------------------------------------------------------------------


def depend(replica: Replica, ref: str, on: str, *, depends: bool = True) -> Committed | None:
    """Says that an activity needs another one first, or that it does not any more.

    Raises NotFound, CodeIsAmbiguous, and DependsInCircle.
    """
    activity, other = activity_ref(replica, ref), activity_ref(replica, on)
    known = list(replica.read.depends_on(activity))
    if depends and (activity == other or activity in _needed_by(replica, other)):
        raise errors.DependsInCircle(ref=ref, on=on)
    wanted = [one for one in known if one != other] + ([other] if depends else [])
    value: Value = sorted(set(wanted)) or None
    return replica.commit([(f"activity/{activity}", "depends", value)])


def _needed_by(replica: Replica, activity: str) -> set[str]:
    """All that an activity needs first, directly or not."""
    found: set[str] = set()
    ahead = [activity]
    while ahead and len(found) < _MOST_DEPENDING:
        for one in replica.read.depends_on(ahead.pop()):
            if one not in found:
                found.add(one)
                ahead.append(one)
    return found
