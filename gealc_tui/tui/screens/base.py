"""What all screens of the application share: the replica, and one net for what can be refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from textual.screen import Screen

from gealc_tui.errors import GealcError, NoIdentity
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Replica
from gealc_tui.tui.widgets.lines import TellLine

if TYPE_CHECKING:
    from gealc_tui.tui.app import GealcApp

P = ParamSpec("P")
R = TypeVar("R")
Result = TypeVar("Result")


class ReplicaScreen(Screen[Result]):
    """A screen over the application's replica."""

    @property
    def replica(self) -> Replica:
        return cast("GealcApp", self.app).replica

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
        """A message that goes by itself; user text in it is text. On the screen's own line, if it has one."""
        if line := next(iter(self.query(TellLine)), None):
            line.say(message, failed=failed)
            return
        self.notify(message, severity="error" if failed else "information", timeout=8 if failed else 4, markup=False)
