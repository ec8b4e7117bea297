"""Plan things as lines for people: authors, moments, edits. Everything here is text of one line, not yet cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from gealc_tui.cli.output import complain, one_line
from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.fields import MOVES, told
from gealc_tui.domain.visibility import WITHDRAWN
from gealc_tui.domain.vocabulary import Status
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import MARKS, day_label, field_label, holds_day, moved_label, status_label, value_label

ToldEdit = tuple[str, str, Value, Value]
"""Entity, field, before, after."""

_WITHDRAWN = {"plan": "title", "area": "title", "activity": "title", "product": "text"}
"""Kinds that are withdrawn and not deleted, and the field by whose name they are called."""


def status_phrase(status: Status) -> str:
    """The mark and the word."""
    return f"{MARKS[status]} {status_label(status)}"


def moment_phrase(at: int, is_doubtful: bool = False) -> str:
    """A moment on this machine's clock, `14/03/2019 10:22`; foreign clocks may say anything.

    A clock that does not fit what stands around it in its author's log is pointed out.
    """
    try:
        moment = datetime.fromtimestamp(at / 1000)
    except (OverflowError, OSError, ValueError):
        return str(at)
    said = f"{day_label(moment.date().isoformat())} {moment:%H:%M}"
    return t("{moment} (reloj dudoso)", moment=said) if is_doubtful else said


def instant(at: int) -> str:
    """A moment as programs read it, `2019-03-14T13:22:05.123Z`."""
    # The models of the change file take long to import, and `list` needs no moment.
    from gealc_tui.sync.bundle import instant_text

    return instant_text(at)


def day_phrase(day: str | None) -> str:
    """A day, or a dash."""
    return day_label(day) if day else "—"


def tell_day(typed: str, day: str) -> None:
    """Says which day was understood (`YYYY-MM-DD`), if no year was typed."""
    if re.search(r"[0-9]{4}", typed) is None:
        from gealc_tui.i18n.dates import full_day

        complain(t("Entendido: {day}", day=full_day(date.fromisoformat(day))))


def value_phrase(entity: str, field: str, value: Value) -> str:
    """A field's value as people read it, on one line."""
    return one_line(value_label(kind_of(entity), field, value))


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

        now = one_line(day_and_weekday(after))
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
