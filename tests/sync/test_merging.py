"""What a merge does with changes that come late, twice, out of order, with gaps, and through others."""

from __future__ import annotations

import shutil

import pytest

from gealc_tui.commands import activities, differences, exchange, notes, plans
from gealc_tui.domain.change import Edit, genesis_id
from gealc_tui.domain.vocabulary import Status
from gealc_tui.store import views
from gealc_tui.sync.bundle import BundleRun, decode
from gealc_tui.sync.outcomes import Outcome

from . import forge

ACTIVITY = "2019/1.1.1"
ENTITY = f"activity/{ACTIVITY}"


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


@pytest.fixture
def eva(make_replica):
    return make_replica("Eva", "PE", "small")


@pytest.fixture
def pedro(make_replica):
    return make_replica("Pedro", "PA", "small")


@pytest.fixture
def introduce_all(send):
    """Everybody accepts everybody and holds what all have said."""

    def all_round(*replicas):
        for _ in range(2):
            for one in replicas:
                for other in replicas:
                    if one is not other:
                        send(one, other)

    return all_round


def own_run(replica) -> BundleRun:
    made = decode(replica.bundle_text(recipients=None, summary="").encode())
    return next(run for run in made.runs if run.replica == replica.id)


def outcomes(report) -> dict[str, Outcome]:
    return {one.replica: one.outcome for file in report.files for one in file.logs}


def values(replica, field: str = "status") -> list[object]:
    """What stands in a register of the activity, the shown first."""
    return [one.value for one in replica.read.standing(ENTITY, field)]


# --- once, twice, whole or not at all -----------------------------------------------------------------------------


def test_a_file_that_comes_twice_changes_nothing_the_second_time(ana, eva, everything, whole):
    activities.set_status(ana, ACTIVITY, Status.DONE, note="Listo")
    data = everything(ana)
    first = eva.merge([("x", data)], accept=True)
    before = whole(eva)
    second = eva.merge([("x", data), ("y", data)], accept=True)
    assert whole(eva) == before
    assert first.new == 2
    assert (second.new, second.altered, second.opened, second.settled) == (0, (), (), ())
    assert [one.outcome for one in second.files] == ["known", "known"]
    assert second.known == 2 * (first.new + first.known)


@pytest.mark.faults
def test_a_merge_that_fails_in_the_middle_leaves_the_copy_as_it_was(ana, eva, everything, whole, monkeypatch):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    data = everything(ana)
    before = whole(eva)
    refresh = views.refresh

    def fail(*given):
        refresh(*given)
        raise RuntimeError("in the middle")

    monkeypatch.setattr(views, "refresh", fail)
    assert [one.outcome for one in eva.merge([("x", data)], accept=True).files] == ["fault"]
    assert whole(eva) == before
    monkeypatch.undo()
    eva.merge([("x", data)], accept=True)
    assert values(eva) == ["done"]
    assert eva.verify() == ()


def test_a_refused_file_does_not_keep_another_from_coming_in(ana, eva, everything):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    report = eva.merge([("bad", b"x"), ("good", everything(ana)), ("cut", everything(ana)[:500])], accept=True)
    assert [file.outcome for file in report.files] == ["not-a-change-file", "applied", "cut-off"]
    assert report.refused
    assert values(eva) == ["done"]


def test_the_order_and_the_grouping_of_files_changes_nothing(ana, eva, pedro, make_replica, everything):
    files = []
    for replica, status in ((ana, Status.DONE), (eva, Status.ON_HOLD), (pedro, Status.DONE)):
        activities.set_status(replica, ACTIVITY, status)
        files.append((replica.id, everything(replica)))
        activities.set_field(replica, ENTITY, "progress", str(len(files)))
        files.append((replica.id, everything(replica)))
    found = set()
    for n, order in enumerate(([0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 0, 5, 1, 1, 4, 2])):
        one, many = make_replica(f"uno{n}", plan="small", introduce=False), make_replica(f"dos{n}", introduce=False)
        one.merge([files[place] for place in order], accept=True)
        for place in order:
            many.merge([files[place]], accept=True)
        found |= {one.fingerprint()}
        assert values(one) == values(many)
        assert sorted(map(str, values(one))) == ["done", "done", "on_hold"]
    assert len(found) == 1


def test_a_trial_run_tells_what_a_real_one_does_and_changes_nothing(ana, eva, everything, whole):
    activities.set_status(ana, ACTIVITY, Status.DONE, note="Listo")
    activities.set_status(eva, ACTIVITY, Status.ON_HOLD)
    for accept in (False, True):
        before = whole(eva)
        files = [("x", everything(ana)), ("bad", b"x"), ("x again", everything(ana))]
        trial = eva.merge(files, accept=accept, dry_run=True)
        assert whole(eva) == before
        real = eva.merge(files, accept=accept)
        assert repr(trial) == repr(real)
    assert [one.field for one in real.opened] == ["status"]


def test_the_report_tells_each_visible_value_that_altered_with_before_and_after(ana, eva, introduce_all, send):
    introduce_all(ana, eva)
    activities.set_status(ana, ACTIVITY, Status.DONE, note="Listo")
    report = send(ana, eva)
    told = {(one.activity, one.field): (one.before, one.after, one.by.name) for one in report.altered}
    assert told == {(ACTIVITY, "status"): ("pending", "done", "Ana"), (ACTIVITY, "text"): (None, "Listo", "Ana")}


# --- differences --------------------------------------------------------------------------------------------------


def test_two_who_had_not_seen_each_other_make_a_difference_that_both_see_alike(ana, eva, introduce_all):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    activities.set_status(eva, ACTIVITY, Status.ON_HOLD)
    introduce_all(ana, eva)
    for replica in (ana, eva):
        (found,) = replica.read.differences()
        assert {(one.value, one.author.name, one.author.country) for one in found.values} == {
            ("done", "Ana", "UY"),
            ("on_hold", "Eva", "PE"),
        }
        assert [one.shown for one in found.values] == [True, False]
        assert replica.read.activity(ACTIVITY, replica.today).row.differences == 1
    assert ana.read.differences() == eva.read.differences()
    assert ana.fingerprint() == eva.fingerprint()


def test_the_same_value_and_another_field_are_no_difference(ana, eva, introduce_all):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    activities.set_status(eva, ACTIVITY, Status.DONE)
    activities.set_field(ana, ENTITY, "place", "Lima")
    activities.set_field(eva, ENTITY, "funder", "BID")
    introduce_all(ana, eva)
    assert ana.read.differences() == eva.read.differences() == ()
    assert ana.fingerprint() == eva.fingerprint()


def test_true_and_one_are_different_values(ana, eva, introduce_all):
    ana.commit([("spaceship/x", "lit", True)])
    eva.commit([("spaceship/x", "lit", 1)])
    introduce_all(ana, eva)
    assert len(ana.read.differences()) == 1
    assert len(ana.dump()["differences"]) == 1


def test_true_is_written_over_one(ana):
    ana.commit([("spaceship/x", "lit", 1)])
    assert ana.commit([("spaceship/x", "lit", True)]) is not None
    assert ana.read.state_of("spaceship/x")["lit"] is True


@pytest.mark.parametrize("place", [0, 1])
def test_a_difference_that_is_settled_once_is_settled_everywhere(ana, eva, pedro, introduce_all, send, place):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    activities.set_status(eva, ACTIVITY, Status.ON_HOLD)
    introduce_all(ana, eva, pedro)
    (found,) = pedro.read.differences()
    # Also the value that is shown already: place 0.
    assert differences.take(pedro, ENTITY, "status", found.values[place].change) is not None
    report = send(pedro, ana)
    assert [(one.entity, one.field) for one in report.settled] == [(ENTITY, "status")]
    send(ana, eva)
    for replica in (ana, eva, pedro):
        assert replica.read.differences() == ()
        assert values(replica) == [found.values[place].value]
    assert ana.fingerprint() == eva.fingerprint() == pedro.fingerprint()


def test_two_who_settle_alike_agree_and_two_who_settle_differently_differ_again(ana, eva, introduce_all):
    activities.set_status(ana, ACTIVITY, Status.DONE)
    activities.set_status(eva, ACTIVITY, Status.ON_HOLD)
    introduce_all(ana, eva)
    for replica in (ana, eva):
        differences.write(replica, ENTITY, "status", "cancelled")
    introduce_all(ana, eva)
    assert ana.read.differences() == ()
    activities.set_status(ana, ACTIVITY, Status.DONE)
    activities.set_status(eva, ACTIVITY, Status.ON_HOLD)
    introduce_all(ana, eva)
    differences.write(ana, ENTITY, "status", "pending")
    differences.write(eva, ENTITY, "status", "in_progress")
    introduce_all(ana, eva)
    assert [sorted(one.value for one in found.values) for found in ana.read.differences()] == [
        ["in_progress", "pending"]
    ]
    assert ana.fingerprint() == eva.fingerprint()


def test_a_note_deleted_beside_an_unseen_edit_is_a_difference_and_the_words_stay_in_sight(ana, eva, introduce_all):
    made = notes.add_note(ana, ENTITY, "Primera versión")
    note = made.edits[0][0].partition("/")[2]
    introduce_all(ana, eva)
    notes.delete_note(ana, note)
    notes.edit_note(eva, note, "Segunda versión")
    assert ana.read.notes(ENTITY) == ()
    introduce_all(ana, eva)
    for replica in (ana, eva):
        (found,) = replica.read.differences(ACTIVITY)
        assert found.field == "text"
        assert {one.value for one in found.values} == {"Primera versión", "Segunda versión"}
        assert [one.id for one in replica.read.notes(ENTITY)] == [note]
    deletion = next(one for one in found.values if one.value == "Primera versión")
    differences.take(ana, found.entity, found.field, deletion.change)
    introduce_all(ana, eva)
    for replica in (ana, eva):
        assert replica.read.differences() == ()
        assert replica.read.notes(ENTITY) == ()
        assert "Segunda versión" in str([change.edits for change in replica.read.history([f"note/{note}"])])


def test_words_that_were_chosen_over_a_deletion_stay_in_sight(ana, eva, introduce_all):
    made = notes.add_note(ana, ENTITY, "Primera versión")
    note = made.edits[0][0].partition("/")[2]
    introduce_all(ana, eva)
    notes.delete_note(ana, note)
    notes.edit_note(eva, note, "Segunda versión")
    introduce_all(ana, eva)
    (found,) = ana.read.differences()
    edited = next(one for one in found.values if one.value == "Segunda versión")
    differences.take(ana, found.entity, found.field, edited.change)
    introduce_all(ana, eva)
    for replica in (ana, eva):
        assert replica.read.differences() == ()
        assert [one.text for one in replica.read.notes(ENTITY)] == ["Segunda versión"]


def test_a_note_deleted_by_one_who_saw_the_edit_is_gone_for_all(ana, eva, introduce_all):
    made = notes.add_note(ana, ENTITY, "Primera versión")
    note = made.edits[0][0].partition("/")[2]
    introduce_all(ana, eva)
    notes.edit_note(eva, note, "Segunda versión")
    introduce_all(ana, eva)
    notes.delete_note(ana, note)
    introduce_all(ana, eva)
    for replica in (ana, eva):
        assert replica.read.notes(ENTITY) == ()
        assert replica.read.differences() == ()


@pytest.mark.parametrize("off", [10 * 365 * 86_400_000, -40 * 365 * 86_400_000])
def test_a_clock_that_is_years_off_changes_nothing_about_what_supersedes_what(ana, eva, introduce_all, off):
    eva.clock.now += off
    activities.set_status(eva, ACTIVITY, Status.ON_HOLD)
    introduce_all(ana, eva)
    activities.set_status(ana, ACTIVITY, Status.DONE)
    introduce_all(ana, eva)
    assert values(ana) == values(eva) == ["done"]
    activities.set_status(eva, ACTIVITY, Status.CANCELLED)
    introduce_all(ana, eva)
    assert values(ana) == values(eva) == ["cancelled"]
    assert ana.read.differences() == ()


# --- gaps ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def in_parts(eva):
    """Eva's log as three files: her name, four notes, five statuses."""
    for n in range(4):
        notes.add_note(eva, ENTITY, f"nota {n}")
    for status in [Status.IN_PROGRESS, Status.ON_HOLD, Status.IN_PROGRESS, Status.DONE, Status.CANCELLED]:
        activities.set_status(eva, ACTIVITY, status)
    run, key = own_run(eva), forge.identity_of(eva)
    parts = [forge.part(run, first, last, key) for first, last in ((1, 1), (2, 5), (6, 10))]
    # What such a file says of itself is what its sender held at that time.
    return [
        (name, forge.bundle(key, [part], at=at))
        for at, (name, part) in enumerate(zip(["name", "notes", "statuses"], parts, strict=True), eva.clock.now)
    ]


def test_what_comes_after_a_gap_is_applied_and_what_lacks_is_counted(ana, eva, in_parts, send):
    first, second, third = in_parts
    ana.merge([first], accept=True)
    report = ana.merge([third])
    assert outcomes(report) == {eva.id: Outcome.PARTIAL}
    assert report.files[0].logs[0].missing == 4
    assert values(ana) == ["cancelled"]
    assert ana.read.notes(ENTITY) == ()
    person = next(one for one in ana.people() if one.replica == eva.id)
    assert (person.last, person.missing) == (10, 4)
    assert ana.verify() == ()
    report = ana.merge([second])
    assert outcomes(report) == {eva.id: Outcome.NEW}
    assert len(ana.read.notes(ENTITY)) == 4
    assert next(one for one in ana.people() if one.replica == eva.id).missing == 0
    send(ana, eva)
    assert ana.fingerprint() == eva.fingerprint()


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 0, 2), (2, 0, 1), (1, 2, 0), (0, 2, 2, 1)])
def test_parts_in_any_order_make_the_whole(ana, eva, in_parts, send, order):
    for place in order:
        ana.merge([in_parts[place]], accept=True)
    send(ana, eva)
    assert ana.fingerprint() == eva.fingerprint()
    assert ana.verify() == ()
    assert own_run(eva) in decode(ana.bundle_text(recipients=None, summary="").encode()).runs


def test_a_part_that_bridges_others_is_taken_where_it_lacks(ana, eva, in_parts):
    ana.merge([in_parts[0], in_parts[2]], accept=True)
    run = own_run(eva)
    report = ana.merge([("all", forge.bundle(forge.identity_of(eva), [run]))])
    assert (report.new, report.known) == (4, 6)
    assert ana.verify() == ()
    assert own_run(eva) in decode(ana.bundle_text(recipients=None, summary="").encode()).runs


def test_a_part_that_one_has_is_passed_on_with_its_proof_and_its_gap(ana, eva, pedro, in_parts, send):
    ana.merge([in_parts[0], in_parts[2]], accept=True)
    report = send(ana, pedro)
    assert not report.refused
    assert next(one for one in pedro.people() if one.replica == eva.id).missing == 4
    assert values(pedro) == ["cancelled"]
    assert pedro.verify() == ()


def test_two_runs_of_one_log_in_a_file_are_taken_once(ana, eva, in_parts, whole):
    run, key = own_run(eva), forge.identity_of(eva)
    twice = forge.bundle(key, [run, run])
    overlapping = forge.bundle(key, [forge.part(run, 1, 6, key), forge.part(run, 3, 10, key)])
    backwards = forge.bundle(key, [forge.part(run, 6, 10, key), forge.part(run, 1, 7, key)])
    found = set()
    for name, data in (("twice", twice), ("overlapping", overlapping), ("backwards", backwards)):
        report = ana.merge([(name, data)], accept=True, dry_run=True)
        assert report.new == 10, name
        found.add(repr((report.altered, report.opened)))
    assert len(found) == 1
    ana.merge([("overlapping", overlapping)], accept=True)
    before = whole(ana)
    assert ana.merge([("backwards", backwards)], accept=True).new == 0
    assert whole(ana).dump == before.dump
    assert ana.verify() == ()


def test_what_is_superseded_before_it_comes_is_not_shown_when_it_comes(ana, eva, pedro, introduce_all, send):
    introduce_all(ana, eva, pedro)
    activities.set_status(eva, ACTIVITY, Status.ON_HOLD)
    send(eva, ana)
    late = ("late", eva.bundle_text(recipients=None, summary="").encode())
    activities.set_status(ana, ACTIVITY, Status.DONE)
    # Pedro hears of Ana's alone, first.
    pedro.merge([("ana", forge.bundle(forge.identity_of(ana), [own_run(ana)]))])
    assert values(pedro) == ["done"]
    report = pedro.merge([late])
    assert values(pedro) == ["done"]
    assert report.opened == ()


# --- passing on, and what a file holds ----------------------------------------------------------------------------


def test_changes_reach_a_third_person_with_their_authors_proof(ana, eva, pedro, send):
    activities.set_status(ana, ACTIVITY, Status.DONE, note="Listo")
    send(ana, eva)
    report = send(eva, pedro)
    assert outcomes(report)[ana.id] is Outcome.NEW
    assert values(pedro) == ["done"]
    (standing,) = pedro.read.standing(ENTITY, "status")
    assert standing.author.replica == ana.id
    assert pedro.verify() == ()
    assert own_run(ana) in decode(pedro.bundle_text(recipients=None, summary="").encode()).runs


def test_by_default_a_file_holds_what_somebody_accepted_may_lack(ana, eva, pedro, introduce_all, send):
    introduce_all(ana, eva, pedro)
    notes.add_note(ana, ENTITY, "uno")
    send(ana, eva)
    send(eva, ana)
    notes.add_note(ana, ENTITY, "dos")
    runs = {run.replica: (run.after + 1, run.last) for run in decode(exchange.export_text(ana).encode()).runs}
    # Pedro has not acknowledged the first note, Eva has.
    assert runs[ana.id] == (2, 3)
    for_eva = decode(exchange.export_text(ana, recipients=[eva.id[:8]]).encode())
    assert {run.replica: (run.after + 1, run.last) for run in for_eva.runs} == {ana.id: (3, 3)}
    everything = decode(exchange.export_text(ana, everything=True).encode())
    assert len(everything.runs) == 4


def test_what_a_default_file_holds_is_enough(ana, eva, pedro, introduce_all):
    introduce_all(ana, eva, pedro)
    for n in range(3):
        notes.add_note(ana, ENTITY, f"nota {n}")
        for replica in (eva, pedro):
            replica.merge([("x", exchange.export_text(ana).encode())])
        notes.add_note(eva, ENTITY, f"eva {n}")
        ana.merge([("x", exchange.export_text(eva).encode())])
    pedro.merge([("x", exchange.export_text(ana).encode())])
    eva.merge([("x", exchange.export_text(ana).encode())])
    assert ana.fingerprint() == eva.fingerprint() == pedro.fingerprint()


def test_an_official_log_is_sent_whole_also_to_one_who_claims_to_have_half_of_it(ana, eva):
    official = next(run for run in decode(exchange.export_text(ana, everything=True).encode()).runs if run.key is None)
    claim = {official.replica: [(1, official.changes[0][0])]}
    own = [run for run in decode(exchange.export_text(eva, everything=True).encode()).runs if run.key is not None]
    ana.merge([("x", forge.bundle(forge.identity_of(eva), own, have=claim))], accept=True)
    sent = decode(exchange.export_text(ana, recipients=[eva.id]).encode())
    assert official in sent.runs


def test_an_older_file_that_comes_late_takes_no_acknowledgement_back(ana, eva, introduce_all, everything):
    introduce_all(ana, eva)
    old = everything(eva)
    notes.add_note(ana, ENTITY, "uno")
    eva.merge([("x", everything(ana))])
    ana.merge([("new", everything(eva))])
    ana.merge([("old", old)])
    assert next(one for one in ana.people() if one.replica == eva.id).acknowledged == 2


def test_an_acknowledgement_counts_also_after_a_file_whose_clock_was_years_ahead(ana, eva, introduce_all, send):
    introduce_all(ana, eva)
    now = eva.clock.now
    eva.clock.now += 10 * 365 * 86_400_000
    send(eva, ana)
    eva.clock.now = now + 60_000
    notes.add_note(ana, ENTITY, "uno")
    send(ana, eva)
    send(eva, ana)
    assert next(one for one in ana.people() if one.replica == eva.id).acknowledged == 2


def test_one_who_put_a_backup_back_is_sent_what_they_lost(ana, eva, introduce_all, send):
    introduce_all(ana, eva)
    eva.close()
    shutil.copyfile(eva.path, eva.path.with_suffix(".backup"))
    later = eva.another()
    notes.add_note(ana, ENTITY, "uno")
    send(ana, later)
    send(later, ana)
    later.close()
    shutil.copyfile(eva.path.with_suffix(".backup"), eva.path)
    with eva.another() as restored:
        assert restored.read.notes(ENTITY) == ()
        send(restored, ana)
        restored.merge([("x", exchange.export_text(ana).encode())])
        assert [one.text for one in restored.read.notes(ENTITY)] == ["uno"]
        assert restored.fingerprint() == ana.fingerprint()


def test_making_a_file_changes_nothing(ana, whole, everything):
    before = whole(ana)
    exchange.export_text(ana)
    assert whole(ana) == before


def test_what_was_not_sent_yet_is_counted(ana, tmp_path):
    notes.add_note(ana, ENTITY, "uno")
    assert ana.unsent() == 1
    exchange.export_file(ana, tmp_path / "file.json")
    assert ana.unsent() == 0
    notes.add_note(ana, ENTITY, "dos")
    assert ana.unsent() == 1


# --- from newer versions ------------------------------------------------------------------------------------------


def test_unknown_kinds_and_fields_are_kept_passed_on_and_ignored_on_screen(ana, eva, pedro, send, introduce_all):
    introduce_all(ana, eva, pedro)
    before = ana.read.activity(ACTIVITY, ana.today)
    future = [
        ("spaceship/x", "thrust", [1, [True, None]]),
        (ENTITY, "mood", "blue"),
        (ENTITY, "status", "postponed"),
        (ENTITY, "progress", "half"),
        ("odd", "x", 1),
    ]
    ana.commit(future)
    report = send(ana, eva)
    assert not report.refused
    send(eva, pedro)
    for replica in (ana, eva, pedro):
        seen = replica.read.activity(ACTIVITY, replica.today)
        assert seen.row.status is before.row.status
        assert seen.row.progress is None
        for entity, field, value in future:
            assert replica.read.state_of(entity)[field] == value
        assert replica.verify() == ()
        assert replica.read.history()
    assert ana.fingerprint() == pedro.fingerprint()
    assert own_run(ana) in decode(pedro.bundle_text(recipients=None, summary="").encode()).runs


def test_an_edit_of_something_that_is_not_here_yet_is_kept_until_it_comes(ana, make_replica, send):
    """Words about a plan that this copy has not got."""
    pedro = make_replica("Pedro", plan=False)
    notes.add_note(ana, ENTITY, "Listo")
    key = forge.identity_of(ana)
    pedro.merge([("x", forge.bundle(key, [own_run(ana)]))], accept=True)
    assert pedro.read.outline(pedro.today, pedro.plan) is None
    send(ana, pedro)
    assert [one.text for one in pedro.read.notes(ENTITY)] == ["Listo"]
    outline = pedro.read.outline(pedro.today, pedro.plan)
    assert outline is not None
    assert [row.notes for row in outline.activities] == [1, 0]


# --- official documents -------------------------------------------------------------------------------------------


def test_two_who_import_the_same_document_share_one_log(ana, eva, send):
    report = send(ana, eva)
    official = [one for one in report.files[0].logs if one.name == "" and one.outcome is Outcome.KNOWN]
    assert len(official) == 1
    outline = eva.read.outline(eva.today, eva.plan)
    assert outline is not None
    assert len(outline.activities) == 2


def test_an_official_document_comes_with_a_file(ana, make_replica, send):
    pedro = make_replica("Pedro", plan=False)
    send(ana, pedro)
    send(pedro, ana)
    assert [plan.id for plan in pedro.read.plans()] == ["2019"]
    assert pedro.fingerprint() == ana.fingerprint()


def test_a_made_up_beginning_of_a_document_does_not_make_the_import_fail(small_plan, make_replica):
    """A forger sends part of the official log with a deletion of the plan; then the document is brought in."""
    real = decode(make_replica("Ana", plan="small").bundle_text(recipients=None, summary="").encode()).runs
    official = next(run for run in real if run.key is None)
    said = [official.changes[0][1].edits, (Edit("plan/2019", "deleted", True),)]
    words = forge.chain("genesis", said, at=official.changes[0][1].at - 1)
    assert words[0][0] == official.changes[0][0]
    replica = genesis_id(words[-1][0])
    made = BundleRun(
        replica, None, 0, "", words[-1][0], None, tuple((id, one._replace(replica=replica)) for id, one in words)
    )
    pedro = make_replica("Pedro", plan=False)
    pedro.merge([("x", forge.bundle(forge.made_up("Mallory"), [made]))], accept=True)
    plans.import_document(pedro, small_plan)
    assert pedro.verify() == ()
