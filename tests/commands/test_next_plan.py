"""The next year's plan: what an earlier one leaves to be done goes over, and nothing else."""

from __future__ import annotations

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, next_plan, plan_choice, structure, undo
from gealc_tui.commands.reasons import Why
from gealc_tui.domain.vocabulary import Status
from gealc_tui.reports.outlook import outlook


@pytest.fixture
def ana(make_replica):
    """The plan of 2019 at the end of the year: some of it done, cancelled, half done, withdrawn."""
    ana = make_replica("Ana")
    activities.set_status(ana, "2019/3.1.1", Status.DONE)
    activities.set_status(ana, "2019/3.3.1", Status.CANCELLED)
    activities.set_status(ana, "2019/3.6.4", Status.DONE)
    activities.set_status(ana, "2019/3.1.2", Status.IN_PROGRESS, note="Falta uno")
    for field, text in [("units_planned", "3"), ("units_done", "2"), ("lead", "CL"), ("co_leads", "PE, UY"),
                        ("due", "15/8/2019"), ("progress", "66"), ("funder", "BID")]:  # fmt: skip
        activities.set_field(ana, "activity/2019/3.1.2", field, text)
    structure.add_product(ana, "3.1.2", "Segundo producto")
    structure.deliver(ana, f"product/{ana.read.products('2019/3.1.2')[0].id}", day="1/3/2019")
    structure.withdraw(ana, "activity", "3.3.2", Why("no hay fondos"))
    return ana


def fresh(replica, plan: str):
    return {one.row.code: one for one in replica.read.activities(replica.today, plan)}


def test_everything_that_is_carried_over_and_nothing_else(ana):
    made = next_plan.make(ana, "2020", origin="2019")
    old, new = fresh(ana, "2019"), ana.read.activities(ana.today, made.plan)
    facts = next(one for one in ana.read.plans() if one.id == made.plan)
    assert (facts.year, facts.title, facts.state, facts.body) == (2020, "PLAN DE TRABAJO 2020", "draft", None)
    assert ana.read.state_of(f"plan/{made.plan}")["origin"] == "2019"
    before, after = (ana.read.outline(ana.today, plan) for plan in ("2019", made.plan))
    assert [(one.code, one.title, one.objective) for one in after.areas] == [
        (one.code, one.title, one.objective) for one in before.areas
    ]
    assert [ana.read.state_of(f"area/{one.id}")["origin"] for one in after.areas] == [one.id for one in before.areas]
    left_out = {"2019/3.1.1", "2019/3.3.1", "2019/3.6.4"}
    assert [one.origin for one in new] == [
        one.row.id for one in ana.read.activities(ana.today, "2019") if one.row.id not in left_out
    ]
    for one in new:
        earlier = next(was for was in ana.read.activities(ana.today, "2019") if was.row.id == one.origin)
        for field in ("code", "title", "period", "participants", "place", "resources", "funder", "lead", "co_leads"):
            assert one.value(field) == earlier.value(field), field
        assert (one.row.status, one.row.progress, one.row.due, one.units_done) == (Status.PENDING, None, None, None)
        assert (one.notes, one.differences, one.observations) == ((), (), ())
    half = fresh(ana, made.plan)["3.1.2"]
    assert half.units_planned == 1, "of three workshops two were held"
    assert [one[1:] for one in half.products] == [("Segundo producto", None, None, None)]
    assert old["3.1.2"].units_planned == 3, "the earlier plan stays as it is"


def test_what_recurs_goes_over_if_it_is_asked_for_and_is_named_otherwise(ana):
    found = outlook(ana.read, "2019", ana.today, recurring=False)
    assert [one.row.id for one in found.recurring] == ["2019/3.6.4"]
    made = next_plan.make(ana, "2020", origin="2019", recurring=True)
    assert "2019/3.6.4" in [one.origin for one in ana.read.activities(ana.today, made.plan)]
    assert "2019/3.1.1" not in [one.origin for one in ana.read.activities(ana.today, made.plan)]


def test_a_plan_from_nothing_is_empty_and_can_be_filled(ana):
    made = next_plan.make(ana, "2021", title="Plan del grupo", body="Grupo de Software Público")
    plan_choice.use(ana, made.plan)
    area = structure.add_area(ana, "1", "Primera")
    structure.add_activity(ana, area.entity, "Algo")
    assert list(fresh(ana, made.plan)) == ["1.1"]


def test_the_plan_in_view_stays_until_somebody_chooses(ana):
    next_plan.make(ana, "2020", origin="2019")
    assert ana.plan == "2019"


def test_two_who_make_it_at_the_same_time_have_two_drafts_and_one_can_go(make_replica, send):
    ana, eva = make_replica("Ana"), make_replica("Eva", "PE")
    first, second = next_plan.make(ana, "2020", origin="2019").plan, next_plan.make(eva, "2020", origin="2019").plan
    send(ana, eva)
    send(eva, ana)
    assert {one.id for one in ana.read.plans() if one.year == 2020} == {first, second}
    with pytest.raises(errors.PlanIsAmbiguous):
        ana.read.plan_meant("2020")
    structure.withdraw(ana, "plan", second, Why("hay otro"))
    assert ana.read.plan_meant("2020") == first
    structure.restore(ana, "plan", second)
    assert {one.id for one in ana.read.plans() if one.year == 2020 and not one.is_withdrawn} == {first, second}


def test_it_is_taken_back_by_one_undo(ana):
    made = next_plan.make(ana, "2020", origin="2019")
    undo.undo(ana)
    assert not [one for one in ana.read.plans() if one.id == made.plan and not one.is_hidden]
    assert ana.read.activities(ana.today, made.plan) == ()
    undo.redo(ana)
    assert len(ana.read.activities(ana.today, made.plan)) == len(made.outlook.carried)


def test_since_when_something_is_promised_is_walked_along_its_origins(ana):
    second = next_plan.make(ana, "2020", origin="2019").plan
    third = next_plan.make(ana, "2021", origin=second).plan
    last = fresh(ana, third)["3.1.2"]
    assert ana.read.origin_of(last.origin) == "2019/3.1.2"
    assert ana.read.succeeding("2019/3.1.2") == (last.origin,)


@pytest.mark.parametrize("year", ["", "20", "202", "20200", "MMXX", "２０２０", "-2020", "0000", "1234"])
def test_a_year_that_is_none_is_refused(ana, whole, year):
    before = whole(ana)
    with pytest.raises(errors.ValueRefused):
        next_plan.make(ana, year, origin="2019")
    assert whole(ana) == before


def test_a_plan_that_is_not_there_is_refused(ana):
    with pytest.raises(errors.PlanUnknown):
        next_plan.make(ana, "2020", origin="1999")
