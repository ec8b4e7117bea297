"""The structure of a plan is added to, moved, withdrawn and brought back; copies agree on it in whatever order."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, structure, undo
from gealc_tui.commands.reasons import Why
from gealc_tui.domain.change import local_id


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana")


def codes(replica, area: str = "2019/3.6") -> list[str]:
    return [row.code for row in replica.read.rows_of_areas([area], replica.today)[area]]


def ids(replica, area: str = "2019/3.6") -> list[str]:
    return [row.id for row in replica.read.rows_of_areas([area], replica.today)[area]]


def areas(replica) -> list[str]:
    return [one.code for one in replica.read.outline(replica.today, replica.plan).areas]


# --- one copy ----------------------------------------------------------------------------------------------------


def test_an_activity_is_added_behind_another_with_the_next_free_code(ana):
    made = structure.add_activity(ana, "3.6", " Nueva ", after="3.6.2")
    assert codes(ana) == ["3.6.1", "3.6.2", "3.6.5", "3.6.3", "3.6.4"]
    row = ana.read.activity(local_id(made.entity), ana.today)
    assert (row.row.title, row.row.period.value, row.area_code, row.plan) == ("Nueva", "ANNUAL", "3.6", "2019")
    assert ana.resolve("3.6.5") == made.entity


def test_without_a_place_it_stands_at_the_end(ana):
    structure.add_activity(ana, "3.6", "Una")
    structure.add_activity(ana, "3.6", "Otra")
    assert codes(ana)[-2:] == ["3.6.5", "3.6.6"]


def test_a_code_may_stand_twice_and_is_then_ambiguous(ana):
    structure.add_activity(ana, "3.6", "Otra", code="3.6.1")
    with pytest.raises(errors.CodeIsAmbiguous):
        ana.resolve("3.6.1")


def test_an_activity_is_moved_within_its_area_and_to_another(ana):
    structure.move_activity(ana, "3.6.1", after="3.6.3")
    assert codes(ana) == ["3.6.2", "3.6.3", "3.6.1", "3.6.4"]
    structure.move_activity(ana, "3.6.4")
    assert codes(ana) == ["3.6.4", "3.6.2", "3.6.3", "3.6.1"]
    structure.move_activity(ana, "3.6.2", to="3.7")
    assert codes(ana, "2019/3.7")[-1] == "3.6.2"
    structure.move_activity(ana, "3.6.3", after="3.7.1")
    assert codes(ana, "2019/3.7") == ["3.7.1", "3.6.3", "3.7.2", "3.6.2"]
    assert codes(ana) == ["3.6.4", "3.6.1"]


def test_what_stands_there_already_is_no_change(ana):
    before = len(ana.steps())
    assert structure.move_activity(ana, "3.6.2", after="3.6.1") is None
    assert structure.move_activity(ana, "3.6.1") is None
    assert structure.move_activity(ana, "3.6.4", to="3.6") is None
    assert structure.move_area(ana, "3.2", after="3.1") is None
    assert len(ana.steps()) == before


def test_areas_are_added_and_moved(ana):
    made = structure.add_area(ana, "3.10", "Área nueva", after="3.2")
    assert areas(ana)[:4] == ["3.1", "3.2", "3.10", "3.3"]
    structure.move_area(ana, local_id(made.entity))
    assert areas(ana)[0] == "3.10"
    structure.move_area(ana, "3.1", after="3.9")
    assert areas(ana)[-1] == "3.1"


def test_products_are_added_delivered_and_withdrawn(ana):
    made = structure.add_product(ana, "3.6.1", "Informe final")
    structure.deliver(ana, local_id(made.entity), day="15/8/2019", evidence="https://ejemplo.org", units="2")
    (_, product) = ana.read.products("2019/3.6.1")
    assert product[1:] == ("Informe final", "2019-08-15", "https://ejemplo.org", 2)
    structure.withdraw(ana, "product", made.entity, Why("no hace falta"))
    assert len(ana.read.products("2019/3.6.1")) == 1
    back = structure.restore(ana, "product", made.entity, Why("sí hace falta"))
    assert any(edit[0].startswith("amendment/") and edit[3] == "sí hace falta" for edit in back.committed.edits)
    assert len(ana.read.products("2019/3.6.1")) == 2


def test_the_only_product_of_an_activity_is_meant_by_the_activity(ana):
    structure.deliver(ana, "3.6.1")
    assert ana.read.products("2019/3.6.1")[0].delivered == ana.today.isoformat()


def test_everything_is_taken_back_by_one_undo_and_done_again(ana, whole):
    steps = [
        lambda: structure.add_area(ana, "3.10", "Nueva", why=Why("se pidió")),
        lambda: structure.add_activity(ana, "3.6", "Nueva", after="3.6.1"),
        lambda: structure.move_activity(ana, "3.6.1", to="3.7", why=Why("va mejor ahí")),
        lambda: structure.move_area(ana, "3.2", after="3.5"),
        lambda: structure.add_product(ana, "3.6.2", "Otro"),
        lambda: structure.withdraw(ana, "activity", "3.6.3", Why("no hay fondos")),
    ]
    for step in steps:
        before = (areas(ana), codes(ana), codes(ana, "2019/3.7"), ana.read.products("2019/3.6.2"))
        step()
        after = (areas(ana), codes(ana), codes(ana, "2019/3.7"), ana.read.products("2019/3.6.2"))
        assert after != before
        undo.undo(ana)
        assert (areas(ana), codes(ana), codes(ana, "2019/3.7"), ana.read.products("2019/3.6.2")) == before
        undo.redo(ana)
        assert (areas(ana), codes(ana), codes(ana, "2019/3.7"), ana.read.products("2019/3.6.2")) == after
    assert ana.verify() == ()


def test_why_is_written_in_the_same_change_and_withdrawn_when_it_is_taken_back(ana):
    made = structure.move_activity(ana, "3.6.1", after="3.6.3", why=Why("orden nuevo"))
    amendment = next(entity for entity, *_ in made.committed.edits if entity.startswith("amendment/"))
    assert ana.read.state_of(amendment) == {"plan": "2019", "reason": "orden nuevo"}
    undo.undo(ana)
    assert ana.read.state_of(amendment) == {"plan": "2019", "reason": "orden nuevo", "withdrawn": True}
    undo.redo(ana)
    assert not ana.read.state_of(amendment).get("withdrawn")


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda one: structure.move_activity(one, "3.6.1", after="3.6.1"), errors.CannotMove),
        (lambda one: structure.move_activity(one, "3.6.1", after="nada"), errors.NotFound),
        (lambda one: structure.move_activity(one, "3.6.1", to="3.6.2"), errors.NotFound),
        (lambda one: structure.move_activity(one, "3.6.1", to="3.7", after="3.6.2"), errors.CannotMove),
        (lambda one: structure.move_area(one, "3.1", after="3.1"), errors.CannotMove),
        (lambda one: structure.add_activity(one, "3.99", "x"), errors.NotFound),
        (lambda one: structure.add_activity(one, "3.6", " "), errors.TextEmpty),
        (lambda one: structure.add_activity(one, "3.6", "x", code="3 6"), errors.ValueRefused),
        (lambda one: structure.add_activity(one, "3.6", "x", after="3.7.1"), errors.CannotMove),
        (lambda one: structure.add_activity(one, "3.6", "x", period="tercero"), errors.ValueRefused),
        (lambda one: structure.add_product(one, "3.6.1", ""), errors.TextEmpty),
        (lambda one: structure.deliver(one, "nada"), errors.NotFound),
        (lambda one: structure.deliver(one, "3.6.1", day="31/2/2019"), errors.ValueRefused),
        (lambda one: structure.deliver(one, "3.6.1", units="muchas"), errors.ValueRefused),
        (lambda one: structure.withdraw(one, "activity", "3.6.1", Why(" ")), errors.ReasonMissing),
        (lambda one: structure.restore(one, "activity", "3.6.1"), errors.NotDeleted),
        (lambda one: structure.add_area(one, "3.10", "x", why=Why("y", "nada")), errors.NotFound),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_half_done(ana, whole, act, error):
    before = whole(ana)
    with pytest.raises(error):
        act(ana)
    assert whole(ana) == before


def test_nothing_goes_into_what_is_withdrawn(ana):
    structure.withdraw(ana, "area", "3.7", Why("se terminó"))
    with pytest.raises(errors.GealcError):
        structure.move_activity(ana, "3.6.1", to="area/2019/3.7")
    with pytest.raises(errors.GealcError):
        structure.add_activity(ana, "area/2019/3.7", "x")


# --- several copies ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_three_copies_that_write_at_the_same_time_show_one_order(make_replica, send, seed):
    chance = random.Random(seed)
    people = [make_replica("Ana", "UY"), make_replica("Eva", "PE"), make_replica("Luis", "CL")]
    for round in range(3):
        for one in people:
            for number in range(3):
                _write_something(one, chance, f"{one.id[:3]}{round}{number}")
        for _ in range(2):
            pairs = [(a, b) for a in people for b in people if a is not b]
            chance.shuffle(pairs)
            for sender, recipient in pairs:
                send(sender, recipient)
        assert len({one.fingerprint() for one in people}) == 1
        orders = [[ids(one, area.id) for area in one.read.outline(one.today, "2019").areas] for one in people]
        assert orders[0] == orders[1] == orders[2]
        assert [areas(one) for one in people][1:] == [areas(people[0])] * 2
    assert not [place for place in people[0].read.differing() if place[1] == "order"], "an order is no difference"


def _write_something(replica, chance, word):
    row = chance.choice(replica.read.outline(replica.today, "2019").activities)
    area = chance.choice(replica.read.outline(replica.today, "2019").areas)
    acts = [
        lambda: structure.add_activity(replica, area.id, f"Nueva {word}", after=None),
        lambda: structure.add_activity(replica, row.area, f"Nueva {word}", after=f"activity/{row.id}"),
        lambda: structure.move_activity(replica, f"activity/{row.id}"),
        lambda: structure.move_activity(replica, f"activity/{row.id}", to=area.id),
        lambda: structure.withdraw(replica, "activity", f"activity/{row.id}", Why(word)),
        lambda: structure.move_area(replica, area.id),
        lambda: activities.set_field(replica, f"activity/{row.id}", "title", f"Título {word}"),
        lambda: undo.undo(replica) if undo.can_undo(replica) else None,
    ]
    with suppress(errors.ChangedSince, errors.CannotMove):
        chance.choice(acts)()


def test_between_what_two_put_in_the_same_place_a_third_finds_room(make_replica, send):
    ana, eva = make_replica("Ana"), make_replica("Eva", "PE")
    structure.add_activity(ana, "3.6", "De Ana", code="a", after="3.6.2")
    structure.add_activity(eva, "3.6", "De Eva", code="e", after="3.6.2")
    send(ana, eva)
    send(eva, ana)
    first, second = codes(ana)[2:4]
    structure.add_activity(ana, "3.6", "Entre las dos", code="m", after=first)
    assert codes(ana)[2:5] == [first, "m", second]
    send(ana, eva)
    assert codes(eva) == codes(ana)


@pytest.mark.parametrize(
    "value", ["x", 7, [], ["2019/3.6"], ["2019/3.6", "\u0000"], ["2019/3.6", 5], [["a"], {}], None]
)
def test_whatever_others_write_as_an_order_nothing_is_out_of_sight(ana, value):
    ana.commit([("activity/2019/3.6.2", "order", value)])
    assert sorted(codes(ana)) == ["3.6.1", "3.6.2", "3.6.3", "3.6.4"]
    structure.move_activity(ana, "3.6.4", after="3.6.1")
    assert codes(ana)[:2] == ["3.6.1", "3.6.4"]


def test_two_who_order_alike_leave_no_difference_to_settle(make_replica, send):
    ana, eva = make_replica("Ana"), make_replica("Eva", "PE")
    structure.move_activity(ana, "3.6.1", after="3.6.3")
    structure.move_activity(eva, "3.6.1", after="3.6.4")
    send(ana, eva)
    send(eva, ana)
    assert codes(ana) == codes(eva)
    assert ana.read.differing() == eva.read.differing() == ()
