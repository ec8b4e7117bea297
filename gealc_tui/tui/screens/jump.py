"""Going to an activity by its printed code. Where a code stands on several, all of them are there to choose from."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import finding
from gealc_tui.domain.readings import ActivityRow
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import MARKS
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

SHOWN, WIDTH = 12, 70


class JumpScreen(ReplicaScreen[str | None]):
    """Ends with the id of the activity that was chosen; None: none."""

    BINDINGS = keys.bindings(keys.JUMP)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ActivityRow, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Input(id="code", select_on_focus=False)
            yield OptionList(id="found")
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.query_one("#found", OptionList).can_focus = False
        self.respell()
        self.query_one("#code").focus()

    def respell(self) -> None:
        self.query_one("#heading", Static).update(Content(t("Ir a la actividad")))
        self.query_one("#code", Input).placeholder = t("código: 3.6.1")
        self.query_one(KeyLine).show(keys.JUMP)

    @on(Input.Changed, "#code")
    def _look(self, event: Input.Changed) -> None:
        _, rows = self.attempt(finding.by_code, self.replica, event.value)
        self._rows = (rows or ())[:SHOWN]
        box = self.query_one("#found", OptionList)
        box.clear_options()
        if self._rows:
            box.add_options([_option(row) for row in self._rows])
            box.highlighted = 0
        elif event.value.strip():
            box.add_option(Option(Text(t("Ninguna actividad tiene un código que empiece así.")), disabled=True))

    def key_down(self) -> None:
        self.query_one("#found", OptionList).action_cursor_down()

    def key_up(self) -> None:
        self.query_one("#found", OptionList).action_cursor_up()

    @on(Input.Submitted, "#code")
    def _go(self) -> None:
        where = self.query_one("#found", OptionList).highlighted
        if where is not None and where < len(self._rows):
            self.dismiss(self._rows[where].id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._rows):
            self.dismiss(self._rows[event.option_index].id)

    def action_leave(self) -> None:
        self.dismiss(None)


def _option(row: ActivityRow) -> Option:
    return Option(Text(cut(f"{MARKS[row.status]} {row.code:<7} {row.title}", WIDTH)))
