"""Settling differences: one value is kept, by a change that goes over all the others and travels to everyone."""

from __future__ import annotations

from gealc_tui import errors
from gealc_tui.commands.fields import parse
from gealc_tui.domain.change import Value, kind_of, same
from gealc_tui.replica import Committed, Replica, Setting


def take(replica: Replica, entity: str, field: str, change: str) -> Committed | None:
    """Keeps the value that `change` (its id, or how it begins) wrote. Raises NotADifference."""
    values = dict(_values(replica, entity, field))
    found = [value for id, value in values.items() if change and id.startswith(change)]
    if len(found) != 1:
        raise errors.NotADifference(ref=entity, field=field)
    return _keep(replica, entity, field, found[0])


def settle(replica: Replica, entity: str, field: str, text: str) -> Committed | None:
    """Settles a difference by a value that a person typed. Raises NotADifference and what `fields.parse` raises."""
    _values(replica, entity, field)
    return _keep(replica, entity, field, parse(kind_of(entity), field, text))


def _keep(replica: Replica, entity: str, field: str, value: Value) -> Committed | None:
    """Settles by a value. Words that are chosen over a deletion are meant to be seen: it is taken back."""
    settings: list[Setting] = [(entity, field, value)]
    deletions = {one.change for one in replica.read.standing(entity, "deleted") if one.value is True}
    restated = [said for change, said in _values(replica, entity, field) if change in deletions]
    if deletions and not any(same(value, said) for said in restated):
        settings.append((entity, "deleted", False))
    return replica.commit(settings)


def _values(replica: Replica, entity: str, field: str) -> list[tuple[str, Value]]:
    for difference in replica.read.differences():
        if (difference.entity, difference.field) == (entity, field):
            return [(one.change, one.value) for one in difference.values]
    raise errors.NotADifference(ref=entity, field=field)
