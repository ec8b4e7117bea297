"""The palette: type what you want to do, and see the key that does it. What is off now says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.i18n import t
from gealc_tui.tui import keys
from gealc_tui.tui.palette import Command, matching

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp

_KEY_WIDTH = 8


class PaletteScreen(ModalScreen[None]):
    """Ends, and then does what was chosen on the screen below."""

    BINDINGS = keys.bindings(keys.PALETTE)
    COMPONENT_CLASSES = {"palette--off"}  # noqa: RUF012 (Textual reads it from the class)

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands
        self._found: Sequence[Command] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield Input(id="wanted", placeholder=t("¿qué quiere hacer?"))
            yield OptionList(id="hits")
            yield Static(Content(t("No hay resultados.")), id="none")

    def on_mount(self) -> None:
        self.query_one("#window").border_title = Content(t("Órdenes"))
        self.query_one("#window").border_subtitle = Content(t("↑ ↓ elegir · Enter hacer · Esc volver"))
        self._list("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _list_found(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, text: str) -> None:
        self._found = matching(self._commands, text)
        hits = self.query_one(OptionList)
        hits.clear_options()
        hits.add_options(Option(self._line(one)) for one in self._found)
        hits.highlighted = 0 if self._found else None
        hits.display = bool(self._found)
        self.query_one("#none").display = not self._found

    def _line(self, one: Command) -> Text:
        key = " " * max(_KEY_WIDTH - cell_len(one.shown), 0) + one.shown
        if one.off is None:
            return Text.assemble((key, "bold"), "  ", one.label)
        quiet = self.get_component_rich_style("palette--off", partial=True)
        return Text.assemble(key, "  ", one.label, "\n", " " * (_KEY_WIDTH + 2), one.off, style=quiet)

    def on_key(self, event: events.Key) -> None:
        """The arrows walk along the list while the words are typed."""
        if event.key in ("up", "down", "pageup", "pagedown"):
            hits = self.query_one(OptionList)
            moves: dict[str, Callable[[], None]] = {
                "up": hits.action_cursor_up,
                "down": hits.action_cursor_down,
                "pageup": hits.action_page_up,
                "pagedown": hits.action_page_down,
            }
            moves[event.key]()
            event.stop()

    @on(Input.Submitted)
    def _take_highlighted(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self._take(self._found[place])

    @on(OptionList.OptionSelected)
    def _take_clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(self._found[event.option_index])

    def _take(self, one: Command) -> None:
        app = cast("GealcApp", self.app)
        self.dismiss(None)
        if one.off is not None:
            app.notify(one.off, timeout=4, markup=False)
        else:
            app.call_later(_do, app, one.actions)

    def action_leave(self) -> None:
        self.dismiss(None)


async def _do(app: GealcApp, actions: Sequence[str]) -> None:
    """One after the other, each on the screen that the one before has opened."""
    first, *rest = actions
    await app.run_action(first, app.screen)
    if rest:
        # Once the screen that was opened stands.
        app.screen.call_after_refresh(_do, app, rest)
