"""What came of a merge, in words."""

from __future__ import annotations

from typing import assert_never

from gealc_tui.domain.change import is_genesis, kind_of
from gealc_tui.domain.fields import MOVES
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.naming import person_label
from gealc_tui.i18n.sentences import counted_changes
from gealc_tui.sync.outcomes import AlteredValue, LogOutcome, MergeReport, Outcome


def log_sentence(log: LogOutcome, *, done: bool) -> str:
    """Whose words came, and what becomes of them. `done`: they were applied; else it is a preview."""
    said = _what_became(log, done=done)
    if log.missing and not is_genesis(log.replica):
        said = t("{what}; faltan {missing} anteriores", what=said, missing=counted_changes(log.missing))
    return f"{person_label(log.replica, log.name, log.country)}: {said}"


def told_changes(report: MergeReport) -> list[AlteredValue]:
    """The values of a report that people are told of: not who somebody is, and a move to another area once."""
    moved = {one.entity for one in report.altered if one.field == MOVES[0]}
    return [
        one
        for one in report.altered
        if kind_of(one.entity) != "person" and not (one.field == "order" and one.entity in moved)
    ]


def _what_became(log: LogOutcome, *, done: bool) -> str:
    match log.outcome:
        case Outcome.NEW | Outcome.PARTIAL:
            return _taken(log)
        case Outcome.KNOWN:
            return t("ya estaba todo")
        case Outcome.STRANGER:
            changes = counted_changes(log.new)
            if done:
                return t("{changes} aparte, hasta que se confirme a su autor", changes=changes)
            return tn("{n} cambio, autor por confirmar", "{n} cambios, autor por confirmar", log.new)
        case Outcome.BLOCKED:
            return t("autor bloqueado; queda aparte")
        case Outcome.FORKED:
            return t("{taken} (su identidad se usó en dos equipos)", taken=_taken(log))
        case Outcome.TWIN:
            return t("no se aplica: no es el documento oficial que dice ser")
        case Outcome.CROWDED:
            return t("no se aplica ni se guarda: esperan demasiadas personas. Recíbalo otra vez más tarde")
        case _:
            assert_never(log.outcome)


def _taken(log: LogOutcome) -> str:
    """How many changes are new, and how many of the same run were here."""
    new = tn("{n} cambio nuevo", "{n} cambios nuevos", log.new)
    return tn("{new}, {n} ya estaba", "{new}, {n} ya estaban", log.known, new=new) if log.known else new
