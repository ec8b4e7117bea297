"""`gealc`: with a command the command line, without one the terminal application."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from gealc_tui import collector, i18n
from gealc_tui.cli import net, speaking
from gealc_tui.cli.output import require_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gealc_tui.cli.application import Keys
    from gealc_tui.paths import Home


def main() -> None:
    """The program, whose exit code is the process's."""
    # Who only opens the window does not wait until sixty commands are described.
    is_bare = len(sys.argv) == 1 and "_ARGCOMPLETE" not in os.environ
    sys.exit(net.ended(_open) if is_bare else _command())


def _open() -> int:
    """The same as a command line without arguments."""
    from gealc_tui import paths

    i18n.use(speaking.language_for(()))
    return net.answered(lambda: _terminal(paths.home()), lambda: paths.home().database)


def _command() -> int:
    from gealc_tui.cli.application import Application
    from gealc_tui.cli.main import main as command_line

    return command_line(app=Application(_terminal, _browser, _keys, _picture))


def _terminal(home: Home) -> int:
    require_terminal()
    collector.await_settling()
    # The command line never waits for textual.
    from gealc_tui.tui.app import run

    return run(home)


def _browser(home: Home, port: int) -> int:
    from gealc_tui.tui.serving import serve

    return serve(home, port)


def _keys(home: Home) -> Keys:
    from gealc_tui.cli.application import Keys
    from gealc_tui.tui import keymap

    return Keys(*keymap.told(home.folder / keymap.FILE))


def _picture(home: Home, path: Path, size: tuple[int, int], keys: Sequence[str]) -> None:
    from gealc_tui.tui.picture import take

    take(home, path, size, keys)


if __name__ == "__main__":
    main()
