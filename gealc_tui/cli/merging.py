"""Receiving change files, and telling what came of it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gealc_tui import errors
from gealc_tui.cli.output import Exit, complain, say, say_json, say_line
from gealc_tui.domain.change import is_genesis, kind_of
from gealc_tui.domain.verification import verification_digits
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.edit_words import edit_phrase
from gealc_tui.i18n.labels import DIFFERENCE_MARK, field_label
from gealc_tui.i18n.naming import author_label, entity_label, person_label, short_name
from gealc_tui.i18n.sentences import (
    branches_sentence,
    displaced_sentence,
    meeting_itself_sentence,
    repairs_sentence,
    sentence,
)
from gealc_tui.plain import drawable
from gealc_tui.presentation.merging import log_sentence, told_changes
from gealc_tui.presentation.people import cautions, known_names

if TYPE_CHECKING:
    from gealc_tui.replica import Replica
    from gealc_tui.sync.outcomes import FileOutcome, LogOutcome, MergeReport, Register

_STANDARD_INPUT = "-"


def fault(args: Namespace) -> str | None:
    """What is wrong with the arguments, if anything."""
    return None if args.files or args.clipboard else t("falta un archivo, o --clipboard")


def merge(replica: Replica, args: Namespace) -> int:
    """Each file whole or not at all; one that cannot be read or is refused does not stop the others."""
    from gealc_tui.commands import exchange

    incoming = _Incoming(args.files, clipboard=args.clipboard)
    report = exchange.merge(replica, incoming, accept=args.accept, dry_run=args.dry_run)
    for name, error in incoming.refused(report):
        # A file that cannot be read is named by the sentence itself.
        is_named = isinstance(error, (errors.FileUnreadable, errors.ClipboardUnread))
        complain(sentence(error) if is_named else f"{drawable(name)}: {sentence(error)}")
    if args.json:
        say_json(report_facts(replica, incoming.outcomes(report), report))
    else:
        say_report(replica, report, dry_run=args.dry_run)
    if incoming.unreadable or report.refused:
        return Exit.REFUSED
    return Exit.WAITS if report.waits_for_a_person else Exit.DONE


class _Incoming:
    """The named files, read one by one as they are wanted. What cannot be read is remembered, not raised."""

    def __init__(self, names: Sequence[str], *, clipboard: bool = False) -> None:
        found = list(expanded_names(names))
        self._names = [*found, t("portapapeles")] if clipboard else found
        self._copied = len(found) if clipboard else None
        """Which of them stands for the clipboard."""
        self.unreadable: dict[int, errors.GealcError] = {}

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        from gealc_tui.clipboard import pasted
        from gealc_tui.commands.exchange import read_file

        for place, name in enumerate(self._names):
            try:
                if place == self._copied:
                    data = pasted()
                else:
                    data = _standard_input() if name == _STANDARD_INPUT else read_file(Path(name))
            except (errors.FileUnreadable, errors.ClipboardUnread) as error:
                self.unreadable[place] = error
            else:
                yield name, data

    def outcomes(self, report: MergeReport) -> Iterator[FileOutcome]:
        """What became of each named file, in order; of a message or an archive, of each file in it."""
        from gealc_tui.sync.outcomes import FileOutcome

        read = list(report.files)
        for place, name in enumerate(self._names):
            if (error := self.unreadable.get(place)) is not None:
                yield FileOutcome(name, "unreadable", error, ())
            while read and error is None and (read[0].file == name or read[0].file.startswith(f"{name}: ")):
                yield read.pop(0)

    def refused(self, report: MergeReport) -> list[tuple[str, errors.GealcError]]:
        return [(one.file, one.error) for one in self.outcomes(report) if one.error is not None]


def expanded_names(names: Iterable[str]) -> Iterator[str]:
    """Files as a shell gives them: a name with `*`, `?` or `[` that is no file stands for those that fit.

    The shells of Windows hand such names on as they are, `~` too.
    """
    import glob

    for name in names:
        path = os.path.expanduser(name)
        fitting = [] if os.path.exists(path) or not glob.has_magic(path) else sorted(glob.glob(path))
        yield from fitting or (name if name == _STANDARD_INPUT else path,)


def _standard_input() -> bytes:
    from gealc_tui.sync.bundle import LARGEST_FILE

    try:
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    except AttributeError as error:
        # There is no standard input (`<&-`).
        raise errors.FileUnreadable(path=t("la entrada"), reason="missing") from error
    except OSError as error:
        raise errors.FileUnreadable(path=t("la entrada"), reason=errors.reason_of(error)) from error
    if len(data) > LARGEST_FILE:
        raise errors.FileUnreadable(path=t("la entrada"), reason="too_large")
    return data


def report_facts(replica: Replica, files: Iterable[FileOutcome], report: MergeReport) -> dict[str, Any]:
    """A merge report for programs, and what became of each file."""
    return {
        "files": [_file_facts(one) for one in files],
        "changes": {"new": report.new, "known": report.known},
        "conflicts": {"opened": len(report.opened), "settled": len(report.settled)},
        "activities": [
            {
                "id": one.activity,
                "code": replica.read.code_of(one.activity),
                "entity": one.entity,
                "field": one.field,
                "before": one.before,
                "after": one.after,
                "by": one.by.name,
            }
            for one in report.altered
            if one.activity is not None
        ],
        "others": [
            {"entity": one.entity, "field": one.field, "before": one.before, "after": one.after, "by": one.by.name}
            for one in report.altered
            if one.activity is None
        ],
    }


def _file_facts(file: FileOutcome) -> dict[str, Any]:
    return {
        "file": file.file,
        "outcome": str(file.outcome),
        "reason": None if file.error is None else sentence(file.error),
        "logs": [_log_facts(log) for log in file.logs],
    }


def _log_facts(log: LogOutcome) -> dict[str, Any]:
    facts = log._asdict() | {"outcome": log.outcome.value}
    del facts["role"]
    return facts


def say_report(replica: Replica, report: MergeReport, *, dry_run: bool = False) -> None:
    """A merge report for people; what was refused is told on stderr, and not here."""
    if dry_run:
        say(t("Prueba: no se cambió nada."))
    for file in report.files:
        if file.error is None:
            say_line(file.file)
            if file.outcome == "known":
                say_line(t("ya se había recibido"), 2)
            if file.repairs:
                say_line(repairs_sentence(file.repairs), 2)
            for log in file.logs:
                say_line(log_sentence(log, done=not dry_run), 2)
    if any(file.error is None for file in report.files):
        say_plan(report)
    for name, branches, replica_id in report.many_branches:
        say(branches_sentence(short_name(replica_id, name), branches, replica_id))
    for gone in report.displaced:
        say(displaced_sentence(person_label(gone.replica, gone.name, gone.country)))
    if report.met_itself and dry_run:
        say(meeting_itself_sentence())
    for one in report.renamed:
        what = edit_phrase(one.entity, one.field, one.before, one.after)
        say(t("Alguien que usted conoce se presenta de otra manera. {what}", what=what))
    for asker in report.requests:
        who = author_label(replica.read.author(asker))
        say(t("{who} pide lo que le falta: gealc export --for {replica}", who=who, replica=asker[:12]))
    strangers = {log.replica: log for file in report.files for log in file.logs if log.outcome == "stranger"}
    if strangers:
        say(t("Por confirmar (con gealc accept, o con gealc merge --accept):"))
        known = known_names(replica.people())
        for replica_id, log in strangers.items():
            who = person_label(replica_id, log.name, log.country)
            say_line(f"{who}: gealc accept {replica_id[:12]}", 2)
            if not is_genesis(replica_id):
                digits = verification_digits(replica_id)
                say_line(t("antes, compare por teléfono sus números: {digits}", digits=digits), 4)
                for caution in cautions(known, log.name, log.role):
                    say_line(caution, 4)


def say_plan(report: MergeReport) -> None:
    """What the plan shows that it did not show before."""
    altered = told_changes(report)
    if not (altered or report.opened or report.settled):
        say(t("El plan que se ve no cambia."))
        return
    if altered:
        say(t("Cambia:"))
        for one in altered:
            phrase = edit_phrase(one.entity, one.field, one.before, one.after)
            say_line(f"{_place(report, one.entity, one.activity)} · {phrase} ({author_label(one.by)})", 2)
    if report.opened:
        count = len(report.opened)
        say(
            tn(
                "Se abre {n} diferencia; véala con gealc conflicts:",
                "Se abren {n} diferencias; véalas con gealc conflicts:",
                count,
            )
        )
        _say_registers(report, report.opened)
    if report.settled:
        say(tn("Se resuelve {n} diferencia:", "Se resuelven {n} diferencias:", len(report.settled)))
        _say_registers(report, report.settled)


def _place(report: MergeReport, entity: str, activity: str | None) -> str:
    """An activity by the reference that commands take, all else by its name."""
    # An id that was drawn by lot tells nobody anything.
    return activity if activity is not None and "/" in activity else entity_label(report.names[entity])


def _say_registers(report: MergeReport, registers: Sequence[Register]) -> None:
    for one in registers:
        place = _place(report, one.entity, one.activity)
        say_line(f"{DIFFERENCE_MARK} {place} · {field_label(kind_of(one.entity), one.field)}", 2)
