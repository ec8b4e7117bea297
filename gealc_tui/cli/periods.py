"""period, late: half-years are closed and reopened, and what came after that is counted or left."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gealc_tui.cli import approval, usage
from gealc_tui.cli.output import Exit, complain, say, say_json, say_line
from gealc_tui.cli.phrases import instant, moment_phrase
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.edit_words import edit_phrase
from gealc_tui.i18n.labels import period_label
from gealc_tui.i18n.life_labels import late_label
from gealc_tui.i18n.naming import author_label

if TYPE_CHECKING:
    from gealc_tui.commands.periods import Late
    from gealc_tui.replica import Replica


def close(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import periods

    period = periods.read_period(args.period)
    periods.close(replica, period, args.ref, meeting=args.meeting, day=args.day)
    say(t("{period}: cerrado.", period=period_label(period)))
    return Exit.DONE


def reopen(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import periods

    period = periods.read_period(args.period)
    periods.reopen(replica, period, args.ref)
    say(t("{period}: abierto de nuevo.", period=period_label(period)))
    return Exit.DONE


def list_late(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import approval as approvals
    from gealc_tui.commands import periods

    found = periods.late(replica, approvals.plan_meant(replica, None))
    if args.json:
        say_json([_facts(one) for one in found])
        return Exit.DONE
    if not found:
        complain(t("Después del cierre no llegó nada."))
        return Exit.DONE
    period = None
    for one in found:
        if one.period is not period:
            period = one.period
            said = tn(
                "{n} dato después del cierre", "{n} datos después del cierre", sum(x.period is period for x in found)
            )
            say_line(f"{period_label(period)} · {said}")
        head = f"{one.change[:8]} · {moment_phrase(one.at)} · {author_label(one.author)} · {late_label(one.state)}"
        say_line(head, 2)
        say_line(f"{one.code} · {edit_phrase(one.entity, one.field, one.before, one.value)}", 4)
    return Exit.DONE


def count(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import periods

    periods.count(replica, args.change)
    say(t("Contado en el informe del período."))
    return Exit.DONE


def leave(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import periods

    periods.leave(replica, args.change)
    say(t("No se cuenta en el informe del período; en el plan queda."))
    return Exit.DONE


def _facts(one: Late) -> dict[str, Any]:
    return {
        "change": one.change,
        "period": one.period.value,
        "entity": one.entity,
        "code": one.code,
        "field": one.field,
        "before": one.before,
        "value": one.value,
        "by": one.author.name,
        "at": instant(one.at),
        "state": one.state.value,
    }


def add_arguments(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> None:
    """What stands behind `gealc period`."""
    group = parser.add_subparsers(
        title=t("comandos"), metavar=t("COMANDO"), dest="action", parser_class=usage.Parser, required=True
    )
    for name, command, help in (
        ("close", close, t("cierra un semestre: lo que llegue después se cuenta aparte")),
        ("reopen", reopen, t("abre de nuevo un semestre")),
    ):
        one: usage.Parser = group.add_parser(name, help=help, description=help, add_help=False)
        common(one)
        one.add_argument("period", metavar=t("PERÍODO"), help=t("S1 o S2; lo anual se cierra con el segundo"))
        approval.add_plan(one)
        if name == "close":
            one.add_argument("--meeting", metavar=t("REUNIÓN"), help=t("la reunión que lo decidió: su identificador"))
            one.add_argument("--day", metavar=t("FECHA"), help=t("cuándo; si no, hoy"))
        one.set_defaults(command=command)


def add_late_arguments(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> None:
    """What stands behind `gealc late`."""
    parser.add_argument("--json", action="store_true", help=t("para programas"))
    group = parser.add_subparsers(title=t("comandos"), metavar=t("COMANDO"), dest="action", parser_class=usage.Parser)
    for name, command, help in (
        ("count", count, t("cuenta en el informe del período lo que llegó después del cierre")),
        ("leave", leave, t("no lo cuenta; en el plan queda")),
    ):
        one: usage.Parser = group.add_parser(name, help=help, description=help, add_help=False)
        common(one)
        one.add_argument(
            "change", metavar=t("CAMBIO"), help=t("su identificador, o cómo empieza, como lo dice gealc late")
        )
        one.set_defaults(command=command, writes=True)
