"""A plan as it stood, on the command line: what is looked at is said where no program reads it as a result."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gealc_tui.cli.output import complain
from gealc_tui.cli.phrases import day_phrase
from gealc_tui.domain.moment import MomentKind
from gealc_tui.i18n import t
from gealc_tui.i18n.naming import author_label

if TYPE_CHECKING:
    from gealc_tui.commands.looking_back import Past
    from gealc_tui.replica import Replica


@contextmanager
def seen(replica: Replica, ref: str | None) -> Iterator[None]:
    """Meanwhile the copy answers as the plan stood; None: as it is. Raises MomentUnknown, DayUnknown."""
    if ref is None:
        yield
        return
    from gealc_tui.commands import looking_back

    past = looking_back.past(replica, ref)
    for line in _told(past):
        complain(line)
    with replica.looking_back(past.stood, past.day):
        yield


def _told(past: Past) -> Iterator[str]:
    from gealc_tui.i18n.meeting_words import lacking_sentence, meeting_label

    day = day_phrase(past.day.isoformat() if past.day is not None else None)
    if past.is_document:
        yield t("El plan como lo dice el documento oficial.")
    elif past.moment is not None and past.author is not None and past.moment.kind != MomentKind.CLOSING:
        facts = {"day": day, "who": author_label(past.author)}
        yield (
            t("El plan como se aprobó el {day}, según {who}.", **facts)
            if past.moment.kind == MomentKind.APPROVAL
            else t("El plan como estaba al cierre de un período, el {day}, según {who}.", **facts)
        )
    elif past.moment is None or past.author is None:
        yield t("El plan como estaba al final del {day}, según esta copia.", day=day)
    else:
        facts = {"day": day, "who": author_label(past.author)}
        if past.meeting is not None:
            yield t(
                "El plan como estaba al cierre de la reunión «{meeting}» del {day}, según el acta de {who}.",
                meeting=meeting_label(past.meeting),
                **facts,
            )
        else:
            yield t("El plan como estaba al cierre de una reunión del {day}, según el acta de {who}.", **facts)
    for one in past.lacking:
        yield lacking_sentence(one)
    if past.moment is not None:
        yield (
            t("Verificado: es el mismo plan que tenía quien lo anotó.")
            if past.stood.is_verified
            else t("Sin verificar: aquí no está todo lo que tenía quien lo anotó.")
        )


def say_clock(replica: Replica) -> None:
    """Says that this machine's clock does not fit what is known, before somebody writes under it."""
    from gealc_tui.commands import clocks
    from gealc_tui.i18n.sentences import clock_sentence

    if (doubt := clocks.doubt(replica)) is not None:
        complain(clock_sentence(doubt))
