"""What nobody foresaw ends the window with a sentence: no traceback, nothing of what was on the screen, exit code 1."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from gealc_tui import crash, errors, i18n
from gealc_tui.commands import notes
from gealc_tui.tui.screens.plan import PlanScreen

HERE = "activity/2019/3.1.1"
SECRET = "palabras que nadie más debe leer"


class FaultOfOurs(Exception):
    """Stands for a mistake in the program."""


def fails(screen: PlanScreen) -> None:
    held = SECRET
    raise FaultOfOurs(held)


def left(capsys: pytest.CaptureFixture[str]) -> str:
    """What a window leaves on the terminal when it is gone, as one line."""
    return " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "El programa falló"), ("en", "The program failed"), ("pt", "O programa falhou"), ("fr", "Le programme a")],
)
async def test_a_fault_of_the_program_leaves_a_sentence_and_a_private_report(
    copy_of, window_on, monkeypatch, capsys, language, words
):
    monkeypatch.setattr(PlanScreen, "action_history", fails)
    ana = copy_of("Ana")
    i18n.use(language)
    with pytest.raises(FaultOfOurs):
        async with window_on(ana) as window:
            await window.press("h")
    said, report = left(capsys), ana.path.parent / crash.REPORT
    assert window.app.return_code == 1
    assert said.startswith(words)
    assert str(report) in said.replace(" ", "")
    assert SECRET not in said
    written = report.read_text(encoding="utf-8")
    assert "FaultOfOurs" in written
    assert SECRET not in written
    assert "\n".join(("raise FaultOfOurs(held)", "FaultOfOurs")) in written
    if os.name == "posix":
        assert report.stat().st_mode & 0o777 == 0o600


async def test_a_program_that_was_replaced_while_it_ran_says_so(copy_of, window_on, monkeypatch, capsys):
    monkeypatch.setattr(PlanScreen, "action_history", fails)
    monkeypatch.setattr(crash, "_AT_START", (0, 0, 0))
    ana = copy_of("Ana")
    with pytest.raises(FaultOfOurs):
        async with window_on(ana) as window:
            await window.press("h")
    assert "se actualizó" in left(capsys)
    assert not (ana.path.parent / crash.REPORT).exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE activities SET status = 'terminada'",
        "UPDATE activities SET due = '31/12/2019'",
        "UPDATE activities SET title = NULL",
    ],
)
async def test_a_database_that_another_program_changed_is_told_with_what_heals_it(copy_of, window_on, capsys, sql):
    ana = copy_of("Ana")
    notes.add_note(ana, HERE, SECRET)
    # Textual's own pilot passes on what our net has told.
    with suppress(AttributeError, TypeError, errors.DatabaseAltered):
        async with window_on(ana) as window:
            with closing(sqlite3.connect(ana.path)) as db:
                db.execute(sql)
                db.commit()
            await window.press("down", "down", "down", "o")
            await window.settle()
    told = "\n".join([left(capsys), *window.told])
    assert "gealc rebuild" in told
    assert SECRET not in told


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_the_terminal_is_as_it_was_and_nothing_of_the_plan_stands_in_it(tmp_path: Path):
    script = tmp_path / "falla.py"
    script.write_text(
        "from gealc_tui.tui.screens.plan import PlanScreen\n"
        "def fails(screen):\n"
        f"    held = {SECRET!r}\n"
        "    raise RuntimeError(held)\n"
        "PlanScreen.action_history = fails\n"
        "from gealc_tui.__main__ import main\n"
        "main()\n"
    )
    socket = f"gealc-crash-{os.getpid()}"
    tmux = ["tmux", "-L", socket]
    environment = {**os.environ, "GEALC_HOME": str(tmp_path / "home"), "TERM": "xterm-256color", "GEALC_LANG": "es"}
    # The shell stays, and says the exit code where the window was.
    command = f'{sys.executable} {script}; printf "codigo=%s\\n" $?; sleep 600'
    subprocess.run(
        [*tmux, "new-session", "-d", "-x", "100", "-y", "30", "sh", "-c", command], env=environment, check=True
    )
    try:
        _await(tmux, "Nombre")
        for key in ("Escape", "Escape", "h"):
            subprocess.run([*tmux, "send-keys", key], check=True)
            time.sleep(0.5)
        screen = _await(tmux, "codigo=")
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    assert "codigo=1" in screen
    assert "El programa falló" in screen
    assert "fallo.txt" in screen.replace("\n", "")
    for word in (SECRET, "Traceback", "locals", "self", "Taller"):
        assert word not in screen


def _await(tmux: list[str], words: str, patience: float = 40.0) -> str:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        screen = subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, text=True, encoding="utf-8").stdout
        if words in screen:
            return screen
        time.sleep(0.2)
    raise AssertionError(screen)
