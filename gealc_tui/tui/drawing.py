"""Plan things as Rich text. User text goes in as text, never as markup, and without what a terminal would obey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.fields import MOVES, FieldType, field_of, told
from gealc_tui.domain.readings import ChangeReading, EditReading, NoteReading, ObservationReading
from gealc_tui.domain.vocabulary import Status
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.dates import day_and_weekday, moment_label
from gealc_tui.i18n.labels import (
    MARKS,
    field_label,
    holds_day,
    moved_label,
    observation_label,
    status_label,
    value_label,
)
from gealc_tui.i18n.naming import author_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.plain import drawable
from gealc_tui.replica import Committed
from gealc_tui.tui.excerpts import IN_A_CHANGE, IN_A_LIST, Window, excerpt

if TYPE_CHECKING:
    # The first screen has no table.
    from textual.widgets import DataTable

LABEL_WIDTH = 18

MOST_EDITS = 30
"""Fields of a change that are told in a list."""


def status_text(status: Status, style: Style) -> Text:
    """Mark and word; the colour only says it again."""
    return Text(f"{MARKS[status]} {status_label(status)}", style)


def labelled(label: str, value: RenderableType, label_style: Style) -> Table:
    """A label and its value in two columns; a long value wraps under itself."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=LABEL_WIDTH, no_wrap=True)
    table.add_column(ratio=1)
    table.add_row(Text(label, label_style), value)
    return table


def value_text(entity: str, field: str, value: Value, window: Window = IN_A_LIST) -> Text:
    """A field's value as people read it, with the status' mark before its word; of a long one the beginning."""
    return Text(excerpt(whole_value(entity, field, value), window))


def whole_value(entity: str, field: str, value: Value) -> str:
    """A field's value as people read it, however long."""
    label = drawable(value_label(kind_of(entity), field, value))
    if field == "status" and isinstance(value, str) and value in MARKS:
        label = f"{MARKS[Status(value)]} {label}"
    return label


_TYPED_AS_TOLD = {FieldType.STATUS, FieldType.PERIOD, FieldType.LEAD, FieldType.LEADS, FieldType.FLAG}


def typed_text(kind: str, field: str, value: Value) -> str:
    """A value as a person would type it."""
    if value is None or value == []:
        return ""
    described = field_of(kind, field)
    if holds_day(kind, field) or (described is not None and described.type in _TYPED_AS_TOLD):
        return value_label(kind, field, value)
    return ", ".join(str(part) for part in value) if isinstance(value, (list, tuple)) else str(value)


def note_text(note: NoteReading, today: date, quiet: Style) -> Text:
    """A line of who and when, and the words below it."""
    kind = t("oficial") if note.official else t("interna")
    head = f"{moment_label(note.at, today, note.is_doubtful)} · {author_label(note.author)} · {kind}\n"
    return Text.assemble((head, quiet), _indented(excerpt(note.text)))


def change_text(change: ChangeReading, today: date, quiet: Style) -> Text:
    """A line of who and when, and below it each field with what it was and is; of very many the first."""
    lines = [edit_line(edit) for edit in told(change.edits)]
    more = len(lines) - MOST_EDITS
    text = Text.assemble((_change_head(change, today), quiet))
    for line in lines[: MOST_EDITS if more > 0 else None]:
        text.append("\n")
        text.append(_indented(line))
    if more > 0:
        text.append("\n  ")
        text.append(tn("y {n} campo más", "y {n} campos más", more), quiet)
    return text


def whole_change(change: ChangeReading, today: date) -> str:
    """A change with all that it wrote, however much and long."""
    lines = [edit_line(edit, None) for edit in told(change.edits)]
    return drawable("\n".join([_change_head(change, today), "", *lines]))


def _change_head(change: ChangeReading, today: date) -> str:
    return f"{moment_label(change.at, today, change.is_doubtful)} · {author_label(change.author)}"


def edit_line(edit: EditReading, window: Window | None = IN_A_CHANGE) -> str:
    """`Estado: Pendiente → En curso`. None: long values whole."""
    if edit.field in MOVES:
        return moved_label(edit.field)
    kind = kind_of(edit.entity)
    before, after = (value_label(kind, edit.field, value) for value in (edit.before, edit.after))
    if window is not None:
        before, after = excerpt(before, window), excerpt(after, window)
    label = field_label(kind, edit.field)
    if edit.before is None or edit.before == edit.after:
        return f"{label}: {after}"
    return f"{label}: {before} → {after}"


class Turn(Enum):
    """What a person did: something, or took it back, or did it again."""

    DONE = "done"
    UNDONE = "undone"
    REDONE = "redone"


def told_line(committed: Committed, name_of: Callable[[str], str], turn: Turn = Turn.DONE) -> str:
    """What a command did, and the key that turns it back: `Deshecho: 3.6.1 · Estado: Pendiente · U rehace`."""
    what = committed_line(committed, name_of, is_undo=turn is Turn.UNDONE)
    return turned_line(what, turn)


def turned_line(what: str, turn: Turn) -> str:
    """What was done, taken back or done again, with the key for the way back."""
    if turn is Turn.UNDONE:
        return t("Deshecho: {what} · U rehace", what=what)
    if turn is Turn.REDONE:
        return t("Rehecho: {what} · u deshace", what=what)
    return t("{what} · u deshace", what=what)


def committed_line(committed: Committed, name_of: Callable[[str], str], *, is_undo: bool = False) -> str:
    """What a command did, in a line: `3.6.1: Estado: Cumplida`. `name_of` names what an entity concerns.

    Of an undo: what it takes out of sight was not deleted, but had only just been written.
    """
    if kind_of(committed.edits[0][0]) in ("meeting", "item"):
        from gealc_tui.tui.meeting_telling import meeting_line

        return meeting_line(committed, name_of(committed.edits[0][0]), is_undo=is_undo)
    said = [edit for edit in told(committed.edits) if edit[1] != "official"] or list(committed.edits)
    parts = []
    concerned = list(dict.fromkeys(entity for entity, *_ in said))
    if len(concerned) > 1 and {kind_of(entity) for entity in concerned} == {"activity"}:
        return _committed_in_all(committed, len(concerned))
    if withdrawn := [edit for edit in said if edit[1] == "deleted" and kind_of(edit[0]) != "note"]:
        return _withdrawn_line(withdrawn[0], name_of)
    for entity, field, before, after in said:
        kind = kind_of(entity)
        gone = t("nota quitada") if is_undo else t("nota borrada")
        label = gone if field == "deleted" and after else ""
        label = label or (t("nota restablecida") if field == "deleted" and before else "")
        label = label or (moved_label(field) if field in MOVES else "")
        label = label or f"{field_label(kind, field)}: {_told_value(kind, field, after)}"
        parts.append(label)
        if field == "deleted":
            break
    return shorten(f"{name_of(said[0][0])} · {'; '.join(parts)}", 120)


def _withdrawn_line(edit: tuple[str, str, Value, Value], name_of: Callable[[str], str]) -> str:
    """`3.1.1 · Actividad: se retiró`; of what went with it nothing is said."""
    entity, _, _, after = edit
    kind = kind_of(entity)
    label = field_label(kind, "text" if kind in ("product", "item") else "title")
    return shorten(f"{name_of(entity)} · {label}: {t('se retiró') if after else t('está de vuelta')}", 120)


def _told_value(kind: str, field: str, value: Value) -> str:
    """A value that was just set: a day is read back with its day of the week."""
    if holds_day(kind, field) and isinstance(value, str):
        return day_and_weekday(value)
    return value_label(kind, field, value)


def _committed_in_all(committed: Committed, n: int) -> str:
    """What a command did to several activities: `3 actividades · Estado: Cumplida`."""
    parts = [
        f"{field_label('activity', field)}: {_told_value('activity', field, after)}"
        for _, field, _, after in committed.edits
    ]
    # An undo may give each its own value back.
    what = "; ".join(dict.fromkeys(parts)) if len(set(parts)) <= 2 else field_label("activity", committed.edits[0][1])
    return tn("{n} actividad · {what}", "{n} actividades · {what}", n, what=what)


def observation_text(observation: ObservationReading, quiet: Style) -> Text:
    """What was noticed, and the printed line."""
    printed = t("línea {line}: «{text}»", line=observation.line, text=excerpt(observation.text))
    return Text.assemble(observation_label(observation.kind), "\n", (_indented(printed).plain, quiet))


def _indented(text: str) -> Text:
    return Text("\n".join(f"  {line}" for line in drawable(text).split("\n")))


def relabel(table: DataTable[Text], names: Sequence[str]) -> None:
    """Gives a table columns of these names. It has no rows then: whoever calls fills it."""
    table.clear(columns=True)
    for name in names:
        table.add_column(Text(name))


def cut(text: str, width: int) -> str:
    """A text in at most `width` cells, cut with «…»."""
    line = Text(drawable(text).replace("\n", " "))
    line.truncate(max(width, 1), overflow="ellipsis")
    return line.plain
