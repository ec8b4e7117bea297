"""The history of the plan: what each change replaced, however it is asked for, at a cost that follows the question."""

from __future__ import annotations

import pytest

from gealc_tui.commands import activities, differences, notes
from gealc_tui.domain.change import Edit
from gealc_tui.domain.history import HistoryFilter
from gealc_tui.domain.vocabulary import Status
from tests.growth import assert_grows_with_its_input, counted
from tests.sync import forge


@pytest.fixture
def spoken(make_replica, send):
    """Three who wrote in turns and beside each other, one of them on two machines."""
    ana, eva = make_replica("Ana", plan="small"), make_replica("Eva", "PE", plan="small")
    activity = ana.read.outline(ana.today, ana.plan).activities[0].id
    for place in ("Quito", "Lima"):
        activities.set_field(ana, f"activity/{activity}", "place", place)
    send(ana, eva)
    activities.set_field(eva, f"activity/{activity}", "place", "Cusco")
    activities.set_field(ana, f"activity/{activity}", "place", "Puno")
    activities.set_status(eva, activity, Status.DONE)
    notes.add_note(eva, f"activity/{activity}", "Nada nuevo")
    send(eva, ana)
    found = ana.read.differences()[0]
    differences.take(ana, found.entity, found.field, found.values[1].change)
    me = forge.made_up("Leo")
    entity = f"activity/{activity}"
    first = forge.chain(me.replica, [(Edit(f"person/{me.replica}", "name", "Leo"),), (Edit(entity, "place", "uno"),)])
    there = forge.chain(me.replica, [(Edit(entity, "place", "dos"),)], after=2, previous=first[-1][0], at=10)
    elsewhere = forge.chain(me.replica, [(Edit(entity, "place", "tres"),)], after=2, previous=first[-1][0], at=20)
    for changes in (first + there, first + elsewhere):
        ana.merge([("x", forge.bundle(me, [forge.run(me, changes)]))], accept=True)
    return ana


def test_a_page_says_the_same_as_the_whole_history(spoken):
    whole = {change.id: change for change in spoken.read.history()}
    page = spoken.read.past(HistoryFilter(), most=-1)
    assert len(page) > 8
    for change in page:
        told = [edit for edit in whole[change.id].edits if not edit.entity.startswith(("person/", "vouching/"))]
        assert sorted(change.edits, key=repr) == sorted(told, key=repr)


def test_a_page_reads_the_same_however_often_a_field_was_written(make_replica):
    """The registers of a page are not read from their beginning."""
    replica = make_replica("Ana", plan="small")
    activity = replica.read.outline(replica.today, replica.plan).activities[0].id

    def page(more: int) -> int:
        for n in range(more):
            activities.set_field(replica, f"activity/{activity}", "place", f"{n} {more}")
        with counted([replica._db.connection]) as work:
            assert len(replica.read.past(HistoryFilter(), most=5)) == 5
        return work.lines

    assert page(100) <= page(20) + 5


def test_the_history_of_a_field_takes_twice_as_much_for_twice_the_edits(make_replica):
    def written(size: int):
        replica = make_replica(f"Ana{size}", plan="small")
        me = forge.made_up(f"Leo{size}")
        activity = replica.read.outline(replica.today, replica.plan).activities[0].id
        entity = f"activity/{activity}"
        said = forge.chain(me.replica, [(Edit(entity, "place", str(n)),) for n in range(size)])
        replica.merge([("x", forge.bundle(me, [forge.run(me, said)]))], accept=True)
        assert len(replica.read.history([entity])) > size
        return replica, entity

    assert_grows_with_its_input(
        written, lambda made: made[0].read.history([made[1]]), 50, lambda made: [made[0]._db.connection]
    )
