"""What all screens of the application share: the replica, one net for what can be refused, and how they are respelled.

The language can change while screens stand. `compose` yields widgets without words; `respell` puts the fixed words in
(headings, borders, placeholders, buttons, columns, the line of keys) and `reload` draws the data. A screen calls both
in its `on_mount`; at a change of language they are called again for every open screen, after the `respell` of each of
its widgets that has one. Neither touches the focus, the cursor, or what is being typed. So nothing keeps a result of
`t`: tables hold `N_` messages, widgets hold frozen values, and words are made when they are drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from textual.screen import Screen

from gealc_tui import i18n
from gealc_tui.errors import GealcError, NoIdentity
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Replica
from gealc_tui.tui import keys

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp

P = ParamSpec("P")
R = TypeVar("R")
Result = TypeVar("Result")


class ReplicaScreen(Screen[Result]):
    """A screen over the application's replica."""

    BINDINGS = keys.bindings(keys.EVERYWHERE)

    @property
    def replica(self) -> Replica:
        return cast("GealcApp", self.app).replica

    # --- language ----------------------------------------------------------------------------------------------

    def respell(self) -> None:
        """Puts the screen's fixed words into its widgets, in the language in force."""

    def reload(self) -> None:
        """Reads again and draws, if the screen shows anything that is read."""

    def respell_all(self) -> None:
        """Says everything on this screen anew: the widgets first, then the screen, then what was read."""
        for widget in self.walk_children():
            if (again := getattr(widget, "respell", None)) is not None:
                again()
            widget.refresh(layout=True)
        self.respell()
        self.reload()

    def action_language(self) -> None:
        """Goes on in the next language, and keeps it."""
        cast("GealcApp", self.app).speak(i18n.following(i18n.language()))

    # --- commands and messages -----------------------------------------------------------------------------------

    def attempt(self, command: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> tuple[bool, R | None]:
        """Runs a command. What it refuses is told to the person, and nothing else happens: (False, None)."""
        try:
            return True, command(*args, **kwargs)
        except NoIdentity:
            self.app.call_later(cast("GealcApp", self.app).ask_who)
        except GealcError as error:
            self.tell(sentence(error), failed=True)
        return False, None

    def tell(self, message: str, *, failed: bool = False) -> None:
        """A message that goes by itself; user text in it is text."""
        self.notify(message, severity="error" if failed else "information", timeout=8 if failed else 4, markup=False)
