"""The dated copies of the database: which there are, and one more on request.

Putting one back is the command line's.
"""

from __future__ import annotations

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui.commands import backups
from gealc_tui.commands.backups import Listed
from gealc_tui.errors import GealcError
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.dates import moment_label
from gealc_tui.i18n.labels import backup_label
from gealc_tui.i18n.sentences import sentence, shorten
from gealc_tui.paths import Home
from gealc_tui.plain import drawable
from gealc_tui.tui import keys
from gealc_tui.tui.drawing import cut
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.widgets.lines import KeyLine


class BackupsScreen(ReplicaScreen[None]):
    """A line for each copy, the newest first."""

    ABOUT = N_(
        "El programa copia la base por su cuenta: una vez al día, y antes de recibir cambios. Con a"
        " se hace una copia ahora. Para volver a una: gealc restore y su número, en la línea de"
        " comandos."
    )
    BINDINGS = keys.bindings(keys.BACKUPS)

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Listed, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static(id="heading")
            yield Static(id="where")
            yield OptionList(id="copies")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.respell()
        self.reload()
        self.query_one("#copies").focus()

    @property
    def _home(self) -> Home:
        return Home(self.replica.path.parent, self.replica.path)

    def respell(self) -> None:
        self.query_one(KeyLine).show(keys.BACKUPS)
        self.query_one("#heading", Static).update(Content(t("Copias de respaldo")))

    def reload(self) -> None:
        """Looks again which there are."""
        ok, found = self.attempt(backups.listed, self._home)
        if ok and found is not None:
            self._found = found
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        where = t("Están en {folder}.", folder=drawable(str(self._home.backups)))
        self.query_one("#where", Static).update(Content(where if self._found else t("Todavía no hay ninguna.")))
        copies = self.query_one("#copies", OptionList)
        copies.clear_options()
        copies.add_options(Option(self._line(number, one)) for number, one in enumerate(self._found, 1))
        copies.highlighted = 0 if self._found else None

    def _line(self, number: int, one: Listed) -> Text:
        holds = t("no se puede leer")
        if one.holding is not None:
            holds = tn("{n} cambio", "{n} cambios", one.holding.changes)
            if one.holding.author:
                holds = f"{holds} · {shorten(one.holding.author, 24)}"
        moment = moment_label(one.backup.at, self.replica.today)
        line = f"{number:>3}  {moment:<17} {backup_label(one.backup.reason):<30} {holds}"
        return Text(cut(line, self.size.width - 2 * 3 - 2))

    def action_make(self) -> None:
        self._make()

    @work(thread=True, exclusive=True)
    def _make(self) -> None:
        try:
            path = backups.make(self._home)
        except GealcError as error:
            self.app.call_from_thread(self.tell, sentence(error), failed=True)
        else:
            self.app.call_from_thread(self._made, path.name)

    def _made(self, name: str) -> None:
        if self.is_attached:
            self.tell(t("Se hizo la copia {name}.", name=name))
            self.reload()

    @on(OptionList.OptionSelected)
    def _say_how(self, event: OptionList.OptionSelected) -> None:
        self.tell(t("Para volver a esta copia: gealc restore {n}", n=event.option_index + 1))

    def action_leave(self) -> None:
        self.dismiss(None)
