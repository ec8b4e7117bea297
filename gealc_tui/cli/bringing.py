"""import: a plan that comes as a document, looked at before it is kept."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gealc_tui.cli import confirming, sheets
from gealc_tui.cli.output import Exit, complain, say, say_json, say_line
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import observation_label

if TYPE_CHECKING:
    from gealc_tui.commands.incoming import Incoming
    from gealc_tui.replica import Replica

_OUTCOME = {
    "new": N_("El plan es nuevo en esta copia."),
    "known": N_("El documento ya estaba; no se cambió nada."),
    "proposed": N_("El documento dice otra cosa que el plan: cada diferencia queda como propuesta (gealc proposals)."),
}

_WOULD = {
    "new": N_("El plan sería nuevo en esta copia."),
    "known": N_("El documento ya está; no cambiaría nada."),
    "proposed": N_("El documento dice otra cosa que el plan: cada diferencia quedaría como propuesta."),
}


def add_arguments(parser: ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "file", metavar=t("ARCHIVO"), help=t("el documento: un texto en UTF-8, o de Word (.docx); o una planilla")
    )
    parser.add_argument("--preview", action="store_true", help=t("sólo muestra lo que traería"))
    yes = t("sin preguntar, y aunque no sea el plan de este año ni del que viene")
    parser.add_argument("--yes", action="store_true", help=yes)
    by = t("de una planilla: de quién es lo que trae, «NOMBRE, PAÍS»")
    parser.add_argument("--for", dest="by", metavar=t("QUIÉN"), help=by)
    parser.add_argument("--sheet", metavar=t("HOJA"), help=t("de una planilla: qué hoja"))
    columns = t("de una planilla: qué es cada columna, A=code,B=title")
    parser.add_argument("--columns", metavar=t("COLUMNAS"), help=columns)
    parser.set_defaults(fault=sheets.fault)
    parser.add_argument("--json", action="store_true", help=t("para programas"))


def bring_in(replica: Replica, args: Namespace) -> int:
    """A text is kept at once, as it always was; a Word document once somebody has looked at what was read in it.

    A sheet is told cell by cell (`cli.sheets`).
    """
    from gealc_tui.commands import exchange, incoming, plans
    from gealc_tui.commands.sheets import is_sheet
    from gealc_tui.documents import packages

    path = Path(args.file)
    data = exchange.read_bounded(path, packages.LARGEST_FILE)
    if is_sheet(data, path):
        return sheets.bring_in(replica, args, data)
    found = incoming.document_in(data, path)
    is_sure = args.yes
    if args.preview or (found.kind != "text" and not is_sure):
        outcome, plan = incoming.outcome(replica, found)
        if args.json:
            say_json(_facts(args.file, found, plan, outcome))
        else:
            _say_preview(found, plan, outcome)
        if args.preview or outcome == "known":
            return Exit.DONE
        is_sure = not args.json and confirming.can_be_asked() and confirming.confirmed(t("¿Se trae?"))
        if not is_sure:
            complain(t("No se guardó nada; si está bien, repita con --yes."))
            return Exit.WAITS
    made = plans.bring_in(replica, found, any_year=is_sure)
    if args.json:
        say_json(_facts(args.file, found, made.plan, made.outcome))
        return Exit.DONE
    say(_counts(found, made.plan))
    say(t(_OUTCOME[made.outcome]))
    if made.proposals:
        say(tn("{n} propuesta", "{n} propuestas", made.proposals))
    if replica.plan not in (None, made.plan):
        say(t("El plan en vista sigue siendo otro; para ver este: gealc plan use {plan}", plan=made.plan))
    return Exit.DONE


def _counts(found: Incoming, plan: str) -> str:
    counts = (
        tn("{n} área", "{n} áreas", len(found.document.areas)),
        tn("{n} actividad", "{n} actividades", len(found.document.activities)),
        tn("{n} observación", "{n} observaciones", len(found.document.observations)),
    )
    return t("Plan {plan}: {counts}.", plan=plan, counts=", ".join(counts))


def _say_preview(found: Incoming, plan: str, outcome: str) -> None:
    say(_counts(found, plan))
    for area in found.document.areas:
        say_line(f"{area.code}  {area.title}")
        for one in found.document.activities:
            if one.area == area.id:
                say_line(f"{one.code}  {one.title}", 2)
    if found.document.observations:
        say(t("Lo que se observó en el documento:"))
    for seen in found.document.observations:
        said = t("línea {line}: «{text}»", line=seen.line, text=seen.text)
        say_line(f"{observation_label(seen.kind)} {said}", 2)
    say(t(_WOULD[outcome]))


def _facts(file: str, found: Incoming, plan: str, outcome: str) -> dict[str, Any]:
    return {
        "file": file,
        "kind": found.kind,
        "plan": plan,
        "outcome": outcome,
        "areas": len(found.document.areas),
        "activities": len(found.document.activities),
        "observations": [
            {"kind": one.kind.value, "place": t("línea {line}", line=one.line), "text": one.text}
            for one in found.document.observations
        ],
        "rows": [],
    }
