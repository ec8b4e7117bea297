"""A bad week in a real terminal (tmux): the clock is wrong, the window is killed, the folder is a cloud's, the changes
come in an Outlook message whose path is dropped on the window, one meeting is moved and another is not held.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from sync import compound

from gealc_tui import paths
from gealc_tui.commands import activities, meetings, people
from gealc_tui.domain.vocabulary import MeetingState, Status
from gealc_tui.replica import Replica
from stories.conftest import file_of
from stories.test_in_a_real_terminal import Terminal, until

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

AHEAD = timedelta(days=3 * 366)

WRONG_CLOCK = f"""
import time
_right, _right_ns = time.time, time.time_ns
time.time = lambda: _right() + {AHEAD.total_seconds()}
time.time_ns = lambda: _right_ns() + {int(AHEAD.total_seconds())} * 10**9
"""
"""What Python reads at its start on a machine whose clock is three years ahead (`sitecustomize`)."""


@pytest.fixture
def home(tmp_path: Path) -> paths.Home:
    """Ana's copy, in a folder of OneDrive: two meetings are held, and the next of each is fixed."""
    home = paths.home(str(tmp_path / "OneDrive - Ministerio" / "gealc"))
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        people.introduce(replica, "Ana", "UY", "focal")
        for area, day in (("2019/3.5", "+20"), ("2019/3.6", "+30")):
            held = meetings.begin(replica, body="working_group", area=area, countries=["CL"])
            meetings.close(replica, held)
            meetings.plan_next(replica, held, day=day, hour="10", city="Quito")
        replica.set_setting("last_activity", "2019/3.1.1")
    return home


@pytest.fixture
def eva(tmp_path: Path) -> Iterator[Replica]:
    """Eva from Peru, who has done 3.2.1."""
    home = paths.home(str(tmp_path / "eva"))
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        people.introduce(replica, "Eva", "PE", "focal")
        activities.set_status(replica, "2019/3.2.1", Status.DONE, "Publicada.")
        yield replica


@pytest.fixture
def window(home: paths.Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Terminal]]:
    """Opens windows, one after the other; `elsewhere` is a folder in which Python looks first."""
    opened: list[Terminal] = []

    def open_one(elsewhere: Path | None = None) -> Terminal:
        with monkeypatch.context() as patch:
            if elsewhere is not None:
                patch.setenv("PYTHONPATH", str(elsewhere))
            opened.append(Terminal(home.folder, f"gealc-week-{os.getpid()}-{len(opened)}"))
        until(lambda: "Taller regional" in opened[-1].screen(), "the plan is on the screen")
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def told(terminal: Terminal) -> str:
    """What the window tells in its corner."""
    lines = (line.partition("▌")[2].rstrip("│╯▁▅ ") for line in terminal.screen().splitlines())
    return " ".join(" ".join(lines).split())


def kill(terminal: Terminal) -> None:
    os.kill(terminal.pid(), signal.SIGKILL)


def drop(terminal: Terminal, path: Path) -> None:
    """What terminals type when a file is dropped on them: its path in quotes, as a paste."""
    terminal.paste(f"'{path}'")


def planned(replica: Replica, area: str) -> str:
    (found,) = (one.id for one in meetings.meetings(replica) if one.area == area and one.state is MeetingState.PLANNED)
    return found


def test_a_bad_week_loses_nothing(
    home: paths.Home, eva: Replica, window: Callable[..., Terminal], tmp_path: Path
) -> None:
    # Monday: the battery of the laptop was empty, and its clock stands three years ahead.
    (wrong := tmp_path / "wrong").mkdir()
    (wrong / "sitecustomize.py").write_text(WRONG_CLOCK, "utf-8")
    monday = window(wrong)
    until(lambda: "El reloj de esta computadora está muy adelantado" in told(monday), "the clock is doubted")
    until(lambda: "OneDrive" in told(monday), "the folder is named")
    monday.press("3")
    until(lambda: "Cumplida · u deshace" in monday.screen(), "it is written all the same")
    kill(monday)

    # Tuesday: the clock is right. The window is killed while a note is written.
    tuesday = window()
    tuesday.press("n")
    until(lambda: "Nota oficial" in tuesday.screen(), "the note is open")
    tuesday.write("Falta la respuesta de ")
    until(lambda: "respuesta de" in tuesday.screen(), "the words are on the screen")
    kill(tuesday)

    # Wednesday: the note goes on where it stopped, and Eva's changes come in a message that Outlook saved.
    wednesday = window()
    until(lambda: "a medio escribir en 3.1.1" in told(wednesday), "what is half written is told")
    wednesday.press("n")
    until(lambda: "Falta la respuesta de" in wednesday.screen(), "the half sentence is there")
    wednesday.write("Perú")
    until(lambda: "respuesta de Perú" in wednesday.screen(), "it goes on")
    wednesday.press("F2")
    until(lambda: "u deshace" in wednesday.screen(), "it is saved")
    (mail := tmp_path / "Mis correos").mkdir()
    message = mail / "RE cambios (1).msg"
    message.write_bytes(
        compound.saved(compound.message("Ana, van los cambios.", attached={"cambios-PE.json": file_of(eva)}))
    )
    wednesday.press("x")
    until(lambda: "Intercambio" in wednesday.screen(), "the exchange is on the screen")
    wednesday.press("r")
    until(lambda: "Mirar no" in wednesday.screen(), "a file is asked for")
    drop(wednesday, message)
    until(lambda: "Mis correos/RE" in wednesday.screen(), "its path is in the line")
    wednesday.press("Enter")
    until(lambda: "Eva" in wednesday.screen(), "whose changes they are is shown")
    wednesday.press("F3")
    until(lambda: status(wednesday, "3.2.1") == "done", "they are in")
    kill(wednesday)

    # Thursday: one meeting is moved, the other will not be held.
    thursday = window()
    with Replica(home.database, home.keys) as replica:
        moved, cancelled = planned(replica, "2019/3.5"), planned(replica, "2019/3.6")
    held = json.loads(thursday.gealc("meeting", "list", "--json"))
    after = next(one["id"] for one in held if one["area"] == "2019/3.5" and one["state"] == "closed")
    fixed = [event_after(thursday, after, tmp_path / "fixed")]
    thursday.gealc("meeting", "next", "+25", "--after", after)
    fixed.append(event_after(thursday, after, tmp_path / "moved"))
    assert fixed[0]["UID"] == fixed[1]["UID"]
    assert fixed[0]["SEQUENCE"] < fixed[1]["SEQUENCE"]
    assert fixed[0].start < fixed[1].start
    thursday.press("m")
    until(lambda: "Orden del día" in thursday.screen(), "the form is filled")
    thursday.press("Home")
    until(lambda: "Orden del día: 7" in thursday.screen(), "the first one is shown, with its agenda")
    assert "Grupo 3.5" in line_with(thursday, "Prevista")
    thursday.press("Down")
    until(lambda: "Orden del día: 7" not in thursday.screen(), "the second one is shown")
    thursday.press("F6")
    until(lambda: "¿Cancelar la reunión" in thursday.screen(), "it asks first")
    plain = line_with(thursday, "Sí:", colours=True)
    thursday.press("Down")
    until(lambda: line_with(thursday, "Sí:", colours=True) != plain, "the answer is chosen")
    thursday.press("Enter")
    until(lambda: "Reunión cancelada. Envíe" in told(thursday), "it is cancelled, and the notice to send is named")
    assert states(home)[cancelled] is MeetingState.CANCELLED
    kill(thursday)

    # Friday: everything is there, on both copies alike.
    assert states(home)[moved] is MeetingState.PLANNED
    (notice,) = Path(os.environ["GEALC_DOCUMENTS"]).glob("*-cancelada.ics")
    assert icalendar.Calendar.from_ical(notice.read_bytes())["METHOD"] == "CANCEL"
    with Replica(home.database, home.keys) as ana:
        assert not eva.merge([("ana.json", file_of(ana))], accept=True).refused
        assert ana.fingerprint() == eva.fingerprint()
        notes = [note.text for note in eva.read.activity("2019/3.1.1", eva.today).notes]
        assert notes == ["Falta la respuesta de Perú"]
        assert eva.read.activity("2019/3.1.1", eva.today).row.status is Status.DONE
        (done,) = (
            change
            for change in eva.read.history(["activity/2019/3.1.1"])
            if any(edit.field == "status" and edit.after == "done" for edit in change.edits)
        )
        assert done.is_doubtful, "nobody takes Monday's clock at its word"
    with sqlite3.connect(home.database) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    subprocess.run(
        [sys.executable, "-m", "gealc_tui", "--home", str(home.folder), "verify"], check=True, capture_output=True
    )


def status(terminal: Terminal, code: str) -> str:
    return str(json.loads(terminal.gealc("show", code, "--json"))["status"])


def line_with(terminal: Terminal, text: str, *, colours: bool = False) -> str:
    return next((line for line in terminal.screen(colours=colours).splitlines() if text in line), "")


def event_after(terminal: Terminal, meeting: str, folder: Path) -> icalendar.Event:
    """The next meeting, as a meeting's files give it to calendars."""
    terminal.gealc("meeting", "acta", meeting, "-o", str(folder))
    (calendar,) = folder.glob("*.ics")
    (event,) = icalendar.Calendar.from_ical(calendar.read_bytes()).events
    return event


def states(home: paths.Home) -> dict[str, MeetingState]:
    with Replica(home.database, home.keys) as replica:
        return {one.id: one.state for one in meetings.meetings(replica)}
