"""What is asked when the database is gone and this is no first start: the newest copy, a new beginning, or neither."""

from __future__ import annotations

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from gealc_tui import errors, paths
from gealc_tui.authoring import wall_clock
from gealc_tui.commands import backups
from gealc_tui.commands.backups import Listed
from gealc_tui.domain.moments import local_day
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.dates import moment_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.plain import drawable

RESTORE, ANEW, LEAVE = "restore", "anew", "leave"


class RecoveryApp(App[str]):
    """Ends with what was chosen; None is to leave."""

    CSS_PATH = [paths.bundled("styles") / "recovering.tcss"]  # noqa: RUF012 (Textual reads it from the class)
    BINDINGS = [Binding("escape", "quit", show=False)]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = False
    TITLE = "gealc"

    def __init__(self, gone: errors.DatabaseLost, newest: Listed | None) -> None:
        super().__init__()
        self._gone = gone
        self._newest = newest

    def compose(self) -> ComposeResult:
        choices = [Option(t("Salir sin tocar nada"), LEAVE), Option(t("Empezar de nuevo, con el plan oficial"), ANEW)]
        if self._newest is not None:
            when = moment_label(self._newest.backup.at, local_day(wall_clock()))
            choices.insert(0, Option(Content(t("Volver a la última copia, del {when}", when=when)), RESTORE))
        with Vertical(id="card"):
            yield Static(Content(t("Falta la base de esta copia")), id="heading")
            yield Static(Content(self._facts()), id="facts")
            yield OptionList(*choices, id="choices")

    def _facts(self) -> str:
        facts = [t("{path} no está o está vacía, y aquí ya se trabajó.", path=drawable(self._gone.path))]
        if self._gone.keys:
            facts.append(tn("Hay {n} clave que ya escribió.", "Hay {n} claves que ya escribieron.", self._gone.keys))
        if self._gone.copies:
            where = drawable(self._gone.folder)
            facts.append(tn("En {where} hay {n} copia.", "En {where} hay {n} copias.", self._gone.copies, where=where))
        if self._newest is not None and self._newest.holding is not None:
            holds = tn("La última guarda {n} cambio", "La última guarda {n} cambios", self._newest.holding.changes)
            author = self._newest.holding.author
            facts.append(f"{holds} · {shorten(author, 24)}" if author else f"{holds}.")
        facts.append(t("Quien empieza de nuevo será otra persona para los demás, hasta que la confirmen."))
        return "\n".join(facts)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.exit(event.option_id)


def recovered(home: paths.Home) -> bool:
    """Whether there is a database to go on with; asks what to do if it is gone. Raises errors.GealcError."""
    gone = paths.lost(home)
    if gone is None:
        return True
    newest = next((one for one in backups.listed(home) if one.holding is not None), None)
    choice = RecoveryApp(gone, newest).run()
    if choice == RESTORE and newest is not None:
        backups.restore(home, newest.backup.name)
        return True
    if choice == ANEW:
        paths.settle(home, anew=True)
        return True
    return False
