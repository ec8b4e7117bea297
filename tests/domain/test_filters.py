"""What a filter lets through: of one kind any will do, kinds narrow each other."""

from __future__ import annotations

import pytest

from gealc_tui.domain.filters import NOTHING_ASKED, Facts, Filter, Since, decoded, encoded, lets_through
from gealc_tui.domain.vocabulary import Alert, Period, Status

FACTS = Facts(
    Status.PENDING,
    "2019/3.1",
    Period.S1,
    "CL",
    ("PE",),
    "BPR del BID. Cooperación",
    (Alert.OVERDUE,),
    1,
    1_000,
)


@pytest.mark.parametrize(
    "wanted",
    [
        NOTHING_ASKED,
        Filter(statuses=(Status.DONE, Status.PENDING)),
        Filter(areas=("2019/3.1",)),
        Filter(periods=(Period.S1,)),
        Filter(leads=("CL",)),
        Filter(leads=("PE",)),
        Filter(leads=("CL",), no_lead=True),
        Filter(funders=("cooperacion",)),
        Filter(alerts=(Alert.OVERDUE, Alert.UNREPORTED)),
        Filter(differing=True),
        Filter(since="2019-01-01"),
        Filter(statuses=(Status.PENDING,), leads=("CL",), alerts=(Alert.OVERDUE,), since=Since.MEETING),
    ],
)
def test_what_fits_is_let_through(wanted: Filter) -> None:
    assert lets_through(wanted, FACTS, since=1_000)


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(statuses=(Status.DONE,)),
        Filter(areas=("2019/3.2",)),
        Filter(periods=(Period.S2, Period.ANNUAL)),
        Filter(leads=("UY",)),
        Filter(no_lead=True),
        Filter(funders=("OEA",)),
        Filter(alerts=(Alert.DUE_SOON,)),
        Filter(statuses=(Status.PENDING,), leads=("UY",)),
    ],
)
def test_each_kind_holds_back_what_does_not_fit(wanted: Filter) -> None:
    assert not lets_through(wanted, FACTS)


def test_without_a_lead_or_with_a_certain_one() -> None:
    alone = FACTS._replace(lead=None, co_leads=())
    assert lets_through(Filter(no_lead=True), alone)
    assert lets_through(Filter(leads=("CL",), no_lead=True), alone)
    assert not lets_through(Filter(leads=("CL",)), alone)


def test_nothing_is_newer_than_a_moment_that_never_was() -> None:
    wanted = Filter(since=Since.MEETING)
    assert not lets_through(wanted, FACTS, since=None)
    assert not lets_through(wanted, FACTS, since=1_001)
    assert not lets_through(wanted, FACTS._replace(changed=None), since=0)


def test_no_difference_is_no_difference() -> None:
    assert not lets_through(Filter(differing=True), FACTS._replace(differences=0))


def test_a_filter_comes_back_as_it_was_kept() -> None:
    wanted = Filter(
        (Status.DONE,), ("2019/3.1",), (Period.S2,), ("CL",), True, ("BID",), (Alert.OVERDUE,), True, "meeting"
    )
    assert decoded(encoded(wanted)) == wanted
    assert encoded(NOTHING_ASKED) == ""
    assert not NOTHING_ASKED
    assert wanted


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"statuses": ["someday"], "leads": [1], "since": 3, "x": 1}'])
def test_what_is_not_understood_asks_for_nothing(text: str) -> None:
    assert decoded(text) == NOTHING_ASKED
