"""What version 1 admits is admitted for ever: each limit as a number, not by the name that the code gives it."""

from __future__ import annotations

import pytest

from gealc_tui.domain.change import Edit, Value

from . import forge

ENTITY = "robot/1"


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


def nested(depth: int) -> Value:
    """Lists in lists, `depth` of them."""
    value: Value = "x"
    for _ in range(depth):
        value = [value]
    return value


ADMITTED: list[Value] = [
    nested(8),
    "x" * 1_000_000,
    ["ñ" * 1_000_000, "\U0001f600" * 1_000_000],
    9_007_199_254_740_991,
    -9_007_199_254_740_991,
    [1, [True, None, ""]],
    "",
    [],
]


@pytest.mark.parametrize("value", ADMITTED, ids=range(len(ADMITTED)))
def test_what_version_1_admits_is_taken_in_kept_and_passed_on(ana, make_replica, send, value):
    author = forge.made_up("author")
    run = forge.run(author, forge.chain(author.replica, [(Edit(ENTITY, "field", value),)]))
    report = ana.merge([("x", forge.bundle(author, [run]))], accept=True)
    assert not report.refused
    assert report.new == 1
    eva = make_replica("Eva", "PE", "small")
    send(ana, eva)
    assert eva.read.state()[ENTITY]["field"][0][0] == value
    assert ana.verify() == eva.verify() == ()


def test_names_of_500_characters_and_numbers_up_to_two_to_the_fortieth_are_taken_in(ana):
    author = forge.made_up("author")
    long = Edit("k/" + "e" * 498, "f" * 500, "x")
    run = forge.run(author, forge.chain(author.replica, [(long,)], after=2**40 - 3, previous="a" * 26))
    assert not ana.merge([("x", forge.bundle(author, [run]))], accept=True).refused
    assert long.entity in ana.read.state()


@pytest.mark.parametrize(
    "value", [nested(9), "x" * 1_000_001, 9_007_199_254_740_992, 10**17], ids=["depth", "text", "integer", "digits"]
)
def test_what_version_1_does_not_admit_is_not_taken_in(ana, value):
    author = forge.made_up("author")
    run = forge.run(author, forge.chain(author.replica, [(Edit(ENTITY, "field", value),)]))
    assert ana.merge([("x", forge.bundle(author, [run]))], accept=True).refused
