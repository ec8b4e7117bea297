"""Help, made from the table of keys: those of the screen that it was asked on, or all of them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from gealc_tui.i18n import N_, t
from gealc_tui.tui import keys
from gealc_tui.tui.keys import Key
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine
from gealc_tui.tui.widgets.plan_tree import legend


class HelpScreen(ReplicaScreen[None]):
    """The keys that work on one screen, and what that screen is for; `a` shows those of all screens."""

    ABOUT = N_("La ayuda muestra las teclas de la pantalla desde la que se pidió; con v, las de todas.")

    BINDINGS = [  # noqa: RUF012
        *keys.bindings(keys.HELP),
        Binding("q,question_mark,f1", "leave", show=False),
    ]

    def __init__(self, tables: Sequence[str], about: str) -> None:
        super().__init__()
        self._tables = tuple(tables)
        self._about = about
        self._all = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="card"):
            yield Static(id="page")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.HELP)
        self.query_one("#page", Static).update(self._page())

    def _page(self) -> Group:
        every = keys.tables()
        wanted = [name for name in every if name in self._tables or (self._all and name not in ("help", "palette"))]
        parts: list[RenderableType] = []
        if self._about and not self._all:
            parts.append(Text(t(self._about) + "\n"))
        parts.append(Text(t("Todo se guarda solo, al momento. Nada se pierde al cerrar.")))
        if "plan" in wanted:
            parts.append(Text("\n" + legend()))
        parts.append(Text())
        parts += [_table(t(keys.TITLES.get(name, name)), every[name]) for name in wanted if name != "everywhere"]
        parts.append(_table(t(keys.TITLES["everywhere"]), keys.EVERYWHERE))
        parts.append(Text(t("Esc cierra esta ayuda.")))
        return Group(*parts)

    def action_all(self) -> None:
        self._all = not self._all
        self.respell()
        self.query_one("#card").scroll_home(animate=False)

    def action_help(self) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)


def _table(title: str, table: Sequence[Key]) -> Group:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=8, justify="right", style="bold")
    grid.add_column()
    for key in table:
        grid.add_row(Text(keys.shown(key)), Text(t(key.label)))
    return Group(Text(title, "bold underline"), grid, Text())
