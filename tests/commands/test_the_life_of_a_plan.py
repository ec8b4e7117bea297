"""A plan is approved, amended, compared, proposed to and closed; functions bind one's own hand and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest

from gealc_tui import errors
from gealc_tui.commands import (
    activities,
    approval,
    comparing,
    deletion,
    differences,
    looking_back,
    mine,
    next_plan,
    notes,
    people,
    periods,
    proposals,
    series,
    structure,
    undo,
)
from gealc_tui.commands.reasons import Why
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.plan_changes import ChangeKind, Explained
from gealc_tui.domain.vocabulary import Alert, Period, ProposalState, Status
from gealc_tui.replica import Replica
from tests.conftest import MakeReplica, introduced

FIRST, SECOND = "activity/2019/1.1.1", "activity/2019/1.1.2"


@pytest.fixture
def sara(make_replica: MakeReplica) -> Replica:
    """The Secretariat."""
    return introduced(make_replica("Sara", plan="small", introduce=False), "Sara", "OAS", "secretariat")


@pytest.fixture
def peru(make_replica: MakeReplica) -> Replica:
    return make_replica("Pedro", "PE", "small")


@pytest.fixture
def both(sara: Replica, peru: Replica, send: Callable[..., object]) -> tuple[Replica, Replica]:
    """The Secretariat and a focal point, who know each other, with a plan that was approved."""
    send(sara, peru)
    send(peru, sara)
    approval.approve(sara, "2019", day="15/11/2018")
    send(sara, peru)
    return sara, peru


def told(replica: Replica, ref: str = "baseline") -> list[tuple[str, str, str | None]]:
    found = comparing.compared(replica, str(replica.plan), ref).differences
    return [(one.kind.value, one.code, one.field) for one in found]


# --- approval ----------------------------------------------------------------------------------------------------


def test_an_imported_plan_is_compared_with_its_document_and_binds_nobody(peru):
    activities.set_field(peru, FIRST, "title", "Otro taller")
    activities.set_field(peru, FIRST, "lead", "UY")
    assert told(peru) == [("changed", "1.1.1", "title"), ("changed", "1.1.1", "lead")]
    assert approval.baseline(peru, "2019").moment is None


def test_what_is_how_far_a_plan_is_is_no_difference_of_what_it_says(peru):
    activities.set_status(peru, "2019/1.1.1", Status.DONE, "hecho")
    activities.set_field(peru, FIRST, "progress", "100")
    assert told(peru) == []


def test_a_plan_goes_from_draft_to_closed_and_back(sara):
    plan = next_plan.make(sara, "2020", origin="2019").plan
    with pytest.raises(errors.PlanIsNotThere):
        approval.close(sara, plan)
    with pytest.raises(errors.NoBaseline):
        comparing.compared(sara, plan)
    approval.propose(sara, plan)
    approval.approve(sara, plan)
    approval.close(sara, plan)
    with pytest.raises(errors.PlanIsNotThere):
        approval.approve(sara, plan)
    with pytest.raises(errors.ReasonMissing):
        approval.reopen(sara, plan, " ")
    approval.reopen(sara, plan, "faltaba un informe")
    assert [one.state for one in sara.read.plans() if one.id == plan] == ["approved"]
    assert [one.reason for one in comparing.amendments(sara, plan)] == ["faltaba un informe"]


def test_several_approvals_stand_and_the_last_is_the_baseline(both):
    sara, _ = both
    activities.set_field(sara, FIRST, "title", "Dos talleres", Why("se amplió"))
    assert told(sara) == [("changed", "1.1.1", "title")]
    approval.approve(sara, "2019", day="12/3/2019")
    assert told(sara) == []
    assert [one.day for one in approval.moments(sara, "2019")] == ["2019-03-12", "2018-11-15"]
    first = approval.moments(sara, "2019")[-1]
    assert told(sara, first.id) == [("changed", "1.1.1", "title")]


def test_an_approval_that_is_undone_is_none(both):
    sara, _ = both
    undo.undo(sara)
    assert approval.baseline(sara, "2019").moment is None
    activities.set_field(sara, FIRST, "title", "Otro")  # nothing binds
    undo.undo(sara)
    undo.redo(sara)


def test_an_approval_by_somebody_nobody_relies_on_counts_and_is_marked(peru, make_replica, send):
    eva = make_replica("Eva", "CL", "small")
    approval.approve(eva, "2019")
    send(eva, peru)
    found = approval.baseline(peru, "2019")
    assert found.moment is not None
    assert not found.is_relied_on
    people.rely_on_as(peru, eva.id, "secretariat")
    assert approval.baseline(peru, "2019").is_relied_on
    people.rely_on_as(peru, eva.id, "secretariat", relies=False)
    assert not approval.baseline(peru, "2019").is_relied_on


def test_the_baseline_is_that_of_whom_one_relies_on_though_others_approve_later(both, make_replica, send):
    sara, peru = both
    people.rely_on_as(peru, sara.id, "secretariat")
    eva = make_replica("Eva", "CL", "small")
    eva.clock.now = sara.clock.now + 10**9
    approval.approve(eva, "2019", day="1/3/2019")
    send(sara, eva)
    send(eva, peru)
    assert approval.baseline(peru, "2019").author.name == "Sara"
    assert approval.baseline(eva, "2019").author.name == "Eva"


def test_the_plan_can_be_seen_as_it_was_approved(both):
    sara, _ = both
    activities.set_field(sara, FIRST, "title", "Otro", Why("motivo"))
    past = looking_back.past(sara, "baseline")
    assert past.stood.is_verified
    assert past.stood.read.activity("2019/1.1.1", sara.today).row.title == "Taller"


# --- functions ---------------------------------------------------------------------------------------------------


def test_a_focal_point_follows_an_approved_plan_and_does_not_change_what_it_says(both):
    _, peru = both
    activities.set_status(peru, "2019/1.1.1", Status.IN_PROGRESS, "empezó")
    for field, text in (("due", "30/6/2019"), ("place", "Lima"), ("progress", "20"), ("funder", "BID")):
        activities.set_field(peru, FIRST, field, text)
    product = peru.read.products("2019/1.1.1")[0].id
    structure.deliver(peru, product, evidence="https://ejemplo.org/acta")
    before = peru.dump()
    for act in (
        lambda: activities.set_field(peru, FIRST, "title", "Otro"),
        lambda: activities.set_field(peru, FIRST, "title", "Otro", Why("con motivo")),
        lambda: activities.set_field(peru, FIRST, "lead", "UY"),
        lambda: activities.set_field(peru, "1.1", "objective", "Otro"),
        lambda: activities.set_field_in_all(peru, ["2019/1.1.1"], "lead", "UY"),
        lambda: structure.add_activity(peru, "1.1", "Nueva"),
        lambda: structure.add_area(peru, "1.2", "Nueva"),
        lambda: structure.add_product(peru, "1.1.1", "Nuevo"),
        lambda: structure.move_activity(peru, "1.1.2"),
        lambda: structure.withdraw(peru, "activity", "1.1.1", Why("motivo")),
        lambda: deletion.withdraw(peru, "1.1.1", "motivo"),
        lambda: structure.withdraw(peru, "product", product, Why("motivo")),
        lambda: approval.approve(peru, "2019"),
        lambda: approval.close(peru, "2019"),
    ):
        with pytest.raises(errors.NotYourFunction):
            act()
    assert peru.dump() == before


def test_who_takes_the_minutes_of_an_open_meeting_writes_who_leads(both):
    from gealc_tui.commands import meetings

    _, peru = both
    meetings.begin(peru, body="working_group", area="1.1")
    activities.set_field(peru, FIRST, "lead", "UY")
    with pytest.raises(errors.NotYourFunction):
        activities.set_field(peru, FIRST, "title", "Otro")


def test_what_others_wrote_beyond_their_function_counts_and_is_listed(both, make_replica, send):
    """Whoever has not heard of the approval, or uses an older version, is bound by nothing."""
    sara, _ = both
    eva = make_replica("Eva", "CL", "small")
    eva.clock.now += 10**9
    activities.set_field(eva, FIRST, "title", "Otro taller")
    send(eva, sara)
    assert sara.read.activity("2019/1.1.1", sara.today).row.title == "Otro taller"
    (one,) = comparing.compared(sara, "2019").differences
    assert (one.author.name, one.explained) == ("Eva", Explained.UNEXPLAINED)
    (listed,) = comparing.amendments(sara, "2019")
    assert (listed.reason, listed.explained, listed.edits[0].after) == (None, Explained.UNEXPLAINED, "Otro taller")


def test_what_was_written_before_the_approval_and_came_later_is_late_and_not_unexplained(
    sara, peru, make_replica, send
):
    activities.set_field(peru, FIRST, "title", "Otro taller")
    sara.clock.now = peru.clock.now + 10**9
    approval.approve(sara, "2019")
    send(peru, sara)
    (one,) = comparing.compared(sara, "2019").differences
    assert one.explained is Explained.LATE


def test_a_person_without_function_may_undo_what_they_wrote_before_the_approval(peru, sara, send):
    activities.set_field(peru, FIRST, "title", "Otro")
    send(peru, sara)
    approval.approve(sara, "2019")
    send(sara, peru)
    undo.undo(peru)
    assert peru.read.activity("2019/1.1.1", peru.today).row.title == "Taller"


# --- amendments --------------------------------------------------------------------------------------------------


def test_an_amendment_says_what_it_changed_and_undo_makes_both_count_as_nothing(both):
    sara, _ = both
    activities.set_field(sara, FIRST, "title", "Dos talleres", Why("se amplió"))
    made = structure.add_activity(sara, "1.1", "Encuesta", why=Why("la pidió la Asamblea"))
    structure.withdraw(sara, "activity", "1.1.2", Why("sin fondos"))
    found = comparing.amendments(sara, "2019")
    assert [one.reason for one in found] == ["se amplió", "la pidió la Asamblea", "sin fondos"]
    assert [(e.field, e.before, e.after) for e in found[0].edits] == [("title", "Taller", "Dos talleres")]
    assert {e.entity for e in found[1].edits} == {made.entity}
    assert told(sara) == [("changed", "1.1.1", "title"), ("added", "1.1.3", None), ("withdrawn", "1.1.2", None)]
    assert comparing.amendments_since(sara, "2019") == 3
    for _ in range(3):
        undo.undo(sara)
    assert (comparing.amendments(sara, "2019"), told(sara), comparing.amendments_since(sara, "2019")) == ((), [], 0)


def test_without_a_reason_the_secretariat_does_it_and_it_is_listed_as_unexplained(both):
    sara, _ = both
    activities.set_field(sara, FIRST, "period", "primer")
    structure.withdraw(sara, "product", sara.read.products("2019/1.1.2")[0].id, Why("repetido"))
    found = {one.explained: one for one in comparing.amendments(sara, "2019")}
    assert found[Explained.UNEXPLAINED].edits[0].field == "period"
    assert found[Explained.AMENDED].reason == "repetido"


def test_a_comparison_with_the_year_before_goes_along_origins(sara):
    activities.set_status(sara, "2019/1.1.1", Status.DONE)
    plan = next_plan.make(sara, "2020", origin="2019").plan
    sara.view_plan(plan)
    activities.set_field(sara, "1.1.2", "title", "Estudio nuevo")
    structure.add_activity(sara, "1.1", "Encuesta")
    assert told(sara, "2019") == [
        ("changed", "1.1.2", "title"),
        ("added", "1.1.3", None),
        ("withdrawn", "1.1.1", None),
    ]


def test_a_move_to_another_area_is_told_once(both):
    sara, _ = both
    structure.add_area(sara, "1.2", "Redes", why=Why("nueva"))
    structure.move_activity(sara, "1.1.1", to="1.2", why=Why("corresponde ahí"))
    assert told(sara) == [("added", "1.2", None), ("changed", "1.1.1", "area")]


# --- proposals ---------------------------------------------------------------------------------------------------


def test_a_proposal_travels_and_is_accepted_with_its_reason_in_one_change(both, send):
    sara, peru = both
    id, _ = proposals.propose(peru, "1.1.1", "title", "Dos talleres", "hay más inscritos")
    assert peru.read.activity("2019/1.1.1", peru.today).row.title == "Taller"
    send(peru, sara)
    committed = proposals.accept(sara, id[:6], "de acuerdo")
    send(sara, peru)
    assert peru.read.activity("2019/1.1.1", peru.today).row.title == "Dos talleres"
    (one,) = peru.read.proposals()
    assert (one.state, one.word, one.author.name) == (ProposalState.ACCEPTED, "de acuerdo", "Pedro")
    (why,) = comparing.amendments(peru, "2019")
    assert (why.id, why.reason, why.author.name) == (f"proposal-{id}", "hay más inscritos", "Sara")
    assert {kind_of(entity) for entity, *_ in committed.edits} == {"activity", "amendment", "proposal"}


def test_what_is_new_is_proposed_too_and_two_acceptances_are_one(both, make_replica, send):
    sara, peru = both
    other = introduced(make_replica("Sonia", plan="small", introduce=False), "Sonia", "OAS", "secretariat")
    made = structure.add_activity(peru, "1.1", "Encuesta", why=Why("la pide Perú", proposes=True))
    assert not peru.read.has_code("1.1.3", "2019")
    (one,) = peru.read.proposals()
    for secretariat in (sara, other):
        send(peru, secretariat)
        proposals.accept(secretariat, one.id)
    send(sara, other)
    send(other, sara)
    assert sara.dump() == other.dump()
    assert not sara.dump()["differences"]
    assert [row.code for row in sara.read.rows_of_areas(["2019/1.1"], sara.today)["2019/1.1"]] == [
        "1.1.1",
        "1.1.2",
        "1.1.3",
    ]
    assert sara.read.is_entity(made.entity)
    assert len(comparing.amendments(sara, "2019")) == 1


def test_accepted_here_and_declined_there_is_a_difference_that_people_settle(both, make_replica, send):
    sara, peru = both
    other = introduced(make_replica("Sonia", plan="small", introduce=False), "Sonia", "OAS", "secretariat")
    id, _ = proposals.propose(peru, "1.1.1", "title", "Dos talleres", "hay más inscritos")
    send(peru, sara)
    send(peru, other)
    proposals.accept(sara, id)
    proposals.decline(other, id, "no hay fondos")
    send(other, sara)
    assert [(one.entity, one.field) for one in sara.read.differences()] == [(f"proposal/{id}", "state")]


def test_a_proposal_whose_cell_changed_meanwhile_is_shown_beside_what_stands(both, send):
    sara, peru = both
    proposals.propose(peru, "1.1.1", "title", "Dos talleres", "hay más inscritos")
    activities.set_field(sara, FIRST, "title", "Tres talleres", Why("otra cosa"))
    send(peru, sara)
    (it,) = proposals.stands(sara, sara.read.proposals()[0])
    assert (it.value, it.edit.value, it.has_changed) == ("Tres talleres", "Dos talleres", True)


def test_only_the_author_withdraws_and_only_the_secretariat_decides(both, send):
    sara, peru = both
    id, _ = proposals.propose(peru, "1.1.1", "title", "Dos talleres", "hay más inscritos")
    for act in (proposals.accept, proposals.decline):
        with pytest.raises(errors.NotYourFunction):
            act(peru, id)
    send(peru, sara)
    with pytest.raises(errors.ProposalIsNotYours):
        proposals.withdraw(sara, id)
    proposals.withdraw(peru, id)
    with pytest.raises(errors.ProposalIsSettled):
        proposals.withdraw(peru, id)


def test_a_proposal_without_reason_for_nothing_or_for_what_stands_is_refused(both):
    _, peru = both
    before = peru.dump()
    with pytest.raises(errors.ReasonMissing):
        proposals.propose(peru, "1.1.1", "title", "Otro", "  ")
    with pytest.raises(errors.AlreadySo):
        proposals.propose(peru, "1.1.1", "title", "Taller", "motivo")
    with pytest.raises(errors.NotFound):
        proposals.propose(peru, "9.9.9", "title", "Taller", "motivo")
    with pytest.raises(errors.ProposalUnknown):
        proposals.accept(peru, "")
    assert peru.dump() == before


@pytest.mark.parametrize(
    "edits",
    [
        "nada",
        [["activity/2019/1.1.1", "title", 7, []]],
        [["plan/2019", "state", "closed", []]],
        [["person/x", "name", "Otro", []]],
        [["note/n1", "text", "Otra nota", []]],
        [["activity/2019/1.1.1", "title"]],
        [["activity/2019/1.1.1", "title", "x", [5]]],
        [["plan/2018", "title", "Otro plan", []]],
    ],
)
def test_what_a_hostile_proposal_asks_for_is_not_written(both, send, edits):
    sara, peru = both
    peru.commit(
        [("proposal/malo", "plan", "2019"), ("proposal/malo", "edits", edits), ("proposal/malo", "reason", "x")]
    )
    send(peru, sara)
    with pytest.raises(errors.ProposalUnusable):
        proposals.accept(sara, "malo")


def test_a_proposal_for_what_was_withdrawn_since_is_said_to_be_for_nothing(both, send):
    sara, peru = both
    id, _ = proposals.propose(peru, "1.1.1", "title", "Dos talleres", "hay más inscritos")
    structure.withdraw(sara, "activity", "1.1.1", Why("sin fondos"))
    send(peru, sara)
    with pytest.raises(errors.ProposalUnusable):
        proposals.accept(sara, id)


# --- closed ------------------------------------------------------------------------------------------------------


def test_a_closed_plan_takes_notes_of_the_secretariat_and_nothing_else(both, send):
    sara, peru = both
    approval.close(sara, "2019")
    send(sara, peru)
    notes.add_note(sara, FIRST, "El informe está en la página", official=True)
    for replica, act in (
        (sara, lambda: activities.set_status(sara, "2019/1.1.1", Status.DONE)),
        (sara, lambda: activities.set_field(sara, FIRST, "title", "x", Why("y"))),
        (peru, lambda: notes.add_note(peru, FIRST, "tarde", official=True)),
        (peru, lambda: activities.set_status(peru, "2019/1.1.1", Status.DONE)),
        (peru, lambda: proposals.propose(peru, "1.1.1", "title", "x", "y")),
        (sara, lambda: structure.add_area(sara, "9", "x", why=Why("y"))),
    ):
        before = replica.dump()
        with pytest.raises(errors.PlanIsClosed):
            act()
        assert replica.dump() == before


def test_what_arrives_for_a_closed_plan_is_kept_and_shown(both, send):
    sara, peru = both
    activities.set_status(peru, "2019/1.1.1", Status.DONE, "terminó")
    approval.close(sara, "2019")
    send(peru, sara)
    assert sara.read.activity("2019/1.1.1", sara.today).row.status is Status.DONE


# --- together ----------------------------------------------------------------------------------------------------


def test_copies_agree_on_amendments_and_comparison_in_whatever_order_files_come(both, make_replica, everything):
    sara, peru = both
    activities.set_field(sara, FIRST, "title", "Dos talleres", Why("se amplió"))
    first = everything(sara)
    proposals.propose(peru, "1.1.2", "title", "Otro estudio", "mejor")
    second = everything(peru)
    sara.merge([("x.json", second)], accept=True)
    proposals.accept(sara, sara.read.proposals()[0].id)
    structure.withdraw(sara, "product", sara.read.products("2019/1.1.2")[0].id, Why("sobra"))
    third = everything(sara)
    seen = []
    for number, order in enumerate(permutations([first, second, third])):
        eva = make_replica(f"Eva{number}", "CL", "small")
        for data in order:
            eva.merge([("f.json", data)], accept=True)
        found = comparing.amendments(eva, "2019")
        seen.append((told(eva), [(one.id, one.reason, one.edits) for one in found]))
    assert all(one == seen[0] for one in seen)
    assert [kind for kind, *_ in seen[0][0]] == ["changed", "changed", "withdrawn"]


def test_settling_what_an_approved_plan_says_is_for_the_secretariat(both, make_replica, send):
    sara, peru = both
    eva = make_replica("Eva", "CL", "small")
    activities.set_field(eva, FIRST, "title", "Otro")
    activities.set_field(sara, FIRST, "title", "Dos talleres", Why("se amplió"))
    for replica in (sara, peru):
        send(eva, replica)
    send(sara, peru)
    (one,) = peru.read.differences()
    with pytest.raises(errors.NotYourFunction):
        differences.write(peru, one.entity, one.field, "Otro")
    assert len(sara.read.differences()) == 1
    assert ChangeKind.CHANGED in {it.kind for it in comparing.compared(sara, "2019").differences}


# --- periods -----------------------------------------------------------------------------------------------------


def test_what_comes_after_a_half_year_was_closed_is_counted_or_left(both, send):
    sara, peru = both
    activities.set_field(sara, FIRST, "period", "primer", Why("es de marzo"))
    send(sara, peru)
    activities.set_status(peru, "2019/1.1.1", Status.DONE, "terminó")  # before the closing, and not here yet
    activities.set_status(peru, "2019/1.1.2", Status.DONE, "terminó")  # of the whole year
    sara.clock.now = peru.clock.now + 10**6
    periods.close(sara, Period.S1, "2019")
    with pytest.raises(errors.PeriodIsClosed):
        periods.close(sara, Period.S1, "2019")
    activities.set_field(sara, FIRST, "place", "Lima")  # after the closing, here
    send(peru, sara)
    found = periods.late(sara, "2019")
    assert [(one.code, one.field, one.value) for one in found] == [
        ("1.1.1", "status", "done"),
        ("1.1.1", "text", "terminó"),
        ("1.1.1", "place", "Lima"),
    ]
    as_reported = looking_back.past(sara, "S1").stood.read
    assert as_reported.activity("2019/1.1.1", sara.today).row.status is Status.PENDING
    periods.count(sara, found[0].change)
    periods.leave(sara, found[2].change[:8])
    assert [one.state.value for one in periods.late(sara, "2019")] == ["counted", "counted", "left"]
    counted = looking_back.past(sara, "S1").stood.read.activity("2019/1.1.1", sara.today)
    assert (counted.row.status, counted.place, len(counted.notes)) == (Status.DONE, None, 1)
    send(sara, peru)
    assert [one.state.value for one in periods.late(peru, "2019")] == ["counted", "counted", "left"]


def test_only_the_secretariat_closes_periods_of_an_approved_plan_and_counts(both, send):
    sara, peru = both
    with pytest.raises(errors.NotYourFunction):
        periods.close(peru, Period.S2, "2019")
    periods.close(sara, Period.S2, "2019")
    send(sara, peru)
    activities.set_status(peru, "2019/1.1.1", Status.DONE)
    (late,) = periods.late(peru, "2019")
    assert late.period is Period.S2  # what is of the whole year is closed with the second half
    with pytest.raises(errors.NotYourFunction):
        periods.count(peru, late.change)
    with pytest.raises(errors.LateUnknown):
        periods.count(sara, "zzz")


def test_closed_at_two_copies_late_is_what_is_in_neither_and_reopening_takes_both_back(sara, make_replica, send):
    other = introduced(make_replica("Sonia", plan="small", introduce=False), "Sonia", "OAS", "secretariat")
    eva = make_replica("Eva", "CL", "small")
    activities.set_status(eva, "2019/1.1.1", Status.DONE)
    send(eva, other)
    for replica in (sara, other):
        periods.close(replica, Period.S2, "2019")
    send(eva, sara)
    assert len(periods.late(sara, "2019")) == 1
    send(other, sara)
    assert periods.late(sara, "2019") == ()
    periods.reopen(sara, Period.S2, "2019")
    assert periods.closings(sara, "2019", Period.S2) == ()
    with pytest.raises(errors.PeriodIsOpen):
        periods.reopen(sara, Period.S2, "2019")
    undo.undo(sara)
    assert len(periods.closings(sara, "2019", Period.S2)) == 1  # the other one's closing stays taken back
    send(sara, other)
    assert periods.late(other, "2019") == ()


def test_a_moment_whose_runs_are_not_here_says_so_and_what_is_here_is_shown(both, make_replica, everything):
    """A file that was cut: the approval is here, and not all that it held."""
    sara, _ = both
    eva = make_replica("Eva", "CL", "small")
    activities.set_field(eva, FIRST, "title", "Otro")
    sara.merge([("f.json", everything(eva))], accept=True)
    approval.approve(sara, "2019")
    file = everything(sara)
    pedro = make_replica("Pablo", "AR", "small")
    pedro.merge([("f.json", file)], accept=False)
    pedro.accept(sara.id)
    past = looking_back.past(pedro, "baseline")
    assert not past.stood.is_verified
    assert eva.id in [one.author.replica for one in past.lacking]


# --- what is held again and again, and what depends on what ------------------------------------------------------


def test_days_of_a_series_come_from_the_first_one_and_numbers_stay(peru, send):
    series.set_series(peru, "1.1.1", 1, begins="31/1/2019", count=4)
    assert [one.due for one in peru.read.occurrences("2019/1.1.1")] == [
        "2019-01-31",
        "2019-02-28",
        "2019-03-31",
        "2019-04-30",
    ]
    series.held(peru, "1.1.1", 2, on="1/3/2019")
    with pytest.raises(errors.OccurrenceIsHeld):
        series.held(peru, "1.1.1", 2)
    series.set_series(peru, "1.1.1", 2, begins="31/1/2019", count=3)
    assert [(one.number, one.held) for one in peru.read.occurrences("2019/1.1.1")] == [
        (1, None),
        (2, "2019-03-01"),
        (3, None),
    ]
    undo.undo(peru)
    undo.undo(peru)
    assert [one.held for one in peru.read.occurrences("2019/1.1.1")] == [None] * 4


def test_a_series_by_default_fills_the_period_and_what_is_due_counts_as_overdue(peru):
    series.set_series(peru, "1.1.1", 2)
    assert [one.due for one in peru.read.occurrences("2019/1.1.1")][::5] == ["2019-01-01", "2019-11-01"]
    row = peru.read.activity("2019/1.1.1", date(2019, 2, 1)).row
    assert Alert.OVERDUE in row.alerts
    for number in range(1, 7):
        series.held(peru, "1.1.1", number)
    assert Alert.OVERDUE not in peru.read.activity("2019/1.1.1", date(2019, 2, 1)).row.alerts
    series.end_series(peru, "1.1.1")
    assert peru.read.occurrences("2019/1.1.1") == ()


@pytest.mark.parametrize(("months", "count"), [(0, None), (-1, None), (121, None), (1, 0), (1, 10_000)])
def test_a_series_of_no_months_or_of_ten_thousand_times_is_refused(peru, months, count):
    before = peru.dump()
    with pytest.raises(errors.ValueRefused):
        series.set_series(peru, "1.1.1", months, count=count)
    with pytest.raises(errors.NoOccurrence):
        series.held(peru, "1.1.1", 1)
    assert peru.dump() == before


@pytest.mark.parametrize(
    "value", [7, "x", [1], [0, "2019-01-01", 3], [1, "2019-13-01", 3], [1, "2019-01-01", 10**6], [True, "x", 1]]
)
def test_a_rule_that_is_none_is_no_series(peru, value):
    peru.commit([(FIRST, "series", value)])
    assert peru.read.occurrences("2019/1.1.1") == ()
    assert peru.read.outline(peru.today, "2019").activities
    assert peru.verify() == ()


def test_an_activity_depends_on_others_and_never_in_a_circle(peru):
    third = structure.add_activity(peru, "1.1", "Encuesta").entity.partition("/")[2]
    series.depend(peru, "1.1.2", "1.1.1")
    series.depend(peru, third, "1.1.2")
    assert peru.read.depends_on(third) == ("2019/1.1.2",)
    assert peru.read.needed_by("2019/1.1.2") == (third,)
    for ref, on in (("1.1.1", "1.1.1"), ("1.1.1", "1.1.2"), ("1.1.1", third)):
        with pytest.raises(errors.DependsInCircle):
            series.depend(peru, ref, on)
    series.depend(peru, "1.1.2", "1.1.1", depends=False)
    assert peru.read.depends_on("2019/1.1.2") == ()
    # A circle that two people made at the same time ends all the same.
    peru.commit([(FIRST, "depends", ["2019/1.1.2"]), (SECOND, "depends", ["2019/1.1.1"])])
    with pytest.raises(errors.DependsInCircle):
        series.depend(peru, "1.1.1", "1.1.1")


def test_rescheduling_says_why_in_an_official_note_of_the_same_change(peru):
    with pytest.raises(errors.ReasonMissing):
        series.reschedule(peru, "1.1.1", "30/9/2019", " ")
    committed = series.reschedule(peru, "1.1.1", "30/9/2019", "faltan fondos")
    read = peru.read.activity("2019/1.1.1", peru.today)
    assert (read.row.due, [(note.text, note.official) for note in read.notes]) == (
        "2019-09-30",
        [("faltan fondos", True)],
    )
    assert {entity.partition("/")[0] for entity, *_ in committed.edits} == {"activity", "note"}


def test_mine_is_what_ones_country_leads_or_takes_part_in_and_owes(peru, make_replica):
    activities.set_field(peru, FIRST, "lead", "UY")
    activities.set_field(peru, SECOND, "participants", "Chile, Perú y Uruguay")
    found = mine.mine(peru)
    assert [row.code for row in found.activities] == ["1.1.2"]
    activities.set_field(peru, FIRST, "co_leads", "PE")
    activities.set_field(peru, FIRST, "due", "20/3/2019")
    found = mine.mine(peru)
    assert [row.code for row in found.activities] == ["1.1.1", "1.1.2"]
    assert mine.summary(found, peru.today) == "Perú: 1 por vencer"


def test_an_approval_and_the_closing_of_a_half_year_are_told_when_they_arrive(sara, peru, send):
    approval.approve(sara, "2019")
    periods.close(sara, Period.S1, "2019")
    report = send(sara, peru)
    told = [(one.field, one.after, report.names[one.entity].title) for one in report.altered if one.field == "kind"]
    assert told == [("kind", "approval", "PLAN DE TRABAJO 2019"), ("kind", "period", "PLAN DE TRABAJO 2019")]
    assert send(sara, peru).altered == ()


def test_a_function_is_handed_over_by_a_signed_word_that_others_see_and_judge(both, make_replica, send):
    sara, peru = both
    with pytest.raises(errors.RoleIsNotYours):
        people.hand_over(peru, sara.id, "secretariat")
    people.hand_over(sara, peru.id, "secretariat")
    eva = make_replica("Eva", "CL", "small")
    send(sara, eva)
    (word,) = eva.read.handovers()
    assert (word.role, word.by.name, word.to.replica) == ("secretariat", "Sara", peru.id)
    # It makes nobody anything, and who writes the words again speaks for nobody.
    assert approval.secretariats(eva) == frozenset()
    entity = next(e for e in eva.dump()["entities"] if e.startswith("handover/"))
    eva.commit([(entity, "to", eva.id)])
    assert eva.read.handovers() == ()
    undo.undo(sara)
    assert sara.read.handovers() == ()


def test_a_meeting_of_the_group_is_offered_as_the_occurrence_that_it_may_be(peru):
    from gealc_tui.commands import closing, meetings
    from gealc_tui.domain.meetings import CheckKind

    series.set_series(peru, "1.1.2", 2, begins="1/2/2019", count=4)
    meeting = meetings.begin(peru, body="working_group", area="1.1", day="28/3/2019")
    offered = [one for one in closing.checks(peru, meeting) if one.kind is CheckKind.OCCURRENCE]
    assert [(one.code, one.item) for one in offered] == [("1.1.2", "2")]  # 1 April is nearer than 1 February
    closing.take_as_occurrence(peru, meeting, offered[0])
    held = peru.read.occurrences("2019/1.1.2")[1]
    assert (held.held, held.meeting) == ("2019-03-28", meeting)
    assert not [one for one in closing.checks(peru, meeting) if one.kind is CheckKind.OCCURRENCE]


def test_nobody_but_the_secretariat_shuts_others_out_of_a_plan(peru, make_replica, send):
    eva = make_replica("Eva", "CL", "small")
    approval.close(eva, "2019")
    with pytest.raises(errors.PlanIsClosed):
        activities.set_status(eva, "2019/1.1.1", Status.DONE)
    send(eva, peru)
    activities.set_status(peru, "2019/1.1.1", Status.DONE, "terminó")
