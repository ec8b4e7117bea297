"""Small windows that ask for one thing: a choice, or a line. Esc asks nothing more and changes nothing.

A question whose answer weighs something says first whom or what it is about and what follows; what is chosen already
when it comes up is the answer that changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.console import RenderableType
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.errors import GealcError
from gealc_tui.i18n import t
from gealc_tui.i18n.sentences import sentence
from gealc_tui.plain import drawable


class Choice(NamedTuple):
    """One of several: what it is, and what it is called."""

    key: str
    label: str


class ChoiceScreen(ModalScreen[str | None]):
    """Ends with the key of what was chosen, or None."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "leave", show=False),
        Binding("pagedown", "read(1)", show=False, priority=True),
        Binding("pageup", "read(-1)", show=False, priority=True),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], current: str = "", *, text: RenderableType | None = None
    ) -> None:
        """`text` is what one should have read before choosing; it can be scrolled."""
        super().__init__()
        self._title = title
        self._choices = choices
        self._current = current
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(id="window", classes="" if self._text is None else "-telling"):
            if self._text is not None:
                with VerticalScroll(id="telling", can_focus=False):
                    yield Static(self._text)
            yield OptionList(*(Option(Content(drawable(one.label))) for one in self._choices), id="choices")

    def on_mount(self) -> None:
        self.query_one("#window").border_title = Content(self._title)
        self.query_one("#window").border_subtitle = Content(t("Enter elegir · Esc cancelar"))
        keys = [one.key for one in self._choices]
        choices = self.query_one(OptionList)
        choices.highlighted = keys.index(self._current) if self._current in keys else 0
        choices.focus()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].key)

    def action_read(self, by: int) -> None:
        """A page of what there is to read."""
        for telling in self.query(VerticalScroll):
            telling.scroll_relative(y=by * max(telling.size.height - 1, 1), animate=False)

    def action_leave(self) -> None:
        self.dismiss(None)


class LineScreen(ModalScreen[str | None]):
    """Ends with a line as it was typed, once `check` takes it; or None."""

    BINDINGS = [Binding("escape", "leave", show=False)]  # noqa: RUF012

    def __init__(self, title: str, check: Callable[[str], object], text: str = "") -> None:
        """`check` raises an errors.GealcError for what cannot be taken."""
        super().__init__()
        self._title = title
        self._check = check
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield Input(self._text, id="line")
            yield Static(id="fault")

    def on_mount(self) -> None:
        self.query_one("#window").border_title = Content(self._title)
        self.query_one("#window").border_subtitle = Content(t("Enter guardar · Esc cancelar"))
        self.query_one("#fault").display = False
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        try:
            self._check(event.value)
        except GealcError as error:
            fault = self.query_one("#fault", Static)
            fault.update(Content(sentence(error)))
            fault.display = True
        else:
            self.dismiss(event.value)

    def action_leave(self) -> None:
        self.dismiss(None)
