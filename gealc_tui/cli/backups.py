"""The dated copies of the database: backups, backup, restore."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gealc_tui import errors
from gealc_tui.cli.merging import say_report
from gealc_tui.cli.output import Cell, Exit, Row, say, say_json, say_path
from gealc_tui.cli.phrases import moment_phrase
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import backup_label
from gealc_tui.i18n.sentences import shorten
from gealc_tui.shell_words import word

if TYPE_CHECKING:
    from gealc_tui.commands.backups import Listed
    from gealc_tui.paths import Home
    from gealc_tui.replica import Replica


def list_backups(home: Home, args: Namespace) -> int:
    from gealc_tui.commands import backups

    found = backups.listed(home)
    if args.json:
        say_json([_facts(one) for one in found])
    elif _say_list(found):
        say(t("Están en {folder}. Con gealc restore NÚMERO se pone una en el lugar de la base.", folder=home.backups))
    return Exit.DONE


def make(home: Home, args: Namespace) -> int:
    from gealc_tui.commands import backups

    say_path(backups.make(home))
    return Exit.DONE


def restore(home: Home, args: Namespace) -> int:
    """Without a choice it shows what there is to choose."""
    from gealc_tui.commands import backups

    if args.choice is None:
        return _ask(home)
    done = backups.restore(home, args.choice)
    say(t("Se restauró la copia {name}.", name=done.path.name))
    if done.before is None:
        return Exit.DONE
    if done.is_damaged:
        say(t("La base que estaba no se podía leer; quedó como se encontró en {path}.", path=done.before))
        return Exit.DONE
    say(t("La base que estaba quedó entre las copias: {name}.", name=done.before.name))
    say(
        t(
            "Lo que se escribió después de la copia restaurada está allí; para sumarlo: gealc restore --merge {name}",
            name=word(done.before.stem),
        )
    )
    return Exit.DONE


def merge(replica: Replica, args: Namespace) -> int:
    """Takes in what a copy holds and the database lacks."""
    from gealc_tui.commands import backups

    if args.choice is None:
        from gealc_tui.paths import Home

        return _ask(Home(replica.path.parent, replica.path))
    report = backups.merge(replica, args.choice)
    say_report(replica, report)
    return Exit.WAITS if report.waits_for_a_person else Exit.DONE


def make_daily(replica: Replica) -> errors.GealcError | None:
    """Makes the copy of the day, if it is due. That it cannot be made is no reason not to write: it is returned."""
    from gealc_tui.commands import backups

    try:
        backups.make_daily(replica)
    except errors.GealcError as error:
        return error
    return None


def _ask(home: Home) -> int:
    from gealc_tui.commands import backups

    if not _say_list(backups.listed(home)):
        return Exit.REFUSED
    say(
        t(
            "Diga cuál, por su número o su nombre: gealc restore 1. Antes se hace una copia de la base como está, así"
            " que no se pierde nada."
        )
    )
    return Exit.WAITS


def _say_list(found: Sequence[Listed]) -> bool:
    if not found:
        say(t("Todavía no hay copias de respaldo."))
        return False
    rows: list[Row] = []
    for number, backup, _, holding in found:
        changes, last = Cell(t("no se lee"), "31"), ""
        if holding is not None:
            changes = Cell(str(holding.changes))
            if holding.at is not None:
                last = f"{moment_phrase(holding.at)} {shorten(holding.author or '', 24)}"
        rows.append(
            [
                str(number or "—"),
                moment_phrase(backup.at),
                backup_label(backup.reason),
                _size(backup.size),
                changes,
                last,
                backup.name,
            ]
        )
    columns = [
        Column(t("Nº"), is_number=True),
        Column(t("Fecha")),
        Column(t("Motivo"), is_elastic=True),
        Column(t("Tamaño"), minor=3, is_number=True),
        Column(t("Cambios"), minor=1, is_number=True),
        Column(t("Último cambio"), minor=2),
        Column(t("Nombre"), minor=4),
    ]
    say_table(rows, columns)
    return True


def _size(size: int) -> str:
    kilobytes = -(-size // 1024)
    return f"{kilobytes} KB" if kilobytes < 10_000 else f"{kilobytes // 1024} MB"


def _facts(one: Listed) -> dict[str, object]:
    from gealc_tui.sync.bundle import instant_text

    holding = one.holding
    return {
        "number": one.number,
        "name": one.backup.name,
        "path": str(one.path),
        "at": instant_text(one.backup.at),
        "reason": one.backup.reason,
        "size": one.backup.size,
        "changes": None if holding is None else holding.changes,
        "last": None if holding is None or holding.at is None else instant_text(holding.at),
        "author": None if holding is None else holding.author,
    }
