"""The command line: the commands with their arguments.

Light on purpose: what a command needs is imported when it runs, so that help and usage errors come at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from gealc_tui import errors, i18n
from gealc_tui.cli import (
    application,
    approval,
    backups,
    bringing,
    carrying,
    completing,
    deletion,
    demo,
    differences,
    evidence,
    exchange,
    following,
    helping,
    history,
    looking_back,
    meetings,
    merging,
    net,
    ordering,
    output,
    patience,
    people,
    periods,
    plans,
    progress,
    proposals,
    reading,
    reports,
    serving,
    speaking,
    structure,
    upkeep,
    usage,
    writing,
)
from gealc_tui.domain.vocabulary import Period, Role, Status
from gealc_tui.i18n import t

if TYPE_CHECKING:
    from gealc_tui.cli.application import Application
    from gealc_tui.paths import Home
    from gealc_tui.replica import Replica

Command = Callable[["Replica", argparse.Namespace], int]
HomeCommand = Callable[["Home", argparse.Namespace], int]
"""One that does not need a database that can be opened."""

_PATHS = {"home", "db", "files", "output", "file", "place", "keep", "screenshot"}
"""Arguments that may hold bytes of any encoding: the system's own names."""


def main(argv: Sequence[str] | None = None, app: Application | None = None) -> int:
    """Runs a command line and returns its exit code. `app` is opened when there is no command."""
    return net.ended(lambda: _answered(sys.argv[1:] if argv is None else argv, app))


def _answered(arguments: Sequence[str], app: Application | None) -> int:
    i18n.use(speaking.language_for(arguments))
    try:
        args = _parsed(arguments, app)
    except SystemExit as end:
        return int(end.code or 0)
    return net.answered(lambda: _run(args), lambda: _home(args).database)


def _parsed(arguments: Sequence[str], app: Application | None) -> argparse.Namespace:
    parsers = _parsers(with_application=app is not None)
    parser, commands = parsers
    if "_ARGCOMPLETE" in os.environ:
        completing.complete(parser)
    args, rest = parser.parse_known_args(arguments)
    if rest:
        commands.get(args.name, parser).refuse_rest(rest)
    args.app, args.parsers = app, parsers
    if args.verbose and not args.version:
        parser.error(t("--verbose va con --version"))
    if app is not None and args.screenshot is not None:
        if args.name is not None:
            parser.error(t("--screenshot no va con un comando"))
        if (fault := application.picture_fault(args)) is not None:
            parser.error(fault)
    if args.name is None and app is None and not args.version:
        parser.error(t("falta el comando"))
    for name, value in vars(args).items():
        texts = value if isinstance(value, list) else [value]
        if name not in _PATHS and any(isinstance(text, str) and _is_broken(text) for text in texts):
            commands.get(args.name, parser).error(t("un argumento tiene bytes que no son texto en UTF-8"))
    if (fault := args.fault(args) if "fault" in args else None) is not None:
        commands[args.name].error(fault)
    return args


def _is_broken(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _home(args: argparse.Namespace) -> Home:
    from gealc_tui import paths

    return paths.home(*(getattr(args, name, None) for name in ("home", "db", "plan")))


def _run(args: argparse.Namespace) -> int:
    from gealc_tui import paths

    home = _home(args)
    if args.version:
        return application.say_version(home, verbose=args.verbose)
    if args.name is None:
        return application.show(home, args)
    surface: HomeCommand | None = getattr(args, "surface", None)
    if surface is not None:
        return surface(home, args)
    on_home: HomeCommand | None = getattr(args, "on_home", None)
    gone = paths.lost(home)
    if on_home is None or gone is None:
        # Copies can be listed and put back without a database.
        paths.settle(home, anew=gone is not None and "begins" in args and _begins_anew(gone))
    if on_home is not None:
        with patience.shown():
            return on_home(home, args)
    from gealc_tui.replica import Replica

    with Replica(home.database, home.keys) as replica:
        command: Command = args.command
        replica.check_identity()
        replica.remember_plan()
        replica.view_named(home.plan)
        if replica.demo_day is not None:
            _tell_demo()
        unmade = backups.make_daily(replica) if getattr(args, "writes", False) else None
        if getattr(args, "writes", False):
            looking_back.say_clock(replica)
        try:
            with patience.shown(), looking_back.seen(replica, getattr(args, "as_of", None)):
                code = command(replica, args)
        finally:
            replica.remember_plan()
            _tell_renewed(replica)
        if unmade is not None:
            net.refused(unmade)
        return code


def _begins_anew(gone: errors.DatabaseLost) -> bool:
    """Whether who says anew who they are wants to begin anew, though this is no first start."""
    from gealc_tui.cli.confirming import confirmed

    net.refused(gone)
    return confirmed(t("¿Empezar de nuevo?"))


def _tell_demo() -> None:
    """A copy that was made for a demonstration says so, where no program reads it as a result."""
    from gealc_tui.i18n.sentences import demo_sentence

    output.complain(demo_sentence())


def _tell_renewed(replica: Replica) -> None:
    """Says once that this copy goes on under another identity."""
    if replica.renewed():
        from gealc_tui.i18n.sentences import renewed_sentence

        output.complain(renewed_sentence(lacks=replica.renewed_lacking()))
        replica.told_renewed()


# --- the arguments -------------------------------------------------------------------------------------------


def _parsers(*, with_application: bool) -> usage.Parsers:
    whole = usage.Parser(
        prog="gealc",
        description=t("Seguimiento del plan de trabajo de Red GEALC, sin conexión. Sin comando abre la aplicación."),
        epilog=t(
            "Las opciones se pueden escribir antes o después del comando. REF es el identificador de"
            " una actividad (2019/3.2.4) o su código, si es único en el plan en vista; 2020/3.2.4 es la"
            " del plan 2020. Códigos de salida: 0 hecho; 1 rechazado o fallido; 2 mal escrito; 3 hecho,"
            " y algo espera a una persona."
        ),
        add_help=False,
    )
    _add_common(whole, shown=True)
    whole.add_argument("--version", action="store_true", help=t("muestra la versión y termina"))
    whole.add_argument(
        "--verbose", action="store_true", help=t("con --version: también sistema, terminal y lugares, para un informe")
    )
    if with_application:
        whole.add_argument(
            "--screenshot", metavar=t("ARCHIVO"), help=t("no abre la aplicación: escribe una imagen de ella (SVG)")
        )
        whole.add_argument("--size", metavar="120x40", default="120x40", help=t("columnas y renglones de la imagen"))
        whole.add_argument("--keys", metavar=t("TECLAS"), default="", help=t("teclas antes de la imagen: «x e»"))
    group = whole.add_subparsers(
        title=t("comandos"), dest="name", metavar=t("COMANDO"), parser_class=usage.Parser, required=False
    )
    commands: dict[str, usage.Parser] = {}

    def add(name: str, command: Command | None, help: str, **defaults: object) -> usage.Parser:
        parser: usage.Parser = group.add_parser(name, help=help, description=help, add_help=False)
        _add_common(parser, shown=False)
        parser.set_defaults(command=command, **defaults)
        commands[name] = parser
        return parser

    _add_reading(add)
    # Before the first of these on a day there is a copy of the database.
    _add_writing(partial(add, writes=True))
    _add_meetings(add)
    _add_exchange(add)
    _add_upkeep(add)
    _add_backups(add)
    if with_application:
        _add_surfaces(add)
    return usage.Parsers(whole, commands)


def _add_common(parser: usage.Parser, *, shown: bool) -> None:
    """The options that are accepted before and after the command; the later one counts."""

    def help(text: str) -> str:
        return text if shown else argparse.SUPPRESS

    nothing = argparse.SUPPRESS
    parser.add_argument("-h", "--help", action="help", default=nothing, help=t("muestra esta ayuda y termina"))
    parser.add_argument(
        "--home", metavar=t("CARPETA"), default=nothing, help=help(t("la carpeta de la copia (GEALC_HOME)"))
    )
    parser.add_argument("--db", metavar=t("ARCHIVO"), default=nothing, help=help(t("sólo la base (GEALC_DB)")))
    parser.add_argument(
        "--lang",
        choices=i18n.LANGUAGES,
        default=nothing,
        help=help(t("el idioma (GEALC_LANG); si no, el que se eligió en la aplicación")),
    )
    parser.add_argument(
        "--plan",
        metavar=t("PLAN"),
        default=nothing,
        help=help(t("otro plan, sólo esta vez: su año o identificador (GEALC_PLAN)")),
    )


_Add = Callable[..., usage.Parser]
"""Name, command, help; and what else is known: `writes`, `on_home`, `surface` (it opens the application)."""


def _ref(parser: usage.Parser, *, nargs: str | None = None) -> None:
    parser.add_argument("ref", metavar="REF", nargs=nargs, help=t("una actividad: su identificador o su código"))


def _as_of(parser: usage.Parser) -> None:
    parser.add_argument(
        "--as-of",
        metavar=t("CUÁNDO"),
        help=t("como estaba al cierre de una reunión (su identificador; meeting: la última) o al final de un día"),
    )


def _json(parser: usage.Parser) -> None:
    parser.add_argument("--json", action="store_true", help=t("para programas"))


def _add_reading(add: _Add) -> None:
    parser = add("list", reading.list_activities, t("las actividades, en el orden del plan"))
    parser.add_argument("--area", metavar=t("ÁREA"), help=t("sólo las de un área, por su código (3.1)"))
    parser.add_argument(
        "--status",
        type=usage.spelled(Status),
        action="append",
        metavar=usage.codes_metavar(Status),
        help=t("sólo las que están así; como las siguientes, se puede repetir y se suman"),
    )
    parser.add_argument(
        "--period",
        type=usage.spelled(Period),
        action="append",
        metavar=usage.codes_metavar(Period),
        help=t("sólo las de un período"),
    )
    parser.add_argument("--lead", metavar=t("PAÍS"), action="append", help=t("sólo las de un responsable"))
    parser.add_argument("--no-lead", action="store_true", help=t("sólo las que no tienen responsable"))
    parser.add_argument(
        "--funder", metavar=t("TEXTO"), action="append", help=t("sólo aquellas cuyos recursos dicen esto")
    )
    parser.add_argument("--overdue", action="store_true", help=t("sólo las vencidas"))
    parser.add_argument("--due-soon", action="store_true", help=t("sólo las que están por vencer"))
    parser.add_argument("--unreported", action="store_true", help=t("sólo aquellas de las que nadie dijo nada"))
    parser.add_argument("--differences", action="store_true", help=t("sólo las que tienen diferencias"))
    parser.add_argument(
        "--since",
        metavar=t("FECHA"),
        help=t("sólo las que cambiaron desde esa fecha; meeting: desde la última reunión"),
    )
    help = t("sólo las de su país: las que lleva, o en las que participa")
    parser.add_argument("--mine", action="store_true", help=help)
    parser.add_argument("--sort", choices=ordering.SORTS, help=t("en este orden, y no en el del plan"))
    parser.add_argument("--group", choices=ordering.GROUPS, help=t("agrupadas así, y no por área"))
    parser.add_argument("--withdrawn", action="store_true", help=t("las retiradas, y no las demás"))
    parser.add_argument(
        "--search", metavar=t("PALABRAS"), help=t("sólo las que tienen estas palabras, con o sin acentos")
    )
    _as_of(parser)
    _json(parser)
    parser = add("plan", plans.list_plans, t("los planes, y cuál está en vista"))
    plans.add_arguments(parser, partial(_add_common, shown=False))
    parser = add("show", reading.show, t("todo sobre una actividad"))
    _ref(parser)
    _as_of(parser)
    _json(parser)
    parser = add("log", history.show_log, t("la historia: quién cambió qué"))
    _ref(parser, nargs="?")
    parser.add_argument("--who", metavar=t("PERSONA"), default="", help=t("sólo lo de alguien: nombre, país o copia"))
    parser.add_argument("--field", metavar=t("CAMPO"), default="", help=t("sólo lo de un campo: status, note, due…"))
    parser.add_argument("--since", metavar=t("FECHA"), default="", help=t("sólo desde un día, como 2019-03-15"))
    parser.add_argument("--last", metavar="N", type=int, help=t("sólo los últimos N cambios"))
    _as_of(parser)
    _json(parser)
    parser = add("progress", progress.show_progress, t("el avance del plan, con semáforo"))
    parser.add_argument(
        "--by", type=str.lower, choices=["area", "period", "country", "funder"], default="area", help=t("por qué")
    )
    _as_of(parser)
    _json(parser)
    parser = add("report", reports.report, t("un informe del plan, para leer, imprimir o abrir en una hoja de cálculo"))
    reports.add_arguments(parser)
    _as_of(parser)
    parser = add("check", reports.check, t("lo que conviene mirar antes de enviar un informe"))
    _json(parser)
    parser = add("amendments", approval.list_amendments, t("por qué cambió un plan desde que se aprobó"))
    parser.add_argument(
        "ref", metavar=t("PLAN"), nargs="?", help=t("su año o identificador; si no, el que está en vista")
    )
    _json(parser)
    parser = add("proposals", proposals.list_proposals, t("lo que se propone cambiar en el plan"))
    parser.add_argument("--all", action="store_true", help=t("también lo ya decidido"))
    _json(parser)
    parser = add("commitments", following.list_commitments, t("los compromisos, lo vencido primero"))
    _json(parser)
    parser = add("late", periods.list_late, t("lo que llegó después del cierre de un semestre"))
    periods.add_late_arguments(parser, partial(_add_common, shown=False))
    parser = add("conflicts", differences.list_conflicts, t("las diferencias por resolver"))
    _json(parser)
    parser = add("deleted", deletion.list_deleted, t("lo que está borrado o retirado, y por quién"))
    _json(parser)
    parser = add("people", people.list_people, t("las personas conocidas, y qué se tiene de cada una"))
    _json(parser)


def _add_writing(add: _Add) -> None:
    parser = add("init", writing.introduce, t("dice quién usa esta copia"))
    parser.set_defaults(begins=True)
    parser.add_argument("--name", dest="person", metavar=t("NOMBRE"), required=True, help=t("nombre y apellido"))
    parser.add_argument("--country", metavar=t("PAÍS"), required=True, help=t("código o nombre: UY, Uruguay"))
    parser.add_argument(
        "--role",
        type=usage.spelled(Role),
        metavar=usage.codes_metavar(Role),
        default=Role.FOCAL.value,
        help=t("función en la red"),
    )
    parser.add_argument(
        "--email", metavar=t("CORREO"), help=t("para que los demás le envíen sus cambios; vacío lo borra")
    )
    parser = add("status", writing.set_status, t("cambia el estado de una actividad"))
    _ref(parser)
    parser.add_argument(
        "status",
        nargs="+",
        action=usage.OneSpelled,
        codes=Status,
        metavar=t("ESTADO"),
        help=t("su nombre (cumplida, en curso) o su código: {codes}", codes=usage.codes(Status)),
    )
    parser.add_argument("--note", metavar=t("TEXTO"), help=t("una nota oficial con el motivo"))
    parser = add("note", writing.add_note, t("agrega una nota a una actividad o a un área"))
    _ref(parser)
    parser.add_argument("text", metavar=t("TEXTO"), help=t("la nota"))
    parser.add_argument("--internal", action="store_true", help=t("interna: no va a las actas"))
    parser = add(
        "set", writing.set_field, t("pone un campo: title, place, participants, resources, lead, due, progress…")
    )
    _ref(parser)
    parser.add_argument("field", metavar=t("CAMPO"), help=t("el campo"))
    parser.add_argument("value", metavar=t("VALOR"), help=t("su valor; vacío lo borra"))
    structure.add_reason(parser)
    shared = partial(_add_common, shown=False)
    parser = add("propose", proposals.propose, t("propone otro valor para un campo, con su motivo"))
    proposals.add_propose_arguments(parser)
    parser = add("series", following.series, t("lo que se repite: cada cuánto, y cada vez que se realizó"))
    following.add_series_arguments(parser)
    parser = add("depends", following.depends, t("dice que una actividad depende de otra"))
    following.add_depends_arguments(parser)
    parser = add("reschedule", following.reschedule, t("da otro plazo a una actividad, con su motivo"))
    following.add_reschedule_arguments(parser)
    parser = add("period", None, t("cierra o abre de nuevo un semestre"))
    periods.add_arguments(parser, shared)
    parser = add("proposal", None, t("acepta, rechaza o retira una propuesta"))
    proposals.add_arguments(parser, shared)
    parser = add("area", None, t("agrega, mueve, retira o trae de vuelta un área"))
    structure.add_area_arguments(parser, shared)
    parser = add("activity", None, t("agrega, mueve, retira o trae de vuelta una actividad"))
    structure.add_activity_arguments(parser, shared)
    parser = add("product", None, t("agrega, entrega, retira o trae de vuelta un producto"))
    structure.add_product_arguments(parser, shared)
    parser = add("evidence", None, t("dice de quién es un archivo que es medio de verificación"))
    evidence.add_arguments(parser, shared)
    parser = add("withdraw", deletion.withdraw, t("retira un plan, un área, una actividad o un producto"))
    parser.add_argument("ref", metavar="REF", help=t("su identificador, su código, o product/… y plan/…"))
    parser.add_argument("--reason", metavar=t("TEXTO"), default="", help=t("por qué se retira"))
    parser = add("undelete", deletion.bring_back, t("trae de vuelta lo borrado o retirado"))
    parser.add_argument("ref", metavar="REF", help=t("la referencia, como la muestra gealc deleted"))
    add("undo", writing.undo, t("deshace lo último que se hizo en esta copia"))
    add("redo", writing.redo, t("rehace lo último que se deshizo"))
    _add_settling(add)


def _add_settling(add: _Add) -> None:
    parser = add("settle", writing.settle, t("resuelve una diferencia, o muchas a la vez"))
    parser.set_defaults(fault=differences.settle_fault)
    _ref(parser, nargs="?")
    parser.add_argument("field", nargs="?", metavar=t("CAMPO"), help=t("el campo"))
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--take", metavar=t("NÚMERO"), help=t("con este valor: su número o su cambio en gealc conflicts"))
    way.add_argument("--write", "--value", dest="value", metavar=t("VALOR"), help=t("con otro valor"))
    way.add_argument("--shown", action="store_true", help=t("con lo que se ve ahora; con --activity"))
    way.add_argument(
        "--from", dest="author", metavar=t("PERSONA"), help=t("con lo de alguien (nombre, país o copia), donde esté")
    )
    way.add_argument("--others", metavar=t("PERSONA"), help=t("con lo de los demás, donde alguien esté en diferencia"))
    parser.add_argument("--activity", metavar="REF", help=t("sólo las de esta actividad"))


def _add_meetings(add: _Add) -> None:
    parser = add("meeting", meetings.list_meetings, t("las reuniones, y lo que se hace en ellas"))
    meetings.add_arguments(parser, partial(_add_common, shown=False))


def _add_exchange(add: _Add) -> None:
    parser = add("export", exchange.export, t("escribe un archivo de cambios para enviar"))
    form = parser.add_mutually_exclusive_group()
    for option, ending, help in (
        ("--eml", "eml", t("un mensaje listo para enviar, que el programa de correo abre como borrador")),
        ("--zip", "zip", t("comprimido: pesa mucho menos")),
        ("--armour", "txt", t("un bloque de texto para pegar en un mensaje")),
    ):
        form.add_argument(option, action="store_const", dest="form", const=ending, default="json", help=help)
    parser.add_argument("-o", "--output", metavar=t("ARCHIVO"), help=t("dónde; - es la salida"))
    parser.add_argument("--all", action="store_true", dest="everything", help=t("todo, y no sólo lo que les falta"))
    parser.add_argument("--request", action="store_true", help=t("sólo pide a los demás lo que falta aquí"))
    parser.set_defaults(fault=exchange.fault)
    parser.add_argument(
        "--for", action="append", default=[], dest="recipients", metavar=t("COPIA"), help=t("lo que le falta a alguien")
    )
    parser = add("merge", merging.merge, t("recibe archivos de cambios"))
    parser.add_argument("files", nargs="*", metavar=t("ARCHIVO"), help=t("los archivos; - es la entrada"))
    parser.add_argument("--clipboard", action="store_true", help=t("recibe también lo que se copió al portapapeles"))
    parser.set_defaults(fault=merging.fault)
    parser.add_argument("--dry-run", action="store_true", help=t("sólo dice qué pasaría"))
    parser.add_argument("--accept", action="store_true", help=t("confirma a los autores que aparezcan"))
    _json(parser)
    parser = add("sync", carrying.sync, t("pone al día esta copia y una carpeta compartida"))
    parser.add_argument("place", metavar=t("CARPETA"), help=t("su ruta, o webdav://, sftp:// o s3://"))
    parser.add_argument("--accept", action="store_true", help=t("confirma a los autores que aparezcan"))
    _json(parser)
    parser = add("accept", people.accept, t("confirma a alguien, y aplica lo que esperaba"))
    parser.add_argument("replica", metavar=t("COPIA"), help=t("su identificador, o cómo empieza"))
    parser = add("block", people.block, t("no recibe nada más de alguien, ni de quien siga en su lugar"))
    parser.add_argument("replica", metavar=t("COPIA"), help=t("su identificador, o cómo empieza"))
    parser.add_argument("--yes", action="store_true", help=t("sin preguntar"))
    parser = add("unblock", people.unblock, t("vuelve a recibir de alguien, como antes de bloquearlo"))
    parser.add_argument("replica", metavar=t("COPIA"), help=t("su identificador, o cómo empieza"))
    parser = add("vouch", people.vouch_for, t("avala a personas: quien confía en su lista, las confirma"))
    parser.add_argument("replicas", nargs="+", metavar=t("COPIA"), help=t("sus identificadores, o cómo empiezan"))
    parser.add_argument("--remove", action="store_true", help=t("las quita de la lista"))
    parser = add("handover", people.hand_over, t("dice, firmado, que su función pasa a otra persona"))
    parser.add_argument("replica", metavar=t("COPIA"), help=t("su identificador, o cómo empieza"))
    roles = ["secretariat", "committee"]
    parser.add_argument("--as", dest="role", choices=roles, required=True, help=t("qué función"))
    parser = add("rely", people.rely_on, t("confirma a todos los que avale alguien (la Secretaría Técnica)"))
    parser.add_argument("replica", metavar=t("COPIA"), help=t("su identificador, o cómo empieza"))
    parser.add_argument(
        "--as",
        dest="role",
        choices=["secretariat"],
        help=t("en cambio: reconoce a alguien en esa función, para las aprobaciones y lo que escribe"),
    )
    parser.add_argument("--stop", action="store_true", help=t("deja de hacerlo"))


def _add_upkeep(add: _Add) -> None:
    _json(add("fingerprint", upkeep.fingerprint, t("la huella del plan: igual en copias iguales")))
    _json(add("words", None, t("las palabras con que se comparan copias y personas, si las hay"), surface=upkeep.words))
    add("dump", upkeep.dump, t("todo lo visible, en JSON canónico"))
    add("verify", upkeep.verify, t("comprueba que nada está dañado"))
    add("rebuild", upkeep.rebuild, t("rehace las vistas a partir de los cambios"))
    parser = add("import", bringing.bring_in, t("incorpora el documento oficial de un plan"), writes=True)
    bringing.add_arguments(parser)

    helping.add_arguments(add("help", None, t("la ayuda de una orden, o lo que trata de algo"), surface=helping.show))
    help = t("lo que un intérprete necesita para completar con Tab")
    completing.add_arguments(add("completion", None, help, surface=completing.show))


def _add_backups(add: _Add) -> None:
    parser = add("backups", None, t("las copias de respaldo de la base"), on_home=backups.list_backups)
    _json(parser)
    add("backup", None, t("hace una copia de respaldo ahora"), on_home=backups.make)
    parser = add("restore", backups.merge, t("pone una copia en el lugar de la base"), on_home=backups.restore)
    parser.add_argument(
        "choice",
        metavar=t("CUÁL"),
        nargs="?",
        help=t("su número, su nombre o la ruta de un archivo; sin nada, se listan"),
    )
    parser.add_argument(
        "--merge",
        action="store_const",
        dest="on_home",
        const=None,
        default=argparse.SUPPRESS,
        help=t("no reemplaza la base: le suma lo que la copia tiene y le falta"),
    )


def _add_surfaces(add: _Add) -> None:
    parser = add("keys", None, t("las teclas de la aplicación, y cómo se cambian"), on_home=application.show_keys)
    parser.add_argument("--template", action="store_true", help=t("un keys.toml para empezar"))
    parser.add_argument("-o", "--output", metavar=t("ARCHIVO"), help=t("con --template: lo escribe ahí, en UTF-8"))
    parser.set_defaults(fault=application.template_fault)
    _json(parser)
    parser = add("demo", None, t("abre un plan de demostración, que no toca nada real"), surface=demo.show)
    parser.add_argument(
        "--keep", metavar=t("CARPETA"), help=t("no lo abre: lo deja en una carpeta nueva, para usarlo con --home")
    )
    parser = add("serve", None, t("muestra la aplicación en un navegador de esta computadora"), surface=serving.serve)
    parser.add_argument("--port", metavar=t("PUERTO"), default=serving.PORT, help=t("el puerto; si no, 8019"))
    parser.add_argument("--host", metavar=t("DIRECCIÓN"), help=t("sólo localhost: no se ofrece a otras computadoras"))
    parser.set_defaults(fault=serving.fault)
