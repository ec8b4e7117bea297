"""What the right pane shows of an activity or area, as frozen values, and the lines that an activity's fields make.

`style` gives the colours of the pane by name (`label`, `quiet`, `overdue`, `difference`, and the codes of the status).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from rich.console import RenderableType
from rich.style import Style
from rich.text import Text

from gealc_tui.domain.alerts import due_day
from gealc_tui.domain.change import Value
from gealc_tui.domain.readings import (
    ActivityReading,
    AreaHead,
    ChangeReading,
    Difference,
    Mark,
    NoteReading,
    ObservationReading,
    ProductReading,
)
from gealc_tui.domain.vocabulary import Alert
from gealc_tui.i18n import t
from gealc_tui.i18n.dates import moment_label, relative_label
from gealc_tui.i18n.labels import (
    DIFFERENCE_MARK,
    alert_label,
    day_label,
    field_label,
    kept_label,
    lead_name,
    mark_label,
    percent_label,
    period_label,
)
from gealc_tui.i18n.naming import author_label
from gealc_tui.plain import drawable
from gealc_tui.tui.drawing import labelled, status_text, typed_text, value_text
from gealc_tui.tui.excerpts import excerpt

Styles = Callable[[str], Style]


class FieldRow(NamedTuple):
    """A line of the sheet that can be edited: the register that it shows, and what it holds as text."""

    entity: str
    field: str
    text: str


class ChoiceRow(NamedTuple):
    """A value that stands in a difference: Enter opens that."""

    entity: str
    field: str


class Line(NamedTuple):
    """A label and its value."""

    label: str
    value: Text
    style: Style

    def drawn(self) -> RenderableType:
        return labelled(self.label, self.value, self.style)


class Sheet(NamedTuple):
    """What the pane shows."""

    activity: ActivityReading
    history: tuple[ChangeReading, ...]
    today: date


class AreaSheet(NamedTuple):
    """What the pane shows when the cursor is on an area."""

    row: AreaHead
    notes: tuple[NoteReading, ...]
    history: tuple[ChangeReading, ...]
    observations: tuple[ObservationReading, ...]
    today: date


def sheet_lines(sheet: Sheet, style: Styles) -> Sequence[tuple[FieldRow | ChoiceRow | None, Line]]:
    """An activity's fields, each with the register that it shows, and below it the values that differ there."""
    reading = sheet.activity
    row, entity, label = reading.row, f"activity/{reading.row.id}", style("label")
    lines: list[tuple[FieldRow | ChoiceRow | None, Line]] = []

    def add(field: str, value: Text, text: str) -> None:
        lines.append((FieldRow(entity, field, text), Line(field_label("activity", field), value, label)))
        lines.extend(_difference_lines(sheet, entity, field, style))

    def add_plain(field: str, value: Value, *, always: bool = False) -> None:
        if value not in (None, "", ()) or always:
            shown = drawable(", ".join(value) if isinstance(value, tuple) else str(value or "—"))
            add(field, Text(excerpt(shown)), "" if value is None else shown)

    add("status", status_text(row.status, style(row.status.value)), "")
    add("period", _period_text(sheet, style), row.period.value)
    for number, product in enumerate(reading.products):
        name = f"product/{product.id}"
        head = "" if number else field_label("product", "text")
        lines.append((FieldRow(name, "text", product.text), Line(head, _product_text(product, style), label)))
        for field in ("text", "delivered", "evidence", "deleted"):
            lines.extend(_difference_lines(sheet, name, field, style))
    add("lead", Text(lead_name(row.lead) if row.lead else "—"), row.lead or "")
    if reading.co_leads:
        names = ", ".join(lead_name(code) for code in reading.co_leads)
        add("co_leads", Text(names), ", ".join(reading.co_leads))
    add("due", Text(day_label(row.due) if row.due else "—"), day_label(row.due) if row.due else "")
    if row.progress is not None:
        add("progress", Text(percent_label(row.progress)), str(row.progress))
    add_plain("participants", reading.participants)
    add_plain("place", reading.place, always=True)
    add_plain("resources", reading.resources, always=True)
    add_plain("funder", reading.funder)
    if reading.units_planned is not None:
        add("units_planned", Text(str(reading.units_planned)), str(reading.units_planned))
    if reading.units_done is not None:
        add("units_done", Text(str(reading.units_done)), str(reading.units_done))
    shown = {row.field for row, _ in lines if isinstance(row, FieldRow) and row.entity == entity}
    for difference in reading.differences:
        if difference.entity == entity and difference.is_of_deletion:
            state = Text(mark_label(Mark.CONTESTED), style("difference"))
            lines.append((ChoiceRow(entity, difference.field), Line(field_label("activity", "deleted"), state, label)))
            lines.extend(_difference_lines(sheet, entity, difference.field, style))
        elif difference.entity == entity and difference.field not in shown:
            value = difference.values[0].value
            add(difference.field, value_text(entity, difference.field, value), typed_text(difference.field, value))
        elif difference.entity.startswith("note/"):
            lines.extend(_difference_lines(sheet, difference.entity, difference.field, style, named=True))
    return lines


def _period_text(sheet: Sheet, style: Styles) -> Text:
    row = sheet.activity.row
    text = Text(period_label(row.period))
    day = due_day(row.due, sheet.activity.year, row.period)
    if day is None:
        return text
    late = Alert.OVERDUE in row.alerts
    when = {"day": day_label(day.isoformat()), "relative": relative_label(day, sheet.today)}
    past = day < sheet.today
    due = t("venció el {day} ({relative})", **when) if past else t("vence el {day} ({relative})", **when)
    text.append(" · ")
    text.append(f"! {due}" if late else due, style("overdue") if late else Style.null())
    others = [alert_label(alert) for alert in row.alerts if alert is not Alert.OVERDUE]
    if others:
        text.append(" · " + ", ".join(others), style("quiet"))
    return text


def _product_text(product: ProductReading, style: Styles) -> Text:
    text = Text(excerpt(drawable(product.text)))
    if product.delivered:
        text.append("\n● " + t("entregado el {day}", day=day_label(product.delivered)), style("done"))
    if product.evidence:
        text.append("\n" + excerpt(drawable(product.evidence)), style("quiet"))
    return text


def _difference_lines(
    sheet: Sheet, entity: str, field: str, style: Styles, *, named: bool = False
) -> Sequence[tuple[ChoiceRow, Line]]:
    """Under a field in difference, one line for each value, by person and country."""
    found = next((one for one in sheet.activity.differences if (one.entity, one.field) == (entity, field)), None)
    return [] if found is None else list(_choices(found, sheet.today, style, named=named))


def _choices(difference: Difference, today: date, style: Styles, *, named: bool) -> Sequence[tuple[ChoiceRow, Line]]:
    what = t("Nota") if named else t("a elegir")
    lines: list[tuple[ChoiceRow, Line]] = []
    for number, one in enumerate(difference.values):
        head = DIFFERENCE_MARK if number else f"{DIFFERENCE_MARK} {what}"
        text = value_text(difference.entity, difference.field, one.value)
        if difference.is_of_deletion:
            text = Text(kept_label(one.value is False))
        said = f"  {author_label(one.author)}, {moment_label(one.at, today, one.is_doubtful)}"
        text.append(said, style("quiet"))
        row = ChoiceRow(difference.entity, difference.field)
        lines.append((row, Line(head, text, style("difference"))))
    return lines
