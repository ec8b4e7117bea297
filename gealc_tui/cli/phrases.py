"""Plan things as lines for people: authors, moments, edits. Everything here is text of one line, not yet cut."""

from __future__ import annotations

import re
from datetime import date, datetime

from gealc_tui.cli.output import complain
from gealc_tui.domain.vocabulary import Status
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import MARKS, day_label, status_label


def status_phrase(status: Status) -> str:
    """The mark and the word."""
    return f"{MARKS[status]} {status_label(status)}"


def moment_phrase(at: int, is_doubtful: bool = False) -> str:
    """A moment on this machine's clock, `14/03/2019 10:22`; foreign clocks may say anything.

    A clock that does not fit what stands around it in its author's log is pointed out.
    """
    try:
        moment = datetime.fromtimestamp(at / 1000)
    except (OverflowError, OSError, ValueError):
        return str(at)
    said = f"{day_label(moment.date().isoformat())} {moment:%H:%M}"
    return t("{moment} (reloj dudoso)", moment=said) if is_doubtful else said


def instant(at: int) -> str:
    """A moment as programs read it, `2019-03-14T13:22:05.123Z`."""
    # The models of the change file take long to import, and `list` needs no moment.
    from gealc_tui.sync.bundle import instant_text

    return instant_text(at)


def day_phrase(day: str | None) -> str:
    """A day, or a dash."""
    return day_label(day) if day else "—"


def tell_day(typed: str, day: str) -> None:
    """Says which day was understood (`YYYY-MM-DD`), if no year was typed."""
    if re.search(r"[0-9]{4}", typed) is None:
        from gealc_tui.i18n.dates import full_day

        complain(t("Entendido: {day}", day=full_day(date.fromisoformat(day))))
