"""The shared folder, looked into while the window is open.

At the start, after the first screen, and every minute. No key ever waits for it, nor does the end of the program: a
server or a stick that hangs is left behind. Nothing that a file holds ends the window. What came is told once, in a
line; a folder that is not there is no message, it stands on the exchange screen.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from textual.signal import Signal

from gealc_tui.errors import GealcError
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import country_name
from gealc_tui.i18n.naming import short_name
from gealc_tui.i18n.sentences import folder_trouble, shorten

if TYPE_CHECKING:
    from gealc_tui.commands.carrying import SyncReport
    from gealc_tui.sync.outcomes import LogOutcome, MergeReport
    from gealc_tui.tui.app import GealcApp

SECONDS = 60
"""How often the folder is looked into."""

SETTING = "shared_folder"

R = TypeVar("R")


class Watched(NamedTuple):
    """What is known of the folder. `place` is as it may be shown; empty: none is watched."""

    place: str = ""
    busy: bool = False
    at: int | None = None
    """When it was last brought in step, in milliseconds."""
    waiting: int = 0
    """Files that cannot be read yet."""
    others: int = 0
    """Files of other kinds and subfolders, which are not looked into."""
    trouble: GealcError | None = None


class FolderWatch:
    """Looks into the folder that this copy watches, one look at a time."""

    def __init__(self, app: GealcApp) -> None:
        self._app = app
        self._address = ""  # with its password, if somebody typed one: that is never written down
        self._failed: set[tuple[str, str]] = set()
        self._tired: set[tuple[str, str]] = set()
        self.watched = Watched()
        self.changed: Signal[Watched] = Signal(app, "shared folder")

    def start(self) -> None:
        """Looks now and from now on."""
        self._begin(self._app.replica.setting(SETTING) or "")
        self._app.set_interval(SECONDS, self.look)

    def watch(self, address: str) -> None:
        """Watches another folder, or none (empty). Raises FolderAddress, FileUnwritable and DatabaseError."""
        from gealc_tui.commands.carrying import known_place

        self._app.replica.set_setting(SETTING, known_place(address) if address else "")
        self._begin(address)

    def _begin(self, address: str) -> None:
        from gealc_tui.commands.carrying import known_place

        self._address = address
        self._show(Watched(known_place(address) if address else ""))
        self.look_again()

    def look_again(self) -> None:
        """Looks at what was given up too."""
        self._failed, self._tired = set(), set()
        self.look()

    def look(self) -> None:
        """Looks into the folder, unless that is being done."""
        if self._address and not self.watched.busy:
            self._show(self.watched._replace(busy=True))
            self._app.run_worker(self._look(self._address), group="folder")

    async def _look(self, address: str) -> None:
        try:
            report = await _beside(lambda: self._sync(address))
            with self._app.replica.gate.passing():
                arrived = arrival(report.merged)
        except GealcError as error:
            self._settle(address, self.watched._replace(trouble=error))
        else:
            self._note_failures(report)
            waiting = len(report.unreadable) + report.skipped
            at = self._app.replica.clock() if report.failed is None else self.watched.at
            if arrived:
                self._app.notify(arrived, timeout=8, markup=False)
            self._settle(
                address, self.watched._replace(at=at, waiting=waiting, others=len(report.others), trouble=report.failed)
            )

    def _sync(self, address: str) -> SyncReport:
        from gealc_tui.commands import carrying

        # Beyond what passes the gate in there: a file may stop nobody's window.
        with self._app.replica.another() as replica, replica.gate.passing():
            return carrying.sync(replica, address, tired=frozenset(self._tired))

    def _settle(self, address: str, watched: Watched) -> None:
        if address == self._address:
            self._show(watched._replace(busy=False))
        else:
            # Another folder was chosen meanwhile.
            self._show(self.watched._replace(busy=False))
            self.look()

    def _note_failures(self, report: SyncReport) -> None:
        """A file that failed twice as it stands is let be until it changes: it may be large and far away."""
        failed = {(one.name, one.stamp) for one in report.unreadable}
        self._tired |= failed & self._failed
        self._failed = failed

    def _show(self, watched: Watched) -> None:
        self.watched = watched
        self.changed.publish(watched)


async def _beside(work: Callable[[], R]) -> R:
    """What `work` returns or raises, done in a thread of its own.

    Not one of asyncio's: for those the end of the program waits.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[R] = loop.create_future()

    def put(set_it: Callable[[], None]) -> None:
        # The window may have been closed meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if done.done() else set_it())

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 (it is raised where it is awaited)
            raised = error
            put(lambda: done.set_exception(raised))
        else:
            put(lambda: done.set_result(result))

    threading.Thread(target=run, name="shared folder", daemon=True).start()
    return await done


# --- words ---------------------------------------------------------------------------------------------------


def watched_line(watched: Watched) -> str:
    """What stands on the exchange screen."""
    if not watched.place:
        return t("Carpeta compartida: ninguna. Con T se elige una.")
    return t("Carpeta compartida: {place} · {state}", place=shorten(watched.place), state=_state(watched))


def _state(watched: Watched) -> str:
    if watched.busy:
        return t("revisando…")
    if watched.trouble is not None:
        return t("{trouble}; se intentará de nuevo", trouble=folder_trouble(watched.trouble))
    if watched.at is None:
        return t("todavía no se revisó")
    when = t("al día ({time})", time=f"{datetime.fromtimestamp(watched.at / 1000):%H:%M}")
    said = [when]
    if watched.waiting:
        said.append(
            tn("{n} archivo todavía no se puede leer", "{n} archivos todavía no se pueden leer", watched.waiting)
        )
    if watched.others:
        said.append(tn("{n} cosa de otro tipo no se mira", "{n} cosas de otro tipo no se miran", watched.others))
    return "; ".join(said)


def arrival(report: MergeReport) -> str:
    """What came, in a line; empty if nothing did."""
    from gealc_tui.sync.outcomes import Outcome

    logs = [log for file in report.files for log in file.logs]
    came = [log for log in logs if log.new and log.outcome is not Outcome.STRANGER]
    strangers = [log for log in logs if log.outcome is Outcome.STRANGER]
    said = []
    if came:
        count = sum(log.new for log in came)
        said.append(tn("Llegó {n} cambio de {who}", "Llegaron {n} cambios de {who}", count, who=_names(came)))
    if report.opened:
        said.append(tn("Se abrió {n} diferencia", "Se abrieron {n} diferencias", len(report.opened)))
    if strangers:
        said.append(t("Hay cambios de {who}, por confirmar en x", who=_names(strangers)))
    return ". ".join(said)


def _names(logs: list[LogOutcome]) -> str:
    """The countries from which it came, or the names of those who have none."""
    names = [country_name(log.country) if log.country else short_name(log.replica, log.name) for log in logs]
    return ", ".join(shorten(name, 30) for name in dict.fromkeys(names))
