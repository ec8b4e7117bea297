"""series, depends, reschedule, commitments: what is held again and again, what slips, and what was promised."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from gealc_tui import errors
from gealc_tui.cli import usage
from gealc_tui.cli.output import Exit, Row, complain, say_json, say_line
from gealc_tui.cli.phrases import day_phrase
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.cli.writing import said
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import country_name, day_label
from gealc_tui.i18n.meeting_words import meeting_label

if TYPE_CHECKING:
    from gealc_tui.domain.readings import ActivityReading
    from gealc_tui.replica import Replica

_HELD = "held"


def series_fault(args: Namespace) -> str | None:
    """What is wrong with what was typed behind `gealc series`."""
    if args.what[0] == _HELD:
        if len(args.what) != 3 or not args.what[2].isdecimal():
            return t("Después de «held» van la actividad y el número de la vez.")
        return None
    if len(args.what) != 1 or (args.every is None and not args.stop):
        return t("Diga la actividad y --every MESES; o held, la actividad y el número de la vez.")
    return None


def series(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import series as commands

    if args.what[0] == _HELD:
        _, ref, number = args.what
        return said(replica, commands.held(replica, ref, int(number), on=args.day, meeting=args.meeting))
    (ref,) = args.what
    if args.stop:
        return said(replica, commands.end_series(replica, ref))
    code = said(replica, commands.set_series(replica, ref, args.every, begins=args.begins, count=args.count))
    for one in replica.read.occurrences(_activity(replica, ref)):
        say_line(f"{one.number}  {day_label(one.due)}", 2)
    return code


def _activity(replica: Replica, ref: str) -> str:
    from gealc_tui.commands.activities import activity_ref

    return activity_ref(replica, ref)


def depends(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import series as commands

    return said(replica, commands.depend(replica, args.ref, args.on, depends=not args.remove))


def reschedule(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import series as commands

    return said(replica, commands.reschedule(replica, args.ref, args.day, args.reason))


def list_commitments(replica: Replica, args: Namespace) -> int:
    """Those of all meetings about the plan in view: what is overdue first, then what is owed, by country."""
    from gealc_tui.commands import mine
    from gealc_tui.reports import commitments

    if replica.plan is None:
        raise errors.NoPlan()
    found = mine.owed_first(commitments.of_plan(replica.read, replica.plan), replica.today)
    if args.json:
        say_json(
            [
                {
                    "id": one.item.id,
                    "meeting": one.meeting.id,
                    "text": one.item.text,
                    "country": one.item.country,
                    "due": one.item.due,
                    "done": not one.is_owed,
                    "activity": one.item.about,
                }
                for one in found
            ]
        )
        return Exit.DONE
    if not found:
        complain(t("Ninguna reunión cerrada dejó compromisos."))
        return Exit.DONE
    rows: list[Row] = [
        [
            country_name(one.item.country) if one.item.country else "—",
            day_phrase(one.item.due),
            _situation(one.is_owed, one.item.due, replica.today.isoformat()),
            one.item.code,
            one.item.text,
            meeting_label(one.meeting),
        ]
        for one in found
    ]
    columns = [
        Column(t("País")),
        Column(t("Plazo")),
        Column(t("Situación")),
        Column(t("Código"), minor=1),
        Column(t("Compromiso"), is_elastic=True),
        Column(t("Reunión"), minor=2),
    ]
    say_table(rows, columns)
    return Exit.DONE


def _situation(is_owed: bool, due: str | None, today: str) -> str:
    if not is_owed:
        return t("Cumplido")
    return t("Vencido") if due is not None and due < today else t("Pendiente")


# --- what show tells ---------------------------------------------------------------------------------------------


def say_following(replica: Replica, reading: ActivityReading) -> None:
    """The occurrences of a series, and what the activity needs first or is needed for."""
    from gealc_tui.commands.following import following

    for label, text in following(replica, reading.row.id):
        say_line(f"{label}: {text}")


def following_facts(replica: Replica, activity: str) -> dict[str, Any]:
    """The same for programs."""
    return {
        "series": [
            {"number": one.number, "due": one.due, "held": one.held, "meeting": one.meeting, "reason": one.reason}
            for one in replica.read.occurrences(activity)
        ],
        "depends": list(replica.read.depends_on(activity)),
        "needed_by": list(replica.read.needed_by(activity)),
    }


# --- what is typed -----------------------------------------------------------------------------------------------


def add_series_arguments(parser: usage.Parser) -> None:
    """What stands behind `gealc series`."""
    help = t("la actividad; o held, la actividad y el número de la vez que se realizó")
    parser.add_argument("what", metavar="REF", nargs="+", help=help)
    parser.add_argument("--every", type=int, metavar=t("MESES"), help=t("cada cuántos meses"))
    help = t("la primera vez; si no, al empezar su período")
    parser.add_argument("--from", dest="begins", metavar=t("FECHA"), help=help)
    parser.add_argument("--count", type=int, metavar="N", help=t("cuántas veces; si no, las que caben en su período"))
    parser.add_argument("--stop", action="store_true", help=t("ya no se repite"))
    parser.add_argument("--day", metavar=t("FECHA"), help=t("con held: cuándo; si no, hoy"))
    parser.add_argument("--meeting", metavar=t("REUNIÓN"), help=t("con held: la reunión que fue: su identificador"))
    parser.set_defaults(fault=series_fault)


def add_depends_arguments(parser: usage.Parser) -> None:
    """What stands behind `gealc depends`."""
    parser.add_argument("ref", metavar="REF", help=t("una actividad: su identificador o su código"))
    parser.add_argument("on", metavar=t("OTRA"), help=t("la actividad que tiene que hacerse antes"))
    parser.add_argument("--remove", action="store_true", help=t("ya no depende de ella"))


def add_reschedule_arguments(parser: usage.Parser) -> None:
    """What stands behind `gealc reschedule`."""
    parser.add_argument("ref", metavar="REF", help=t("una actividad: su identificador o su código"))
    parser.add_argument("day", metavar=t("FECHA"), help=t("su nuevo plazo"))
    parser.add_argument("--reason", metavar=t("TEXTO"), default="", help=t("por qué: queda como nota oficial"))
