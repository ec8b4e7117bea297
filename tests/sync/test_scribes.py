"""A scribe: the log of somebody who filled in a sheet and has no copy, written by whoever brought it in."""

from __future__ import annotations

from gealc_tui.authoring import Filled
from gealc_tui.commands import undo
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.replica import Replica
from tests.conftest import MakeReplica

PLACE = ("activity/2019/3.1.1", "place")
SHEET = Filled("hoja", "Juan Ruiz", "PE")


def fill(replica: Replica, value: str = "Lima", sheet: Filled = SHEET) -> str:
    """What Juan filled in, brought in by whoever uses the copy; the scribe."""
    heads = replica.read.heads_of(*PLACE)
    replica.commit_filled(sheet, "Juan Ruiz (planilla)", [((*PLACE, value), heads)])
    (scribe,) = (one for one in replica.scribes_of(sheet) if one in replica.own_scribes())
    return scribe


def give(to: Replica, giver: Replica, *, accept: bool = False) -> None:
    to.merge([("a.json", giver.bundle_text(recipients=None, summary="").encode())], accept=accept)


def test_a_scribe_is_believed_as_whoever_brought_it_in_and_that_is_stored_nowhere(make_replica: MakeReplica) -> None:
    ana, bea = make_replica("Ana"), make_replica("Bea", "CL")
    scribe = fill(ana)
    give(bea, ana)
    assert bea.trust_in(scribe) is Trust.STRANGER
    assert bea.read.text_of(*PLACE) != "Lima"
    bea.accept(ana.id or "")
    assert bea.trust_in(scribe) is Trust.ACCEPTED
    assert bea.read.text_of(*PLACE) == "Lima"
    bea.block(ana.id or "")
    assert bea.trust_in(scribe) is Trust.BLOCKED
    fill(ana, "Cusco")
    give(bea, ana)
    assert bea.read.text_of(*PLACE) == "Lima"
    bea.unblock(ana.id or "")
    assert bea.read.text_of(*PLACE) == "Cusco"
    assert not bea.verify()


def test_accepting_everybody_in_a_file_decides_nothing_about_the_scribe(make_replica: MakeReplica) -> None:
    ana, bea = make_replica("Ana"), make_replica("Bea", "CL")
    scribe = fill(ana)
    give(bea, ana, accept=True)
    assert bea.read.text_of(*PLACE) == "Lima"
    bea.block(ana.id or "")
    assert bea.trust_in(scribe) is Trust.BLOCKED


def test_a_decision_about_the_scribe_itself_wins_and_can_be_taken_back(make_replica: MakeReplica) -> None:
    ana, bea = make_replica("Ana"), make_replica("Bea", "CL")
    scribe = fill(ana)
    give(bea, ana, accept=True)
    bea.block(scribe)
    assert bea.trust_in(scribe) is Trust.BLOCKED
    assert bea.trust_in(ana.id or "") is Trust.ACCEPTED
    bea.unblock(scribe)
    assert bea.trust_in(scribe) is Trust.ACCEPTED
    bea.block(ana.id or "")
    assert bea.trust_in(scribe) is Trust.BLOCKED


def test_nobody_makes_themselves_the_scribe_of_somebody_who_did_not_say_so(make_replica: MakeReplica) -> None:
    ana, eva, bea = make_replica("Ana"), make_replica("Eva", "BR"), make_replica("Bea", "CL")
    scribe = fill(ana)
    give(bea, ana, accept=True)
    word = ana.read.state_of(f"person/{scribe}")["scribe"]
    eva.commit([(f"person/{eva.id}", "scribe", word), (*PLACE, "Falso")])
    give(bea, eva)
    assert bea.trust_in(eva.id or "") is Trust.STRANGER
    assert bea.read.text_of(*PLACE) == "Lima"


def test_one_key_for_each_person_and_sheet(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    assert fill(ana, "Lima") == fill(ana, "Cusco")
    assert fill(ana, "Quito", Filled("otra", "Juan Ruiz", "PE")) not in ana.scribes_of(SHEET)
    assert len(ana.own_scribes()) == 2


def test_what_a_scribe_wrote_is_unsent_and_can_be_undone_and_done_again(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    before = ana.read.text_of(*PLACE)
    ana.mark_sent()
    scribe = fill(ana)
    assert ana.unsent() == 1
    assert [one.edits[0].after for one in ana.unsent_things()] == ["Lima"]
    undo.undo(ana)
    assert ana.read.text_of(*PLACE) == before
    assert [one.author.replica for one in ana.read.standing(*PLACE)] == [scribe]
    assert ana.unsent() == 0
    undo.redo(ana)
    assert ana.unsent() == 1
    ana.mark_sent()
    assert ana.unsent() == 0


def test_undo_goes_back_through_ones_own_words_and_the_scribes_in_their_order(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    ana.commit([("activity/2019/3.1.2", "place", "Uno")])
    fill(ana)
    ana.commit([("activity/2019/3.1.2", "place", "Dos")])
    undo.undo(ana)
    assert ana.read.text_of("activity/2019/3.1.2", "place") == "Uno"
    assert ana.read.text_of(*PLACE) == "Lima"
    undo.undo(ana)
    assert ana.read.text_of(*PLACE) != "Lima"
    undo.undo(ana)
    assert ana.read.text_of("activity/2019/3.1.2", "place") != "Uno"


def test_nothing_is_addressed_to_a_scribe(make_replica: MakeReplica) -> None:
    ana = make_replica("Ana")
    scribe = fill(ana)
    assert scribe not in ana.recipients()
    assert next(one for one in ana.people() if one.replica == scribe).scribe_of == ana.id
