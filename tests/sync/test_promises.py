"""The nine promises of the exchange. Each holds; and with the code that keeps it taken out, its own test fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import nullcontext
from itertools import permutations
from types import SimpleNamespace

import pytest

from gealc_tui import errors
from gealc_tui.commands import activities, notes
from gealc_tui.domain.change import Edit
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.domain.vocabulary import Status
from gealc_tui.store import registers, views
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.sync import bundle, people, speaker
from gealc_tui.sync.outcomes import Outcome
from gealc_tui.sync.reception import Reception

from . import forge

ACTIVITY = "2019/1.1.1"
ENTITY = f"activity/{ACTIVITY}"


@pytest.fixture
def network(make_replica, send, everything, whole):
    """Three people, who accept one another and hold what all have said; and somebody who makes files by hand."""
    ana, eva, pedro = (make_replica(*who, "small") for who in (("Ana", "UY"), ("Eva", "PE"), ("Pedro", "PA")))
    for _ in range(2):
        for one, other in permutations((ana, eva, pedro), 2):
            send(one, other)
    return SimpleNamespace(
        ana=ana, eva=eva, pedro=pedro, send=send, everything=everything, whole=whole, make=make_replica
    )


def standing(replica, field: str = "status") -> list[object]:
    return [one.value for one in replica.read.standing(ENTITY, field)]


def own_run(net, replica) -> bundle.BundleRun:
    made = bundle.decode(net.everything(replica))
    return next(one for one in made.runs if one.replica == replica.id)


# --- the stories --------------------------------------------------------------------------------------------------


def convergence(net) -> None:
    """The same changes, in another order and grouping, make the same plan."""
    files = []
    # The clocks agree to the millisecond, so that nothing but the changes themselves can tell them apart.
    for copy in (net.ana, net.eva, net.pedro):
        copy.clock.now = 1_700_000_000_000
    for copy, status in ((net.ana, Status.DONE), (net.eva, Status.ON_HOLD), (net.pedro, Status.CANCELLED)):
        activities.set_status(copy, ACTIVITY, status)
        files.append((copy.path.parent.name, forge.bundle(forge.identity_of(copy), [own_run(net, copy)])))
    shown = set()
    for n, order in enumerate(permutations(files)):
        copy = net.make(f"Luis {n}", "CL", "small", introduce=False)
        for file in order:
            copy.merge([file], accept=True)
        shown.add(copy.fingerprint())
    assert len(shown) == 1


def nothing_is_lost(net) -> None:
    """What was replaced stays in the log of everybody, with who, when, what before and after."""
    activities.set_field(net.ana, ENTITY, "place", "Lima")
    net.send(net.ana, net.eva)
    activities.set_field(net.eva, ENTITY, "place", "Quito")
    net.send(net.eva, net.pedro)
    told = [
        (change.author.name, edit.before, edit.after)
        for change in net.pedro.read.history([ENTITY])
        for edit in change.edits
        if edit.field == "place"
    ]
    assert told == [("Ana", None, "Lima"), ("Eva", "Lima", "Quito")]


def differences_are_shown(net) -> None:
    """Two values of people who had not seen each other's both stay in sight, until somebody settles it for all."""
    activities.set_status(net.ana, ACTIVITY, Status.DONE)
    activities.set_status(net.eva, ACTIVITY, Status.ON_HOLD)
    net.send(net.ana, net.pedro)
    net.send(net.eva, net.pedro)
    found = [{(one.author.name, one.value) for one in difference.values} for difference in net.pedro.read.differences()]
    assert found == [{("Ana", "done"), ("Eva", "on_hold")}]
    activities.set_status(net.pedro, ACTIVITY, Status.CANCELLED)
    net.send(net.pedro, net.ana)
    assert standing(net.ana) == ["cancelled"]


def once_and_whole(net) -> None:
    """A file twice is a file once; one that fails in the middle changes nothing."""
    activities.set_status(net.ana, ACTIVITY, Status.DONE, note="Listo")
    data, before, refresh = net.everything(net.ana), net.whole(net.eva), views.refresh

    def fails(*given):
        refresh(*given)
        raise RuntimeError("in the middle")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "refresh", fails)
        assert [one.outcome for one in net.eva.merge([("x", data)]).files] == ["fault"]
    assert net.whole(net.eva) == before
    net.eva.merge([("x", data)])
    after = net.whole(net.eva)
    net.eva.merge([("x", data), ("y", data)])
    assert net.whole(net.eva) == after


def gaps_are_known(net) -> None:
    """A copy says which changes it lacks of whom and who has them, and applies what it has meanwhile."""
    for n in range(4):
        notes.add_note(net.eva, ENTITY, f"nota {n}")
    run, key = own_run(net, net.eva), forge.identity_of(net.eva)
    net.ana.merge([("end", forge.bundle(key, [forge.part(run, 4, 5)], at=net.eva.clock.now))])
    assert [one.text for one in net.ana.read.notes(ENTITY)] == ["nota 2", "nota 3"]
    met = next(one for one in net.ana.people() if one.replica == net.eva.id)
    assert (met.missing, met.holders) == (2, (net.eva.id,))


def nobody_speaks_for_another(net) -> None:
    """What is not signed by its author changes nothing, also when somebody else passes it on."""
    chain = forge.chain(net.eva.id, [(Edit(ENTITY, "status", "cancelled"),)])
    mallory = forge.made_up("Mallory")
    key, (tip, _) = forge.identity_of(net.eva).key, chain[-1]
    run = bundle.BundleRun(net.eva.id, key, 0, "", tip, mallory.sign_run(1, tip), chain)
    before = net.whole(net.ana)
    report = net.ana.merge([("x", forge.bundle(mallory, [run]))], accept=True)
    assert [one.outcome for one in report.files] == ["forged"]
    assert net.whole(net.ana) == before


def a_copied_laptop_is_noticed(net) -> None:
    """Both branches are kept, and of the two machines none goes on under the identity of the other."""
    net.ana.close()
    shutil.copytree(net.ana.path.parent, net.ana.path.parent.parent / "twin")
    one, other = net.make("Ana", introduce=False), net.make("twin", introduce=False)
    activities.set_status(one, ACTIVITY, Status.DONE)
    activities.set_status(other, ACTIVITY, Status.CANCELLED)
    net.send(other, one)
    activities.set_field(one, ENTITY, "place", "Lima")
    assert one.id != other.id
    assert one.renewed()
    assert sorted(map(str, standing(one))) == ["cancelled", "done"]
    net.send(one, net.eva)
    assert sorted(map(str, standing(net.eva))) == ["cancelled", "done"]
    assert one.verify() == net.eva.verify() == ()


def old_and_new_versions_talk(net) -> None:
    """What this version does not know is kept and passed on; a file of another format says which is needed."""
    net.eva.commit([("milestone/m1", "title", "Hito"), (ENTITY, "colour", ["red", 1])])
    net.send(net.eva, net.ana)
    net.send(net.ana, net.pedro)
    assert net.pedro.read.state_of("milestone/m1") == {"title": "Hito"}
    assert net.pedro.read.state_of(ENTITY)["colour"] == ["red", 1]
    assert net.pedro.verify() == ()
    raw = {**forge.parsed(net.everything(net.eva)), "version": bundle.VERSION + 1}
    report = net.ana.merge([("new", forge.spelled(raw))])
    assert isinstance(report.files[0].error, errors.NewerFormat)
    assert report.files[0].error.version == bundle.VERSION + 1


def wrong_clocks_do_no_harm(net) -> None:
    """Who wrote later, having seen the earlier word, is right, whatever the clocks say."""
    net.ana.clock.now += 10 * 365 * 86_400_000
    activities.set_status(net.ana, ACTIVITY, Status.DONE)
    net.send(net.ana, net.eva)
    net.eva.clock.now -= 10 * 365 * 86_400_000
    activities.set_status(net.eva, ACTIVITY, Status.ON_HOLD)
    for copy in (net.ana, net.pedro):
        report = net.send(net.eva, copy)
        assert not report.refused
        assert standing(copy) == ["on_hold"]


# --- what is taken out --------------------------------------------------------------------------------------------


def what_came_last_is_what_stands(patch) -> None:
    refresh = views.refresh

    def wrong(db, touched):
        found = refresh(db, touched)
        db.execute(
            "DELETE FROM heads WHERE change < (SELECT max(change) FROM heads h WHERE h.register = heads.register)"
        )
        return found

    patch.setattr(views, "refresh", wrong)


def what_is_superseded_is_dropped(patch) -> None:
    refresh = views.refresh

    def wrong(db, touched):
        found = refresh(db, touched)
        db.execute("DELETE FROM edits WHERE (register, change) NOT IN (SELECT register, change FROM heads)")
        return found

    patch.setattr(views, "refresh", wrong)


def the_latest_clock_wins(patch) -> None:
    refresh = views.refresh

    def wrong(db, touched):
        found = refresh(db, touched)
        db.execute("DELETE FROM heads WHERE NOT shown")
        db.execute("UPDATE heads SET differs = 0")
        return found

    patch.setattr(views, "refresh", wrong)


def nothing_is_rolled_back(patch) -> None:
    patch.setattr(Database, "transaction", lambda self, *, keep=True: nullcontext())


def nobody_counts_gaps(patch) -> None:
    patch.setattr(people, "_missing", lambda *_: (0, ()))


def signatures_are_believed(patch) -> None:
    patch.setattr(bundle, "run_is_signed", lambda *_: True)


def copies_are_not_looked_for(patch) -> None:
    patch.setattr(speaker, "is_given_up", lambda *_: False)
    patch.setattr(Reception, "met_itself", property(lambda _: False, lambda *_: None), raising=False)


def what_is_unknown_is_left_out(patch) -> None:
    add = Insertion.add

    def wrong(self, log, changes):
        known = [
            (id, change._replace(edits=tuple(edit for edit in change.edits if edit.entity.split("/")[0] in ENTITIES)))
            for id, change in changes
        ]
        add(self, log, known)

    patch.setattr(Insertion, "add", wrong)


def nobody_says_what_they_had_before_them(patch) -> None:
    patch.setattr(registers, "standing_of_others", lambda *_: ())


Story = Callable[[SimpleNamespace], None]
PROMISES: list[tuple[str, Story, Callable[[pytest.MonkeyPatch], None]]] = [
    ("1 convergence", convergence, what_came_last_is_what_stands),
    ("2 nothing is lost", nothing_is_lost, what_is_superseded_is_dropped),
    ("3 differences are shown", differences_are_shown, the_latest_clock_wins),
    ("4 once, and whole or not at all", once_and_whole, nothing_is_rolled_back),
    ("5 honest about gaps", gaps_are_known, nobody_counts_gaps),
    ("6 nobody speaks in another's name", nobody_speaks_for_another, signatures_are_believed),
    ("7 a copied or restored laptop is noticed", a_copied_laptop_is_noticed, copies_are_not_looked_for),
    ("8 old and new versions talk", old_and_new_versions_talk, what_is_unknown_is_left_out),
    ("9 wrong clocks do no harm", wrong_clocks_do_no_harm, nobody_says_what_they_had_before_them),
]


@pytest.mark.faults
@pytest.mark.parametrize("story", [pytest.param(story, id=name) for name, story, _ in PROMISES])
def test_promise(network, story):
    story(network)


@pytest.mark.faults
@pytest.mark.parametrize(("story", "take_out"), [pytest.param(story, out, id=name) for name, story, out in PROMISES])
def test_without_its_guard_the_promise_is_broken(network, monkeypatch, story, take_out):
    take_out(monkeypatch)
    with pytest.raises((AssertionError, errors.GealcError)):
        story(network)


def test_a_stranger_is_not_forged(network):
    """The story of promise 6 is about signatures: whoever signs for themselves is only unknown."""
    mallory = forge.made_up("Mallory")
    run = forge.run(mallory, forge.chain(mallory.replica, [(Edit(ENTITY, "status", "cancelled"),)]))
    report = network.ana.merge([("x", forge.bundle(mallory, [run]))])
    assert report.files[0].logs[0].outcome is Outcome.STRANGER
