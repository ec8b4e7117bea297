"""A few screens as pictures: whoever alters what they look like sees it.

`uv run pytest --snapshot-update` takes them anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gealc_tui import i18n, paths
from gealc_tui.commands import activities, notes, people
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.sync import identity
from gealc_tui.tui.app import GealcApp
from stories.conftest import KeysOf

THE_DAY = 1_560_859_200_000
"""18 June 2019, noon, UTC."""


@pytest.fixture
def replica(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
    home = paths.home(str(tmp_path / "home"))
    paths.settle(home)
    with Replica(home.database, home.keys, clock=lambda: THE_DAY, new_id=lambda: "nota") as replica:
        yield replica


def used(replica: Replica) -> Replica:
    people.introduce(replica, "Punto focal", "UY", "focal")
    activities.set_status(replica, "2019/3.1.1", Status.DONE)
    activities.set_status(replica, "2019/3.1.2", Status.IN_PROGRESS)
    notes.add_note(replica, "activity/2019/3.1.2", "Falta la sede [a definir].")
    replica.set_setting("last_activity", "2019/3.1.2")
    return replica


def test_the_plan_in_a_wide_window(replica: Replica, snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    assert snap_compare(GealcApp(used(replica), tmp_path), terminal_size=(120, 36))


def test_an_activity_in_a_narrow_light_window(
    replica: Replica, snap_compare: Callable[..., bool], tmp_path: Path
) -> None:
    used(replica).set_setting("theme", "gealc-light")
    assert snap_compare(GealcApp(replica, tmp_path), terminal_size=(80, 24), press=["right"])


def test_the_first_screen_of_all(replica: Replica, snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    assert snap_compare(GealcApp(replica, tmp_path), terminal_size=(80, 24))


@pytest.mark.parametrize(
    ("keys", "size", "theme", "language"),
    [
        ("m up f2 3 a", (120, 40), "gealc-light", "en"),
        ("m up f2 3 a", (80, 24), "gealc-dark", "es"),
        ("P", (120, 40), "gealc-dark", "es"),
        ("P", (60, 24), "gealc-light", "en"),
        ("f space", (80, 24), "gealc-light", "en"),
        ("x", (80, 24), "gealc-dark", "es"),
    ],
    ids=["meeting-wide", "meeting", "progress-wide", "progress-narrow", "filter", "exchange"],
)
def test_screens_in_two_languages_themes_and_three_sizes(
    replica: Replica,
    snap_compare: Callable[..., bool],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    keys: str,
    size: tuple[int, int],
    theme: str,
    language: str,
) -> None:
    monkeypatch.setattr(identity, "Ed25519PrivateKey", KeysOf("the same words"))
    i18n.use(language)
    used(replica).set_setting("theme", theme)
    assert snap_compare(GealcApp(replica, tmp_path), terminal_size=size, press=keys.split())
