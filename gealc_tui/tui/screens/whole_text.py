"""A long text as a whole, to be read: what a list or a comparison shows only the beginning of.

Only the lines in sight are drawn, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from gealc_tui.i18n import N_
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine


class WholeTextScreen(ReplicaScreen[None]):
    """A heading and a text. Both are asked for again when the language changes."""

    ABOUT = N_("Un texto entero, del que la otra pantalla muestra el comienzo. Las flechas y Av Pág lo recorren.")
    BINDINGS = keys.bindings(keys.WHOLE_TEXT)

    def __init__(self, heading: Callable[[], str], text: Callable[[], str]) -> None:
        super().__init__()
        self._heading = heading
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield TextArea(id="text", soft_wrap=True, read_only=True)
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.query_one(TextArea).focus()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.WHOLE_TEXT)
        self.query_one("#heading", Static).update(Content(drawable(self._heading())))
        self.query_one(TextArea).load_text(drawable(self._text()))

    def action_leave(self) -> None:
        self.dismiss(None)
