"""area, activity, product: the structure of a plan, added, moved, withdrawn and brought back. Each prints the id."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from gealc_tui.cli import usage
from gealc_tui.cli.output import Exit, complain, say
from gealc_tui.cli.writing import explained, is_proposed, said
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.i18n import t

if TYPE_CHECKING:
    from gealc_tui.commands.reasons import Why
    from gealc_tui.commands.structure import Made
    from gealc_tui.replica import Replica

Command = Callable[["Replica", Namespace], int]
AddCommand = Callable[[str, Command, str], usage.Parser]


def _made(replica: Replica, made: Made) -> int:
    """The id of what was made, for the next command; beside it, for people, what it is called."""
    if is_proposed(replica, made.committed):
        return Exit.DONE
    say(made.entity if kind_of(made.entity) == "product" else local_id(made.entity))
    complain(name_of(replica, made.entity, titled=True))
    return explained(replica, made.committed)


def why(args: Namespace) -> Why:
    from gealc_tui.commands.reasons import Why

    return Why(args.reason, args.meeting, args.propose)


# --- areas -------------------------------------------------------------------------------------------------------


def add_area(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import structure

    _point_out_twice(replica, args.code)
    return _made(replica, structure.add_area(replica, args.code, args.title, after=args.after, why=why(args)))


def move_area(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import structure

    moved = structure.move_area(replica, args.ref, after=args.after, why=why(args))
    return said(replica, moved.committed if moved is not None else None)


# --- activities --------------------------------------------------------------------------------------------------


def add_activity(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import structure

    if args.code is not None:
        _point_out_twice(replica, args.code)
    made = structure.add_activity(
        replica, args.area, args.title, code=args.code, period=args.period, after=args.after, why=why(args)
    )
    return _made(replica, made)


def move_activity(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import structure

    moved = structure.move_activity(replica, args.ref, to=args.to, after=args.after, why=why(args))
    return said(replica, moved.committed if moved is not None else None)


def _point_out_twice(replica: Replica, code: str) -> None:
    """A code may stand twice, as it does in documents; whoever gives it one is told."""
    if replica.read.has_code(code.strip(), replica.plan):
        complain(t("El código {code} ya está en el plan; desde ahora está dos veces.", code=code.strip()))


# --- products ----------------------------------------------------------------------------------------------------


def add_product(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import structure

    return _made(replica, structure.add_product(replica, args.ref, args.text, why=why(args)))


def set_product(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import activities, structure

    entity = structure.product_meant(replica, args.ref)
    return said(replica, activities.set_field(replica, entity, args.field, args.value, why(args)))


def deliver(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import evidence, structure

    # The SHA-256 of a file stands in the plan for it.
    sealed = evidence.of_file(args.evidence) if args.evidence else None
    made = structure.deliver(replica, args.ref, day=args.day, evidence=sealed or args.evidence, units=args.units)
    if sealed:
        complain(t("Se anotó la huella SHA-256 de {file}; el archivo no viaja con sus cambios.", file=args.evidence))
    return said(replica, made.committed)


# --- withdrawn and brought back ----------------------------------------------------------------------------------


def withdraw(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import structure

    return said(replica, structure.withdraw(replica, args.kind, args.ref, why(args)).committed)


def restore(replica: Replica, args: Namespace) -> int:
    from gealc_tui.commands import structure

    return said(replica, structure.restore(replica, args.kind, args.ref, why(args)).committed)


# --- what is typed -----------------------------------------------------------------------------------------------


def add_area_arguments(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> None:
    """What stands behind `gealc area`."""
    add = _group(parser, common)
    one = add("add", add_area, t("agrega un área al plan en vista"))
    one.add_argument("--code", metavar=t("CÓDIGO"), required=True, help=t("su código, como 3.10"))
    one.add_argument("--title", metavar=t("TÍTULO"), required=True, help=t("su título"))
    _after(one, t("detrás de esta área; si no, al final"))
    one = add("move", move_area, t("pone un área en otro lugar del plan"))
    _ref(one)
    _after(one, t("detrás de esta área; si no, en el primer lugar"))
    _withdrawing(add, "area", t("retira un área"), t("trae de vuelta un área"))


def add_activity_arguments(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> None:
    """What stands behind `gealc activity`."""
    add = _group(parser, common)
    one = add("add", add_activity, t("agrega una actividad a un área"))
    one.add_argument("--area", metavar="REF", required=True, help=t("el código o identificador del área"))
    one.add_argument("--title", metavar=t("TÍTULO"), required=True, help=t("su título"))
    one.add_argument("--code", metavar=t("CÓDIGO"), help=t("su código; si no, el siguiente libre del área"))
    one.add_argument("--period", metavar=t("PERÍODO"), help=t("primer, segundo o anual; si no, anual"))
    _after(one, t("detrás de esta actividad; si no, al final"))
    one = add("move", move_activity, t("pone una actividad en otro lugar, o en otra área"))
    _ref(one)
    one.add_argument("--to", metavar=t("ÁREA"), help=t("el área a la que pasa"))
    _after(one, t("detrás de esta actividad; si no, en el primer lugar, o con --to al final"))
    _withdrawing(add, "activity", t("retira una actividad"), t("trae de vuelta una actividad"))


def add_product_arguments(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> None:
    """What stands behind `gealc product`."""
    add = _group(parser, common)
    one = add("add", add_product, t("agrega un producto a una actividad"))
    _ref(one)
    one.add_argument("text", metavar=t("TEXTO"), help=t("el producto"))
    one = add("set", set_product, t("pone un campo de un producto: text, delivered, evidence, units"))
    _product(one)
    one.add_argument("field", metavar=t("CAMPO"), help=t("el campo"))
    one.add_argument("value", metavar=t("VALOR"), help=t("su valor; vacío lo borra"))
    one = add("deliver", deliver, t("dice que un producto se entregó"))
    _product(one)
    one.add_argument("--day", metavar=t("FECHA"), help=t("cuándo; si no, hoy"))
    one.add_argument("--evidence", metavar=t("ENLACE"), help=t("dónde se puede ver, o un archivo: se anota su huella"))
    one.add_argument("--units", metavar="N", help=t("cuántas unidades"))
    _withdrawing(add, "product", t("retira un producto"), t("trae de vuelta un producto"))


def _group(parser: usage.Parser, common: Callable[[usage.Parser], None]) -> AddCommand:
    group = parser.add_subparsers(
        title=t("comandos"), metavar=t("COMANDO"), dest="action", parser_class=usage.Parser, required=True
    )

    def add(name: str, command: Command, help: str) -> usage.Parser:
        one: usage.Parser = group.add_parser(name, help=help, description=help, add_help=False)
        common(one)
        if command is not deliver:
            # What was done changes no structure, and so needs no reason.
            add_reason(one)
        one.set_defaults(command=command)
        return one

    return add


def add_reason(parser: usage.Parser) -> None:
    """Why a plan is changed, and by which meeting."""
    parser.add_argument("--reason", metavar=t("TEXTO"), default="", help=t("por qué"))
    parser.add_argument("--meeting", metavar=t("REUNIÓN"), help=t("la reunión que lo decidió: su identificador"))
    parser.add_argument("--propose", action="store_true", help=t("no lo hace: lo propone a la Secretaría Técnica"))


def _withdrawing(add: AddCommand, kind: str, gone: str, back: str) -> None:
    for name, command, help in (("withdraw", withdraw, gone), ("restore", restore, back)):
        one = add(name, command, help)
        _product(one) if kind == "product" else _ref(one)
        one.set_defaults(kind=kind)


def _ref(parser: usage.Parser) -> None:
    parser.add_argument("ref", metavar="REF", help=t("su identificador o su código"))


def _product(parser: usage.Parser) -> None:
    help = t("el identificador de un producto, como lo muestra gealc show; o la actividad, si tiene uno solo")
    parser.add_argument("ref", metavar=t("PRODUCTO"), help=help)


def _after(parser: usage.Parser, help: str) -> None:
    parser.add_argument("--after", metavar="REF", help=help)
