"""What to look at before a report leaves: each thing once, the gravest first."""

from __future__ import annotations

import pytest
from conftest import MakeReplica
from sync.letters import change_file

from gealc_tui import errors, i18n
from gealc_tui.commands import activities, notes
from gealc_tui.domain.vocabulary import Status
from gealc_tui.replica import Replica
from gealc_tui.reports.check_words import concern_sentence
from gealc_tui.reports.checks import Concern, ConcernKind, concerns

HERE = "2019/1.1.1"


@pytest.fixture
def ana(make_replica: MakeReplica) -> Replica:
    return make_replica("Ana", plan="small")


def of(replica: Replica, kind: ConcernKind) -> list[str]:
    return [one.entity for one in concerns(replica) if one.kind is kind]


def test_what_is_done_is_to_have_evidence(ana: Replica) -> None:
    activities.set_status(ana, HERE, Status.DONE)
    assert of(ana, ConcernKind.DONE_WITHOUT_EVIDENCE) == [f"activity/{HERE}"]
    (product,) = ana.read.products(HERE)
    ana.commit([(f"product/{product.id}", "evidence", "https://example.org/acta")])
    assert of(ana, ConcernKind.DONE_WITHOUT_EVIDENCE) == []


def test_a_note_since_it_fell_due_says_why(ana: Replica) -> None:
    activities.set_field(ana, HERE, "due", "2019-03-01")
    assert of(ana, ConcernKind.OVERDUE_WITHOUT_REASON) == [f"activity/{HERE}"]
    notes.add_note(ana, f"activity/{HERE}", "Se espera el presupuesto.")
    assert of(ana, ConcernKind.OVERDUE_WITHOUT_REASON) == []


def test_who_leads_is_to_be_said_of_all_but_what_is_cancelled(ana: Replica) -> None:
    without = of(ana, ConcernKind.WITHOUT_LEAD)
    assert without == ["activity/2019/1.1.2"], "the other one is of Peru"
    activities.set_status(ana, "2019/1.1.2", Status.CANCELLED)
    assert of(ana, ConcernKind.WITHOUT_LEAD) == []


def test_what_waits_of_a_stranger_is_told(ana: Replica) -> None:
    ana.merge([("a.json", change_file("Eva"))])
    (waiting,) = [one for one in concerns(ana) if one.kind is ConcernKind.WAITING]
    assert waiting.title == "Eva"
    assert waiting.how_many > 1


def test_differences_come_first(ana: Replica, make_replica: MakeReplica) -> None:
    eva = make_replica("Eva", "PE", "small")
    activities.set_status(ana, HERE, Status.DONE)
    activities.set_status(eva, HERE, Status.CANCELLED)
    ana.merge([("e.json", eva.bundle_text(recipients=None, summary="").encode())], accept=True)
    first, *_ = concerns(ana)
    assert (first.kind, first.entity, first.how_many) == (ConcernKind.DIFFERENCE, f"activity/{HERE}", 1)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_each_kind_has_its_own_sentence(language: str) -> None:
    i18n.use(language)
    said = {concern_sentence(Concern(kind, "person/abcdefghij", "", "", 2)) for kind in ConcernKind}
    assert len(said) == len(ConcernKind)


def test_without_a_plan_there_is_nothing_to_check(make_replica: MakeReplica) -> None:
    with pytest.raises(errors.NoPlan):
        concerns(make_replica("Ana", plan=None))
