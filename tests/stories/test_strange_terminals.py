"""No terminal, one that is gone, one that types what is pasted."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import TextArea

from gealc_tui import paths
from gealc_tui.commands import people
from gealc_tui.replica import Replica
from gealc_tui.tui.bursts import AFTER, Burst

GEALC = [sys.executable, "-m", "gealc_tui"]
HERE = "2019/3.6.1"


# --- what is pasted, in a window ---------------------------------------------------------------------------------


async def test_a_burst_where_nobody_writes_does_nothing_and_is_said(copy_of, window_on):
    ana = copy_of("Ana", "UY")
    async with window_on(ana) as window:
        await window.go_to(HERE)
        for burst in (Burst("3) Talleres", entered=False), Burst("3nuevo", entered=True)):
            window.app.post_message(burst)
            await window.settle()
            assert "no se hizo nada" in window.last
            assert (window.screen, window.focus) == ("PlanScreen", "tree")
        await window.paste("3) Talleres")
        assert "no se hizo nada" in window.last
        assert ana.read.activity(HERE, ana.today).row.status == "pending"


async def test_a_burst_where_somebody_writes_is_text(copy_of, window_on):
    ana = copy_of("Ana", "UY")
    async with window_on(ana) as window:
        await window.go_to(HERE)
        await window.press("n")
        window.app.post_message(Burst("3) Talleres:\n\tcumplido\n", entered=False))
        await window.settle()
        assert ana.draft(f"activity/{HERE}") == "3) Talleres:\n\tcumplido\n"
        await window.press("escape", "g")
        window.app.post_message(Burst("3.1.1", entered=True))
        await window.settle()
        assert window.cursor == "2019/3.1.1"


async def test_a_key_that_saves_waits_for_what_was_pasted_just_before(copy_of, window_on):
    ana = copy_of("Ana", "UY")
    async with window_on(ana) as window:
        await window.go_to(HERE)
        await window.press("n")
        await window.type("Primera parte.")
        window.app.post_message(Burst(" Segunda parte.", entered=False))
        window.app.post_message(Key("f2", None))
        await window.settle()
        assert [note.text for note in ana.read.activity(HERE, ana.today).notes] == ["Primera parte. Segunda parte."]


async def test_lines_that_are_typed_by_a_terminal_do_not_finish_one_another_at_a_meeting(copy_of, window_on):
    from gealc_tui.commands import meetings

    ana = copy_of("Ana", "UY")
    meeting = meetings.begin(ana, body="working_group", area="3.5")
    async with window_on(ana) as window:
        await window.press("m")
        await window.press("a")
        window.app.post_message(Burst("Uno @cl 15/08\nDos @pe 30/06\n", entered=False))
        await window.settle()
        assert window.find("#line", TextArea).text == "Uno @cl 15/08\nDos @pe 30/06\n"
        assert meetings.items(ana, meeting) == ()


# --- no terminal -------------------------------------------------------------------------------------------------


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("GEALC_DB", "COLUMNS", "LINES")}
    return {**kept, "GEALC_HOME": str(home), "TERM": "xterm-256color", **more}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "Esto necesita una terminal; vea gealc --help."),
        ("en", "This needs a terminal; see gealc --help."),
        ("pt", "Isto precisa de um terminal; veja gealc --help."),
        ("fr", "Il faut un terminal\u00a0; voir gealc --help."),
    ],
)
def test_without_a_terminal_it_says_so_at_once(tmp_path, language, said):
    done = subprocess.run(
        [*GEALC, "--lang", language],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path / "nueva"),
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (2, "", said)
    assert not (tmp_path / "nueva").exists()


if sys.platform != "win32":
    import fcntl
    import pty
    import struct
    import termios

    def in_a_terminal(home: Path, *, hears_hangup: bool, stdout: int | None = None) -> tuple[int, int]:
        """The program in a terminal of its own: its process, and our end of the terminal."""
        process, terminal = pty.fork()
        if process == 0:
            if not hears_hangup:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
            if stdout is not None:
                os.dup2(stdout, 1)
            os.execve(sys.executable, GEALC, environment(home))
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        return process, terminal

    def shows(terminal: int, words: str, seconds: float = 60.0) -> None:
        """Reads what the program draws until the words are among it."""
        seen, end = b"", time.monotonic() + seconds
        while words.encode() not in seen:
            assert time.monotonic() < end, seen[-2000:]
            if select.select([terminal], [], [], 0.1)[0]:
                seen += os.read(terminal, 65536)

    def ended(process: int, seconds: float = 30.0) -> int:
        """How a process ended; it is killed if it does not."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found, status = os.waitpid(process, os.WNOHANG)
            if found:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        raise AssertionError("it did not end")

    @pytest.fixture
    def home(tmp_path: Path) -> paths.Home:
        found = paths.home(str(tmp_path / "ana"))
        paths.settle(found)
        with Replica(found.database, found.keys) as replica:
            people.introduce(replica, "Ana", "UY", "focal")
            replica.set_setting("last_activity", HERE)
        return found

    @pytest.mark.parametrize("hears_hangup", [True, False])
    def test_when_the_terminal_is_gone_it_ends_and_what_was_typed_is_there(home, hears_hangup):
        process, terminal = in_a_terminal(home.folder, hears_hangup=hears_hangup)
        shows(terminal, "Uruguay")
        os.write(terminal, b"n")
        shows(terminal, "Nota oficial")
        for letter in "Sin respuesta":
            os.write(terminal, letter.encode())
            time.sleep(0.02)
        shows(terminal, "respuesta")
        os.close(terminal)
        # On a busy machine the look at the terminal may be quicker than the signal; both say the same.
        assert ended(process) in ((-signal.SIGHUP, 129) if hears_hangup else (129,))
        with Replica(home.database, home.keys) as replica:
            assert replica.draft(f"activity/{HERE}") == "Sin respuesta"

    def test_into_a_pipe_nothing_is_drawn(home):
        ours, theirs = os.pipe()
        process, terminal = in_a_terminal(home.folder, hears_hangup=True, stdout=theirs)
        os.close(theirs)
        shows(terminal, "Esto necesita una terminal")
        assert ended(process) == 2
        assert os.read(ours, 100) == b""
        os.close(ours)
        os.close(terminal)

    def test_what_a_terminal_types_by_itself_completes_no_activity(home):
        process, terminal = in_a_terminal(home.folder, hears_hangup=True)
        shows(terminal, "Uruguay")
        os.write(terminal, b"3) Talleres de la Red, nuevos\r")
        shows(terminal, "no se hizo nada")
        # What comes at once behind a burst belongs to it.
        time.sleep(2 * AFTER)
        os.write(terminal, b"n")
        shows(terminal, "Nota oficial")
        os.write(terminal, b"3) Talleres:\r- uno\r")
        shows(terminal, "uno")
        with Replica(home.database, home.keys) as replica:
            assert replica.read.activity(HERE, replica.today).row.status == "pending"
            assert replica.draft(f"activity/{HERE}") == "3) Talleres:\n- uno\n"
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
