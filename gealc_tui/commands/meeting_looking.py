"""Looking at meetings, and reading what people type at them: countries, days."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from gealc_tui import errors
from gealc_tui.commands import fields
from gealc_tui.domain.change import Value
from gealc_tui.domain.days import Toward
from gealc_tui.domain.meetings import ItemReading, MeetingChange, MeetingReading
from gealc_tui.domain.vocabulary import COUNTRIES, MeetingBody
from gealc_tui.i18n import labels
from gealc_tui.replica import Replica
from gealc_tui.reports import minutes
from gealc_tui.reports.commitments import Followed, followed, is_same_group, owed


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


def meeting_id(replica: Replica, id: str | None) -> str | None:
    """The id of a meeting that is known, as a person names it. Raises NotFound."""
    if id is None:
        return None
    id = fields.clean(id).removeprefix("meeting/")
    if not any(one.id == id for one in replica.read.meetings()):
        raise errors.NotFound(ref=id)
    return id


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
    """What it changed, as the log tells it, in the order of the last word: status, dates, notes, agreements.

    Of a closed meeting it is told from what was held at its closing.
    """
    closing = None if replica.read.meeting(id).is_open else next(iter(minutes.closings(replica.read, id)), None)
    read = replica.read if closing is None else replica.as_of(closing).read
    return read.meeting_changes(id)


def open_commitments(replica: Replica, body: MeetingBody | str, area: str | None = None) -> tuple[ItemReading, ...]:
    """The commitments of the closed meetings of this body (and area) that are owed, the earliest date first.

    One is owed until somebody says that it is fulfilled, or the activity that it is about is done or cancelled.
    """
    return owed(replica.read, MeetingBody(body), area, replica.plan)


def followed_commitments(replica: Replica, id: str) -> tuple[Followed, ...]:
    """The commitments that were owed when a meeting began, and which of them it said to be fulfilled."""
    return followed(replica.read, reading(replica, id))


def same_body(replica: Replica, meeting: MeetingReading, body: MeetingBody | str, area: str | None) -> bool:
    """Whether it is a meeting of this body (and of this area's group, under this plan or an earlier one)."""
    return meeting.body == MeetingBody(body) and is_same_group(replica.read, meeting.area, area)


def require_none_open(replica: Replica) -> None:
    """Raises MeetingIsOpen if this copy has a meeting open."""
    if (open_one := current(replica)) is not None:
        raise errors.MeetingIsOpen(meeting=open_one.id)


def read_countries(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes that `cl cr, ec; República Dominicana` means, each once and in order, and the words that mean none."""
    found: dict[str, None] = {}
    unknown: list[str] = []
    words = re.findall(r"[^\s,;/]+", text)
    while words:
        # The longest name counts, as in «Guinea Ecuatorial».
        for length in range(min(len(words), _MOST_WORDS), 0, -1):
            if (code := country_of(" ".join(words[:length]))) is not None:
                found[code] = None
                break
        else:
            length = 1
            if words[0].casefold() not in _JOINING:
                unknown.append(words[0])
        words = words[length:]
    return tuple(found), tuple(unknown)


_MOST_WORDS = 6
_JOINING = {"y", "e", "and", "et"}


@lru_cache(maxsize=2048)
def country_of(name: str) -> str | None:
    """The country of a two-letter code, or of a name in any of the languages; None if there is none."""
    code = name.strip().upper()
    return code if code in COUNTRIES else labels.country_by_name(name) if len(code) > 2 else None


def named(name: str) -> str | None:
    """A country, or one of the bodies that commit themselves too (OEA, BID)."""
    return country_of(name) or fields.BODY_NAMES.get(name.strip().upper())


def day_of(replica: Replica, meeting: MeetingReading) -> date:
    """The day of a meeting; today for one that has none that could be read."""
    try:
        return date.fromisoformat(meeting.day) if meeting.day else replica.today
    except ValueError:
        return replica.today


def read_day(
    replica: Replica, text: str, *, since: date | None = None, toward: Toward = Toward.AHEAD, field: str = "day"
) -> date:
    """The day that a person typed, as the language in force writes days.

    Without a year it is the one that `toward` says, as seen from `since` (by default today). Raises ValueRefused.
    """
    return fields.read_day(text, field, since or replica.today, toward)
