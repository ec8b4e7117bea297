"""What a change did, in words: a line for each field that people see. Foreign text in it is fit to be drawn."""

from __future__ import annotations

from collections.abc import Sequence

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.fields import MOVES, told
from gealc_tui.domain.visibility import WITHDRAWN
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import field_label, holds_day, moved_label, value_label
from gealc_tui.plain import drawable

ToldEdit = tuple[str, str, Value, Value]
"""Entity, field, before, after."""

_WITHDRAWN = {"plan": "title", "area": "title", "activity": "title", "product": "text"}
"""Kinds that are withdrawn and not deleted, and the field by whose name they are called."""


def value_phrase(entity: str, field: str, value: Value) -> str:
    """A field's value as people read it, on one line."""
    return _one_line(value_label(kind_of(entity), field, value))


def edit_phrase(entity: str, field: str, before: Value, after: Value, *, weekdays: bool = False) -> str:
    """`Estado: Pendiente → En curso`; without the arrow if there was nothing before.

    With `weekdays` a day that was set is told with its day of the week.
    """
    if field in MOVES:
        return moved_label(field)
    label = field_label(kind_of(entity), field)
    now = value_phrase(entity, field, after)
    if weekdays and holds_day(kind_of(entity), field) and isinstance(after, str):
        from gealc_tui.i18n.dates import day_and_weekday

        now = _one_line(day_and_weekday(after))
    if before is None or before == after:
        return f"{label}: {now}"
    return f"{label}: {value_phrase(entity, field, before)} → {now}"


def _reason(entity: str, edits: Sequence[ToldEdit]) -> Value:
    said = next((after for one, field, _, after in edits if (one, field) == (entity, WITHDRAWN)), None)
    return next(iter(said), None) if isinstance(said, (list, tuple)) else None


def edit_phrases(edits: Sequence[ToldEdit], *, weekdays: bool = False) -> list[str]:
    """What a change did, a phrase for each field that people see; `weekdays` as in `edit_phrase`."""
    deleted = {entity: after for entity, field, _, after in edits if field == "deleted"}
    phrases = []
    for entity, field, before, after in told(edits):
        if field == "deleted":
            words = next((one[3] for one in edits if one[0] == entity and one[1] == "text"), None)
            said = t("borrado") if after else t("restablecido")
            kind = kind_of(entity)
            if kind in _WITHDRAWN:
                said = t("retirado") if after else t("restablecido")
                reason = value_phrase(entity, WITHDRAWN, _reason(entity, edits))
                said = f"{said}: {reason}" if _reason(entity, edits) else said
                phrases.append(f"{field_label(kind, _WITHDRAWN[kind])} ({said})")
                continue
            label = field_label(kind, "text")
            phrases.append(f"{label} ({said}): {value_phrase(entity, 'text', words)}" if words else f"{label}: {said}")
        elif entity not in deleted:
            phrases.append(edit_phrase(entity, field, before, after, weekdays=weekdays))
    return phrases


def _one_line(text: str) -> str:
    return " ".join(drawable(text).split())
