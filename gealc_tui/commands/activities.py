"""Activities and their products: status and fields."""

from __future__ import annotations

from collections.abc import Sequence

from gealc_tui import errors
from gealc_tui.commands import reasons
from gealc_tui.commands.fields import clean, parse
from gealc_tui.commands.notes import note_settings
from gealc_tui.commands.reasons import NO_REASON, Why
from gealc_tui.domain.change import kind_of, local_id, same
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Committed, Replica


def set_status(replica: Replica, activity: str, status: Status, note: str | None = None) -> Committed | None:
    """Sets the status of an activity (its id), and says why in an official note of the same change.

    Returns None if the status stands so already and no note is given. Raises NotFound, NoIdentity, TextEmpty …
    """
    entity = replica.resolve(f"activity/{activity}")
    settings = [(entity, "status", status.value)]
    reason = [] if note is None else note_settings(replica, entity, note, official=True)
    return replica.commit([*settings, *reason])


def set_field(replica: Replica, entity: str, field: str, text: str, why: Why = NO_REASON) -> Committed | None:
    """Sets a field from what a person typed, or proposes it; an empty text empties it. None if it stands so already.

    An area's origin is an area of another plan, by its id or by year and code. Raises NotFound for any other, what
    `fields.parse` raises, and what `reasons.write` raises.
    """
    entity = replica.resolve(entity)
    value = parse(kind_of(entity), field, text, replica.today)
    if (kind_of(entity), field) == ("area", "origin") and isinstance(value, str):
        value = _origin(replica, entity, value)
    stands = replica.read.standing(entity, field)
    if why == NO_REASON or (len(stands) == 1 and same(stands[0].value, value)):
        return replica.commit([(entity, field, value)])
    return reasons.write(replica, [(entity, field, value)], reasons.plan_of(replica, entity), why)


def _origin(replica: Replica, area: str, ref: str) -> str:
    origin = replica.resolve(ref)
    if kind_of(origin) != "area" or replica.read.plan_of(origin) == replica.read.plan_of(area):
        raise errors.NotFound(ref=ref)
    return local_id(origin)


def set_field_in_all(replica: Replica, activities: Sequence[str], field: str, text: str) -> Committed | None:
    """Sets a field of several activities (their ids) in one change, which one undo takes back.

    Returns None if it stands so in all of them already. Raises what `fields.parse` raises, and then sets none.
    """
    value = parse("activity", field, text, replica.today)
    return replica.commit([(replica.resolve(f"activity/{id}"), field, value) for id in activities])


def activity_ref(replica: Replica, ref: str) -> str:
    """The id of the activity that a person means. Raises NotFound and CodeIsAmbiguous."""
    entity = replica.resolve(clean(ref))
    if kind_of(entity) != "activity":
        raise errors.NotFound(ref=ref)
    return local_id(entity)
