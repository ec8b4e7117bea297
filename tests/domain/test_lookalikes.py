"""Whose name a stranger bears, or seems to bear."""

from __future__ import annotations

import pytest

from gealc_tui.domain.lookalikes import KnownNames, Likeness
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.vocabulary import Role, Trust


def person(name: str, trust: Trust = Trust.ACCEPTED) -> PersonReading:
    return PersonReading("a" * 26, name, "CL", None, trust, last=1, missing=0, acknowledged=None, aside=0)


def likenesses(name: str, role: str | None = None, *, of: str = "José Iñíguez", trust: Trust = Trust.ACCEPTED):
    known = KnownNames([person(of, trust)], ["Secretaría Técnica", "Technical Secretariat"])
    return [one.likeness for one in known.resembled_by(name, role)]


@pytest.mark.parametrize("name", ["José Iñíguez", "jose iniguez", "JOSÉ  IÑÍGUEZ", "Jose Iñi\u0301guez"])
def test_the_same_name_is_pointed_out_however_it_is_typed(name):
    assert likenesses(name) == [Likeness.SAME_NAME]


@pytest.mark.parametrize(
    "name",
    [
        "Jоsé Iñíguez",  # a Cyrillic o
        "J0sé Iñíguez",
        "José lñíguez",
        "José Iñí\u200bguez",
        "𝐉osé Iñíguez",
        "Ｊosé Iñíguez",
    ],
)
def test_a_name_that_only_looks_the_same_is_pointed_out_as_such(name):
    assert likenesses(name) == [Likeness.SIMILAR_NAME]


@pytest.mark.parametrize("name", ["", "Ana", "Иван", "José Iñíguez Soto", "\u200b", "王伟"])
def test_other_names_are_not_pointed_out(name):
    assert likenesses(name) == []


def test_nobody_resembles_a_stranger_or_somebody_blocked():
    assert likenesses("José Iñíguez", trust=Trust.STRANGER) == []
    assert likenesses("José Iñíguez", trust=Trust.BLOCKED) == []
    assert likenesses("José Iñíguez", trust=Trust.SELF) == [Likeness.SAME_NAME]


def test_two_letters_that_look_like_one():
    assert likenesses("Camen", of="Carnen") == [Likeness.SIMILAR_NAME]


@pytest.mark.parametrize("name", ["Secretaría Técnica", "La secretaria tecnica OEA", "Sесretaría Téсniсa"])
def test_who_calls_themselves_the_secretariat_is_pointed_out(name):
    assert Likeness.SECRETARIAT in likenesses(name)


def test_who_says_to_be_the_secretariat_by_their_function_is_pointed_out():
    assert likenesses("Ana", Role.SECRETARIAT) == [Likeness.SECRETARIAT]
    assert likenesses("Ana", "a function of a later version") == []


def test_a_name_as_long_as_anybody_may_write_costs_what_a_short_one_costs():
    assert likenesses("a" * 1_000_000) == []
