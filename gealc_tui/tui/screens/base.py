"""What all screens of the application share: the replica, help and palette, one net for what can be refused, words.

A new screen says in `ABOUT` what it is for, takes its keys from the one table (`keys.bindings`), and tells in
`why_off` when a key cannot be used and why. Bottom line, help and palette follow from that.

The language can change while screens stand, and so can the colours. `compose` yields widgets without words; `respell`
puts the fixed words in (headings, borders, placeholders, buttons, columns, the line of keys) and `reload` draws the
data. A screen calls both in its `on_mount`; at a change of language or theme they are called again for every open
screen, after the `respell` of each of its widgets that has one. Neither touches the focus, the cursor, or what is
being typed. So nothing keeps a result of `t`: tables hold `N_` messages, widgets hold frozen values, and words are
made when they are drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, ParamSpec, TypeVar, cast

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input

from gealc_tui import i18n
from gealc_tui.errors import DatabaseReplaced, GealcError, NoIdentity
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Replica
from gealc_tui.tui import keys
from gealc_tui.tui.widgets.lines import TellLine

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp

WIDE = 100
"""From so many columns on there is room for two panes."""

P = ParamSpec("P")
R = TypeVar("R")
Result = TypeVar("Result")


class ReplicaScreen(Screen[Result]):
    """A screen over the application's replica."""

    ABOUT: ClassVar[str] = ""
    """What this screen is for, in a sentence or two; a message for `t`."""

    BINDINGS = [  # noqa: RUF012 (Textual reads it from the class)
        *keys.bindings(keys.EVERYWHERE),
        Binding("ctrl+z", "undo_by_habit", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        # What the first size would say: so everything is styled once and not, a moment later, a second time.
        width = self.app.size.width
        self.add_class(max(one for one in self.HORIZONTAL_BREAKPOINTS if one[0] <= width)[1], update=False)

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
            if isinstance(error, DatabaseReplaced):
                cast("GealcApp", self.app).watch_over_database.look()
        return False, None

    def tell(self, message: str, *, failed: bool = False) -> None:
        """A message that goes by itself; user text in it is text. On the screen's own line, if it has one."""
        if line := next(iter(self.query(TellLine)), None):
            line.say(message, failed=failed)
            return
        self.notify(message, severity="error" if failed else "information", timeout=8 if failed else 4, markup=False)

    # --- keys ----------------------------------------------------------------------------------------------------

    def why_off(self, action: str) -> str | None:
        """Why a key cannot be used now, as a sentence; None: it can. `action` is its name, without arguments.

        Asked before the action runs, and by the palette for each of its lines: it must be quick.
        """
        return None

    @classmethod
    def tables(cls) -> tuple[str, ...]:
        """The tables of the keys that work here, in the order of the one table."""
        ids = {
            binding.id
            for kind in cls.__mro__
            for binding in kind.__dict__.get("BINDINGS", ())
            if isinstance(binding, Binding) and binding.id is not None
        }
        own = {id.partition(".")[0] for id in ids} - {"everywhere"}
        return keys.together(*own) if own else ()

    async def action_undo_by_habit(self) -> None:
        """Ctrl+Z takes back, as in every other program, and does not send the window away (decision 25).

        In an editor it is the editor's own; in a line to type it does nothing, for what it would undo is not there.
        """
        if hasattr(self, "action_undo") and not isinstance(self.focused, Input):
            await self.run_action("undo")

    def action_help(self) -> None:
        from gealc_tui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.tables(), self.ABOUT))

    def action_palette(self) -> None:
        from gealc_tui.tui.palette import commands_of
        from gealc_tui.tui.screens.palette import PaletteScreen

        self.app.push_screen(PaletteScreen(commands_of(self)))
