"""report and check: the plan as the network hands it out, and what to look at before."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gealc_tui.cli.output import Exit, Row, say, say_json, say_path, write, write_bytes
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.i18n import t

if TYPE_CHECKING:
    from gealc_tui.replica import Replica
    from gealc_tui.reports.checks import Concern

NAMES = (
    *("annual", "matrix", "progress", "commitments", "silent"),
    *("changes", "comparison", "timeline", "board", "sheet"),
)
FORMS = ("text", "md", "html", "docx", "xlsx", "csv", "pdf", "ics")
"""As `commands.reports` has them: what takes long to import is not imported to say them."""

_BINARY = ("docx", "xlsx", "pdf")

_WITH_REF = ("sheet", "comparison")


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    names = ", ".join(NAMES)
    parser.add_argument("report", type=str.lower, choices=NAMES, metavar=t("INFORME"), help=names)
    ref = t("de sheet, la actividad; de comparison, con qué se compara: un momento, un día, un año")
    parser.add_argument("ref", metavar="REF", nargs="?", help=ref)
    since = t("de changes: desde una reunión, un momento o un día; si no, desde la última reunión cerrada")
    parser.add_argument("--since", metavar=t("CUÁNDO"), help=since)
    form = t("la forma; sin decirla, texto")
    parser.add_argument("--format", dest="form", type=str.lower, choices=FORMS, default="text", help=form)
    parser.add_argument("-o", "--output", metavar=t("ARCHIVO"), help=t("dónde; - es la salida"))
    parser.set_defaults(fault=fault)


def fault(args: Namespace) -> str | None:
    """What is wrong with the arguments, if anything."""
    if args.report == "sheet" and args.ref is None:
        return t("diga de qué actividad: gealc report sheet 3.6.1")
    if args.ref is not None and args.report not in _WITH_REF:
        return t("el informe {name} es de todo el plan, y no de «{ref}»", name=args.report, ref=args.ref)
    from gealc_tui.commands import reports

    forms = [one.value for one in reports.forms(reports.Name(args.report))]
    if args.form not in forms:
        facts = {"name": args.report, "form": args.form, "forms": ", ".join(forms)}
        return t("El informe {name} no se hace como {form}; sí como {forms}.", **facts)
    if args.output == "-" and args.form in _BINARY and sys.platform == "win32":
        return t("en Windows un .{form} no sale entero por la salida: dé un nombre con -o ARCHIVO", form=args.form)
    return None


def report(replica: Replica, args: Namespace) -> int:
    """To the output, if it is a text and no file is named; else into a file, whose path is said."""
    from gealc_tui.commands import reports

    name, form = reports.Name(args.report), reports.Form(args.form)
    asked = reports.Asked(args.ref, args.since)
    if args.output == "-" or (args.output is None and not form.is_binary):
        data = reports.make(replica, name, form, asked)
        if form.is_binary or form in (reports.Form.CSV, reports.Form.CALENDAR):
            # The ends of its lines are its own: a text stream of Windows would double them.
            write_bytes(data)
        else:
            write(data.decode())
    else:
        say_path(reports.write(replica, name, form, Path(args.output) if args.output else None, asked))
    return Exit.DONE


def check(replica: Replica, args: Namespace) -> int:
    """What to look at before a report leaves."""
    from gealc_tui.commands import reports
    from gealc_tui.reports.check_words import concern_sentence

    found = reports.concerns(replica)
    if args.json:
        say_json([{**_facts(one), "text": concern_sentence(one)} for one in found])
        return Exit.DONE
    if not found:
        say(t("Nada que mirar antes de enviar un informe."))
        return Exit.DONE
    rows: list[Row] = [[one.code, concern_sentence(one), one.title if one.code else ""] for one in found]
    say_table(rows, [Column(t("Código")), Column(t("Qué mirar")), Column(t("Actividad"), is_elastic=True)])
    return Exit.DONE


def _facts(one: Concern) -> dict[str, str]:
    return {"kind": one.kind.value, "entity": one.entity, "code": one.code}
