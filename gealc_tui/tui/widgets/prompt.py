"""The one line in which a meeting is typed, and below it what was understood so far.

Enter finishes, a paste of many lines is kept whole. Posts messages; what is typed is told key by key (`Typed`), so that
nothing of it can be lost. Assign `heard` to tell what was understood and what there is to choose.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from gealc_tui.plain import drawable
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.meeting_typing import Asking, Heard


class TypingLine(TextArea):
    """Text, as much as is wanted; Enter finishes it. `choosing`: up and down go to the choices."""

    BINDINGS = [Binding("enter", "finish", show=False, priority=True)]  # noqa: RUF012

    choosing = False

    class Finished(Message):
        """Enter was pressed."""

    @dataclass
    class Moved(Message):
        """Up or down was pressed where there is something to choose."""

        by: int

    def action_finish(self) -> None:
        self.post_message(self.Finished())

    def action_cursor_up(self, select: bool = False) -> None:
        if self.choosing:
            self.post_message(self.Moved(-1))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        if self.choosing:
            self.post_message(self.Moved(1))
        else:
            super().action_cursor_down(select)


class Prompt(Vertical):
    """Hidden until it is opened."""

    heard: reactive[Heard] = reactive(Heard())

    @dataclass
    class Typed(Message):
        """Somebody has come so far."""

        asking: Asking
        text: str

    @dataclass
    class Entered(Message):
        """Somebody finished a text."""

        asking: Asking
        text: str
        highlighted: str | None
        """The id of the choice that was moved to, if one was."""

    @dataclass
    class Chosen(Message):
        """Somebody took one of the choices."""

        asking: Asking
        id: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._asking: Asking | None = None
        self._moved = False

    def compose(self) -> ComposeResult:
        yield TypingLine(id="line", soft_wrap=True, highlight_cursor_line=False, compact=True)
        yield Static(id="heard")
        yield Static(id="faults")
        yield OptionList(id="choices", compact=True)

    @property
    def asking(self) -> Asking | None:
        """What is being asked; None: the prompt is closed."""
        return self._asking

    @property
    def text(self) -> str:
        return self.query_one(TypingLine).text

    def open(self, asking: Asking, label: str, text: str) -> None:
        """Opens the line with a text in it."""
        self._asking = asking
        self._moved = False
        self.border_title = Content(drawable(label))
        line = self.query_one(TypingLine)
        line.choosing = asking in (Asking.JUMP, Asking.CORRECT)
        line.display = asking is not Asking.CORRECT
        with self.prevent(TextArea.Changed):
            line.text = text
        line.move_cursor(line.document.end)
        self.display = True
        if asking is not Asking.CORRECT:
            line.focus()

    def close(self) -> None:
        self._asking = None
        self.display = False
        self.heard = Heard()

    def choose(self) -> None:
        """Goes to the choices: one of them is to be taken."""
        self._moved = True
        choices = self.query_one("#choices", OptionList)
        choices.highlighted = 0
        choices.focus()

    def watch_heard(self, heard: Heard) -> None:
        for name, lines in (("#heard", heard.lines), ("#faults", heard.faults)):
            told = self.query_one(name, Static)
            told.update(Content("\n").join(Content(drawable(line)) for line in lines))
            told.display = bool(lines)
        choices = self.query_one("#choices", OptionList)
        choices.clear_options()
        width = max(self.size.width - 6, 20)
        for one in heard.choices:
            said = cut(one.text, width - len(one.name) - 2)
            choices.add_option(Option(Text.assemble((one.name, "bold"), "  ", said), id=one.id))
        choices.highlighted = 0 if heard.choices else None
        choices.display = bool(heard.choices)
        self._moved = False

    @on(TextArea.Changed)
    def _type(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._asking is not None:
            self.post_message(self.Typed(self._asking, event.text_area.text))

    @on(TypingLine.Moved)
    def _move(self, event: TypingLine.Moved) -> None:
        event.stop()
        choices = self.query_one("#choices", OptionList)
        if choices.option_count:
            self._moved = True
            choices.highlighted = ((choices.highlighted or 0) + event.by) % choices.option_count

    @on(TypingLine.Finished)
    def _finish(self, event: TypingLine.Finished) -> None:
        event.stop()
        self.finish()

    def finish(self) -> None:
        """Says that the text is finished, if there is one."""
        if self._asking is None:
            return
        choices = self.query_one("#choices", OptionList)
        option = choices.highlighted_option if self._moved else None
        self.post_message(self.Entered(self._asking, self.text, option.id if option is not None else None))

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._asking is not None and event.option_id is not None:
            self.post_message(self.Chosen(self._asking, event.option_id))
