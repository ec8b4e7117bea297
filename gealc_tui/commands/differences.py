"""Settling differences: one value is kept, by a change that goes over all the others and travels to everyone.

Many that are settled at once are one change, and one undo takes it back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gealc_tui import errors
from gealc_tui.commands.deletion import deletion_again, is_deletable, return_of
from gealc_tui.commands.fields import parse
from gealc_tui.domain import settling
from gealc_tui.domain.change import Value, kind_of, same
from gealc_tui.domain.readings import Difference
from gealc_tui.domain.visibility import DELETED
from gealc_tui.i18n.labels import country_by_name, fold
from gealc_tui.replica import Committed, Replica

_LONGEST_NUMBER = 2
"""Digits up to which a number counts the values; longer ones begin the id of a change."""


def take(
    replica: Replica, entity: str, field: str, which: str, *, seen: Collection[str] | None = None
) -> Committed | None:
    """Keeps a value: the one that a change (its id, or how it begins) wrote, or by its number, from 1.

    `seen` holds the changes whose values the person has before them. Raises NotADifference, DifferenceChanged if
    others stand there by now, NotUnderstoodHere if a newer version wrote it, NoIdentity …
    """
    difference = _found(replica, entity, field, seen)
    number = which.isascii() and which.isdigit() and len(which) <= _LONGEST_NUMBER
    chosen = [
        choice.value
        for place, choice in enumerate(difference.choices, 1)
        if (place == int(which) if number else which and any(one.change.startswith(which) for one in choice.standings))
    ]
    if len(chosen) != 1:
        raise errors.NotADifference(ref=entity, field=field)
    return _settle(replica, [(difference, chosen[0])])


def write(
    replica: Replica, entity: str, field: str, text: str, *, seen: Collection[str] | None = None
) -> Committed | None:
    """Settles a difference by a value that a person typed. Raises as `take`, and what `fields.parse` raises."""
    difference = _found(replica, entity, field, seen)
    return _settle(replica, [(difference, parse(kind_of(entity), field, text, replica.today))])


def take_shown(replica: Replica, activity: str) -> Committed | None:
    """Settles all differences of an activity (its id) by what is shown now. Raises NothingToSettle, NoIdentity …"""
    return _settle(replica, _kept(settling.as_shown(replica.read.differences(activity))))


def take_theirs(replica: Replica, author: str, activity: str | None = None) -> Committed | None:
    """Settles every difference in which an author (a replica's id) stands by what the author says.

    With `activity` (an id) only those of that activity. Raises NothingToSettle, NoIdentity …
    """
    return _settle(replica, _kept(settling.theirs(replica.read.differences(activity), author)))


def take_others(replica: Replica, author: str, activity: str | None = None) -> Committed | None:
    """Settles every difference in which an author stands by what the others say, where they agree; as `take_theirs`."""
    return _settle(replica, _kept(settling.others(replica.read.differences(activity), author)))


def author_ref(replica: Replica, ref: str) -> str:
    """The id of the one author in a difference whom a person means: by its beginning, by name or by country.

    Raises AuthorUnclear.
    """
    known = settling.authors(replica.read.differences())
    wanted, country = fold(ref), country_by_name(ref) or ref.strip().upper()
    for found in (
        [one for one in known if wanted and one.replica.startswith(wanted)],
        [one for one in known if wanted and fold(one.name) == wanted],
        [one for one in known if one.country == country],
    ):
        if len(found) == 1:
            return found[0].replica
    raise errors.AuthorUnclear(ref=ref)


def _found(replica: Replica, entity: str, field: str, seen: Collection[str] | None) -> Difference:
    difference = replica.read.difference(entity, field)
    if difference is None:
        raise errors.NotADifference(ref=entity, field=field)
    if not _is_understood(difference):
        raise errors.NotUnderstoodHere()
    if seen is not None and {one.change for one in difference.values} != set(seen):
        raise errors.DifferenceChanged(entity=entity, field=field)
    return difference


def _is_understood(difference: Difference) -> bool:
    """Whether this version knows what it would settle."""
    # The models take long to import, and no screen waits for them before something is settled.
    from gealc_tui.domain.entities import knows

    return knows(kind_of(difference.entity), difference.field)


def _kept(picks: settling.Picks) -> list[tuple[Difference, Value]]:
    return [(one.difference, one.choice.value) for one in picks if _is_understood(one.difference)]


def _settle(replica: Replica, kept: Iterable[tuple[Difference, Value]]) -> Committed | None:
    """One change for all.

    Words that are chosen over a deletion are meant to be seen: it is taken back. If those are chosen that it said
    again, it is written anew, by somebody who has seen the others. So also where the entity itself is disputed.
    """
    kept = tuple(kept)
    if not kept:
        raise errors.NothingToSettle()
    wanted = {difference.place: value for difference, value in kept}
    deletes: dict[str, bool] = {}
    for difference, value in kept:
        entity = difference.entity
        # What only stands beside the question whether it is deleted leaves that open.
        if is_deletable(entity) and any(one.deletes for one in difference.values):
            deleting = any(one.deletes and same(value, one.value) for one in difference.values)
            deletes[entity] = deletes.get(entity, True) and deleting
    for entity, deleting in deletes.items():
        wanted.pop((entity, DELETED), None)
        settings = deletion_again(replica, entity) if deleting else return_of(replica, entity)
        settings = settings or [(entity, DELETED, False)]
        wanted = {(one, field): value for one, field, value in settings} | wanted
    return replica.commit([(entity, field, value) for (entity, field), value in wanted.items()], restate=bool(deletes))
