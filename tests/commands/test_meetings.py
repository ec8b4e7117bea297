"""Meetings: begun, written, interrupted, closed, and followed by the next one."""

from __future__ import annotations

import shutil

import pytest

from gealc_tui import errors, i18n
from gealc_tui.commands import activities, meetings, notes, undo
from gealc_tui.commands.meetings import CheckKind
from gealc_tui.domain.vocabulary import ItemKind, MeetingBody, MeetingState, Status

from .meeting import activity, begun, written


def told(replica, meeting):
    """What a meeting changed: code, kind of thing, field, before, after."""
    return [(one.code, one.kind, one.field, one.before, one.after) for one in meetings.changes(replica, meeting)]


# --- beginning ---------------------------------------------------------------------------------------------------


def test_a_meeting_begins_with_its_facts_and_the_activities_of_its_area(make_replica):
    ana = make_replica()
    one = meetings.reading(ana, begun(ana))
    assert one[1:10] == (
        MeetingBody.WORKING_GROUP,
        "2019/3.5",
        "Innovación en el sector público",
        None,
        "2019-05-17",
        "09:00",
        "Quito",
        ("CL", "CR", "EC", "PE", "UY"),
        tuple(activity(number) for number in ("1", "2", "3", "4", "5", "6", "5-2")),
    )
    assert (one.state, one.author.name, one.area_code) == (MeetingState.OPEN, "Ana", "3.5")
    assert meetings.current(ana) == one


def test_the_committee_has_the_whole_plan_on_its_agenda_in_the_order_that_was_asked_for(make_replica):
    ana = make_replica()
    activities.set_field(ana, "activity/2019/3.6.1", "due", "01/03/2019")
    one = meetings.reading(ana, meetings.begin(ana, body="committee"))
    assert (len(one.agenda), one.agenda[0], one.day) == (40, "2019/3.6.1", "2019-03-14")
    meetings.close(ana, one.id)
    assert meetings.reading(ana, meetings.begin(ana, body="assembly", order="area")).agenda[0] == "2019/3.1.1"


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"area": "9.9"}, errors.NotFound),
        ({"area": "3.5.1"}, errors.NotFound),
        ({"day": "31/02"}, errors.ValueRefused),
        ({"hour": "25"}, errors.ValueRefused),
        ({"countries": ("XX",)}, errors.ValueRefused),
        ({"city": "a\x07"}, errors.TextHasControlCharacters),
        ({"title": "x" * 2001}, errors.TextTooLong),
    ],
)
def test_what_does_not_fit_begins_nothing(make_replica, whole, facts, kind):
    ana = make_replica()
    before = whole(ana)
    with pytest.raises(kind):
        meetings.begin(ana, body="other", **facts)
    assert whole(ana) == before


def test_one_meeting_at_a_time(make_replica):
    ana = make_replica()
    meeting = begun(ana)
    for begin in (lambda: begun(ana), lambda: meetings.reopen(ana, meeting)):
        with pytest.raises(errors.MeetingIsOpen):
            begin()
    undo.undo(ana)
    assert meetings.current(ana) is None
    assert meetings.meetings(ana) == ()


def test_countries_are_read_as_people_type_them():
    assert meetings.read_countries("cl CR, Perú; república dominicana ec cl") == (("CL", "CR", "PE", "DO", "EC"), ())
    assert meetings.read_countries("cl y xx, narnia") == (("CL",), ("xx", "narnia"))
    assert meetings.read_countries("") == ((), ())


def test_its_facts_can_be_set_until_it_is_over(make_replica):
    ana = make_replica()
    meeting = begun(ana)
    meetings.set_countries(ana, meeting, ["BR", "UY", "BR"])
    for field, text in (("day", "18/5/2019"), ("hour", "3 pm"), ("city", " Lima "), ("title", "")):
        meetings.set_field(ana, meeting, field, text)
    meetings.set_agenda(ana, meeting, [activity("4"), activity("1"), activity("4")])
    one = meetings.reading(ana, meeting)
    assert one[4:10] == (None, "2019-05-18", "15:00", "Lima", ("BR", "UY"), (activity("4"), activity("1")))
    assert meetings.changes(ana, meeting) == ()
    for set_it in (
        lambda: meetings.set_field(ana, meeting, "countries", "br xx"),
        lambda: meetings.set_field(ana, meeting, "hour", "tarde"),
        lambda: meetings.set_field(ana, meeting, "state", "closed"),
        lambda: meetings.set_agenda(ana, meeting, ["2019/9.9.9"]),
        lambda: meetings.set_field(ana, "nada", "city", "Lima"),
    ):
        with pytest.raises(errors.GealcError):
            set_it()
    assert meetings.reading(ana, meeting) == one


# --- what it changed ---------------------------------------------------------------------------------------------


def test_a_full_meeting_of_the_group_of_area_3_5_survives_a_restart_and_tells_what_it_changed(make_replica, reopen):
    ana = make_replica()
    notes.add_note(ana, f"activity/{activity('1')}", "Antes de la reunión.")
    meeting = begun(ana)
    written(ana, meeting)
    ana = reopen(ana)
    assert meetings.current(ana).id == meeting
    notes.add_note(ana, f"activity/{activity('1')}", "De más.")
    undo.undo(ana)
    meetings.close(ana, meeting)
    activities.set_status(ana, activity("6"), Status.CANCELLED)
    assert told(ana, meeting) == [
        ("3.5.1", "activity", "status", "pending", "done"),
        ("3.5.1", "note", "text", None, "El informe final está publicado."),
        ("3.5.2", "activity", "status", "pending", "in_progress"),
        ("3.5.2", "item", "text", None, "Revisar la metodología"),
        ("3.5.3", "activity", "status", "pending", "in_progress"),
        ("3.5.3", "note", "text", None, "Se espera el formulario de Costa Rica."),
        ("3.5.3", "note", "text", None, "Nadie contestó el correo."),
        ("3.5.3", "item", "text", None, "Enviar el formulario final"),
        ("3.5.4", "activity", "due", None, "2019-09-30"),
        ("3.5.4", "item", "text", None, "Se adopta la metodología de Chile"),
        ("3.5", "item", "text", None, "La Secretaría circulará el borrador."),
    ]
    assert meetings.current(ana) is None
    assert ana.verify() == ()
    ana.close()


def test_what_was_set_and_taken_back_is_not_told(make_replica):
    ana = make_replica()
    activities.set_status(ana, activity("1"), Status.IN_PROGRESS)
    meeting = begun(ana)
    for status in (Status.DONE, Status.ON_HOLD, Status.IN_PROGRESS):
        activities.set_status(ana, activity("1"), status)
    activities.set_field(ana, f"activity/{activity('2')}", "lead", "CL")
    activities.set_field(ana, f"activity/{activity('2')}", "lead", "")
    meetings.agree(ana, meeting, activity("1"), "Enviar @cl 15/08")
    meetings.delete_item(ana, meetings.items(ana, meeting)[0].id)
    notes.add_note(ana, f"activity/{activity('1')}", "De más")
    undo.undo(ana)
    assert meetings.changes(ana, meeting) == ()
    undo.redo(ana)
    assert told(ana, meeting) == [("3.5.1", "note", "text", None, "De más")]


def test_what_stood_before_is_told_as_before_however_often_it_changes(make_replica):
    ana = make_replica()
    activities.set_status(ana, activity("1"), Status.IN_PROGRESS)
    notes.add_note(ana, f"activity/{activity('1')}", "Uno")
    note = ana.read.notes(f"activity/{activity('1')}")[0].id
    meeting = begun(ana)
    activities.set_status(ana, activity("1"), Status.ON_HOLD)
    activities.set_status(ana, activity("1"), Status.DONE)
    notes.edit_note(ana, note, "Dos")
    assert told(ana, meeting) == [
        ("3.5.1", "activity", "status", "in_progress", "done"),
        ("3.5.1", "note", "text", "Uno", "Dos"),
    ]


def test_what_others_change_meanwhile_is_no_part_of_it_and_they_can_tell_what_it_changed(make_replica, send):
    ana, eva = make_replica("Ana"), make_replica("Eva", "PE")
    meeting = begun(ana)
    activities.set_status(ana, activity("1"), Status.DONE)
    activities.set_status(eva, activity("2"), Status.CANCELLED)
    send(eva, ana)
    activities.set_status(ana, activity("3"), Status.ON_HOLD)
    expected = [
        ("3.5.1", "activity", "status", "pending", "done"),
        ("3.5.3", "activity", "status", "pending", "on_hold"),
    ]
    assert told(ana, meeting) == expected
    send(ana, eva)
    # Eva sees Ana's open meeting, and has none open herself.
    assert meetings.reading(eva, meeting).is_open
    assert meetings.current(eva) is None
    meetings.close(ana, meeting)
    activities.set_status(ana, activity("4"), Status.DONE)
    send(ana, eva)
    assert told(eva, meeting) == expected


def test_a_meeting_that_somebody_else_closes_ends_there(make_replica, send):
    ana, eva = make_replica("Ana"), make_replica("Eva", "PE")
    meeting = begun(ana)
    activities.set_status(ana, activity("1"), Status.DONE)
    send(ana, eva)
    eva.clock.now = ana.clock.now + 10_000
    meetings.close(eva, meeting)
    ana.clock.now = eva.clock.now + 10_000
    send(eva, ana)
    activities.set_status(ana, activity("2"), Status.DONE)
    for copy in (ana, eva):
        assert told(copy, meeting) == [("3.5.1", "activity", "status", "pending", "done")]
    assert meetings.reading(ana, meeting).author.name == "Eva"


def test_a_meeting_that_goes_on_again_has_what_it_had_and_what_comes(make_replica):
    ana = make_replica()
    meeting = begun(ana)
    activities.set_status(ana, activity("1"), Status.DONE)
    meetings.close(ana, meeting)
    activities.set_status(ana, activity("2"), Status.DONE)
    meetings.reopen(ana, meeting)
    activities.set_status(ana, activity("3"), Status.DONE)
    meetings.close(ana, meeting)
    assert [code for code, *_ in told(ana, meeting)] == ["3.5.1", "3.5.3"]
    undo.undo(ana)
    assert meetings.current(ana).id == meeting


def test_a_meeting_goes_on_under_the_identity_that_a_copy_that_was_put_back_takes(make_replica, reopen, tmp_path):
    ana = make_replica()
    meeting = begun(ana)
    activities.set_status(ana, activity("1"), Status.DONE)
    ana = reopen(ana)  # the write-ahead log is empty now
    shutil.copyfile(ana.path, tmp_path / "copia.db")
    activities.set_status(ana, activity("2"), Status.DONE)
    old = ana.id
    ana.close()
    shutil.copyfile(tmp_path / "copia.db", ana.path)
    ana = ana.another()
    ana.check_identity()
    assert ana.id != old
    assert meetings.current(ana).id == meeting
    assert meetings.resume(ana).author.replica == ana.id
    activities.set_status(ana, activity("3"), Status.DONE)
    meetings.close(ana, meeting)
    activities.set_status(ana, activity("4"), Status.DONE)
    assert [code for code, *_ in told(ana, meeting)] == ["3.5.1", "3.5.3"]
    ana.close()


# --- agreements --------------------------------------------------------------------------------------------------


def test_what_is_agreed_is_a_commitment_if_somebody_is_named_and_a_decision_if_not(make_replica):
    ana = make_replica()
    meeting = begun(ana)
    written(ana, meeting)
    found = [(one.kind, one.code, one.text, one.country, one.due) for one in meetings.items(ana, meeting)]
    assert found == [
        (ItemKind.COMMITMENT, "3.5.2", "Revisar la metodología", "CL", "2019-08-15"),
        (ItemKind.COMMITMENT, "3.5.3", "Enviar el formulario final", "CR", "2019-06-30"),
        (ItemKind.DECISION, "3.5.4", "Se adopta la metodología de Chile", None, None),
        (ItemKind.NOTED, "", "La Secretaría circulará el borrador.", None, None),
    ]


def test_several_countries_commit_themselves_in_one_step(make_replica):
    ana = make_replica()
    meeting = begun(ana)
    meetings.agree(ana, meeting, activity("3"), "Comentar el borrador @pe @oea 15/08")
    assert [(one.country, one.due) for one in meetings.items(ana, meeting)] == [
        ("PE", "2019-08-15"),
        ("OAS", "2019-08-15"),
    ]
    undo.undo(ana)
    assert meetings.items(ana, meeting) == ()


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("Enviar @cl 31/02", errors.ValueRefused, "31/02"),
        ("Enviar @narnia 15/08", errors.ValueRefused, "narnia"),
        ("@cl 15/08", errors.TextEmpty, None),
        ("  ", errors.TextEmpty, None),
        ("Enviar\x07 @cl", errors.TextHasControlCharacters, None),
    ],
)
def test_what_cannot_be_understood_is_refused_and_writes_nothing(make_replica, whole, line, kind, value):
    ana = make_replica()
    meeting = begun(ana)
    before = whole(ana)
    with pytest.raises(kind) as refused:
        meetings.agree(ana, meeting, activity("1"), line)
    assert getattr(refused.value, "value", None) == value
    assert whole(ana) == before


def test_an_agreement_is_edited_as_it_was_typed(make_replica):
    ana = make_replica()
    meeting = begun(ana)
    meetings.agree(ana, meeting, activity("3"), "Enviar el formulario @cr 30/06")
    (item,) = meetings.items(ana, meeting)
    assert meetings.typed(item) == "Enviar el formulario @cr 2019-06-30"
    assert meetings.edit_item(ana, item.id, meetings.typed(item)) is None
    meetings.edit_item(ana, item.id, "Enviar el formulario @pe 1/7")
    assert meetings.items(ana, meeting)[0][6:9] == ("Enviar el formulario", "PE", "2019-07-01")
    meetings.edit_item(ana, item.id, "Enviar el formulario")
    (item,) = meetings.items(ana, meeting)
    assert (item.kind, item.country, item.due) == (ItemKind.DECISION, None, None)
    with pytest.raises(errors.ValueRefused):
        meetings.edit_item(ana, item.id, "Enviar @cl @pe")
    meetings.take_note_of(ana, meeting, None, "Escribir a @todos")
    noted = meetings.items(ana, meeting)[-1]
    meetings.edit_item(ana, noted.id, "Escribir a @nadie")
    assert meetings.items(ana, meeting)[-1].text == "Escribir a @nadie"
    with pytest.raises(errors.NotFound):
        meetings.edit_item(ana, "nada", "x")


def test_nothing_is_agreed_at_a_meeting_that_is_not_open(make_replica):
    ana = make_replica()
    meeting = begun(ana)
    meetings.close(ana, meeting)
    for write in (
        lambda: meetings.agree(ana, meeting, activity("1"), "x"),
        lambda: meetings.take_note_of(ana, meeting, None, "x"),
        lambda: meetings.close(ana, meeting),
    ):
        with pytest.raises(errors.MeetingIsNotOpen):
            write()


def test_a_date_is_moved_in_the_order_of_the_language(make_replica):
    ana = make_replica()
    meetings.reschedule(ana, activity("4"), "30/09")
    assert ana.read.activity(activity("4"), ana.today).row.due == "2019-09-30"
    i18n.use("en")
    meetings.reschedule(ana, activity("4"), "10/31/2019")
    assert ana.read.activity(activity("4"), ana.today).row.due == "2019-10-31"
    with pytest.raises(errors.ValueRefused):
        meetings.reschedule(ana, activity("4"), "05/10")
    meetings.reschedule(ana, activity("4"), "")
    assert ana.read.activity(activity("4"), ana.today).row.due is None


# --- its end -----------------------------------------------------------------------------------------------------


def test_before_it_closes_one_is_told_what_lacks(make_replica):
    ana = make_replica()
    meeting = begun(ana, countries=())
    written(ana, meeting)
    meetings.agree(ana, meeting, None, "Avisar a todos @uy")
    assert [(one.kind, one.code) for one in meetings.checks(ana, meeting)] == [
        (CheckKind.NOBODY_PRESENT, ""),
        (CheckKind.WITHOUT_DATE, ""),
        (CheckKind.DONE_WITHOUT_EVIDENCE, "3.5.1"),
        (CheckKind.WITHOUT_COUNTRY, "3.5.4"),
    ]
    meetings.set_countries(ana, meeting, ["UY"])
    (product,) = ana.read.products(activity("1"))
    activities.set_field(ana, f"product/{product.id}", "evidence", "https://example.org/informe")
    assert [one.kind for one in meetings.checks(ana, meeting)] == [CheckKind.WITHOUT_DATE, CheckKind.WITHOUT_COUNTRY]


def test_the_next_meeting_begins_from_what_this_one_left_open(make_replica):
    ana = make_replica()
    meeting = begun(ana)
    written(ana, meeting)
    meetings.close(ana, meeting)
    next_one = meetings.plan_next(ana, meeting, day="20/6/2019", hour="10")
    planned = meetings.planned(ana)
    assert (planned.id, planned.state, planned.day, planned.hour, planned.city, planned.area) == (
        next_one,
        MeetingState.PLANNED,
        "2019-06-20",
        "10:00",
        "Quito",
        "2019/3.5",
    )
    # Fixed again, it is the same meeting on another day.
    assert meetings.plan_next(ana, meeting, day="27/6/2019", hour="10") == next_one
    owed = meetings.open_commitments(ana, "working_group", "2019/3.5")
    assert [(one.country, one.due) for one in owed] == [("CR", "2019-06-30"), ("CL", "2019-08-15")]
    activities.set_status(ana, activity("2"), Status.DONE)
    assert [one.country for one in meetings.open_commitments(ana, "working_group", "2019/3.5")] == ["CR"]
    assert meetings.open_commitments(ana, "committee") == ()
    meetings.begin_planned(ana, next_one, countries=["CL"])
    one = meetings.current(ana)
    assert (one.id, one.day, one.countries, one.agenda[0]) == (next_one, "2019-06-27", ("CL",), activity("3"))
    with pytest.raises(errors.MeetingIsOpen):
        meetings.begin_planned(ana, next_one)
    meetings.close(ana, next_one)
    with pytest.raises(errors.MeetingNotPlanned):
        meetings.begin_planned(ana, next_one)


def test_a_commitment_is_owed_until_it_is_said_to_be_fulfilled(make_replica):
    ana = make_replica()
    meeting = begun(ana)
    written(ana, meeting)
    meetings.agree(ana, meeting, None, "Avisar a todos @uy 1/6")
    meetings.close(ana, meeting)

    def owed():
        return [(one.country, one.done) for one in meetings.open_commitments(ana, "working_group", "2019/3.5")]

    assert owed() == [("UY", None), ("CR", None), ("CL", None)]
    first = meetings.open_commitments(ana, "working_group", "2019/3.5")[0]
    meetings.fulfil(ana, first.id)
    assert owed() == [("CR", None), ("CL", None)]
    assert meetings.items(ana, meeting)[-1].done == "2019-03-14"
    # What is taken back is that it is fulfilled, and not the commitment.
    undo.undo(ana)
    assert owed() == [("UY", None), ("CR", None), ("CL", None)]
    undo.redo(ana)
    meetings.fulfil(ana, first.id, done=False)
    assert owed()[0] == ("UY", None)
    with pytest.raises(errors.NotFound):
        meetings.fulfil(ana, "nada")


def test_what_is_said_of_a_meeting_later_is_taken_back_without_the_meeting(make_replica):
    ana = make_replica()
    meeting = meetings.begin(ana, body="committee")
    meetings.set_field(ana, meeting, "city", "Lima")
    meetings.agree(ana, meeting, None, "Enviar @cl")
    (item,) = meetings.items(ana, meeting)
    meetings.edit_item(ana, item.id, "Enviar @cl 15/08")
    undo.undo(ana)
    assert [(one.country, one.due) for one in meetings.items(ana, meeting)] == [("CL", None)]
    undo.undo(ana)
    undo.undo(ana)
    one = meetings.current(ana)
    assert (one.id, one.city, meetings.items(ana, meeting)) == (meeting, None, ())


def test_the_history_names_the_fields_of_meetings_in_words(make_replica):
    from gealc_tui.i18n.labels import field_label, value_label

    ana = make_replica()
    meeting = begun(ana)
    written(ana, meeting)
    for entity, shown in (one for one in ana.dump()["entities"].items() if one[0].startswith(("meeting/", "item/"))):
        kind = entity.partition("/")[0]
        for field, value in shown.items():
            if field not in ("about", "meeting", "agenda", "area", "text", "plan"):
                assert field_label(kind, field) != field
                assert value_label(kind, field, value) != value or field in ("hour", "city")
