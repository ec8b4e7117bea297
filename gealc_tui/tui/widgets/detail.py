"""Everything about one activity or area: its fields, then its notes, history and observations.

Assign `sheet` or `area`. Enter on a field opens the line below the fields to edit it; Enter on a value of a difference
opens that. Posts messages; what is typed is told key by key (`FieldTyped`), so that nothing of it can be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList, Static, Tab, Tabs
from textual.widgets.option_list import Option

from gealc_tui.domain.readings import (
    ChangeReading,
    NoteReading,
    ObservationReading,
)
from gealc_tui.i18n import number, t
from gealc_tui.i18n.labels import (
    area_title,
    field_label,
)
from gealc_tui.plain import drawable
from gealc_tui.tui.drawing import (
    LABEL_WIDTH,
    change_text,
    note_text,
    observation_text,
    whole_change,
)
from gealc_tui.tui.excerpts import MOST_ROWS, bounded, excerpt
from gealc_tui.tui.sheet import AreaSheet, ChoiceRow, FieldRow, Line, Sheet, area_lines, sheet_lines
from gealc_tui.tui.widgets.field_line import FieldLine, Narrow

PAGE = 100
"""Entries of a record that are drawn at once."""


class Detail(Vertical):
    """The right pane."""

    COMPONENT_CLASSES = {  # noqa: RUF012
        "detail--label",
        "detail--quiet",
        "detail--overdue",
        "detail--difference",
        "detail--pending",
        "detail--in_progress",
        "detail--done",
        "detail--on_hold",
        "detail--cancelled",
    }

    sheet: reactive[Sheet | None] = reactive(None, repaint=False)
    area: reactive[AreaSheet | None] = reactive(None, repaint=False)

    @dataclass
    class FieldTyped(Message):
        """Somebody types into a field, and has come so far."""

        row: FieldRow
        text: str

    @dataclass
    class FieldEntered(Message):
        """Somebody finished a field; `chosen` is the choice to which they had moved."""

        row: FieldRow
        text: str
        chosen: str | None

    @dataclass
    class FieldOpened(Message):
        """Somebody opens a field to edit it; a draft may be put into it with `edit`."""

        row: FieldRow

    @dataclass
    class FieldLeft(Message):
        """Somebody left a field as it was."""

        row: FieldRow

    @dataclass
    class DifferenceChosen(Message):
        """Somebody goes into a difference."""

        row: ChoiceRow

    @dataclass
    class NoteChosen(Message):
        """Somebody goes into a note."""

        note: NoteReading

    @dataclass
    class RecordChosen(Message):
        """Somebody goes into an entry of the history, or into an observation: what it says as a whole."""

        text: Callable[[], str]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[FieldRow | ChoiceRow | None, ...] = ()
        self._editing: FieldRow | None = None
        self._notes: tuple[NoteReading, ...] = ()
        self._history: tuple[ChangeReading, ...] = ()
        self._observations: tuple[ObservationReading, ...] = ()
        self._today = date.min
        self._windows: dict[str, int] = {}
        self._title = Text()
        self._lines: list[Line] = []
        self._recorded: list[Text] = []

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        yield OptionList(id="fields")
        yield FieldLine(id="editor")
        yield Tabs(Tab("", id="notes"), Tab("", id="history"), Tab("", id="observations"), id="records")
        yield OptionList(id="record")

    # --- content -----------------------------------------------------------------------------------------------

    def watch_sheet(self, was: Sheet | None, sheet: Sheet | None) -> None:
        if sheet is None:
            return
        same = was is not None and was.activity.row.id == sheet.activity.row.id
        if not same:
            self.stop_editing()
        self.set_reactive(Detail.area, None)
        self._show_activity(sheet, keep=same)

    def _show_activity(self, sheet: Sheet, *, keep: bool) -> None:
        reading = sheet.activity
        self._head(reading.row.code, sheet.told.get((f"activity/{reading.row.id}", "title"), reading.row.title))
        self._fill_fields(sheet, keep=keep)
        self._show_records(reading.notes, sheet.history, reading.observations, sheet.today, keep=keep)

    def watch_area(self, was: AreaSheet | None, sheet: AreaSheet | None) -> None:
        if sheet is None:
            return
        same = was is not None and was.row.id == sheet.row.id
        if not same:
            self.stop_editing()
        self.set_reactive(Detail.sheet, None)
        self._show_area(sheet, keep=same)

    def _show_area(self, sheet: AreaSheet, *, keep: bool) -> None:
        area = sheet.row
        self._head(area.code, area_title(area.title, area.mark))
        lines = area_lines(sheet, self._style)
        self._rows = tuple(row for row, _ in lines)
        self._set_lines([line for _, line in lines], keep=keep)
        self._show_records(sheet.notes, sheet.history, sheet.observations, sheet.today, keep=keep)

    def empty(self) -> None:
        """Nothing is pointed at: no card of before stands there as if it were found."""
        self.set_reactive(Detail.sheet, None)
        self.set_reactive(Detail.area, None)
        self.stop_editing()
        self._head("", t("No hay resultados."))
        self._rows = ()
        self._set_lines([], keep=False)
        self._show_records((), (), (), self._today, keep=False)

    def respell(self) -> None:
        """Shows the same in the language in force; what is being typed stays."""
        if self._editing is not None:
            self.query_one(FieldLine).name_field(_field_name(self._editing))
        if self.sheet is not None:
            self._show_activity(self.sheet, keep=True)
        elif self.area is not None:
            self._show_area(self.area, keep=True)

    def _head(self, code: str, title: str) -> None:
        text = Text.assemble((code, "bold"), "  ", (excerpt(drawable(title)), "bold"))
        # Everything is laid out anew when a text is set, and a key is not to wait for that.
        if text != self._title:
            self._title = text
            self.query_one("#title", Static).update(text)

    def _fill_fields(self, sheet: Sheet, *, keep: bool) -> None:
        lines = [*sheet_lines(sheet, self._style)]
        if (more := len(lines) - MOST_ROWS) > 0:
            said = Text(t("… y {n} más", n=number(more)), self._style("quiet"))
            lines[MOST_ROWS:] = [(None, Line("", said, self._style("label")))]
        self._rows = tuple(row for row, _ in lines)
        self._set_lines([line for _, line in lines], keep=keep)

    def _set_lines(self, lines: list[Line], *, keep: bool) -> None:
        """Lines in the list of fields; those that take the same room as before are drawn anew, and nothing else."""
        fields, was = self.query_one("#fields", OptionList), self._lines
        room = fields.scrollable_content_region.width - LABEL_WIDTH - 3
        self._lines = lines
        altered = [place for place, (old, new) in enumerate(zip(was, lines, strict=False)) if old != new]
        if keep and len(was) == len(lines) and all(self._same_height(was[n], lines[n], room) for n in altered):
            for place in altered:
                fields.replace_option_prompt_at_index(place, lines[place].drawn())
        else:
            _refill(fields, [Option(line.drawn()) for line in lines], keep=keep)

    def _same_height(self, was: Line, now: Line, room: int) -> bool:
        """Whether two lines take as many rows, with so many cells for the value."""
        wrapped = [len(line.value.wrap(self.app.console, max(room, 1))) for line in (was, now)]
        return wrapped[0] == wrapped[1]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"detail--{name}", partial=True)

    @property
    def heading(self) -> str:
        """Code and title of what is shown."""
        return self._title.plain

    # --- notes, history, observations ----------------------------------------------------------------------------

    def _show_records(
        self,
        notes: Sequence[NoteReading],
        history: Sequence[ChangeReading],
        observations: Sequence[ObservationReading],
        today: date,
        *,
        keep: bool,
    ) -> None:
        if not keep:
            self._windows.clear()
        self._notes, self._today = tuple(notes), today
        self._history, self._observations = tuple(reversed(history)), tuple(observations)
        names = {"notes": t("Notas"), "history": t("Historial"), "observations": t("Observaciones")}
        for id, name in names.items():
            count = len(self._entries(id))
            _label(self.query_one(f"#{id}", Tab), f"{name} {count}" if count else name)
        self._fill_record(keep=keep)

    def _entries(self, record: str) -> Sequence[NoteReading | ChangeReading | ObservationReading]:
        """What a record holds: notes oldest first, the history the other way round."""
        if record == "notes":
            return self._notes
        return self._history if record == "history" else self._observations

    def _in_sight(self) -> range:
        """Which entries of the record are drawn: the newest, as many as were asked for."""
        count, window = len(self._entries(self.record)), self._windows.get(self.record, PAGE)
        return range(max(count - window, 0), count) if self.record == "notes" else range(min(count, window))

    def _fill_record(self, *, keep: bool) -> None:
        empty = {
            "notes": t("Sin notas. Con n se escribe la primera."),
            "history": t("Nadie cambió nada todavía."),
            "observations": t("Sin observaciones sobre el documento."),
        }
        quiet, entries, shown = self._style("quiet"), self._entries(self.record), self._in_sight()
        # The newest have room first.
        newest = reversed(shown) if self.record == "notes" else shown
        lines = bounded(_entry_text(entries[n], self._today, quiet) for n in newest)
        lines = (lines[::-1] if self.record == "notes" else lines) or [Text(empty[self.record], quiet)]
        if len(shown) < len(entries):
            more = Text(t("más: Enter muestra los anteriores"), quiet)
            lines = [more, *lines] if self.record == "notes" else [*lines, more]
        if not keep or lines != self._recorded:
            self._recorded = list(lines)
            _refill(self.query_one("#record", OptionList), [Option(line) for line in lines], keep=keep)

    def _entry_at(self, place: int | None) -> NoteReading | ChangeReading | ObservationReading | None:
        """The entry that stands on a line of the record; None for a line that says something else."""
        shown, entries = self._in_sight(), self._entries(self.record)
        if place is not None and self.record == "notes" and len(shown) < len(entries):
            place -= 1
        return entries[shown[place]] if place is not None and 0 <= place < len(shown) else None

    @property
    def record(self) -> str:
        """Which record is shown: notes, history or observations."""
        return self.query_one("#records", Tabs).active or "notes"

    def next_record(self) -> None:
        self.query_one("#records", Tabs).action_next_tab()

    @on(Tabs.TabActivated)
    def _show_record(self) -> None:
        self._fill_record(keep=False)

    @property
    def highlighted_note(self) -> NoteReading | None:
        """The note that the person has before them."""
        entry = self._entry_at(self.query_one("#record", OptionList).highlighted)
        return entry if isinstance(entry, NoteReading) else None

    @property
    def pointed_out(self) -> str | None:
        """The entity of the field under the cursor, while the person is among the fields."""
        fields = self.query_one("#fields", OptionList)
        row = self._rows[fields.highlighted] if fields.has_focus and fields.highlighted is not None else None
        return row.entity if isinstance(row, FieldRow) else None

    # --- editing -----------------------------------------------------------------------------------------------

    @property
    def is_editing(self) -> bool:
        return self._editing is not None

    def start(self) -> None:
        """Goes to the fields: the person chooses one and presses Enter."""
        fields = self.query_one("#fields", OptionList)
        if fields.highlighted is None:
            fields.highlighted = 0
        fields.focus()

    def edit(self, row: FieldRow, text: str, *, narrow: Narrow | None = None, replaced: bool = False) -> None:
        """Opens a field with a text in it; as `FieldLine.open`."""
        self._editing = row
        self.query_one(FieldLine).open(_field_name(row), text, narrow=narrow, replaced=replaced)

    def say(self, sentence: str, *, is_fault: bool = False) -> None:
        """Says, below the line that is being typed, what was understood, or why it is no good."""
        self.query_one(FieldLine).say(sentence, is_fault=is_fault)

    def point_out(self, sentence: str) -> None:
        """Says, below the line that is being typed, what somebody else wrote there."""
        self.query_one(FieldLine).point_out(sentence)

    def stop_editing(self) -> None:
        if self._editing is not None:
            self._editing = None
            self.query_one(FieldLine).close()
            self.query_one("#fields", OptionList).focus()

    def leave_field(self) -> None:
        """Closes the field as it was."""
        if self._editing is not None:
            self.post_message(self.FieldLeft(self._editing))
            self.stop_editing()

    def open_field(self, name: str) -> None:
        """Opens a field of what is shown, as Enter does on its line."""
        found = (n for n, row in enumerate(self._rows) if isinstance(row, FieldRow) and row.field == name)
        place = next(found, None)
        if place is not None:
            self.query_one("#fields", OptionList).highlighted = place
            self._open_row(self._rows[place])

    @on(OptionList.OptionSelected, "#fields")
    def _choose_field(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._open_row(self._rows[event.option_index])

    def _open_row(self, row: FieldRow | ChoiceRow | None) -> None:
        if isinstance(row, ChoiceRow):
            self.post_message(self.DifferenceChosen(row))
        elif isinstance(row, FieldRow):
            self.post_message(self.FieldOpened(row))

    @on(OptionList.OptionSelected, "#record")
    def _choose_record(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        entry = self._entry_at(event.option_index)
        if isinstance(entry, NoteReading):
            self.post_message(self.NoteChosen(entry))
        elif entry is not None:
            self.post_message(self.RecordChosen(partial(_whole_entry, entry, self._today)))
        elif self._entries(self.record):
            self._windows[self.record] = self._windows.get(self.record, PAGE) + PAGE
            self._fill_record(keep=True)

    @on(FieldLine.Typed)
    def _type(self, event: FieldLine.Typed) -> None:
        event.stop()
        if self._editing is not None:
            self.post_message(self.FieldTyped(self._editing, event.text))

    @on(FieldLine.Entered)
    def _finish(self, event: FieldLine.Entered) -> None:
        event.stop()
        if self._editing is not None:
            self.post_message(self.FieldEntered(self._editing, event.text, event.chosen))


def _field_name(row: FieldRow) -> str:
    return field_label(row.entity.partition("/")[0], row.field)


def _entry_text(entry: NoteReading | ChangeReading | ObservationReading, today: date, quiet: Style) -> Text:
    if isinstance(entry, NoteReading):
        return note_text(entry, today, quiet)
    return change_text(entry, today, quiet) if isinstance(entry, ChangeReading) else observation_text(entry, quiet)


def _whole_entry(entry: ChangeReading | ObservationReading, today: date) -> str:
    return whole_change(entry, today) if isinstance(entry, ChangeReading) else entry.text


def _label(tab: Tab, label: str) -> None:
    """A tab's label; if it takes as much room as before, nothing else is laid out anew."""
    was, now = tab.label, Content(label)
    if was.cell_length != now.cell_length:
        tab.label = now
    elif was != now:
        tab._label = now
        Static.update(tab, now, layout=False)


def _refill(widget: OptionList, options: Sequence[Option], *, keep: bool) -> None:
    """New lines in an OptionList, the highlight staying where it was if asked."""
    where = widget.highlighted if keep else None
    widget.clear_options()
    widget.add_options(options)
    widget.highlighted = min(where, len(options) - 1) if where is not None and options else None
