"""A meeting as Rich text: its heading, the activity that it is at, its agenda, and what it has changed.

User text goes in as text, never as markup. What is internal never stands on the screen of a meeting: others look on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import NamedTuple

from rich.style import Style
from rich.text import Text

from gealc_tui.domain.alerts import due_day
from gealc_tui.domain.change import Value
from gealc_tui.domain.meetings import ItemReading, MeetingChange, MeetingReading
from gealc_tui.domain.readings import ActivityReading, ActivityRow, Author, ChangeReading
from gealc_tui.domain.vocabulary import Alert, ItemKind, Status
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.dates import moment_label, relative_label
from gealc_tui.i18n.labels import (
    DIFFERENCE_MARK,
    MARKS,
    OVERDUE_MARK,
    day_label,
    field_label,
    lead_name,
    period_label,
    status_label,
    value_label,
)
from gealc_tui.i18n.meeting_words import hour_label, item_label, meeting_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.plain import drawable
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.excerpts import excerpt

Styles = Callable[[str], Style]
"""The style of a part by its name: `quiet`, `label`, `done`, `overdue` …"""


class Scene(NamedTuple):
    """What a meeting has before it."""

    activity: ActivityReading
    since: tuple[int, Author] | None
    """When its status was last set (milliseconds since 1970), and by whom; None: never."""
    agreed: tuple[ItemReading, ...]
    """What this meeting has agreed about it."""
    owed: tuple[ItemReading, ...]
    """What earlier meetings agreed about it that may still be owed."""
    today: date


def status_since(history: Sequence[ChangeReading], activity: str) -> tuple[int, Author] | None:
    """When an activity's status was last set, and by whom, from its changes, oldest first."""
    for change in reversed(history):
        if any((edit.entity, edit.field) == (f"activity/{activity}", "status") for edit in change.edits):
            return change.at, change.author
    return None


# --- the activity ------------------------------------------------------------------------------------------------


def status_line(scene: Scene, style: Styles) -> Text:
    """The status as a badge, and since when it stands."""
    row = scene.activity.row
    text = Text.assemble((f" {MARKS[row.status]} {status_label(row.status)} ", style(row.status.value)))
    if scene.since is not None:
        at, author = scene.since
        since = t("desde {moment}, {who}", moment=moment_label(at, scene.today), who=author_label(author))
        text.append(f"   {since}", style("quiet"))
    if row.differences:
        label = tn("{n} diferencia", "{n} diferencias", row.differences)
        text.append(f"   {DIFFERENCE_MARK} {label}", style("warning"))
    return text


def due_line(scene: Scene, style: Styles) -> Text:
    """The period and the day: red with a mark if it has passed."""
    row = scene.activity.row
    text = Text(period_label(row.period))
    day = due_day(row.due, scene.activity.year, row.period)
    if day is None:
        return text
    when = {"day": day_label(day.isoformat()), "relative": relative_label(day, scene.today)}
    past = day < scene.today
    due = t("venció el {day} ({relative})", **when) if past else t("vence el {day} ({relative})", **when)
    late = Alert.OVERDUE in row.alerts
    text.append(" · ")
    text.append(f"{OVERDUE_MARK} {due}" if late else due, style("overdue") if late else Style.null())
    return text


def facts(scene: Scene, style: Styles) -> list[tuple[str, Text]]:
    """Labels and values: lead, products, what is owed and agreed, the last note."""
    reading = scene.activity
    row = reading.row
    lead = lead_name(row.lead) if row.lead else "—"
    found = [(t("Plazo"), due_line(scene, style)), (t("Responsable"), Text(lead))]
    for number, product in enumerate(reading.products):
        text = Text(excerpt(drawable(product.text)))
        if product.evidence:
            text.append("\n● " + excerpt(drawable(product.evidence)), style("done"))
        found.append(("" if number else t("Producto"), text))
    for number, item in enumerate(scene.owed):
        found.append(("" if number else t("Acordado antes"), agreement_text(item)))
    for number, item in enumerate(scene.agreed):
        found.append(("" if number else t("Acordado hoy"), agreement_text(item)))
    official = [note for note in reading.notes if note.official]
    if official:
        note = max(official, key=lambda one: one.placed)
        who = f"{moment_label(note.at, scene.today, note.is_doubtful)} · {author_label(note.author)}"
        found.append((t("Última nota"), Text.assemble(excerpt(drawable(note.text)), "\n", (who, style("quiet")))))
    if internal := len(reading.notes) - len(official):
        kept = tn("{n} nota interna, que aquí no se muestra", "{n} notas internas, que aquí no se muestran", internal)
        found.append(("", Text(kept, style("quiet"))))
    return found


def agreement_text(item: ItemReading) -> Text:
    """`Chile, 15/08/2019: Enviar el formulario`."""
    return Text.assemble((commitment_label(item), "bold"), ": ", excerpt(drawable(item.text)))


def commitment_label(item: ItemReading) -> str:
    """Who and by when."""
    who = lead_name(item.country) if item.country else item_label(item.kind)
    return f"{who}, {day_label(item.due)}" if item.due else who


# --- the heading -------------------------------------------------------------------------------------------------


def heading(meeting: MeetingReading, right: str, width: int) -> Text:
    """Which meeting this is, and at the right edge how far it is."""
    said = meeting_label(meeting)
    name = said if said == t("Reunión") else t("Reunión · {who}", who=said)
    return _spread(Text(drawable(name), "bold"), Text(right, "bold"), width)


def presence(meeting: MeetingReading, width: int, style: Styles) -> Text:
    """When it is, and who is there; what does not fit is counted."""
    when = [day_label(meeting.day)] if meeting.day else []
    if hour := hour_label(meeting.hour, meeting.city):
        when.append(hour)
    left = Text(drawable(", ".join(when)), style("quiet"))
    if not meeting.countries:
        return _spread(left, Text(t("nadie presente (W)"), style("warning")), width)
    codes = t("presentes: {codes}", codes=" ".join(meeting.countries))
    if len(codes) > width - left.cell_len - 5:
        codes = tn("{n} país presente", "{n} países presentes", len(meeting.countries))
    return _spread(left, Text(codes), width)


def _spread(left: Text, right: Text, width: int) -> Text:
    left.truncate(max(width - right.cell_len - 4, 0), overflow="ellipsis")
    gap = max(width - left.cell_len - right.cell_len - 2, 1)
    return Text.assemble(" ", left, " " * gap, right, " ")


def elapsed_label(milliseconds: int) -> str:
    """Hours and minutes: `00:24`."""
    minutes = max(milliseconds, 0) // 60_000
    return f"{minutes // 60:02}:{minutes % 60:02}"


# --- the side ----------------------------------------------------------------------------------------------------


def agenda_text(rows: Sequence[ActivityRow], here: str, width: int, height: int, style: Styles) -> Text:
    """The agenda around where the meeting is, a line for each activity."""
    place = next((n for n, row in enumerate(rows) if row.id == here), 0)
    first = max(min(place - height // 2, len(rows) - height), 0)
    lines = []
    for row in rows[first : first + height]:
        late = Alert.OVERDUE in row.alerts
        mark = f"{MARKS[row.status]}{OVERDUE_MARK if late else ' '}"
        line = Text(cut(f"{mark}{row.code} {row.title}", width), style("here") if row.id == here else Style.null())
        line.pad_right(width - line.cell_len)
        lines.append(line)
    return Text("\n").join(lines)


def ledger_text(
    changes: Sequence[MeetingChange],
    items: Sequence[ItemReading],
    internal: Collection[str],
    width: int,
    style: Styles,
) -> Text:
    """What this meeting has changed, the last first. `internal`: the entities of notes that others should not read."""
    if not changes:
        return Text(t("Todavía nada."), style("quiet"))
    known = {f"item/{item.id}": item for item in items}
    lines = []
    for change in reversed(changes):
        head, said = _ledger_line(change, known.get(change.entity), change.entity in internal)
        code = drawable(change.code) if change.activity is not None else "—"
        lines.append(Text.assemble((code, "bold"), " ", cut(head, width - len(code) - 1)))
        if said:
            lines.append(Text("  " + cut(said, width - 2), style("quiet")))
    return Text("\n").join(lines)


def _ledger_line(change: MeetingChange, item: ItemReading | None, internal: bool) -> tuple[str, str]:
    """A change in a few words, and what more there is to say of it."""
    if change.field == "deleted":
        return (t("nota borrada") if change.kind == "note" else t("acuerdo borrado")), ""
    if change.kind == "note":
        return (t("nota interna"), "") if internal else (t("nota"), str(change.after))
    if item is not None:
        if item.kind is ItemKind.COMMITMENT:
            who = lead_name(item.country) if item.country else "—"
            when = f"{day_label(item.due)} · " if item.due else ""
            return t("compromiso: {who}", who=who), f"{when}{item.text}"
        return item_label(item.kind).lower(), item.text
    before, after = (_short(change, value) for value in (change.before, change.after))
    if change.field == "status":
        return f"{before} → {after}", ""
    label = field_label(change.kind, change.field)
    if change.before in (None, "", []):
        return t("{field}: {value}", field=label, value=after), ""
    return label, f"{before} → {after}"


def _short(change: MeetingChange, value: Value) -> str:
    if change.field == "status" and isinstance(value, str) and value in MARKS:
        return f"{MARKS[Status(value)]} {status_label(Status(value))}"
    return value_label(change.kind, change.field, value)
