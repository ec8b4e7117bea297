"""Whom a copy believes: strangers, accepted and blocked people, and who speaks for whom."""

from __future__ import annotations

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, fields, notes, people, plans
from gealc_tui.domain.change import Edit
from gealc_tui.domain.vocabulary import Status, Trust
from gealc_tui.sync.bundle import decode
from gealc_tui.sync.identity import Identity
from gealc_tui.sync.outcomes import Outcome

from . import forge

ACTIVITY = "2019/1.1.1"
ENTITY = f"activity/{ACTIVITY}"


@pytest.fixture
def ana(make_replica):
    return make_replica("Ana", "UY", "small")


@pytest.fixture
def eva(make_replica):
    """Eva, with something to say."""
    made = make_replica("Eva", "PE", "small")
    activities.set_status(made, ACTIVITY, Status.DONE)
    for n in range(3):
        notes.add_note(made, ENTITY, f"nota {n}")
    return made


def person(replica, other):
    return next(one for one in replica.people() if one.replica == other.id)


def own_run(replica):
    made = decode(replica.bundle_text(recipients=None, summary="").encode())
    return next(run for run in made.runs if run.replica == replica.id)


def outcome_of(report, replica) -> Outcome:
    return next(one.outcome for file in report.files for one in file.logs if one.replica == replica.id)


def test_what_a_stranger_says_is_kept_aside_and_applied_on_acceptance(ana, eva, send):
    before = ana.fingerprint()
    report = send(eva, ana, accept=False)
    assert outcome_of(report, eva) is Outcome.STRANGER
    assert report.waits_for_a_person
    assert report.altered == ()
    assert ana.fingerprint() == before
    met = person(ana, eva)
    assert (met.name, met.country, met.trust, met.last, met.aside) == ("Eva", "PE", Trust.STRANGER, 0, 5)
    report = people.accept(ana, eva.id[:6])
    assert outcome_of(report, eva) is Outcome.NEW
    assert ana.read.activity(ACTIVITY, ana.today).row.status is Status.DONE
    met = person(ana, eva)
    assert (met.trust, met.last, met.aside, met.missing) == (Trust.ACCEPTED, 5, 0, 0)
    assert ana._db.rows("SELECT * FROM aside") == []
    assert ana.verify() == ()


def test_what_waits_aside_is_not_passed_on(ana, eva, send, make_replica):
    send(eva, ana, accept=False)
    pedro = make_replica("Pedro", "PA", "small")
    report = send(ana, pedro)
    assert eva.id not in {one.replica for one in report.files[0].logs}


def test_two_files_of_a_stranger_wait_together(ana, eva, send):
    send(eva, ana, accept=False)
    notes.add_note(eva, ENTITY, "una más")
    send(eva, ana, accept=False)
    people.accept(ana, eva.id)
    assert len(ana.read.notes(ENTITY)) == 4


def test_a_shorter_file_of_a_stranger_does_not_drive_out_the_longer_one(ana, eva, send):
    """Anybody can cut off the beginning of somebody's run: the signature covers its end."""
    send(eva, ana, accept=False)
    end = forge.part(own_run(eva), 4, 5)
    ana.merge([("shorter", forge.bundle(forge.made_up("Mallory"), [end]))])
    report = people.accept(ana, eva.id)
    assert len(ana.read.notes(ENTITY)) == 3
    assert person(ana, eva).missing == 0
    assert Outcome.PARTIAL not in {one.outcome for one in report.files[0].logs}


def test_a_file_that_accepts_a_stranger_takes_in_what_waited_and_tells_no_gap(ana, eva, send):
    send(eva, ana, accept=False)
    notes.add_note(eva, ENTITY, "una más")
    rest = forge.bundle(forge.identity_of(eva), [forge.part(own_run(eva), 6, 6)])
    report = ana.merge([("rest", rest)], accept=True)
    assert person(ana, eva).missing == 0
    assert len(ana.read.notes(ENTITY)) == 4
    assert {one.missing for one in report.files[0].logs} == {0}
    assert Outcome.PARTIAL not in {one.outcome for one in report.files[0].logs}


def test_nothing_of_a_blocked_author_is_applied_and_what_was_accepted_stays(ana, eva, send):
    send(eva, ana)
    people.block(ana, eva.id)
    activities.set_status(eva, ACTIVITY, Status.CANCELLED)
    report = send(eva, ana)
    assert outcome_of(report, eva) is Outcome.BLOCKED
    assert ana.read.activity(ACTIVITY, ana.today).row.status is Status.DONE
    assert person(ana, eva).trust is Trust.BLOCKED
    report = people.unblock(ana, eva.id)
    assert person(ana, eva).trust is Trust.ACCEPTED
    assert report.new > 0
    assert ana.read.activity(ACTIVITY, ana.today).row.status is Status.CANCELLED
    assert ana._db.rows("SELECT * FROM aside") == []


def test_a_stranger_who_is_blocked_keeps_the_name_and_comes_in_no_more_until_it_is_taken_back(ana, eva, send):
    send(eva, ana, accept=False)
    people.block(ana, eva.id)
    send(eva, ana)
    assert ana.read.notes(ENTITY) == ()
    assert (person(ana, eva).name, person(ana, eva).trust) == ("Eva", Trust.BLOCKED)
    ana._db.execute("DELETE FROM waiting")
    ana._db.execute("DELETE FROM aside")
    assert person(ana, eva).name == "Eva"
    send(eva, ana)
    people.unblock(ana, eva.id)
    assert person(ana, eva).trust is Trust.STRANGER
    assert ana.read.notes(ENTITY) == ()
    people.accept(ana, eva.id)
    assert ana.read.notes(ENTITY) != ()


def successor(of: Identity, name: str, *, hides: bool = False) -> bytes:
    """The file of somebody whom the key of `of` named as a successor, and who later says otherwise with `hides`."""
    new = forge.made_up(name)
    me = f"person/{new.replica}"
    claim = Edit(me, "succeeds", [of.replica, of.sign_successor(new.replica)])
    edits = [(Edit(me, "name", name), claim), (Edit("note/s", "text", name), Edit("note/s", "about", ENTITY))]
    if hides:
        edits.append((Edit(me, "succeeds", None),))
    return forge.bundle(new, [forge.run(new, forge.chain(new.replica, edits))])


@pytest.mark.parametrize("hides", [False, True])
def test_who_is_blocked_is_blocked_under_every_identity_that_their_key_named(ana, eva, send, hides):
    send(eva, ana)
    key = forge.identity_of(eva)
    ana.merge([("before", successor(key, "Sam", hides=hides))])
    sam, tom = forge.made_up("Sam"), forge.made_up("Tom")
    assert ana.trust_in(sam.replica) is Trust.ACCEPTED
    assert ana.blocked_with(eva.id) == (sam.replica,)
    people.block(ana, eva.id)
    assert ana.trust_in(sam.replica) is Trust.BLOCKED
    before = ana.dump()
    for accept in (False, True):
        report = ana.merge([("after", successor(key, "Tom"))], accept=accept)
        assert {one.outcome for one in report.files[0].logs} == {Outcome.BLOCKED}
    ana.merge([("further", successor(tom, "Una"))], accept=True)
    assert ana.trust_in(forge.made_up("Una").replica) is Trust.BLOCKED
    assert ana.dump() == before
    people.unblock(ana, eva.id)
    assert {ana.trust_in(forge.made_up(name).replica) for name in ("Sam", "Tom", "Una")} == {Trust.ACCEPTED}
    assert ana.read.state_of("note/s")["text"] in ("Sam", "Tom", "Una")


def test_who_blocks_the_identity_that_they_gave_up_does_not_block_themselves(ana, eva, send):
    old = ana.id
    with ana._writing():
        ana._succeed(ana._identity)
    people.block(ana, old)
    assert ana.trust_in(ana.id) is Trust.SELF
    ana.commit([(ENTITY, "place", "z")])


def test_one_of_those_who_were_blocked_for_anothers_sake_can_be_accepted_all_the_same(ana, eva, send):
    send(eva, ana)
    people.block(ana, eva.id)
    file = successor(forge.identity_of(eva), "Sam")
    ana.merge([("sam", file)])
    people.accept(ana, forge.made_up("Sam").replica)
    assert ana.trust_in(forge.made_up("Sam").replica) is Trust.ACCEPTED
    assert ana.read.state_of("note/s")["text"] == "Sam"
    assert person(ana, eva).trust is Trust.BLOCKED


def test_nobody_is_unblocked_who_is_not_blocked(ana, eva, send):
    send(eva, ana)
    with pytest.raises(errors.NotBlocked):
        people.unblock(ana, eva.id)


def test_what_a_blocked_author_wrote_is_not_passed_on(ana, eva, send, make_replica):
    send(eva, ana)
    people.block(ana, eva.id)
    pedro = make_replica("Pedro", "PA", "small")
    send(ana, pedro)
    assert pedro.read.notes(ENTITY) == ()


def test_nobody_blocks_or_accepts_themselves(ana, whole):
    before = whole(ana)
    with pytest.raises(errors.CannotBlockSelf):
        people.block(ana, ana.id)
    people.accept(ana, ana.id)
    assert whole(ana) == before


@pytest.mark.parametrize("ref", ["", "zzzz", "eva"])
def test_a_person_whom_nobody_has_met_is_named(ana, eva, send, ref):
    send(eva, ana)
    for act in (people.accept, people.block):
        with pytest.raises(errors.PersonUnknown):
            act(ana, ref)


def test_a_persons_name_cannot_be_set_by_another(ana, eva, send):
    send(eva, ana)
    ana.commit([(f"person/{eva.id}", "name", "Impostora"), (f"person/{eva.id}", "country", "AR")])
    send(ana, eva)
    for replica in (ana, eva):
        met = person(replica, eva)
        assert (met.name, met.country) == ("Eva", "PE")
        assert replica.read.differences() == ()
        assert replica.verify() == ()
    eva.introduce("Eva María", "PE", "focal")
    send(eva, ana)
    assert person(ana, eva).name == "Eva María"


def test_a_name_for_somebody_who_has_not_spoken_yet_does_not_stick(ana, eva, send):
    ana.commit([(f"person/{eva.id}", "name", "Impostora")])
    send(eva, ana)
    assert person(ana, eva).name == "Eva"
    assert ana.fingerprint() != eva.fingerprint()
    send(ana, eva)
    assert ana.fingerprint() == eva.fingerprint()


def test_setting_the_name_of_another_is_refused_and_not_passed_over_in_silence(ana, eva, send):
    send(eva, ana)
    with pytest.raises(errors.GealcError):
        activities.set_field(ana, f"person/{eva.id}", "name", "Impostora")


def test_what_a_stranger_says_of_itself_is_told_and_not_believed(ana, make_replica):
    odd = forge.made_up("Odd")
    said = tuple(
        Edit(f"person/{odd.replica}", field, value)
        for field, value in (("name", "\x1b[31mRojo\x00"), ("country", ["UY"]), ("role", 7))
    )
    report = ana.merge([("x", forge.bundle(odd, [forge.run(odd, forge.chain(odd.replica, [said]))]))])
    assert report.files[0].logs[0].outcome is Outcome.STRANGER
    met = next(one for one in ana.people() if one.replica == odd.replica)
    assert met.country is None
    assert met.role is None
    report = ana.merge([("x", forge.bundle(odd, [forge.run(odd, forge.chain(odd.replica, [said]))]))], accept=True)
    assert not report.refused
    met = next(one for one in ana.people() if one.replica == odd.replica)
    assert met.country is None


def test_who_only_claims_to_hold_something_makes_nothing_known(ana, eva, send):
    send(eva, ana)
    before = ana.fingerprint()
    liar = forge.bundle(
        forge.identity_of(eva),
        [],
        at=eva.clock() + 1,
        have={ana.id: [(1000, "a" * 26)], eva.id: [(5, own_run(eva).tip)]},
    )
    ana.merge([("x", liar)])
    assert ana.fingerprint() == before
    assert ana.verify() == ()
    notes.add_note(ana, ENTITY, "algo")
    send(ana, eva)
    assert len(eva.read.notes(ENTITY)) == 4


def test_a_stranger_acknowledges_nothing(ana, eva, send):
    send(eva, ana, accept=False)
    assert ana._db.rows("SELECT * FROM peers") == []


def test_a_plan_that_an_accepted_person_sends_can_be_accepted(make_replica, ana, small_plan, send):
    """The Secretariat brings in next year's plan and sends it to somebody who accepts it already."""
    secretariat = make_replica("Secretaría", "US", "small")
    send(secretariat, ana)
    small_plan.write_text(small_plan.read_text(encoding="utf-8").replace("2019", "2020"), encoding="utf-8")
    assert plans.import_document(secretariat, small_plan).outcome == "new"
    report = send(secretariat, ana, accept=False)
    waiting = [one for one in report.files[0].logs if one.outcome is Outcome.STRANGER]
    for one in waiting:
        people.accept(ana, one.replica)
    assert [plan.id for plan in ana.read.plans()] == ["2020", "2019"]


def test_a_country_of_a_person_is_one_of_the_list():
    with pytest.raises(errors.ValueRefused):
        fields.country("Atlántida")
