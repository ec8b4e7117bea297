"""The application: opens the replica, shows the plan, and gives the exit status."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text
from textual import events, work
from textual.actions import ActionParseResult, parse
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter, NoColor
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from gealc_tui import collector, crash, i18n, paths
from gealc_tui.commands import backups
from gealc_tui.commands.folder import folder
from gealc_tui.errors import GealcError
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.sentences import sentence
from gealc_tui.plain import drawable
from gealc_tui.replica import Replica
from gealc_tui.tui import bursts, hangup, keymap, keys, pasting, start_notices, themes
from gealc_tui.tui.database_watch import DatabaseWatch
from gealc_tui.tui.open_meeting import ask_about_meeting
from gealc_tui.tui.parsed_styles import ParsedStyles
from gealc_tui.tui.safe_lines import Unobeyed
from gealc_tui.tui.screens.base import ReplicaScreen
from gealc_tui.tui.screens.plan import PlanScreen
from gealc_tui.tui.watching import FolderWatch

HELPED = "helped"
"""The setting that says that the first help was shown."""

DAY_SECONDS = 0.5
"""How often it is asked whether another day has begun."""

LONGEST_WAIT = 1.0
"""Seconds that a key waits for a field to take in what came before it."""

LOOK_SECONDS = 60 * 60
"""How often it is asked whether the copy of the day is due."""


class GealcApp(App[None]):
    """One window on one replica."""

    CSS_PATH = [  # noqa: RUF012 (Textual reads it from the class)
        paths.bundled("styles") / name
        for name in (
            "app.tcss",
            "plan.tcss",
            "finding.tcss",
            "forms.tcss",
            "exchange.tcss",
            "difference.tcss",
            "overview.tcss",
            "meeting.tcss",
            "terminal.tcss",
        )
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "gealc"

    def __init__(
        self,
        replica: Replica,
        sending: Path | None,
        home: Path | None = None,
        *,
        styles: ParsedStyles | None = None,
    ) -> None:
        """`sending` is where files are written unless their person says otherwise (None: among the documents); `home`
        (None: what it lies in) is where keys.toml stands, if there is one; `styles` lends what was parsed at an
        earlier start.
        """
        # NO_COLOR (https://no-color.org): Textual takes every colour out of what is drawn with the terminal's own.
        # A terminal that calls itself dumb knows none.
        self._is_plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        super().__init__(ansi_color=True if self._is_plain else None)
        # Nothing slides: a key is answered by one painting.
        self.animation_level = "none"
        self.replica = replica
        self._today = replica.today
        self._styles = styles
        self._sending = sending
        self.home = home or (sending.parent if sending is not None else replica.path.parent)
        self.watch_over_folder = FolderWatch(self)
        self.watch_over_database = DatabaseWatch(self)
        self._unobeyed = Unobeyed()
        for theme in themes.ALL:
            self.register_theme(theme)
        self.theme = themes.TERMINAL.name if self._is_plain else themes.known(replica.setting("theme"))
        self.keymap = keymap.read(self.home / keymap.FILE)
        keys.use(self.keymap.keys)

    @property
    def sending(self) -> Path:
        """Where reports, minutes, drafts and change files are written."""
        is_chosen = bool(self.replica.setting(paths.FOLDER))
        return folder(self.replica) if self._sending is None or is_chosen else self._sending

    def _handle_exception(self, error: Exception) -> None:
        """What can be said in a sentence is said when the terminal is back; the rest is a fault of ours."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        if isinstance(error, GealcError):
            self.exit(return_code=1, message=Text(drawable(sentence(error))))
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Textual would print what every function held in its hands: words of the plan, keys."""
        if self._exception is not None and not self._exit_renderables:
            told = crash.understood(self._exception, self.replica.path)
            self._exit_renderables.append(Text(drawable(sentence(told))))
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """What can draw itself, such as a mistake in a style sheet, is no more for the person's eyes."""
        self._fatal_error()

    def refresh_css(self, animate: bool = True) -> None:
        """Draws in other colours. Before the first screen nothing has been parsed yet that would have to be again."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())
            if self._styles is not None:
                self._styles.lend(self.stylesheet)

    def get_driver_class(self) -> type[Driver]:
        return bursts.watching(super().get_driver_class())

    def get_line_filters(self) -> Sequence[LineFilter]:
        without_colour = [NoColor()] if self._is_plain else []
        return [*super().get_line_filters(), *without_colour, self._unobeyed]

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, bursts.Burst):
            await self._take_burst(event)
            return
        if isinstance(event, events.Paste) and not event.is_forwarded:
            if not self._takes_text:
                self._tell_not_written()
                return
            one_line = isinstance(self.focused, Input) and not getattr(self.focused, "TAKES_LINES", False)
            event.text, joined = pasting.fitted(event.text, one_line=one_line)
            if joined:
                said = tn("Se pegó {n} línea como una sola.", "Se pegaron {n} líneas como una sola.", joined)
                self.notify(said, timeout=6, markup=False)
        if isinstance(event, events.Key) and not event.is_printable:
            await self._until_taken_in()
        await super().on_event(event)

    async def _until_taken_in(self) -> None:
        """Waits until the field that has the focus took in what was typed and pasted before.

        Keys such as F2 are answered here, and what they save is read from a field that has a queue of its own.
        """
        taken_in = asyncio.Event()
        if self._takes_text and self.focused is not None and self.focused.call_later(taken_in.set):
            # A field that is busy for longer, or goes, must not hold every key.
            with suppress(TimeoutError):
                await asyncio.wait_for(taken_in.wait(), LONGEST_WAIT)

    @property
    def _takes_text(self) -> bool:
        return isinstance(self.focused, Input | TextArea)

    async def _take_burst(self, burst: bursts.Burst) -> None:
        """Pasted text that came as keys is text where somebody writes, and nothing elsewhere."""
        if not self._takes_text:
            self._tell_not_written()
            return
        if burst.text:
            await self.on_event(events.Paste(burst.text))
        if burst.entered:
            await self.on_event(events.Key("enter", "\r"))

    def _tell_not_written(self) -> None:
        said = t("Llegó un texto pegado, y aquí no se escribe: no se hizo nada.")
        self.notify(said, timeout=6, markup=False)

    async def on_mount(self) -> None:
        self.set_keymap(self.keymap.keys)
        self.theme_changed_signal.subscribe(self, lambda _: self.call_after_refresh(self._draw_anew))
        # Awaited, so that keys typed before the screen stands wait for it.
        await self.push_screen(PlanScreen())
        await self._resume_meeting()
        self._ask_about_meeting()
        self.set_interval(DAY_SECONDS, self._look_at_day)
        if self.replica.id is None:
            await self._begin()
        # After the first screen, and in a window that stays open for days.
        self.call_after_refresh(start_notices.tell, self)
        self.call_after_refresh(collector.settle)
        self.call_after_refresh(self._keep_styles)
        self.call_after_refresh(self._copy_daily)
        self.set_interval(LOOK_SECONDS, self._copy_daily)
        self.call_after_refresh(self.watch_over_folder.start)
        self.watch_over_database.start()

    def _keep_styles(self) -> None:
        """For the next start: a window may be closed in any way, so it is not left for its end."""
        if self._styles is not None:
            self._styles.keep(self.stylesheet)

    def _look_at_day(self) -> None:
        """At midnight everything that stands is drawn anew: what is due, overdue, and how far a day is."""
        if self._today != self.replica.today:
            self._today = self.replica.today
            self._draw_anew()
            self._ask_about_meeting()

    def _ask_about_meeting(self) -> None:
        if isinstance(self.screen, PlanScreen):
            ask_about_meeting(self.screen)

    async def _resume_meeting(self) -> None:
        """Opens the meeting that was on the screen when the last window was taken away."""
        if self.replica.setting("meeting:view"):
            from gealc_tui.tui.screens.meeting import interrupted

            if (screen := interrupted(self.replica)) is not None:
                await self.push_screen(screen)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Does what a key, a click or the palette asks for; what cannot be done now says why."""
        destination, name, _ = parse(action) if isinstance(action, str) else action
        where = self.screen if destination == "screen" else default_namespace
        if isinstance(where, ReplicaScreen) and (why := where.why_off(name)) is not None:
            where.tell(why)
            return True
        return await super().run_action(action, default_namespace, namespaces)

    @work(thread=True, group="copy")
    def _copy_daily(self) -> None:
        """Makes the copy of the day, if it is due; no key waits for it."""
        try:
            backups.make_daily(self.replica)
        except GealcError as error:
            self.call_from_thread(self.notify, sentence(error), severity="error", timeout=8, markup=False)

    async def _begin(self) -> None:
        """The first start: who uses this copy, and then three sentences that are not said again."""
        from gealc_tui.tui.screens.welcome import WelcomeScreen, first_help

        def help(_: None) -> None:
            if not self.replica.setting(HELPED):
                self.notify(first_help(), title=t("Para empezar"), timeout=30, markup=False)
                with suppress(GealcError):
                    self.replica.set_setting(HELPED, "1")

        await self.push_screen(WelcomeScreen(), help)

    def speak(self, language: str) -> None:
        """Goes on in another language, at once and at the next start: everything that stands on a screen is said anew.

        Messages that have come up go: they were said in the other one.
        """
        i18n.use(language)
        self.clear_notifications()
        self._draw_anew()
        if isinstance(self.screen, ReplicaScreen):
            self.screen.attempt(self.replica.set_setting, i18n.SETTING, language)
            self.screen.tell(t("Idioma: {name}", name=i18n.NAMES[language]))

    def _draw_anew(self) -> None:
        """Everything that stands: words and colours are put into lines when these are made."""
        for screen in self.screen_stack:
            if isinstance(screen, ReplicaScreen):
                screen.respell_all()

    def action_help_quit(self) -> None:
        """Ctrl+C, by habit: Textual's own answer is in English."""
        said = t("Para salir: q en el plan.")
        if self.replica.is_all_kept():
            said += " " + t("Todo está guardado.")
        self.notify(said, timeout=4, markup=False)

    def next_theme(self) -> None:
        """Goes on to the next colours, and keeps them."""
        self.theme = themes.following(self.theme)
        try:
            self.replica.set_setting("theme", self.theme)
        except GealcError as error:
            self.notify(sentence(error), severity="error", timeout=8, markup=False)

    async def ask_who(self) -> None:
        """The form that asks who uses this copy."""
        from gealc_tui.tui.screens.welcome import WelcomeScreen

        await self.push_screen(WelcomeScreen())


def run(home: paths.Home) -> int:
    """Opens a home in the terminal; returns the exit status. Raises errors.GealcError before the first screen."""
    from gealc_tui.tui.recovering import recovered

    if not recovered(home):
        return 1
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        replica.check_identity()
        replica.view_named(home.plan)
        replica.take_in_loose_drafts()
        app = GealcApp(replica, None, home.folder, styles=ParsedStyles(paths.cache()))
        hangup.watch(app)
        app.run()
        return app.return_code or 0
