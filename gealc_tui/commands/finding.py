"""Finding activities: by words, by code, by filters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gealc_tui.domain.filters import Filter, Since
from gealc_tui.domain.moment import Moment
from gealc_tui.domain.moments import start_of_day
from gealc_tui.domain.readings import ActivityReading, ActivityRow, Found, Matching, SoughtWord
from gealc_tui.domain.vocabulary import BODIES, COUNTRIES
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import field_label, lead_name
from gealc_tui.plain import drawable, folded
from gealc_tui.replica import Replica

MOST = 200
"""How many rows a search shows; whoever wants others types one letter more."""

_AROUND = 28
"""Characters that are shown on either side of what was found in a longer text."""


def search(replica: Replica, text: str, within: Matching | None = None) -> Found:
    """What of the plan in view holds all the words of `text`, the best first; `within`: what a filter lets through."""
    return replica.read.search(sought(replica, text), replica.today, replica.plan, most=MOST, within=within)


def sought(replica: Replica, text: str) -> tuple[SoughtWord, ...]:
    """The words of a search. Countries, bodies and persons may be given by how their name begins."""
    words = folded(drawable(text)).split()
    if not words:
        return ()
    people = [(folded(lead_name(code)), code) for code in (*COUNTRIES, *BODIES)]
    people += [(folded(name), id) for id, name in replica.read.names()]
    return tuple(
        SoughtWord(word, tuple(code for name, code in people if code.lower() == word or _is_called(name, word)))
        for word in words
    )


def _is_called(name: str, word: str) -> bool:
    return len(word) > 1 and any(part.startswith(word) for part in name.split())


def matching(replica: Replica, wanted: Filter, plan: str | None) -> Matching:
    """What a filter lets through of a plan (its id); nothing of none."""
    if plan is None:
        return Matching({})
    read = replica.read
    if wanted.since == Since.MEETING and (moment := _last_closing(replica)) is not None:
        return read.matching(wanted, plan, replica.today, changed=read.changed_beside(moment))
    return read.matching(wanted, plan, replica.today, since_instant(replica, wanted.since))


def _last_closing(replica: Replica) -> Moment | None:
    """The last closing of a meeting, unless a meeting that an older version closed came after it."""
    moment, by_clocks = replica.read.last_closing(), replica.read.last_closed_by_clocks()
    return None if moment is None or (by_clocks is not None and by_clocks[1] > moment.placed) else moment


def since_instant(replica: Replica, since: str | None) -> int | None:
    """The instant that a filter's `since` means here: the first of a day, or when the last meeting was closed."""
    if since is None:
        return None
    if since == Since.MEETING:
        found = replica.read.last_closed_by_clocks()
        return None if found is None else found[0]
    try:
        return start_of_day(date.fromisoformat(since))
    except ValueError:
        return None


def by_code(replica: Replica, text: str) -> tuple[ActivityRow, ...]:
    """The activities of the plan in view whose printed code begins so, that very code first.

    The same code may stand on several. Figures without points are taken as the code 3.2.4 said in a hurry: `324`.
    """
    code = text.strip()
    if not code:
        return ()
    if len(code) > 2 and code.isascii() and code.isdecimal():
        code = ".".join([*code[:2], code[2:]])
    found = replica.read.search([SoughtWord(code)], replica.today, replica.plan, most=MOST).rows
    return tuple(row for row in found if isinstance(row, ActivityRow) and row.code.startswith(code))


class Match(NamedTuple):
    """Where a search found its words, if that is not in the title."""

    label: str
    text: str


def matched(reading: ActivityReading, words: tuple[SoughtWord, ...]) -> Match | None:
    """The first place outside code and title that holds a word that these do not; None if they hold them all."""
    shown = folded(f"{reading.row.code} {reading.row.title}")
    for word in words:
        if word.text in shown:
            continue
        for label, text in _places(reading):
            if (at := folded(text).find(word.text)) >= 0:
                return Match(label, _around(text, at, len(word.text)))
        for code in (reading.row.lead, *reading.co_leads):
            if code in word.people and code is not None:
                return Match(field_label("activity", "lead"), lead_name(code))
        for note in reading.notes:
            if note.author.replica in word.people:
                return Match(t("nota de {who}", who=note.author.name), _around(note.text, 0, 2 * _AROUND))
    return None


def _places(reading: ActivityReading) -> Iterator[tuple[str, str]]:
    for product in reading.products:
        yield field_label("product", "text"), product.text
    for note in reversed(reading.notes):
        yield field_label("note", "text"), note.text
    for field in ("participants", "place", "resources", "funder"):
        if text := getattr(reading, field):
            yield field_label("activity", field), text


def _around(text: str, at: int, length: int) -> str:
    """What stands around a place, in one line, cut with «…»."""
    start, end = max(at - _AROUND, 0), at + length + _AROUND
    cut = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"
