"""What was left half written, and where: told at the start, and marked in the plan."""

from __future__ import annotations

from typing import NamedTuple

from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.replica import Replica


class HalfWritten(NamedTuple):
    """A text that somebody began and neither saved nor threw away."""

    about: str
    """The activity or area, as an entity: `activity/2019/3.6.1`."""
    field: str
    """The field that was being typed; empty: a new note; `text`: an existing note, or a product."""


def half_written(replica: Replica) -> tuple[HalfWritten, ...]:
    """What stands half written about activities and areas. What belongs to a meeting, that screen takes up itself."""
    found = []
    for place in replica.drafts():
        entity, _, field = place.partition("#")
        about = _about(replica, entity)
        if about is not None:
            found.append(HalfWritten(about, field or ("text" if kind_of(entity) == "note" else "")))
    return tuple(found)


def ids(half: tuple[HalfWritten, ...]) -> frozenset[str]:
    """The ids of the activities and areas."""
    return frozenset(local_id(one.about) for one in half)


def _about(replica: Replica, entity: str) -> str | None:
    kind = kind_of(entity)
    if kind in ("activity", "area"):
        return entity
    if kind in ("note", "product"):
        activity = replica.read.activity_of(entity)
        return None if activity is None else f"activity/{activity}"
    return None
