"""Copied profiles and restored backups: both branches are kept, everywhere, and the machine gets a new identity."""

from __future__ import annotations

import shutil
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gealc_tui.commands import activities, notes, people, undo
from gealc_tui.domain.change import NO_CHANGE, Edit
from gealc_tui.domain.register import Pasts
from gealc_tui.domain.vocabulary import Status, Trust
from gealc_tui.replica import Replica
from gealc_tui.store import branches, log
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
def twins(ana, make_replica):
    """Two copies with one key that went on apart."""
    ana.close()
    folder = ana.path.parent.parent / "twin"
    shutil.copytree(ana.path.parent, folder)
    return make_replica("Ana", introduce=False), make_replica("twin", introduce=False)


def outcomes(report) -> dict[str, Outcome]:
    return {one.replica: one.outcome for file in report.files for one in file.logs}


def values(replica, field: str = "status") -> list[object]:
    return sorted(str(one.value) for one in replica.read.standing(ENTITY, field))


def trust_in(replica: Replica, author: str) -> Trust:
    return next(one.trust for one in replica.people() if one.replica == author)


def put_back(replica: Replica, backup: Path) -> Replica:
    """The database is what it was; the keys stay."""
    replica.close()
    for name in ("gealc.db-wal", "gealc.db-shm"):
        (replica.path.parent / name).unlink(missing_ok=True)
    shutil.copyfile(backup, replica.path)
    restored = replica.another()
    restored.check_identity()
    return restored


@pytest.fixture
def backup(ana):
    """A copy of Ana's database, and what she wrote after it was made."""
    notes.add_note(ana, ENTITY, "antes")
    ana.close()
    saved = ana.path.with_suffix(".backup")
    shutil.copyfile(ana.path, saved)
    return saved


def who(replica: Replica) -> str | None:
    """The identity of a copy that is closed."""
    with replica.another() as again:
        return again.id


# --- both branches are kept ---------------------------------------------------------------------------------------


def test_promise_7_both_branches_of_a_copied_profile_are_merged_with_whatever_else_comes(
    twins, eva, pedro, send, everything
):
    one, other = twins
    shared = one.id
    activities.set_status(one, ACTIVITY, Status.DONE)
    activities.set_status(other, ACTIVITY, Status.CANCELLED)
    activities.set_field(pedro, ENTITY, "place", "Lima")
    send(pedro, other)
    send(one, eva)
    report = eva.merge([("fork", everything(other))], accept=True)
    assert outcomes(report)[shared] is Outcome.FORKED
    assert outcomes(report)[pedro.id] is Outcome.NEW
    assert values(eva) == ["cancelled", "done"]
    assert [one.field for one in report.opened] == ["status"]
    assert values(eva, "place") == ["Lima"]
    assert eva.verify() == ()


def what_comes_of_a_shared_word_that_one_branch_replaced(twins, eva, send) -> list[str]:
    one, _ = twins
    shared = own_run(one)
    activities.set_status(one, ACTIVITY, Status.ON_HOLD)
    key = forge.identity_of(one)
    held = own_run(one)
    notes.add_note(one, ENTITY, "una rama")
    branch = forge.chain(one.id, [(Edit(ENTITY, "status", "cancelled"),)], after=held.last, previous=held.tip)
    assert held.last == shared.last + 1
    eva.merge([("one", forge.bundle(key, [own_run(one)]))], accept=True)
    eva.merge([("other", forge.bundle(key, [forge.run(key, branch)]))])
    return values(eva)


def test_what_was_written_before_they_parted_is_superseded_on_either_branch(twins, eva, send):
    assert what_comes_of_a_shared_word_that_one_branch_replaced(twins, eva, send) == ["cancelled"]
    assert eva.verify() == ()


def test_without_lineage_a_word_that_was_replaced_would_come_back(twins, eva, send, monkeypatch):
    """The guard of the promise, taken out."""
    monkeypatch.setattr(branches, "lineage", lambda *_: {})
    assert what_comes_of_a_shared_word_that_one_branch_replaced(twins, eva, send) == ["cancelled", "on_hold"]


def test_a_twin_is_noticed_by_its_twin_which_goes_on_under_a_new_identity(twins, send):
    one, other = twins
    shared = one.id
    activities.set_status(one, ACTIVITY, Status.DONE)
    activities.set_status(other, ACTIVITY, Status.CANCELLED)
    report = send(other, one)
    assert outcomes(report)[shared] is Outcome.FORKED
    assert report.met_itself
    assert values(one) == ["cancelled", "done"]
    assert one.id != shared
    assert one.renewed()
    assert trust_in(one, shared) is Trust.ACCEPTED
    assert one.read.person(one.id)[:2] == ("Ana", "UY")
    assert one.verify() == ()


def test_a_trial_run_that_meets_its_twin_says_so_and_stays_who_it_is(twins, everything, whole):
    one, other = twins
    activities.set_status(other, ACTIVITY, Status.CANCELLED)
    before, keys = whole(one), sorted(one.keys.iterdir())
    report = one.merge([("x", everything(other))], dry_run=True)
    assert report.met_itself
    assert whole(one) == before
    assert sorted(one.keys.iterdir()) == keys


def test_both_twins_go_on_apart_and_all_agree_in_the_end(twins, eva, send):
    one, other = twins
    notes.add_note(one, ENTITY, "de una")
    notes.add_note(other, ENTITY, "de la otra")
    send(one, other)
    send(other, one)
    notes.add_note(one, ENTITY, "después, de una")
    notes.add_note(other, ENTITY, "después, de la otra")
    assert one.id != other.id
    send(one, eva)
    send(other, eva)
    for copy in (one, other):
        send(eva, copy)
    send(one, eva)
    send(other, one)
    send(one, other)
    send(other, eva)
    assert one.fingerprint() == other.fingerprint() == eva.fingerprint()
    assert {note.text for note in eva.read.notes(ENTITY)} == {
        "de una",
        "de la otra",
        "después, de una",
        "después, de la otra",
    }
    for copy in (one, other, eva):
        assert copy.verify() == ()


# --- a new identity is known for whose it is ----------------------------------------------------------------------


def test_who_accepted_the_old_identity_need_not_be_asked_about_the_new_one(twins, eva, send, everything):
    one, other = twins
    send(one, eva)
    notes.add_note(other, ENTITY, "de la otra")
    send(other, one)
    notes.add_note(one, ENTITY, "bajo otro nombre")
    report = eva.merge([("x", everything(one))])
    assert Outcome.STRANGER not in outcomes(report).values()
    assert "bajo otro nombre" in {note.text for note in eva.read.notes(ENTITY)}
    assert trust_in(eva, one.id) is Trust.ACCEPTED


def test_nobody_becomes_the_successor_of_another_without_the_others_key(ana, eva, send):
    send(ana, eva)
    mallory = forge.made_up("Mallory")
    claims = [[ana.id, mallory.sign_successor(mallory.replica)], [ana.id, "AAAA"], ana.id, [ana.id], [1, 2], None]
    for n, claim in enumerate(claims):
        edits = (Edit(f"person/{mallory.replica}", "succeeds", claim),)
        run = forge.run(mallory, forge.chain(mallory.replica, [edits], at=n))
        report = eva.merge([(f"{n}", forge.bundle(mallory, [run]))])
        assert outcomes(report)[mallory.replica] is Outcome.STRANGER


def test_the_successor_of_one_who_waits_is_taken_in_when_that_one_is_accepted(twins, eva, everything):
    one, other = twins
    old = one.id
    notes.add_note(other, ENTITY, "de la otra")
    one.merge([("x", everything(other))])
    notes.add_note(one, ENTITY, "bajo otro nombre")
    eva.merge([("x", everything(one))])
    assert eva.read.notes(ENTITY) == ()
    people.accept(eva, old)
    assert {note.text for note in eva.read.notes(ENTITY)} == {"de la otra", "bajo otro nombre"}


def test_files_are_no_longer_made_for_an_identity_that_was_given_up(twins, eva, send):
    one, other = twins
    old = one.id
    send(one, eva)
    send(eva, one)
    assert old in eva.recipients()
    notes.add_note(other, ENTITY, "x")
    send(other, one)
    send(one, eva)
    assert eva.recipients() == [one.id]
    assert next(person.successor for person in eva.people() if person.replica == old) == one.id


# --- restored backups ---------------------------------------------------------------------------------------------


def test_a_backup_that_was_put_back_is_noticed_at_the_next_start(ana, backup, eva, send):
    old = who(ana)
    with ana.another() as later:
        notes.add_note(later, ENTITY, "después")
        send(later, eva)
    with put_back(ana, backup) as restored:
        assert restored.id != old
        assert restored.renewed()
        assert [one.text for one in restored.read.notes(ENTITY)] == ["antes"]
        notes.add_note(restored, ENTITY, "y sigue")
        send(eva, restored)
        send(restored, eva)
        assert {one.text for one in restored.read.notes(ENTITY)} == {"antes", "después", "y sigue"}
        assert restored.fingerprint() == eva.fingerprint()
        assert restored.verify() == eva.verify() == ()


def test_an_old_database_of_which_nobody_was_told_at_start_is_noticed_when_it_is_written(ana, backup):
    old = who(ana)
    with ana.another() as later:
        notes.add_note(later, ENTITY, "después")
    shutil.copyfile(backup, ana.path)
    with ana.another() as restored:
        made = notes.add_note(restored, ENTITY, "y sigue")
        assert made is not None
        assert restored.change(made.change).replica == restored.id != old


def test_undoing_on_an_old_database_leaves_something_to_go_on_with(ana, backup):
    with ana.another() as later:
        notes.add_note(later, ENTITY, "después")
    shutil.copyfile(backup, ana.path)
    with ana.another() as restored:
        undo.undo(restored)
        assert restored.renewed()
        assert restored.read.notes(ENTITY) == ()
        undo.redo(restored)
        assert [one.text for one in restored.read.notes(ENTITY)] == ["antes"]
        undo.undo(restored)
        assert restored.read.notes(ENTITY) == ()


def test_who_changes_their_name_on_an_old_database_changes_it_under_the_new_identity(ana, backup):
    with ana.another() as later:
        notes.add_note(later, ENTITY, "después")
    shutil.copyfile(backup, ana.path)
    with ana.another() as restored:
        people.introduce(restored, "Ana María", "UY", "focal")
        assert restored.read.person(restored.id)[0] == "Ana María"


def test_a_whole_home_that_was_put_back_is_noticed_when_its_own_later_words_come(ana, eva, send, make_replica):
    notes.add_note(ana, ENTITY, "antes")
    ana.close()
    home = ana.path.parent
    shutil.copytree(home, home.parent / "saved")
    with ana.another() as later:
        notes.add_note(later, ENTITY, "después")
        send(later, eva)
    shutil.rmtree(home)
    shutil.copytree(home.parent / "saved", home)
    with ana.another() as restored:
        old = restored.id
        restored.check_identity()
        assert restored.id == old
        assert send(eva, restored).met_itself
        assert restored.id != old
        assert [one.text for one in restored.read.notes(ENTITY)] == ["antes", "después"]
        assert restored.verify() == ()


def test_a_start_without_trouble_leaves_the_identity_as_it_is(ana, reopen):
    notes.add_note(ana, ENTITY, "uno")
    again = reopen(ana)
    old = again.id
    again.check_identity()
    assert again.id == old
    assert not again.renewed()


def test_a_kill_between_the_commit_and_the_mark_is_no_trouble(ana, reopen):
    notes.add_note(ana, ENTITY, "uno")
    mark = ana.keys / f"{ana.id}.mark"
    before = mark.read_bytes()
    notes.add_note(ana, ENTITY, "dos")
    mark.write_bytes(before)
    again = reopen(ana)
    again.check_identity()
    assert not again.renewed()


@pytest.mark.parametrize("content", [b"", b"x", b"1", b"99999999999999999999 \xff", b"     "])
def test_a_mark_that_nobody_can_read_is_no_trouble(ana, reopen, content):
    notes.add_note(ana, ENTITY, "uno")
    (ana.keys / f"{ana.id}.mark").write_bytes(content)
    again = reopen(ana)
    again.check_identity()
    assert not again.renewed()
    notes.add_note(again, ENTITY, "dos")


def test_two_databases_that_lie_in_one_home_do_not_write_under_one_identity(ana):
    notes.add_note(ana, ENTITY, "uno")
    ana.close()
    other = ana.path.with_name("other.db")
    shutil.copyfile(ana.path, other)
    with ana.another() as first, Replica(other, ana.keys) as second:
        notes.add_note(first, ENTITY, "en la primera")
        notes.add_note(second, ENTITY, "en la segunda")
        assert first.id != second.id


# --- branches in any order ----------------------------------------------------------------------------------------


def own_run(replica) -> BundleRun:
    made = decode(replica.bundle_text(recipients=None, summary="").encode())
    return next(run for run in made.runs if run.replica == replica.id)


@st.composite
def trees(draw: st.DrawFn) -> list[list[tuple[Edit, ...]]]:
    """Branches: each parts from an earlier one after some changes. Edits of two fields."""
    made: list[tuple[int, int, int]] = [(-1, 0, draw(st.integers(2, 6)))]
    for _ in range(draw(st.integers(1, 3))):
        parent = draw(st.integers(0, len(made) - 1))
        made.append((parent, draw(st.integers(0, 6)), draw(st.integers(1, 5))))
    return made


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Makes copies that hold nothing yet, without the pains of a first start."""
    folder = tmp_path_factory.mktemp("empty")
    Replica(folder / "gealc.db", folder / "keys").close()
    numbers = count()

    def made() -> Replica:
        path = folder / f"{next(numbers)}.db"
        shutil.copyfile(folder / "gealc.db", path)
        replica = Replica(path, folder / "keys")
        replica._db.execute("PRAGMA synchronous = OFF")
        return replica

    return made


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=trees(), data=st.data())
def test_branches_in_any_order_and_grouping_make_the_same_plan(tree, data, empty):
    key = forge.made_up("Ana")
    lines: list[tuple] = []
    for n, (parent, parts_after, length) in enumerate(tree):
        base = () if parent < 0 else lines[parent][: min(parts_after, len(lines[parent]))]
        edits = [
            (Edit(ENTITY, data.draw(st.sampled_from(["place", "resources"])), f"{n}.{place}"),)
            for place in range(length)
        ]
        previous = base[-1][0] if base else NO_CHANGE
        lines.append((*base, *forge.chain(key.replica, edits, after=len(base), previous=previous, at=n * 100)))
    files = []
    for line in lines:
        cuts = sorted({0, len(line), *data.draw(st.lists(st.integers(0, len(line)), max_size=2))})
        for first, end in pairwise(cuts):
            files.append(forge.bundle(key, [forge.run(key, line[first:end])]))
    found = []
    for order in (files, data.draw(st.permutations(files)), data.draw(st.permutations(files))):
        copy = empty()
        for n, file in enumerate(order):
            report = copy.merge([(str(n), file)], accept=True)
            assert not report.refused
        assert copy.verify() == ()
        held = log.held_of(copy._db, key.replica).runs
        if len({run.log for run in held}) > 1:
            assert {one: Pasts(branches.lineage(copy._db, held)).get(one, {}) for one in _pasts(copy)} == (_pasts(copy))
        found.append((copy.dump(), {id for (id,) in copy._db.rows("SELECT id FROM changes")}))
        wanted = {id for line in lines for id, _ in line}
        assert found[-1][1] == wanted
        # What one copy passes on, another understands.
        other = empty()
        people_file = _passed_on(copy)
        report = other.merge([("all", people_file)], accept=True)
        assert (other.dump(), report.new) == (found[-1][0], len(wanted))
        copy.close()
        other.close()
    assert all(one == found[0] for one in found)
    # A leaf's last word in a field stands unless a later change of its own line set the field again.
    standing = {
        (entity, field): value for entity, fields in found[0][0]["entities"].items() for field, value in fields.items()
    }
    assert standing


def _pasts(copy: Replica) -> dict[int, dict[int, int]]:
    """What is in the past of each branch, by walking its chain one change after the other."""
    named = {id: (n >> 40, n & (1 << 40) - 1) for n, id in copy._db.rows("SELECT n, id FROM changes")}
    before = dict(_links(copy))
    found: dict[int, dict[int, int]] = {}
    for run in log.held_of(copy._db, forge.made_up("Ana").replica).runs:
        past: dict[int, int] = {}
        id = run.previous
        while id in named:
            number, seq = named[id]
            past[number] = max(past.get(number, 0), seq)
            id = before[id]
        found[run.log] = past
    return found


def _links(copy: Replica):
    for run in log.held_of(copy._db, forge.made_up("Ana").replica).runs:
        for id, change in log.changes(copy._db, run.log, run.first, run.last):
            yield id, change.previous


def _passed_on(copy: Replica) -> bytes:
    copy.introduce("Pasa", "UY", "focal")
    data = copy.bundle_text(recipients=None, summary="").encode()
    raw = decode(data)
    return forge.bundle(forge.identity_of(copy), [run for run in raw.runs if run.replica != copy.id])


def test_a_gap_hides_a_branch_only_until_the_part_between_comes(ana, eva):
    for status in [Status.IN_PROGRESS, Status.ON_HOLD, Status.IN_PROGRESS, Status.DONE]:
        activities.set_status(eva, ACTIVITY, status)
    run, key = own_run(eva), forge.identity_of(eva)
    ana.merge([("end", forge.bundle(key, [forge.part(run, 4, 5)]))], accept=True)
    branch = forge.chain(eva.id, [(Edit(ENTITY, "place", "x"),)] * 2)
    ana.merge([("branch", forge.bundle(key, [forge.run(key, branch)]))])
    report = ana.merge([("all", forge.bundle(key, [run]))])
    assert outcomes(report)[eva.id] is Outcome.FORKED
    assert values(ana) == ["done"]
    assert values(ana, "place") == ["x"]
    assert ana.verify() == ()


# --- many branches ------------------------------------------------------------------------------------------------


MALLORY = forge.made_up("Mallory")


def star(branches: int) -> list[BundleRun]:
    """Branches that all part from the first change."""
    first = forge.chain(MALLORY.replica, [(Edit(f"person/{MALLORY.replica}", "name", "Mallory"),)])
    return [
        forge.run(
            MALLORY,
            (
                *first,
                *forge.chain(MALLORY.replica, [(Edit(ENTITY, "place", f"{n}"),)], after=1, previous=first[0][0], at=n),
            ),
        )
        for n in range(branches)
    ]


def staircase(branches: int) -> list[BundleRun]:
    """Branches of which each parts from the one before it: a register that each sets, over all that lie below."""
    line = forge.chain(MALLORY.replica, [(Edit(ENTITY, "place", "0"),)])
    found = []
    for n in range(branches):
        previous, seq = line[-1][0], line[-1][1].seq
        other = forge.chain(MALLORY.replica, [(Edit(ENTITY, "place", f"b{n}"),)], after=seq, previous=previous, at=7)
        line = (*line, *forge.chain(MALLORY.replica, [(Edit(ENTITY, "place", f"s{n}"),)], after=seq, previous=previous))
        found += [forge.run(MALLORY, other), forge.run(MALLORY, line[-1:])]
    return [forge.run(MALLORY, line[:1]), *found]


@pytest.mark.parametrize("made", [star, staircase])
def test_copies_that_were_given_more_than_64_branches_show_the_same_whatever_the_order(made, empty):
    files = [(str(n), forge.bundle(MALLORY, [run])) for n, run in enumerate(made(70))]
    dumps = []
    for order in (files, files[::-1]):
        copy = empty()
        for _ in range(2):
            copy.merge(order, accept=True)
        dumps.append(copy.dump())
        assert copy.verify() == ()
        assert len(values(copy, "place")) == (70 if made is star else 71)
        before = copy.dump()
        copy.rebuild()
        assert copy.dump() == before
        copy.close()
    assert dumps[0] == dumps[1]


@pytest.mark.parametrize("made", [star, staircase])
def test_twice_as_many_branches_are_twice_the_work(made, empty):
    def steps(branches: int) -> int:
        copy = empty()
        counted = 0

        def count_up() -> int:
            nonlocal counted
            counted += 1
            return 0

        file = forge.bundle(MALLORY, made(branches))
        copy._db.connection.set_progress_handler(count_up, 100)
        assert copy.merge([("x", file)], accept=True).new == len(
            {id for run in made(branches) for id, _ in run.changes}
        )
        copy.introduce("Pasa", "UY", "focal")
        copy.people()
        copy.bundle_text(recipients=None, summary="")
        copy.bundle_lacking([], "")
        copy.block(MALLORY.replica)
        copy.merge([("again", forge.bundle(MALLORY, made(branches), at=1_552_564_900_000))])
        copy._db.connection.set_progress_handler(None, 0)
        copy.close()
        return counted

    assert steps(200) <= 2.2 * steps(100)


def test_a_file_says_of_one_identity_no_more_branches_than_version_1_reads(empty):
    copy = empty()
    copy.merge([("x", forge.bundle(MALLORY, star(100)))], accept=True)
    copy.introduce("Ana", "UY", "focal")
    made = decode(copy.bundle_text(recipients=None, summary="").encode())
    assert len(made.have[MALLORY.replica]) == 64
    other = empty()
    assert not other.merge([("x", copy.bundle_text(recipients=None, summary="").encode())], accept=True).refused
    other.introduce("Eva", "PE", "focal")
    assert other.dump()["entities"][ENTITY] == copy.dump()["entities"][ENTITY]
    # What was left unsaid comes once more, and does no harm.
    copy.merge([("y", other.bundle_text(recipients=None, summary="").encode())], accept=True)
    again = copy.bundle_text(recipients=[other.id], summary="").encode()
    assert other.merge([("z", again)]).new == 0
    copy.close()
    other.close()


def test_people_are_warned_from_the_eighth_branch_on_and_blocking_is_the_remedy(empty):
    copy = empty()
    copy.introduce("Ana", "UY", "focal")
    runs = star(9)
    report = copy.merge([(str(n), forge.bundle(MALLORY, [run])) for n, run in enumerate(runs[:7])], accept=True)
    assert report.many_branches == []
    report = copy.merge([("8", forge.bundle(MALLORY, [runs[7]]))])
    assert report.many_branches == [("Mallory", 8, MALLORY.replica)]
    assert person_of(copy, MALLORY.replica).branches == 8
    copy.block(MALLORY.replica)
    report = copy.merge([("9", forge.bundle(MALLORY, [runs[8]]))])
    assert report.many_branches == []
    assert MALLORY.replica not in {
        run.replica for run in decode(copy.bundle_text(recipients=None, summary="").encode()).runs
    }
    copy.close()


def person_of(copy: Replica, replica: str):
    return next(one for one in copy.people() if one.replica == replica)


def test_verify_finds_a_lineage_that_was_tampered_with(twins, eva, send):
    one, other = twins
    notes.add_note(one, ENTITY, "x")
    notes.add_note(other, ENTITY, "y")
    send(one, eva)
    send(other, eva)
    eva._db.execute("UPDATE lineage SET upto = upto + 1")
    assert "view" in {fault.kind for fault in eva.verify()}
