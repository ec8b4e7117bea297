"""What to look at before a report leaves, in the language in force."""

from __future__ import annotations

from typing import assert_never

from gealc_tui.domain.change import local_id
from gealc_tui.i18n import t, tn
from gealc_tui.i18n.naming import short_name
from gealc_tui.i18n.sentences import counted_changes
from gealc_tui.reports.checks import Concern, ConcernKind


def concern_sentence(one: Concern) -> str:
    """What is the matter, without the activity's name."""
    match one.kind:
        case ConcernKind.DIFFERENCE:
            return tn("{n} diferencia por resolver", "{n} diferencias por resolver", one.how_many)
        case ConcernKind.MISSING:
            facts = {"who": short_name(local_id(one.entity), one.title), "changes": counted_changes(one.how_many)}
            return t("faltan aquí {changes} de {who}", **facts)
        case ConcernKind.WAITING:
            facts = {"who": short_name(local_id(one.entity), one.title), "changes": counted_changes(one.how_many)}
            return t("{changes} de {who} esperan que usted confirme a su autor", **facts)
        case ConcernKind.DONE_WITHOUT_EVIDENCE:
            return t("cumplida, sin medio de verificación")
        case ConcernKind.OVERDUE_WITHOUT_REASON:
            return t("vencida, sin una nota que diga por qué")
        case ConcernKind.WITHOUT_LEAD:
            return t("sin responsable")
        case _:
            assert_never(one.kind)
