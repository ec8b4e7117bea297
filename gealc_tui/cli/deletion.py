"""What is out of sight: deleted lists it, withdraw and undelete take and bring back."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from typing import TYPE_CHECKING, Any

from gealc_tui.cli.output import Cell, Exit, Row, say, say_json
from gealc_tui.cli.phrases import instant, moment_phrase
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.cli.writing import said
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.readings import DeletionReading
from gealc_tui.domain.visibility import Visibility
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.deletion_words import deleted_label, visibility_label
from gealc_tui.i18n.naming import author_label

if TYPE_CHECKING:
    from gealc_tui.replica import Replica


def list_deleted(replica: Replica, args: Namespace) -> int:
    found = replica.read.deletions()
    if args.json:
        say_json([_facts(one) for one in found])
        return Exit.DONE
    if not found:
        say(t("No hay nada borrado ni retirado."))
        return Exit.DONE
    with_area = Counter(one.within for one in found)
    table: list[Row] = [_row(one, with_area[one.entity]) for one in found if one.within is None]
    columns = [
        Column(t("Referencia")),
        Column(t("Qué"), is_elastic=True),
        Column(t("Quién"), minor=2),
        Column(t("Cuándo"), minor=3),
        Column(t("Motivo"), minor=1),
    ]
    say_table(table, columns)
    say()
    say(t("Se trae de vuelta con gealc undelete y la referencia."))
    return Exit.DONE


def _row(one: DeletionReading, taken: int) -> list[Cell | str]:
    words = deleted_label(one)
    if taken:
        words += f" ({tn('con {n} actividad', 'con {n} actividades', taken)})"
    if one.visibility is not Visibility.HIDDEN:
        words += f" · {visibility_label(one.visibility)}"
    return [one.entity, words, author_label(one.author), moment_phrase(one.at), one.reason]


def _facts(one: DeletionReading) -> dict[str, Any]:
    return {
        "entity": one.entity,
        "kind": kind_of(one.entity),
        "id": local_id(one.entity),
        "activity": one.activity,
        "code": one.code,
        "text": one.words,
        "visibility": one.visibility.name.lower(),
        "author": one.author.name,
        "country": one.author.country,
        "at": instant(one.at),
        "reason": one.reason,
        "meeting": one.meeting,
        "with": one.within,
    }


def bring_back(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import deletion

    return said(replica, deletion.bring_back(replica, args.ref))


def withdraw(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import deletion

    return said(replica, deletion.withdraw_here(replica, args.ref, args.reason))
