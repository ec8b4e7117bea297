"""Keys between keys: always room, one order for everybody, whatever others wrote."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.ranking import between, rank_of

places = st.lists(st.integers(0, 60), max_size=60)


@given(places, st.integers(1, 40))
def test_whatever_is_put_anywhere_stands_where_it_was_put(where, printed):
    ranks = [rank_of(None, "x", position) for position in range(1, printed + 1)]
    for place in where:
        place %= len(ranks) + 1
        low = ranks[place - 1] if place else None
        high = ranks[place] if place < len(ranks) else None
        ranks.insert(place, between(low, high))
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


@given(st.integers(1, 30))
def test_what_two_people_put_in_the_same_place_leaves_room_between_the_two(depth):
    low, high = rank_of(None, "x", 3), rank_of(None, "x", 4)
    for _ in range(depth):
        one, other = sorted([between(low, high), between(low, high)])
        assert low < one < other < high
        low, high = one, other


def test_ten_thousand_one_behind_the_other_are_still_keys_and_at_the_end_short_ones():
    low, high, last = rank_of(None, "x", 3), rank_of(None, "x", 4), rank_of(None, "x", 4)
    for _ in range(10_000):
        made, behind = between(low, high), between(last, None)
        assert low < made < high
        assert last < behind
        low, last = made, behind
    assert rank_of(["x", low], "x", 0) == low
    assert len(last) < 20


def test_before_the_first_and_behind_the_last_there_is_room_too():
    first, last = rank_of(None, "x", 1), rank_of(None, "x", 1_000_000)
    assert between(None, first) < first
    assert between(last, None) > last


@pytest.mark.parametrize(
    "order", [None, ["y", "0000002a"], ["x", ""], ["x", "Ñ"], ["x", "a" * 2_001], ["x"], ["x", "a", "b"], ["x", "a b"]]
)
def test_a_key_for_another_place_or_none_at_all_leaves_the_printed_position(order):
    assert rank_of(order, "x", 7) == "0000007"


def test_a_key_for_this_place_counts():
    assert rank_of(["x", "0000002abc"], "x", 7) == "0000002abc"


@given(st.text("0z", min_size=1, max_size=6), st.text("0z", min_size=1, max_size=6))
def test_between_what_others_wrote_there_is_a_key_whatever_it_is(one, other):
    low, high = sorted([one, other])
    made = between(low, high)
    assert made >= low
    assert rank_of(["x", made], "x", 0) == made or len(made) > 2_000


def test_a_random_plan_is_sorted_as_it_was_made():
    chance = random.Random(1)
    ranks: list[str] = []
    for _ in range(500):
        place = chance.randint(0, len(ranks))
        ranks.insert(place, between(ranks[place - 1] if place else None, ranks[place] if place < len(ranks) else None))
    assert ranks == sorted(ranks)
