"""What people ask of the history, as they type it."""

from __future__ import annotations

from datetime import date

from gealc_tui import errors
from gealc_tui.commands import fields
from gealc_tui.domain.days import Toward
from gealc_tui.domain.fields import FIELDS as described
from gealc_tui.domain.history import NOTE, HistoryFilter
from gealc_tui.domain.moments import start_of_day
from gealc_tui.i18n.labels import country_name, fold
from gealc_tui.replica import Replica

FIELDS = tuple(
    dict.fromkeys(
        [
            "status",
            NOTE,
            *(one.name for kind in ("activity", "product", "area") for one in described[kind] if one.in_history),
        ]
    )
)
"""What can be asked for as a field."""


def asked(replica: Replica, *, who: str = "", about: str = "", field: str = "", since: str = "") -> HistoryFilter:
    """The filter that these words mean; an empty one asks for nothing.

    Raises NotFound, CodeIsAmbiguous, AuthorUnclear, FieldUnknown, and ValueRefused for a day.
    """
    if field and field not in FIELDS:
        raise errors.FieldUnknown(field=field, choices=FIELDS)
    return HistoryFilter(
        author(replica, who) if who.strip() else None, place(replica, about), field or None, start(since, replica.today)
    )


def place(replica: Replica, ref: str) -> str | None:
    """The activity or area of an id or a printed code; None for nothing. Raises NotFound and CodeIsAmbiguous."""
    return replica.resolve(ref.strip()) if ref.strip() else None


def start(text: str, today: date) -> int | None:
    """The first moment of a day as people write it, without a year the last such day; None for nothing.

    Raises ValueRefused.
    """
    return start_of_day(fields.read_day(text, "since", today, Toward.BEHIND)) if text.strip() else None


def author(replica: Replica, words: str) -> str:
    """The one author who is meant by a name, a country or how the id begins. Raises AuthorUnclear."""
    wanted = fold(words)
    authors = replica.read.authors()
    found = [one for one in authors if wanted in (fold(one.name), fold(country_name(one.country or "")))]
    found = found or [one for one in authors if one.replica.startswith(words.strip())]
    found = found or [one for one in authors if wanted in fold(one.name)]
    if len(found) != 1:
        raise errors.AuthorUnclear(ref=words)
    return found[0].replica
