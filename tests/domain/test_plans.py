"""Which plan is meant, when several are here."""

from __future__ import annotations

from gealc_tui.domain import plans
from gealc_tui.domain.plans import PlanFacts


def plan(id: str, year: int, state: str = "approved", body: str | None = None, *, withdrawn: bool = False) -> PlanFacts:
    return PlanFacts(id, year, f"Plan {year}", body, state, withdrawn)


def first(year: int, *known: PlanFacts) -> str | None:
    found = plans.to_begin_with(known, year)
    return None if found is None else found.id


def test_the_plan_of_the_year_comes_first():
    assert first(2019, plan("2018", 2018), plan("2019", 2019), plan("2020", 2020)) == "2019"


def test_of_one_year_an_approved_plan_comes_before_a_draft_and_then_the_smaller_id():
    assert first(2019, plan("a", 2019, "draft"), plan("b", 2019)) == "b"
    assert first(2019, plan("b", 2019), plan("a", 2019)) == "a"
    assert first(2019, plan("a", 2019, "for_approval"), plan("b", 2019, "closed")) == "b"


def test_the_networks_plan_comes_before_that_of_a_group():
    assert first(2019, plan("a", 2019, body="Grupo"), plan("b", 2019, "draft")) == "b"


def test_without_a_plan_of_the_year_the_last_one_before_it_comes_first_and_no_far_one():
    assert first(2026, plan("2018", 2018), plan("2019", 2019), plan("x", 999_999)) == "2019"
    assert first(2017, plan("2019", 2019), plan("x", 999_999)) == "2019"


def test_a_withdrawn_plan_never_comes_by_itself():
    assert first(2019, plan("2019", 2019, withdrawn=True), plan("2018", 2018)) == "2018"
    assert first(2019, plan("2019", 2019, withdrawn=True)._replace(is_hidden=True)) is None


def test_a_withdrawn_plan_in_which_something_lives_is_looked_at_where_there_is_no_other():
    assert first(2019, plan("2019", 2019, withdrawn=True)) == "2019"
    assert first(2019) is None


def test_the_list_begins_with_the_newest_and_ends_with_what_was_withdrawn():
    known = (plan("2018", 2018), plan("2021", 2021, withdrawn=True), plan("g", 2020, body="Grupo"), plan("2020", 2020))
    assert [one.id for one in plans.in_order(known)] == ["2020", "g", "2018", "2021"]


def test_a_year_means_one_plan_or_all_between_which_nothing_decides():
    known = (plan("a", 2020), plan("b", 2020), plan("c", 2020, "draft"), plan("d", 2020, body="Grupo"))
    assert [one.id for one in plans.of_year(known, 2020)] == ["a", "b"]
    assert [one.id for one in plans.of_year(known[1:], 2020)] == ["b"]
    assert [one.id for one in plans.of_year(known[2:], 2020)] == ["c"]
    assert plans.of_year((plan("a", 2020, withdrawn=True),), 2020) == ()


def test_the_previous_plan_is_one_of_the_same_body():
    known = (plan("2018", 2018), plan("2019", 2019, withdrawn=True), plan("g", 2019, body="Grupo"), plan("2020", 2020))
    assert [one.id if (one := plans.before(known, now)) else None for now in known] == [None, "2018", None, "2018"]


def test_what_is_no_year_is_none():
    assert [plans.year_in(text) for text in ("2020", "0", "", "x", "２０２０", "12345678", "-1")] == [
        2020,
        0,
        *(5 * [None]),
    ]
