"""Taking things out of sight, and bringing them back.

A deletion takes with it what its author sees, and nothing else (`domain.visibility`). Notes and agreements are said
again by it, as readers expect that know no better; of everything else it names what was seen.
"""

from __future__ import annotations

from collections.abc import Mapping

from gealc_tui import errors
from gealc_tui.commands import reasons
from gealc_tui.commands.fields import clean, line
from gealc_tui.commands.meeting_looking import current
from gealc_tui.commands.reasons import NO_REASON, Why
from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.visibility import DELETED, SEEN, WITHDRAWN
from gealc_tui.permissions import is_bound
from gealc_tui.replica import Committed, Replica, Setting

WITHDRAWABLE = frozenset({"plan", "area", "activity", "product"})
"""Kinds that are withdrawn, with a reason; others are deleted."""

_DELETABLE = WITHDRAWABLE | {"note", "item", "meeting", "observation"}


def withdraw(
    replica: Replica, ref: str, reason: str = "", *, meeting: str | None = None, proposes: bool = False
) -> Committed:
    """Withdraws a plan, area, activity or product, in one change, or proposes it; `meeting`: the one that decided it.

    An activity takes its products, notes and agreements with it, an area its activities. A plan takes nothing: while
    something lives in it, it stays in sight, marked. Raises NotFound, CannotWithdraw, ValueRefused, TextTooLong …
    """
    entity = replica.resolve(clean(ref))
    if kind_of(entity) not in WITHDRAWABLE:
        raise errors.CannotWithdraw(entity=entity)
    if replica.read.is_hidden(entity):
        raise errors.NotFound(ref=ref)
    said: Value = [read_reason(reason), meeting]
    found: list[Setting] = []
    for one in _withdrawn_with(replica, entity):
        found += deletion_of(replica, one, {WITHDRAWN: said})
    plan = reasons.plan_of(replica, entity)
    # Where nothing binds, what is withdrawn says itself why.
    explains = proposes or is_bound(replica.read, plan)
    return reasons.write(replica, found, plan, Why(reason, meeting, proposes) if explains else NO_REASON)


def withdraw_here(replica: Replica, ref: str, reason: str = "", *, proposes: bool = False) -> Committed:
    """As `withdraw`; while a meeting is open here, it is that meeting that does it."""
    meeting = current(replica)
    return withdraw(replica, ref, reason, meeting=meeting.id if meeting is not None else None, proposes=proposes)


def read_reason(text: str) -> str:
    """A reason as it is stored. Raises ValueRefused, TextTooLong, TextHasControlCharacters."""
    return line("reason", clean(text))


def bring_back(replica: Replica, ref: str, why: Why = NO_REASON) -> Committed:
    """Brings back what is deleted or withdrawn, or proposes it; with an area what the same change took, nothing else.

    Raises NotFound, NotDeleted.
    """
    entity = _deleted(replica, clean(ref))
    settings = return_of(replica, entity)
    if not settings:
        raise errors.NotDeleted(ref=ref)
    return reasons.write(replica, settings, reasons.plan_of(replica, entity), why)


def deletion_of(replica: Replica, entity: str, said: Mapping[str, Value] | None = None) -> list[Setting]:
    """What deletes an entity, as this copy sees it now. `said`: fields that it sets as well, each to what."""
    # The models take long to import, and the first screen does not wait for them.
    from gealc_tui.domain.entities import ENTITIES

    model = ENTITIES[kind_of(entity)]
    restated: dict[str, Value] = {}
    if model.IS_RESTATED:
        shown = replica.read.state_of(entity)
        restated = {field: shown[field] for field in model.model_fields if field in shown and model.is_content(field)}
    settings: list[Setting] = [(entity, DELETED, True)]
    settings += [(entity, field, value) for field, value in {**restated, **(said or {})}.items()]
    if not model.IS_RESTATED:
        settings.append((entity, SEEN, replica.read.seen_by_deleting(entity)))
    return settings


def return_of(replica: Replica, entity: str) -> list[Setting]:
    """What brings an entity back, and with an area what went with it; nothing if no deletion stands for it."""
    if replica.read.deletion(entity) is None:
        return []
    settings: list[Setting] = []
    for one in replica.read.withdrawn_with(local_id(entity)) if kind_of(entity) == "area" else [entity]:
        settings.append((one, DELETED, False))
        if replica.read.standing(one, WITHDRAWN):
            settings.append((one, WITHDRAWN, None))
    return settings


def _deleted(replica: Replica, ref: str) -> str:
    """What a person means; an id or code of something that is out of sight names that, if it is the only one."""
    try:
        return replica.resolve(ref)
    except errors.NotFound:
        found = [
            one.entity
            for one in replica.read.deletions()
            if ref == local_id(one.entity) or (ref == one.code and kind_of(one.entity) in ("area", "activity"))
        ]
        if len(found) != 1:
            raise
        return found[0]


def _withdrawn_with(replica: Replica, entity: str) -> list[str]:
    if kind_of(entity) != "area":
        return [entity]
    return [entity, *(f"activity/{id}" for id in replica.read.activities_in(local_id(entity)))]


def is_deletable(entity: str) -> bool:
    """Whether this version knows what deleting such a thing means."""
    return kind_of(entity) in _DELETABLE


def deletion_again(replica: Replica, entity: str) -> list[Setting]:
    """What deletes an entity once more, now that what came since was seen, for the reason that was given."""
    found: list[Setting] = []
    given = replica.read.deletion(entity)
    why: Value = [given.reason, given.meeting] if given is not None else ["", None]
    for one in _withdrawn_with(replica, entity):
        found += deletion_of(replica, one, {WITHDRAWN: why} if kind_of(one) in WITHDRAWABLE else None)
    return found
