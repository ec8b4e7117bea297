"""`gealc`: with a command the command line, without one the terminal application."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from gealc_tui import collector
from gealc_tui.cli.application import Application, Keys
from gealc_tui.cli.main import main as command_line
from gealc_tui.cli.output import require_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gealc_tui.paths import Home


def main() -> None:
    """The program, whose exit code is the process's."""
    sys.exit(command_line(app=Application(_terminal, _browser, _keys, _picture)))


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
    from gealc_tui.tui import keymap

    return Keys(*keymap.told(home.folder / keymap.FILE))


def _picture(home: Home, path: Path, size: tuple[int, int], keys: Sequence[str]) -> None:
    from gealc_tui.tui.picture import take

    take(home, path, size, keys)


if __name__ == "__main__":
    main()
