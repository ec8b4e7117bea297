"""Undo and redo: a step at a time, across restarts, never over what somebody else wrote since."""

from __future__ import annotations

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, differences, notes, undo
from gealc_tui.domain.vocabulary import Status

ACTIVITY = "2019/1.1.1"
ENTITY = f"activity/{ACTIVITY}"


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


@pytest.fixture
def eva(make_replica):
    return make_replica("Eva", "PE", "small")


def state(replica) -> dict[str, object]:
    """What is shown of the activity and its notes."""
    read = replica.read.activity(ACTIVITY, replica.today)
    return {
        "row": read.row._replace(alerts=()),
        "place": read.place,
        "co_leads": read.co_leads,
        "notes": {(one.id, one.text, one.official) for one in read.notes},
        "products": tuple(one[:4] for one in read.products),
    }


STEPS = [
    lambda replica: activities.set_status(replica, ACTIVITY, Status.IN_PROGRESS),
    lambda replica: activities.set_status(replica, ACTIVITY, Status.DONE, note="Listo"),
    lambda replica: activities.set_field(replica, ENTITY, "place", "Lima"),
    lambda replica: activities.set_field(replica, ENTITY, "co_leads", "PE, UY"),
    lambda replica: activities.set_field(replica, ENTITY, "place", ""),
    lambda replica: notes.add_note(replica, ENTITY, "Una nota", official=False),
    lambda replica: notes.edit_note(replica, replica.read.notes(ENTITY)[-1].id, "Otra", official=True),
    lambda replica: notes.delete_note(replica, replica.read.notes(ENTITY)[0].id),
    lambda replica: activities.set_field(replica, ENTITY, "progress", "50"),
    lambda replica: activities.set_field(
        replica, f"product/{replica.read.products(ACTIVITY)[0].id}", "delivered", "2019-05-01"
    ),
]


def test_many_steps_are_taken_back_and_done_again_one_by_one_also_after_a_restart(ana, reopen):
    states = [state(ana)]
    for step in STEPS:
        step(ana)
        states.append(state(ana))
    replica = reopen(ana)
    for wanted in states[-2::-1]:
        undo.undo(replica)
        assert state(replica) == wanted
    with pytest.raises(errors.NothingToUndo):
        undo.undo(replica)
    replica = reopen(replica)
    for wanted in states[1:]:
        undo.redo(replica)
        assert state(replica) == wanted
    with pytest.raises(errors.NothingToRedo):
        undo.redo(replica)
    for wanted in states[-2:4:-1]:
        undo.undo(replica)
        assert state(replica) == wanted
    assert replica.verify() == ()
    replica.close()


def test_a_step_back_is_a_change_that_travels(ana, eva, send):
    activities.set_status(ana, ACTIVITY, Status.DONE, note="Listo")
    send(ana, eva)
    undo.undo(ana)
    send(ana, eva)
    assert state(eva) == state(ana)
    assert state(eva)["row"].status is Status.PENDING
    undo.redo(ana)
    send(ana, eva)
    assert state(eva) == state(ana)
    assert eva.read.differences() == ()


def test_nothing_that_was_written_is_lost_by_undo(ana):
    activities.set_status(ana, ACTIVITY, Status.DONE, note="Listo")
    undo.undo(ana)
    assert "Listo" in str(ana.read.history())


def test_there_is_nothing_to_undo_in_a_new_copy(ana):
    for act, error in ((undo.undo, errors.NothingToUndo), (undo.redo, errors.NothingToRedo)):
        with pytest.raises(error):
            act(ana)


def test_a_new_change_forgets_what_could_be_done_again(ana):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    undo.undo(ana)
    activities.set_field(ana, ENTITY, "place", "Lima")
    with pytest.raises(errors.NothingToRedo):
        undo.redo(ana)
    undo.undo(ana)
    with pytest.raises(errors.NothingToUndo):
        undo.undo(ana)
    assert state(ana)["row"].status is Status.PENDING


def test_undo_of_a_creation_is_a_deletion(ana):
    notes.add_note(ana, ENTITY, "Una nota")
    note = f"note/{ana.read.notes(ENTITY)[0].id}"
    undo.undo(ana)
    assert ana.read.notes(ENTITY) == ()
    assert ana.read.state_of(note) == {"about": ENTITY, "text": "Una nota", "official": True, "deleted": True}
    undo.redo(ana)
    assert [one.text for one in ana.read.notes(ENTITY)] == ["Una nota"]


@pytest.mark.parametrize("act", [undo.undo, undo.redo])
def test_what_somebody_wrote_since_is_not_wiped_out(ana, eva, send, whole, act):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    if act is undo.redo:
        undo.undo(ana)
    send(ana, eva)
    activities.set_status(eva, ACTIVITY, Status.CANCELLED)
    send(eva, ana)
    before = whole(ana)
    with pytest.raises(errors.ChangedSince) as refused:
        act(ana)
    assert (refused.value.entity, refused.value.field, refused.value.name) == (ENTITY, "status", "Eva")
    assert whole(ana) == before


def test_what_somebody_wrote_without_having_seen_ours_is_not_wiped_out(ana, eva, send):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    activities.set_status(eva, ACTIVITY, Status.CANCELLED)
    send(eva, ana)
    with pytest.raises(errors.ChangedSince):
        undo.undo(ana)
    assert len(ana.read.differences()) == 1


def test_what_somebody_settled_since_is_not_wiped_out(ana, eva, send):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    activities.set_status(eva, ACTIVITY, Status.CANCELLED)
    send(eva, ana)
    send(ana, eva)
    (found,) = eva.read.differences()
    mine = next(one for one in found.values if one.author.name == "Ana")
    differences.take(eva, found.entity, found.field, mine.change)
    send(eva, ana)
    with pytest.raises(errors.ChangedSince):
        undo.undo(ana)


def test_a_change_of_another_register_by_somebody_else_hinders_nothing(ana, eva, send):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    send(ana, eva)
    activities.set_field(eva, ENTITY, "place", "Lima")
    send(eva, ana)
    undo.undo(ana)
    assert state(ana)["row"].status is Status.PENDING
    assert state(ana)["place"] == "Lima"


def test_undo_gives_back_what_somebody_else_had_written_before(ana, eva, send):
    activities.set_status(eva, ACTIVITY, Status.ON_HOLD)
    send(eva, ana)
    activities.set_status(ana, ACTIVITY, Status.DONE)
    undo.undo(ana)
    assert state(ana)["row"].status is Status.ON_HOLD
    send(ana, eva)
    assert eva.read.differences() == ()


def test_only_ones_own_changes_are_undone(ana, eva, send):
    activities.set_status(eva, ACTIVITY, Status.DONE)
    send(eva, ana)
    with pytest.raises(errors.NothingToUndo):
        undo.undo(ana)


def test_a_new_identity_has_nothing_of_the_old_one_to_undo(ana):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    for key in ana.keys.iterdir():
        key.unlink()
    ana.close()
    with ana.another() as copy:
        copy.introduce("Ana", "UY", "focal")
        with pytest.raises(errors.NothingToUndo):
            undo.undo(copy)
        activities.set_field(copy, ENTITY, "place", "Lima")
        undo.undo(copy)
        with pytest.raises(errors.NothingToUndo):
            undo.undo(copy)
        assert state(copy)["row"].status is Status.DONE


def test_to_say_who_one_is_is_no_step(ana):
    ana.introduce("Ana María", "UY", "committee")
    with pytest.raises(errors.NothingToUndo):
        undo.undo(ana)
