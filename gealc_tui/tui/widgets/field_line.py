"""The line in which a field is typed: below it what was understood, or why it is not, and what can be chosen.

Hidden until it is opened. What can be chosen narrows while one types; up and down go through it without leaving the
line. Posts messages; what is typed is told key by key (`Typed`), so that nothing of it can be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.input import Selection
from textual.widgets.option_list import Option

from gealc_tui.plain import drawable

Narrow = Callable[[str], Sequence[str]]
"""What can be chosen, given what is typed."""


class FieldInput(Input):
    """The line itself; up and down belong to the choices."""

    BINDINGS = [  # noqa: RUF012
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    @dataclass
    class Moved(Message):
        """Up or down was pressed."""

        by: int

    def action_move(self, by: int) -> None:
        self.post_message(self.Moved(by))


class FieldLine(Vertical):
    """Opened with `open`, closed with `close`."""

    @dataclass
    class Typed(Message):
        """Somebody has come so far."""

        text: str

    @dataclass
    class Entered(Message):
        """Somebody finished the line; `chosen` is the choice to which they had moved."""

        text: str
        chosen: str | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._narrow: Narrow | None = None
        self._offered: tuple[str, ...] = ()
        self._has_moved = False

    def compose(self) -> ComposeResult:
        yield FieldInput(id="field", select_on_focus=False)
        yield Static(id="understood")
        yield OptionList(id="choices", compact=True)
        yield Static(id="meanwhile")

    def open(self, label: str, text: str, *, narrow: Narrow | None = None, replaced: bool = False) -> None:
        """Opens the line with a text in it. `narrow`: what can be chosen; `replaced`: the first letter replaces all."""
        self.name_field(label)
        line = self.query_one(FieldInput)
        with self.prevent(Input.Changed):
            line.value = text
        line.selection = Selection(0, len(text)) if replaced else Selection.cursor(len(text))
        self._narrow = narrow
        self.say("")
        self._offer(narrow("") if narrow is not None else (), text)
        # `display` of the line itself is what tells that a field is open.
        line.display = self.display = True
        line.focus()

    def respell(self) -> None:
        """Offers the same in the language in force."""
        if self._narrow is not None and self._offered:
            self._offer(self._narrow("" if len(self._offered) == len(self._narrow("")) else self.text))

    def close(self) -> None:
        self.query_one(FieldInput).display = self.display = False
        self._narrow = None
        self.point_out("")

    def name_field(self, label: str) -> None:
        self.query_one(FieldInput).border_title = Content(drawable(label))

    @property
    def text(self) -> str:
        return self.query_one(FieldInput).value

    def say(self, sentence: str, *, is_fault: bool = False) -> None:
        """What was understood, or why the text is no good."""
        line = self.query_one("#understood", Static)
        line.update(Content(drawable(sentence)))
        line.display = bool(sentence)
        line.set_class(is_fault, "-fault")

    def point_out(self, sentence: str) -> None:
        """Says what somebody else wrote there."""
        line = self.query_one("#meanwhile", Static)
        line.update(Content(drawable(sentence)))
        line.display = bool(sentence)

    def _offer(self, offered: Sequence[str], highlighted: str = "") -> None:
        self._offered, self._has_moved = tuple(offered), False
        choices = self.query_one("#choices", OptionList)
        choices.clear_options()
        choices.add_options([Option(Text(drawable(one))) for one in self._offered])
        choices.display = bool(self._offered)
        choices.highlighted = self._offered.index(highlighted) if highlighted in self._offered else None

    @on(FieldInput.Moved)
    def _move(self, event: FieldInput.Moved) -> None:
        event.stop()
        choices = self.query_one("#choices", OptionList)
        if self._offered:
            here = choices.highlighted
            first = 0 if event.by > 0 else -1
            choices.highlighted = (first if here is None else here + event.by) % len(self._offered)
            self._has_moved = True

    @on(Input.Changed)
    def _type(self, event: Input.Changed) -> None:
        event.stop()
        if self._narrow is not None:
            self._offer(self._narrow(event.value))
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _finish(self, event: Input.Submitted) -> None:
        event.stop()
        place = self.query_one("#choices", OptionList).highlighted
        chosen = self._offered[place] if self._has_moved and place is not None else None
        self.post_message(self.Entered(event.value, chosen))

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Entered(self.text, self._offered[event.option_index]))
