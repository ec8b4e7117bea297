"""The application: opens the replica, shows the plan, and gives the exit status."""

from __future__ import annotations

from pathlib import Path

from textual import work
from textual.app import App
from textual.theme import Theme

from gealc_tui import paths
from gealc_tui.commands import backups
from gealc_tui.errors import GealcError
from gealc_tui.i18n.sentences import renewed_sentence, sentence
from gealc_tui.replica import Replica
from gealc_tui.tui.screens.plan import PlanScreen
from gealc_tui.tui.watching import FolderWatch

LOOK_SECONDS = 60 * 60
"""How often it is asked whether the copy of the day is due."""

DARK = Theme(
    name="gealc-dark",
    primary="#5fb3d9",
    secondary="#8aa4b8",
    accent="#5fb3d9",
    foreground="#e4e9ed",
    background="#10171d",
    surface="#151e26",
    panel="#1e2a34",
    success="#7cc77c",
    warning="#e5c45c",
    error="#ff7b72",
    dark=True,
)

LIGHT = Theme(
    name="gealc-light",
    primary="#00598a",
    secondary="#52677a",
    accent="#00598a",
    foreground="#16202a",
    background="#fbfbf9",
    surface="#ffffff",
    panel="#e6ebef",
    success="#1b6e2d",
    warning="#8a5a00",
    error="#b3261e",
    dark=False,
)


class GealcApp(App[None]):
    """One window on one replica."""

    CSS_PATH = [  # noqa: RUF012 (Textual reads it from the class)
        paths.bundled("styles") / name
        for name in ("app.tcss", "plan.tcss", "forms.tcss", "exchange.tcss", "difference.tcss", "finding.tcss")
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "gealc"

    def __init__(self, replica: Replica, sending: Path) -> None:
        """`sending` is the folder where change files are written unless the person says otherwise."""
        super().__init__()
        # Nothing slides: a key is answered by one painting.
        self.animation_level = "none"
        self.replica = replica
        self.sending = sending
        self.watch_over_folder = FolderWatch(self)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = "gealc-light" if replica.setting("theme") == "gealc-light" else "gealc-dark"

    def _handle_exception(self, error: Exception) -> None:
        """What can be said in a sentence is said when the terminal is back; the rest is a fault of ours."""
        if isinstance(error, GealcError):
            self.exit(return_code=1, message=sentence(error))
        else:
            super()._handle_exception(error)

    async def on_mount(self) -> None:
        # Awaited, so that keys typed before the screen stands wait for it.
        await self.push_screen(PlanScreen())
        if self.replica.id is None:
            await self.ask_who()
        elif self.replica.renewed():
            # Long on the screen: this is not read in passing.
            self.notify(renewed_sentence(), severity="warning", timeout=60, markup=False)
            self.replica.told_renewed()

        # After the first screen, and in a window that stays open for days.
        self.call_after_refresh(self._copy_daily)
        self.set_interval(LOOK_SECONDS, self._copy_daily)
        self.call_after_refresh(self.watch_over_folder.start)

    @work(thread=True, group="copy")
    def _copy_daily(self) -> None:
        """Makes the copy of the day, if it is due; no key waits for it."""
        try:
            backups.make_daily(self.replica)
        except GealcError as error:
            self.call_from_thread(self.notify, sentence(error), severity="error", timeout=8, markup=False)

    async def ask_who(self) -> None:
        """The form that asks who uses this copy."""
        from gealc_tui.tui.screens.welcome import WelcomeScreen

        await self.push_screen(WelcomeScreen())


def run(home: paths.Home) -> int:
    """Opens a home in the terminal; returns the exit status. Raises errors.GealcError before the first screen."""
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        replica.check_identity()
        app = GealcApp(replica, home.sending)
        app.run()
        return app.return_code or 0
