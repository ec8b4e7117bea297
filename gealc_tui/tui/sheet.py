"""What the right pane shows of an activity or area, as frozen values, and the lines that an activity's fields make.

`style` gives the colours of the pane by name (`label`, `quiet`, `overdue`, `difference`, and the codes of the status).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.console import RenderableType
from rich.style import Style
from rich.text import Text

from gealc_tui.domain.alerts import due_day
from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.fields import FIELDS, FieldType
from gealc_tui.domain.readings import (
    NOWHERE,
    ActivityReading,
    AreaHead,
    ChangeReading,
    Difference,
    Mark,
    NoteReading,
    ObservationReading,
    ProductReading,
)
from gealc_tui.domain.translations import OFFICIAL, TRANSLATED, translation_of
from gealc_tui.domain.vocabulary import Alert
from gealc_tui.i18n import language, t, tn
from gealc_tui.i18n.dates import moment_label, relative_label
from gealc_tui.i18n.labels import (
    DIFFERENCE_MARK,
    alert_label,
    day_label,
    field_label,
    kept_label,
    mark_label,
    period_label,
)
from gealc_tui.i18n.naming import author_label
from gealc_tui.plain import drawable
from gealc_tui.presentation.translating import mark
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
    told: Mapping[tuple[str, str], str] = {}
    """What it and its products are called in the language in force, by entity and field."""
    following: Sequence[tuple[str, str]] = ()
    """Its series, and what it needs first or is needed for: labels and what they say."""


class AreaSheet(NamedTuple):
    """What the pane shows when the cursor is on an area."""

    row: AreaHead
    values: Mapping[str, Value]
    """What its fields hold, by their names."""
    notes: tuple[NoteReading, ...]
    history: tuple[ChangeReading, ...]
    observations: tuple[ObservationReading, ...]
    today: date


def sheet_lines(sheet: Sheet, style: Styles) -> Sequence[tuple[FieldRow | ChoiceRow | None, Line]]:
    """An activity's fields, each with the register that it shows, and below it the values that differ there."""
    reading = sheet.activity
    row, entity, label = reading.row, f"activity/{reading.row.id}", style("label")
    lines: list[tuple[FieldRow | ChoiceRow | None, Line]] = []

    def add(owner: str, field: str, shown: Text, value: Value, name: str = "") -> None:
        kind = kind_of(owner)
        row = FieldRow(owner, field, typed_text(kind, field, value))
        lines.append((row, Line(name or field_label(kind, field), shown, label)))
        lines.extend(_difference_lines(sheet, owner, field, style))
        if language() != OFFICIAL and field in TRANSLATED.get(kind, ()):
            text = sheet.told.get((owner, field), "").removeprefix(mark())
            lines.append(_translated(owner, field, text, label))

    for field in FIELDS["activity"]:
        value = reading.value(field.name)
        match field.type:
            case FieldType.STATUS:
                add(entity, field.name, status_text(row.status, style(row.status.value)), value)
            case FieldType.PERIOD:
                add(entity, field.name, _period_text(sheet, style), value)
                for name, told in sheet.following:
                    lines.append((None, Line(name, Text(told), label)))
                for number, product in enumerate(reading.products):
                    _add_product(add, product, style, is_first=not number)
            case _:
                add(entity, field.name, value_text(entity, field.name, value), value)
    shown = {row.field for row, _ in lines if isinstance(row, FieldRow) and row.entity == entity}
    for product in reading.products:
        lines.extend(_difference_lines(sheet, f"product/{product.id}", "deleted", style))
    for difference in reading.differences:
        if difference.entity == entity and difference.is_of_deletion:
            state = Text(mark_label(Mark.CONTESTED), style("difference"))
            lines.append((ChoiceRow(entity, difference.field), Line(field_label("activity", "deleted"), state, label)))
            lines.extend(_difference_lines(sheet, entity, difference.field, style))
        elif difference.entity == entity and difference.field not in shown:
            value = difference.values[0].value
            add(entity, difference.field, value_text(entity, difference.field, value), value)
        elif difference.entity.startswith("note/"):
            lines.extend(_difference_lines(sheet, difference.entity, difference.field, style, named=True))
    return lines


def _translated(entity: str, field: str, text: str, label: Style) -> tuple[FieldRow, Line]:
    """The line of an official text in the language in force, to be read and written."""
    translation, kind = translation_of(field, language()), kind_of(entity)
    shown = Text(f"{mark()}{excerpt(drawable(text))}" if text else "—")
    return FieldRow(entity, translation, text), Line(field_label(kind, translation), shown, label)


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


def _add_product(add: Callable[..., None], product: ProductReading, style: Styles, *, is_first: bool) -> None:
    """A product's lines: its text, and below it when it was delivered and where that can be seen."""
    entity = f"product/{product.id}"
    text = Text(excerpt(drawable(product.text)))
    add(entity, "text", text, product.text, "" if is_first else " ")
    mark = "● " if product.delivered else ""
    day = Text(
        f"{mark}{day_label(product.delivered)}" if product.delivered else "—", style("done" if mark else "quiet")
    )
    add(entity, "delivered", day, product.delivered, f"  {field_label('product', 'delivered')}")
    where = Text(excerpt(drawable(product.evidence or "—")), style("quiet"))
    add(entity, "evidence", where, product.evidence, f"  {t('Verificación')}")
    units = Text(str(product.units) if product.units is not None else "—", style("quiet"))
    add(entity, "units", units, product.units, f"  {t('Unidades')}")


def area_lines(sheet: AreaSheet, style: Styles) -> Sequence[tuple[FieldRow | None, Line]]:
    """An area's fields, each with the register that it shows, and how far it is."""
    area, label = sheet.row, style("label")
    entity = f"area/{area.id}"
    lines: list[tuple[FieldRow | None, Line]] = []
    if area.id != NOWHERE:
        for field in FIELDS["area"]:
            value = sheet.values.get(field.name)
            row = FieldRow(entity, field.name, typed_text("area", field.name, value))
            lines.append((row, Line(field_label("area", field.name), value_text(entity, field.name, value), label)))
            if language() != OFFICIAL and field.name in TRANSLATED["area"]:
                text = str(sheet.values.get(translation_of(field.name, language())) or "")
                lines.append(_translated(entity, field.name, text, label))
    done = tn("{n} de {total} cumplida", "{n} de {total} cumplidas", area.done, total=area.total)
    lines.append((None, Line(t("Avance"), Text(done), label)))
    return lines


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
