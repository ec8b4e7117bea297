"""import of a sheet: what each cell says, looked at before anything is kept."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gealc_tui import errors
from gealc_tui.cli import confirming
from gealc_tui.cli.output import Exit, Row, complain, say, say_json, say_line
from gealc_tui.cli.tables import Column, say_table
from gealc_tui.i18n import N_, t, tn
from gealc_tui.i18n.labels import field_label, value_label
from gealc_tui.i18n.sentences import sentence, shorten
from gealc_tui.plain import drawable

if TYPE_CHECKING:
    from gealc_tui.commands.sheets import CellOutcome, Reading, Remark
    from gealc_tui.replica import Replica

_WHOSE = N_('esta planilla salió de gealc: diga de quién es lo que trae, con --for "NOMBRE, PAÍS"')

_OUTCOME = {
    "same": N_("igual"),
    "changed": N_("cambia"),
    "difference": N_("diferencia"),
    "unreadable": N_("ilegible"),
}

_REMARK = {
    "unproved": N_("Atención"),
    "missing": N_("Filas que faltan"),
    "page": N_("Otra hoja"),
    "column": N_("Columna que no se lee"),
    "macros": N_("Tiene macros, que no se miran"),
    "external_links": N_("Tiene vínculos a otros archivos, que no se siguen"),
}


def fault(args: Namespace) -> str | None:
    """What is wrong with the arguments; of a sheet that carries what we sent it has to be said whose words it holds."""
    from gealc_tui.commands import exchange, sheets
    from gealc_tui.documents import packages

    path = Path(args.file)
    try:
        if args.by is not None:
            sheets.whose(args.by)
        if args.columns is not None and (said := _columns_fault(args.columns)) is not None:
            return said
        if args.by is None and not path.suffix.casefold().endswith((".txt", ".docx")):
            data = exchange.read_bounded(path, packages.LARGEST_FILE)
            if sheets.is_sheet(data, path) and sheets.carries_ours(data, path):
                return t(_WHOSE)
    except errors.FileUnreadable:
        return None  # told once the file is opened to be read
    except errors.GealcError as error:
        return sentence(error)
    return None


def _columns_fault(text: str) -> str | None:
    for part in text.split(","):
        letter, equals, name = part.partition("=")
        if not (equals and letter.strip() and name.strip()):
            return t("en --columns se espera A=code,B=title, y no «{part}»", part=part)
    return None


def _columns(text: str | None) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(",")) if text is not None else ()
    return {letter.strip(): name.strip() for letter, _, name in pairs}


def bring_in(replica: Replica, args: Namespace, data: bytes) -> int:
    """Shows what a sheet says; keeps it with --yes, or once a person at the terminal says so."""
    from gealc_tui.commands import sheets

    path = Path(args.file)
    book = sheets.read_sheet(data, path)
    by = sheets.whose(args.by) if args.by is not None else None
    if by is None and book.ours is not None:  # spelled so that a quick look did not see it
        complain(t(_WHOSE))
        return Exit.USAGE
    found = sheets.look(replica, book, data, by=by, page=args.sheet, columns=_columns(args.columns))
    waiting = found.count(sheets.CHANGED) + found.count(sheets.DIFFERENCE)
    if args.json:
        say_json(_facts(args.file, found))
    else:
        _say(found)
    if args.preview or not waiting:
        return Exit.DONE
    is_sure = args.yes or (not args.json and confirming.can_be_asked() and confirming.confirmed(t("¿Se trae?")))
    if not is_sure:
        complain(t("No se guardó nada; si está bien, repita con --yes."))
        return Exit.WAITS
    kept = sheets.keep(replica, found)
    if not args.json:
        say(tn("Se guardó {n} celda.", "Se guardaron {n} celdas.", kept))
        if found.count(sheets.DIFFERENCE):
            say(t("Lo que difiere queda a la vista hasta que alguien lo resuelva: gealc conflicts"))
    return Exit.DONE


def _say(found: Reading) -> None:
    for remark in found.remarks:
        say(_remark(remark))
    if found.kind == "sheet":
        rows: list[Row] = [[letter, title, name or "—", shorten(cell)] for letter, title, name, cell in found.sample]
        titles = (t("Columna"), t("Título"), t("Se toma por"), t("Ejemplo"))
        say_table(rows, [Column(title, is_elastic=title == titles[-1]) for title in titles])
    counts = ", ".join(_count(outcome, n) for outcome in _OUTCOME if (n := found.count(outcome)))
    say(t("Plan {plan}, celdas: {counts}.", plan=found.plan, counts=counts or "0"))
    for one in found.rows:
        if one.outcome != "same":
            say_line(_told(one), 2)


def _count(outcome: str, n: int) -> str:
    match outcome:
        case "same":
            return tn("{n} igual", "{n} iguales", n)
        case "changed":
            return tn("{n} cambia", "{n} cambian", n)
        case "difference":
            return tn("{n} diferencia", "{n} diferencias", n)
    return tn("{n} ilegible", "{n} ilegibles", n)


def _told(one: CellOutcome) -> str:
    outcome = t(_OUTCOME[one.outcome])
    reason = f" ({drawable(one.reason)})" if one.reason else ""
    after = shorten(str(one.after))
    if not one.entity:
        return f"{one.cell} {outcome}: «{after}»{reason}"
    kind = one.entity.partition("/")[0]
    label = field_label(kind, one.field)
    if one.outcome == "unreadable":
        return f"{one.cell} {label} {outcome}: «{after}»{reason}"
    before, now = (shorten(value_label(kind, one.field, value)) or "—" for value in (one.before, one.after))
    return f"{one.cell} {label} {outcome}: {before} → {now}{reason}"


def _remark(one: Remark) -> str:
    said = " ".join(part for part in (one.place, one.text) if part)
    return f"{t(_REMARK[one.kind])}: {drawable(said)}" if said else t(_REMARK[one.kind])


def _facts(file: str, found: Reading) -> dict[str, Any]:
    entities = {one.entity for one in found.rows if one.entity.startswith("activity/")}
    return {
        "file": file,
        "kind": found.kind,
        "plan": found.plan,
        "areas": 0,
        "activities": len(entities),
        "observations": [{"kind": one.kind, "place": one.place, "text": _remark(one)} for one in found.remarks],
        "rows": [
            {
                "cell": one.cell,
                "entity": one.entity,
                "field": one.field,
                "before": one.before,
                "after": one.after,
                "outcome": one.outcome,
                "reason": one.reason,
            }
            for one in found.rows
        ],
    }
