"""A plan with half a year of life in it, to try everything on: nobody's real copy is touched.

The copies of several people are made in a temporary folder, each writes what `demo_story` tells by the real commands,
and their signed files travel between them, or are lost. What is left is the copy of one of them: with a difference,
with changes that are missing and who has them, with a stranger who waits, and with changes that nobody was sent.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from gealc_tui import errors, paths
from gealc_tui.authoring import DEMO_DAY
from gealc_tui.commands import activities, demo_story, exchange, meetings, notes, people
from gealc_tui.commands.demo_story import ACTORS, OWN, STRANGER, Event, Held
from gealc_tui.commands.reasons import Why
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica

TODAY = "2019-06-18"
"""The day on which a demonstration takes place."""

_YEAR = "2019"
_AT_FIRST = "2019/3.6.1"
"""Where the cursor is when a demonstration is first opened: on the difference."""


def make(folder: Path) -> paths.Home:
    """Makes a demonstration in an empty or new folder. Raises FolderNotEmpty and FileUnwritable."""
    try:
        if folder.exists() and any(folder.iterdir()):
            raise errors.FolderNotEmpty(path=str(folder))
    except OSError as error:
        raise errors.FileUnwritable(path=str(folder), reason=errors.reason_of(error)) from error
    with tempfile.TemporaryDirectory(prefix="gealc-") as elsewhere:
        own = paths.home(str(Path(elsewhere) / "own"), str(Path(elsewhere) / "own" / "gealc.db"))
        with ExitStack() as stack:
            _Telling(own, Path(elsewhere), stack).tell()
        # Whole or not at all: half a demonstration would be taken for one.
        try:
            shutil.copytree(own.folder, folder, dirs_exist_ok=True)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise errors.FileUnwritable(path=str(folder), reason=errors.reason_of(error)) from error
    return paths.home(str(folder), str(folder / "gealc.db"))


class _Clock:
    """Stands where the story puts it; a second passes whenever somebody looks."""

    def __init__(self) -> None:
        self.now = _at("2018-12-10 09:00")

    def __call__(self) -> int:
        self.now += 1_000
        return self.now


def _at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


class _Telling:
    """The people of the story, each with a copy of their own."""

    def __init__(self, own: paths.Home, others: Path, stack: ExitStack) -> None:
        self._clock = _Clock()
        self._copies: dict[str, Replica] = {}
        for code, actor in ACTORS.items():
            home = own if code == OWN else paths.home(str(others / code), str(others / code / "gealc.db"))
            paths.settle(home)
            copy = stack.enter_context(Replica(home.database, home.keys, clock=self._clock))
            people.introduce(copy, actor.name, actor.country, actor.role, actor.email)
            self._copies[code] = copy

    def tell(self) -> None:
        uruguay, chile, brazil = (self._copies[code] for code in (OWN, "CL", "BR"))
        self._happen(demo_story.BEFORE_THE_FIRST_MAIL)
        self._round("2019-03-01 10:00", ("PE", "CL", "BR", OWN))
        # What Peru writes from here on is written without what the others wrote in March and April.
        self._happen((*demo_story.BEFORE_THE_SECOND_MAIL, *demo_story.PERU_ALONE))
        self._meet(demo_story.MEETING)
        self._round("2019-05-20 09:00", ("CL", "BR", OWN))
        self._happen(demo_story.LOST)
        self._send("2019-05-29 09:00", brazil, chile)
        self._send("2019-05-30 12:00", chile, brazil)
        self._happen((*demo_story.SECRETARIAT_IN_JUNE, *demo_story.AFTER_WHAT_WAS_LOST))
        self._send("2019-06-07 10:30", self._copies["ST"], uruguay)
        self._send("2019-06-10 11:00", self._copies["PE"], uruguay)
        # Made for Chile, which had the earlier ones; and sent to all.
        self._send("2019-06-10 15:00", brazil, uruguay, recipients=[chile.id or ""])
        self._happen(demo_story.SENT)
        uruguay.mark_sent()
        self._happen(demo_story.FROM_A_STRANGER)
        self._send("2019-06-14 08:50", self._copies[STRANGER], uruguay, accept=False)
        self._clock.now = _at("2019-06-14 11:00")
        uruguay.merge([("pedido-CL-20190614.json", exchange.request_text(chile).encode())])
        self._happen(demo_story.NOT_SENT)
        uruguay.set_setting("last_activity", _AT_FIRST)
        uruguay.set_setting(DEMO_DAY, TODAY)

    def _happen(self, events: Sequence[Event]) -> None:
        for event in sorted(events, key=lambda one: one.at):
            self._clock.now = _at(event.at)
            _do(self._copies[event.who], event)

    def _meet(self, held: Held) -> None:
        """A meeting is held by whoever takes its minutes, and the next one is fixed."""
        copy = self._copies[held.who]
        self._clock.now = _at(held.at)
        meeting = meetings.begin(
            copy, body="working_group", area=held.area, hour=held.hour, city=held.city, countries=held.countries
        )
        self._happen(held.events)
        for at, ref, text in held.agreed:
            self._clock.now = _at(at)
            meetings.agree(copy, meeting, f"{_YEAR}/{ref}" if ref else None, text)
        self._clock.now = _at(held.until)
        meetings.close(copy, meeting)
        day, hour = held.following
        meetings.plan_next(copy, meeting, day=day, hour=hour)

    def _round(self, at: str, others: Sequence[str]) -> None:
        """Everybody sends to the Secretariat, and it to everybody."""
        self._clock.now = _at(at)
        secretariat = self._copies["ST"]
        secretariat.merge([_file(self._copies[one]) for one in others], accept=True)
        sent = _file(secretariat)
        for one in others:
            self._copies[one].merge([sent], accept=True)

    def _send(
        self, at: str, sender: Replica, to: Replica, *, recipients: Sequence[str] = (), accept: bool = True
    ) -> None:
        self._clock.now = _at(at)
        to.merge([_file(sender, recipients)], accept=accept)


def _file(sender: Replica, recipients: Sequence[str] = ()) -> tuple[str, bytes]:
    text = exchange.export_text(sender, recipients=recipients, everything=not recipients)
    return f"{exchange.file_stem(sender)}.json", text.encode("ascii")


def _do(copy: Replica, event: Event) -> None:
    id = f"{_YEAR}/{event.ref}"
    if event.status:
        activities.set_status(copy, id, Status(event.status), event.note or None)
    elif event.field:
        kind = "product" if "/" in event.ref else "activity"
        activities.set_field(copy, f"{kind}/{id}", event.field, event.value, Why(event.why, proposes=event.proposes))
    else:
        kind = "activity" if event.ref.count(".") > 1 else "area"
        notes.add_note(copy, f"{kind}/{id}", event.note, official=event.official)
