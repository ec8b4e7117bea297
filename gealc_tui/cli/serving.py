"""`gealc serve`: the application in a browser of this machine, and of no other."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from gealc_tui import errors
from gealc_tui.i18n import t

if TYPE_CHECKING:
    from gealc_tui.cli.application import Application
    from gealc_tui.paths import Home

PORT = "8019"

_HERE = {None, "localhost", "127.0.0.1"}


def fault(args: Namespace) -> str | None:
    """What is wrong with the arguments, if anything."""
    if not (args.port.isascii() and args.port.isdigit() and 0 < int(args.port) < 65536):
        return t("el puerto es un número de 1 a 65535")
    return None


def serve(home: Home, args: Namespace) -> int:
    """Serves until Ctrl-C. Raises BeyondThisMachine, BrowserMissing and PortTaken."""
    if args.host not in _HERE:
        # There is no password: whoever reaches the page writes in this person's name.
        raise errors.BeyondThisMachine(host=args.host)
    app: Application = args.app
    return app.browser(home, int(args.port))
