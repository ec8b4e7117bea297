"""Asking for what lacks, and people for whom somebody vouches."""

from __future__ import annotations

import shutil

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, exchange, notes, people
from gealc_tui.domain.vocabulary import Status, Trust
from gealc_tui.sync import reception
from gealc_tui.sync.bundle import decode
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


def person(replica, other):
    return next(one for one in replica.people() if one.replica == other.id)


def own_run(replica):
    made = decode(replica.bundle_text(recipients=None, summary="").encode())
    return next(run for run in made.runs if run.replica == replica.id)


# --- gaps, and asking ---------------------------------------------------------------------------------------------


@pytest.fixture
def gap(ana, eva, pedro, send):
    """Ana holds the first and the last of Eva's four changes; Pedro holds all, and wrote to Ana."""
    for other in (eva, pedro):
        send(other, ana)
        send(ana, other)
    for n in range(3):
        notes.add_note(eva, ENTITY, f"nota {n}")
    send(eva, pedro)
    run = own_run(eva)
    ana.merge([("end", forge.bundle(forge.identity_of(eva), [forge.part(run, 4, 4)], at=eva.clock.now))])
    runs = [own_run(pedro)]
    have = {one.replica: [(one.last, one.tip)] for one in (run, *runs)}
    ana.merge([("pedro", forge.bundle(forge.identity_of(pedro), runs, at=pedro.clock.now, have=have))])
    return run


def test_promise_5_a_copy_knows_what_it_lacks_and_who_has_it(ana, eva, pedro, gap):
    met = person(ana, eva)
    assert (met.last, met.missing) == (4, 2)
    assert set(met.holders) == {pedro.id, eva.id}
    assert [one.text for one in ana.read.notes(ENTITY)] == ["nota 2"]


def test_a_request_says_what_is_held_and_its_answer_fills_the_gap(ana, eva, pedro, gap):
    request = exchange.prepare(ana, request=True)
    assert len(request.data) < 3_000
    assert decode(request.data).runs == ()
    report = pedro.merge([("request", request.data)])
    assert report.requests == (ana.id,)
    assert report.waits_for_a_person
    assert person(pedro, ana).asks
    answer = exchange.prepare(pedro, recipients=[ana.id])
    assert person(pedro, ana).asks, "it was only prepared"
    exchange.sent(pedro, answer)
    assert not person(pedro, ana).asks
    ana.merge([("answer", answer.data)])
    assert person(ana, eva).missing == 0
    assert len(ana.read.notes(ENTITY)) == 3
    assert ana.fingerprint() == pedro.fingerprint()


def test_a_request_that_comes_twice_is_asked_twice(ana, pedro, gap):
    data = exchange.prepare(ana, request=True).data
    for _ in range(2):
        assert pedro.merge([("request", data)]).requests == (ana.id,)
        exchange.sent(pedro, exchange.prepare(pedro, recipients=[ana.id]))


def test_who_asks_is_answered_though_an_earlier_file_of_theirs_said_more_and_bears_a_later_clock(
    ana, eva, send, make_replica
):
    """A backup was put back, and meanwhile somebody set the clock right: what they say now is what they hold."""
    send(eva, ana)
    send(ana, eva)
    ana.close()
    shutil.copytree(ana.path.parent, ana.path.parent.with_name("before"))
    with ana.another() as ahead:
        ahead.clock.now += 365 * 86_400_000
        notes.add_note(eva, ENTITY, "lo que se perdió")
        send(eva, ahead)
        send(ahead, eva)
    old = make_replica("before", introduce=False)
    assert eva.merge([("request", exchange.prepare(old, request=True).data)]).requests == (old.id,)
    assert person(eva, old).asks
    old.merge([("answer", exchange.prepare(eva, recipients=[old.id]).data)])
    assert [one.text for one in old.read.notes(ENTITY)] == ["lo que se perdió"]


def test_the_request_of_a_stranger_is_not_answered(ana, make_replica):
    stranger = make_replica("Mallory", "BR", "small")
    report = ana.merge([("request", exchange.prepare(stranger, request=True).data)])
    assert report.requests == ()


# --- vouching -----------------------------------------------------------------------------------------------------


@pytest.fixture
def vouched(ana, eva, pedro, send):
    """Pedro (the Secretariat) accepted Eva and vouches for her; Ana accepted Pedro and has Eva's file aside."""
    send(eva, pedro)
    people.vouch_for(pedro, [eva.id])
    send(pedro, ana, accept=False)
    people.accept(ana, pedro.id)
    send(eva, ana, accept=False)
    assert person(ana, eva).trust is Trust.STRANGER


def test_a_list_accepts_nobody_where_its_author_is_not_relied_on(ana, eva, pedro, vouched, send):
    send(pedro, ana, accept=False)
    assert person(ana, eva).trust is Trust.STRANGER


def test_who_relies_on_a_list_accepts_everybody_on_it_and_takes_in_what_waited(ana, eva, pedro, vouched):
    activities.set_status(eva, ACTIVITY, Status.DONE)
    report = people.rely_on(ana, pedro.id)
    assert report.new == 1
    assert person(ana, eva).trust is Trust.ACCEPTED
    assert person(ana, eva).aside == 0


def test_who_is_put_on_the_list_later_is_accepted_when_the_list_comes(ana, pedro, vouched, make_replica, send):
    people.rely_on(ana, pedro.id)
    luis = make_replica("Luis", "CL", "small")
    send(luis, ana, accept=False)
    assert person(ana, luis).trust is Trust.STRANGER
    send(luis, pedro)
    people.vouch_for(pedro, [luis.id])
    send(pedro, ana, accept=False)
    assert person(ana, luis).trust is Trust.ACCEPTED


def test_nobody_vouches_in_anothers_name(ana, eva, pedro, vouched, make_replica, send):
    people.rely_on(ana, pedro.id)
    mallory = make_replica("Mallory", "BR", "small")
    send(mallory, eva)
    listed = sorted({*eva.vouched_for(pedro.id), mallory.id})
    eva.commit([(f"vouching/{pedro.id}", "people", listed)])
    send(eva, ana, accept=False)
    send(mallory, ana, accept=False)
    assert mallory.id not in ana.vouched_for(pedro.id)
    assert person(ana, mallory).trust is Trust.STRANGER


def test_whom_this_copy_blocked_no_list_brings_back(ana, eva, pedro, vouched, send):
    people.block(ana, eva.id)
    people.rely_on(ana, pedro.id)
    send(eva, ana, accept=False)
    assert person(ana, eva).trust is Trust.BLOCKED


def test_who_ceases_to_rely_keeps_whom_they_accepted_and_accepts_nobody_more(
    ana, eva, pedro, vouched, make_replica, send
):
    people.rely_on(ana, pedro.id)
    people.rely_on(ana, pedro.id, relies=False)
    luis = make_replica("Luis", "CL", "small")
    send(luis, pedro)
    people.vouch_for(pedro, [luis.id])
    send(pedro, ana, accept=False)
    send(luis, ana, accept=False)
    assert person(ana, eva).trust is Trust.ACCEPTED
    assert person(ana, luis).trust is Trust.STRANGER


def test_only_accepted_people_can_be_relied_on_or_vouched_for(ana, eva, send):
    send(eva, ana, accept=False)
    with pytest.raises(errors.NotAccepted):
        people.rely_on(ana, eva.id)
    with pytest.raises(errors.NotAccepted):
        people.vouch_for(ana, [eva.id])


@pytest.mark.parametrize("value", ["x", None, 7, [1, None, ["x"]], {}])
def test_a_list_that_is_none_vouches_for_nobody(ana, pedro, vouched, value):
    if value != {}:
        pedro.commit([(f"vouching/{pedro.id}", "people", value)])
        assert pedro.vouched_for(pedro.id) == frozenset()


# --- strangers ----------------------------------------------------------------------------------------------------


def test_what_strangers_send_does_not_fill_the_disk(ana, monkeypatch):
    monkeypatch.setattr(reception, "LARGEST_ASIDE", 3_000)
    stranger = forge.made_up("stranger")
    edits = [(forge.Edit(ENTITY, "place", "x" * 1_000),)] * 5
    run = forge.run(stranger, forge.chain(stranger.replica, edits))
    report = ana.merge([("x", forge.bundle(stranger, [run]))])
    assert report.files[0].logs[0].outcome is Outcome.CROWDED
    assert report.waits_for_a_person
    assert ana._db.value("SELECT count(*) FROM aside") == 0


def test_a_changed_name_or_country_is_pointed_out(ana, eva, send):
    send(eva, ana)
    people.introduce(eva, "Eva María", "CL", "focal")
    report = send(eva, ana)
    assert [(one.field, one.before, one.after) for one in report.renamed] == [
        ("country", "PE", "CL"),
        ("name", "Eva", "Eva María"),
    ]


def test_a_list_of_people_costs_what_there_are_of_them_though_all_tell_of_all(make_replica, send):
    def statements(people: int) -> int:
        hub = make_replica(f"Hub{people}")
        others = [make_replica(f"P{people}-{n}") for n in range(people)]
        for _ in range(2):  # the second time each tells of all whom the hub had passed on
            for other in others:
                send(other, hub)
            for other in others:
                send(hub, other)
        asked: list[str] = []
        hub._db.connection.set_trace_callback(asked.append)
        assert len(hub.people()) == people + 1
        hub._db.connection.set_trace_callback(None)
        return len(asked)

    few = statements(4)
    many = statements(8)
    print(few, many)
    assert many <= 2 * few
