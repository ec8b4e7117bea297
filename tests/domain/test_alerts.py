"""What is calculated about an activity."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.alerts import alerts, due_day, period_end
from gealc_tui.domain.vocabulary import Alert, Period, Status

DUE = date(2019, 6, 30)
OPEN = [Status.PENDING, Status.IN_PROGRESS, Status.ON_HOLD]


def found(today: date, *, status: Status = Status.PENDING, reported: date | None = None) -> tuple[Alert, ...]:
    return alerts(status, DUE, reported or today, 2019, today)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(31, ()), (30, (Alert.DUE_SOON,)), (0, (Alert.DUE_SOON,)), (-1, (Alert.OVERDUE,)), (-400, (Alert.OVERDUE,))],
)
def test_an_activity_is_due_soon_for_thirty_days_and_then_overdue(days, expected):
    assert found(DUE - timedelta(days=days)) == expected


@pytest.mark.parametrize("status", [Status.DONE, Status.CANCELLED])
def test_what_is_closed_raises_no_alert(status):
    assert found(date(2020, 1, 1), status=status, reported=date(2019, 1, 1)) == ()


@pytest.mark.parametrize("status", OPEN)
def test_what_is_open_raises_alerts(status):
    assert found(date(2020, 1, 1), status=status) == (Alert.OVERDUE,)


@pytest.mark.parametrize(("days", "expected"), [(60, ()), (61, (Alert.UNREPORTED,))])
def test_sixty_days_without_a_word_are_allowed_and_no_more(days, expected):
    today = date(2019, 5, 1)
    assert alerts(Status.PENDING, None, today - timedelta(days=days), 2019, today) == expected


def test_what_nobody_ever_reported_is_counted_from_new_year():
    assert alerts(Status.PENDING, None, None, 2019, date(2019, 3, 2)) == ()
    assert alerts(Status.PENDING, None, None, 2019, date(2019, 3, 3)) == (Alert.UNREPORTED,)


def test_the_own_date_of_an_activity_goes_before_the_end_of_its_period():
    assert due_day("2019-04-01", 2019, Period.S2) == date(2019, 4, 1)
    assert due_day(None, 2019, Period.S2) == date(2019, 12, 31)


def test_the_first_half_year_ends_in_june_and_everything_else_in_december():
    assert period_end(2019, Period.S1) == date(2019, 6, 30)
    assert period_end(2019, Period.S2) == period_end(2019, Period.ANNUAL) == date(2019, 12, 31)


@given(
    st.sampled_from(list(Status)),
    st.none() | st.dates(),
    st.none() | st.dates(),
    st.integers(-(2**53), 2**53),
    st.sampled_from(list(Period)),
    st.dates(),
)
def test_no_year_and_no_day_makes_the_alerts_fail(status, due, reported, year, period, today):
    day = due_day(due.isoformat() if due else None, year, period)
    assert set(alerts(status, day, reported, year, today)) <= set(Alert)
