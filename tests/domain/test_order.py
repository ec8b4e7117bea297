"""Which instants of a log are believed."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.order import Place, credible, follows

clocks = st.lists(st.integers(0, 6), max_size=9)


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        ([], []),
        ([1, 2, 3], [1, 2, 3]),
        ([1, 2, 2, 3], [1, 2, 2, 3]),
        # A clock that was ahead once, and for a while.
        ([1, 99, 2, 3], [1, 1, 2, 3]),
        ([1, 98, 99, 2, 3, 4], [1, 1, 1, 2, 3, 4]),
        # The first words were written under a wrong clock.
        ([99, 1, 2], [1, 1, 2]),
        # A clock that fell back, for good and for a moment.
        ([5, 6, 1, 7], [5, 6, 6, 7]),
        ([5, 1], [1, 1]),
    ],
)
def test_a_clock_that_jumps_is_not_believed(said, believed):
    assert credible(said) == believed


def longest(said: list[int]) -> tuple[int, list[int]]:
    """The length of the longest sequences that never go back, and the least instant in which one of them ends."""
    for length in range(len(said), 0, -1):
        rising = [one for one in combinations(said, length) if list(one) == sorted(one)]
        if rising:
            return length, [min(one[-1] for one in rising)]
    return 0, []


@given(clocks)
def test_as_many_as_can_be_are_believed_and_of_several_ways_the_one_that_ends_earliest(said):
    found = credible(said)
    assert found == sorted(found)
    length, end = longest(said)
    assert sum(was == now for was, now in zip(said, found, strict=True)) >= length
    assert found[-1:] == end


@given(clocks, st.integers(0, 6))
def test_what_follows_later_leaves_what_was_believed(said, more):
    """A change whose clock goes on does not alter what is believed of those before it."""
    found = credible(said)
    if found and more >= found[-1]:
        assert credible([*said, more]) == [*found, more]


def test_a_change_stands_behind_what_its_author_had_seen():
    assert follows(5, []) == (5, 0)
    assert follows(5, [(3, 7)]) == (5, 0)
    assert follows(5, [(5, 7), (3, 9)]) == (5, 8)
    assert follows(5, [(9, 1), (9, 4)]) == (9, 5)


@given(st.lists(st.tuples(st.integers(-(10**14), 10**14), st.integers(0, 10**6), st.sampled_from("ab")), max_size=6))
def test_the_text_of_a_place_sorts_as_the_place_does(moments):
    places = [Place(*moment) for moment in moments]
    assert sorted(places, key=Place.text) == sorted(places)
