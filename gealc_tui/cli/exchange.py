"""The command that makes change files."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gealc_tui.cli.output import Exit, complain, finish, say_path, write_bytes
from gealc_tui.i18n import t, tn

if TYPE_CHECKING:
    from gealc_tui.replica import Replica


def fault(args: Namespace) -> str | None:
    """What is wrong with the arguments, if anything."""
    if args.output == "-" and args.form == "zip" and sys.platform == "win32":
        # PowerShell makes text of what goes through a pipe or `>`, and half of an archive is lost.
        return t("en Windows un .{form} no sale entero por la salida: dé un nombre con -o ARCHIVO", form=args.form)
    return None


def export(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import exchange

    parcel = exchange.prepare(
        replica,
        exchange.Form(args.form),
        recipients=args.recipients,
        everything=args.everything,
        request=args.request,
    )
    if args.output == "-":
        write_bytes(parcel.data)
        # Sent is what has left: a full disk or a closed pipe shows now.
        finish()
        exchange.sent(replica, parcel)
    else:
        say_path(exchange.write(replica, parcel, Path(args.output) if args.output else None))
    if not args.request and not args.everything:
        complain(_what_it_holds(len(parcel.recipients)))
    for remark in exchange.remarks(parcel):
        complain(remark)
    return Exit.DONE


def _what_it_holds(recipients: int) -> str:
    if not recipients:
        return t("Contiene todo: ninguna persona confirmada dijo todavía lo que tiene.")
    return tn(
        "Contiene sólo lo que {n} persona no confirmó tener. Para alguien nuevo: gealc export --all",
        "Contiene sólo lo que alguna de {n} personas no confirmó tener. Para alguien nuevo: gealc export --all",
        recipients,
    )
