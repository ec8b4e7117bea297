"""Names that could be taken for somebody else's: what a person is shown before they accept a stranger.

Promise: nothing is refused here, and nobody is called an impostor. Two people may share a name, and one person may go
on under a new identity; whoever accepts is told whose name it is, and decides.

Letters that look alike are those of Unicode's list of confusable characters (Unicode Technical Standard 39).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.vocabulary import Role, Trust

_LONGEST = 200
"""Characters of a name that are compared; strangers call themselves what they like."""


class Likeness(StrEnum):
    """Why somebody could be taken for another."""

    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    """Other letters that look the same, or letters that nobody can see."""
    SECRETARIAT = "secretariat"
    """They say to be the Technical Secretariat, by their function or by their name."""


class Resemblance(NamedTuple):
    """What a stranger could be taken for: `person` is whom they resemble, None for the Secretariat as such."""

    likeness: Likeness
    person: PersonReading | None


class KnownNames:
    """The names of those whom this copy accepts, and the titles that stand for an office."""

    def __init__(self, people: Iterable[PersonReading], titles: Collection[str]) -> None:
        """`titles`: what the Technical Secretariat is called, in each language."""
        self._same: dict[str, PersonReading] = {}
        self._seen: dict[str, PersonReading] = {}
        for one in people:
            if one.trust in (Trust.SELF, Trust.ACCEPTED) and one.name:
                self._same.setdefault(_folded(one.name), one)
                self._seen.setdefault(_seen_as(one.name), one)
        self._titles = [_seen_as(title) for title in titles]

    def resembled_by(self, name: str, role: str | None) -> tuple[Resemblance, ...]:
        """Whom a stranger of this name and function could be taken for."""
        found: list[Resemblance] = []
        seen = _seen_as(name)
        if (person := self._same.get(_folded(name))) is not None and name:
            same = _is_latin(name)
            found.append(Resemblance(Likeness.SAME_NAME if same else Likeness.SIMILAR_NAME, person))
        elif seen and (person := self._seen.get(seen)) is not None:
            found.append(Resemblance(Likeness.SIMILAR_NAME, person))
        if role == Role.SECRETARIAT or any(title and title in seen for title in self._titles):
            found.append(Resemblance(Likeness.SECRETARIAT, None))
        return tuple(found)


def _folded(name: str) -> str:
    """A name without what people leave out when they write it by hand: capitals, accents, signs, blanks."""
    parts = unicodedata.normalize("NFKD", name[:_LONGEST]).casefold()
    return "".join(character for character in parts if character.isalnum())


def _is_latin(name: str) -> bool:
    """Whether a name is written in letters of our languages, and in nothing that is not seen."""
    letters = unicodedata.normalize("NFC", name[:_LONGEST])
    return all(one in " .,'’-" or one.isdigit() or unicodedata.name(one, "").startswith("LATIN") for one in letters)


def _seen_as(name: str) -> str:
    """How a name looks: each letter as the Latin one for which it could be taken."""
    parts = unicodedata.normalize("NFKD", name[:_LONGEST])
    seen = "".join(_looks_like(character) for character in parts if character.isalnum())
    return re.sub("rn", "m", seen)


@lru_cache(maxsize=4096)
def _looks_like(character: str) -> str:
    from confusable_homoglyphs import confusables

    found = confusables.is_confusable(character, greedy=True) or []
    alike = {character, *(one["c"] for entry in found for one in entry["homoglyphs"])}
    letters = {one.casefold() for one in alike if len(one) == 1 and one.isascii() and one.isalnum()}
    for taken_for in ("l", "o"):
        # One, capital i and l are one shape; so are zero and o.
        if taken_for in letters:
            return taken_for
    return min(letters, default=character.casefold())
