"""What counts as not sent: net, as people would tell it."""

from __future__ import annotations

from gealc_tui.commands import activities, exchange, meetings, notes, undo
from gealc_tui.domain.vocabulary import Status

HERE = "2019/3.6.1"


def test_a_new_person_has_nothing_to_send(make_replica):
    assert make_replica("Ana").unsent() == 0


def test_what_was_taken_back_counts_for_nothing(make_replica):
    ana = make_replica("Ana")
    activities.set_status(ana, HERE, Status.DONE)
    assert ana.unsent() == 1
    undo.undo(ana)
    assert ana.unsent() == 0
    undo.redo(ana)
    assert ana.unsent() == 1


def test_a_note_that_was_undone_counts_for_nothing_and_one_that_was_edited_counts_once(make_replica):
    ana = make_replica("Ana")
    notes.add_note(ana, f"activity/{HERE}", "Borrador")
    undo.undo(ana)
    assert ana.unsent() == 0
    undo.redo(ana)
    (note,) = ana.read.notes(f"activity/{HERE}")
    notes.edit_note(ana, note.id, "Limpio")
    assert ana.unsent() == 1


def test_many_turns_of_one_status_are_one_thing_to_tell(make_replica):
    ana = make_replica("Ana")
    for status in (Status.IN_PROGRESS, Status.DONE, Status.ON_HOLD, Status.IN_PROGRESS):
        activities.set_status(ana, HERE, status)
    activities.set_field(ana, f"activity/{HERE}", "lead", "CL")
    activities.set_field(ana, f"activity/{HERE}", "co_leads", "PE")
    activities.set_field(ana, f"activity/{HERE}", "co_leads", "")
    assert ana.unsent() == 2


def test_the_undo_of_what_a_file_holds_is_something_to_tell(make_replica):
    ana = make_replica("Ana")
    activities.set_status(ana, HERE, Status.DONE)
    ana.mark_sent()
    assert ana.unsent() == 0
    undo.undo(ana)
    assert ana.unsent() == 1
    undo.redo(ana)
    assert ana.unsent() == 0


def test_over_what_somebody_else_said_the_same_word_as_before_is_something_to_tell(make_replica, send):
    ana, eva = make_replica("Ana"), make_replica("Eva", "PE")
    activities.set_status(ana, HERE, Status.IN_PROGRESS)
    ana.mark_sent()
    send(ana, eva)
    activities.set_status(eva, HERE, Status.DONE)
    send(eva, ana)
    activities.set_status(ana, HERE, Status.IN_PROGRESS)
    assert ana.unsent() == 1
    activities.set_status(ana, HERE, Status.DONE)
    assert ana.unsent() == 0


def test_a_meeting_and_a_command_for_many_count_once_each(make_replica):
    ana = make_replica("Ana")
    meeting = meetings.begin(ana, body="committee", countries=("CL", "PE"))
    meetings.agree(ana, meeting, "2019/3.6.2", "Enviar el borrador @cl 15/08/2019")
    meetings.close(ana, meeting)
    assert ana.unsent() == 2
    activities.set_field_in_all(ana, ("2019/3.1.1", "2019/3.1.2", "2019/3.1.3"), "lead", "UY")
    assert ana.unsent() == 3


def test_what_is_taken_back_travels_all_the_same(make_replica):
    ana, eva = make_replica("Ana"), make_replica("Eva", "PE")
    activities.set_status(ana, HERE, Status.DONE)
    undo.undo(ana)
    eva.merge([("cambios.json", exchange.export_text(ana, everything=True).encode())], accept=True)
    assert [one.author.name for one in eva.read.history([f"activity/{HERE}"])][1:] == ["Ana", "Ana"]


def test_twice_as_much_that_is_unsent_costs_twice_as_much_to_count(make_replica):
    def cost(name: str, notes_written: int) -> int:
        replica = make_replica(name)
        for n in range(notes_written):
            notes.add_note(replica, f"activity/{HERE}", f"Nota {n}")
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        replica._db.connection.set_progress_handler(count, 100)
        assert replica.unsent() == notes_written
        asked = steps
        assert replica.unsent() == notes_written
        assert steps - asked < 10, "whatever is drawn again asks again"
        return asked

    assert cost("Eva", 400) <= 2.2 * cost("Ana", 200)
