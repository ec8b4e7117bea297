"""What a deletion hides: only what its author had seen."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.entities import ENTITIES
from gealc_tui.domain.visibility import Deletion, Head, seen_of, uncovered

NOTE = "note/1"


def head(change: str, field: str = "text", value: str = '"x"', entity: str = NOTE) -> Head:
    """`a3`: what the third change of replica a wrote."""
    return Head(entity, field, change, change[0], int(change[1:]), value)


def deletion(change: str, *seen: str, **replaced: str) -> Deletion:
    return Deletion(change, change[0], int(change[1:]), frozenset(seen), replaced)


def left(heads: list[Head], *deletions: Deletion, earlier: tuple[str, ...] = (), lineage: dict = {}) -> list[str]:  # noqa: B006
    deleting = {one.change for one in deletions} | set(earlier)
    return [one.change for one in uncovered(NOTE, heads, deletions, deleting, lineage)]


def test_a_deletion_covers_what_it_said_again_and_what_its_author_wrote_before():
    assert left([head("a3"), head("a2")], deletion("a3")) == []
    assert left([head("a4")], deletion("a3")) == ["a4"]


def test_what_its_author_had_not_seen_is_not_covered():
    assert left([head("b1")], deletion("a3")) == ["b1"]


def test_what_it_names_is_covered_and_what_it_names_without_there_being_such_covers_nothing():
    assert left([head("b1")], deletion("a3", "b1")) == []
    assert left([head("b1")], deletion("a3", "b2", "nothing")) == ["b1"]


def test_several_deletions_count_together():
    heads = [head("a1"), head("b1", "official")]
    assert left(heads, deletion("a2"), deletion("b2")) == []
    assert left(heads, deletion("a2")) == ["b1"]


def test_two_who_say_again_what_they_delete_are_of_one_mind():
    assert left([head("a3"), head("b3", value='"y"')], deletion("a3"), deletion("b3")) == []
    # Also if one of the two was taken over by somebody who deleted again.
    assert left([head("b3")], deletion("a3"), earlier=("b3",)) == []


def test_a_difference_that_was_settled_for_the_deletion_stays_deleted():
    """As versions did that knew no `deleted_seen`: the same words, over those that the deletion said again."""
    assert left([head("c1")], deletion("a3", text='"x"')) == []
    assert left([head("c1", value='"y"')], deletion("a3", text='"x"')) == ["c1"]
    assert left([head("c1", entity="product/1")], deletion("a3", text='"x"')) == ["c1"]


def test_another_branch_of_its_own_log_is_covered_only_up_to_where_they_part():
    branches = {"a": {"A": 2}}
    heads = [Head(NOTE, "text", "A2", "A", 2, '"x"'), Head(NOTE, "official", "A3", "A", 3, "true")]
    assert left(heads, deletion("a3"), lineage=branches) == ["A3"]


def test_whatever_stands_in_the_list_of_what_was_seen_is_read():
    for value in (None, True, 7, "a1", [], [None, 3, ["a1"]], {"a1": 1}):
        assert seen_of(value) == frozenset()  # type: ignore[arg-type]
    assert seen_of(["a1", 4, "b1", "a1"]) == {"a1", "b1"}


def test_what_is_content_is_said_once_for_each_kind():
    never = {"order", "position", "origin", "deleted", "deleted_seen", "withdrawn"}
    said = {kind: {field for field in [*model.model_fields, *never, "mood"] if model.is_content(field)} - {"id"}
            for kind, model in ENTITIES.items()}  # fmt: skip
    assert said["note"] == {"text", "official"}
    assert said["item"] == {"kind", "text", "country", "due"}
    assert said["meeting"] == {"plan", "body", "area", "title", "day", "hour", "city", "countries", "mood"}
    assert said["product"] == {"activity", "text", "delivered", "evidence", "units", "mood"}
    assert {"plan", "code", "title", "objective", "mood"} == said["area"]
    assert {"area", "status", "mood"} < said["activity"]
    assert not any(fields & never for fields in said.values())


class Had(NamedTuple):
    """A change, and everything that its author had before them."""

    change: str
    had: frozenset[str]


@st.composite
def histories(draw: st.DrawFn) -> list[Had]:
    """Changes by three people who now and then receive what another has."""
    made: list[Had] = []
    has: dict[str, frozenset[str]] = {who: frozenset() for who in "abc"}
    for _ in range(draw(st.integers(1, 12))):
        who = draw(st.sampled_from("abc"))
        if draw(st.booleans()):
            has[who] |= has[draw(st.sampled_from("abc"))]
        change = f"{who}{1 + sum(one.change[0] == who for one in made)}"
        made.append(Had(change, has[who]))
        has[who] |= {change}
    return made


@given(histories(), st.data())
def test_nothing_is_hidden_that_nobody_who_deleted_had_before_them(made, data):
    """Held against what everybody really had, which the rule does not know."""
    deletes = data.draw(st.lists(st.sampled_from(made), min_size=1, max_size=3, unique=True))
    heads = [head(one.change) for one in data.draw(st.lists(st.sampled_from(made), unique=True))]
    deletions = [deletion(one.change, *(h.change for h in heads if h.change in one.had)) for one in deletes]
    known = frozenset().union(*(one.had | {one.change} for one in deletes))
    assert left(heads, *deletions) == [one.change for one in heads if one.change not in known]
