"""The command that makes change files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gealc_tui.cli.output import Exit, complain, finish, say, write_bytes

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
        say(str(exchange.write(replica, parcel, Path(args.output) if args.output else None)))
    for remark in exchange.remarks(parcel):
        complain(remark)
    return Exit.DONE
