"""evidence verify: whose means of verification a file is."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gealc_tui.cli import usage
from gealc_tui.cli.output import Exit, complain, say_json, say_line
from gealc_tui.i18n import t

if TYPE_CHECKING:
    from gealc_tui.replica import Replica


def verify(replica: Replica, args: Namespace) -> int:
    """A line a product; a file that is nobody's ends as what was not found does."""
    from gealc_tui.commands import evidence

    found = evidence.whose(replica, Path(args.file))
    if args.json:
        say_json([one._asdict() for one in found])
    elif not found:
        complain(t("El archivo {file} no es medio de verificación de ningún producto.", file=args.file))
    else:
        for one in found:
            say_line(f"{one.code} · {one.text}")
    return Exit.DONE if found else Exit.REFUSED


def add_arguments(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> None:
    """What stands behind `gealc evidence`."""
    group = parser.add_subparsers(
        title=t("comandos"), metavar=t("COMANDO"), dest="action", parser_class=usage.Parser, required=True
    )
    help = t("dice de qué producto es medio de verificación un archivo")
    one: usage.Parser = group.add_parser("verify", help=help, description=help, add_help=False)
    common(one)
    one.set_defaults(command=verify)
    one.add_argument("file", metavar=t("ARCHIVO"), help=t("el archivo, con cualquier nombre"))
    one.add_argument("--json", action="store_true", help=t("para programas"))
