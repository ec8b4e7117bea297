"""The database's file, looked at while the window is open: whether it is still the one that was opened.

Once it is not, nothing more is written (`store.database`). What this window saw is copied, what is being typed goes
on into a file beside it, and the person is told where both are. The window stays, so that nothing on it goes away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gealc_tui.errors import GealcError
from gealc_tui.i18n import t
from gealc_tui.i18n.sentences import sentence
from gealc_tui.shell_words import word

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp

LOOK_SECONDS = 0.5

TOLD_SECONDS = 24 * 60 * 60
"""So long the message stays: until the window is closed."""


class DatabaseWatch:
    """Looks, and tells once."""

    def __init__(self, app: GealcApp) -> None:
        self._app = app
        self._told = False

    def start(self) -> None:
        """Looks from now on."""
        self._app.set_interval(LOOK_SECONDS, self.look)

    def look(self) -> None:
        """Looks now: a command was refused for it, or it is time."""
        if not self._told and self._app.replica.is_replaced():
            self._told = True
            self._tell()

    def _tell(self) -> None:
        replica = self._app.replica
        said = [
            t(
                "Otro programa puso otro archivo en lugar de {path}, o lo quitó. Esta ventana ya no guarda nada en él.",
                path=replica.path,
            )
        ]
        try:
            kept = replica.keep_replaced()
        except GealcError as error:
            said.append(sentence(error))
            said.append(t("No cierre la ventana antes de copiar de ella lo que haga falta."))
        else:
            said.append(t("Lo escrito hasta ahora está en la copia {name}.", name=kept.name))
            if not replica.unkept_drafts():
                said.append(t("Lo que se está escribiendo se conserva para cuando la abra de nuevo."))
            said.append(
                t(
                    "Cierre la ventana, ábrala otra vez y sume la copia: gealc restore --merge {name}",
                    name=word(kept.stem),
                )
            )
        self._app.notify(
            "\n".join(said), title=t("La base fue reemplazada"), severity="error", timeout=TOLD_SECONDS, markup=False
        )
