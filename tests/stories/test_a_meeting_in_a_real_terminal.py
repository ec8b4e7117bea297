"""A meeting in a real terminal (tmux): killed in mid-sentence, it opens where it stopped, the half sentence there."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from gealc_tui import paths
from gealc_tui.commands import meetings, people
from gealc_tui.replica import Replica
from stories.test_in_a_real_terminal import Terminal, until

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@pytest.fixture
def home(tmp_path: Path) -> paths.Home:
    home = paths.home(str(tmp_path / "home"))
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        people.introduce(replica, "Ana", "UY", "focal")
        meetings.begin(replica, body="working_group", area="2019/3.5", countries=["CL"], order="area")
    return home


@pytest.fixture
def terminals(home: paths.Home, tmp_path: Path) -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def another(terminals: list[Terminal], home: paths.Home) -> Terminal:
    terminals.append(Terminal(home.folder, f"gealc-meeting-{os.getpid()}-{len(terminals)}"))
    return terminals[-1]


def test_a_kill_in_mid_sentence_loses_neither_the_place_nor_a_letter(
    terminals: list[Terminal], home: paths.Home
) -> None:
    first = another(terminals, home)
    until(lambda: "m reunión" in first.screen(), "the plan is on the screen")
    first.press("m")
    until(lambda: "1 de 7" in first.screen(), "the meeting is on the screen")
    first.write("j2a")
    until(lambda: "Acuerdo" in first.screen(), "the line is open")
    first.write("Enviar el formulario @cl 15/")
    until(lambda: "formulario @cl 15/" in first.screen(), "the words are on the screen")
    os.kill(first.pid(), signal.SIGKILL)

    second = another(terminals, home)
    until(lambda: "formulario @cl 15/" in second.screen(), "the half sentence is in the line again")
    assert "2 de 7" in second.screen()
    assert "≈ En curso" in second.screen()
    second.write("12")
    until(lambda: "15 de diciembre" in second.screen(), "what is typed on is understood")
    second.press("Enter")
    until(lambda: "compromiso: Chile" in second.screen(), "it is written down")
    with Replica(home.database, home.keys) as replica:
        (item,) = meetings.items(replica, meetings.meetings(replica)[0].id)
        assert (item.text, item.country) == ("Enviar el formulario", "CL")
