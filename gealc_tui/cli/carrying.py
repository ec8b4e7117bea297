"""The command that keeps this copy and a shared folder in step."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gealc_tui import errors
from gealc_tui.cli.merging import report_facts, say_report
from gealc_tui.cli.output import Exit, complain, say, say_json
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.sentences import sentence, shorten

if TYPE_CHECKING:
    from gealc_tui.commands.carrying import SyncReport
    from gealc_tui.replica import Replica


def sync(replica: Replica, args: Namespace) -> int:
    """What is not readable yet waits for the next time; only a folder that cannot be used fails."""
    from gealc_tui.commands import carrying

    report = carrying.sync(replica, args.place, accept=args.accept)
    for one in report.unreadable:
        complain(_not_yet(one.name, one.error))
    if report.failed is not None:
        complain(sentence(report.failed))
    if args.json:
        say_json(_facts(replica, report))
    else:
        _say(replica, report)
    if report.failed is not None:
        return Exit.REFUSED
    return Exit.WAITS if report.unreadable or report.merged.waits_for_a_person else Exit.DONE


def _not_yet(name: str, error: errors.GealcError) -> str:
    why = sentence(error)
    # A file that cannot be read is named by the sentence itself.
    return why if isinstance(error, errors.FileUnreadable) else f"{shorten(name)}: {why}"


def _say(replica: Replica, report: SyncReport) -> None:
    say_report(replica, report.merged)
    if report.read == 0:
        say(t("No hay nada nuevo en la carpeta."))
    if report.unreadable:
        count = len(report.unreadable)
        say(
            tn(
                "{n} archivo todavía no se puede leer; se probará la próxima vez.",
                "{n} archivos todavía no se pueden leer; se probarán la próxima vez.",
                count,
            )
        )
    if report.others:
        say(others_line(report.others))
    if report.written is not None:
        say(t("Se dejó en la carpeta: {name}", name=report.written))
    elif report.failed is None:
        say(t("La carpeta ya tenía todo lo de esta copia."))


_MOST_NAMED = 5


def others_line(names: Sequence[str]) -> str:
    """What else lies in a folder, and how it is taken in if it should be."""
    named = ", ".join(shorten(name, 40) for name in names[:_MOST_NAMED])
    more = ", …" if len(names) > _MOST_NAMED else ""
    return tn(
        "Hay además {n} cosa que no se mira: {names}. Un mensaje o un zip se recibe con gealc merge.",
        "Hay además {n} cosas que no se miran: {names}. Un mensaje o un zip se recibe con gealc merge.",
        len(names),
        names=named + more,
    )


def _facts(replica: Replica, report: SyncReport) -> dict[str, object]:
    from gealc_tui.sync.outcomes import FileOutcome

    unreadable = (FileOutcome(one.name, "unreadable", one.error, ()) for one in report.unreadable)
    return {
        "folder": report.place,
        **report_facts(replica, [*report.merged.files, *unreadable], report.merged),
        "read": report.read,
        "others": list(report.others),
        "written": report.written,
        "failed": None if report.failed is None else sentence(report.failed),
    }
