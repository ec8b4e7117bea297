"""The command that makes change files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gealc_tui.cli.output import Exit, complain, finish, say_path, write_bytes
from gealc_tui.i18n import t, tn

if TYPE_CHECKING:
    from gealc_tui.replica import Replica


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
        return t("Contiene todo: todavía no se aceptó a nadie que haya dicho lo que tiene.")
    return tn(
        "Contiene sólo lo que {n} persona no confirmó tener. Para alguien nuevo: gealc export --all",
        "Contiene sólo lo que alguna de {n} personas no confirmó tener. Para alguien nuevo: gealc export --all",
        recipients,
    )
