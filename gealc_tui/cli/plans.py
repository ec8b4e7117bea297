"""plan: which plans there are, which one is in view, and another one instead."""

from __future__ import annotations

from argparse import SUPPRESS, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gealc_tui.cli import approval, structure, usage
from gealc_tui.cli.output import Cell, Exit, complain, say, say_json, say_line
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.labels import plan_state_label
from gealc_tui.i18n.naming import author_label

if TYPE_CHECKING:
    from gealc_tui.commands.plan_choice import Listed
    from gealc_tui.replica import Replica
    from gealc_tui.reports.outlook import Outlook

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


def new(replica: Replica, args: Namespace) -> int:
    """A new plan, or with --dry-run what it would carry over."""
    from gealc_tui.commands import next_plan
    from gealc_tui.reports.outlook import outlook

    if args.dry_run:
        next_plan.plan_year(args.year)
        source = replica.read.plan_meant(args.origin) if args.origin is not None else None
        if source is None:
            say(t("Sería un plan sin áreas: con --from se toma lo que quedó de otro."))
        else:
            _say_outlook(outlook(replica.read, source, replica.today, recurring=args.recurring))
        return Exit.DONE
    made = next_plan.make(
        replica, args.year, origin=args.origin, title=args.title, body=args.body, recurring=args.recurring
    )
    say(made.plan)
    areas = tn("{n} área", "{n} áreas", len(made.outlook.areas))
    activities = tn("{n} actividad", "{n} actividades", len(made.outlook.carried))
    complain(t("{plan}: {areas}, {activities}.", plan=_named(replica, made.plan), areas=areas, activities=activities))
    _say_left(made.outlook)
    complain(t("Para verlo: gealc plan use {plan}", plan=made.plan))
    return Exit.DONE


def _say_outlook(found: Outlook) -> None:
    for area in found.areas:
        say_line(f"{area.code} {area.title}")
        for one in found.of(area.id):
            row = one.activity.row
            left = t(" (quedan {n})", n=one.units_left) if one.units_left else ""
            say_line(f"{row.code} {row.title}{left}", 2)
    _say_left(found)


def _say_left(found: Outlook) -> None:
    """What was done and is held again, and was left behind because nobody asked for it."""
    if found.recurring:
        complain(t("Quedan fuera, por cumplidas, y se repiten por su título; con --recurring van también:"))
        for one in found.recurring:
            complain(f"  {one.row.code} {' '.join(one.row.title.split())}")


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
    one = add("new", new, t("hace un plan: el del año que viene, o uno de nuevo"), writes=True)
    one.add_argument("year", metavar=t("AÑO"), help=t("su año, como 2020"))
    one.add_argument("--from", dest="origin", metavar=t("PLAN"), help=t("toma de este plan lo que quedó por hacer"))
    one.add_argument("--title", metavar=t("TÍTULO"), default="", help=t("su título"))
    one.add_argument("--body", metavar=t("GRUPO"), help=t("de quién es, si no es el plan anual de la red"))
    one.add_argument(
        "--recurring", action="store_true", help=t("toma también lo cumplido que se repite cada año o cada mes")
    )
    one.add_argument("--dry-run", action="store_true", help=t("sólo muestra lo que tomaría"))
    one.add_argument("--yes", action="store_true", help=t("sin preguntar"))
    for name, verb, help in (
        ("withdraw", structure.withdraw, t("retira un plan, con su motivo")),
        ("restore", structure.restore, t("trae de vuelta un plan")),
    ):
        one = add(name, verb, help, writes=True, kind="plan")
        one.add_argument("ref", metavar=t("PLAN"), help=t("su año o su identificador"))
        structure.add_reason(one)
    _add_life(add)
    for name, command, help, writes in (
        ("use", use, t("ve otro plan desde ahora"), False),
        ("remove", remove, t("quita un plan que se trajo sin querer, si nadie lo tiene todavía"), True),
    ):
        one = add(name, command, help, writes=writes)
        one.add_argument("ref", metavar=t("PLAN"), help=t("su año o su identificador"))


def _add_life(add: Callable[..., usage.Parser]) -> None:
    """From the draft to the closed year, and with what a plan is compared."""

    def plan(parser: usage.Parser) -> None:
        parser.add_argument(
            "ref", metavar=t("PLAN"), nargs="?", help=t("su año o identificador; si no, el que está en vista")
        )

    plan(add("propose", approval.propose, t("ofrece un borrador para su aprobación"), writes=True))
    one = add(
        "approve", approval.approve, t("dice que un plan se aprobó; se puede ver de nuevo como estaba"), writes=True
    )
    plan(one)
    one.add_argument("--meeting", metavar=t("REUNIÓN"), help=t("la reunión que lo decidió: su identificador"))
    one.add_argument("--day", metavar=t("FECHA"), help=t("cuándo; si no, hoy"))
    plan(add("close", approval.close, t("cierra un plan aprobado"), writes=True))
    one = add("reopen", approval.reopen, t("abre de nuevo un plan cerrado, con su motivo"), writes=True)
    plan(one)
    one.add_argument("--reason", metavar=t("TEXTO"), default="", help=t("por qué"))
    one.add_argument("--meeting", metavar=t("REUNIÓN"), help=t("la reunión que lo decidió: su identificador"))
    one = add("moments", approval.list_moments, t("los momentos de un plan: aprobaciones y cierres"))
    plan(one)
    one.add_argument("--json", action="store_true", default=SUPPRESS, help=t("para programas"))
    one = add("compare", approval.compare, t("en qué difiere un plan de su línea de base, o de otro momento o año"))
    plan(one)
    one.add_argument(
        "--with",
        dest="other",
        metavar=t("CUÁNDO"),
        default="baseline",
        help=t("baseline: como se aprobó; un momento, un día, o el año de otro plan"),
    )
    one.add_argument("--json", action="store_true", default=SUPPRESS, help=t("para programas"))
