"""Which dated copies are kept: the rule of docs/decisions/0010-backups.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from gealc_tui.domain.keeping import (
    DAY,
    DAYS,
    FEWEST,
    IN_A_DAY,
    MONTHS,
    NEWEST,
    UNTOUCHED_DAYS,
    WEEKS,
    Backup,
    displaced,
    kept,
)

HOUR = DAY // 24
NOW = int(datetime(2019, 6, 14, 12, tzinfo=UTC).timestamp() * 1000)
"""A Friday."""

REASONS = ("daily", "merge", "restore", "migrate", "asked", "damaged", "tomorrow")

ages = st.one_of(st.integers(0, 2 * DAY), st.integers(-3 * DAY, 500 * DAY))
moments = st.lists(st.tuples(ages, st.sampled_from(REASONS)), max_size=60)


def made(at: int, reason: str = "merge") -> Backup:
    return Backup(f"{at:020}-{reason}", at, reason, 1)


def copies(found: Sequence[tuple[int, str]]) -> list[Backup]:
    return sorted({made(NOW - age, reason) for age, reason in found})


def ages_kept(every: Sequence[Backup]) -> list[int]:
    """In days, the newest first."""
    names = kept(every, NOW)
    return [(NOW - one.at) // DAY for one in sorted(every, reverse=True) if one.name in names]


def test_the_newest_three_stay_however_old_they_are():
    every = [made(NOW - days * DAY) for days in (1000, 2000, 3000, 4000)]
    assert ages_kept(every) == [1000, 2000, 3000]


def test_of_the_last_24_hours_twenty_stay():
    every = [made(NOW - minutes * 60_000) for minutes in range(1, 31)]
    assert kept(every, NOW) == {one.name for one in every[:IN_A_DAY]}


def test_the_newest_of_each_of_fourteen_days_stays():
    noon, morning = ([made(NOW - days * DAY - hours * HOUR) for days in range(1, 40)] for hours in (0, 3))
    names = kept([*noon, *morning], NOW)
    assert {one.name for one in noon[: DAYS - 1]} <= names
    assert not names & {one.name for one in morning[3:]}


def test_one_made_each_day_leaves_days_then_weeks_then_months():
    days = [*range(14)]
    weeks = [5, 12, 19, 26, 33, 40, 47]  # Sundays
    months = [14, 45, 75, 106, 134, 165, 196, 226, 257, 287, 318]  # the last of May, of April … of July
    assert ages_kept([made(NOW - days * DAY) for days in range(800)]) == sorted({*days, *weeks, *months})


@given(moments)
def test_it_keeps_some_of_what_there_is_and_of_that_all(found):
    every = copies(found)
    names = kept(every, NOW)
    assert names <= {one.name for one in every}
    left = [one for one in every if one.name in names]
    assert kept(left, NOW) == names


@given(moments)
def test_the_newest_always_stay(found):
    every = copies(found)
    past = [one for one in every if one.at <= NOW]
    assert {one.name for one in past[-NEWEST:]} <= kept(every, NOW)


@given(moments)
def test_what_is_dated_ahead_of_the_clock_stays_and_takes_nobodys_place(found):
    every = copies(found)
    ahead = [one for one in every if one.at > NOW]
    past = [one for one in every if one.at <= NOW]
    assert kept(every, NOW) == kept(past, NOW) | {one.name for one in ahead}


@given(moments)
def test_what_was_made_before_a_restore_or_a_new_version_stays_for_thirty_days(found):
    every = copies(found)
    names = kept(every, NOW)
    for one in every:
        if one.reason in ("restore", "migrate") and NOW - one.at < UNTOUCHED_DAYS * DAY:
            assert one.name in names


@given(moments)
def test_a_damaged_database_is_never_let_go(found):
    every = copies(found)
    assert {one.name for one in every if one.reason == "damaged"} <= kept(every, NOW)


@given(moments)
def test_there_are_never_many(found):
    every = [one for one in copies(found) if one.at <= NOW and one.reason in ("daily", "merge", "asked")]
    assert len(kept(every, NOW)) <= NEWEST + IN_A_DAY + DAYS + WEEKS + MONTHS


@given(st.lists(st.tuples(st.integers(0, 9 * DAY), st.sampled_from(REASONS[:5])), max_size=80))
def test_thinning_after_each_copy_keeps_what_thinning_at_the_end_keeps(steps):
    """Otherwise the newest of a month might be gone before the month is over."""
    now, every, left = NOW, [], []
    for wait, reason in steps:
        now += wait + 1
        every.append(made(now, reason))
        left.append(every[-1])
        names = kept(left, now)
        assert every[-1].name in names
        left = [one for one in left if one.name in names]
    assert {one.name for one in left} == kept(every, now)


# --- one in, one out -------------------------------------------------------------------------------------------


def with_one_more(left: list[Backup], one: Backup, now: int) -> list[Backup]:
    gone = displaced([*left, one], now)
    return [each for each in [*left, one] if each != gone]


@given(moments, st.integers(-500 * DAY, 500 * DAY))
def test_a_copy_is_displaced_only_if_the_rule_lets_it_go_and_twenty_stay(found, off):
    every = copies(found)
    gone = displaced(every, NOW + off)
    if gone is None:
        assert len(every) <= FEWEST or kept(every, NOW + off) == {one.name for one in every}
    else:
        assert len(every) > FEWEST
        assert gone.name not in kept(every, NOW + off)


@given(st.lists(st.tuples(st.integers(-800 * DAY, 800 * DAY), st.sampled_from(REASONS)), max_size=80))
def test_whatever_the_clock_says_no_copy_costs_more_than_one_and_never_below_twenty(clocks):
    left: list[Backup] = []
    for number, (off, reason) in enumerate(clocks):
        one = made(NOW + off + number, reason)
        before, left = left, with_one_more(left, one, one.at)
        assert one in left
        assert len({*before, one} - {*left}) <= 1
        assert len(left) >= min(FEWEST, number + 1)


@given(st.lists(st.tuples(st.integers(0, 9 * DAY), st.sampled_from(REASONS[:5])), max_size=80))
def test_under_a_right_clock_all_stay_that_the_rule_wants_and_not_many_more(steps):
    now, every, left, most = NOW, [], [], 0
    for wait, reason in steps:
        now += wait + 1
        every.append(made(now, reason))
        left = with_one_more(left, every[-1], now)
        wanted = kept(every, now)
        most = max(most, len(wanted))
        assert wanted <= {one.name for one in left}
        assert len(left) <= max(FEWEST, most)


def test_a_year_under_a_clock_that_was_once_400_days_ahead_is_still_there():
    left: list[Backup] = []
    for day in range(400):
        left = with_one_more(left, made(NOW + day * DAY), NOW + day * DAY)
    ahead = made(NOW + 800 * DAY)
    assert len({*left} - {*with_one_more(left, ahead, ahead.at)}) == 1
