"""One field of several activities at once."""

from __future__ import annotations

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands.fields import parse
from gealc_tui.domain.fields import FIELDS as described
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import field_label
from gealc_tui.tui import keys
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine

FIELDS = tuple(one.name for one in described["activity"] if one.in_bulk)


class ManyScreen(ReplicaScreen[tuple[str, str] | None]):
    """Ends with the field and what was typed for it, which the field accepts; None: nothing is to be changed."""

    BINDINGS = keys.bindings(keys.MANY)

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self._field = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="said")
            yield OptionList(id="which")
            yield Input(id="value", select_on_focus=False)
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.query_one("#which").focus()

    def respell(self) -> None:
        heading = tn("Cambiar {n} actividad marcada", "Cambiar {n} actividades marcadas", self._count)
        self.query_one("#heading", Static).update(Content(heading))
        said = t("Elija el campo y escriba el valor; vacío lo borra. Una sola u lo deshace en todas.")
        self.query_one("#said", Static).update(Content(said))
        box = self.query_one("#which", OptionList)
        where = box.highlighted or 0
        box.clear_options()
        box.add_options([Option(Text(field_label("activity", field))) for field in FIELDS])
        box.highlighted = where
        self.query_one("#value", Input).border_title = Content(field_label("activity", self._field or FIELDS[where]))
        self.query_one(KeyLine).show(keys.MANY)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self._field = FIELDS[event.option_index]
        line = self.query_one("#value", Input)
        line.border_title = Content(field_label("activity", self._field))
        line.display = True
        line.focus()

    @on(Input.Submitted, "#value")
    def _finish(self, event: Input.Submitted) -> None:
        ok, _ = self.attempt(parse, "activity", self._field, event.value, self.replica.today)
        if ok:
            self.dismiss((self._field, event.value))

    def action_leave(self) -> None:
        line = self.query_one("#value", Input)
        if line.display:
            line.display = False
            self.query_one("#which").focus()
        else:
            self.dismiss(None)
