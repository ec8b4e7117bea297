"""What a closing says that was held, and the plan and the minutes as they stood then."""

from __future__ import annotations

import pytest
from conftest import Clock
from sync import forge

from commands.meeting import activity, begun, written
from gealc_tui import errors
from gealc_tui.commands import activities, looking_back, meetings, notes, undo
from gealc_tui.domain.change import Edit, canonical
from gealc_tui.domain.moment import KIND, HeldRun, MomentKind, read_runs
from gealc_tui.domain.vocabulary import Status
from gealc_tui.reports.acta import acta
from gealc_tui.store import plan_part, run_sets
from gealc_tui.sync import exchange

ONE, OTHER = activity("1"), activity("2")


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY")


@pytest.fixture
def beto(make_replica):
    return make_replica("Beto", "CL")


def closed(replica, *, day="17/05/2019"):
    meeting = begun(replica, day=day)
    written(replica, meeting)
    meetings.close(replica, meeting)
    return meeting


def shown(read, id, today):
    return read.rows([id], today)[id].status


# --- what is written -------------------------------------------------------------------------------------------------


def test_a_closing_says_in_its_own_change_what_was_held_before_it(ana, beto, send):
    send(beto, ana)
    meeting = begun(ana)
    before = run_sets.held(ana._db)
    meetings.close(ana, meeting)
    (moment,) = meetings.closings(ana, meeting)
    assert moment.runs == tuple(sorted(before))
    assert len(moment.runs) == 3
    assert {ana.id, beto.id} < {run.replica for run in moment.runs}
    change = ana.change(moment.change)
    assert (f"meeting/{meeting}", "state", "closed") in [(e.entity, e.field, e.value) for e in change.edits]
    assert (change.replica, change.seq) == (moment.author, moment.seq) == (ana.id, before_last(before, ana.id) + 1)
    assert (moment.plan, moment.day, moment.meeting, moment.kind) == ("2019", "2019-05-17", meeting, MomentKind.CLOSING)


def before_last(runs, replica):
    return max(run.last for run in runs if run.replica == replica)


def test_the_shape_of_a_moment_is_what_it_always_was(make_replica):
    """Golden: it is signed and mailed."""
    ana = make_replica("Ana", "UY", "small", clock=Clock(step=0))
    meeting = meetings.begin(ana, body="assembly", day="2019-05-17")
    meetings.close(ana, meeting)
    (moment,) = meetings.closings(ana, meeting)
    edits = [[e.entity, e.field, e.value, list(e.over)] for e in ana.change(moment.change).edits]
    assert canonical(edits).decode() == GOLDEN


GOLDEN = (
    '[["meeting/Ana0001","state","closed",[]],["moment/Ana0002","version",1,[]],["moment/Ana0002","kind","closing",[]],'
    '["moment/Ana0002","plan","2019",[]],["moment/Ana0002","day","2019-05-17",[]],'
    '["moment/Ana0002","meeting","Ana0001",[]],["moment/Ana0002","runs",'
    '[["genesis-xqybo7kvjiqbtzvasu42k2elmi",1,5,"xqybo7kvjiqbtzvasu42k2elmi"],'
    '["jwhzmnxwuckbqyxv4zf6udb4di",1,2,"kynvniwssbbaublvmdz6zjhvsm"]],[]],'
    '["moment/Ana0002","fingerprint","hjubql2bn32sxf4cggv3e7kdpa",[]]]'
)


def test_an_author_s_moment_is_not_altered_by_whoever_writes_its_registers_again(ana):
    meeting = closed(ana)
    (moment,) = meetings.closings(ana, meeting)
    mallory = forge.made_up("Mallory")
    said = [
        Edit(f"{KIND}/{moment.id}", "runs", [], (moment.change,)),
        Edit(f"{KIND}/{moment.id}", "meeting", meeting, (moment.change,)),
        Edit(f"{KIND}/{moment.id}", "kind", "closing", (moment.change,)),
        Edit(f"{KIND}/{moment.id}", "withdrawn", True),
    ]
    receive(ana, mallory, [said])
    found = {one.author: one for one in meetings.closings(ana, meeting)}
    assert found[ana.id] == moment
    assert not found[ana.id].is_withdrawn
    assert [one.author.replica for one in ana.read.notes(f"activity/{ONE}")] == [ana.id]


@pytest.mark.parametrize(
    "runs",
    [
        None,
        True,
        "x",
        [],
        [[]],
        [["a", 1, 2]],
        [["a", "1", 2, "t"]],
        [["a", True, 2, "t"]],
        [["a", 5, 2, "t"], ["b", 0, 2, "t"], ["c", 1, 2**53 - 1, "t"]],
        [["a", 1, 2**39, "t"]] * 3,
        [[["deep"], 1, 2, 3]],
    ],
)
def test_runs_that_are_none_alter_nothing_and_end_nothing(ana, runs):
    meeting = begun(ana)
    mallory = forge.made_up("Mallory")
    entity = f"{KIND}/zz"
    fields = {"version": 1, "kind": "closing", "meeting": meeting, "runs": runs, "plan": "2019", "day": "x"}
    receive(ana, mallory, [[Edit(entity, field, value) for field, value in fields.items()]])
    (moment,) = meetings.closings(ana, meeting)
    assert read_runs(runs) == moment.runs
    stood = ana.as_of(moment)
    assert not stood.is_verified
    assert stood.read.outline(ana.today, "2019") is None
    meetings.acta_text(ana, meeting)
    assert looking_back.past(ana, "zz").lacking or not moment.runs
    assert ana.verify() == ()


def receive(replica, author, edits):
    chain = forge.chain(author.replica, [tuple(one) for one in edits], at=replica.clock())
    data = forge.bundle(author, [forge.run(author, chain)], at=replica.clock())
    assert not replica.merge([("x", data)], accept=True).refused


# --- the plan as it stood --------------------------------------------------------------------------------------------


def test_the_plan_as_it_stood_is_that_of_a_copy_that_holds_just_this(ana, beto, send, make_replica):
    send(beto, ana)
    meeting = closed(ana)
    then = ana.dump()
    send(ana, beto)
    activities.set_status(beto, ONE, Status.CANCELLED)
    send(beto, ana)
    activities.set_status(ana, OTHER, Status.CANCELLED)
    (moment,) = meetings.closings(ana, meeting)
    stood = ana.as_of(moment)
    assert dump_of(stood.read) == then
    assert stood.is_verified
    assert not stood.missing
    assert shown(stood.read, ONE, ana.today) is Status.DONE
    assert shown(ana.read, ONE, ana.today) is Status.CANCELLED


def dump_of(read):
    entities = {e: {f: heads[0][0] for f, heads in fields.items()} for e, fields in read.state().items()}
    return {"entities": entities, "differences": []}


def test_a_copy_that_lacks_something_says_whose_and_why_and_folds_the_rest(ana, beto, send, make_replica, everything):
    send(beto, ana)
    notes.add_note(ana, f"activity/{ONE}", "antes")
    meeting = closed(ana)
    carla = make_replica("Carla", "PE")
    carla.merge([("a", only_of(ana))], accept=True)
    (moment,) = meetings.closings(carla, meeting)
    stood = carla.as_of(moment)
    assert [(one.replica, one.reason) for one in stood.missing] == [(beto.id, "missing")]
    # Beto said only who he is, so the plan is whole all the same.
    assert stood.is_verified
    assert shown(stood.read, ONE, carla.today) is Status.DONE
    text = meetings.acta_text(carla, meeting)
    assert "le falta" in text
    assert "verificado" in text
    send(beto, carla)
    assert "le falta" not in meetings.acta_text(carla, meeting)


def only_of(replica):
    """A file with nobody's changes but those of its sender."""
    from gealc_tui.sync import bundle

    identity = forge.identity_of(replica)
    runs = tuple(run for run in exchange.runs_lacking(replica._db, ()) if run.replica == replica.id)
    return bundle.encode(bundle.Bundle(identity.replica, identity.key, 0, "", {}, runs), identity).encode()


def test_a_run_is_walked_through_branches_whatever_log_holds_what_they_share(make_replica):
    me = forge.made_up("Twin")
    stem = forge.chain(me.replica, [(Edit(f"person/{me.replica}", "name", "Twin"),), (note("uno"),)])
    left = forge.chain(me.replica, [(note("izquierda"),)], after=2, previous=stem[-1][0])
    right = forge.chain(me.replica, [(note("derecha"),)], after=2, previous=stem[-1][0])
    found = []
    for name, order in (("Ana", (left, right)), ("Eva", (right, left))):
        replica = make_replica(name, "UY", "small")
        for branch in order:
            data = forge.bundle(me, [forge.run(me, [*stem, *branch])])
            replica.merge([("x", data)], accept=True)
        run = HeldRun(me.replica, 1, 3, left[-1][0])
        numbers = run_sets.found(replica._db, [run])
        assert not numbers.missing
        ids = {
            id
            for first, last in numbers.numbers
            for (id,) in replica._db.rows("SELECT id FROM changes WHERE n BETWEEN ? AND ?", [first, last])
        }
        found.append(ids)
    assert found[0] == found[1] == {id for id, _ in [*stem, *left]}


def note(text):
    return Edit("note/n", "text", text)


def test_the_fingerprint_of_a_plan_s_part_does_not_hang_on_what_else_is_held(ana, beto, send):
    before = plan_part.fingerprint(ana._db, "2019")
    assert before == plan_part.fingerprint(beto._db, "2019")
    notes.add_note(ana, f"activity/{ONE}", "una nota no es parte del plan")
    send(beto, ana)
    assert plan_part.fingerprint(ana._db, "2019") == before
    activities.set_status(ana, ONE, Status.DONE)
    assert plan_part.fingerprint(ana._db, "2019") != before


# --- minutes belong to a moment --------------------------------------------------------------------------------------


def test_nothing_that_comes_or_is_written_later_alters_minutes(ana, beto, send):
    # Written before the closing, and received after it.
    activities.set_status(beto, activity("5"), Status.ON_HOLD)
    notes.add_note(beto, f"activity/{ONE}", "de Beto")
    meeting = closed(ana)
    text = meetings.acta_text(ana, meeting)
    send(beto, ana)
    activities.set_status(ana, ONE, Status.PENDING)
    activities.set_status(ana, activity("5"), Status.CANCELLED)
    send(ana, beto)
    edited = beto.read.items(meeting)[0]
    meetings.edit_item(beto, edited.id, "Otra cosa @pe 01/09")
    meetings.set_field(beto, meeting, "city", "Lima")
    send(beto, ana)
    assert meetings.acta_text(ana, meeting) == text
    assert meetings.acta_text(beto, meeting) == text


def test_what_an_author_puts_right_afterwards_is_marked(ana, beto, send):
    meeting = closed(ana)
    item = next(one for one in ana.read.items(meeting) if one.country == "CL")
    note = next(one for one in ana.read.notes(f"activity/{ONE}"))
    meetings.edit_item(ana, item.id, "Revisar toda la metodología @cl 15/08")
    notes.edit_note(ana, note.id, "El informe está publicado, y enlazado.")
    text = " ".join(meetings.acta_text(ana, meeting).split())
    assert (
        "El informe final está publicado. (corregido el 14/03/2019: «El informe está publicado, y enlazado.»)" in text
    )
    assert "Revisar la metodología (corregido el 14/03/2019: «Revisar toda la metodología»)" in text
    send(ana, beto)
    assert meetings.acta_text(beto, meeting) == meetings.acta_text(ana, meeting)


def test_an_author_s_deletion_afterwards_is_marked_too(ana):
    meeting = closed(ana)
    meetings.delete_item(ana, next(one for one in ana.read.items(meeting) if one.country == "CL").id)
    assert "Revisar la metodología (retirado el 14/03/2019)" in " ".join(meetings.acta_text(ana, meeting).split())


def test_of_two_closings_the_later_is_shown_and_the_other_named(ana, beto, send):
    meeting = begun(ana)
    activities.set_status(ana, ONE, Status.DONE)
    send(ana, beto)
    meetings.reopen(beto, meeting)
    activities.set_status(beto, OTHER, Status.DONE)
    meetings.close(beto, meeting)
    meetings.close(ana, meeting)
    send(ana, beto)
    send(beto, ana)
    found = meetings.closings(ana, meeting)
    assert found == meetings.closings(beto, meeting)
    assert len(found) == 2
    text = meetings.acta_text(ana, meeting)
    other = ana.read.author(found[1].author).name
    assert f"Hay otra acta de esta reunión, de {other}" in text
    assert meetings.acta_text(beto, meeting) == text
    first, second = (meetings.acta_text(ana, meeting, one) for one in found)
    assert first == text != second


def test_a_closing_that_saw_another_is_the_later_whatever_the_clocks_say(ana, beto, send):
    meeting = begun(ana)
    meetings.close(ana, meeting)
    send(ana, beto)
    beto.clock.now -= 10**11
    meetings.reopen(beto, meeting)
    activities.set_status(beto, OTHER, Status.DONE)
    meetings.close(beto, meeting)
    send(beto, ana)
    assert [one.author for one in meetings.closings(ana, meeting)] == [beto.id, ana.id]
    text = meetings.acta_text(ana, meeting)
    assert "Hay otra acta" not in text
    assert text == meetings.acta_text(beto, meeting)


def test_undoing_a_closing_withdraws_its_minutes_and_redoing_makes_new_ones(ana):
    meeting = closed(ana)
    (first,) = meetings.closings(ana, meeting)
    undo.undo(ana)
    assert ana.read.meeting(meeting).is_open
    assert meetings.closings(ana, meeting) == ()
    (withdrawn,) = ana.read.moments(meeting)
    assert withdrawn == first._replace(is_withdrawn=True)
    undo.redo(ana)
    (second,) = meetings.closings(ana, meeting)
    assert second.id != first.id
    assert before_last(second.runs, ana.id) == before_last(first.runs, ana.id) + 2
    assert (second.plan, second.day, second.meeting) == (first.plan, first.day, first.meeting)
    undo.undo(ana)
    assert meetings.closings(ana, meeting) == ()
    assert ana.read.moments(meeting)[0].runs != ()


def test_what_is_left_out_is_not_in_the_minutes_and_stays_in_the_plan(ana):
    meeting = begun(ana)
    activities.set_status(ana, ONE, Status.DONE)
    ana.clock.now += 3 * 24 * 3600 * 1000
    notes.add_note(ana, f"activity/{OTHER}", "de otro día")
    (other,) = meetings.written_on_other_days(ana, meeting)
    assert [one.after for one in other.changes] == ["de otro día"]
    meetings.leave_out(ana, meeting, [one.change for one in other.changes])
    assert meetings.written_on_other_days(ana, meeting) == ()
    meetings.close(ana, meeting)
    text = meetings.acta_text(ana, meeting)
    assert "de otro día" not in text
    assert "Cumplida" in text
    assert [one.text for one in ana.read.notes(f"activity/{OTHER}")] == ["de otro día"]


def test_minutes_of_an_older_version_go_by_the_clocks_and_say_so(ana):
    meeting = begun(ana)
    activities.set_status(ana, ONE, Status.DONE)
    ana.commit([(f"meeting/{meeting}", "state", "closed")])
    activities.set_status(ana, ONE, Status.PENDING)
    made = acta(ana, meeting)
    assert made.goes_by_clocks
    assert made.treated[0].after is Status.DONE
    assert "versión anterior" in meetings.acta_text(ana, meeting)


def test_a_code_that_changed_since_is_told_beside_the_one_that_stood(ana):
    meeting = closed(ana)
    ana.commit([(f"activity/{ONE}", "code", "3.5.9")])
    assert "3.5.1 (hoy 3.5.9)" in meetings.acta_text(ana, meeting)


# --- looking back ----------------------------------------------------------------------------------------------------


def test_a_day_means_what_this_copy_held_at_its_end(ana, beto, send):
    day = 24 * 3600 * 1000
    activities.set_status(ana, ONE, Status.IN_PROGRESS)
    ana.clock.now += 3 * day
    activities.set_status(ana, ONE, Status.DONE)
    ana.clock.now += day
    send(beto, ana)
    first, last = (ana.today.toordinal() - 4, ana.today.toordinal())
    told = {}
    for ordinal in range(first - 1, last + 1):
        when = ana.today.fromordinal(ordinal)
        try:
            told[ordinal - first] = shown(ana.as_of_day(when).read, ONE, when)
        except (errors.DayUnknown, KeyError) as error:
            told[ordinal - first] = type(error)
    progress, done = Status.IN_PROGRESS, Status.DONE
    assert told == {-1: Status.PENDING, 0: progress, 1: progress, 2: progress, 3: done, 4: done}
    with pytest.raises(errors.DayUnknown):
        ana.as_of_day(ana.today.fromordinal(first - 30))


@pytest.mark.parametrize("ref", ["", "zz", "meeting", "31/02/2019"])
def test_what_names_no_moment_is_refused(ana, ref):
    with pytest.raises(errors.MomentUnknown):
        looking_back.past(ana, ref)


def test_what_changed_since_the_last_meeting_is_what_it_had_not(ana, beto, send):
    from gealc_tui.commands import finding
    from gealc_tui.domain.filters import Filter

    beto.clock.now -= 10**9
    notes.add_note(beto, f"activity/{OTHER}", "antes, y llega después")
    closed(ana)
    assert finding.matching(ana, Filter(since="meeting"), ana.plan).total == 0
    send(beto, ana)
    assert finding.matching(ana, Filter(since="meeting"), ana.plan).by_area == {"2019/3.5": frozenset({OTHER})}
