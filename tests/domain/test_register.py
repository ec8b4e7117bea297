"""The rules of one register: what stands, what is shown, what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.register import Lineage, Said, heads, seen_by_each, superseded
from tests.growth import assert_grows_with_its_input


def said(change: str, value: Any = None, *, over: tuple[str, ...] = (), at: int = 0) -> Said:
    """`a3`: the third change of replica a."""
    return Said(change, change[0], int(change[1:]), at, change if value is None else value, over)


def before(edit: Said, known: Mapping[str, Said]) -> Said | None:
    """What an edit's author saw in the register."""
    return next(iter(seen_by_each(known.values())[edit.change]), None)


def names(edits: tuple[Said, ...]) -> list[str]:
    return [edit.change for edit in edits]


@st.composite
def histories(draw: st.DrawFn) -> list[Said]:
    """Edits of one register by up to four replicas, each over any that were there before it."""
    edits: list[Said] = []
    last: dict[str, int] = {}
    for _ in range(draw(st.integers(1, 12))):
        replica = draw(st.sampled_from("abcd"))
        last[replica] = last.get(replica, 0) + draw(st.integers(1, 3))
        others = [edit.change for edit in edits if edit.log != replica]
        over = draw(st.lists(st.sampled_from(others), unique=True, max_size=3)) if others else []
        edits.append(
            Said(
                f"{replica}{last[replica]}",
                replica,
                last[replica],
                draw(st.integers(0, 3)),
                draw(st.sampled_from(["x", "y", None])),
                tuple(over),
            )
        )
    return edits


def test_an_only_edit_stands():
    assert names(heads([said("a1")])) == ["a1"]


def test_nothing_stands_in_an_empty_register():
    assert heads([]) == ()


def test_a_later_edit_of_the_same_replica_supersedes_the_earlier_without_saying_so():
    assert names(heads([said("a5"), said("a2")])) == ["a5"]


def test_two_who_had_not_seen_each_other_both_stand():
    assert set(names(heads([said("a1"), said("b1")]))) == {"a1", "b1"}


def test_who_has_seen_the_other_supersedes_the_other():
    assert names(heads([said("a1"), said("b1", over=("a1",))])) == ["b1"]


def test_to_supersede_a_change_is_to_supersede_what_its_author_wrote_before():
    assert names(heads([said("a1"), said("a2"), said("b1", over=("a2",))])) == ["b1"]
    assert set(names(heads([said("a1"), said("a3"), said("b1", over=("a1",))]))) == {"a3", "b1"}


def test_what_comes_after_the_superseded_change_stands():
    assert set(names(heads([said("a1"), said("b1", over=("a1",)), said("a2")]))) == {"a2", "b1"}


def test_what_is_superseded_before_it_is_known_does_not_stand_when_it_comes():
    late = said("b1", over=("a1",))
    assert names(heads([late])) == ["b1"]
    assert names(heads([late, said("a1")])) == ["b1"]


def test_one_change_settles_for_all_whom_it_has_seen():
    edits = [said("a1"), said("b1"), said("c1"), said("d1", over=("a1", "b1", "c1"))]
    assert names(heads(edits)) == ["d1"]


def test_what_a_replica_saw_long_ago_stays_superseded_by_its_later_edits():
    assert names(heads([said("a1"), said("b1", over=("a1",)), said("b2")])) == ["b2"]


def test_the_newest_clock_is_shown_and_the_larger_id_when_the_clocks_agree():
    assert names(heads([said("a1", at=1), said("b1", at=2)])) == ["b1", "a1"]
    assert names(heads([said("b1", at=1), said("a1", at=1)])) == ["b1", "a1"]


def test_a_clock_that_is_years_off_supersedes_nothing():
    future = said("a1", at=10**15)
    assert names(heads([future, said("b1", over=("a1",), at=0)])) == ["b1"]
    assert names(heads([future, said("a2", at=0)])) == ["a2"]


def test_before_an_edit_its_author_saw_what_it_goes_over():
    first, second, third = said("a1"), said("b1", over=("a1",)), said("a2", over=("b1",))
    known = {edit.change: edit for edit in (first, second, third)}
    assert before(first, known) is None
    assert before(second, known) == first
    assert before(third, known) == second


def test_before_a_settling_its_author_saw_the_value_that_was_shown():
    left, right = said("a1", at=1), said("b1", at=2)
    settling = said("c1", over=("a1", "b1"), at=3)
    assert before(settling, {edit.change: edit for edit in (left, right, settling)}) == right


def test_what_the_author_had_not_seen_is_not_before_an_edit():
    mine, unseen = said("a2"), said("b1", at=9)
    first = said("a1")
    assert before(mine, {edit.change: edit for edit in (mine, unseen, first)}) == first


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_edits_come_changes_nothing(edits, random):
    shuffled = list(edits)
    random.shuffle(shuffled)
    assert heads(shuffled) == heads(edits)


@given(histories())
def test_something_stands_in_every_register_that_was_ever_set(edits):
    assert heads(edits)


@given(histories())
def test_an_edit_stands_or_is_superseded_and_never_both(edits):
    gone = superseded(edits)
    assert {edit.change for edit in heads(edits)} == {edit.change for edit in edits} - gone


@given(histories())
def test_a_register_has_at_most_one_head_of_each_replica(edits):
    standing = [edit.log for edit in heads(edits)]
    assert len(standing) == len(set(standing))


@given(histories())
def test_nobody_is_superseded_but_by_a_change_that_names_them_or_a_later_one_of_their_own(edits):
    for name in superseded(edits):
        gone = next(edit for edit in edits if edit.change == name)
        later = {edit.change for edit in edits if edit.log == gone.log and edit.seq >= gone.seq}
        assert any((edit.log == gone.log and edit.seq > gone.seq) or later & set(edit.over) for edit in edits)


@given(histories())
def test_what_was_before_an_edit_is_never_the_edit_nor_something_that_stands_beside_it(edits):
    known = {edit.change: edit for edit in edits}
    for edit in edits:
        seen = before(edit, known)
        assert seen is None or (seen != edit and seen.change in superseded(edits))


# --- what each author saw ---------------------------------------------------------------------------------------


def past_by_definition(edit: Said, known: Mapping[str, Said], lineage: Lineage) -> set[str]:
    """The changes that an edit supersedes, through any number of steps: followed one by one."""
    past: set[str] = set()
    waiting = [edit]
    while waiting:
        one = waiting.pop()
        reach = {(one.log, one.seq - 1), *lineage.get(one.log, {}).items()}
        for over in (known[name] for name in one.over if name in known):
            reach |= {(over.log, over.seq), *lineage.get(over.log, {}).items()}
        for other in known.values():
            if other.change not in past and any(log == other.log and other.seq <= upto for log, upto in reach):
                past.add(other.change)
                waiting.append(other)
    return past


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Said], dict[str, dict[str, int]]]:
    """Edits of one register by several authors, some with branches, of which some never came."""
    edits: list[Said] = []
    last: dict[str, int] = {"a": 0, "b": 0, "c": 0}
    lineage: dict[str, dict[str, int]] = {}
    for _ in range(draw(st.integers(1, 25))):
        log = draw(st.sampled_from(sorted(last)))
        if draw(st.integers(0, 7)) == 0:
            parent, log = log, f"{log}/{len(last)}"
            last[log] = last[parent]
            lineage[log] = {**lineage.get(parent, {}), parent: last[parent]}
        last[log] += draw(st.integers(1, 3))
        over = draw(st.lists(st.sampled_from([one.change for one in edits]), unique=True, max_size=4)) if edits else []
        at, value = draw(st.integers(0, 3)), draw(st.sampled_from(["x", "y", None]))
        edits.append(Said(f"{log}{last[log]}", log, last[log], at, value, tuple(over)))
    return draw(st.lists(st.sampled_from(edits), unique=True)), lineage


@given(worlds())
def test_each_author_saw_what_stood_in_the_past_of_the_edit(world):
    edits, lineage = world
    known = {edit.change: edit for edit in edits}
    assert seen_by_each(edits, lineage) == {
        edit.change: heads((known[name] for name in past_by_definition(edit, known, lineage)), lineage)
        for edit in edits
    }


@given(histories(), st.data())
def test_edits_in_a_circle_are_told_all_the_same(edits, data):
    forged = [
        edit._replace(over=tuple(data.draw(st.lists(st.sampled_from(names(edits)), max_size=3)))) for edit in edits
    ]
    assert seen_by_each(forged).keys() == {edit.change for edit in edits}


def alone(count: int) -> list[Said]:
    return [said(f"a{n}") for n in range(1, count + 1)]


def in_turns(count: int) -> list[Said]:
    """Two who answer each other."""
    turns = []
    for n in range(1, count // 2 + 1):
        turns.append(said(f"a{n}", over=(f"b{n - 1}",) if n > 1 else ()))
        turns.append(said(f"b{n}", over=(f"a{n}",)))
    return turns


def unseen_by_each_other(count: int) -> list[Said]:
    return [said(f"{'ab'[n % 2]}{n}") for n in range(1, count + 1)]


@pytest.mark.parametrize("history", [alone, in_turns, unseen_by_each_other])
def test_what_each_author_saw_is_found_in_one_pass(history):
    assert_grows_with_its_input(history, seen_by_each, 100)
