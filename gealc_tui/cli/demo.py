"""`gealc demo`: a plan with half a year of life in it, in a folder of its own that goes away at the end."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gealc_tui.cli.output import Exit, say
from gealc_tui.i18n import t
from gealc_tui.shell_words import word

if TYPE_CHECKING:
    from gealc_tui.cli.application import Application
    from gealc_tui.paths import Home


def show(_: Home, args: Namespace) -> int:
    """Opens a demonstration; with `--keep` makes one that stays. The person's own home is not looked at."""
    from gealc_tui import paths
    from gealc_tui.commands import demo

    if args.keep is not None:
        folder = paths.expanded(args.keep)
        demo.make(folder)
        say(t("La demostración está en {path}. Nada de ella es real; para borrarla, borre la carpeta.", path=folder))
        say(t("Se abre con: gealc --home {path}", path=word(folder)))
        return Exit.DONE
    app: Application = args.app
    # What cannot be deleted at the end (an antivirus looks at it) is the system's to clear away.
    with tempfile.TemporaryDirectory(prefix="gealc-demo-", ignore_cleanup_errors=True) as folder_name:
        return app.terminal(demo.make(Path(folder_name)))
