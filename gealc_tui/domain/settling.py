"""Many differences at once: which value is kept of each, under a rule that a person chose.

A rule settles only what it says plainly. Where it leaves several values to choose from, the difference stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gealc_tui.domain.readings import Author, Choice, Difference


class Pick(NamedTuple):
    """A difference, and the value that is kept of it."""

    difference: Difference
    choice: Choice


Picks = tuple[Pick, ...]


def as_shown(differences: Iterable[Difference]) -> Picks:
    """Of each, the value that is shown now."""
    return tuple(Pick(one, one.choices[0]) for one in differences)


def theirs(differences: Iterable[Difference], replica: str) -> Picks:
    """Of each in which an author stands, the author's value; nothing where the author says several things."""
    return tuple(
        Pick(one, own[0])
        for one in differences
        if len(own := [choice for choice in one.choices if _says(choice, replica)]) == 1
    )


def others(differences: Iterable[Difference], replica: str) -> Picks:
    """Of each in which an author stands, what the others say; nothing where the others do not agree."""
    return tuple(
        Pick(one, left[0])
        for one in differences
        if len(left := [choice for choice in one.choices if not _says(choice, replica)]) == 1
    )


def authors(differences: Iterable[Difference]) -> tuple[Author, ...]:
    """Those who stand in differences, each once, in the order in which they are met."""
    found = {standing.author.replica: standing.author for one in differences for standing in one.values}
    return tuple(found.values())


def _says(choice: Choice, replica: str) -> bool:
    return any(one.author.replica == replica for one in choice.standings)
