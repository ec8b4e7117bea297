"""plan: which plans there are, which one is in view, and another one instead."""

from __future__ import annotations

from argparse import SUPPRESS, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gealc_tui.cli import usage
from gealc_tui.cli.output import Cell, Exit, complain, say, say_json
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import plan_state_label
from gealc_tui.i18n.naming import author_label

if TYPE_CHECKING:
    from gealc_tui.commands.plan_choice import Listed
    from gealc_tui.replica import Replica

WITHDRAWN = "withdrawn"
"""What `state` says of a plan that was withdrawn, whatever it was before."""

Command = Callable[["Replica", Namespace], int]


def list_plans(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import plan_choice

    found = plan_choice.listed(replica)
    if getattr(args, "json", False):
        say_json([_facts(one) for one in found])
        return Exit.DONE
    if not found:
        complain(t("Todavía no hay ningún plan en esta base; traiga uno con gealc import."))
        return Exit.DONE
    say_table(
        [
            [
                Cell("●" if one.in_view else "", "1"),
                one.plan.id,
                str(one.plan.year),
                _state(one),
                str(one.activities),
                one.plan.body or "—",
                one.plan.title,
            ]
            for one in found
        ],
        [
            t("En vista"),
            t("Plan"),
            t("Año"),
            Column(t("Estado"), minor=1),
            Column(t("Actividades"), minor=2, is_number=True),
            Column(t("Grupo"), minor=3),
            Column(t("Título"), is_elastic=True),
        ],
    )
    return Exit.DONE


def _state(one: Listed) -> str:
    if one.plan.is_withdrawn:
        who = author_label(one.withdrawn_by) if one.withdrawn_by is not None else "—"
        return t("Retirado por {who}", who=who)
    return plan_state_label(one.plan.state)


def _facts(one: Listed) -> dict[str, Any]:
    return {
        "id": one.plan.id,
        "year": one.plan.year,
        "title": one.plan.title,
        "body": one.plan.body,
        "state": WITHDRAWN if one.plan.is_withdrawn else one.plan.state,
        "activities": one.activities,
        "in_view": one.in_view,
    }


def use(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import plan_choice

    plan = plan_choice.use(replica, args.ref)
    say(t("En vista: {plan}.", plan=_named(replica, plan)))
    return Exit.DONE


def remove(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import plans

    say(t("El plan {plan} ya no está en esta copia.", plan=plans.remove(replica, args.ref)))
    return Exit.DONE


def _named(replica: Replica, plan: str) -> str:
    found = next(one for one in replica.read.plans() if one.id == plan)
    return f"{plan} · {found.title}" if found.title else plan


def add_arguments(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> None:
    """What stands behind `gealc plan`; `common` adds what every command accepts."""
    parser.add_argument("--json", action="store_true", help=t("para programas"))
    group = parser.add_subparsers(title=t("comandos"), metavar=t("COMANDO"), dest="action", parser_class=usage.Parser)

    def add(name: str, command: Command, help: str, **defaults: object) -> usage.Parser:
        one: usage.Parser = group.add_parser(name, help=help, description=help, add_help=False)
        common(one)
        one.set_defaults(command=command, **defaults)
        return one

    one = add("list", list_plans, t("los planes, y cuál está en vista"))
    one.add_argument("--json", action="store_true", default=SUPPRESS, help=t("para programas"))
    for name, command, help, writes in (
        ("use", use, t("ve otro plan desde ahora"), False),
        ("remove", remove, t("quita un plan que se trajo sin querer, si nadie lo tiene todavía"), True),
    ):
        one = add(name, command, help, writes=writes)
        one.add_argument("ref", metavar=t("PLAN"), help=t("su año o su identificador"))
