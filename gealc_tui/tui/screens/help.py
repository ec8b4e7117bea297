"""Help, made from the table of keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from gealc_tui.i18n import t
from gealc_tui.tui import keys
from gealc_tui.tui.keys import Key
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.plan_tree import legend


class HelpScreen(ReplicaScreen[None]):
    """All keys, by where they work."""

    BINDINGS = [Binding("escape,q,question_mark,f1", "leave", show=False)]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="card"):
            yield Static(self._page(), id="page")

    def _page(self) -> Group:
        return Group(
            Text(t("Todo se guarda solo, al momento. Nada se pierde al cerrar.")),
            Text(legend() + "\n"),
            _table(t("En el plan"), keys.MOVES, keys.STATUS, keys.PLAN),
            _table(t("Al escribir una nota"), keys.NOTE),
            _table(t("Al editar un campo"), keys.FIELD),
            _table(t("Al elegir un filtro"), keys.FILTER),
            _table(t("Al ir a un código"), keys.JUMP),
            _table(t("Al cambiar varias a la vez"), keys.MANY),
            _table(t("Ante una diferencia"), keys.DIFFERENCE),
            _table(t("Al escribir otro valor"), keys.THIRD_VALUE),
            _table(t("Al elegir para muchas diferencias"), keys.WAYS),
            _table(t("En el intercambio"), keys.EXCHANGE),
            _table(t("Al preparar un envío"), keys.SEND),
            _table(t("Al recibir un archivo"), keys.RECEIVE),
            Text(t("Esc cierra esta ayuda.")),
        )

    def action_leave(self) -> None:
        self.dismiss(None)


def _table(title: str, *tables: Sequence[Key]) -> Group:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=8, justify="right", style="bold")
    grid.add_column()
    for table in tables:
        for key in table:
            grid.add_row(Text(key.shown), Text(t(key.label)))
    return Group(Text(title, "bold underline"), grid, Text())
