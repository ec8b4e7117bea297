"""Copies of the plan to tell stories with: their clock, their ids and their keys are the same each run."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gealc_tui import i18n, paths
from gealc_tui.commands import activities, exchange, notes, people
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.sync import identity
from gealc_tui.tui.app import GealcApp
from gealc_tui.tui.screens import plan
from gealc_tui.tui.widgets.lines import TellLine
from stories.window import WIDE, Window, opened

TODAY = 1_560_859_200_000
"""2019-06-18, noon, UTC: twelve days before the first half-year ends."""

MINUTE = 60_000
DAY = 24 * 60 * MINUTE


class Clock:
    """A clock that a story sets. It goes on by a millisecond when read: how often the screen asks is not seen."""

    def __init__(self, now: int = TODAY) -> None:
        self.now = now

    def __call__(self) -> int:
        self.now += 1
        return self.now


class KeysOf:
    """Stands for the class that makes private keys: makes the same ones for the same name."""

    from_private_bytes = staticmethod(Ed25519PrivateKey.from_private_bytes)

    def __init__(self, name: str) -> None:
        self._seeds = (hashlib.sha256(f"{name} {number}".encode()).digest() for number in count())

    def generate(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(next(self._seeds))


Copies = Callable[..., Replica]
Windows = Callable[..., AbstractAsyncContextManager[Window]]


@pytest.fixture(autouse=True)
def _nobodys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody's home is touched, every clock shows UTC, and another process is noticed at once."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GEALC_HOME", str(tmp_path / "unnamed"))
    for name in ("GEALC_DB", "GEALC_LANG", "GEALC_PLAN", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "UTC")
    _read_zone()
    i18n.use(i18n.SOURCE)
    monkeypatch.setattr(plan, "POLL_SECONDS", 0.05)
    yield
    monkeypatch.undo()
    _read_zone()


def _read_zone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def copy_of(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copies]:
    """`copy_of("Ana", "UY")`: her copy of the plan, in a home named like her; asked again, a second view of it.

    With `introduced=False` nobody has said yet who uses it.
    """
    made: list[Replica] = []
    numbers = count(1)

    def copy(name: str = "Ana", country: str = "UY", *, introduced: bool = True, folder: str = "") -> Replica:
        home = paths.home(str(tmp_path / (folder or name)))
        if not home.folder.exists():
            home.folder.mkdir(mode=0o700)
            shutil.copyfile(paths.bundled("data") / "gealc.db", home.database)
        replica = Replica(home.database, home.keys, clock=clock, new_id=lambda: f"{name.lower()}{next(numbers):04}")
        made.append(replica)
        if introduced and replica.id is None:
            with monkeypatch.context() as patch:
                patch.setattr(identity, "Ed25519PrivateKey", KeysOf(name))
                people.introduce(replica, name, country, "focal")
        return replica

    yield copy
    for replica in made:
        replica.close()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every message that comes up. None of them is ever read as markup: they hold what people wrote."""
    messages: list[str] = []
    notify = GealcApp.notify

    def remember(self: GealcApp, message: str, **options: Any) -> None:
        assert options.get("markup") is False, f"a message is read as markup: {message}"
        messages.append(message)
        notify(self, message, **options)

    say = TellLine.say

    def remember_line(self: TellLine, message: str, *, failed: bool = False) -> None:
        messages.append(message)
        say(self, message, failed=failed)

    monkeypatch.setattr(GealcApp, "notify", remember)
    monkeypatch.setattr(TellLine, "say", remember_line)
    return messages


@pytest.fixture
def window_on(told: list[str]) -> Windows:
    """`async with window_on(replica) as window`: the application, running on a copy."""

    def on(replica: Replica, size: tuple[int, int] = WIDE) -> AbstractAsyncContextManager[Window]:
        return opened(replica, size, told)

    return on


def file_of(sender: Replica) -> bytes:
    """The change file with all that a copy holds."""
    return exchange.export_text(sender, everything=True).encode()


@pytest.fixture
def in_difference(copy_of: Copies, clock: Clock) -> Replica:
    """Ana's copy: she says of 3.6.1 that it goes on, Eva from Peru that it is suspended; neither had seen the other's.

    They differ on the place of 3.9.1 too.
    """
    ana, eva = copy_of("Ana", "UY"), copy_of("Eva", "PE")
    clock.now += MINUTE
    activities.set_status(ana, "2019/3.6.1", Status.IN_PROGRESS, "El BID confirma consultor para abril.")
    activities.set_field(ana, "activity/2019/3.9.1", "place", "Montevideo")
    clock.now += DAY
    activities.set_status(eva, "2019/3.6.1", Status.ON_HOLD)
    activities.set_field(eva, "activity/2019/3.9.1", "place", "Lima")
    notes.add_note(eva, "activity/2019/3.6.1", "Sin respuesta de los países;\npropongo suspender.", official=False)
    ana.merge([("eva.json", file_of(eva))], accept=True)
    clock.now = TODAY + 2 * DAY
    return ana
